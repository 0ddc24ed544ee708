//! Signs of other languages of queries, which a plain query does not have: what they are here, and what to write instead.

use super::plain::most_letters;

/// What of a bare piece of a query a person means as a sign and is no sign here, with its place in characters.
pub(super) fn not_understood(text: &str) -> Vec<(usize, String)> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut say = |at: usize, message: String| found.push((at, message));
    if let Some(inner) = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'))
        && !inner.is_empty()
        && !inner.contains('/')
    {
        say(0, format!("a regular expression stands in a pattern, [word={inner:?}]; searched literally"));
        return found;
    }
    if let Some(distance) = text.strip_prefix("NEAR")
        && distance
            .strip_prefix('/')
            .map_or(distance, |distance| distance)
            .bytes()
            .all(|b| b.is_ascii_digit())
    {
        say(0, "words near each other are written \"one other\"~5; NEAR is searched as a word".to_owned());
        return found;
    }
    // A question in an address is no sign.
    let is_address = text.contains(['/', '=']);
    for (at, around) in letters.windows(3).enumerate() {
        if let [before, '?', after] = around
            && before.is_alphanumeric()
            && after.is_alphanumeric()
            && !is_address
        {
            let message = "? stands for no letter; searched literally; * stands for any letters";
            say(at + 1, message.to_owned());
        }
    }
    for (at, around) in letters.windows(2).enumerate() {
        if let ['^', weight] = around
            && weight.is_ascii_digit()
        {
            say(at, "words have no weights (^2); searched literally".to_owned());
        }
    }
    if let Some((word, distance)) = text.rsplit_once('~')
        && !word.is_empty()
        && !distance.is_empty()
        && distance.bytes().all(|digit| digit.is_ascii_digit())
        && let most = most_letters(word)
        && distance.parse::<u8>().map_or(true, |distance| distance > most)
    {
        let at = word.chars().count();
        let letters = if most == 1 { "letter" } else { "letters" };
        say(at, format!("this word may differ in {most} {letters} at most; ~{most} is searched"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::not_understood;
    use crate::Query;

    #[test]
    fn signs_of_other_languages_are_told_where_they_stand() {
        for (text, at, said) in [
            ("co?fee", 2, "stands for no letter"),
            ("/cof+ee/", 0, "[word=\"cof+ee\"]"),
            ("coffee^2", 6, "no weights"),
            ("NEAR/5", 0, "\"one other\"~5"),
            ("coffee~9", 6, "2 letters at most"),
            ("tea~2", 3, "1 letter at most"),
        ] {
            let found = not_understood(text);
            assert!(found.len() == 1 && found[0].0 == at && found[0].1.contains(said), "{text}: {found:?}");
        }
        for text in
            ["coffee", "why?", "coffee~", "coffee~2", "a.example/x?y=1", "and/or", "2^n", "NEARLY", "~9"]
        {
            assert_eq!(not_understood(text), [], "{text}");
        }
        assert_eq!(Query::parse("tea co?fee").warnings[0].position, 6);
    }

    #[test]
    fn what_joins_nothing_is_left_out() {
        for typed in ["coffee AND", "AND coffee", "coffee OR", "OR coffee", "coffee NOT", "coffee AND OR"] {
            let query = Query::parse(typed);
            assert_eq!(query.explain().text, "coffee", "{typed}");
            assert!(!query.warnings.is_empty(), "{typed}");
        }
        assert_eq!(Query::parse("AND").explain().text, "and");
        assert_eq!(Query::parse("speaker:").explain().text, "speaker");
        assert_eq!(Query::parse("tea speaker:").warnings[0].position, 4);
    }
}
