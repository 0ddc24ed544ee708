//! The moment of a statement: whether a time stands with the verb of speech, or with something else that its sentence
//! tells.

use super::{
    clause::Reading,
    draft::Draft,
    word::{Form, Frames, Tags},
};
use crate::token::TokenKind;
use std::ops::Range;

/// Words that lead to the time at which something is done.
const LEADS: [&str; 6] = ["on", "in", "at", "during", "within", "as"];

/// Occasions on which something is said, beside what is a text or a speech by its name.
const OCCASIONS: [&str; 21] = [
    "address",
    "briefing",
    "broadcast",
    "call",
    "column",
    "comments",
    "conference",
    "debate",
    "hearing",
    "interview",
    "meeting",
    "news",
    "press",
    "programme",
    "program",
    "remarks",
    "session",
    "speech",
    "summit",
    "talks",
    "testimony",
];

/// Participles of what is done with words, so that their time is that of the words.
const MADE_KNOWN: [&str; 14] = [
    "aired",
    "asked",
    "broadcast",
    "dated",
    "delivered",
    "interviewed",
    "issued",
    "posted",
    "pressed",
    "printed",
    "published",
    "questioned",
    "quoted",
    "released",
];

/// Participles of the work behind a paper, which was done before it spoke.
const OF_WORK: [&str; 7] =
    ["carried", "commissioned", "completed", "conducted", "funded", "taken", "undertaken"];

/// Participles that have no ending of their own.
const STRONG: [&str; 17] = [
    "born", "built", "begun", "brought", "chosen", "drawn", "driven", "given", "held", "left", "made",
    "sent", "set", "sold", "taken", "won", "written",
];

/// Tokens between "up from" and the time of what it is held against.
const COMPARED_REACH: usize = 8;
/// Tokens before a time that are looked at, and those between the verb of speech and it.
const REACH: usize = 40;

impl Reading<'_, '_> {
    /// Whether the time in the tokens `time` says when a statement was made, whose sentence begins at `first`:
    /// "On Friday she said", "said in an interview on Friday", "Friday’s report said"; but not "Founded in 1911, the
    /// mill said", "critics of the 2019 law said", "who left in May said".
    pub(super) fn is_moment(&self, draft: &Draft, first: usize, time: &Range<usize>) -> bool {
        let Some(cue) = &draft.cue else { return false };
        let goes_with = |gap: Range<usize>| {
            self.is_led(first, time) && self.is_of_speech(time) && self.is_open(gap, time.start)
        };
        if let Some(speaker) = draft.speaker.as_ref().filter(|speaker| speaker.contains(&time.start)) {
            let head = self.head_of(speaker);
            return match time.start < head {
                true => self.is(head, Tags::PAPER | Tags::SPEECH),
                false => goes_with(head + 1..time.start),
            };
        }
        if time.start.abs_diff(cue.start) > REACH {
            return false;
        }
        let ends = [Some(cue.end), draft.speaker.as_ref().map(|speaker| speaker.end)];
        let anchor = ends.into_iter().flatten().filter(|&end| end <= time.start).max();
        let gap = anchor.unwrap_or(first)..time.start;
        if gap.len() > REACH {
            return false;
        }
        if goes_with(gap.clone()) && (anchor.is_some() || self.opens(&gap)) {
            return true;
        }
        // "met the council on Friday and said", "left on Friday, saying"
        let joint = time.end..cue.start;
        let small = Tags::COMMA | Tags::AND | Tags::BUT | Tags::ADVERB;
        let goes_on = joint.clone().any(|at| self.is(at, Tags::AND | Tags::BUT))
            || self.verb(cue.start, cue.end).is_some_and(|(_, verb)| verb.form == Form::Ing);
        !joint.is_empty()
            && goes_on
            && self.is_led(first, time)
            && self.is_of_speech(time)
            && joint.clone().all(|at| self.is(at, small))
            && !gap.clone().any(|at| self.is(at, Tags::RELATIVE))
    }

