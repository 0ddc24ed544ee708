//! What people call a document: by its id, its record's, the file that it came from, or its page's URL.

use crate::{
    address::{Mark, addresses_called},
    error::Error,
    manifest::{Manifest, document_id},
    page::Page,
};
use corpus_core::DocumentId;
use rusqlite::params;
use std::{collections::HashSet, path::Path};

/// Which documents a name is looked up among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Among {
    /// The current ones.
    Current,
    /// Those that were removed.
    Removed,
}

impl Among {
    /// The condition on rows of `documents`.
    pub(crate) const fn condition(self) -> &'static str {
        match self {
            Among::Current => "left IS NULL",
            Among::Removed => "left IS NOT NULL AND superseded_by IS NULL",
        }
    }
}

/// Ids of the documents whose id begins with `name`, else of those whose record or file is called so, as [`Called`] has
/// it, else of those at the address that it is, else of items that lead there; at most `limit`.
pub(crate) fn named(
    manifest: &Manifest,
    among: Among,
    name: &str,
    limit: usize,
) -> Result<Vec<DocumentId>, Error> {
    let condition = among.condition();
    let mut ids: Vec<String> = Vec::new();
    if let Some(hex) = digits(name) {
        let (from, to) = (format!("b3:{hex}"), format!("b3:{hex}g"));
        let query = format!(
            "SELECT id FROM documents WHERE id >= ?1 AND id < ?2 AND {condition} ORDER BY n LIMIT ?3"
        );
        ids = manifest.all(&query, params![from, to, limit], |row| row.get(0))?;
    }
    if ids.is_empty() {
        let query = format!("SELECT id FROM documents WHERE name = ?1 AND {condition} ORDER BY n LIMIT ?2");
        ids = manifest.all(&query, params![name, limit], |row| row.get(0))?;
    }
    if ids.is_empty() {
        let called = Called::new(name);
        let inputs = manifest.all("SELECT input, uri FROM inputs", [], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?))
        })?;
        // A copy of a document that another file has too is that document.
        let query = format!(
            "SELECT id FROM documents WHERE {condition} AND
             (input = ?1 AND (?2 IS NULL OR place = ?2) OR n IN (SELECT document FROM also
              WHERE input = ?1 AND (?2 IS NULL OR place = ?2))) ORDER BY n LIMIT ?3"
        );
        let mut known = HashSet::new();
        for (input, uri) in inputs {
            let Some(place) = called.means(&uri) else { continue };
            for id in manifest.all(&query, params![input, place, limit], |row| row.get::<_, String>(0))? {
                // It may lie in several files of the name.
                if known.insert(id.clone()) {
                    ids.push(id);
                }
            }
        }
        ids.truncate(limit);
    }
    if ids.is_empty() {
        // A manifest of before version 3 has no table of removals until the next writer.
        let query = match among {
            Among::Removed if manifest.meta("version")? > 2 => {
                "SELECT DISTINCT id FROM removed JOIN documents ON n = document WHERE page = ?1 ORDER BY n LIMIT ?2"
            }
            _ => &format!("SELECT id FROM documents WHERE address = ?1 AND {condition} ORDER BY n LIMIT ?2"),
        };
        for address in addresses_called(name) {
            ids.extend(manifest.all(query, params![address, limit], |row| row.get::<_, String>(0))?);
        }
        if let Some(page) = Page::beyond_the_front(name).filter(|_| ids.is_empty())
            && manifest.meta("version")? > 3
        {
            let query = format!(
                "SELECT id FROM pages JOIN documents ON n = document WHERE page = ?1 AND {condition} \
                 ORDER BY n LIMIT ?2"
            );
            ids = manifest.all(&query, params![Mark::Item.of(&page), limit], |row| row.get(0))?;
        }
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(limit);
    }
    ids.iter().map(|id| document_id(manifest.path(), id)).collect()
}

/// The first digits of an id that a name may be; of one that names a part of a document, as exports do
/// (`b3:35a25e7b…#0`), those of the document.
pub(crate) fn digits(name: &str) -> Option<&str> {
    let hex = match name.strip_prefix("b3:") {
        Some(hex) => {
            let part = hex.split_once('#').filter(|(_, part)| part.parse::<usize>().is_ok());
            part.map_or(hex, |(hex, _)| hex)
        }
        None => name,
    };
    (hex.len() >= 4 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(hex)
}

/// A name for the documents of a file, or, with the number that stands behind it as in `pages.jsonl#17`, for one of its
/// records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    name: &'a str,
    numbered: Option<(&'a str, u64)>,
}

impl<'a> Called<'a> {
    pub(crate) fn new(name: &'a str) -> Self {
        let numbered = name.rsplit_once('#').and_then(|(file, index)| Some((file, index.parse().ok()?)));
        Called { name, numbered }
    }

    /// Whether the file at `uri` is meant, and then which of its records; `None` inside is all of them. A file is called
    /// by its path, by the end of that, or by its name without the extension.
    pub(crate) fn means(self, uri: &str) -> Option<Option<u64>> {
        if is_called(uri, self.name) {
            return Some(None);
        }
        let (file, index) = self.numbered?;
        is_called(uri, file).then_some(Some(index))
    }
}

fn is_called(uri: &str, name: &str) -> bool {
    let [path, wanted] = [uri, name].map(Path::new).map(|path| path.strip_prefix(".").unwrap_or(path));
    uri == name
        || !wanted.as_os_str().is_empty() && path.ends_with(wanted)
        || path.file_stem().is_some_and(|stem| stem == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_by_its_digits() {
        for (name, hex) in [
            ("b3:35a2", Some("35a2")),
            ("35a2", Some("35a2")),
            ("b3:35a2#0", Some("35a2")),
            ("b3:35a2#x", None),
            ("35a2#0", None),
            ("b3:35a", None),
            ("harbour", None),
        ] {
            assert_eq!(digits(name), hex, "{name}");
        }
    }

    #[test]
    fn a_file_is_called_by_the_end_of_its_path() {
        let means = |uri, name| Called::new(name).means(uri);
        for name in ["pages/fr/port.txt", "./pages/fr/port.txt", "fr/port.txt", "port.txt", "port"] {
            assert_eq!(means("pages/fr/port.txt", name), Some(None), "{name}");
            assert_eq!(means("./pages/fr/port.txt", name), Some(None), "{name}");
        }
        for name in ["ort.txt", "ru/port.txt", "", ".", "fr", "fr/port"] {
            assert_eq!(means("pages/fr/port.txt", name), None, "{name}");
        }
        assert_eq!(means("a/pages.jsonl", "pages.jsonl#17"), Some(Some(17)));
        assert_eq!(means("a/pages.jsonl", "pages.jsonl#x"), None);
        assert_eq!(means("a/pages#2", "pages#2"), Some(None));
    }
}
