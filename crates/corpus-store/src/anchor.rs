//! The words that a decision is about, and how they are found again.

use corpus_core::{Annotation, Document, DocumentId, Span};
use serde::{Deserialize, Serialize};

/// Characters on either side of the words that are kept with a decision.
const AROUND: usize = 32;

/// The words that a decision is about.
///
/// They are found where they stand with the same text on both sides; where there is no such place, with the same text on
/// one side, the longer the better; and where they stand once, whatever is around them. The text around may have been
/// edited since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Id of the document.
    pub document: DocumentId,
    /// Layer of the annotation; empty where the decision is about the words themselves.
    pub layer: String,
    /// At most 32 characters before the words.
    pub before: String,
    /// The words.
    pub quoted: String,
    /// At most 32 characters after them.
    pub after: String,
    /// Which of the places it is that have these words with this text around, from 0: a paragraph may stand twice.
    #[serde(default, skip_serializing_if = "is_first")]
    pub ordinal: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_first(ordinal: &usize) -> bool {
    *ordinal == 0
}

/// How much of the text around some words is as it was: the larger the likelier they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// Sides that are wholly as they were.
    sides: u8,
    /// Bytes next to the words that are.
    bytes: usize,
}

impl Anchor {
    /// The words at `span` of a document, which must lie on character bounds.
    pub fn of(document: &Document, layer: &str, span: Span) -> Self {
        let text = &document.text;
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        let first = Anchor {
            document: document.id.clone(),
            layer: layer.to_owned(),
            before: before[from..].to_owned(),
            quoted: text.get(span.range()).unwrap_or_default().to_owned(),
            after: after[..to].to_owned(),
            ordinal: 0,
        };
        let best = first.likeness(document, span);
        let as_it_was = |place: &Span| *place < span && first.likeness(document, *place) == best;
        let ordinal = match layer {
            "" => first.in_text(document).filter(as_it_was).count(),
            _ => first.annotated(document).map(|(_, span)| span).filter(as_it_was).count(),
        };
        Anchor { ordinal, ..first }
    }

    /// How much of the text around a place is as it was around the words.
    fn likeness(&self, document: &Document, place: Span) -> Likeness {
        let before = document.text.get(..place.start).unwrap_or_default();
        let after = document.text.get(place.end..).unwrap_or_default();
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        let left = same(&mut before.bytes().rev().zip(self.before.bytes().rev()));
        let right = same(&mut after.bytes().zip(self.after.bytes()));
        // What stood at the beginning or the end of the text has a side on which nothing tells.
        let is_whole = |same: usize, kept: &str| u8::from(same > 0 && same == kept.len());
        Likeness { sides: is_whole(left, &self.before) + is_whole(right, &self.after), bytes: left + right }
    }

    /// The places in a text that have the words, in order. Words that were erased are nowhere.
    fn in_text<'d>(&'d self, document: &'d Document) -> impl Iterator<Item = Span> + 'd {
        let words = Some(&*self.quoted).filter(|words| !words.is_empty());
        let places = words.into_iter().flat_map(|words| document.text.match_indices(words));
        places.map(|(at, words)| Span::new(at, at + words.len()))
    }

    /// The annotations of the layer over the words, by their places among those of the document, in order.
    fn annotated<'d>(&'d self, document: &'d Document) -> impl Iterator<Item = (usize, Span)> + 'd {
        let is_it = |annotation: &Annotation| {
            annotation.layer == self.layer
                && !self.quoted.is_empty()
                && document.text.get(annotation.span.range()) == Some(&*self.quoted)
        };
        let all = document.annotations.iter().enumerate();
        all.filter(move |(_, annotation)| is_it(annotation)).map(|(at, annotation)| (at, annotation.span))
    }

