//! CoNLL-U: sentences and tokens, one a line, for tools that tag and parse; and the way back.

mod tagged;

pub use tagged::{Homeless, Reader, Tagged, Token, new_document};

use crate::{
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
    target::Target,
    text::one_line,
};
use corpus_annotate::{Annotator, Page, sentence::Sentences, token::tokenise};
use corpus_core::{Annotation, Document, Span};
use serde_json::Value;
use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{self, Write},
};

/// CoNLL-U: a `newdoc` a document, a `newpar` a block, sentences from the layer `sentence` or cut here.
///
/// A sentence names the part and role of its block; a token has its role and its byte offsets in `MISC`, so that what
/// a tagger adds finds its way back. Lemma and part of speech stand where the layers `lemma` and `pos` have them; head
/// and relation are left open.
#[derive(Clone, Copy, Debug)]
pub struct Conllu;

impl Format for Conllu {
    fn name(&self) -> &'static str {
        "conllu"
    }
    fn description(&self) -> &'static str {
        "CoNLL-U, sentences and tokens with byte offsets, for taggers and parsers"
    }
    fn media_type(&self) -> &'static str {
        "text/plain; charset=utf-8"
    }
    fn streams(&self, _options: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Streamed::open(Tokens, target, options, Parts::READ, &["sentences", "tokens"])
    }
}

struct Tokens;

impl Stream for Tokens {
    fn add(&mut self, selected: &Selected<'_>, out: &mut dyn Write, tally: &mut Tally) -> io::Result<()> {
        let document = selected.document;
        let sentences = sentences(document);
        let tags = Tags::of(selected);
        let mut lines = String::new();
        let mut n_sentences = 0;
        let mut next = 0;
        let _ = writeln!(lines, "# newdoc id = {}", one_line(document.id.as_str()));
        let mut is_first = true;
        for (index, block) in selected.blocks() {
            while sentences.get(next).is_some_and(|sentence| sentence.end <= block.span.start) {
                next += 1;
            }
            let mut is_new = true;
            for span in pieces(block.span, &sentences[next..]) {
                let mut tokens = Vec::new();
                tokenise(&document.text, span, &mut tokens);
                let tokens: Vec<Span> = tokens.iter().map(|token| token.span()).collect();
                let Some((first, last)) = tokens.first().zip(tokens.last()) else { continue };
                if is_first {
                    let source = one_line(&document.source.uri);
                    let _ = writeln!(lines, "# source = {source}");
                    is_first = false;
                }
                if is_new {
                    let _ = writeln!(lines, "# newpar id = {}-b{index}", one_line(document.id.as_str()));
                    is_new = false;
                }
                n_sentences += 1;
                let kind = document.part_of(block).kind;
                let _ = writeln!(lines, "# sent_id = {}-s{n_sentences}", one_line(document.id.as_str()));
                let _ = writeln!(lines, "# part = {}:{kind}", block.part);
                let _ = writeln!(lines, "# role = {}", block.role);
                let words = |range: &[Span]| -> String {
                    let mut line = String::new();
                    for (at, token) in range.iter().enumerate() {
                        line.push_str(&form(&document.text[*token]));
                        if range.get(at + 1).is_some_and(|next| next.start > token.end) {
                            line.push(' ');
                        }
                    }
                    line
                };
                let _ = writeln!(lines, "# text = {}", words(&tokens));
                debug_assert!(first.start <= last.start, "tokens stand in order");
                for (at, token) in tokens.iter().enumerate() {
                    let after = match tokens.get(at + 1) {
                        Some(next) => &document.text[token.end..next.start],
                        None => "",
                    };
                    let is_last = at + 1 == tokens.len();
                    line(
                        &mut lines,
                        at + 1,
                        &document.text[*token],
                        *token,
                        &tags,
                        (!is_last).then_some(after),
                        block.role.as_str(),
                    );
                }
                lines.push('\n');
                tally.add("tokens", tokens.len() as u64);
            }
        }
        tally.add("sentences", n_sentences);
        // A document without a token has no sentence that its comment could stand over.
        match n_sentences {
            0 => Ok(()),
            _ => out.write_all(lines.as_bytes()),
        }
    }
}

