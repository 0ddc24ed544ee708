//! TimelineJS: what happened when, as the JSON that the timeline of that name shows.

use crate::{
    edtf::stated,
    error::Error,
    format::{Export, Format},
    json_list::JsonList,
    options::{Options, Parts},
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
    target::Target,
    text::one_line,
};
use corpus_core::{Edtf, Span};
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
            let text = [part.site.as_deref(), part.url.as_deref(), Some(document.source.uri.as_str())];
            let text: Vec<_> = text.into_iter().flatten().map(escaped).collect();
            let slide =
                slide(date, title, &text.join("<br>"), "published", &format!("{}#{index}", document.id));
            self.push(slide, out, tally)?;
        }
        for annotation in selected.annotations() {
            let field = |name: &str| annotation.value.get(name).and_then(Value::as_str);
            let (date, group) = match &*annotation.layer {
                "event" => (field("when"), field("kind").unwrap_or("event")),
                "statement" => (field("said_on"), "statement"),
                _ => continue,
            };
            let date = date.and_then(|date| date.parse().ok());
            let headline = one_line(&selected.text()[annotation.span]);
            let context = one_line(around(selected, annotation.span)).into_owned();
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

/// The sentence or block around a span.
fn around<'d>(selected: &Selected<'d>, span: Span) -> &'d str {
    let document = selected.document;
    let sentence = document
        .annotations
        .iter()
        .find(|annotation| annotation.layer == "sentence" && annotation.span.contains(span));
    let block = || document.blocks.iter().find(|block| block.span.contains(span)).map(|block| block.span);
    let around = sentence.map(|annotation| annotation.span).or_else(block).unwrap_or(span);
    document.text.get(around.range()).unwrap_or_default()
}

/// Text as TimelineJS takes it, which reads HTML.
fn escaped(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
