//! The text of an article that a page states in its JSON-LD and does not show: what stands behind a wall, or waits for a
//! script.

use super::{
    entity,
    json_ld::Value,
    likeness::folded,
    marks::{Inline, Landmarks},
    page::{Container, Line, Markup, Page},
    tag::Tag,
    words::Hints,
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    span::Span,
};

/// Shortest text that is taken from a page that shows some text, in bytes.
const LEAST: usize = 500;

/// Shortest text that is taken from a page that shows none, in bytes.
const LEAST_ALONE: usize = 24;

/// Adds the article that the JSON-LD of `page` states, where the page does not show it; says so.
pub(super) fn add(source: &str, page: &mut Page) -> Option<Diagnostic> {
    let name = memchr::memmem::Finder::new(b"articleBody");
    let scripts = page.head.json_ld.clone();
    let script = scripts.into_iter().find(|&script| name.find(source[script].as_bytes()).is_some())?;
    let values = Value::read(&source[script]);
    let body = values.iter().find_map(body)?;
    let least = if page.running_text() == 0 { LEAST_ALONE } else { LEAST };
    if body.len() < least || is_shown(page, body) {
        return None;
    }
    let markup = is_markup(body);
    let container = page.containers.len() as u32;
    let parent = (container > 0).then_some(0);
    page.containers.push(Container {
        parent,
        tag: Tag::Article,
        name: Span::new(0, 0),
        own: Hints::BODY,
        class: 0,
        language: None,
        landmarks: Landmarks::ARTICLE.with(Landmarks::BODY),
        first_line: page.lines.len() as u32,
    });
    for paragraph in body.split(['\n', '\r']) {
        if markup {
            let inner = super::render::render(paragraph, true);
            inner.lines.iter().for_each(|line| push(page, &inner.text[line.span], script, container));
        } else {
            push(page, &entity::decode(paragraph, false), script, container);
        }
    }
    let message = "the text of the article stands in the metadata of the page only";
    Some(Diagnostic::new("html.stated", Severity::Info, message))
}

/// The text of the article that a value states, or what it holds.
fn body<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    let items = || value.each().iter();
    let graph = || items().flat_map(|item| item.get("@graph").map(Value::each).unwrap_or_default());
    items().chain(graph()).find_map(|item| item.get("articleBody").and_then(Value::text))
}

/// Whether the page shows one of three pieces of `body`.
fn is_shown(page: &Page, body: &str) -> bool {
    /// Length of a piece, in letters.
    const PIECE: usize = 40;
    let letters: Vec<char> = folded(body).chars().collect();
    let shown = folded(&page.text);
    (1..=3).any(|quarter| {
        let start = letters.len() * quarter / 4;
        let piece: String = letters[start..].iter().take(PIECE).collect();
        shown.contains(&piece)
    })
}

/// Whether a text is written in HTML.
fn is_markup(text: &str) -> bool {
    ["<p>", "<br", "</a>", "<p ", "&lt;p"].iter().any(|tag| text.contains(tag))
}

/// Puts a paragraph at the end of the page.
fn push(page: &mut Page, text: &str, origin: Span, container: u32) {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return };
    if !page.text.is_empty() {
        page.text.push_str("\n\n");
    }
    let start = page.text.len();
    page.text.push_str(first);
    for word in words {
        page.text.push(' ');
        page.text.push_str(word);
    }
    let span = Span::new(start, page.text.len());
    let landmarks = Landmarks::ARTICLE.with(Landmarks::BODY);
    let markup = Markup {
        element: Tag::P,
        level: 0,
        list_depth: 0,
        ordinal: None,
        cells: (0, 0),
        n_cells: 0,
        after_break: false,
        landmarks,
        within: landmarks,
        inline: Inline::NONE,
        inline_some: Inline::NONE,
        own: Hints::NONE,
        pieces: Hints::NONE,
        near: Hints::BODY,
        around: Hints::BODY,
        chars: page.text[span].chars().count() as u32,
        link_chars: 0,
        container,
    };
    page.lines.push(Line { span, origin, markup });
}

#[cfg(test)]
mod tests {
    use crate::{Record, Registry, html::render::render, part::PartKind, role::Role};

    fn page(shown: &str) -> (String, bool) {
        let body = "The bridge over the river opens again on Friday, a year after the flood. ".repeat(8);
        let source = format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\\n\\nNext.\"}}</script>{shown}"
        );
        let source = if shown == "all" { source + "<p>" + &body } else { source };
        let mut page = render(&source, false);
        let said = super::add(&source, &mut page).is_some();
        (page.text, said)
    }

    #[test]
    fn a_text_behind_a_wall_is_read() {
        let (text, said) = page("<h1>Bridge opens again</h1><p>Subscribe to read on.");
        assert!(said && text.ends_with("after the flood.\n\nNext."), "{text}");
    }

    #[test]
    fn a_short_text_is_read_where_the_page_shows_none() {
        let body =
            "The bridge over the river opens again on Friday, a year after the flood. The ferry goes on.";
        let parse = |shown: &str| {
            let source = format!(
                "<!doctype html><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"author\":\
                 {{\"@type\":\"Person\",\"name\":\"Ana Meier\"}},\"datePublished\":\"2021-05-03\",\"articleBody\":\"{body}\"}}\
                 </script><body>{shown}"
            );
            Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0)
        };
        for shown in [
            "",
            "<div id=app></div>",
            "<nav><a href=/>Home</a> <a href=/a>About</a></nav><h1>Bridge opens</h1>",
        ] {
            let document = parse(shown);
            let text = document.blocks.iter().find(|block| block.role == Role::Paragraph).unwrap();
            assert_eq!(document.slice(text), body);
            let article = &document.parts[text.part];
            assert_eq!(article.kind, PartKind::Article);
            assert_eq!(article.title.as_deref(), Some("Bridge opens"), "{shown}");
            assert_eq!(article.authors, ["Ana Meier"]);
            assert_eq!(article.published.as_ref().unwrap().edtf.as_str(), "2021-05-03");
        }
        let shown = "<p>What the page shows is another text, which is longer than a line and is all there is to read.";
        assert!(!parse(shown).text.contains("ferry"));
    }

    #[test]
    fn a_text_that_is_shown_is_not_read_twice() {
        let (text, said) = page("all");
        assert!(!said && !text.contains("Next."));
    }
}
