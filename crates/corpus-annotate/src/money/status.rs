//! What is said to have become of an amount.

use super::MoneyStatus::{self, Asked, Confirmed, Other, Paid, Promised};
use crate::{
    lexicon::Lexicon,
    statement::word::Tags,
    token::{Key, Token},
};
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

/// What an amount is of, so that no verb further off is its own.
const ACCOUNTS: &str = "worth valued value revenue revenues turnover profit profits income earnings loss losses costs costing \
    price prices priced estimated estimate estimates debt debts deficit surplus salary salaries wages assets \
    capitalisation capitalization compared";

static CUES: LazyLock<Lexicon<MoneyStatus>> = LazyLock::new(|| {
    let accounts = ACCOUNTS.split_ascii_whitespace().map(|word| (word, Other));
    Lexicon::new(WORDS.iter().copied().chain(accounts))
});
const COST: Key = Key::ascii("cost");

/// How far a cue may stand from the amount, in tokens.
const REACH: usize = 14;
/// Tokens before a verb among which "not" and "would" stand.
const GROUP: usize = 4;

/// The nearest cue before the amount, else the nearest after it in the sentence.
pub(super) fn status(tokens: &[Token], sentence: Range<usize>, amount: Range<usize>) -> MoneyStatus {
    let before = sentence.start.max(amount.start.saturating_sub(REACH))..amount.start.max(sentence.start);
    let after = amount.end..sentence.end.min(amount.end + REACH).max(amount.end);
    let cue = |at: usize| {
        let status = CUES.get(tokens[at])?;
        // "the cost of the bridge is $3m"
        let is_noun = tokens[at].key == COST
            && tokens.get(at + 1).is_some_and(|next| next.tags.has(Tags::PREP | Tags::ANY_AUX));
        match status {
            Paid if is_noun => Some(Other),
            Paid => has_happened(&tokens[sentence.start.min(at)..at]).then_some(Paid),
            status => Some(status),
        }
    };
    before.rev().find_map(cue).or_else(|| after.clone().find_map(cue)).unwrap_or(Other)
}

/// Whether a verb behind `before` tells what was done: neither "has not paid" nor "could be sold" nor "to be paid".
fn has_happened(before: &[Token]) -> bool {
    let group = before.iter().rev().take(GROUP);
    let group = group.take_while(|token| token.tags.has(Tags::ANY_AUX | Tags::NOT | Tags::ADVERB | Tags::TO));
    let mut is_only_told = true;
    for token in group {
        is_only_told &= !token.tags.has(Tags::AUX | Tags::NOT | Tags::TO);
    }
    is_only_told
}
