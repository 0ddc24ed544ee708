//! A verb of speech with its subject.

use super::{
    clause::{Clause, Reading},
    group::Group,
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
    pub(super) order: Order,
}

/// How a verb of speech stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// "Brown said".
    SubjectFirst,
    /// "said Brown".
    VerbFirst,
    /// "and said": the subject is that of another verb.
    Shared,
    /// "saying", "to say", "it was said": the verb is not finite, or has no subject that speaks.
    Open,
}

impl Order {
    /// Whether the subject, if there is one, stands before the verb and is its own.
    pub(super) fn has_subject_before(self) -> bool {
        matches!(self, Order::SubjectFirst | Order::Open)
    }
}

/// A verb of speech as it stands in its clause, before it is known who speaks.
#[derive(Clone, Copy)]
pub(super) struct Spoken<'c> {
    /// The token that the verb begins with.
    pub(super) at: usize,
    /// Tokens of the verb.
    pub(super) n: usize,
    pub(super) verb: Verb,
    pub(super) clause: &'c Clause,
    /// The end of what earlier statements of the clause have taken.
    pub(super) taken: usize,
    /// The subject of the clause's last verb of speech.
    pub(super) main: Option<&'c Range<usize>>,
}

impl Spoken<'_> {
    /// The first token of the clause.
    fn lo(&self) -> usize {
        self.clause.tokens.start
    }

    /// The token behind the verb.
    fn end(&self) -> usize {
        self.at + self.n
    }

    /// The cue that the verb is with `subject`.
    fn cue(&self, tokens: Range<usize>, subject: Option<Subject>, order: Order) -> Cue {
        Cue { tokens, verb: self.verb, subject, order }
    }
}

/// Tokens between "quoted" and "as saying".
const QUOTED_REACH: usize = 14;

impl Reading<'_, '_> {
    /// Whether the word at `at` says that somebody is quoted.
    fn is_quoted(&self, at: usize) -> bool {
        matches!(self.word(at), "quoted" | "cited" | "quotes" | "cites")
    }

    /// Reads a verb of speech with its subject.
    pub(super) fn cue(&self, spoken: Spoken<'_>) -> Option<Cue> {
        let Spoken { at, n, verb, clause, main, .. } = spoken;
        let lo = spoken.lo();
        if self.is_capital(at) && at > lo {
            return None;
        }
        let group = self.group(at, lo);
        if self.is_no_speech(&spoken, &group) {
            return None;
        }
        let tokens = group.start.max(at.saturating_sub(4))..spoken.end();
        if group.to {
            return self.infinitive(&spoken, &group, tokens);
        }
        let is_bare = group.start == at;
        if verb.form == Form::Past && is_bare && self.shortens(at, lo, clause.tokens.end) {
            return None;
        }
        match verb.form {
            Form::Past if group.be => return self.passive(&spoken, &group, tokens),
            Form::Participle if !group.have => return None,
            Form::Ing if !group.be => return self.participle(&spoken, tokens),
            _ => {}
        }
        let before = group.start.checked_sub(1).filter(|&k| k >= lo);
        if is_bare && before.is_some_and(|k| self.is_noun_of(k, lo)) {
            return None;
        }
        if let Some(subject) = self.inverted(&spoken, &group) {
            return Some(spoken.cue(tokens, Some(subject), Order::VerbFirst));
        }
        let before = before?;
        if self.is(before, Tags::AND | Tags::BUT) {
            let subject = self.subject_of_clause(before, lo).or_else(|| self.shared_subject(clause, main))?;
            return group.is_finite(verb.form).then(|| spoken.cue(tokens, Some(subject), Order::Shared));
        }
        let subject = self.subject_first(&spoken, &group, before)?;
        // "a plan announced by": the participle of a shortened clause.
        let remark = subject.from > lo && self.is(subject.from - 1, Tags::QUOTED);
        if verb.form == Form::Past && self.is_word(at + n, "by") && !remark {
            return None;
        }
        Some(spoken.cue(tokens, Some(subject), Order::SubjectFirst))
    }

