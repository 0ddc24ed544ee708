//! `corpus annotate`: pages in, documents with their facts and links out, in input order.

use crate::{
    app::Session,
    corpus::{directory_of, failure},
    failure::Failure,
    input::Input,
    languages::Languages,
    outcome::Outcome,
    output::{Output, refuse_ending},
    parse::{ENDINGS, json},
    stream::{Finding, Screen, stream},
};
use clap::Args;
use corpus_annotate::{
    link::{CorpusId, Ids, Layer, Linker, Table},
    other_language,
};
use corpus_core::{Document, DocumentId};
use corpus_query::links;
use corpus_store::Corpus;
use serde::Serialize;
use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Seek, Write},
    path::PathBuf,
};

/// Find what articles say: times, names, quotations, statements, money, events
///
/// Parses as `corpus parse` does, then adds annotations that stand off the text, each with its span, its rule and its
/// confidence. Writes one document a line, as JSON, in the order of the input. What is the same in several documents has
/// the same id in their `links`; it is known when all have been read, and so they are written then.
///
/// English is read. Of texts in other languages only dates that are written out, quotations, countries, other names in
/// Latin letters and outlets in brackets are found: their `diagnostics` say so, and a line on standard error says how
/// many they are.
#[derive(Args, Debug)]
pub(crate) struct Annotate {
    #[command(flatten)]
    input: Input,
    /// Only these layers, such as time,name; by default all
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', help_heading = "What to write")]
    layers: Vec<String>,
    /// Leave links out: each document is written as soon as it has been read
    #[arg(long, help_heading = "What to write")]
    no_link: bool,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = "What to write")]
    output: Option<PathBuf>,
}

impl Annotate {
    /// Annotates what is named.
    ///
    /// # Errors
    /// When a layer is unknown, nothing can be read or the result cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut annotators = session.program.annotators.clone();
        if !self.layers.is_empty() {
            let layers: Vec<&str> = self.layers.iter().map(String::as_str).collect();
            annotators = annotators.only(&layers).map_err(|unknown| {
                Failure::usage(unknown.to_string())
                    .hint("--layers takes their names with commas between them")
            })?;
        }
        let mut output = self.input.output(self.output.as_deref())?;
        self.output.as_deref().map_or(Ok(()), |path| refuse_ending(path, ENDINGS))?;
        let known = match directory_of(&self.input.paths).filter(|_| !self.no_link) {
            Some(directory) => Some(links::of(&Corpus::open(directory).map_err(failure)?)?),
            None => None,
        };
        let streams = self.no_link || known.is_some();
        let screen = match streams && output.is_terminal() {
            true => Screen::Taken,
            false => Screen::Free,
        };
        let mut languages = Languages::default();
        let mut spool = if streams { None } else { Some(Spool::new()?) };
        let ended = stream(
            session,
            &self.input,
            screen,
            Finding::Facts(&annotators),
            |documents: &mut Vec<Annotated>, mut document| {
                document.annotations.retain(|annotation| self.wants(&annotation.layer));
                let mut line = line(&document);
                if let Some(known) = &known {
                    add_links(&mut line, document.id.as_str(), known);
                }
                let language = other_language(&document).map(Cow::into_owned);
                documents.push(Annotated { line, language, document: (!streams).then_some(document) });
            },
            |documents| {
                for Annotated { line, language, document } in documents {
                    languages.count(language);
                    match (&mut spool, document) {
                        (Some(spool), Some(document)) => spool.add(&document, &line)?,
                        _ if !output.write(&line)? => return Ok(false),
                        _ => {}
                    }
                }
                Ok(true)
            },
        )?;
        if let Some(spool) = spool {
            spool.finish(&mut output)?;
        }
        output.flush()?;
        languages.tell(&session.console);
        Ok(ended.outcome())
    }

    /// Whether a layer is to be written.
    fn wants(&self, layer: &str) -> bool {
        self.layers.is_empty() || self.layers.iter().any(|name| name == layer)
    }
}

/// A document's line, the language of which less was found in it, and the document itself where links are made.
struct Annotated {
    line: Vec<u8>,
    language: Option<String>,
    document: Option<Document>,
}

fn line(document: &Document) -> Vec<u8> {
    json(document, false, 2 * document.text.len() + 200 * document.annotations.len())
}

/// Documents in a nameless file, until all links are known.
struct Spool {
    file: BufWriter<File>,
    linker: Linker,
    ids: Vec<DocumentId>,
}

impl Spool {
    fn new() -> Result<Self, Failure> {
        let file = tempfile::tempfile().map_err(|error| Failure::write(&std::env::temp_dir(), &error))?;
        Ok(Spool {
            file: BufWriter::with_capacity(1 << 18, file),
            linker: Linker::default(),
            ids: Vec::new(),
        })
    }

    fn add(&mut self, document: &Document, line: &[u8]) -> Result<(), Failure> {
        self.linker.add(document);
        self.ids.push(document.id.clone());
        self.file.write_all(line).map_err(|error| Failure::write(&std::env::temp_dir(), &error))
    }

    /// Writes the documents with their links.
    fn finish(self, output: &mut Output) -> Result<(), Failure> {
        let table = self.linker.finish(&Ids::default());
        let failed = |error: io::Error| Failure::write(&std::env::temp_dir(), &error);
        let mut file = self.file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.rewind().map_err(failed)?;
        let mut lines = BufReader::with_capacity(1 << 18, file);
        let mut line = Vec::new();
        for id in self.ids {
            line.clear();
            lines.read_until(b'\n', &mut line).map_err(failed)?;
            add_links(&mut line, id.as_str(), &table);
            if !output.write(&line)? {
                break;
            }
        }
        Ok(())
    }
}

/// What a local id of a document stands for.
#[derive(Serialize)]
struct LinkOf<'t> {
    layer: Layer,
    local: &'t str,
    id: CorpusId,
    name: &'t str,
}

/// Adds the field `links` to the line of a document.
fn add_links(line: &mut Vec<u8>, document: &str, table: &Table) {
    let links: Vec<LinkOf<'_>> = table
        .links_of(document)
        .iter()
        .filter_map(|link| {
            let entity = table.entity(link.entity)?;
            Some(LinkOf { layer: link.layer, local: &link.local, id: link.entity, name: &entity.name })
        })
        .collect();
    if line.ends_with(b"}\n") {
        line.truncate(line.len() - 2);
        line.extend_from_slice(b",\"links\":");
        line.extend_from_slice(json(&links, false, 64 * links.len()).trim_ascii_end());
        line.extend_from_slice(b"}\n");
    }
}
