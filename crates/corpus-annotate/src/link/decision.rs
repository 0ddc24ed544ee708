//! Decisions of people about entities: that two are one, or one is two.

use super::{
    local::{Layer, Locals},
    mint::Clusters,
};

/// A decision, about local ids as numbers of document and id.
#[derive(Clone, Debug)]
pub(super) enum Decision {
    /// Both stand for one entity.
    Merge(Layer, (u32, u32), (u32, u32)),
    /// Of what the local id stands for, all that is called so is another entity than the rest.
    Split(Layer, (u32, u32), String),
}

/// Applies the decisions about a layer in their order.
pub(super) fn apply(decisions: &[Decision], layer: Layer, locals: &Locals, clusters: &mut Clusters) {
    for decision in decisions {
        match decision {
            Decision::Merge(of, one, other) if *of == layer => {
                let place = |place: &(u32, u32)| locals.place(place.0, layer, place.1);
                // A person and a body are two, whatever was decided when one was taken for the other.
                if let (Some(one), Some(other)) = (place(one), place(other))
                    && (locals.kind(one) == "PER") == (locals.kind(other) == "PER")
                {
                    clusters.merge(one, other);
                }
            }
            Decision::Split(of, place, name) if *of == layer => {
                if let Some(at) = locals.place(place.0, layer, place.1) {
                    clusters.split(at, |member| locals.names(member).any(|variant| variant == name));
                }
            }
            _ => {}
        }
    }
}
