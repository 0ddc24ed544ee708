//! Lines outside the main text: other articles, and what stands between title and text.

use super::{
    Labeller,
    decision::{Decision, article, furniture},
};
use crate::{
    html::{likeness::alike, words::Hints},
    role::Role,
};

impl Labeller<'_> {
    /// A line of a list of other articles, or of the column beside the article.
    pub(super) fn related(&self, index: usize, linked: bool, why: &'static str) -> Decision {
        let markup = &self.line(index).markup;
        if markup.level > 0 && !linked {
            return furniture(Role::RelatedHeading, 0.7, why);
        }
        if linked || markup.level > 0 {
            return furniture(Role::RelatedTitle, 0.7, why);
        }
        if markup.chars < 25 {
            return furniture(Role::RelatedHeading, 0.5, why);
        }
        furniture(Role::RelatedTeaser, 0.6, why)
    }

    /// A line outside the container of the main text.
    pub(super) fn outside(&self, index: usize, linked: bool, is_text: bool) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let text = self.text(index);
        let hints = markup.own.with(markup.near).with(markup.pieces);
        let Some(title) = self.title else {
            return self.stray(index, linked);
        };
        let main = self.region.main as usize;
        let first_line = self.page.containers[main].first_line as usize;
        if index + 3 >= title && index < title {
            if hints.any(Hints::KICKER) && markup.chars < 60 {
                return article(Role::Kicker, 0.7, "named as section, over the title");
            }
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
        }
        if index > title && index < first_line {
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
            if linked {
                return furniture(Role::Navigation, 0.6, "links between title and text");
            }
            let described =
                self.metadata.descriptions.iter().any(|description| alike(&description.value, text));
            if described
                || hints.contains(Hints::STANDFIRST) && markup.chars > 20
                || is_text && markup.level == 0 && index < title + 6
            {
                return article(Role::Standfirst, 0.8, "between title and text");
            }
        }
        self.stray(index, linked)
    }

    /// A line that no part of the article claims.
    fn stray(&self, index: usize, linked: bool) -> Decision {
        let markup = &self.line(index).markup;
        let hints = markup.around;
        if linked && markup.chars > 25 {
            return furniture(Role::RelatedTitle, 0.5, "a link outside the article");
        }
        if hints.contains(Hints::TEASER) || markup.chars > 100 {
            return furniture(Role::RelatedTeaser, 0.5, "text outside the article");
        }
        furniture(Role::Navigation, 0.5, "outside the article")
    }
}
