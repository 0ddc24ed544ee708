//! Pages of a list: which of its rows an answer holds, and where the next one goes on.

use crate::{bounded::Bounded, problem::Problem, snapshot::unreadable};
use corpus_query::Cursor;

/// Largest number of rows of an answer.
pub(crate) const MOST: usize = 100_000;

/// How many rows an answer shall hold at most.
pub(crate) type Limit = Bounded<MOST>;

/// How many rows an answer holds that is asked for no number of them.
pub(crate) const fn hundred() -> Limit {
    Limit::new(100)
}

/// A page of the rows of a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pages {
    cursors: Cursor,
    from: usize,
    limit: usize,
}

impl Pages {
    /// The page behind a cursor. The question is named by everything that decides on its rows and their order.
    ///
    /// # Errors
    /// When the cursor belongs to another question.
    pub(crate) fn of(question: &str, limit: Limit, cursor: Option<&str>) -> Result<Self, Problem> {
        let cursors = Cursor::of(question);
        let from = cursors.passed(cursor).map_err(unreadable)?;
        Ok(Pages { cursors, from, limit: limit.get() })
    }

    /// Number of rows before this page.
    pub(crate) fn from(self) -> usize {
        self.from
    }

    /// Number of rows that tell both what the page holds and whether another follows.
    pub(crate) fn reach(self) -> usize {
        self.from + self.limit + 1
    }

    /// The rows of this page out of all of the question, and the cursor of the next one. Takes no row behind the first
    /// of the next page.
    pub(crate) fn cut<T>(self, rows: impl Iterator<Item = T>) -> (Vec<T>, Option<String>) {
        let mut rows = rows.skip(self.from);
        let items: Vec<T> = rows.by_ref().take(self.limit).collect();
        let goes_on = !items.is_empty() && rows.next().is_some();
        let next = goes_on.then(|| self.cursors.after(self.from + items.len()));
        (items, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_each_row_once_and_end() {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let pages = Pages::of("rows", Limit::new(3), cursor.as_deref()).unwrap();
            let (items, next) = pages.cut((0..100).take(pages.reach().min(7)));
            seen.extend(items);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(Pages::of("rows", Limit::new(0), None).unwrap().cut(0..9), (Vec::new(), None));
    }
}
