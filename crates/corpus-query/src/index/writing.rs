//! The writing of an index: parts go to a thread that indexes them, and wait for it only in so many bytes.

use super::Payload;
use crate::error::Error;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term, schema::document::Document};

/// Bytes of text that may wait to be indexed: tantivy counts documents, of which one may be of any size.
const MOST_WAITING: usize = 16 << 20;

/// How long a part waits for a thread that takes none: tantivy says then that the thread has ended.
const PATIENCE: Duration = Duration::from_secs(10);

/// What writes an index.
pub(super) struct Writing {
    writer: IndexWriter<Waiting>,
    path: PathBuf,
    queue: Arc<Queue>,
}

impl Writing {
    /// Begins to write an index, with so many bytes of memory for what is not yet written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn begin(index: &tantivy::Index, path: &Path, memory: usize) -> Result<Self, Error> {
        let writer = index.writer_with_num_threads(1, memory);
        let writer = writer.map_err(|error: TantivyError| Error::index(path, "write", error))?;
        Ok(Writing { writer, path: path.to_owned(), queue: Arc::default() })
    }

    /// Adds a document of so many bytes of text.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub(super) fn add(&self, document: TantivyDocument, bytes: usize) -> Result<(), Error> {
        let waiting = Waiting { document, _place: Place::take(&self.queue, bytes) };
        self.writer.add_document(waiting).map(drop).map_err(|error| self.failed(error))
    }

    /// Takes all documents away that have a term.
    pub(super) fn delete(&self, term: Term) {
        self.writer.delete_term(term);
    }

    /// Ends the writing: what was written is there, and says of itself what it is.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub(super) fn commit(mut self, payload: &Payload) -> Result<(), Error> {
        let path = self.path.clone();
        let failed = |error: TantivyError| unwritten(&path, error);
        let mut commit = self.writer.prepare_commit().map_err(failed)?;
        commit.set_payload(&serde_json::to_string(payload).unwrap_or_default());
        commit.commit().map_err(failed)?;
        self.writer.wait_merging_threads().map_err(failed)
    }

    fn failed(&self, error: TantivyError) -> Error {
        unwritten(&self.path, error)
    }
}

/// Bytes that are written to learn why an index cannot be.
const TRIAL: usize = 1 << 20;

/// The failure to write an index. Where the thread that writes has ended, tantivy does not say why; so a trial is made
/// beside what it wrote.
fn unwritten(path: &Path, error: TantivyError) -> Error {
    // An index in memory has no folder.
    match path.join("meta.json").exists().then(|| trial(path)) {
        Some(Err(cause)) => Error::index(path, "write", cause),
        _ => Error::index(path, "write", error),
    }
}

fn trial(path: &Path) -> io::Result<()> {
    let place = path.join("trial");
    let written = fs::write(&place, vec![0; TRIAL]);
    // What is left of it goes with the index.
    let _ = fs::remove_file(&place);
    written
}

/// Bytes of text that wait, and who is told when they become fewer.
#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<usize>,
    fewer: Condvar,
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue, given back when it is dropped.
struct Place {
    queue: Arc<Queue>,
    bytes: usize,
}

impl Place {
    /// A place for so many bytes, as soon as there is room. One that is larger than all room waits until it is alone.
    fn take(queue: &Arc<Queue>, bytes: usize) -> Place {
        let is_full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > MOST_WAITING;
        let room = queue.fewer.wait_timeout_while(queue.waiting(), PATIENCE, is_full);
        let (mut waiting, _) = room.unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Place { queue: Arc::clone(queue), bytes }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.queue.waiting() -= self.bytes;
        self.queue.fewer.notify_one();
    }
}

/// A document that waits to be indexed.
struct Waiting {
    document: TantivyDocument,
    _place: Place,
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::mpsc, thread};

    #[test]
    fn why_an_index_cannot_be_written_is_found_out_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let message = || unwritten(path, TantivyError::ErrorInThread("it was killed".to_owned())).to_string();
        assert!(message().contains("it was killed"), "no index of a folder: {}", message());
        fs::write(path.join("meta.json"), "{}").unwrap();
        assert!(message().contains("it was killed"), "{}", message());
        assert_eq!(fs::read_dir(path).unwrap().count(), 1);
        fs::create_dir(path.join("trial")).unwrap();
        let expected = fs::write(path.join("trial"), "").unwrap_err().to_string();
        assert!(message().contains(&expected), "{}", message());
    }

    #[test]
    fn who_comes_to_a_full_queue_waits_and_what_is_too_large_goes_alone() {
        let queue = Arc::new(Queue::default());
        let large = Place::take(&queue, 2 * MOST_WAITING);
        let (sender, taken) = mpsc::channel();
        let waiting = {
            let queue = Arc::clone(&queue);
            thread::spawn(move || {
                let place = Place::take(&queue, 1);
                sender.send(()).unwrap();
                drop(place);
            })
        };
        assert!(taken.recv_timeout(Duration::from_millis(50)).is_err());
        drop(large);
        taken.recv().unwrap();
        waiting.join().unwrap();
        assert_eq!(*queue.waiting(), 0);
    }
}
