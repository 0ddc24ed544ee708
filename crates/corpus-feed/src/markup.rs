//! Whether a text is markup, and what it says without.

use crate::written::{Form, Written};
use corpus_core::{Parser, Record, html::Html};
use memchr::memmem;
use std::borrow::Cow;

/// The tags by which markup is told.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// As much of a text as is looked at for its first tag.
const LOOK: usize = 1 << 16;

/// The markup that a text is; `None` where it is plain text. Markup that was escaped once too often is unescaped, and
/// then owned.
pub(crate) fn of(written: &Written) -> Option<Cow<'_, str>> {
    let text = written.text.as_str();
    if written.form == Form::Plain {
        return None;
    }
    let has_tag = has_tag(text, "<", ">");
    if !has_tag && self::has_tag(text, "&lt;", "&gt;") {
        return Some(Cow::Owned(unescape(text)));
    }
    (has_tag || written.form == Form::Markup || has_reference(text)).then_some(Cow::Borrowed(text))
}

/// What a text says in one line, white space folded.
pub(crate) fn line(written: &Written) -> String {
    let text = written.text.as_str();
    let is_markup = match written.form {
        Form::Plain => false,
        Form::Markup => text.contains(['<', '&']),
        Form::Either => has_tag(text, "<", ">") || has_reference(text),
    };
    if !is_markup {
        return folded(text);
    }
    let record = Record { charset: Some("utf-8".into()), ..Record::new("", text.as_bytes()) };
    let mut line = String::new();
    Html.parse(&record, &mut |document| line = folded(&document.text));
    line
}

fn folded(text: &str) -> String {
    text.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has a tag of HTML between `open` and `close`.
fn has_tag(text: &str, open: &str, close: &str) -> bool {
    let look = &text.as_bytes()[..text.len().min(LOOK)];
    memmem::find_iter(look, open).take(256).any(|at| {
        let rest = &look[at + open.len()..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let n_letters = rest.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let (name, after) = rest.split_at(n_letters);
        let is_ended = after.starts_with(close.as_bytes())
            || after.first().is_some_and(|byte| *byte == b'/' || byte.is_ascii_whitespace());
        is_ended && TAGS.iter().any(|tag| tag.as_bytes().eq_ignore_ascii_case(name))
    })
}

/// Whether a text has a character reference: `&nbsp;`, `&#8217;`.
fn has_reference(text: &str) -> bool {
    text.match_indices('&').take(256).any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let rest = rest.strip_prefix(b"#").unwrap_or(rest);
        let n_letters = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        n_letters > 1 && rest.get(n_letters) == Some(&b';')
    })
}

/// Resolves the references of XML, once.
fn unescape(text: &str) -> String {
    const REFERENCES: &[(&str, &str)] =
        &[("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        unescaped.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference));
        let (reference, meaning) = known.copied().unwrap_or(("&", "&"));
        unescaped.push_str(meaning);
        rest = &rest[reference.len()..];
    }
    unescaped + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(text: &str) -> Option<String> {
        of(&Written::new(text, Form::Either)).map(Cow::into_owned)
    }

    #[test]
    fn markup_is_told_by_its_tags_and_references() {
        assert_eq!(markup("Tea at <B>noon</B>").as_deref(), Some("Tea at <B>noon</B>"));
        assert_eq!(markup("Fish&nbsp;and chips").as_deref(), Some("Fish&nbsp;and chips"));
        assert_eq!(markup("a < b, Vec<T> and <unknown>"), None);
        assert_eq!(markup("Fish & chips; rain"), None);
        assert_eq!(of(&Written::new("<p>", Form::Plain)), None);
    }

    #[test]
    fn what_was_escaped_twice_is_unescaped() {
        assert_eq!(markup("&lt;p&gt;a &amp;amp; b&lt;/p&gt;").as_deref(), Some("<p>a &amp; b</p>"));
        // Not where it is text of markup.
        assert_eq!(markup("<p>Write &lt;p&gt;.</p>").as_deref(), Some("<p>Write &lt;p&gt;.</p>"));
    }

    #[test]
    fn a_line_has_no_markup() {
        let line = |text: &str| line(&Written::new(text, Form::Either));
        assert_eq!(line("Fish &amp; <i>chips</i>\n daily"), "Fish & chips daily");
        assert_eq!(line(" AT&T  grows "), "AT&T grows");
    }
}
