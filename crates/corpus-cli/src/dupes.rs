//! `corpus dupes`: which documents are copies of each other.

use crate::{
    app::Session,
    ask, cell,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    output::{Output, ending, refuse_ending},
    stream::{Found, Screen, stream_found},
};
use clap::{Args, ValueEnum};
use corpus_core::Document;
use corpus_dedup::{
    Basis, Cluster, Error, Findings, Label, Member, Options, Passage, Pile, Relation, Sketch, Thresholds,
    label_of_plain, text_of_plain,
};
use corpus_query::{CopyRow, Tabular, label_of};
use serde::Serialize;
use std::path::PathBuf;

mod view;

/// Find copies: exact, near, cut and reworded documents, and the blocks that documents share
///
/// Compares the words of all documents; case, punctuation and layout make no difference. Copies form a cluster, of
/// which one document survives: the longest, of equally long ones the earliest, then the one with the smallest id.
/// Nothing is deleted. The result does not depend on the order of the input or on the number of threads.
#[derive(Args, Debug)]
#[command(after_long_help = NOTES)]
pub(crate) struct Dupes {
    #[command(flatten)]
    input: Input,
    /// Which text of a page is compared
    #[arg(long, value_enum, value_name = "TEXT", default_value_t, help_heading = "What is a copy")]
    text: Text,
    /// Find exact copies only, which is faster
    #[arg(long, help_heading = "What is a copy")]
    exact: bool,
    /// Least share of runs of five words that near copies have in common (Jaccard similarity)
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().near, value_parser = share)]
    #[arg(help_heading = "What is a copy")]
    near: f64,
    /// Least length of a cut copy, as a share of the whole one
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().part, value_parser = share)]
    #[arg(help_heading = "What is a copy")]
    part: f64,
    /// Least share of words that a reworded copy has in common with the longer text, in the same order
    #[arg(long, value_name = "SHARE", default_value_t = Thresholds::default().reworded, value_parser = share)]
    #[arg(help_heading = "What is a copy")]
    reworded: f64,
    /// How to write it; by default a table on a terminal, else jsonl
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What to write")]
    format: Option<Format>,
    /// Number of clusters, and of shared passages, in the table; the totals always count everything
    #[arg(long, value_name = "N", default_value_t = 50, help_heading = "What to write")]
    limit: usize,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

const NOTES: &str = "\
TSV has a line for each document of a cluster, without column names: id, number of the cluster, relation, similarity. \
The id is the record's own, else the file's name without its ending, else the document's.

Relation and similarity are those to the survivor, or, for a copy of a copy, to the closest document of the cluster; \
the survivor, which comes first, has those of its closest copy:
  exact     the same words in the same order; 1
  near      the share of runs of five words that both have of those that either has
  contains  the share of the shorter text's runs of five words that the longer one has
  reworded  the share of the longer text's words that stand in the other in the same order

JSON Lines has an object for each cluster, then one for each set of documents that share blocks of 80 characters or \
more without being copies, then {\"totals\": …}. TSV has documents only, and so need not look for blocks. CSV has names of \
columns, and a line too for each document that shares blocks (relation shares).

Temporary files, together about as large as the texts, go to the system's folder (TMPDIR).";

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("not a share from 0 to 1, such as 0.7".to_owned()),
    }
}

/// Which text of a page is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Text {
    /// The whole page as it came
    #[default]
    Page,
    /// The clean text of its article; the whole page where there is none
    Article,
}

/// How the copies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for a person
    Table,
    /// JSON Lines: one cluster a line, shared passages, then the totals
    Jsonl,
    /// Tab-separated values, one document a line
    Tsv,
    /// Comma-separated values, names of columns first
    Csv,
}

