//! The head of an article: bylines and timestamps, by name or form.

use super::{
    Labeller,
    cues::is_credit,
    decision::{Decision, article},
};
use crate::{
    html::{marks::Inline, page::Page, region::ends_sentence, words::Hints},
    role::Role,
};

impl Labeller<'_> {
    /// Byline and timestamp, by name or form.
    pub(super) fn head_line(&self, index: usize) -> Option<Decision> {
        /// Shortest sentence that is no stamp for standing in what is named a date, in characters.
        const SENTENCE: u32 = 40;
        let markup = &self.line(index).markup;
        let text = self.text(index);
        let hints = markup.own.with(markup.pieces).with(markup.near);
        if markup.chars > 220 {
            return None;
        }
        let date = Hints::DATE.with(Hints::CHANGED);
        let is_sentence = markup.chars > SENTENCE && ends_sentence(text);
        let has_time = markup.inline_some.contains(Inline::TIME)
            || if is_sentence { markup.own.with(markup.pieces) } else { hints }.any(date);
        let names =
            hints.any(Hints::BYLINE.with(Hints::BIOGRAPHY)) || markup.inline_some.contains(Inline::AUTHOR);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if markup.inline.contains(Inline::TIME) || has_time && digits >= 3 && (!names || markup.own.any(date))
        {
            return Some(article(Role::Timestamp, 0.8, "named as date"));
        }
        if names && is_credit(text) {
            return Some(article(Role::Credit, 0.7, "a credit by its words"));
        }
        if names {
            return Some(article(Role::Byline, 0.8, "named as author"));
        }
        self.metadata
            .authors
            .iter()
            .any(|author| {
                markup.chars < 100 && names_little_else(text, &author.value) && !ends_sentence(text)
            })
            .then(|| article(Role::Byline, 0.75, "holds an author's name"))
    }

    /// Whether a line is a day and nothing else, in the head of the article.
    pub(super) fn is_day_in_head(&self, index: usize) -> bool {
        /// Longest day, in characters.
        const LONGEST: u32 = 40;
        self.title.is_some_and(|title| index > title && is_in_head(self.page, title, index))
            && self.line(index).markup.chars <= LONGEST
            && {
                let text = self.text(index);
                self.page.date_in(text).is_some_and(|(range, date)| {
                    range == (0..text.len()) && date.as_str().len() >= "2020-01-01".len()
                })
            }
    }
}

/// Whether a text has a name in it, and few words besides: a caption names people as well.
fn names_little_else(text: &str, name: &str) -> bool {
    /// Most other words: the post, the place, the day.
    const OTHERS: usize = 7;
    text.split_once(name).is_some_and(|(before, after)| {
        before.split_whitespace().chain(after.split_whitespace()).nth(OTHERS).is_none()
    })
}

/// Whether no more than a few short lines stand between the headline and a line below it.
pub(crate) fn is_in_head(page: &Page, title: usize, at: usize) -> bool {
    /// Most such lines, and the longest of them but for one, the standfirst, in characters.
    const LINES: usize = 6;
    const SHORT: u32 = 80;
    let between = page.lines.get(title + 1..at).filter(|between| between.len() <= LINES);
    between.is_some_and(|between| between.iter().filter(|line| line.markup.chars > SHORT).count() <= 1)
}
