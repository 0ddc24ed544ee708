//! Clusters: documents that are copies of each other, and blocks that documents share without being copies.

use crate::error::Error;
use corpus_core::Document;
use corpus_dedup::{Basis, Label, Options, Pile, Sketch};
use corpus_store::Corpus;
use serde::Serialize;
use std::num::NonZeroUsize;

/// The copies of a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Documents that are copies of each other.
    pub clusters: Vec<Cluster>,
    /// Blocks of documents that are no copies of each other, those with most characters first.
    pub shared: Vec<Shared>,
}

/// Documents that are copies of each other, or copies of copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Number of the cluster, from 1.
    pub number: u64,
    /// The members, the one to keep first.
    pub members: Vec<Member>,
}

/// A document of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Id of the document.
    pub id: String,
    /// How it is related to the first one: `exact`, `near`, `contains` or `reworded`; where only a copy of a copy, to
    /// the closest one.
    pub relation: String,
    /// How much, in the measure of the relation, from 0 to 1.
    pub similarity: f64,
}

/// Blocks that the same documents share, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shared {
    /// Ids of the documents.
    pub documents: Vec<String>,
    /// Number of blocks.
    pub blocks: u64,
    /// Their characters, in the first document.
    pub characters: u64,
    /// How the first of them begins.
    pub begins: String,
}

/// What a document is called where copies are compared: by the record's own id, else by the file's name without its
/// ending, else by its id. Every part of the program takes this label, so that the same copy survives in all of them.
pub fn label_of(document: &Document) -> Label {
    Label::of(document, document.source.located().to_string())
}

impl Clusters {
    /// The clusters that were found when the corpus was built, without the blocks that documents share; `None` of a
    /// corpus that was not.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn known(corpus: &Corpus) -> Result<Option<Clusters>, Error> {
        if corpus.index_dir().is_none() {
            return Ok(None);
        }
        let mut clusters: Vec<Cluster> = Vec::new();
        for row in corpus.clusters()? {
            if clusters.last().is_none_or(|cluster| cluster.number != row.cluster) {
                clusters.push(Cluster { number: row.cluster, members: Vec::new() });
            }
            if let Some(cluster) = clusters.last_mut() {
                let (id, relation, similarity) = (row.member, row.relation, row.similarity);
                cluster.members.push(Member { id, relation, similarity });
            }
        }
        Ok(Some(Clusters { clusters, shared: Vec::new() }))
    }

    /// Finds the copies among documents, which may come in any order, on so many threads. Temporary files are together
    /// about as large as the texts.
    ///
    /// # Errors
    /// When a document cannot be read, or there is no room for temporary files.
    pub fn find<E: Into<Error>>(
        documents: impl Iterator<Item = Result<Document, E>>,
        threads: NonZeroUsize,
    ) -> Result<Clusters, Error> {
        let mut pile = Pile::new(Options::new())?;
        for document in documents {
            let document = document.map_err(Into::into)?;
            let sketch = Sketch::of(Basis::Page.pieces(&document)).blocks_of(&document);
            pile.add(&label_of(&document), &sketch)?;
        }
        let found = pile.compare(threads)?;
        let clusters = found.clusters.iter().zip(1..).map(|(cluster, number)| {
            let members = cluster.members().iter().map(|member| Member {
                id: member.label.document.clone(),
                relation: member.relation.to_string(),
                similarity: member.similarity,
            });
            Cluster { number, members: members.collect() }
        });
        let shared = found.passages.iter().map(|passage| Shared {
            documents: passage.documents.iter().map(|label| label.document.clone()).collect(),
            blocks: passage.blocks,
            characters: passage.characters,
            begins: passage.begins.clone(),
        });
        Ok(Clusters { clusters: clusters.collect(), shared: shared.collect() })
    }
}
