//! The package: Parquet files with a `datapackage.json`, in a folder of its own.

use crate::{
    app::Session,
    corpus::{self, failure},
    failure::Failure,
    input::Input,
    number::Count,
    outcome::Outcome,
};
use corpus_core::DocumentId;
use corpus_export::selection::Filter;
use corpus_format::{EntityRow, Layer, LinkRow, package::PackageWriter};
use corpus_query::links;
use std::{collections::HashSet, fs, path::Path};

/// Writes the documents that `filter` takes, with their facts, and with the links and clusters that are about them.
///
/// # Errors
/// When nothing can be read, `folder` holds something already, or the package cannot be written.
pub(super) fn write(
    session: &mut Session,
    input: &Input,
    folder: &Path,
    filter: &Filter,
) -> Result<Outcome, Failure> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(Failure::usage(format_args!("{} is there already", folder.display()))
            .hint("name a folder that does not exist yet"));
    }
    let annotators = session.program.annotators.clone();
    let (corpus, ended) = corpus::open(session, input, Some(&annotators))?;
    let mut layers = corpus.layers();
    if corpus.index_dir().is_none() || corpus.is_temporary() {
        let versions = annotators.layers();
        layers = versions.map(|(name, version, _)| Layer { name: name.to_owned(), version }).collect();
    }
    let mut writer = PackageWriter::new(folder, layers);
    let mut taken: HashSet<DocumentId> = HashSet::new();
    for document in corpus.documents() {
        let document = document.map_err(failure)?;
        if filter.takes(&document) {
            writer.add(&document).map_err(Failure::new)?;
            taken.insert(document.id);
        }
    }
    if taken.is_empty() {
        session.console.warning("no documents; nothing was written");
        return Ok(ended.outcome().at_best_nothing());
    }
    let ids: HashSet<&str> = taken.iter().map(DocumentId::as_str).collect();
    let table = links::of(&corpus)?;
    let (rows, entities) = links::rows(&table);
    let links: Vec<LinkRow> = rows.filter(|link| ids.contains(&*link.document)).collect();
    let linked: HashSet<&str> = links.iter().map(|link| &*link.corpus_id).collect();
    let is_named = |row: &EntityRow| row.redirected_to.is_some() || linked.contains(&*row.corpus_id);
    let entities: Vec<EntityRow> = entities.filter(is_named).collect();
    let mut clusters = corpus.clusters().map_err(failure)?;
    clusters.retain(|row| ids.contains(&*row.member));
    let contents = writer.finish(&links, &entities, &clusters).map_err(Failure::new)?;
    for (table, rows) in &contents.rows {
        session.console.wrote(format_args!("{} rows of {table} to {}", Count(*rows), folder.display()));
    }
    Ok(ended.outcome())
}
