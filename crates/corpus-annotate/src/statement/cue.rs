//! A verb of speech with its subject.

use super::{
    clause::{Clause, Reading},
    speaker::Subject,
    word::{Form, Frames, Tags, Verb},
};
use crate::token::TokenKind;
use std::ops::Range;

/// A verb of speech with who speaks.
pub(super) struct Cue {
    pub(super) tokens: Range<usize>,
    pub(super) verb: Verb,
    pub(super) subject: Option<Subject>,
    /// Whether the subject stands behind the verb.
    pub(super) inverted: bool,
    /// Whether the verb is finite, and not "saying".
    pub(super) finite: bool,
    /// Whether the subject is that of another verb, and does not stand before this one.
    pub(super) shared: bool,
}

/// Tokens between "quoted" and "as saying".
const QUOTED_REACH: usize = 14;

impl Reading<'_, '_> {
    /// Whether the word at `at` says that somebody is quoted.
    fn is_quoted(&self, at: usize) -> bool {
        matches!(self.word(at), "quoted" | "cited" | "quotes" | "cites")
    }

    /// Reads a verb of speech at `at` with its subject.
    pub(super) fn cue(
        &self,
        at: usize,
        n: usize,
        verb: Verb,
        clause: &Clause,
        taken: usize,
        main: Option<&Range<usize>>,
    ) -> Option<Cue> {
        let reading = self;
        let lo = clause.tokens.start;
        if reading.is_capital(at) && at > lo {
            return None;
        }
        let mut group = at;
        let (mut be, mut have, mut helped, mut not, mut to) = (false, false, false, false, false);
        while group > lo {
            let k = group - 1;
            if reading.is(k, Tags::QUOTED | Tags::BRACKETED) {
                break;
            }
            let helper = reading.is(k, Tags::ANY_AUX) && !reading.is_capital(k);
            let adverb = reading.is(k, Tags::ADVERB | Tags::NOT)
                && !reading.is(k, Tags::DET)
                && !reading.is(k, Tags::SUBJECT | Tags::PREP);
            let infinitive = reading.is_word(k, "to") && !to && group == at;
            if !helper && !adverb && !infinitive {
                break;
            }
            be |= reading.is(k, Tags::BE);
            have |= reading.is(k, Tags::HAVE);
            helped |= reading.is(k, Tags::AUX);
            not |= reading.is(k, Tags::NOT);
            to |= infinitive;
            group = k;
        }
        let tokens = group.max(at.saturating_sub(4))..at + n;
        let previous = group.checked_sub(1).filter(|&k| k >= lo);
        if not && !reading.is(at + n, Tags::QUOTED) {
            return None;
        }
        // "quoted him as saying": what is said stands behind "saying".
        let as_saying = |at: usize| reading.is_word(at, "as") && reading.word(at + 1).ends_with("ing");
        if reading.is_quoted(at) && (at + 1..clause.tokens.end.min(at + QUOTED_REACH)).any(as_saying) {
            return None;
        }
        if to && verb.form != Form::Base {
            return None;
        }
        // "their main brands are", "what they say is": the words are no verb, or that of a subject.
        if reading.is(at + n, Tags::ANY_AUX)
            && !matches!(reading.word(at + n), "being" | "having")
            && !reading.is(at + n, Tags::SUBJECT)
            && !reading.is_capital(at + n)
        {
            return None;
        }
        // "in a tense dispute": one of a kind disputes, it does not dispute.
        let counted =
            |k: usize| k > lo && matches!(reading.word(k - 1), "a" | "an") && reading.is_plain_noun(k);
        if verb.form == Form::Base && group == at && previous.is_some_and(counted) {
            return None;
        }
        // "you can tell it rains": nobody says so.
        let anybody = previous.is_some_and(|k| matches!(reading.word(k), "you" | "You" | "one" | "One"));
        if anybody && helped && !reading.is(at + n, Tags::QUOTED) {
            return None;
        }
        if to {
            let onset = reading.onset(at + n, clause.tokens.end, verb);
            let marked = reading.is(at + n, Tags::THAT | Tags::QUOTED)
                || verb.frames.has(Frames::HEARER) && onset.is_some_and(|onset| onset.marked);
            let wished = previous.is_some_and(|k| {
                matches!(
                    reading.word(k),
                    "refused"
                        | "declined"
                        | "wants"
                        | "want"
                        | "able"
                        | "expected"
                        | "likely"
                        | "failed"
                        | "going"
                )
            });
            let strong = verb.frames.has(Frames::CLAUSE)
                && (!verb.frames.has(Frames::WEAK) || verb.frames.has(Frames::HEARER));
            if !marked || wished || !strong {
                return None;
            }
            let subject = self.shared_subject(clause, main)?;
            return Some(Cue {
                tokens,
                verb,
                subject: Some(subject),
                inverted: false,
                finite: false,
                shared: false,
            });
        }
        if verb.form == Form::Past && group == at && reading.shortens(at, lo, clause.tokens.end) {
            return None;
        }
        match verb.form {
            Form::Past if be => {
                return self.passive(at, n, verb, group, tokens);
            }
            Form::Participle if !have => return None,
            Form::Ing if !be => return self.participle(at, verb, clause, main, tokens),
            _ => {}
        }
        if previous.is_some_and(|k| {
            reading.is(k, Tags::DET | Tags::POSSESSIVE) && !reading.is(k, Tags::SUBJECT)
                || reading.is_possessive(k)
        }) && group == at
        {
            let counted = previous.is_some_and(|k| {
                matches!(
                    reading.word(k),
                    "some" | "many" | "others" | "both" | "several" | "few" | "all" | "that"
                )
            });
            // "released in June 2019 found"
            let dated = || {
                reading.page.tokens[group - 1].kind == TokenKind::Number
                    && reading.paper_before(group, lo).is_some()
            };
            if !counted && !dated() {
                return None;
            }
        }
        if let Some(inverted) = self.inverted(at, n, verb, group, clause, taken) {
            return Some(Cue {
                tokens,
                verb,
                subject: Some(inverted),
                inverted: true,
                finite: true,
                shared: false,
            });
        }
        let k = previous?;
        if reading.is(k, Tags::AND | Tags::BUT) {
            let subject =
                reading.subject_of_clause(k, lo).or_else(|| reading.shared_subject(clause, main))?;
            let finite = matches!(verb.form, Form::Past | Form::Third) || helped || be;
            let cue =
                Cue { tokens, verb, subject: Some(subject), inverted: false, finite: true, shared: true };
            return finite.then_some(cue);
        }
        if reading.is(k, Tags::PREP | Tags::TO | Tags::STOP | Tags::COLON | Tags::SEMICOLON)
            && !reading.is(k, Tags::BRACKETED)
            && !reading.is_capital(k)
        {
            return None;
        }
        let subject = reading.subject_before(group, lo)?;
        let governed = subject.from > lo
            && reading.is(subject.from - 1, Tags::PREP)
            && !reading.is(subject.from - 1, Tags::SUBORDINATE | Tags::QUOTED);
        if governed && !reading.is_word(group - 1, "who") && !reading.is_word(group - 1, "which") {
            return None;
        }
        let head = subject.tokens.end - 1;
        if verb.form == Form::Base
            && !helped
            && !reading.is_plural(reading.head_of(&subject.tokens))
            && !reading.is_word(group - 1, "who")
            && !subject.tokens.clone().any(|at| reading.is(at, Tags::AND))
        {
            return None;
        }
        // "member states", "tough questions": the plural of a noun.
        if verb.form == Form::Base && !helped && reading.is(at, Tags::BODY | Tags::SPEECH | Tags::PAPER) {
            let next = reading.skip_adverbs(at + n, clause.tokens.end);
            if !reading.is(next, Tags::THAT | Tags::QUOTED | Tags::COLON | Tags::SUBJECT | Tags::OBJECT) {
                return None;
            }
        }
        if verb.form == Form::Third && !be && !helped {
            let noun = reading.is(at, Tags::SPEECH | Tags::PAPER | Tags::BODY | Tags::PERSON);
            let quoted_before = subject.from > lo
                && (reading.is(subject.from - 1, Tags::QUOTED)
                    || reading.is(subject.from - 1, Tags::COMMA)
                        && reading.is(subject.from.wrapping_sub(2), Tags::QUOTED));
            // "states that will vote", "questions are open": the plural of a noun.
            let that = reading.is(at + n, Tags::THAT) && reading.is_that_thing(at + n);
            if noun && (that || reading.is(at + n, Tags::ANY_AUX)) {
                return None;
            }
            let sure = quoted_before && !noun
                || reading.is(at + n, Tags::THAT | Tags::QUOTED | Tags::COLON)
                || reading.is(at + n, Tags::SUBJECT) && !noun
                || (reading.is_capital(head) || reading.is(head, Tags::SUBJECT))
                    && !reading.is(at, Tags::BODY | Tags::PERSON)
                || !noun
                    && (reading.is(head, Tags::PERSON | Tags::BODY | Tags::PAPER)
                        // "the fisherman says the dam leaks"
                        || reading.is_word(at, "says") && reading.is_plain_noun(head)
                        || reading.is_word(group - 1, "who"));
            let named =
                reading.names_somebody(&subject.tokens) || reading.is(head, Tags::PAPER | Tags::SPEECH);
            if !sure || noun && !named {
                return None;
            }
        }
        // "a plan announced by": the participle of a shortened clause.
        let remark = subject.from > lo && reading.is(subject.from - 1, Tags::QUOTED);
        if verb.form == Form::Past && reading.is_word(at + n, "by") && !remark {
            return None;
        }
        Some(Cue { tokens, verb, subject: Some(subject), inverted: false, finite: true, shared: false })
    }

