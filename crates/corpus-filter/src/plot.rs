//! Plots as SVG, drawn for a page that needs nothing else.

use std::fmt::Write;

const WIDTH: f64 = 640.0;

/// Characters of a name that have room before a bar.
const ROOM: usize = 48;

/// Bars lying below each other, each with its name before and its number behind it.
pub(crate) fn bars(rows: &[(String, u64)]) -> String {
    const ROW: f64 = 20.0;
    const LETTER: f64 = 7.0;
    const NUMBERS: f64 = 110.0;
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1) as f64;
    let longest = rows.iter().map(|(name, _)| name.chars().count().min(ROOM)).max().unwrap_or(0);
    // The names of the rules of a filter want more room than those of languages.
    let names = (longest as f64 * LETTER + 16.0).clamp(120.0, WIDTH / 2.0 + 30.0);
    let height = ROW * rows.len() as f64;
    let mut svg = begin(height);
    for ((name, count), nth) in rows.iter().zip(0_u32..) {
        let top = f64::from(nth) * ROW;
        let length = (WIDTH - names - NUMBERS) * *count as f64 / most;
        let (base, middle) = (top + 14.0, names + length + 6.0);
        let _ = write!(
            svg,
            "<text x=\"{:.0}\" y=\"{base:.0}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{names:.0}\" y=\"{:.0}\" width=\"{length:.1}\" height=\"14\"/>\
             <text x=\"{middle:.1}\" y=\"{base:.0}\">{}</text>",
            names - 8.0,
            escaped(&shortened(name)),
            top + 3.0,
            grouped(*count),
        );
    }
    svg + "</svg>"
}

/// Columns standing side by side, each with its name below it; the numbers show where the pointer rests.
pub(crate) fn columns(rows: &[(String, u64)]) -> String {
    const HEIGHT: f64 = 160.0;
    const NAMES: f64 = 20.0;
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1) as f64;
    let width = WIDTH / rows.len().max(1) as f64;
    // So many names have room side by side.
    let step = (44.0 / width).ceil().max(1.0) as usize;
    let mut svg = begin(HEIGHT + NAMES);
    for (nth, (name, count)) in rows.iter().enumerate() {
        let left = nth as f64 * width;
        let height = (HEIGHT - 4.0) * *count as f64 / most;
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>{}: {}</title></rect>",
            left + 1.0,
            HEIGHT - height,
            (width - 2.0).max(0.5),
            escaped(name),
            grouped(*count),
        );
        if nth % step == 0 {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                left + width / 2.0,
                HEIGHT + 15.0,
                escaped(name),
            );
        }
    }
    svg + "</svg>"
}

fn begin(height: f64) -> String {
    format!(
        "<svg viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"img\">"
    )
}

/// A name that has room before a bar.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// A number with a comma between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text without signs that mean something in markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            _ => markup.push(character),
        }
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_bars_have_their_length() {
        let svg = bars(&[("a<b>".to_owned(), 2000), ("b".to_owned(), 1000)]);
        assert!(svg.contains("a&lt;b&gt;") && svg.contains("2,000"), "{svg}");
        assert!(svg.contains("width=\"410.0\"") && svg.contains("width=\"205.0\""), "{svg}");
        assert!(columns(&[]).ends_with("</svg>"));
    }
}
