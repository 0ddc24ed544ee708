//! `corpus show`: one document of a corpus.

use crate::{
    app::Session,
    cell, clean,
    corpus::{self, failure},
    explain::Explain,
    failure::Failure,
    input::Input,
    outcome::Outcome,
    output::Output,
    parse::json,
};
use clap::{Args, ValueEnum};
use corpus_core::Document;
use corpus_store::Corpus;
use std::{fs, path::PathBuf};

/// Show one document of a corpus
///
/// Block by block on a terminal, each tinted by its role; as it came with --raw, its article alone with --text.
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The corpus, or plain files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The document: its id or the first digits of it, its record's id, the end of its file's path,
    /// pages.jsonl#17, or its URL
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// How to show it; by default blocks on a terminal, json elsewhere
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "What to write")]
    format: Option<Format>,
    /// Only the clean article: title, standfirst, headings and body
    #[arg(long, conflicts_with_all = ["format", "raw"], help_heading = "What to write")]
    text: bool,
    /// The bytes it was parsed from, untouched
    #[arg(long, conflicts_with = "format", help_heading = "What to write")]
    raw: bool,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

/// How a document is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Each block with its role and reason
    Blocks,
    /// Everything, as JSON over several lines
    Json,
    /// Everything, as JSON on one line
    Jsonl,
    /// The clean article
    Text,
}

/// Documents that are named where several are meant.
const NAMED: usize = 10;

impl Show {
    /// Shows the document.
    ///
    /// # Errors
    /// When there is no such document, or more than one.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut output = Output::open(self.output.as_deref(), &[])?;
        let (corpus, _) = corpus::open(session, &Input::at(self.directory.clone()), None)?;
        let Some(document) = self.find(&corpus)? else {
            session.console.warning(format_args!(
                "no document {:?} in {}",
                self.document,
                self.directory.display()
            ));
            session.console.hint(
                "an id, its first digits, the record's own id, the end of a file's path, pages.jsonl#17, or a URL",
            );
            return Ok(Outcome::Nothing);
        };
        let columns = output.is_terminal().then(cell::columns);
        let by_default = if output.is_terminal() { Format::Blocks } else { Format::Json };
        let format = if self.text { Format::Text } else { self.format.unwrap_or(by_default) };
        let bytes = match format {
            _ if self.raw => raw(&corpus, &document)?,
            Format::Blocks => {
                let explain = Explain { colour: output.is_coloured(session.global.color), columns };
                explain.document(&document).into_bytes()
            }
            Format::Json => json(&document, true, 2 * document.text.len()),
            Format::Jsonl => json(&document, false, 2 * document.text.len()),
            Format::Text => match columns {
                Some(columns) => clean::page(&document, columns).into_bytes(),
                None => clean::text(&document).into_bytes(),
            },
        };
        output.write(&bytes)?;
        output.flush()?;
        Ok(Outcome::Done)
    }

    fn find(&self, corpus: &Corpus) -> Result<Option<Document>, Failure> {
        let ids = corpus.named(&self.document, NAMED + 1).map_err(failure)?;
        match &ids[..] {
            [] => Ok(None),
            [id] => corpus.document(id).map_err(failure),
            _ => {
                let mut meant = Vec::new();
                for id in ids.iter().take(NAMED) {
                    if let Some(document) = corpus.document(id).map_err(failure)? {
                        meant.push(format!("{id} {}", document.source.located()));
                    }
                }
                let more = if ids.len() > NAMED { " and more" } else { "" };
                Err(Failure::usage(format_args!(
                    "{:?} is several documents: {}{more}",
                    self.document,
                    meant.join(", ")
                ))
                .hint("name one by its id"))
            }
        }
    }
}

/// The bytes that a document was parsed from: those the corpus keeps, else those of its file, if they are still there.
fn raw(corpus: &Corpus, document: &Document) -> Result<Vec<u8>, Failure> {
    let source = &document.source;
    if let Some(bytes) = corpus.source_bytes(source).map_err(failure)? {
        return Ok(bytes);
    }
    if source.bytes == document.text.len() as u64 && source.media_type == "text/plain" {
        return Ok(document.text.clone().into_bytes());
    }
    let kept = || {
        Failure::new(format_args!("read the bytes of {}: the corpus only says where they are", document.id))
            .hint(format_args!("they were in {}", document.source.located()))
    };
    if source.record.is_some() {
        return Err(kept());
    }
    // What lies there now may be something else.
    let is_same = |bytes: &Vec<u8>| *blake3::hash(bytes).to_hex() == *source.blake3;
    fs::read(&source.uri).ok().filter(is_same).ok_or_else(kept)
}
