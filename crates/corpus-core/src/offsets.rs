//! Places in a text in units other than bytes: lines, code points, UTF-16 code units.

/// Counts lines, code points and UTF-16 code units before the bytes of a text, in whatever order they are asked for.
///
/// What stands before every 512th byte is remembered, so that all questions together take time linear in the text and
/// in their number.
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t [u8],
    /// What stands before each multiple of [`STRIDE`], as far as was asked.
    marks: Vec<Before>,
    #[cfg(test)]
    n_looked_at: usize,
}

/// Bytes from one mark to the next.
const STRIDE: usize = 512;

/// What stands before a byte.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    line_ends: usize,
    characters: usize,
    utf16: usize,
}

impl<'t> Offsets<'t> {
    /// Of this text.
    pub fn new(text: &'t str) -> Self {
        Offsets {
            text: text.as_bytes(),
            marks: vec![Before::default()],
            #[cfg(test)]
            n_looked_at: 0,
        }
    }

    /// Number of the line, from 1, that the byte at `offset` lies on: "\n", "\r\n" and a lone "\r" each end one.
    pub fn line(&mut self, offset: usize) -> usize {
        self.before(offset).line_ends + 1
    }

    /// Code points (Unicode scalar values) before the byte at `offset`, which lies on a character bound.
    pub fn characters(&mut self, offset: usize) -> usize {
        self.before(offset).characters
    }

    /// UTF-16 code units before the byte at `offset`, which lies on a character bound.
    pub fn utf16(&mut self, offset: usize) -> usize {
        self.before(offset).utf16
    }

    fn before(&mut self, offset: usize) -> Before {
        let offset = offset.min(self.text.len());
        let mut mark = (offset / STRIDE).min(self.marks.len() - 1);
        loop {
            let before = self.marks[mark];
            let from = mark * STRIDE;
            if offset - from < STRIDE {
                return self.count(before, from, offset);
            }
            let next = self.count(before, from, from + STRIDE);
            self.marks.push(next);
            mark += 1;
        }
    }

    /// What stands before the byte at `to`, given what stands before the one at `from`.
    fn count(&mut self, mut before: Before, from: usize, to: usize) -> Before {
        #[cfg(test)]
        {
            self.n_looked_at += to - from;
        }
        for (at, &unit) in (from..to).zip(&self.text[from..to]) {
            // Every byte but those that go on a character begins one; of four bytes it is two units of UTF-16.
            let begins = usize::from(unit & 0xc0 != 0x80);
            before.characters += begins;
            before.utf16 += begins + usize::from(unit >= 0xf0);
            let ends_line = unit == b'\n' || (unit == b'\r' && self.text.get(at + 1) != Some(&b'\n'));
            before.line_ends += usize::from(ends_line);
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_counts_its_own_forth_and_back() {
        let text = "aé🚢\r\nb\rc\nd";
        let mut offsets = Offsets::new(text);
        let mut at = |letter: char| {
            let offset = text.find(letter).unwrap();
            (offsets.line(offset), offsets.characters(offset), offsets.utf16(offset))
        };
        assert_eq!(at('c'), (3, 7, 8));
        assert_eq!(at('b'), (2, 5, 6));
        assert_eq!(at('🚢'), (1, 2, 2));
        assert_eq!(at('d'), (4, 9, 10));
        assert_eq!(offsets.characters(usize::MAX), 10);
    }

    #[test]
    fn long_texts_are_counted_as_short_ones_are() {
        let text = "ferry 🚢 лёд\r\n\r".repeat(STRIDE / 7);
        let mut offsets = Offsets::new(&text);
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for &offset in bounds.iter().rev().chain(&bounds) {
            assert_eq!(offsets.characters(offset), text[..offset].chars().count());
            assert_eq!(offsets.utf16(offset), text[..offset].encode_utf16().count());
            // A line end of two bytes ends its line behind the second one.
            let ends = text[..offset].matches('\n').count() + text[..offset].matches("\r").count()
                - text[..text.floor_char_boundary(offset + 1)].matches("\r\n").count();
            assert_eq!(offsets.line(offset), ends + 1);
        }
    }

    #[test]
    fn work_is_linear_in_whatever_order_is_asked() {
        let looked_at = |n_bytes: usize| {
            let text = "x".repeat(n_bytes);
            let mut offsets = Offsets::new(&text);
            // As nested spans are: start, end, and back to a start before that end.
            for start in (0..n_bytes).step_by(64) {
                offsets.characters(start);
                offsets.characters((start + 4000).min(n_bytes));
            }
            offsets.n_looked_at
        };
        let (once, twice) = (looked_at(1 << 16), looked_at(1 << 17));
        // Were it quadratic, it would be four times as much.
        assert!(twice < 5 * once / 2, "{once} bytes looked at, {twice} of a text twice as long");
    }
}
