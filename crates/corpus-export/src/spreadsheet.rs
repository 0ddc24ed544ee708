//! Cells of CSV as a spreadsheet takes them: a text that it would run as a formula is text.

use std::borrow::Cow;

/// What stands at the beginning of a file that a spreadsheet is to read as UTF-8.
pub const MARK: &str = "\u{feff}";

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before text that begins as one does, whatever
/// blank stands before that. Numbers stay numbers. What a page says must not be able to run where it is read.
///
/// ```
/// use corpus_export::spreadsheet::guarded;
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded(" =1+1"), "' =1+1");
/// assert_eq!(guarded("-2.5"), "-2.5");
/// assert_eq!(guarded("1-2"), "1-2");
/// ```
pub fn guarded(cell: &str) -> Cow<'_, str> {
    // A mark of byte order is as blank as what lies before a text can be.
    let is_blank = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '\u{feff}';
    let text = cell.trim_matches(is_blank);
    let is_number = text.parse::<f64>().is_ok();
    // The wide signs are formulas where such letters are written.
    let begins_so =
        text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || cell.starts_with(['\t', '\r']);
    match !is_number && begins_so {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}
