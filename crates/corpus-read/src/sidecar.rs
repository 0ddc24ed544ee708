//! Sidecar metadata: rows of a table that add what records do not say of themselves.

use crate::{
    error::Error, fields::Plan, files::Names, input::Input, kind::extension, lines::Lines, mapping::Mapping,
    packed::Lookup, progress::Progress, table::delimiter,
};
use corpus_core::Metadata;
use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::Display,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

/// Metadata by file and by id.
#[derive(Debug, Default)]
pub(crate) struct Sidecar {
    /// All rows, as they stand.
    rows: Vec<Arc<Row>>,
    by_file: HashMap<Box<str>, Arc<Row>>,
    by_id: HashMap<Box<str>, Arc<Row>>,
}

#[derive(Debug)]
pub(crate) struct Row {
    /// The file it is about; where it names none, its id stands in the metadata.
    file: Option<Box<str>>,
    pub(crate) metadata: Metadata,
    pub(crate) title: Option<String>,
    /// Whether a record took it.
    is_joined: AtomicBool,
}

impl Row {
    fn join(&self) -> &Self {
        self.is_joined.store(true, Relaxed);
        self
    }
}

/// The rows of sidecars, to be asked what became of them once all records are unpacked.
#[derive(Clone, Debug)]
pub struct SidecarRows(pub(crate) Arc<Lookup>);

impl SidecarRows {
    /// The rows that no record was joined with: the file each names, else its id, else nothing. In the order they
    /// stand; a further row about the same file or id is not among them.
    pub fn unmatched(&self) -> impl Iterator<Item = &str> {
        let rows = self.0.sidecar.rows.iter().filter(|row| !row.is_joined.load(Relaxed));
        rows.map(|row| row.file.as_deref().or(row.metadata.id.as_deref()).unwrap_or_default())
    }
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
            let title = fields.take_title().map(Cow::into_owned);
            self.add(file.as_deref(), fields.metadata(), title);
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
        let (url, date, title) = (columns(&mapping.url), columns(&mapping.date), columns(&mapping.title));
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
                value(&title),
            );
        }
        Ok(())
    }

    fn add(&mut self, file: Option<&str>, metadata: Metadata, title: Option<String>) {
        let file = file.map(|file| file.replace('\\', "/"));
        let file = file.map(|file| file.strip_prefix("./").unwrap_or(&file).into());
        let row = Arc::new(Row { file, metadata, title, is_joined: AtomicBool::new(false) });
        let insert = |rows: &mut HashMap<Box<str>, Arc<Row>>, key: Option<&str>| match key {
            None => false,
            Some(key) if rows.contains_key(key) => false,
            Some(key) => rows.insert(key.into(), Arc::clone(&row)).is_none(),
        };
        let is_first_of_file = insert(&mut self.by_file, row.file.as_deref());
        let is_first_of_id = insert(&mut self.by_id, row.metadata.id.as_deref());
        let is_nameless = row.file.is_none() && row.metadata.id.is_none();
        if is_first_of_file || is_first_of_id || is_nameless {
            self.rows.push(row);
        }
    }

    /// What is known of a record by its id.
    pub(crate) fn of_id(&self, id: &str) -> Option<&Row> {
        self.by_id.get(id).map(|row| row.join())
    }

    /// What is known of a file by its names, the longest first.
    pub(crate) fn of_file(&self, names: &Names) -> Option<&Row> {
        if self.by_file.is_empty() && self.by_id.is_empty() {
            return None;
        }
        let uri = names.uri.strip_prefix("./").unwrap_or(&names.uri);
        let whole = [uri, names.below.as_deref().unwrap_or(uri), uri.rsplit('/').next().unwrap_or(uri)];
        let tries = whole.into_iter().flat_map(shorter);
        let find = |name: &str| self.by_file.get(name).or_else(|| self.by_id.get(name));
        tries.into_iter().find_map(find).map(|row| row.join())
    }
}

/// The name, then the name without its last extension, and so on: `a/page.txt.gz`, `a/page.txt`, `a/page`.
fn shorter(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| {
        let start = name.rfind('/').map_or(0, |slash| slash + 1);
        let dot = name[start..].rfind('.')?;
        (dot > 0).then(|| &name[..start + dot])
    })
}
