//! What the commands that ask a corpus have in common: where to look, what for, and how to write the answer.

use crate::{
    app::Session,
    cell, corpus,
    failure::Failure,
    input::Input,
    number::Counted as Number,
    outcome::Outcome,
    output::{Output, ending},
    stream::{Ended, Finding, Screen, stream},
    table::{Align, Table},
};
use clap::{Args, ValueEnum};
use corpus_annotate::link::{Ids, Linker};
use corpus_core::Document;
use corpus_export::{Separated, spreadsheet::MARK};
use corpus_query::{Counted, Engine, ErrorKind, PartText, Query, Scope, Tabular, Total, Warning};
use corpus_store::Corpus;
use serde::Serialize;
use std::{collections::BTreeMap, io::IsTerminal, path::PathBuf};

/// Where to look and which text counts.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Where to look")]
pub(crate) struct Where {
    /// Parts of the page, and roles of blocks: article, embedded, comments, furniture, all, caption …
    #[arg(long = "in", value_name = "PARTS", default_value = "article", value_parser = scope)]
    pub(crate) scope: Scope,
    /// Count copied text each time it is found, not once
    #[arg(long)]
    pub(crate) duplicates: bool,
}

/// What an answer lists: of a query that asks for no word of a text, only documents can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lists {
    /// Documents, or the passages in them.
    Documents,
    /// Words as they stand in texts.
    Words,
}

/// What is asked, and of what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Question {
    #[command(flatten)]
    pub(crate) input: Input,
    /// What to look for
    #[arg(value_name = "QUERY", help_heading = None::<&str>)]
    query: String,
    #[command(flatten)]
    pub(crate) place: Where,
    /// Take the query for a pattern of tokens, whatever it begins with
    #[arg(long, help_heading = "Where to look")]
    cql: bool,
}

impl Question {
    /// The query, and a word on what of it was not understood.
    pub(crate) fn query(&self, session: &Session) -> Query {
        let query = if self.cql { Query::cql(&self.query) } else { Query::parse(&self.query) };
        query.warnings.iter().for_each(|warning| warn(session, warning));
        if !query.warnings.is_empty() && !query.is_empty() {
            session.console.hint(format_args!("searched for: {}", query.explain().text));
        }
        query
    }

    /// The same failure; where words of a query stand among the paths, with what makes one query of them.
    fn unquoted(&self, failure: Failure) -> Failure {
        let n_there = self.input.paths.iter().take_while(|path| path.exists()).count();
        let words = &self.input.paths[n_there..];
        if n_there == 0 || words.is_empty() || words.iter().any(|word| word.exists()) {
            return failure;
        }
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        failure.hint(format_args!(
            "the last word is the query; one of several words: '{} {}'",
            words.join(" "),
            self.query
        ))
    }

