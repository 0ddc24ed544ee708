//! Where a hit lies: document, file, line, column and span; what is known of its date; how many hits there are.

use crate::{
    matcher::Match,
    offsets::{Place, Spans, Walker},
    part_text::{PartText, Passage},
};
use corpus_core::{Edtf, InSource, PartKind, Role, edtf::Precision, source::Located};
use serde::Serialize;

/// Where a hit lies, so that it can be cited and found again.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// Id of the document.
    pub document: String,
    /// Path or address of its source.
    pub uri: String,
    /// Number of the record in a container, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// The record's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// Index of the part in the document.
    pub part: usize,
    /// What the part is.
    pub kind: PartKind,
    /// Index of the block in the document.
    pub block: usize,
    /// What the block does on the page.
    pub role: Role,
    /// Line of the document's text, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Where it lies in the document's text.
    pub span: Spans,
    /// Where its block stands in the page as it was stored, where that is not the text: in HTML, and in feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_source: Option<InSource>,
}

/// What is known of the article that something stands in, so that it can be dated and cited.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InArticle {
    /// When the article was published: EDTF, what is not known stays open.
    pub published: Option<Edtf>,
    /// Its title.
    pub title: Option<String>,
    /// The address of its page.
    pub url: Option<String>,
}

/// When an article was published, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateOf {
    /// EDTF; what is not known stays open.
    pub value: Edtf,
    /// How far it is stated: `day`, `month`, `year` …
    pub precision: &'static str,
    /// How it is known: `metadata`, `timestamp`, `url`, `record` or `inferred`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

/// A number of things found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Total {
    /// The number.
    pub value: u64,
    /// Whether it is exact; else there are at least so many.
    pub exact: bool,
}

impl Total {
    /// So many, exactly.
    pub const fn exactly(value: u64) -> Self {
        Total { value, exact: true }
    }
}

/// The passage in which the last match lay, and the way to it.
pub(crate) type Last<'p> = Option<(usize, Walker<'p>)>;

impl Location {
    /// Where a match lies.
    pub(crate) fn of_match(part: &PartText, found: &Match) -> Location {
        Location::of_next(part, found, &mut None)
    }

    /// Where a match lies: the way to it goes on from the `last` match, if that was before it in the same passage.
    pub(crate) fn of_next<'p>(part: &'p PartText, found: &Match, last: &mut Last<'p>) -> Location {
        let passage = &part.passages[found.passage];
        last.take_if(|(of, walker)| *of != found.passage || walker.offset() > found.start);
        let (_, walker) = last.get_or_insert_with(|| {
            let Passage { chars, utf16, line, column, .. } = *passage;
            (found.passage, Walker::from(part.slice(passage), Place { chars, utf16, line, column }))
        });
        let first = walker.at(found.start);
        let end = walker.clone().at(found.end);
        Location {
            document: part.document.clone(),
            uri: part.uri.clone(),
            record: part.record,
            record_id: part.record_id.clone(),
            part: part.part,
            kind: part.kind,
            block: passage.block,
            role: passage.role,
            line: first.line,
            column: first.column,
            span: Spans {
                byte: [passage.span.start + found.start, passage.span.start + found.end],
                char: [first.chars, end.chars],
                utf16: [first.utf16, end.utf16],
            },
            in_source: passage.in_source,
        }
    }

    /// The line to be cited: of the page as it was stored, where its block begins; of the text where that is not known.
    pub fn cited_line(&self) -> usize {
        let line = self.in_source.and_then(|place| place.line);
        line.and_then(|line| usize::try_from(line).ok()).unwrap_or(self.line)
    }

    /// Where it is cited: the short name of the document and the line, as in `harbour.html:214`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.name(), self.cited_line())
    }

    /// Where the document lies.
    pub fn place(&self) -> Located<'_> {
        Located { uri: &self.uri, index: self.record, id: self.record_id.as_deref() }
    }

    /// A short name of the document: the record's own id, else the file's name without its folders.
    pub fn name(&self) -> String {
        self.place().name()
    }
}

impl DateOf {
    /// The date of the article a part is.
    pub(crate) fn of(part: &PartText) -> Option<DateOf> {
        let value = part.published.clone()?;
        let precision = precision(&value);
        Some(DateOf { value, precision, method: part.date_method.clone() })
    }
}

fn precision(date: &Edtf) -> &'static str {
    match date.precision() {
        Precision::Interval => "interval",
        Precision::Century => "century",
        Precision::Decade => "decade",
        Precision::Year => "year",
        Precision::Season => "season",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        _ => "second",
    }
}
