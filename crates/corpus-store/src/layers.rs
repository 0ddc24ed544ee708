//! Layers from outside: annotations of documents that the corpus has already.

use crate::{
    corpus::Corpus,
    documents::{Chosen, Documents},
    error::Error,
    writer::Writer,
};
use corpus_core::{Annotation, Document};
use corpus_format::{AnnotationRows, Layer, Part, Table, TableWriter, part_name};
use std::{io, path::Path};

/// Annotations that make a row group.
const GROUP: usize = 64 << 10;

impl Writer {
    /// Exchanges all annotations of the layers `names`, in one snapshot, and gives the number of annotations that they
    /// have then. Each layer becomes one version newer; its old files go, no other file changes.
    ///
    /// `find` gives the annotations of a document, or `None` where it keeps those it has. Of other layers than these it
    /// may give none. Documents come in the order of the corpus, those too that are not current.
    ///
    /// # Errors
    /// When the corpus cannot be read or written, or `find` fails. The corpus is as it was then.
    pub fn set_layers(
        &mut self,
        names: &[&str],
        mut find: impl FnMut(&Document) -> io::Result<Option<Vec<Annotation>>>,
    ) -> Result<u64, Error> {
        self.commit()?;
        let corpus = Corpus::open(self.directory())?;
        let Some(reader) = corpus.reader() else { return Ok(0) };
        self.change(|writer, snapshot| {
            let directory = writer.directory().to_owned();
            let version = |name: &str| {
                let known = reader.layers().into_iter().filter(|layer| layer.name == name);
                known.map(|layer| layer.version).max().unwrap_or(0) + 1
            };
            let layers: Vec<Layer> =
                names.iter().map(|&name| Layer { name: name.to_owned(), version: version(name) }).collect();
            let all = Chosen { left: true, ..Chosen::default() };
            let mut parts = Vec::new();
            for part in reader.document_parts() {
                let mut files: Vec<LayerFile> =
                    layers.iter().map(|layer| LayerFile::new(layer, part.number)).collect();
                let documents =
                    Documents::in_directory(reader, vec![part.clone()]).with_left(true).undecided();
                for (spot, document) in reader.spots(part.number, all)?.into_iter().zip(documents) {
                    let document = document?;
                    let found = find(&document)
                        .map_err(|error| Error::io("find the layers of a document for", &directory, error))?;
                    let annotations = found.as_deref().unwrap_or(&document.annotations);
                    // Behind all that were there, the ones they take the place of included.
                    let mut n = document.annotations.len();
                    for annotation in annotations {
                        let Some(file) = files.iter_mut().find(|file| file.layer.name == annotation.layer)
                        else {
                            continue;
                        };
                        file.rows.push(&document.id, spot.row, n, annotation);
                        n += 1;
                        if file.rows.len() >= GROUP {
                            file.write(&directory)?;
                        }
                    }
                }
                for file in files {
                    parts.extend(file.finish(&directory)?);
                }
            }
            for name in names {
                let statement = "DELETE FROM parts WHERE kind = 'annotations' AND layer = ?1";
                writer.manifest().execute(statement, [name])?;
            }
            writer.manifest().set_index_since(snapshot)?;
            let n_rows = parts.iter().map(|part| part.rows).sum();
            Ok((n_rows, parts))
        })
    }
}

/// The file of a layer for the documents of one part.
struct LayerFile<'a> {
    layer: &'a Layer,
    number: u64,
    rows: AnnotationRows,
    writer: Option<TableWriter>,
}

impl<'a> LayerFile<'a> {
    fn new(layer: &'a Layer, number: u64) -> Self {
        LayerFile { layer, number, rows: AnnotationRows::new(), writer: None }
    }

    fn write(&mut self, directory: &Path) -> Result<(), Error> {
        let table = Table::Annotations;
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let path = directory.join(part_name(table, Some(self.layer), self.number));
                self.writer.insert(TableWriter::create(&path, table)?)
            }
        };
        Ok(writer.write(&self.rows.finish()?)?)
    }

    /// The part, where it has a row.
    fn finish(mut self, directory: &Path) -> Result<Option<Part>, Error> {
        if !self.rows.is_empty() {
            self.write(directory)?;
        }
        let Some(writer) = self.writer else { return Ok(None) };
        Ok(Some(Part::new(Table::Annotations, self.number, Some(self.layer.clone()), writer.finish()?)))
    }
}
