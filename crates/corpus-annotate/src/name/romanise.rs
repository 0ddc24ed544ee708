//! Romanisation: a letter of the Latin, Cyrillic or Greek script in plain lower-case letters.

/// The letter in lower-case ASCII: "é" is "e", "Щ" is "shch". A letter of another script and a mark that says
/// nothing of the sound give nothing; an ASCII letter gives itself in lower case.
pub fn romanise(letter: char) -> &'static str {
    if letter.is_ascii() {
        return ascii(letter);
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match LETTERS.binary_search_by_key(&lower, |&(from, _)| from) {
        Ok(at) => LETTERS[at].1,
        Err(_) => base(lower),
    }
}

/// A word in lower-case ASCII letters and digits; everything else is dropped.
pub fn romanised(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    romanise_into(word, &mut plain);
    plain
}

/// Appends a word in lower-case ASCII letters and digits; everything else is dropped.
pub(super) fn romanise_into(word: &str, plain: &mut String) {
    for letter in word.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if letter.is_alphanumeric() {
            plain.push_str(romanise(letter));
        }
    }
}

fn ascii(letter: char) -> &'static str {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz";
    let lower = letter.to_ascii_lowercase();
    match lower {
        'a'..='z' => {
            let at = usize::from(lower as u8 - b'a');
            &PLAIN[at..=at]
        }
        '0'..='9' => {
            let at = usize::from(lower as u8 - b'0');
            &"0123456789"[at..=at]
        }
        _ => "",
    }
}

/// The letter without the marks of Latin Extended, by the ranges in which Unicode keeps them.
fn base(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ǐ' | 'ỉ' | 'ị' => "i",
        'ò'..='ö' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | 'ọ'..='ợ' => "o",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | 'ụ'..='ự' => "u",
        'ỳ'..='ỹ' => "y",
        _ => "",
    }
}

/// Letters that are more than a Latin letter with a mark, in order.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('ç', "c"),
    ('ð', "d"),
    ('ñ', "n"),
    ('ø', "o"),
    ('ý', "y"),
    ('þ', "th"),
    ('ÿ', "y"),
    ('ć', "c"),
    ('ĉ', "c"),
    ('ċ', "c"),
    ('č', "c"),
    ('ď', "d"),
    ('đ', "d"),
    ('ĝ', "g"),
    ('ğ', "g"),
    ('ġ', "g"),
    ('ģ', "g"),
    ('ĥ', "h"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĵ', "j"),
    ('ķ', "k"),
    ('ĺ', "l"),
    ('ļ', "l"),
    ('ľ', "l"),
    ('ł', "l"),
    ('ń', "n"),
    ('ņ', "n"),
    ('ň', "n"),
    ('œ', "oe"),
    ('ŕ', "r"),
    ('ŗ', "r"),
    ('ř', "r"),
    ('ś', "s"),
    ('ŝ', "s"),
    ('ş', "s"),
    ('š', "s"),
    ('ţ', "t"),
    ('ť', "t"),
    ('ŧ', "t"),
    ('ŵ', "w"),
    ('ŷ', "y"),
    ('ź', "z"),
    ('ż', "z"),
    ('ž', "z"),
    ('ș', "s"),
    ('ț', "t"),
    ('ə', "a"),
    ('ʻ', ""),
    ('ά', "a"),
    ('έ', "e"),
    ('ή', "i"),
    ('ί', "i"),
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('ς', "s"),
    ('σ', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
    ('ό', "o"),
    ('ύ', "y"),
    ('ώ', "o"),
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ё', "yo"),
    ('ђ', "dj"),
    ('ѓ', "g"),
    ('є', "ye"),
    ('ѕ', "dz"),
    ('і', "i"),
    ('ї', "yi"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('ќ', "k"),
    ('ў', "w"),
    ('џ', "dz"),
    ('ґ', "g"),
    ('ẁ', "w"),
    ('ẃ', "w"),
    ('ẅ', "w"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(LETTERS.is_sorted_by_key(|&(letter, _)| letter));
    }

    #[test]
    fn scripts_meet_in_plain_letters() {
        assert_eq!(romanised("Żółć"), "zolc");
        assert_eq!(romanised("Щербицкий"), "shcherbitskiy");
        assert_eq!(romanised("Παπαδόπουλος"), "papadopoylos");
        assert_eq!(romanised("O’Neill"), "oneill");
        assert_eq!(romanised("李"), "");
    }
}
