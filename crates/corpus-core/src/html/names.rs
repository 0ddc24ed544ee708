//! Titles without the site's name, and authors as names.

use super::{
    likeness::folded,
    metadata::{Metadata, Stated, is_address},
};

/// The headline: what the page's metadata agree on, else the line of the text that was found to be it, else what the
/// metadata say first.
pub(crate) fn title(metadata: &Metadata, headline: Option<&str>) -> Option<String> {
    let sites = site_names(metadata);
    let cut = |stated: &Stated| without_site(&stated.value, &sites).to_owned();
    let of = |field: &str| metadata.titles.iter().find(|stated| stated.field == field).map(cut);
    let headline = headline.map(|headline| headline.split_whitespace().collect::<Vec<_>>().join(" "));
    let (shared, described) = (of("meta[og:title]"), of("ld.headline"));
    if let (Some(shared), Some(described)) = (&shared, &described)
        && folded(shared) == folded(described)
    {
        let same = headline.filter(|headline| folded(headline) == folded(shared));
        return same.or_else(|| Some(shared.clone()));
    }
    headline.or(shared).or(described).or_else(|| metadata.titles.first().map(cut))
}

/// What the site may be called at the end of a title, letters and digits in lower case.
fn site_names(metadata: &Metadata) -> Vec<String> {
    let mut names: Vec<String> = metadata.site.iter().map(|site| folded(&site.value)).collect();
    let host = metadata
        .url
        .as_ref()
        .and_then(|url| url.value.split("://").nth(1))
        .map(|rest| rest.split('/').next().unwrap_or(rest));
    if let Some(host) = host {
        let host = host.trim_start_matches("www.");
        names.push(folded(host));
        let mut labels = host.rsplit('.').skip(1).filter(|label| label.len() > 3);
        names.extend(labels.next().map(folded));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A title cut at separators that a site's name follows.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    const SEPARATORS: &[&str] = &[
        " | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " • ", " › ", " : ", "：", "｜", " // ",
        "| ",
    ];
    let mut title = title.trim();
    for _ in 0..4 {
        let cuts = SEPARATORS
            .iter()
            .filter_map(|separator| title.rfind(separator).map(|at| (at, at + separator.len())));
        let Some((end, start)) = cuts.max() else { break };
        let tail = folded(&title[start..]);
        let is_site = sites.iter().any(|site| {
            tail == *site
                || tail.len() > 3 && site.contains(&tail)
                || site.len() > 3 && tail.contains(site.as_str())
        });
        if !is_site || title[..end].trim().is_empty() {
            break;
        }
        title = title[..end].trim_end();
    }
    title
}

/// The authors: of the first field that names persons, else those a byline names, else what the metadata name.
pub(crate) fn authors(metadata: &Metadata, bylines: &[&str]) -> Vec<String> {
    let sites = site_names(metadata);
    let mut names: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut field = "";
    for Stated { value, field: stated_in } in &metadata.authors {
        if !names.is_empty() && stated_in != field {
            break;
        }
        for name in split(value) {
            let same = folded(&name);
            if same.is_empty() || is_address(&name) || name.contains('@') || name.chars().count() > 60 {
                continue;
            }
            let is_person = !sites.contains(&same) && !is_nobody(&name);
            add(if is_person { &mut names } else { &mut others }, name);
        }
        field = stated_in;
    }
    if names.is_empty() {
        for byline in bylines {
            for name in split(byline) {
                if looks_like_a_person(&name) && !sites.contains(&folded(&name)) && !is_nobody(&name) {
                    add(&mut names, name);
                }
            }
            if !names.is_empty() {
                break;
            }
        }
    }
    if names.is_empty() { others } else { names }
}

fn add(names: &mut Vec<String>, name: String) {
    let same = folded(&name);
    if !names.iter().any(|known| folded(known) == same) {
        names.push(name);
    }
}

/// Whether a name stands for no one in particular.
fn is_nobody(name: &str) -> bool {
    const NOBODY: &[&str] = &[
        "admin",
        "administrator",
        "editor",
        "editors",
        "redaktion",
        "redaction",
        "redaccion",
        "redacción",
        "redazione",
        "rédaction",
        "la rédaction",
        "la redazione",
        "die redaktion",
        "editorial",
        "webmaster",
        "author",
        "user",
        "root",
        "guest",
        "unknown",
        "none",
        "null",
        "anonymous",
        "newsroom",
        "news desk",
        "web desk",
        "staff",
        "team",
    ];
    let name = name.to_lowercase();
    NOBODY.contains(&name.as_str())
}

