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

/// A place where a run of words begins that the text has more than once.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    slot: u32,
}

/// The repeated runs of `words`.
///
/// A run of n words is repeated only where the two runs of n - 1 words in it are, so each length looks at few places
/// beside those that the length before it found: the work is that of the shortest runs.
pub(crate) fn repeated(words: &Words) -> Repeated {
    let mut found = Repeated::default();
    let n_words = words.hashes.len();
    let characters = |at: usize, len: usize| u64::from(words.offsets[at + len] - words.offsets[at]);
    let mut seen = Seen::new(n_words);
    let pairs = words.hashes.windows(2).zip(0..);
    let all: Vec<Place> = pairs.map(|(pair, at)| seen.place(hash::both(pair[0], pair[1]), at)).collect();
    let mut places: Vec<Place> = all.into_iter().filter(|place| seen.is_repeated(place)).collect();
    for len in *TOP.start()..=LONGEST {
        if n_words < len {
            break;
        }
        if TOP.contains(&len) {
            // Where none is repeated the first is as common as any.
            let (mut most, mut first) = (1, 0);
            for place in &places {
                let count = seen.count(place.slot);
                if count > most && seen.first(place.slot) == place.at {
                    (most, first) = (count, place.at as usize);
                }
            }
            found.top[len - 2] = u64::from(most) * (characters(first, len) + len as u64 - 1);
        } else {
            found.duplicate[len - 5] = duplicates(&places, seen.len(), len, characters);
        }
        let mut longer = Seen::new(places.len());
        let is_followed =
            |pair: &&[Place]| pair[0].at + 1 == pair[1].at && pair[0].at as usize + len < n_words;
        let all: Vec<Place> = (places.windows(2).filter(is_followed))
            .map(|pair| {
                let next = words.hashes[pair[0].at as usize + len];
                longer.place(hash::both(seen.hash(pair[0].slot), next), pair[0].at)
            })
            .collect();
        seen = longer;
        places.clear();
        places.extend(all.into_iter().filter(|place| seen.is_repeated(place)));
    }
    found
}

impl Seen {
    fn place(&mut self, hash: u64, at: u32) -> Place {
        Place { at, slot: self.add(hash, at) }
    }

    fn is_repeated(&self, place: &Place) -> bool {
        self.count(place.slot) > 1
    }
}

/// Characters of the runs of `len` words that stood there before, read from left to right without overlap.
fn duplicates(places: &[Place], n_slots: usize, len: usize, characters: impl Fn(usize, usize) -> u64) -> u64 {
    let (mut sum, mut next) = (0, 0);
    let mut read = vec![false; if places.is_empty() { 0 } else { n_slots }];
    for place in places {
        let at = place.at as usize;
        if at >= next && std::mem::replace(&mut read[place.slot as usize], true) {
            sum += characters(at, len);
            next = at + len;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Measured, StopWords};
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
            let measured = Measured::new(&text, &StopWords::default());
            prop_assert_eq!(repeated(&measured.words), by_definition(&words));
        }

        #[test]
        fn and_where_passages_are_repeated(words in prop::collection::vec("[a-z]{1,9}", 1..40), times in 1..4_usize) {
            let words: Vec<&str> = words.iter().map(String::as_str).cycle().take(words.len() * times).collect();
            let text = words.join(" ");
            let measured = Measured::new(&text, &StopWords::default());
            prop_assume!(measured.n_words() == words.len());
            prop_assert_eq!(repeated(&measured.words), by_definition(&words));
        }
    }
}
