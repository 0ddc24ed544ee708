//! Names of people in the short lines of a page.

/// The author that a standfirst names at its start: "First Last on the …", "First Last explains why".
pub(crate) fn standfirst_author(content: &str) -> Option<&str> {
    let mut end = 0;
    for (n_names, word) in content.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim_end();
        let is_name = bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '.'));
        if !is_name {
            return ((2..=4).contains(&n_names) && LEADS.contains(&bare)).then(|| content[..end].trim_end());
        }
        end += word.len();
    }
    None
}

/// Words between an author's name and what the article is about.
const LEADS: &[&str] = &[
    "on",
    "about",
    "explains",
    "discusses",
    "argues",
    "writes",
    "reports",
    "asks",
    "looks",
    "examines",
    "analyses",
    "analyzes",
    "considers",
    "describes",
    "explores",
    "reviews",
    "talks",
    "tells",
    "recalls",
    "reflects",
    "investigates",
    "über",
    "sur",
    "sobre",
    "su",
    "over",
    "om",
    "o",
    "о",
    "об",
    "про",
    "аб",
];
