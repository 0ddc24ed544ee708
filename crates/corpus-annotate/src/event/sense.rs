//! The sense of a word of events: whether it means one, and not that a target was met or a warrant exercised.

use super::kind::EventKind;
use crate::{
    lexicon::Lexicon,
    name::{NameKind, gazetteer::Traits},
    page::Page,
    sentence::Sentence,
    statement::word::Tags,
    stretch::InOrder,
    token::{Case, TokenKind},
};
use std::{ops::Range, sync::LazyLock};

/// What is met without anybody meeting.
const THINGS: &[&str] = &[
    "challenge",
    "challenges",
    "commitment",
    "commitments",
    "condition",
    "conditions",
    "cost",
    "costs",
    "criteria",
    "criterion",
    "deadline",
    "deadlines",
    "debt",
    "debts",
    "demand",
    "demands",
    "end",
    "ends",
    "expectation",
    "expectations",
    "expense",
    "expenses",
    "goal",
    "goals",
    "need",
    "needs",
    "objective",
    "objectives",
    "obligation",
    "obligations",
    "opposition",
    "payment",
    "payments",
    "quota",
    "quotas",
    "requirement",
    "requirements",
    "resistance",
    "schedule",
    "standard",
    "standards",
    "target",
    "targets",
    "approval",
];
/// Tokens behind "met" in which such a thing stands.
const THING_REACH: usize = 6;
/// Words near which an exercise is one of forces.
const FORCES: &[&str] = &[
    "air",
    "allied",
    "armies",
    "army",
    "battalion",
    "brigade",
    "coastguard",
    "combat",
    "defence",
    "defense",
    "fleet",
    "force",
    "forces",
    "manoeuvres",
    "marines",
    "maritime",
    "military",
    "missile",
    "missiles",
    "naval",
    "navies",
    "navy",
    "nuclear",
    "paratroopers",
    "soldiers",
    "tactical",
    "tank",
    "tanks",
    "troops",
    "warplanes",
    "warships",
];
/// Tokens of a passage on either side that are looked through for them.
const FORCES_REACH: usize = 60;
/// Words before "war" that make something else of it.
const OTHER_WARS: &[&str] =
    &["bidding", "cold", "culture", "currency", "price", "star", "tariff", "trade", "turf", "words"];
/// Words before "conference" of meetings with the press, and behind it.
const TOLD_THERE: &[&str] = &["news", "press", "media", "conference", "video", "earnings"];
/// Words behind "forum" and "conference" that make something else of them.
const BEHIND: &[&str] =
    &["board", "call", "calls", "member", "members", "post", "posts", "room", "thread", "threads", "users"];
/// Words behind "signed" that make something else of it.
const PARTICLES: &[&str] = &["off", "out", "up"];

static THING: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(THINGS.iter().map(|&word| (word, ()))));
static FORCE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(FORCES.iter().map(|&word| (word, ()))));

/// A mention that may be one of an event.
pub(super) struct Sense<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) sentence: &'p Sentence,
    /// Its tokens, with the words that describe a noun.
    pub(super) tokens: &'p Range<usize>,
    pub(super) kind: EventKind,
}

impl Sense<'_, '_> {
    /// Whether it is one.
    pub(super) fn is_event(&self) -> bool {
        let head = self.tokens.end - 1;
        if self.is_in_name(head) {
            return false;
        }
        match self.kind {
            EventKind::Meeting => self.is_meeting(),
            EventKind::Conference | EventKind::Summit => {
                let before = self.before(head);
                let body = self.word(head) == "Congress" && !self.is_gathering(head);
                let told = TOLD_THERE.iter().any(|word| before.eq_ignore_ascii_case(word));
                !body && !told && !BEHIND.contains(&self.word(head + 1))
            }
            EventKind::Exercise => {
                let before = self.before(self.tokens.start);
                let verb = matches!(before, "to" | "can" | "should" | "will" | "would");
                // "exercise Condor"
                let named =
                    self.page.tokens.get(self.tokens.end).is_some_and(|next| next.case == Case::Title);
                !verb && (named || self.is_among_forces())
            }
            EventKind::Call if self.word(head) == "with" => self.is_call_with(head),
            EventKind::Visit => self.is_visit(head),
            // "The key is signed by the server": what always is.
            EventKind::Signing => {
                let always = matches!(self.before(self.tokens.start), "is" | "are");
                // "a sign of"
                let noun = self.word(self.tokens.start) == "sign"
                    && !matches!(
                        self.before(self.tokens.start),
                        "to" | "will" | "would" | "and" | "they" | "may"
                    );
                !PARTICLES.contains(&self.word(self.tokens.end)) && !always && !noun
            }
            EventKind::War => {
                let before = self.before(head).to_ascii_lowercase();
                let any = matches!(self.before(self.tokens.start), "a" | "an" | "any" | "another");
                !any && !OTHER_WARS.contains(&&*before)
            }
            _ => true,
        }
    }

