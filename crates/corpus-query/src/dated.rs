//! Dates: each expression of time with its value and how it was reckoned, and how it is known when an article was
//! published.

use crate::{
    happenings::Mention,
    hit::Location,
    reading::Seen,
    tabular::{Tabular, cell, source_cells},
};
use corpus_annotate::link::Table;
use corpus_core::{Document, Edtf, Evidence, Span};
use serde::{Deserialize, Serialize};

/// A date that a document states or lets infer, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dated {
    /// Where it lies; when an article was published, where that is said, else where the article begins.
    #[serde(flatten)]
    pub location: Location,
    /// The words.
    pub text: String,
    /// `DATE`, `TIME`, `DURATION` or `SET`; `published` for when the article was published.
    pub what: String,
    /// The value as TIMEX3 has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// The date as EDTF; absent for durations and sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// What more is known of an open date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Edtf>,
    /// What it was reckoned from: `absolute`, `document`, `event`, `quotation` or `none`; when an article was published,
    /// how that is known: `metadata`, `timestamp`, `url`, `record` or `inferred`.
    pub anchor: String,
    /// The rule that found it; empty for when an article was published.
    pub rule: String,
    /// How sure it is, from 0 to 1; 1 where the page itself says so.
    pub confidence: f32,
    /// Where the article was dated from the text, the words that say so; of a time that is reckoned from the date of the
    /// article, the words that give that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Mention>,
    /// Fields of the page or record that say so: name and value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, String)>,
}

/// Gathers dates from documents, which come in the order of the corpus.
#[derive(Debug)]
pub struct Dates<'t> {
    seen: Seen<'t>,
    duplicates: bool,
}

/// The value of an annotation of layer `time`.
#[derive(Deserialize)]
struct Value {
    #[serde(rename = "type", default)]
    kind: String,
    timex: Option<String>,
    edtf: Option<Edtf>,
    #[serde(default)]
    anchor: String,
}

impl<'t> Dates<'t> {
    /// Gathers dates; those in copied text again where `duplicates` are wanted.
    pub fn new(table: &'t Table, duplicates: bool) -> Self {
        Dates { seen: Seen::new(table), duplicates }
    }

    /// The dates of the next document: of each article when it was published, then the expressions in the order of the
    /// text.
    pub fn of(&mut self, document: &Document) -> Vec<Dated> {
        let mut reading = self.seen.read(document);
        let mut dates = Vec::new();
        for (index, part) in document.parts.iter().enumerate().filter(|(_, part)| part.kind.is_article()) {
            let Some(published) = &part.published else { continue };
            let Some(block) = document.blocks.iter().find(|block| block.part == index) else { continue };
            let spans = evidence(&published.evidence);
            let fields = published.evidence.iter().filter_map(|evidence| match evidence {
                Evidence::Field { field, value } => Some((field.to_string(), value.to_string())),
                _ => None,
            });
            let span = spans.first().copied().unwrap_or(block.span);
            let mention = |span: Span, reading: &mut crate::reading::Reading<'_>| Mention {
                location: reading.locate(span),
                text: reading.words(span).to_owned(),
            };
            dates.push(Dated {
                location: reading.locate(span),
                text: if spans.is_empty() { String::new() } else { reading.words(span).to_owned() },
                what: "published".to_owned(),
                timex: None,
                edtf: Some(published.edtf.clone()),
                bounds: published.bounds.clone(),
                anchor: published.method.as_str().to_owned(),
                rule: String::new(),
                confidence: 1.0,
                evidence: spans.iter().map(|span| mention(*span, &mut reading)).collect(),
                fields: fields.collect(),
            });
        }
        for annotation in reading.layer("time", self.duplicates) {
            let Some(value) = crate::reading::Reading::value::<Value>(annotation) else { continue };
            let location = reading.locate(annotation.span);
            let published = document.parts.get(location.part).and_then(|part| part.published.as_ref());
            let spans = published
                .filter(|_| value.anchor == "document")
                .map_or(Vec::new(), |published| evidence(&published.evidence));
            let mut mentions = Vec::new();
            for span in spans.into_iter().filter(|span| *span != annotation.span) {
                mentions
                    .push(Mention { location: reading.locate(span), text: reading.words(span).to_owned() });
            }
            dates.push(Dated {
                location,
                text: reading.words(annotation.span).to_owned(),
                what: value.kind,
                timex: value.timex,
                edtf: value.edtf,
                bounds: None,
                anchor: value.anchor,
                rule: annotation.rule.to_string(),
                confidence: annotation.confidence,
                evidence: mentions,
                fields: Vec::new(),
            });
        }
        dates
    }
}

fn evidence(evidence: &[Evidence]) -> Vec<Span> {
    let span = |evidence: &Evidence| match evidence {
        Evidence::Span { span } => Some(*span),
        _ => None,
    };
    evidence.iter().filter_map(span).collect()
}

impl Tabular for Dated {
    const COLUMNS: &'static [&'static str] = &[
        "text",
        "what",
        "date",
        "file",
        "line",
        "byte_start",
        "byte_end",
        "value",
        "anchor",
        "rule",
        "confidence",
        "evidence",
        "uri",
        "document",
        "source_line",
        "source_start",
        "source_end",
    ];

    fn cells(&self) -> Vec<String> {
        let date = self.edtf.as_ref().map(ToString::to_string).or_else(|| self.timex.clone());
        let date = date.unwrap_or_default();
        let words = self
            .evidence
            .iter()
            .map(|mention| format!("{} (line {})", mention.text, mention.location.cited_line()));
        let fields = self.fields.iter().map(|(field, value)| format!("{field} {value}"));
        let location = &self.location;
        let cells = [
            self.text.clone(),
            self.what.clone(),
            match &self.bounds {
                Some(bounds) => format!("{date} in {bounds}"),
                None => date,
            },
            location.name(),
            location.line.to_string(),
            location.span.byte[0].to_string(),
            location.span.byte[1].to_string(),
            cell(self.timex.as_ref()),
            self.anchor.clone(),
            self.rule.clone(),
            format!("{:.2}", self.confidence),
            words.chain(fields).collect::<Vec<_>>().join("; "),
            location.uri.clone(),
            location.document.clone(),
        ];
        cells.into_iter().chain(source_cells(location)).collect()
    }
}
