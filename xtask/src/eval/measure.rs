//! Counts of hits and misses, and the measures made of them.

use std::fmt;

/// How often something was found rightly, found wrongly and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) missed: usize,
}

impl Tally {
    /// Share of what was found that is right, 0 where nothing was found.
    pub(super) fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// Share of what there is that was found, 0 where there is nothing.
    pub(super) fn recall(self) -> f64 {
        share(self.right, self.gold())
    }

    /// Harmonic mean of precision and recall.
    pub(super) fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// How often it is there.
    pub(super) fn gold(self) -> usize {
        self.right + self.missed
    }

    /// Counts `weight` once, as right, wrong, missed or not at all.
    pub(super) fn count(&mut self, gold: bool, found: bool, weight: usize) {
        match (gold, found) {
            (true, true) => self.right += weight,
            (true, false) => self.missed += weight,
            (false, true) => self.wrong += weight,
            (false, false) => {}
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// The named measures of one data set, as printed and as kept in the file of scores.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measures {
    pub(super) set: String,
    pub(super) values: Vec<(&'static str, f64)>,
}

impl Measures {
    /// No measures yet of the set called `set`.
    pub(super) fn new(set: impl Into<String>) -> Self {
        Measures { set: set.into(), values: Vec::new() }
    }

    /// A measure by its name.
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The same with one more.
    pub(super) fn with(mut self, name: &'static str, value: f64) -> Self {
        self.values.push((name, value));
        self
    }
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        self.values.iter().try_for_each(|(name, value)| {
            let gap = if std::mem::take(&mut first) { "" } else { " " };
            write!(f, "{gap}{name}={value:.4}")
        })
    }
}

/// `part` of `whole`, 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The mean, 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_of_nothing_scores_nothing() {
        assert_eq!(Tally::default().f1(), 0.0);
        assert_eq!(mean(&[]), 0.0);
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        let tally = Tally { right: 3, wrong: 1, missed: 2 };
        let (precision, recall) = (tally.precision(), tally.recall());
        assert!((tally.f1() - 2.0 * precision * recall / (precision + recall)).abs() < 1e-12);
    }
}
