//! Which spans lie in others and which hold others, told in time that grows with their number.

use corpus_core::Span;

/// Spans in order of their beginnings, that are asked which of them lie in another span.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    starts: Vec<usize>,
    /// The first end of this span and of all behind it.
    first_end: Vec<usize>,
}

impl Sorted {
    /// These spans, which begin in order.
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let (starts, mut first_end): (Vec<usize>, Vec<usize>) =
            spans.map(|span| (span.start, span.end)).unzip();
        for at in (1..first_end.len()).rev() {
            first_end[at - 1] = first_end[at - 1].min(first_end[at]);
        }
        Sorted { starts, first_end }
    }

    /// Whether one of them lies in a span.
    pub(super) fn any_in(&self, span: Span) -> bool {
        let first = self.starts.partition_point(|start| *start < span.start);
        self.first_end.get(first).is_some_and(|end| *end <= span.end)
    }
}

/// Those of `inner` that lie in one of `outer`, in their order.
pub(super) fn within(mut inner: Vec<Span>, mut outer: Vec<Span>) -> Vec<Span> {
    outer.sort_unstable();
    let mut last_end = 0;
    for span in &mut outer {
        last_end = last_end.max(span.end);
        span.end = last_end;
    }
    inner.retain(|inner| {
        let before = outer.partition_point(|outer| outer.start <= inner.start);
        before.checked_sub(1).is_some_and(|last| outer[last].end >= inner.end)
    });
    inner
}

/// Those of `outer` in which one of `inner` lies, in their order.
pub(super) fn containing(mut outer: Vec<Span>, mut inner: Vec<Span>) -> Vec<Span> {
    inner.sort_unstable();
    let inner = Sorted::new(inner.into_iter());
    outer.retain(|outer| inner.any_in(*outer));
    outer
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_that_the_definition_names(
            spans in [0, 1].map(|_| proptest::collection::vec((0_usize..20, 0_usize..6), 0..12)),
        ) {
            let [one, other] = spans.map(|spans| -> Vec<Span> {
                spans.into_iter().map(|(start, len)| Span::new(start, start + len)).collect()
            });
            let in_any = |span: &Span| other.iter().any(|outer| outer.contains(*span));
            let plainly: Vec<Span> = one.iter().copied().filter(in_any).collect();
            prop_assert_eq!(within(one.clone(), other.clone()), plainly);
            let holds_any = |span: &Span| other.iter().any(|inner| span.contains(*inner));
            let plainly: Vec<Span> = one.iter().copied().filter(holds_any).collect();
            prop_assert_eq!(containing(one, other), plainly);
        }
    }
}
