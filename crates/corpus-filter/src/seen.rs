//! The hashes met in a text, numbered in the order in which they are met first: an open table.

/// The hashes that were met, each with a number: how many others were met before it.
#[derive(Default)]
pub(crate) struct Seen {
    /// A hash, and its number plus one; a slot with the number 0 is free.
    slots: Vec<(u64, u32)>,
    shift: u32,
    n_hashes: u32,
}

const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Seen {
    /// A table for so many hashes at most.
    pub(crate) fn new(most: usize) -> Self {
        let mut seen = Seen::default();
        seen.clear(most);
        seen
    }

    /// Forgets all, and makes room for so many hashes at most.
    pub(crate) fn clear(&mut self, most: usize) {
        let bits = (most.max(4) * 3 / 2).next_power_of_two().trailing_zeros();
        self.slots.clear();
        self.slots.resize(1 << bits, (0, 0));
        self.shift = 64 - bits;
        self.n_hashes = 0;
    }

    /// The number of `hash`.
    #[inline]
    pub(crate) fn number(&mut self, hash: u64) -> u32 {
        let last = self.slots.len() - 1;
        let mut at = (hash.wrapping_mul(ODD) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at & last];
            if slot.1 == 0 {
                self.n_hashes += 1;
                *slot = (hash, self.n_hashes);
                return self.n_hashes - 1;
            }
            if slot.0 == hash {
                return slot.1 - 1;
            }
            at += 1;
        }
    }

    /// Notes that `hash` was met; whether it was met before.
    pub(crate) fn again(&mut self, hash: u64) -> bool {
        let before = self.n_hashes;
        self.number(hash) < before
    }
}