    /// "a call with Ada Moreno": a noun before the name of somebody, and no call of an operator or with the press.
    fn is_call_with(&self, with: usize) -> bool {
        let before = self.before(with - 1);
        let other = ["conference", "earnings", "will", "to", "close", "investor", "margin", "roll"];
        let noun = self.page.tokens[with - 1].case == Case::Lower && before.starts_with(char::is_alphabetic);
        noun && !other.contains(&before) && self.is_somebody_behind(with)
    }

    /// Whether the name of a person, body or country begins soon behind a token.
    fn is_somebody_behind(&self, at: usize) -> bool {
        const REACH: usize = 4;
        let Some(last) = self.page.tokens.get((at + REACH).min(self.sentence.tokens.end - 1)) else {
            return false;
        };
        let near = self.page.tokens[at].end as usize..last.end as usize;
        !self.page.facts.names.beginning_in(near).is_empty()
    }

    /// Whether forces are spoken of near the mention, in its passage.
    fn is_among_forces(&self) -> bool {
        let passage = &self.page.passages[self.sentence.passage].tokens;
        let first = self.tokens.start.saturating_sub(FORCES_REACH).max(passage.start);
        let near = &self.page.tokens[first..(self.tokens.end + FORCES_REACH).min(passage.end)];
        near.iter().any(|token| FORCE.get(*token).is_some())
    }

    /// Whether a congress is no parliament: "the World Dairy Congress", but "Congress" and "the National Congress".
    fn is_gathering(&self, head: usize) -> bool {
        let Some(before) = head.checked_sub(1).filter(|&before| before >= self.sentence.tokens.start) else {
            return false;
        };
        let token = self.page.tokens[before];
        let other = Traits::ADJECTIVE.or(Traits::FUNCTION).or(Traits::COUNTRY);
        token.case == Case::Title
            && !token.traits.any(other)
            && !matches!(self.word(before), "National" | "Democratic" | "Republican")
    }

    /// Whether somebody meets: not "met its target", "is met", "he talks".
    fn is_meeting(&self) -> bool {
        let first = self.tokens.start;
        match self.word(first) {
            "met" | "meet" | "meets" => {
                let passive =
                    matches!(self.before(first), "be" | "been" | "is" | "are" | "was" | "were" | "get");
                !passive && !self.is_of_thing() && !self.is_with_thing()
            }
            "meeting" => !self.is_of_thing(),
            "talks" => {
                let before = self.before(first);
                let speaks = matches!(before, "he" | "He" | "she" | "She" | "who" | "it" | "It");
                !speaks && !self.is_person_before(first)
            }
            _ => true,
        }
    }

    /// Whether a thing is met: "met all of its targets".
    fn is_of_thing(&self) -> bool {
        let end = (self.tokens.end + THING_REACH).min(self.sentence.tokens.end);
        (self.tokens.end..end)
            .take_while(|&at| self.page.tokens[at].is_word() && !self.page.tokens[at].is_capitalised())
            .take_while(|&at| {
                !matches!(self.word(at), "with" | "on" | "in" | "at" | "to" | "for" | "between" | "about")
            })
            .any(|at| THING.get(self.page.tokens[at]).is_some())
    }

