//! The command: its subcommands, and what runs each.

use crate::{
    agreements, annotate, argv, build, collocates, compact, completions,
    console::Console,
    dates, decide, diff, dispersion, dupes, events, export,
    failure::Failure,
    filter, frequency,
    global::{Color, Global},
    import, keywords, kwic, man, ngrams,
    outcome::{EXIT_CODES, Outcome},
    parse, parsers, people,
    program::Program,
    reference, remove, same_name, scan, schema, search, serve, show, statements, timeline, verify, words,
};
use clap::{
    ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, builder::Resettable, error::ErrorKind,
};
use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

/// Turn piles of scraped articles into a clean, structured, citable corpus
///
/// Corpus reads saved pages and extracted texts, tells the article from what stands around it (menus, teasers,
/// comments, other articles) and says of every block what it is and why. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "corpus", version, after_help = FIRST_STEPS, after_long_help = format!("{FIRST_STEPS}\n\n{EXIT_CODES}"))]
#[command(max_term_width = 100)]
#[command(disable_help_flag = true, disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

const FIRST_STEPS: &str = "\
First steps:
  corpus scan FOLDER                what is here: articles, comments, shared blocks, dates
  corpus dupes FOLDER               copies: exact, near, cut and reworded; shared blocks
  corpus search FOLDER 'some words' passages, the best first
  corpus kwic FOLDER 'word*'        each place where a word stands, with what is around it
  corpus parse FOLDER --explain     each block of each page, its role and the reason
  corpus parse FOLDER --text        the clean text of the articles
  corpus parse FOLDER -o out.jsonl  everything, as JSON Lines";

#[derive(Debug, Subcommand)]
enum Command {
    Scan(scan::Scan),
    Annotate(annotate::Annotate),
    Parse(parse::Parse),
    Build(build::Build),
    Show(show::Show),
    Verify(verify::Verify),
    Decide(decide::Decide),
    Remove(remove::Remove),
    Compact(compact::Compact),
    Dupes(dupes::Dupes),
    Filter(filter::Filter),
    Search(search::Search),
    Kwic(kwic::Kwic),
    Words(words::Words),
    Ngrams(ngrams::Ngrams),
    Collocates(collocates::Collocates),
    Keywords(keywords::Keywords),
    Dispersion(dispersion::Dispersion),
    Frequency(frequency::Frequency),
    Timeline(timeline::Timeline),
    People(people::People),
    Statements(statements::Statements),
    Events(events::Events),
    Agreements(agreements::Agreements),
    Dates(dates::Dates),
    Serve(serve::Serve),
    Diff(diff::Diff),
    SameName(same_name::SameName),
    Export(export::Export),
    Import(import::Import),
    Parsers(parsers::Parsers),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
    Reference(reference::Reference),
}

/// What a command runs with.
pub(crate) struct Session {
    pub(crate) program: Program,
    pub(crate) console: Console,
    pub(crate) global: Global,
}

impl Program {
    /// The command line as clap knows it: for completions, man pages and the reference.
    pub fn command(&self) -> clap::Command {
        Cli::command().mut_subcommands(|command| {
            let command = match command.get_name() {
                // What prints the configuration reads nothing.
                "filter" => command
                    .mut_arg("paths", |paths| paths.required(false).required_unless_present("print_config")),
                "export" => export::with_formats(command, &self.formats),
                _ => command,
            };
            // A variable that is empty says as little as one that is not there.
            let command = command.mut_args(|arg| match arg.get_env().and_then(env::var_os) {
                Some(value) if value.is_empty() => arg.env(Resettable::Reset),
                _ => arg,
            });
            // A number below nothing is a value that is not right, and no option that nobody knows.
            command.mut_args(|arg| match arg.get_long().is_some() && arg.get_action().takes_values() {
                true => arg.allow_negative_numbers(true),
                false => arg,
            })
        })
    }

