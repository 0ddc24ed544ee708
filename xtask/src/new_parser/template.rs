//! The files of a new parser crate.

use anyhow::{Result, bail};

/// A parser crate yet to be written.
#[derive(Debug)]
pub(super) struct Template {
    /// What it reads, in one lower-case word.
    name: String,
    media_type: String,
}

impl Template {
    /// The crate of the parser called `name`.
    ///
    /// # Errors
    /// Where the name is not one lower-case word, or the media type has no slash.
    pub(super) fn new(name: &str, media_type: Option<&str>) -> Result<Self> {
        let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
        if !starts_well || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
            bail!(
                "{name:?} cannot be a parser's name: it is one lower-case word for what is read, such as \"feed\""
            );
        }
        let media_type = media_type.map_or_else(|| format!("text/x-{name}"), str::to_owned);
        if !media_type.contains('/') || media_type != media_type.to_lowercase() {
            bail!(
                "{media_type:?} cannot be a media type: it is lower case with a slash, such as \"text/html\""
            );
        }
        Ok(Template { name: name.to_owned(), media_type })
    }

    /// The crate's name.
    pub(super) fn package(&self) -> String {
        format!("corpus-{}", self.name)
    }

    /// Each file: its path inside the crate, and its content.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let files = [
            ("Cargo.toml", MANIFEST),
            ("src/lib.rs", LIB),
            ("tests/seeds.rs", TEST),
            ("tests/seeds/first.EXTENSION", SEED),
        ];
        files.iter().map(|(path, content)| (self.fill(path), self.fill(content))).collect()
    }

    /// What to do next.
    pub(super) fn next_steps(&self) -> String {
        self.fill(NEXT_STEPS)
    }

    fn fill(&self, text: &str) -> String {
        let (first, rest) = self.name.split_at(1);
        let type_name = first.to_uppercase() + rest;
        let mut imports = ["use corpus_NAME::TYPE;", "use corpus_core::{Document, Parser, Record};"];
        // Rustfmt wants imports in order.
        imports.sort_by_key(|import| import.replace("NAME", &self.name));
        text.replace("IMPORTS", &imports.join("\n"))
            .replace("MEDIA_TYPE", &self.media_type)
            .replace("EXTENSION", &self.name)
            .replace("TYPE", &type_name)
            .replace("NAME", &self.name)
    }
}

const MANIFEST: &str = r#"[package]
name = "corpus-NAME"
description = "A parser of Corpus: NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[dependencies]
corpus-core.workspace = true

[dev-dependencies]
insta.workspace = true

[lints]
workspace = true
"#;

const LIB: &str = r##"//! The parser of NAME.
//!
//! # What it reads
//! Text whose first line is `#NAME`: below it, blocks parted by blank lines, the first of them the title.
//!
//! # What it leaves out
//! The line `#NAME` itself.
//!
//! # Known misses
//! Every block but the first is a paragraph.
//!
//! # Source
//! A form made up by `cargo xtask new-parser`, to be replaced by the specification of what is read.

use corpus_core::{
    Block, Document, DocumentId, Parser, Part, PartKind, Record, Role, Span, encoding, language,
};

/// The first line of what this parser reads.
const HEAD: &str = "#NAME";

/// Reads NAME.
///
/// ```
/// use corpus_NAME::TYPE;
/// use corpus_core::{Parser, Record};
/// let documents = TYPE.parse_all(&Record::new("page", "#NAME\n\nA title\n\nA paragraph.".as_bytes()));
/// assert_eq!(documents[0].article().and_then(|article| article.title.as_deref()), Some("A title"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct TYPE;

impl Parser for TYPE {
    fn name(&self) -> &'static str {
        "NAME"
    }

    fn description(&self) -> &'static str {
        "text headed by #NAME"
    }

    fn media_types(&self) -> &'static [&'static str] {
        &["MEDIA_TYPE"]
    }

    fn sniff(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(HEAD.as_bytes())
    }

    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        let (decoded, diagnostics) = encoding::decode(&record.bytes, record.charset.as_deref());
        let text = decoded.strip_prefix(HEAD).unwrap_or(&decoded).trim_start().to_owned();
        let source = record.source(self.media_types()[0]);
        let mut document = Document::new(DocumentId::of(&source, None), source, text);
        document.diagnostics = diagnostics;
        document.language = language::detect(&document.text).map(Into::into);
        document.blocks = blocks(&document.text);
        let mut article = Part::new(PartKind::Article);
        article.title = document.blocks.first().map(|title| document.slice(title).to_owned());
        document.parts.push(article);
        sink(document);
    }
}