/// Whether words of a byline are a person's name: two to five words, each with a capital, or a short one between.
fn looks_like_a_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && !name.contains(|character: char| {
            character.is_ascii_digit() || matches!(character, ':' | '?' | '!' | '"' | '»' | '/')
        })
        && words.iter().all(|word| {
            word.len() <= 3
                || word.chars().next().is_some_and(|first| {
                    first.is_uppercase() || !first.is_lowercase() && first.is_alphabetic()
                })
        })
        && words.iter().any(|word| word.len() > 2)
}

/// The names in a byline, without what introduces them and without posts after them.
fn split(value: &str) -> Vec<String> {
    const INTRODUCTIONS: &[&str] = &[
        "article written by",
        "written by",
        "posted by",
        "reported by",
        "published by",
        "reviewed by",
        "story by",
        "words by",
        "article by",
        "text by",
        "by",
        "von",
        "par",
        "por",
        "di",
        "door",
        "av",
        "af",
        "od",
        "oleh",
        "text",
        "autor",
        "autorin",
        "author",
        "authors",
        "texte",
        "fra",
        "przez",
        "автор",
        "from",
        "interview",
        "opinion by",
        "pubblicato da",
        "publié par",
        "escrito por",
        "geschrieben von",
        "ein beitrag von",
        "eine analyse von",
        "ein gastbeitrag von",
        "ein kommentar von",
    ];
    let mut text = value.trim();
    let mut introduced = true;
    while introduced {
        introduced = false;
        for introduction in INTRODUCTIONS {
            if let Some(start) = text.get(..introduction.len())
                && start.to_lowercase() == *introduction
                && text[introduction.len()..].starts_with([' ', ':', '\u{A0}'])
            {
                text = text[introduction.len()..].trim_start_matches([' ', ':', '\u{A0}']);
                introduced = true;
                break;
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let separators = [
            ",", ";", "|", "•", "·", "\t", "、", " – ", " — ", " and ", " & ", " und ", " et ", " og ",
            " och ", " y ", " / ", " oraz ", " en ", " ve ", " e ", " (", " - ",
        ];
        let cut = separators
            .iter()
            .filter_map(|separator| rest.find(separator).map(|at| (at, separator.len())))
            .min();
        let (piece, next) = match cut {
            Some((at, length)) => (&rest[..at], &rest[at + length..]),
            None => (rest, ""),
        };
        let name = piece.trim().trim_matches(['"', '.', ')', '*']);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // What follows a name and does not look like another is the post, the outlet or the place.
        if !name.is_empty() && (names.is_empty() || looks_like_a_person(&name) && !is_post(&name)) {
            names.push(name);
        }
        rest = next;
    }
    names
}

/// Whether the words name what someone does.
fn is_post(words: &str) -> bool {
    const POSTS: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "writer",
        "director",
        "head",
        "manager",
        "author",
        "columnist",
        "journalist",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "founder",
        "chief",
        "producer",
        "professor",
        "staff",
        "president",
        "contributor",
        "lead",
        "officer",
        "analyst",
        "specialist",
        "senior",
        "redactor",
        "team",
        "news",
        "press",
        "university",
        "institute",
        "expert",
        "consultant",
        "lecturer",
        "updated",
        "published",
        "uhr",
        "min",
    ];
    words
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| POSTS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{split, without_site};

    #[test]
    fn the_site_is_cut_from_a_title() {
        let sites = ["dailyheron".to_owned()];
        assert_eq!(without_site("Bridge opens - Region | The Daily Heron", &sites), "Bridge opens - Region");
        assert_eq!(without_site("Rain - and then sun", &sites), "Rain - and then sun");
        assert_eq!(without_site("Daily Heron", &sites), "Daily Heron");
    }

    #[test]
    fn a_byline_is_split_into_names() {
        assert_eq!(split("By Ana Meier and Tom de Witt"), ["Ana Meier", "Tom de Witt"]);
        assert_eq!(split("Written by: Ana Meier, senior editor"), ["Ana Meier"]);
        assert_eq!(split("von Ana Meier, Jo Brandt"), ["Ana Meier", "Jo Brandt"]);
    }
}
