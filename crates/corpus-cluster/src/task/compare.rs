//! Which of the texts that met are copies, and what hangs together by them.

use super::meet::reader;
use crate::{
    entry::{Joined, Pair, TextId, read_entries, write_entries},
    error::Error,
    forest::Forest,
    texts::{Row, Texts},
    work::{Task, Work},
};
use corpus_dedup::{COMMON, Shingles, Thresholds};
use std::path::Path;

/// Compares the texts of each pair that met often enough, and writes which hang together.
pub(super) fn compare(task: &Task, work: &Work, thresholds: Thresholds, joined: &Path) -> Result<(), Error> {
    let mut forest = Forest::default();
    let mut texts = Texts::of(work);
    let (mut left, mut right) = (Open::default(), Open::default());
    reader(task, work)?.each(|pairs: &mut Vec<Pair>| {
        for same in pairs.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)) {
            let Pair { a, b, least } = same[0];
            if same.len() * COMMON < least as usize {
                continue;
            }
            let (a, b) = (texts.row(a)?, texts.row(b)?);
            let n_words = |row: &Row| row.text.n_words.0 as usize;
            if !thresholds.may_be_copies(n_words(&a), n_words(&b)) {
                continue;
            }
            left.open(&a, &mut texts)?;
            right.open(&b, &mut texts)?;
            let likeness =
                thresholds.compare_shingled((&left.words, &left.shingles), (&right.words, &right.shingles));
            if let Some(likeness) = likeness {
                forest.join(a.text, b.text, likeness);
            }
        }
        Ok(())
    })?;
    write_entries(joined, &forest.texts())
}

/// Files that one task of a round puts together.
pub(crate) const TOGETHER: u64 = 64;

/// Puts together what some tasks found.
pub(super) fn join(task: &Task, work: &Work, joined: &Path) -> Result<(), Error> {
    let mut forest = Forest::default();
    let begin = (task.number - 1) * TOGETHER + 1;
    for number in begin..(begin + TOGETHER).min(task.n_read + 1) {
        let of_task: Vec<Joined> = read_entries(&work.table(&task.reads, number))?;
        of_task.iter().for_each(|text| forest.add(text));
    }
    write_entries(joined, &forest.texts())
}

/// A text brought back.
#[derive(Default)]
struct Open {
    text: Option<TextId>,
    words: Vec<u32>,
    shingles: Shingles,
}

impl Open {
    /// Brings a text back, unless it is the one that is here.
    fn open(&mut self, row: &Row, texts: &mut Texts<'_>) -> Result<(), Error> {
        if self.text != Some(row.text.id) {
            self.text = Some(row.text.id);
            self.words = texts.words(row)?;
            self.shingles = Shingles::of_hashes(&self.words);
        }
        Ok(())
    }
}
