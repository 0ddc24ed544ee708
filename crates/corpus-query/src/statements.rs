//! Statements: who said what, when, on whose report.

use crate::{
    fold::fold,
    hit::{InArticle, Location},
    reading::{Reading, Seen},
    tabular::{Tabular, cell, source_cells},
    voice::Named,
};
use corpus_annotate::{
    link::{Layer, Table},
    name::one_line,
};
use corpus_core::{Document, Edtf, Span};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, fmt, sync::Arc};

/// Something somebody is reported to have said, with where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// Where it lies, from the first to the last of its pieces.
    #[serde(flatten)]
    pub location: Location,
    /// The words that name the speaker there, in one line and small where only the sentence makes them large; `None`
    /// where nobody is named, nor by a pronoun that stands for nobody the text tells of.
    pub speaker: Option<String>,
    /// What the speaker is best called in the corpus.
    pub speaker_name: Option<String>,
    /// Corpus-wide id of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<String>,
    /// The words that say that it was said.
    pub cue: Option<String>,
    /// What was said, piece by piece.
    pub content: Vec<String>,
    /// Whether the words are given as they were said.
    pub direct: bool,
    /// `assert`; `deny` where what is said is negated or refused; `doubt`.
    pub polarity: String,
    /// When it was said.
    pub said_on: Option<Edtf>,
    /// The outlets that report it.
    pub outlets: Vec<Cited>,
    /// The rule that found it.
    pub rule: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f32,
    /// The article that has it.
    #[serde(flatten)]
    pub article: InArticle,
    /// The words of `speaker` that are the speaker's own.
    #[serde(skip)]
    asked: Option<String>,
    /// All the ways the corpus calls the speaker.
    #[serde(skip)]
    speakers: Option<Arc<[String]>>,
    /// All the ways the corpus calls the outlets that report it.
    #[serde(skip)]
    sources: Vec<Arc<[String]>>,
    /// Whether it stands in text that an earlier document had.
    #[serde(skip)]
    is_copy: bool,
}

/// An outlet that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cited {
    /// Its name, as written.
    pub name: String,
    /// Local id of the outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Corpus-wide id of the outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Date of the cited piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
}

/// Which statements are wanted; by default all, copied text once.
#[derive(Clone, Debug, Default)]
pub struct StatementOptions {
    speaker: Option<String>,
    speaker_id: Option<String>,
    source: Option<String>,
    /// Words, and runs of words, of which the content has each.
    about: Vec<Vec<String>>,
    duplicates: bool,
}

impl StatementOptions {
    /// All statements.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only those of a speaker, by any of the ways the corpus calls him; case and diacritics make no difference.
    pub fn speaker(mut self, speaker: Option<&str>) -> Self {
        self.speaker = speaker.map(fold_all).filter(|name| !name.is_empty());
        self
    }

    /// Only those of the speaker with this corpus-wide id; of one without an id, exactly what he is called. Case and
    /// diacritics make no difference.
    pub fn speaker_id(mut self, speaker: Option<&str>) -> Self {
        self.speaker_id = speaker.map(fold_all).filter(|id| !id.is_empty());
        self
    }

    /// Only those that an outlet reports.
    pub fn source(mut self, source: Option<&str>) -> Self {
        self.source = source.map(fold_all).filter(|name| !name.is_empty());
        self
    }

    /// Only those whose content has all of these words; those between quotation marks next to each other.
    pub fn about(mut self, about: Option<&str>) -> Self {
        self.about.clear();
        for (index, run) in about.unwrap_or_default().split('"').enumerate() {
            match index % 2 {
                0 => self.about.extend(words(run).map(|word| vec![word])),
                _ => self.about.push(words(run).collect()),
            }
        }
        self.about.retain(|run| !run.is_empty());
        self
    }

    /// Whether statements in copied text count again.
    pub const fn duplicates(mut self, duplicates: bool) -> Self {
        self.duplicates = duplicates;
        self
    }
}

/// Gathers the statements of documents, which come in the order of the corpus.
#[derive(Debug)]
pub struct Statements<'t> {
    options: StatementOptions,
    seen: Seen<'t>,
}

