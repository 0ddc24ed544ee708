//! The title of the article, without the name of its site.

use super::{
    likeness::folded,
    metadata::{Metadata, Stated},
    page::{Line, Page},
};

/// The headline: what the page's metadata agree on, else the line of the text that was found to be it, else a heading
/// that a stated title names, else what the metadata say first.
pub(crate) fn title(metadata: &Metadata, page: &Page, headline: Option<&str>) -> Option<String> {
    let sites = site_names(metadata);
    let cut = |stated: &Stated| without_site(&stated.value, &sites).to_owned();
    let of = |field: &str| metadata.titles.iter().find(|stated| stated.field == field).map(cut);
    let headline = headline.map(on_one_line);
    let (shared, described) = (of("meta[og:title]"), of("ld.headline"));
    if let (Some(shared), Some(described)) = (&shared, &described)
        && folded(shared) == folded(described)
    {
        let same = headline.filter(|headline| folded(headline) == folded(shared));
        return same.or_else(|| Some(shared.clone()));
    }
    // What names the page for others, is more than its site's name and has no word of the headline, stands for all of it:
    // the headline is that of a part, or a slogan.
    let of_page = of("title");
    if let (Some(shared), Some(headline)) = (&shared, &headline)
        && !sites.contains(&folded(shared))
        && of_page.is_some_and(|title| folded(&title) == folded(shared))
        && !metadata.titles.iter().take(MOST_TITLES).any(|title| shares_word(&title.value, headline))
    {
        return Some(shared.clone());
    }
    // A kicker set in one element with the headline is no part of it, nor is what stands around it on both sides.
    let bare = headline.as_ref().and_then(|headline| {
        let whole = folded(headline);
        metadata.titles.iter().map(cut).find(|title| {
            let title = folded(title);
            let is_end = whole.ends_with(&title) && title.len() * 3 > whole.len();
            let is_middle =
                whole.contains(&title) && !whole.starts_with(&title) && title.len() * 3 > whole.len() * 2;
            title.len() < whole.len() && (is_end || is_middle)
        })
    });
    let headline = headline.or_else(|| piece_on_page(metadata, page));
    bare.or(headline).or(shared).or(described).or_else(|| metadata.titles.first().map(cut))
}

/// Whether two texts have a word of three letters in common, or are in a script that sets no spaces.
fn shares_word(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|character: char| !character.is_alphanumeric())
            .map(folded)
            .filter(|word| word.chars().nth(2).is_some())
            .collect()
    };
    let is_dense =
        |text: &str| text.chars().any(|character| character >= '\u{e00}' && character.is_alphabetic());
    let words_of_other = words(other);
    is_dense(other) || words(one).iter().any(|word| words_of_other.contains(word))
}

