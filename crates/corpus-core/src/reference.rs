//! An address as a page writes it, which may leave out what it shares with the page's own. Source: RFC 3986, section 5.

use crate::host::{bare, host};

/// The whole address that `reference` stands for on a page at `base`; `None` where it is not whole and `base` no address on
/// the web. A host that is written without a scheme ("www.harbour.example/ice") is a host, and no folder.
pub(crate) fn resolved(reference: &str, base: Option<&str>) -> Option<String> {
    let reference = reference.trim();
    let is_scheme = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphabetic())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    if reference.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)) {
        return Some(reference.to_owned());
    }
    let base = base.map(str::trim)?;
    let (scheme, rest) = scheme(base)?;
    let end = |signs: &[char]| rest.find(signs).unwrap_or(rest.len());
    let authority = &rest[..end(&['/', '?', '#'])];
    let first = reference.split(['/', '?', '#']).next().unwrap_or_default();
    let (before, path) = match reference.as_bytes() {
        [] => return None,
        [b'/', b'/', ..] => return Some(format!("{scheme}:{reference}")),
        [b'/', ..] => (authority, reference.to_owned()),
        [b'?', ..] => (&rest[..end(&['?', '#'])], reference.to_owned()),
        [b'#', ..] => (&rest[..end(&['#'])], reference.to_owned()),
        // "mailto:harbour@a.example", "javascript:void(0)"
        _ if first.contains(':') => return None,
        _ if first.starts_with("www.") || bare(first) == host(base) => {
            return Some(format!("{scheme}://{reference}"));
        }
        _ => {
            let path = &rest[authority.len()..end(&['?', '#'])];
            let folder = path.rfind('/').map_or("/", |last| &path[..=last]);
            (authority, format!("{folder}{reference}"))
        }
    };
    let path = if path.starts_with('/') { without_dots(&path) } else { path };
    Some(format!("{scheme}://{before}{path}"))
}

/// The scheme of an address on the web, and what stands behind its "://".
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (is_web && !rest.is_empty()).then_some((scheme, rest))
}

/// A path, and what stands behind it, without the steps "." and "..".
fn without_dots(path: &str) -> String {
    let (path, behind) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let mut steps: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(step) = rest.next() {
        if !matches!(step, "." | "..") {
            steps.push(step);
            continue;
        }
        if step == ".." {
            steps.pop();
        }
        // What it leads to is a folder.
        if rest.peek().is_none() {
            steps.push("");
        }
    }
    format!("/{}{behind}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_reference_is_read_where_it_stands() {
        let base = Some("https://h.example:8080/a/b/c?d=1#e");
        for (reference, whole) in [
            ("https://o.example/x/../y", "https://o.example/x/../y"),
            ("//o.example/x", "https://o.example/x"),
            ("/x/y", "https://h.example:8080/x/y"),
            ("x", "https://h.example:8080/a/b/x"),
            ("./x", "https://h.example:8080/a/b/x"),
            ("../x?y=../z", "https://h.example:8080/a/x?y=../z"),
            ("../../../x", "https://h.example:8080/x"),
            ("..", "https://h.example:8080/a/"),
            (".", "https://h.example:8080/a/b/"),
            ("/go?to=https://o.example", "https://h.example:8080/go?to=https://o.example"),
            ("?y", "https://h.example:8080/a/b/c?y"),
            ("#z", "https://h.example:8080/a/b/c?d=1#z"),
            ("news.php?id=3", "https://h.example:8080/a/b/news.php?id=3"),
            ("www.h.example/x", "https://www.h.example/x"),
            ("h.example/x", "https://h.example/x"),
        ] {
            assert_eq!(resolved(reference, base).as_deref(), Some(whole), "{reference}");
        }
        assert_eq!(resolved("x", Some("http://h.example")).as_deref(), Some("http://h.example/x"));
        assert_eq!(resolved("?x", Some("http://h.example")).as_deref(), Some("http://h.example?x"));
        for reference in
            ["", " ", "mailto:a@h.example", "javascript:void(0)", "c:/x.html", "://h.example/x", "1://x"]
        {
            assert_eq!(resolved(reference, base), None, "{reference}");
        }
    }

    #[test]
    fn without_a_page_on_the_web_only_whole_addresses_are_read() {
        for base in [None, Some("/pages/c.html"), Some("file:///pages/c.html"), Some("https://")] {
            assert_eq!(resolved("//o.example/x", base), None);
            assert_eq!(resolved("/x", base), None);
            assert_eq!(resolved("://o.example/x", base), None);
            for whole in ["https://o.example/x", "app://o.example/x"] {
                assert_eq!(resolved(whole, base).as_deref(), Some(whole));
            }
        }
    }
}
