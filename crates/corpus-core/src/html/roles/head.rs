//! The head of an article: bylines and timestamps, by name or form.

use super::{
    Labeller,
    cues::is_credit,
    decision::{Decision, article},
};
use crate::{
    edtf::Edtf,
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

    /// A line in the head of the article that is a day and nothing else, or whose words say who wrote it or when,
    /// whatever its elements are named.
    pub(super) fn stamp_in_head(&self, index: usize) -> Option<Decision> {
        /// Longest day, and longest line of a day and what else is said of the article, in characters.
        const LONGEST: u32 = 40;
        const LONG: u32 = 120;
        /// Least strength of what the words claim.
        const SURE: f32 = 0.8;
        let title = self.title.filter(|&title| index > title)?;
        if !is_in_head(self.page, title, index) {
            return None;
        }
        let (text, markup) = (self.text(index), &self.line(index).markup);
        let day = self.page.date_in(text).and_then(|(range, date)| Some((range, day_of(&date)?.to_owned())));
        if let Some((range, _)) = &day
            && markup.chars <= LONGEST
            && *range == (0..text.len())
        {
            return Some(article(Role::Timestamp, 0.8, "a day and nothing else, in the head of the article"));
        }
        let own = self.said[index].own;
        if let Some(own) =
            own.filter(|own| matches!(own.role, Role::Timestamp | Role::Byline) && own.strength >= SURE)
        {
            return Some(article(own.role, 0.7, own.why));
        }
        let is_stated = |day: &str| self.stated.iter().any(|stated| day_of(stated) == Some(day));
        let dates_it =
            markup.chars <= LONG && !ends_sentence(text) && day.is_some_and(|(_, day)| is_stated(&day));
        dates_it.then(|| {
            let of_author = self.head_line(index).filter(|decision| decision.role == Role::Byline);
            let why = "the day of publication, in the head of the article";
            of_author.unwrap_or(article(Role::Timestamp, 0.7, why))
        })
    }
}

/// The day of a date that has one.
fn day_of(date: &Edtf) -> Option<&str> {
    date.as_str().get(.."2020-01-01".len())
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
