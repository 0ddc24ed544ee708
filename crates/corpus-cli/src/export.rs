//! `corpus export`: documents in a format that other tools read.

use crate::{
    app::Session,
    ask, corpus,
    failure::Failure,
    input::Input,
    number::Count,
    outcome::Outcome,
    signals,
    stream::{Finding, Screen, stream_documents},
};
use clap::{Args, Command, builder::PossibleValuesParser};
use corpus_core::Edtf;
use corpus_export::{ErrorKind, Formats, Options, Parts, Report, Target, selection::Filter};
use corpus_query::{Query, Scope};
use corpus_store::Corpus;
use std::{
    collections::BTreeSet,
    io::{self, IsTerminal},
    path::PathBuf,
};

mod package;

/// The format that is not one of `corpus-export`'s: it is that of a corpus at rest.
const PACKAGE: &str = "package";

/// Write documents in a format that other tools read: CSV, SQLite, TEI, CoNLL-U, Web Annotation …
///
/// Reads a corpus, or pages, whose facts are found on the way.
/// A file or folder gets its name only when it is whole; how many rows went to which file is said on stderr.
#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    input: Input,
    /// The format
    #[arg(long, value_name = "FORMAT", help_heading = "What to write")]
    to: String,
    /// Write to PATH, a file or a folder as the format has it; by default to standard output where it can
    #[arg(short, long, value_name = "PATH", help_heading = "What to write")]
    output: Option<PathBuf>,
    /// Only these parts: article, embedded, comments, furniture, all; by default what the format is for
    #[arg(long = "in", value_name = "PARTS", help_heading = "What to write", value_parser = parts)]
    parts: Option<Parts>,
    /// Only these layers, such as time,name; by default all
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', help_heading = "What to write")]
    layers: Option<Vec<String>>,
    /// Of csv one table: documents, parts, blocks or annotations
    #[arg(long, value_name = "TABLE", help_heading = "What to write")]
    table: Option<String>,
    /// CSV for a spreadsheet: a mark of UTF-8 first, an apostrophe before text that would be taken for a formula
    #[arg(long, help_heading = "What to write")]
    excel: bool,
    /// Only documents in this language, such as en
    #[arg(long, value_name = "LANGUAGE", help_heading = "Which documents")]
    language: Option<String>,
    /// Only documents of this site, by its name or host
    #[arg(long, value_name = "SITE", help_heading = "Which documents")]
    site: Option<String>,
    /// Only documents that may have been published on this date (EDTF) or later
    #[arg(long, value_name = "DATE", help_heading = "Which documents")]
    since: Option<Edtf>,
    /// Only documents that may have been published on this date (EDTF) or earlier
    #[arg(long, value_name = "DATE", help_heading = "Which documents")]
    until: Option<Edtf>,
    /// Only documents in whose articles QUERY matches, as `corpus search` reads it
    #[arg(long, value_name = "QUERY", help_heading = "Which documents")]
    query: Option<String>,
    /// Of documents that are copies of each other only the one that survives, as `corpus dupes` has it; of a corpus
    #[arg(long, help_heading = "Which documents")]
    survivors: bool,
}

const EXAMPLES: &str = "\
Examples:
  corpus export pages --to sqlite -o pages.sqlite
  corpus export pages --to csv -o tables
  corpus export pages --to csv --table blocks --in article > blocks.csv
  corpus export pages --to tei -o tei/ --language en --since 2020
  corpus export news.corpus --to package -o oil --query 'crude OR opec'
  corpus export news.corpus --to jsonl --survivors -o unique.jsonl.zst";

/// The command with the formats that `--to` takes, and what its long help says of each.
pub(crate) fn with_formats(command: Command, formats: &Formats) -> Command {
    let package =
        (PACKAGE, "a folder of Parquet files with a datapackage.json; `corpus import` reads it back");
    let known: Vec<_> = [package]
        .into_iter()
        .chain(formats.formats().map(|format| (format.name(), format.description())))
        .collect();
    let width = known.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let list: String =
        known.iter().map(|(name, description)| format!("  {name:width$}  {description}\n")).collect();
    let values = PossibleValuesParser::new(known.iter().map(|(name, _)| *name));
    command
        .mut_arg("to", |to| to.value_parser(values))
        .after_long_help(format!("Formats:\n{list}\n{EXAMPLES}"))
}

fn parts(names: &str) -> Result<Parts, String> {
    names.parse().map_err(|error: corpus_export::Error| format!("cannot {error}"))
}

