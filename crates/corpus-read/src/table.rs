//! The rows of a table, its values parted by commas, tabs or semicolons, each as a JSON object of the columns that a
//! mapping names.

use crate::{
    fields::Plan,
    input::{Fault, Input},
    lines::Piece,
    reject::{RejectKind, Spot},
};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};

/// The first row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    delimiter: u8,
    names: Vec<String>,
}

/// A column that is wanted.
#[derive(Debug)]
struct Column {
    at: usize,
    /// The field that it is in the mapping.
    field: Box<str>,
    /// Whether it may hold the page, and is told even where it is empty.
    is_page: bool,
}

impl Header {
    /// That of a file which begins with `head`.
    pub(crate) fn of(head: &[u8]) -> Self {
        let delimiter = delimiter(head);
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(head);
        let names = rows.byte_headers().map_or_else(|_| Vec::new(), |names| names.iter().map(name).collect());
        Header { delimiter, names }
    }

    /// Whether the file can be a table at all: whether the row has several columns.
    pub(crate) const fn is_one(&self) -> bool {
        self.names.len() > 1
    }

    /// Whether the names are those of a table of pages, whatever the file is called: one holds the page, another
    /// something of it.
    pub(crate) fn is_of_pages(&self, plan: &Plan) -> bool {
        let columns = self.columns(plan);
        columns.len() > 1 && columns.iter().any(|column| column.is_page)
    }

    /// The columns that are wanted: by their names, else by these in other cases.
    fn columns(&self, plan: &Plan) -> Vec<Column> {
        let find = |field: &str, is_page| {
            let exact = self.names.iter().position(|name| name == field);
            let at = exact.or_else(|| self.names.iter().position(|name| name.eq_ignore_ascii_case(field)))?;
            Some(Column { at, field: field.into(), is_page })
        };
        plan.columns().filter_map(|(field, is_page)| find(field, is_page)).collect()
    }
}

fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// What stands between the columns of the header most often.
pub(crate) fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, header).count();
    *[b'\t', b';', b','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

/// The rows of a table below its header. Values may stand between quotation marks, and then hold separators, line
/// breaks and doubled quotation marks (RFC 4180). No row longer than `max` is held in memory.
pub(crate) struct Table {
    input: Input,
    reader: Reader,
    columns: Vec<Column>,
    n_columns: usize,
    max: u64,
    /// Where the row begins that is read now.
    spot: Spot,
    /// Its bytes so far.
    n_bytes: u64,
    /// Its values one after the other, and where each ends; more room than is filled.
    values: Vec<u8>,
    n_values: usize,
    ends: Vec<usize>,
    n_ends: usize,
    is_done: bool,
}

/// The most columns that a row may have.
const MOST_COLUMNS: usize = 1 << 16;

impl Table {
    /// The rows below `header`, with which the input begins.
    ///
    /// # Errors
    /// A fault where no column holds the page.
    pub(crate) fn new(mut input: Input, header: &Header, plan: &Plan, max: u64) -> Result<Self, Fault> {
        let columns = header.columns(plan);
        if !columns.iter().any(|column| column.is_page) {
            let names: Vec<_> = header.names.iter().map(|name| format!("{name:?}")).collect();
            let reason = format!("no column holds the page; the columns are {}", names.join(", "));
            return Err(Fault { kind: RejectKind::NoPage, reason });
        }
        let mark = if input.head().starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        input.consume(mark);
        let mut table = Table {
            input,
            reader: ReaderBuilder::new().delimiter(header.delimiter).build(),
            columns,
            n_columns: header.names.len(),
            max,
            spot: Spot { index: 0, offset: mark as u64, line: Some(1) },
            n_bytes: 0,
            values: vec![0; 1 << 12],
            n_values: 0,
            ends: vec![0; header.names.len() + 2],
            n_ends: 0,
            is_done: false,
        };
        // The header itself, which may be longer than what was seen of it.
        table.read_row();
        table.n_columns = table.n_ends;
        table.ends.resize(table.ends.len().max(table.n_columns + 2), 0);
        table.begin_row();
        Ok(table)
    }

    /// Reads a row; `None` behind the last, a fault where it is none.
    fn read_row(&mut self) -> Option<Result<(), Fault>> {
        loop {
            let chunk = match self.input.chunk() {
                Ok(chunk) => chunk,
                Err(fault) => {
                    // Whether what follows stands between quotation marks nobody knows.
                    self.is_done = true;
                    return Some(Err(fault));
                }
            };
            let is_end = chunk.is_empty();
            // At the end a line feed tells whether the row is whole: between quotation marks it ends none.
            let chunk = if is_end { b"\n" } else { chunk };
            let (values, ends) = (&mut self.values[self.n_values..], &mut self.ends[self.n_ends..]);
            let (result, n_read, n_values, n_ends) = self.reader.read_record(chunk, values, ends);
            if self.n_bytes == 0 {
                // Blank lines before the row.
                let blank = chunk[..n_read].iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
                let n_lines = memchr::memchr_iter(b'\n', &chunk[..blank]).count() as u64;
                self.spot.offset += blank as u64;
                self.spot.line = self.spot.line.map(|line| line + n_lines);
                self.n_bytes += (n_read - blank) as u64;
            } else {
                self.n_bytes += n_read as u64;
            }
            if !is_end {
                self.input.consume(n_read);
            }
            self.n_values += n_values;
            self.n_ends += n_ends;
            let is_too_long = self.n_bytes > self.max;
            match result {
                ReadRecordResult::Record => return Some(Ok(())),
                ReadRecordResult::InputEmpty if is_end => {
                    self.is_done = true;
                    let reason = "the file ends between quotation marks; what the row holds is not known";
                    let cut = Fault { kind: RejectKind::Cut, reason: reason.to_owned() };
                    return (self.n_bytes > 0).then_some(Err(cut));
                }
                ReadRecordResult::OutputFull if is_too_long => self.n_values = 0,
                ReadRecordResult::OutputEndsFull if is_too_long || self.ends.len() >= MOST_COLUMNS => {
                    self.n_ends = self.n_columns + 1;
                }
                ReadRecordResult::OutputFull => self.values.resize(self.values.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
        }
    }

    /// Goes to the next row.
    fn begin_row(&mut self) {
        self.spot.offset += self.n_bytes;
        self.spot.line = Some(self.reader.line());
        (self.n_bytes, self.n_values, self.n_ends) = (0, 0, 0);
    }

    /// The row that was read.
    fn row(&self) -> Result<Vec<u8>, Fault> {
        let (n_columns, n_ends) = (self.n_columns, self.n_ends);
        if self.n_bytes > self.max {
            let reason =
                format!("the row has {} bytes, more than the {} a record may have", self.n_bytes, self.max);
            return Err(Fault { kind: RejectKind::TooLong, reason });
        }
        if n_ends != n_columns {
            let reason = format!("the row has {n_ends} values, the header {n_columns}");
            return Err(Fault { kind: RejectKind::Columns, reason });
        }
        let mut object = Map::new();
        for Column { at, field, is_page } in &self.columns {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            let value = std::str::from_utf8(&self.values[start..self.ends[*at]]).map_err(|_| {
                let reason = format!("the value of {field:?} is not UTF-8");
                Fault { kind: RejectKind::Utf8, reason }
            })?;
            let value = if *is_page { value } else { value.trim() };
            if *is_page || !value.is_empty() {
                object.insert(field.to_string(), value.into());
            }
        }
        Ok(Value::Object(object).to_string().into_bytes())
    }
}

impl Iterator for Table {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.is_done {
            return None;
        }
        let row = self.read_row()?.and_then(|()| self.row());
        let spot = self.spot;
        self.begin_row();
        self.spot.index += 1;
        Some(row.map(|bytes| (bytes, spot)).map_err(|fault| (fault, spot)))
    }
}