/// The value of an annotation of layer `statement`.
#[derive(Deserialize)]
struct Value {
    speaker: Option<Span>,
    entity: Option<String>,
    cue: Option<Span>,
    #[serde(default)]
    content: Vec<Span>,
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    polarity: String,
    said_on: Option<Edtf>,
    #[serde(default)]
    outlets: Vec<Cited>,
}

impl<'t> Statements<'t> {
    /// Gathers the statements that are wanted, whose speakers and sources are whom `table` links.
    pub fn new(table: &'t Table, options: StatementOptions) -> Self {
        Statements { options, seen: Seen::new(table) }
    }

    /// The statements of the next document, in the order of its text.
    pub fn of(&mut self, document: &Document) -> Vec<Statement> {
        let mut reading = self.seen.read(document);
        let mut statements = Vec::new();
        let named = Named::of(document);
        // The ways each local entity is called, which its statements share.
        let mut known: HashMap<String, Arc<[String]>> = HashMap::new();
        for annotation in reading.layer("statement", self.options.duplicates) {
            let Some(value) = Reading::value::<Value>(annotation) else { continue };
            let mut called = |entity: &Option<String>| {
                let entity = entity.as_ref()?;
                if let Some(names) = known.get(entity) {
                    return Some(Arc::clone(names));
                }
                let names: Arc<[String]> = reading.names(entity).map(str::to_owned).collect();
                known.insert(entity.clone(), Arc::clone(&names));
                Some(names)
            };
            let written = value.speaker.and_then(|span| speaker(&reading, span, value.entity.is_some()));
            let asked = value.speaker.filter(|_| written.is_some());
            let statement = Statement {
                speakers: called(&value.entity),
                sources: value.outlets.iter().filter_map(|outlet| called(&outlet.entity)).collect(),
                is_copy: reading.is_copy(annotation.span),
                location: reading.locate(annotation.span),
                article: reading.article(annotation.span),
                asked: asked.map(|span| named.words_of(span, value.entity.as_deref())),
                speaker: written,
                speaker_name: value.entity.as_deref().map(|entity| reading.called(entity)),
                speaker_id: value
                    .entity
                    .as_deref()
                    .and_then(|entity| reading.linked(Layer::Name, entity))
                    .map(|id| id.to_string()),
                cue: value.cue.map(|span| one_line(reading.words(span)).into_owned()),
                content: value.content.iter().map(|span| reading.words(*span).to_owned()).collect(),
                direct: value.direct,
                polarity: value.polarity,
                said_on: value.said_on,
                outlets: value.outlets.into_iter().map(|outlet| linked(&reading, outlet)).collect(),
                rule: annotation.rule.to_string(),
                confidence: annotation.confidence,
            };
            if self.options.wants(&statement) {
                statements.push(statement);
            }
        }
        statements
    }
}

impl Statement {
    /// What the speaker is called: by the corpus, else where the statement stands; `None` where nobody is named.
    pub fn called(&self) -> Option<&str> {
        self.speaker_name.as_deref().or(self.speaker.as_deref())
    }

    /// By what the speaker is known from others: the corpus-wide id, else what he is called, without regard to case and
    /// diacritics. It is what [`StatementOptions::speaker_id`] takes; empty where nobody is named.
    pub fn speaker_key(&self) -> String {
        self.speaker_id.clone().unwrap_or_else(|| self.called().map(fold_all).unwrap_or_default())
    }

    /// The words of each piece of the content: as written, and as [`StatementOptions::about`] compares them.
    pub fn words(&self) -> impl Iterator<Item = Vec<(&str, String)>> {
        self.content.iter().map(|piece| written(piece).collect())
    }
}

/// A cited outlet with its corpus-wide id.
fn linked(reading: &Reading<'_>, outlet: Cited) -> Cited {
    let id = outlet.entity.as_deref().and_then(|entity| reading.linked(Layer::Name, entity));
    Cited { id: id.map(|id| id.to_string()), ..outlet }
}

