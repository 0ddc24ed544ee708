//! What the person at the terminal is told, on standard error.

use crate::{failure::Failure, global::Global, number::Counted};
use anstyle::{AnsiColor, Style};
use indicatif::ProgressBar;
use std::{fmt, io::Write, path::Path};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Standard error, with a name before each message: error, warning, note or hint.
#[derive(Debug)]
pub(crate) struct Console {
    quiet: bool,
    verbose: bool,
    colour: bool,
    bar: ProgressBar,
}

impl Console {
    /// A console as the options ask for it.
    pub(crate) fn new(global: &Global) -> Self {
        Console {
            quiet: global.quiet,
            verbose: global.verbose > 0,
            colour: global.color.is_on(&std::io::stderr()),
            bar: ProgressBar::hidden(),
        }
    }

    /// Whether nothing but errors is wanted.
    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether more than the usual is wanted.
    pub(crate) const fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Keeps messages clear of a progress bar from now on.
    pub(crate) fn attach(&mut self, bar: &ProgressBar) {
        self.bar = bar.clone();
    }

    /// Says why the command failed, and what to do next.
    pub(crate) fn failure(&self, failure: &Failure) {
        self.say("error", ERROR, &failure.what());
        if let Some(hint) = failure.next() {
            self.say("hint", HINT, &hint);
        }
    }

    /// Says that something was not as it should be.
    pub(crate) fn warning(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("warning", WARNING, &message);
        }
    }

    /// Says what could be done next.
    pub(crate) fn hint(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("hint", HINT, &message);
        }
    }

    /// Says how many pages were left out of a corpus since they were removed from it, if any.
    pub(crate) fn left_out(&self, n_removed: u64, corpus: &Path) {
        if n_removed > 0 {
            self.warning(format_args!("{} came back: left out", Counted(n_removed, "removed page")));
            let corpus = corpus.display();
            self.hint(format_args!(
                "`corpus remove {corpus} --list` lists what was removed, `corpus remove {corpus} --undo DOCUMENT` \
                 takes one in again"
            ));
        }
    }

    /// Says in which languages documents are.
    pub(crate) fn languages(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("languages", HINT, &message);
        }
    }

    /// Says what was written where.
    pub(crate) fn wrote(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("wrote", HINT, &message);
        }
    }

    /// Says what is being read, where that takes its time and nothing else is to be seen.
    pub(crate) fn reading(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("reading", HINT, &message);
        }
    }

    /// Says what was done.
    pub(crate) fn done(&self, message: impl fmt::Display) {
        if !self.quiet {
            self.say("done", HINT, &message);
        }
    }

    /// Says what else was done, to those who asked for more.
    pub(crate) fn note(&self, message: impl fmt::Display) {
        if self.verbose {
            self.say("note", HINT, &message);
        }
    }

    fn say(&self, name: &str, style: Style, message: &dyn fmt::Display) {
        self.bar.suspend(|| {
            let mut stderr = std::io::stderr().lock();
            // Nobody is left to be told that standard error is closed.
            let _ = if self.colour {
                writeln!(stderr, "{style}{name}:{style:#} {message}")
            } else {
                writeln!(stderr, "{name}: {message}")
            };
        });
    }
}
