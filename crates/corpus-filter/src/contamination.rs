//! Test sets that must not be in a training text: runs of words that both have.

use crate::{
    config,
    error::Error,
    hash,
    notes::{Found, Notes},
    world::World,
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

pub(crate) const NAME: &str = "contamination";

/// The runs of words of the test sets.
#[derive(Debug)]
pub(crate) struct Contamination {
    /// Each run by its hash, with the number of the set it was met in first.
    runs: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    sets: Vec<String>,
    words: usize,
    max: u64,
}

impl Contamination {
    pub(crate) fn read(config: &config::Contamination, world: &dyn World) -> Result<Self, Error> {
        let mut runs = HashMap::default();
        for (path, set) in config.sets.iter().zip(0..) {
            let before = runs.len();
            let mut n_runs = 0_u64;
            let mut add = |text: &str| {
                each_run(text, config.words, |run| {
                    n_runs += 1;
                    runs.entry(run).or_insert(set);
                });
            };
            world.examples(path, &mut add).map_err(|cause| Error::List { path: path.clone(), cause })?;
            if n_runs == 0 && runs.len() == before {
                return Err(Error::Short { path: path.clone(), words: config.words });
            }
        }
        let sets = config.sets.iter().map(|path| path.display().to_string()).collect();
        Ok(Contamination { runs, sets, words: config.words, max: config.max })
    }

    /// Counts the runs that `text` has in common with the sets.
    pub(crate) fn judge(&self, text: &str, notes: &mut Notes) {
        let (mut count, mut first) = (0_u64, None);
        each_run(text, self.words, |run| {
            if let Some(&set) = self.runs.get(&run) {
                count += 1;
                first.get_or_insert(set);
            }
        });
        let mut notes = notes.stage(NAME);
        notes.number("runs", count as f64);
        if let Some(set) = first.filter(|_| count > self.max) {
            notes.drop("sets", Found::Name(self.sets[set as usize].clone()), None);
        }
    }
}

/// Hashes every run of `len` words. A word is what stands between white space, its letters and digits in lower case.
fn each_run(text: &str, len: usize, mut run: impl FnMut(u64)) {
    const BASE: u64 = 0x9fb2_1c65_1e98_df25;
    let leaving = (1..len).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut window = std::collections::VecDeque::with_capacity(len);
    let mut sum = 0_u64;
    let mut folded = String::new();
    for chunk in text.split_whitespace() {
        folded.clear();
        for character in chunk.chars().filter(|character| character.is_alphanumeric()) {
            folded.extend(character.to_lowercase());
        }
        if folded.is_empty() {
            continue;
        }
        let word = hash::word(folded.as_bytes(), 0, folded.len());
        if window.len() == len
            && let Some(first) = window.pop_front()
        {
            sum = sum.wrapping_sub(leaving.wrapping_mul(first));
        }
        sum = sum.wrapping_mul(BASE).wrapping_add(word);
        window.push_back(word);
        if window.len() == len {
            run(hash::both(sum, len as u64));
        }
    }
}

/// A hash of what is a hash already.
#[derive(Clone, Copy, Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::text(bytes);
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::tests::Files;

    fn judge(text: &str, max: u64) -> Notes {
        let files = Files::from([("quiz", "When did the old harbour of Skagsund freeze over?\nWho?\n")]);
        let config = config::Contamination { sets: vec!["quiz".into()], words: 5, max };
        let mut notes = Notes::default();
        Contamination::read(&config, &files).unwrap().judge(text, &mut notes);
        notes
    }

    #[test]
    fn common_runs_are_found_whatever_the_case_and_the_marks() {
        let notes = judge("They asked: WHEN did\nthe old “harbour” of – Skagsund – shut?", 0);
        assert_eq!(notes.number(NAME, "runs"), Some(3.0));
        assert_eq!(notes.reason.unwrap().to_string(), "contamination.sets: quiz");
        assert!(!judge("When did the old harbour of Skagsund shut?", 3).is_dropped());
        assert!(!judge("When did the old pier freeze over?", 0).is_dropped());
    }

    #[test]
    fn a_set_that_finds_nothing_is_an_error() {
        let files = Files::from([("quiz", "Who?\n")]);
        let config = config::Contamination { sets: vec!["quiz".into()], ..Default::default() };
        let error = Contamination::read(&config, &files).unwrap_err().to_string();
        assert_eq!(error, "use quiz as a test set: no example in it has 13 words");
    }
}
