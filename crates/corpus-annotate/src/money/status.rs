//! What is said to have become of an amount.

use super::MoneyStatus::{self, Asked, Confirmed, Other, Paid, Promised};
use crate::{lexicon::Lexicon, token::Token};
use std::{ops::Range, sync::LazyLock};

const WORDS: &[(&str, MoneyStatus)] = &[
    ("asked", Asked),
    ("asks", Asked),
    ("ask", Asked),
    ("asking", Asked),
    ("requested", Asked),
    ("requests", Asked),
    ("request", Asked),
    ("requesting", Asked),
    ("seeks", Asked),
    ("seek", Asked),
    ("sought", Asked),
    ("seeking", Asked),
    ("demanded", Asked),
    ("demands", Asked),
    ("demand", Asked),
    ("wants", Asked),
    ("wanted", Asked),
    ("needs", Asked),
    ("hopes", Asked),
    ("applied", Asked),
    ("claims", Asked),
    ("issue", Asked),
    ("appealed", Asked),
    ("lobbied", Asked),
    ("promised", Promised),
    ("promises", Promised),
    ("promise", Promised),
    ("pledged", Promised),
    ("pledges", Promised),
    ("pledge", Promised),
    ("offered", Promised),
    ("offers", Promised),
    ("offer", Promised),
    ("offering", Promised),
    ("will", Promised),
    ("proposed", Promised),
    ("vowed", Promised),
    ("planned", Promised),
    ("plans", Promised),
    ("earmarked", Promised),
    ("confirmed", Confirmed),
    ("confirms", Confirmed),
    ("agreed", Confirmed),
    ("agrees", Confirmed),
    ("approved", Confirmed),
    ("approves", Confirmed),
    ("signed", Confirmed),
    ("granted", Confirmed),
    ("committed", Confirmed),
    ("commitment", Confirmed),
    ("allocated", Confirmed),
    ("awarded", Confirmed),
    ("disbursal", Confirmed),
    ("imminent", Confirmed),
    ("guaranteed", Confirmed),
    ("paid", Paid),
    ("pays", Paid),
    ("received", Paid),
    ("receives", Paid),
    ("gave", Paid),
    ("given", Paid),
    ("lent", Paid),
    ("spent", Paid),
    ("transferred", Paid),
    ("disbursed", Paid),
    ("got", Paid),
    ("borrowed", Paid),
    ("provided", Paid),
    ("invested", Paid),
    ("bought", Paid),
    ("cost", Paid),
    ("donated", Paid),
    ("sent", Paid),
    ("won", Paid),
    ("lost", Paid),
    ("raised", Paid),
    ("repaid", Paid),
    ("issued", Paid),
    ("sold", Paid),
];

static CUES: LazyLock<Lexicon<MoneyStatus>> = LazyLock::new(|| Lexicon::new(WORDS.iter().copied()));

/// How far a cue may stand from the amount, in tokens.
const REACH: usize = 14;

/// The nearest cue before the amount, else the nearest after it in the sentence.
pub(super) fn status(tokens: &[Token], sentence: Range<usize>, amount: Range<usize>) -> MoneyStatus {
    let before = sentence.start.max(amount.start.saturating_sub(REACH))..amount.start.max(sentence.start);
    let after = amount.end..sentence.end.min(amount.end + REACH).max(amount.end);
    let cue = |index: usize| CUES.get(tokens[index]);
    before.rev().find_map(cue).or_else(|| after.clone().find_map(cue)).unwrap_or(Other)
}
