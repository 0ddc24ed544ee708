//! `corpus decide`: what a person decides about what was found, kept in the corpus.

use crate::{
    app::Session,
    ask::{View, Written},
    corpus::{failure, one_named},
    failure::Failure,
    input::Input,
    linked,
    outcome::Outcome,
    table::Align,
};
use clap::{Args, Subcommand};
use corpus_annotate::link::CorpusId;
use corpus_core::{Document, Offsets, Span};
use corpus_query::{Tabular, links};
use corpus_store::{Anchor, Corpus, Decision, Options, Verdict, Writer};
use serde::Serialize;
use std::path::PathBuf;

/// Decide about what was found: right, wrong, one, two, or a note
///
/// Decisions are kept in the corpus with the words they are about and survive that it is built anew. One whose words are
/// no longer there is listed as such, never dropped.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Decide {
    /// The corpus
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  corpus decide news.corpus reject harbour.txt name Monday     that is nobody's name
  corpus decide news.corpus merge p12 p40                      two people are one
  corpus decide news.corpus split p12 \"Ada Holm\"               one is two: she is another
  corpus decide news.corpus note harbour.txt \"thirty ships\" \"the port says twelve\"
  corpus decide news.corpus list
  corpus decide news.corpus undo 3";

#[derive(Debug, Subcommand)]
enum What {
    /// An annotation is right
    Accept(Words),
    /// An annotation is wrong, and left out from now on
    Reject(Words),
    /// Entities are one; `corpus people` shows their ids
    Merge {
        /// Ids of the entities, the one to keep first
        #[arg(value_name = "ID", required = true, num_args = 2..)]
        ids: Vec<String>,
    },
    /// What texts call so is another entity than the rest
    Split {
        /// Id of the entity
        #[arg(value_name = "ID")]
        id: String,
        /// A name that texts call it by
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// A note on some words
    Note {
        /// The document: its id or the first digits of it, its record's id, the end of its file's path, pages.jsonl#17,
        /// or its URL
        #[arg(value_name = "DOCUMENT")]
        document: String,
        /// The words
        #[arg(value_name = "WORDS")]
        words: String,
        /// The note
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// All decisions, and which of them have no home in the corpus as it is now
    List(Written),
    /// Take a decision back
    Undo {
        /// Its number, as `list` shows it
        #[arg(value_name = "NUMBER")]
        number: u64,
    },
}

/// An annotation, by its words.
#[derive(Args, Debug)]
struct Words {
    /// The document: its id or the first digits of it, its record's id, the end of its file's path, pages.jsonl#17, or
    /// its URL
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The layer, such as name
    #[arg(value_name = "LAYER")]
    layer: String,
    /// The words that the annotation covers
    #[arg(value_name = "WORDS")]
    words: String,
    /// The byte at which the words begin, where they stand in several places
    #[arg(long, value_name = "BYTE")]
    at: Option<usize>,
}

/// A decision, and whether its words are there.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    decision: Decision,
    /// Where the words stand in the document they are about now; `None` where they are not there.
    home: Option<Span>,
    /// File and line of the words.
    place: Option<String>,
}

impl Tabular for Listed {
    const COLUMNS: &'static [&'static str] = &["words", "number", "verdict", "layer", "place", "document"];

    fn cells(&self) -> Vec<String> {
        let Decision { number, anchor, verdict } = &self.decision;
        let verdict = match verdict {
            Verdict::Accept => "accept".to_owned(),
            Verdict::Reject => "reject".to_owned(),
            Verdict::Merge { with, .. } => format!("merge with {}", with.quoted),
            Verdict::GiveBack { ids } => format!("give back {}", ids.join(", ")),
            Verdict::Split => "split".to_owned(),
            Verdict::Note { text } => format!("note: {text}"),
            _ => String::new(),
        };
        vec![
            anchor.quoted.clone(),
            number.to_string(),
            verdict,
            anchor.layer.clone(),
            self.place.clone().unwrap_or_else(|| "no home".to_owned()),
            anchor.document.to_string(),
        ]
    }
}

const VIEW: View<Listed> =
    View::of_rows(&[Align::Left, Align::Right, Align::Left, Align::Left, Align::Left, Align::Left]);

