//! Topics: words, and pairs of words, that several statements have in common.

use super::Grouped;
use corpus_query::Statement;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// Topics at most.
const TOPICS: usize = 400;
/// Letters of the shortest word that can be a topic.
const LETTERS: usize = 4;

/// Words that tell nothing of what a text is about.
const EMPTY: &[&str] = &[
    "about",
    "above",
    "according",
    "added",
    "after",
    "again",
    "against",
    "ago",
    "all",
    "almost",
    "along",
    "already",
    "also",
    "although",
    "always",
    "among",
    "and",
    "another",
    "any",
    "are",
    "around",
    "asked",
    "away",
    "back",
    "became",
    "because",
    "been",
    "before",
    "began",
    "being",
    "below",
    "between",
    "both",
    "but",
    "called",
    "came",
    "can",
    "come",
    "could",
    "did",
    "does",
    "doing",
    "done",
    "down",
    "due",
    "during",
    "each",
    "either",
    "else",
    "end",
    "even",
    "ever",
    "every",
    "expected",
    "far",
    "few",
    "first",
    "for",
    "found",
    "from",
    "further",
    "gave",
    "get",
    "give",
    "given",
    "goes",
    "going",
    "had",
    "has",
    "have",
    "having",
    "her",
    "here",
    "him",
    "his",
    "how",
    "however",
    "including",
    "into",
    "its",
    "itself",
    "just",
    "know",
    "last",
    "later",
    "least",
    "less",
    "like",
    "little",
    "long",
    "made",
    "make",
    "many",
    "may",
    "might",
    "more",
    "most",
    "much",
    "must",
    "need",
    "never",
    "new",
    "next",
    "not",
    "nothing",
    "now",
    "off",
    "often",
    "once",
    "one",
    "only",
    "other",
    "others",
    "our",
    "out",
    "over",
    "own",
    "part",
    "per",
    "possible",
    "rather",
    "said",
    "same",
    "say",
    "says",
    "second",
    "see",
    "seen",
    "several",
    "shall",
    "she",
    "should",
    "since",
    "some",
    "something",
    "soon",
    "still",
    "such",
    "take",
    "taken",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "think",
    "this",
    "those",
    "three",
    "through",
    "time",
    "told",
    "too",
    "took",
    "two",
    "under",
    "until",
    "upon",
    "used",
    "very",
    "want",
    "was",
    "way",
    "week",
    "well",
    "went",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whole",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "year",
    "years",
    "yet",
    "you",
    "your",
];

/// The statements that have a word or a pair of words in common, the topic of most speakers first. A statement may
/// stand under several topics. A word that only ever stands in a pair is no topic beside the pair.
pub(super) fn by_topic<'a>(all: &[&'a Statement]) -> Vec<Grouped<'a>> {
    let mut found: HashMap<String, BTreeSet<usize>> = HashMap::new();
    // How each topic is written, and how often so.
    let mut written: HashMap<String, BTreeMap<String, usize>> = HashMap::new();
    for (number, statement) in all.iter().enumerate() {
        for piece in statement.words() {
            topics_of(&piece, |topic, words| {
                *written.entry(topic.clone()).or_default().entry(words).or_default() += 1;
                found.entry(topic).or_default().insert(number);
            });
        }
    }
    // What a fifth of many statements have is no topic of its own.
    let most = (all.len() / 5).max(10);
    found.retain(|_, statements| (2..=most).contains(&statements.len()));
    let mut covered: BTreeMap<&str, Vec<&BTreeSet<usize>>> = BTreeMap::new();
    for (topic, statements) in &found {
        if let Some((first, second)) = topic.split_once(' ') {
            covered.entry(first).or_default().push(statements);
            covered.entry(second).or_default().push(statements);
        }
    }
    let is_covered = |topic: &str, statements: &BTreeSet<usize>| {
        covered.get(topic).is_some_and(|pairs| pairs.contains(&statements))
    };
    let speakers = |statements: &BTreeSet<usize>| {
        let of = |number: &usize| all[*number].speaker_id.as_deref();
        statements.iter().filter_map(of).collect::<BTreeSet<_>>().len()
    };
    let mut topics: Vec<(usize, &String, &BTreeSet<usize>)> = found
        .iter()
        .filter(|(topic, statements)| !is_covered(topic, statements))
        .map(|(topic, statements)| (speakers(statements), topic, statements))
        .collect();
    topics
        .sort_by_key(|(speakers, topic, statements)| (Reverse(*speakers), Reverse(statements.len()), *topic));
    topics.truncate(TOPICS);
    let listed = |statements: &BTreeSet<usize>| statements.iter().map(|number| all[*number]).collect();
    let name = |topic: &str| {
        let ways = written.get(topic).into_iter().flatten();
        ways.max_by_key(|(_, number)| **number).map_or(topic, |(words, _)| words).to_owned()
    };
    topics
        .into_iter()
        .map(|(_, topic, statements)| (name(topic), topic.clone(), listed(statements)))
        .collect()
}

/// The words of a text, as written and as compared, that can be topics, and its pairs of such words: each as compared
/// and as written.
fn topics_of(words: &[(&str, String)], mut take: impl FnMut(String, String)) {
    let mut last: Option<(&str, &str)> = None;
    for (written, word) in words {
        let is_topic = word.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS
            && EMPTY.binary_search(&&**word).is_err();
        if !is_topic {
            last = None;
            continue;
        }
        let written = written.trim_matches(['\'', '’']);
        if let Some((last_written, last)) = last {
            take(format!("{last} {word}"), format!("{last_written} {written}"));
        }
        take(word.clone(), written.to_owned());
        last = Some((written, word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_tell_nothing_are_in_order_and_part_what_they_stand_between() {
        assert!(EMPTY.is_sorted());
        let mut found = Vec::new();
        let text = "A Military base would be set up for 308 dlrs in the Harbour town";
        let words: Vec<(&str, String)> = text.split(' ').map(|word| (word, word.to_lowercase())).collect();
        topics_of(&words, |topic, written| found.push((topic, written)));
        let topics: Vec<&str> = found.iter().map(|(topic, _)| &**topic).collect();
        assert_eq!(topics, ["military", "military base", "base", "dlrs", "harbour", "harbour town", "town"]);
        assert_eq!(found[4].1, "Harbour");
    }
}
