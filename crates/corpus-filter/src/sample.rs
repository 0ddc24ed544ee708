//! Chance by hash: the same documents are taken, in the same order, on any machine.

use twox_hash::XxHash3_64;

/// Where a document with this id stands among all, as a number that has nothing to do with the id but is always the
/// same; another seed gives another.
pub fn place(id: &str, seed: u64) -> u64 {
    XxHash3_64::oneshot_with_seed(seed, id.as_bytes())
}

/// Whether a document is among the share that is taken. With one seed a smaller share is part of a larger one.
pub(crate) fn is_in(id: &str, seed: u64, share: f64) -> bool {
    // 53 bits are what a number with a fraction holds.
    (place(id, seed) >> 11) as f64 / (1_u64 << 53) as f64 <= share && share > 0.0
}

/// The same for a choice of a name of its own, independent of any sample.
pub(crate) fn is_taken(id: &str, name: &str, share: f64) -> bool {
    is_in(id, XxHash3_64::oneshot(name.as_bytes()), share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_that_share_and_part_of_a_larger_one() {
        let ids: Vec<String> = (0..10_000).map(|nth| format!("page-{nth}")).collect();
        let taken = |share| ids.iter().filter(|id| is_in(id, 1, share)).collect::<Vec<_>>();
        let (tenth, half) = (taken(0.1), taken(0.5));
        assert!((900..1100).contains(&tenth.len()), "{}", tenth.len());
        assert!((4800..5200).contains(&half.len()), "{}", half.len());
        assert!(tenth.iter().all(|id| half.contains(id)));
        assert_eq!((taken(0.0).len(), taken(1.0).len()), (0, 10_000));
        assert_ne!(tenth, ids.iter().filter(|id| is_in(id, 2, 0.1)).collect::<Vec<_>>());
    }

    #[test]
    fn a_place_is_the_same_on_every_machine_and_in_every_version() {
        assert_eq!(place("page-1", 0), 4_086_918_731_112_379_645);
    }
}
