//! The title of the article, without the name of its site.

use super::{
    likeness::folded,
    metadata::{Metadata, Stated},
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
    // A kicker set in one element with the headline is no part of it.
    let bare = headline.as_ref().and_then(|headline| {
        let whole = folded(headline);
        metadata.titles.iter().map(cut).find(|title| {
            let title = folded(title);
            title.len() < whole.len() && whole.ends_with(&title) && title.len() * 3 > whole.len()
        })
    });
    bare.or(headline).or(shared).or(described).or_else(|| metadata.titles.first().map(cut))
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

#[cfg(test)]
mod tests {
    use super::{Metadata, title, without_site};
    use crate::html::metadata::Stated;

    #[test]
    fn a_kicker_in_one_element_with_the_headline_is_cut() {
        let titles = vec![Stated { value: "The ferry sails again".into(), field: "meta[og:title]".into() }];
        let metadata = Metadata { titles, ..Metadata::default() };
        let found = title(&metadata, Some("Harbour The ferry sails again"));
        assert_eq!(found.as_deref(), Some("The ferry sails again"));
    }

    #[test]
    fn the_site_is_cut_from_a_title() {
        let sites = ["dailyheron".to_owned()];
        assert_eq!(without_site("Bridge opens - Region | The Daily Heron", &sites), "Bridge opens - Region");
        assert_eq!(without_site("Rain - and then sun", &sites), "Rain - and then sun");
        assert_eq!(without_site("Daily Heron", &sites), "Daily Heron");
    }
}
