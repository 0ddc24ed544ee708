//! Silver pages of text: pages of HTML as an extractor of plain text would set them, of which our parser of HTML says
//! what is main text.

use crate::eval::data::{Data, rows};
use anyhow::Result;
use corpus_core::{Block, Document, PartKind, Record, Registry, Role};
use serde::Deserialize;
use std::collections::HashMap;

/// The sets of HTML whose pages no set of text has.
const SETS: &[&str] = &["data/extraction/segments-dev.jsonl.zst", "data/extraction/dates-dev.jsonl.zst"];

#[derive(Debug, Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: String,
}

/// A page of HTML as text.
pub(super) struct Silver {
    pub(super) id: String,
    /// The address of the page itself, where its address is that of a copy.
    pub(super) url: Option<String>,
    /// The text, and for the beginning of each line whether it is main text.
    pub(super) view: (String, HashMap<usize, bool>),
}

/// All such pages.
pub(super) fn pages(data: &Data) -> Result<Vec<Silver>> {
    let registry = Registry::core();
    let mut pages = Vec::new();
    for set in SETS {
        let Some(path) = data.file(set) else { continue };
        for page in rows::<Page>(&path)? {
            let page = page?;
            let record = Record::new(page.id.as_str(), page.html.as_bytes()).with_media_type("text/html");
            let url = page.url.as_deref().map(own_address);
            for document in registry.parse_all(&record) {
                let view = view(&page.html, &document);
                pages.push(Silver { id: page.id.clone(), url: url.clone(), view });
            }
        }
    }
    Ok(pages)
}

/// The address that an archive copied, or that the name of a file begins with, without its scheme.
fn own_address(url: &str) -> String {
    match url.split_once("::") {
        Some((_, name)) => name.split('-').next().unwrap_or(name).to_owned(),
        None => url[url.rfind("://").map_or(0, |at| at + 3)..].to_owned(),
    }
}

/// Tags that set no line apart.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "svg", "path", "time", "u", "use", "input", "wbr",
    "picture", "source", "button",
];

/// Tags that blank lines stand around.
const APART: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figure",
    "pre",
    "table",
    "dl",
    "hr",
    "ul",
    "ol",
];

/// The text of a page, and for the beginning of each line whether it is main text.
fn view(source: &str, document: &Document) -> (String, HashMap<usize, bool>) {
    let mut text = String::with_capacity(document.text.len() * 2);
    let mut goals = HashMap::new();
    let mut was_item = false;
    let mut was_apart = false;
    for block in &document.blocks {
        let tag = tag(source, block);
        let is_item = tag == "li";
        let is_apart = APART.contains(&tag.as_str());
        if !text.is_empty() && (is_apart || was_apart || is_item != was_item) {
            text.push('\n');
        }
        (was_item, was_apart) = (is_item, is_apart);
        let is_open = block.role == Role::Title || document.part_of(block).kind == PartKind::Embedded;
        let is_main = block.role.is_text() && document.part_of(block).kind == PartKind::Article;
        for line in document.slice(block).lines().filter(|line| !line.trim().is_empty()) {
            if !is_open {
                goals.insert(text.len(), is_main);
            }
            if is_item {
                let depth = usize::from(block.depth.unwrap_or(1)).clamp(1, 4);
                text.extend(std::iter::repeat_n("  ", depth));
                text.push_str("• ");
            }
            text.push_str(line.trim());
            text.push('\n');
        }
    }
    (text, goals)
}

/// The tag of the element that a block is the text of.
fn tag(source: &str, block: &Block) -> String {
    let Some(origin) = block.origin else { return String::new() };
    let mut end = origin.start.min(source.len());
    for _ in 0..8 {
        let Some(at) = source.get(..end).and_then(|head| head.rfind('<')) else { break };
        let name: String =
            source[at + 1..].chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if !name.is_empty() && !INLINE.contains(&name.as_str()) {
            return name;
        }
        end = at;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::{own_address, view};
    use corpus_core::{Record, Registry};

    #[test]
    fn a_copy_is_of_the_site_that_it_copies() {
        assert_eq!(
            own_address("https://web.example.org/web/2012/http://www.example.com/a"),
            "www.example.com/a"
        );
        assert_eq!(own_address("hard::example.com-a-story.html"), "example.com");
        assert_eq!(own_address("https://example.com/a"), "example.com/a");
    }

    #[test]
    fn a_view_sets_items_and_paragraphs_apart() {
        let source = "<title>Bridge</title><ul><li>Home<li>Ferries</ul><h1>Bridge opens again</h1><div>Ana Brandt</div>\
            <p>The bridge over the river opens again on Friday, a year after the flood that broke two of its piers.</p>\
            <p>The old piers will be kept on the bank as a memorial of the night on which the water came.</p>";
        let record = Record::new("a", source.as_bytes()).with_media_type("text/html");
        let documents = Registry::core().parse_all(&record);
        let (text, goals) = view(source, &documents[0]);
        assert!(text.starts_with("  • Home\n  • Ferries\n\nBridge opens again\n"), "{text}");
        assert!(goals[&text.find("The bridge").unwrap()] && !goals[&0]);
        assert!(!goals.contains_key(&text.find("Bridge opens").unwrap()));
    }
}