    /// Asks with `answer`, and writes the answer with `write`, which gives the number of hits; `lists` says of what.
    ///
    /// # Errors
    /// When nothing can be read, there is no answer, or it cannot be written.
    pub(crate) fn ask<A>(
        &self,
        session: &mut Session,
        written: &Written,
        lists: Lists,
        answer: impl Fn(&Engine, &Query) -> Result<A, corpus_query::Error>,
        write: impl FnOnce(&Session, &A, Format, &mut Output) -> Result<u64, Failure>,
    ) -> Result<Outcome, Failure> {
        let (mut output, format) = written.open(&self.input)?;
        let query = self.query(session);
        if query.is_empty() {
            session
                .console
                .hint("a query is a word, a \"phrase\" or field:value; `corpus scan` shows what is there");
            return Ok(Outcome::Nothing);
        }
        let engine = engine(session, &self.input, query.asks_for_facts());
        let (engine, ended) = engine.map_err(|failure| self.unquoted(failure))?;
        for warning in engine.warnings(&query) {
            warn(session, &warning);
        }
        let answer = match (answer(&engine, &query), corpus::directory_of(&self.input.paths)) {
            (Err(error), Some(directory)) if error.kind() == ErrorKind::Index => {
                // It is derived from the documents: what is damaged is thrown away, once.
                session.console.warning(format_args!("{error}; it is made anew"));
                drop(engine);
                let corpus = Corpus::open(directory).map_err(corpus::failure)?;
                Engine::drop_index(&corpus)?;
                answer(&Engine::open(&corpus)?, &query)?
            }
            (answer, _) => answer?,
        };
        let hits = write(session, &answer, format, &mut output)?;
        output.flush()?;
        if hits == 0 && ended.documents == 0 {
            no_documents(session);
        } else if hits == 0 {
            session.console.warning(format_args!("nothing found in {}", self.place.scope));
            if !query.marks_words() && lists == Lists::Words {
                session
                    .console
                    .hint("no word of a text is asked for; `corpus search` lists the documents that are so");
            } else if !query.marks_words() {
                session.console.hint(
                    "only fields are asked for; a field has whole words, author:Reuter* finds what begins so",
                );
            } else if self.place.scope != Scope::all() {
                session.console.hint("--in all looks at the whole page, comments and menus included");
            }
        }
        Ok(outcome(ended, hits > 0))
    }
}

/// Says what of a query was not understood, and what the corpus has not.
pub(crate) fn warn_of(session: &Session, query: &Query, engine: &Engine) {
    query.warnings.iter().for_each(|warning| warn(session, warning));
    engine.warnings(query).iter().for_each(|warning| warn(session, warning));
}

fn warn(session: &Session, Warning { position, message }: &Warning) {
    session.console.warning(format_args!("at character {}: {message}", position + 1));
}

impl Where {
    /// Which text is counted.
    pub(crate) fn counted(&self) -> Counted {
        Counted::new().scope(self.scope.clone()).duplicates(self.duplicates)
    }
}

/// How the answer is written.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "What to write")]
pub(crate) struct Written {
    /// How to write it; by default as the file's name ends, a table on a terminal, else jsonl
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// CSV for a spreadsheet: a mark of UTF-8 first, an apostrophe before text that would be taken for a formula
    #[arg(long)]
    excel: bool,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table for a person
    Table,
    /// JSON Lines
    Jsonl,
    /// Tab-separated values, names of columns first
    Tsv,
    /// Comma-separated values, names of columns first
    Csv,
    /// The same as a spreadsheet takes it.
    #[value(skip)]
    Excel,
}

fn scope(list: &str) -> Result<Scope, String> {
    list.parse().map_err(|unknown: corpus_query::scope::UnknownScope| unknown.to_string())
}

/// Reads what is named and makes it ready to be asked: a corpus by its index, anything else as it is, with annotations
/// where `facts` are asked for.
///
/// # Errors
/// When nothing can be read, or the index of a corpus can neither be read nor made.
pub(crate) fn engine(session: &mut Session, input: &Input, facts: bool) -> Result<(Engine, Ended), Failure> {
    if let Some(directory) = corpus::directory_of(&input.paths) {
        let corpus = Corpus::open(directory).map_err(corpus::failure)?;
        let engine = Engine::open(&corpus)?;
        let ended = Ended::at_rest(&corpus);
        return Ok((engine, ended));
    }
    let mut engine = Engine::empty();
    let mut linker = Linker::default();
    let annotators = facts.then(|| session.program.annotators.clone());
    let ended = stream(
        session,
        input,
        Screen::Free,
        // A corpus has the dates that are inferred, and answers with them.
        annotators.as_ref().map_or(Finding::Dates, Finding::Facts),
        |read: &mut Vec<(Vec<PartText>, Option<Document>)>, document| {
            read.push((PartText::all_of(&document, 0), facts.then_some(document)));
        },
        |read| {
            for (parts, document) in read {
                engine.push(parts);
                document.iter().for_each(|document| linker.add(document));
            }
            Ok(true)
        },
    )?;
    engine.set_links(linker.finish(&Ids::default()));
    Ok((engine, ended))
}

