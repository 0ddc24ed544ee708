//! Minting: an id for each cluster, the old one wherever it had one.

use super::table::{Entity, Link, Redirect, Table, Variant};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is one entity: of any layer, whatever put it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// What it is.
    pub kind: String,
    /// Its members: document and local id.
    pub members: Vec<(String, String)>,
    /// How it is named, the name to show first.
    pub variants: Vec<(String, u32)>,
}

/// Gives each cluster an id, keeping those of `previous`.
///
/// A cluster takes the id that most of its members had, the older of two; ids that its other members had, and that no
/// other cluster takes, are redirected to it. Where an entity was divided, the larger piece keeps the id. A new id is
/// a number that was never given before. The result depends on the clusters and `previous` alone, not on an order.
pub fn mint(layer: &str, clusters: &[Cluster], previous: &Table) -> Table {
    let mut had: HashMap<(&str, &str, &str), &str> = HashMap::new();
    for link in previous.links.iter().filter(|link| link.layer == layer) {
        had.insert((&link.document, &link.kind, &link.local), previous.resolve(&link.entity));
    }
    let mut order: Vec<&Cluster> = clusters.iter().collect();
    order.sort_by(|a, b| (&a.kind, &a.variants, &a.members).cmp(&(&b.kind, &b.variants, &b.members)));
    // Who claims which id, and with how many members.
    let mut claims: Vec<(usize, &str, usize)> = Vec::new();
    for (at, cluster) in order.iter().enumerate() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (document, local) in &cluster.members {
            if let Some(id) = had.get(&(document.as_str(), cluster.kind.as_str(), local.as_str())) {
                *counts.entry(id).or_default() += 1;
            }
        }
        claims.extend(counts.into_iter().map(|(id, count)| (count, id, at)));
    }
    claims.sort_by_key(|&(count, id, at)| (std::cmp::Reverse(count), number(id), at));
    let mut ids: Vec<Option<String>> = vec![None; order.len()];
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for &(_, id, at) in &claims {
        if ids[at].is_none() && taken.insert(id) {
            ids[at] = Some(id.to_owned());
        }
    }
    let mut redirects: BTreeMap<String, String> = BTreeMap::new();
    for &(_, id, at) in &claims {
        if let Some(to) = ids[at].as_ref().filter(|_| !taken.contains(id)) {
            redirects.entry(id.to_owned()).or_insert_with(|| to.clone());
        }
    }
    for old in &previous.redirects {
        let to = redirects.get(&old.to).unwrap_or(&old.to).clone();
        redirects.insert(old.from.clone(), to);
    }
    let mut table = Table { next: previous.next.max(1), ..Table::default() };
    for (cluster, id) in order.iter().zip(ids) {
        let id = id.unwrap_or_else(|| {
            table.next += 1;
            format!("{}{}", letter(&cluster.kind), table.next - 1)
        });
        table.links.extend(cluster.members.iter().map(|(document, local)| Link {
            document: document.clone(),
            layer: layer.to_owned(),
            kind: cluster.kind.clone(),
            local: local.clone(),
            entity: id.clone(),
        }));
        table.entities.push(Entity {
            id,
            kind: cluster.kind.clone(),
            name: cluster.variants.first().map(|(name, _)| name.clone()).unwrap_or_default(),
            variants: cluster
                .variants
                .iter()
                .map(|(name, count)| Variant { name: name.clone(), count: *count })
                .collect(),
        });
    }
    table.entities.sort_by_key(|entity| number(&entity.id));
    table.links.sort();
    table.redirects = redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect();
    table
}

/// The number of an id, without the letter of its kind.
fn number(id: &str) -> u64 {
    id.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or(u64::MAX)
}

/// The letter of a kind.
fn letter(kind: &str) -> char {
    kind.chars().next().map_or('x', |first| first.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(name: &str, members: &[(&str, &str)]) -> Cluster {
        Cluster {
            kind: "PER".to_owned(),
            members: members.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            variants: vec![(name.to_owned(), 1)],
        }
    }

    #[test]
    fn ids_are_kept_and_new_ones_are_new() {
        let ann = cluster("Ann Berg", &[("d1", "ann-berg")]);
        let bo = cluster("Bo Dahl", &[("d1", "bo-dahl")]);
        let first = mint("name", &[bo.clone(), ann.clone()], &Table::default());
        assert_eq!(first, mint("name", &[ann.clone(), bo.clone()], &Table::default()));
        let without = mint("name", std::slice::from_ref(&bo), &first);
        assert_eq!(without.entities[0].id, first.entities[1].id);
        let aksel = cluster("Aksel Lind", &[("d2", "aksel-lind")]);
        let third = mint("name", &[aksel, bo], &without);
        assert!(
            third.entities.iter().all(|entity| entity.id != first.entities[0].id),
            "a number is never given twice"
        );
    }

    #[test]
    fn a_merge_redirects_and_a_division_leaves_the_larger_piece() {
        let apart = [cluster("Ann Berg", &[("d1", "a")]), cluster("Anne Berg", &[("d2", "a"), ("d3", "a")])];
        let first = mint("name", &apart, &Table::default());
        let (ann, anne) = (&first.entities[0].id, &first.entities[1].id);
        let joined = mint("name", &[cluster("Anne Berg", &[("d1", "a"), ("d2", "a"), ("d3", "a")])], &first);
        assert_eq!(joined.entities.len(), 1);
        assert_eq!(&joined.entities[0].id, anne);
        assert_eq!(joined.resolve(ann), anne);
        let again = mint("name", &apart, &joined);
        assert_eq!(&again.entities.iter().find(|entity| entity.name == "Anne Berg").unwrap().id, anne);
        assert_eq!(again.entities.iter().filter(|entity| entity.id == *ann).count(), 0);
    }
}
