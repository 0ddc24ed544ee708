//! Records: the stream of all records that the paths named lead to.

use crate::{
    error::Error,
    fields::Plan,
    files::{Files, Found, Names, STANDARD_INPUT},
    input::Input,
    kind::{HEADERS_MAX, Kind, is_undecided, kind_of},
    lines::{Lines, Piece},
    mbox::Mbox,
    options::Options,
    packed::{Container, Form, Lookup, Packed},
    progress::Progress,
    reject::{Reject, RejectKind, Spot},
    rows::Rows,
    sidecar::{Sidecar, SidecarRows},
    table::{Header, Table},
    values::Values,
    warc::Warc,
};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Opens files, folders and standard input (`-`).
///
/// # Errors
/// An [`Error`] where a path does not exist, a pattern is none, or a sidecar cannot be used. Files that cannot be
/// read come as [`Reject`]s among the records.
pub fn open(paths: &[PathBuf], options: &Options) -> Result<Records, Error> {
    let progress = Progress::default();
    let files = Files::new(paths, options, &progress)?;
    Records::new(Some(files), None, options, progress)
}

/// The files that [`open`] would read, in order; `-` is standard input. Entries that cannot be read are left out.
///
/// # Errors
/// As [`open`].
pub fn list(paths: &[PathBuf], options: &Options) -> Result<Vec<PathBuf>, Error> {
    let files = Files::new(paths, options, &Progress::default())?;
    let path = |found| match found {
        Ok(Found::StandardInput) => Some(STANDARD_INPUT.into()),
        Ok(Found::File(path, _)) => Some(path),
        Err(_) => None,
    };
    Ok(files.filter_map(path).collect())
}

/// Opens one file under another name.
///
/// # Errors
/// As [`open`]; a file that cannot be read comes as a [`Reject`].
pub fn open_as(path: &Path, uri: impl Into<String>, options: &Options) -> Result<Records, Error> {
    let names = Names { uri: uri.into().into(), below: None };
    let mut records = Records::new(None, None, options, Progress::default())?;
    records.file = Some((path.to_owned(), names));
    Ok(records)
}

/// Reads a stream as if it were a file of this name, which may be `-`.
///
/// # Errors
/// As [`open`].
pub fn read(
    stream: impl Read + Send + 'static,
    uri: impl Into<String>,
    options: &Options,
) -> Result<Records, Error> {
    let progress = Progress::default();
    let input = Input::stream(stream, &progress);
    let names = Names { uri: uri.into().into(), below: None };
    Records::new(None, Some((input, names)), options, progress)
}

/// The records of all files, in order, each read when it is asked for: the paths in the order named, a folder in the
/// byte order of the paths in it, a file from its beginning.
pub struct Records {
    files: Option<Files>,
    stream: Option<(Input, Names)>,
    file: Option<(PathBuf, Names)>,
    current: Option<Current>,
    lookup: Arc<Lookup>,
    max_record: u64,
    progress: Progress,
}

/// The container that is read now.
struct Current {
    pieces: Box<dyn Iterator<Item = Piece> + Send>,
    container: Arc<Container>,
    is_empty: bool,
    /// Number of records passed over before it.
    n_passed_over: u64,
}

impl Records {
    fn new(
        files: Option<Files>,
        stream: Option<(Input, Names)>,
        options: &Options,
        progress: Progress,
    ) -> Result<Self, Error> {
        let mapping = &options.mapping;
        let plan = Plan::new(mapping);
        let sidecar = Sidecar::read(&options.sidecars, mapping, &plan)?;
        let page_fields = mapping.page().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        let lookup = Arc::new(Lookup { plan, page_fields, sidecar, max_record: options.max_record });
        Ok(Records {
            files,
            stream,
            file: None,
            current: None,
            lookup,
            max_record: options.max_record,
            progress,
        })
    }

    /// How far reading has come.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The rows of the sidecars, to be asked in the end which of them no record was joined with.
    pub fn sidecar_rows(&self) -> SidecarRows {
        SidecarRows(Arc::clone(&self.lookup))
    }

    /// Sums the sizes of all files yet to be read, for [`Progress::total_bytes`]. Folders are walked once more for it.
    pub fn measure(&self) {
        let total = match (&self.files, &self.stream) {
            (Some(files), None) => files.measure(),
            _ => None,
        };
        self.progress.set_total(total.map(|total| total + self.progress.bytes()));
    }

