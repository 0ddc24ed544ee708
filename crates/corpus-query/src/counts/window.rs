//! A window: the words on either side of a match that count as near.

use std::{fmt, str::FromStr};

/// Words on one side that a window has at the most.
const MOST: usize = 100;

/// How many words before and after a match count as near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub(super) left: usize,
    pub(super) right: usize,
}

impl Default for Window {
    /// Five words on either side.
    fn default() -> Self {
        Window { left: 5, right: 5 }
    }
}

/// Reads "5", as many words on either side, or "0,3".
impl FromStr for Window {
    type Err = NoWindow;

    fn from_str(text: &str) -> Result<Self, NoWindow> {
        let (left, right) = text.split_once(',').unwrap_or((text, text));
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number <= MOST);
        match (number(left), number(right)) {
            (Some(0), Some(0)) => Err(NoWindow::Empty),
            (Some(left), Some(right)) => Ok(Window { left, right }),
            _ => Err(NoWindow::NoNumber),
        }
    }
}

/// Why words are no window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoWindow {
    /// Not a number of words, or too many.
    NoNumber,
    /// No words on either side.
    Empty,
}

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoWindow::NoNumber => write!(f, "not a number of words up to {MOST}, such as 5 or 0,3"),
            NoWindow::Empty => f.write_str("nothing stands within no words; 5 or 0,3 is a window"),
        }
    }
}

impl std::error::Error for NoWindow {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_as_many_words_on_either_side() {
        assert_eq!("5".parse(), Ok(Window::default()));
        assert_eq!("0,3".parse(), Ok(Window { left: 0, right: 3 }));
        assert_eq!("100, 0".parse(), Ok(Window { left: 100, right: 0 }));
    }

    #[test]
    fn what_is_no_window_is_said() {
        assert_eq!("0".parse::<Window>(), Err(NoWindow::Empty));
        for none in ["", "a", "101", "3,", "-1", "1,2,3"] {
            assert_eq!(none.parse::<Window>(), Err(NoWindow::NoNumber), "{none}");
        }
    }
}
