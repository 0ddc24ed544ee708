//! The table of corpus-wide entities: typed rows, as a corpus keeps them.

use serde::{Deserialize, Serialize};

/// What documents name, corpus-wide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The entities, by their number.
    pub entities: Vec<Entity>,
    /// What each local id stands for, in order of document, layer and local id.
    pub links: Vec<Link>,
    /// Ids that are no longer in use, and what they are now, in order.
    pub redirects: Vec<Redirect>,
    /// The number of the next new entity; no number below it is ever given again.
    pub next: u64,
}

/// A corpus-wide entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id: a letter for its kind, and a number.
    pub id: String,
    /// What it is: `PER`, `ORG`, `LOC`, the kind of an event or an agreement.
    pub kind: String,
    /// The name to show: the most frequent of its full names.
    pub name: String,
    /// How it is named, the most frequent first.
    pub variants: Vec<Variant>,
}

/// One way of naming an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The name, as texts have it.
    pub name: String,
    /// Mentions.
    pub count: u32,
}

/// What a local id of a document stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// Id of the document.
    pub document: String,
    /// The layer the local id belongs to.
    pub layer: String,
    /// Kind of the local entity.
    pub kind: String,
    /// The local id.
    pub local: String,
    /// Id of the corpus-wide entity.
    pub entity: String,
}

/// An id that was merged into another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Redirect {
    /// The id that is no longer in use.
    pub from: String,
    /// The id that stands for it, itself in use.
    pub to: String,
}

impl Table {
    /// The id in use that an id stands for: itself, or what it was merged into.
    pub fn resolve<'t>(&'t self, id: &'t str) -> &'t str {
        match self.redirects.binary_search_by(|redirect| redirect.from.as_str().cmp(id)) {
            Ok(at) => &self.redirects[at].to,
            Err(_) => id,
        }
    }
}
