//! A second look, at neighbours: headings over no text, threads without a first post.

use super::{
    Labeller,
    decision::{Decision, article, furniture},
};
use crate::{part::PartKind, role::Role};

impl Labeller<'_> {
    /// Decides again where a line's neighbours say more than itself.
    pub(super) fn settle(&self, decisions: &mut [Decision]) {
        self.settle_words(decisions);
        self.settle_again(decisions);
        /// Length from which on a heading is text of its own, in characters.
        const LONG: u32 = 80;
        let is_body = |decision: &Decision| {
            decision.part == PartKind::Article
                && decision.role.is_text()
                && !matches!(decision.role, Role::Title)
        };
        // A heading heads what follows it: text, or links and forms.
        let mut next_is_text = false;
        let mut next_related = false;
        for index in (0..decisions.len()).rev() {
            let decision = decisions[index];
            if decision.part == PartKind::Article && decision.role == Role::Heading {
                if !next_is_text && self.line(index).markup.chars < LONG {
                    let role = if next_related { Role::RelatedHeading } else { Role::Navigation };
                    decisions[index] = furniture(role, 0.6, "a heading over no text");
                }
            } else if is_body(&decision) {
                next_is_text = true;
                next_related = false;
            } else if decision.part == PartKind::Furniture {
                if matches!(decision.role, Role::RelatedTitle | Role::RelatedTeaser | Role::RelatedHeading) {
                    next_is_text = false;
                    next_related = true;
                } else if matches!(decision.role, Role::Form | Role::Legal) {
                    next_is_text = false;
                    next_related = false;
                }
            } else if decision.part == PartKind::Comments {
                next_is_text = false;
                next_related = false;
            }
        }
        // A thread whose posts are all named comments: the first of them is what the page was published for.
        if !decisions.iter().any(is_body)
            && let Some(first) = decisions.iter().position(|decision| decision.role == Role::Comment)
        {
            for decision in
                decisions[first..].iter_mut().take_while(|decision| decision.role == Role::Comment)
            {
                *decision = article(Role::Paragraph, 0.5, "the post that opens the thread");
            }
        }
        self.settle_standfirst(decisions);
    }
}
