//! Layers into a corpus: lemma and part of speech, from the CoNLL-U that a tagger wrote.

use super::tagged::{Reading, TaggedFile};
use crate::{
    app::Session, corpus::failure, failure::Failure, number::Counted, outcome::Outcome, set_aside::SetAside,
};
use corpus_core::{Annotation, Document};
use corpus_export::conllu::Homeless;
use corpus_query::Engine;
use corpus_store::{Corpus, Options, Writer, is_corpus};
use serde::Serialize;
use std::{fmt, path::Path};

/// The layers that a CoNLL-U file brings.
const LAYERS: [&str; 2] = ["lemma", "pos"];

/// A row that was set aside.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// The file, as the user named it.
    uri: &'a str,
    /// Number of its line, from 1.
    line: u64,
    /// The word, or the document.
    form: &'a str,
    /// Why.
    reason: &'a str,
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {:?}: {}", self.uri, self.line, self.form, self.reason)
    }
}

/// Brings the tags of the CoNLL-U file at `path` into the corpus in `directory`.
///
/// # Errors
/// When the file or the corpus cannot be read, or the corpus not be written.
pub(super) fn import(
    session: &Session,
    path: &Path,
    directory: &Path,
    rejects: Option<&Path>,
) -> Result<Outcome, Failure> {
    if !is_corpus(directory) {
        return Err(Failure::usage(format_args!("{} is no corpus", directory.display()))
            .hint("a layer is for documents that are there already: `corpus build` makes a corpus"));
    }
    let mut file = TaggedFile::open(path)?;
    if file.n_documents() == 0 && file.cut().is_none() {
        session.console.warning(format_args!("no tokens in {}", path.display()));
        session.console.hint("CoNLL-U has ten columns with tabs between them, a token a line");
        return Ok(Outcome::Nothing);
    }
    let mut set_aside = SetAside::of("row", rejects)?;
    let uri = path.display().to_string();
    let console = &session.console;
    let mut put_aside = |rows: &[Homeless]| {
        rows.iter().try_for_each(|Homeless { line, form, reason }| {
            set_aside.push(&Row { uri: &uri, line: *line, form, reason }, console)
        })
    };
    let mut writer = Writer::open(directory, Options::new()).map_err(failure)?;
    let (mut n_documents, mut failed) = (0, None);
    let n_tags = writer.set_layers(&LAYERS, |document| {
        let readings = file.document(document.id.as_str())?;
        if readings.is_empty() {
            return Ok(None);
        }
        let (annotations, homeless) = tags(document, &readings);
        n_documents += u64::from(!annotations.is_empty());
        if let Err(failure) = put_aside(&homeless) {
            failed = Some(failure);
        }
        // What the file says nothing of keeps the tags it has.
        Ok((!annotations.is_empty()).then_some(annotations))
    });
    let n_tags = n_tags.map_err(failure)?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    for (id, line) in file.left() {
        let reason = match id {
            "" => "tokens of no document, since no `# newdoc id` stands before them",
            _ => "the corpus has no such document",
        };
        put_aside(&[Homeless { line, form: id.to_owned(), reason }])?;
    }
    if let Some((id, line)) = file.cut() {
        let reason = "the file ends within a row of it, so it keeps the tags it has";
        put_aside(&[Homeless { line, form: id.to_owned(), reason }])?;
    } else if !file.is_closed() {
        console.warning(format_args!(
            "no empty line ends {uri}: if it was cut, its last document lacks tags now"
        ));
    }
    drop(Engine::open(&Corpus::open(directory).map_err(failure)?)?);
    writer.finish().map_err(failure)?;
    set_aside.finish(n_documents, console)?;
    let documents = Counted(n_documents, "document");
    if n_documents > 0 {
        console.wrote(format_args!("tags of {documents}; the corpus has {} now", Counted(n_tags, "tag")));
        let example = r#"'[lemma="say" & upos="VERB"]'"#;
        console.hint(format_args!("`corpus kwic {} {example}` asks for them", directory.display()));
    }
    if n_documents == 0 && set_aside.count() == 0 {
        console.warning(format_args!("no lemma and no part of speech in {uri}"));
        console.hint("a tagger fills the third and the fourth column");
        return Ok(Outcome::Nothing);
    }
    Ok(match (set_aside.count(), n_documents) {
        (0, _) => Outcome::Done,
        (_, 0) => Outcome::AllSetAside,
        _ => Outcome::SetAside,
    })
}

/// What the file says of the tokens of a document, and the rows of it that stand nowhere in the text.
fn tags(document: &Document, readings: &[Reading]) -> (Vec<Annotation>, Vec<Homeless>) {
    let (mut annotations, mut homeless) = (Vec::new(), Vec::new());
    for reading in readings {
        homeless.extend_from_slice(&reading.unread);
        let (found, lost) = reading.tagged.annotations(document);
        annotations.extend(found);
        homeless.extend(lost);
    }
    annotations.sort_by(|a, b| (&a.layer, a.span).cmp(&(&b.layer, b.span)));
    (annotations, homeless)
}
