//! The standfirst: between title and body, set apart from the body.

use super::{
    Labeller,
    decision::{Decision, article},
};
use crate::{
    html::{
        likeness::{alike, folded},
        marks::Inline,
        metadata::Stated,
        words::Hints,
    },
    part::PartKind,
    role::Role,
};

impl Labeller<'_> {
    /// Finds the standfirst: what name, type or the description sets apart from the body.
    pub(super) fn settle_standfirst(&self, decisions: &mut [Decision]) {
        /// How far from the title a standfirst can begin, in lines, and how long one is, in characters.
        const REACH: usize = 14;
        const LONGEST: u32 = 700;
        let Some(title) = self.title else { return };
        let lines = title + 1..(title + REACH).min(decisions.len());
        let is_body = |decision: &Decision| {
            decision.part == PartKind::Article
                && matches!(decision.role, Role::Paragraph | Role::Heading | Role::Quote | Role::ListItem)
        };
        let mut bodies = lines.clone().filter(|&index| is_body(&decisions[index]));
        let Some(first) = bodies.next() else { return };
        let second = (first + 1..decisions.len())
            .find(|&index| is_body(&decisions[index]) && !self.is_embedded(index));
        if lines.clone().any(|index| decisions[index].role == Role::Standfirst && index < first) {
            return;
        }
        let markup = &self.line(first).markup;
        let text = self.text(first);
        if markup.chars < 25 || markup.chars > LONGEST || decisions[first].role == Role::ListItem {
            return;
        }
        // The headline once more.
        let same = folded(text);
        let headline = folded(self.text(title));
        if headline.contains(&same) || same.contains(&headline) && headline.len() * 2 > same.len() {
            return;
        }
        let next = second.map(|second| &self.line(second).markup);
        let named = markup.own.with(markup.near).contains(Hints::STANDFIRST);
        let described = self.metadata.descriptions.iter().any(|description| alike(&description.value, text));
        let is_whole = {
            let is_same = |description: &Stated| folded(&description.value) == same;
            markup.chars >= 50 && self.metadata.descriptions.iter().any(is_same)
        };
        let bold = markup.inline.contains(Inline::BOLD)
            && next.is_some_and(|next| !next.inline.contains(Inline::BOLD));
        let apart = next.is_some_and(|next| {
            self.page.containers[markup.container as usize].parent
                != self.page.containers[next.container as usize].parent
        });
        let heading = decisions[first].role == Role::Heading && (described || markup.chars > 60);
        let why = if named {
            "named as standfirst"
        } else if heading {
            "a heading element under the title"
        } else if decisions[first].role == Role::Heading {
            return;
        } else if bold {
            "the first paragraph, in bold type"
        } else if is_whole {
            "what the description says, word for word"
        } else if described && apart {
            "what the description says, apart from the body"
        } else {
            return;
        };
        decisions[first] = article(Role::Standfirst, 0.7, why);
    }
}
