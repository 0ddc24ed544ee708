//! `corpus build`: pages into a corpus directory.

use crate::{
    app::Session,
    copies,
    corpus::failure,
    failure::Failure,
    ingest::{Fresh, Ingested, ingest},
    input::Input,
    linked,
    number::{Count, Counted},
    outcome::Outcome,
    output::Output,
    size::Size,
    stages::{self, Share, Stage, Stages},
};
use clap::{Args, ValueEnum};
use corpus_annotate::Annotators;
use corpus_query::{Engine, ErrorKind, FreshIndex};
use corpus_store::{Corpus, Options, Writer, is_corpus};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Make a corpus of pages, or add pages to one
///
/// Parses and annotates as `corpus annotate` does, and keeps the documents, the facts and the bytes they came from in
/// DIR, for all other commands. Killed at any moment, it goes on from the last commit when it is run again. The same
/// page twice is one document; a page that has changed since an earlier build takes the place of the old one. A file that
/// was moved or renamed is the same document at its new place. A --sidecar that is given later, or has changed, gives the
/// pages that are there its metadata; a build without one takes none away.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Build {
    #[command(flatten)]
    input: Input,
    /// The corpus: a folder that this command makes, or made
    #[arg(short, long, value_name = "DIR", required = true, help_heading = "What to write")]
    output: PathBuf,
    /// Layers of facts to keep: all, none, or names such as time,name
    #[arg(
        long,
        value_name = "LAYERS",
        default_value = "all",
        value_delimiter = ',',
        help_heading = "What to write"
    )]
    layers: Vec<String>,
    /// Whether the bytes of pages are kept where they are not the text itself
    #[arg(long, value_enum, value_name = "HOW", default_value_t, help_heading = "What to write")]
    sources: Sources,
    /// Commit whenever there is so much more text: what an interruption costs
    #[arg(long, value_name = "SIZE", default_value = "32MiB", help_heading = "What to write")]
    part_size: Size,
    /// How to say what was done; by default table on a terminal, json elsewhere
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What to write")]
    format: Option<Format>,
}

const EXAMPLES: &str = "\
Examples:
  corpus build pages -o news.corpus                make a corpus of a folder
  corpus build more.jsonl.zst -o news.corpus       add to it
  corpus build pages -o news.corpus --layers none  texts and blocks only, which is faster";

/// Whether the bytes of pages are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Sources {
    /// In the corpus
    #[default]
    Copy,
    /// Where they are: the corpus only says where
    Reference,
}

/// How the summary is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for a person
    Table,
    /// One JSON object
    Json,
}

/// What a build did.
#[derive(Debug, Serialize)]
struct Summary {
    /// Number of the corpus's snapshot.
    snapshot: u64,
    /// Documents of the corpus, all told.
    corpus: u64,
    files: u64,
    /// Documents found, those found before an interruption included.
    documents: u64,
    /// Those found before, by an interrupted build or by an earlier one of the same files.
    before: u64,
    new: u64,
    /// Documents that the corpus has from the same place, of files that have changed.
    known: u64,
    /// Documents that the corpus has from another place.
    again: u64,
    /// Documents that the corpus has from another place that is no longer theirs, and names by the new one.
    moved: u64,
    superseded: u64,
    removed: u64,
    set_aside: u64,
    /// Documents whose facts were missing or of an older version, and were found anew.
    annotated: u64,
    /// Clusters of copies in the corpus, and the documents that they have beside their survivors.
    clusters: u64,
    copies: u64,
    /// What the time went into.
    stages: Vec<Share>,
}

