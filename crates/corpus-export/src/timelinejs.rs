//! TimelineJS: what happened when, as the JSON that the timeline of that name shows.

use crate::{
    edtf::stated,
    error::Error,
    format::{Export, Format},
    json_list::JsonList,
    options::{Options, Parts},
    report::Tally,
    selection::{Selected, block_at},
    stream::{Stream, Streamed},
    target::Target,
    text::one_line,
};
use corpus_core::{Document, Edtf, Span};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// TimelineJS: articles by the date of their publication, events of layer `event`, statements by the date on which
/// they were made. What has no year is left out, and counted.
#[derive(Clone, Copy, Debug)]
pub struct TimelineJs;

impl Format for TimelineJs {
    fn name(&self) -> &'static str {
        "timelinejs"
    }
    fn description(&self) -> &'static str {
        "TimelineJS, dated articles, events and statements as JSON"
    }
    fn media_type(&self) -> &'static str {
        "application/json"
    }
    fn ending(&self) -> &'static str {
        "timeline.json"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Streamed::open(Timeline::default(), target, options, Parts::ARTICLES, &["slides"])
    }
}

#[derive(Default)]
struct Timeline {
    slides: JsonList,
    undated: u64,
}

impl Stream for Timeline {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"events\": [")
    }

    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let document = selected.document;
        for (index, part) in document.parts.iter().enumerate() {
            if !part.kind.is_article() || !selected.takes(part.kind) {
                continue;
            }
            let title = part.title.as_deref().unwrap_or("[untitled]");
            let date = part.published.as_ref().map(|published| &published.edtf);
            let source = document.source.located().to_string();
            let text = [part.site.as_deref(), part.url.as_deref(), Some(&*source)];
            let text: Vec<_> = text.into_iter().flatten().map(escaped).collect();
            let slide =
                slide(date, title, &text.join("<br>"), "published", &format!("{}#{index}", document.id));
            self.push(slide, out, tally)?;
        }
        let sentences = sentences(document);
        for annotation in selected.annotations() {
            let field = |name: &str| annotation.value.get(name).and_then(Value::as_str);
            let (date, group) = match &*annotation.layer {
                "event" => (field("when"), field("kind").unwrap_or("event")),
                "statement" => (field("said_on"), "statement"),
                _ => continue,
            };
            let date = date.and_then(|date| date.parse().ok());
            let headline = one_line(&selected.text()[annotation.span]);
            let context = one_line(around(document, &sentences, annotation.span)).into_owned();
            let Span { start, end } = annotation.span;
            let id = format!("{}#{}:{start}-{end}", document.id, annotation.layer);
            let slide = slide(date.as_ref(), &headline, &escaped(&context), group, &id);
            self.push(slide, out, tally)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }

    fn remarks(&self) -> Vec<String> {
        match self.undated {
            0 => Vec::new(),
            count => vec![format!("left out without a year: {count}")],
        }
    }
}

impl Timeline {
    fn push(&mut self, slide: Option<Value>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let Some(slide) = slide else {
            self.undated += 1;
            return Ok(());
        };
        tally.add("slides", 1);
        self.slides.push(&slide, out)
    }
}

fn slide(date: Option<&Edtf>, headline: &str, text: &str, group: &str, id: &str) -> Option<Value> {
    let date = date?;
    let (start, end) = match stated(date) {
        Some(day) => (day, None),
        None => {
            let (earliest, latest) = date.bounds();
            let parts = |day: corpus_core::edtf::Day| (day.year(), Some(day.month()), Some(day.day()));
            (parts(earliest?), Some(parts(latest?)))
        }
    };
    let mut slide = json!({
        "start_date": parts_of(start),
        "display_date": date.as_str(),
        "text": {"headline": escaped(headline), "text": text},
        "group": group,
        "unique_id": id,
    });
    if let Some(end) = end {
        slide["end_date"] = parts_of(end);
    }
    Some(slide)
}

fn parts_of((year, month, day): (i32, Option<u8>, Option<u8>)) -> Value {
    let mut parts = Map::new();
    parts.insert("year".to_owned(), year.into());
    for (name, number) in [("month", month), ("day", day)] {
        if let Some(number) = number {
            parts.insert(name.to_owned(), number.into());
        }
    }
    Value::Object(parts)
}

/// Most bytes around what is told, where no sentence says how far they reach.
const AROUND: usize = 1000;

/// The sentences of a document, in order.
fn sentences(document: &Document) -> Vec<Span> {
    let of_layer = document.annotations.iter().filter(|annotation| annotation.layer == "sentence");
    let mut sentences: Vec<Span> = of_layer.map(|annotation| annotation.span).collect();
    sentences.sort_unstable();
    sentences
}

/// The text from the sentence in which a span begins to the one in which it ends; without sentences its block, or as
/// much of that as is near.
fn around<'d>(document: &'d Document, sentences: &[Span], span: Span) -> &'d str {
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    if first < last {
        let text =
            document.text.get(sentences[first].start.min(span.start)..sentences[last - 1].end.max(span.end));
        return text.unwrap_or_default();
    }
    let index = block_at(document, span.start);
    let block = index.map_or(span, |index| document.blocks[index].span);
    let start = block.start.max(span.start.saturating_sub(AROUND)).min(span.start);
    let end = block.end.min(span.end + AROUND).max(span.end);
    let text = &document.text;
    &text[text.ceil_char_boundary(start)..text.floor_char_boundary(end)]
}

/// Text as TimelineJS takes it, which reads HTML.
fn escaped(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
