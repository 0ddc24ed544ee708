//! The second look: whether each line is main text, by trees that know what the chain has made of the whole page.

mod table;

use super::{
    Label, Page, Zone,
    class::{Class, N_CLASSES},
    features::Features,
    trained::NEVER,
};
use crate::{
    role::Role,
    sequence::Row,
    trees::{Table, Trees, UNIT},
};
use table::Context;
pub(crate) use table::N_FEATURES;

/// What odds of e to 1 weigh on a page that the rules find an article on and little else.
const ON_ARTICLES: i32 = 30;

/// What they weigh on a page of menus with a text among them, where they stand for half of what was weighed before: the
/// trees have heard it.
const AMONG_MENUS: i32 = 60;

/// Score that such a page's lines are given for nothing: what is missed costs more than what is found in vain.
const LENIENCE: i32 = 100;

/// Scores that are farther from even odds count as this.
const FARTHEST: i32 = 6 * UNIT;

/// Where more than this speaks for a line being main text or not, a page that the rules find an article on and little else
/// has nothing to ask.
const SURE: i16 = 64;

/// Scores that are no farther from even odds say nothing: odds of e to 1. The chain knows more of what a line is.
const UNSURE: i32 = UNIT;

/// Score from which on main text is spoken for on a page of menus.
const LENIENT: i32 = 100;

/// The most lines of a page that the trees are asked about: the features of one take a hundred and fifty bytes.
const MOST_LINES: usize = 1 << 13;

/// The most that a score weighs.
const MOST: i32 = 2_000;

/// What speaks for each class of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Weighed {
    /// There is nothing to ask.
    Settled(Class),
    /// A weight for each class.
    Open(Row<i16, N_CLASSES>),
}

/// What a line leans to.
#[derive(Clone, Copy, Debug)]
struct Leaning {
    /// How much more speaks for main text than for all else.
    margin: i16,
    /// The class of main text that most speaks for.
    main: u8,
    /// The other class that most speaks for.
    other: u8,
}

impl Weighed {
    fn leaning(&self) -> Leaning {
        let sum = match self {
            Weighed::Settled(class) => {
                let margin = if class.is_main_text() { i16::MAX } else { i16::MIN };
                return Leaning { margin, main: *class as u8, other: *class as u8 };
            }
            Weighed::Open(sum) => sum,
        };
        let mut best = [(i16::MIN, 0_u8); 2];
        for (number, (&weight, class)) in sum.iter().zip(Class::ALL).enumerate() {
            let best = &mut best[usize::from(class.is_main_text())];
            if weight > best.0 {
                *best = (weight, number as u8);
            }
        }
        let [other, main] = best;
        Leaning { margin: main.0.saturating_sub(other.0), main: main.1, other: other.1 }
    }

    /// Hears the score of the trees, as a logarithm of odds in their units.
    pub(super) fn hear(&mut self, score: i32, is_among_menus: bool) {
        let margin = i32::from(self.leaning().margin);
        let Weighed::Open(sum) = self else { return };
        let score = score.clamp(-FARTHEST, FARTHEST);
        let most = if is_among_menus { LENIENT } else { UNSURE };
        if (-UNSURE..=most).contains(&score) {
            return;
        }
        let gain = if is_among_menus {
            (score + LENIENCE) * AMONG_MENUS / UNIT - margin / 2
        } else {
            score * ON_ARTICLES / UNIT
        };
        let gain = gain.clamp(-MOST, MOST) as i16;
        for (sum, class) in sum.iter_mut().zip(Class::ALL) {
            if class.is_main_text() {
                *sum = sum.saturating_add(gain).max(NEVER);
            }
        }
    }
}

impl Leaning {
    /// The margin from 0 to 200; 100 is even.
    fn level(&self) -> u8 {
        (100 + (self.margin / 2).clamp(-100, 100)) as u8
    }
}

/// Whether a line is main text: text of the article but for its headline.
pub(super) fn is_main(label: &Label) -> bool {
    label.zone == Zone::Article && label.role.is_text() && label.role != Role::Title
}

/// How much may speak for a line being main text or not for the trees to be asked about it.
pub(super) fn most_asked(is_among_menus: bool) -> i16 {
    if is_among_menus { i16::MAX } else { SURE }
}

