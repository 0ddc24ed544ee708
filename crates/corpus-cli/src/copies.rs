//! The copies among the documents of a corpus, found anew when the documents have changed.

use crate::{corpus::failure, dupes, failure::Failure};
use corpus_core::Document;
use corpus_dedup::{Cluster, Label, Options, Pile, Sketch, TextKey};
use corpus_format::ClusterRow;
use corpus_query::label_of;
use corpus_store::{Corpus, Documents, Error};
use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

/// Sketches that wait to be piled up, a thread.
const AHEAD: usize = 64;

/// Finds the copies in the corpus at `directory`, on so many threads. Documents are read part by part.
///
/// # Errors
/// When the corpus cannot be read, or there is no room for temporary files.
pub(crate) fn find(directory: &Path, threads: NonZeroUsize) -> Result<Vec<ClusterRow>, Failure> {
    let corpus = Corpus::open(directory).map_err(failure)?;
    let mut pile = new_pile()?;
    let runs = Mutex::new(corpus.runs().into_iter());
    let (sender, receiver) = mpsc::sync_channel(AHEAD * threads.get());
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let sender = sender.clone();
            let runs = &runs;
            scope.spawn(move || {
                let next = || runs.lock().unwrap_or_else(PoisonError::into_inner).next();
                while let Some(run) = next() {
                    if !send(run, &sender) {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Dropped where a sketch cannot be piled up, so that no thread waits for it to be taken.
        let receiver = receiver;
        receiver.iter().try_for_each(|sketch| {
            let Sketched { label, sketch, .. } = sketch.map_err(failure)?;
            pile.add(&label, &sketch).map_err(dupes::failure)
        })
    })?;
    compare(pile, threads)
}

/// A pile for the sketches of documents.
///
/// # Errors
/// When there is no room for temporary files.
pub(crate) fn new_pile() -> Result<Pile, Failure> {
    Pile::new(Options::new()).map_err(dupes::failure)
}

/// What is computed of a document before documents are compared.
pub(crate) struct Sketched {
    pub(crate) label: Label,
    pub(crate) sketch: Sketch,
    /// Keys of its blocks.
    pub(crate) keys: Vec<TextKey>,
}

impl Sketched {
    pub(crate) fn of(document: &Document) -> Self {
        let (sketch, keys) = Sketch::of_page(document);
        Sketched { label: label_of(document), sketch, keys }
    }
}

/// The copies among all documents of a pile.
///
/// # Errors
/// When there is no room for temporary files.
pub(crate) fn compare(pile: Pile, threads: NonZeroUsize) -> Result<Vec<ClusterRow>, Failure> {
    let found = pile.compare(threads).map_err(dupes::failure)?;
    Ok(found.clusters.iter().zip(1..).flat_map(|(cluster, number)| rows(cluster, number)).collect())
}

/// Sends the sketches of documents; false once nobody takes them.
fn send(documents: Documents<'_>, sender: &mpsc::SyncSender<Result<Sketched, Error>>) -> bool {
    documents
        .without_annotations()
        .all(|document| sender.send(document.map(|document| Sketched::of(&document))).is_ok())
}

fn rows(cluster: &Cluster, number: u64) -> impl Iterator<Item = ClusterRow> + '_ {
    let survivor = &cluster.survivor().label.document;
    cluster.members().iter().map(move |member| ClusterRow {
        cluster: number,
        survivor: survivor.clone(),
        member: member.label.document.clone(),
        relation: member.relation.to_string(),
        similarity: member.similarity,
    })
}
