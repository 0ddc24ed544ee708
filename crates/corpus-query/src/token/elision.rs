//! Elision: a short word that lost its vowel before the next one and is written as one with it, as in *l’économie*.

/// The words of French, Italian, Catalan and Portuguese that are elided, folded.
const ELIDED: [&str; 29] = [
    "all", "bell", "c", "com", "cos", "d", "dall", "dell", "dov", "j", "jusqu", "l", "lorsqu", "m", "n",
    "nell", "puisqu", "qu", "quell", "quest", "quoiqu", "s", "sant", "sull", "t", "un", "degl", "agl",
    "negl",
];
/// Length in bytes of the longest of them.
const LONGEST: usize = 6;

/// Whether a character is an apostrophe.
pub(super) const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | 'ʼ' | '＇')
}

/// Length in bytes of the elided word that a folded word begins with, its apostrophe among them. What follows begins
/// with a vowel or an h, so that *N’Djamena* and *D’Souza* are each one word.
pub(super) fn elided(folded: &str) -> Option<usize> {
    let bytes = folded.as_bytes();
    let at = bytes.iter().take(LONGEST + 1).position(|byte| *byte == b'\'')?;
    let has_vowel = matches!(bytes.get(at + 1)?, b'a' | b'e' | b'h' | b'i' | b'o' | b'u' | b'y');
    (has_vowel && ELIDED.contains(&&folded[..at])).then_some(at + 1)
}
