//! Local entities: what each document names, as numbers of texts that are kept once.

use crate::name::one_line;
use corpus_core::{Annotation, Document, Edtf, Part, PartKind};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::Arc,
};

/// A layer whose values hold local ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Names of people, bodies and places.
    Name,
    /// Events.
    Event,
    /// Agreements.
    Agreement,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Layer; 3] = [Layer::Name, Layer::Event, Layer::Agreement];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Layer::Name => "name",
            Layer::Event => "event",
            Layer::Agreement => "agreement",
        }
    }

    /// The layer of this name.
    pub fn named(name: &str) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| layer.as_str() == name)
    }

    /// The local id that an annotation of the layer holds.
    pub fn local_of(self, annotation: &Annotation) -> Option<&str> {
        let field = match self {
            Layer::Name => "entity",
            Layer::Event => "event",
            Layer::Agreement => "agreement",
        };
        annotation.value.get(field).and_then(Value::as_str)
    }
}

impl Serialize for Layer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Texts by number, each kept once.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    numbers: HashMap<Arc<str>, u32>,
    list: Vec<Arc<str>>,
}

impl Texts {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = Arc::from(text);
        self.list.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    pub(super) fn get(&self, number: u32) -> &Arc<str> {
        &self.list[number as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }
}

/// What documents name. All numbers are those of texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Locals {
    pub(super) texts: Texts,
    /// Those of one document follow one another, in order of layer and local id.
    pub(super) list: Vec<Local>,
    variants: Vec<(u32, u32)>,
    events: Vec<Happened>,
    /// Of each document its local entities.
    documents: HashMap<u32, Range<usize>>,
    /// Place of each local entity in the list, once it is sorted.
    places: HashMap<(u32, Layer, u32), usize>,
}

/// What a document names, under its local id.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) document: u32,
    pub(super) layer: Layer,
    pub(super) kind: u32,
    pub(super) local: u32,
    variants: Range<u32>,
    /// Whether readers' comments alone name it.
    pub(super) is_of_readers: bool,
    /// Place among the events, of an event.
    event: Option<u32>,
}

/// What a document says of an event.
#[derive(Clone, Debug)]
pub(super) struct Happened {
    pub(super) when: Option<Edtf>,
    /// When the article was published that tells of it.
    pub(super) told: Option<Edtf>,
    /// Local id of the place.
    pub(super) place: Option<u32>,
    /// Local ids of those who take part.
    pub(super) participants: Vec<u32>,
}

/// A local entity of one document on the way.
#[derive(Default)]
struct Draft<'d> {
    kind: &'d str,
    variants: BTreeMap<Cow<'d, str>, u32>,
    is_of_article: bool,
    event: Option<Happened>,
}

impl Locals {
    /// Takes note of what a document names, unless it was added before.
    pub(super) fn add(&mut self, document: &Document) {
        let id = self.texts.number(document.id.as_str());
        if self.documents.contains_key(&id) {
            return;
        }
        let mut drafts: BTreeMap<(Layer, &str), Draft<'_>> = BTreeMap::new();
        for annotation in &document.annotations {
            let Some(layer) = Layer::named(&annotation.layer) else { continue };
            let Some(local) = layer.local_of(annotation) else { continue };
            let field = |name: &str| annotation.value.get(name).and_then(Value::as_str);
            let draft = drafts.entry((layer, local)).or_default();
            draft.kind = match layer {
                Layer::Name => field("type").unwrap_or_default(),
                Layer::Event => field("kind").unwrap_or_default(),
                Layer::Agreement => "agreement",
            };
            draft.is_of_article |= !is_comment(document, annotation.span.start);
            if let Some(text) = document.text.get(annotation.span.range()) {
                *draft.variants.entry(one_line(text)).or_default() += 1;
            }
            if layer == Layer::Event {
                let event = draft.event.get_or_insert_with(|| Happened {
                    when: None,
                    told: published(document, annotation.span.start),
                    place: None,
                    participants: Vec::new(),
                });
                event.read(&annotation.value, &mut self.texts);
            }
        }
        let from = self.list.len();
        for ((layer, local), draft) in drafts {
            let first = self.variants.len() as u32;
            for (name, count) in draft.variants {
                let name = self.texts.number(&name);
                self.variants.push((name, count));
            }
            let event = draft.event.map(|event| {
                self.events.push(event);
                self.events.len() as u32 - 1
            });
            let (kind, local) = (self.texts.number(draft.kind), self.texts.number(local));
            let variants = first..self.variants.len() as u32;
            let is_of_readers = !draft.is_of_article;
            self.list.push(Local { document: id, layer, kind, local, variants, is_of_readers, event });
        }
        self.documents.insert(id, from..self.list.len());
    }

