//! Minting: an id for each cluster, the old one wherever it had one.

use super::{
    Claim,
    group::FAR_MORE,
    id::CorpusId,
    local::{Layer, Locals, n_words},
    person::{may_be_given, trimmed},
    table::{Entity, Ids, Link, Redirect, Table, Variant},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

/// Local entities that have been put together: each cluster is one corpus-wide entity.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    /// Places of local entities, in order.
    list: Vec<Vec<usize>>,
    /// The cluster of each local entity that is in one.
    of: HashMap<usize, usize>,
}

impl Clusters {
    /// These groups of local entities.
    pub(super) fn of(groups: impl Iterator<Item = Vec<usize>>, locals: &Locals) -> Self {
        let mut clusters = Clusters { list: Vec::new(), of: HashMap::with_capacity(locals.list.len()) };
        clusters.extend(groups);
        clusters
    }

    pub(super) fn extend(&mut self, groups: impl IntoIterator<Item = Vec<usize>>) {
        for group in groups {
            self.of.extend(group.iter().map(|&at| (at, self.list.len())));
            self.list.push(group);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The cluster that a local entity is in.
    pub(super) fn cluster_of(&self, at: usize) -> Option<usize> {
        self.of.get(&at).copied()
    }

    /// Makes one cluster of those of two local entities.
    pub(super) fn merge(&mut self, one: usize, other: usize) {
        let (Some(one), Some(other)) = (self.cluster_of(one), self.cluster_of(other)) else { return };
        let (into, from) = (one.min(other), one.max(other));
        if into != from {
            let moved = std::mem::take(&mut self.list[from]);
            self.of.extend(moved.iter().map(|&at| (at, into)));
            self.list[into].extend(moved);
            self.list[into].sort_unstable();
        }
    }

    /// Makes two clusters of that of a local entity: those of its members that `leave`, and the rest.
    pub(super) fn split(&mut self, at: usize, leave: impl Fn(usize) -> bool) {
        let Some(cluster) = self.cluster_of(at) else { return };
        let (leaving, staying): (Vec<usize>, Vec<usize>) =
            self.list[cluster].iter().partition(|&&member| leave(member));
        if !leaving.is_empty() && !staying.is_empty() {
            self.list[cluster] = staying;
            self.extend([leaving]);
        }
    }
}

/// What is known of ids that were given before.
#[derive(Debug)]
pub(super) struct Before<'a> {
    /// What local ids stood for: document, layer and local id, as numbers of texts.
    pub(super) known: &'a HashMap<(u32, Layer, u32), CorpusId>,
    /// What was decided of ids, the last decision last.
    pub(super) claims: &'a [Claim],
    /// The ids.
    pub(super) ids: &'a Ids,
}

/// Gives each cluster an id, keeping those that are known.
///
/// A cluster takes the id that was decided, else the one that most of its members had, the older of two; ids that its other members had, and that no
/// other cluster takes, are redirected to it. Where an entity was divided, the larger piece keeps the id. A new id is
/// a number that was never given before. The result depends on the clusters and on what is known alone.
pub(super) fn mint(locals: &Locals, clusters: &Clusters, before: &Before<'_>) -> Table {
    let mut entities: Vec<(Entity, &[usize])> = clusters
        .list
        .iter()
        .filter(|members| !members.is_empty())
        .map(|members| (entity(locals, members), &members[..]))
        .collect();
    entities.sort_by(|(a, members), (b, others)| {
        (a.id.letter(), &a.name, members.first()).cmp(&(b.id.letter(), &b.name, others.first()))
    });
    let (taken, redirects) = claim(locals, &entities, before);
    let mut table = Table { ids: Ids { next: before.ids.next.max(1), redirects }, ..Table::default() };
    let mut ids: HashMap<usize, CorpusId> = HashMap::with_capacity(locals.list.len());
    for ((mut entity, members), id) in entities.into_iter().zip(taken) {
        entity.id = id.unwrap_or_else(|| {
            table.ids.next += 1;
            CorpusId::new(entity.id.letter(), table.ids.next - 1)
        });
        ids.extend(members.iter().map(|&at| (at, entity.id)));
        table.entities.push(entity);
    }
    table.entities.sort_by_key(|entity| entity.id);
    table.links = locals
        .list
        .iter()
        .enumerate()
        .filter_map(|(at, local)| {
            Some(Link {
                document: locals.texts.get(local.document).clone(),
                layer: local.layer,
                local: locals.texts.get(local.local).clone(),
                entity: *ids.get(&at)?,
            })
        })
        .collect();
    table
}

/// The id that each cluster keeps, and all redirects.
fn claim(
    locals: &Locals,
    entities: &[(Entity, &[usize])],
    Before { known, claims: decided, ids: before }: &Before<'_>,
) -> (Vec<Option<CorpusId>>, Vec<Redirect>) {
    // Who claims which id, and with how many members.
    let mut claims: Vec<(usize, CorpusId, usize)> = Vec::new();
    for (at, (entity, members)) in entities.iter().enumerate() {
        let mut counts: BTreeMap<CorpusId, usize> = BTreeMap::new();
        for &member in *members {
            let local = &locals.list[member];
            let id = known.get(&(local.document, local.layer, local.local)).map(|id| before.resolve(*id));
            if let Some(id) = id.filter(|id| id.letter() == entity.id.letter()) {
                *counts.entry(id).or_default() += 1;
            }
        }
        claims.extend(counts.into_iter().map(|(id, count)| (count, id, at)));
    }
    claims.sort_by_key(|&(count, id, at)| (Reverse(count), id, at));
    let mut ids: Vec<Option<CorpusId>> = vec![None; entities.len()];
    let mut taken: HashSet<CorpusId> = HashSet::new();
    let mut redirects: BTreeMap<CorpusId, CorpusId> = BTreeMap::new();
    for Claim { layer, place, id, former } in decided.iter().rev() {
        let at = locals.place(place.0, *layer, place.1);
        let claims = |(entity, members): &(Entity, &[usize])| {
            entity.id.letter() == id.letter() && at.is_some_and(|at| members.binary_search(&at).is_ok())
        };
        let Some(at) = entities.iter().position(claims).filter(|at| ids[*at].is_none()) else { continue };
        if id.number() < before.next && taken.insert(*id) {
            ids[at] = Some(*id);
            redirects.extend(former.iter().map(|former| (*former, *id)));
        }
    }
    for &(_, id, at) in &claims {
        if ids[at].is_none() && taken.insert(id) {
            ids[at] = Some(id);
        }
    }
    for &(_, id, at) in &claims {
        if let Some(to) = ids[at].filter(|_| !taken.contains(&id)) {
            redirects.entry(id).or_insert(to);
        }
    }
    for old in &before.redirects {
        let to = redirects.get(&old.to).copied().unwrap_or(old.to);
        redirects.entry(old.from).or_insert(to);
    }
    // What was given back stands for itself.
    redirects.retain(|from, _| !taken.contains(from));
    (ids, redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect())
}

/// The entity of some local entities, with the letter of its id, and no number yet.
fn entity(locals: &Locals, members: &[usize]) -> Entity {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for &(name, count) in members.iter().flat_map(|&at| locals.variants(at)) {
        *counts.entry(name).or_default() += count;
    }
    let variant = |(name, count)| Variant { name: locals.texts.get(name).clone(), count };
    let mut variants: Vec<Variant> = counts.into_iter().map(variant).collect();
    variants.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let first = &locals.list[members[0]];
    let kind = locals.texts.get(first.kind).clone();
    let letter = match (first.layer, &*kind) {
        (Layer::Name, "PER") => 'p',
        (Layer::Name, "ORG") => 'o',
        (Layer::Name, "LOC") => 'l',
        (Layer::Name, _) => 'n',
        (Layer::Event, _) => 'e',
        (Layer::Agreement, _) => 'a',
    };
    let name: Option<&str> = match letter {
        'p' => person_name(&variants),
        'a' => variants.iter().map(|variant| &*variant.name).max_by_key(|name| (name.len(), Reverse(*name))),
        _ => None,
    };
    let name = name.or(variants.first().map(|variant| &*variant.name));
    let name = name.map_or_else(|| locals.texts.get(first.local).clone(), Into::into);
    // Members are in order, and so those of one document follow one another.
    let documents = members.chunk_by(|a, b| locals.list[*a].document == locals.list[*b].document).count();
    let documents = u32::try_from(documents).unwrap_or(u32::MAX);
    Entity { id: CorpusId::new(letter, 0), kind, name, variants, documents }
}

/// The name of a person, by the ways texts name him, the most frequent first: the first full one that more than a slip
/// of the pen speaks for, written small and large where any text writes it so; else a surname.
fn person_name(variants: &[Variant]) -> Option<&str> {
    let n_bare: u32 =
        variants.iter().filter(|variant| n_words(&variant.name) < 2).map(|variant| variant.count).sum();
    let is_sure = |variant: &&Variant| {
        let name = trimmed(&variant.name);
        let first = name.split(' ').next().unwrap_or(name);
        n_words(name) > 1 && (variant.count > 1 || may_be_given(first) || n_bare < FAR_MORE as u32)
    };
    let is_loud = |variant: &&Variant| !variant.name.chars().any(char::is_lowercase);
    let named = |variant: &&Variant| n_words(&variant.name) < 2;
    let full = || variants.iter().filter(is_sure);
    let bare = || variants.iter().filter(named);
    let best = full().find(|variant| !is_loud(variant)).or_else(|| full().next());
    let best = best.or_else(|| bare().find(|variant| !is_loud(variant))).or_else(|| bare().next());
    best.map(|variant| trimmed(&variant.name))
}