/// The lines for or against which no more speaks than `most`, those aside that the trees are never asked about, and their
/// features.
pub(super) fn features(
    page: &Page<'_>,
    rules: &[Label],
    labels: &[Label],
    features: &Features<'_, '_>,
    weighed: &[Weighed],
    most: i16,
) -> (Vec<usize>, Table) {
    if labels.len() > MOST_LINES {
        return Default::default();
    }
    let leanings: Vec<Leaning> = weighed.iter().map(Weighed::leaning).collect();
    let is_open = |&at: &usize| {
        let role = labels[at].role;
        matches!(weighed[at], Weighed::Open(_))
            && labels[at].zone != Zone::Embedded
            && (role.is_body() || role.is_furniture() || role.is_comment() || role == Role::Heading)
            && leanings[at].margin.saturating_abs() <= most
    };
    let open: Vec<usize> = (0..labels.len()).filter(is_open).collect();
    if open.is_empty() {
        return (open, Table::default());
    }
    let table = Context::of(page, rules, labels, features, &leanings).table(&open);
    (open, table)
}

/// What speaks most for a line being main text, or not.
pub(super) fn reason(trees: &Trees, table: &Table, row: usize, is_main: bool) -> &'static str {
    trees.reason(table, row, is_main).map_or("weighed", table::about)
}

#[cfg(test)]
mod tests {
    use super::{Weighed, table::N_FEATURES};
    use crate::{
        label::{Class, Labeller, N_CLASSES, RoleModel, Zone, trained},
        layout,
        role::Role,
        trees::{DEPTH, N_LEAVES, Question, TREE_BYTES, Tree, Trees, UNIT},
    };

    /// A page of menus with a text among them.
    const PAGE: &str = "Home\n\nFerries\n\nPorts\n\nIslands\n\nThe ferry sails again\n\nThe ferry sails again from Monday, after two weeks \
        in the yard, and the shops of the island hope for the guests of the summer.\n\nThe captain says that the new engine is \
        half as loud as the old one was, and that nobody will miss the smoke.\n\nHarbour\n\nContact\n\nImprint\n\nWeather\n\nTides\n";

    /// Trees that say `score` of every line.
    fn trees(score: i16) -> Trees {
        let questions = [Question { feature: 0, above: u8::MAX }; DEPTH];
        Trees::new(Tree { questions, scores: [score; N_LEAVES] }.bytes().into())
    }

    fn n_main(second: Trees) -> usize {
        let model = RoleModel { second, ..trained::SHIPPED.clone() };
        let lines = layout::lines(PAGE);
        let labels = Labeller::new().label_by(&model, PAGE, &lines).lines;
        labels.iter().filter(|label| label.zone == Zone::Article && label.role == Role::Paragraph).count()
    }

    #[test]
    fn trees_decide_what_is_open_on_a_page_of_menus() {
        assert_eq!(n_main(trees(-2000)), 0);
        assert!(n_main(trees(2000)) > n_main(Trees::new(Vec::new().into())));
    }

    #[test]
    fn a_score_speaks_for_main_text_alone() {
        let mut line = Weighed::Open([0; N_CLASSES]);
        line.hear(2 * UNIT, false);
        let Weighed::Open(sum) = line else { panic!() };
        assert!(sum[Class::Paragraph as usize] > 0 && sum[Class::Related as usize] == 0);
        let mut settled = Weighed::Settled(Class::Furniture);
        settled.hear(2 * UNIT, true);
        assert!(matches!(settled, Weighed::Settled(Class::Furniture)));
    }

    #[test]
    fn an_unsure_score_says_nothing() {
        let heard = |score: i32, is_among_menus: bool| {
            let mut line = Weighed::Open([0; N_CLASSES]);
            line.hear(score, is_among_menus);
            matches!(line, Weighed::Open(sum) if sum[Class::Paragraph as usize] != 0)
        };
        assert!(!heard(UNIT, false) && !heard(-UNIT, false) && !heard(-UNIT, true));
        assert!(heard(UNIT + 10, false) && heard(UNIT, true) && heard(-2 * UNIT, true));
    }

    #[test]
    fn the_shipped_trees_ask_for_features_that_there_are() {
        let bytes = trained::SHIPPED.second.bytes();
        assert!(!bytes.is_empty());
        for tree in bytes.chunks_exact(TREE_BYTES) {
            for question in tree[..3 * DEPTH].chunks_exact(3) {
                assert!(usize::from(u16::from_le_bytes([question[0], question[1]])) < N_FEATURES);
            }
        }
    }
}
