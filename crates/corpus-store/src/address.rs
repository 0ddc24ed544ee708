//! The address of a document: what tells that two documents are the same page at different times.

use corpus_core::{Document, PartKind, Source, host::host};

/// What tells that two documents are the same page at different times: a hash of the URL that the record states, else
/// of the file's path from the root, so that files of one name in two folders stay two pages; with the record's own id
/// where a file holds many, and with the item's own name where a record gives several documents. `None` where nothing
/// does: of a record without URL and id, and of what came by standard input without a URL.
pub(crate) fn address(document: &Document, is_one_of_several: bool) -> Option<[u8; 16]> {
    address_of(&document.source, is_one_of_several)
}

/// As [`address`], of a document from this source.
pub(crate) fn address_of(source: &Source, is_one_of_several: bool) -> Option<[u8; 16]> {
    let Source { uri, record, metadata, .. } = source;
    let url = metadata.url.as_deref().filter(|url| url.contains("://"));
    let item = record.as_ref().and_then(|place| place.id.as_deref());
    let is_page = record.is_none() || is_one_of_several;
    let own = metadata.id.as_deref().or(item).filter(|_| !is_page);
    let path =
        || std::path::absolute(uri).map_or_else(|_| uri.clone(), |path| path.to_string_lossy().into_owned());
    let is_placed = uri != "-" && (is_page || own.is_some());
    let place = url.map_or_else(|| is_placed.then(path), |url| Some(url.to_owned()))?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(place.as_bytes());
    if let Some(own) = own.filter(|_| url.is_none()) {
        hasher.update(b"\0\0");
        hasher.update(own.as_bytes());
    }
    if is_one_of_several {
        hasher.update(b"\0");
        hasher.update(item?.as_bytes());
    }
    Some(shortened(&hasher))
}

/// What a person may call the address of a page by: its URL, or the path of its file.
pub(crate) fn addresses_called(name: &str) -> impl Iterator<Item = [u8; 16]> {
    let path = std::path::absolute(name).map(|path| path.to_string_lossy().into_owned());
    let exact = |name: &str| shortened(blake3::Hasher::new().update(name.as_bytes()));
    let names = [Some(name.to_owned()), path.ok()].into_iter().flatten();
    page_at(name).into_iter().chain(names.map(move |name| exact(&name)))
}

/// The page that a document of a record of its own is, by each URL that is said of it: the record's, and the one that
/// the page calls its own.
pub(crate) fn pages(document: &Document) -> impl Iterator<Item = [u8; 16]> {
    let articles = document.parts.iter().filter(|part| part.kind == PartKind::Article);
    let canonical = articles.filter_map(|part| part.url.as_deref());
    document.source.metadata.url.as_deref().into_iter().chain(canonical).filter_map(page_at)
}

/// A hash of the page at a URL: the same with or without `www.`, encryption, a place in the page and a stroke at the
/// end. `None` of the front page of a site, which many pages name as their own.
fn page_at(url: &str) -> Option<[u8; 16]> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let path = rest.find(['/', '?']).map_or("", |at| &rest[at..]).trim_end_matches('/');
    if path.is_empty() {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"page\0");
    hasher.update(host(url).to_lowercase().as_bytes());
    hasher.update(path.as_bytes());
    Some(shortened(&hasher))
}

fn shortened(hasher: &blake3::Hasher) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_however_it_is_written() {
        let page = page_at("https://www.harbour.example/ice?day=3");
        assert!(page.is_some());
        for same in ["http://Harbour.example/ice?day=3#top", "https://harbour.example:443/ice?day=3/"] {
            assert_eq!(page_at(same), page, "{same}");
        }
        for other in ["https://harbour.example/ice?day=4", "https://harbour.example/Ice?day=3"] {
            assert_ne!(page_at(other), page, "{other}");
        }
        for none in ["https://harbour.example/", "https://harbour.example#top", "harbour/ice"] {
            assert_eq!(page_at(none), None, "{none}");
        }
    }
}
