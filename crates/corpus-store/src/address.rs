//! The address of a document: what tells that two documents are the same page at different times.

use crate::page::Page;
use blake3::Hasher;
use corpus_core::{Document, DocumentId, PartKind, Source};

/// What tells that two documents are the same page at different times: a hash of the page at the URL that the record
/// states, else of the file's path from the root, so that files of one name in two folders stay two pages; with the
/// record's own id where a file holds many, and with the item's own name where a record gives several documents. `None`
/// where nothing does: of a record without URL and id, and of what came by standard input without a URL.
pub(crate) fn address(document: &Document, is_one_of_several: bool) -> Option<[u8; 16]> {
    address_of(&document.source, is_one_of_several)
}

/// As [`address`], of a document from this source.
pub(crate) fn address_of(source: &Source, is_one_of_several: bool) -> Option<[u8; 16]> {
    told(source, is_one_of_several, hasher_of)
}

/// The address as it was told before version 6 of the manifest: by a URL letter for letter.
pub(crate) fn address_as_written(source: &Source, is_one_of_several: bool) -> Option<[u8; 16]> {
    told(source, is_one_of_several, exact)
}

fn told(source: &Source, is_one_of_several: bool, at: fn(&str) -> Hasher) -> Option<[u8; 16]> {
    let Source { uri, record, metadata, .. } = source;
    let url = metadata.url.as_deref().filter(|url| url.contains("://"));
    let item = record.as_ref().and_then(|place| place.id.as_deref());
    let is_page = record.is_none() || is_one_of_several;
    let own = metadata.id.as_deref().or(item).filter(|_| !is_page);
    let path =
        || std::path::absolute(uri).map_or_else(|_| uri.clone(), |path| path.to_string_lossy().into_owned());
    let is_placed = uri != "-" && (is_page || own.is_some());
    let mut hasher = url.map_or_else(|| is_placed.then(|| exact(&path())), |url| Some(at(url)))?;
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

/// Whether two URLs are of one page, however they are written.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    shortened(&hasher_of(one)) == shortened(&hasher_of(other))
}

/// What a person may call the address of a page by: its URL, or the path of its file.
pub(crate) fn addresses_called(name: &str) -> impl Iterator<Item = [u8; 16]> {
    let path = std::path::absolute(name).map(|path| path.to_string_lossy().into_owned());
    // An item of a feed, which mostly calls itself by its URL.
    let items = [hasher_of(name), exact(name)].map(|mut hasher| {
        hasher.update(b"\0").update(name.as_bytes());
        shortened(&hasher)
    });
    let names = [Some(name.to_owned()), path.ok()].into_iter().flatten();
    let page =
        Page::at(name).into_iter().flat_map(|page| [Mark::Own, Mark::Canonical].map(|mark| mark.of(&page)));
    page.chain(names.map(|name| shortened(&exact(&name)))).chain(items)
}

/// What is hashed of the page at a URL: that it stands there, as [`Mark::Own`] says too.
fn hasher_of(url: &str) -> Hasher {
    Page::at(url).map_or_else(|| exact(url), |page| Mark::Own.hasher(&page))
}

fn exact(place: &str) -> Hasher {
    let mut hasher = Hasher::new();
    hasher.update(place.as_bytes());
    hasher
}

/// Whether this is one of the documents of its record, by an id that its name in the record went into: an item of a
/// feed, though it may be the only one.
pub(crate) fn is_item(document: &Document) -> bool {
    let is_named = document.source.record.as_ref().is_some_and(|place| place.id.is_some());
    is_named && document.id != DocumentId::of(&document.source, None)
}

/// In what way a page is that of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mark {
    /// It stands at the URL of the record.
    Own,
    /// The page calls it its own.
    Canonical,
    /// It is one of the documents of a record at that URL, or an item of a feed that leads there. It may be called so; it
    /// is not the page.
    Item,
}

impl Mark {
    /// The hash that says so.
    pub(crate) fn of(self, page: &Page) -> [u8; 16] {
        shortened(&self.hasher(page))
    }

    fn hasher(self, page: &Page) -> Hasher {
        let way: &[u8] = match self {
            Mark::Own => b"page\0",
            Mark::Canonical => b"canonical\0",
            Mark::Item => b"item\0",
        };
        let mut hasher = Hasher::new();
        hasher.update(way).update(page.name().as_bytes());
        hasher
    }
}

/// What a document of a record of its own says of the page that it is.
#[derive(Debug)]
pub(crate) struct Said {
    /// The page at the URL of its record.
    pub(crate) own: Option<Page>,
    /// Another that it calls its own.
    pub(crate) canonical: Option<Page>,
    /// Whether that is so for certain, whatever its title: pages of a site may all call one page their own, and of one whose
    /// record has no URL nothing tells that it is not one of them.
    pub(crate) is_certain: bool,
    title: Option<String>,
}

impl Said {
    pub(crate) fn by(document: &Document) -> Self {
        let article = document.parts.iter().find(|part| part.kind == PartKind::Article);
        let own = document.source.metadata.url.as_deref().and_then(Page::beyond_the_front);
        let canonical = article.and_then(|part| part.url.as_deref()).and_then(Page::beyond_the_front);
        let canonical = canonical.filter(|canonical| Some(canonical) != own.as_ref());
        let words = article.and_then(|part| part.title.as_deref()).map(|title| title.split_whitespace());
        let title = words.map(|words| words.collect::<Vec<_>>().join(" ").to_lowercase());
        let is_certain =
            canonical.as_ref().zip(own.as_ref()).is_some_and(|(canonical, own)| canonical.is_own_of(own));
        Said { own, canonical, is_certain, title: title.filter(|title| !title.is_empty()) }
    }

    /// The pages that it names, each with the way in which.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (Mark, &Page)> {
        let own = self.own.iter().map(|page| (Mark::Own, page));
        own.chain(self.canonical.iter().map(|page| (Mark::Canonical, page)))
    }

    /// A hash of a page that it names and its title.
    pub(crate) fn titled(&self, page: &Page) -> Option<[u8; 16]> {
        let title = self.title.as_ref()?;
        let mut hasher = Hasher::new();
        hasher.update(b"titled\0").update(page.name().as_bytes()).update(b"\0").update(title.as_bytes());
        Some(shortened(&hasher))
    }
}

fn shortened(hasher: &Hasher) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    short
}
