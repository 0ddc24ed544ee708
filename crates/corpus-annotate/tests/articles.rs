//! Thirteen articles of our own with their facts marked, found again as well as when they were written.

#![allow(clippy::unwrap_used)]

use corpus_annotate::Annotators;
use corpus_core::{Annotation, Document, Record, Registry, Span};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Articles in which `{label value|text}` marks a fact: a name by its type, `time`, `money`, `quote`, `cite`, `event` by
/// kind and date, and the numbered `speaker` and pieces of `content` of a statement. Marks may lie within each other.
const ARTICLES: [&str; 13] = [
    include_str!("articles/dam.txt"),
    include_str!("articles/ferry.txt"),
    include_str!("articles/harvest.txt"),
    include_str!("articles/museum.txt"),
    include_str!("articles/school.txt"),
    include_str!("articles/striker.txt"),
    include_str!("articles/shrimp.txt"),
    include_str!("articles/lake.txt"),
    include_str!("articles/orchard.txt"),
    include_str!("articles/tram.txt"),
    include_str!("articles/pipeline.txt"),
    include_str!("articles/sahel.txt"),
    include_str!("articles/lakeshore.txt"),
];

/// A fact that an article has.
struct Mark<'a> {
    label: &'a str,
    value: &'a str,
    span: Span,
}

/// The text of an article and its marks.
fn unmark(article: &str) -> (String, Vec<Mark<'_>>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = article;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        if rest[at..].starts_with('{') {
            let bar = at + rest[at..].find('|').unwrap();
            let (label, value) = rest[at + 1..bar].split_once(' ').unwrap_or((&rest[at + 1..bar], ""));
            open.push((label, value, text.len()));
            rest = &rest[bar + 1..];
        } else {
            let (label, value, start) = open.pop().unwrap();
            marks.push(Mark { label, value, span: Span::new(start, text.len()) });
            rest = &rest[at + 1..];
        }
    }
    text.push_str(rest);
    (text, marks)
}

fn annotate(text: &str) -> Document {
    let record = Record::new("own.txt", text.as_bytes()).with_media_type("text/plain");
    let mut documents = Registry::core().parse_all(&record);
    Annotators::core().annotate(&mut documents[0]);
    documents.swap_remove(0)
}

/// What is right, found and marked.
#[derive(Default)]
struct Score([usize; 3]);

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.0[0] as f64 / (self.0[1] + self.0[2]) as f64
    }

    /// Matches facts to marks, each once.
    fn add<M>(&mut self, marks: &[M], found: &[&Annotation], right: impl Fn(&M, &Annotation) -> bool) {
        let mut open: Vec<&&Annotation> = found.iter().collect();
        for mark in marks {
            if let Some(at) = open.iter().position(|fact| right(mark, fact)) {
                open.remove(at);
                self.0[0] += 1;
            }
        }
        self.0[1] += found.len();
        self.0[2] += marks.len();
    }
}

/// The share of two spans that they have in common.
fn overlap(a: Span, b: Span) -> f64 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    common as f64 / (a.end.max(b.end) - a.start.min(b.start)) as f64
}

fn span(value: &Value) -> Option<Span> {
    let ends = value.as_array()?;
    Some(Span::new(ends.first()?.as_u64()? as usize, ends.get(1)?.as_u64()? as usize))
}

fn bytes(spans: &[Span]) -> BTreeSet<usize> {
    spans.iter().flat_map(|span| span.start..span.end).collect()
}

/// Whether a statement has the pieces of content that are marked, by and large, and a word of the speaker.
fn is_said((speakers, content): &(Vec<Span>, Vec<Span>), fact: &Annotation) -> bool {
    let pieces: Vec<Span> = fact.value["content"].as_array().unwrap().iter().filter_map(span).collect();
    let (marked, found) = (bytes(content), bytes(&pieces));
    let common = marked.intersection(&found).count() * 2 >= marked.union(&found).count();
    let speaker = span(&fact.value["speaker"]);
    common && speaker.is_some_and(|found| speakers.iter().any(|marked| overlap(*marked, found) > 0.0))
}

fn is_alike(mark: &Mark<'_>, fact: &Annotation) -> bool {
    let value = &fact.value;
    let said = |field: &str| value[field].as_str() == Some(mark.value);
    let speech = |kind: &str| matches!(kind, "utterance" | "fragment");
    let (least, same) = match mark.label {
        "time" => (0.5, said("timex") || said("edtf")),
        "quote" => {
            let kind = value["kind"].as_str().unwrap();
            (0.8, kind == mark.value || speech(kind) && speech(mark.value))
        }
        "money" => {
            let (amount, currency) = mark.value.split_once(' ').unwrap();
            let amount: f64 = amount.parse().unwrap();
            (0.5, value["amount"].as_f64() == Some(amount) && value["currency"] == currency)
        }
        "cite" => {
            let mut outlets = value["outlets"].as_array().unwrap().iter();
            (0.3, outlets.any(|outlet| outlet["name"].as_str().unwrap().contains(mark.value)))
        }
        "event" => {
            let (kind, when) = mark.value.split_once(' ').unwrap();
            (0.5, value["kind"] == kind && value["when"].as_str().unwrap_or("-") == when)
        }
        kind => (0.5, value["type"] == kind),
    };
    same && overlap(mark.span, fact.span) >= least
}

#[test]
fn facts_of_our_own_articles_are_found() {
    let layers = [
        ("name", &["PER", "ORG", "LOC"][..], 0.92),
        ("time", &["time"][..], 0.97),
        ("quotation", &["quote"][..], 0.97),
        ("money", &["money"][..], 0.97),
        ("citation", &["cite"][..], 0.91),
        ("event", &["event"][..], 0.97),
        ("statement", &[][..], 0.95),
    ];
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for article in ARTICLES {
        let (text, marks) = unmark(article);
        let document = annotate(&text);
        for (layer, labels, _) in layers {
            let found: Vec<&Annotation> =
                document.annotations.iter().filter(|fact| fact.layer == layer).collect();
            let score = scores.entry(layer).or_default();
            if layer == "statement" {
                let mut said: BTreeMap<&str, (Vec<Span>, Vec<Span>)> = BTreeMap::new();
                for mark in &marks {
                    match mark.label {
                        "speaker" => said.entry(mark.value).or_default().0.push(mark.span),
                        "content" => said.entry(mark.value).or_default().1.push(mark.span),
                        _ => {}
                    }
                }
                score.add(&said.into_values().collect::<Vec<_>>(), &found, is_said);
            } else {
                let marks: Vec<&Mark<'_>> =
                    marks.iter().filter(|mark| labels.contains(&mark.label)).collect();
                score.add(&marks, &found, |mark, fact| is_alike(mark, fact));
            }
        }
    }
    for (layer, _, least) in layers {
        let f1 = scores[layer].f1();
        assert!(f1 >= least, "{layer}: F1 {f1:.3} of at least {least}");
    }
}
