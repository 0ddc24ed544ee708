//! A comparison: which words of one document stand in another, and which have changed.

use crate::{deadline::Deadline, scope::Scope, tabular::Tabular};
use corpus_core::{Document, Offsets, Span};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// What of an older document a newer one has kept, and what has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The older document.
    pub old: Side,
    /// The newer document.
    pub new: Side,
    /// The text of both, piece by piece.
    pub items: Vec<Change>,
    /// Number of words that both have, in the same order.
    pub same: u64,
    /// Those words as a share of the longer text: 1 where nothing differs.
    pub similarity: f64,
}

/// A document that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// Id of the document.
    pub id: String,
    /// Where it lies.
    pub document: String,
    /// Headline of its article.
    pub title: Option<String>,
    /// Number of words that were compared.
    pub words: u64,
}

/// A piece of text that both documents have, or where they differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The words in the older document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Piece>,
    /// The words in the newer document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Piece>,
}

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Both have it.
    Same,
    /// Only the older document has it.
    Removed,
    /// Only the newer document has it.
    Added,
    /// The newer document has something else there.
    Changed,
}

impl Tabular for Change {
    const COLUMNS: &'static [&'static str] = &[
        "kind",
        "old",
        "new",
        "old_line",
        "new_line",
        "old_byte_start",
        "old_byte_end",
        "new_byte_start",
        "new_byte_end",
    ];

    fn cells(&self) -> Vec<String> {
        let kind = match self.kind {
            ChangeKind::Same => "same",
            ChangeKind::Removed => "removed",
            ChangeKind::Added => "added",
            ChangeKind::Changed => "changed",
        };
        let of = |piece: &Option<Piece>| -> [String; 4] {
            piece.as_ref().map_or_else(Default::default, |piece| {
                let Piece { line, span, text } = piece;
                [text.clone(), line.to_string(), span.start.to_string(), span.end.to_string()]
            })
        };
        let [old, old_line, old_start, old_end] = of(&self.old);
        let [new, new_line, new_start, new_end] = of(&self.new);
        vec![kind.to_owned(), old, new, old_line, new_line, old_start, old_end, new_start, new_end]
    }
}

/// Some words of a document, those of one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Piece {
    /// Line of the document's text, from 1.
    pub line: usize,
    /// Where it lies in the document's text.
    pub span: Span,
    /// The words.
    pub text: String,
}

/// A word of a document, with its block.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    block: usize,
}

impl Comparison {
    /// Compares the words of two documents, as far as `scope` goes: runs of characters between white space. `end` is
    /// when no closer look is taken any more: what then is not compared counts as changed.
    pub fn of(old: &Document, new: &Document, scope: &Scope, end: &Deadline) -> Comparison {
        let (old_words, new_words) = (words(old, scope), words(new, scope));
        let (old_texts, new_texts) = (texts(old, &old_words), texts(new, &new_words));
        let operations = capture_diff_slices_deadline(Algorithm::Myers, &old_texts, &new_texts, end.moment());
        let (mut old_lines, mut new_lines) = (Offsets::new(&old.text), Offsets::new(&new.text));
        let mut items = Vec::new();
        let mut same = 0;
        for operation in operations {
            let (old_range, new_range) = (operation.old_range(), operation.new_range());
            let olds = pieces(old, &old_words[old_range.clone()], &mut old_lines);
            let news = pieces(new, &new_words[new_range], &mut new_lines);
            let kind = match operation {
                DiffOp::Equal { .. } => ChangeKind::Same,
                DiffOp::Delete { .. } => ChangeKind::Removed,
                DiffOp::Insert { .. } => ChangeKind::Added,
                DiffOp::Replace { .. } => ChangeKind::Changed,
            };
            if kind == ChangeKind::Same {
                same += old_range.len() as u64;
            }
            pair(kind, olds, news, &mut items);
        }
        let longer = old_words.len().max(new_words.len());
        Comparison {
            old: Side::of(old, old_words.len()),
            new: Side::of(new, new_words.len()),
            items,
            same,
            similarity: if longer == 0 { 1.0 } else { same as f64 / longer as f64 },
        }
    }
}

