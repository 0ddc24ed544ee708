//! What recurs by the words beside a date: "usually in May", "May of each year".

use super::{
    Seen,
    expression::{Expression, Meaning, Recurrence},
};
use crate::{
    lexicon::Lexicon,
    page::Page,
    token::{Key, Token, TokenKind},
};
use std::{ops::Range, sync::LazyLock};

/// Words of what is done again and again.
const HABITS: [&str; 7] =
    ["usually", "traditionally", "typically", "normally", "annually", "customarily", "invariably"];
/// Tokens between such a word and its date.
const REACH: usize = 9;
/// Words of what is to happen once, however usual it is.
const ONCE: [Key; 6] = [
    Key::ascii("will"),
    Key::ascii("due"),
    Key::ascii("expected"),
    Key::ascii("scheduled"),
    Key::ascii("planned"),
    Key::ascii("this"),
];
const EACH: [Key; 2] = [Key::ascii("each"), Key::ascii("every")];
const YEAR: Key = Key::ascii("year");
const WEEK: Key = Key::ascii("week");
const OF: Key = Key::ascii("of");

static HABIT: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(HABITS.iter().map(|&word| (word, ()))));

/// Makes the last expression one that recurs where the words beside it say so, and those that are joined to it.
pub(super) fn settle(page: &Page<'_>, sentence: &Range<usize>, seen: &mut [Seen]) {
    let Some((last, before)) = seen.split_last_mut() else { return };
    let Some(recurrence) = recurrence(&last.expression) else { return };
    let joined = before.last_mut().filter(|before| is_joined(page, &before.expression, &last.expression));
    let each = is_of_each(page, last.expression.tokens.end);
    let follows = joined.as_ref().is_some_and(|before| {
        matches!((before.expression.meaning, recurrence), (Meaning::Every(one), other) if is_alike(one, other))
    });
    if !each && !follows && !is_usual(page, sentence, last.expression.tokens.start) {
        return;
    }
    let set = |expression: &mut Expression, recurrence| {
        (expression.meaning, expression.rule) = (Meaning::Every(recurrence), "time:recurring");
    };
    set(&mut last.expression, recurrence);
    if let Some(before) = joined
        && let Some(other) = self::recurrence(&before.expression).filter(|other| is_alike(*other, recurrence))
    {
        set(&mut before.expression, other);
    }
}

/// What recurs where a date is not of one year or week alone.
fn recurrence(expression: &Expression) -> Option<Recurrence> {
    match expression.meaning {
        Meaning::Date(date) if date.clock.is_none() => date.recurrence(),
        _ => None,
    }
}

/// Whether both are months, seasons, days of the year or of the week.
fn is_alike(one: Recurrence, other: Recurrence) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// Whether nothing but "and" or the like stands between two expressions.
fn is_joined(page: &Page<'_>, before: &Expression, last: &Expression) -> bool {
    let between = before.tokens.end..last.tokens.start;
    between.len() == 1
        && matches!(page.word(page.tokens[between.start]), "and" | "or" | "to" | "through" | "," | "-" | "–")
}

/// Whether "of each year", "every year" or "annually" stands at a token.
fn is_of_each(page: &Page<'_>, at: usize) -> bool {
    let key = |at: usize| page.tokens.get(at).filter(|token| token.is_word()).map(|token| token.key);
    let at = at + usize::from(key(at) == Some(OF));
    let each = key(at).is_some_and(|word| EACH.contains(&word));
    each && key(at + 1).is_some_and(|unit| unit == YEAR || unit == WEEK)
        || page
            .tokens
            .get(at)
            .is_some_and(|token| HABIT.get(*token).is_some() && page.word(*token) == "annually")
}

/// Whether a word of habit, or "every year", stands before a token in its clause.
fn is_usual(page: &Page<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let from = at.saturating_sub(REACH).max(sentence.start);
    let parts = |token: &Token| token.kind == TokenKind::Mark && !matches!(page.word(*token), "," | "-");
    for k in (from..at).rev() {
        let token = page.tokens[k];
        if parts(&token) || ONCE.contains(&token.key) {
            return false;
        }
        // "As usually happens, the fair opened in May"
        let apart = || (k + 1..at).any(|at| page.word(page.tokens[at]) == ",") && k != sentence.start;
        let each = EACH.contains(&token.key) && page.tokens[k + 1].key == YEAR;
        if HABIT.get(token).is_some() || each {
            return !apart();
        }
    }
    false
}
