//! A stretch of a passage that is read as one: a sentence, or several within one pair of quotation marks.

use super::word::{Form, Frames, Tags};
use crate::{dateline, page::Page, quotation::marks::Pair};
use std::ops::Range;

/// The tokens of a page with what each does.
pub(super) struct Reading<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    /// One for each token of the page.
    pub(super) tags: Vec<Tags>,
    /// The outermost quotations, in order.
    pub(super) quotes: Vec<Pair>,
}

/// Tokens of a sentence that only says who said what stands before it in marks: "Brown said."
const SHORT_TAIL: usize = 6;

/// A stretch that is read as one, and the passage it lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) tokens: Range<usize>,
    pub(super) passage: usize,
}

impl<'p, 'd> Reading<'p, 'd> {
    pub(super) fn new(page: &'p Page<'d>, pairs: &[Pair]) -> Self {
        let mut tags: Vec<Tags> = page.tokens.iter().map(|token| token.tags).collect();
        let quotes: Vec<Pair> = pairs.iter().filter(|pair| pair.depth == 0).copied().collect();
        for pair in &quotes {
            for tags in &mut tags[pair.first..=pair.last] {
                tags.add(Tags::QUOTED);
            }
        }
        for passage in &page.passages {
            bracket(&mut tags[passage.tokens.clone()]);
        }
        // "on Dec. 19": the stop of an abbreviation ends nothing.
        for sentence in &page.sentences {
            for at in sentence.tokens.start + 1..sentence.tokens.end.saturating_sub(1) {
                let token = page.tokens[at];
                if tags[at].has(Tags::STOP)
                    && !token.spaced
                    && tags[at - 1].has(Tags::TIME)
                    && page.word(token) == "."
                {
                    tags[at] = tags[at - 1];
                }
            }
        }
        Reading { page, tags, quotes }
    }

    /// Whether the token at `at` has any of `tags`.
    pub(super) fn is(&self, at: usize, tags: Tags) -> bool {
        self.tags.get(at).is_some_and(|found| found.has(tags))
    }

    /// Whether the token at `at` is capitalised.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    /// The word at `at`, empty behind the end.
    pub(super) fn word(&self, at: usize) -> &'d str {
        self.page.tokens.get(at).map_or("", |token| self.page.word(*token))
    }

    /// Whether the token at `at` is `lower`, whatever its case.
    pub(super) fn is_word(&self, at: usize, lower: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(lower)
    }

    /// The outermost quotation that holds the token at `at`.
    pub(super) fn quote_at(&self, at: usize) -> Option<Pair> {
        let after = self.quotes.partition_point(|pair| pair.first <= at);
        self.quotes[..after].last().copied().filter(|pair| pair.last >= at)
    }

    /// The outermost quotations that open in `from..to`.
    pub(super) fn quotes_in(&self, from: usize, to: usize) -> impl Iterator<Item = Pair> {
        let first = self.quotes.partition_point(|pair| pair.first < from);
        self.quotes[first..].iter().copied().take_while(move |pair| pair.first < to)
    }

    /// The clauses of the page, in order.
    pub(super) fn clauses(&self) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::with_capacity(self.page.sentences.len());
        for sentence in &self.page.sentences {
            let first = sentence.tokens.start;
            if let Some(before) = clauses.last_mut().filter(|before| before.passage == sentence.passage)
                && (self.within_quote(first) || self.quote_leads_to(first, sentence.tokens.end))
            {
                before.tokens.end = sentence.tokens.end;
                continue;
            }
            let start = dateline::behind(self.page, &sentence.tokens);
            clauses.push(Clause { tokens: start..sentence.tokens.end, passage: sentence.passage });
        }
        clauses
    }

    /// Whether a quotation runs on over the token at `at`.
    fn within_quote(&self, at: usize) -> bool {
        self.quote_at(at).is_some_and(|pair| pair.first < at)
    }

    /// Whether the quotation that ends before `at` leads on to "she said": it ends on a comma, or else on a mark that
    /// may end a question or call, and a verb of speech follows soon.
    fn quote_leads_to(&self, at: usize, end: usize) -> bool {
        if at < 2 || !self.is(at - 1, Tags::QUOTED) || self.is(at, Tags::QUOTED) {
            return false;
        }
        let Some(pair) = self.quote_at(at - 1).filter(|pair| pair.closed && pair.last > pair.first + 1)
        else {
            return false;
        };
        if self.is(at, Tags::DASH) && self.is_capital(at + 1) && end < at + 10 {
            return true;
        }
        match self.word(self.last_within(pair)) {
            "," => true,
            // “It rains.” Brown said.
            "." => {
                end <= at + SHORT_TAIL
                    && self.is(end - 1, Tags::STOP)
                    && self.finite_speech(end - 2).is_some_and(|(n, _)| n == 1)
            }
            "?" | "!" | "\u{2026}" | "\u{2014}" | "\u{2013}" => {
                (at..end.min(at + 8)).any(|at| {
                    self.verb(at, end).is_some_and(|(n, verb)| {
                        verb.frames.has(Frames::QUOTE)
                            && verb.form != Form::Base
                            && !self.is(at + n, Tags::THAT | Tags::QUOTED | Tags::COLON)
                    })
                }) && !(at..end.min(at + 10)).any(|at| self.is(at, Tags::THAT | Tags::COLON))
            }
            _ => false,
        }
    }
}

/// Whether what lies in brackets is a statement of its own: “…,” she said.
fn tells(tags: &[Tags]) -> bool {
    let verb = |tags: &Tags| tags.has(Tags::VERB) && !tags.has(Tags::QUOTED);
    tags.iter().any(|tags| tags.has(Tags::QUOTED)) && tags.iter().any(verb)
}

/// Tags what lies in brackets, and the brackets; one that is not closed counts for nothing, nor does one that tells
/// what somebody said.
fn bracket(tags: &mut [Tags]) {
    let mut open = None;
    for at in 0..tags.len() {
        if tags[at].has(Tags::QUOTED) {
            continue;
        }
        if tags[at].has(Tags::OPEN) {
            open = open.or(Some(at));
        } else if tags[at].has(Tags::CLOSE)
            && let Some(first) = open.take()
            && !tells(&tags[first..=at])
        {
            for tags in &mut tags[first..=at] {
                tags.add(Tags::BRACKETED);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::statement::tests::said;

    #[test]
    fn the_stop_of_a_month_ends_nothing() {
        assert_eq!(
            said("Mark Meadows said on Dec. 19 that he would leave."),
            ["Mark Meadows: he would leave"]
        );
        assert_eq!(
            said("Mark Meadows told Radio Norte on Dec. 19 that he would leave."),
            ["Mark Meadows: he would leave"]
        );
    }
}
