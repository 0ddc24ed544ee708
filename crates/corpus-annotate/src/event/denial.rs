//! Events of which the text says that they are none: "they never met", "no plans for talks", "the visit was called off".

use crate::{page::Page, sentence::Sentence, statement::word::Tags};
use std::ops::Range;

/// Tokens before a verb in which what denies it stands.
const DENIED_REACH: usize = 3;
/// Words that deny the verb behind them, beside those that are tagged so.
const DENIALS: [&str; 4] = ["nothing", "nobody", "none", "without"];
/// Verbs that lead with "to" to what does not come about.
const REFUSALS: [&str; 8] =
    ["refused", "refuses", "declined", "declines", "failed", "fails", "refusing", "declining"];
/// Tokens before a noun in which what says that there is none of it stands.
const NONE_REACH: usize = 5;
/// Words that say that there is none of what follows.
const NONE: [&str; 6] = ["no", "none", "without", "avoid", "avoided", "avoiding"];
/// Tokens before a noun in which the verb of who gives it up stands, and behind it until what became of it is said.
const GIVEN_UP_REACH: (usize, usize) = (4, 12);
/// Words for what was to be and is not; talks that are abandoned or broken off were held.
const GIVEN_UP: [&str; 5] = ["cancelled", "canceled", "scrapped", "cancels", "cancelling"];

/// Whether a verb is denied: "nothing was signed", "they never met", "no longer plans to meet", "refused to meet".
pub(super) fn of_verb(page: &Page<'_>, sentence: &Sentence, at: usize) -> bool {
    is_denied(page, at.saturating_sub(DENIED_REACH).max(sentence.tokens.start)..at)
}

/// Whether words deny the verb that stands behind them: "will not", "refused to", but "not only".
pub(super) fn is_denied(page: &Page<'_>, mut before: Range<usize>) -> bool {
    let word = |at: usize| page.word(page.tokens[at]);
    let is_denial = |at: usize| {
        let is_not = page.tokens[at].tags.has(Tags::NOT) && !word(at).eq_ignore_ascii_case("no");
        is_not && !matches!(word(at + 1), "only" | "just" | "merely" | "least")
            || DENIALS.iter().any(|denial| denial.eq_ignore_ascii_case(word(at)))
    };
    let is_past = |at: usize| word(at) == "longer" && at > 0 && word(at - 1).eq_ignore_ascii_case("no");
    let is_refusal = |at: usize| REFUSALS.contains(&word(at)) && word(at + 1) == "to";
    before.any(|at| is_denial(at) || is_past(at) || is_refusal(at))
}

/// Whether what a noun names is denied: "no plans for a meeting", "none asked for such talks", but "no role in the talks";
/// "cancelled a meeting", "the meeting was called off".
pub(super) fn of_noun(page: &Page<'_>, sentence: &Sentence, noun: &Range<usize>) -> bool {
    let word = |at: usize| page.word(page.tokens[at]);
    let is = |at: usize, tags: Tags| page.tokens[at].tags.has(tags);
    let before =
        |reach: usize| (noun.start.saturating_sub(reach).max(sentence.tokens.start)..noun.start).rev();
    let is_none = before(NONE_REACH)
        .take_while(|&at| !is(at, Tags::PREP) || matches!(word(at), "for" | "without"))
        .any(|at| NONE.iter().any(|none| none.eq_ignore_ascii_case(word(at))));
    // "called off talks"
    let is_given_up = |at: usize| {
        GIVEN_UP.contains(&word(at))
            || word(at) == "off" && at > sentence.tokens.start && matches!(word(at - 1), "called" | "calls")
    };
    let gave_up =
        before(GIVEN_UP_REACH.0).take_while(|&at| !is(at, Tags::PREP) || word(at) == "off").any(is_given_up);
    let end = sentence.tokens.end.min(noun.end + GIVEN_UP_REACH.1);
    // "the visit to Lima has been called off"
    let was_given_up = || {
        let be = (noun.end..end).find(|&at| is(at, Tags::BE));
        // "the talks between Lima and Quito were called off", but "they met for talks and a concert was called off"
        let joins =
            if noun.end < end && word(noun.end) == "between" { Tags::COMMA } else { Tags::COMMA | Tags::AND };
        !(noun.end..be.unwrap_or(noun.end)).any(|at| is(at, joins | Tags::RELATIVE | Tags::THAT))
            && be.is_some_and(|be| (be + 1..end.min(be + 4)).any(is_given_up))
    };
    is_none || gave_up || was_given_up()
}