    /// "it was announced that", "he was told that": nobody is named who says it.
    fn passive(&self, at: usize, n: usize, verb: Verb, group: usize, tokens: Range<usize>) -> Option<Cue> {
        let impersonal = group > 0 && self.is_word(group - 1, "it");
        let marked = self.is(at + n, Tags::THAT | Tags::COLON);
        (marked && (impersonal || verb.frames.has(Frames::HEARER))).then_some(Cue {
            tokens,
            verb,
            subject: None,
            inverted: false,
            finite: false,
            shared: false,
        })
    }

    /// "…, saying that", "quoted as saying".
    fn participle(
        &self,
        at: usize,
        verb: Verb,
        clause: &Clause,
        main: Option<&Range<usize>>,
        tokens: Range<usize>,
    ) -> Option<Cue> {
        let reading = self;
        let k = at.checked_sub(1).filter(|&k| k >= clause.tokens.start)?;
        if reading.is(k, Tags::DET | Tags::POSSESSIVE)
            || reading.is_possessive(k)
            || reading.is_word(k, "without")
            || reading.is_word(k, "avoided")
            // "denied saying that": it was not said.
            || reading.verb(k, at).is_some_and(|(n, verb)| k + n == at && verb.frames.has(Frames::DENY))
        {
            return None;
        }
        // "a third reading", "the last warning"
        let article = k > clause.tokens.start && matches!(reading.word(k - 1), "a" | "an" | "the");
        let speaks = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH;
        if article && reading.is_plain_noun(k) && !reading.is(k, speaks) {
            return None;
        }
        if reading.is_word(k, "as") {
            let quoted = (clause.tokens.start..k).rev().take(QUOTED_REACH).find(|&k| reading.is_quoted(k))?;
            // "the agency quoted Korova as saying", but "Korova was quoted by the agency as saying"
            let between = quoted + 1..k;
            let by = reading.is_word(between.start, "by");
            if !by && (between.len() > 2 || reading.names_somebody(&between)) {
                let subject =
                    reading.names_somebody(&between).then_some(Subject { from: quoted, tokens: between });
                return Some(Cue {
                    tokens: k..tokens.end,
                    verb,
                    subject: Some(subject?),
                    inverted: false,
                    finite: false,
                    shared: false,
                });
            }
            let mut first = quoted;
            while first > clause.tokens.start && reading.is(first - 1, Tags::ANY_AUX | Tags::ADVERB) {
                first -= 1;
            }
            let subject = reading.subject_before(first, clause.tokens.start);
            return Some(Cue {
                tokens: first..tokens.end,
                verb,
                subject,
                inverted: false,
                finite: false,
                shared: false,
            });
        }
        // "amounts to saying", "the vote on admitting Freedonia"
        let leads = matches!(reading.word(k), "by" | "in" | "after" | "before" | "while" | "when" | "with");
        if reading.is(k, Tags::TO) || reading.is(k, Tags::PREP) && !leads {
            return None;
        }
        let paper =
            reading.is_plain_noun(k).then(|| reading.phrase_before(at, clause.tokens.start)).flatten();
        let paper =
            paper.filter(|tokens| tokens.clone().any(|at| reading.is(at, Tags::PAPER | Tags::SPEECH)));
        let subject = if let Some(tokens) = paper.filter(|_| main.is_none()) {
            Some(Subject { from: tokens.start, tokens })
        } else if reading.is(k, Tags::PAPER | Tags::SPEECH) {
            match main {
                Some(main) => Some(Subject { from: main.start, tokens: main.clone() }),
                None => self
                    .shared_subject(clause, None)
                    .or_else(|| reading.subject_before(at, clause.tokens.start)),
            }
        } else if reading.is_capital(k) || reading.is(k, Tags::PERSON) {
            reading.subject_before(at, clause.tokens.start)
        } else {
            self.shared_subject(clause, main)
        };
        let subject = subject?;
        Some(Cue { tokens, verb, subject: Some(subject), inverted: false, finite: false, shared: false })
    }

