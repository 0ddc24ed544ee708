//! A field's text as the feed writes it, and where in the feed each of its bytes stands.

use corpus_core::Span;

/// What a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// The feed does not say: markup if it looks like markup.
    #[default]
    Either,
    Plain,
    Markup,
}

/// The text of a field: character references resolved, CDATA opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) form: Form,
    /// The pieces of the text, in order, the first at 0; none where the bytes are not known.
    pieces: Vec<Piece>,
}

/// A run of the text, up to the next piece, and the bytes of the feed that it comes from.
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: usize,
    source: Span,
}

impl Written {
    /// A text whose bytes in the feed are not known.
    pub(crate) fn new(text: impl Into<String>, form: Form) -> Self {
        Written { text: text.into().replace('\0', "\u{fffd}"), form, pieces: Vec::new() }
    }

    /// Markup that stands in the feed as it is, `text` at `offset`.
    pub(crate) fn markup(text: &str, offset: usize) -> Self {
        let mut written = Written { form: Form::Markup, ..Written::default() };
        written.push(text, offset);
        written
    }

    /// Appends text that stands in the feed as it is, at `offset`. A zero byte becomes U+FFFD, as in HTML.
    pub(crate) fn push(&mut self, text: &str, mut offset: usize) {
        let mut runs = text.split('\0').peekable();
        while let Some(run) = runs.next() {
            self.push_run(run, offset);
            offset += run.len();
            if runs.peek().is_some() {
                self.push_resolved('\u{fffd}', Span::new(offset, offset + 1));
                offset += 1;
            }
        }
    }

    /// Appends the character that the reference at `source` stands for.
    pub(crate) fn push_resolved(&mut self, character: char, source: Span) {
        self.pieces.push(Piece { text: self.text.len(), source });
        self.text.push(if character == '\0' { '\u{fffd}' } else { character });
    }

    fn push_run(&mut self, run: &str, offset: usize) {
        if run.is_empty() {
            return;
        }
        let text = self.text.len();
        match self.pieces.last_mut() {
            Some(last) if last.source.end == offset && last.source.len() == text - last.text => {
                last.source.end += run.len();
            }
            _ => self.pieces.push(Piece { text, source: Span::new(offset, offset + run.len()) }),
        }
        self.text.push_str(run);
    }

    /// The bytes of the feed that `span` of the text comes from; `None` where they are not known or the span is empty.
    pub(crate) fn origin(&self, span: Span) -> Option<Span> {
        if span.is_empty() || span.end > self.text.len() {
            return None;
        }
        let start = self.place(span.start)?.start;
        Some(Span::new(start, self.place(span.end - 1)?.end))
    }

    /// The bytes of the feed that all of the text comes from.
    pub(crate) fn whole_origin(&self) -> Option<Span> {
        Some(Span::new(self.pieces.first()?.source.start, self.pieces.last()?.source.end))
    }

    /// The bytes of the feed that the byte of the text at `at` comes from.
    fn place(&self, at: usize) -> Option<Span> {
        let index = self.pieces.partition_point(|piece| piece.text <= at).checked_sub(1)?;
        let piece = self.pieces[index];
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.text);
        if end - piece.text != piece.source.len() {
            return Some(piece.source);
        }
        let start = piece.source.start + (at - piece.text);
        Some(Span::new(start, start + 1))
    }

    /// Whether there is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_finds_its_bytes() {
        // fish &amp; chips<![CDATA[, daily]]>
        let mut written = Written::default();
        written.push("fish ", 10);
        written.push_resolved('&', Span::new(15, 20));
        written.push(" chips", 20);
        written.push(", daily", 35);
        assert_eq!(written.text, "fish & chips, daily");
        assert_eq!(written.origin(Span::new(0, 6)), Some(Span::new(10, 20)));
        assert_eq!(written.origin(Span::new(5, 12)), Some(Span::new(15, 26)));
        assert_eq!(written.origin(Span::new(7, 19)), Some(Span::new(21, 42)));
        assert_eq!(written.whole_origin(), Some(Span::new(10, 42)));
        assert_eq!(Written::new("a", Form::Plain).origin(Span::new(0, 1)), None);
    }

    #[test]
    fn zeros_are_taken_out() {
        let mut written = Written::default();
        written.push("a\0b", 0);
        assert_eq!(written.text, "a\u{fffd}b");
        assert_eq!(written.origin(Span::new(1, 5)), Some(Span::new(1, 3)));
    }
}
