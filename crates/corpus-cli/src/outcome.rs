//! How a command that did not fail came out.

/// How a command that did not fail came out; each has an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read and done.
    Done,
    /// There was nothing to read, or, where asked for, a difference was found.
    Nothing,
    /// Done, but some records could not be read and were set aside, or some names stand for nothing.
    SetAside,
    /// There were records, and none of them could be read.
    AllSetAside,
}

impl Outcome {
    /// The same, where nothing came out in the end.
    pub(crate) const fn at_best_nothing(self) -> Self {
        match self {
            Outcome::Done => Outcome::Nothing,
            other => other,
        }
    }

    /// The exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::SetAside => 3,
            Outcome::AllSetAside => 4,
        }
    }
}

/// Exit codes, as the help of `corpus` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  nothing found
  2  the command line is not right
  3  done, but for some records or names (named on stderr)
  4  failed, or every record was set aside";
