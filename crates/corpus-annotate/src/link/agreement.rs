//! Agreements: the same where they have a name in common.

use super::{
    group::Groups,
    local::{Layer, Locals},
};
use crate::name::romanise::romanised;
use std::collections::HashMap;

/// Puts agreements together.
pub(super) fn groups(locals: &Locals) -> Vec<Vec<usize>> {
    let agreements: Vec<usize> = locals.of(Layer::Agreement, None).collect();
    let mut groups = Groups::new(agreements.len());
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, &place) in agreements.iter().enumerate() {
        for name in locals.names(place) {
            let words =
                name.split_whitespace().map(romanised).filter(|word| !word.is_empty() && word != "the");
            let first = *known.entry(words.collect::<Vec<_>>().join(" ")).or_insert(at);
            groups.join(at, first);
        }
    }
    let places = |group: Vec<usize>| group.into_iter().map(|at| agreements[at]).collect();
    groups.finish().into_iter().map(places).collect()
}
