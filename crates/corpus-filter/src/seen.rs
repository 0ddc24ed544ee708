//! How often each hash was met in a text: an open table that is made anew for each text.

/// How often each hash was met, and where first.
pub(crate) struct Seen {
    /// A hash, then the number of times it was met and, in the lower half, the position at which it was met first; a
    /// slot with the number 0 is free.
    slots: Vec<[u64; 2]>,
    shift: u32,
}

const ONCE: u64 = 1 << 32;

impl Seen {
    /// A table for so many hashes at most.
    pub(crate) fn new(most: usize) -> Self {
        let bits = (most.max(4) * 3 / 2).next_power_of_two().trailing_zeros();
        Seen { slots: vec![[0; 2]; 1 << bits], shift: 64 - bits }
    }

    /// Notes that `hash` was met at `position`; gives the number of its slot.
    #[inline]
    pub(crate) fn add(&mut self, hash: u64, position: u32) -> u32 {
        let last = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at & last];
            if slot[1] < ONCE {
                *slot = [hash, ONCE | u64::from(position)];
                break;
            }
            if slot[0] == hash {
                slot[1] += ONCE;
                break;
            }
            at += 1;
        }
        (at & last) as u32
    }

    /// Number of slots.
    pub(crate) const fn len(&self) -> usize {
        self.slots.len()
    }

    /// The hash in this slot.
    #[inline]
    pub(crate) fn hash(&self, slot: u32) -> u64 {
        self.slots[slot as usize][0]
    }

    /// Number of times the hash in this slot was met.
    #[inline]
    pub(crate) fn count(&self, slot: u32) -> u32 {
        (self.slots[slot as usize][1] >> 32) as u32
    }

    /// Position at which the hash in this slot was met first.
    #[inline]
    pub(crate) fn first(&self, slot: u32) -> u32 {
        self.slots[slot as usize][1] as u32
    }

    /// Notes that `hash` was met; whether it was met before.
    pub(crate) fn again(&mut self, hash: u64) -> bool {
        let slot = self.add(hash, 0);
        self.count(slot) > 1
    }
}
