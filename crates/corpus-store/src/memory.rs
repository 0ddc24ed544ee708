//! Documents in memory, in their order, each id once.

use crate::{
    address::is_same,
    called::{Called, digits},
};
use corpus_core::{Document, DocumentId, Source};
use std::collections::{HashMap, hash_map::Entry};

/// Documents in memory, in their order, each id once.
#[derive(Debug)]
pub(crate) struct Memory {
    documents: Vec<Document>,
    places: HashMap<DocumentId, usize>,
}

impl Memory {
    /// These documents. Where ids are equal the first stays, and takes the sources of the others.
    pub(crate) fn new(documents: Vec<Document>) -> Self {
        let mut memory = Memory { documents: Vec::with_capacity(documents.len()), places: HashMap::new() };
        documents.into_iter().for_each(|document| memory.push(document));
        memory
    }

    fn push(&mut self, document: Document) {
        match self.places.entry(document.id.clone()) {
            Entry::Vacant(place) => {
                place.insert(self.documents.len());
                self.documents.push(document);
            }
            Entry::Occupied(place) => {
                let known = &mut self.documents[*place.get()];
                for source in std::iter::once(document.source).chain(document.also) {
                    if known.source != source && !known.also.contains(&source) {
                        known.also.push(source);
                    }
                }
            }
        }
    }

    pub(crate) const fn documents(&self) -> &[Document] {
        self.documents.as_slice()
    }

    /// Ids of the documents that `name` may mean, at most `limit`.
    pub(crate) fn named(&self, name: &str, limit: usize) -> Vec<DocumentId> {
        let hex = digits(name);
        let is_id = |document: &&Document| hex.is_some_and(|hex| document.id.as_str()[3..].starts_with(hex));
        let is_record = |document: &&Document| {
            let Source { record, metadata, .. } = &document.source;
            let record_id = record.as_ref().and_then(|place| place.id.as_deref());
            metadata.id.as_deref() == Some(name) || record_id == Some(name)
        };
        let called = Called::new(name);
        let is_file = |document: &&Document| match called.means(&document.source.uri) {
            None => false,
            Some(None) => true,
            Some(index) => document.source.record.as_ref().map(|place| place.index) == index,
        };
        let is_page = |document: &&Document| {
            document.source.metadata.url.as_deref().is_some_and(|url| is_same(url, name))
        };
        let ids = |is: &dyn Fn(&&Document) -> bool| -> Vec<DocumentId> {
            self.documents.iter().filter(is).take(limit).map(|document| document.id.clone()).collect()
        };
        [ids(&is_id), ids(&is_record), ids(&is_file), ids(&is_page)]
            .into_iter()
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }

    pub(crate) fn get(&self, id: &DocumentId) -> Option<&Document> {
        self.places.get(id).map(|&place| &self.documents[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, Record, text::Text};

    #[test]
    fn equal_ids_become_one_document_that_names_both_sources() {
        let page = |uri: &'static str, text: &'static str| {
            Text::new().parse_all(&Record::new(uri, text.as_bytes())).remove(0)
        };
        let documents = vec![page("a", "One."), page("b", "Two."), page("c", "One."), page("a", "One.")];
        let memory = Memory::new(documents);
        let found: Vec<_> = memory.documents().iter().map(|document| &*document.source.uri).collect();
        assert_eq!(found, ["a", "b"]);
        let also: Vec<_> = memory.documents()[0].also.iter().map(|source| &*source.uri).collect();
        assert_eq!(also, ["c"]);
        assert_eq!(memory.get(&memory.documents()[1].id).unwrap().text, "Two.");
    }
}
