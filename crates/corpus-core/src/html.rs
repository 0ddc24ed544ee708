//! The parser of HTML: pages as browsers read them, broken ones included.

mod assemble;
mod authors;
mod charset;
mod dates;
mod entity;
mod entity_table;
mod graph;
mod json_ld;
mod kind;
mod likeness;
mod lookup;
mod marks;
mod metadata;
mod page;
mod region;
mod render;
mod roles;
mod stack;
mod stated;
mod tag;
mod thread;
mod title;
mod tokenizer;
mod words;

use self::{metadata::Metadata, page::Page, region::Region, roles::Decision, tag::Tag};
use crate::{
    assemble::folded,
    diagnostic::{Diagnostic, Severity},
    document::Document,
    encoding,
    id::DocumentId,
    language,
    parser::Parser,
    part::{Part, PartKind},
    record::Record,
    role::Role,
    trees::{Table, Trees},
};
use std::borrow::Cow;

/// Reads HTML pages.
///
/// # What it reads
/// HTML and XHTML as browsers do with scripting on: tags left open or crossed, character references, encodings by
/// byte-order mark, container, `<meta>` and detection. The text has one block a line, blocks parted by an empty line,
/// list items, table rows and lines parted by `<br>` by a line feed alone; white space is folded except in `<pre>`,
/// whose line feeds stay within a block and whose blank lines part blocks. The cells of a row stand on one line, parted by
/// tabs, unless the table lays out a page. Paragraphs that a word processor made headings or items of lists are such, without
/// the marks that it wrote as text. A block's `origin` is its byte range in the decoded source.
///
/// # What it leaves out
/// Scripts, styles, templates, `noscript`, form controls, SVG, the content that media elements show in their own
/// absence, and what `hidden` or the element's own style keeps from view, all counted in one diagnostic. A page that
/// shows no text until a script runs is read with what it hides; one whose article stands in its JSON-LD only is read with
/// that at its end. The addresses of links beyond 4,096 or one for each
/// 128 bytes of source, whichever is more.
///
/// # Known misses
/// Style sheets are not read, so what they hide is shown and what they move stays in source order. Text set loose
/// between the rows of a table stays where it stands in the source; browsers move it before the table.
///
/// # Source
/// The HTML Standard, chapter 13, "The HTML syntax".
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Parser for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn description(&self) -> &'static str {
        "HTML pages, broken ones as browsers read them"
    }

    fn media_types(&self) -> &'static [&'static str] {
        &["text/html", "application/xhtml+xml"]
    }

    fn sniff(&self, bytes: &[u8]) -> bool {
        looks_like_html(bytes)
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        parse(record, &roles::SHIPPED, sink);
    }
}

pub use roles::{N_FEATURES as FEATURES, N_FIRST as FIRST_FEATURES, N_RUNS, TextModel};

/// [`Html`] with another model than the one that ships, to measure it.
#[derive(Clone, Debug)]
pub struct Weighted(pub TextModel);

impl Parser for Weighted {
    fn name(&self) -> &'static str {
        Html.name()
    }

    fn description(&self) -> &'static str {
        Html.description()
    }

    fn media_types(&self) -> &'static [&'static str] {
        Html.media_types()
    }

    fn sniff(&self, bytes: &[u8]) -> bool {
        Html.sniff(bytes)
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        parse(record, &self.0, sink);
    }
}

/// The lines of a page and their features, those that know what the trees `first` say among them: what the model of the
/// main text is trained on.
pub fn features(source: &str, first: Option<&Trees>) -> (Vec<String>, Table) {
    let (page, _) = read(source);
    let region = Region::find(&page);
    let metadata = Metadata::gather(source, &page, &region);
    let table = roles::features(&page, &metadata, &region, first);
    (page.lines.iter().map(|line| page.text[line.span].to_owned()).collect(), table)
}