    /// Whether the words around a verb say that nothing is said, or that it is no verb.
    fn is_no_speech(&self, spoken: &Spoken<'_>, group: &Group) -> bool {
        let (at, behind, form) = (spoken.at, spoken.end(), spoken.verb.form);
        let before = group.start.checked_sub(1).filter(|&k| k >= spoken.lo());
        let is_before_quote = self.is(behind, Tags::QUOTED);
        // "quoted him as saying": what is said stands behind "saying".
        let as_saying = |at: usize| self.is_word(at, "as") && self.word(at + 1).ends_with("ing");
        let reach = spoken.clause.tokens.end.min(at + QUOTED_REACH);
        // "their main brands are", "what they say is": the words are no verb, or that of a subject.
        let is_subject = self.is(behind, Tags::ANY_AUX)
            && !matches!(self.word(behind), "being" | "having")
            && !self.is(behind, Tags::SUBJECT)
            && !self.is_capital(behind);
        // "in a tense dispute": one of a kind disputes, it does not dispute.
        let counted =
            |k: usize| k > spoken.lo() && matches!(self.word(k - 1), "a" | "an") && self.is_plain_noun(k);
        // "you can tell it rains": nobody says so.
        let is_anybody = before.is_some_and(|k| matches!(self.word(k), "you" | "You" | "one" | "One"));
        group.not && !is_before_quote
            || self.is_quoted(at) && (at + 1..reach).any(as_saying)
            || group.to && form != Form::Base
            || is_subject
            || form == Form::Base && group.start == at && before.is_some_and(counted)
            || is_anybody && group.helped && !is_before_quote
    }

    /// "promised to tell her that": the subject of another verb says it.
    fn infinitive(&self, spoken: &Spoken<'_>, group: &Group, tokens: Range<usize>) -> Option<Cue> {
        let Spoken { verb, clause, main, .. } = *spoken;
        let onset = self.onset(spoken.end(), clause.tokens.end, verb);
        let is_marked = self.is(spoken.end(), Tags::THAT | Tags::QUOTED)
            || verb.frames.has(Frames::HEARER) && onset.is_some_and(|onset| onset.marked);
        let wishes =
            ["refused", "declined", "wants", "want", "able", "expected", "likely", "failed", "going"];
        let before = group.start.checked_sub(1).filter(|&k| k >= spoken.lo());
        let is_wished = before.is_some_and(|k| wishes.contains(&self.word(k)));
        let is_strong = verb.frames.has(Frames::CLAUSE)
            && (!verb.frames.has(Frames::WEAK) || verb.frames.has(Frames::HEARER));
        if !is_marked || is_wished || !is_strong {
            return None;
        }
        let subject = self.shared_subject(clause, main)?;
        Some(spoken.cue(tokens, Some(subject), Order::Open))
    }

    /// Whether the word at `k` makes a noun of the word behind it: "the report", "Brown's claims".
    fn is_noun_of(&self, k: usize, lo: usize) -> bool {
        let is_owned =
            self.is(k, Tags::DET | Tags::POSSESSIVE) && !self.is(k, Tags::SUBJECT) || self.is_possessive(k);
        let is_counted =
            matches!(self.word(k), "some" | "many" | "others" | "both" | "several" | "few" | "all" | "that");
        // "released in June 2019 found"
        let is_dated =
            || self.page.tokens[k].kind == TokenKind::Number && self.paper_before(k + 1, lo).is_some();
        is_owned && !is_counted && !is_dated()
    }

    /// "Brown said": the subject that ends at `before`, right before the verb.
    fn subject_first(&self, spoken: &Spoken<'_>, group: &Group, before: usize) -> Option<Subject> {
        let Spoken { at, verb, clause, .. } = *spoken;
        let lo = spoken.lo();
        if self.is(before, Tags::PREP | Tags::TO | Tags::STOP | Tags::COLON | Tags::SEMICOLON)
            && !self.is(before, Tags::BRACKETED)
            && !self.is_capital(before)
        {
            return None;
        }
        let subject = self.subject_before(group.start, lo)?;
        let is_who = self.is_word(before, "who");
        let governed = subject.from > lo
            && self.is(subject.from - 1, Tags::PREP)
            && !self.is(subject.from - 1, Tags::SUBORDINATE | Tags::QUOTED);
        if governed && !is_who && !self.is_word(before, "which") {
            return None;
        }
        if verb.form == Form::Base && !group.helped {
            let is_plural = self.is_plural(self.head_of(&subject.tokens))
                || is_who
                || subject.tokens.clone().any(|at| self.is(at, Tags::AND));
            // "member states", "tough questions": the plural of a noun.
            let next = self.skip_adverbs(spoken.end(), clause.tokens.end);
            let is_noun = self.is(at, Tags::BODY | Tags::SPEECH | Tags::PAPER)
                && !self.is(next, Tags::THAT | Tags::QUOTED | Tags::COLON | Tags::SUBJECT | Tags::OBJECT);
            if !is_plural || is_noun {
                return None;
            }
        }
        let may_be_noun = verb.form == Form::Third && !group.be && !group.helped;
        (!may_be_noun || self.is_third_person(spoken, &subject, is_who)).then_some(subject)
    }

