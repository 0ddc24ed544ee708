//! The table of corpus-wide entities, and what each local id of a document stands for.

use super::{id::CorpusId, local::Layer};
use std::sync::Arc;

/// What documents name, corpus-wide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The entities, by their number.
    pub entities: Vec<Entity>,
    /// What each local id stands for, in order of document, layer and local id.
    pub links: Vec<Link>,
    /// The ids that were ever given.
    pub ids: Ids,
}

/// Which ids were given, and which are no longer in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// The number of the next new entity; no number below it is ever given again.
    pub next: u64,
    /// Ids that are no longer in use, and what they are now, in order.
    pub redirects: Vec<Redirect>,
}

/// A corpus-wide entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: CorpusId,
    /// What it is: `PER`, `ORG`, `LOC`, the kind of an event, or `agreement`.
    pub kind: Arc<str>,
    /// The name to show: the most frequent of its full names.
    pub name: Arc<str>,
    /// How it is named, the most frequent first.
    pub variants: Vec<Variant>,
    /// Number of documents that name it.
    pub documents: u32,
}

/// One way of naming an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name, as texts have it.
    pub name: Arc<str>,
    /// Mentions.
    pub count: u32,
}

/// What a local id of a document stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Id of the document.
    pub document: Arc<str>,
    /// The layer the local id belongs to.
    pub layer: Layer,
    /// The local id.
    pub local: Arc<str>,
    /// The corpus-wide entity.
    pub entity: CorpusId,
}

/// An id that was merged into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The id that is no longer in use.
    pub from: CorpusId,
    /// The id that stands for it, itself in use.
    pub to: CorpusId,
}

impl Default for Ids {
    fn default() -> Self {
        Ids { next: 1, redirects: Vec::new() }
    }
}

impl Ids {
    /// The id in use that an id stands for: itself, or what it was merged into.
    pub fn resolve(&self, id: CorpusId) -> CorpusId {
        match self.redirects.binary_search_by_key(&id, |redirect| redirect.from) {
            Ok(at) => self.redirects[at].to,
            Err(_) => id,
        }
    }

    /// The same of an id as somebody typed it; other words as they are.
    pub fn resolve_typed(&self, id: &str) -> String {
        id.trim().parse().map_or_else(|_| id.to_owned(), |id| self.resolve(id).to_string())
    }
}

impl Table {
    /// What a local id of a document stands for.
    pub fn entity_of(&self, document: &str, layer: Layer, local: &str) -> Option<CorpusId> {
        let place = self.links.binary_search_by(|link| {
            (&*link.document, link.layer, &*link.local).cmp(&(document, layer, local))
        });
        place.ok().map(|at| self.links[at].entity)
    }

    /// The entity with this id, or the one it was merged into.
    pub fn entity(&self, id: CorpusId) -> Option<&Entity> {
        let id = self.ids.resolve(id);
        self.entities.binary_search_by_key(&id, |entity| entity.id).ok().map(|at| &self.entities[at])
    }

    /// The links of a document.
    pub fn links_of(&self, document: &str) -> &[Link] {
        let from = self.links.partition_point(|link| &*link.document < document);
        let len = self.links[from..].partition_point(|link| &*link.document == document);
        &self.links[from..from + len]
    }
}
