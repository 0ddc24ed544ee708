//! The first bytes of a feed: whether they are one, and the encoding they declare.

use memchr::memmem;

/// Bytes looked at.
const WINDOW: usize = 2048;

/// Whether bytes begin as RSS, Atom or JSON Feed does. UTF-16 is told as well.
pub(crate) fn is_feed(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(WINDOW)];
    let is_wide = window.iter().take(64).filter(|byte| **byte == 0).count() >= 16;
    let narrowed: Vec<u8>;
    let window = if is_wide {
        narrowed = window.iter().copied().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff)).collect();
        &narrowed
    } else {
        window
    };
    let window = window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window).trim_ascii_start();
    let has = |needle: &str| memmem::find(window, needle.as_bytes()).is_some();
    if window.starts_with(b"{") {
        return has("https://jsonfeed.org/version/") || has("https:\\/\\/jsonfeed.org\\/version\\/");
    }
    match name(root(window).unwrap_or_default()) {
        b"rss" | b"RSS" => true,
        name if name == b"feed" || name.ends_with(b":feed") => {
            has("http://www.w3.org/2005/Atom") || has("http://purl.org/atom/ns#")
        }
        name if name.ends_with(b"RDF") => {
            ["http://purl.org/rss/", "http://my.netscape.com/rdf/", "http://channel.netscape.com/rdf/"]
                .iter()
                .any(|namespace| has(namespace))
        }
        _ => false,
    }
}

/// What stands behind the bracket that opens the root element: declarations and comments before it are passed over.
fn root(window: &[u8]) -> Option<&[u8]> {
    let mut rest = window;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = match rest {
            [b'?', ..] => b"?>",
            [b'!', b'-', b'-', ..] => b"-->",
            [b'!', ..] => b">",
            _ => return Some(rest),
        };
        rest = &rest[memmem::find(rest, end)? + end.len()..];
    }
}

/// The media type of a feed.
pub(crate) fn media_type(source: &str) -> &'static str {
    if source.trim_start().starts_with('{') {
        return "application/feed+json";
    }
    match name(root(source.as_bytes()).unwrap_or_default()) {
        b"feed" | b"atom:feed" => "application/atom+xml",
        _ => "application/rss+xml",
    }
}

/// The name at the start of a tag.
fn name(tag: &[u8]) -> &[u8] {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    &tag[..tag.iter().position(ends).unwrap_or(tag.len())]
}

/// The encoding that the XML declaration names.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let declaration = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(&declaration[..declaration.len().min(256)], b"?>")?];
    let value = &declaration[memmem::find(declaration, b"encoding")? + "encoding".len()..];
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    str::from_utf8(&value[..memchr::memchr(*quote, value)?]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_known_by_their_root() {
        assert!(is_feed(
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version=\"2.0\"><channel>"
        ));
        assert!(is_feed(b"<feed xml:lang='en' xmlns=\"http://www.w3.org/2005/Atom\"><title>"));
        assert!(is_feed(b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"));
        assert!(is_feed(br#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#));
        let wide: Vec<u8> = "\u{feff}<?xml version='1.0'?><rss version='2.0'>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(is_feed(&wide));
    }

    #[test]
    fn nothing_else_is_claimed() {
        for other in [
            "",
            "<",
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:foaf='http://xmlns.com/foaf/0.1/'>",
            "<html><head><link rel=alternate type='application/rss+xml'></head><rss>",
            "A text that says <rss> somewhere.",
            "{\"version\": 1}",
            "<feed><animal>cow</animal></feed>",
        ] {
            assert!(!is_feed(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn the_declared_encoding_is_found() {
        assert_eq!(declared_encoding(b"<?xml version='1.0' encoding = 'koi8-r'?><rss>"), Some("koi8-r"));
        assert_eq!(declared_encoding(b"<?xml version='1.0'?><rss encoding='koi8-r'>"), None);
        assert_eq!(declared_encoding(b"<?xml encoding='"), None);
    }
}
