//! Options: what to read of what was named, and how.

use crate::mapping::Mapping;
use std::path::PathBuf;

/// What to read of the paths named, and how.
///
/// ```
/// use corpus_read::Options;
/// let options = Options::new().include("*.txt").exclude("drafts").max_record(1 << 20);
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) mapping: Mapping,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) max_record: u64,
    pub(crate) sidecars: Vec<PathBuf>,
    pub(crate) follow_links: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            mapping: Mapping::default(),
            include: Vec::new(),
            exclude: Vec::new(),
            max_record: 64 << 20,
            sidecars: Vec::new(),
            follow_links: false,
        }
    }
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Options::default()
    }

    /// Which fields of a JSON record hold what. By default those that [`Mapping`] names.
    pub fn mapping(mut self, mapping: Mapping) -> Self {
        self.mapping = mapping;
        self
    }

    /// Reads only those files of a folder that match this pattern, or another one given so. By default all.
    ///
    /// `*` stands for any characters but `/`, `**` for any folders, `?` for one character, `[ab]` for one of these,
    /// `{a,b}` for either. A pattern without `/` is matched against the file's name, one with `/` against its path
    /// below the folder named. A file that is named itself is read whatever the patterns say.
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// Leaves out the files and whole folders that match this pattern, even those an include pattern names. By
    /// default only hidden ones (whose name begins with a dot) are left out. Patterns are as in
    /// [`include`](Options::include).
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.exclude.push(pattern.into());
        self
    }

    /// Largest record in bytes, decompressed; a longer line or file is set aside without being held in memory. By
    /// default 64 MiB: far above any page, far below the memory of a small machine.
    pub fn max_record(mut self, bytes: u64) -> Self {
        self.max_record = bytes;
        self
    }

    /// Takes metadata from this file: CSV with a header (RFC 4180; tabs or semicolons between columns will do) or
    /// JSON Lines. By default none, even where one lies beside the data.
    ///
    /// A row is joined to a file by its `file` column (the path as named, the path below the folder named, or the
    /// file's name, each with or without extensions) or else, in the same way, by its `id`; to a JSON record by its
    /// `id`. What the record says of itself stands; the row adds what is missing. Where rows contradict, the first
    /// one counts. The file is not read as data, wherever it lies.
    pub fn sidecar(mut self, path: impl Into<PathBuf>) -> Self {
        self.sidecars.push(path.into());
        self
    }

    /// Whether to follow symbolic links inside a folder. By default not, so that nothing is read twice; a link that
    /// is named itself is always followed.
    pub fn follow_links(mut self, follow: bool) -> Self {
        self.follow_links = follow;
        self
    }
}
