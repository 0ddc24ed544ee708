//! Numbers of lines, counted along a text.

/// Counts lines along a text: "\n", "\r\n" and a lone "\r" each end one.
#[derive(Debug)]
pub struct LineNumber<'a> {
    text: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> LineNumber<'a> {
    /// At the first line of `text`.
    pub fn new(text: &'a str) -> Self {
        LineNumber { text: text.as_bytes(), offset: 0, line: 1 }
    }

    /// The number of the line, from 1, that the byte at `offset` lies on; offsets are asked for in rising order.
    pub fn at(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        while self.offset < offset {
            let ends = match self.text[self.offset] {
                b'\n' => true,
                b'\r' => self.text.get(self.offset + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += usize::from(ends);
            self.offset += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "one\ntwo\r\nthree\rfour";
        let mut lines = LineNumber::new(text);
        let at = ["one", "two", "three", "four"].map(|word| lines.at(text.find(word).unwrap()));
        assert_eq!(at, [1, 2, 3, 4]);
        assert_eq!(lines.at(usize::MAX), 4);
    }
}
