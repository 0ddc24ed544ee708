//! Every seed of this crate, as a person reads it, and the laws that every parse keeps.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use corpus_core::{Document, Parser, Record};
use corpus_feed::Feed;
use proptest::prelude::*;
use std::{collections::HashSet, fmt::Write, fs, path::Path};

static FEED: Feed = Feed::new();

/// The name and the bytes of every seed, in order of their names.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut seeds: Vec<_> = paths.map(|path| (name(&path), fs::read(&path).unwrap())).collect();
    seeds.sort();
    seeds
}

/// Parses bytes and holds the documents to the laws: blocks in order, on character bounds, covering all text, in a
/// part that exists; ids of their own; the same again for the same bytes.
fn check(bytes: &[u8]) -> Vec<Document> {
    let documents = FEED.parse_all(&Record::new("seed", bytes));
    assert_eq!(documents, FEED.parse_all(&Record::new("seed", bytes)), "same bytes, same documents");
    assert!(!documents.is_empty(), "bytes without a document");
    let ids: HashSet<_> = documents.iter().map(|document| &document.id).collect();
    assert_eq!(ids.len(), documents.len(), "two documents of one id");
    // A byte of a record gives three of its text at most.
    let n_decoded = bytes.len() * 3;
    for document in &documents {
        let mut end = 0;
        for block in &document.blocks {
            assert!(document.text[end..block.span.start].trim().is_empty(), "text outside of blocks");
            assert!(!document.slice(block).is_empty() && block.part < document.parts.len());
            let stands = |origin: corpus_core::Span| origin.start < origin.end && origin.end <= n_decoded;
            assert!(block.origin.is_none_or(stands), "an origin that is not in the feed");
            end = block.span.end;
        }
        assert!(document.text[end..].trim().is_empty(), "text after the last block");
    }
    documents
}

/// A document as a person reads it: what is known of the item and its article, each block's span, part, role and
/// text, then remarks.
fn view(document: &Document) -> String {
    let mut view = String::new();
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(view, "{name}: {value}");
        }
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if let Some(place) = &document.source.record {
        say("item", &format!("{} at {}, {}", place.index, place.offset, text(&place.id)));
    }
    let metadata = &document.source.metadata;
    say("record", &[&metadata.id, &metadata.url, &metadata.date].map(text).join(" | "));
    say("type", &document.source.media_type);
    say("language", document.language.as_deref().unwrap_or_default());
    if let Some(article) = document.article() {
        say("title", &text(&article.title));
        say("authors", &article.authors.join(", "));
        say("site", &text(&article.site));
        say("url", &text(&article.url));
        say("topics", &article.topics.join(", "));
        for (name, date) in [("published", &article.published), ("modified", &article.modified)] {
            if let Some(date) = date {
                let stamp = date.timestamp.as_ref().unwrap_or(&date.edtf);
                say(name, &format!("{stamp} by {}", serde_json::to_string(&date.evidence).unwrap()));
            }
        }
    }
    for block in &document.blocks {
        let (span, part) = (block.span, document.part_of(block).kind);
        let origin =
            block.origin.map_or_else(String::new, |origin| format!(" from {}..{}", origin.start, origin.end));
        let _ = writeln!(view, "{}..{}{origin} {part} {}", span.start, span.end, block.role);
        let _ = writeln!(view, "    {}", document.slice(block).replace('\n', "\n    "));
    }
    for link in &document.annotations {
        let _ = writeln!(view, "{} {:?} {}", link.layer, &document.text[link.span], link.value);
    }
    for diagnostic in &document.diagnostics {
        let _ = writeln!(view, "! {}: {}", diagnostic.code, diagnostic.message);
    }
    view
}

#[test]
fn blocks() {
    for (name, bytes) in seeds() {
        let views: Vec<_> = check(&bytes).iter().map(view).collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(name);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("blocks", views.join("----\n")));
    }
}

#[test]
fn any_prefix_survives() {
    for (_, bytes) in seeds() {
        for end in 0..bytes.len() {
            check(&bytes[..end]);
        }
    }
}

/// Pieces of which feeds are made, whole and broken.
const PIECES: &[&str] = &[
    "<rss>",
    "<channel>",
    "</channel>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "</feed>",
    "<rdf:RDF>",
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<title type='html'>",
    "<description>",
    "</description>",
    "<content:encoded>",
    "</content:encoded>",
    "<content type='xhtml'>",
    "</content>",
    "<link href='a'/>",
    "<guid>g</guid>",
    "<author>",
    "<name>",
    "</name>",
    "</author>",
    "<media:group>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!",
    "<?",
    "?>",
    "<",
    ">",
    "&",
    ";",
    "&lt;",
    "&amp;",
    "&#0;",
    "&#x1F426;",
    "&nbsp;",
    "\"",
    "'",
    "\0",
    "\u{feff}",
    "<p>",
    "</p>",
    "<br>",
    "<h1>",
    "<a href='https://a.example/2020/01/02/x'>",
    "xmlns='",
    "<x:y>",
    "word",
    " ",
    "\n",
    "Zwölf Möwen",
    "<pubDate>Sat, 06 Jun 2020 05:12:00 GMT</pubDate>",
    "{\"items\":[{}]}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn any_pieces_are_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        check(pieces.concat().as_bytes());
    }

    #[test]
    fn any_change_to_a_feed_is_read(
        nth in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, proptest::sample::select(PIECES)), 1..6),
    ) {
        let seeds = seeds();
        let mut bytes = seeds[nth.index(seeds.len())].1.clone();
        for (at, n_removed, piece) in edits {
            let at = at.index(bytes.len() + 1);
            let end = bytes.len().min(at + n_removed);
            bytes.splice(at..end, piece.bytes());
        }
        check(&bytes);
    }
}

/// Input that would take minutes if any step were more than linear in it.
#[test]
fn time_is_linear() {
    for piece in [
        "<",
        "<a",
        "< >",
        "</x>",
        "<x>",
        "&lt;",
        "&",
        "<item>",
        "<title>",
        "<![CDATA[",
        "<a b='",
        "<item><guid>g</guid></item>",
    ] {
        let feed = format!("<rss><channel><item><description>{}", piece.repeat(200_000 / piece.len()));
        check(feed.as_bytes());
        let feed = format!("<rss><channel>{}", piece.repeat(200_000 / piece.len()));
        check(feed.as_bytes());
    }
}
