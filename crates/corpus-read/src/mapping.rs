//! A mapping: which fields of a JSON record hold its page and its metadata.

use crate::error::Error;
use std::str::FromStr;

/// Which fields of a JSON record, or columns of a sidecar, hold what.
///
/// Each list is in order of preference: the first field that is there and not null is taken. Of the page fields,
/// `html` goes before `text`, and `text` before `content`. A dot leads into an object: `meta.url` is the field `url`
/// of the object `meta` (or a field of that very name).
///
/// On a command line it is `text=body,id=doc_id,url=link`. What is named replaces the default of its kind, the
/// others keep theirs; a kind named twice has both fields, in that order; `html=` leaves a kind without any.
///
/// ```
/// use corpus_read::Mapping;
/// let mapping: Mapping = "text=body,url=meta.link".parse()?;
/// assert_eq!(mapping.text, ["body"]);
/// assert_eq!(mapping.date[..2], ["date", "dct"]);
/// # Ok::<(), corpus_read::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mapping {
    /// Fields that hold the page as HTML; by default `html`.
    pub html: Vec<String>,
    /// Fields that hold the page as plain text; by default `text`.
    pub text: Vec<String>,
    /// Fields that hold the page as plain text where there is no other; by default `content`.
    pub content: Vec<String>,
    /// Fields that hold the record's own id, a string or a number; by default `id`. Of a document that was parsed
    /// before, it is that of the record it came from, likewise address and date.
    pub id: Vec<String>,
    /// Fields that hold the page's address; by default `url`.
    pub url: Vec<String>,
    /// Fields that hold the page's date; by default `date`, then `dct`.
    pub date: Vec<String>,
    /// Fields that say what a page of plain text is called; by default `title`. A page of HTML says it itself.
    pub title: Vec<String>,
    /// Columns of a sidecar that name the file a row is about; by default `file`, `filename`, `file_name`, `path`,
    /// `name`.
    pub file: Vec<String>,
}

impl Default for Mapping {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Mapping {
            html: names(&["html"]),
            text: names(&["text"]),
            content: names(&["content"]),
            id: names(&["source.metadata.id", "id"]),
            url: names(&["url", "source.metadata.url"]),
            date: names(&["date", "dct", "source.metadata.date"]),
            title: names(&["title"]),
            file: names(&["file", "filename", "file_name", "path", "name"]),
        }
    }
}

impl Mapping {
    /// The kinds of field, as the command line names them.
    pub const KINDS: [&'static str; 8] = ["html", "text", "content", "id", "url", "date", "title", "file"];

    /// The fields that may hold the page, in order of preference.
    pub fn page(&self) -> impl Iterator<Item = &str> {
        self.html.iter().chain(&self.text).chain(&self.content).map(String::as_str)
    }

    fn of(&mut self, kind: &str) -> Option<&mut Vec<String>> {
        Some(match kind {
            "html" => &mut self.html,
            "text" => &mut self.text,
            "content" => &mut self.content,
            "id" => &mut self.id,
            "url" => &mut self.url,
            "date" => &mut self.date,
            "title" => &mut self.title,
            "file" => &mut self.file,
            _ => return None,
        })
    }
}

impl FromStr for Mapping {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::Mapping`](crate::ErrorKind::Mapping) where a pair is not `kind=field` or its kind is unknown.
    fn from_str(pairs: &str) -> Result<Self, Error> {
        let mut mapping = Mapping::default();
        let mut named = Vec::new();
        for pair in pairs.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (kind, field) = pair.split_once('=').ok_or_else(|| {
                Error::mapping(format!("use the mapping {pair:?}: expected kind=field, such as text=body"))
            })?;
            let (kind, field) = (kind.trim(), field.trim());
            let fields = mapping.of(kind).ok_or_else(|| {
                let known = Mapping::KINDS.join(", ");
                Error::mapping(format!(
                    "use the mapping {pair:?}: unknown kind {kind:?}; known kinds: {known}"
                ))
            })?;
            if !named.contains(&kind) {
                named.push(kind);
                fields.clear();
            }
            if !field.is_empty() {
                fields.push(field.to_owned());
            }
        }
        Ok(mapping)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_kinds_replace_their_default_only() {
        let mapping: Mapping = "text=body, id=doc_id ,date=day,date=published,html=".parse().unwrap();
        assert_eq!(mapping.page().collect::<Vec<_>>(), ["body", "content"]);
        assert_eq!(mapping.id, ["doc_id"]);
        assert_eq!(mapping.date, ["day", "published"]);
        assert_eq!(mapping.url, Mapping::default().url);
        assert_eq!("".parse::<Mapping>().unwrap(), Mapping::default());
    }

    #[test]
    fn an_unknown_kind_answers_with_the_known_ones() {
        let error = "txt=body".parse::<Mapping>().unwrap_err().to_string();
        assert!(
            error.contains("\"txt\"; known kinds: html, text, content, id, url, date, title, file"),
            "{error}"
        );
        assert!("body".parse::<Mapping>().unwrap_err().to_string().contains("expected kind=field"));
    }
}