    /// The subject behind the last comma before "and said", where one stands there.
    fn subject_of_clause(&self, and: usize, lo: usize) -> Option<Subject> {
        let comma = (lo.max(and.saturating_sub(30))..and)
            .rev()
            .find(|&at| self.is(at, Tags::COMMA) && !self.is(at, Tags::QUOTED | Tags::BRACKETED))?;
        let start = comma + 1;
        let opens = self.is(start, Tags::DET | Tags::POSSESSIVE | Tags::SUBJECT) || self.is_capital(start);
        let tokens = self.phrase_after(start, and).filter(|_| opens && !self.is(start, Tags::RELATIVE))?;
        let tokens = self.cut_at_verb(tokens);
        let goes_on = tokens.end < and && !self.is(tokens.end, Tags::COMMA | Tags::AND);
        (goes_on && self.names_somebody(&tokens)).then_some(Subject { from: tokens.start, tokens })
    }

    /// The subject of the clause, which a participle or a second verb shares.
    pub(super) fn shared_subject(&self, clause: &Clause, main: Option<&Range<usize>>) -> Option<Subject> {
        if let Some(main) = main {
            return Some(Subject { from: main.start, tokens: main.clone() });
        }
        let reading = self;
        let mut at = clause.tokens.start;
        let end = clause.tokens.end;
        // "But the mayor"
        if reading.is(at, Tags::AND | Tags::BUT) && at + 1 < end {
            at += 1 + usize::from(reading.is(at + 1, Tags::COMMA));
        }
        let adverbial = reading.is(at, Tags::PREP | Tags::SUBORDINATE | Tags::TIME | Tags::ADVERB)
            && !reading.is(at, Tags::SUBJECT)
            || reading.is_opening_participle(at);
        if adverbial {
            let comma = (at..end.min(at + 30))
                .find(|&at| reading.is(at, Tags::COMMA) && !reading.is(at, Tags::QUOTED));
            at = match comma {
                Some(comma) => comma + 1,
                None => at + 1,
            };
        }
        let first = reading.phrase_after(at, end).map(|tokens| reading.cut_at_verb(tokens));
        if let Some(tokens) = first.filter(|tokens| reading.names_somebody(tokens)) {
            return Some(Subject { from: tokens.start, tokens });
        }
        // Else who stands before the first finite verb.
        let verb = (at + 1..end.min(at + 40)).find(|&at| {
            !reading.is(at, Tags::QUOTED | Tags::BRACKETED)
                && (reading.is(at, Tags::ANY_AUX) || reading.looks_finite(at))
        })?;
        reading.subject_before(verb, at).filter(|subject| reading.names_somebody(&subject.tokens))
    }

