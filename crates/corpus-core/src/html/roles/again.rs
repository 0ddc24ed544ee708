//! Lines that stand on a page more than once: boxes that markup repeats, not what the page was published for.

use super::{
    Labeller,
    decision::{Decision, furniture},
};
use crate::{html::likeness::fold_hash, part::PartKind, role::Role};

impl Labeller<'_> {
    /// Takes from the main text what is repeated. Where most of it is, the page holds its text twice, and the first stays.
    pub(super) fn settle_again(&self, decisions: &mut [Decision]) {
        /// Shortest line that is not repeated by chance, in characters.
        const SHORTEST: u32 = 25;
        let chars = |at: usize| self.line(at).markup.chars;
        let is_body = |decision: &Decision| {
            decision.part == PartKind::Article
                && matches!(decision.role, Role::Paragraph | Role::ListItem | Role::Heading)
        };
        let bodies = (0..decisions.len())
            .filter(|&at| is_body(&decisions[at]) && chars(at) >= SHORTEST && !is_lost(self.text(at)));
        let mut lines: Vec<(u64, usize)> = bodies.map(|at| (fold_hash(self.text(at)), at)).collect();
        lines.sort_unstable();
        let copies = || lines.chunk_by(|one, other| one.0 == other.0).filter(|copies| copies.len() > 1);
        let sum = |lines: &[(u64, usize)]| lines.iter().map(|&(_, at)| u64::from(chars(at))).sum::<u64>();
        let keeps_first = copies().map(sum).sum::<u64>() * 3 > sum(&lines);
        for copies in copies() {
            for &(_, at) in &copies[usize::from(keeps_first)..] {
                decisions[at] = furniture(Role::Promo, 0.6, "stands on the page more than once");
            }
        }
    }
}

/// Whether nothing of a text could be read, so that it is like any other such text.
pub(super) fn is_lost(text: &str) -> bool {
    text.starts_with(char::REPLACEMENT_CHARACTER) && !text.contains(char::is_alphanumeric)
}