impl Dupes {
    /// Finds the copies among what is named.
    ///
    /// # Errors
    /// When nothing can be read, the result cannot be written, or there is no room for temporary files.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let named = self.format.map_or_else(|| self.named(), |format| Ok(Some(format)))?;
        let mut output = self.input.output(self.output.as_deref())?;
        let format = match named {
            Some(format) => format,
            None if output.is_terminal() => Format::Table,
            None => Format::Jsonl,
        };
        let colour = output.is_coloured(session.global.color);
        let thresholds =
            Thresholds { near: self.near, part: self.part, reworded: self.reworded, ..Thresholds::default() };
        let mut pile = Pile::new(Options::new().thresholds(thresholds)).map_err(failure)?;
        let ended = stream_found(
            session,
            &self.input,
            Screen::Free,
            false,
            |found| {
                let sketches = self.sketches(found, format != Format::Tsv);
                let count = sketches.len() as u64;
                (sketches, count)
            },
            |sketches| {
                sketches.iter().try_for_each(|(label, sketch)| pile.add(label, sketch)).map_err(failure)?;
                Ok(true)
            },
        )?;
        let found = pile.compare(self.input.jobs()).map_err(failure)?;
        let totals = Totals::of(&found, ended.documents);
        match format {
            Format::Tsv => write_tsv(&found, &mut output)?,
            Format::Csv => write_csv(&found, &mut output)?,
            Format::Jsonl => write_json_lines(&found, &totals, &mut output)?,
            Format::Table if ended.documents > 0 => {
                let hints = !session.console.is_quiet();
                let view = view::View { columns: cell::columns(), colour, hints, limit: self.limit };
                output.write(view.show(&found, &totals, &self.input.paths).as_bytes())?;
            }
            Format::Table => {}
        }
        output.flush()?;
        Ok(ended.outcome())
    }

    /// The format that the name of the file says, if any.
    fn named(&self) -> Result<Option<Format>, Failure> {
        let Some(path) = self.output.as_deref() else { return Ok(None) };
        refuse_ending(path, &["jsonl", "ndjson", "json", "txt", "tsv", "csv"])?;
        Ok(match ending(path).as_deref() {
            Some("tsv") => Some(Format::Tsv),
            Some("csv") => Some(Format::Csv),
            _ => None,
        })
    }

    /// The documents that were found, as far as they are compared; with their blocks where `with_blocks` is on.
    fn sketches(&self, found: Found<'_>, with_blocks: bool) -> Vec<(Label, Sketch)> {
        let basis = match self.text {
            Text::Page => Basis::Page,
            Text::Article => Basis::Article,
        };
        let sketch = |document: &Document| {
            let sketch = match self.exact {
                true => Sketch::exact(basis.pieces(document)),
                false => Sketch::of(basis.pieces(document)),
            };
            let sketch = if with_blocks { sketch.blocks_of(document) } else { sketch };
            (label_of(document), sketch)
        };
        match found {
            Found::Record(choice, record)
                if basis == Basis::Page && !with_blocks && choice.is_plain_text(record) =>
            {
                let text = text_of_plain(record);
                let sketch = if self.exact { Sketch::exact([&*text]) } else { Sketch::of([&*text]) };
                vec![(label_of_plain(record, record.located().to_string()), sketch)]
            }
            Found::Record(choice, record) => {
                let mut sketches = Vec::new();
                choice.parse(record, &mut |document| sketches.push(sketch(&document)));
                sketches
            }
            Found::Document(document) => vec![sketch(&document)],
        }
    }
}

/// What went wrong with temporary files.
pub(crate) fn failure(error: Error) -> Failure {
    Failure::new(error)
        .hint("temporary files are together about as large as the texts; TMPDIR names their folder")
}

/// What was found, in numbers.
#[derive(Debug, Serialize)]
struct Totals {
    /// Documents compared.
    documents: u64,
    clusters: u64,
    /// Documents that a cluster has beside its survivor.
    copies: u64,
    /// Those, by their relation.
    exact: u64,
    near: u64,
    contains: u64,
    reworded: u64,
    /// Sets of documents that share blocks without being copies.
    shared: u64,
    /// Those blocks, and their characters, each counted once.
    shared_blocks: u64,
    shared_characters: u64,
}