impl Export {
    /// Exports what is named.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        if self.to == PACKAGE {
            self.refuse_tables()?;
            let Some(folder) = &self.output else {
                return Err(Failure::usage("package goes to no stream").hint("-o FOLDER names the folder"));
            };
            self.input.refuse([folder.as_path()])?;
            let filter = self.filter(session)?;
            return package::write(session, &self.input, folder, &filter);
        }
        let formats = session.program.formats.clone();
        let format = formats.get(&self.to)?;
        if self.excel && format.name() != "csv" {
            return Err(Failure::usage(format_args!("--excel is a way to write CSV, not {}", self.to))
                .hint("--to csv writes CSV"));
        }
        self.refuse_tables()?;
        self.check_layers(session)?;
        let options = self.options(session)?;
        if let Some(path) = &self.output {
            self.input.refuse([path.as_path()])?;
        } else if !format.streams(&options) {
            let hint = match format.name() {
                "csv" => "-o FOLDER names the folder of all tables, --table chooses one",
                "markdown" => "-o FOLDER names the folder",
                _ => "-o FILE names the file",
            };
            return Err(Failure::usage(format_args!("{} goes to no stream", format.name())).hint(hint));
        }
        let mut stdout = io::stdout().lock();
        let screen = if self.output.is_none() && stdout.is_terminal() { Screen::Taken } else { Screen::Free };
        let target = match &self.output {
            Some(path) => Target::Path(path),
            None => Target::Stream(&mut stdout),
        };
        signals::watch();
        let mut export = format.open(target, &options)?;
        let annotators = session.program.annotators.clone();
        let mut taken = 0_u64;
        let ended =
            stream_documents(session, &self.input, screen, Finding::Facts(&annotators), |documents| {
                for document in &documents {
                    match export.add(document) {
                        Ok(added) => taken += u64::from(added),
                        Err(error) if error.kind() == ErrorKind::Closed => return Ok(false),
                        Err(error) => return Err(error.into()),
                    }
                }
                Ok(true)
            })?;
        if ended.early {
            return Ok(Outcome::Done);
        }
        if taken == 0 {
            // Dropped, the export leaves nothing behind.
            if ended.documents > 0 {
                session.console.warning("the options leave all documents out; nothing was written");
            }
            return Ok(ended.outcome().at_best_nothing());
        }
        finish(session, export)?;
        Ok(ended.outcome())
    }

    /// Refuses to choose a table of what has none.
    fn refuse_tables(&self) -> Result<(), Failure> {
        match self.table {
            Some(_) if self.to != "csv" => {
                Err(Failure::usage(format_args!("--table is of csv, and {} has no tables", self.to))
                    .hint("--to csv writes tables"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses layers that nothing has.
    fn check_layers(&self, session: &Session) -> Result<(), Failure> {
        let Some(wanted) = &self.layers else { return Ok(()) };
        let mut known: BTreeSet<String> =
            session.program.annotators.layers().map(|(name, ..)| name.to_owned()).collect();
        if let Some(directory) = corpus::directory_of(&self.input.paths) {
            let corpus = Corpus::open(directory).map_err(corpus::failure)?;
            known.extend(corpus.layers().into_iter().map(|layer| layer.name));
        }
        match wanted.iter().find(|name| !known.contains(*name)) {
            None => Ok(()),
            Some(name) => {
                let known = known.into_iter().collect::<Vec<_>>().join(", ");
                Err(Failure::usage(format_args!("unknown layer {name:?}"))
                    .hint(format_args!("there are {known}")))
            }
        }
    }

    /// Which documents are wanted.
    ///
    /// # Errors
    /// When the query says nothing, or what it is asked of cannot be read twice.
    fn filter(&self, session: &mut Session) -> Result<Filter, Failure> {
        if let Some(path) = &self.output {
            // Now, and not when the query is answered.
            corpus_export::unfinished::check(path)?;
        }
        let mut filter = Filter::new();
        if let Some(language) = &self.language {
            filter = filter.language(language);
        }
        if let Some(site) = &self.site {
            filter = filter.site(site);
        }
        if let Some(since) = &self.since {
            filter = filter.since(since.clone());
        }
        if let Some(until) = &self.until {
            filter = filter.until(until.clone());
        }
        if self.survivors {
            let Some(directory) = corpus::directory_of(&self.input.paths) else {
                return Err(Failure::usage("copies are known of a corpus, and not of files")
                    .hint("`corpus build PATH -o DIR --layers none` makes one, and finds them"));
            };
            let clusters = Corpus::open(directory).and_then(|corpus| corpus.clusters());
            let copies = clusters.map_err(corpus::failure)?.into_iter();
            filter = filter.without(copies.filter(|row| row.member != row.survivor).map(|row| row.member));
        }
        if let Some(query) = &self.query {
            let query = Query::parse(query);
            if query.is_empty() {
                return Err(
                    Failure::usage("the query holds no word").hint("a query is a word or a \"phrase\"")
                );
            }
            if self.input.paths.iter().any(|path| path.as_os_str() == "-") {
                return Err(Failure::usage(
                    "a query is asked before documents are read, and so not of a stream",
                )
                .hint("name a file, or a corpus"));
            }
            let (engine, _) = ask::engine(session, &self.input, query.asks_for_facts())?;
            ask::warn_of(session, &query, &engine);
            filter = filter.among(engine.documents(&query, &Scope::default())?);
        }
        Ok(filter)
    }

    fn options(&self, session: &mut Session) -> Result<Options, Failure> {
        let mut options = Options::new().excel(self.excel).filter(self.filter(session)?);
        if let Some(parts) = self.parts {
            options = options.parts(parts);
        }
        if let Some(layers) = &self.layers {
            options = options.layers(layers);
        }
        if let Some(table) = &self.table {
            options = options.table(table);
        }
        Ok(options)
    }
}

/// Ends an export, and says what was written.
fn finish(session: &Session, export: Box<dyn corpus_export::Export + '_>) -> Result<Outcome, Failure> {
    match export.finish() {
        Ok(report) => say(session, &report),
        // Whoever read it has read enough.
        Err(error) if error.kind() == ErrorKind::Closed => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Outcome::Done)
}

/// Says what was written where.
fn say(session: &Session, report: &Report) {
    for written in &report.written {
        let rows = Count(written.rows);
        match &written.path {
            Some(path) => {
                session.console.wrote(format_args!("{rows} {} to {}", written.noun, path.display()))
            }
            None => session.console.wrote(format_args!("{rows} {}", written.noun)),
        }
    }
    if report.left_out > 0 {
        session.console.wrote(format_args!("nothing of {} other documents", Count(report.left_out)));
    }
    for remark in &report.remarks {
        session.console.warning(remark);
    }
}