    /// Whether a word such as "states", "questions" or "says" is the verb of `subject` and not the plural of a noun.
    fn is_third_person(&self, spoken: &Spoken<'_>, subject: &Subject, is_who: bool) -> bool {
        let (at, behind) = (spoken.at, spoken.end());
        let head = subject.tokens.end - 1;
        let noun = self.is(at, Tags::SPEECH | Tags::PAPER | Tags::BODY | Tags::PERSON);
        // "states that will vote", "questions are open"
        let that = self.is(behind, Tags::THAT) && self.is_that_thing(behind);
        if noun && (that || self.is(behind, Tags::ANY_AUX)) {
            return false;
        }
        let quoted_before = subject.from > spoken.lo()
            && (self.is(subject.from - 1, Tags::QUOTED)
                || self.is(subject.from - 1, Tags::COMMA)
                    && self.is(subject.from.wrapping_sub(2), Tags::QUOTED));
        let sure = quoted_before && !noun
            || self.is(behind, Tags::THAT | Tags::QUOTED | Tags::COLON)
            || self.is(behind, Tags::SUBJECT) && !noun
            || (self.is_capital(head) || self.is(head, Tags::SUBJECT))
                && !self.is(at, Tags::BODY | Tags::PERSON)
            || !noun
                && (self.is(head, Tags::PERSON | Tags::BODY | Tags::PAPER)
                    // "the fisherman says the dam leaks"
                    || self.is_word(at, "says") && self.is_plain_noun(head)
                    || is_who);
        let named = self.names_somebody(&subject.tokens) || self.is(head, Tags::PAPER | Tags::SPEECH);
        sure && (!noun || named)
    }

    /// "it was announced that", "he was told that": nobody is named who says it.
    fn passive(&self, spoken: &Spoken<'_>, group: &Group, tokens: Range<usize>) -> Option<Cue> {
        let impersonal = group.start > 0 && self.is_word(group.start - 1, "it");
        let marked = self.is(spoken.end(), Tags::THAT | Tags::COLON);
        (marked && (impersonal || spoken.verb.frames.has(Frames::HEARER)))
            .then(|| spoken.cue(tokens, None, Order::Open))
    }

    /// "…, saying that", "quoted as saying".
    fn participle(&self, spoken: &Spoken<'_>, tokens: Range<usize>) -> Option<Cue> {
        let Spoken { at, clause, main, .. } = *spoken;
        let k = at.checked_sub(1).filter(|&k| k >= clause.tokens.start)?;
        if self.is(k, Tags::DET | Tags::POSSESSIVE)
            || self.is_possessive(k)
            || self.is_word(k, "without")
            || self.is_word(k, "avoided")
            // "denied saying that": it was not said.
            || self.verb(k, at).is_some_and(|(n, verb)| k + n == at && verb.frames.has(Frames::DENY))
        {
            return None;
        }
        // "a third reading", "road repair estimating software"
        let article = k > clause.tokens.start && matches!(self.word(k - 1), "a" | "an" | "the");
        let is_marked = self.is(tokens.end, Tags::THAT | Tags::QUOTED | Tags::COMMA | Tags::COLON);
        let speaks = Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH | Tags::VERB | Tags::OBJECT;
        if (article || !is_marked) && self.is_plain_noun(k) && !self.is(k, speaks) {
            return None;
        }
        if self.is_word(k, "as") {
            return self.as_saying(spoken, k, tokens.end);
        }
        // "amounts to saying", "the vote on admitting Freedonia"
        let leads = matches!(self.word(k), "by" | "in" | "after" | "before" | "while" | "when" | "with");
        if self.is(k, Tags::TO) || self.is(k, Tags::PREP) && !leads {
            return None;
        }
        let paper = self.is_plain_noun(k).then(|| self.phrase_before(at, clause.tokens.start)).flatten();
        let paper = paper.filter(|tokens| tokens.clone().any(|at| self.is(at, Tags::PAPER | Tags::SPEECH)));
        let subject = if let Some(tokens) = paper.filter(|_| main.is_none()) {
            Some(Subject { from: tokens.start, tokens })
        } else if self.is(k, Tags::PAPER | Tags::SPEECH) {
            match main {
                Some(main) => Some(Subject { from: main.start, tokens: main.clone() }),
                None => {
                    self.shared_subject(clause, None).or_else(|| self.subject_before(at, clause.tokens.start))
                }
            }
        } else if self.is_capital(k) || self.is(k, Tags::PERSON) {
            self.subject_before(at, clause.tokens.start)
        } else {
            self.shared_subject(clause, main)
        };
        Some(spoken.cue(tokens, Some(subject?), Order::Open))
    }

