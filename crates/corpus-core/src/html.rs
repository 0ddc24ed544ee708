//! The parser of HTML: pages as browsers read them, broken ones included.

mod assemble;
mod dates;
mod entity;
mod entity_table;
mod json_ld;
mod lookup;
mod marks;
mod metadata;
mod names;
mod page;
mod region;
mod render;
mod roles;
mod stack;
mod tag;
mod tokenizer;
mod words;

use crate::{document::Document, encoding, id::DocumentId, language, parser::Parser, record::Record};

/// Reads HTML pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Parser for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn description(&self) -> &'static str {
        "HTML pages"
    }

    fn media_types(&self) -> &'static [&'static str] {
        &["text/html", "application/xhtml+xml"]
    }

    fn sniff(&self, bytes: &[u8]) -> bool {
        let _ = bytes;
        false
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        let (source, diagnostics) = encoding::decode(&record.bytes, record.charset.as_deref());
        let mut page = read(&source);
        let metadata = metadata::Metadata::gather(&source, &page);
        let region = region::Region::find(&page);
    let decisions = roles::label_lines(&page, &metadata, &region);
        let provenance = record.source("text/html");
        let text = std::mem::take(&mut page.text);
        let mut document = Document::new(DocumentId::of(&provenance, None), provenance, text);
        page.text = document.text.clone();
        document.diagnostics = diagnostics;
        document.language = language::detect(&document.text).map(Into::into);
        assemble::assemble(&mut document, &source, &page, &metadata, &decisions, &region);
        sink(document);
    }
}

/// Renders a page; one that hides its text until a script shows it is rendered with what it hides.
fn read(source: &str) -> page::Page {
    /// Running text of a page that needs no second look, in characters.
    const ENOUGH: usize = 800;
    let page = render::render(source, false);
    let shown = page.running_text();
    let omitted = page.omitted;
    if shown < ENOUGH && omitted.hidden_bytes + omitted.noscript_bytes / 4 > shown.max(200) {
        let whole = render::render(source, true);
        if whole.running_text() > shown * 3 + 200 {
            return whole;
        }
    }
    page
}

/// Dump lines.
pub fn dump(source: &str) -> String {
    let page = read(source);
    let metadata = metadata::Metadata::gather(&source, &page);
    let region = region::Region::find(&page);
    let decisions = roles::label_lines(&page, &metadata, &region);
    let mut out = String::new();
    for (line, d) in page.lines.iter().zip(&decisions) {
        let m = &line.markup;
        out += &format!("{:?}/{} [{}] {:?} {:?} {} ld{} d{} c{} own{:?} near{:?} lm{:?} in{:?}\n", d.role, d.part.as_str().get(..3).unwrap_or(""), d.why, page.text[line.span].chars().take(100).collect::<String>(), m.element, m.chars, m.link_chars, m.depth, m.container, m.own.with(m.pieces), m.near, m.landmarks, m.inline_some);
    }
    out += &format!("{metadata:#?}");
    out
}
/// Text.
pub fn text(source: &str) -> usize {
    render::render(source, false).text.len()
}
/// Titles.
pub fn titles(source: &str) -> Vec<(String, String)> {
    let page = read(source);
    let metadata = metadata::Metadata::gather(source, &page);
    let region = region::Region::find(&page);
    let decisions = roles::label_lines(&page, &metadata, &region);
    let site = metadata.site.as_ref().map(|s| s.value.clone()).unwrap_or_default();
    let mut v: Vec<(String, String)> = metadata.titles.iter().map(|t| (t.field.to_string(), t.value.clone())).collect();
    if let Some(i) = decisions.iter().position(|d| d.role == crate::Role::Title) { let l = &page.lines[i]; v.push((format!("line{}", l.markup.level), page.text[l.span].to_string())); }
    v.push(("site".into(), site));
    v
}
