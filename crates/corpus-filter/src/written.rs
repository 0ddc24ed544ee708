//! A document as it is written: one JSON object, with what the filters say of it.

use crate::{filters::Verdict, notes::ByStage};
use corpus_core::{Document, Metadata, Place};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A document with its verdict, as it stands in a line of JSON Lines.
///
/// `id`, `url`, `date` and `text` are where `corpus` and others read them again; `source` says where the record lay,
/// and `filter` holds the decision, the reason, the changes and every value measured.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// What it is called.
    pub id: &'a str,
    /// What the record says of itself.
    pub metadata: &'a Metadata,
    /// Its language, where it is known.
    pub language: Option<&'a str>,
    /// The file.
    pub uri: &'a str,
    /// The place in the file; `None` where the file is the record.
    pub place: Option<&'a Place>,
    /// What the filters say of it.
    pub verdict: &'a Verdict<'a>,
}

/// A document with its verdict, without its text.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a>(pub &'a Written<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.line(serializer, Some(&self.verdict.text))
    }
}

impl Serialize for Decided<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.line(serializer, None)
    }
}

impl<'a> Written<'a> {
    /// A document, by what its record says of itself.
    pub fn of(document: &'a Document, verdict: &'a Verdict<'a>) -> Self {
        let source = &document.source;
        Written {
            id: source.metadata.id.as_deref().unwrap_or(document.id.as_str()),
            metadata: &source.metadata,
            language: document.language.as_deref(),
            uri: &source.uri,
            place: source.record.as_ref(),
            verdict,
        }
    }

    fn line<S: Serializer>(&self, serializer: S, text: Option<&str>) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("Written", 7)?;
        line.serialize_field("id", self.id)?;
        line.serialize_field("url", &self.metadata.url)?;
        line.serialize_field("date", &self.metadata.date)?;
        line.serialize_field("language", &self.language)?;
        match text {
            Some(text) => line.serialize_field("text", text)?,
            None => line.skip_field("text")?,
        }
        let source = Source { uri: self.uri, record: self.place.map(|place| place.index) };
        line.serialize_field("source", &source)?;
        line.serialize_field("filter", &Filter(self.verdict))?;
        line.end()
    }
}

#[derive(Serialize)]
struct Source<'a> {
    uri: &'a str,
    record: Option<u64>,
}

struct Filter<'a>(&'a Verdict<'a>);

impl Serialize for Filter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let notes = &self.0.notes;
        let mut filter = serializer.serialize_struct("Filter", 4)?;
        filter.serialize_field("decision", self.0.decision().as_str())?;
        match &notes.reason {
            Some(reason) => filter.serialize_field("reason", reason)?,
            None => filter.skip_field("reason")?,
        }
        if notes.changes.is_empty() {
            filter.skip_field("changes")?;
        } else {
            filter.serialize_field("changes", &ByStage(&notes.changes))?;
        }
        filter.serialize_field("values", &ByStage(&notes.values))?;
        filter.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Filters, NoFiles, Subject};

    #[test]
    fn a_line_says_what_was_decided_and_why() {
        let config = Config::parse("[length]\nmin_words = 3\n[personal]\nphone = \"ignore\"").unwrap();
        let filters = Filters::new(&config, &NoFiles).unwrap();
        let metadata = Metadata { url: Some("https://harbour.example/1".to_owned()), ..Metadata::default() };
        let line = |text: &str| {
            let verdict = filters.judge(Subject::new("p-1", text));
            let written = Written {
                id: "p-1",
                metadata: &metadata,
                language: None,
                uri: "pages.jsonl",
                place: Some(&Place { index: 7, ..Place::default() }),
                verdict: &verdict,
            };
            serde_json::to_string(&written).unwrap()
        };
        insta::assert_snapshot!(line("Too short."), @r#"{"id":"p-1","url":"https://harbour.example/1","date":null,"language":null,"text":"Too short.","source":{"uri":"pages.jsonl","record":7},"filter":{"decision":"dropped","reason":{"stage":"length","rule":"min_words","found":2,"limit":3.0},"values":{"length":{"words":2,"characters":10}}}}"#);
        insta::assert_snapshot!(line("Write to a@harbour.example please."), @r#"{"id":"p-1","url":"https://harbour.example/1","date":null,"language":null,"text":"Write to [email] please.","source":{"uri":"pages.jsonl","record":7},"filter":{"decision":"changed","changes":{"personal":{"email":1}},"values":{"length":{"words":4,"characters":34},"personal":{"email":1,"iban":0,"card":0,"ip":0}}}}"#);
    }
}
