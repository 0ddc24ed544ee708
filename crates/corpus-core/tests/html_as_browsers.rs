//! The HTML parser held against a browser-grade one: the same words, parted at the same places.

use corpus_core::{Parser, Record, html::Html};
use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
    "br",
];

/// Elements whose content is not shown.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "title", "template", "noscript", "textarea", "select", "svg", "iframe",
    "object",
];

/// The words a browser shows, in order.
fn browser_words(source: &str) -> Vec<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(source);
    let mut text = String::new();
    let mut stack: Vec<(Handle, bool)> = vec![(dom.document.clone(), false)];
    while let Some((node, is_end)) = stack.pop() {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name, .. } => {
                let name = name.local.as_ref();
                if BLOCKS.contains(&name) {
                    text.push(' ');
                }
                if is_end || UNSEEN.contains(&name) {
                    continue;
                }
                stack.push((node.clone(), true));
                stack.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), false)));
            }
            NodeData::Document => {
                stack.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), false)))
            }
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

/// The words of the document.
fn our_words(source: &str) -> Vec<String> {
    let documents = Html.parse_all(&Record::new("page.html", source.as_bytes()));
    documents[0].text.split_whitespace().map(str::to_owned).collect()
}

/// A piece of a page: a start tag, an end tag or a word, out of order and unbalanced. No word is a number: those are
/// kept from running into what stands beside them, which a browser's text does not show.
fn piece() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "a href=x",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "section",
        "article",
        "blockquote",
        "pre",
        "button",
        "header",
        "aside",
        "figure",
        "figcaption",
        "code",
        "small",
        "time",
        "x-y",
        "br",
        "hr",
        "img src=a",
        "input",
        "wbr",
        "font color=red",
        "center",
        "address",
        "summary",
        "details",
        "main",
        "nav",
        "u",
    ]);
    let ends = prop::sample::select(vec![
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "section",
        "article",
        "blockquote",
        "pre",
        "button",
        "header",
        "aside",
        "figure",
        "figcaption",
        "code",
        "small",
        "time",
        "x-y",
        "br",
        "font",
        "center",
        "address",
        "summary",
        "details",
        "main",
        "nav",
        "u",
        "body",
        "html",
        "head",
    ]);
    let words = prop::sample::select(vec![
        "rain ",
        " sun",
        "wind",
        " ",
        "\n",
        "&amp;",
        "&eacute;t&eacute; ",
        "&#8212;",
        "a&nbsp;b",
        "<",
        "one < two ",
        "&copy",
        "<!-- no -->",
        "<script>var no = '<p>';</script>",
        "<style>p{}</style>",
        "<!doctype html>",
        "<noscript><p>no</noscript>",
        "</>",
        "<?no?>",
        "<textarea>no</textarea>",
        "<title>no</title>",
        "<svg><path/><text>no</text></svg>",
        "<![CDATA[no]]>",
    ]);
    prop_oneof![
        3 => tags.prop_map(|tag| format!("<{tag}>")),
        3 => ends.prop_map(|tag| format!("</{tag}>")),
        4 => words.prop_map(str::to_owned),
    ]
}

/// A table with a piece or two in each cell, well formed but for the ends left out.
fn table() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(
        (prop::sample::select(vec!["<td>", "<th>"]), "[a-z]{1,5}", any::<bool>()),
        1..4,
    );
    prop::collection::vec(row, 1..4).prop_map(|rows| {
        let mut table = String::from("<table>");
        for row in rows {
            table.push_str("<tr>");
            for (cell, word, closes) in row {
                table.push_str(cell);
                table.push_str(&word);
                table.push_str(if closes { "</td>" } else { "" });
            }
        }
        table + "</table>"
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn tag_soup_gives_the_words_a_browser_shows(pieces in prop::collection::vec(piece(), 0..40)) {
        let source = format!("<body>{}", pieces.concat());
        prop_assert_eq!(our_words(&source), browser_words(&source), "{}", source);
    }

    #[test]
    fn any_text_at_all_parses(source in "\\PC{0,200}", soup in prop::collection::vec(piece(), 0..10)) {
        for source in [source.clone(), soup.concat() + &source, format!("<{source}>"), format!("<a b={source}")] {
            let documents = Html.parse_all(&Record::new("page.html", source.as_bytes()));
            for block in &documents[0].blocks {
                prop_assert!(!documents[0].slice(block).trim().is_empty());
                let origin = block.origin.expect("a block of a page has an origin");
                prop_assert!(source.is_char_boundary(origin.start) && origin.end <= source.len());
            }
            prop_assert!(documents[0].blocks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }

    #[test]
    fn tables_give_the_words_a_browser_shows(before in "[a-z]{1,5}", table in table(), after in "[a-z]{1,5}") {
        let source = format!("<p>{before}{table}{after}");
        prop_assert_eq!(our_words(&source), browser_words(&source), "{}", source);
    }
}
