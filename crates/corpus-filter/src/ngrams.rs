//! Runs of words that a text repeats.

use crate::{hash, measure::Words, seen::Seen};

/// Shortest and longest runs of which the commonest is looked for.
const TOP: std::ops::RangeInclusive<usize> = 2..=4;
/// Longest runs of which all repeated ones are counted; the shortest are one word longer than those of [`TOP`].
const LONGEST: usize = 10;

/// The repeated runs of words of a text, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Repeated {
    /// Of the commonest run of 2, 3 and 4 words: its characters, blanks between words included, times its number.
    pub(crate) top: [u64; 3],
    /// Of runs of 5 to 10 words: the characters of all that stood there before, read from left to right, without
    /// overlap and without blanks.
    pub(crate) duplicate: [u64; 6],
}

/// A place where a run of words begins.
#[derive(Clone, Copy, Default)]
struct Place {
    at: u32,
    /// Number of the run among those that differ.
    run: u32,
}

/// A run of words, different from all others of its length.
#[derive(Clone, Copy)]
struct Run {
    /// How often it stands in the text.
    count: u32,
    /// The run that begins a word after it where one did first, and the number of the longer run that the two are.
    next: u32,
    longer: u32,
    /// Whether it was met by who reads the text from left to right.
    is_read: bool,
}

/// The repeated runs of `words`.
///
/// A run of n words is repeated only where the two runs of n - 1 words in it are, so each length looks at few places
/// beside those that the length before it found: the work is that of the shortest runs.
pub(crate) fn repeated(words: &Words) -> Repeated {
    let mut found = Repeated::default();
    let characters =
        |at: usize, len: usize| words.characters[at..at + len].iter().map(|&n| u64::from(n)).sum::<u64>();
    let mut places = pairs_that_may_repeat(&words.hashes);
    let mut runs = Runs::of_pairs(&words.hashes, &mut places);
    for len in *TOP.start()..=LONGEST.min(words.hashes.len()) {
        if len > *TOP.start() {
            runs.lengthen(&mut places);
        }
        if TOP.contains(&len) {
            let (number, first) = runs.commonest(&places);
            found.top[len - 2] = u64::from(number) * (characters(first, len) + len as u64 - 1);
        } else {
            found.duplicate[len - 5] = runs.duplicates(&places, len, characters);
        }
    }
    found
}

/// The places of the pairs of words that a text may have more than once: of all that it has, and of a few others.
///
/// Most pairs stand once, and a table of a few bytes a word, which says how often a pair or one like it was met, is
/// enough to tell most of those.
fn pairs_that_may_repeat(hashes: &[u64]) -> Vec<Place> {
    let mut met = vec![0_u8; (hashes.len() * 4).next_power_of_two()];
    let last = met.len() - 1;
    let slot = |pair: &[u64]| (pair[0].rotate_left(32) ^ pair[1]) as usize & last;
    for pair in hashes.windows(2) {
        let met = &mut met[slot(pair)];
        *met = *met << 1 | 1;
    }
    let mut places = vec![Place::default(); hashes.len()];
    let mut n_places = 0;
    for (pair, at) in hashes.windows(2).zip(0..) {
        // Written over by the next one where it stands once: cheaper than a branch that nobody can foresee.
        places[n_places].at = at;
        n_places += usize::from(met[slot(pair)] > 1);
    }
    places.truncate(n_places);
    places
}

/// The different runs of one length.
struct Runs {
    runs: Vec<Run>,
    /// Those of the length before.
    shorter: Vec<Run>,
    seen: Seen,
}

/// Instead of the number of a run.
const NONE: u32 = u32::MAX;

impl Runs {
    /// Numbers the pairs of words at `places`.
    fn of_pairs(hashes: &[u64], places: &mut [Place]) -> Self {
        // A run that is repeated stands at two places at least.
        let room = || Vec::with_capacity(places.len() / 2);
        let mut runs = Runs { runs: room(), shorter: room(), seen: Seen::new(places.len()) };
        for place in places {
            let at = place.at as usize;
            place.run = runs.seen.number(hash::both(hashes[at], hashes[at + 1]), runs.runs.len() as u32);
            runs.count(place.run);
        }
        runs
    }

