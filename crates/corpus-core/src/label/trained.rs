//! The decision by weights: the roles that all features of a page together speak for most, where they say otherwise
//! than the rules; weighed once more with what trees say that know what the first decision has made of the page.

use super::{
    Label, Page, Zone,
    class::{Class, N_CLASSES},
    evidence::Form,
    features::{self, Features, Template},
    second::{self, Weighed},
};
use crate::{
    role::Role,
    sequence::{Feature, Walk, Weights},
    trees::{Table, Trees},
};
use std::borrow::Cow;

/// Weights for each class of roles.
pub type RoleWeights = Weights<N_CLASSES>;

/// What decides on the roles of lines beside the rules.
#[derive(Clone, Debug)]
pub struct RoleModel {
    /// The weights of the chain.
    pub chain: RoleWeights,
    /// The trees that look once more at which lines are main text.
    pub second: Trees,
}

/// The model that ships; docs/models/text-roles.md says what it was trained on.
pub(super) static SHIPPED: RoleModel = RoleModel {
    chain: RoleWeights::shipped(include_bytes!("text_roles.weights")),
    second: Trees::new(Cow::Borrowed(include_bytes!("text_main.trees"))),
};

/// What the rules' decision weighs beside the features on a page that they find an article on and little else, where
/// they are seldom wrong.
const KEEP: i16 = 42;

/// What it weighs on a page of menus with a text among them.
const KEEP_AMONG_MENUS: i16 = 16;

/// What the words of a line weigh that surely claim what the rules decided.
const CLAIM: i16 = 20;

/// Fewest lines of a page that the weights are asked about: shorter texts have no furniture to speak of.
const FEWEST: usize = 10;

/// The weight of what may not be.
pub(super) const NEVER: i16 = -30_000;

/// Decides the roles anew: as a chain, then once more with what trees say of each line that know what the first walk has
/// made of the page.
pub(super) fn decide(page: &Page<'_>, model: &RoleModel, labels: &mut [Label]) {
    if !is_asked(page, labels) {
        return;
    }
    let rules = labels.to_vec();
    let is_among_menus = keep(&rules) == KEEP_AMONG_MENUS;
    let features = Features::of(page, &rules);
    let mut weighed = weigh(page, &model.chain, &features, &rules);
    let first = walk(&model.chain, &weighed);
    relabel(page, &rules, &first, labels);
    let asked = match model.second.bytes() {
        [] => None,
        _ => {
            let most = second::most_asked(is_among_menus);
            Some(second::features(page, &rules, labels, &features, &weighed, most))
        }
    };
    let (open, table) = asked.unwrap_or_default();
    let mut last = first.clone();
    if !open.is_empty() {
        for (&at, score) in open.iter().zip(model.second.scores(&table)) {
            weighed[at].hear(score, is_among_menus);
        }
        last = walk(&model.chain, &weighed);
        // What the trees leave main text, or leave none, has the class of the first walk.
        for (last, &first) in last.iter_mut().zip(&first) {
            if is_main_text(*last) == is_main_text(first) {
                *last = first;
            }
        }
        relabel(page, &rules, &last, labels);
    }
    for (at, label) in labels.iter_mut().enumerate() {
        let (before, after) = (Class::of(rules[at].role), Class::ALL[usize::from(last[at])]);
        if first[at] != last[at]
            && let Ok(row) = open.binary_search(&at)
        {
            label.why = second::reason(&model.second, &table, row, after.is_main_text());
        } else if before != after {
            label.why = reason(&model.chain, &features, at, after, before);
        }
    }
}

/// The features of the lines that teach the trees, by what `chain` makes of the page, and which lines these are: those that
/// nobody is in doubt of teach as well.
pub(super) fn second_features(
    page: &Page<'_>,
    chain: &RoleWeights,
    labels: &mut [Label],
) -> (Vec<usize>, Table) {
    if !is_asked(page, labels) {
        return Default::default();
    }
    let rules = labels.to_vec();
    let features = Features::of(page, &rules);
    let weighed = weigh(page, chain, &features, &rules);
    relabel(page, &rules, &walk(chain, &weighed), labels);
    second::features(page, &rules, labels, &features, &weighed, i16::MAX)
}

/// Whether the weights are asked about a page.
fn is_asked(page: &Page<'_>, labels: &[Label]) -> bool {
    labels.len() >= FEWEST
        && !is_report_alone(page)
        && !(0..labels.len()).all(|at| is_settled(page, labels, at))
}

/// Whether a page is a report of figures and has no menu beside it, so that there is nothing to ask.
fn is_report_alone(page: &Page<'_>) -> bool {
    page.is_report && !page.evidence.iter().any(|line| line.form == Form::Short && line.is_furniture())
}

/// What the rules' decisions weigh on a page.
fn keep(labels: &[Label]) -> i16 {
    let n_furniture = labels.iter().filter(|label| label.role.is_furniture()).count();
    if n_furniture * 5 >= labels.len() * 2 { KEEP_AMONG_MENUS } else { KEEP }
}

