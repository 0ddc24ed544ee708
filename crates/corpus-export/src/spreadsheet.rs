//! Cells of CSV as a spreadsheet takes them: a text that it would run as a formula is text.

use std::borrow::Cow;

/// What stands at the beginning of a file that a spreadsheet is to read as UTF-8.
pub const MARK: &str = "\u{feff}";

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before text that begins as one does. Numbers stay
/// numbers. What a page says must not be able to run where it is read.
///
/// ```
/// use corpus_export::spreadsheet::guarded;
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("-2.5"), "-2.5");
/// assert_eq!(guarded("1-2"), "1-2");
/// ```
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let is_number = cell.parse::<f64>().is_ok();
    match !is_number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}
