//! The words of a mention: where a noun or a verb names an event.

use super::{kind::EventKind, truth::Reading};
use crate::{
    lexicon::Lexicon, name::NameKind, page::Page, sentence::Sentence, statement::word::Tags, stretch::InOrder,
};
use corpus_core::Span;
use std::{ops::Range, sync::LazyLock};

/// Verbs of who has somebody come to a meeting.
const HOSTS: [&str; 5] = ["received", "hosted", "welcomed", "meet", "meets"];
/// Tokens between such a verb and who comes.
const HOST_REACH: usize = 7;

/// Words of events: the kind, and whether it is a noun. What may be both is a noun.
static WORD: LazyLock<Lexicon<(EventKind, bool)>> = LazyLock::new(|| {
    let nouns = EventKind::nouns().map(|(word, kind)| (word, (kind, true)));
    Lexicon::new(nouns.chain(EventKind::verbs().map(|(word, kind)| (word, (kind, false)))))
});

/// The tokens of a mention at `at`, its kind and the rule that finds it.
pub(super) fn mention(
    page: &Page<'_>,
    sentence: &Sentence,
    at: usize,
) -> Option<(Range<usize>, EventKind, &'static str)> {
    let rest = &page.tokens[at..sentence.tokens.end];
    let (n, (kind, is_noun)) = WORD.longest(rest)?;
    // "is to visit", "will visit"
    let verb = |word: &str| before_is(page, sentence, at, word);
    let is_noun = is_noun
        && !(page.word(page.tokens[at]) == "visit" && ["to", "will", "would", "may"].into_iter().any(verb));
    // "are today meeting the minister"
    let is_noun = is_noun && !(page.word(page.tokens[at]) == "meeting" && is_going_on(page, sentence, at));
    if is_noun {
        let mut start = at;
        // "the presidential election", "a regular meeting": the words that describe it.
        while start > sentence.tokens.start && at - start < 4 && describes(page, sentence, start - 1) {
            start -= 1;
        }
        let is_denied = Reading::new(page, sentence).is_none(&(start..at + n));
        return (!is_denied).then_some((start..at + n, kind, "noun"));
    }
    // "visiting Secretary Moreno told": whoever visits, nobody says whom.
    if page.word(page.tokens[at]) == "visiting" && is_of_visitor(page, at + n) {
        return None;
    }
    if !Reading::new(page, sentence).is_told(at) {
        return None;
    }
    // "received her counterpart Ana Moreno": somebody, and no letter.
    if n == 1 && HOSTS.contains(&page.word(page.tokens[at])) && !meets_somebody(page, sentence, at + n) {
        return None;
    }
    (!page.tokens[at].is_capitalised()).then_some((at..at + n, kind, "verb"))
}

/// Whether "is" or "are" stands before a word in "-ing", with a word of time between or none.
fn is_going_on(page: &Page<'_>, sentence: &Sentence, at: usize) -> bool {
    let mut before = (sentence.tokens.start..at).rev().map(|at| page.tokens[at].tags);
    let next = before.find(|tags| !tags.has(Tags::TIME | Tags::ADVERB));
    next.is_some_and(|tags| tags.has(Tags::BE))
        && page.tokens.get(at + 1).is_some_and(|next| next.is_capitalised())
}

/// Whether a post that somebody holds begins at a token: "visiting Secretary Moreno", but "visiting Peru".
fn is_of_visitor(page: &Page<'_>, at: usize) -> bool {
    page.tokens.get(at).is_some_and(|token| page.facts.posts.beginning_at(token.start as usize).is_some())
}

/// Whether a person is named soon behind a verb, before anything but what describes somebody.
fn meets_somebody(page: &Page<'_>, sentence: &Sentence, from: usize) -> bool {
    let to = (from + HOST_REACH).min(sentence.tokens.end);
    let Some(first) = page.tokens.get(from).filter(|_| from < to) else { return false };
    let (start, end) = (first.start as usize, page.tokens[to - 1].end as usize);
    page.facts.names.beginning_in(start..end).iter().any(|name| {
        let between = page.tokens_in(Span::new(start, name.span.start));
        // "received Moreno’s letter"
        let owns = page.tokens.get(page.token_at(name.span.end)).is_some_and(|token| {
            token.start as usize == name.span.end && matches!(page.word(*token), "'s" | "’s" | "'" | "’")
        });
        name.value.kind == NameKind::Per
            && !owns
            && page.tokens[between]
                .iter()
                .all(|token| token.is_word() && !matches!(page.word(*token), "from" | "of" | "by" | "for"))
    })
}

/// Whether the word at `at` describes the noun behind it: "planned" of "the planned visit", but not of "Peru planned talks".
fn describes(page: &Page<'_>, sentence: &Sentence, at: usize) -> bool {
    let (token, tags) = (page.tokens[at], page.tokens[at].tags);
    let small = Tags::PREP
        | Tags::DET
        | Tags::AND
        | Tags::ANY_AUX
        | Tags::TO
        | Tags::SUBORDINATE
        | Tags::SUBJECT
        | Tags::POSSESSIVE
        | Tags::VERB;
    token.is_word() && !tags.has(small) && !Reading::new(page, sentence).is_predicate(at)
}
/// Whether a word stands right before a token of a sentence.
pub(super) fn before_is(page: &Page<'_>, sentence: &Sentence, at: usize, word: &str) -> bool {
    at > sentence.tokens.start && page.word(page.tokens[at - 1]) == word
}