/// What speaks for each class of each line, the lines beside it aside.
fn weigh(
    page: &Page<'_>,
    weights: &RoleWeights,
    features: &Features<'_, '_>,
    labels: &[Label],
) -> Vec<Weighed> {
    let keep = keep(labels);
    let is_titled = labels.iter().any(|label| label.role == Role::Title && label.zone == Zone::Article);
    let mut room = features::EMPTY;
    let weigh = |(at, label): (usize, &Label)| {
        let class = Class::of(label.role) as usize;
        let is_part = matches!(label.role, Role::CommentAuthor | Role::Code | Role::RelatedHeading)
            || is_listed_link(page, labels, at);
        let is_sure =
            is_head_of_embedded(label) || keep == KEEP && (is_part || is_last_sentence(page, labels, at));
        if is_sure || is_settled(page, labels, at) {
            return Weighed::Settled(Class::of(label.role));
        }
        let mut sum = weights.sum(features.all(at, &mut room));
        sum[class] += keep;
        if page.evidence[at].sure().is_some_and(|own| Class::of(own.role) as usize == class) {
            sum[class] += CLAIM;
            if class == Class::Furniture as usize {
                // An appeal among links is no link, and "2 comments" is nobody who comments.
                sum[Class::Related as usize] = NEVER;
                sum[Class::CommentAuthor as usize] = NEVER;
            }
        }
        if is_titled && label.role != Role::Title {
            sum[Class::Title as usize] = NEVER;
        }
        Weighed::Open(sum)
    };
    labels.iter().enumerate().map(weigh).collect()
}

/// Whether the class of a number is main text.
fn is_main_text(class: u8) -> bool {
    Class::ALL[usize::from(class)].is_main_text()
}

/// The classes for which most speaks in a row, as numbers.
fn walk(weights: &RoleWeights, weighed: &[Weighed]) -> Vec<u8> {
    let mut walk = Walk::new(weights, weighed.len());
    for line in weighed {
        match line {
            Weighed::Settled(class) => walk.settle(*class as usize),
            Weighed::Open(sum) => walk.step(sum),
        }
    }
    walk.labels()
}

/// Gives each line the label that `rules` gave it, or that of its class where that is another.
fn relabel(page: &Page<'_>, rules: &[Label], classes: &[u8], labels: &mut [Label]) {
    for (at, (rule, &class)) in rules.iter().zip(classes).enumerate() {
        let class = Class::ALL[usize::from(class)];
        labels[at] = *rule;
        if class != Class::of(rule.role) {
            let role = role(page, at, class);
            let zone = match role {
                _ if role.is_comment() || role.is_furniture() => rule.zone,
                _ => zone_of_text(labels, at),
            };
            labels[at] = Label { role, zone, confidence: 0.6, why: "weighed" };
        }
    }
}

/// Whether a line is running text of the article among its like, so that there is nothing to ask.
fn is_settled(page: &Page<'_>, labels: &[Label], at: usize) -> bool {
    let is_plain = |at: usize| {
        labels.get(at).is_some_and(|label| label.role == Role::Paragraph && label.zone == Zone::Article)
            && page.evidence[at].form == Form::Prose
            && page.evidence[at].own.is_none()
    };
    is_plain(at) && (at == 0 || is_plain(at - 1)) && (at + 1 == labels.len() || is_plain(at + 1))
}

/// Whether a line is a sentence that ends a text, behind its running text and with nothing below: a page that goes on
/// with something else says so in more lines, or in words that claim what they are.
fn is_last_sentence(page: &Page<'_>, labels: &[Label], at: usize) -> bool {
    let is_text = |at: usize, forms: &[Form]| {
        labels[at].role == Role::Paragraph
            && labels[at].zone == Zone::Article
            && forms.contains(&page.evidence[at].form)
            && page.evidence[at].own.is_none()
    };
    at > 0
        && at + 1 == labels.len()
        && is_text(at, &[Form::Prose, Form::Sentence])
        && is_text(at - 1, &[Form::Prose])
}

/// Whether a line is at the head of an embedded article, which the rules tell by several lines together.
fn is_head_of_embedded(label: &Label) -> bool {
    label.zone == Zone::Embedded
        && matches!(
            label.role,
            Role::Title | Role::Standfirst | Role::Byline | Role::Timestamp | Role::Status
        )
}

/// Whether a line goes on with a list of links to other articles.
fn is_listed_link(page: &Page<'_>, labels: &[Label], at: usize) -> bool {
    let line = &page.lines[at];
    labels[at].role == Role::RelatedTitle
        && line.marker.is_some()
        && line.gap == 0
        && at > 0
        && matches!(labels[at - 1].role, Role::RelatedTitle | Role::RelatedHeading)
}

