//! The reader: a document with the role of each block and the facts beside it.

use super::{Screen, count, render};
use crate::{
    app::App,
    parameters::one_of,
    problem::Problem,
    question::Places,
    snapshot::{Opened, Scanned},
};
use askama::Template;
use corpus_core::{Annotation, Block, Document, Evidence, Offsets, PartKind, Published};
use corpus_query::{TextKey, worded};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::RangeInclusive,
};

/// Documents that share blocks with this one, named at most.
const SHARED: usize = 20;
/// Of those, the ones that are looked through for the text of embedded articles.
const ALSO: usize = 5;

/// The reader.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reader {
    /// `clean` leaves out furniture and comments.
    #[serde(default)]
    view: String,
    /// Only facts of this layer.
    #[serde(default)]
    layer: String,
}

#[derive(Template)]
#[template(path = "reader.html")]
struct View {
    section: &'static str,
    id: String,
    title: String,
    place: String,
    authors: String,
    site: Option<String>,
    language: String,
    dated: Option<Dated>,
    is_clean: bool,
    sections: Vec<Section>,
    /// Number of readers' comments.
    comments: String,
    facts: Vec<Fact>,
    layer: String,
    /// The layers there are, with the number of their facts.
    layers: Vec<(String, usize)>,
    shared: Vec<(String, String, u64)>,
    remarks: Vec<String>,
}

/// A date of publication and what is known of it.
struct Dated {
    /// As EDTF, and in words.
    edtf: String,
    words: String,
    method: &'static str,
    bounds: Option<String>,
    evidence: Vec<String>,
}

/// A run of blocks of one part.
struct Section {
    kind: PartKind,
    title: Option<String>,
    /// Other documents that have blocks of it: id and name.
    also: Vec<(String, String)>,
    blocks: Vec<Shown>,
}

impl Section {
    fn is_comments(&self) -> bool {
        self.kind == PartKind::Comments
    }
    fn is_embedded(&self) -> bool {
        self.kind == PartKind::Embedded
    }
}

/// A block as it is shown.
struct Shown {
    number: usize,
    /// Of the text, which leads here.
    line: usize,
    /// The one that is cited.
    cited: usize,
    role: &'static str,
    tag: &'static str,
    why: String,
    confidence: u32,
    /// The lines behind its first one.
    later: RangeInclusive<usize>,
    text: String,
}

/// A fact as it is shown: what it says, and where, in UTF-16 units of its block, as scripts count.
struct Fact {
    layer: String,
    words: String,
    says: String,
    rule: String,
    confidence: u32,
    /// The words as they are cited: with title, date, file and line.
    citation: String,
    line: usize,
    cited: usize,
    block: usize,
    start: usize,
    end: usize,
}

impl Screen for Reader {
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        one_of("view", &self.view, &["page", "clean"])?;
        let id = places.id();
        let document = corpus.document(id)?;
        let is_clean = self.view == "clean";
        let place = document.source.located();
        let article = document.article();
        let title = article.and_then(|part| part.title.clone()).unwrap_or_else(|| place.name());
        let dated = article.and_then(|part| part.published.as_ref()).map(|date| dated(date, &document));
        let date = dated.as_ref().map_or("date not stated", |dated| &*dated.edtf);
        let source = format!("{title}, {date}, {place}");
        let mut facts = facts(&document, is_clean, &source);
        let mut layers: BTreeMap<String, usize> = BTreeMap::new();
        for fact in &facts {
            *layers.entry(fact.layer.clone()).or_default() += 1;
        }
        let known = app.options.annotators.layers().map(|(name, ..)| name);
        let known: BTreeSet<&str> = known.chain(layers.keys().map(String::as_str)).collect();
        one_of("layer", &self.layer, &known.into_iter().collect::<Vec<_>>())?;
        facts.retain(|fact| self.layer.is_empty() || fact.layer == self.layer);
        let scanned = corpus.scan()?;
        let index = scanned.place(document.id.as_str());
        let comments = index.and_then(|index| scanned.rows.get(index)).map_or(0, |row| row.comments);
        let shared = index.map(|index| shared(&scanned, index)).unwrap_or_default();
        let mut sections = sections(&document, is_clean);
        also(&mut sections, &shared, corpus)?;
        render(&View {
            section: "reader",
            id: document.id.to_string(),
            title,
            place: place.to_string(),
            authors: article.map(|part| part.authors.join(", ")).unwrap_or_default(),
            site: article.and_then(|part| part.site.clone()),
            language: document.language.as_deref().unwrap_or_default().to_owned(),
            dated,
            is_clean,
            sections,
            comments: count(comments),
            facts,
            layer: self.layer,
            layers: layers.into_iter().collect(),
            shared,
            remarks: document.diagnostics.iter().map(|remark| remark.message.to_string()).collect(),
        })
    }
}