    /// The one of these places that is meant.
    fn nearest<T: Copy>(&self, document: &Document, places: impl Iterator<Item = (T, Span)>) -> Option<T> {
        let places = places.map(|(place, span)| (place, span, self.likeness(document, span)));
        let places: Vec<(T, Span, Likeness)> = places.collect();
        let best = places.iter().map(|(_, _, likeness)| *likeness).max()?;
        let is_the_only = places.iter().all(|(_, span, _)| *span == places[0].1);
        if best.sides == 0 && !is_the_only {
            return None;
        }
        // Of equal ones as many are passed by as there were; where there are fewer now, the last is meant.
        let equal = places.iter().filter(|(_, _, likeness)| *likeness == best);
        equal.take(self.ordinal + 1).last().map(|(place, ..)| *place)
    }

    /// The annotation of a document that the words are about: one of the layer, over the same words, with the text around
    /// most like what it was.
    pub fn annotation<'d>(&self, document: &'d Document) -> Option<&'d Annotation> {
        self.place(document).map(|at| &document.annotations[at])
    }

    /// Its place among the annotations of the document.
    pub(crate) fn place(&self, document: &Document) -> Option<usize> {
        self.nearest(document, self.annotated(document))
    }

    /// Where the words stand in a document, if they have a home there: as an annotation, or, where no layer is named,
    /// as text.
    pub fn home(&self, document: &Document) -> Option<Span> {
        if !self.layer.is_empty() {
            return self.annotation(document).map(|annotation| annotation.span);
        }
        self.nearest(document, self.in_text(document).map(|span| (span, span)))
    }

    /// The same words with what is around them now; as it was where they have no home in the document.
    pub(crate) fn anew(self, document: &Document) -> Self {
        match self.home(document) {
            Some(home) => Anchor::of(document, &self.layer, home),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, Record, text::Text};

    fn document(text: &str) -> Document {
        Text::new().parse_all(&Record::new("a.txt", text.as_bytes())).remove(0)
    }

    /// What stands before the home of the words `ice` in a later text, when they stood behind `before` in an earlier one.
    fn home<'t>(earlier: &str, before: &str, later: &'t str) -> Option<&'t str> {
        let at = earlier.find(before).unwrap() + before.len();
        let anchor = Anchor::of(&document(earlier), "", Span::new(at, at + 3));
        anchor.home(&document(later)).map(|home| &later[..home.start])
    }

    #[test]
    fn words_are_found_by_what_stands_on_one_side_of_them() {
        let earlier = "The ice on the northern river is gone. The ferry met ice before the lock at noon.";
        let met = "The ferry met ";
        for (later, before) in [
            // Nothing else has changed, or what stood after, or what stood before.
            ("New. The ferry met ice before the lock at noon.", "New. The ferry met "),
            (
                "The ice on the northern river is gone. The ferry met ice.",
                "The ice on the northern river is gone. The ferry met ",
            ),
            ("An ice tray. Two tugs saw ice before the lock at noon.", "An ice tray. Two tugs saw "),
            // They stand there once.
            ("All ice has melted.", "All "),
        ] {
            assert_eq!(home(earlier, met, later), Some(before), "{later}");
        }
    }

    #[test]
    fn words_that_are_gone_or_could_be_anywhere_have_no_home() {
        let earlier = "The ferry met ice before the lock at noon.";
        for later in ["The ferry met snow before the lock at noon.", "No ice here. No ice there.", ""] {
            assert_eq!(home(earlier, "The ferry met ", later), None, "{later}");
        }
    }

    #[test]
    fn an_anchor_set_anew_follows_edits_on_either_side() {
        let first = document("Since dawn the ice was thick near the lock and the mill.");
        let at = first.text.find("ice").unwrap();
        let mut anchor = Anchor::of(&first, "", Span::new(at, at + 3));
        for later in
            ["Ice, and no ice. Since dawn the ice was thin.", "Ice, and no ice. By noon the ice was thin."]
        {
            let later = document(later);
            anchor = anchor.anew(&later);
            assert_eq!(anchor.home(&later).map(|home| home.start), later.text.rfind("ice"));
        }
        // As it was set at first, its words could be anywhere by now.
        assert_eq!(
            Anchor::of(&first, "", Span::new(at, at + 3)).home(&document("No ice. By noon ice.")),
            None
        );
    }
}
