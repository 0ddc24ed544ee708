//! From items to documents.

use crate::{
    Feed,
    item::{Item, Stated},
    markup, sniff,
    written::Written,
};
use corpus_core::{
    Block, Diagnostic, Document, DocumentId, Evidence, Method, Parser, Part, PartKind, Place, Published,
    Record, Role, Severity, Source, Span, date, html::Html, language,
};
use std::{borrow::Cow, collections::HashSet};

/// Makes documents of the items of one feed.
pub(crate) struct Articles<'a> {
    parser: &'a Feed,
    /// The feed's own source.
    source: Source,
    /// Bytes before the decoded feed, where the rest of the record is the decoded feed.
    n_before: u64,
    /// Remarks on the feed as a whole.
    remarks: Vec<Diagnostic>,
    locators: HashSet<String>,
    n_items: u64,
}

impl<'a> Articles<'a> {
    /// Documents of the feed `decoded` from `record`, each with `remarks`.
    pub(crate) fn new(
        parser: &'a Feed,
        record: &Record<'_>,
        decoded: &str,
        mut remarks: Vec<Diagnostic>,
    ) -> Self {
        // Their spans are of the feed's text, which is no document's.
        remarks.iter_mut().for_each(|remark| remark.span = None);
        let n_before = record.bytes.strip_suffix(decoded.as_bytes()).map_or(0, |before| before.len() as u64);
        let source = record.source(sniff::media_type(decoded));
        Articles { parser, source, n_before, remarks, locators: HashSet::new(), n_items: 0 }
    }

    /// How many items there were so far.
    pub(crate) const fn n_items(&self) -> u64 {
        self.n_items
    }

    /// The document of a feed without items.
    pub(crate) fn feed(&self, feed: Item) -> Document {
        let mut document = self.read(&feed, DocumentId::of(&self.source, None), self.source.clone());
        self.describe(&mut document, &Item::default(), &feed);
        let remark = Diagnostic::new("feed.empty", Severity::Info, "the feed has no items");
        document.diagnostics.push(remark);
        document
    }

    /// The document of the next item of `feed`.
    pub(crate) fn document(&mut self, feed: &Item, item: Item) -> Document {
        let locator = self.locator(&item);
        let id = DocumentId::of(&self.source, Some(&locator));
        let mut source = self.source.clone();
        let mut place = source.record.take().unwrap_or_else(|| Place {
            index: self.n_items,
            offset: item.offset.map_or(0, |offset| self.n_before + offset as u64),
            id: None,
        });
        place.id = Some(locator);
        source.record = Some(place);
        let metadata = &mut source.metadata;
        metadata.id = item.id.clone().or(metadata.id.take());
        metadata.url = item.link.get().cloned().or(metadata.url.take());
        let date = item.published.get().or(item.modified.get()).map(|stated| stated.value.clone());
        metadata.date = metadata.date.take().or(date);
        self.n_items += 1;
        let mut document = self.read(&item, id, source);
        self.describe(&mut document, feed, &item);
        document
    }

    /// What names an item in its feed: its id, its link or its number, and its number as well where
    /// another has that name.
    fn locator(&mut self, item: &Item) -> String {
        let named = item.id.as_ref().or(item.link.get());
        let mut locator = named.cloned().unwrap_or_else(|| format!("item {}", self.n_items));
        while !self.locators.insert(locator.clone()) {
            locator = format!("{locator} (item {})", self.n_items);
        }
        locator
    }

    /// The text and blocks of an item: its title, then its content as the parser of its kind reads it.
    fn read(&self, item: &Item, id: DocumentId, source: Source) -> Document {
        let title = item.title.get().map(markup::line).filter(|title| !title.is_empty());
        let title = title.as_deref();
        let content = item.content.get();
        let markup = content.and_then(|content| Some((content, markup::of(content)?)));
        // What else looked like a title is a heading where there is markup, and a sentence where there is none.
        let demoted = if markup.is_some() { Role::Heading } else { Role::Paragraph };
        let mut document = match markup {
            Some((content, markup)) => self.read_markup(title, content, markup),
            None => self.read_plain(title, content),
        };
        document.id = id;
        document.source = source;
        if let Some(title) = title {
            head(&mut document, title, item.title.get().and_then(Written::whole_origin), demoted);
        }
        if document.language.is_none() {
            document.language = language::detect(&document.text).map(Cow::Borrowed);
        }
        document
    }

    fn read_markup(&self, title: Option<&str>, content: &Written, markup: Cow<'_, str>) -> Document {
        let head = title.map_or_else(String::new, |title| {
            let title = title.replace('&', "&amp;").replace('<', "&lt;");
            format!("<h1>{title}</h1>")
        });
        // Words without an element around them are a paragraph.
        let head = format!("<article>{head}<p>");
        let mut document = self.parse(&Html, format!("{head}{markup}"));
        for block in &mut document.blocks {
            let inside = block.origin.and_then(|origin| {
                Some(Span::new(origin.start.checked_sub(head.len())?, origin.end.checked_sub(head.len())?))
            });
            block.origin = match inside {
                Some(inside) if matches!(markup, Cow::Borrowed(_)) => content.origin(inside),
                _ => content.whole_origin(),
            };
        }
        document
    }

