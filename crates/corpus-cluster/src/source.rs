//! What a table of SQL is read from: files of Parquet or JSON Lines, told by their endings.

use crate::error::Error;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files that are one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A file, or a folder of files.
    pub(crate) path: PathBuf,
    /// Whether they are Parquet; JSON Lines else.
    pub(crate) is_parquet: bool,
    /// How their names end, the compression with it: `.jsonl.gz`.
    pub(crate) ending: String,
    /// How they are compressed as a whole.
    pub(crate) compression: FileCompressionType,
}

impl Source {
    /// The files at `path`: of a folder, those that end as the first of them does, by name, that can be read.
    ///
    /// # Errors
    /// When nothing is there, or nothing that can be read.
    pub fn at(path: &Path) -> Result<Self, Error> {
        let path = path.canonicalize().map_err(|cause| Error::io("find", path, cause))?;
        if path.is_file() {
            // Its name may be any: it was asked for.
            return Ok(Source::named(&path).unwrap_or_else(|| Source::json(&path)));
        }
        let entries = fs::read_dir(&path).map_err(|cause| Error::io("read", &path, cause))?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let first = files.iter().find_map(|file| Source::named(file).filter(|_| file.is_file()));
        let cause =
            "no file in it ends with .parquet, .jsonl, .ndjson or .json (.gz, .zst, .bz2, .xz behind it)";
        first
            .map(|first| Source { path: path.clone(), ..first })
            .ok_or_else(|| Error::io("read", &path, cause))
    }

    /// JSON Lines, whatever the name.
    fn json(path: &Path) -> Self {
        let compression = FileCompressionType::UNCOMPRESSED;
        Source { path: path.to_owned(), is_parquet: false, ending: String::new(), compression }
    }

    /// A file by its name; nothing where that does not say what it is.
    fn named(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (rest, compression) = COMPRESSIONS
            .iter()
            .find_map(|&(ending, compression)| Some((name.strip_suffix(ending)?, compression)))
            .unwrap_or((name, FileCompressionType::UNCOMPRESSED));
        let format = &rest[rest.rfind('.')?..];
        let is_parquet = format == ".parquet" && !compression.is_compressed();
        let is_json = [".json", ".jsonl", ".ndjson"].contains(&format);
        let ending = name[rest.len() - format.len()..].to_owned();
        (is_parquet || is_json).then(|| Source { path: path.to_owned(), is_parquet, ending, compression })
    }
}

/// How names of compressed files end.
const COMPRESSIONS: [(&str, FileCompressionType); 4] = [
    (".gz", FileCompressionType::GZIP),
    (".zst", FileCompressionType::ZSTD),
    (".bz2", FileCompressionType::BZIP2),
    (".xz", FileCompressionType::XZ),
];
