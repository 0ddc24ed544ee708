//! Events: the same where they are of one kind and day and have the place or who takes part in common; one without a
//! date by its place and who takes part, where it is news.

use super::{
    group::Groups,
    local::{Layer, Locals},
    mint::Clusters,
};
use crate::{
    name::gazetteer::{Traits, gazetteer},
    token::Key,
};
use corpus_core::{
    Edtf,
    edtf::{Day, Precision},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    let mut dated: BTreeMap<(&str, &str), Vec<Told>> = BTreeMap::new();
    let mut undated: Vec<(&str, &Edtf, Told)> = Vec::new();
    for (at, &place) in events.iter().enumerate() {
        let Some(happened) = locals.event(place) else { continue };
        let document = locals.list[place].document;
        let linked = |local: &u32| names.cluster_of(locals.place(document, Layer::Name, *local)?);
        let told = Told {
            at,
            document,
            place: happened.place.as_ref().and_then(linked),
            participants: happened.participants.iter().filter_map(linked).collect(),
        };
        match (&happened.when, &happened.told) {
            (Some(when), _) if is_certain(when) => {
                dated.entry((locals.kind(place), when.as_str())).or_default().push(told);
            }
            (when, Some(written)) if when.as_ref().is_none_or(is_before) => {
                undated.push((locals.kind(place), written, told))
            }
            _ => {}
        }
    }
    join_named(&events, locals, &mut groups);
    for ((kind, when), told) in &dated {
        if day(when).is_some() {
            join_of_day(kind, told, &mut groups);
        } else {
            join_of_period(kind, told, &mut groups);
        }
    }
    let mut by_place: HashMap<(&str, usize), Vec<(Day, &Told)>> = HashMap::new();
    for ((kind, when), told) in &dated {
        let Some(day) = day(when) else { continue };
        for told in told {
            if let Some(place) = told.place {
                by_place.entry((*kind, place)).or_default().push((day, told));
            }
        }
    }
    for (kind, written, told) in &undated {
        let Some(place) = told.place else { continue };
        let candidates = by_place.get(&(*kind, place)).into_iter().flatten();
        let same = candidates.filter(|(day, other)| {
            told.document != other.document
                && is_news(*day, written)
                && !told.participants.is_disjoint(&other.participants)
        });
        let found: BTreeSet<usize> = same.map(|(_, other)| groups.root(other.at)).collect();
        if let (1, Some(&group)) = (found.len(), found.first()) {
            groups.join(group, told.at);
        }
    }
    let places = |group: Vec<usize>| group.into_iter().map(|at| events[at]).collect();
    groups.finish().into_iter().map(places).collect()
}

/// The day of a date that is known to the day.
fn day(when: &str) -> Option<Day> {
    let when: Edtf = when.parse().ok()?;
    if when.precision() >= Precision::Day { when.bounds().0 } else { None }
}

/// Whether what happened on a day is news in an article of this date: an article that tells of an event without its
/// date tells of one that has just been.
fn is_news(day: Day, written: &Edtf) -> bool {
    const NEWS_DAYS: i64 = 31;
    let number = |day: Day| (i64::from(day.year()) * 12 + i64::from(day.month())) * 31 + i64::from(day.day());
    let near = |end: Option<Day>| end.is_some_and(|end| (number(end) - number(day)).abs() <= NEWS_DAYS);
    match written.bounds() {
        (Some(first), Some(last)) => {
            number(first) - NEWS_DAYS <= number(day)
                && number(day) <= number(last)
                && number(last) - number(first) <= 12 * NEWS_DAYS
        }
        (first, last) => near(first.or(last)),
    }
}

/// Whether a date says no more than that it was before some day.
fn is_before(when: &Edtf) -> bool {
    when.as_str().starts_with("../")
}

/// Whether a date is one, and not a range or with an open year.
fn is_certain(when: &Edtf) -> bool {
    !when.as_str().contains('X') && !when.is_interval()
}

