//! Characters as browsers show them: white space folded or kept, references read.

use super::{Renderer, Seam, line::Draft};
use crate::{
    html::{
        entity::{self, Reference},
        tag::Tag,
        tokenizer::is_space,
    },
    span::Span,
};

impl Renderer<'_> {
    /// Characters between tags; without references, where the element's content is raw.
    pub(super) fn text(&mut self, span: Span, with_references: bool) {
        if self.stack.top().hidden {
            let bytes = self.source[span].bytes().filter(|&byte| !is_space(byte)).count();
            self.page.omitted.hidden_bytes += bytes;
            return;
        }
        if self.stack.top().preformatted {
            self.preformatted(span, with_references);
        } else {
            self.flowing(span);
        }
    }

    /// Text whose white space folds.
    fn flowing(&mut self, span: Span) {
        let bytes = self.source.as_bytes();
        let mut at = span.start;
        while at < span.end {
            if is_space(bytes[at]) {
                self.space = true;
                at += 1;
                continue;
            }
            if bytes[at] == b'&' {
                let reference = entity::read(&self.source[at..span.end], false);
                let end = at + reference.map_or(1, |(_, length)| length);
                match reference {
                    Some((reference, _)) => self.reference(reference, Span::new(at, end)),
                    None => self.write("&", Span::new(at, end)),
                }
                at = end;
                continue;
            }
            // A run of words with single spaces between them is copied whole.
            let start = at;
            while at < span.end {
                match bytes[at] {
                    b'&' | b'\t' | b'\n' | b'\r' | b'\x0C' => break,
                    b' ' if at + 1 >= span.end || is_space(bytes[at + 1]) => break,
                    _ => at += 1,
                }
            }
            self.write(&self.source[start..at], Span::new(start, at));
        }
    }

    /// What a reference stands for.
    fn reference(&mut self, reference: Reference, origin: Span) {
        match reference {
            Reference::Named(characters) if characters.bytes().all(is_space) => self.space = true,
            Reference::Named(characters) => self.write(characters, origin),
            Reference::Numeric(character) if character.is_ascii() && is_space(character as u8) => {
                self.space = true
            }
            Reference::Numeric(character) => {
                let mut buffer = [0; 4];
                let characters: &str = character.encode_utf8(&mut buffer);
                self.write(characters, origin);
            }
        }
    }

    /// Preformatted text: white space stays, a blank line begins a new line of the page.
    fn preformatted(&mut self, span: Span, with_references: bool) {
        let content = &self.source[span];
        let decoded = if with_references { entity::decode(content, false) } else { content.into() };
        let mut rest = decoded.as_ref();
        while !rest.is_empty() {
            let word = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0C']);
            let space = &rest[..rest.len() - word.len()];
            self.kept_space.push_str(space);
            let length = word.find([' ', '\t', '\n', '\r', '\x0C']).unwrap_or(word.len());
            if length > 0 {
                let kept = std::mem::take(&mut self.kept_space);
                if self.draft.start.is_some() {
                    let kept = kept.replace("\r\n", "\n").replace(['\r', '\x0C'], "\n");
                    if kept.matches('\n').count() > 1 {
                        self.end_line();
                        self.kept_gap = kept;
                    } else {
                        self.page.text.push_str(&kept);
                    }
                }
                self.space = false;
                self.write(&word[..length], span);
            }
            rest = &word[length..];
        }
    }

    /// Writes characters, none of them white space at either end, that stand at `origin` in the source.
    fn write(&mut self, characters: &str, origin: Span) {
        let top = self.stack.top();
        match self.draft.start {
            None => {
                let gap = if self.page.text.is_empty() {
                    0
                } else if self.stack.has(Tag::Tr) {
                    1
                } else {
                    self.gap.max(1)
                };
                let gap = if self.kept_gap.is_empty() || gap == 0 {
                    self.page.text.push_str(&"\n\n"[..gap]);
                    gap
                } else {
                    self.page.text.push_str(&self.kept_gap);
                    self.kept_gap.len()
                };
                self.kept_gap.clear();
                self.draft = Draft {
                    start: Some((self.page.text.len(), gap)),
                    origin,
                    link_chars: 0,
                    inline: top.inline,
                    inline_some: top.inline,
                    inline_hints: top.inline_hints,
                    pieces: top.inline_hints,
                };
            }
            Some(_) => {
                if self.space || self.seam == Seam::Begun && is_glued(&self.page.text, characters) {
                    self.page.text.push(' ');
                }
                let draft = &mut self.draft;
                draft.origin.end = origin.end;
                draft.inline = draft.inline.and(top.inline);
                draft.inline_some = draft.inline_some.with(top.inline);
                draft.inline_hints = draft.inline_hints.and(top.inline_hints);
                draft.pieces = draft.pieces.with(top.inline_hints);
            }
        }
        self.space = false;
        self.seam = Seam::None;
        if self.stack.top().link.is_some() {
            self.draft.link_chars += characters.chars().count() as u32;
        }
        let content = characters.trim_end().len();
        if content > 0 {
            self.content_end = self.page.text.len() + content;
        }
        self.page.text.push_str(characters);
    }
}

/// Whether a number would run into a word or another number: "2017by", "28.09.1912:44".
fn is_glued(before: &str, after: &str) -> bool {
    let ends = before.chars().next_back().zip(after.chars().next());
    ends.is_some_and(|(last, first)| {
        last.is_alphanumeric() && first.is_alphanumeric() && (last.is_numeric() || first.is_numeric())
    })
}
