//! Lines in the main text.

use super::{
    Labeller,
    cues::is_credit,
    decision::{Decision, article, furniture},
};
use crate::{
    html::{marks::Landmarks, tag::Tag, words::Hints},
    role::Role,
};

impl Labeller<'_> {
    /// A line in the container of the main text.
    pub(super) fn inside(
        &self,
        index: usize,
        hints: Hints,
        linked: bool,
        ends: bool,
        is_text: bool,
    ) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let text = self.text(index);
        let own = markup.own.with(markup.pieces);
        if self.title.is_some_and(|title| index < title) {
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
            if markup.chars < 60 && own.with(markup.near).contains(Hints::KICKER) {
                return article(Role::Kicker, 0.6, "over the title");
            }
            if !is_text {
                return furniture(Role::Navigation, 0.5, "before the title");
            }
        }
        if markup.chars < 160 && !(ends && markup.element == Tag::P && markup.chars > 80) {
            let near_title = self.title.is_some_and(|title| index > title && index < title + 12);
            if (near_title || own.with(markup.near).any(Hints::BYLINE.with(Hints::DATE).with(Hints::CHANGED)))
                && let Some(decision) = self.head_line(index)
            {
                return decision;
            }
        }
        if hints.contains(Hints::BIOGRAPHY) {
            return article(Role::Byline, 0.6, "named as biography");
        }
        if markup.landmarks.contains(Landmarks::PREFORMATTED) {
            return article(Role::Code, 0.7, "preformatted");
        }
        if markup.element == Tag::Tr && markup.cells.0 < markup.cells.1 {
            return article(Role::Table, 0.8, "a row of a table");
        }
        if markup.level > 0 || markup.landmarks.contains(Landmarks::HEADING) {
            if markup.link_chars >= markup.chars && markup.chars > 15 {
                return furniture(Role::RelatedTitle, 0.6, "a linked heading");
            }
            return article(Role::Heading, 0.8, "a heading element");
        }
        if hints.contains(Hints::TEASER) && !markup.within.contains(Landmarks::BODY) && linked {
            return self.related(index, linked, "named as teaser");
        }
        if linked && !(ends && markup.chars > 80) {
            if markup.chars < 25 || markup.element == Tag::Li && markup.chars < 40 {
                return furniture(Role::Navigation, 0.6, "a link by itself");
            }
            return furniture(Role::RelatedTitle, 0.6, "a link by itself");
        }
        if own.contains(Hints::STANDFIRST)
            && self.title.is_some_and(|title| index > title && index < title + 8)
            && markup.chars > 25
            && markup.element != Tag::Li
        {
            return article(Role::Standfirst, 0.7, "named as standfirst");
        }
        if markup.landmarks.contains(Landmarks::QUOTE) {
            return article(Role::Quote, 0.8, "a block quotation");
        }
        if markup.element == Tag::Li || markup.list_depth > 0 && markup.ordinal.is_some() {
            return article(Role::ListItem, 0.7, "an item of a list");
        }
        if markup.list_depth > 0 && !is_text {
            return article(Role::ListItem, 0.5, "in a list");
        }
        if is_credit(text) && markup.chars < 100 {
            return article(Role::Credit, 0.6, "a credit by its words");
        }
        if markup.element == Tag::P || markup.after_break || is_text || ends {
            return article(Role::Paragraph, 0.8, "running text");
        }
        if markup.chars < 40 {
            return furniture(Role::Navigation, 0.4, "a few words by themselves");
        }
        article(Role::Paragraph, 0.5, "in the main text")
    }
}
