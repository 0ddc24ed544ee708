//! Titles without the site's name, and authors as names.

use super::{
    metadata::{Metadata, Stated, is_address},
    roles::folded,
};

/// The headline: `headline` is the line of the text that was found to be it.
pub(crate) fn title(metadata: &Metadata, headline: Option<&str>) -> Option<String> {
    let site = metadata.site.as_ref().map(|site| folded(&site.value));
    let shown = headline.map(folded).unwrap_or_default();
    for stated in &metadata.titles {
        let title = without_site(&stated.value, site.as_deref());
        let same = folded(title);
        if !shown.is_empty() && (same == shown || folded(&stated.value).starts_with(&shown)) {
            return headline.map(|headline| headline.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let stated = metadata.titles.iter().find(|stated| stated.field != "ld.name").or(metadata.titles.first());
    match (stated, headline) {
        (Some(stated), None) => Some(without_site(&stated.value, site.as_deref()).to_owned()),
        (Some(stated), Some(headline)) if stated.field == "title" => {
            Some(headline.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        (Some(stated), Some(_)) => Some(without_site(&stated.value, site.as_deref()).to_owned()),
        (None, headline) => headline.map(|headline| headline.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// A title cut before a separator where what follows is the site's name or looks like one.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let mut title = title.trim();
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " • ", " › "]
            .iter()
            .filter_map(|separator| title.rfind(separator).map(|at| (at, separator.len())))
            .max();
        let Some((at, length)) = cut else { break };
        let tail = folded(&title[at + length..]);
        let is_site = site.is_some_and(|site| !tail.is_empty() && (tail == site || site.contains(&tail) && tail.len() > 3 || tail.contains(site) && site.len() > 2));
        if !is_site {
            break;
        }
        title = title[..at].trim_end();
    }
    title
}

/// The authors: of the first field that names persons, else those a byline names.
pub(crate) fn authors(metadata: &Metadata, bylines: &[&str]) -> Vec<String> {
    let site = metadata.site.as_ref().map(|site| folded(&site.value)).unwrap_or_default();
    let mut field = "";
    let mut found: Vec<String> = Vec::new();
    let mut lesser: Vec<String> = Vec::new();
    for Stated { value, field: stated_in } in &metadata.authors {
        if !found.is_empty() && stated_in != field {
            break;
        }
        for name in split_names(value) {
            let same = folded(&name);
            if same.is_empty() || is_address(&name) || name.contains('@') || name.chars().count() > 60 {
                continue;
            }
            let list = if same == site { &mut lesser } else { &mut found };
            if !list.iter().any(|known| folded(known) == same) {
                list.push(name);
            }
        }
        field = stated_in;
    }
    if found.is_empty() {
        for byline in bylines {
            for name in split_names(byline) {
                let words = name.split_whitespace().count();
                let is_name = (2..=4).contains(&words)
                    && !name.bytes().any(|byte| byte.is_ascii_digit())
                    && name.split_whitespace().all(|word| word.chars().next().is_some_and(|first| !first.is_lowercase()) || word.len() <= 3);
                if is_name && !found.contains(&name) && folded(&name) != site {
                    found.push(name);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
    }
    if found.is_empty() { lesser } else { found }
}

/// The names in a byline, without what introduces them.
fn split_names(value: &str) -> Vec<String> {
    const INTRODUCTIONS: &[&str] = &[
        "written by", "posted by", "reported by", "by", "von", "par", "por", "di", "door", "av", "af", "od", "oleh", "text",
        "autor", "author", "texte", "fra", "przez", "автор", "de",
    ];
    let mut names = Vec::new();
    for piece in value.split([',', ';', '|', '•', '·', '\t', '、']).flat_map(|piece| piece.split(" and ")).flat_map(|piece| piece.split(" & ")).flat_map(|piece| piece.split(" und ")).flat_map(|piece| piece.split(" et ")).flat_map(|piece| piece.split(" y ")) {
        let mut name = piece.trim();
        for introduction in INTRODUCTIONS {
            if let Some(start) = name.get(..introduction.len())
                && start.to_lowercase() == *introduction
                && name[introduction.len()..].starts_with([' ', ':', '\u{A0}'])
            {
                name = name[introduction.len()..].trim_start_matches([' ', ':', '\u{A0}']);
                break;
            }
        }
        if !name.is_empty() {
            names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    names
}
