//! Legal forms: what a firm is called beside its name, "Inc", "Co Ltd".

/// Forms, the longer of those that end alike first.
const FORMS: &[&str] = &[
    "Co Inc",
    "Co. Inc.",
    "Co., Inc.",
    "Co Ltd",
    "Co. Ltd.",
    "Co., Ltd.",
    "Co LLC",
    "Pty Ltd",
    "Pvt Ltd",
    "Inc",
    "Inc.",
    "Corp",
    "Corp.",
    "Co",
    "Co.",
    "Ltd",
    "Ltd.",
    "PLC",
    "Plc",
    "plc",
    "LLC",
    "L.L.C.",
    "LLP",
    "LP",
    "L.P.",
    "AG",
    "SA",
    "S.A.",
    "NV",
    "N.V.",
    "BV",
    "B.V.",
    "AB",
    "ASA",
    "Oyj",
    "SpA",
    "S.p.A.",
    "GmbH",
    "KGaA",
    "Company",
    "Corporation",
    "Incorporated",
    "Limited",
];

/// Fewest bytes of a name that stands without its form.
const SHORTEST: usize = 3;

/// The name of a firm without its legal form, of which one is taken off: "Boeing" of "Boeing Co" and of "Boeing and Co
/// Inc". What has none, or nothing beside it, stays as it is.
pub(crate) fn without_form(name: &str) -> &str {
    let stem = FORMS.iter().find_map(|form| {
        let stem = name.strip_suffix(form)?;
        stem.ends_with([' ', '\n', '\u{a0}']).then(|| stem.trim_end().trim_end_matches(',').trim_end())
    });
    let Some(stem) = stem else { return name };
    let stem = [" and", " &"].iter().find_map(|and| stem.strip_suffix(and)).unwrap_or(stem);
    let is_name = stem.len() >= SHORTEST && !stem.eq_ignore_ascii_case("the");
    if is_name { stem } else { name }
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
