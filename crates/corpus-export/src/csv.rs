//! CSV: documents, parts, blocks and the annotations of each layer, a file each, or one of these tables.

mod table;

use crate::{
    columns,
    error::{Error, ErrorKind},
    format::{Export, Format},
    options::{Options, Parts},
    report::{Report, Tally, Written},
    selection::{Selected, Selection},
    spreadsheet::{MARK, guarded},
    stream::{Stream, Streamed},
    target::Target,
    text::file_name,
    unfinished::Unfinished,
};
use ::csv::{Terminator, Writer, WriterBuilder};
use corpus_core::Document;
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};
use table::{BLOCKS, DOCUMENTS, PARTS, Row, annotation_head};

/// CSV (RFC 4180, UTF-8, header line): a folder with `documents.csv`, `parts.csv`, `blocks.csv` and
/// `annotations/LAYER.csv`; with the option `table` one of them (`annotations` is all layers in one).
#[derive(Clone, Copy, Debug)]
pub struct Csv;

const TABLES: [&str; 4] = ["documents", "parts", "blocks", "annotations"];

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }
    fn description(&self) -> &'static str {
        "CSV, a folder of tables: documents, parts, blocks, annotations; or one of them"
    }
    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8"
    }
    fn streams(&self, options: &Options) -> bool {
        options.table.is_some()
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        if let Some(name) = &options.table {
            let Some(table) = TABLES.iter().copied().find(|table| table == name) else {
                let what = format!("find a table {name:?}; known tables: {}", TABLES.join(", "));
                return Err(Error::new(ErrorKind::Unknown, what));
            };
            let stream = Table { table, excel: options.excel, n_documents: 0 };
            return Streamed::open(stream, target, options, Parts::ALL, &[table]);
        }
        let path = target.path("all tables", "name a folder, or choose one table")?;
        Ok(Box::new(Folder::open(Unfinished::folder(path)?, options)?))
    }
}

fn writer<W: Write>(out: W) -> Writer<W> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

/// A row, as a spreadsheet takes it where it is for one.
fn for_whom(row: Row, excel: bool) -> Row {
    match excel {
        true => row.iter().map(|cell| guarded(cell).into_owned()).collect(),
        false => row,
    }
}

/// Writes what stands before the head of a table.
fn mark(out: &mut dyn Write, excel: bool) -> io::Result<()> {
    if excel { out.write_all(MARK.as_bytes()) } else { Ok(()) }
}

fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The head of a table.
fn head(table: &str) -> Vec<&'static str> {
    match table {
        "documents" => DOCUMENTS.to_vec(),
        "parts" => PARTS.to_vec(),
        "blocks" => BLOCKS.to_vec(),
        _ => annotation_head(&[]),
    }
}

/// Adds the rows of a document to a table; their number.
fn add<W: Write>(
    table: &str,
    selected: &Selected<'_>,
    number: u64,
    excel: bool,
    writer: &mut Writer<W>,
) -> io::Result<u64> {
    let mut rows = 0;
    let mut push = |row: Row| {
        rows += 1;
        writer.write_record(for_whom(row, excel)).map_err(io_error)
    };
    match table {
        "documents" => push(table::document(selected, number))?,
        "parts" => table::parts(selected).try_for_each(push)?,
        "blocks" => table::blocks(selected).try_for_each(push)?,
        _ => table::annotations(selected).try_for_each(|(_, row)| push(row))?,
    }
    Ok(rows)
}

/// One table as a stream.
struct Table {
    table: &'static str,
    excel: bool,
    n_documents: u64,
}

impl Stream for Table {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        mark(out, self.excel)?;
        let mut writer = writer(out);
        writer.write_record(head(self.table)).map_err(io_error)?;
        writer.flush()
    }

    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let mut writer = writer(out);
        let rows = add(self.table, selected, self.n_documents, self.excel, &mut writer)?;
        self.n_documents += 1;
        tally.add(self.table, rows);
        writer.flush()
    }
}

/// All tables in a folder.
struct Folder {
    folder: Unfinished,
    selection: Selection,
    report: Report,
    tables: Vec<Sheet>,
    layers: HashMap<String, Sheet>,
    excel: bool,
}

/// A file of a folder under way.
struct Sheet {
    file: PathBuf,
    noun: String,
    fields: &'static [&'static str],
    writer: Writer<File>,
    rows: u64,
}

