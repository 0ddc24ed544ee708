//! Measures of association and of keyness, each from four counts.

/// Pointwise mutual information in bits: how much more often two things meet than by chance (Church, Hanks 1990).
/// `expected` is how often they would by chance.
pub fn mutual_information(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 && expected > 0.0 { (observed / expected).log2() } else { 0.0 }
}

/// The t-score (Church, Gale, Hanks, Hindle 1991).
pub fn t_score(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { (observed - expected) / observed.sqrt() } else { 0.0 }
}

/// logDice (Rychlý 2008): 14 at most, one less for half as much association; it does not depend on the size of the
/// corpus.
pub fn log_dice(together: f64, one: f64, other: f64) -> f64 {
    if together > 0.0 { 14.0 + (2.0 * together / (one + other)).log2() } else { 0.0 }
}

/// The log-likelihood ratio of a table of two by two (Dunning 1993): `both` and `one` are counted among `with` cases,
/// the rest of `other` among the other cases of `all`.
pub fn log_likelihood(both: f64, one: f64, other: f64, all: f64) -> f64 {
    let table = [both, one - both, other - both, all - one - other + both].map(|count| count.max(0.0));
    let rows = [table[0] + table[1], table[2] + table[3]];
    let columns = [table[0] + table[2], table[1] + table[3]];
    let total = rows[0] + rows[1];
    let term = |index: usize| {
        let expected = rows[index / 2] * columns[index % 2] / total;
        if table[index] > 0.0 && expected > 0.0 { table[index] * (table[index] / expected).ln() } else { 0.0 }
    };
    2.0 * (0..4).map(term).sum::<f64>()
}

/// The log-likelihood of a word that stands `one` times among `size_one` words and `other` times among `size_other`
/// (Rayson, Garside 2000).
pub fn keyness(one: f64, size_one: f64, other: f64, size_other: f64) -> f64 {
    let share = (one + other) / (size_one + size_other);
    let term = |count: f64, size: f64| if count > 0.0 { count * (count / (size * share)).ln() } else { 0.0 };
    2.0 * (term(one, size_one) + term(other, size_other))
}

/// The log ratio of two relative frequencies (Hardie 2014): 1 is twice as often. What is not there counts half.
pub fn log_ratio(one: f64, size_one: f64, other: f64, size_other: f64) -> f64 {
    let share = |count: f64, size: f64| if count > 0.0 { count } else { 0.5 } / size.max(1.0);
    (share(one, size_one) / share(other, size_other)).log2()
}

/// Gries' DP, normalized (Gries 2008; Lijffijt, Gries 2012): 0 where the word lies evenly over the documents, 1 where
/// it lies in the smallest one only. Each pair is a document's share of all words and its share of the word's.
pub fn deviation_of_proportions(shares: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut sum, mut smallest) = (0.0, 1.0_f64);
    for (expected, observed) in shares {
        sum += (expected - observed).abs();
        if expected > 0.0 {
            smallest = smallest.min(expected);
        }
    }
    if smallest < 1.0 { (sum / 2.0 / (1.0 - smallest)).min(1.0) } else { 0.0 }
}

/// Juilland's D for documents of any length (Juilland, Chang-Rodríguez 1964): 1 where the word is equally frequent in
/// all, near 0 where in one only. `sum` and `squares` are those of the relative frequencies in `n` documents.
pub fn juilland(sum: f64, squares: f64, n: f64) -> f64 {
    if n < 2.0 || sum <= 0.0 {
        return if sum > 0.0 { 1.0 } else { 0.0 };
    }
    let mean = sum / n;
    let deviation = (squares / n - mean * mean).max(0.0).sqrt();
    (1.0 - deviation / mean / (n - 1.0).sqrt()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-3
    }

    #[test]
    fn measures_are_those_of_the_papers() {
        assert!(near(mutual_information(30.0, 3.75), 3.0));
        assert!(near(t_score(30.0, 3.75), 4.7926));
        assert!(near(log_dice(50.0, 100.0, 100.0), 13.0));
        // 110, 2442, 111, 29114 is the table of Dunning's paper, with 270.72.
        assert!((log_likelihood(110.0, 2552.0, 221.0, 31777.0) - 270.72).abs() < 0.01);
        assert!(near(keyness(10.0, 100.0, 5.0, 100.0), 1.699));
        assert!(near(log_ratio(20.0, 100.0, 5.0, 100.0), 2.0));
        assert!(near(log_ratio(4.0, 100.0, 0.0, 100.0), 3.0));
    }

    #[test]
    fn dispersion_goes_from_even_to_one_document() {
        let even = [(0.5, 0.5), (0.5, 0.5)];
        let one = [(0.5, 1.0), (0.5, 0.0)];
        assert!(near(deviation_of_proportions(even.into_iter()), 0.0));
        assert!(near(deviation_of_proportions(one.into_iter()), 1.0));
        assert!(near(juilland(0.4, 0.08, 2.0), 1.0));
        assert!(near(juilland(0.4, 0.16, 2.0), 0.0));
    }
}
