//! A post: a title or office of a person.

mod office_table;

use crate::{
    annotator::Annotator,
    name::{Name, NameKind, gazetteer::Traits},
    page::{Found, Page},
    statement::word::Tags,
    stretch::InOrder,
    token::{Token, TokenKind},
};
use corpus_core::Span;
use office_table::OFFICES;
use serde::Serialize;
use std::ops::Range;

/// A title or office that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Post {
    /// Local id of the person, where the text says who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}

/// Finds the facts of layer `post`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Posts;

impl Annotator for Posts {
    fn layer(&self) -> &'static str {
        "post"
    }
    fn version(&self) -> u32 {
        4
    }
    fn description(&self) -> &'static str {
        "titles and posts of people"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let mut posts = Vec::new();
        for sentence in &page.sentences {
            let finder = Finder { page, sentence: sentence.tokens.clone() };
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                match finder.post_at(at) {
                    Some((tokens, found)) => {
                        at = tokens.end.max(at + 1);
                        posts.extend(found);
                    }
                    None => at += 1,
                }
            }
        }
        page.facts.posts = posts;
    }
}

/// Looks for posts in one sentence.
struct Finder<'p, 'd> {
    page: &'p Page<'d>,
    sentence: Range<usize>,
}

/// The most words before the head of a post that belong to it.
const MAX_BEFORE: usize = 8;

impl Finder<'_, '_> {
    /// The post whose head is the token at `at`: its tokens, and the fact, where it says whose or of what.
    fn post_at(&self, at: usize) -> Option<(Range<usize>, Option<Found<Post>>)> {
        if !self.is_head(at) || self.name_over(at).is_some() {
            return None;
        }
        let mut end = at + 1;
        while end < self.sentence.end && self.is_head(end) && self.name_over(end).is_none() {
            end += 1;
        }
        let start = self.start(at);
        let after = self.office(end);
        let tokens = start..after.unwrap_or(end);
        let entity = self.holder(&tokens);
        let told = entity.is_some() || after.is_some() || start < at;
        let span = Span::new(
            self.page.tokens[tokens.start].start as usize,
            self.page.tokens[tokens.end - 1].end as usize,
        );
        let (rule, confidence) =
            if entity.is_some() { ("beside-name", 0.9) } else { ("standing-alone", 0.6) };
        let found = told.then_some(Found { span, value: Post { entity }, rule, confidence });
        Some((tokens, found))
    }

    fn token(&self, at: usize) -> Option<Token> {
        if self.sentence.contains(&at) { self.page.tokens.get(at).copied() } else { None }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some_and(|token| words.contains(&self.page.word(token)))
    }

