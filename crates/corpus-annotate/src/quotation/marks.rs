//! Quotation marks: which opens, which closes, and which two belong together.

use crate::{
    page::{Page, Passage},
    token::{Token, TokenKind},
};

/// Marks open at once; of more, the outermost is given up.
const MOST_OPEN: usize = 8;
/// Paragraphs that one quotation may run over.
const MOST_PARAGRAPHS: usize = 40;
/// Tokens that are looked through for the mark that closes, where a mark may be an apostrophe.
const APOSTROPHE_REACH: usize = 40;

/// Two marks that belong together, and what lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The token that opens.
    pub(crate) first: usize,
    /// The token that closes, or the last of the passage where none does.
    pub(crate) last: usize,
    /// Whether a mark closes it.
    pub(crate) closed: bool,
    /// Whether it is marked by double marks or guillemets, not by single ones.
    pub(crate) double: bool,
    /// Tokens of the mark at either end.
    pub(crate) width: usize,
    /// How many quotations it lies in.
    pub(crate) depth: usize,
}

impl Pair {
    /// The words and numbers between the marks.
    pub(super) fn words(&self, page: &Page<'_>) -> impl Iterator<Item = Token> {
        let within = page.tokens.get(self.first + 1..=self.last).unwrap_or_default();
        within.iter().copied().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    }
}

/// A family of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Straight,
    Curly,
    Low,
    Guillemet,
    Reversed,
    Corner,
    Doubled,
    Single,
    StraightSingle,
    SingleGuillemet,
}

impl Style {
    const fn is_double(self) -> bool {
        !matches!(self, Style::Single | Style::StraightSingle | Style::SingleGuillemet)
    }

    /// Whether what this opened is closed by a mark of style `close`.
    fn closes_with(self, close: Style) -> bool {
        use Style::*;
        self == close
            || matches!((self, close), (Curly | Low, Straight) | (Straight | Low, Curly))
            || matches!((self, close), (Single, StraightSingle) | (StraightSingle, Single))
    }
}

#[derive(Clone, Copy)]
struct Open {
    token: usize,
    style: Style,
    width: usize,
}

/// The pairs of marks of a page, in order of their opening.
pub(crate) fn pairs(page: &Page<'_>) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::with_capacity(MOST_OPEN);
    let mut n_paragraphs = 0;
    for (index, passage) in page.passages.iter().enumerate() {
        // What an earlier paragraph left open goes on here: its mark is repeated, and opens nothing new.
        let mut at = passage.tokens.start + open.first().map_or(0, |open| open.width);
        while at < passage.tokens.end {
            if page.tokens[at].kind != TokenKind::Mark {
                at += 1;
                continue;
            }
            let Some((style, width)) = mark(page, passage, at) else {
                at += 1;
                continue;
            };
            step(page, passage, at, style, width, &mut open, &mut found);
            at += width;
        }
        let last = passage.tokens.end.saturating_sub(1);
        let outermost = open.iter().copied().find(|open| open.style.is_double());
        open.clear();
        let Some(outer) = outermost else { continue };
        n_paragraphs += 1;
        if n_paragraphs < MOST_PARAGRAPHS && goes_on(page, index, outer) {
            open.push(outer);
            continue;
        }
        n_paragraphs = 0;
        let whole = !found.iter().rev().take_while(|pair| pair.last > outer.token).any(|pair| pair.double);
        if whole && last > outer.token {
            found.push(pair(outer, last, false, 0));
        }
    }
    found.sort_by_key(|pair| (pair.first, std::cmp::Reverse(pair.last)));
    let mut outer: Vec<usize> = Vec::new();
    for pair in &mut found {
        while outer.last().is_some_and(|&last| last < pair.first) {
            outer.pop();
        }
        pair.depth = outer.len();
        outer.push(pair.last);
    }
    found
}

const fn pair(open: Open, last: usize, closed: bool, depth: usize) -> Pair {
    Pair { first: open.token, last, closed, double: open.style.is_double(), width: open.width, depth }
}

/// Opens or closes by the mark at `at`.
fn step(
    page: &Page<'_>,
    passage: &Passage,
    at: usize,
    style: Style,
    width: usize,
    open: &mut Vec<Open>,
    found: &mut Vec<Pair>,
) {
    let token = page.tokens[at];
    let next = (at + width < passage.tokens.end).then(|| page.tokens[at + width]);
    let before = (at > passage.tokens.start).then(|| page.tokens[at - 1]);
    let leads = next.is_some_and(|next| !next.spaced);
    let stands_off = token.spaced || before.is_none_or(|before| is_lead(page, before));
    let first = char_of(page, token);
    let may_open = match first {
        '\u{201c}' | '\u{201e}' | '\u{2018}' | '\u{201a}' | '\u{ab}' | '\u{2039}' | '\u{300c}'
        | '\u{300e}' | '`' => true,
        '\u{2019}' | '\u{bb}' | '\u{203a}' | '\u{300d}' | '\u{300f}' => {
            style == Style::Reversed && stands_off
        }
        _ => stands_off && leads,
    };
    let partner = open.iter().rposition(|open| open.style.closes_with(style));
    let may_close = match first {
        '\u{201d}' | '\u{bb}' | '\u{300d}' | '\u{300f}' | '\u{203a}' => true,
        '\u{201c}' => !token.spaced && partner.is_some_and(|at| open[at].style == Style::Low || !leads),
        '\u{ab}' => style == Style::Reversed,
        '\u{201e}' | '\u{2018}' | '\u{201a}' | '`' | '\u{300c}' | '\u{300e}' | '\u{2039}' => false,
        _ if style.is_double() => !(stands_off && leads && token.spaced),
        _ => !token.spaced && next.is_none_or(|next| next.spaced || next.kind == TokenKind::Mark),
    };
    if let Some(partner) = partner.filter(|_| may_close) {
        if !style.is_double() && is_apostrophe(page, passage, at) {
            return;
        }
        found.push(pair(open[partner], at + width - 1, true, 0));
        open.truncate(partner);
    } else if may_open && (leads || style.is_double()) && next.is_some() {
        if !style.is_double() && (!stands_off || next.is_some_and(|next| next.kind == TokenKind::Number)) {
            return;
        }
        if open.len() == MOST_OPEN {
            open.remove(0);
        }
        open.push(Open { token: at, style, width });
    }
}

