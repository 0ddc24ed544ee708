//! Values between commas or tabs, a row a line.

use crate::spreadsheet::guarded;

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
            let cell = cell.as_ref();
            match self.is_guarded {
                true => self.push(line, &guarded(cell)),
                false => self.push(line, cell),
            }
        }
    }

    fn push(self, line: &mut String, cell: &str) {
        if self.separator == '\t' {
            let is_blank = |letter: char| letter.is_whitespace() || letter.is_control();
            for (index, word) in cell.split(is_blank).filter(|word| !word.is_empty()).enumerate() {
                if index > 0 {
                    line.push(' ');
                }
                line.push_str(word);
            }
        } else if cell.contains([self.separator, '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
}