    /// "the agency quoted Korova as saying", "Korova was quoted by the agency as saying"; "as" is at `k`.
    fn as_saying(&self, spoken: &Spoken<'_>, k: usize, end: usize) -> Option<Cue> {
        let lo = spoken.lo();
        let quoted = (lo..k).rev().take(QUOTED_REACH).find(|&k| self.is_quoted(k))?;
        let between = quoted + 1..k;
        let by = self.is_word(between.start, "by");
        if !by && (between.len() > 2 || self.names_somebody(&between)) {
            let subject = Subject { from: quoted, tokens: between };
            let speaks = self.names_somebody(&subject.tokens);
            return speaks.then(|| spoken.cue(k..end, Some(subject), Order::Open));
        }
        let mut first = quoted;
        while first > lo && self.is(first - 1, Tags::ANY_AUX | Tags::ADVERB) {
            first -= 1;
        }
        Some(spoken.cue(first..end, self.subject_before(first, lo), Order::Open))
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
        let mut at = clause.tokens.start;
        let end = clause.tokens.end;
        // "But the mayor"
        if self.is(at, Tags::AND | Tags::BUT) && at + 1 < end {
            at += 1 + usize::from(self.is(at + 1, Tags::COMMA));
        }
        let adverbial = self.is(at, Tags::PREP | Tags::SUBORDINATE | Tags::TIME | Tags::ADVERB)
            && !self.is(at, Tags::SUBJECT)
            || self.is_opening_participle(at);
        if adverbial {
            let comma =
                (at..end.min(at + 30)).find(|&at| self.is(at, Tags::COMMA) && !self.is(at, Tags::QUOTED));
            at = match comma {
                Some(comma) => comma + 1,
                None => at + 1,
            };
        }
        let first = self.phrase_after(at, end).map(|tokens| self.cut_at_verb(tokens));
        if let Some(tokens) = first.filter(|tokens| self.names_somebody(tokens)) {
            return Some(Subject { from: tokens.start, tokens });
        }
        // Else who stands before the first finite verb.
        let verb = (at + 1..end.min(at + 40)).find(|&at| {
            !self.is(at, Tags::QUOTED | Tags::BRACKETED)
                && (self.is(at, Tags::ANY_AUX) || self.looks_finite(at))
        })?;
        self.subject_before(verb, at).filter(|subject| self.names_somebody(&subject.tokens))
    }

    /// “…,” said Brown.
    fn inverted(&self, spoken: &Spoken<'_>, group: &Group) -> Option<Subject> {
        let Spoken { at, n, verb, clause, taken, .. } = *spoken;
        if !verb.frames.has(Frames::QUOTE)
            || group.start != at
            || !matches!(verb.form, Form::Past | Form::Third)
        {
            return None;
        }
        let k = at.checked_sub(1).filter(|&k| k >= clause.tokens.start && k + 1 > taken)?;
        let quoted = self.is(k, Tags::QUOTED)
            || self.is(k, Tags::COMMA | Tags::DASH) && k > 0 && self.is(k - 1, Tags::QUOTED);
        // "Brown, who was there, told her guests": who is told is no speaker.
        if !quoted && (!self.is(k, Tags::COMMA) || verb.frames.has(Frames::WEAK | Frames::HEARER)) {
            return None;
        }
        let start = at + n;
        let nominal = self.is_capital(start)
            || self.is(start, Tags::DET | Tags::POSSESSIVE | Tags::PERSON | Tags::BODY)
            || self.is(start, Tags::SUBJECT) && !self.is(start, Tags::OBJECT)
            || quoted && self.is_described(start, clause.tokens.end);
        if !nominal || start >= clause.tokens.end || self.is(start, Tags::THAT | Tags::TIME | Tags::QUOTED) {
            return None;
        }
        let tokens = self.phrase_after(start, clause.tokens.end)?;
        if !quoted {
            // "His mother, Jane Brown, said her son, 17, had come": she says it.
            let aside = self.subject_before_apposition(k, clause.tokens.start);
            if aside.is_some_and(|subject| subject.from == clause.tokens.start) {
                return None;
            }
            let closes =
                tokens.end >= clause.tokens.end || self.is(tokens.end, Tags::STOP | Tags::COMMA | Tags::TIME);
            // "…, reaffirmed its faith in Brown": what they have does not speak.
            let head = self.head_of(&tokens);
            let speaks = self.is_capital(head)
                || self.is(head, Tags::PERSON | Tags::BODY | Tags::PAPER | Tags::SPEECH)
                || !self.is(tokens.start, Tags::POSSESSIVE);
            if !closes
                || !speaks
                || !self.names_somebody(&tokens)
                || self.has_finite(tokens.start, tokens.end)
            {
                return None;
            }
        }
        Some(Subject { from: at, tokens })
    }
}
