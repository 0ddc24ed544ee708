//! The hashes met in a text, each with a number: an open table.

/// The hashes that were met.
#[derive(Default)]
pub(crate) struct Seen {
    /// Each hash, and its number.
    hashes: Vec<(u64, u32)>,
    /// A place among those, counted from 1; a slot with 0 is free.
    slots: Vec<u32>,
    shift: u32,
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
        let bits = (most.max(4) * 2).next_power_of_two().trailing_zeros();
        self.hashes.clear();
        self.slots.clear();
        self.slots.resize(1 << bits, 0);
        self.shift = 64 - bits;
    }

    /// The number that `hash` was given when it was met first; it is given this one where it is met now.
    #[inline]
    pub(crate) fn number(&mut self, hash: u64, new: u32) -> u32 {
        let last = self.slots.len() - 1;
        let mut at = (hash.wrapping_mul(ODD) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at & last];
            let Some(place) = slot.checked_sub(1) else {
                self.hashes.push((hash, new));
                *slot = self.hashes.len() as u32;
                return new;
            };
            let (known, number) = self.hashes[place as usize];
            if known == hash {
                return number;
            }
            at += 1;
        }
    }

    /// Notes that `hash` was met; whether it was met before.
    pub(crate) fn again(&mut self, hash: u64) -> bool {
        let new = self.hashes.len() as u32;
        self.number(hash, new) != new
    }
}
