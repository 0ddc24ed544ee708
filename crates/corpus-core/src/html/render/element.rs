//! An element as it opens: what its tag, its attributes and the element around it make of it.

use super::attributes::Attributes;
use crate::{
    date,
    html::{
        marks::{Inline, Landmarks},
        stack::Open,
        tag::Tag,
        words::Hints,
    },
    span::Span,
};

impl Open {
    /// The element around all others.
    pub(super) fn root() -> Open {
        Open {
            tag: Tag::Html,
            name: Span::default(),
            hidden: false,
            foreign: false,
            preformatted: false,
            is_inline: false,
            block: 0,
            container: None,
            own: Hints::NONE,
            class: 0,
            language: None,
            around: Hints::NONE,
            landmarks: Landmarks::NONE,
            within: Landmarks::NONE,
            inline: Inline::NONE,
            inline_hints: Hints::NONE,
            level: 0,
            item: 0,
            list_depth: 0,
            next_ordinal: None,
            ordinal: None,
            link: None,
            field: None,
            row_start: 0,
            spans: (0, 0),
        }
    }

    /// The element that a tag, of a name in the source, opens inside `parent`, with `index` elements around it. What
    /// the page hides counts as shown `with_hidden`.
    pub(super) fn child(
        parent: &Open,
        index: usize,
        (tag, name): (Tag, Span),
        attributes: &Attributes,
        with_hidden: bool,
    ) -> Open {
        let is_block = tag.is_block();
        let mut landmark = Landmarks::of_tag(tag).with(attributes.landmarks);
        if tag == Tag::Table && attributes.presentation {
            landmark = landmark.without(Landmarks::TABLE);
        }
        if attributes.style.level > 0 {
            landmark = landmark.with(Landmarks::HEADING);
        }
        let mut inline = Inline::of_tag(tag).with(attributes.inline);
        if tag == Tag::A && attributes.href.is_some() {
            inline = inline.with(Inline::LINK);
        }
        let resets = landmark.any(Landmarks::ARTICLE.with(Landmarks::MAIN));
        let mut next_ordinal = None;
        let mut ordinal = parent.ordinal.filter(|_| parent.tag == Tag::Li);
        match tag {
            Tag::Ol => next_ordinal = Some(attributes.number.unwrap_or(1)),
            Tag::Li => ordinal = attributes.number.or(parent.next_ordinal),
            _ => {}
        }
        Open {
            tag,
            name,
            hidden: parent.hidden
                || tag.is_unseen() && !(tag == Tag::Noscript && with_hidden)
                || tag == Tag::Dialog && !attributes.open && !with_hidden
                || attributes.hidden && !with_hidden,
            foreign: matches!(tag, Tag::Svg | Tag::Math),
            preformatted: parent.preformatted || tag == Tag::Pre,
            is_inline: !is_block,
            block: if is_block { index } else { parent.block },
            container: None,
            own: attributes.hints,
            class: attributes.class,
            language: attributes.language.or(parent.language),
            around: parent.around.with(attributes.hints),
            landmarks: parent.landmarks.with(landmark),
            within: if resets { landmark } else { parent.within.with(landmark) },
            // A link or a bold element around blocks marks their characters all the same.
            inline: parent.inline.with(inline),
            inline_hints: if is_block { Hints::NONE } else { parent.inline_hints.with(attributes.hints) },
            level: tag.heading_level().max(attributes.style.level),
            item: attributes.style.item,
            list_depth: parent.list_depth.saturating_add(u8::from(tag.is_list() && tag != Tag::Dl)),
            next_ordinal,
            ordinal,
            link: parent.link,
            field: None,
            row_start: 0,
            spans: attributes.spans,
        }
    }

    /// Whether it lies among comments.
    fn is_of_comment(&self) -> bool {
        self.around.contains(Hints::COMMENT) || self.landmarks.contains(Landmarks::COMMENT)
    }

    /// Whether its title says when a comment was written, where it shows but an age: "2 years ago".
    pub(super) fn is_dated(&self, title: &str) -> bool {
        const LONGEST: usize = 64;
        self.is_of_comment()
            && title.len() <= LONGEST
            && title.bytes().filter(u8::is_ascii_digit).count() >= 4
            && date::read_stamp(title).is_some()
    }

    /// Whether its text may be the name of who wrote a comment.
    pub(super) fn names_commenter(&self) -> bool {
        self.is_of_comment() && (self.tag == Tag::Cite || self.own.any(Hints::NAME.with(Hints::BYLINE)))
    }

    /// Whether white space can part its characters from those of its like; superscripts belong to what is before them.
    pub(super) fn may_be_set_apart(&self) -> bool {
        self.is_inline && !self.preformatted && !matches!(self.tag, Tag::Sup | Tag::Sub)
    }
}
