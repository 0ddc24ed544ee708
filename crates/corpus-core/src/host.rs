//! The host of an address.

/// The host of an address, without `www.` and port; the whole of what is no address.
///
/// ```
/// use corpus_core::host::{host, parents};
/// assert_eq!(host("https://www.harbour.example:8080/ice?day=3"), "harbour.example");
/// assert!(parents("news.harbour.example").eq(["news.harbour.example", "harbour.example", "example"]));
/// ```
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    bare(authority.rsplit_once('@').map_or(authority, |(_, host)| host))
}

/// A host without `www.`, port and a full stop at the end.
pub fn bare(authority: &str) -> &str {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.')
}

/// A domain, then the one it is part of, and so on.
pub fn parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, parent)| parent))
}
