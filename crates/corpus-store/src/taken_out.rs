//! What a removal came to: the documents that are gone, and those left that are the same page or a copy.

use crate::{
    address::{Mark, Said, address_of},
    corpus::Corpus,
    error::Error,
    manifest::{Manifest, document_id, is_hashed},
    removal::with_each,
};
use corpus_core::{Document, DocumentId, PartKind};
use corpus_format::ClusterRow;
use rusqlite::params;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A document that a removal is about: one that was removed, or one that is left and may be meant too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenOut {
    /// Its id.
    pub id: DocumentId,
    /// What became of it.
    pub fate: Fate,
    /// The file that it came from; `None` where that was purged.
    pub uri: Option<String>,
    /// What its record calls itself.
    pub name: Option<String>,
    /// The URL of its record, else the one that the page calls its own.
    pub url: Option<String>,
    /// The title of its article.
    pub title: Option<String>,
}

/// What became of a document when others were removed, or it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// It was removed.
    Removed,
    /// It is left, at the address of one that was removed.
    SameAddress,
    /// It is left, and names a page as its own or as that which it leads to that a removed one names too.
    SamePage,
    /// It is left, and is a copy of one that was removed, exact or near.
    Copy,
}

impl Fate {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fate::Removed => "removed",
            Fate::SameAddress => "same_address",
            Fate::SamePage => "same_page",
            Fate::Copy => "copy",
        }
    }
}

impl Manifest {
    /// What the removal of these documents, which were current in `corpus` and are no more, came to: they themselves in
    /// the order in which they came, then those left.
    pub(crate) fn taken_out(&self, corpus: &Corpus, ids: &[DocumentId]) -> Result<Vec<TakenOut>, Error> {
        let mut fates: HashMap<DocumentId, Fate> = ids.iter().map(|id| (id.clone(), Fate::Removed)).collect();
        let mut looks: HashMap<DocumentId, (Option<String>, Option<String>)> = HashMap::new();
        with_each(corpus, ids, |document| {
            looks.insert(document.id.clone(), look(document));
            self.left_beside(document, &mut fates)
        })?;
        self.copies_left(corpus, &mut fates)?;
        let left: Vec<DocumentId> =
            fates.iter().filter(|(_, fate)| **fate != Fate::Removed).map(|(id, _)| id.clone()).collect();
        with_each(corpus, &left, |document| {
            looks.insert(document.id.clone(), look(document));
            Ok(())
        })?;
        let mut found = BTreeMap::new();
        for (id, fate) in fates {
            let query = "SELECT n, uri, name FROM documents JOIN inputs USING (input) WHERE id = ?1";
            let row = self.option(query, [id.as_str()], |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?, row.get(2)?))
            })?;
            let Some((n, uri, name)) = row else { continue };
            let (url, title) = looks.remove(&id).unwrap_or_default();
            let uri = Some(uri).filter(|uri| !is_hashed(uri));
            found.insert((fate, n), TakenOut { id, fate, uri, name, url, title });
        }
        Ok(found.into_values().collect())
    }

    /// Finds the current documents that are the page of this one.
    fn left_beside(&self, document: &Document, fates: &mut HashMap<DocumentId, Fate>) -> Result<(), Error> {
        let query = "SELECT address FROM documents WHERE id = ?1";
        let own: Option<Option<[u8; 16]>> = self.option(query, [document.id.as_str()], |row| row.get(0))?;
        let also = document.also.iter().filter_map(|source| address_of(source, false));
        let addresses: HashSet<[u8; 16]> = own.flatten().into_iter().chain(also).collect();
        let said = Said::by(document);
        let ways = [Mark::Own, Mark::Canonical, Mark::Item];
        let pages: HashSet<[u8; 16]> =
            said.pages().flat_map(|(_, page)| ways.map(|mark| mark.of(page))).collect();
        let at = "SELECT id FROM documents WHERE address = ?1 AND left IS NULL";
        let naming = "SELECT id FROM pages JOIN documents ON n = document WHERE page = ?1 AND left IS NULL";
        for (query, fate, hashes) in [(at, Fate::SameAddress, addresses), (naming, Fate::SamePage, pages)] {
            for hash in hashes {
                for id in self.all(query, params![hash], |row| row.get::<_, String>(0))? {
                    let id = document_id(self.path(), &id)?;
                    let known = fates.entry(id).or_insert(fate);
                    *known = fate.min(*known);
                }
            }
        }
        Ok(())
    }

    /// Finds the current documents that are copies of removed ones, as of the last search for copies.
    fn copies_left(&self, corpus: &Corpus, fates: &mut HashMap<DocumentId, Fate>) -> Result<(), Error> {
        let rows = corpus.clusters()?;
        let removed: HashSet<&str> =
            fates.iter().filter(|(_, fate)| **fate == Fate::Removed).map(|(id, _)| id.as_str()).collect();
        let is_removed = |row: &&ClusterRow| removed.contains(&*row.member);
        let clusters: HashSet<u64> = rows.iter().filter(is_removed).map(|row| row.cluster).collect();
        for row in rows.iter().filter(|row| clusters.contains(&row.cluster)) {
            let query = "SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?1 AND left IS NULL)";
            if self.one(query, [&row.member])? {
                fates.entry(document_id(self.path(), &row.member)?).or_insert(Fate::Copy);
            }
        }
        Ok(())
    }
}

/// The URL and the title of a document.
fn look(document: &Document) -> (Option<String>, Option<String>) {
    let article = document.parts.iter().find(|part| part.kind == PartKind::Article);
    let stated = document.source.metadata.url.clone();
    (
        stated.or_else(|| article.and_then(|part| part.url.clone())),
        article.and_then(|part| part.title.clone()),
    )
}
