//! `corpus reference`: the whole command line on one page of Markdown, for docs/cli.md.

use crate::{
    app::Session,
    failure::Failure,
    outcome::{EXIT_CODES, Outcome},
    output::Output,
};
use clap::{Arg, Args, Command};
use std::fmt::Write;

/// Write the reference of the command line, as Markdown
#[derive(Args, Debug)]
#[command(hide = true)]
pub(crate) struct Reference {}

impl Reference {
    /// Writes the reference on standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, Failure> {
        let mut output = Output::open(None, &[])?;
        output.write(reference(session.program.command()).as_bytes())?;
        output.flush()?;
        Ok(Outcome::Done)
    }
}

/// The whole command line, as Markdown.
fn reference(mut root: Command) -> String {
    root.build();
    let mut page = "# The command line\n\n".to_owned();
    about(&root, &mut page);
    options(&root, &mut page, |_| true);
    let _ = writeln!(page, "```text\n{EXIT_CODES}\n```\n");
    for subcommand in root.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let _ = writeln!(page, "## corpus {}\n", subcommand.get_name());
        about(subcommand, &mut page);
        options(subcommand, &mut page, |argument| !argument.is_global_set());
        if let Some(notes) = subcommand.get_after_long_help() {
            let _ = writeln!(page, "```text\n{}\n```\n", notes.to_string().trim_end());
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn about(command: &Command, page: &mut String) {
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        let _ = writeln!(page, "{}\n", about.to_string().trim_end());
    }
    let usage = command.clone().render_usage().to_string();
    let _ = writeln!(page, "```text\n{}\n```\n", usage.trim_start_matches("Usage: ").trim());
}

fn options(command: &Command, page: &mut String, keep: impl Fn(&Arg) -> bool) {
    let arguments: Vec<&Arg> =
        command.get_arguments().filter(|argument| !argument.is_hide_set() && keep(argument)).collect();
    if arguments.is_empty() {
        return;
    }
    page.push_str("| option | what it does |\n|---|---|\n");
    for argument in arguments {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let mut help = cell(&help);
        let values: Vec<_> = argument
            .get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help() {
                Some(help) => format!("`{}` ({})", value.get_name(), cell(&help.to_string())),
                None => format!("`{}`", value.get_name()),
            })
            .collect();
        if !values.is_empty()
            && argument.get_action().takes_values()
            && !argument.is_hide_possible_values_set()
        {
            let _ = write!(help, ": {}", values.join(", "));
        }
        let defaults: Vec<_> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() && argument.get_action().takes_values() {
            let _ = write!(help, "; by default `{}`", defaults.join(","));
        }
        if let Some(variable) = argument.get_env() {
            let _ = write!(help, "; or `{}` in the environment", variable.to_string_lossy());
        }
        let _ = writeln!(page, "| {} | {help} |", names(argument));
    }
    page.push('\n');
}

/// `-o`, `--output FILE`
fn names(argument: &Arg) -> String {
    let value = argument.get_value_names().map_or(String::new(), |names| names.join(" "));
    let mut names = Vec::new();
    if argument.is_positional() {
        return format!("`{value}`");
    }
    names.extend(argument.get_short().map(|short| format!("`-{short}`")));
    let takes_value = argument.get_action().takes_values();
    names.extend(argument.get_long().map(|long| match takes_value {
        true => format!("`--{long} {value}`"),
        false => format!("`--{long}`"),
    }));
    names.join(", ")
}

fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
