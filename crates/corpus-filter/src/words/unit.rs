//! Units written onto a number without a blank.

const UNITS: &[&str] = &[
    "km", "m", "dm", "cm", "mm", "nm", "ha", "yd", "in", "ft", "kg", "g", "mg", "t", "lb", "oz", "kmh",
    "mph", "hPa", "Pa", "mbar", "mb", "MB", "kb", "KB", "gb", "GB", "tb", "TB", "T", "G", "M", "K", "%",
];

/// Length of the unit that `text` ends with after a digit; 0 where there is none.
pub(super) fn len(text: &str) -> usize {
    let digits_end = text.bytes().rposition(|byte| byte.is_ascii_digit()).map_or(0, |at| at + 1);
    let ending = &text[digits_end..];
    if digits_end > 0 && ending.len() <= 4 && UNITS.contains(&ending) { ending.len() } else { 0 }
}

/// Length of the "am" or "pm" after an hour in `text`; 0 where there is none.
pub(super) fn hour_len(text: &str) -> usize {
    let Some((hour, ending)) = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at)) else {
        return 0;
    };
    let is_hour =
        hour.parse::<u8>().is_ok_and(|hour| (1..=12).contains(&hour)) && !hour.starts_with(['+', '0']);
    if is_hour && matches!(ending, "am" | "pm") { 2 } else { 0 }
}