fn dated(published: &Published, document: &Document) -> Dated {
    let evidence = published.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Span { span } => document.text.get(span.range()).map(|words| {
            let line = document.cited_line(span.start, &mut Offsets::new(&document.text));
            format!("line {line}: “{words}”")
        }),
        Evidence::Field { field, value } => Some(format!("{field} = {value}")),
        _ => None,
    });
    Dated {
        edtf: published.edtf.to_string(),
        words: worded(&published.edtf),
        method: published.method.as_str(),
        bounds: published.bounds.as_ref().map(worded),
        evidence: evidence.collect(),
    }
}

/// Whether a block is shown in the clean view.
fn is_clean_text(document: &Document, block: &Block) -> bool {
    block.role.is_text() && document.part_of(block).kind.is_article()
}

fn sections(document: &Document, is_clean: bool) -> Vec<Section> {
    let mut lines = Offsets::new(&document.text);
    let mut sections: Vec<Section> = Vec::new();
    let mut previous = None;
    for (number, block) in document.blocks.iter().enumerate() {
        let line = lines.line(block.span.start);
        if is_clean && !is_clean_text(document, block) {
            continue;
        }
        let part = document.part_of(block);
        if previous != Some(block.part) {
            let title = (part.kind == PartKind::Embedded).then(|| part.title.clone()).flatten();
            sections.push(Section { kind: part.kind, title, also: Vec::new(), blocks: Vec::new() });
            previous = Some(block.part);
        }
        let role = block.role.as_str();
        let tag = match role {
            "title" => "h2",
            "heading" => "h3",
            "quote" => "blockquote",
            _ => "p",
        };
        if let Some(section) = sections.last_mut() {
            section.blocks.push(Shown {
                number,
                line,
                cited: document.cited_line(block.span.start, &mut lines),
                role,
                tag,
                why: block.why.to_string(),
                confidence: (block.confidence * 100.0) as u32,
                later: line + 1..=lines.line(block.span.end),
                text: document.slice(block).to_owned(),
            });
        }
    }
    sections
}

fn facts(document: &Document, is_clean: bool, source: &str) -> Vec<Fact> {
    let mut annotations: Vec<&Annotation> = document
        .annotations
        .iter()
        .filter(|annotation| !matches!(&*annotation.layer, "sentence" | "link" | "lemma" | "pos"))
        .collect();
    annotations.sort_by_key(|annotation| (annotation.span, annotation.layer.clone()));
    let mut offsets = Offsets::new(&document.text);
    let names = names(document);
    annotations
        .into_iter()
        .filter_map(|annotation| {
            let index = document.blocks.partition_point(|block| block.span.end <= annotation.span.start);
            let block = document.blocks.get(index)?;
            if is_clean && !is_clean_text(document, block) {
                return None;
            }
            let end = annotation.span.end.min(block.span.end);
            let start =
                offsets.utf16(annotation.span.start.max(block.span.start)) - offsets.utf16(block.span.start);
            let words = document.text.get(annotation.span.start..end)?;
            let line = offsets.line(annotation.span.start);
            let cited = document.cited_line(annotation.span.start, &mut offsets);
            let in_one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Fact {
                layer: annotation.layer.to_string(),
                words: cut(words, 160),
                says: says(annotation, document, &names),
                rule: annotation.rule.to_string(),
                confidence: (annotation.confidence * 100.0) as u32,
                citation: format!("“{in_one_line}” ({source}, line {cited})"),
                line,
                cited,
                block: index,
                start,
                end: start + words.encode_utf16().count(),
            })
        })
        .collect()
}

