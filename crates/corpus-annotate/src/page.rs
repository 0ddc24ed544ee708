//! A page: a document cut into passages, sentences and tokens, and the facts found so far.

use crate::{
    agreement::Agreement,
    citation::Citation,
    event::Event,
    language,
    money::Money,
    name::{Name, gazetteer::gazetteer},
    post::Post,
    quotation::{Quotation, marks::Pair},
    sentence::Sentence,
    statement::{Statement, word::tag},
    time::Time,
    token::{Token, tokenise},
};
use corpus_core::{Annotation, Diagnostic, Document, Edtf, PartKind, Published, Role, Severity, Span};
use serde::Serialize;
use std::{borrow::Cow, ops::Range};

/// Most tokens of a page that are read: more than the longest novels have. A page of millions of dates is no text, and
/// must not take all memory.
const MOST_TOKENS: usize = 1 << 20;
/// The remark about a page that was cut.
pub(crate) const CUT: &str = "annotate.cut";
/// Bytes of text to a token beyond which a block is cut before it is read: so long are the tokens of no text.
const TOKEN_BYTES: usize = 32;

/// A document on its way through the annotators.
///
/// Facts stand in the order of their spans within each layer. `tokens` and `sentences` of a passage lie together, and
/// passages stand in the order of the text.
#[derive(Debug)]
pub struct Page<'d> {
    /// The document.
    pub document: &'d Document,
    /// The blocks that are annotated: those of every part but furniture.
    pub passages: Vec<Passage>,
    /// The tokens of all passages.
    pub tokens: Vec<Token>,
    /// The sentences of all passages.
    pub sentences: Vec<Sentence>,
    /// Facts, layer by layer.
    pub facts: Facts,
    /// The pairs of quotation marks, for the annotators behind the one that reads them.
    pub(crate) pairs: Option<Vec<Pair>>,
    /// BCP 47 language of the text that is annotated; `None` where it cannot be told.
    language: Option<Cow<'d, str>>,
    /// Where the text was cut off, of a page with too many tokens.
    cut: Option<usize>,
}

/// What annotators found.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Sentences as facts; what the page is cut into are [`Page::sentences`].
    pub sentences: Vec<Found<Sentence>>,
    /// Dates, times, durations and sets.
    pub times: Vec<Found<Time>>,
    /// When each part was published, by the index of the part, as far as the text gives it away.
    pub published: Vec<(usize, Published)>,
    /// Amounts of money.
    pub money: Vec<Found<Money>>,
    /// Quotations.
    pub quotations: Vec<Found<Quotation>>,
    /// Mentions of people, organisations and places.
    pub names: Vec<Found<Name>>,
    /// Titles and posts of people.
    pub posts: Vec<Found<Post>>,
    /// Citations of outlets.
    pub citations: Vec<Found<Citation>>,
    /// Who said what.
    pub statements: Vec<Found<Statement>>,
    /// Named agreements.
    pub agreements: Vec<Found<Agreement>>,
    /// Meetings, visits, calls and the like.
    pub events: Vec<Found<Event>>,
    /// Facts of layers that this crate does not know: [`Page::push`] adds them.
    pub(crate) others: Vec<Annotation>,
}

/// A fact with where it stands and why it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// Where, in the document's text.
    pub span: Span,
    /// The fact.
    pub value: T,
    /// The rule that found it.
    pub rule: &'static str,
    /// How sure it is, from 0 to 1.
    pub confidence: f32,
}

/// One block of a page that is annotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Index in `Document::blocks`.
    pub block: usize,
    /// Index in `Document::parts`.
    pub part: usize,
    /// What the block does on the page; of a page without an article, `Paragraph` whatever it is.
    pub role: Role,
    /// Kind of its part.
    pub kind: PartKind,
    /// Where it lies in the document's text.
    pub span: Span,
    /// Its tokens, in `Page::tokens`.
    pub tokens: Range<usize>,
    /// Its sentences, in `Page::sentences`; filled in by the first annotator.
    pub sentences: Range<usize>,
}

