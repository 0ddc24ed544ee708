//! W3C Web Annotation: block roles and annotations as JSON-LD, standing off the text.

use crate::{
    error::Error,
    format::{Export, Format},
    json_list::JsonList,
    options::{Options, Parts},
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
    target::Target,
};
use corpus_core::{Offsets, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

/// W3C Web Annotation: a collection of one page, as JSON-LD.
///
/// Each block's role and each annotation is an `Annotation` whose target is the document, selected by quotation (with
/// 32 characters either side) and by position (in code points of the document's text). The value of an annotation is
/// its body, as JSON in a `TextualBody`. Blocks are the layer `block`.
#[derive(Clone, Copy, Debug)]
pub struct WebAnnotation;

impl Format for WebAnnotation {
    fn name(&self) -> &'static str {
        "webannotation"
    }
    fn description(&self) -> &'static str {
        "W3C Web Annotation, block roles and annotations as JSON-LD"
    }
    fn media_type(&self) -> &'static str {
        "application/ld+json"
    }
    fn ending(&self) -> &'static str {
        "jsonld"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        let blocks = options.layers.as_ref().is_none_or(|layers| layers.iter().any(|layer| layer == "block"));
        let collection = Collection { list: JsonList::default(), blocks };
        Streamed::open(collection, target, options, Parts::ALL, &["annotations"])
    }
}

/// Characters of context either side of a quotation.
const CONTEXT: usize = 32;

struct Collection {
    list: JsonList,
    blocks: bool,
}

impl Stream for Collection {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            b"{\"@context\": \"http://www.w3.org/ns/anno.jsonld\",\n\
            \"id\": \"urn:corpus:annotations\", \"type\": \"AnnotationCollection\",\n\
            \"first\": {\"id\": \"urn:corpus:annotations:page:1\", \"type\": \"AnnotationPage\", \
            \"partOf\": \"urn:corpus:annotations\", \"startIndex\": 0, \"items\": [",
        )
    }

    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let before = self.list.len();
        let mut offsets = Offsets::new(selected.text());
        if self.blocks {
            for (index, block) in selected.blocks() {
                let kind = selected.document.part_of(block).kind;
                let body = json!([
                    {"type": "TextualBody", "purpose": "classifying", "value": block.role.as_str()},
                    {"type": "TextualBody", "purpose": "classifying", "value": format!("part:{}:{kind}", block.part)},
                ]);
                let id = format!("{}:block:{index}", urn(selected));
                self.list.push(&annotation(selected, id, block.span, &body, &mut offsets), out)?;
            }
        }
        for (index, found) in selected.annotations().enumerate() {
            let value = json!({"layer": found.layer, "rule": found.rule,
                               "confidence": shown(found.confidence), "value": found.value});
            let body = json!([
                {"type": "TextualBody", "purpose": "tagging", "value": found.layer},
                {"type": "TextualBody", "purpose": "describing", "format": "application/json",
                 "value": value.to_string()},
            ]);
            let id = format!("{}:annotation:{index}", urn(selected));
            self.list.push(&annotation(selected, id, found.span, &body, &mut offsets), out)?;
        }
        tally.add("annotations", self.list.len() - before);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let total = self.list.len();
        write!(out, "\n]}},\n\"last\": \"urn:corpus:annotations:page:1\", \"total\": {total}}}\n")
    }
}

/// The document's name as a URN: its id without the prefix.
fn urn(selected: &Selected<'_>) -> String {
    let id = selected.document.id.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let name: String = id.trim_start_matches("b3:").chars().map(|c| if plain(c) { c } else { '_' }).collect();
    format!("urn:corpus:document:{name}")
}

/// A confidence as its shortest decimal, which its 32 bits mean.
fn shown(confidence: f32) -> Value {
    confidence.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}

fn annotation(
    selected: &Selected<'_>,
    id: String,
    span: Span,
    body: &Value,
    offsets: &mut Offsets<'_>,
) -> Value {
    let text = selected.text();
    let before =
        text[..span.start].char_indices().rev().take(CONTEXT).last().map_or(span.start, |(at, _)| at);
    let after = text[span.end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| span.end + at);
    let mut target = json!({
        "type": "SpecificResource",
        "source": urn(selected),
        "selector": [
            {"type": "TextQuoteSelector", "exact": &text[span], "prefix": &text[before..span.start],
             "suffix": &text[span.end..after]},
            {"type": "TextPositionSelector", "start": offsets.characters(span.start),
             "end": offsets.characters(span.end)},
        ],
    });
    let source = &selected.document.source;
    let own = selected.document.article().and_then(|part| part.url.as_deref());
    if let Some(url) = own.or(source.metadata.url.as_deref()).filter(|url| is_iri(url)) {
        target["scope"] = url.into();
    }
    json!({"id": id, "type": "Annotation", "body": body, "target": target})
}

/// Whether an address can stand where JSON-LD wants an absolute IRI.
fn is_iri(url: &str) -> bool {
    (url.starts_with("http://") || url.starts_with("https://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}
