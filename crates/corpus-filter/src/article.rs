//! The text of a page that is filtered: all of it, or its article without what stands around it.

use crate::{
    config::{Keep, Text},
    notes::{Found, Notes},
};
use corpus_core::{Document, PartKind, Role};
use std::borrow::Cow;

pub(crate) const NAME: &str = "text";

/// The text of `document` that `config` keeps, a block a line; what is left out is counted by role.
pub(crate) fn text<'d>(document: &'d Document, config: &Text, notes: &mut Notes) -> Cow<'d, str> {
    let keep = match config.keep {
        Keep::Auto if is_markup(&document.source.media_type) => Keep::Article,
        Keep::Auto => Keep::Page,
        keep => keep,
    };
    let takes_part = |kind: PartKind| match keep {
        Keep::Auto | Keep::Page => true,
        Keep::Article => kind == PartKind::Article,
        Keep::Articles => kind.is_article(),
    };
    let takes_role = |role: Role| match config.roles.is_empty() {
        true => keep == Keep::Page || role.is_text(),
        false => config.roles.contains(&role),
    };
    if keep == Keep::Page && config.roles.is_empty() {
        return Cow::Borrowed(&document.text);
    }
    let mut kept = String::with_capacity(document.text.len());
    let mut left_out = [0_u64; Role::ALL.len()];
    for block in &document.blocks {
        if takes_part(document.part_of(block).kind) && takes_role(block.role) {
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(document.slice(block));
        } else if let Some(count) = left_out.get_mut(block.role as usize) {
            *count += 1;
        }
    }
    let mut notes = notes.stage(NAME);
    for (role, count) in Role::ALL.iter().zip(left_out) {
        notes.changed(role.as_str(), count);
    }
    if kept.is_empty() {
        notes.drop("keep", Found::Name("no such text".to_owned()), None);
    }
    if kept == document.text { Cow::Borrowed(&document.text) } else { Cow::Owned(kept) }
}

/// Whether a media type is that of pages of markup, with menus and all.
fn is_markup(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Record, Registry};

    const PAGE: &str = "Home\nNews\nSport\n\nThe harbour is shut\n\nBy Ada Lind\n\nThe harbour of Skagsund froze on Monday \
        night, and no ferry has left since then, the port said.\n\nThe ice is forty centimetres thick, and it grows every \
        night.\n\nRead also\n\nIce-breaker on its way\n\n© Harbour News. All rights reserved.\n";

    fn kept(config: &Text) -> (String, Notes) {
        let documents = Registry::core().parse_all(&Record::new("page.txt", PAGE.as_bytes()));
        let mut notes = Notes::default();
        (text(&documents[0], config, &mut notes).into_owned(), notes)
    }

    #[test]
    fn an_article_is_kept_without_what_stands_around_it() {
        let (text, notes) = kept(&Text { keep: Keep::Article, roles: Vec::new() });
        assert!(text.starts_with("The harbour is shut\nThe harbour of Skagsund"), "{text}");
        assert!(text.ends_with("grows every night."), "{text}");
        assert!(notes.changes.iter().any(|change| change.rule == "legal" && change.count == 1), "{notes:?}");
        let (text, _) = kept(&Text { keep: Keep::Article, roles: vec![Role::Title] });
        assert_eq!(text, "The harbour is shut");
        assert_eq!(kept(&Text::default()).0, PAGE);
    }

    #[test]
    fn of_markup_the_article_is_kept_where_nothing_else_is_asked_for() {
        let html = b"<html><head><title>The harbour is shut</title></head><body><ul><li><a href='/'>Home</a><li>\
            <a href='/n'>News</a></ul><article><h1>The harbour is shut</h1><p>The harbour of Skagsund froze on Monday \
            night, and no ferry has left since then, the port said.</p><p>The ice is forty centimetres thick, and it \
            grows every night, so that the port will stay shut until the end of the month.</p></article></body></html>";
        let record = Record::new("page.html", html).with_media_type("text/html");
        let documents = Registry::core().parse_all(&record);
        let of = |keep: Keep| {
            text(&documents[0], &Text { keep, roles: Vec::new() }, &mut Notes::default()).into_owned()
        };
        assert!(of(Keep::Page).contains("Home"));
        assert_eq!(of(Keep::Auto), of(Keep::Article));
        assert!(!of(Keep::Auto).contains("Home"));
    }

    #[test]
    fn a_page_without_such_text_is_dropped() {
        let (_, notes) = kept(&Text { keep: Keep::Article, roles: vec![Role::Code] });
        assert_eq!(notes.reason.unwrap().to_string(), "text.keep: no such text");
    }
}