impl Decide {
    /// Keeps the decision, lists decisions, or takes one back.
    ///
    /// # Errors
    /// When there is no corpus, nothing is found that the decision is about, or it cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let corpus = Corpus::open(&self.directory).map_err(failure)?;
        let decisions = match &self.what {
            What::Accept(words) => vec![(words.anchor(&corpus)?, Verdict::Accept)],
            What::Reject(words) => vec![(words.anchor(&corpus)?, Verdict::Reject)],
            What::Merge { ids } => merge(&corpus, ids)?,
            What::Split { id, name } => split(&corpus, id, name)?,
            What::Note { document, words, text } => {
                let document = self::document(&corpus, document)?;
                let start = document.text.find(words.as_str()).ok_or_else(|| absent(words, &document))?;
                let anchor = Anchor::of(&document, "", Span::new(start, start + words.len()));
                vec![(anchor, Verdict::Note { text: text.clone() })]
            }
            What::List(written) => return self.list(session, &corpus, written),
            What::Undo { number } => {
                drop(corpus);
                return self.undo(session, *number);
            }
        };
        drop(corpus);
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        for (anchor, verdict) in &decisions {
            let number = writer.decide(anchor, verdict).map_err(failure)?;
            session.console.done(format_args!("decision {number} is kept"));
            let directory = self.directory.display();
            session.console.hint(format_args!("`corpus decide {directory} undo {number}` takes it back"));
        }
        self.finish(writer)
    }

    fn finish(&self, mut writer: Writer) -> Result<Outcome, Failure> {
        linked::update(&self.directory, &mut writer, None)?;
        writer.finish().map_err(failure)?;
        Ok(Outcome::Done)
    }

    fn undo(&self, session: &mut Session, number: u64) -> Result<Outcome, Failure> {
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        if writer.undo(number).map_err(failure)?.is_none() {
            session.console.warning(format_args!("there is no decision {number}"));
            return Ok(Outcome::Nothing);
        }
        session.console.done(format_args!("decision {number} is taken back"));
        self.finish(writer)
    }

    fn list(&self, session: &Session, corpus: &Corpus, written: &Written) -> Result<Outcome, Failure> {
        let (mut output, format) = written.open(&Input::at(self.directory.clone()))?;
        let mut list = Vec::new();
        for decision in corpus.decisions().map_err(failure)? {
            let document = corpus.decided_document(&decision.anchor.document).map_err(failure)?;
            let found = document.and_then(|document| Some((decision.anchor.home(&document)?, document)));
            let place = found.as_ref().map(|(home, document)| {
                let line = document.cited_line(home.start, &mut Offsets::new(&document.text));
                format!("{}:{line}", document.source.located().name())
            });
            list.push(Listed { decision, home: found.map(|(home, _)| home), place });
        }
        VIEW.write(session, format, &list, &mut output)?;
        output.flush()?;
        let homeless = list.iter().filter(|listed| listed.home.is_none()).count();
        if homeless > 0 {
            session.console.warning(format_args!(
                "{homeless} of {} without a home: what they are about is not there",
                list.len()
            ));
        }
        Ok(if list.is_empty() { Outcome::Nothing } else { Outcome::Done })
    }
}

/// Each further entity is the same as the first.
fn merge(corpus: &Corpus, ids: &[String]) -> Result<Vec<(Anchor, Verdict)>, Failure> {
    let table = links::of(corpus)?;
    let ids: Vec<CorpusId> = ids.iter().map(|id| entity(id)).collect::<Result<_, _>>()?;
    Ok(links::merger(corpus, &table, &ids)?)
}

fn entity(id: &str) -> Result<CorpusId, Failure> {
    id.parse().map_err(|error| {
        Failure::usage(format_args!("{id:?} is {error}"))
            .hint("`corpus people DIR --format jsonl` shows the ids there are")
    })
}

/// What texts call so is another entity than the one with this id.
fn split(corpus: &Corpus, id: &str, name: &str) -> Result<Vec<(Anchor, Verdict)>, Failure> {
    let decisions = links::splitter(corpus, &links::of(corpus)?, entity(id)?, name)?;
    if decisions.is_empty() {
        return Err(Failure::usage(format_args!("no text calls {id} {name:?}"))
            .hint("`corpus people DIR --format jsonl` shows ids and names"));
    }
    Ok(decisions)
}

fn document(corpus: &Corpus, name: &str) -> Result<Document, Failure> {
    let id = one_named(corpus, name)?;
    let found = corpus.decided_document(&id).map_err(failure)?;
    found.ok_or_else(|| Failure::usage(format_args!("no document is called {name:?}")))
}

fn absent(words: &str, document: &Document) -> Failure {
    Failure::usage(format_args!("{words:?} is not in {}", document.source.located()))
        .hint("the words stand as in the text of the page, which `corpus show` gives")
}

impl Words {
    /// The annotation that is meant.
    fn anchor(&self, corpus: &Corpus) -> Result<Anchor, Failure> {
        let document = document(corpus, &self.document)?;
        let is_it = |annotation: &&corpus_core::Annotation| {
            annotation.layer == self.layer
                && document.text.get(annotation.span.range()) == Some(&*self.words)
                && self.at.is_none_or(|at| annotation.span.start == at)
        };
        let found = document.annotations.iter().find(is_it);
        let found = found.ok_or_else(|| {
            Failure::usage(format_args!(
                "no annotation of {:?} covers {:?} in {}",
                self.layer,
                self.words,
                document.source.located()
            ))
            .hint("the words are those of the whole annotation, as `corpus annotate` gives its span")
        })?;
        Ok(Anchor::of(&document, &self.layer, found.span))
    }
}