impl StatementOptions {
    /// Whether a statement is one of those that are wanted.
    pub fn wants(&self, statement: &Statement) -> bool {
        let is_speaker = |wanted: &str| {
            let called = statement.speakers.iter().flat_map(|names| names.iter());
            called.chain(&statement.asked).any(|name| has(&fold_all(name), wanted))
        };
        let is_source = |wanted: &str| {
            let called = statement.sources.iter().flat_map(|names| names.iter());
            let written = statement.outlets.iter().map(|outlet| &outlet.name);
            called.chain(written).any(|name| has(&fold_all(name), wanted))
        };
        let is_he = |wanted: &str| match &statement.speaker_id {
            Some(id) => id == wanted,
            None => statement.called().is_some_and(|name| fold_all(name) == wanted),
        };
        (self.duplicates || !statement.is_copy)
            && self.speaker_id.as_deref().is_none_or(is_he)
            && self.speaker.as_deref().is_none_or(is_speaker)
            && self.source.as_deref().is_none_or(is_source)
            && (self.about.is_empty() || {
                let pieces: Vec<Vec<String>> =
                    statement.content.iter().map(|piece| words(piece).collect()).collect();
                let has = |run: &Vec<String>| {
                    pieces.iter().any(|piece| piece.windows(run.len()).any(|words| words == &run[..]))
                };
                self.about.iter().all(has)
            })
    }
}

/// The words for a speaker, as one would write them in a list; nothing for a pronoun unless `is_known` whom it means.
fn speaker(reading: &Reading<'_>, span: Span, is_known: bool) -> Option<String> {
    const PRONOUNS: [&str; 17] = [
        "i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "this", "his", "her", "its",
        "their", "one", "others",
    ];
    let words = one_line(reading.words(span)).into_owned();
    if is_known || reading.is_named(span.start) {
        return Some(words);
    }
    let small = words.to_lowercase();
    if PRONOUNS.contains(&&*small) {
        return None;
    }
    // "The company", "Analysts": no other word is large.
    let is_small = |word: &str| !word.contains(char::is_uppercase);
    if words.split(' ').skip(1).all(is_small) && !small.is_empty() { Some(small) } else { Some(words) }
}

/// Whether a name has the words of another next to each other.
fn has(name: &str, wanted: &str) -> bool {
    format!(" {name} ").contains(&format!(" {wanted} "))
}

/// The words of a text, folded, with one space between.
fn fold_all(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    written(text).map(|(_, folded)| folded)
}

/// The words of a text as they are written and as they are compared.
fn written(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’')
        .map(|word| (word, fold(word).trim_end_matches("'s").trim_matches('\'').to_owned()))
        .filter(|(_, folded)| !folded.is_empty())
}

impl Tabular for Statement {
    const COLUMNS: &'static [&'static str] = &[
        "content",
        "speaker",
        "cue",
        "said_on",
        "outlets",
        "polarity",
        "direct",
        "file",
        "line",
        "byte_start",
        "byte_end",
        "published",
        "title",
        "url",
        "uri",
        "document",
        "speaker_id",
        "confidence",
        "source_line",
        "source_start",
        "source_end",
    ];

    fn cells(&self) -> Vec<String> {
        let location = &self.location;
        let cells = [
            self.content.join(" … "),
            self.called().unwrap_or_default().to_owned(),
            cell(self.cue.as_ref()),
            cell(self.said_on.as_ref()),
            self.outlets.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            self.polarity.clone(),
            self.direct.to_string(),
            location.name(),
            location.line.to_string(),
            location.span.byte[0].to_string(),
            location.span.byte[1].to_string(),
            cell(self.article.published.as_ref()),
            cell(self.article.title.as_ref()),
            cell(self.article.url.as_ref()),
            location.uri.clone(),
            location.document.clone(),
            cell(self.speaker_id.as_ref()),
            format!("{:.2}", self.confidence),
        ];
        cells.into_iter().chain(source_cells(location)).collect()
    }
}

impl fmt::Display for Cited {
    /// The outlet, and the date of its piece.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.date {
            Some(date) => write!(f, "{} {date}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