impl<'d> Page<'d> {
    /// A page of which nothing is known yet but its passages and tokens.
    pub fn new(document: &'d Document) -> Self {
        let mut page = Page::without_names(document);
        let gazetteer = gazetteer();
        page.tokens.iter_mut().for_each(|token| gazetteer.look_up(token));
        page
    }

    /// A page of whose words no gazetteer is asked: enough for sentences and times.
    pub(crate) fn without_names(document: &'d Document) -> Self {
        let mut page = Page::within(document, MOST_TOKENS);
        page.tokens.iter_mut().for_each(|token| token.tags = tag(*token, &document.text));
        page
    }

    /// A page of which at most so many tokens are read.
    fn within(document: &'d Document, n_most: usize) -> Self {
        let mut page = Page {
            document,
            passages: Vec::new(),
            // An English word and the space behind it have some six bytes, and marks are tokens too.
            tokens: Vec::with_capacity((document.text.len() / 5).min(n_most)),
            sentences: Vec::new(),
            facts: Facts::default(),
            pairs: None,
            language: None,
            cut: None,
        };
        // What has no article and no comments is a text without structure: one article, whatever its lines look like.
        let bare = document.parts.iter().all(|part| part.kind == PartKind::Furniture);
        for (index, block) in document.blocks.iter().enumerate() {
            let kind = document.part_of(block).kind;
            if kind == PartKind::Furniture && !bare {
                continue;
            }
            let first = page.tokens.len();
            let span = page.read(block.span, n_most - first);
            page.passages.push(Passage {
                block: index,
                part: block.part,
                role: if bare { Role::Paragraph } else { block.role },
                kind: if bare { PartKind::Article } else { kind },
                span,
                tokens: first..page.tokens.len(),
                sentences: 0..0,
            });
            if page.cut.is_some() {
                break;
            }
        }
        if let (Some(first), Some(last)) = (page.passages.first(), page.passages.last()) {
            page.language = language::of_text(document, Span::new(first.span.start, last.span.end));
        }
        page
    }

    /// Adds the tokens of a block, as far as there is room for them, and tells how far that is.
    fn read(&mut self, block: Span, room: usize) -> Span {
        let within = block.start.saturating_add(room * TOKEN_BYTES).min(block.end);
        let mut end = self.document.text.floor_char_boundary(within);
        let first = self.tokens.len();
        tokenise(&self.document.text, Span::new(block.start, end), &mut self.tokens);
        if self.tokens.len() > first + room {
            self.tokens.truncate(first + room);
            end = self.tokens.last().map_or(block.start, |token| token.end as usize);
        }
        if end < block.end {
            self.cut = Some(end);
        }
        Span::new(block.start, end)
    }

    /// Whether the text is in English, or in no language that could be told.
    pub(crate) fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(language::is_english)
    }

    /// BCP 47 language of a passage; `None` where it cannot be told.
    pub fn language_of(&self, passage: &Passage) -> Option<&str> {
        self.document.blocks[passage.block].language.as_deref().or(self.language.as_deref())
    }

    /// The text of the document.
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// The text of a token.
    #[inline]
    pub fn word(&self, token: Token) -> &'d str {
        &self.document.text[token.span()]
    }

    /// The first character of a token.
    pub(crate) fn first_char(&self, token: Token) -> char {
        let start = token.start as usize;
        match self.document.text.as_bytes()[start] {
            byte if byte.is_ascii() => char::from(byte),
            _ => self.document.text[start..].chars().next().unwrap_or(' '),
        }
    }

    /// Adds a fact of a layer that this crate does not know; those that it knows have typed fields in [`Page::facts`].
    ///
    /// # Panics
    /// When its span does not lie in the text, or cuts a character.
    pub fn push(&mut self, annotation: Annotation) {
        let span = annotation.span;
        assert!(self.document.text.get(span.start..span.end).is_some(), "{span:?} is no stretch of the text");
        self.facts.others.push(annotation);
    }

    /// The facts of layers that this crate does not know, in the order in which they were added.
    pub fn pushed(&self) -> &[Annotation] {
        &self.facts.others
    }

    /// Index of the first token that begins at or after `offset`.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| (token.start as usize) < offset)
    }

    /// Indices of the tokens that begin within `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        self.token_at(span.start)..self.token_at(span.end)
    }

    /// When the part of the page was published that lies at an offset.
    pub(crate) fn published_at(&self, at: usize) -> Option<&Edtf> {
        let passage = self.passages.partition_point(|passage| passage.span.end <= at);
        let part = self.passages.get(passage)?.part;
        let stated = self.document.parts.get(part).and_then(|part| part.published.as_ref());
        let inferred =
            || self.facts.published.iter().find(|(of, _)| *of == part).map(|(_, published)| published);
        stated.or_else(inferred).map(|published| &published.edtf)
    }

    /// The facts, and what is to be said of the page beside them; the page itself is let go.
    pub(crate) fn into_facts(self) -> (Facts, Vec<Diagnostic>) {
        let cut = self.cut.map(|end| {
            let message = format!(
                "facts were looked for only in the first {end} bytes of the text, not in what follows"
            );
            Diagnostic::new(CUT, Severity::Warning, message)
        });
        (self.facts, language::remark(self.language.as_deref()).into_iter().chain(cut).collect())
    }
}