impl Totals {
    fn of(found: &Findings, documents: u64) -> Self {
        let copies = || {
            let members = found.clusters.iter().flat_map(Cluster::members);
            members.filter(|member| !member.is_survivor)
        };
        let of = |relation| copies().filter(|member| member.relation == relation).count() as u64;
        Totals {
            documents,
            clusters: found.clusters.len() as u64,
            copies: copies().count() as u64,
            exact: of(Relation::Exact),
            near: of(Relation::Near),
            contains: of(Relation::Contains),
            reworded: of(Relation::Reworded),
            shared: found.passages.len() as u64,
            shared_blocks: found.passages.iter().map(|passage| passage.blocks).sum(),
            shared_characters: found.passages.iter().map(|passage| passage.characters).sum(),
        }
    }
}

fn write_tsv(found: &Findings, output: &mut Output) -> Result<(), Failure> {
    for (cluster, number) in found.clusters.iter().zip(1_u64..) {
        for Member { label, relation, similarity, .. } in cluster.members() {
            let line = format!("{}\t{number}\t{relation}\t{similarity:.4}", cell::line(&label.id));
            if !output.line(&line)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn write_csv(found: &Findings, output: &mut Output) -> Result<(), Failure> {
    let copies = found.clusters.iter().zip(1..).flat_map(|(cluster, number)| {
        cluster.members().iter().map(move |member| CopyRow {
            cluster: Some(number),
            relation: member.relation.to_string(),
            similarity: Some(member.similarity),
            is_survivor: member.is_survivor,
            published: member.label.date.clone(),
            ..row_of(&member.label)
        })
    });
    let shared = found.passages.iter().flat_map(|passage| {
        passage.documents.iter().map(|label| CopyRow {
            relation: "shares".to_owned(),
            begins: Some(passage.begins.clone()),
            ..row_of(label)
        })
    });
    let rows = copies.chain(shared).map(|row| row.cells());
    ask::separated(ask::Format::Csv, CopyRow::COLUMNS, rows, output)
}

fn row_of(label: &Label) -> CopyRow {
    CopyRow { id: label.document.clone(), document: label.place.clone(), ..CopyRow::default() }
}

/// A cluster in JSON Lines.
#[derive(Serialize)]
struct ClusterLine<'a> {
    cluster: u64,
    survivor: &'a str,
    documents: Vec<MemberLine<'a>>,
}

#[derive(Serialize)]
struct MemberLine<'a> {
    id: &'a str,
    document: &'a str,
    date: Option<&'a str>,
    words: u32,
    relation: Relation,
    similarity: f64,
}

/// Blocks that documents share, in JSON Lines.
#[derive(Serialize)]
struct PassageLine<'a> {
    shared: Vec<DocumentLine<'a>>,
    blocks: u64,
    characters: u64,
    begins: &'a str,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    id: &'a str,
    document: &'a str,
}

/// The last line of JSON Lines.
#[derive(Serialize)]
struct Last<'a> {
    totals: &'a Totals,
}

fn write_json_lines(found: &Findings, totals: &Totals, output: &mut Output) -> Result<(), Failure> {
    for (cluster, number) in found.clusters.iter().zip(1..) {
        let documents = cluster.members().iter().map(|member| MemberLine {
            id: &member.label.id,
            document: &member.label.place,
            date: member.label.date.as_deref(),
            words: member.words,
            relation: member.relation,
            similarity: (member.similarity * 10_000.0).round() / 10_000.0,
        });
        let survivor = &cluster.survivor().label.id;
        let line = ClusterLine { cluster: number, survivor, documents: documents.collect() };
        if !output.line(&json(&line)?)? {
            return Ok(());
        }
    }
    for Passage { documents, blocks, characters, begins, .. } in &found.passages {
        let shared = documents.iter().map(|label| DocumentLine { id: &label.id, document: &label.place });
        let (blocks, characters) = (*blocks, *characters);
        let line = PassageLine { shared: shared.collect(), blocks, characters, begins };
        if !output.line(&json(&line)?)? {
            return Ok(());
        }
    }
    output.line(&json(&Last { totals })?).map(|_| ())
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::new(format_args!("write JSON: {error}")))
}