impl Build {
    /// Builds the corpus.
    ///
    /// # Errors
    /// When nothing can be read, or the corpus not be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let begun = Instant::now();
        let directory = &self.output;
        self.input.refuse([directory.as_path()])?;
        if let Some(corpus) = self.input.paths.iter().find(|path| is_corpus(path)) {
            return Err(Failure::usage(format_args!("{} is a corpus, not pages to make one of", corpus.display()))
                .hint(format_args!(
                    "`corpus export {} --to package -o FOLDER` and `corpus import FOLDER -o {}` add its documents",
                    corpus.display(),
                    directory.display()
                )));
        }
        refuse_other_folder(directory)?;
        let mut output = Output::open(None, &[])?;
        let annotators = self.annotators(&session.program.annotators)?;
        let layers = annotators
            .as_ref()
            .map(|annotators| annotators.written().collect::<Vec<_>>())
            .unwrap_or_default();
        let options = Options::new()
            .part_bytes(self.part_size.0 as u64)
            .keep_sources(self.sources == Sources::Copy)
            .reads(&self.input.state());
        let options = layers.iter().fold(options, |options, (name, version)| options.layer(*name, *version));
        // Before the corpus is made: where there is nothing to read, there is nothing to make.
        let records = self.input.open()?;
        must_have_parent(directory)?;
        let mut writer = Writer::open(directory, options).map_err(failure)?;
        let stages = Stages::begin();
        // All documents of a new corpus pass by here; those of an older one are read again when all are there.
        let mut fresh = Fresh::default();
        if writer.snapshot() == 0 {
            fresh.pile = Some(copies::new_pile()?);
            match FreshIndex::new(writer.fresh_index_dir()) {
                Ok(index) => fresh.index = Some(index),
                Err(error) => fresh.give_up_index(&error, &session.console),
            }
        }
        let ingested =
            ingest(session, &self.input, records, annotators.as_ref(), &mut writer, &mut fresh, &stages)?;
        if ingested.documents == 0 && ingested.set_aside == 0 {
            self.input.found_nothing(&session.console);
        }
        let annotated = match &annotators {
            Some(annotators) => {
                let anew = || linked::annotate_anew(&mut writer, annotators, self.input.jobs());
                stages.time(Stage::Annotate, anew)?
            }
            None => 0,
        };
        if !writer.has_clusters().map_err(failure)? {
            session.console.note("looking for copies");
            let clusters = stages.time(Stage::Compare, || match fresh.pile.take() {
                Some(pile) => copies::compare(pile, self.input.jobs()),
                None => copies::find(directory, self.input.jobs()),
            })?;
            stages.time(Stage::Store, || writer.set_clusters(&clusters)).map_err(failure)?;
        }
        session.console.note("linking");
        stages.time(Stage::Link, || linked::update(directory, &mut writer, None))?;
        if !fresh.is_unindexed {
            session.console.note("indexing");
            let corpus = Corpus::open(directory).map_err(failure)?;
            let indexed = stages.time(Stage::Index, || {
                fresh.index.take().map_or(Ok(()), |index| index.finish(&corpus))?;
                Engine::open(&corpus).map(drop)
            });
            match indexed {
                Err(error) if error.kind() == ErrorKind::Index => {
                    // Half of it would only take the room that the rest of the build needs.
                    Engine::drop_index(&corpus)?;
                    fresh.give_up_index(&error, &session.console);
                }
                indexed => indexed?,
            }
        }
        session.console.note("finishing");
        stages.time(Stage::Store, || writer.finish()).map_err(failure)?;
        let corpus = Corpus::open(directory).map_err(failure)?;
        let summary = Summary { stages: stages.shares(), ..Summary::of(&ingested, annotated, &corpus)? };
        let is_table = self.format.map_or(output.is_terminal(), |format| format == Format::Table);
        if is_table {
            output.write(summary.table(directory).as_bytes())?;
        } else {
            let json = serde_json::to_string(&summary)
                .map_err(|error| Failure::new(format_args!("write JSON: {error}")))?;
            output.line(&json)?;
        }
        output.flush()?;
        session.console.left_out(ingested.removed, directory);
        let seconds = begun.elapsed().as_secs_f64();
        let speed = ingested.bytes as f64 / 1e6 / seconds.max(1e-9);
        session.console.note(format_args!(
            "{} in {seconds:.1} s, {speed:.1} MB/s",
            Counted(ingested.documents, "document")
        ));
        Ok(match (ingested.set_aside, ingested.documents) {
            (1.., 0) => Outcome::AllSetAside,
            (1.., _) => Outcome::SetAside,
            (0, 0) => Outcome::Nothing,
            _ => Outcome::Done,
        })
    }

    /// What finds the facts; `None` where none are wanted.
    fn annotators(&self, all: &Annotators) -> Result<Option<Annotators>, Failure> {
        let names: Vec<&str> = self.layers.iter().map(String::as_str).collect();
        match &names[..] {
            ["none"] => Ok(None),
            ["all"] => Ok(Some(all.clone())),
            names => all.clone().only(names).map(Some).map_err(|unknown| {
                Failure::usage(unknown)
                    .hint("--layers takes their names with commas between them, all, or none")
            }),
        }
    }
}