    /// Puts the documents in the order of their ids, so that it no longer tells in which order they came.
    pub(super) fn sort(&mut self) {
        let mut documents: Vec<(u32, Range<usize>)> = self.documents.drain().collect();
        documents.sort_by(|a, b| self.texts.get(a.0).cmp(self.texts.get(b.0)));
        let mut sorted = Vec::with_capacity(self.list.len());
        for (_, range) in documents {
            sorted.extend_from_slice(&self.list[range]);
        }
        self.list = sorted;
        let place = |(at, local): (usize, &Local)| ((local.document, local.layer, local.local), at);
        self.places = self.list.iter().enumerate().map(place).collect();
    }

    /// Place of the local entity with this local id.
    pub(super) fn place(&self, document: u32, layer: Layer, local: u32) -> Option<usize> {
        self.places.get(&(document, layer, local)).copied()
    }

    /// How a local entity is named, and how often: numbers of texts.
    pub(super) fn variants(&self, at: usize) -> &[(u32, u32)] {
        let range = &self.list[at].variants;
        &self.variants[range.start as usize..range.end as usize]
    }

    /// How a local entity is named.
    pub(super) fn names(&self, at: usize) -> impl Iterator<Item = &str> {
        self.variants(at).iter().map(|(name, _)| &**self.texts.get(*name))
    }

    /// The kind of a local entity.
    pub(super) fn kind(&self, at: usize) -> &str {
        self.texts.get(self.list[at].kind)
    }

    /// What is said of an event.
    pub(super) fn event(&self, at: usize) -> Option<&Happened> {
        self.list[at].event.map(|event| &self.events[event as usize])
    }

    /// The places in the list of the local entities of a layer that are of this kind, of any where it is `None`.
    pub(super) fn of(&self, layer: Layer, kind: Option<&str>) -> impl Iterator<Item = usize> {
        self.list.iter().enumerate().filter_map(move |(at, local)| {
            let wanted = local.layer == layer && kind.is_none_or(|kind| self.kind(at) == kind);
            wanted.then_some(at)
        })
    }

    /// The variant of the most words, the most frequent of them.
    pub(super) fn longest(&self, at: usize) -> u32 {
        let size = |&&(name, count): &&(u32, u32)| {
            let text = self.texts.get(name);
            (n_words(text), count, std::cmp::Reverse(Arc::clone(text)))
        };
        self.variants(at).iter().max_by_key(size).map_or(self.list[at].local, |(name, _)| *name)
    }
}

impl Happened {
    fn read(&mut self, value: &Value, texts: &mut Texts) {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if self.when.is_none() {
            self.when = text("when").and_then(|when| when.parse().ok());
        }
        if self.place.is_none() {
            self.place = text("place").map(|place| texts.number(place));
        }
        for participant in value.get("participants").and_then(Value::as_array).into_iter().flatten() {
            if let Some(local) = participant.as_str().map(|local| texts.number(local))
                && !self.participants.contains(&local)
            {
                self.participants.push(local);
            }
        }
    }
}

/// The part of a document that an offset lies in.
fn part_at(document: &Document, offset: usize) -> Option<&Part> {
    let block = document.blocks.partition_point(|block| block.span.end <= offset);
    document.parts.get(document.blocks.get(block)?.part)
}

fn is_comment(document: &Document, offset: usize) -> bool {
    part_at(document, offset).is_some_and(|part| part.kind == PartKind::Comments)
}

/// When the article was published that an offset lies in.
fn published(document: &Document, offset: usize) -> Option<Edtf> {
    Some(part_at(document, offset)?.published.as_ref()?.edtf.clone())
}

/// Number of words of a name.
pub(super) fn n_words(name: &str) -> usize {
    name.split_whitespace().count()
}