fn parse(record: &Record<'_>, model: &TextModel, sink: &mut dyn FnMut(Document)) {
    let label = record.charset.as_deref().map(Cow::Borrowed).or_else(|| charset::named(&record.bytes));
    let (source, mut diagnostics) = encoding::decode(&record.bytes, label.as_deref());
    let (page, stated) = read(&source);
    let region = Region::find(&page);
    let metadata = Metadata::gather(&source, &page, &region);
    let decisions = roles::label_lines(&page, &metadata, &region, model);
    diagnostics.extend(page.omitted.diagnostic());
    diagnostics.extend(page.omitted.links_diagnostic());
    diagnostics.extend(stated);
    let provenance = record.source("text/html");
    let mut document = Document::new(DocumentId::of(&provenance, None), provenance, String::new());
    document.diagnostics = diagnostics;
    let stated = metadata.language.as_ref().and_then(|stated| language_tag(&stated.value));
    document.language = match &stated {
        Some(stated) => match other_language(&page, &decisions, stated) {
            Some(told) => {
                let message = format!("the page says that it is in {stated}; its text is in {told}");
                document.diagnostics.push(Diagnostic::new("html.language", Severity::Info, message));
                Some(Cow::Borrowed(told))
            }
            None => Some(Cow::Owned(stated.clone())),
        },
        None => language::detect(&page.text).map(Cow::Borrowed),
    };
    assemble::assemble(&mut document, &source, &page, &metadata, &decisions, &region);
    let unnamed = |part: &&mut Part| part.kind == PartKind::Article && part.title.is_none();
    if let (Some(title), Some(part)) = (&record.title, document.parts.iter_mut().find(unnamed)) {
        part.title = Some(folded(title)).filter(|title| !title.is_empty());
    }
    document.text = page.text;
    sink(document);
}

/// The language of the article where it surely is another than the page states: many themes state English.
fn other_language(page: &Page, decisions: &[Decision], stated: &str) -> Option<&'static str> {
    /// Shortest text, in bytes, that is heard against the page.
    const ENOUGH: usize = 400;
    let is_told =
        |decision: &Decision| decision.part == PartKind::Article && decision.role == Role::Paragraph;
    let first = decisions.iter().position(is_told)?;
    let last = decisions.iter().rposition(is_told)?;
    let text = page.text.get(page.lines[first].span.start..page.lines[last].span.end)?;
    if text.len() < ENOUGH { None } else { language::detect_against(text, stated) }
}

/// Renders a page; one that hides its text until a script shows it is rendered with what it hides, and one that states
/// its text in its metadata only, with that.
fn read(source: &str) -> (Page, Option<Diagnostic>) {
    let mut page = shown(source);
    let stated = stated::add(source, &mut page);
    (page, stated)
}

fn shown(source: &str) -> Page {
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

/// Whether bytes look like HTML: a doctype or a root at the start, or a good share of well-known tags.
fn looks_like_html(bytes: &[u8]) -> bool {
    const WINDOW: usize = 4096;
    const STARTS: &[&[u8]] = &[b"<!doctype html", b"<html", b"<head", b"<body"];
    let window = &bytes[..bytes.len().min(WINDOW)];
    let window = window.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(window);
    let starts_as = |bytes: &[u8], start: &[u8]| {
        bytes.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
    };
    let mut tags = 0;
    let mut from = 0;
    let mut is_first = true;
    let mut passed = 0;
    while let Some(offset) = memchr::memchr(b'<', &window[from..]) {
        let rest = &window[from + offset..];
        is_first &= window[passed..from + offset].trim_ascii().is_empty();
        if STARTS.iter().any(|start| starts_as(rest, start)) && (is_first || starts_as(rest, b"<!doctype")) {
            return true;
        }
        if rest.starts_with(b"<!--") {
            from += offset + memchr::memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
            passed = from;
            continue;
        }
        if rest.starts_with(b"<?") || rest.starts_with(b"<!") {
            from += offset + memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1);
            passed = from;
            continue;
        }
        is_first = false;
        let name = rest[1..].strip_prefix(b"/").unwrap_or(&rest[1..]);
        let length = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
        let closes =
            name.get(length).is_some_and(|&byte| byte == b'>' || byte == b'/' || tokenizer::is_space(byte));
        // RSS and Atom have links and titles too.
        let known = !matches!(
            Tag::named(&name[..length]),
            Tag::Other | Tag::Title | Tag::Link | Tag::Source | Tag::Summary
        );
        tags += usize::from(length > 0 && closes && known);
        from += offset + 1;
    }
    tags >= 8
        && !starts_as(window.trim_ascii_start(), b"<?xml")
        && !starts_as(window.trim_ascii_start(), b"<rss")
}