/// How a polarity reads; nothing where something is said to be so. What is negated is no denial: "we have no boats".
fn stance(polarity: &str) -> Option<&'static str> {
    match polarity {
        "deny" => Some("in the negative"),
        "doubt" => Some("in doubt"),
        _ => None,
    }
}

/// What a fact says, in a few words.
fn says(annotation: &Annotation, document: &Document, names: &HashMap<&str, &str>) -> String {
    let value = &annotation.value;
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let words = |name: &str| {
        let (start, end) = (value[name][0].as_u64()?, value[name][1].as_u64()?);
        document.text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?).map(str::to_owned)
    };
    let called = |entity: &str| names.get(entity).copied().unwrap_or(entity).to_owned();
    let list = |name: &str, field: &str| {
        let items = value[name].as_array().into_iter().flatten();
        let names: Vec<&str> = items
            .filter_map(|item| if field.is_empty() { item.as_str() } else { item[field].as_str() })
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let facts: Vec<Option<String>> = match &*annotation.layer {
        "time" => vec![
            text("edtf").map(worded).or_else(|| text("timex")),
            text("type").map(|kind| kind.to_lowercase()),
        ],
        "name" => vec![
            text("type"),
            value["metonym"].as_bool().filter(|metonym| *metonym).map(|_| "metonym".to_owned()),
        ],
        "quotation" => vec![text("kind"), words("speaker")],
        "statement" => vec![
            words("speaker"),
            words("cue"),
            text("said_on").map(worded),
            list("outlets", "name"),
            text("polarity").and_then(|polarity| stance(&polarity)).map(str::to_owned),
        ],
        "citation" => vec![list("outlets", "name")],
        "money" => {
            vec![value["amount"].as_f64().map(|amount| amount.to_string()), text("currency"), text("status")]
        }
        "event" => {
            let who = value["participants"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let who: Vec<String> = who.map(called).collect();
            vec![
                text("kind"),
                text("when").map(worded),
                text("place").map(|place| format!("in {}", called(&place))),
                (!who.is_empty()).then(|| who.join(", ")),
            ]
        }
        "agreement" => vec![text("agreement")],
        "post" => vec![text("entity").map(|entity| called(&entity))],
        _ => vec![match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            value => Some(value.to_string()),
        }],
    };
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What each local entity is called: by its longest mention.
fn names(document: &Document) -> HashMap<&str, &str> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    for annotation in document.annotations.iter().filter(|annotation| annotation.layer == "name") {
        let entity = annotation.value["entity"].as_str();
        if let (Some(entity), Some(words)) = (entity, document.text.get(annotation.span.range())) {
            let known = names.entry(entity).or_insert(words);
            if words.len() > known.len() {
                *known = words;
            }
        }
    }
    names
}

fn cut(words: &str, characters: usize) -> String {
    match words.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// Says of embedded articles which other documents have some of their text.
fn also(sections: &mut [Section], shared: &[(String, String, u64)], corpus: &Opened) -> Result<(), Problem> {
    if !sections.iter().any(Section::is_embedded) {
        return Ok(());
    }
    for (id, name, _) in shared.iter().take(ALSO) {
        let other = corpus.document(id)?;
        let keys: HashSet<TextKey> =
            other.blocks.iter().filter_map(|block| TextKey::of_block(other.slice(block))).collect();
        for section in sections.iter_mut().filter(|section| section.is_embedded()) {
            let has = |block: &Shown| TextKey::of_block(&block.text).is_some_and(|key| keys.contains(&key));
            if section.blocks.iter().any(has) {
                section.also.push((id.clone(), name.clone()));
            }
        }
    }
    Ok(())
}

/// The documents that share blocks with the one of this number: id, name, number of blocks.
fn shared(scanned: &Scanned, index: usize) -> Vec<(String, String, u64)> {
    let shared = scanned.shared(index).take(SHARED);
    shared.map(|(row, blocks)| (row.id.clone(), row.name.clone(), blocks)).collect()
}
