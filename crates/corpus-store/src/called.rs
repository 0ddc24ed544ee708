//! What people call the file that a document came from.

use std::path::Path;

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