/// Joins events of one kind and day: those that say where it was first, then those that say who took part. One joins
/// others only where all that it may be are one already, so that it makes no two into one.
fn join_of_day(kind: &str, told: &[Told], groups: &mut Groups) {
    let mut told: Vec<&Told> = told.iter().take(MAX_EVENTS).collect();
    // How much each says, the most first; those that say as much stay in their order.
    told.sort_by_key(|told| (told.place.is_none(), told.participants.is_empty()));
    for (n, one) in told.iter().enumerate() {
        let other = told[..n].iter().filter(|other| one.document != other.document);
        let same: Vec<&&Told> = other.filter(|other| is_same(kind, one, other)).collect();
        let mut roots = |sure: bool| -> BTreeSet<usize> {
            let near = same.iter().filter(|other| !sure || is_sure(one, other));
            near.map(|other| groups.root(other.at)).collect()
        };
        let sure = roots(true);
        let found = if sure.is_empty() { roots(false) } else { sure };
        if let (1, Some(&group)) = (found.len(), found.first()) {
            groups.join(group, one.at);
        }
    }
}

/// Whether two events have both the place and some of those who take part in common.
fn is_sure(one: &Told, other: &Told) -> bool {
    one.place.is_some() && one.place == other.place && !one.participants.is_disjoint(&other.participants)
}

/// Joins events of one name and date; wars by their name alone.
fn join_named(events: &[usize], locals: &Locals, groups: &mut Groups) {
    let mut known: HashMap<(&str, Option<&str>, String), usize> = HashMap::new();
    for (at, &place) in events.iter().enumerate() {
        let kind = locals.kind(place);
        let when = locals.event(place).and_then(|happened| happened.when.as_ref()).map(Edtf::as_str);
        if kind != "war" && when.is_none_or(|when| when.contains('X')) {
            continue;
        }
        for name in locals.names(place).filter(|name| is_name(name)) {
            let when = when.filter(|_| kind != "war");
            let first = *known.entry((kind, when, name.to_lowercase())).or_insert(at);
            groups.join(at, first);
        }
    }
}

/// Whether the words of an event name it: "Russo-Japanese war", and not "war".
fn is_name(words: &str) -> bool {
    let proper = |(n, word): (usize, &str)| {
        let capital = word.starts_with(char::is_uppercase);
        let adjective = || {
            let of_country = |part: &str| gazetteer().traits(Key::of(part)).any(Traits::ADJECTIVE);
            word.rsplit('-').next().is_some_and(of_country)
        };
        capital && (n > 0 || adjective())
    };
    words.split_whitespace().enumerate().any(proper)
}

/// Joins events of one kind of which only the month or year is known.
fn join_of_period(kind: &str, told: &[Told], groups: &mut Groups) {
    for (n, one) in told.iter().enumerate().take(MAX_EVENTS) {
        let same = |other: &&Told| one.document != other.document && is_same_period(kind, one, other);
        told[..n].iter().filter(same).for_each(|other| groups.join(one.at, other.at));
    }
}

/// Whether there is seldom more than one of a kind on a day, wherever it is and whoever takes part.
fn is_singular(kind: &str) -> bool {
    matches!(kind, "election" | "inauguration")
}

/// Whether two events of one kind and day are one: of a kind of which there are many, they have something in common
/// besides the day.
fn is_same(kind: &str, one: &Told, other: &Told) -> bool {
    let n_shared = one.participants.intersection(&other.participants).count();
    let unsaid = one.participants.is_empty() || other.participants.is_empty();
    match (one.place, other.place) {
        (Some(a), Some(b)) if a == b => true,
        // One says the town, the other the country: who takes part decides.
        (Some(_), Some(_)) => n_shared > 1,
        _ => n_shared > 0 || unsaid && is_singular(kind),
    }
}

/// Whether two events of one kind, of which only the month or year is known, are one.
fn is_same_period(kind: &str, one: &Told, other: &Told) -> bool {
    let same_place = one.place.is_some() && one.place == other.place;
    same_place && (kind == "election" || !one.participants.is_disjoint(&other.participants))
}