    /// Begins with an input, which lies at `path` where it is a file: its only record, or the reason why there is none;
    /// nothing where it is a container.
    fn begin(
        &mut self,
        mut input: Input,
        names: Names,
        path: Option<&Path>,
    ) -> Option<Result<Packed, Reject>> {
        self.progress.add_file();
        let container =
            |form| Arc::new(Container { names: names.clone(), form, lookup: Arc::clone(&self.lookup) });
        let reject = |kind, reason: String| Some(Err(Reject::new(&*names.uri, kind, reason)));
        let mut faults = Vec::new();
        let mut ready = input.chunk().map(drop);
        while let Err(fault) = &ready
            && input.head().is_empty()
        {
            let fault = fault.clone();
            if !input.recover() {
                break;
            }
            faults.push(fault);
            ready = input.chunk().map(drop);
        }
        if is_undecided(&names.uri, input.head()) {
            input.look_ahead(HEADERS_MAX);
        }
        let (max, mut kind) = (self.max_record, kind_of(&names.uri, input.head()));
        if kind == Kind::Page(None) {
            let header = Header::of(input.head());
            if header.is_of_pages(&self.lookup.plan) {
                kind = Kind::Table(header);
            }
        }
        // What follows the damage in a container may still be read.
        let is_container = matches!(kind, Kind::Lines | Kind::Values | Kind::Warc | Kind::Mbox);
        if !is_container && let Some(fault) = faults.pop().or(ready.err()) {
            return reject(fault.kind, fault.reason);
        }
        let (form, pieces): (_, Box<dyn Iterator<Item = Piece> + Send>) = match kind {
            Kind::Lines => (Form::Json, Box::new(Lines::new(input, max))),
            Kind::Values => (Form::Json, Box::new(Values::new(input, max))),
            Kind::Warc => (Form::Warc, Box::new(Warc::new(input, max, &self.progress))),
            Kind::Mbox => (Form::Mbox, Box::new(Mbox::new(input, max))),
            Kind::Parquet => {
                let Some(path) = path.filter(|_| !input.is_compressed()) else {
                    let reason =
                        "a Parquet file can only be read where it lies, not compressed and not from a stream";
                    return reject(RejectKind::Binary, reason.to_owned());
                };
                let read = input.head().len() as u64;
                match Rows::open(path, &self.lookup.plan, max, &self.progress, read) {
                    Ok(rows) => (Form::Json, Box::new(rows)),
                    Err(fault) => return reject(fault.kind, fault.reason),
                }
            }
            Kind::Table(header) => match Table::new(input, &header, &self.lookup.plan, max) {
                Ok(table) => (Form::Json, Box::new(table)),
                Err(fault) => return reject(fault.kind, fault.reason),
            },
            Kind::Page(_) | Kind::Mhtml => {
                let form =
                    if let Kind::Page(media_type) = kind { Form::Page(media_type) } else { Form::Mhtml };
                return match input.read_all(max) {
                    Ok(Some(bytes)) => Some(Ok(Packed { container: container(form), bytes, spot: None })),
                    Ok(None) => {
                        let reason = format!("the file has more than the {max} bytes a record may have");
                        reject(RejectKind::TooLong, reason)
                    }
                    Err(fault) => reject(fault.kind, fault.reason),
                };
            }
            Kind::Nothing(kind, reason) => return reject(kind, reason),
        };
        let spot = Spot { index: 0, offset: 0, line: None };
        let faults = faults.into_iter().map(move |fault| Err((fault, spot)));
        let pieces = Box::new(faults.chain(pieces));
        let n_passed_over = self.n_passed_over();
        self.current = Some(Current { pieces, container: container(form), is_empty: true, n_passed_over });
        None
    }

    /// Number of records passed over so far, of all kinds.
    fn n_passed_over(&self) -> u64 {
        self.progress.passed_over().map(|(_, n)| n).sum()
    }

    fn next_item(&mut self) -> Option<Result<Packed, Reject>> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(piece) = current.pieces.next() {
                    return Some(current.item(piece));
                }
                let Current { container, is_empty, n_passed_over, .. } = self.current.take()?;
                if is_empty && n_passed_over == self.n_passed_over() {
                    let reason = "the file holds no record";
                    return Some(Err(Reject::new(&*container.names.uri, RejectKind::Empty, reason)));
                }
            }
            let (path, names) = match (self.stream.take(), self.file.take(), &mut self.files) {
                (Some((input, names)), _, _) => match self.begin(input, names, None) {
                    Some(item) => return Some(item),
                    None => continue,
                },
                (None, Some(file), _) => file,
                (None, None, Some(files)) => match files.next()? {
                    Ok(Found::StandardInput) => {
                        let names = Names { uri: STANDARD_INPUT.into(), below: None };
                        self.stream = Some((Input::stream(io::stdin(), &self.progress), names));
                        continue;
                    }
                    Ok(Found::File(path, names)) => (path, names),
                    Err(reject) => return Some(Err(reject)),
                },
                (None, None, None) => return None,
            };
            let item = match Input::open(&path, &self.progress) {
                Ok(input) => self.begin(input, names, Some(&path)),
                Err(fault) => Some(Err(Reject::new(&*names.uri, fault.kind, fault.reason))),
            };
            if let Some(item) = item {
                return Some(item);
            }
        }
    }
}

impl Current {
    fn item(&mut self, piece: Piece) -> Result<Packed, Reject> {
        self.is_empty = false;
        match piece {
            Ok((bytes, spot)) => {
                Ok(Packed { container: Arc::clone(&self.container), bytes, spot: Some(spot) })
            }
            Err((fault, spot)) => {
                Err(Reject::new(&*self.container.names.uri, fault.kind, fault.reason).at(spot))
            }
        }
    }
}

impl Iterator for Records {
    type Item = Result<Packed, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.next_item()?;
        match item {
            Ok(_) => self.progress.add_record(),
            Err(_) => self.progress.add_reject(),
        }
        Some(item)
    }
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records")
            .field("files", &self.files)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
