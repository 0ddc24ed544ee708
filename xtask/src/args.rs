//! The arguments of one chore: words, flags and options, taken one by one.

use anyhow::{Result, bail};
use std::{path::PathBuf, str::FromStr};

/// What stands after the chore's name. A chore takes what it knows and ends with [`Args::finish`], so that a
/// misspelt flag is an error and not silence.
#[derive(Debug)]
pub(crate) struct Args {
    rest: Vec<String>,
}

impl Args {
    /// The arguments of a command line, without program and chore. `--name=value` is `--name value`.
    pub(crate) fn new(args: impl IntoIterator<Item = String>) -> Self {
        let mut rest = Vec::new();
        for arg in args {
            match arg.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    rest.extend([name.to_owned(), value.to_owned()])
                }
                _ => rest.push(arg),
            }
        }
        Args { rest }
    }

    /// Whether the flag `name` is there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let found = self.rest.iter().position(|arg| arg == name);
        found.map(|at| self.rest.remove(at)).is_some()
    }

    /// The value of the option `name`, if it is there.
    ///
    /// # Errors
    /// Where the value is missing or not of type `T`.
    pub(crate) fn option<T: FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(at) = self.rest.iter().position(|arg| arg == name) else { return Ok(None) };
        self.rest.remove(at);
        if at == self.rest.len() {
            bail!("{name} wants a value");
        }
        let value = self.rest.remove(at);
        match value.parse() {
            Ok(parsed) => Ok(Some(parsed)),
            Err(_) => bail!("{name} cannot be {value:?}"),
        }
    }

    /// The path that the option `name` gives, if it is there.
    ///
    /// # Errors
    /// Where the value is missing.
    pub(crate) fn path(&mut self, name: &str) -> Result<Option<PathBuf>> {
        self.option(name)
    }

    /// Takes the next word if it is this one.
    pub(crate) fn is_next(&mut self, wanted: &str) -> bool {
        let next = self.rest.iter().position(|arg| !arg.starts_with("--"));
        next.filter(|at| self.rest[*at] == wanted).map(|at| self.rest.remove(at)).is_some()
    }

    /// The next word that is no option; take flags and options first.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.rest.iter().position(|arg| !arg.starts_with("--"))?;
        Some(self.rest.remove(at))
    }

    /// The next word.
    ///
    /// # Errors
    /// Where there is none; `what` says what it would have been.
    pub(crate) fn required(&mut self, what: &str) -> Result<String> {
        match self.word() {
            Some(word) => Ok(word),
            None => bail!("{what} is missing; see `cargo xtask help`"),
        }
    }

    /// Nothing is left that nobody took.
    ///
    /// # Errors
    /// Names what is left.
    pub(crate) fn finish(self) -> Result<()> {
        match self.rest.first() {
            Some(arg) => bail!("unknown argument {arg:?}; see `cargo xtask help`"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_and_words_come_in_any_order() {
        let mut args = args("roles --worst=3 --bless extra");
        assert_eq!(args.option::<usize>("--worst").unwrap(), Some(3));
        assert!(args.flag("--bless"));
        assert_eq!(args.required("the kind").unwrap(), "roles");
        assert_eq!(
            args.finish().unwrap_err().to_string(),
            "unknown argument \"extra\"; see `cargo xtask help`"
        );
    }

    #[test]
    fn a_value_that_is_missing_or_wrong_is_named() {
        assert_eq!(
            args("--worst").option::<usize>("--worst").unwrap_err().to_string(),
            "--worst wants a value"
        );
        let wrong = args("--worst many").option::<usize>("--worst").unwrap_err();
        assert_eq!(wrong.to_string(), "--worst cannot be \"many\"");
    }
}
