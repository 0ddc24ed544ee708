//! A corpus-wide id: a letter for what it is of, and a number that is given once.

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A corpus-wide id: a letter for what it is of, and a number that is given once. Ids are in the order of their numbers.
///
/// ```
/// use corpus_annotate::link::CorpusId;
/// let id: CorpusId = "p12".parse().unwrap_or(CorpusId::new('x', 0));
/// assert_eq!((id.letter(), id.number()), ('p', 12));
/// assert_eq!(id.to_string(), "p12");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CorpusId {
    number: u64,
    letter: char,
}

impl CorpusId {
    /// The id of this letter and number.
    pub const fn new(letter: char, number: u64) -> Self {
        CorpusId { number, letter }
    }

    /// `p` of a person, `o` of an organisation, `l` of a place, `e` of an event, `a` of an agreement.
    pub const fn letter(self) -> char {
        self.letter
    }

    /// Its number, which no other id has, whatever the letter.
    pub const fn number(self) -> u64 {
        self.number
    }
}

impl fmt::Display for CorpusId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letter, self.number)
    }
}

impl Serialize for CorpusId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that is no id: a small letter and a number are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoId;

impl fmt::Display for NoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no corpus-wide id, such as p12")
    }
}

impl std::error::Error for NoId {}

impl FromStr for CorpusId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        let letter = text.chars().next().filter(char::is_ascii_lowercase).ok_or(NoId)?;
        let digits = &text[1..];
        match digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0') {
            true => Ok(CorpusId::new(letter, digits.parse().map_err(|_| NoId)?)),
            false => Err(NoId),
        }
    }
}