impl Facts {
    /// Writes the layers that `wanted` takes into the document, in order of layer and span, and the dates of
    /// publication of articles that have none.
    pub(crate) fn write(self, document: &mut Document, wanted: impl Fn(&str) -> bool) {
        for (part, published) in self.published {
            let slot = &mut document.parts[part].published;
            if slot.is_none() {
                *slot = Some(published);
            }
        }
        // In the order of their names, so that there is little left to sort.
        let out = &mut document.annotations;
        out.reserve(self.names.len() + self.sentences.len() + self.times.len() + self.statements.len());
        push(out, "agreement", self.agreements, &wanted);
        push(out, "citation", self.citations, &wanted);
        push(out, "event", self.events, &wanted);
        push(out, "money", self.money, &wanted);
        push(out, "name", self.names, &wanted);
        push(out, "post", self.posts, &wanted);
        push(out, "quotation", self.quotations, &wanted);
        push(out, "sentence", self.sentences, &wanted);
        push(out, "statement", self.statements, &wanted);
        push(out, "time", self.times, &wanted);
        out.extend(self.others.into_iter().filter(|annotation| wanted(&annotation.layer)));
        out.sort_by(|a, b| (&a.layer, a.span).cmp(&(&b.layer, b.span)));
    }
}

fn push<T: Serialize>(
    out: &mut Vec<Annotation>,
    layer: &'static str,
    found: Vec<Found<T>>,
    wanted: impl Fn(&str) -> bool,
) {
    if !wanted(layer) {
        return;
    }
    out.extend(found.into_iter().map(|found| Annotation {
        span: found.span,
        layer: Cow::Borrowed(layer),
        value: serde_json::to_value(found.value).unwrap_or_default(),
        rule: Cow::Borrowed(found.rule),
        confidence: found.confidence,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, Record, text::Text};

    fn parsed(text: &str) -> Document {
        Text::new().parse_all(&Record::new("page", text.as_bytes())).remove(0)
    }

    #[test]
    fn a_page_of_too_many_tokens_is_cut_and_says_so() {
        let lines = "The ferry left the quay.\n\n".repeat(3);
        let run = "ö".repeat(1000);
        for (text, n_most, read) in
            [(&lines, 8, "The ferry left the quay.\n\nThe ferry"), (&run, 4, &run[..128])]
        {
            let document = parsed(text);
            let page = Page::within(&document, n_most);
            let end = page.passages.last().map(|passage| passage.span.end);
            assert_eq!(document.text[..end.unwrap()], *read);
            assert!(page.tokens.iter().all(|token| token.end as usize <= read.len()));
            let (_, remarks) = page.into_facts();
            let message = &remarks.iter().find(|remark| remark.code == CUT).unwrap().message;
            assert!(message.contains(&format!("the first {} bytes", read.len())), "{message}");
        }
        assert!(Page::new(&parsed(&lines)).into_facts().1.is_empty());
    }
}
