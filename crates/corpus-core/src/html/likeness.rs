//! Likeness of texts: their letters and digits compared, in lower case.

/// Letters and digits in lower case, to compare texts by.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_letter(text, |letter| folded.push(letter));
    folded
}

/// A hash of the letters and digits of a text in lower case, the same on any machine.
pub(crate) fn fold_hash(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    each_letter(text, |letter| hash = (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x100_0000_01b3));
    hash
}

/// Hands on the letters and digits of a text in lower case; those of ASCII, which are most, the short way.
fn each_letter(text: &str, mut take: impl FnMut(char)) {
    for character in text.chars() {
        if character.is_ascii() {
            if character.is_ascii_alphanumeric() {
                take(character.to_ascii_lowercase());
            }
        } else if character.is_alphanumeric() {
            character.to_lowercase().for_each(&mut take);
        }
    }
}

/// Whether two texts begin alike, letters and digits compared.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let length = a.chars().count().min(b.chars().count());
    length > 30 && a.chars().zip(b.chars()).take(60).all(|(a, b)| a == b)
}
