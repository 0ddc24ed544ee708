//! The last stage, where copies are looked for: what is left is annotated and written as parts of a package.

use super::{Attempt, counted::Counted};
use crate::{
    error::Error,
    needs::annotators,
    tally::Tally,
    work::{Note, Plan, Task, Work, read_json},
};
use corpus_annotate::Annotators;
use corpus_core::Document;
use corpus_format::{Batch, Joined, Layer, Table, TableReader, part_name};
use std::collections::HashSet;

/// Writes the parts of a task.
pub(super) fn run(task: &Task, plan: &Plan, work: &Work) -> Result<Note, Error> {
    let number = task.number;
    let failed = |cause: corpus_format::Error| Error::File {
        what: format!("write part {number}"),
        cause: cause.to_string(),
    };
    let annotators = annotators(plan)?;
    let attempt = Attempt::below(&plan.output())?;
    let layers = annotators.as_ref().map(layers).unwrap_or_default();
    let mut batch = Batch::new(attempt.folder(), number).with_layers(layers);
    let mut tally = Tally::default();
    let mut counted = Counted::new(plan)?;
    let path = work.parts().join(part_name(Table::Documents, None, number));
    if path.exists() {
        let copies: HashSet<u32> = read_json(&work.copies(number))?;
        let table = TableReader::open(&path, Table::Documents).map_err(failed)?;
        let none: [(&str, &TableReader); 0] = [];
        for (document, row) in Joined::open(&table, none, None).map_err(failed)?.zip(0_u32..) {
            let mut document = document.map_err(failed)?;
            if copies.contains(&row) {
                tally.copies += 1;
                continue;
            }
            if let Some(annotators) = &annotators {
                annotators.annotate(&mut document);
            }
            tally.written += 1;
            counted.written(&document)?;
            tally.annotations += document.annotations.len() as u64;
            push(&mut batch, &document, annotators.as_ref())?;
        }
    }
    let parts = batch.finish().map_err(failed)?;
    let made = attempt.put_parts(&parts, work)?;
    let parts = parts.into_iter().map(Into::into).collect();
    let Counted { before, after, .. } = counted;
    Ok(Note { tally, parts, before, after, ..Note::of(task, made) })
}

/// The layers that annotators write.
pub(super) fn layers(annotators: &Annotators) -> Vec<Layer> {
    annotators.written().map(|(name, version)| Layer { name: name.to_owned(), version }).collect()
}

/// Adds a document to a batch; gives its row.
pub(super) fn push(
    batch: &mut Batch,
    document: &Document,
    annotators: Option<&Annotators>,
) -> Result<u32, Error> {
    let version = |layer: &str| {
        let written = annotators.into_iter().flat_map(Annotators::written);
        written.filter(|(name, _)| *name == layer).map(|(_, version)| version).next().unwrap_or(1)
    };
    let what = || format!("write document {}", document.id);
    batch.push(document, version).map_err(|cause| Error::File { what: what(), cause: cause.to_string() })
}
