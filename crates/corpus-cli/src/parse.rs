//! `corpus parse`: pages in, documents out, in input order.

use crate::{
    app::Session,
    cell,
    clean::{self, Article},
    explain::Explain,
    failure::Failure,
    folder::Folder,
    input::Input,
    outcome::Outcome,
    output::{ending, refuse_ending},
    stream::{Finding, Screen, stream},
};
use clap::{Args, ValueEnum};
use corpus_core::Document;
use serde::Serialize;
use std::path::PathBuf;

/// Parse pages into documents: text, parts, and blocks with their roles
///
/// Writes one document a line, as JSON, in the order of the input; `corpus schema` says what the
/// fields are. Nothing is held back: the first documents come while the last are still read.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Parse {
    #[command(flatten)]
    input: Input,
    /// Only the clean article: title, standfirst, headings and body
    #[arg(long, conflicts_with = "explain", help_heading = "What to write")]
    text: bool,
    /// Each block with its line, role, part, confidence and reason; tinted by role on a terminal
    #[arg(long, conflicts_with = "format", help_heading = "What to write")]
    explain: bool,
    /// How to write it; by default jsonl, and with --text plain text unless FILE ends in .jsonl
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What to write")]
    format: Option<Format>,
    /// Write to FILE instead of standard output; to a folder (FOLDER/) one file a document
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  corpus parse pages -o documents.jsonl     everything, as JSON Lines
  corpus parse pages --text > clean.txt     the articles; between two, a line with a form feed
  corpus parse pages --text --format jsonl  the articles, one JSON object a line
  corpus parse pages --text -o clean/       the articles, each in a file of its own
  corpus parse page.txt --explain           why each block has its role
  corpus parse - --map text=body,id=doc_id  JSON Lines from standard input, with fields of other names";

/// How names of files end that documents are written to, unless a format is named.
pub(crate) const ENDINGS: &[&str] = &["jsonl", "ndjson", "json", "txt"];

/// How documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON Lines: one document a line
    Jsonl,
    /// JSON over several lines, to be read by a person
    Json,
    /// Plain text of the article, as with --text
    Text,
    /// Each block with its role and reason, as with --explain
    Explain,
}

/// What a document becomes.
#[derive(Debug)]
struct Piece {
    /// The file it goes to, where each document has its own.
    file: Option<PathBuf>,
    bytes: Vec<u8>,
}

impl Parse {
    /// Parses what is named.
    ///
    /// # Errors
    /// When nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let path = self.output.as_deref();
        let folder = path.map(|path| Folder::at(path, &self.input.paths)).transpose()?.flatten();
        let file = path.filter(|_| folder.is_none());
        let mut output = self.input.output(file)?;
        // Who names a format knows what the file will hold.
        if let Some(path) = file.filter(|_| self.format.is_none()) {
            refuse_ending(path, ENDINGS)?;
        }
        let is_terminal = output.is_terminal() && folder.is_none();
        let writing = self.writing(is_terminal, output.is_coloured(session.global.color))?;
        let screen = if is_terminal { Screen::Taken } else { Screen::Free };
        let mut first = true;
        let ended = stream(
            session,
            &self.input,
            screen,
            Finding::Nothing,
            |pieces: &mut Vec<Piece>, document| {
                let file =
                    folder.as_ref().map(|folder| folder.file(&document, pieces.len(), writing.extension()));
                pieces.push(Piece { file, bytes: writing.write(&document) });
            },
            |pieces| {
                for Piece { file, bytes } in pieces {
                    let goes_on = match (&folder, file) {
                        (Some(folder), Some(file)) => folder.write(&file, &bytes).map(|()| true)?,
                        _ if first => output.write(&bytes)?,
                        _ => output.write(writing.separator())? && output.write(&bytes)?,
                    };
                    first = false;
                    if !goes_on {
                        return Ok(false);
                    }
                }
                Ok(true)
            },
        )?;
        output.flush()?;
        let is_wall = is_terminal && matches!(writing, Writing::Document { pretty: false });
        if is_wall && ended.documents > 0 {
            session.console.hint("--explain shows documents to a person, -o FILE writes them to a file");
        }
        Ok(ended.outcome())
    }

    fn writing(&self, is_terminal: bool, colour: bool) -> Result<Writing, Failure> {
        let columns = is_terminal.then(cell::columns);
        let is_jsonl = self.output.as_deref().and_then(ending).as_deref() == Some("jsonl");
        Ok(match (self.format, self.text) {
            (None, true) if is_jsonl => Writing::Article { pretty: false },
            (Some(Format::Explain), true) => {
                return Err(Failure::usage("--text and --format explain are two different things")
                    .hint("take one of them, or --text with --format text, jsonl or json"));
            }
            (Some(Format::Jsonl), true) => Writing::Article { pretty: false },
            (Some(Format::Json), true) => Writing::Article { pretty: true },
            (Some(Format::Text), _) | (None, true) => Writing::Text { columns },
            (Some(Format::Json), false) => Writing::Document { pretty: true },
            (Some(Format::Jsonl), false) => Writing::Document { pretty: false },
            (Some(Format::Explain), false) => Writing::Explain(Explain { colour, columns }),
            (None, false) if self.explain => Writing::Explain(Explain { colour, columns }),
            (None, false) => Writing::Document { pretty: false },
        })
    }
}

/// What is written of a document.
enum Writing {
    /// All of it, as JSON.
    Document { pretty: bool },
    /// The clean article, as JSON.
    Article { pretty: bool },
    /// The clean article, as plain text; wrapped to the columns of a terminal.
    Text { columns: Option<usize> },
    /// Each block with its reason.
    Explain(Explain),
}

impl Writing {
    /// What stands between two documents.
    const fn separator(&self) -> &'static [u8] {
        match self {
            Writing::Document { .. } | Writing::Article { .. } => b"",
            Writing::Text { columns: None } => b"\x0c\n",
            Writing::Text { .. } | Writing::Explain(_) => b"\n",
        }
    }

    /// The extension of a file that holds one document.
    const fn extension(&self) -> &'static str {
        match self {
            Writing::Document { .. } | Writing::Article { .. } => "json",
            Writing::Text { .. } | Writing::Explain(_) => "txt",
        }
    }

    fn write(&self, document: &Document) -> Vec<u8> {
        match self {
            // One growth for all: the text once more, and some two hundred bytes a block.
            Writing::Document { pretty } => {
                let escapes = document.text.len() / 8;
                json(document, *pretty, document.text.len() + escapes + 200 * document.blocks.len() + 1000)
            }
            Writing::Article { pretty } => json(&Article::of(document), *pretty, document.text.len() + 1000),
            Writing::Text { columns: None } => clean::text(document).into_bytes(),
            Writing::Text { columns: Some(columns) } => clean::page(document, *columns).into_bytes(),
            Writing::Explain(explain) => explain.document(document).into_bytes(),
        }
    }
}

pub(crate) fn json(value: &impl Serialize, pretty: bool, capacity: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(capacity);
    let written = match pretty {
        true => serde_json::to_writer_pretty(&mut bytes, value),
        false => serde_json::to_writer(&mut bytes, value),
    };
    // Neither memory nor a document's own fields can refuse to be written.
    debug_assert!(written.is_ok(), "a document is JSON: {written:?}");
    bytes.push(b'\n');
    bytes
}
