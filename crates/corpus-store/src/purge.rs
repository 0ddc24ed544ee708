//! Purging: of documents that are not current no byte stays, wherever it lies.

use crate::{
    anchor::Anchor,
    corpus::Corpus,
    decision::{Decision, Verdict},
    directory::DAMAGED,
    error::Error,
    links::{LinksAtRest, write},
    lock::IndexLock,
    manifest::{hashed, is_hashed},
    writer::Writer,
};
use corpus_core::{Document, DocumentId};
use corpus_format::{EntityRow, LinkRow, Part, Table, entity_batch, link_batch};
use rusqlite::params;
use std::{
    collections::{HashMap, HashSet},
    fs, io,
};

/// What is not to be packed any more.
#[derive(Debug, Default)]
pub(crate) struct Erased {
    /// Number of documents that lose their bytes.
    pub(crate) n_documents: u64,
    /// Sources, by their BLAKE3, that have text of such a document which no current document of theirs has: of a page
    /// that gave several documents, one may have been removed.
    pub(crate) sources: HashSet<String>,
}

impl Writer {
    /// Erases from the manifest, in the transaction that goes on, what comes from documents that are not current.
    pub(crate) fn erase(&self, corpus: &Corpus, snapshot: u64) -> Result<Erased, Error> {
        let manifest = self.manifest();
        let query = "SELECT id FROM documents WHERE left IS NOT NULL AND part IS NOT NULL";
        let leaving: HashSet<String> = manifest.all(query, [], |row| row.get(0))?.into_iter().collect();
        let sources = sources_to_erase(corpus, &leaving)?;
        self.erase_words(corpus)?;
        manifest.execute(
            "DELETE FROM also WHERE document IN (SELECT n FROM documents WHERE left IS NOT NULL)",
            [],
        )?;
        // Their ids stay, so that they do not come back.
        manifest.execute(
            "UPDATE documents SET part = NULL, row = NULL, name = NULL, source = NULL WHERE left IS NOT NULL",
            [],
        )?;
        self.erase_paths()?;
        manifest.set_index_since(snapshot)?;
        Ok(Erased { n_documents: leaving.len() as u64, sources })
    }

    /// Of files that no current document came from, hashes of their paths stay, by which they are known again.
    fn erase_paths(&self) -> Result<(), Error> {
        let manifest = self.manifest();
        let query = "SELECT input, uri FROM inputs \
                     WHERE input NOT IN (SELECT input FROM documents WHERE left IS NULL) \
                     AND input NOT IN (SELECT input FROM also)";
        let all = manifest.all(query, [], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?)))?;
        for (input, uri) in all.into_iter().filter(|(_, uri)| !is_hashed(uri)) {
            manifest.execute("UPDATE inputs SET uri = ?1 WHERE input = ?2", params![hashed(&uri), input])?;
        }
        Ok(())
    }

    /// Decisions keep words of documents. Where those still stand in a current document, a decision is about that one
    /// from now on; else its words are erased.
    fn erase_words(&self, corpus: &Corpus) -> Result<(), Error> {
        let mut current: HashMap<DocumentId, Option<Document>> = HashMap::new();
        let mut at_home = |mut anchor: Anchor| -> Result<Anchor, Error> {
            if !current.contains_key(&anchor.document) {
                current.clear();
                let document = corpus.decided_document(&anchor.document)?;
                current.insert(anchor.document.clone(), document);
            }
            let document = current.get(&anchor.document).and_then(Option::as_ref);
            // What stood around them may be no longer there.
            match document.filter(|document| anchor.home(document).is_some()) {
                Some(document) => anchor = anchor.anew(document),
                None => [&mut anchor.before, &mut anchor.quoted, &mut anchor.after]
                    .into_iter()
                    .for_each(String::clear),
            }
            Ok(anchor)
        };
        for Decision { number, anchor, verdict } in self.manifest().decisions()? {
            let anchor = at_home(anchor)?;
            let verdict = match verdict {
                Verdict::Merge { with, ids } => Verdict::Merge { with: at_home(with)?, ids },
                verdict => verdict,
            };
            self.set_decision(number, &anchor, &verdict)?;
        }
        Ok(())
    }

    /// The links of current documents alone, and the ids of entities without their names, which are found anew.
    pub(crate) fn links_without_names(&self, rest: &LinksAtRest, number: u64) -> Result<Vec<Part>, Error> {
        let manifest = self.manifest();
        let query = "SELECT id FROM documents WHERE left IS NULL";
        let current: HashSet<String> = manifest.all(query, [], |row| row.get(0))?.into_iter().collect();
        let mut links: Vec<LinkRow> = Vec::new();
        rest.each(|link| {
            if current.contains(&link.document) {
                links.push(link);
            }
        })?;
        let entities = rest.entities()?.into_iter().map(|entity| EntityRow {
            name: String::new(),
            variants: Vec::new(),
            ..entity
        });
        let mut parts = self.replace_as(Table::Links, number, |file| {
            write(file, links.into_iter(), link_batch, |_| Ok(()))
        })?;
        parts.extend(
            self.replace_as(Table::Entities, number, |file| write(file, entities, entity_batch, |_| Ok(())))?,
        );
        manifest.set_meta("links", 0)?;
        Ok(parts)
    }

    /// Takes away what keeps bytes of the manifest and the index as they were.
    pub(crate) fn sweep(&self) -> Result<(), Error> {
        IndexLock::remove_index(self.directory())?;
        self.manifest().run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
        let damaged = self.directory().join(DAMAGED);
        match fs::remove_file(&damaged) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io("remove", &damaged, error));
            }
            _ => {}
        }
        self.back_up()
    }
}

/// Sources whose bytes hold text of documents that leave, and not of any that stays.
fn sources_to_erase(corpus: &Corpus, leaving: &HashSet<String>) -> Result<HashSet<String>, Error> {
    let mut texts: HashMap<String, HashSet<blake3::Hash>> = HashMap::new();
    if leaving.is_empty() {
        return Ok(HashSet::new());
    }
    let all = || corpus.documents().without_annotations().with_left(true).undecided();
    for document in all() {
        let document = document?;
        if leaving.contains(document.id.as_str()) {
            let hash = blake3::hash(document.text.as_bytes());
            texts.entry(document.source.blake3).or_default().insert(hash);
        }
    }
    for document in all() {
        let document = document?;
        if !leaving.contains(document.id.as_str())
            && let Some(of_source) = texts.get_mut(&document.source.blake3)
        {
            of_source.remove(&blake3::hash(document.text.as_bytes()));
        }
    }
    Ok(texts.into_iter().filter(|(_, texts)| !texts.is_empty()).map(|(source, _)| source).collect())
}
