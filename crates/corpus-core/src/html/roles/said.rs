//! What the words of a page's lines say: the labeller of text, asked about a page with markup.

use super::{
    Labeller,
    cues::ends_with_credit,
    decision::{Decision, article, furniture},
};
use crate::{
    html::page::Page,
    label::{self, Label, Own, PROFILE},
    layout,
    part::PartKind,
    role::Role,
};
use std::sync::LazyLock;

/// What the labeller of text makes of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    /// The line in its place on the page.
    pub(super) label: Label,
    /// The role that its words claim by themselves.
    pub(super) own: Option<Own>,
}

/// Tables, built once from the words of this crate.
static LABELLER: LazyLock<label::Labeller> = LazyLock::new(label::Labeller::new);

/// What the labeller of text makes of each line of a page.
pub(super) fn read(page: &Page) -> Vec<Said> {
    let mut end = 0;
    let lines: Vec<layout::Line> = page
        .lines
        .iter()
        .map(|line| {
            let gap = line.span.start.saturating_sub(end + 1);
            end = line.span.end;
            layout::Line::new(&page.text, line.span, gap.min(4) as u16)
        })
        .collect();
    let (labels, own) = LABELLER.read(&page.text, &lines);
    labels.lines.into_iter().zip(own).map(|(label, own)| Said { label, own }).collect()
}

impl Labeller<'_> {
    /// Decides again where the words of a line in the main text say that it is none.
    pub(super) fn settle_words(&self, decisions: &mut [Decision]) {
        /// How far below the headline bylines and timestamps are the article's own, in lines.
        const HEAD: usize = 16;
        let is_text = |decision: &Decision| decision.part == PartKind::Article && decision.role.is_body();
        let heads_text: Vec<bool> = (1..=decisions.len())
            .map(|next| {
                decisions[next - 1].role == Role::Heading
                    && decisions.get(next).is_some_and(is_text)
                    && !self.text(next - 1).contains(": ")
            })
            .collect();
        for (at, decision) in decisions.iter_mut().enumerate() {
            let is_body = decision.part == PartKind::Article
                && (decision.role.is_body() || matches!(decision.role, Role::Heading | Role::Standfirst));
            if !is_body {
                continue;
            }
            if ends_with_credit(self.text(at)) && self.line(at).markup.chars < 400 {
                *decision = article(Role::Caption, 0.6, "ends with the credit of a picture");
                continue;
            }
            let Some(own) = self.said[at].own else { continue };
            if decision.role == Role::Standfirst || own.strength < 0.75 || self.line(at).markup.chars > 400 {
                continue;
            }
            // A heading of sources heads their list; one that names its source, or stands over nothing, is a note.
            if own.role == Role::SourceNote && decision.role == Role::Heading && heads_text[at] {
                continue;
            }
            let is_head = self.title.is_some_and(|title| at >= title && at < title + HEAD);
            *decision = match own.role {
                Role::Timestamp | Role::Byline if !is_head && own.why != PROFILE => continue,
                Role::Promo
                | Role::Form
                | Role::Legal
                | Role::RelatedHeading
                | Role::RelatedTitle
                | Role::Navigation => furniture(own.role, 0.6, own.why),
                Role::Timestamp
                | Role::Disclaimer
                | Role::SourceNote
                | Role::Credit
                | Role::Caption
                | Role::Byline => article(own.role, 0.6, own.why),
                _ => continue,
            };
        }
    }
}
