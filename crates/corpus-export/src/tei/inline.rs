//! Annotations as elements within a block: names, dates, quotations, in each other and never across.

use super::xml::Xml;
use crate::{edtf::datable, entities::Entities, selection::Selected};
use corpus_core::{Annotation, Edtf, Span};
use serde_json::Value;
use std::{cmp::Reverse, collections::BinaryHeap};

/// The annotations of a document that become elements, in order.
pub(super) struct Inline<'d> {
    text: &'d str,
    entities: Entities<'d>,
    /// What stands before ids of this document, so that those of several differ.
    prefix: String,
    /// Start, end (the longest first), rank, annotation.
    elements: Vec<(usize, Reverse<usize>, usize, &'d Annotation)>,
    /// Longest of them, so that those that reach into a block are found.
    longest: usize,
}

/// A stretch that an element is to cover: start, end (the longest first), rank, index of its annotation.
type Piece = (usize, Reverse<usize>, usize, usize);

/// Layers that become elements. Where two cover the same words, the earlier one is around the later one.
const LAYERS: &[&str] =
    &["quotation", "link", "citation", "event", "agreement", "money", "time", "post", "name"];

impl<'d> Inline<'d> {
    /// The elements of a document; `prefix` stands before the ids of its entities.
    pub(super) fn of(selected: &Selected<'d>, prefix: &str) -> Self {
        let mut elements: Vec<_> = selected
            .annotations()
            .filter_map(|annotation| {
                let rank = LAYERS.iter().position(|layer| *layer == annotation.layer)?;
                let Span { start, end } = annotation.span;
                (start < end).then_some((start, Reverse(end), rank, annotation))
            })
            .collect();
        elements.sort_by_key(|(start, end, rank, _)| (*start, *end, *rank));
        let longest = elements.iter().map(|(start, end, ..)| end.0 - start).max().unwrap_or(0);
        Inline {
            text: selected.text(),
            entities: Entities::of(selected),
            prefix: prefix.to_owned(),
            elements,
            longest,
        }
    }