    /// Numbers the runs that are a word longer, and leaves the places where one begins: where two begin that the text
    /// has more than once, the one a word after the other.
    fn lengthen(&mut self, places: &mut Vec<Place>) {
        std::mem::swap(&mut self.runs, &mut self.shorter);
        self.runs.clear();
        self.seen.clear(places.len());
        let (mut n_places, mut before, mut was_repeated) = (0, Place::default(), false);
        for nth in 0..places.len() {
            let place = places[nth];
            let is_repeated = self.shorter[place.run as usize].count > 1;
            if was_repeated & is_repeated & (before.at + 1 == place.at) {
                places[n_places] = Place { at: before.at, run: self.longer(before.run, place.run) };
                n_places += 1;
            }
            (before, was_repeated) = (place, is_repeated);
        }
        places.truncate(n_places);
    }

    /// The number of the run that two shorter ones are, of which one begins a word after the other.
    #[inline]
    fn longer(&mut self, one: u32, next: u32) -> u32 {
        let new = self.runs.len() as u32;
        let shorter = &mut self.shorter[one as usize];
        if shorter.next == NONE {
            (shorter.next, shorter.longer) = (next, new);
        }
        // Most runs that are repeated go on with one and the same word.
        let run = match shorter.next == next {
            true => shorter.longer,
            false => self.seen.number(u64::from(one) << 32 | u64::from(next), new),
        };
        self.count(run);
        run
    }

    /// Counts a run, which is new where its number is that of none so far.
    #[inline]
    fn count(&mut self, run: u32) {
        match self.runs.get_mut(run as usize) {
            Some(run) => run.count += 1,
            None => self.runs.push(Run { count: 1, next: NONE, longer: NONE, is_read: false }),
        }
    }

    /// How often the commonest run stands in the text, and where first; of several, that which was met first.
    fn commonest(&self, places: &[Place]) -> (u32, usize) {
        let most = self.runs.iter().map(|run| run.count).max().unwrap_or_default();
        if most <= 1 {
            // Where none is repeated the first is as common as any.
            return (1, 0);
        }
        let first = places.iter().find(|place| self.runs[place.run as usize].count == most);
        (most, first.map_or(0, |place| place.at as usize))
    }

    /// Characters of the runs of `len` words that stood there before, read from left to right without overlap.
    fn duplicates(&mut self, places: &[Place], len: usize, characters: impl Fn(usize, usize) -> u64) -> u64 {
        let (mut sum, mut next) = (0, 0);
        for place in places {
            let at = place.at as usize;
            if at >= next && std::mem::replace(&mut self.runs[place.run as usize].is_read, true) {
                sum += characters(at, len);
                next = at + len;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Measured;
    use proptest::prelude::*;
    use std::collections::{HashMap, HashSet};

    /// The same, as the definition has it.
    fn by_definition(words: &[&str]) -> Repeated {
        let mut found = Repeated::default();
        for len in TOP.filter(|len| words.len() >= *len) {
            let mut counts: HashMap<String, usize> = HashMap::new();
            let runs: Vec<String> = words.windows(len).map(|run| run.join(" ")).collect();
            for run in &runs {
                *counts.entry(run.clone()).or_default() += 1;
            }
            let most = counts.values().max().copied().unwrap_or_default();
            let top = runs.iter().find(|run| counts[*run] == most).map_or(0, |run| run.len() * most);
            found.top[len - 2] = top as u64;
        }
        for len in 5..=LONGEST {
            let (mut seen, mut at) = (HashSet::new(), 0);
            while at + len <= words.len() {
                let run = &words[at..at + len];
                if seen.insert(run) {
                    at += 1;
                } else {
                    found.duplicate[len - 5] += run.concat().len() as u64;
                    at += len;
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_short_way_finds_what_the_definition_says(words in prop::collection::vec("[ab]|ice|harbour", 0..120)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let text = words.join(" ");
            let measured = Measured::new(&text);
            prop_assert_eq!(repeated(&measured.words), by_definition(&words));
        }

        #[test]
        fn and_where_passages_are_repeated(words in prop::collection::vec("[a-z]{1,9}", 1..40), times in 1..4_usize) {
            let words: Vec<&str> = words.iter().map(String::as_str).cycle().take(words.len() * times).collect();
            let text = words.join(" ");
            let measured = Measured::new(&text);
            prop_assume!(measured.n_words() == words.len());
            prop_assert_eq!(repeated(&measured.words), by_definition(&words));
        }
    }
}
