//! The engine: the parts of a corpus, ready to be asked.

use crate::{
    deadline::Deadline,
    entities::Linked,
    error::Error,
    index::Index,
    links,
    matcher::Matcher,
    memory::Memory,
    part_text::PartText,
    query::{Asked, Query, Warning},
    scope::Scope,
};
use corpus_annotate::link::{Ids, Linker, Table};
use corpus_core::Document;
use corpus_store::Corpus;
use std::{
    ops::ControlFlow,
    sync::{Arc, OnceLock},
};

/// The parts of a corpus, ready to be asked.
///
/// A corpus in memory is read through for each question. That of a directory has an index, which is made or brought up
/// to date when the engine is opened. A clone asks the same parts.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) held: Arc<Held>,
    linked: Arc<Linked>,
    /// The layers that documents of a directory have annotations of.
    layers: Arc<[String]>,
    pub(crate) deadline: Deadline,
}

/// Where the parts are.
#[derive(Debug)]
pub(crate) enum Held {
    /// In memory.
    Memory(Memory),
    /// In the index of a directory.
    Index(Index),
}

impl Engine {
    /// Makes a corpus ready to be asked. Where its index is not up to date and cannot be written, the documents are read
    /// through instead, which takes longer.
    ///
    /// # Errors
    /// When its documents cannot be read.
    pub fn open(corpus: &Corpus) -> Result<Engine, Error> {
        if let Some(path) = corpus.index_dir()
            && let Ok(index) = Index::open(corpus, &path)
        {
            let linked = Arc::new(Linked::AtRest(corpus.links()?, OnceLock::new()));
            let layers = corpus.layers().into_iter().map(|layer| layer.name).collect();
            return Ok(Engine { linked, layers, ..Engine::of(Held::Index(index)) });
        }
        let mut engine = Engine::empty();
        let mut linker = Linker::default();
        for document in corpus.documents() {
            let document = document?;
            linker.add(&document);
            engine.push(PartText::all_of(&document, 0));
        }
        engine.set_links(links::anew(corpus, Some(linker))?);
        Ok(engine)
    }

    /// Makes these documents ready to be asked, in their order.
    pub fn memory<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Engine {
        let mut engine = Engine::empty();
        let mut linker = Linker::default();
        for document in documents {
            linker.add(document);
            engine.push(PartText::all_of(document, 0));
        }
        engine.set_links(linker.finish(&Ids::default()));
        engine
    }

    /// An engine of nothing, which [`Engine::push`] adds to.
    pub fn empty() -> Engine {
        Engine::of(Held::Memory(Memory::default()))
    }

    pub(crate) fn of(held: Held) -> Engine {
        let linked = Arc::new(Linked::Known(Table::default()));
        Engine { held: Arc::new(held), linked, layers: Arc::default(), deadline: Deadline::none() }
    }

    /// The same engine, whose answers are to be there by a deadline; else they are errors of
    /// [`ErrorKind::Deadline`](crate::ErrorKind::Deadline).
    pub fn until(&self, deadline: Deadline) -> Engine {
        Engine { deadline, ..self.clone() }
    }

    /// Says what is the same in several of the documents that were added, so that it is found by any of its names.
    pub fn set_links(&mut self, table: Table) {
        self.linked = Arc::new(Linked::Known(table));
    }

    /// A query with the entities that it asks for.
    pub(crate) fn understood(&self, query: &Query) -> Result<Query, Error> {
        let mut query = Query { entities: self.linked.sought(query)?, ..query.clone() };
        query.warnings.extend(self.warnings(&query));
        Ok(query)
    }

    /// What a query asks for that no document has: tags of tokens without the layer that gives them.
    pub fn warnings(&self, query: &Query) -> Vec<Warning> {
        if query.asked.is_empty() {
            return Vec::new();
        }
        let has = |layer: &str| match &*self.held {
            Held::Memory(memory) => {
                memory.parts.iter().flat_map(|part| &part.facts).any(|fact| fact.layer == layer)
            }
            Held::Index(_) => self.layers.iter().any(|known| known == layer),
        };
        let (has_lemma, has_pos) = (has("lemma"), has("pos"));
        let is_missing = |asked: &&Asked| !if asked.tag == "lemma" { has_lemma } else { has_pos };
        let warning = |Asked { position, tag }: &Asked| Warning {
            position: *position,
            message: format!(
                "no document has {tag}: `corpus export --to conllu`, a tagger, and `corpus import --layer conllu` bring \
                 it into a corpus"
            ),
        };
        query.asked.iter().filter(is_missing).map(warning).collect()
    }

    /// A matcher that ends with the deadline.
    pub(crate) fn matcher(&self, query: &Query, scope: &Scope) -> Matcher {
        Matcher::new(query, scope).until(self.deadline.clone())
    }

    /// Adds the parts of a document that comes after all others, unless it is there already. An engine that has an
    /// index, or a clone, takes none.
    pub fn push(&mut self, parts: Vec<PartText>) {
        if let Some(Held::Memory(memory)) = Arc::get_mut(&mut self.held) {
            memory.push(parts);
        }
    }

    /// Hands the parts of `scope` that may match the query, all of them where there is none, to `sink` in the order of
    /// the corpus, until it breaks.
    pub(crate) fn each(
        &self,
        query: Option<&Query>,
        scope: &Scope,
        mut sink: impl FnMut(&PartText) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        self.deadline.check()?;
        let mut in_time = Ok(());
        let mut timed = |part: &PartText| {
            let flow = sink(part);
            in_time = self.deadline.check();
            if in_time.is_ok() { flow } else { ControlFlow::Break(()) }
        };
        match &*self.held {
            Held::Memory(memory) => {
                for part in memory.parts.iter().filter(|part| scope.may_hold(part.kind)) {
                    if timed(part).is_break() {
                        break;
                    }
                }
            }
            Held::Index(index) => index.each(query, scope, timed)?,
        }
        in_time
    }
}
