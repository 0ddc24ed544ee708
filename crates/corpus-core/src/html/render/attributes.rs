//! The attributes of a start tag: what they say of the element and of its text.

use crate::{
    fnv,
    html::{
        marks::{Inline, Landmarks},
        page::FieldKind,
        render::style::Style,
        tag::Tag,
        tokenizer::Tokenizer,
        words::{self, Hints},
    },
    span::Span,
};

/// What the attributes of a start tag say.
#[derive(Default)]
pub(super) struct Attributes {
    /// What `class`, `id`, `role` and `itemprop` hint at.
    pub(super) hints: Hints,
    /// A hash of `class` without digits; 0 where it has none.
    pub(super) class: u32,
    /// What `role`, `itemprop` and `itemtype` make of the element.
    pub(super) landmarks: Landmarks,
    /// What `rel` makes of its characters.
    pub(super) inline: Inline,
    /// Whether it is not shown, by `hidden`, its style or its name.
    pub(super) hidden: bool,
    /// Whether its `role` says that its own meaning does not count.
    pub(super) presentation: bool,
    /// `lang` in the source.
    pub(super) language: Option<Span>,
    /// `open`, as dialogs have it.
    pub(super) open: bool,
    /// `href` in the source.
    pub(super) href: Option<Span>,
    /// `rel` in the source.
    pub(super) rel: Option<Span>,
    /// The property it states.
    pub(super) field: Option<FieldKind>,
    /// `content` in the source.
    pub(super) content: Option<Span>,
    /// `datetime` in the source.
    pub(super) datetime: Option<Span>,
    /// `title` in the source.
    pub(super) title: Option<Span>,
    /// Number of a list item or of the first item of a list.
    pub(super) number: Option<u32>,
    /// Number of columns and of rows of a table that a cell takes; 0 where it does not say.
    pub(super) spans: (u16, u16),
    /// What a word processor wrote of a paragraph.
    pub(super) style: Style,
}

impl Attributes {
    /// Reads the attributes of the start tag of `tag` at which the tokenizer stands.
    pub(super) fn read(source: &str, tokenizer: &Tokenizer<'_>, tag: Tag) -> Attributes {
        /// Longest name among those read, in bytes.
        const LONGEST: usize = 8;
        let mut found = Attributes::default();
        let mut is_streamed = false;
        for attribute in &tokenizer.attributes {
            let value = &source[attribute.value];
            let mut name = [0_u8; LONGEST];
            let Some(name) = name.get_mut(..attribute.name.len()) else { continue };
            name.copy_from_slice(source[attribute.name].as_bytes());
            name.make_ascii_lowercase();
            match &*name {
                b"class" => {
                    found.hints = found.hints.with(words::hints(value));
                    found.class = class_hash(value);
                    // "[edit]" in the headings of a wiki.
                    found.hidden |= found.hints.contains(Hints::NAVIGATION) && value.contains("editsection");
                    if tag == Tag::Blockquote && value.split_ascii_whitespace().any(is_embed) {
                        found.landmarks = found.landmarks.with(Landmarks::EMBED);
                        found.hints = found.hints.without(Hints::SHARE.with(Hints::MEDIA));
                    } else if tag == Tag::P {
                        found.style.read_class(value);
                    }
                }
                b"id" => {
                    found.hints = found.hints.with(words::hints(value));
                    is_streamed = value.starts_with("S:");
                }
                b"hidden" => found.hidden = true,
                b"style" => {
                    found.hidden |= hides(value);
                    if tag == Tag::P {
                        found.style.read_style(value);
                    }
                }
                b"role" => {
                    let role = value.trim();
                    found.landmarks = found.landmarks.with(Landmarks::of_role(role));
                    found.presentation = matches!(role, "presentation" | "none");
                    found.hints = found.hints.with(words::hints(role));
                }
                b"href" => found.href = Some(attribute.value),
                b"rel" => {
                    found.rel = Some(attribute.value);
                    for word in value.split_ascii_whitespace() {
                        if word.eq_ignore_ascii_case("author") {
                            found.inline = found.inline.with(Inline::AUTHOR);
                            found.hints = found.hints.with(Hints::BYLINE);
                            found.field.get_or_insert(FieldKind::Author);
                        } else if word.eq_ignore_ascii_case("tag") {
                            found.field.get_or_insert(FieldKind::Topic);
                        }
                    }
                }
                b"itemprop" => {
                    found.hints = found.hints.with(words::hints(value));
                    for word in value.split_ascii_whitespace() {
                        found.field = match word {
                            "datePublished" | "dateCreated" => Some(FieldKind::Published),
                            "dateModified" => Some(FieldKind::Modified),
                            "author" | "creator" => Some(FieldKind::Author),
                            "headline" => Some(FieldKind::Headline),
                            "name" => Some(FieldKind::Name),
                            "keywords" => Some(FieldKind::Topic),
                            "articleSection" => Some(FieldKind::Section),
                            _ => found.field,
                        };
                        if matches!(word, "articleBody" | "reviewBody") {
                            found.landmarks = found.landmarks.with(Landmarks::BODY);
                        } else if word == "comment" {
                            found.landmarks = found.landmarks.with(Landmarks::COMMENT);
                        }
                    }
                }
                b"itemtype" => {
                    let kind = value.trim_end().rsplit('/').next();
                    let is_comment = matches!(kind, Some("Comment" | "UserComments"));
                    let landmark = if is_comment { Landmarks::COMMENT } else { Landmarks::NONE };
                    found.landmarks = found.landmarks.with(landmark);
                }
                b"lang" | b"xml:lang" => found.language = Some(attribute.value),
                b"content" => found.content = Some(attribute.value),
                b"title" => found.title = Some(attribute.value),
                b"datetime" => found.datetime = Some(attribute.value),
                b"pubdate" if tag == Tag::Time => found.field = Some(FieldKind::Published),
                b"colspan" if tag.is_cell() => found.spans.0 = value.trim().parse().unwrap_or(0),
                b"rowspan" if tag.is_cell() => found.spans.1 = value.trim().parse().unwrap_or(0),
                b"open" => found.open = true,
                b"start" if tag == Tag::Ol => found.number = value.trim().parse().ok(),
                b"value" if tag == Tag::Li => found.number = value.trim().parse().ok(),
                _ => {}
            }
        }
        // A reader opens a panel with a click; what a server streams, a script moves to where it is shown.
        if is_streamed || found.hints.contains(Hints::PANEL) {
            found.hidden = false;
        }
        if found.hints.contains(Hints::PRINT) {
            found.hidden = true;
        }
        found
    }
}

/// Whether a class is what a social network gives a post for its script to find it by.
fn is_embed(class: &str) -> bool {
    const CLASSES: &[&str] = &[
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "mastodon-embed",
        "text-post-media",
        "reddit-card",
        "reddit-embed-bq",
        "fb-xfbml-parse-ignore",
        "imgur-embed-pub",
    ];
    CLASSES.contains(&class)
}

/// A hash of a `class`, by which elements that are made alike are known; numbers in it tell equals apart.
fn class_hash(value: &str) -> u32 {
    value.bytes().filter(|byte| !byte.is_ascii_digit()).fold(fnv::BEGIN, fnv::add)
}

/// Whether a `style` keeps its element from being shown.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(property, value)| {
            let value = value.trim().trim_end_matches("!important").trim_end();
            match property.trim() {
                property if property.eq_ignore_ascii_case("display") => value.eq_ignore_ascii_case("none"),
                property if property.eq_ignore_ascii_case("visibility") => {
                    value.eq_ignore_ascii_case("hidden")
                }
                _ => false,
            }
        })
    })
}
