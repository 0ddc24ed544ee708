//! Links of a corpus: what the local ids of its documents stand for, read as they lie or found anew.

use crate::error::Error;
use corpus_annotate::{
    link::{CorpusId, Entity, Ids, Layer, Link, Linker, Redirect, Table, Variant},
    name::one_line,
};
use corpus_core::Document;
use corpus_store::{Anchor, Corpus, EntityRow, LinkRow, LinksAtRest, Verdict};
use std::{
    collections::{BTreeMap, HashSet},
    iter,
    sync::Arc,
};

/// The layers whose local ids are linked.
const LINKED: &[&str] = &["name", "event", "agreement"];

/// The links of a corpus: those in its directory where they are up to date, else found anew, which takes a look at all
/// documents.
///
/// # Errors
/// When the corpus cannot be read.
pub fn of(corpus: &Corpus) -> Result<Table, Error> {
    let rest = corpus.links()?;
    if rest.is_current() { at_rest(&rest) } else { anew(corpus, None) }
}

/// The links of a corpus found anew: ids that were given before are kept, and decisions hold. A `linker` that was shown
/// all documents saves looking at them.
///
/// # Errors
/// When the corpus cannot be read.
pub fn anew(corpus: &Corpus, linker: Option<Linker>) -> Result<Table, Error> {
    let mut linker = match linker {
        Some(linker) => linker,
        None => {
            let mut linker = Linker::default();
            let layers = corpus.layers();
            // A corpus in memory does not say which layers it has; one at rest without these has nothing to link.
            if corpus.index_dir().is_none() || layers.iter().any(|layer| LINKED.contains(&&*layer.name)) {
                for document in corpus.documents().with_layers(LINKED) {
                    linker.add(&document?);
                }
            }
            linker
        }
    };
    let rest = corpus.links()?;
    rest.each(|row| {
        if let (Some(layer), Ok(id)) = (Layer::named(&row.layer), row.corpus_id.parse()) {
            linker.know(&row.document, layer, &row.local_id, id);
        }
    })?;
    for decision in corpus.decisions()? {
        let Some(layer) = Layer::named(&decision.anchor.layer) else { continue };
        match &decision.verdict {
            Verdict::Merge { with, ids } => {
                let (one, other) = (local(corpus, layer, &decision.anchor)?, local(corpus, layer, with)?);
                if let (Some(one), Some(other)) = (one, other) {
                    linker.merge(layer, (&one.0, &one.1), (&other.0, &other.1));
                    if let Some(kept) = ids.first().and_then(|kept| kept.parse().ok()) {
                        linker.claim(layer, (&one.0, &one.1), kept, &[]);
                    }
                }
            }
            Verdict::GiveBack { ids } => {
                let ids: Vec<CorpusId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
                if let (Some((id, former)), Some(one)) =
                    (ids.split_first(), local(corpus, layer, &decision.anchor)?)
                {
                    linker.claim(layer, (&one.0, &one.1), *id, former);
                }
            }
            Verdict::Split => {
                if let Some(one) = local(corpus, layer, &decision.anchor)? {
                    linker.split(layer, (&one.0, &one.1), &decision.anchor.quoted);
                }
            }
            _ => {}
        }
    }
    Ok(linker.finish(&Ids { next: rest.next_number(), redirects: redirects(&rest.entities()?) }))
}

/// The document and the local id that words name.
fn local(corpus: &Corpus, layer: Layer, anchor: &Anchor) -> Result<Option<(String, String)>, Error> {
    let document = corpus.decided_document(&anchor.document)?;
    Ok(document.and_then(|document| {
        let local = layer.local_of(anchor.annotation(&document)?)?;
        Some((document.id.to_string(), local.to_owned()))
    }))
}

fn redirects(rows: &[EntityRow]) -> Vec<Redirect> {
    let redirect = |row: &EntityRow| {
        let to = row.redirected_to.as_deref()?.parse().ok()?;
        Some(Redirect { from: row.corpus_id.parse().ok()?, to })
    };
    let mut redirects: Vec<Redirect> = rows.iter().filter_map(redirect).collect();
    redirects.sort_unstable();
    redirects
}

/// The links as they lie in a directory.
///
/// # Errors
/// When they cannot be read.
pub(crate) fn at_rest(rest: &LinksAtRest) -> Result<Table, Error> {
    let rows = rest.entities()?;
    let ids = Ids { next: rest.next_number(), redirects: redirects(&rows) };
    let mut table = Table { ids, ..Table::default() };
    for row in rows.into_iter().filter(|row| row.redirected_to.is_none()) {
        let Ok(id) = row.corpus_id.parse() else { continue };
        let variant = |(name, count): (String, u32)| Variant { name: name.into(), count };
        table.entities.push(Entity {
            id,
            kind: row.kind.into(),
            name: row.name.into(),
            variants: row.variants.into_iter().map(variant).collect(),
            documents: row.documents,
        });
    }
    table.entities.sort_by_key(|entity| entity.id);
    // Each text is kept once: there are far fewer than links.
    let mut texts: HashSet<Arc<str>> = HashSet::new();
    let mut kept = |text: &str| match texts.get(text) {
        Some(known) => Arc::clone(known),
        None => {
            let text: Arc<str> = text.into();
            texts.insert(Arc::clone(&text));
            text
        }
    };
    rest.each(|row| {
        if let (Some(layer), Ok(entity)) = (Layer::named(&row.layer), row.corpus_id.parse()) {
            let (document, local) = (kept(&row.document), kept(&row.local_id));
            table.links.push(Link { document, layer, local, entity });
        }
    })?;
    table.links.sort_unstable();
    Ok(table)
}

