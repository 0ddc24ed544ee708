//! Links and clusters as rows, and rows as links and clusters.

use crate::{error::Error, fields::Fields, table::Table};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A link from what a document names to what the corpus knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkRow {
    /// Id of the document, as written.
    pub document: String,
    /// Layer whose values hold the local id.
    pub layer: String,
    /// Id in the document.
    pub local_id: String,
    /// Id in the corpus.
    pub corpus_id: String,
}

/// A document that is in a cluster of copies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRow {
    /// Number of the cluster, from 1.
    pub cluster: u64,
    /// Id of the document that stands for the cluster.
    pub survivor: String,
    /// Id of the document.
    pub member: String,
    /// What it is to its closest copy: exact, near, contains or reworded.
    pub relation: String,
    /// How like it is, from 0 to 1, in the measure of the relation.
    pub similarity: f64,
}

fn texts<'a, T: 'a>(rows: &'a [T], text: impl Fn(&'a T) -> &'a str) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(rows.iter().map(text)))
}

/// Links as rows.
///
/// # Errors
/// When they do not fit into one batch.
pub fn link_batch(rows: &[LinkRow]) -> Result<RecordBatch, Error> {
    let columns = vec![
        texts(rows, |row| &row.document),
        texts(rows, |row| &row.layer),
        texts(rows, |row| &row.local_id),
        texts(rows, |row| &row.corpus_id),
    ];
    RecordBatch::try_new(Table::Links.schema(), columns).map_err(Error::rows)
}

/// The links that rows hold.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn links_of(batch: &RecordBatch) -> Result<Vec<LinkRow>, Error> {
    let fields = Fields::of(batch);
    let [document, layer] = [fields.texts("document")?, fields.texts("layer")?];
    let [local_id, corpus_id] = [fields.texts("local_id")?, fields.texts("corpus_id")?];
    let link = |row: usize| LinkRow {
        document: document.text(row).to_owned(),
        layer: layer.text(row).to_owned(),
        local_id: local_id.text(row).to_owned(),
        corpus_id: corpus_id.text(row).to_owned(),
    };
    Ok((0..batch.num_rows()).map(link).collect())
}

/// Members of clusters as rows.
///
/// # Errors
/// When they do not fit into one batch.
pub fn cluster_batch(rows: &[ClusterRow]) -> Result<RecordBatch, Error> {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(UInt64Array::from_iter_values(rows.iter().map(|row| row.cluster))),
        texts(rows, |row| &row.survivor),
        texts(rows, |row| &row.member),
        texts(rows, |row| &row.relation),
        Arc::new(Float64Array::from_iter_values(rows.iter().map(|row| row.similarity))),
    ];
    RecordBatch::try_new(Table::Clusters.schema(), columns).map_err(Error::rows)
}

/// The members of clusters that rows hold.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn clusters_of(batch: &RecordBatch) -> Result<Vec<ClusterRow>, Error> {
    let fields = Fields::of(batch);
    let cluster = fields.u64s("cluster")?;
    let [survivor, member] = [fields.texts("survivor")?, fields.texts("member")?];
    let (relation, similarity) = (fields.texts("relation")?, fields.f64s("similarity")?);
    let member = |row: usize| ClusterRow {
        cluster: cluster.value(row),
        survivor: survivor.text(row).to_owned(),
        member: member.text(row).to_owned(),
        relation: relation.text(row).to_owned(),
        similarity: similarity.value(row),
    };
    Ok((0..batch.num_rows()).map(member).collect())
}