impl Side {
    fn of(document: &Document, words: usize) -> Side {
        Side {
            id: document.id.to_string(),
            document: document.source.located().to_string(),
            title: document.article().and_then(|part| part.title.clone()),
            words: words as u64,
        }
    }
}

/// The words of the blocks that are compared.
fn words(document: &Document, scope: &Scope) -> Vec<Word> {
    let mut words = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if !scope.holds_block(document.part_of(block).kind, block.role) {
            continue;
        }
        let text = document.slice(block);
        let mut at = 0;
        for word in text.split_whitespace() {
            // A word stands behind the one before it, since it is a part of the same text.
            let start = text[at..].find(word).map_or(at, |found| at + found);
            at = start + word.len();
            let span = (block.span.start + start..block.span.start + at).into();
            words.push(Word { span, block: index });
        }
    }
    words
}

fn texts<'a>(document: &'a Document, words: &[Word]) -> Vec<&'a str> {
    words.iter().map(|word| document.text.get(word.span.range()).unwrap_or_default()).collect()
}

/// The words, block by block.
fn pieces(document: &Document, words: &[Word], lines: &mut Offsets<'_>) -> Vec<Piece> {
    let blocks = words.chunk_by(|one, other| one.block == other.block);
    blocks
        .filter_map(|words| {
            let (first, last) = (words.first()?, words.last()?);
            let span: Span = (first.span.start..last.span.end).into();
            let text = document.text.get(span.range())?.to_owned();
            Some(Piece { line: lines.line(span.start), span, text })
        })
        .collect()
}

/// Puts the pieces of both sides beside each other, in their order.
fn pair(kind: ChangeKind, olds: Vec<Piece>, news: Vec<Piece>, items: &mut Vec<Change>) {
    let (mut olds, mut news) = (olds.into_iter(), news.into_iter());
    loop {
        let (old, new) = (olds.next(), news.next());
        let kind = match (kind, &old, &new) {
            (_, None, None) => return,
            (ChangeKind::Changed, Some(_), None) => ChangeKind::Removed,
            (ChangeKind::Changed, None, Some(_)) => ChangeKind::Added,
            (kind, ..) => kind,
        };
        items.push(Change { kind, old, new });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Record, Registry};

    fn document(text: &str) -> Document {
        Registry::core().parse_all(&Record::new("page.txt", text.as_bytes())).remove(0)
    }

    #[test]
    fn a_word_that_was_exchanged_stands_beside_the_other() {
        let old = document("The ferry leaves at noon from the old quay, as it has done for years.\n");
        let new = document("The ferry leaves at dusk from the old quay, as it has done for many years.\n");
        let found = Comparison::of(&old, &new, &Scope::all(), &Deadline::none());
        let kinds: Vec<ChangeKind> = found.items.iter().map(|change| change.kind).collect();
        use ChangeKind::{Added, Changed, Same};
        assert_eq!(kinds, [Same, Changed, Same, Added, Same]);
        let changed = &found.items[1];
        assert_eq!(changed.old.as_ref().unwrap().text, "noon");
        assert_eq!(changed.new.as_ref().unwrap().text, "dusk");
        assert_eq!((found.same, found.old.words, found.new.words), (14, 15, 16));
    }

    #[test]
    fn nothing_is_as_similar_as_nothing() {
        let (empty, page) = (document(" \n"), document("The ferry leaves at noon.\n"));
        let all = Scope::all();
        assert!((Comparison::of(&empty, &empty, &all, &Deadline::none()).similarity - 1.0).abs() < 1e-9);
        assert!(Comparison::of(&empty, &page, &all, &Deadline::none()).similarity.abs() < 1e-9);
    }
}