/// Writes the line of a token; `after` is the white space up to the next one of its sentence.
fn line(
    lines: &mut String,
    id: usize,
    word: &str,
    span: Span,
    tags: &Tags<'_>,
    after: Option<&str>,
    role: &str,
) {
    let tag = tags.of.get(&span);
    let field =
        |value: Option<&str>| value.map(form).filter(|value| !value.is_empty()).unwrap_or_else(|| "_".into());
    let lemma = field(tag.and_then(|tag| tag.lemma));
    let upos = field(tag.and_then(|tag| tag.upos));
    let xpos = field(tag.and_then(|tag| tag.xpos));
    let feats = field(tag.and_then(|tag| tag.feats));
    let _ = write!(lines, "{id}\t{}\t{lemma}\t{upos}\t{xpos}\t{feats}\t_\t_\t_\t", form(word));
    match after {
        Some("") => lines.push_str("SpaceAfter=No|"),
        None | Some(" ") => {}
        Some(space) => {
            lines.push_str("SpacesAfter=");
            for character in space.chars() {
                match character {
                    ' ' => lines.push_str("\\s"),
                    '\n' => lines.push_str("\\n"),
                    '\r' => lines.push_str("\\r"),
                    '\t' => lines.push_str("\\t"),
                    other => lines.push(other),
                }
            }
            lines.push('|');
        }
    }
    let _ = writeln!(lines, "Role={role}|Start={}|End={}", span.start, span.end);
}

/// A word as a column holds it: without the characters that end a column or a line.
fn form(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { '\u{fffd}' } else { c })
        .collect()
}

/// The sentences of a document, in order: its layer `sentence`, else what `corpus-annotate` cuts.
fn sentences(document: &Document) -> Vec<Span> {
    let of_layer = document.annotations.iter().filter(|annotation| annotation.layer == "sentence");
    let mut spans: Vec<Span> = of_layer
        .map(|annotation| annotation.span)
        .filter(|span| document.text.get(span.range()).is_some())
        .collect();
    if spans.is_empty() {
        let mut page = Page::new(document);
        Sentences.annotate(&mut page);
        spans = page.sentences.iter().map(|sentence| sentence.span).collect();
    }
    spans.sort_unstable();
    spans
}

/// A block cut at the sentences that touch it, what lies between them included.
fn pieces(block: Span, sentences: &[Span]) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = block.start;
    for sentence in sentences.iter().take_while(|sentence| sentence.start < block.end) {
        let start = sentence.start.max(at);
        let end = sentence.end.min(block.end);
        if start >= end {
            continue;
        }
        if at < start {
            pieces.push(Span::new(at, start));
        }
        pieces.push(Span::new(start, end));
        at = end;
    }
    if at < block.end {
        pieces.push(Span::new(at, block.end));
    }
    pieces
}

/// What the layers `lemma` and `pos` say of tokens.
struct Tags<'d> {
    of: HashMap<Span, Tag<'d>>,
}

#[derive(Default)]
struct Tag<'d> {
    lemma: Option<&'d str>,
    upos: Option<&'d str>,
    xpos: Option<&'d str>,
    feats: Option<&'d str>,
}

impl<'d> Tags<'d> {
    fn of(selected: &Selected<'d>) -> Self {
        let mut of: HashMap<Span, Tag<'d>> = HashMap::new();
        for annotation in selected.annotations() {
            let Annotation { span, layer, value, .. } = annotation;
            let field = |name: &str| value.get(name).and_then(Value::as_str);
            match &**layer {
                "lemma" => of.entry(*span).or_default().lemma = field("lemma"),
                "pos" => {
                    let tag = of.entry(*span).or_default();
                    (tag.upos, tag.xpos, tag.feats) = (field("upos"), field("xpos"), field("feats"));
                }
                _ => {}
            }
        }
        Tags { of }
    }
}