/// The role of a line within its class: what its words claim, else what its shape says.
fn role(page: &Page<'_>, at: usize, class: Class) -> Role {
    let evidence = &page.evidence[at];
    if let Some(own) = evidence.own.filter(|own| Class::of(own.role) == class) {
        return own.role;
    }
    let is_text = matches!(evidence.form, Form::Prose | Form::Sentence);
    match class {
        Class::Kicker => Role::Kicker,
        Class::Title => Role::Title,
        Class::Standfirst => Role::Standfirst,
        Class::Byline => Role::Byline,
        Class::Time => Role::Timestamp,
        Class::Heading => Role::Heading,
        Class::Paragraph => Role::Paragraph,
        Class::Item => Role::ListItem,
        Class::Row if evidence.form == Form::Row => Role::Table,
        Class::Row => Role::Code,
        Class::Picture => Role::Caption,
        Class::Note => Role::SourceNote,
        Class::CommentAuthor => Role::CommentAuthor,
        Class::Comment => Role::Comment,
        Class::RelatedHeading => Role::RelatedHeading,
        Class::Related if is_text => Role::RelatedTeaser,
        Class::Related => Role::RelatedTitle,
        Class::Furniture if is_text => Role::Promo,
        Class::Furniture => Role::Navigation,
    }
}

/// The zone of a line that becomes text of an article: its own, or that of the article above it.
fn zone_of_text(labels: &[Label], at: usize) -> Zone {
    let above = labels[..=at].iter().rev().map(|label| label.zone);
    above.take(REACH).find(|zone| matches!(zone, Zone::Article | Zone::Embedded)).unwrap_or(Zone::Article)
}

/// How far up the article of a line is looked for, in lines.
const REACH: usize = 64;

/// The features of each line, for training.
pub(super) fn features(page: &Page<'_>, labels: &[Label]) -> Vec<Vec<Feature>> {
    let features = Features::of(page, labels);
    let of_line = |at| {
        let mut own = Vec::new();
        features.line(at, |_, feature| own.push(feature));
        own
    };
    (0..labels.len()).map(of_line).collect()
}

/// What speaks most for one class and against another.
fn reason(
    weights: &RoleWeights,
    features: &Features<'_, '_>,
    at: usize,
    class: Class,
    instead_of: Class,
) -> &'static str {
    let mut strongest = (0, "weighed");
    features.line(at, |template, feature| {
        let row = weights.of(feature);
        let speaks = i16::from(row[class as usize]) - i16::from(row[instead_of as usize]);
        if speaks > strongest.0 {
            strongest = (speaks, Template::ABOUT[template as usize]);
        }
    });
    strongest.1
}

#[cfg(test)]
mod tests {
    use super::{RoleModel, RoleWeights};
    use crate::{
        label::{Labeller, Zone},
        layout,
        role::Role,
        trees::Trees,
    };

    const PAGE: &str = "Home\n\nFerries\n\nThe ferry sails again\n\nBy Ana Brandt\n\n3 May 2021\n\nThe ferry sails again from Monday, after two weeks in \
        the yard, and the shops of the island hope for the guests of the summer.\n\nThe captain says that the new engine is \
        half as loud as the old one was, and that nobody will miss the smoke.\n\nHarbour\n\nContact\n\nImprint\n\nSubscribe to our newsletter\n";

    #[test]
    fn without_weights_the_rules_decide() {
        let labeller = Labeller::new();
        let lines = layout::lines(PAGE);
        let chain = RoleWeights::read(vec![0; RoleWeights::N_BYTES]).unwrap();
        let model = RoleModel { chain, second: Trees::new(Vec::new().into()) };
        assert_eq!(labeller.label_by(&model, PAGE, &lines).lines, labeller.read(PAGE, &lines).0.lines);
    }

    #[test]
    fn text_that_is_found_lies_in_an_article() {
        let labeller = Labeller::new();
        let lines = layout::lines(PAGE);
        for label in labeller.label(PAGE, &lines).lines {
            assert!(!label.role.is_body() || matches!(label.zone, Zone::Article | Zone::Embedded));
        }
    }

    #[test]
    fn the_sentence_that_ends_a_text_stays_text() {
        let labeller = Labeller::new();
        let running = "The ferry sails again from Monday, after two weeks in the yard, and the shops of the island hope for \
            the guests of the summer, whom the winter has kept away.\n\n";
        let text =
            format!("The ferry sails again\n\n{}It is due in Marrow on Thursday.\n", running.repeat(10));
        let lines = layout::lines(&text);
        let last = *labeller.label(&text, &lines).lines.last().unwrap();
        assert_eq!((last.role, last.zone), (Role::Paragraph, Zone::Article));
    }

    #[test]
    fn a_short_text_is_the_rules_alone() {
        let labeller = Labeller::new();
        let text = &PAGE[..PAGE.find("Harbour").unwrap()];
        let lines = layout::lines(text);
        let chain = RoleWeights::read(vec![1; RoleWeights::N_BYTES]).unwrap();
        let model = RoleModel { chain, second: super::SHIPPED.second.clone() };
        assert_eq!(labeller.label_by(&model, text, &lines).lines, labeller.read(text, &lines).0.lines);
    }
}
