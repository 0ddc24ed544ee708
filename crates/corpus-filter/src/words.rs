//! Words as the published filters count them: what stands between blanks, its punctuation as words of its own.

mod abbreviation;
mod contraction;
mod unit;

use crate::class;

/// Splits what stands between two blanks into words, each handed to `word` in order; `seen` are the classes of its
/// bytes.
///
/// Punctuation at either end is a word a mark, an ellipsis one word; so are the possessive `'s`, the `n't` of "don't",
/// a hyphen between letters and the unit of "5km". An abbreviation keeps its full stop, an address stays whole. Those
/// are the conventions of the rule-based English tokenisers that the filters' thresholds were chosen with; they do no
/// harm to other languages that put blanks between words.
pub(crate) fn split<'t>(chunk: &'t str, seen: u8, word: &mut impl FnMut(&'t str)) {
    /// So many words are taken off the end at most; what is longer is rubbish, and cut from the front.
    const MOST: usize = 16;
    let mut tails: [&str; MOST] = [""; MOST];
    let mut n_tails = 0;
    // A long text whose end has shown nothing to take off is not asked again for each mark at its beginning.
    let mut is_bare = false;
    let mut rest = chunk;
    while !rest.is_empty() && !is_whole(rest, seen) {
        let head = prefix_len(rest);
        if head > 0 {
            word(&rest[..head]);
            rest = &rest[head..];
            if is_whole(rest, seen) {
                break;
            }
        }
        let may_end = n_tails < MOST && !(is_bare && rest.len() > LONGEST);
        let tail = if may_end { suffix_len(rest) } else { 0 };
        is_bare = tail == 0;
        if tail > 0 {
            let (before, last) = rest.split_at(rest.len() - tail);
            tails[n_tails] = last;
            n_tails += 1;
            rest = before;
        }
        if head + tail == 0 {
            break;
        }
    }
    if !rest.is_empty() {
        inside(rest, word);
    }
    tails[..n_tails].iter().rev().for_each(|tail| word(tail));
}

/// Longest text that may be an abbreviation or a contraction as a whole; bounds the work on each end of a chunk.
const LONGEST: usize = 64;

/// Whether nothing is taken off the ends of `text`.
fn is_whole(text: &str, seen: u8) -> bool {
    match text.as_bytes() {
        text if text.len() > LONGEST => false,
        [.., b'.'] => abbreviation::is_known(text.as_bytes()),
        [_, .., b'd' | b'm' | b'e' | b'l' | b's' | b't' | b'D' | b'M' | b'E' | b'L' | b'S' | b'T'] => {
            may_contract(seen) && contraction::split_at(text).is_some()
        }
        _ => false,
    }
}

/// Whether a text of these classes may have an apostrophe.
const fn may_contract(seen: u8) -> bool {
    seen & (class::QUOTE | class::BEYOND) != 0
}

/// Length of the punctuation mark that `text` begins with; 0 where it begins with none that is taken off.
fn prefix_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'.', b'.', ..] => dots(text),
        [b'+', next, ..] => usize::from(!next.is_ascii_digit()),
        [b'+'] => 1,
        [first, ..] if first.is_ascii() => {
            usize::from(is_edge(*first) || matches!(first, b'=' | b'%' | b'$'))
        }
        _ => text.chars().next().filter(|&first| is_mark(first)).map_or(0, char::len_utf8),
    }
}

/// Length of the mark, possessive or unit that `text` ends with; 0 where it ends with none that is taken off.
fn suffix_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let &[.., last] = bytes else { return 0 };
    let before = bytes.len().checked_sub(2).map(|at| bytes[at]);
    match last {
        b'.' if before == Some(b'.') => {
            bytes.len() - bytes.iter().rposition(|&byte| byte != b'.').map_or(0, |at| at + 1)
        }
        b'.' => usize::from(is_full_stop(&text[..text.len() - 1])),
        b'+' | b'$' => usize::from(before.is_some_and(|before| before.is_ascii_digit())),
        b's' | b'S' => possessive(text),
        _ if is_edge(last) => 1,
        _ if last.is_ascii_alphabetic() || last == b'%' => unit::len(text),
        _ if last.is_ascii() => 0,
        _ => text
            .chars()
            .next_back()
            .filter(|&last| is_mark(last) && !is_currency(last))
            .map_or(0, char::len_utf8),
    }
}

/// Whether a full stop after `text` ends a sentence rather than abbreviates.
fn is_full_stop(text: &str) -> bool {
    let mut backwards = text.chars().rev();
    match backwards.next() {
        None => false,
        Some(last) if last.is_uppercase() => backwards.next().is_some_and(char::is_uppercase),
        Some(last) if last.is_ascii() => {
            last.is_ascii_lowercase() || last.is_ascii_digit() || is_edge(last as u8) || "%+-".contains(last)
        }
        Some(last) => last.is_lowercase() || is_mark(last) || last == '²',
    }
}

