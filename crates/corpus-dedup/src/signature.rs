//! A signature: a fixed number of hashes by which texts with similar shingles meet.

use crate::fold::{hash_all, mix};

/// Hashes in a signature.
pub const SIGNATURE: usize = 128;
/// Hashes in a band.
pub const ROWS: usize = 4;
/// Bands in a signature.
pub const BANDS: usize = SIGNATURE / ROWS;

/// The MinHash signature of a set of shingles: the share of equal places in two signatures estimates the Jaccard
/// similarity of the sets.
///
/// Made as Dahlgaard, Knudsen and Thorup do (“Fast similarity sketching”, FOCS 2017): in each round every shingle is
/// thrown into one of the places, which keeps its smallest hash; rounds end when each place has one. A long text
/// takes a round, a short one several, and the estimate is as sharp as with a hash function for each place. In round
/// `SIGNATURE + i` all shingles fall into place `i`, so the rounds end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    places: [u64; SIGNATURE],
}

/// What no place holds at the end: a hash has the number of its round in the highest byte, which is less than 255.
const NOTHING: u64 = u64::MAX;
/// Bits of a hash that say which place it falls into.
const PLACE_BITS: u32 = SIGNATURE.ilog2();

impl Signature {
    /// The signature of these hashes, in whatever order and number they come; `None` where there are none.
    pub fn of(shingles: &[u64]) -> Option<Self> {
        if shingles.is_empty() {
            return None;
        }
        let mut places = [NOTHING; SIGNATURE];
        for &hash in shingles {
            throw(&mut places, hash, 0);
        }
        let mut round = 1;
        while places.contains(&NOTHING) && round < SIGNATURE as u64 {
            // A place that an earlier round has filled stays: the round is the highest byte.
            for &hash in shingles {
                throw(&mut places, mix(hash ^ round.wrapping_mul(ROUND)), round);
            }
            round += 1;
        }
        for (place, least) in places.iter_mut().enumerate().filter(|(_, least)| **least == NOTHING) {
            let hashes = shingles.iter().map(|&hash| mix(hash ^ (round + place as u64).wrapping_mul(ROUND)));
            *least = hashes.min().map_or(NOTHING, |hash| (round << 56) | (hash >> 8));
        }
        Some(Signature { places })
    }

    /// The share of places that are equal in both: an estimate of the Jaccard similarity.
    pub fn agreement(&self, other: &Signature) -> f64 {
        let equal = self.places.iter().zip(&other.places).filter(|(a, b)| a == b).count();
        equal as f64 / SIGNATURE as f64
    }

    /// A key for each band of [`ROWS`] places. Two texts that have a key in common are worth comparing: at similarity
    /// J that is so with probability 1 − (1 − J⁴)³², which is .9999 at .7 and 3·10⁻⁸ at .005.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        self.places
            .chunks_exact(ROWS)
            .enumerate()
            .map(|(band, rows)| hash_all(rows.iter().copied().chain([band as u64])))
    }
}

const ROUND: u64 = 0xd6e8_feb8_6659_fd93;

/// Throws a hash into its place: the highest bits say which, the others are what is kept.
fn throw(places: &mut [u64; SIGNATURE], hash: u64, round: u64) {
    let place = &mut places[(hash >> (u64::BITS - PLACE_BITS)) as usize];
    let kept = (round << 56) | (hash & ((1 << 56) - 1));
    *place = kept.min(*place);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(|n| mix(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
    }

    #[test]
    fn agreement_estimates_the_similarity_of_long_and_short_sets() {
        for len in [10, 60, 300, 3000] {
            let mut sum = 0.0;
            for sample in 0..40 {
                let begin = sample * 100_000;
                let a = Signature::of(&hashes(begin..begin + len)).unwrap();
                let b = Signature::of(&hashes(begin + len / 5..begin + len + len / 5)).unwrap();
                sum += a.agreement(&b);
            }
            // 4/5 of each set is common, 6/5 in the union.
            assert!((sum / 40.0 - 2.0 / 3.0).abs() < 0.03, "{len}: {}", sum / 40.0);
        }
    }

    #[test]
    fn order_and_repetition_make_no_difference() {
        let mut shingles = hashes(0..90);
        let signature = Signature::of(&shingles);
        shingles.reverse();
        shingles.extend_from_within(3..40);
        assert_eq!(Signature::of(&shingles), signature);
        assert_eq!(Signature::of(&[]), None);
    }
}
