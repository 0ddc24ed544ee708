//! The corpus that a command works on: the directory that is named, or one made of plain files for this once.

use crate::{
    app::Session,
    failure::Failure,
    input::Input,
    stream::{Ended, Finding, Screen, stream_documents},
};
use corpus_annotate::Annotators;
use corpus_core::DocumentId;
use corpus_store::{Corpus, Ephemeral, Error, ErrorKind, is_corpus};
use std::path::{Path, PathBuf};

/// The corpus that `input` names: a corpus directory as it is now; of files and folders an ephemeral corpus, in memory
/// or, where they are large, in a temporary directory. Its documents are annotated where `annotators` are given. How the
/// reading ended comes with it.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn open(
    session: &mut Session,
    input: &Input,
    annotators: Option<&Annotators>,
) -> Result<(Corpus, Ended), Failure> {
    if let Some(directory) = directory_of(&input.paths) {
        let corpus = Corpus::open(directory).map_err(failure)?;
        let ended = Ended::at_rest(&corpus);
        return Ok((corpus, ended));
    }
    let mut ephemeral = Ephemeral::new();
    let ended = stream_documents(
        session,
        input,
        Screen::Free,
        annotators.map_or(Finding::Nothing, Finding::Facts),
        |documents| ephemeral.add(documents).map(|()| true).map_err(failure),
    )?;
    Ok((ephemeral.finish().map_err(failure)?, ended))
}

/// The corpus directory, where one is named and nothing else.
pub(crate) fn directory_of(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [path] if is_corpus(path) => Some(path),
        _ => None,
    }
}

/// What went wrong with a corpus, and what to do about it.
pub(crate) fn failure(error: Error) -> Failure {
    let failure = Failure::new(&error);
    match error.kind() {
        ErrorKind::NotFound => failure.hint(error.advice()),
        _ => failure.hint(error.advice().replace("DIR", &directory_name(error.place()))),
    }
}

/// The corpus directory that a file of it lies in, as far as its path tells.
fn directory_name(path: &Path) -> String {
    let parts = ["documents", "sources", "links", "annotations"];
    let is_inside = |folder: &&Path| {
        folder
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| parts.contains(&name) || name.contains('@'))
    };
    let mut folder = match path.extension() {
        Some(extension) if extension == "parquet" || extension == "sqlite" => path.parent().unwrap_or(path),
        _ => path,
    };
    while is_inside(&folder) {
        folder = folder.parent().unwrap_or(Path::new("DIR"));
    }
    folder.display().to_string()
}

/// The id of the one document that is called so.
///
/// # Errors
/// When none is, or several are.
pub(crate) fn one_named(corpus: &Corpus, name: &str) -> Result<DocumentId, Failure> {
    let mut ids = corpus.named(name, 2).map_err(failure)?;
    match (ids.pop(), ids.is_empty()) {
        (Some(id), true) => Ok(id),
        (id, _) => {
            let what = if id.is_none() { "no document is" } else { "several documents are" };
            Err(Failure::usage(format_args!("{what} called {name:?}"))
                .hint("an id of `corpus scan` names one"))
        }
    }
}
