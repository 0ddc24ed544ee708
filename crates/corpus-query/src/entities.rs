//! Entities that a query asks for: whatever texts call them, the linked mentions of each are found.

use crate::{
    error::Error,
    fold::fold,
    links,
    matcher::matches_words,
    query::{Field, Node, Query, Value, Word},
    token::Tokens,
};
use corpus_annotate::link::{CorpusId, Entity, Layer, Table};
use corpus_store::LinksAtRest;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

/// What the local ids of documents stand for, as an engine knows it.
#[derive(Debug)]
pub(crate) enum Linked {
    /// Found in the documents that were added.
    Known(Table),
    /// At rest, read when a query asks for an entity.
    AtRest(LinksAtRest, OnceLock<Table>),
}

/// The entities that conditions of a query ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entities(Vec<(Field, Value, Arc<Sought>)>);

/// Entities that one condition asks for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sought {
    /// Their local ids, by document.
    locals: HashMap<Arc<str>, HashSet<Arc<str>>>,
    /// The words of each of their names.
    pub(crate) names: BTreeSet<Vec<String>>,
}

impl Linked {
    fn table(&self) -> Result<&Table, Error> {
        match self {
            Linked::Known(table) => Ok(table),
            Linked::AtRest(rest, table) => match table.get() {
                Some(table) => Ok(table),
                None => {
                    let read = links::at_rest(rest)?;
                    Ok(table.get_or_init(|| read))
                }
            },
        }
    }

    /// The entities that a query asks for.
    ///
    /// # Errors
    /// When the links cannot be read.
    pub(crate) fn sought(&self, query: &Query) -> Result<Entities, Error> {
        let mut conditions = Vec::new();
        collect(&query.node, &mut conditions);
        let mut entities = Entities::default();
        for (field, value) in conditions {
            if entities.get(field, value).is_none() {
                entities.0.push((field, value.clone(), Arc::new(sought(self.table()?, field, value))));
            }
        }
        Ok(entities)
    }
}

impl Entities {
    /// The entities that a condition asks for.
    pub(crate) fn get(&self, field: Field, value: &Value) -> Option<&Arc<Sought>> {
        self.0.iter().find(|(known, of, _)| *known == field && of == value).map(|(_, _, sought)| sought)
    }
}

impl Sought {
    /// Whether the local id of a document stands for one of them.
    pub(crate) fn holds(&self, document: &str, local: &str) -> bool {
        self.locals.get(document).is_some_and(|locals| locals.contains(local))
    }
}

/// The conditions of a query that ask for entities.
fn collect<'q>(node: &'q Node, conditions: &mut Vec<(Field, &'q Value)>) {
    match node {
        Node::Field { field, value: value @ Value::Words(_) } if !kinds(*field).is_empty() => {
            conditions.push((*field, value));
        }
        Node::And { of } | Node::Or { of } | Node::Fact { of } => {
            of.iter().for_each(|node| collect(node, conditions));
        }
        Node::Not { of } => collect(of, conditions),
        _ => {}
    }
}

/// The letters of the ids of entities that a field asks for.
const fn kinds(field: Field) -> &'static [char] {
    match field {
        Field::Person => &['p'],
        Field::Org => &['o'],
        Field::Place => &['l'],
        Field::Speaker | Field::Source => &['p', 'o', 'l'],
        Field::Event => &['e'],
        _ => &[],
    }
}

/// The entities that some text calls so, or that have this id.
fn sought(table: &Table, field: Field, value: &Value) -> Sought {
    let Value::Words(words) = value else { return Sought::default() };
    let id: Option<CorpusId> = match &words[..] {
        [Word::Is(word)] => word.parse().ok(),
        _ => None,
    };
    let id = id.map(|id| table.ids.resolve(id));
    let is_meant = |entity: &&Entity| {
        kinds(field).contains(&entity.id.letter())
            && (Some(entity.id) == id || (field != Field::Event && is_called(entity, words, value)))
    };
    let mut found = Sought::default();
    let mut ids: HashSet<CorpusId> = HashSet::new();
    for entity in table.entities.iter().filter(is_meant) {
        ids.insert(entity.id);
        let names: Vec<&str> = match field {
            // The index knows events by their kinds.
            Field::Event => vec![&entity.kind],
            _ => entity.variants.iter().map(|variant| &*variant.name).collect(),
        };
        let folded = |name: &str| Tokens::of(name).iter().map(str::to_owned).collect();
        found.names.extend(names.into_iter().map(folded));
    }
    let layer = if field == Field::Event { Layer::Event } else { Layer::Name };
    for link in table.links.iter().filter(|link| link.layer == layer && ids.contains(&link.entity)) {
        found.locals.entry(Arc::clone(&link.document)).or_default().insert(Arc::clone(&link.local));
    }
    found
}

/// Whether some text calls an entity so.
fn is_called(entity: &Entity, words: &[Word], value: &Value) -> bool {
    entity.variants.iter().any(|variant| {
        let folded = fold(&variant.name);
        let may = words.iter().all(|word| match word {
            Word::Is(word) | Word::Begins(word) => folded.contains(&**word),
            _ => true,
        });
        may && matches_words(value, &variant.name)
    })
}
