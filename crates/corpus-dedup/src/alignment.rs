//! An alignment: how many words two texts have in common in the same order.

use std::collections::HashMap;

/// Length of the longest common subsequence of two sequences of words, where it is `least` or more; else `None`.
///
/// First the beginning and the end that both share are set apart, then the words without their order must suffice,
/// and only then is the order looked at, 64 words at a time (Hyyrö, “Bit-parallel LCS-length computation revisited”,
/// 2004): time grows with the product of both lengths, divided by 64.
pub(crate) fn common_in_order(a: &[u32], b: &[u32], least: usize) -> Option<usize> {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    let same = head + tail;
    if same + common_in_any_order(a.to_vec(), b.to_vec()) < least {
        return None;
    }
    let common = same + longest_common_subsequence(a, b);
    (common >= least).then_some(common)
}

/// Number of words that two texts have in common, each as often as both have it.
pub(crate) fn common_in_any_order(mut a: Vec<u32>, mut b: Vec<u32>) -> usize {
    a.sort_unstable();
    b.sort_unstable();
    let (mut left, mut right) = (0, 0);
    let mut common = 0;
    while let (Some(a), Some(b)) = (a.get(left), b.get(right)) {
        common += usize::from(a == b);
        left += usize::from(a <= b);
        right += usize::from(b <= a);
    }
    common
}

fn longest_common_subsequence(a: &[u32], b: &[u32]) -> usize {
    // A row of bits, one for each word of `a`; a bit that is zero in the end is a word of the subsequence.
    let mut row = vec![u64::MAX; a.len().div_ceil(64)];
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, &word) in a.iter().enumerate() {
        places.entry(word).or_default().push(place);
    }
    let mut matches = vec![0_u64; row.len()];
    for places in b.iter().filter_map(|word| places.get(word)) {
        places.iter().for_each(|place| matches[place / 64] |= 1 << (place % 64));
        let mut carry = false;
        for (bits, &matches) in row.iter_mut().zip(&matches) {
            let hits = *bits & matches;
            let (sum, first) = bits.overflowing_add(hits);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !matches);
        }
        places.iter().for_each(|place| matches[place / 64] = 0);
    }
    let zeros = row.iter().map(|bits| bits.count_zeros() as usize).sum();
    // Bits beyond the last word never turn to zero: nothing matches there, and a carry leaves what is set in place.
    debug_assert!(zeros <= a.len().min(b.len()));
    zeros
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plainly(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for a in a {
            let mut before = 0;
            for (place, b) in b.iter().enumerate() {
                let above = row[place + 1];
                row[place + 1] = if a == b { before + 1 } else { above.max(row[place]) };
                before = above;
            }
        }
        row.last().copied().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn it_is_the_longest_common_subsequence(
            a in prop::collection::vec(0_u32..12, 0..200), b in prop::collection::vec(0_u32..12, 0..200), least in 0_usize..120,
        ) {
            let common = plainly(&a, &b);
            prop_assert_eq!(common_in_order(&a, &b, least), (common >= least).then_some(common));
        }
    }
}