    /// Runs a command line, whose first word is the name of the program, and gives its exit code: 0 done, 1 nothing found,
    /// 2 usage, 3 some records set aside, 4 failed.
    pub fn run_from(self, words: impl IntoIterator<Item = impl Into<OsString>>) -> ExitCode {
        let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
        let mut command = self.command().color(Color::asked(words.iter().cloned()));
        command.build();
        let words = argv::options_first(&command, words);
        let parsed = command.try_get_matches_from_mut(words.ordered);
        let cli = match parsed.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches)) {
            Ok(cli) => cli,
            Err(error) => {
                if let (ErrorKind::MissingRequiredArgument, Some(alone)) = (error.kind(), words.alone) {
                    let failure = Failure::usage(format_args!(
                        "{alone:?} is all there is: a path and a query are wanted"
                    ))
                    .hint("the path comes first, what to look for last: corpus kwic pages 'ferry*'");
                    Console::new(&Global::default()).failure(&failure);
                    return ExitCode::from(failure.code());
                }
                let printed = error.print().and_then(|()| io::stdout().flush());
                return ExitCode::from(match printed {
                    _ if error.use_stderr() => 2,
                    // Help that nobody reads to the end is no failure.
                    Err(error) if error.kind() != io::ErrorKind::BrokenPipe => 4,
                    _ => 0,
                });
            }
        };
        let mut session = Session { program: self, console: Console::new(&cli.global), global: cli.global };
        match dispatch(cli.command, &mut session) {
            Ok(outcome) => ExitCode::from(outcome.code()),
            Err(failure) => {
                session.console.failure(&failure);
                ExitCode::from(failure.code())
            }
        }
    }
}

/// Runs the command line of this process: [`Program::run_from`] with its arguments.
pub fn run(program: impl Into<Program>) -> ExitCode {
    program.into().run_from(std::env::args_os())
}

fn dispatch(command: Option<Command>, session: &mut Session) -> Result<Outcome, Failure> {
    match command {
        None => {
            // As above.
            let _ = session.program.command().print_help();
            Ok(Outcome::Done)
        }
        Some(Command::Scan(scan)) => scan.run(session),
        Some(Command::Parse(parse)) => parse.run(session),
        Some(Command::Build(build)) => build.run(session),
        Some(Command::Show(show)) => show.run(session),
        Some(Command::Verify(verify)) => verify.run(session),
        Some(Command::Decide(decide)) => decide.run(session),
        Some(Command::Dates(dates)) => dates.run(session),
        Some(Command::Remove(remove)) => remove.run(session),
        Some(Command::Compact(compact)) => compact.run(session),
        Some(Command::Annotate(annotate)) => annotate.run(session),
        Some(Command::Dupes(dupes)) => dupes.run(session),
        Some(Command::Filter(filter)) => filter.run(session),
        Some(Command::Search(search)) => search.run(session),
        Some(Command::Kwic(kwic)) => kwic.run(session),
        Some(Command::Words(words)) => words.run(session),
        Some(Command::Ngrams(ngrams)) => ngrams.run(session),
        Some(Command::Collocates(collocates)) => collocates.run(session),
        Some(Command::Keywords(keywords)) => keywords.run(session),
        Some(Command::Dispersion(dispersion)) => dispersion.run(session),
        Some(Command::Frequency(frequency)) => frequency.run(session),
        Some(Command::Timeline(timeline)) => timeline.run(session),
        Some(Command::People(people)) => people.run(session),
        Some(Command::Statements(statements)) => statements.run(session),
        Some(Command::Events(events)) => events.run(session),
        Some(Command::Agreements(agreements)) => agreements.run(session),
        Some(Command::Serve(serve)) => serve.run(session),
        Some(Command::Diff(diff)) => diff.run(session),
        Some(Command::SameName(names)) => names.run(),
        Some(Command::Export(export)) => export.run(session),
        Some(Command::Import(import)) => import.run(session),
        Some(Command::Parsers(parsers)) => parsers.run(session),
        Some(Command::Schema(schema)) => schema.run(),
        Some(Command::Completions(completions)) => completions.run(session),
        Some(Command::Man(man)) => man.run(session),
        Some(Command::Reference(reference)) => reference.run(session),
    }
}
