//! `corpus filter`: which documents are kept, changed and dropped, each decision with its values.

use crate::{
    app::Session,
    console::Console,
    failure::Failure,
    input::Input,
    number::{Count, Counted},
    outcome::Outcome,
    output::refuse_ending,
    parse::{ENDINGS, json},
    stream::{Ended, Found, Screen, stream_found},
};
use clap::Args;
use corpus_core::{Document, Record, language};
use corpus_dedup::{label_of_plain, text_of_plain};
use corpus_filter::{
    Config, Distribution, Features, Filters, Notes, Report, Statistics, Subject, Tally, Verdict, Written,
    croissant, filters::Decision,
};
use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

mod files;
mod run_file;
mod sink;

use files::Files;
use sink::{Sink, Whole};

/// Filter documents: language, C4, Gopher and FineWeb quality, lists, personal data, test sets, samples
///
/// Each filter looks in turn, and the first rule that is broken drops a document; every document is written with the
/// decision, its reason and all values measured. Filters and limits stand in one TOML file; without one those of
/// FineWeb are meant. The result is the same for any number of threads.
#[derive(Args, Debug)]
#[command(after_long_help = NOTES)]
pub(crate) struct Filter {
    #[command(flatten)]
    input: Input,
    /// Filters and limits, as TOML; by default those of FineWeb
    #[arg(long, value_name = "FILE", help_heading = "How to filter")]
    config: Option<PathBuf>,
    /// Print the configuration that is meant by default, every setting written out, and what else there is
    #[arg(long, help_heading = "How to filter")]
    print_config: bool,
    /// Write what is left to FILE instead of standard output; .gz and .zst are compressed
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
    /// Write documents that are kept with another text to FILE, not to the output
    #[arg(long, value_name = "FILE", help_heading = "What to write")]
    changed: Option<PathBuf>,
    /// Write documents that are dropped to FILE
    #[arg(long, value_name = "FILE", help_heading = "What to write")]
    dropped: Option<PathBuf>,
    /// Write statistics and plots to FILE, a page of HTML
    #[arg(long, value_name = "FILE", help_heading = "What to write")]
    report: Option<PathBuf>,
    /// Write what was read (with hashes), by what configuration, and the counts of each filter to FILE, as JSON
    #[arg(long, value_name = "FILE", help_heading = "What to write")]
    run: Option<PathBuf>,
    /// Write a card of the data set to FILE: Croissant, JSON-LD; needs -o
    #[arg(long, value_name = "FILE", requires = "output", help_heading = "What to write")]
    card: Option<PathBuf>,
}

