//! The head of an article: bylines and timestamps, by name or form.

use super::{
    Labeller,
    decision::{Decision, article},
};
use crate::{
    html::{marks::Inline, region::ends_sentence, words::Hints},
    role::Role,
};

impl Labeller<'_> {
    /// Byline and timestamp, by name or form.
    pub(super) fn head_line(&self, index: usize) -> Option<Decision> {
        let markup = &self.line(index).markup;
        let text = self.text(index);
        let hints = markup.own.with(markup.pieces).with(markup.near);
        if markup.chars > 220 {
            return None;
        }
        let has_time =
            markup.inline_some.contains(Inline::TIME) || hints.any(Hints::DATE.with(Hints::CHANGED));
        let names =
            hints.any(Hints::BYLINE.with(Hints::BIOGRAPHY)) || markup.inline_some.contains(Inline::AUTHOR);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if markup.inline.contains(Inline::TIME)
            || has_time && digits >= 3 && (!names || markup.own.any(Hints::DATE.with(Hints::CHANGED)))
        {
            return Some(article(Role::Timestamp, 0.8, "named as date"));
        }
        if names {
            return Some(article(Role::Byline, 0.8, "named as author"));
        }
        self.metadata
            .authors
            .iter()
            .any(|author| markup.chars < 100 && text.contains(author.value.as_str()) && !ends_sentence(text))
            .then(|| article(Role::Byline, 0.75, "holds an author's name"))
    }
}