/// Says so where nothing of what was asked for is in what was read.
pub(crate) fn found_nothing(session: &Session, ended: Ended, n_items: usize) {
    match (n_items, ended.documents) {
        (0, 0) => no_documents(session),
        (0, n) => {
            session.console.warning(format_args!("nothing of that in {}", Number(n, "document")));
        }
        _ => {}
    }
}

/// Says that what was read holds no document.
fn no_documents(session: &Session) {
    session.console.warning("there is no document here");
    session.console.hint("`corpus build PATH … -o DIR` makes or fills a corpus; what was set aside says why");
}

/// The outcome of a question: nothing found where there is no answer, else as the reading ended.
pub(crate) fn outcome(ended: Ended, found: bool) -> Outcome {
    match ended.outcome() {
        Outcome::Done if !found => Outcome::Nothing,
        outcome => outcome,
    }
}

impl Written {
    /// Where the answer goes, and its format.
    ///
    /// # Errors
    /// When it would be written over what is read.
    pub(crate) fn open(&self, input: &Input) -> Result<(Output, Format), Failure> {
        let output = input.output(self.output.as_deref())?;
        let format = self.format(&output)?;
        Ok((output, format))
    }

    /// Whether the answer is a table for a person.
    pub(crate) fn is_read(&self) -> bool {
        let is_shown = || self.output.is_none() && std::io::stdout().is_terminal();
        self.format.map_or_else(is_shown, |format| format == Format::Table)
    }

    /// The format that is asked for, else the one that the ending of the file names, else the usual one.
    fn format(&self, output: &Output) -> Result<Format, Failure> {
        let ending = self.output.as_deref().and_then(ending);
        match (self.format, self.excel) {
            (Some(Format::Csv), true) => return Ok(Format::Excel),
            (Some(_), true) => {
                return Err(Failure::usage("--excel is a way to write CSV, and no other format")
                    .hint("leave out --format, or say --format csv"));
            }
            (None, true) => {
                return match ending.as_deref() {
                    None | Some("csv") => Ok(Format::Excel),
                    Some(other) => Err(Failure::usage(format_args!("--excel writes CSV, and no .{other}"))
                        .hint("name the file .csv, or say --format csv where it is to be called so")),
                };
            }
            (Some(format), false) => return Ok(format),
            (None, false) => {}
        }
        match ending.as_deref() {
            Some("csv") => Ok(Format::Csv),
            Some("tsv" | "tab") => Ok(Format::Tsv),
            Some("jsonl" | "ndjson" | "json" | "txt") => Ok(Format::Jsonl),
            None => Ok(if output.is_terminal() { Format::Table } else { Format::Jsonl }),
            Some(other) => Err(Failure::usage(format_args!("no answer is written as .{other}"))
                .hint("a spreadsheet opens .csv; --format says what a file of another name holds")),
        }
    }
}

/// Writes how many there are, where nothing else was asked for.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn only_counted(total: &Total, format: Format, output: &mut Output) -> Result<(), Failure> {
    match format {
        Format::Jsonl => json_lines(&[BTreeMap::from([("total", total)])], output),
        format => {
            let row = vec![total.value.to_string(), total.exact.to_string()];
            separated(format, &["total", "exact"], std::iter::once(row), output)
        }
    }
}

/// Writes each as a line of JSON.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn json_lines<T: Serialize>(items: &[T], output: &mut Output) -> Result<(), Failure> {
    for item in items {
        let line =
            serde_json::to_string(item).map_err(|error| Failure::new(format_args!("write JSON: {error}")))?;
        if !output.line(&line)? {
            break;
        }
    }
    Ok(())
}

