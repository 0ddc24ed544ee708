//! Entities of the whole corpus as rows, and rows as entities.

use crate::{
    columns::{Offsets, structure},
    error::Error,
    fields::Fields,
    table::Table,
};
use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt32Array};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What links point at: an entity of the whole corpus, or an id that was merged into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRow {
    /// Its id.
    pub corpus_id: String,
    /// What it is: `PER`, `ORG`, `LOC`, the kind of an event, `agreement`; empty where it was merged into another.
    pub kind: String,
    /// The name to show.
    pub name: String,
    /// How it is named and how often, the most frequent first.
    pub variants: Vec<(String, u32)>,
    /// Number of documents that name it.
    pub documents: u32,
    /// The id that stands for it, where it was merged into another.
    pub redirected_to: Option<String>,
}

/// Entities as rows.
///
/// # Errors
/// When they do not fit into one batch.
pub fn entity_batch(rows: &[EntityRow]) -> Result<RecordBatch, Error> {
    let schema = Table::Entities.schema();
    let texts = |text: &dyn Fn(&EntityRow) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(text)))
    };
    let variants: Vec<&(String, u32)> = rows.iter().flat_map(|row| &row.variants).collect();
    let list = schema.field(3).data_type();
    let children: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(variants.iter().map(|(name, _)| name))),
        Arc::new(UInt32Array::from_iter_values(variants.iter().map(|(_, count)| *count))),
    ];
    let mut offsets = Offsets::default();
    rows.iter().for_each(|row| offsets.push(row.variants.len()));
    let columns = vec![
        texts(&|row| row.corpus_id.clone()),
        texts(&|row| row.kind.clone()),
        texts(&|row| row.name.clone()),
        offsets.finish(list, structure(list, children, None)?)?,
        Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.documents))),
        Arc::new(rows.iter().map(|row| row.redirected_to.as_deref()).collect::<StringArray>()),
    ];
    RecordBatch::try_new(schema, columns).map_err(Error::rows)
}

/// The entities that rows hold.
///
/// # Errors
/// When a column is missing or holds what it should not.
pub fn entities_of(batch: &RecordBatch) -> Result<Vec<EntityRow>, Error> {
    let fields = Fields::of(batch);
    let [corpus_id, kind] = [fields.texts("corpus_id")?, fields.texts("kind")?];
    let [name, redirected_to] = [fields.texts("name")?, fields.texts("redirected_to")?];
    let (rows, items) = fields.list("variants")?;
    let (names, counts) = (items.texts("name")?, items.u32s("count")?);
    let documents = fields.u32s("documents")?;
    let entity = |row: usize| EntityRow {
        corpus_id: corpus_id.text(row).to_owned(),
        kind: kind.text(row).to_owned(),
        name: name.text(row).to_owned(),
        variants: rows.items(row).map(|item| (names.text(item).to_owned(), counts.value(item))).collect(),
        documents: documents.value(row),
        redirected_to: redirected_to.owned(row),
    };
    Ok((0..batch.num_rows()).map(entity).collect())
}
