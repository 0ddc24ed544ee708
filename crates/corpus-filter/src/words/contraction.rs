//! Contractions of English: "don't", "they'll", "I'm".

/// Verbs before `n't`, without it.
const NEGATED: &[&str] = &[
    "ai", "are", "ca", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must",
    "need", "ought", "sha", "should", "was", "were", "wo", "would",
];
/// What stands before `'ll`, `'d`, `'ve`, `'re` or `'m`.
const HOSTS: &[&str] = &[
    "could", "he", "how", "i", "it", "might", "must", "she", "should", "that", "there", "they", "this", "we",
    "what", "when", "where", "who", "why", "would", "you",
];

/// Where `text` parts into a word and what is contracted with it.
pub(super) fn split_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_curly = |three: &[u8]| three == "’".as_bytes();
    let straight = bytes.iter().rposition(|&byte| byte == b'\'');
    let quote = straight.or_else(|| bytes.windows('’'.len_utf8()).rposition(is_curly))?;
    let len = if bytes[quote] == b'\'' { 1 } else { '’'.len_utf8() };
    let ending = &text[quote + len..];
    let host = &text[..quote];
    let is_one_of = |list: &[&str], host: &str| list.iter().any(|known| known.eq_ignore_ascii_case(host));
    match ending.as_bytes() {
        [b't' | b'T'] => {
            let verb = host.strip_suffix(['n', 'N'])?;
            is_one_of(NEGATED, verb).then_some(verb.len())
        }
        [b'm' | b'M'] => host.eq_ignore_ascii_case("i").then_some(quote),
        [b'd' | b'D'] => is_one_of(HOSTS, host).then_some(quote),
        [a, b]
            if matches!(
                [a.to_ascii_lowercase(), b.to_ascii_lowercase()],
                [b'l', b'l'] | [b'v', b'e'] | [b'r', b'e']
            ) =>
        {
            is_one_of(HOSTS, host).then_some(quote)
        }
        _ => None,
    }
}
