//! The words of a plain query, found among those of a passage.

use crate::{query::Word, token::Tokens};
use memchr::memmem::Finder;
use regex::Regex;

/// Where a word of the query stands: passage, number of the word there, bytes in the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) passage: usize,
    pub(super) token: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The different words of a query.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    globs: Vec<Option<Regex>>,
    /// What a passage holds, in lower case, that has each of the words; `None` where that cannot be said.
    needles: Vec<Option<Finder<'static>>>,
    /// Words, by their numbers, that must stand in one passage to be found at all.
    together: Vec<Vec<usize>>,
}

impl Words {
    /// The number of this word, the same for the same word.
    pub(super) fn number(&mut self, word: &Word) -> usize {
        if let Some(number) = self.words.iter().position(|known| known == word) {
            return number;
        }
        self.globs.push(match word {
            Word::Glob(glob) => {
                let pattern: Vec<String> = glob.split('*').map(regex::escape).collect();
                Regex::new(&format!("^(?:{})$", pattern.join(".*"))).ok()
            }
            _ => None,
        });
        self.words.push(word.clone());
        self.words.len() - 1
    }

    /// The numbers of words that are found only where all of them stand in one passage.
    pub(super) fn together(&mut self, words: &[Word]) -> Vec<usize> {
        let numbers: Vec<usize> = words.iter().map(|word| self.number(word)).collect();
        self.together.push(numbers.clone());
        numbers
    }

    /// To be called when all words are numbered.
    pub(super) fn finish(&mut self) {
        let needle = |word: &Word| match word {
            Word::Is(word) | Word::Begins(word) if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Some(Finder::new(word.as_bytes()).into_owned())
            }
            _ => None,
        };
        self.needles = self.words.iter().map(needle).collect();
    }

    /// Number of different words.
    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether a passage may have all words of some that must stand together. What it says no to is of no use.
    pub(super) fn may_be_in(&self, text: &str, lower: &mut Vec<u8>) -> bool {
        let is_open = |words: &Vec<usize>| words.iter().all(|word| self.needles[*word].is_none());
        if self.together.iter().any(is_open) || !folds_plainly(text.as_bytes()) {
            return !self.together.is_empty();
        }
        lower.clear();
        lower.extend_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        let is_there = |word: &usize| {
            self.needles[*word].as_ref().is_none_or(|needle| needle.find(lower.as_slice()).is_some())
        };
        self.together.iter().any(|words| words.iter().all(is_there))
    }

    /// Adds to `found`, for each word of the query, where it stands in the passage.
    pub(super) fn find(&self, passage: usize, tokens: &Tokens, found: &mut [Vec<At>]) {
        let letters: Vec<Letters> = self.words.iter().map(Letters::of_word).collect();
        for token in 0..tokens.len() {
            let folded = tokens.folded(token);
            for (number, word) in self.words.iter().enumerate() {
                let is_it = match word {
                    Word::Is(word) => word == folded,
                    Word::Begins(word) => folded.starts_with(&**word),
                    Word::Like(word, distance) => {
                        let most = usize::from(*distance);
                        letters[number].may_be_like(folded, most) && is_like(word, folded, most)
                    }
                    Word::Glob(_) => self.globs[number].as_ref().is_some_and(|glob| glob.is_match(folded)),
                };
                if is_it {
                    let (start, end) = tokens.span(token);
                    found[number].push(At { passage, token, start, end });
                }
            }
        }
    }
}

/// Which bytes a word has, 64 kinds of them: what tells most words apart without a look at their order.
#[derive(Clone, Copy, Debug, Default)]
struct Letters {
    kinds: u64,
    is_ascii: bool,
}

impl Letters {
    fn of(word: &str) -> Letters {
        let kinds = word.bytes().fold(0, |kinds, byte| kinds | 1 << (byte & 63));
        Letters { kinds, is_ascii: word.is_ascii() }
    }

    /// Those of a word that others may be like.
    fn of_word(word: &Word) -> Letters {
        if let Word::Like(word, _) = word { Letters::of(word) } else { Letters::default() }
    }

