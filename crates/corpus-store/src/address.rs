//! The address of a document: what tells that two documents are the same page at different times.

use corpus_core::{Document, Source};

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
    let mut address = [0; 16];
    address.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Some(address)
}
