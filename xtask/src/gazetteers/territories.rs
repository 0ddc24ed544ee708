//! The names of countries in other languages than English, with the forms that they have in sentences.

use super::json;
use anyhow::Result;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The languages whose names are taken: those with capitals and spaces in which news pages come.
const LANGUAGES: [&str; 44] = [
    "af", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr",
    "hu", "id", "is", "it", "lb", "lt", "lv", "mk", "ms", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "sv", "sw", "tr", "uk", "vi", "az", "kk",
];

/// The languages whose names of countries are known in texts of any.
const EVERYWHERE: [&str; 24] = [
    "bg", "ca", "cs", "da", "de", "el", "es", "fi", "fr", "hr", "hu", "it", "nb", "nl", "pl", "pt", "ro",
    "ru", "sk", "sl", "sr", "sv", "tr", "uk",
];

/// Length in bytes below which a name of another language is known in that language alone.
const SHORTEST_EVERYWHERE: usize = 5;

/// Names of countries that are those of people far more often.
const NAMES_OF_PEOPLE: [&str; 9] =
    ["Dominique", "Maurice", "Mauricio", "Maurizio", "Dominika", "Salvador", "Jordana", "Columbia", "Tai"];

/// An ending of names, and what stands in its place in other cases; the empty one is that of names that end in a
/// consonant.
type Ending = (&'static str, &'static [&'static str]);

/// The endings of a language's names, the first that fits being the one that holds. What no name of a country ends in
/// is left out, and so are cases that change more than the ending.
const ENDINGS: [(&[&str], &[Ending]); 16] = [
    (
        &["ru"],
        &[
            ("ия", &["ии", "ию", "ией"]),
            ("ея", &["еи", "ее", "ею", "еей"]),
            ("ка", &["ки", "ке", "ку", "кой"]),
            ("га", &["ги", "ге", "гу", "гой"]),
            ("ша", &["ши", "ше", "шу", "шей"]),
            ("а", &["ы", "е", "у", "ой"]),
            ("й", &["я", "ю", "ем", "е"]),
            ("русь", &["руси", "русью"]),
            ("ь", &["я", "ю", "ем", "е"]),
            ("ы", &["", "ам", "ами", "ах", "ов"]),
            ("", &["а", "у", "ом", "е"]),
        ],
    ),
    (
        &["uk"],
        &[
            ("ія", &["ії", "ію", "ією"]),
            ("ея", &["еї", "ею", "еєю"]),
            ("ка", &["ки", "ці", "ку", "кою"]),
            ("ша", &["ші", "шу", "шею"]),
            ("а", &["и", "і", "у", "ою"]),
            ("русь", &["русі", "руссю"]),
            ("ь", &["я", "ю", "ем", "і"]),
            ("й", &["ю", "єм", "ї"]),
            ("и", &["", "ам", "ами", "ах"]),
            ("", &["у", "а", "ом", "і"]),
        ],
    ),
    (
        &["be"],
        &[
            ("ія", &["іі", "ію", "іяй"]),
            ("а", &["ы", "е", "у", "ай"]),
            ("русь", &["русі", "руссю"]),
            ("", &["а", "у", "ам", "е"]),
        ],
    ),
    (
        &["pl"],
        &[
            ("ja", &["ji", "ję", "ją"]),
            ("ia", &["ii", "ię", "ią"]),
            ("ka", &["ki", "ce", "kę", "ką"]),
            ("na", &["ny", "nie", "nę", "ną"]),
            ("wa", &["wy", "wie", "wę", "wą"]),
            ("Niemcy", &["Niemiec", "Niemcom", "Niemcami", "Niemczech"]),
            ("Włochy", &["Włoch", "Włochom", "Włochami", "Włoszech"]),
            ("Węgry", &["Węgier", "Węgrom", "Węgrami", "Węgrzech"]),
            ("y", &["", "om", "ami", "ach"]),
            ("", &["u", "em", "ie", "owi"]),
        ],
    ),
    (
        &["cs"],
        &[
            ("ko", &["ka", "ku", "kem"]),
            ("ie", &["ii", "ií"]),
            ("ina", &["iny", "ině", "inu", "inou"]),
            ("", &["u", "em", "a"]),
        ],
    ),
    (
        &["sk"],
        &[
            ("ko", &["ka", "ku", "kom"]),
            ("ina", &["iny", "ine", "inu", "inou"]),
            ("", &["u", "om", "a", "e"]),
        ],
    ),
    (
        &["hr", "bs", "sr-Latn"],
        &[
            ("ska", &["ske", "skoj", "sku", "skom"]),
            ("čka", &["čke", "čkoj", "čku", "čkom"]),
            ("ka", &["ke", "ci", "ku", "kom"]),
            ("a", &["e", "i", "u", "om"]),
            ("", &["a", "u", "om"]),
        ],
    ),
    (
        &["sr"],
        &[
            ("ска", &["ске", "ској", "ску", "ском"]),
            ("чка", &["чке", "чкој", "чку", "чком"]),
            ("а", &["е", "и", "у", "ом"]),
            ("", &["а", "у", "ом"]),
        ],
    ),
    (&["sl"], &[("ska", &["ske", "ski", "sko"]), ("a", &["e", "i", "o"]), ("", &["a", "u", "om"])]),
    (&["lt"], &[("ija", &["ijos", "ijai", "iją", "ijoje"]), ("a", &["os", "ai", "ą", "oje"])]),
    (&["lv"], &[("ija", &["ijas", "ijai", "iju", "ijā"]), ("a", &["as", "ai", "u", "ā"])]),
    (&["el"], &[("ία", &["ίας"]), ("α", &["ας"]), ("η", &["ης"])]),
    (
        &["fi"],
        &[
            ("mi", &["men", "messa", "mesta", "meen", "melle"]),
            ("a", &["an", "assa", "asta", "aan", "alla", "alle", "alta", "aa"]),
            ("ä", &["än", "ässä", "ästä", "ään", "ällä", "älle", "ältä", "ää"]),
        ],
    ),
    (&["et"], &[("maa", &["maal", "maale", "maalt", "maad", "maaga"]), ("a", &["as", "ast", "ale", "aga"])]),
    (
        &["hu"],
        &[
            (
                "ország",
                &[
                    "országot",
                    "országban",
                    "országba",
                    "országból",
                    "országon",
                    "országnak",
                    "országgal",
                    "országtól",
                ],
            ),
            ("ia", &["iát", "iában", "iába", "iából", "iának", "iával", "iától"]),
        ],
    ),
    (&["ro"], &[("ia", &["iei"]), ("na", &["nei"]), ("ța", &["ței"])]),
];

/// Endings of adjectives of Russian and Ukrainian before such a name: "Южная Корея".
const ADJECTIVES: [(&str, &str, &[&str]); 3] =
    [("ru", "ая", &["ой", "ую"]), ("ru", "ые", &["ых", "ым", "ыми"]), ("uk", "а", &["ої", "у", "ій", "ою"])];

/// A row for each language: its tag, and the names of each country by its code, with "|" between names and "," between
/// forms of one. The last row, "*", has the names that are known in texts of any language.
pub(super) fn rows(sources: &Path, countries: &str) -> Result<Vec<String>> {
    let mut codes = BTreeSet::new();
    for row in countries.lines().filter(|row| !row.starts_with('#')) {
        codes.extend(row.split('\t').next());
    }
    let folder = sources.join("cldr-localenames-full/main");
    let mut rows = vec![
        "# Names of countries by language, each with its forms in other cases behind it: CLDR 48, Copyright © 2004-2026 Unicode, Inc., UNICODE LICENSE V3 (unicode.org/license.txt). Drawn by `cargo xtask gazetteers`."
            .to_owned(),
    ];
    let mut everywhere: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for language in LANGUAGES {
        let file: serde_json::Value = json(&folder.join(language).join("territories.json"))?;
        let names = &file["main"][language]["localeDisplayNames"]["territories"];
        let names: BTreeMap<String, String> = serde_json::from_value(names.clone())?;
        let mut cells = Vec::new();
        for code in &codes {
            let mut spelled: Vec<String> = Vec::new();
            for (key, name) in names.range((*code).to_owned()..) {
                let is_own =
                    key == code || key.strip_prefix(code).is_some_and(|alt| alt.starts_with("-alt-"));
                if !is_own {
                    break;
                }
                let Some(name) = plain(name).filter(|name| !NAMES_OF_PEOPLE.contains(name)) else { continue };
                if EVERYWHERE.contains(&language) && is_telling(name) {
                    everywhere.entry(name.to_owned()).or_default().insert((*code).to_owned());
                }
                let mut forms = forms(language, name);
                forms.retain(|form| form.chars().count() > 2);
                let forms = forms.join(",");
                if !forms.is_empty() && !spelled.contains(&forms) {
                    spelled.push(forms);
                }
            }
            if !spelled.is_empty() {
                cells.push(format!("{code}={}", spelled.join("|")));
            }
        }
        rows.push(format!("{language}\t{}", cells.join("\t")));
    }
    // A name of two countries is that of neither.
    let mut cells: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, codes) in everywhere {
        if let [code] = &Vec::from_iter(codes)[..] {
            cells.entry(code.clone()).or_default().push(name);
        }
    }
    let cells = cells.iter().map(|(code, names)| format!("{code}={}", names.join("|")));
    rows.push(format!("*\t{}", Vec::from_iter(cells).join("\t")));
    Ok(rows)
}

/// Whether a name is known in texts of any language: one word that is long enough to be no other by chance.
fn is_telling(name: &str) -> bool {
    name.len() >= SHORTEST_EVERYWHERE && !name.contains([' ', '-', '’', '\''])
}

/// A name without what stands in brackets, unless it is a list or no name.
fn plain(name: &str) -> Option<&str> {
    let name = name.split('(').next().unwrap_or(name).trim();
    let is_name = name.chars().next().is_some_and(char::is_uppercase) && !name.contains([',', '+', '–']);
    is_name.then_some(name)
}

/// A name and its forms in other cases.
fn forms(language: &str, name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let endings =
        ENDINGS.iter().find(|(languages, _)| languages.contains(&language)).map(|(_, endings)| *endings);
    let (first, noun) = name.rsplit_once(' ').map_or(("", name), |(first, noun)| (first, noun));
    let adjective = ADJECTIVES.iter().find(|(of, ending, _)| *of == language && first.ends_with(ending));
    let whole = first.is_empty() && !name.contains('-') && name.chars().any(char::is_lowercase);
    if let Some(endings) = endings
        && (whole || adjective.is_some())
    {
        let found = endings.iter().find_map(|(ending, others)| {
            let stem = noun.strip_suffix(ending)?;
            let last = stem.chars().next_back()?;
            let fits = !ending.is_empty() || !"aeiouyäöüőűáéíóúаеёиоуыэюяіїє".contains(last);
            fits.then(|| others.iter().map(move |other| format!("{stem}{other}")))
        });
        for form in found.into_iter().flatten().filter(|form| form.chars().count() > 3) {
            match adjective {
                Some((_, ending, others)) => {
                    let stem = first.strip_suffix(ending).unwrap_or(first);
                    all.extend(others.iter().map(|other| format!("{stem}{other} {form}")));
                }
                None => all.push(form),
            }
        }
    }
    // "Соединенные" is written for "Соединённые".
    let plain: Vec<String> =
        all.iter().filter(|form| form.contains('ё')).map(|form| form.replace('ё', "е")).collect();
    all.extend(plain);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_forms_of_their_endings() {
        assert_eq!(forms("ru", "Австрия"), ["Австрия", "Австрии", "Австрию", "Австрией"]);
        assert_eq!(forms("pl", "Szwecja"), ["Szwecja", "Szwecji", "Szwecję", "Szwecją"]);
        assert_eq!(forms("de", "Schweden"), ["Schweden"]);
        assert!(forms("ru", "Северная Македония").contains(&"Северной Македонии".to_owned()));
        assert_eq!(plain("Kongo (Republik)"), Some("Kongo"));
    }
}
