//! The header of a TEI document: what it is, where its bytes came from, when it was published.

use super::xml::Xml;
use crate::{edtf::datable, text::one_line};
use corpus_core::{Document, Part, PartKind, Published};

/// Writes the header of a document.
pub(super) fn write(document: &Document, xml: &mut Xml) {
    let source = &document.source;
    let article = document.article().or_else(|| document.parts.iter().find(|part| part.kind.is_article()));
    xml.open("teiHeader", &[]);
    xml.open("fileDesc", &[]);
    xml.open("titleStmt", &[]);
    let title = article.and_then(|part| part.title.as_deref()).map(one_line);
    xml.element("title", &[], title.as_deref().unwrap_or("[untitled]"));
    for author in article.iter().flat_map(|part| &part.authors) {
        xml.element("author", &[], &one_line(author));
    }
    xml.close();
    xml.open("publicationStmt", &[]);
    xml.element("p", &[], "Exported from a corpus; the rights in the text are those of its publisher.");
    xml.close();
    xml.open("sourceDesc", &[]);
    for (index, part) in document.parts.iter().enumerate().filter(|(_, part)| part.kind.is_article()) {
        let kind = if part.kind == PartKind::Article { "article" } else { "embedded" };
        bibliography(part, kind, index, xml);
    }
    xml.open("bibl", &[("type", "source")]);
    xml.element("idno", &[("type", "corpus")], document.id.as_str());
    xml.element("idno", &[("type", "file")], &source.uri);
    if let Some(record) = &source.record {
        xml.element("idno", &[("type", "record")], &record.index.to_string());
    }
    let optional = [
        ("record-id", source.metadata.id.as_deref().or(source.record.as_ref().and_then(|r| r.id.as_deref()))),
        ("url", source.metadata.url.as_deref()),
        ("blake3", Some(source.blake3.as_str()).filter(|hash| !hash.is_empty())),
    ];
    for (kind, value) in optional {
        if let Some(value) = value {
            xml.element("idno", &[("type", kind)], value);
        }
    }
    if let Some(date) = &source.metadata.date {
        xml.element("date", &[("type", "record")], date);
    }
    xml.close();
    xml.close();
    xml.close();
    profile(document, xml);
    xml.close();
    xml.line();
}

fn bibliography(part: &Part, kind: &str, index: usize, xml: &mut Xml) {
    xml.open("bibl", &[("type", kind), ("n", &index.to_string())]);
    if let Some(title) = &part.title {
        xml.element("title", &[("level", "a")], &one_line(title));
    }
    for author in &part.authors {
        xml.element("author", &[], &one_line(author));
    }
    if let Some(site) = &part.site {
        xml.element("publisher", &[], &one_line(site));
    }
    if let Some(published) = &part.published {
        date(published, "published", xml);
    }
    if let Some(modified) = &part.modified {
        date(modified, "modified", xml);
    }
    if let Some(url) = &part.url {
        xml.element("idno", &[("type", "url")], url);
    }
    xml.close();
}

fn date(published: &Published, kind: &str, xml: &mut Xml) {
    let edtf = published.timestamp.as_ref().unwrap_or(&published.edtf);
    let mut attributes = datable(edtf);
    if let Some(bounds) = published.bounds.as_ref().filter(|_| attributes.is_empty()) {
        attributes = datable(bounds);
    }
    let mut attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    attributes.push(("type", kind));
    xml.element("date", &attributes, edtf.as_str());
}

fn profile(document: &Document, xml: &mut Xml) {
    let language = document.language.as_deref().filter(|language| is_language(language));
    let topics: Vec<_> = document.parts.iter().flat_map(|part| &part.topics).collect();
    if language.is_none() && topics.is_empty() {
        return;
    }
    xml.open("profileDesc", &[]);
    if let Some(language) = language {
        xml.open("langUsage", &[]);
        xml.element("language", &[("ident", language)], language);
        xml.close();
    }
    if !topics.is_empty() {
        xml.open("textClass", &[]);
        xml.open("keywords", &[]);
        for topic in topics {
            xml.element("term", &[], &one_line(topic));
        }
        xml.close();
        xml.close();
    }
    xml.close();
}

/// Whether a language can stand in `xml:lang`.
pub(super) fn is_language(language: &str) -> bool {
    language.split('-').enumerate().all(|(index, piece)| {
        let fits = |b: u8| b.is_ascii_alphabetic() || (index > 0 && b.is_ascii_digit());
        (1..=8).contains(&piece.len()) && piece.bytes().all(fits)
    })
}
