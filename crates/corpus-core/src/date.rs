//! Dates as pages write them: "October 02, 2017 11:57", "2. Oktober 2017", "2017-10-02T11:57:00+02:00".

use crate::edtf::Edtf;

/// A date found in a short text such as a timestamp line, with the byte range that states it.
///
/// Absolute dates only, with a year; a time of day is kept where one stands beside the date.
pub fn find(text: &str) -> Option<(std::ops::Range<usize>, Edtf)> {
    let _ = text;
    None
}

/// The date an address states in its path, such as `/2017/10/02/` or `/2017-10-02-title`.
pub fn find_in_url(url: &str) -> Option<Edtf> {
    let _ = url;
    None
}
