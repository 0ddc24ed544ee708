//! The decision by weights: which lines are the main text, where all features of the page together say otherwise than
//! the rules.

use super::{
    Decision, Labeller,
    decision::{article, furniture},
    features::{Features, Template, is_main_text},
};
use crate::{
    html::{TextWeights, marks::Landmarks, tag::Tag},
    part::PartKind,
    role::Role,
    sequence::{Feature, Walk},
};

/// What the rules' decision weighs beside the features.
const KEEP: i16 = 30;

/// Decides anew which lines are text of the article.
pub(super) fn decide(labeller: &Labeller<'_>, weights: &TextWeights, decisions: &mut [Decision]) {
    let mut walk = Walk::new(weights, decisions.len());
    let features = Features::of(labeller, decisions);
    let mut own = Vec::new();
    let mut bare = Vec::new();
    for at in 0..decisions.len() {
        features.line(at, &mut own);
        bare.clear();
        bare.extend(own.iter().map(|(_, feature)| *feature));
        let mut row = weights.sum(&bare);
        row[usize::from(is_main_text(&decisions[at]))] += KEEP;
        walk.step(&row);
    }
    for (at, number) in walk.labels().into_iter().enumerate() {
        let decision = decisions[at];
        let is_main = number == 1;
        if is_main == is_main_text(&decision) || !may_change(&decision) {
            continue;
        }
        features.line(at, &mut own);
        let why = reason(weights, &own, is_main);
        decisions[at] = if is_main {
            article(labeller.kind_of_text(at), 0.6, why)
        } else {
            furniture(labeller.kind_of_furniture(at), 0.6, why)
        };
    }
}

/// Whether a line may become text, or furniture: what the rules know to be the head of the article stays.
fn may_change(decision: &Decision) -> bool {
    match decision.part {
        PartKind::Furniture => true,
        PartKind::Article => decision.role.is_body() || decision.role == Role::Heading,
        PartKind::Comments | PartKind::Embedded => false,
    }
}

impl Labeller<'_> {
    /// The role of a line that is text of the article, by its element.
    fn kind_of_text(&self, at: usize) -> Role {
        let markup = &self.line(at).markup;
        if markup.level > 0 || markup.landmarks.contains(Landmarks::HEADING) {
            Role::Heading
        } else if markup.landmarks.contains(Landmarks::PREFORMATTED) {
            Role::Code
        } else if markup.element == Tag::Tr && markup.cells.0 < markup.cells.1 {
            Role::Table
        } else if markup.landmarks.contains(Landmarks::QUOTE) {
            Role::Quote
        } else if markup.element == Tag::Li || markup.list_depth > 0 {
            Role::ListItem
        } else {
            Role::Paragraph
        }
    }

    /// The role of a line that is no text of the article, by its element and links.
    fn kind_of_furniture(&self, at: usize) -> Role {
        let markup = &self.line(at).markup;
        let is_linked = markup.link_chars * 10 > markup.chars * 6;
        match (is_linked, markup.chars) {
            _ if markup.level > 0 && !is_linked => Role::RelatedHeading,
            (true, 25..) => Role::RelatedTitle,
            (false, 100..) => Role::Promo,
            _ => Role::Navigation,
        }
    }
}

/// What speaks most for the decision.
fn reason(weights: &TextWeights, features: &[(Template, Feature)], is_main: bool) -> &'static str {
    let speaks = |feature: Feature| {
        let [other, main] = weights.of(feature).map(i16::from);
        if is_main { main - other } else { other - main }
    };
    let strongest = features.iter().max_by_key(|(_, feature)| speaks(*feature));
    strongest.map_or("weighed", |(template, _)| Template::ABOUT[*template as usize])
}
