//! What the commands that list facts have in common: documents with their annotations, one after the other.

use crate::{
    app::Session,
    corpus,
    failure::Failure,
    input::Input,
    stream::{Ended, Screen, stream},
};
use corpus_annotate::Annotators;
use corpus_core::Document;
use corpus_query::Mention;
use corpus_store::Corpus;

/// Hands each document with its facts to `sink`, in the order of the input.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn each(
    session: &mut Session,
    input: &Input,
    mut sink: impl FnMut(&Document),
) -> Result<Ended, Failure> {
    if let Some(directory) = corpus::directory_of(&input.paths) {
        let corpus = Corpus::open(directory).map_err(corpus::failure)?;
        let mut documents = 0;
        for document in corpus.documents() {
            sink(&document.map_err(corpus::failure)?);
            documents += 1;
        }
        return Ok(Ended { files: 1, documents, set_aside: 0, early: false });
    }
    let annotators = Annotators::core();
    stream(
        session,
        input,
        Screen::Free,
        |documents: &mut Vec<Document>, mut document| {
            annotators.annotate(&mut document);
            documents.push(document);
        },
        |documents| {
            documents.iter().for_each(&mut sink);
            Ok(true)
        },
    )
}

/// Where something is told: file and line of each mention, the first few.
pub(crate) fn places(mentions: &[Mention]) -> String {
    const MOST: usize = 4;
    let mut places: Vec<String> = mentions
        .iter()
        .take(MOST)
        .map(|mention| format!("{}:{}", mention.location.name(), mention.location.line))
        .collect();
    if mentions.len() > MOST {
        places.push(format!("{} more", mentions.len() - MOST));
    }
    places.join(", ")
}
