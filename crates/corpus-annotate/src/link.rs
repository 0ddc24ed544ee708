//! Links: from the local ids of documents to ids that hold in the whole corpus.
//!
//! A [`Linker`] is shown documents one by one, in any order, and keeps of each only what it names. At the end it puts
//! what names the same together and gives each entity an id: the one it had in the previous [`Table`], or a new one.

mod cluster;
mod mint;
mod table;

pub use mint::{Cluster, mint};
pub use table::{Entity, Link, Redirect, Table, Variant};

use cluster::{Local, clusters};
use corpus_core::Document;
use std::collections::BTreeMap;

/// Collects what documents name, and links it.
///
/// # Examples
/// ```
/// use corpus_annotate::{Annotators, link::{Linker, Table}};
/// use corpus_core::{Record, Registry};
///
/// let annotators = Annotators::core();
/// let mut linker = Linker::default();
/// for text in ["Oslo has agreed.", "They met in Oslo."] {
///     for mut document in Registry::core().parse_all(&Record::new("a.txt", text.as_bytes())) {
///         annotators.annotate(&mut document);
///         linker.add(&document);
///     }
/// }
/// let table = linker.finish(&Table::default());
/// assert_eq!(table.entities[0].name, "Oslo");
/// assert_eq!(table.links.len(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Linker {
    locals: Vec<Local>,
}

impl Linker {
    /// Takes note of what a document names. The document must have its layer `name`; one that is added twice counts
    /// twice.
    pub fn add(&mut self, document: &Document) {
        let mut locals: BTreeMap<(&str, &str), BTreeMap<&str, u32>> = BTreeMap::new();
        for annotation in document.annotations.iter().filter(|annotation| annotation.layer == "name") {
            let field = |name: &str| annotation.value.get(name).and_then(serde_json::Value::as_str);
            if let (Some(kind), Some(entity)) = (field("type"), field("entity")) {
                let variants = locals.entry((kind, entity)).or_default();
                *variants.entry(document.text[annotation.span].trim()).or_default() += 1;
            }
        }
        let id = document.id.to_string();
        self.locals.extend(locals.into_iter().map(|((kind, entity), variants)| Local {
            document: id.clone(),
            entity: entity.to_owned(),
            kind: kind.to_owned(),
            variants: variants.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(),
        }));
    }

    /// The table of all that was added. It is the same for any order of the documents; ids of `previous` are kept,
    /// redirected where two entities have become one, and never given to another.
    pub fn finish(mut self, previous: &Table) -> Table {
        self.locals.sort_by(|a, b| (&a.document, &a.kind, &a.entity).cmp(&(&b.document, &b.kind, &b.entity)));
        self.locals.dedup_by(|a, b| (&a.document, &a.kind, &a.entity) == (&b.document, &b.kind, &b.entity));
        let clusters = clusters(&self.locals);
        mint("name", &clusters, previous)
    }
}