    fn is_head(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == TokenKind::Word) else { return false };
        let known = token.traits.any(Traits::POST) || OFFICES.get(token).is_some();
        known && !NO_HEADS.contains(&self.page.word(token))
    }

    /// The name that holds the token at `at`.
    fn name_over(&self, at: usize) -> Option<&Found<Name>> {
        self.page.facts.names.over(self.token(at)?.start as usize)
    }

    /// Where the words before the head begin that belong to the post: "Russian Security Council" of a secretary.
    fn start(&self, head: usize) -> usize {
        let mut start = head;
        while start > self.sentence.start && head - start < MAX_BEFORE {
            let at = start - 1;
            let Some(token) = self.token(at).filter(|token| token.kind == TokenKind::Word) else { break };
            let word = self.page.word(token);
            let of_name = self.name_over(at).is_some_and(|name| name.value.kind != NameKind::Per);
            let adjective = token.traits.any(Traits::ADJECTIVE);
            let pro = word.starts_with("pro-") || word.starts_with("vice-") || word.starts_with("ex-");
            let qualifies = QUALIFIERS.contains(&word.to_lowercase().as_str());
            if !(of_name || adjective || pro || qualifies) {
                break;
            }
            start = at;
        }
        start
    }

    /// Where "of the Ministry of Trade" ends that follows a post.
    fn office(&self, end: usize) -> Option<usize> {
        if !self.is(end, &["of", "for", "to", "at"]) {
            return None;
        }
        let mut at = end + 1;
        while self.is(at, &["the", "its", "their"]) {
            at += 1;
        }
        if let Some(name) = self.name_over(at).filter(|name| name.value.kind != NameKind::Per) {
            return Some(self.page.token_at(name.span.end).min(self.sentence.end));
        }
        let of_trade = self.is(end, &["of", "for"]);
        let first = at;
        let is_free = |at: usize| {
            self.token(at).is_some_and(|token| {
                token.is_word() && token.is_capitalised() && self.name_over(at).is_none()
            })
        };
        // "of Health and Education"
        while is_free(at) || at > first && self.is(at, &["and", "&"]) && is_free(at + 1) {
            at += 1;
        }
        if of_trade && at > first { Some(at) } else { None }
    }

    /// The local id of the person right after the post, after a comma after it, or before a comma before it.
    fn holder(&self, tokens: &Range<usize>) -> Option<String> {
        let person = |at: usize, starts: bool| {
            let name = self.name_over(at)?;
            let begins = name.span.start == self.page.tokens[at].start as usize;
            (name.value.kind == NameKind::Per && (begins || !starts)).then(|| name.value.entity.clone())
        };
        if let Some(entity) = person(tokens.end, true) {
            return Some(entity);
        }
        let definite = tokens.len() > 1 || self.is(tokens.start.wrapping_sub(1), &["the", "The"]);
        if definite
            && self.is(tokens.end, &[","])
            && let Some(entity) = person(tokens.end + 1, true)
        {
            return Some(entity);
        }
        let mut before = tokens.start.checked_sub(1)?;
        if self.is(before, &["the", "a", "an", "its", "his", "her", "their"]) {
            before = before.checked_sub(1)?;
        }
        if !self.is(before, &[","]) {
            return None;
        }
        let last = before.checked_sub(1)?;
        if self.is_of_adverbial(last, tokens.end) { None } else { person(last, false) }
    }

    /// Whether the name that ends at `last` is that of an adverbial, and what follows the post goes on without a comma:
    /// "After meeting Ada Holm, a reporter said".
    fn is_of_adverbial(&self, last: usize, behind: usize) -> bool {
        let tags = |at: usize| self.token(at).map_or(Tags::NONE, |token| token.tags);
        let Some(name) = self.name_over(last) else { return false };
        let governor = self.page.token_at(name.span.start).wrapping_sub(1);
        let participle = self
            .token(governor)
            .is_some_and(|token| !token.is_capitalised() && (self.page.word(token).ends_with("ing")));
        tags(behind).has(Tags::VERB | Tags::ANY_AUX) && (participle || tags(governor).has(Tags::PREP))
    }
}

/// Words of the list of posts that head none by themselves.
const NO_HEADS: &[&str] = &["fellow", "chief", "chair", "general", "private", "officer", "candidate"];

/// Words before a post that belong to it, in lower case.
const QUALIFIERS: &[&str] = &[
    "former",
    "acting",
    "deputy",
    "vice",
    "prime",
    "first",
    "second",
    "chief",
    "senior",
    "junior",
    "interim",
    "outgoing",
    "incumbent",
    "foreign",
    "interior",
    "defence",
    "defense",
    "finance",
    "economy",
    "economic",
    "trade",
    "energy",
    "justice",
    "health",
    "education",
    "culture",
    "labour",
    "labor",
    "agriculture",
    "transport",
    "environment",
    "security",
    "national",
    "press",
    "state",
    "federal",
    "presidential",
    "parliamentary",
    "political",
    "military",
    "opposition",
    "governing",
    "ruling",
    "special",
    "permanent",
    "general",
    "honorary",
    "independent",
    "regional",
    "local",
    "provincial",
    "central",
    "bank",
    "party",
    "council",
    "committee",
    "commission",
    "ministry",
    "government",
    "parliament",
    "senate",
    "house",
    "majority",
    "minority",
    "executive",
    "managing",
    "editorial",
    "founding",
    "supreme",
    "army",
    "navy",
    "police",
    "intelligence",
    "human",
    "rights",
    "climate",
    "investment",
    "affairs",
    "assistant",
    "under",
    "elected",
    "legitimate",
    "newly",
    "re-elected",
    "chairman",
    "cabinet",
    "company",
    "team",
    "campaign",
];