/// The rows of a table, as a corpus keeps them.
pub fn rows(table: &Table) -> (impl Iterator<Item = LinkRow>, impl Iterator<Item = EntityRow>) {
    let links = table.links.iter().map(|link| LinkRow {
        document: link.document.to_string(),
        layer: link.layer.as_str().to_owned(),
        local_id: link.local.to_string(),
        corpus_id: link.entity.to_string(),
    });
    let entities = table.entities.iter().map(|entity| EntityRow {
        corpus_id: entity.id.to_string(),
        kind: entity.kind.to_string(),
        name: entity.name.to_string(),
        variants: entity.variants.iter().map(|variant| (variant.name.to_string(), variant.count)).collect(),
        documents: entity.documents,
        redirected_to: None,
    });
    let merged = table.ids.redirects.iter().map(|redirect| EntityRow {
        corpus_id: redirect.from.to_string(),
        kind: String::new(),
        name: String::new(),
        variants: Vec::new(),
        documents: 0,
        redirected_to: Some(redirect.to.to_string()),
    });
    (links, entities.chain(merged))
}

/// The decisions that make one of these entities, the first of which stays.
///
/// # Errors
/// When the corpus cannot be read, an id is none of the table's, or the entities are not of one kind.
pub fn merger(corpus: &Corpus, table: &Table, ids: &[CorpusId]) -> Result<Vec<(Anchor, Verdict)>, Error> {
    let entity = |id: CorpusId| table.entity(id).ok_or_else(|| Error::unknown_entity(id));
    let Some((first, others)) = ids.split_first() else { return Ok(Vec::new()) };
    let kept = entity(*first)?;
    let words = |id: CorpusId| anchor(corpus, table, id, None)?.ok_or_else(|| Error::unknown_entity(id));
    let of = words(kept.id)?;
    let mut decisions = Vec::new();
    for id in others {
        let other = entity(*id)?;
        if other.id.letter() != kept.id.letter() {
            return Err(Error::two_kinds((*first, &kept.kind), (*id, &other.kind)));
        }
        if other.id == kept.id {
            continue;
        }
        let former = table.ids.redirects.iter().filter(|redirect| redirect.to == other.id);
        let given_up = iter::once(other.id).chain(former.map(|redirect| redirect.from));
        let ids = iter::once(kept.id).chain(given_up).map(|id| id.to_string()).collect();
        decisions.push((of.clone(), Verdict::Merge { with: words(other.id)?, ids }));
    }
    Ok(decisions)
}

/// The words by which a decision finds an entity again: those of one of its mentions, of one called `name` where that
/// is given.
///
/// # Errors
/// When the corpus cannot be read.
pub fn anchor(
    corpus: &Corpus,
    table: &Table,
    id: CorpusId,
    name: Option<&str>,
) -> Result<Option<Anchor>, Error> {
    let id = table.ids.resolve(id);
    for link in table.links.iter().filter(|link| link.entity == id) {
        let document = corpus.named(&link.document, 1)?;
        let Some(document) = document.first().map_or(Ok(None), |id| corpus.decided_document(id))? else {
            continue;
        };
        let is_it = |annotation: &&corpus_core::Annotation| {
            annotation.layer == link.layer.as_str()
                && link.layer.local_of(annotation) == Some(&*link.local)
                && name.is_none_or(|name| text(&document, annotation).map(one_line) == Some(one_line(name)))
        };
        if let Some(annotation) = document.annotations.iter().find(is_it) {
            return Ok(Some(Anchor::of(&document, link.layer.as_str(), annotation.span)));
        }
    }
    Ok(None)
}

/// The decisions that make another entity of what texts call `name` among all that has this id: one for each document
/// that calls it otherwise too, else one for all; none where no text calls it so.
///
/// # Errors
/// When the corpus cannot be read.
pub fn splitter(
    corpus: &Corpus,
    table: &Table,
    id: CorpusId,
    name: &str,
) -> Result<Vec<(Anchor, Verdict)>, Error> {
    let id = table.ids.resolve(id);
    let locals: HashSet<(&str, Layer, &str)> = table
        .links
        .iter()
        .filter(|link| link.entity == id)
        .map(|link| (&*link.document, link.layer, &*link.local))
        .collect();
    let mut mixed = Vec::new();
    for document in corpus.documents().with_layers(LINKED) {
        let document = document?;
        // How each local id of the entity is called here.
        let mut called: BTreeMap<(&str, &str), [bool; 2]> = BTreeMap::new();
        for annotation in &document.annotations {
            let Some(layer) = Layer::named(&annotation.layer) else { continue };
            let Some(local) = layer.local_of(annotation) else { continue };
            if locals.contains(&(document.id.as_str(), layer, local)) {
                let is_so = text(&document, annotation).map(one_line) == Some(one_line(name));
                called.entry((layer.as_str(), local)).or_default()[usize::from(is_so)] = true;
            }
        }
        if called.values().any(|called| *called == [true; 2]) {
            mixed.push(document.id);
        }
    }
    let mut decisions = Vec::new();
    for document in mixed {
        let links = table.links.iter().filter(|link| &*link.document == document.as_str()).cloned();
        let of_document = Table { links: links.collect(), ids: table.ids.clone(), ..Table::default() };
        decisions.extend(anchor(corpus, &of_document, id, Some(name))?);
    }
    if decisions.is_empty() {
        decisions.extend(anchor(corpus, table, id, Some(name))?);
    }
    Ok(decisions.into_iter().map(|anchor| (anchor, Verdict::Split)).collect())
}

fn text<'d>(document: &'d Document, annotation: &corpus_core::Annotation) -> Option<&'d str> {
    document.text.get(annotation.span.range())
}
