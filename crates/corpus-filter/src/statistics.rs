//! What documents are like as a whole: lengths, languages, domains, years, roles.

use corpus_core::{Document, host};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one document adds to the statistics. It is made on any thread and holds no text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Words, as white space parts them.
    pub words: u64,
    /// Characters.
    pub characters: u64,
    /// Tokens, as a tokenizer parts them; 0 without one.
    pub tokens: u64,
    /// Its language.
    pub language: Option<String>,
    /// The host of its address.
    pub domain: Option<String>,
    /// The year of its date.
    pub year: Option<u16>,
    /// Characters by role, where its page was parsed.
    pub roles: Vec<(&'static str, u64)>,
}

impl Features {
    /// Counts `text`.
    pub fn of(text: &str) -> Self {
        let words = text.split_whitespace().count() as u64;
        Features { words, characters: text.chars().count() as u64, ..Features::default() }
    }

    /// Adds what the record says of itself: its address and its date.
    pub fn metadata(mut self, address: Option<&str>, date: Option<&str>) -> Self {
        self.domain = address
            .map(|address| host::host(&address.to_lowercase()).to_owned())
            .filter(|host| !host.is_empty());
        self.year = date.and_then(year);
        self
    }

    /// Adds the characters of each role of a parsed page.
    pub fn roles(mut self, document: &Document) -> Self {
        let mut roles = BTreeMap::new();
        for block in &document.blocks {
            *roles.entry(block.role).or_default() += document.slice(block).chars().count() as u64;
        }
        self.roles = roles.into_iter().map(|(role, characters)| (role.as_str(), characters)).collect();
        self
    }
}

/// The first four digits in a row that are a year from 1000 to 2999.
fn year(date: &str) -> Option<u16> {
    let mut runs = date.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.get(..4));
    runs.find_map(|run| run.parse().ok().filter(|year| (1000..3000).contains(year)))
}

/// What documents are like as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Number of documents.
    pub documents: u64,
    /// Words, as white space parts them.
    pub words: u64,
    /// Characters.
    pub characters: u64,
    /// Tokens, as a tokenizer parts them; 0 without one.
    pub tokens: u64,
    /// Documents by the number of their words: `n` counts those with 2ⁿ words or more, but less than twice as many; the
    /// first counts those without a word too.
    pub lengths: [u64; 24],
    /// Documents by language; those without one are under "".
    pub languages: Names,
    /// Documents by domain; those without one are under "".
    pub domains: Names,
    /// Documents by year.
    pub years: BTreeMap<u16, u64>,
    /// Characters by role.
    pub roles: Names,
}

impl Statistics {
    /// Counts one more document.
    pub fn add(&mut self, features: &Features) {
        self.documents += 1;
        self.words += features.words;
        self.characters += features.characters;
        self.tokens += features.tokens;
        let bin = features.words.max(1).ilog2() as usize;
        self.lengths[bin.min(self.lengths.len() - 1)] += 1;
        self.languages.add(features.language.as_deref().unwrap_or_default(), 1);
        self.domains.add(features.domain.as_deref().unwrap_or_default(), 1);
        if let Some(year) = features.year {
            *self.years.entry(year).or_default() += 1;
        }
        for &(role, characters) in &features.roles {
            self.roles.add(role, characters);
        }
    }

    /// Adds what another has counted.
    pub fn add_all(&mut self, other: &Statistics) {
        let Statistics { documents, words, characters, tokens, lengths, languages, domains, years, roles } =
            other;
        self.documents += documents;
        self.words += words;
        self.characters += characters;
        self.tokens += tokens;
        self.lengths.iter_mut().zip(lengths).for_each(|(sum, count)| *sum += count);
        self.languages.add_all(languages);
        self.domains.add_all(domains);
        self.roles.add_all(roles);
        years.iter().for_each(|(&year, count)| *self.years.entry(year).or_default() += count);
    }
}

/// Counts by name. Of the names that come after the first 65,536 only the sum is kept, so that memory is bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    counts: BTreeMap<Box<str>, u64>,
    others: u64,
}

impl Names {
    const MOST: usize = 1 << 16;

    fn add(&mut self, name: &str, count: u64) {
        if let Some(known) = self.counts.get_mut(name) {
            *known += count;
        } else if self.counts.len() < Self::MOST {
            self.counts.insert(name.into(), count);
        } else {
            self.others += count;
        }
    }

    fn add_all(&mut self, other: &Names) {
        other.counts.iter().for_each(|(name, &count)| self.add(name, count));
        self.others += other.others;
    }

    /// Number of names that are counted one by one.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The `most` commonest names with their counts, equal ones in the order of their letters, and the sum of all others.
    pub fn top(&self, most: usize) -> (Vec<(&str, u64)>, u64) {
        let mut names: Vec<(&str, u64)> = self.counts.iter().map(|(name, &count)| (&**name, count)).collect();
        names.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let rest = names.iter().skip(most).map(|(_, count)| count).sum::<u64>() + self.others;
        names.truncate(most);
        (names, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted_by_what_they_are() {
        let mut statistics = Statistics::default();
        let features = Features::of("five words are standing here");
        let features = features.metadata(Some("https://www.Harbour.example/ice"), Some("3 May 2021, 10:00"));
        statistics.add(&Features { language: Some("en".to_owned()), ..features });
        statistics.add(&Features::of("").metadata(None, Some("undated")));
        assert_eq!((statistics.documents, statistics.words, statistics.characters), (2, 5, 28));
        assert_eq!((statistics.lengths[0], statistics.lengths[2]), (1, 1));
        assert_eq!(statistics.domains.top(5).0, [("", 1), ("harbour.example", 1)]);
        let mut twice = statistics.clone();
        twice.add_all(&statistics);
        assert_eq!((twice.words, twice.lengths[2], twice.years[&2021]), (10, 2, 2));
        assert_eq!(twice.domains.top(5).0, [("", 2), ("harbour.example", 2)]);
        assert_eq!(statistics.years.into_iter().collect::<Vec<_>>(), [(2021, 1)]);
    }

    #[test]
    fn names_are_bounded() {
        let mut names = Names::default();
        (0..Names::MOST + 10).for_each(|nth| names.add(&nth.to_string(), 1));
        names.add("7", 4);
        assert_eq!(names.len(), Names::MOST);
        assert_eq!(names.top(1), (vec![("7", 5)], Names::MOST as u64 - 1 + 10));
    }
}
