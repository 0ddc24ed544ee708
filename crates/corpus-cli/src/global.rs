//! The options that every command takes.

use anstream::ColorChoice;
use clap::{ArgAction, Args, ValueEnum};
use std::ffi::OsString;

/// The options that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// When to use colours; NO_COLOR and CLICOLOR_FORCE are heard too
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true
    )]
    #[arg(help = "When to use colours: auto, always or never")]
    pub(crate) color: Color,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more on stderr: every record set aside, and what was done
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Print help; --help says more than -h
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always, in a pipe too
    Always,
    /// Never
    Never,
}

impl Color {
    /// What the words of a command line ask for, before they are parsed: for errors in them, and help.
    pub(crate) fn asked(words: impl IntoIterator<Item = OsString>) -> clap::ColorChoice {
        let mut words = words.into_iter().take_while(|word| word != "--");
        let mut asked = clap::ColorChoice::Auto;
        while let Some(word) = words.next() {
            let value = match word.to_str().and_then(|word| word.strip_prefix("--color")) {
                Some("") => words.next(),
                Some(value) => value.strip_prefix('=').map(OsString::from),
                None => None,
            };
            asked = value.and_then(|value| value.to_str()?.parse().ok()).unwrap_or(asked);
        }
        asked
    }

    /// Whether to colour what goes to `stream`.
    pub(crate) fn is_on(self, stream: &impl anstream::stream::RawStream) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
        }
    }
}
