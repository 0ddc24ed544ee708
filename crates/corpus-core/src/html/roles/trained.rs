//! The decision by the model: which lines are the main text, by all features of the page together.

use super::{
    Decision, Labeller,
    again::is_lost,
    decision::{article, furniture},
    features::{Features, about, is_main_text},
    likely::likelihood,
};
use crate::{
    html::{likeness::fold_hash, marks::Landmarks, tag::Tag},
    part::PartKind,
    role::Role,
    trees::{Table, Trees, UNIT},
};
use std::{borrow::Cow, cmp::Reverse, collections::HashSet};

/// How many runs of second trees there are, the first of them included; each says as small a part of a score.
pub const N_RUNS: usize = 4;

/// Which lines of a page are the main text: trees over the features of a line, then trees that also know what the first
/// say of the lines around it.
#[derive(Clone, Debug)]
pub struct TextModel {
    /// The first trees.
    pub first: Trees,
    /// The first run of the second trees; a line whose score is above 0 is main text.
    pub second: Trees,
    /// The further runs, which are asked where the first is in doubt.
    pub others: Trees,
}

impl TextModel {
    /// The model that ships: the numbers of bytes of the first and of the second trees in four bytes each, then all.
    ///
    /// # Panics
    /// When `bytes` are shorter than they say; at compile time, where they are a constant.
    pub(crate) const fn shipped(bytes: &'static [u8]) -> TextModel {
        let (lengths, rest) = bytes.split_at(8);
        let first = u32::from_le_bytes([lengths[0], lengths[1], lengths[2], lengths[3]]);
        let second = u32::from_le_bytes([lengths[4], lengths[5], lengths[6], lengths[7]]);
        let (first, rest) = rest.split_at(first as usize);
        let (second, others) = rest.split_at(second as usize);
        TextModel {
            first: Trees::new(Cow::Borrowed(first)),
            second: Trees::new(Cow::Borrowed(second)),
            others: Trees::new(Cow::Borrowed(others)),
        }
    }

    /// The model as it ships.
    pub fn bytes(&self) -> Vec<u8> {
        let [first, second, others] = [&self.first, &self.second, &self.others].map(Trees::bytes);
        let length = |bytes: &[u8]| (bytes.len() as u32).to_le_bytes();
        [&length(first)[..], &length(second), first, second, others].concat()
    }

    /// The score of each line by the second trees: by their first run alone where that is sure.
    fn scores(&self, table: &Table) -> Vec<i32> {
        /// Score from which on a run is sure, high or low.
        const SURE: i32 = 3 * UNIT;
        let part = self.second.scores(table);
        let mut scores: Vec<i32> = part.iter().map(|part| part * N_RUNS as i32).collect();
        let doubtful: Vec<usize> = (0..scores.len()).filter(|&line| scores[line].abs() < SURE).collect();
        let others = self.others.scores(&table.of_rows(&doubtful));
        for (line, others) in doubtful.into_iter().zip(others) {
            scores[line] = part[line] + others;
        }
        scores
    }
}

/// The most lines of a page that the model decides on; the features of one take half a kilobyte.
const MOST_LINES: usize = 1 << 13;

/// Decides anew which lines are text of the article. A page of very many lines is left to the rules.
pub(super) fn decide(labeller: &Labeller<'_>, model: &TextModel, decisions: &mut [Decision]) {
    /// Shortest line that is not repeated by chance, in characters.
    const SHORTEST: u32 = 60;
    if decisions.len() > MOST_LINES {
        return;
    }
    let ruled = decisions.to_vec();
    let is_article = labeller.metadata.is_article;
    let features = Features::of(labeller, &ruled);
    let is_thread = features.is_thread();
    let mut table = features.table();
    features.add_likely(&model.first.scores(&table), &mut table);
    let scores = model.scores(&table);
    let open = (0..scores.len()).filter(|&at| is_open(&decisions[at], is_thread));
    let bar = bar(open.map(|at| (scores[at], labeller.line(at).markup.chars)).collect());
    let mut taken = HashSet::new();
    for (at, score) in scores.into_iter().enumerate() {
        let decision = decisions[at];
        let was_main = is_main_text(&decision);
        let markup = &labeller.line(at).markup;
        // A heading has few words to be known by; where the page is an article the rules know it.
        let doubt = if is_article && markup.level > 0 { UNIT } else { 0 };
        let may_change = may_change(&decision) && !labeller.is_embedded(at);
        let is_main = match decision.part {
            _ if !may_change => was_main,
            PartKind::Comments if !is_thread => false,
            _ if was_main => score >= bar - doubt,
            _ => score >= bar + doubt,
        };
        let is_told = is_main && markup.chars >= SHORTEST && !is_lost(labeller.text(at));
        let is_copy = is_told && !taken.insert(fold_hash(labeller.text(at)));
        if is_copy && may_change {
            decisions[at] = furniture(Role::Promo, 0.6, "stands on the page more than once");
        } else if is_main != was_main {
            let why = model.second.reason(&table, at, is_main).map_or("weighed", about);
            decisions[at] = if is_main {
                article(labeller.kind_of_text(at), 0.6, why)
            } else {
                furniture(labeller.kind_of_furniture(at), 0.6, why)
            };
        }
    }
}

/// The score from which on lines are main text: where the F1 to be expected of the page is highest, by the likelihood of
/// its lines. On a page that the model is sure of that is near even odds; on others, less has to do.
///
/// `lines` are scores and lengths.
fn bar(mut lines: Vec<(i32, u32)>) -> i32 {
    /// Lowest score of main text: pages without any are to stay so.
    const LOWEST: i32 = -UNIT;
    lines.sort_unstable_by_key(|&(score, _)| Reverse(score));
    let expected = |(score, chars): (i32, u32)| u64::from(likelihood(score)) * u64::from(chars);
    let all: u64 = lines.iter().map(|&line| expected(line)).sum();
    let (mut right, mut taken) = (0, 0);
    let (mut best, mut bar) = ((0, 1), 0);
    for &line in lines.iter().take_while(|&&(score, _)| score >= LOWEST) {
        right += expected(line);
        taken += u64::from(line.1) * 100;
        // Half of F1 is `right / (taken + all)`.
        if u128::from(right) * best.1 > best.0 * u128::from(taken + all) {
            best = (u128::from(right), u128::from(taken + all));
            bar = line.0;
        }
    }
    bar.min(0)
}

/// Whether the model decides on a line.
fn is_open(decision: &Decision, is_thread: bool) -> bool {
    may_change(decision) && (is_thread || decision.part != PartKind::Comments)
}

/// Whether a line may become text, or furniture: what the rules know to be the head of the article stays.
fn may_change(decision: &Decision) -> bool {
    match decision.part {
        PartKind::Furniture | PartKind::Comments => true,
        PartKind::Article => decision.role.is_body() || decision.role == Role::Heading,
        PartKind::Embedded => false,
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

#[cfg(test)]
mod tests {
    use super::bar;
    use crate::trees::UNIT;

    #[test]
    fn doubt_lowers_the_bar() {
        let sure = vec![(4 * UNIT, 500), (-4 * UNIT, 500), (-UNIT / 2, 10)];
        assert_eq!(bar(sure), 0);
        assert_eq!(bar(vec![(-UNIT / 2, 400), (-4 * UNIT, 500)]), -UNIT / 2);
        assert_eq!(bar(vec![(-4 * UNIT, 500)]), 0);
        assert_eq!(bar(Vec::new()), 0);
    }
}
