//! The name of a person, as feeds write persons.

/// The name in `Jane Doe`, `jane@example.org (Jane Doe)` or `Jane Doe <jane@example.org>`; `None` where there is none.
pub(crate) fn name(written: &str) -> Option<String> {
    let written = written.trim();
    let inside = |open: char, close: char| {
        let (before, rest) = written.split_once(open)?;
        Some((before.trim(), rest.split(close).next().unwrap_or(rest).trim()))
    };
    let name = match (inside('(', ')'), inside('<', '>')) {
        (Some((before, name)), _) if is_mail(before) => name,
        (_, Some((name, mail))) if is_mail(mail) => name,
        _ => written,
    };
    let name = name.trim_matches('"');
    (!name.is_empty() && !is_mail(name)).then(|| name.to_owned())
}

/// Whether a text is an address of mail and nothing else.
fn is_mail(text: &str) -> bool {
    text.contains('@') && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_are_told_from_addresses() {
        assert_eq!(name("jane@gull.example (Jane Doe)").as_deref(), Some("Jane Doe"));
        assert_eq!(name("\"Jane Doe\" <jane@gull.example>").as_deref(), Some("Jane Doe"));
        assert_eq!(name(" Jane Doe (Harbour desk) ").as_deref(), Some("Jane Doe (Harbour desk)"));
        assert_eq!(name("jane@gull.example"), None);
        assert_eq!(name("jane@gull.example ()"), None);
    }
}
