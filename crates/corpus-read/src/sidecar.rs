//! Sidecar metadata: rows of a table that add what records do not say of themselves.

use crate::{
    error::Error, fields::Plan, files::Names, input::Input, kind::extension, lines::Lines, mapping::Mapping,
    progress::Progress,
};
use corpus_core::Metadata;
use std::{
    collections::HashMap,
    fmt::Display,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Metadata by file and by id.
#[derive(Debug, Default)]
pub(crate) struct Sidecar {
    by_file: HashMap<Box<str>, Arc<Metadata>>,
    by_id: HashMap<Box<str>, Arc<Metadata>>,
}

impl Sidecar {
    /// Reads all sidecars; the first row about a file or an id counts.
    pub(crate) fn read(paths: &[PathBuf], mapping: &Mapping, plan: &Plan) -> Result<Self, Error> {
        let mut sidecar = Sidecar::default();
        for path in paths {
            let input = Input::open(path, &Progress::default())
                .map_err(|fault| Error::sidecar(path, fault.reason))?;
            let is_json = match extension(&path.to_string_lossy()).as_deref() {
                Some("csv" | "tsv") => false,
                Some("json" | "jsonl" | "ndjson" | "jsonlines") => true,
                _ => input.head().trim_ascii_start().starts_with(b"{"),
            };
            if is_json {
                sidecar.read_json_lines(path, input, plan)?;
            } else {
                sidecar.read_csv(path, input, mapping)?;
            }
        }
        Ok(sidecar)
    }

    fn read_json_lines(&mut self, path: &Path, input: Input, plan: &Plan) -> Result<(), Error> {
        for piece in Lines::new(input, u64::MAX) {
            let (line, spot) = piece.map_err(|(fault, _)| Error::sidecar(path, fault.reason))?;
            let at = |fault: &dyn Display| {
                Error::sidecar(path, format!("line {}: {fault}", spot.line.unwrap_or(1)))
            };
            let text = std::str::from_utf8(&line).map_err(|error| at(&error))?;
            let mut fields = plan.read(text).map_err(|error| at(&error))?;
            let file = fields.take_file();
            self.add(file.as_deref(), fields.metadata());
        }
        Ok(())
    }

    fn read_csv(&mut self, path: &Path, input: Input, mapping: &Mapping) -> Result<(), Error> {
        let delimiter = delimiter(input.head());
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
        let header = rows.headers().map_err(|error| Error::sidecar(path, error))?.clone();
        let columns = |names: &[String]| -> Vec<usize> {
            let column = |name: &String| header.iter().position(|column| column.trim() == name);
            names.iter().filter_map(column).collect()
        };
        let (file, id) = (columns(&mapping.file), columns(&mapping.id));
        let (url, date) = (columns(&mapping.url), columns(&mapping.date));
        if file.is_empty() && id.is_empty() {
            let known: Vec<_> = mapping.file.iter().chain(&mapping.id).map(String::as_str).collect();
            let found: Vec<_> = header.iter().collect();
            let (known, found) = (known.join(", "), found.join(", "));
            let reason = format!("no column names a file or an id ({known}); its columns are {found}");
            return Err(Error::sidecar(path, reason));
        }
        for row in rows.records() {
            let row = row.map_err(|error| Error::sidecar(path, error))?;
            let value = |columns: &[usize]| {
                let mut values = columns.iter().filter_map(|&column| row.get(column).map(str::trim));
                values.find(|value| !value.is_empty()).map(str::to_owned)
            };
            self.add(
                value(&file).as_deref(),
                Metadata { id: value(&id), url: value(&url), date: value(&date) },
            );
        }
        Ok(())
    }

    fn add(&mut self, file: Option<&str>, metadata: Metadata) {
        let metadata = Arc::new(metadata);
        if let Some(file) = file {
            let file = file.replace('\\', "/");
            let file = file.strip_prefix("./").unwrap_or(&file);
            self.by_file.entry(file.into()).or_insert_with(|| Arc::clone(&metadata));
        }
        if let Some(id) = &metadata.id {
            self.by_id.entry(id.as_str().into()).or_insert_with(|| Arc::clone(&metadata));
        }
    }

    /// What is known of a record by its id.
    pub(crate) fn of_id(&self, id: &str) -> Option<&Metadata> {
        self.by_id.get(id).map(AsRef::as_ref)
    }

    /// What is known of a file by its names, the longest first.
    pub(crate) fn of_file(&self, names: &Names) -> Option<&Metadata> {
        if self.by_file.is_empty() && self.by_id.is_empty() {
            return None;
        }
        let uri = names.uri.strip_prefix("./").unwrap_or(&names.uri);
        let whole = [uri, names.below.as_deref().unwrap_or(uri), uri.rsplit('/').next().unwrap_or(uri)];
        let tries = whole.into_iter().flat_map(shorter);
        let find = |name: &str| self.by_file.get(name).or_else(|| self.by_id.get(name));
        tries.into_iter().find_map(find).map(AsRef::as_ref)
    }
}

/// What stands between the columns of the header most often.
fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, header).count();
    *[b'\t', b';', b','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

/// The name, then the name without its last extension, and so on: `a/page.txt.gz`, `a/page.txt`, `a/page`.
fn shorter(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| {
        let start = name.rfind('/').map_or(0, |slash| slash + 1);
        let dot = name[start..].rfind('.')?;
        (dot > 0).then(|| &name[..start + dot])
    })
}
