//! Sites: which pages belong together, so that no model is measured on a site that taught it.

/// The number of folds of a cross-validation.
pub(crate) const N_FOLDS: usize = 5;

/// The fold that measures the site of a page, by its address; a page without one is a site of its own.
pub(crate) fn fold(url: Option<&str>, id: &str) -> usize {
    let site = url.map_or_else(|| id.to_owned(), site);
    let digest = blake3::hash(site.as_bytes());
    usize::from(digest.as_bytes()[0]) % N_FOLDS
}

/// The site of an address: its host without the names below the one that is registered.
pub(crate) fn site(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest).to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let is_second =
        |label: &str| matches!(label, "co" | "com" | "org" | "net" | "gov" | "ac" | "edu" | "or" | "ne");
    let n_kept = match labels.as_slice() {
        [.., second, top] if top.len() == 2 && is_second(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(n_kept)..].join(".")
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn a_site_is_what_is_registered() {
        assert_eq!(site("https://www.news.example.org/2020/a"), "example.org");
        assert_eq!(site("http://blog.example.co.uk?x"), "example.co.uk");
        assert_eq!(site("example.com:80/a"), "example.com");
    }
}