/// The style of the mark at `at` and how many tokens make it.
fn mark(page: &Page<'_>, passage: &Passage, at: usize) -> Option<(Style, usize)> {
    let token = page.tokens[at];
    if token.kind != TokenKind::Mark {
        return None;
    }
    let style = match char_of(page, token) {
        '"' | '\u{ff02}' | '\u{2033}' => Style::Straight,
        '\u{201c}' | '\u{201d}' | '\u{201f}' => Style::Curly,
        '\u{201e}' => Style::Low,
        // "Text« ", but not "(« texte »)".
        '\u{ab}'
            if page.tokens.get(at + 1).is_some_and(|next| next.spaced)
                && !token.spaced
                && !(at > passage.tokens.start && is_lead(page, page.tokens[at - 1])) =>
        {
            Style::Reversed
        }
        // " »Text", but not "texte »,".
        '\u{bb}'
            if token.spaced
                && page.tokens.get(at + 1).is_some_and(|next| {
                    !next.spaced && (next.kind != TokenKind::Mark || is_lead(page, *next))
                }) =>
        {
            Style::Reversed
        }
        '\u{ab}' | '\u{bb}' => Style::Guillemet,
        '\u{300c}' | '\u{300d}' | '\u{300e}' | '\u{300f}' => Style::Corner,
        '\u{2039}' | '\u{203a}' => Style::SingleGuillemet,
        letter @ ('\'' | '`') => {
            let twice = at + 1 < passage.tokens.end
                && !page.tokens[at + 1].spaced
                && char_of(page, page.tokens[at + 1]) == letter;
            return if twice {
                Some((Style::Doubled, 2))
            } else {
                (letter == '\'').then_some((Style::StraightSingle, 1))
            };
        }
        '\u{2018}' | '\u{2019}' | '\u{201a}' => Style::Single,
        _ => return None,
    };
    Some((style, 1))
}

fn char_of(page: &Page<'_>, token: Token) -> char {
    page.first_char(token)
}

/// Whether a mark right behind `before` may open: brackets, dashes and other quotation marks lead to one.
fn is_lead(page: &Page<'_>, before: Token) -> bool {
    before.kind == TokenKind::Mark
        && matches!(
            char_of(page, before),
            '(' | '['
                | '{'
                | '-'
                | '\u{2013}'
                | '\u{2014}'
                | '\u{2015}'
                | '/'
                | '\u{201c}'
                | '\u{2018}'
                | '"'
                | '\''
                | '\u{ab}'
        )
}

/// Whether the single mark at `at` is the apostrophe of a plural possessive ("the fighters’ supply"): a word ends on
/// "s" before it, a word follows, and another mark closes further on.
fn is_apostrophe(page: &Page<'_>, passage: &Passage, at: usize) -> bool {
    let ends_on_s = at > 0 && page.tokens[at - 1].is_word() && page.word(page.tokens[at - 1]).ends_with('s');
    let follows = page.tokens.get(at + 1).is_some_and(|next| next.spaced && next.is_word());
    if !ends_on_s || !follows {
        return false;
    }
    let end = passage.tokens.end.min(at + 1 + APOSTROPHE_REACH);
    for later in at + 1..end {
        let token = page.tokens[later];
        if token.kind != TokenKind::Mark {
            continue;
        }
        match char_of(page, token) {
            '\u{2018}' => return false,
            '\'' if token.spaced => return false,
            '\u{2019}' | '\'' => {
                return !page.tokens.get(later + 1).is_some_and(|next| next.spaced && next.is_word());
            }
            _ => {}
        }
    }
    false
}

/// Whether the passage after `index` opens with the mark that `outer` opened with.
fn goes_on(page: &Page<'_>, index: usize, outer: Open) -> bool {
    let (Some(here), Some(next)) = (page.passages.get(index), page.passages.get(index + 1)) else {
        return false;
    };
    next.block == here.block + 1
        && next.part == here.part
        && !next.tokens.is_empty()
        && mark(page, next, next.tokens.start)
            .is_some_and(|(style, _)| style == outer.style && page.tokens[next.tokens.start].spaced)
}
