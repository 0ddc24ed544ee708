//! What a tagger wrote into a CoNLL-U file, brought back as annotations of the documents it was made of.

use corpus_core::{Annotation, Document, Span};
use serde_json::{Map, Value};
use std::{
    fmt,
    io::{self, BufRead},
};

/// The tokens of one document of a CoNLL-U file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Id of the document, from `# newdoc id`; empty where the file names none.
    pub document: String,
    /// Its tokens. Multiword ranges and empty nodes are not among them.
    pub tokens: Vec<Token>,
}

/// A token with what a tagger says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Number of its line in the file, from 1.
    pub line: u64,
    /// The word as written.
    pub form: String,
    /// The lemma, where there is one.
    pub lemma: Option<String>,
    /// Universal part of speech.
    pub upos: Option<String>,
    /// Part of speech of the language.
    pub xpos: Option<String>,
    /// Features.
    pub feats: Option<String>,
    /// Byte offsets from `MISC`, where they are still there.
    pub span: Option<Span>,
}

/// A row that found no home, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homeless {
    /// Number of its line in the file, from 1.
    pub line: u64,
    /// The word as written.
    pub form: String,
    /// Why, in a lower-case fragment.
    pub reason: &'static str,
}

impl fmt::Display for Homeless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} {:?}: {}", self.line, self.form, self.reason)
    }
}

/// Reads a CoNLL-U file document by document: each is held whole, none besides it.
#[derive(Debug)]
pub struct Reader<R> {
    lines: R,
    number: u64,
    next: Option<Tagged>,
    /// Rows that are no token: their numbers and what they are not.
    pub unread: Vec<Homeless>,
}

impl<R: BufRead> Reader<R> {
    /// A reader of these lines.
    pub const fn new(lines: R) -> Self {
        Self::after(lines, 0)
    }

    /// A reader of lines that stand behind so many others of their file.
    pub const fn after(lines: R, number: u64) -> Self {
        Reader { lines, number, next: None, unread: Vec::new() }
    }

    /// The next document; `None` at the end.
    ///
    /// # Errors
    /// When the lines cannot be read.
    pub fn next_document(&mut self) -> io::Result<Option<Tagged>> {
        let mut current = self.next.take();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if self.lines.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(current.filter(|document| !document.tokens.is_empty()));
            }
            self.number += 1;
            let text = String::from_utf8_lossy(&bytes);
            let line = text.trim_end_matches(['\n', '\r']);
            if line.starts_with('#') {
                let Some(id) = new_document(line) else { continue };
                let begun = Tagged { document: id.to_owned(), tokens: Vec::new() };
                match current.filter(|document| !document.tokens.is_empty()) {
                    Some(done) => {
                        self.next = Some(begun);
                        return Ok(Some(done));
                    }
                    None => current = Some(begun),
                }
            } else if !line.trim().is_empty() {
                match token(line, self.number) {
                    Ok(Some(token)) => current.get_or_insert_default().tokens.push(token),
                    Ok(None) => {}
                    Err(reason) => {
                        let form = line.chars().take(40).collect();
                        self.unread.push(Homeless { line: self.number, form, reason });
                    }
                }
            }
        }
    }
}

/// The id of the document that begins with this line, empty where it says none; `None` where none begins.
pub fn new_document(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?.trim_start().strip_prefix("newdoc")?;
    let id = rest.trim_start().strip_prefix("id").and_then(|id| id.trim_start().strip_prefix('='));
    Some(id.unwrap_or_default().trim())
}

fn token(line: &str, number: u64) -> Result<Option<Token>, &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, _, _, _, misc] = columns[..] else {
        return Err("a row of other than ten columns");
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    if id.parse::<u32>().is_err() {
        return Err("a row whose first column is no number");
    }
    let said = |value: &str| (!value.is_empty() && value != "_").then(|| value.to_owned());
    let offset = |name: &str| -> Option<usize> {
        misc.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?.parse().ok()
    };
    let span = offset("Start").zip(offset("End")).filter(|(start, end)| start <= end);
    // A lemma may be the underscore itself, where the form is.
    let lemma = if form == "_" && lemma == "_" && upos != "_" { Some("_".to_owned()) } else { said(lemma) };
    Ok(Some(Token {
        line: number,
        form: form.to_owned(),
        lemma,
        upos: said(upos),
        xpos: said(xpos),
        feats: said(feats),
        span: span.map(|(start, end)| Span::new(start, end)),
    }))
}

impl Tagged {
    /// Annotations of layers `lemma` and `pos` that the tokens give `document`, in order of layer and span, and the
    /// rows that found no home.
    ///
    /// A token lies where its offsets say, if its word stands there; else where its word comes next in the text.
    pub fn annotations(&self, document: &Document) -> (Vec<Annotation>, Vec<Homeless>) {
        let text = &document.text;
        let (mut lemmas, mut tags, mut homeless) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        for token in &self.tokens {
            let Some(span) = place(text, token, at) else {
                let reason = "the word does not stand in the rest of the text";
                homeless.push(Homeless { line: token.line, form: token.form.clone(), reason });
                continue;
            };
            at = span.end;
            let annotation = |layer: &'static str, value: Value| Annotation {
                span,
                layer: layer.into(),
                value,
                rule: "conllu".into(),
                confidence: 1.0,
            };
            if let Some(lemma) = &token.lemma {
                lemmas.push(annotation("lemma", fields([("lemma", Some(lemma)), ("", None), ("", None)])));
            }
            let tag = [
                ("upos", token.upos.as_ref()),
                ("xpos", token.xpos.as_ref()),
                ("feats", token.feats.as_ref()),
            ];
            if tag.iter().any(|(_, value)| value.is_some()) {
                tags.push(annotation("pos", fields(tag)));
            }
        }
        lemmas.append(&mut tags);
        (lemmas, homeless)
    }
}

/// How far the next word may lie from the last, in bytes: what the export left out lies between them.
const REACH: usize = 1 << 16;

fn place(text: &str, token: &Token, at: usize) -> Option<Span> {
    let is_word = |span: &Span| {
        text.get(span.range()).is_some_and(|words| words == token.form || super::form(words) == token.form)
    };
    if let Some(span) = token.span.filter(is_word) {
        return Some(span);
    }
    let mut end = text.len().min(at.saturating_add(REACH));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let start = at + text.get(at..end)?.find(&token.form)?;
    (!token.form.is_empty()).then(|| Span::new(start, start + token.form.len()))
}

fn fields(pairs: [(&str, Option<&String>); 3]) -> Value {
    let said = pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.as_str().into())));
    Value::Object(said.collect::<Map<String, Value>>())
}
