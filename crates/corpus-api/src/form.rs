//! The form of an answer: which one a request asks for, and an answer written in it.

use crate::problem::{Code, Problem};
use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};
use corpus_export::Separated;
use corpus_query::Tabular;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::value::RawValue;

/// The forms that an answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// One JSON value.
    Json,
    /// One JSON object a line, and a last line that says that it was the last.
    JsonLines,
    /// Comma-separated values with a line of column names.
    Csv,
    /// Tab-separated values with a line of column names.
    Tsv,
}

/// How many rows an answer has, where it is a list; its own header says so, whatever the form.
pub(crate) const ROWS: &str = "x-corpus-rows";

/// Whether these are all rows from the beginning or the cursor on, where the answer is a list.
pub(crate) const COMPLETE: &str = "x-corpus-complete";

impl Form {
    /// Every form with the name that ends a path and its media type.
    pub(crate) const ALL: [(Form, &'static str, &'static str); 4] = [
        (Form::Json, "json", "application/json"),
        (Form::JsonLines, "jsonl", "application/jsonl"),
        (Form::Csv, "csv", "text/csv; charset=utf-8"),
        (Form::Tsv, "tsv", "text/tab-separated-values; charset=utf-8"),
    ];

    /// The form with a name.
    pub(crate) fn named(name: &str) -> Option<Form> {
        Form::ALL.iter().find(|(_, known, _)| *known == name).map(|(form, ..)| *form)
    }

    /// The media type.
    pub(crate) fn media_type(self) -> &'static str {
        Form::ALL.iter().find(|(form, ..)| *form == self).map_or("", |(.., media_type)| media_type)
    }

    /// The form that a request accepts, the likeliest meant first; JSON where it does not care.
    ///
    /// # Errors
    /// When it accepts none that there is.
    pub(crate) fn accepted(headers: &HeaderMap) -> Result<Form, Problem> {
        let Some(accept) = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()) else {
            return Ok(Form::Json);
        };
        let mut best: Option<(u16, Form)> = None;
        for range in accept.split(',') {
            let mut fields = range.split(';').map(str::trim);
            let range = fields.next().unwrap_or_default();
            let quality = fields.find_map(|field| field.strip_prefix("q=")).map_or(1000, thousandths);
            let form = match range {
                "*/*" | "application/*" => Some(Form::Json),
                "text/*" => Some(Form::Csv),
                "application/x-ndjson" | "application/ndjson" => Some(Form::JsonLines),
                _ => Form::ALL
                    .iter()
                    .find(|(.., media_type)| media_type.split(';').next() == Some(range))
                    .map(|(form, ..)| *form),
            };
            if let Some(form) = form.filter(|_| quality > best.map_or(0, |(best, _)| best)) {
                best = Some((quality, form));
            }
        }
        best.map(|(_, form)| form).ok_or_else(|| {
            let known: Vec<&str> = Form::ALL.iter().map(|(.., media_type)| *media_type).collect();
            Problem::new(Code::NotAcceptable, format_args!("there is no answer as {accept}"))
                .hint(format_args!("accept one of {}", known.join(", ")))
        })
    }

    /// A table in which no text is a formula, and the number of its rows.
    fn lines(self, table: Cells<'_>) -> (Vec<u8>, usize) {
        let (separated, end) = match self {
            Form::Tsv => (Separated::TSV.guarded(), "\n"),
            _ => (Separated::CSV.guarded(), "\r\n"),
        };
        let mut out = String::new();
        separated.push_row(&mut out, table.columns);
        out.push_str(end);
        let mut n_rows = 0;
        for row in table.rows {
            separated.push_row(&mut out, row);
            out.push_str(end);
            n_rows += 1;
        }
        (out.into_bytes(), n_rows)
    }

    /// Writes an answer. Its rows are the list `items`, and behind it `shared` where it has one; an answer without rows
    /// has only the form of JSON. CSV and TSV are the rows of `table`.
    ///
    /// # Errors
    /// When the answer has no rows and the form needs them.
    pub(crate) fn write(self, answer: &impl Serialize, table: Option<Cells<'_>>) -> Result<Written, Problem> {
        let internal = |error| Problem::new(Code::Internal, error);
        let json = serde_json::to_vec(answer).map_err(internal)?;
        if self == Form::Json {
            let outline: Outline<IgnoredAny> = serde_json::from_slice(&json).unwrap_or_default();
            return Ok(Written {
                body: json.into(),
                n_rows: outline.rows().map(|rows| rows.len()),
                next: outline.next,
            });
        }
        let outline: Outline<&RawValue> = serde_json::from_slice(&json).unwrap_or_default();
        let no_rows = || {
            Problem::new(Code::NotAcceptable, "this answer is no list of rows")
                .hint("accept application/json")
        };
        let (body, n_rows) = match self {
            Form::Csv | Form::Tsv => self.lines(table.ok_or_else(no_rows)?),
            _ => {
                let rows = outline.rows().ok_or_else(no_rows)?;
                (json_lines(&rows, outline.next.as_deref()), rows.len())
            }
        };
        Ok(Written { body: body.into(), n_rows: Some(n_rows), next: outline.next })
    }
}

