//! A cursor: where the answer to a question goes on.

use crate::error::Error;
use twox_hash::XxHash3_64;

/// Rows that a cursor may lie behind, at most.
const MOST: usize = 1 << 24;

/// Writes and reads the cursors of one question: each says how many rows lie behind it, and none fits another question.
/// To everybody else they are opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    mark: u64,
}

impl Cursor {
    /// The cursors of a question, which is named by everything that decides on its rows and their order.
    pub fn of(question: &str) -> Cursor {
        Cursor { mark: XxHash3_64::oneshot(question.as_bytes()) }
    }

    /// The cursor behind so many rows.
    pub fn after(self, rows: usize) -> String {
        format!("{:016x}{rows:x}", self.mark)
    }

    /// Number of rows that lie behind a cursor; none without one.
    ///
    /// # Errors
    /// When it is none of this question, with [`ErrorKind::Cursor`](crate::ErrorKind::Cursor).
    pub fn passed(self, cursor: Option<&str>) -> Result<usize, Error> {
        let Some(cursor) = cursor else { return Ok(0) };
        let Some((mark, rows)) = cursor.split_at_checked(16) else {
            return Err(Error::cursor("it is too short"));
        };
        if u64::from_str_radix(mark, 16) != Ok(self.mark) {
            return Err(Error::cursor("it belongs to another question"));
        }
        match usize::from_str_radix(rows, 16) {
            Ok(rows) if rows < MOST => Ok(rows),
            _ => Err(Error::cursor("it is not one")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_its_question_alone() {
        let (one, other) = (Cursor::of("harbour"), Cursor::of("ferry"));
        assert_eq!(one.passed(None).unwrap(), 0);
        assert_eq!(one.passed(Some(&one.after(40))).unwrap(), 40);
        for cursor in [other.after(40), String::new(), "ö".repeat(9), format!("{}z", one.after(1))] {
            assert!(one.passed(Some(&cursor)).is_err(), "{cursor}");
        }
    }
}
