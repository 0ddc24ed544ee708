//! Likeness of texts: their letters and digits compared, in lower case.

/// Letters and digits in lower case, to compare texts by.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two texts begin alike, letters and digits compared.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let length = a.chars().count().min(b.chars().count());
    length > 30 && a.chars().zip(b.chars()).take(60).all(|(a, b)| a == b)
}