/// Length of the possessive at the end of `text`.
fn possessive(text: &str) -> usize {
    let Some(before) = text.get(..text.len() - 1) else { return 0 };
    if before.ends_with('\'') {
        2
    } else if before.ends_with('’') {
        1 + '’'.len_utf8()
    } else {
        unit::len(text)
    }
}

/// Splits what has no punctuation at its ends any more: contractions, hyphens between letters, missing blanks.
fn inside<'t>(text: &'t str, word: &mut impl FnMut(&'t str)) {
    let bytes = text.as_bytes();
    let seen = class::of_all(bytes);
    if seen & (class::MARK | class::BEYOND) == 0 {
        return simple(text, word);
    }
    if may_contract(seen)
        && let Some(at) = contraction::split_at(text)
    {
        word(&text[..at]);
        return word(&text[at..]);
    }
    if seen & class::PATH != 0 && is_address(text) {
        return word(text);
    }
    let (mut begun, mut from) = (0, 0);
    let is_joint = |byte: &u8| class::of(*byte) & class::JOINT != 0;
    while let Some(at) = bytes[from..].iter().position(is_joint).map(|at| from + at) {
        let len = infix_len(text, at);
        if len == 0 {
            from = at + 1;
            continue;
        }
        if at > begun {
            word(&text[begun..at]);
        }
        from = at + len;
        word(&text[at..from]);
        begun = from;
    }
    if begun < bytes.len() {
        word(&text[begun..]);
    }
}

/// Hands on a word of ASCII letters and digits, which is two where a unit stands after a number, as in "5km".
pub(crate) fn simple<'t>(text: &'t str, word: &mut impl FnMut(&'t str)) {
    let split = match text.as_bytes() {
        word if is_cannot(word) => "can".len(),
        _ => text.len() - unit::len(text).max(unit::hour_len(text)),
    };
    word(&text[..split]);
    if split < text.len() {
        word(&text[split..]);
    }
}

/// Whether letters are the one word of them that is two.
#[inline]
pub(crate) const fn is_cannot(word: &[u8]) -> bool {
    matches!(word, b"cannot" | b"Cannot")
}

/// Whether letters and the one mark behind them are two words for sure.
#[inline]
pub(crate) fn is_plain_end(chunk: &[u8]) -> bool {
    match chunk {
        [.., before, b'.'] => before.is_ascii_lowercase() && !abbreviation::is_known(chunk),
        [.., mark] => is_edge(*mark),
        [] => false,
    }
}

/// Length of the mark at `at` that parts two words, where one may be: see [`class::JOINT`]; 0 where there is none.
fn infix_len(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let first = bytes[at];
    let len = match first {
        b'.' if bytes[at..].starts_with(b"..") => return dots(&text[at..]),
        b'-' if bytes[at..].starts_with(b"--") => dashes(&text[at..]),
        _ => char_len(first),
    };
    let before = text[..at].chars().next_back();
    let after = text[at + len..].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return 0 };
    let parts = match first {
        b'-' | b'~' => {
            (before.is_alphanumeric() && after.is_alphabetic())
                || (len == 1 && before.is_ascii_digit() && (after.is_ascii_digit() || after == '-'))
        }
        b'+' | b'*' | b'^' => before.is_ascii_digit() && (after.is_ascii_digit() || after == '-'),
        b'.' => (before.is_lowercase() || is_quote(before)) && (after.is_uppercase() || is_quote(after)),
        b',' => before.is_alphabetic() && after.is_alphabetic(),
        b':' | b'<' | b'>' | b'=' | b'/' => {
            before.is_alphanumeric() && after.is_alphabetic() && !text.eq_ignore_ascii_case("and/or")
        }
        _ => match text[at..].chars().next() {
            Some('–' | '—') => before.is_alphanumeric() && after.is_alphabetic(),
            Some(mark) => mark == '…' || is_icon(mark),
            None => false,
        },
    };
    if parts { len } else { 0 }
}

/// Whether `text` is a web address, a host or a file name with an ending: with a scheme, a path, or letters after its
/// last full stop.
fn is_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    if let Some(scheme) = bytes.windows(3).position(|three| three == b"://") {
        return scheme > 0 && bytes[..scheme].iter().all(u8::is_ascii_alphabetic);
    }
    let host = bytes.split(|&byte| byte == b'/').next().unwrap_or_default();
    let Some(stop) = host.iter().rposition(|&byte| byte == b'.') else { return false };
    let (name, top) = (&host[..stop], &host[stop + 1..]);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@');
    top.len() >= 2 && top.iter().all(u8::is_ascii_lowercase) && !name.is_empty() && name.iter().all(is_name)
}

fn dots(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'.').count()
}