    fn read_plain(&self, title: Option<&str>, content: Option<&Written>) -> Document {
        let head = title.map_or_else(String::new, |title| format!("{title}\n\n"));
        let text = content.map_or("", |content| content.text.trim_end());
        // At the start of a record a byte-order mark is not text.
        let body = text.trim_start_matches('\u{feff}');
        let n_marks = text.len() - body.len();
        let mut document = self.parse(self.parser.text(), format!("{head}{body}"));
        if title.is_none() {
            for block in document.blocks.iter_mut().filter(|block| block.role == Role::Title) {
                block.role = Role::Paragraph;
                block.why = "the item has no title".into();
            }
            document.parts.iter_mut().for_each(|part| part.title = None);
        }
        for block in &mut document.blocks {
            block.origin = block.span.start.checked_sub(head.len()).and_then(|start| {
                let end = block.span.end - head.len();
                content?.origin(Span::new(n_marks + start, n_marks + end))
            });
        }
        document
    }

    /// The one document that `parser` makes of `text`.
    fn parse(&self, parser: &dyn Parser, text: String) -> Document {
        let record = Record { charset: Some("utf-8".into()), ..Record::new("", text.into_bytes()) };
        let empty = || Document::new(DocumentId::of(&self.source, None), Source::default(), String::new());
        parser.parse_all(&record).into_iter().next().unwrap_or_else(empty)
    }

    /// Puts in what the item, and the feed around it, say of the article.
    fn describe(&self, document: &mut Document, feed: &Item, item: &Item) {
        let index = article(document);
        let part = &mut document.parts[index];
        if let Some(title) = item.title.get().map(markup::line).filter(|title| !title.is_empty()) {
            part.title = Some(title);
        }
        if let Some(authors) = [item, feed].iter().map(|of| &of.authors).find(|authors| !authors.is_empty()) {
            part.authors.clone_from(authors);
        }
        part.site = feed.title.get().map(markup::line).filter(|site| !site.is_empty()).or(part.site.take());
        part.url = item.link.get().cloned().or(part.url.take());
        if !item.topics.is_empty() {
            part.topics.clone_from(&item.topics);
        }
        let link = || {
            let value = item.link.get()?.clone();
            let date = date::find_in_url(&value)?;
            let evidence = Evidence::Field { field: "item.link".to_owned(), value };
            Some(Published::new(date, Method::Url, evidence))
        };
        let published = item.published.get().and_then(stated);
        part.published = published.or(part.published.take()).or_else(link);
        part.modified = item.modified.get().and_then(stated).or(part.modified.take());
        if document.language.is_none() {
            let said = item.language.as_deref().or(feed.language.as_deref());
            document.language = said.and_then(primary_language).map(Cow::Owned);
        }
        if document.text.trim().is_empty() {
            let remark = Diagnostic::new("feed.empty", Severity::Info, "neither title nor text");
            document.diagnostics.push(remark);
        }
        document.diagnostics.extend(self.remarks.iter().chain(&item.remarks).cloned());
    }
}

/// Makes the first block the title, as which the item was read, and `demoted` of what else of the article was one.
fn head(document: &mut Document, title: &str, origin: Option<Span>, demoted: Role) {
    let span = Span::new(0, title.len());
    if document.blocks.first().is_none_or(|block| block.span != span) {
        return;
    }
    let index = article(document);
    for block in &mut document.blocks[1..] {
        if block.part == index && block.role == Role::Title {
            block.role = demoted;
            block.level = if demoted == Role::Heading { block.level.or(Some(2)) } else { None };
            block.why = "the item has another title".into();
        }
    }
    let mut block = Block::new(span, Role::Title);
    block.part = index;
    block.level = Some(1);
    block.why = "the item's title".into();
    block.origin = origin;
    document.blocks[0] = block;
}

/// The index of the article among the parts; where there was none, there is one now, the first.
fn article(document: &mut Document) -> usize {
    if let Some(index) = document.parts.iter().position(|part| part.kind == PartKind::Article) {
        return index;
    }
    document.parts.insert(0, Part::new(PartKind::Article));
    document.blocks.iter_mut().for_each(|block| block.part += 1);
    0
}

fn stated(stated: &Stated) -> Option<Published> {
    let evidence = Evidence::Field { field: stated.field.clone(), value: stated.value.clone() };
    Some(Published::new(date::read_stamp(&stated.value)?, Method::Metadata, evidence))
}

/// The language of a tag, without region: `en` of `en-US`.
fn primary_language(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
    (matches!(primary.len(), 2 | 3) && primary.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(primary)
}
