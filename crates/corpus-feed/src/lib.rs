//! The parser of feeds: RSS, Atom and JSON Feed, one document an item.
//!
//! # What it reads
//! RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and JSON Feed. A document is an item: its title as the first block, then
//! its content (`content:encoded`, Atom's `content`) or, without one, its description or summary. Markup is read by
//! the HTML parser of `corpus-core`, also where it was escaped twice, and plain text by its text parser, so blocks,
//! links and remarks are theirs; a block's `origin` is its byte range in the decoded feed. Where the feed does not say
//! whether a text is markup, it is if it has a tag or character reference of HTML.
//!
//! The article's title, authors, topics and dates are the item's, its site is the feed's title, its address the
//! item's link. `source` describes the feed; `source.record` names the item by its id, else its link, else its
//! number, and its `offset` is that of the item in the feed, unless the feed lies in a container itself, whose
//! number and offset stay. An item's own id, link and date stand in `source.metadata`, the date unless the record has
//! one. A feed without items is one document of what it says of itself; what is no feed at all is read as HTML or
//! text, with a remark.
//!
//! Any bytes are read: what is not closed ends where its item ends, a stray `<` or `&` is text, and each document
//! whose markup was broken says where, in the remark `feed.broken`.
//!
//! # What it leaves out
//! Summaries beside a whole content, enclosures and other media, comments, ratings, pictures of the feed, what Atom's
//! `source` and `contributor` say, and elements of namespaces that it does not know.
//!
//! # Known misses
//! What a feed says of itself behind an item is not known to that item. A prefix means one namespace in the whole
//! feed. Entities that a document type declares stay as written. Atom content that is neither text nor markup (base64)
//! is read as text. The blocks of an item that was escaped twice, or came as JSON, do not point at bytes of their own.
//! Addresses relative to the feed's stay relative.
//!
//! # Source
//! RSS 2.0 (RSS Advisory Board, 2009), RSS 1.0 and its modules `content` and Dublin Core, RFC 4287 (Atom), JSON Feed
//! 1.1, and Namespaces in XML 1.0.

mod article;
mod item;
mod json;
mod markup;
mod person;
mod sniff;
mod vocabulary;
mod written;
mod xml;

use article::Articles;
use corpus_core::{
    Diagnostic, Document, Offsets, Parser, Record, Severity, encoding, html::Html, text::Text,
};
use item::Item;
use std::sync::OnceLock;

/// Reads RSS, Atom and JSON Feed, one document an item.
///
/// ```
/// use corpus_core::{Parser, Record};
/// use corpus_feed::Feed;
/// let feed = "<rss><channel><title>The Gull</title>
///     <item><title>Tea at noon</title><description>Tea is served.</description></item>
///     <item><title>Rain</title></item></channel></rss>";
/// let documents = Feed::new().parse_all(&Record::new("gull.rss", feed.as_bytes()));
/// assert_eq!(documents.len(), 2);
/// assert_eq!(documents[0].text, "Tea at noon\n\nTea is served.");
/// assert_eq!(documents[0].article().and_then(|article| article.site.as_deref()), Some("The Gull"));
/// ```
#[derive(Debug, Default)]
pub struct Feed {
    /// Made for the first item in plain text; its tables take longer than a small feed.
    text: OnceLock<Text>,
}

impl Feed {
    /// A parser of feeds.
    pub const fn new() -> Self {
        Feed { text: OnceLock::new() }
    }

    fn text(&self) -> &Text {
        self.text.get_or_init(Text::new)
    }

    /// Reads what is no feed as what it is.
    fn read_otherwise(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        let parser: &dyn Parser = if Html.sniff(&record.bytes) { &Html } else { self.text() };
        parser.parse(record, &mut |mut document| {
            let message = format!("no feed; read as {}", parser.name());
            document.diagnostics.push(Diagnostic::new("feed.none", Severity::Warning, message));
            sink(document);
        });
    }
}

impl Parser for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn description(&self) -> &'static str {
        "RSS, Atom and JSON feeds, one document an item"
    }

    fn media_types(&self) -> &'static [&'static str] {
        &["application/rss+xml", "application/atom+xml", "application/feed+json"]
    }

    fn sniff(&self, bytes: &[u8]) -> bool {
        sniff::is_feed(bytes)
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        let label = record.charset.as_deref().or_else(|| sniff::declared_encoding(&record.bytes));
        let (source, remarks) = encoding::decode(&record.bytes, label);
        let is_json = source.trim_start().starts_with('{');
        let mut articles = Articles::new(self, record, &source, remarks);
        let mut lines = Offsets::new(&source);
        let mut emit = |feed: &Item, item: Item| {
            let mut document = articles.document(feed, item);
            for block in &mut document.blocks {
                block.origin_line =
                    block.origin.and_then(|origin| u32::try_from(lines.line(origin.start)).ok());
            }
            sink(document);
        };
        let read = if is_json { json::read(&source, &mut emit) } else { xml::read(&source, &mut emit) };
        match read {
            None => self.read_otherwise(record, sink),
            Some(feed) if articles.n_items() == 0 => sink(articles.feed(feed)),
            Some(_) => {}
        }
    }
}
