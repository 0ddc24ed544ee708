//! The entities of a document: who and what its layer `name` mentions, each with the fullest of its names.

use crate::selection::Selected;
use corpus_core::Span;
use serde_json::Value;
use std::collections::HashMap;

/// An entity of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entity<'d> {
    /// Its id, local to the document.
    pub(crate) id: &'d str,
    /// `PER`, `ORG`, `LOC`, or what the layer says.
    pub(crate) kind: &'d str,
    /// The longest of its mentions, the first of those.
    pub(crate) name: &'d str,
}

/// The entities of a document, in the order of their first mention.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entities<'d> {
    list: Vec<Entity<'d>>,
    by_id: HashMap<&'d str, usize>,
    mentions: Vec<(Span, usize)>,
}

impl<'d> Entities<'d> {
    /// The entities that the names among the selected annotations mention.
    pub(crate) fn of(selected: &Selected<'d>) -> Self {
        let mut entities = Entities::default();
        for annotation in selected.annotations().filter(|annotation| annotation.layer == "name") {
            let field = |name| annotation.value.get(name).and_then(Value::as_str);
            let Some(id) = field("entity") else { continue };
            let name = &selected.text()[annotation.span];
            let index = *entities.by_id.entry(id).or_insert(entities.list.len());
            match entities.list.get_mut(index) {
                None => entities.list.push(Entity { id, kind: field("type").unwrap_or_default(), name }),
                Some(entity) if entity.name.chars().count() < name.chars().count() => entity.name = name,
                Some(_) => {}
            }
            entities.mentions.push((annotation.span, index));
        }
        entities.mentions.sort_unstable();
        entities
    }

    /// All of them, each with its number from 0.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Entity<'d>)> {
        self.list.iter().enumerate()
    }

    /// The number of the entity with this id.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The entity with this number.
    pub(crate) fn get(&self, number: usize) -> Option<&Entity<'d>> {
        self.list.get(number)
    }

    /// The number of the entity that is mentioned at `span`: by a mention that touches it, the first such.
    pub(crate) fn at(&self, span: Span) -> Option<usize> {
        let from = self.mentions.partition_point(|(mention, _)| mention.end <= span.start);
        self.mentions[from..].iter().find(|(mention, _)| mention.overlaps(span)).map(|(_, number)| *number)
    }
}
