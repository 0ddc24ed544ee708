//! Clusters: documents that are copies of each other, and blocks that documents share without being copies.

use crate::{
    error::Error,
    tabular::{Tabular, cell},
};
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

/// A document of a cluster as a row of a table, or one that shares blocks with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopyRow {
    /// Number of the cluster, from 1; `None` of one that only shares blocks.
    pub cluster: Option<u64>,
    /// Id of the document.
    pub id: String,
    /// Where it lies.
    pub document: String,
    /// Headline of its article.
    pub title: Option<String>,
    /// When the article was published, as EDTF.
    pub published: Option<String>,
    /// `exact`, `near`, `contains` or `reworded`, as [`Member::relation`] has it; `shares` of one that only shares blocks.
    pub relation: String,
    /// How like it is, in the measure of the relation, from 0 to 1.
    pub similarity: Option<f64>,
    /// Whether it is the one to keep.
    pub is_survivor: bool,
    /// How the first of the shared blocks begins.
    pub begins: Option<String>,
}

impl CopyRow {
    /// A row for each document that shares blocks.
    pub fn of_shared(shared: &Shared) -> impl Iterator<Item = CopyRow> {
        shared.documents.iter().map(|id| CopyRow {
            cluster: None,
            id: id.clone(),
            document: String::new(),
            title: None,
            published: None,
            relation: "shares".to_owned(),
            similarity: None,
            is_survivor: false,
            begins: Some(shared.begins.clone()),
        })
    }
}

impl Tabular for CopyRow {
    const COLUMNS: &'static [&'static str] =
        &["cluster", "relation", "similarity", "survivor", "title", "published", "document", "id", "begins"];

    fn cells(&self) -> Vec<String> {
        vec![
            cell(self.cluster.as_ref()),
            self.relation.clone(),
            self.similarity.map(|similarity| format!("{similarity:.4}")).unwrap_or_default(),
            self.is_survivor.to_string(),
            cell(self.title.as_ref()),
            cell(self.published.as_ref()),
            self.document.clone(),
            self.id.clone(),
            cell(self.begins.as_ref()),
        ]
    }
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