/// A BCP 47 tag as pages write it: `en_US` and `EN-us` are `en-US`; `None` for what is none.
fn language_tag(written: &str) -> Option<String> {
    let mut parts = written.trim().split(['-', '_']);
    let primary = parts
        .next()
        .filter(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let mut tag = primary.to_ascii_lowercase();
    if let Some(region) =
        parts.next().filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::{language_tag, looks_like_html};
    use crate::{Record, Registry};

    #[test]
    fn the_record_names_a_page_that_does_not() {
        let title = |page: &str| {
            let mut record = Record::new("a.html", page.as_bytes()).with_media_type("text/html");
            record.title = Some("The last\n ferry".into());
            Registry::core().parse_all(&record)[0].parts[0].title.clone()
        };
        let text = "<p>The ferry left the quay at nine in the evening, and nobody who saw it go knew it was the last.";
        assert_eq!(title(text).as_deref(), Some("The last ferry"));
        assert_eq!(title(&format!("<h1>Nobody knew</h1>{text}")).as_deref(), Some("Nobody knew"));
    }

    #[test]
    fn html_is_known_by_its_start_or_its_tags() {
        assert!(looks_like_html(b"\xEF\xBB\xBF \n<!DOCTYPE HTML><p>"));
        assert!(looks_like_html(b"<!-- saved --><html lang=en>"));
        assert!(looks_like_html("<p>a</p>".repeat(8).as_bytes()));
        assert!(!looks_like_html(b"A text that says <html> somewhere and 1 < 2."));
        assert!(!looks_like_html(
            b"<?xml version=\"1.0\"?><rss><channel><title>a</title><link>b</link></channel></rss>"
        ));
        assert!(!looks_like_html(b""));
    }

    #[test]
    fn the_language_of_the_text_goes_before_the_one_that_a_theme_states() {
        let german = "<p>Die Fähre fährt seit Montag wieder, und die Geschäfte der Insel hoffen auf die Gäste des Sommers. \
            Das Dach der alten Halle ist nicht mehr dicht, aber niemand hat das Geld für ein neues. \
            <p>Der Kapitän sagt, dass die neue Maschine nur halb so laut ist wie die alte, und dass niemand den Rauch \
            vermissen wird. Er war in den letzten Jahren oft der einzige, der bei Wind noch gefahren ist. \
            <p>Auch die Schule der Insel hat sich auf den Tag gefreut, weil die Kinder nun nicht mehr mit dem kleinen Boot \
            fahren müssen, das bei jedem Sturm im Hafen liegen bleibt.";
        let page = |stated: &str, text: &str| {
            let html = format!("<html lang={stated}><title>x</title><article><h1>x</h1>{text}");
            let record = Record::new("page.html", html.as_bytes()).with_media_type("text/html");
            let document = Registry::core().parse_all(&record).remove(0);
            let is_told = document.diagnostics.iter().any(|diagnostic| diagnostic.code == "html.language");
            (document.language.unwrap().into_owned(), is_told)
        };
        assert_eq!(page("en-US", german), ("de".to_owned(), true));
        assert_eq!(page("de-AT", german), ("de-AT".to_owned(), false));
        assert_eq!(page("gsw", german), ("gsw".to_owned(), false), "nobody here knows what it looks like");
        assert_eq!(page("fr", "<p>Ferry"), ("fr".to_owned(), false));
    }

    #[test]
    fn languages_are_written_one_way() {
        assert_eq!(language_tag("EN_us").as_deref(), Some("en-US"));
        assert_eq!(language_tag("zh-Hans-CN").as_deref(), Some("zh"));
        assert_eq!(language_tag("english"), None);
    }
}
