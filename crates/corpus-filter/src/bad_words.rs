//! Words that are not wanted.

use crate::{
    config,
    error::Error,
    list::List,
    notes::{Found, Notes},
    sample,
    world::World,
};
use aho_corasick::{AhoCorasick, MatchKind};
use std::borrow::Cow;

pub(crate) const NAME: &str = "bad_words";

/// The words that are not wanted, in lower case.
#[derive(Debug)]
pub(crate) struct BadWords {
    entries: Vec<String>,
    automaton: AhoCorasick,
    inside_words: bool,
    max: u64,
    keep_share: f64,
}

impl BadWords {
    pub(crate) fn read(config: &config::BadWords, world: &dyn World) -> Result<Self, Error> {
        let mut entries: Vec<String> =
            List::read(&config.lists, world)?.entries().map(str::to_lowercase).collect();
        entries.sort_unstable();
        entries.dedup();
        let mut builder = AhoCorasick::builder();
        let automaton = (builder.match_kind(MatchKind::Standard).build(&entries))
            .map_err(|error| Error::Config(format!("the lists of bad words are too long: {error}")))?;
        let &config::BadWords { inside_words, max, keep_share, .. } = config;
        Ok(BadWords { entries, automaton, inside_words, max, keep_share })
    }

    /// Counts the places of `text` that have one; a share of those with too many is kept, by the hash of `id`.
    pub(crate) fn judge(&self, text: &str, id: &str, notes: &mut Notes) {
        let lower = match text.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
            true => Cow::Owned(text.to_lowercase()),
            false => Cow::Borrowed(text),
        };
        let (mut count, mut first, mut end) = (0_u64, None, 0);
        for found in self.automaton.find_overlapping_iter(&*lower) {
            if found.start() >= end && (self.inside_words || is_word(&lower, found.start(), found.end())) {
                count += 1;
                end = found.end();
                first.get_or_insert(found.pattern());
            }
        }
        let mut notes = notes.stage(NAME);
        notes.number("places", count as f64);
        if let Some(first) =
            first.filter(|_| count > self.max && !sample::is_taken(id, NAME, self.keep_share))
        {
            notes.drop("lists", Found::Name(self.entries[first.as_usize()].clone()), None);
        }
    }
}

/// Whether neither a letter nor a digit stands on either side.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    !text[..start].chars().next_back().is_some_and(is_part)
        && !text[end..].chars().next().is_some_and(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::tests::Files;

    fn notes(text: &str, config: config::BadWords) -> Notes {
        let files = Files::from([("list", "# a list of our own\nbilge\nbilge water\nÖlschlamm\n")]);
        let mut notes = Notes::default();
        let config = config::BadWords { lists: vec!["list".into()], ..config };
        BadWords::read(&config, &files).unwrap().judge(text, "id", &mut notes);
        notes
    }

    #[test]
    fn whole_words_are_found_in_any_case() {
        let found = |text| notes(text, config::BadWords::default()).reason.map(|reason| reason.to_string());
        assert_eq!(found("Such BILGE."), Some("bad_words.lists: bilge".to_owned()));
        assert_eq!(found("viel ölschlamm"), Some("bad_words.lists: ölschlamm".to_owned()));
        assert_eq!(found("bilges and subbilge"), None);
        assert_eq!(
            notes("bilge water, bilge", config::BadWords::default()).number(NAME, "places"),
            Some(2.0)
        );
    }

    #[test]
    fn some_may_be_allowed() {
        let dropped = |config| notes("bilge and subbilge", config).is_dropped();
        assert!(!dropped(config::BadWords { max: 1, ..Default::default() }));
        assert!(dropped(config::BadWords { max: 1, inside_words: true, ..Default::default() }));
        assert!(!dropped(config::BadWords { keep_share: 1.0, ..Default::default() }));
    }
}
