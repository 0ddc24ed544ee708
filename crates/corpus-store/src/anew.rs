//! Annotating anew: documents whose annotations are missing or of an older version get new ones, without their sources
//! being read.

use crate::{
    compact::{Packing, layers_of},
    corpus::Corpus,
    documents::Documents,
    error::Error,
    writer::Writer,
};
use corpus_core::Document;
use corpus_format::{Part, Table};
use std::{collections::HashSet, num::NonZeroUsize, thread};

/// Documents that are annotated at a time, for each thread.
const AT_ONCE: usize = 32;

impl Writer {
    /// Annotates those documents anew of which a layer that this writer knows
    /// ([`Options::layer`](crate::Options::layer)) is missing or of an older version, in one snapshot; gives their number.
    /// `annotate` is called by so many threads; what it does not take out of a document stays.
    ///
    /// The parts are written anew, as few and large ones.
    ///
    /// # Errors
    /// When the corpus cannot be read or written; it is as it was then.
    pub fn annotate_anew(
        &mut self,
        annotate: &(dyn Fn(&mut Document) + Sync),
        jobs: NonZeroUsize,
    ) -> Result<u64, Error> {
        self.commit()?;
        let outdated = self.outdated()?;
        if outdated.is_empty() {
            return Ok(0);
        }
        let corpus = Corpus::open(self.directory())?;
        let Some(reader) = corpus.reader() else { return Ok(0) };
        self.change(|writer, snapshot| {
            let mut layers = layers_of(&writer.manifest().parts()?);
            for layer in writer.options().layers() {
                layers.everywhere.insert(layer.name.clone());
                layers.versions.insert(layer.name, layer.version);
            }
            writer.manifest().execute("DELETE FROM sources", [])?;
            let mut packing = Packing::new(writer, layers);
            let mut n_annotated = 0;
            for part in reader.document_parts() {
                let is_outdated = outdated.contains(&part.number);
                let mut documents =
                    Documents::in_directory(reader, vec![part.clone()]).with_left(true).undecided();
                loop {
                    let mut some: Vec<Document> =
                        documents.by_ref().take(AT_ONCE * jobs.get()).collect::<Result<_, _>>()?;
                    if some.is_empty() {
                        break;
                    }
                    if is_outdated {
                        n_annotated += some.len() as u64;
                        thread::scope(|scope| {
                            for some in some.chunks_mut(AT_ONCE) {
                                scope.spawn(move || some.iter_mut().for_each(annotate));
                            }
                        });
                    }
                    some.into_iter().try_for_each(|document| packing.pack(&corpus, document))?;
                }
            }
            let parts = packing.finish()?;
            writer.forget_parts()?;
            writer.manifest().set_meta("links", 0)?;
            writer.manifest().set_index_since(snapshot)?;
            Ok((n_annotated, parts))
        })
    }

    /// Numbers of the parts of which a layer is missing or of an older version.
    fn outdated(&self) -> Result<HashSet<u64>, Error> {
        let parts = self.manifest().parts()?;
        let is_there = |number: u64, name: &str, version: u32| {
            let is_it = |part: &&Part| {
                part.number == number
                    && part.layer.as_ref().is_some_and(|layer| layer.name == name && layer.version >= version)
            };
            parts.iter().any(|part| is_it(&part))
        };
        let documents = parts.iter().filter(|part| part.table == Table::Documents);
        let layers: Vec<_> = self.options().layers().collect();
        let is_old =
            |part: &&Part| !layers.iter().all(|layer| is_there(part.number, &layer.name, layer.version));
        Ok(documents.filter(is_old).map(|part| part.number).collect())
    }
}
