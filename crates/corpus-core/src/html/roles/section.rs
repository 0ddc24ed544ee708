//! The headings over each line of a page, as its sections are nested.

use super::Labeller;
use crate::role::Role;

/// The headings over a line, each by its own line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Over {
    /// The last heading above.
    pub(super) heading: Option<u32>,
    /// The heading of the section that the last heading's own lies in.
    pub(super) outer: Option<u32>,
    /// The heading of the section that lies in no other.
    pub(super) highest: Option<u32>,
    /// Whether the words of one of them announce other pages, an appeal or a form.
    pub(super) is_aside: bool,
}

/// The headings over each line, where `level` is a line's level as a heading, 0 for one that is none.
pub(super) fn over(levels: impl Iterator<Item = u8>, mut is_aside: impl FnMut(usize) -> bool) -> Vec<Over> {
    // Levels and lines of the headings whose sections are open, and whether one up to there is aside.
    let mut open: Vec<(u8, u32, bool)> = Vec::new();
    let each = levels.enumerate().map(|(at, level)| {
        let over = Over {
            heading: open.last().map(|heading| heading.1),
            outer: open.len().checked_sub(2).map(|at| open[at].1),
            highest: open.first().map(|heading| heading.1),
            is_aside: open.last().is_some_and(|heading| heading.2),
        };
        if level > 0 {
            while open.last().is_some_and(|heading| heading.0 >= level) {
                open.pop();
            }
            let is_aside = is_aside(at) || open.last().is_some_and(|heading| heading.2);
            open.push((level, at as u32, is_aside));
        }
        over
    });
    each.collect()
}

/// The line at which the section of each heading ends; the number of lines for all that are none.
pub(super) fn ends(levels: impl ExactSizeIterator<Item = u8>) -> Vec<usize> {
    let mut ends = vec![levels.len(); levels.len()];
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, level) in levels.enumerate().filter(|&(_, level)| level > 0) {
        while let Some((_, heading)) = open.pop_if(|heading| heading.0 >= level) {
            ends[heading] = at;
        }
        open.push((level, at));
    }
    ends
}

impl Labeller<'_> {
    /// Whether the words of a line, a heading, announce other pages, an appeal or a form.
    pub(super) fn is_heading_of_others(&self, at: usize) -> bool {
        self.said[at].own.is_some_and(|own| {
            matches!(
                own.role,
                Role::RelatedHeading | Role::RelatedTitle | Role::Promo | Role::Navigation | Role::Form
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Over, ends, over};

    const LEVELS: [u8; 8] = [0, 2, 0, 3, 0, 2, 3, 0];

    #[test]
    fn sections_lie_in_sections() {
        let over = over(LEVELS.into_iter(), |at| at == 5);
        let of = |heading, outer, highest, is_aside| Over { heading, outer, highest, is_aside };
        assert_eq!(over[0], Over::default());
        assert_eq!(over[2], of(Some(1), None, Some(1), false));
        assert_eq!(over[4], of(Some(3), Some(1), Some(1), false));
        assert_eq!(over[7], of(Some(6), Some(5), Some(5), true));
    }

    #[test]
    fn a_section_ends_at_a_heading_no_lower() {
        assert_eq!(ends(LEVELS.into_iter()), [8, 5, 8, 5, 8, 8, 8, 8]);
        assert!(ends([].into_iter()).is_empty());
    }
}
