//! Units written onto a number without a blank.

const UNITS: &[&str] = &[
    "km", "m", "dm", "cm", "mm", "nm", "ha", "yd", "in", "ft", "kg", "g", "mg", "t", "lb", "oz", "kmh",
    "mph", "hPa", "Pa", "mbar", "mb", "MB", "kb", "KB", "gb", "GB", "tb", "TB", "T", "G", "M", "K", "%",
];
const LONGEST: usize = "mbar".len();

/// Length of the unit that `text` ends with after a digit; 0 where there is none.
pub(super) fn len(text: &str) -> usize {
    match text.bytes().rev().take(LONGEST + 1).position(|byte| byte.is_ascii_digit()) {
        Some(len @ 1..) if UNITS.contains(&&text[text.len() - len..]) => len,
        _ => 0,
    }
}

/// Length of the "am" or "pm" after an hour in `text`; 0 where there is none.
pub(super) fn hour_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'1'..=b'9', b'a' | b'p', b'm'] | [b'1', b'0'..=b'2', b'a' | b'p', b'm'] => 2,
        _ => 0,
    }
}