    /// "met with success", but "met with old friends of hers", "met with former President Moreno".
    fn is_with_thing(&self) -> bool {
        if self.word(self.tokens.end - 1) != "with" {
            return false;
        }
        let mut at = self.tokens.end;
        let small = Tags::DET | Tags::POSSESSIVE | Tags::SUBJECT | Tags::OBJECT;
        let people = Tags::PERSON | Tags::BODY;
        while self.page.tokens.get(at).is_some_and(|token| {
            let person = token.tags.has(small | people) || token.traits.any(Traits::POST);
            token.case == Case::Lower && !token.tags.has(Tags::PREP | Tags::TIME) && !person
        }) {
            at += 1;
        }
        let ends = self
            .page
            .tokens
            .get(at)
            .is_none_or(|token| !token.is_word() || token.tags.has(Tags::PREP | Tags::AND));
        // Whoever is meant stands in the plural.
        let last = self.word(at - 1);
        at > self.tokens.end && ends && (!last.ends_with('s') || last.ends_with("ss"))
    }

    /// Whether a visit is one: "visit" is a verb behind "to" and the like, and then of a place that is named.
    fn is_visit(&self, head: usize) -> bool {
        match self.word(self.tokens.start) {
            "visits" | "visiting" | "arrive" | "arrived" | "arrives" | "landed" | "travel" | "travels"
            | "travelling" | "traveling" => {
                return self.is_place_behind(head);
            }
            "was" | "were" => return self.is_somebody_there(),
            _ => {}
        }
        if self.word(head) != "visit" {
            return true;
        }
        let before = self.before(head);
        let opens = before.is_empty() || self.page.tokens[head - 1].kind == TokenKind::Mark;
        let verb = matches!(
            before,
            "to" | "you"
                | "can"
                | "please"
                | "Please"
                | "and"
                | "or"
                | "will"
                | "would"
                | "should"
                | "may"
                | "must"
        );
        // "is to visit the site"
        let awaited = before == "to"
            && matches!(self.before(head - 1), "is" | "are" | "due" | "expected" | "scheduled" | "plans");
        !opens && (!verb || awaited || self.is_place_behind(head))
    }

    /// "Ada Korova was in Lima", "she was in Lima".
    fn is_somebody_there(&self) -> bool {
        let start = self.tokens.start;
        let who = matches!(self.before(start), "he" | "He" | "she" | "She") || self.is_person_before(start);
        let next = self.page.tokens.get(self.tokens.end);
        let name = next.and_then(|token| self.page.facts.names.beginning_at(token.start as usize));
        who && name.is_some_and(|name| name.value.kind == NameKind::Loc)
    }

    /// Whether the name of a place begins soon behind a token.
    fn is_place_behind(&self, at: usize) -> bool {
        const REACH: usize = 3;
        let Some(last) = self.page.tokens.get((at + REACH).min(self.sentence.tokens.end - 1)) else {
            return false;
        };
        let near = self.page.tokens[at].end as usize..last.end as usize;
        self.page.facts.names.beginning_in(near).first().is_some_and(|name| name.value.kind == NameKind::Loc)
    }

    /// Whether the name of a person ends right before a token.
    fn is_person_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| self.page.tokens[at]) else { return false };
        let name = self.page.facts.names.over(before.start as usize);
        name.is_some_and(|name| name.span.end == before.end as usize && name.value.kind == NameKind::Per)
    }

    /// Whether the token is a word of the name of a person or body, and not the last of one that names an event:
    /// "Summit Foods", but "the Lima Security Conference".
    fn is_in_name(&self, at: usize) -> bool {
        let token = self.page.tokens[at];
        let Some(name) = self.page.facts.names.over(token.start as usize) else { return false };
        let several = name.span.start < token.start as usize && name.span.end == token.end as usize;
        let held = several && matches!(self.word(at), "Conference" | "Summit");
        name.value.kind != NameKind::Loc && !held && matches!(token.case, Case::Title | Case::Upper)
    }

    fn word(&self, at: usize) -> &str {
        self.page.tokens.get(at).map_or("", |token| self.page.word(*token))
    }

    /// The token before another of the sentence; empty where there is none.
    fn before(&self, at: usize) -> &str {
        if at > self.sentence.tokens.start { self.word(at - 1) } else { "" }
    }
}
