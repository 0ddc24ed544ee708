//! Lines of the comments: what their readers wrote, who wrote it, and the form for more.

use super::{
    Labeller,
    decision::{Decision, furniture},
};
use crate::{
    html::{
        marks::{Inline, Landmarks},
        tag::Tag,
        words::Hints,
    },
    part::PartKind,
    role::Role,
};

impl Labeller<'_> {
    /// A line of the comments.
    pub(super) fn comment(&self, index: usize) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let comments = |role, confidence, why| Decision { role, part: PartKind::Comments, confidence, why };
        if markup.landmarks.any(Landmarks::FORM.with(Landmarks::BUTTON))
            || markup.around.contains(Hints::FORM)
        {
            return furniture(Role::Form, 0.6, "in the comment form");
        }
        if markup.level > 0 || markup.landmarks.contains(Landmarks::HEADING) {
            return furniture(Role::Navigation, 0.6, "a heading of the comments");
        }
        let near = markup.own.with(markup.near).with(markup.pieces);
        if markup.inline_some.contains(Inline::TIME)
            || near.any(Hints::BYLINE.with(Hints::DATE).with(Hints::CHANGED).with(Hints::META))
                && markup.chars < 120
                && (markup.element != Tag::P || markup.own.any(Hints::BYLINE.with(Hints::DATE)))
            || markup.link_chars * 2 > markup.chars
        {
            return comments(Role::CommentAuthor, 0.7, "names or dates a comment");
        }
        if markup.chars < 30 && markup.element != Tag::P {
            return comments(Role::CommentAuthor, 0.5, "short, among comments");
        }
        comments(Role::Comment, 0.7, "among comments")
    }
}