/// A text with a single space for each run of white space.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the site may be called at the end of a title, letters and digits in lower case.
pub(super) fn site_names(metadata: &Metadata) -> Vec<String> {
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

/// The heading of the page that is a piece of a stated title, between separators; the longest of several. So a headline
/// is told where a page names its site and its section by names that nothing else states.
fn piece_on_page(metadata: &Metadata, page: &Page) -> Option<String> {
    let sites = site_names(metadata);
    let is_separator = |word: &str| SEPARATORS.iter().any(|separator| separator.trim() == word);
    let mut pieces: Vec<String> = Vec::new();
    for title in metadata.titles.iter().take(MOST_TITLES) {
        let words: Vec<&str> = title.value.split(' ').collect();
        pieces.extend(words.split(|word| is_separator(word)).map(|piece| folded(&piece.concat())));
    }
    pieces.truncate(MOST_PIECES);
    pieces.retain(|piece| piece.len() > 3 && !sites.iter().any(|site| site.contains(piece.as_str())));
    let is_heading = |line: &&Line| line.markup.level > 0 && line.span.len() < LONGEST;
    let headings = page.lines.iter().filter(is_heading).map(|line| &page.text[line.span]);
    let named = headings.filter(|heading| pieces.contains(&folded(heading)));
    named.max_by_key(|heading| heading.len()).map(on_one_line)
}

/// The longest heading that is compared with titles, in bytes.
const LONGEST: usize = 400;

/// The most stated titles, and pieces of them, that are looked at; no page that means well has more.
const MOST_TITLES: usize = 16;
const MOST_PIECES: usize = 64;

/// What stands between a title and the name of its site.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", " • ", " › ", " : ", "：", "｜", " // ", "| "];

/// A title cut at separators that a site's name follows.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
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

#[cfg(test)]
mod tests {
    use super::{Metadata, title, without_site};
    use crate::html::{metadata::Stated, page::Page, render::render};

    #[test]
    fn a_kicker_in_one_element_with_the_headline_is_cut() {
        let titles = vec![Stated { value: "The ferry sails again".into(), field: "meta[og:title]".into() }];
        let metadata = Metadata { titles, ..Metadata::default() };
        let found = title(&metadata, &Page::default(), Some("Harbour The ferry sails again"));
        assert_eq!(found.as_deref(), Some("The ferry sails again"));
        let found = title(&metadata, &Page::default(), Some("Log The ferry sails again (ab)"));
        assert_eq!(found.as_deref(), Some("The ferry sails again"));
        let longer = "The ferry sails again, and on time";
        assert_eq!(title(&metadata, &Page::default(), Some(longer)).as_deref(), Some(longer));
    }

    #[test]
    fn the_name_of_the_site_stands_for_no_headline() {
        let state = |value: &str, field: &'static str| Stated { value: value.into(), field: field.into() };
        let titles = vec![state("Old Harbour", "meta[og:title]"), state("Old Harbour", "title")];
        let site = Some(state("Old Harbour", "meta[og:site_name]"));
        let metadata = Metadata { titles, site, ..Metadata::default() };
        assert_eq!(title(&metadata, &Page::default(), Some("Tickets")).as_deref(), Some("Tickets"));
    }

    #[test]
    fn a_headline_without_a_word_of_the_page_s_title_is_a_slogan() {
        let state = |value: &str, field: &'static str| Stated { value: value.into(), field: field.into() };
        let titles = vec![state("Ferry tickets", "meta[og:title]"), state("Ferry tickets", "title")];
        let metadata = Metadata { titles, ..Metadata::default() };
        let of = |headline| title(&metadata, &Page::default(), Some(headline));
        assert_eq!(of("Cross the water in style").as_deref(), Some("Ferry tickets"));
        assert_eq!(of("Your ferry waits").as_deref(), Some("Your ferry waits"));
        assert_eq!(of("フェリーの切符").as_deref(), Some("フェリーの切符"));
        let titles = vec![state("Ferry tickets", "meta[og:title]"), state("Crossings", "title")];
        let metadata = Metadata { titles, ..Metadata::default() };
        assert_eq!(title(&metadata, &Page::default(), Some("In style")).as_deref(), Some("In style"));
    }

    #[test]
    fn a_heading_named_among_section_and_site_is_the_title() {
        let titles =
            vec![Stated { value: "Log - The Ferry Sails | Old Harbour".into(), field: "title".into() }];
        let metadata = Metadata { titles, ..Metadata::default() };
        let of = |html| title(&metadata, &render(html, false), None);
        assert_eq!(of("<h1>Log</h1><h3>The ferry sails</h3><p>It does.").as_deref(), Some("The ferry sails"));
        assert_eq!(of("<p>The ferry sails").as_deref(), Some("Log - The Ferry Sails | Old Harbour"));
    }

    #[test]
    fn the_site_is_cut_from_a_title() {
        let sites = ["dailyheron".to_owned()];
        assert_eq!(without_site("Bridge opens - Region | The Daily Heron", &sites), "Bridge opens - Region");
        assert_eq!(without_site("Rain - and then sun", &sites), "Rain - and then sun");
        assert_eq!(without_site("Daily Heron", &sites), "Daily Heron");
    }
}
