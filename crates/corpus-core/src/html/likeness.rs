//! Likeness of texts: their letters and digits compared, in lower case.

/// Letters and digits in lower case, to compare texts by.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A hash of the letters and digits of a text in lower case, the same on any machine.
pub(crate) fn fold_hash(text: &str) -> u64 {
    let letters = text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x100_0000_01b3)
    })
}

/// Whether two texts begin alike, letters and digits compared.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let length = a.chars().count().min(b.chars().count());
    length > 30 && a.chars().zip(b.chars()).take(60).all(|(a, b)| a == b)
}
