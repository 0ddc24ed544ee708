//! When an event is: the date beside its mention that is its own, and not that of a remark or of something else.

use super::{kind::EventKind, party::Scene};
use crate::{
    page::{Found, Page},
    statement::word::Tags,
    stretch::InOrder,
    time::{Time, TimeKind},
};
use corpus_core::{
    Edtf, Span,
    edtf::{Day, Precision},
};
use std::ops::Range;

/// Tokens around a mention in which its date stands.
const DATE_REACH: usize = 14;
/// Tokens before a mention in which the date stands on which it is told of.
const REMARK_REACH: usize = 30;
/// Tokens behind a mention in which a date that "on" leads to stands.
const FAR_DATE_REACH: usize = 24;
/// Tokens between a verb of speech and its date.
const TOLD_REACH: usize = 3;
/// Tokens between "for" and the dates of what it is for.
const FOR_REACH: usize = 4;
/// Tokens between the verb that says that it began and the date of that.
const BEGIN_REACH: usize = 4;
/// Verbs that say that what lasts began.
const BEGIN: [&str; 6] = ["began", "started", "starts", "begins", "opened", "since"];
/// Kinds of events that last.
const LASTING: [EventKind; 3] = [EventKind::Exercise, EventKind::Protest, EventKind::War];
/// Tokens between a mention and the year of it.
const YEAR_REACH: usize = 3;
/// Words that begin a clause with a date of its own.
const CONJUNCTIONS: [&str; 8] = ["as", "while", "when", "because", "although", "though", "if", "whereas"];
/// Words before a mention behind which its date does not stand.
const SEQUENCES: [&str; 6] = ["after", "before", "following", "until", "ahead", "since"];
/// Verbs of what has happened, which was before it was told of.
const PAST: [&str; 5] = ["met", "conferred", "visited", "signed", "flew"];

/// The date nearest to a mention that is its own; of what has happened and is told of on a day, that it was by then.
pub(super) fn date(scene: &Scene<'_, '_>) -> Option<Edtf> {
    let beside = Beside::new(scene);
    let near = beside.near(DATE_REACH);
    let own = near
        .iter()
        .filter(|time| beside.is_own(time))
        .min_by_key(|near| (near.time.value.in_name, near.span().start.abs_diff(beside.span.start)));
    match own {
        Some(own) => {
            let day = own.time.value.edtf.as_ref().map(Edtf::date)?;
            if beside.begins(own) && !day.is_interval() {
                format!("{day}/..").parse().ok()
            } else {
                Some(day)
            }
        }
        None => {
            let past = PAST.contains(&scene.page.word(scene.page.tokens[scene.tokens.start]));
            let near = if past { beside.near(REMARK_REACH) } else { Vec::new() };
            let told = near.iter().rfind(|near| !beside.is_cited(near.span().start) && beside.is_told(near));
            let day: Day = told?
                .time
                .value
                .edtf
                .as_ref()
                .filter(|date| date.precision() >= Precision::Day)?
                .bounds()
                .0?;
            format!("../{day}").parse().ok()
        }
    }
}

/// A time near a mention, and the tokens that it lies in.
#[derive(Clone, Copy)]
struct Near<'p> {
    time: &'p Found<Time>,
    /// The first of them.
    led: usize,
    /// The first token behind it.
    stop: usize,
}

impl Near<'_> {
    const fn span(&self) -> Span {
        self.time.span
    }
}

/// A mention and the times of its sentence.
struct Beside<'s, 'p, 'd> {
    scene: &'s Scene<'p, 'd>,
    page: &'p Page<'d>,
    tokens: Range<usize>,
    /// Where the mention lies in the text.
    span: Span,
    /// Whether it is quoted.
    quoted: bool,
}

impl<'s, 'p, 'd> Beside<'s, 'p, 'd> {
    fn new(scene: &'s Scene<'p, 'd>) -> Self {
        let (page, tokens) = (scene.page, scene.tokens.clone());
        let span =
            Span::new(page.tokens[tokens.start].start as usize, page.tokens[tokens.end - 1].end as usize);
        Beside { scene, page, tokens, span, quoted: is_quoted(page, span.start) }
    }