    /// “…,” said Brown.
    fn inverted(
        &self,
        at: usize,
        n: usize,
        verb: Verb,
        group: usize,
        clause: &Clause,
        taken: usize,
    ) -> Option<Subject> {
        let reading = self;
        if !verb.frames.has(Frames::QUOTE) || group != at || !matches!(verb.form, Form::Past | Form::Third) {
            return None;
        }
        let k = at.checked_sub(1).filter(|&k| k >= clause.tokens.start && k + 1 > taken)?;
        let quoted = reading.is(k, Tags::QUOTED)
            || reading.is(k, Tags::COMMA | Tags::DASH) && k > 0 && reading.is(k - 1, Tags::QUOTED);
        // "Brown, who was there, told her guests": who is told is no speaker.
        if !quoted && (!reading.is(k, Tags::COMMA) || verb.frames.has(Frames::WEAK | Frames::HEARER)) {
            return None;
        }
        let start = at + n;
        let nominal = reading.is_capital(start)
            || reading.is(start, Tags::DET | Tags::POSSESSIVE | Tags::PERSON | Tags::BODY)
            || reading.is(start, Tags::SUBJECT) && !reading.is(start, Tags::OBJECT)
            || quoted && reading.is_described(start, clause.tokens.end);
        if !nominal || start >= clause.tokens.end || reading.is(start, Tags::THAT | Tags::TIME | Tags::QUOTED)
        {
            return None;
        }
        let tokens = reading.phrase_after(start, clause.tokens.end)?;
        if !quoted {
            // "His mother, Jane Brown, said her son, 17, had come": she says it.
            let aside = reading.subject_before_apposition(k, clause.tokens.start);
            if aside.is_some_and(|subject| subject.from == clause.tokens.start) {
                return None;
            }
            let closes = tokens.end >= clause.tokens.end
                || reading.is(tokens.end, Tags::STOP | Tags::COMMA | Tags::TIME);
            // "…, reaffirmed its faith in Brown": what they have does not speak.
            let head = reading.head_of(&tokens);
            let speaks = reading.is_capital(head)
                || reading.is(head, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                || !reading.is(tokens.start, Tags::POSSESSIVE);
            if !closes
                || !speaks
                || !reading.names_somebody(&tokens)
                || reading.has_finite(tokens.start, tokens.end)
            {
                return None;
            }
        }
        Some(Subject { from: at, tokens })
    }
}
