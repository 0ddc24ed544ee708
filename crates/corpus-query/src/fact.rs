//! Facts: what annotations say of a text, as far as queries ask for it.

use crate::voice::Named;
use corpus_core::{Annotation, Document, Span};
use serde_json::Value;
use std::collections::HashMap;

/// What one annotation says of a span of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its layer: `statement`, `name`, `quotation`, `sentence` …
    pub layer: String,
    /// Where it lies in the document's text.
    pub span: Span,
    /// What it says, as names and texts, such as `speaker` and the ways the speaker is named. A name may come twice.
    pub says: Vec<(String, String)>,
}

impl Fact {
    /// The local ids of what is said under a name.
    pub(crate) fn locals<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let is_local = move |said: &str| said.strip_prefix(LOCAL).is_some_and(|said| said == name);
        self.says.iter().filter(move |(said, _)| is_local(said)).map(|(_, local)| &**local)
    }

    /// What it says as texts, local ids left out.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.says.iter().filter(|(said, _)| !said.starts_with(LOCAL)).map(|(_, text)| &**text)
    }

    /// The texts under a name.
    pub fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.says.iter().filter(move |(said, _)| said == name).map(|(_, text)| &**text)
    }
}

/// What stands before a name under which a local id is said.
const LOCAL: char = '=';

/// Layers whose facts are worth nothing to a query.
const LEFT_OUT: &[&str] = &["link"];

/// The facts of a document, in order of span.
pub(crate) fn all_of(document: &Document) -> Vec<Fact> {
    let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
    for annotation in document.annotations.iter().filter(|annotation| annotation.layer == "name") {
        let text = document.text.get(annotation.span.range());
        if let (Some(entity), Some(text)) = (annotation.value.get("entity").and_then(Value::as_str), text) {
            let known = names.entry(entity).or_default();
            if !known.contains(&text) {
                known.push(text);
            }
        }
    }
    let reader = Reader { document, names: &names, named: Named::of(document), speakers: speakers(document) };
    let mut facts: Vec<Fact> = document
        .annotations
        .iter()
        .filter(|annotation| !LEFT_OUT.contains(&&*annotation.layer))
        .map(|annotation| {
            let mut says = Vec::new();
            reader.read(&annotation.layer, annotation.span, &annotation.value, &mut says);
            Fact { layer: annotation.layer.clone().into_owned(), span: annotation.span, says }
        })
        .collect();
    facts.sort_by_key(|fact| (fact.span, fact.layer.clone()));
    facts
}

/// Who speaks by the words at a span, of every statement.
fn speakers(document: &Document) -> HashMap<Span, Option<&str>> {
    let statements = document.annotations.iter().filter(|annotation| annotation.layer == "statement");
    statements
        .filter_map(|Annotation { value, .. }| {
            Some((span_of(value.get("speaker")?)?, value.get("entity").and_then(Value::as_str)))
        })
        .collect()
}

fn span_of(value: &Value) -> Option<Span> {
    serde_json::from_value(value.clone()).ok()
}

/// Turns values of annotations into names and texts.
struct Reader<'a> {
    document: &'a Document,
    /// The ways each local entity is named.
    names: &'a HashMap<&'a str, Vec<&'a str>>,
    named: Named<'a>,
    /// Whom the words of a speaker stand for.
    speakers: HashMap<Span, Option<&'a str>>,
}

impl Reader<'_> {
    fn read(&self, layer: &str, span: Span, value: &Value, says: &mut Vec<(String, String)>) {
        match layer {
            "statement" => {
                self.speaker(value, says);
                self.entity("speaker", value.get("entity"), says);
                self.plain("polarity", value, says);
                self.plain("said_on", value, says);
                self.outlets(value, says);
            }
            "citation" => self.outlets(value, says),
            "quotation" => {
                self.speaker(value, says);
                self.plain("kind", value, says);
            }
            "name" => {
                let field = match value.get("type").and_then(Value::as_str) {
                    Some("PER") => "person",
                    Some("ORG") => "org",
                    Some("LOC") => "place",
                    _ => "name",
                };
                says.extend(self.text(span).map(|text| (field.to_owned(), text)));
                self.entity(field, value.get("entity"), says);
            }
            "post" => {
                says.extend(self.text(span).map(|text| ("post".to_owned(), text)));
                self.entity("person", value.get("entity"), says);
            }
            "event" => {
                if let Some(kind) = value.get("kind").and_then(Value::as_str) {
                    says.push(("event".to_owned(), kind.to_owned()));
                }
                for participant in value.get("participants").and_then(Value::as_array).into_iter().flatten() {
                    self.entity("person", Some(participant), says);
                }
                self.entity("place", value.get("place"), says);
                if let Some(event) = value.get("event").and_then(Value::as_str) {
                    says.push((format!("{LOCAL}event"), event.to_owned()));
                }
                self.plain("when", value, says);
            }
            _ => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if let Some(text) = value.as_str() {
                        says.push((name.clone(), text.to_owned()));
                    }
                }
            }
        }
    }

    fn text(&self, span: Span) -> Option<String> {
        self.document.text.get(span.range()).map(str::to_owned)
    }

    /// The words for a speaker, without the names of others among them where it is known who speaks.
    fn speaker(&self, value: &Value, says: &mut Vec<(String, String)>) {
        let Some(span) = value.get("speaker").and_then(span_of) else { return };
        let words = match self.speakers.get(&span) {
            Some(speaker) => Some(self.named.words_of(span, *speaker)),
            None => self.text(span),
        };
        says.extend(words.map(|words| ("speaker".to_owned(), words)));
    }

    fn entity(&self, name: &str, value: Option<&Value>, says: &mut Vec<(String, String)>) {
        let Some(entity) = value.and_then(Value::as_str) else { return };
        let known = self.names.get(entity).map_or(&[][..], Vec::as_slice);
        says.extend(known.iter().map(|text| (name.to_owned(), (*text).to_owned())));
        says.push((format!("{LOCAL}{name}"), entity.to_owned()));
    }

    fn plain(&self, name: &str, value: &Value, says: &mut Vec<(String, String)>) {
        if let Some(text) = value.get(name).and_then(Value::as_str) {
            says.push((name.to_owned(), text.to_owned()));
        }
    }

    fn outlets(&self, value: &Value, says: &mut Vec<(String, String)>) {
        for outlet in value.get("outlets").and_then(Value::as_array).into_iter().flatten() {
            self.plain_as("source", outlet.get("name"), says);
            self.entity("source", outlet.get("entity"), says);
        }
    }

    fn plain_as(&self, name: &str, value: Option<&Value>, says: &mut Vec<(String, String)>) {
        says.extend(value.and_then(Value::as_str).map(|text| (name.to_owned(), text.to_owned())));
    }
}
