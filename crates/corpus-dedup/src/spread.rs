//! Sorting hashes: numbers spread evenly over their range.

/// Sorts hashes, in time that grows with their number where they are spread evenly, as hashes are; else as a sort does.
///
/// The highest bits give each its bucket of two to four, and a bucket is sorted alone.
pub(crate) fn sort_hashes(hashes: &mut Vec<u64>) {
    if hashes.len() < 64 {
        hashes.sort_unstable();
        return;
    }
    let bits = hashes.len().ilog2() - 1;
    let bucket = |hash: u64| (hash >> (u64::BITS - bits)) as usize;
    let mut begins = vec![0_usize; (1 << bits) + 1];
    for &hash in hashes.iter() {
        begins[bucket(hash) + 1] += 1;
    }
    for place in 1..begins.len() {
        begins[place] += begins[place - 1];
    }
    let mut sorted = vec![0; hashes.len()];
    // Filling a bucket moves its beginning to its end.
    for &hash in hashes.iter() {
        let place = &mut begins[bucket(hash)];
        sorted[*place] = hash;
        *place += 1;
    }
    let mut begin = 0;
    for &end in &begins[..1 << bits] {
        if end - begin > 1 {
            sorted[begin..end].sort_unstable();
        }
        begin = end;
    }
    *hashes = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::mix;

    #[test]
    fn it_sorts_what_is_spread_and_what_is_not() {
        for len in [0, 1, 63, 64, 65, 1000, 5000] {
            let spread: Vec<u64> = (0..len).map(mix).collect();
            let crowded: Vec<u64> = (0..len).map(|n| mix(n) % 7).collect();
            for mut hashes in [spread, crowded, (0..len).rev().collect()] {
                let mut sorted = hashes.clone();
                sorted.sort_unstable();
                sort_hashes(&mut hashes);
                assert_eq!(hashes, sorted, "{len}");
            }
        }
    }
}
