//! `/v1/dupes`: documents that are copies of each other, and blocks that documents share.

use crate::{
    app::App,
    form::Cells,
    pages::{Limit, Pages, hundred},
    problem::Problem,
    question::{Places, Question},
    snapshot::{Opened, Scanned},
};
use corpus_query::{Cluster, CopyRow, Shared, Total};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Documents that are copies of each other: exact, near, cut or reworded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dupes {
    /// Whether to look also for blocks that documents share without being copies.
    #[serde(default)]
    pub(crate) blocks: bool,
    /// Number of clusters, and of sets of shared blocks, at most 100,000.
    #[serde(default = "hundred")]
    pub(crate) limit: Limit,
    /// Where to go on: `next` of the answer before.
    pub(crate) cursor: Option<String>,
}

/// The copies of a corpus.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DupesFound {
    /// The clusters.
    pub(crate) items: Vec<Copies>,
    /// Number of clusters on all pages.
    pub(crate) total: Total,
    /// Number of documents that clusters have beside the one to keep.
    pub(crate) copies: u64,
    /// Blocks that documents share without being copies, where that was asked for; on the first page. In a form of rows
    /// they stand behind the clusters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shared: Option<Vec<Shared>>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// Documents that are copies of each other.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Copies {
    /// Number of the cluster, from 1.
    pub(crate) cluster: u64,
    /// Id of the document to keep: the longest, of equally long ones the earliest.
    pub(crate) survivor: String,
    /// The documents, the survivor first.
    pub(crate) documents: Vec<Copy>,
}

/// A document of a cluster.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Copy {
    /// Its id.
    pub(crate) id: String,
    /// Where it lies.
    pub(crate) document: String,
    /// Headline of its article.
    pub(crate) title: Option<String>,
    /// When the article was published, as EDTF.
    pub(crate) published: Option<String>,
    /// `exact`, `near`, `contains` or `reworded`: what it is to the survivor, or to the closest copy.
    pub(crate) relation: String,
    /// How like it is, in the measure of the relation, from 0 to 1.
    pub(crate) similarity: f64,
}

impl Copies {
    fn of(cluster: &Cluster, scanned: &Scanned) -> Self {
        let documents = cluster.members.iter().map(|member| {
            let row = scanned.place(&member.id).and_then(|index| scanned.rows.get(index));
            Copy {
                id: member.id.clone(),
                document: row.map_or_else(String::new, |row| row.document.clone()),
                title: row.and_then(|row| row.title.clone()),
                published: row.and_then(|row| row.published.as_ref()).map(|date| date.edtf.clone()),
                relation: member.relation.clone(),
                similarity: (member.similarity * 10_000.0).round() / 10_000.0,
            }
        });
        let survivor = cluster.members.first().map_or_else(String::new, |member| member.id.clone());
        Copies { cluster: cluster.number, survivor, documents: documents.collect() }
    }

    /// A row for each document.
    fn rows(&self) -> impl Iterator<Item = CopyRow> {
        self.documents.iter().map(|copy| CopyRow {
            cluster: Some(self.cluster),
            id: copy.id.clone(),
            document: copy.document.clone(),
            title: copy.title.clone(),
            published: copy.published.clone(),
            relation: copy.relation.clone(),
            similarity: Some(copy.similarity),
            is_survivor: copy.id == self.survivor,
            begins: None,
        })
    }
}

impl Question for Dupes {
    type Answer = DupesFound;

    fn check(&self) -> Result<(), Problem> {
        Pages::of(&format!("dupes {}", self.blocks), self.limit, self.cursor.as_deref()).map(drop)
    }

    fn answer(self, _: &Places, _: &App, corpus: &Opened) -> Result<DupesFound, Problem> {
        let question = format!("dupes {}", self.blocks);
        let pages = Pages::of(&question, self.limit, self.cursor.as_deref())?;
        let scanned = corpus.scan()?;
        let found = corpus.clusters()?;
        let (clusters, next) = pages.cut(found.clusters.iter());
        // They have no pages: those that are asked for come with the first clusters.
        let shared = match self.blocks && pages.from() == 0 {
            true => Some(corpus.shared_blocks()?.shared.iter().take(self.limit.get()).cloned().collect()),
            false => None,
        };
        let total = found.clusters.len();
        let members: usize = found.clusters.iter().map(|cluster| cluster.members.len()).sum();
        Ok(DupesFound {
            items: clusters.into_iter().map(|cluster| Copies::of(cluster, &scanned)).collect(),
            next,
            total: Total::exactly(total as u64),
            copies: (members - total) as u64,
            shared,
        })
    }

    fn table(answer: &DupesFound) -> Option<Cells<'_>> {
        let shared = answer.shared.iter().flatten().flat_map(CopyRow::of_shared);
        Some(Cells::made(answer.items.iter().flat_map(Copies::rows).chain(shared)))
    }
}
