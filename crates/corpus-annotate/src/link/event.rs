//! Events: the same where they are of one kind and day and do not differ in place or in who takes part.

use super::{
    group::Groups,
    local::{Happened, Layer, Locals},
    mint::Clusters,
};
use corpus_core::{Edtf, edtf::Precision};
use std::collections::{BTreeMap, BTreeSet};

/// So many events of one kind and date are compared with each other.
const MAX_EVENTS: usize = 256;

/// An event of one document, with what it names corpus-wide.
struct Told {
    at: usize,
    document: u32,
    place: Option<usize>,
    participants: BTreeSet<usize>,
}

/// Puts events together; `names` are the people, bodies and places, as they are linked.
pub(super) fn groups(locals: &Locals, names: &Clusters) -> Vec<Vec<usize>> {
    let events: Vec<usize> = locals.of(Layer::Event, None).collect();
    let mut groups = Groups::new(events.len());
    let mut same_date: BTreeMap<(&str, &str), Vec<Told>> = BTreeMap::new();
    for (at, &place) in events.iter().enumerate() {
        let Some(Happened { when: Some(when), place: where_, participants }) = locals.event(place) else {
            continue;
        };
        if !is_certain(when) {
            continue;
        }
        let document = locals.list[place].document;
        let linked = |local: &u32| names.cluster_of(locals.place(document, Layer::Name, *local)?);
        same_date.entry((locals.kind(place), when.as_str())).or_default().push(Told {
            at,
            document,
            place: where_.as_ref().and_then(linked),
            participants: participants.iter().filter_map(linked).collect(),
        });
    }
    for ((kind, when), told) in same_date {
        let is_day = when.parse::<Edtf>().is_ok_and(|when| when.precision() >= Precision::Day);
        for (n, one) in told.iter().enumerate().take(MAX_EVENTS) {
            let same = |other: &&Told| {
                one.document != other.document
                    && if is_day { is_same(one, other) } else { is_same_period(kind, one, other) }
            };
            for other in told[..n].iter().filter(same) {
                groups.join(one.at, other.at);
            }
        }
    }
    let places = |group: Vec<usize>| group.into_iter().map(|at| events[at]).collect();
    groups.finish().into_iter().map(places).collect()
}

/// Whether a date is one, and not a range or with an open year.
fn is_certain(when: &Edtf) -> bool {
    !when.as_str().contains('X') && !when.is_interval()
}

/// Whether two events of one kind and day are one.
fn is_same(one: &Told, other: &Told) -> bool {
    let shares = !one.participants.is_disjoint(&other.participants);
    match (one.place, other.place) {
        (Some(a), Some(b)) if a == b => true,
        // One says the town, the other the country: who takes part decides.
        (Some(_), Some(_)) => one.participants.intersection(&other.participants).nth(1).is_some(),
        _ => shares || one.participants.is_empty() || other.participants.is_empty(),
    }
}

/// Whether two events of one kind, of which only the month or year is known, are one.
fn is_same_period(kind: &str, one: &Told, other: &Told) -> bool {
    let same_place = one.place.is_some() && one.place == other.place;
    same_place && (kind == "election" || !one.participants.is_disjoint(&other.participants))
}
