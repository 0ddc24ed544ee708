//! Values between commas or tabs, a row a line.

use crate::spreadsheet::guarded;
use std::borrow::Cow;

/// A way to write the cells of a row into a line.
///
/// ```
/// use corpus_export::Separated;
///
/// let mut line = String::new();
/// Separated::CSV.push_row(&mut line, ["Ports, \"old\"", "-3", "=1+1"]);
/// assert_eq!(line, "\"Ports, \"\"old\"\"\",-3,=1+1");
/// line.clear();
/// Separated::CSV.guarded().push_row(&mut line, ["-3", "=1+1"]);
/// assert_eq!(line, "-3,'=1+1");
/// line.clear();
/// Separated::TSV.push_row(&mut line, ["two\nlines", "one\ttab"]);
/// assert_eq!(line, "two lines\tone tab");
/// line.clear();
/// Separated::TSV.guarded().push_row(&mut line, [" =1+1", "\u{1}@sum"]);
/// assert_eq!(line, "'=1+1\t'@sum");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separated {
    separator: char,
    is_guarded: bool,
}

impl Separated {
    /// Commas: a cell with a comma, a quotation mark or a line break stands in quotation marks (RFC 4180).
    pub const CSV: Separated = Separated { separator: ',', is_guarded: false };

    /// Tabs, and no quotation marks: white space and control characters in a cell become one space.
    pub const TSV: Separated = Separated { separator: '\t', is_guarded: false };

    /// The same, with no cell that a spreadsheet would run as a formula.
    #[must_use]
    pub const fn guarded(self) -> Separated {
        Separated { is_guarded: true, ..self }
    }

    /// Appends the cells of a row, without the end of its line.
    pub fn push_row(self, line: &mut String, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                line.push(self.separator);
            }
            let cell = self.shaped(cell.as_ref());
            match self.is_guarded {
                true => self.push(line, &guarded(&cell)),
                false => self.push(line, &cell),
            }
        }
    }

    /// A cell as its line can hold it. What is [`guarded`] is what will stand there.
    fn shaped(self, cell: &str) -> Cow<'_, str> {
        if self.separator != '\t' {
            return Cow::Borrowed(cell);
        }
        let is_blank = |letter: char| letter.is_whitespace() || letter.is_control();
        let mut shaped = String::with_capacity(cell.len());
        for word in cell.split(is_blank).filter(|word| !word.is_empty()) {
            if !shaped.is_empty() {
                shaped.push(' ');
            }
            shaped.push_str(word);
        }
        Cow::Owned(shaped)
    }

    fn push(self, line: &mut String, cell: &str) {
        if self.separator != '\t' && cell.contains([self.separator, '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
}
