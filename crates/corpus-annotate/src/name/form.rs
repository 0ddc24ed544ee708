//! Legal forms: what a firm is called beside its name, "Inc", "Co Ltd".

/// Forms, the longer of those that end alike first, and whether one, as a word, ends the name of a firm and nothing else.
const FORMS: &[(&str, bool)] = &[
    ("Co Inc", false),
    ("Co. Inc.", false),
    ("Co., Inc.", false),
    ("Co Ltd", false),
    ("Co. Ltd.", false),
    ("Co., Ltd.", false),
    ("Co LLC", false),
    ("Pty Ltd", false),
    ("Pvt Ltd", false),
    ("Pty", true),
    ("Inc", true),
    ("Inc.", false),
    ("Corp", true),
    ("Corp.", false),
    ("Cos", true),
    ("Co", true),
    ("Co.", false),
    ("Ltd", true),
    ("Ltd.", false),
    ("PLC", true),
    ("Plc", true),
    ("plc", true),
    ("LLC", true),
    ("L.L.C.", false),
    ("LLP", true),
    ("LP", false),
    ("L.P.", false),
    ("AG", true),
    ("SA", true),
    ("S.A.", false),
    ("NV", true),
    ("N.V.", false),
    ("BV", false),
    ("B.V.", false),
    ("AB", true),
    ("ASA", false),
    ("Oyj", false),
    ("SpA", true),
    ("S.p.A.", false),
    ("GmbH", true),
    ("KGaA", false),
    ("Company", false),
    ("Corporation", false),
    ("Incorporated", false),
    ("Limited", false),
];

/// Fewest bytes of a name that stands without its form.
const SHORTEST: usize = 3;

/// The name of a firm without its legal form, of which one is taken off: "Boeing" of "Boeing Co" and of "Boeing and Co
/// Inc". What has none, or nothing beside it, stays as it is.
pub(crate) fn without_form(name: &str) -> &str {
    let stem = FORMS.iter().find_map(|(form, _)| {
        let stem = name.strip_suffix(form)?;
        stem.ends_with([' ', '\n', '\u{a0}']).then(|| stem.trim_end().trim_end_matches(',').trim_end())
    });
    let Some(stem) = stem else { return name };
    let stem = [" and", " &"].iter().find_map(|and| stem.strip_suffix(and)).unwrap_or(stem);
    let is_name = stem.len() >= SHORTEST && !stem.eq_ignore_ascii_case("the");
    if is_name { stem } else { name }
}

/// Whether a word says of a firm only that it is one, and not which: a form, or "Group".
pub(super) fn is_form(word: &str) -> bool {
    word == "Group" || FORMS.iter().any(|(form, _)| form.trim_end_matches('.') == word)
}

/// Whether a word is a form that ends the name of a firm and nothing else: "Inc", but not "Company".
pub(super) fn is_sure(word: &str) -> bool {
    FORMS.contains(&(word, true))
}

#[cfg(test)]
mod tests {
    use super::without_form;

    #[test]
    fn one_form_is_taken_off() {
        for (name, stem) in [
            ("Korova Co", "Korova"),
            ("Korova Foods, Inc.", "Korova Foods"),
            ("Korova and Co Inc", "Korova"),
            ("Korova & Co.", "Korova"),
            ("Korova Co., Ltd.", "Korova"),
            ("Korova Electric Co PLC", "Korova Electric Co"),
            ("The Company", "The Company"),
            ("Co", "Co"),
            ("Tobacco", "Tobacco"),
            ("KoroCo", "KoroCo"),
        ] {
            assert_eq!(without_form(name), stem, "{name}");
        }
    }
}