fn dashes(text: &str) -> usize {
    text.bytes().take(3).take_while(|&byte| byte == b'-').count()
}

const fn char_len(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// Whether an ASCII mark is taken off either end of a word.
const fn is_edge(byte: u8) -> bool {
    matches!(
        byte,
        b',' | b':'
            | b';'
            | b'!'
            | b'?'
            | b'('
            | b')'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'<'
            | b'>'
            | b'_'
            | b'#'
            | b'*'
            | b'&'
            | b'"'
            | b'\''
            | b'`'
    )
}

const fn is_quote(mark: char) -> bool {
    matches!(mark, '\'' | '"' | '`' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '´' | '«' | '»' | '「' | '」')
}

const fn is_currency(mark: char) -> bool {
    matches!(mark, '£' | '€' | '¥' | '฿' | '₹' | '₽' | '₴' | '₩')
}

/// Whether a mark beyond ASCII is taken off either end of a word.
fn is_mark(mark: char) -> bool {
    is_quote(mark)
        || is_currency(mark)
        || is_icon(mark)
        || matches!(
            mark,
            '…' | '–'
                | '—'
                | '§'
                | '¿'
                | '¡'
                | '·'
                | '؟'
                | '،'
                | '؛'
                | '٪'
                | '।'
                | '॥'
                | '。'
                | '？'
                | '！'
                | '，'
                | '、'
                | '；'
                | '：'
                | '～'
        )
}

/// Whether a mark is a picture or a sign such as © and ☎.
const fn is_icon(mark: char) -> bool {
    matches!(mark, '¦' | '©' | '®' | '°' | '™' | '\u{2100}'..='\u{2101}' | '\u{2195}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{2500}'..='\u{25b6}' | '\u{25b8}'..='\u{2767}' | '\u{2794}'..='\u{27bf}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(chunk: &str) -> Vec<&str> {
        let mut words = Vec::new();
        split(chunk, class::of_all(chunk.as_bytes()), &mut |word| words.push(word));
        words
    }

    #[test]
    fn punctuation_at_the_ends_is_words_of_its_own() {
        assert_eq!(words("“Stop!”,"), ["“", "Stop", "!", "”", ","]);
        assert_eq!(words("(harbour)."), ["(", "harbour", ")", "."]);
        assert_eq!(words("wait..."), ["wait", "..."]);
        assert_eq!(words("..."), ["..."]);
        assert_eq!(words("$5.50"), ["$", "5.50"]);
        assert_eq!(words("+44"), ["+44"]);
    }

    #[test]
    fn a_full_stop_is_a_word_where_it_ends_a_sentence() {
        assert_eq!(words("froze."), ["froze", "."]);
        assert_eq!(words("NATO."), ["NATO", "."]);
        assert_eq!(words("U.S."), ["U.S."]);
        assert_eq!(words("Mr."), ["Mr."]);
        assert_eq!(words("Inc.,"), ["Inc.", ","]);
        assert_eq!(words("1999."), ["1999", "."]);
        assert_eq!(words("ice.The"), ["ice", ".", "The"]);
    }

    #[test]
    fn contractions_possessives_and_units_are_parted() {
        assert_eq!(words("don't"), ["do", "n't"]);
        assert_eq!(words("isn’t,"), ["is", "n’t", ","]);
        assert_eq!(words("they'll"), ["they", "'ll"]);
        assert_eq!(words("ferry's"), ["ferry", "'s"]);
        assert_eq!(words("ferry’s"), ["ferry", "’s"]);
        assert_eq!(words("5km"), ["5", "km"]);
        assert_eq!(words("80%."), ["80", "%", "."]);
        assert_eq!(words("cannot"), ["can", "not"]);
    }

    #[test]
    fn hyphens_part_letters_and_numbers_but_not_a_letter_and_a_number() {
        assert_eq!(words("ice-breaker"), ["ice", "-", "breaker"]);
        assert_eq!(words("2020-21"), ["2020", "-", "21"]);
        assert_eq!(words("F-16"), ["F-16"]);
        assert_eq!(words("north—south"), ["north", "—", "south"]);
        assert_eq!(words("tea/coffee"), ["tea", "/", "coffee"]);
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            words("https://harbour.example/Ice-Report?day=3"),
            ["https://harbour.example/Ice-Report?day=3"]
        );
        assert_eq!(words("mail@harbour.example,"), ["mail@harbour.example", ","]);
    }

    #[test]
    fn no_byte_is_lost_whatever_the_marks() {
        for chunk in [
            "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
            "'''s",
            "’s",
            "s",
            ".",
            "--",
            "…x…",
            "日本。",
            "a.",
            "+",
            "%%%",
            "n't",
            "'",
        ] {
            assert_eq!(words(chunk).concat(), chunk, "{chunk}");
        }
    }
}