    /// The entities that names mention.
    pub(super) const fn entities(&self) -> &Entities<'d> {
        &self.entities
    }

    /// The id of an entity in the file.
    pub(super) fn id(&self, number: usize) -> String {
        format!("{}e{number}", self.prefix)
    }

    /// Writes `span` of the text with its elements. One that reaches beyond the span, or across another's end, is cut
    /// there; an element of speech in an element that takes phrases only (`narrow`) becomes a `seg`.
    pub(super) fn write(&self, span: Span, narrow: bool, xml: &mut Xml) {
        let first = self.elements.partition_point(|(start, ..)| start + self.longest <= span.start);
        let mut queue: BinaryHeap<Reverse<Piece>> = self.elements[first..]
            .iter()
            .enumerate()
            .take_while(|(_, (start, ..))| *start < span.end)
            .filter(|(_, (_, end, ..))| end.0 > span.start)
            .map(|(at, (start, end, rank, _))| {
                Reverse(((*start).max(span.start), Reverse(end.0.min(span.end)), *rank, first + at))
            })
            .collect();
        let base = xml.depth();
        let mut at = span.start;
        // Where each open element ends, and whether only phrases may stand in it.
        let mut open: Vec<(usize, bool)> = Vec::new();
        while let Some(Reverse((start, Reverse(end), rank, index))) = queue.pop() {
            while let Some((closes, _)) = open.last().copied().filter(|(closes, _)| *closes <= start) {
                xml.content(&self.text[at..closes]);
                at = closes;
                open.pop();
                xml.close();
            }
            let mut end = end;
            if let Some((closes, _)) = open.last().filter(|(closes, _)| *closes < end) {
                queue.push(Reverse((*closes, Reverse(end), rank, index)));
                end = *closes;
            }
            xml.content(&self.text[at..start]);
            at = start;
            let is_narrow = narrow || open.iter().any(|(_, narrow)| *narrow);
            let narrows = self.start(self.elements[index].3, is_narrow, xml);
            open.push((end, narrows));
        }
        while let Some((closes, _)) = open.pop() {
            xml.content(&self.text[at..closes]);
            at = closes;
            xml.close();
        }
        xml.content(&self.text[at..span.end]);
        xml.close_to(base);
    }

    /// Opens the element of an annotation; whether only phrases may stand in it.
    fn start(&self, annotation: &Annotation, is_narrow: bool, xml: &mut Xml) -> bool {
        let field = |name: &str| annotation.value.get(name).and_then(Value::as_str);
        match &*annotation.layer {
            "quotation" => self.start_quotation(annotation, field("kind"), is_narrow, xml),
            "link" => {
                xml.open("ref", &[("target", &address(field("href").unwrap_or_default()))]);
                false
            }
            "agreement" => {
                xml.open("name", &[("type", "agreement")]);
                true
            }
            "money" => {
                let amount = annotation.value.get("amount").and_then(Value::as_f64).map(|n| n.to_string());
                let mut attributes = vec![("type", "currency")];
                attributes.extend(amount.as_deref().map(|amount| ("quantity", amount)));
                let code = field("currency").filter(|code| code.bytes().all(|b| b.is_ascii_alphabetic()));
                attributes.extend(code.filter(|code| !code.is_empty()).map(|code| ("unit", code)));
                xml.open("measure", &attributes);
                true
            }
            "time" => {
                start_time(field, xml);
                true
            }
            "post" => {
                xml.open("roleName", &[]);
                true
            }
            "name" => {
                let element = match field("type") {
                    Some("PER") => "persName",
                    Some("ORG") => "orgName",
                    Some("LOC") => "placeName",
                    _ => "name",
                };
                let number = field("entity").and_then(|id| self.entities.number(id));
                let target = number.map(|number| format!("#{}", self.id(number)));
                xml.open(
                    element,
                    &target.as_deref().map(|target| ("ref", target)).into_iter().collect::<Vec<_>>(),
                );
                true
            }
            other => {
                xml.open("seg", &[("type", other)]);
                false
            }
        }
    }

    fn start_quotation(
        &self,
        quotation: &Annotation,
        kind: Option<&str>,
        is_narrow: bool,
        xml: &mut Xml,
    ) -> bool {
        match kind {
            Some("scare") => xml.open("soCalled", &[]),
            Some("term") => xml.open("term", &[]),
            Some("name") => xml.open("name", &[("type", "quoted")]),
            Some("title") => {
                xml.open("title", &[]);
                return false;
            }
            _ if is_narrow => {
                xml.open("seg", &[("type", "quotation")]);
                return false;
            }
            _ => {
                let speaker = quotation.value.get("speaker").and_then(span);
                let number = speaker.and_then(|speaker| self.entities.at(speaker));
                let who = number.map(|number| format!("#{}", self.id(number)));
                xml.open("said", &who.as_deref().map(|who| ("who", who)).into_iter().collect::<Vec<_>>());
                return false;
            }
        }
        true
    }
}

fn start_time<'v>(field: impl Fn(&str) -> Option<&'v str>, xml: &mut Xml) {
    let kind = field("type").unwrap_or_default().to_ascii_lowercase();
    let edtf = field("edtf").and_then(|edtf| edtf.parse::<Edtf>().ok());
    let mut attributes = edtf.as_ref().map(datable).unwrap_or_default();
    if let Some(timex) = field("timex").filter(|timex| is_iso(timex)) {
        match (&*kind, attributes.is_empty()) {
            ("duration", _) => attributes.push(("dur-iso", timex.to_owned())),
            ("date" | "time", true) => attributes.push(("when-iso", timex.to_owned())),
            _ => {}
        }
    }
    if !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase()) {
        attributes.push(("type", kind));
    }
    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    xml.open("date", &attributes);
}

/// Whether a TIMEX3 value is one of ISO 8601 as TEI takes them.
fn is_iso(timex: &str) -> bool {
    !timex.is_empty() && timex.bytes().all(|b| b.is_ascii_digit() || b",.DHMPRSTWYZ/:+-".contains(&b))
}

/// A span as JSON has it.
fn span(value: &Value) -> Option<Span> {
    let offset =
        |index: usize| value.get(index).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
    let (start, end) = (offset(0)?, offset(1)?);
    (start <= end).then(|| Span::new(start, end))
}

/// An address that is a URI reference, whatever it was.
fn address(href: &str) -> String {
    let mut address = String::with_capacity(href.len());
    for character in href.chars() {
        if character.is_control() || character.is_whitespace() || "<>\"{}|\\^`[]".contains(character) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                address.push_str(&format!("%{byte:02X}"));
            }
        } else {
            address.push(character);
        }
    }
    address
}