    /// Whether another word may differ in so many letters only: one that is exchanged for another takes at most four
    /// kinds of bytes away and brings as many.
    fn may_be_like(self, other: &str, most: usize) -> bool {
        let other = Letters::of(other);
        let longest = if self.is_ascii && other.is_ascii { 1 } else { 4 };
        (self.kinds ^ other.kinds).count_ones() as usize <= 2 * longest * most
    }
}

/// Whether the text has no characters that fold to ASCII letters but those: typographic signs and no-break spaces only.
fn folds_plainly(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(offset) = text[at..].iter().position(|byte| !byte.is_ascii()) {
        at += offset;
        match text[at..] {
            [0xe2, 0x80, 0x90..=0xbf, ..] => at += 3,
            [0xc2, 0xa0, ..] => at += 2,
            _ => return false,
        }
    }
    true
}

/// Whether two words differ in `most` letters at most: one more, one less, another one, or two neighbours exchanged
/// (optimal string alignment).
pub(crate) fn is_like(one: &str, other: &str, most: usize) -> bool {
    if one.len().abs_diff(other.len()) > 4 * most {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut before: Vec<usize> = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, left) in one.iter().enumerate() {
        let mut current = vec![row + 1; other.len() + 1];
        for (column, right) in other.iter().enumerate() {
            let exchanged = row > 0 && column > 0 && *left == other[column - 1] && one[row - 1] == *right;
            let mut cost = (last[column] + usize::from(left != right))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            if exchanged {
                cost = cost.min(before[column - 1] + 1);
            }
            current[column + 1] = cost;
        }
        if current.iter().all(|cost| *cost > most) {
            return false;
        }
        before = std::mem::replace(&mut last, current);
    }
    last[other.len()] <= most
}

/// Where `words`, by their numbers, follow one another.
pub(super) fn phrase(words: &[usize], found: &[Vec<At>]) -> Vec<(At, At)> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let follows = |at: &At, number: usize, distance: usize| {
        let wanted = (at.passage, at.token + distance);
        let index = found[number].binary_search_by_key(&wanted, |at| (at.passage, at.token)).ok()?;
        Some(found[number][index])
    };
    let ends = |at: &At| {
        let mut end = *at;
        for (index, number) in rest.iter().enumerate() {
            end = follows(at, *number, index + 1)?;
        }
        Some((*at, end))
    };
    found[*first].iter().filter_map(ends).collect()
}

/// Where `words`, by their numbers, stand with at most `distance` other words among them, in any order: the shortest
/// such stretches.
pub(super) fn near(words: &[usize], distance: usize, found: &[Vec<At>]) -> Vec<(At, At)> {
    let mut wanted = vec![0_usize; found.len()];
    words.iter().for_each(|number| wanted[*number] += 1);
    let mut events: Vec<(At, usize)> = Vec::new();
    for (number, ats) in found.iter().enumerate().filter(|(number, _)| wanted[*number] > 0) {
        events.extend(ats.iter().map(|at| (*at, number)));
    }
    events.sort_unstable();
    let longest = words.len() + distance;
    let mut have = vec![0_usize; found.len()];
    let mut stretches = Vec::new();
    let mut first = 0;
    for last in 0..events.len() {
        let (end, number) = events[last];
        have[number] += 1;
        while events[first].0.passage != end.passage || end.token - events[first].0.token >= longest {
            have[events[first].1] -= 1;
            first += 1;
        }
        // What is there twice is not needed at the beginning.
        while have[events[first].1] > wanted[events[first].1] {
            have[events[first].1] -= 1;
            first += 1;
        }
        if words.iter().all(|number| have[*number] >= wanted[*number]) {
            stretches.push((events[first].0, end));
            have[events[first].1] -= 1;
            first += 1;
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_within_so_many_letters() {
        for (one, other, most, alike) in [
            ("harbour", "harbor", 1, true),
            ("harbour", "habrour", 1, true),
            ("harbour", "harbours", 1, true),
            ("harbour", "arbor", 2, true),
            ("harbour", "arbor", 1, false),
            ("", "a", 1, true),
            ("лёд", "лед", 1, true),
            ("лед", "lед", 1, true),
            ("港", "a", 1, true),
        ] {
            assert_eq!(is_like(one, other, most), alike, "{one} {other}");
            assert!(!alike || Letters::of(one).may_be_like(other, most), "{one} {other}");
        }
    }
}