/// An answer in the form that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) body: Bytes,
    /// Number of rows, where the answer is a list.
    pub(crate) n_rows: Option<usize>,
    /// Cursor of the next page.
    pub(crate) next: Option<String>,
}

/// What all lists have in common.
#[derive(Deserialize)]
struct Outline<T> {
    items: Option<Vec<T>>,
    shared: Option<Vec<T>>,
    next: Option<String>,
}

impl<T: Copy> Outline<T> {
    /// The rows, of a list.
    fn rows(&self) -> Option<Vec<T>> {
        let items = self.items.as_ref()?;
        Some(items.iter().chain(self.shared.iter().flatten()).copied().collect())
    }
}

impl<T> Default for Outline<T> {
    fn default() -> Self {
        Outline { items: None, shared: None, next: None }
    }
}

/// Rows a line each, and a last line that says whether they are all, and if not, which cursor goes on.
fn json_lines(rows: &[&RawValue], next: Option<&str>) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows {
        out.extend_from_slice(row.get().as_bytes());
        out.push(b'\n');
    }
    let last = End { complete: next.is_none(), rows: rows.len(), next };
    out.extend_from_slice(&serde_json::to_vec(&last).unwrap_or_default());
    out.push(b'\n');
    out
}

/// The last line of rows.
#[derive(Serialize)]
struct End<'a> {
    complete: bool,
    rows: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

/// What stands in a table: the names of its columns, then its rows.
pub(crate) struct Cells<'a> {
    columns: &'static [&'static str],
    rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

impl<'a> Cells<'a> {
    /// The rows of items, which the command line writes alike.
    pub(crate) fn of<T: Tabular>(items: &'a [T]) -> Self {
        Cells { columns: T::COLUMNS, rows: Box::new(items.iter().map(Tabular::cells)) }
    }

    /// As [`of`](Cells::of), of an answer whose items are several rows each.
    pub(crate) fn made<T: Tabular + 'a>(rows: impl Iterator<Item = T> + 'a) -> Self {
        Cells { columns: T::COLUMNS, rows: Box::new(rows.map(|row| row.cells())) }
    }
}

/// A quality such as "0.8" in thousandths.
fn thousandths(quality: &str) -> u16 {
    quality.parse::<f32>().map_or(0, |quality| (quality.clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn accepted(accept: &'static str) -> Option<Form> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Form::accepted(&headers).ok()
    }

    #[test]
    fn the_form_of_the_highest_quality_wins() {
        assert_eq!(accepted("*/*"), Some(Form::Json));
        assert_eq!(accepted("text/csv;q=0.5, application/json;q=0.4"), Some(Form::Csv));
        assert_eq!(accepted("image/png, application/x-ndjson"), Some(Form::JsonLines));
        assert_eq!(accepted("image/png"), None);
        assert_eq!(accepted("text/csv;q=0"), None);
    }

    #[test]
    fn rows_of_a_second_kind_stand_behind_the_first() {
        let answer = serde_json::json!({"items": [{"a": 1}], "shared": [{"b": 2}]});
        let lines = Form::JsonLines.write(&answer, None).unwrap();
        assert_eq!(lines.n_rows, Some(2));
        assert_eq!(
            String::from_utf8(lines.body.to_vec()).unwrap(),
            "{\"a\":1}\n{\"b\":2}\n{\"complete\":true,\"rows\":2}\n"
        );
        let more = serde_json::json!({"items": [{"a": 1}], "next": "o2"});
        let lines = String::from_utf8(Form::JsonLines.write(&more, None).unwrap().body.to_vec()).unwrap();
        assert!(lines.ends_with("{\"complete\":false,\"rows\":1,\"next\":\"o2\"}\n"), "{lines}");
    }

    struct Sum(i64, &'static str);

    impl Tabular for Sum {
        const COLUMNS: &'static [&'static str] = &["sum", "words"];

        fn cells(&self) -> Vec<String> {
            vec![self.0.to_string(), self.1.to_owned()]
        }
    }

    #[test]
    fn rows_become_a_table_in_which_no_text_is_a_formula() {
        let answer = serde_json::json!({"items": [1, 2], "next": "o2"});
        let rows = [Sum(-3, "=SUM(A1)"), Sum(4, "a \"b\", c")];
        let written = Form::Csv.write(&answer, Some(Cells::of(&rows))).unwrap();
        assert_eq!((written.n_rows, written.next.as_deref()), (Some(2), Some("o2")));
        let table = "sum,words\r\n-3,'=SUM(A1)\r\n4,\"a \"\"b\"\", c\"\r\n";
        assert_eq!(String::from_utf8(written.body.to_vec()).unwrap(), table);
        // Of no rows a table still has its columns.
        let none = Form::Tsv.write(&serde_json::json!({"items": []}), Some(Cells::of::<Sum>(&[]))).unwrap();
        assert_eq!((&*none.body, none.n_rows), (&b"sum\twords\n"[..], Some(0)));
        assert!(Form::Csv.write(&1, None).is_err());
    }
}