impl Sheet {
    fn create(
        folder: &Unfinished,
        file: &str,
        noun: &str,
        layer: Option<&str>,
        excel: bool,
    ) -> Result<Self, Error> {
        let failed = |cause| Error::write(Some(&folder.path().join(file)), cause);
        let mut out = File::create(folder.temporary().join(file)).map_err(failed)?;
        mark(&mut out, excel).map_err(failed)?;
        let mut writer = writer(out);
        let fields = layer.map_or(&[][..], columns::of_layer);
        let head = match layer {
            Some(_) => annotation_head(fields),
            None => head(noun),
        };
        writer.write_record(head).map_err(io_error).map_err(failed)?;
        Ok(Sheet { file: file.into(), noun: noun.to_owned(), fields, writer, rows: 0 })
    }
}

impl Folder {
    fn open(folder: Unfinished, options: &Options) -> Result<Self, Error> {
        let failed = |cause| Error::write(Some(folder.path()), cause);
        fs::create_dir(folder.temporary().join("annotations")).map_err(failed)?;
        let sheet =
            |table: &&str| Sheet::create(&folder, &format!("{table}.csv"), table, None, options.excel);
        let tables = TABLES[..3].iter().map(sheet).collect::<Result<Vec<_>, Error>>()?;
        let selection = Selection::new(options, Parts::ALL);
        let (report, layers, excel) = (Report::default(), HashMap::new(), options.excel);
        Ok(Folder { folder, selection, report, tables, layers, excel })
    }

    /// A layer's file, made when its first annotation comes.
    fn layer(&mut self, layer: &str) -> Result<&mut Sheet, Error> {
        if !self.layers.contains_key(layer) {
            let stem = file_name(layer, 64).replace(' ', "_");
            let mut file = format!("annotations/{stem}.csv");
            // Names that differ only in what no file name holds, or in case.
            let mut copy = 1;
            while self.layers.values().any(|sheet| sheet.file.as_os_str().eq_ignore_ascii_case(&file)) {
                copy += 1;
                file = format!("annotations/{stem}-{copy}.csv");
            }
            let noun = format!("annotations of layer {layer}");
            let sheet = Sheet::create(&self.folder, &file, &noun, Some(layer), self.excel)?;
            self.layers.insert(layer.to_owned(), sheet);
        }
        match self.layers.get_mut(layer) {
            Some(sheet) => Ok(sheet),
            None => Err(Error::new(ErrorKind::Write, format!("find the file of layer {layer}"))),
        }
    }
}

impl Export for Folder {
    fn add(&mut self, document: &Document) -> Result<bool, Error> {
        let selection = self.selection.clone();
        let Some(selected) = selection.of(document) else {
            self.report.left_out += 1;
            return Ok(false);
        };
        let number = self.report.documents;
        self.report.documents += 1;
        for (table, sheet) in TABLES.iter().zip(&mut self.tables) {
            sheet.rows += add(table, &selected, number, self.excel, &mut sheet.writer)
                .map_err(|cause| Error::write(Some(&self.folder.path().join(&sheet.file)), cause))?;
        }
        for (annotation, mut row) in table::annotations(&selected) {
            let path = self.folder.path().to_owned();
            let excel = self.excel;
            let sheet = self.layer(&annotation.layer)?;
            row.extend(sheet.fields.iter().map(|field| table::field(&annotation.value, field)));
            let written = sheet.writer.write_record(for_whom(row, excel)).map_err(io_error);
            written.map_err(|cause| Error::write(Some(&path.join(&sheet.file)), cause))?;
            sheet.rows += 1;
        }
        Ok(true)
    }

    fn finish(self: Box<Self>) -> Result<Report, Error> {
        let Folder { folder, mut report, tables, layers, .. } = *self;
        let mut layers: Vec<_> = layers.into_values().collect();
        layers.sort_by(|a, b| a.file.cmp(&b.file));
        for Sheet { file, noun, writer, rows, .. } in tables.into_iter().chain(layers) {
            let path = folder.path().join(file);
            let failed = |cause| Error::write(Some(&path), cause);
            let file = writer.into_inner().map_err(|error| failed(io::Error::other(error.to_string())))?;
            file.sync_all().map_err(failed)?;
            report.written.push(Written { path: Some(path), rows, noun });
        }
        folder.finish()?;
        Ok(report)
    }
}