    /// The dates and times of day that stand near, before the mention at most so many tokens away.
    fn near(&self, reach: usize) -> Vec<Near<'p>> {
        let sentence = &self.scene.sentence.tokens;
        let low = self.tokens.start.saturating_sub(reach).max(sentence.start);
        let high = (self.tokens.end + FAR_DATE_REACH).min(sentence.end);
        let near = self.page.tokens[(self.tokens.end + DATE_REACH).min(sentence.end) - 1].end as usize;
        let (from, to) = (self.page.tokens[low].start as usize, self.page.tokens[high - 1].end as usize);
        let times = self.page.facts.times.beginning_in(from..to);
        times
            .iter()
            .filter(|time| matches!(time.value.kind, TimeKind::Date | TimeKind::Time))
            .map(|time| {
                let tokens = self.page.tokens_in(time.span);
                Near { time, led: tokens.start, stop: tokens.end }
            })
            .filter(|time| time.span().start < near || self.is_led(time.led))
            .collect()
    }

    /// Whether a date is that of the event.
    fn is_own(&self, time: &Near<'_>) -> bool {
        // "the day before the visit" is another day than that of the visit.
        let span = time.span();
        let holds = span.start <= self.span.start && self.span.end <= span.end;
        !holds
            && !self.is_cited(span.start)
            && !self.is_told(time)
            && !self.is_purpose(time)
            && !self.is_coarse(time)
            && !self.is_of_remark(time)
            && !self.is_of_clause(time)
            // What is quoted tells nothing of what stands outside.
            && is_quoted(self.page, span.start) == self.quoted
    }

    fn is_cited(&self, at: usize) -> bool {
        self.page.facts.citations.over(at).is_some()
    }

    /// "In May he spoke of the visit", "he said in May that the visit", "his May warning of protests": when he spoke.
    /// What closes a bracket or a part of a sentence closes its date too.
    fn is_told(&self, time: &Near<'_>) -> bool {
        let Near { led, stop, .. } = *time;
        let first = led.saturating_sub(TOLD_REACH).max(self.scene.sentence.tokens.start);
        let closes =
            |at: usize| tells(self.page, at) || matches!(self.page.word(self.page.tokens[at]), ")" | ";");
        let noun = self
            .page
            .tokens
            .get(stop)
            .is_some_and(|token| token.tags.has(Tags::SPEECH | Tags::PAPER) && !token.is_capitalised());
        time.span().end <= self.span.start
            && (noun || (stop..self.tokens.start).any(closes) || (first..led).any(|at| tells(self.page, at)))
    }

    /// "the supply for May"
    fn is_purpose(&self, time: &Near<'_>) -> bool {
        let at = time.led;
        time.span().start > self.span.end
            && (at.saturating_sub(FOR_REACH).max(self.tokens.end)..at)
                .any(|at| self.page.word(self.page.tokens[at]) == "for")
    }

    /// Further behind, only "on May 6" is its date, and nothing that another sentence part may have.
    fn is_led(&self, at: usize) -> bool {
        let closed = |at: usize| matches!(self.page.word(self.page.tokens[at]), ";" | "," | ":");
        self.is_behind(at, "on") && !(self.tokens.end..at).any(closed)
    }

    /// "The meeting heard that sales grew in 1987": of what happens on a day, a year is the date where it stands right
    /// beside, and "since 1987" is none.
    fn is_coarse(&self, near: &Near<'_>) -> bool {
        let Near { time, led: at, stop } = *near;
        let beside = || {
            if at >= self.tokens.end {
                at - self.tokens.end <= YEAR_REACH
                    || self.is_behind(at, "in") && self.scene.is_clear(self.tokens.end..at)
            } else {
                stop >= self.tokens.start.saturating_sub(1) || at <= self.scene.sentence.tokens.start + 1
            }
        };
        let year = || time.value.edtf.as_ref().is_some_and(|edtf| edtf.precision() == Precision::Year);
        let lasts = LASTING.contains(&self.scene.kind);
        !lasts && self.is_behind(at, "since")
            || !lasts && self.scene.kind != EventKind::Election && !beside() && year()
    }

    /// "The talks ended as winter neared", "they left on Monday after the talks"
    fn is_of_clause(&self, time: &Near<'_>) -> bool {
        let Near { led, stop, .. } = *time;
        let any = |mut tokens: Range<usize>, words: &[&str]| {
            tokens.any(|at| words.contains(&self.page.word(self.page.tokens[at])))
        };
        any(self.tokens.end..led, &CONJUNCTIONS) || any(stop..self.tokens.start, &SEQUENCES)
    }

    /// "Of the protests, he spoke on May 6"
    fn is_of_remark(&self, time: &Near<'_>) -> bool {
        let between = self.tokens.end..time.led;
        let comma = between.clone().find(|&at| self.page.word(self.page.tokens[at]) == ",");
        self.scene.is_noun && comma.is_some_and(|comma| self.scene.has_other_verb(comma..between.end))
    }

    /// Whether the date is the one on which what lasts began.
    fn begins(&self, time: &Near<'_>) -> bool {
        let at = time.led;
        time.span().start > self.span.end
            && LASTING.contains(&self.scene.kind)
            && (at.saturating_sub(BEGIN_REACH)..at)
                .any(|at| BEGIN.contains(&self.page.word(self.page.tokens[at])))
    }

    /// Whether a word stands right before a token of the sentence.
    fn is_behind(&self, at: usize, word: &str) -> bool {
        at > self.scene.sentence.tokens.start && self.page.word(self.page.tokens[at - 1]) == word
    }
}

/// Whether an offset lies within a quotation.
fn is_quoted(page: &Page<'_>, at: usize) -> bool {
    page.facts.quotations.over(at).is_some()
}

/// Whether a verb of speech stands at `at`.
fn tells(page: &Page<'_>, at: usize) -> bool {
    let token = page.tokens[at];
    let word = page.word(token);
    token.tags.has(Tags::VERB) && !token.is_capitalised() && (word.ends_with("ed") || word == "said")
}
