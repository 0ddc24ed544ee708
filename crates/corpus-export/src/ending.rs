//! What a path says by its spelling: whether it is a folder, what is in the file, and how it is compressed.

use std::path::Path;

/// What the name of a file says of what is in it. Case makes no difference.
///
/// ```
/// use corpus_export::ending::{Compression, Ending};
/// use std::path::Path;
///
/// let ending = Ending::of(Path::new("pages.JSONL.GZ"));
/// assert_eq!((ending.format(), ending.compression()), (Some("jsonl"), Compression::Gzip));
/// let ending = Ending::of(Path::new("pages.zst"));
/// assert_eq!((ending.format(), ending.compression()), (None, Compression::Zstandard));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    format: Option<String>,
    compression: Compression,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Not at all.
    Plain,
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstandard,
}

impl Ending {
    /// What the name at the end of `path` says.
    pub fn of(path: &Path) -> Self {
        let ending = |path: &Path| Some(path.extension()?.to_str()?.to_lowercase());
        let last = ending(path);
        let compression = match last.as_deref() {
            Some("gz") => Compression::Gzip,
            Some("zst") => Compression::Zstandard,
            _ => return Ending { format: last, compression: Compression::Plain },
        };
        Ending { format: path.file_stem().and_then(|stem| ending(Path::new(stem))), compression }
    }

    /// The ending that names the format, in small letters, without what says how it is compressed.
    pub fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// How the file is compressed.
    pub const fn compression(&self) -> Compression {
        self.compression
    }
}

/// Whether `path` is a folder that is there, or is written as one: with a slash or a dot at its end.
///
/// ```
/// use corpus_export::ending::is_folder;
/// use std::path::Path;
/// assert!(["nosuch/", "nosuch/.", ".", "..", "/"].iter().all(|path| is_folder(Path::new(path))));
/// assert!(!is_folder(Path::new("nosuch")));
/// ```
pub fn is_folder(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_separator = |byte: &u8| std::path::is_separator((*byte).into());
    let has_slash = |bytes: &[u8]| bytes.last().is_some_and(is_separator);
    let is_written_so =
        has_slash(bytes) || bytes.strip_suffix(b".").is_some_and(|rest| rest.is_empty() || has_slash(rest));
    is_written_so || path.ends_with("..") || path.is_dir()
}