/// The blocks of a text: runs of lines that are not blank, the first of them the title.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() {
            let first = start + line.len() - line.trim_start().len();
            let end = first + content.len();
            match blocks.last_mut().filter(|_| is_open) {
                Some(block) => block.span = Span::new(block.span.start, end),
                None => {
                    let role = if blocks.is_empty() { Role::Title } else { Role::Paragraph };
                    blocks.push(Block::new(Span::new(first, end), role));
                }
            }
        }
        is_open = !content.is_empty();
        start += line.len();
    }
    blocks
}
"##;

const TEST: &str = r##"//! Every seed of this crate, as a person reads it, and the laws that every parse keeps.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

IMPORTS
use std::{fmt::Write, fs, path::Path};

/// The name and the bytes of every seed, in order of their names.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut seeds: Vec<_> = paths.map(|path| (name(&path), fs::read(&path).unwrap())).collect();
    seeds.sort();
    seeds
}

/// Parses bytes and holds the documents to the laws: blocks in order, on character bounds, covering all text, in a
/// part that exists; the same again for the same bytes.
fn check(bytes: &[u8]) -> Vec<Document> {
    let documents = TYPE.parse_all(&Record::new("seed", bytes));
    assert_eq!(documents, TYPE.parse_all(&Record::new("seed", bytes)), "same bytes, same documents");
    for document in &documents {
        let mut end = 0;
        for block in &document.blocks {
            assert!(document.text[end..block.span.start].trim().is_empty(), "text outside of blocks");
            assert!(!document.slice(block).is_empty() && block.part < document.parts.len());
            end = block.span.end;
        }
        assert!(document.text[end..].trim().is_empty(), "text after the last block");
    }
    documents
}

/// A document as a person reads it: each block's span, part, role and text, then remarks.
fn view(document: &Document) -> String {
    let mut view = String::new();
    for block in &document.blocks {
        let (span, part) = (block.span, document.part_of(block).kind);
        let _ = writeln!(view, "{}..{} {part} {}", span.start, span.end, block.role);
        let _ = writeln!(view, "    {}", document.slice(block).replace('\n', "\n    "));
    }
    for diagnostic in &document.diagnostics {
        let _ = writeln!(view, "! {}: {}", diagnostic.code, diagnostic.message);
    }
    view
}

#[test]
fn blocks() {
    for (name, bytes) in seeds() {
        let views: Vec<_> = check(&bytes).iter().map(view).collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(name);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("blocks", views.join("----\n")));
    }
}

#[test]
fn any_prefix_survives() {
    for (_, bytes) in seeds() {
        for end in 0..bytes.len() {
            check(&bytes[..end]);
        }
    }
}
"##;

const SEED: &str = "\
#NAME

A lighthouse opens its doors

The keeper of the old lighthouse lets visitors up the stairs on Sundays.
Tea is served at the top.

Those who dislike heights may wait below.
";

const NEXT_STEPS: &str = "\
crates/corpus-NAME is written and its test passes. What comes next:

  1. write what is read: crates/corpus-NAME/src/lib.rs, a seed for each behaviour in tests/seeds/ beside it
  2. look at the snapshots: INSTA_UPDATE=always cargo test -p corpus-NAME
     and then, since new files are new to git: git add -N crates/corpus-NAME; git diff
  3. ship it, in crates/corpus-cli and in crates/corpus-cluster, with two lines each:

       Cargo.toml                         corpus-NAME = { path = \"../corpus-NAME\" }
       src/shipped.rs and src/task.rs     .with(corpus_NAME::TYPE)

CONTRIBUTING.md says more of each step.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_filled() {
        let template = Template::new("minutes", Some("application/minutes")).unwrap();
        assert_eq!(template.package(), "corpus-minutes");
        for (path, content) in template.files() {
            for placeholder in ["NAME", "TYPE", "MEDIA_", "EXTENSION", "IMPORTS"] {
                assert!(
                    !path.contains(placeholder) && !content.contains(placeholder),
                    "{placeholder} in {path}"
                );
            }
        }
    }

    #[test]
    fn a_name_is_one_lower_case_word() {
        for name in ["", "Feed", "rss-feed", "2feed", "../feed"] {
            assert!(Template::new(name, None).is_err(), "{name}");
        }
        assert!(Template::new("feed", Some("rss")).is_err());
    }
}