/// Writes the items of an answer for a program: JSON Lines, or their rows with names of columns first.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn listed<T: Serialize + Tabular>(
    format: Format,
    items: &[T],
    output: &mut Output,
) -> Result<(), Failure> {
    match format {
        Format::Jsonl => json_lines(items, output),
        format => separated(format, T::COLUMNS, items.iter().map(Tabular::cells), output),
    }
}

/// How the items of an answer lie in a table for a person.
pub(crate) struct View<T> {
    /// How each of the first columns is aligned; others are left out.
    pub(crate) aligned: &'static [Align],
    /// What stands in them, where that is shorter than in a file.
    pub(crate) cells: fn(&T) -> Vec<String>,
}

impl<T: Serialize + Tabular> View<T> {
    /// The table of what stands in the columns of a file.
    pub(crate) const fn of_rows(aligned: &'static [Align]) -> Self {
        View { aligned, cells: T::cells }
    }

    /// Asks what `input` names with `answer`, and writes the items of the answer.
    ///
    /// # Errors
    /// When nothing can be read, there is no answer, or it cannot be written.
    pub(crate) fn ask(
        &self,
        session: &mut Session,
        input: &Input,
        written: &Written,
        answer: impl FnOnce(&mut Session, &Engine) -> Result<Vec<T>, Failure>,
    ) -> Result<Outcome, Failure> {
        let (output, format) = written.open(input)?;
        let (engine, ended) = engine(session, input, false)?;
        let items = answer(session, &engine)?;
        self.finish(session, format, &items, output, ended)
    }

    /// Writes the items of an answer, and says so where there are none though something was read.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn finish(
        &self,
        session: &Session,
        format: Format,
        items: &[T],
        mut output: Output,
        ended: Ended,
    ) -> Result<Outcome, Failure> {
        // A table of nothing is no answer; names of columns are one for a program.
        if format != Format::Table || !items.is_empty() {
            self.write(session, format, items, &mut output)?;
        }
        output.flush()?;
        found_nothing(session, ended, items.len());
        Ok(outcome(ended, !items.is_empty()))
    }

    /// Writes these items.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn write(
        &self,
        session: &Session,
        format: Format,
        items: &[T],
        output: &mut Output,
    ) -> Result<(), Failure> {
        if format != Format::Table {
            return listed(format, items, output);
        }
        let name = |column: &&str| column.replace('_', " ").replace("documents", "docs");
        let names: Vec<String> = T::COLUMNS.iter().map(name).collect();
        let heads: Vec<(&str, Align)> =
            names.iter().map(String::as_str).zip(self.aligned.iter().copied()).collect();
        let mut table = Table::shared(&heads, 0);
        for item in items {
            let cells = (self.cells)(item).into_iter().take(heads.len());
            table.push(cells.map(|cell| (cell, anstyle::Style::new())).collect());
        }
        let colour = output.is_coloured(session.global.color);
        for line in table.lines(cell::columns(), colour) {
            if !output.line(&line)? {
                break;
            }
        }
        Ok(())
    }
}

/// Writes rows as values between tabs or commas, the names of the columns first.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn separated(
    format: Format,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    output: &mut Output,
) -> Result<(), Failure> {
    if format == Format::Excel {
        output.write(MARK.as_bytes())?;
    }
    let mut line = String::new();
    let mut write = |cells: &mut dyn Iterator<Item = String>| {
        line.clear();
        match format {
            Format::Excel => Separated::CSV.guarded().push_row(&mut line, cells),
            Format::Csv => Separated::CSV.push_row(&mut line, cells),
            // Nothing in it steers a terminal.
            _ => Separated::TSV.push_row(&mut line, cells.map(|cell| cell::line(&cell))),
        }
        output.line(&line)
    };
    let mut going = write(&mut columns.iter().map(|&name| name.to_owned()))?;
    for row in rows {
        if !going {
            break;
        }
        going = write(&mut row.into_iter())?;
    }
    Ok(())
}
