//! Fingerprints: a few shingles of a text, chosen so that texts with a passage in common choose some in common.

/// Number of shingles in a row of which one is chosen.
const WINDOW: usize = 16;

/// The fingerprints of a text whose shingles are these, in order: the least of each 16 in a row, each once, ascending.
///
/// Any 20 words in a row that two texts share give them a fingerprint in common, whatever stands around; a text has
/// about one fingerprint to 8.5 words. This is winnowing: Schleimer, Wilkerson and Aiken, “Winnowing: local algorithms
/// for document fingerprinting”, SIGMOD 2003.
pub(crate) fn fingerprints(shingles: &[u64]) -> Vec<u64> {
    let mut chosen = Vec::with_capacity(shingles.len() / 8 + 1);
    let mut least = 0;
    for (end, &hash) in shingles.iter().enumerate() {
        let begin = (end + 1).saturating_sub(WINDOW);
        if least < begin {
            // The least one fell out of the window: the next is the last of the least that are left.
            least = (begin..=end).rev().min_by_key(|&place| shingles[place]).unwrap_or(end);
        } else if hash <= shingles[least] {
            least = end;
        } else if end + 1 != WINDOW {
            continue;
        }
        if end + 1 >= WINDOW {
            chosen.push(shingles[least]);
        }
    }
    if shingles.len() < WINDOW {
        chosen.extend(shingles.get(least));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::mix;

    fn plainly(shingles: &[u64]) -> Vec<u64> {
        let window = WINDOW.min(shingles.len()).max(1);
        let mut chosen: Vec<u64> =
            shingles.windows(window).filter_map(|window| window.iter().min().copied()).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    #[test]
    fn the_least_of_each_window_is_chosen() {
        for len in [0, 1, 2, 15, 16, 17, 40, 500] {
            let shingles: Vec<u64> = (0..len).map(|n| mix(n % 37) % 1000).collect();
            assert_eq!(fingerprints(&shingles), plainly(&shingles), "{len}");
        }
    }

    #[test]
    fn a_long_common_run_is_found_and_few_are_chosen() {
        let run: Vec<u64> = (0..WINDOW as u64).map(mix).collect();
        let around = |seed: u64| (0..200).map(move |n| mix(seed + n));
        let a: Vec<u64> = around(1000).chain(run.iter().copied()).chain(around(2000)).collect();
        let b: Vec<u64> = around(3000).chain(run).chain(around(4000)).collect();
        let (a, b) = (fingerprints(&a), fingerprints(&b));
        assert!(a.iter().any(|hash| b.binary_search(hash).is_ok()));
        assert!(a.len() < 70, "{}", a.len());
    }
}
