//! Abbreviations that keep their full stop.

/// With an upper-case first letter, apart from single letters and what has stops inside, which need no list.
const KNOWN: &[&str] = &[
    "Adm.", "Ala.", "Apr.", "Ariz.", "Ark.", "Aug.", "Bros.", "Calif.", "Co.", "Colo.", "Conn.", "Corp.",
    "Dec.", "Del.", "Dr.", "Feb.", "Fla.", "Ga.", "Gen.", "Gov.", "Ia.", "Id.", "Ill.", "Inc.", "Ind.",
    "Jan.", "Jr.", "Jul.", "Jun.", "Kan.", "Kans.", "Ky.", "La.", "Ltd.", "Mar.", "Mass.", "Md.", "Messrs.",
    "Mich.", "Minn.", "Miss.", "Mo.", "Mont.", "Mr.", "Mrs.", "Ms.", "Mt.", "Neb.", "Nebr.", "Nev.", "Nov.",
    "Oct.", "Okla.", "Ore.", "Pa.", "Ph.D.", "Prof.", "Rep.", "Rev.", "Sen.", "Sep.", "Sept.", "St.",
    "Tenn.", "Va.", "Wash.", "Wis.",
];

/// Whether `text` is an abbreviation with its full stop: a known one, a letter, or letters with stops between them.
pub(super) fn is_known(text: &[u8]) -> bool {
    match text {
        [letter, b'.'] => letter.is_ascii_alphabetic(),
        [b'a' | b'p', b'.', b'm', b'.'] | [b'i', b'.', b'e', b'.'] | [b'e', b'.', b'g', b'.'] => true,
        b"co." | b"vs." => true,
        [b'A'..=b'Z', .., b'.'] => {
            text.len() <= 7 && KNOWN.binary_search_by(|known| known.as_bytes().cmp(text)).is_ok()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn the_list_is_in_order() {
        assert!(KNOWN.is_sorted());
        assert!(KNOWN.iter().all(|known| known.starts_with(|first: char| first.is_ascii_uppercase())));
    }
}
