//! Links: from the local ids of documents to ids that hold in the whole corpus.
//!
//! A [`Linker`] is shown documents one by one, in any order, and keeps of each only what it names: which people,
//! bodies and places, which events and agreements. At the end it puts what is the same together and gives each an id:
//! the one it had before, or a new one.

mod agreement;
mod body;
mod candidates;
mod decision;
mod event;
mod group;
mod id;
mod local;
mod mint;
mod person;
mod table;

pub use id::CorpusId;
pub use local::Layer;
pub use table::{Entity, Ids, Link, Redirect, Table, Variant};

use crate::name::one_line;
use corpus_core::Document;
use decision::Decision;
use local::Locals;
use mint::{Before, Clusters};
use std::collections::HashMap;

/// Collects what documents name, and links it.
///
/// # Examples
/// ```
/// use corpus_annotate::{Annotators, link::{Ids, Linker}};
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
/// let table = linker.finish(&Ids::default());
/// let oslo = table.entities.iter().find(|entity| &*entity.name == "Oslo");
/// assert_eq!(oslo.map(|oslo| oslo.documents), Some(2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Linker {
    locals: Locals,
    /// What local ids stood for before: document, layer and local id, as numbers of texts.
    known: HashMap<(u32, Layer, u32), CorpusId>,
    decisions: Vec<Decision>,
    claims: Vec<Claim>,
}

/// An id that what a local id stands for is to have.
#[derive(Clone, Debug)]
struct Claim {
    layer: Layer,
    /// Document and local id, as numbers of texts.
    place: (u32, u32),
    id: CorpusId,
    /// Ids no longer in use that stand for this one.
    former: Vec<CorpusId>,
}

impl Linker {
    /// Takes note of what a document names. One that is added twice counts once.
    pub fn add(&mut self, document: &Document) {
        self.locals.add(document);
    }

    /// Says what a local id stood for before, so that it keeps its id. What no document names any more is forgotten.
    pub fn know(&mut self, document: &str, layer: Layer, local: &str, id: CorpusId) {
        let texts = &mut self.locals.texts;
        let key = (texts.number(document), layer, texts.number(local));
        self.known.insert(key, id);
    }

    /// Says what local ids stood for in an earlier table.
    pub fn know_all(&mut self, table: &Table) {
        for link in &table.links {
            self.know(&link.document, link.layer, &link.local, link.entity);
        }
    }

    /// Decides that two local ids, each of a document, stand for one entity. Decisions hold in the order in which they
    /// are taken; one about what no document names does nothing.
    pub fn merge(&mut self, layer: Layer, one: (&str, &str), other: (&str, &str)) {
        let texts = &mut self.locals.texts;
        let mut place = |(document, local): (&str, &str)| (texts.number(document), texts.number(local));
        self.decisions.push(Decision::Merge(layer, place(one), place(other)));
    }

    /// Decides that of what a local id stands for, all that is called so is another entity than the rest.
    pub fn split(&mut self, layer: Layer, (document, local): (&str, &str), name: &str) {
        let texts = &mut self.locals.texts;
        let place = (texts.number(document), texts.number(local));
        self.decisions.push(Decision::Split(layer, place, one_line(name).into_owned()));
    }

    /// Decides which id what a local id stands for is to have, one that was given before, and which others stand for it.
    /// Of two such decisions about one entity the later holds.
    pub fn claim(
        &mut self,
        layer: Layer,
        (document, local): (&str, &str),
        id: CorpusId,
        former: &[CorpusId],
    ) {
        let texts = &mut self.locals.texts;
        let place = (texts.number(document), texts.number(local));
        self.claims.push(Claim { layer, place, id, former: former.to_vec() });
    }

    /// The table of all that was added. It is the same for any order of the documents; ids that are known are kept,
    /// redirected where two entities have become one, and never given to another.
    pub fn finish(mut self, before: &Ids) -> Table {
        self.locals.sort();
        let locals = &self.locals;
        // What readers alone have named in their comments is nothing that the corpus tells of.
        let is_told = |group: &Vec<usize>| group.iter().any(|&at| !locals.list[at].is_of_readers);
        let names = person::groups(locals).into_iter().chain(body::groups(locals)).filter(is_told);
        let mut clusters = Clusters::of(names, locals);
        decision::apply(&self.decisions, Layer::Name, locals, &mut clusters);
        let names = clusters.len();
        clusters.extend(event::groups(locals, &clusters));
        clusters.extend(agreement::groups(locals));
        let happened = [Layer::Event, Layer::Agreement];
        happened.into_iter().for_each(|layer| decision::apply(&self.decisions, layer, locals, &mut clusters));
        debug_assert!(clusters.len() >= names, "events are added to names");
        mint::mint(locals, &clusters, &Before { known: &self.known, claims: &self.claims, ids: before })
    }
}
