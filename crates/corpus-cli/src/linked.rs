//! A corpus with its links: what is the same in several documents is known before the first of them is shown.

use crate::{
    app::Session,
    console::Console,
    corpus::{self, failure},
    failure::Failure,
    input::Input,
    languages::Languages,
    stream::{Ended, Finding, Screen, stream_documents},
};
use corpus_annotate::{
    Annotators,
    link::{Ids, Linker, Table},
};
use corpus_core::{Document, DocumentId};
use corpus_query::links;
use corpus_store::{Corpus, Ephemeral, Writer};
use std::{cell::RefCell, num::NonZeroUsize, path::Path};

/// A corpus with its links.
pub(crate) struct Linked {
    corpus: Corpus,
    /// What is the same in several documents.
    pub(crate) table: Table,
    /// How the reading ended.
    pub(crate) ended: Ended,
    /// The languages of the documents that were handed on.
    languages: RefCell<Languages>,
}

impl Linked {
    /// The corpus that `input` names: a directory as it is now; of plain files one for this once, annotated.
    ///
    /// # Errors
    /// When nothing can be read.
    pub(crate) fn open(session: &mut Session, input: &Input) -> Result<Linked, Failure> {
        if let Some(directory) = corpus::directory_of(&input.paths) {
            let corpus = Corpus::open(directory).map_err(failure)?;
            // What pages link to is kept of HTML in any case.
            if corpus.n_documents() > 0 && corpus.layers().iter().all(|layer| layer.name == "link") {
                let directory = directory.display();
                session.console.warning(format_args!("{directory} was built without facts (--layers)"));
                session.console.hint(format_args!("`corpus build PATH… -o {directory}` finds them"));
            }
            let table = links::of(&corpus)?;
            let ended = Ended::at_rest(&corpus);
            return Ok(Linked { corpus, table, ended, languages: RefCell::default() });
        }
        let annotators = session.program.annotators.clone();
        let (mut ephemeral, mut linker) = (Ephemeral::new(), Linker::default());
        let ended =
            stream_documents(session, input, Screen::Free, Finding::Facts(&annotators), |documents| {
                documents.iter().for_each(|document| linker.add(document));
                ephemeral.add(documents).map(|()| true).map_err(failure)
            })?;
        let corpus = ephemeral.finish().map_err(failure)?;
        let table = linker.finish(&Ids::default());
        Ok(Linked { corpus, table, ended, languages: RefCell::default() })
    }

    /// Hands each document with its facts to `sink`, in the order of the input.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(crate) fn each(&self, mut sink: impl FnMut(&Document)) -> Result<(), Failure> {
        self.corpus.documents().try_for_each(|document| {
            let document = document.map_err(failure)?;
            self.languages.borrow_mut().add(&document);
            sink(&document);
            Ok(())
        })
    }

    /// The id of the one document that is called so.
    ///
    /// # Errors
    /// When none is, or several are.
    pub(crate) fn one_named(&self, name: &str) -> Result<DocumentId, Failure> {
        corpus::one_named(&self.corpus, name)
    }

    /// Says which of the documents that were handed on are in languages of which less is found.
    pub(crate) fn tell_languages(&self, console: &Console) {
        self.languages.borrow().tell(console);
    }
}

/// Annotates those documents of a corpus anew whose facts are missing or of an older version; gives their number.
///
/// # Errors
/// When the corpus cannot be read or written.
pub(crate) fn annotate_anew(
    writer: &mut Writer,
    annotators: &Annotators,
    jobs: NonZeroUsize,
) -> Result<u64, Failure> {
    writer.annotate_anew(&|document| annotators.annotate_anew(document), jobs).map_err(failure)
}

/// Brings the links of the corpus in a directory up to date, where they are not; a `linker` that was shown all documents
/// saves looking at them again.
///
/// # Errors
/// When the corpus cannot be read or written.
pub(crate) fn update(directory: &Path, writer: &mut Writer, linker: Option<Linker>) -> Result<(), Failure> {
    if !writer.has_links().map_err(failure)? {
        let corpus = Corpus::open(directory).map_err(failure)?;
        let table = links::anew(&corpus, linker)?;
        drop(corpus);
        let (links, entities) = links::rows(&table);
        writer.set_links(links, entities).map_err(failure)?;
    }
    Ok(())
}