const NOTES: &str = "\
A section of the TOML file turns a filter on; a setting that is left out has the published value. The filters, in the \
order in which they look:
  [text]               keep = \"auto\", \"page\", \"article\" or \"articles\"; roles = [...]: what is kept
  [sample]             share, seed: a share of the documents, by a hash of the id
  [url]                domains, addresses, words: files with an entry a line
  [language]           keep = [\"en\"]
  [length]             words and characters
  [gopher_repetition]  repeated lines, paragraphs and runs of words
  [gopher_quality]     number and length of words, marks, bullets, stop words
  [c4]                 lines without an end, policies, scripts; too few sentences
  [fineweb]            ends and lengths of lines
  [bad_words]          lists = [...]: files with a word or phrase a line
  [contamination]      sets = [...]: test sets that must not be in the text
  [personal]           email, phone, ip, iban, card: mask, drop, count or ignore
  [shuffle]            seed: an order by a hash of the id
  [card]               name, description, license, url, creator, version, cite_as

Examples:
  corpus filter --print-config > filter.toml
  corpus filter shards -o kept.jsonl.zst --dropped dropped.jsonl.zst --report report.html
  corpus filter crawl.warc.gz --config filter.toml -o kept.jsonl --run run.json --card croissant.json
  zcat shard.jsonl.gz | corpus filter - > kept.jsonl";

/// What a document becomes.
struct Piece {
    decision: Decision,
    /// Its line, where it goes anywhere.
    line: Vec<u8>,
    id: String,
    notes: Notes,
    /// What it adds to the statistics before and after.
    features: Option<(Features, Features)>,
}

/// The files about all of them, as far as they are wanted.
struct About {
    report: Option<Whole>,
    run: Option<Whole>,
    card: Option<Whole>,
}

/// What all of them came to.
struct Sums {
    tally: Tally,
    before: Statistics,
    after: Statistics,
}

impl Filter {
    /// Filters what is named.
    ///
    /// # Errors
    /// When the configuration is not right, nothing can be read, or a result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        if self.print_config {
            let config = Config::template().map_err(Failure::new)?;
            // A reader who has read enough is no failure.
            let _ = io::stdout().write_all(config.as_bytes());
            return Ok(Outcome::Done);
        }
        let (config, folder) = self.config()?;
        let files = Files::new(&self.input, folder);
        let filters = Filters::new(&config, &files).map_err(|error| {
            Failure::usage(format_args!("failed to {error}")).hint(
                "lists and test sets are looked for from the folder of the configuration; \
                 `corpus filter --print-config` says what each setting takes",
            )
        })?;
        let outputs = [&self.output, &self.changed, &self.dropped, &self.report, &self.run, &self.card];
        let read = [self.config.as_slice(), &files.lists()].concat();
        self.input.refuse_beside(outputs.iter().filter_map(|path| path.as_deref()), &read)?;
        for path in [&self.output, &self.changed, &self.dropped].into_iter().flatten() {
            refuse_ending(path, ENDINGS)?;
        }
        let mut sums = Sums {
            tally: Tally::new(filters.stages()),
            before: Statistics::default(),
            after: Statistics::default(),
        };
        let seed = config.shuffle.as_ref().map(|shuffle| shuffle.seed);
        let mut kept = Sink::new(self.output.as_deref(), seed)?;
        let mut changed = self.changed.as_deref().map(|path| Sink::new(Some(path), seed)).transpose()?;
        let mut dropped = self.dropped.as_deref().map(|path| Sink::new(Some(path), seed)).transpose()?;
        let abouts = [&self.report, &self.run, &self.card];
        let [report, run, card] = abouts.map(|path| Whole::open(path.as_deref()));
        let about = About { report: report?, run: run?, card: card? };
        let is_terminal = self.output.is_none() && io::stdout().is_terminal();
        let ended = stream_found(
            session,
            &self.input,
            if is_terminal { Screen::Taken } else { Screen::Free },
            false,
            |found| {
                let pieces = self.judge(&filters, found);
                let count = pieces.len() as u64;
                (pieces, count)
            },
            |pieces| {
                for piece in pieces {
                    sums.tally.add(piece.decision, &piece.notes);
                    if let Some((before, after)) = &piece.features {
                        sums.before.add(before);
                        if piece.decision != Decision::Dropped {
                            sums.after.add(after);
                        }
                    }
                    let sink = match (piece.decision, &mut changed, &mut dropped) {
                        (Decision::Changed, Some(changed), _) => changed,
                        (Decision::Dropped, _, Some(dropped)) => dropped,
                        (Decision::Dropped, _, None) => continue,
                        _ => &mut kept,
                    };
                    if !sink.write(&piece.id, &piece.line)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            },
        )?;
        if ended.early {
            return Ok(Outcome::Done);
        }
        let mut written = vec![kept.finish()?];
        for sink in [changed, dropped].into_iter().flatten() {
            written.push(sink.finish()?);
        }
        say(&session.console, &written, &sums.tally);
        self.write_about(about, &config, &files, &written, &sums, ended)?;
        Ok(ended.outcome())
    }

    /// The configuration, and the folder that the files it names are looked for in.
    fn config(&self) -> Result<(Config, PathBuf), Failure> {
        let Some(path) = &self.config else { return Ok((Config::fineweb(), PathBuf::new())) };
        let toml = fs::read_to_string(path).map_err(|cause| Failure::read(path, &cause))?;
        let config = Config::parse(&toml).map_err(|error| {
            Failure::usage(format_args!("failed to {error}\nin {}", path.display()))
                .hint("`corpus filter --print-config` writes a configuration with every setting")
        })?;
        Ok((config, path.parent().map(Path::to_owned).unwrap_or_default()))
    }

    /// The documents that were found, judged.
    fn judge(&self, filters: &Filters, found: Found<'_>) -> Vec<Piece> {
        match found {
            Found::Record(choice, record) if !filters.need_roles() && choice.is_plain_text(record) => {
                vec![self.judge_text(filters, record)]
            }
            Found::Record(choice, record) => {
                let mut pieces = Vec::new();
                choice.parse(record, &mut |document| pieces.push(self.judge_document(filters, &document)));
                pieces
            }
            Found::Document(document) => vec![self.judge_document(filters, &document)],
        }
    }

    /// A record that is plain text, judged as it came.
    fn judge_text(&self, filters: &Filters, record: &Record<'_>) -> Piece {
        let text = text_of_plain(record);
        let id = label_of_plain(record, String::new()).id;
        let language = language::detect(&text);
        let subject = Subject { url: record.metadata.url.as_deref(), language, ..Subject::new(&id, &text) };
        let verdict = self.as_written(filters, filters.judge(subject));
        let (metadata, uri, place) = (&record.metadata, &*record.uri, record.place.as_ref());
        self.piece(Written { id: &id, metadata, language, uri, place, verdict: &verdict }, || {
            Features::of(&text)
        })
    }

    /// A parsed page, judged by the text that is kept of it.
    fn judge_document(&self, filters: &Filters, document: &Document) -> Piece {
        let verdict = self.as_written(filters, filters.judge_document(document));
        self.piece(Written::of(document, &verdict), || Features::of(&document.text).roles(document))
    }

    /// A verdict as it is written, if at all.
    fn as_written<'d>(&self, filters: &Filters, verdict: Verdict<'d>) -> Verdict<'d> {
        if self.dropped.is_some() && verdict.decision() == Decision::Dropped {
            return filters.masked(&verdict);
        }
        verdict
    }

    /// What a verdict becomes; `features` are those of the text before.
    fn piece(&self, written: Written<'_>, features: impl FnOnce() -> Features) -> Piece {
        let Written { id, metadata, language, verdict, .. } = written;
        let decision = verdict.decision();
        let mut line = Vec::new();
        if decision != Decision::Dropped || self.dropped.is_some() {
            line = json(&written, false, verdict.text.len() + verdict.text.len() / 8 + 1200);
        }
        let features = self.report.is_some().then(|| {
            let known = |features: Features| Features {
                language: language.map(str::to_owned),
                ..features.metadata(metadata.url.as_deref(), metadata.date.as_deref())
            };
            let before = known(features());
            let after = match decision {
                Decision::Changed => known(Features::of(&verdict.text)),
                Decision::Kept => before.clone(),
                Decision::Dropped => Features::default(),
            };
            (before, after)
        });
        Piece { decision, line, id: id.to_owned(), notes: verdict.notes.clone(), features }
    }

    /// Writes the report, the run and the card, where they are asked for.
    fn write_about(
        &self,
        about: About,
        config: &Config,
        files: &Files,
        written: &[sink::Written],
        sums: &Sums,
        ended: Ended,
    ) -> Result<(), Failure> {
        if let Some(file) = about.report {
            let toml = config.to_toml().map_err(Failure::new)?;
            let title = match &config.card.name {
                Some(name) => name.clone(),
                None => format!("corpus filter {}", files.inputs()),
            };
            let (tally, before, after) = (&sums.tally, &sums.before, &sums.after);
            let report =
                Report { title: &title, tally, before, after, set_aside: ended.set_aside, config: &toml };
            file.write(report.html().as_bytes())?;
        }
        if let Some(file) = about.run {
            file.write(&run_file::of(config, files, written, &sums.tally, ended)?)?;
        }
        if let (Some(card_file), Some(output)) = (about.card, &self.output) {
            let file = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let name = file.split('.').next().unwrap_or(&file);
            let (version, unchanged) = (env!("CARGO_PKG_VERSION"), sums.tally.count(Decision::Kept));
            let description =
                format!("Documents filtered by corpus {version}; {unchanged} of them are as they came.");
            let hash = files::hashed(output.to_owned())?;
            let distribution = Distribution::Lines { path: &file, sha256: hash.sha256().unwrap_or_default() };
            let card = croissant(&config.card, name, &description, distribution);
            card_file.write(&json(&card, true, 4096))?;
        }
        Ok(())
    }
}

/// Says what was written where, and what the filters dropped.
fn say(console: &Console, written: &[sink::Written], tally: &Tally) {
    for written in written {
        if let Some(path) = &written.path {
            console.wrote(format_args!("{} to {}", Counted(written.lines, "document"), path.display()));
        }
    }
    let count = |decision| Count(tally.count(decision));
    let (kept, changed) = (count(Decision::Kept), count(Decision::Changed));
    console.wrote(format_args!(
        "{kept} kept as they are, {changed} changed, {} dropped",
        count(Decision::Dropped)
    ));
    for stage in tally.stages() {
        for reason in &stage.reasons {
            console.note(format_args!(
                "{}.{} dropped {}",
                stage.stage,
                reason.rule,
                Counted(reason.documents, "document")
            ));
        }
    }
}