/// Refuses a corpus in a folder that does not exist: a slip of the pen makes no folders.
///
/// # Errors
/// When the folder that the corpus is to lie in is not there.
pub(crate) fn must_have_parent(directory: &Path) -> Result<(), Failure> {
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
    match parent {
        Some(parent) if !parent.is_dir() => {
            let what = format!("make {}: there is no folder {}", directory.display(), parent.display());
            Err(Failure::new(what).hint("make the folder first, or check the spelling"))
        }
        _ => Ok(()),
    }
}

/// Refuses a folder that holds something, and no corpus.
fn refuse_other_folder(directory: &Path) -> Result<(), Failure> {
    let holds_more = |entries: fs::ReadDir| {
        entries.flatten().any(|entry| !entry.file_name().to_string_lossy().ends_with(".lock"))
    };
    if directory.is_file() {
        return Err(Failure::usage(format_args!("{} is a file", directory.display()))
            .hint("name a folder for the corpus"));
    }
    if !is_corpus(directory) && fs::read_dir(directory).is_ok_and(holds_more) {
        return Err(Failure::usage(format_args!("{} holds other files than a corpus", directory.display()))
            .hint("name a folder that is empty or does not exist yet"));
    }
    Ok(())
}

impl Summary {
    fn of(ingested: &Ingested, annotated: u64, corpus: &Corpus) -> Result<Self, Failure> {
        let rows = corpus.clusters().map_err(failure)?;
        let clusters = rows.last().map_or(0, |row| row.cluster);
        Ok(Summary {
            snapshot: corpus.snapshot(),
            corpus: corpus.n_documents(),
            files: ingested.files,
            documents: ingested.documents,
            before: ingested.before,
            new: ingested.new,
            known: ingested.known,
            again: ingested.again,
            moved: ingested.moved,
            superseded: ingested.superseded,
            removed: ingested.removed,
            set_aside: ingested.set_aside,
            annotated,
            clusters,
            copies: rows.len() as u64 - clusters,
            stages: Vec::new(),
        })
    }

    fn table(&self, directory: &Path) -> String {
        let name = directory.display();
        let mut lines =
            vec![format!("{} in {}", Counted(self.documents, "document"), Counted(self.files, "file"))];
        let row =
            |count: u64, what: &str| (count > 0).then(|| format!("{:>12}  {what}", Count(count).to_string()));
        let line =
            |count: u64, noun, what: &str| (count > 0).then(|| format!("{} {what}", Counted(count, noun)));
        let said = [
            row(self.new, "new"),
            row(self.before, "read before, by a build of the same files"),
            row(self.known, "known already"),
            row(
                self.again,
                "known already, from another file or another place in it: one document names both",
            ),
            row(
                self.moved,
                "known already, and moved, with their file or in it: named by the new place from now on",
            ),
            row(self.removed, "left out: pages that were removed, as they were or as they are now"),
            line(
                self.superseded,
                "older document",
                "superseded in the corpus: their page has changed, or what is said of it",
            ),
            line(self.set_aside, "record", "set aside, as said above"),
            row(self.annotated, "annotated anew: their facts were missing, or of an older version"),
        ];
        lines.extend(said.into_iter().flatten());
        lines.push(format!("{} in {name}, snapshot {}", Counted(self.corpus, "document"), self.snapshot));
        if self.copies > 0 {
            lines.push(format!(
                "{:>12}  are copies, exact or near, in {}",
                Count(self.copies).to_string(),
                Counted(self.clusters, "cluster")
            ));
        }
        lines.push(format!("Time of the processor: {}", stages::in_words(&self.stages)));
        lines.push(String::new());
        lines.push("Next:".to_owned());
        lines.push(format!("  corpus search {name} WORDS    what it says about something"));
        lines.push(format!("  corpus show {name} DOCUMENT   one document"));
        lines.push(format!("  corpus verify {name}          whether all of it is whole"));
        lines.join("\n") + "\n"
    }
}
