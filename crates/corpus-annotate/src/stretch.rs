//! Stretches of a text: facts, sentences and passages in the order of their spans, asked for those that lie in one, at
//! one place or before it.

use crate::{
    page::{Found, Passage},
    sentence::Sentence,
};
use corpus_core::Span;
use std::ops::Range;

/// What lies at a span of the text.
pub(crate) trait Lies {
    /// Where it lies.
    fn span(&self) -> Span;
}

impl<T> Lies for Found<T> {
    fn span(&self) -> Span {
        self.span
    }
}

impl Lies for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}

impl Lies for Passage {
    fn span(&self) -> Span {
        self.span
    }
}

/// What lies in the order of its spans. All offsets are bytes of the text.
pub(crate) trait InOrder<T> {
    /// Those that begin in a range.
    fn beginning_in(&self, range: Range<usize>) -> &[T];

    /// Those that begin before an offset.
    fn before(&self, at: usize) -> &[T];

    /// Those that have a byte of a range; of what does not overlap.
    fn touching(&self, range: Range<usize>) -> &[T];

    /// The one that begins at an offset.
    fn beginning_at(&self, at: usize) -> Option<&T>;

    /// The last that begins at an offset or before it, where it holds the byte there.
    fn over(&self, at: usize) -> Option<&T>;
}

impl<T: Lies> InOrder<T> for [T] {
    fn beginning_in(&self, range: Range<usize>) -> &[T] {
        let rest = &self[self.partition_point(|one| one.span().start < range.start)..];
        &rest[..rest.partition_point(|one| one.span().start < range.end)]
    }

    fn before(&self, at: usize) -> &[T] {
        &self[..self.partition_point(|one| one.span().start < at)]
    }

    fn touching(&self, range: Range<usize>) -> &[T] {
        let rest = &self[self.partition_point(|one| one.span().end <= range.start)..];
        &rest[..rest.partition_point(|one| one.span().start < range.end)]
    }

    fn beginning_at(&self, at: usize) -> Option<&T> {
        self.get(self.partition_point(|one| one.span().start < at)).filter(|one| one.span().start == at)
    }

    fn over(&self, at: usize) -> Option<&T> {
        self.before(at + 1).last().filter(|one| at < one.span().end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_stretch_at_a_place_and_before_it() {
        let found = |(start, end): (usize, usize)| Found {
            span: Span::new(start, end),
            value: start,
            rule: "by hand",
            confidence: 1.0,
        };
        let all = [(2, 5), (5, 6), (9, 12)].map(found);
        let starts = |found: &[Found<usize>]| found.iter().map(|one| one.value).collect::<Vec<_>>();
        assert_eq!(starts(all.beginning_in(2..9)), [2, 5]);
        assert_eq!(starts(all.beginning_in(3..3)), [0; 0]);
        assert_eq!(starts(all.touching(4..10)), [2, 5, 9]);
        assert_eq!(starts(all.touching(6..9)), [0; 0]);
        assert_eq!(starts(all.before(5)), [2]);
        assert_eq!(all.beginning_at(5).map(|one| one.value), Some(5));
        assert_eq!(all.beginning_at(4).map(|one| one.value), None);
        assert_eq!(all.over(11).map(|one| one.value), Some(9));
        assert_eq!(all.over(12).map(|one| one.value), None);
    }
}