    /// Whether what stands before a time leads to a moment: "on", "last", but not "since", "about" or "of".
    fn is_led(&self, first: usize, time: &Range<usize>) -> bool {
        let skipped = Tags::DET | Tags::POSSESSIVE | Tags::ADVERB;
        let Some(lead) = (first..time.start).rev().find(|&at| !self.is(at, skipped)) else { return true };
        let word = self.word(lead).to_ascii_lowercase();
        if word == "of" {
            return lead > first && self.is_occasion(lead - 1);
        }
        // "up from $3 in 2022": what it is held against.
        let held_against = || {
            let from = lead.saturating_sub(COMPARED_REACH).max(first);
            (from..lead).any(|at| {
                self.is_word(at, "from") && at > first && matches!(self.word(at - 1), "up" | "down")
            }) || (from..lead).any(|at| matches!(self.word(at), "versus" | "vs"))
        };
        (!self.is(lead, Tags::PREP | Tags::TO | Tags::SUBORDINATE) || LEADS.contains(&&*word))
            && !held_against()
    }

    /// Whether a time that describes something describes what was said or where: "Friday’s briefing", "a 2019 letter",
    /// but not "Friday’s vote", "the 2019 law". True as well of a time that describes nothing.
    fn is_of_speech(&self, time: &Range<usize>) -> bool {
        let owns = self.is_possessive(time.end);
        let described = time.start > 0 && self.is(time.start - 1, Tags::DET | Tags::POSSESSIVE);
        if !(owns || described && self.is_plain_noun(time.end)) {
            return true;
        }
        let noun = time.end + usize::from(owns);
        (noun..noun + 3).any(|at| self.is_occasion(at))
    }

    /// Whether the word at `at` stands behind a paper or an occasion: "a speech held", "a letter, sent".
    fn is_after_occasion(&self, at: usize) -> bool {
        let comma = usize::from(at > 0 && self.is(at - 1, Tags::COMMA));
        at > comma && self.is_occasion(at - comma - 1)
    }

    fn is_occasion(&self, at: usize) -> bool {
        self.is(at, Tags::PAPER | Tags::SPEECH) || OCCASIONS.contains(&&*self.word(at).to_ascii_lowercase())
    }

    /// Whether a sentence begins with the words of a time, and not with somebody who does something else then.
    fn opens(&self, gap: &Range<usize>) -> bool {
        let at = gap.start;
        let opening = Tags::PREP | Tags::ADVERB | Tags::AND | Tags::BUT | Tags::TIME | Tags::DASH;
        let word = self.word(at).to_ascii_lowercase();
        // "For its fiscal 2019 year she reported"
        let last = gap.end.saturating_sub(1);
        let known = || MADE_KNOWN.contains(&&*self.word(last).to_ascii_lowercase());
        if gap.len() > 1 && self.is_plain_noun(last) && !self.is_occasion(last) && !known() {
            return false;
        }
        gap.is_empty()
            || self.is(at, opening)
            || gap.len() == 1 && self.is(at, Tags::DET)
            || word.len() > 4 && word.ends_with("ing")
            || MADE_KNOWN.contains(&&*word)
            // The place and the day of a report.
            || gap.clone().all(|at| self.is_capital(at) || self.page.tokens[at].kind != TokenKind::Word)
    }

    /// Whether nothing in `gap` takes the time at `time` for itself: no other verb, no clause of its own.
    fn is_open(&self, gap: Range<usize>, time: usize) -> bool {
        gap.clone().all(|at| {
            if self.is(at, Tags::QUOTED | Tags::BRACKETED) {
                return true;
            }
            let word = self.word(at).to_ascii_lowercase();
            if self.is(at, Tags::RELATIVE | Tags::ANY_AUX)
                || self.is(at, Tags::SUBORDINATE) && !self.is(at, Tags::PREP)
            {
                return false;
            }
            let participle = word.len() > 3 && word.ends_with("ed") || STRONG.contains(&&*word);
            let governs = at + 1 >= time || self.is(at + 1, Tags::PREP | Tags::ADVERB | Tags::TO);
            let says = || self.verb(at, at + 1).is_some_and(|(_, verb)| verb.frames.has(Frames::QUOTE));
            !(participle && governs)
                || says()
                || MADE_KNOWN.contains(&&*word)
                || !OF_WORK.contains(&&*word) && self.is_after_occasion(at)
        })
    }
}
