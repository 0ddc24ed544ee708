//! Events: the same where they are of one kind and day and have the place or who takes part in common; one without a
//! date by its place and who takes part, where it is news.

use super::{
    candidates::Candidates,
    group::Groups,
    local::{Layer, Locals},
    mint::Clusters,
};
use crate::{
    name::gazetteer::{Traits, gazetteer},
    time::calendar::number,
    token::Key,
};
use corpus_core::{
    Edtf,
    edtf::{Day, Precision},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::RangeInclusive,
};

/// So many of those who take part are looked at for two in common.
const MAX_PARTICIPANTS: usize = 16;

/// An event of one document, with what it names corpus-wide.
#[derive(Debug)]
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
    join_undated(&dated, &undated, &mut groups);
    let places = |group: Vec<usize>| group.into_iter().map(|at| events[at]).collect();
    groups.finish().into_iter().map(places).collect()
}

/// Joins each event without a date to the one of its kind and place, and with somebody in common, that was news when it
/// was told.
fn join_undated(
    dated: &BTreeMap<(&str, &str), Vec<Told>>,
    undated: &[(&str, &Edtf, Told)],
    groups: &mut Groups,
) {
    let mut news: HashMap<(&str, usize, usize), BTreeMap<i64, Candidates>> = HashMap::new();
    for ((kind, when), told) in dated {
        let Some(day) = day(when) else { continue };
        for told in told {
            for (place, participant) in told.place.iter().flat_map(|place| told.with(*place)) {
                let days = news.entry((kind, place, participant)).or_default();
                days.entry(number(day)).or_default().add(told.at, told.document, groups);
            }
        }
    }
    for (kind, written, told) in undated {
        let (Some(place), Some(days)) = (told.place, news_days(written)) else { continue };
        let mut found = BTreeSet::new();
        for (place, participant) in told.with(place) {
            let Some(news) = news.get_mut(&(*kind, place, participant)) else { continue };
            for (_, candidates) in news.range_mut(days.clone()) {
                candidates.find(told.document, groups, &mut found);
                if found.len() > 1 {
                    break;
                }
            }
        }
        join_only(told, &found, groups);
    }
}

/// Joins an event to the only group that it may be of.
fn join_only(told: &Told, found: &BTreeSet<usize>, groups: &mut Groups) {
    if let (1, Some(&group)) = (found.len(), found.first()) {
        groups.join(group, told.at);
    }
}

impl Told {
    /// Each two of those who take part, of whom so many are looked at.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let participants = || self.participants.iter().copied().take(MAX_PARTICIPANTS);
        participants()
            .enumerate()
            .flat_map(move |(n, one)| participants().skip(n + 1).map(move |other| (one, other)))
    }

    /// A place with each of those who take part.
    fn with(&self, place: usize) -> impl Iterator<Item = (usize, usize)> {
        self.participants.iter().map(move |&participant| (place, participant))
    }
}

/// The day of a date that is known to the day.
fn day(when: &str) -> Option<Day> {
    let when: Edtf = when.parse().ok()?;
    if when.precision() >= Precision::Day { when.bounds().0 } else { None }
}

/// The days of which what happened is news in an article of this date: an article that tells of an event without its
/// date tells of one that has just been.
fn news_days(written: &Edtf) -> Option<RangeInclusive<i64>> {
    const NEWS_DAYS: i64 = 31;
    match written.bounds() {
        (Some(first), Some(last)) => {
            let (first, last) = (number(first), number(last));
            (last - first <= 12 * NEWS_DAYS).then_some(first - NEWS_DAYS..=last)
        }
        (first, last) => {
            let end = number(first.or(last)?);
            Some(end - NEWS_DAYS..=end + NEWS_DAYS)
        }
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

/// Events of one kind and day that came so far, by what another may have in common with them.
#[derive(Debug, Default)]
struct OfDay {
    all: Candidates,
    /// Those of which nobody is said to take part.
    nobodys: Candidates,
    by_place: HashMap<usize, Candidates>,
    /// Those at a place of which nobody is said to take part.
    nobodys_by_place: HashMap<usize, Candidates>,
    by_participant: HashMap<usize, Candidates>,
    by_both: HashMap<(usize, usize), Candidates>,
    by_pair: HashMap<(usize, usize), Candidates>,
}

impl OfDay {
    fn add(&mut self, told: &Told, groups: &mut Groups) {
        let mut add = |candidates: &mut Candidates| candidates.add(told.at, told.document, groups);
        add(&mut self.all);
        if told.participants.is_empty() {
            add(&mut self.nobodys);
        }
        for participant in &told.participants {
            add(self.by_participant.entry(*participant).or_default());
        }
        if let Some(place) = told.place {
            add(self.by_place.entry(place).or_default());
            if told.participants.is_empty() {
                add(self.nobodys_by_place.entry(place).or_default());
            }
            told.with(place).for_each(|both| add(self.by_both.entry(both).or_default()));
            told.pairs().for_each(|pair| add(self.by_pair.entry(pair).or_default()));
        }
    }

    /// The groups that an event may be of, all or two at least: those that have place and participants in common with
    /// it, or where there is none, those that are otherwise the same.
    fn find(&mut self, kind: &str, told: &Told, groups: &mut Groups) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut find = |candidates: Option<&mut Candidates>| {
            candidates.into_iter().for_each(|candidates| candidates.find(told.document, groups, &mut found));
            found.len()
        };
        if let Some(place) = told.place {
            if told.with(place).map(|both| find(self.by_both.get_mut(&both))).last().is_none_or(|n| n == 0) {
                // Two meetings of a day in one town, of others each, are two.
                let is_anybodys = told.participants.is_empty() || is_singular(kind);
                let alike = if is_anybodys { &mut self.by_place } else { &mut self.nobodys_by_place };
                find(alike.get_mut(&place));
                // One says the town, the other the country: who takes part decides.
                told.pairs().for_each(|pair| _ = find(self.by_pair.get_mut(&pair)));
            }
            return found;
        }
        // What says more came before.
        for participant in &told.participants {
            find(self.by_participant.get_mut(participant));
        }
        if is_singular(kind) {
            find(Some(if told.participants.is_empty() { &mut self.all } else { &mut self.nobodys }));
        }
        found
    }
}

/// Joins events of one kind and day: those that say where it was first, then those that say who took part. One joins
/// others only where all that it may be are one already, so that it makes no two into one.
fn join_of_day(kind: &str, told: &[Told], groups: &mut Groups) {
    let mut told: Vec<&Told> = told.iter().collect();
    // How much each says, the most first; those that say as much stay in their order.
    told.sort_by_key(|told| (told.place.is_none(), told.participants.is_empty()));
    let mut day = OfDay::default();
    for told in told {
        let found = day.find(kind, told, groups);
        join_only(told, &found, groups);
        day.add(told, groups);
    }
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

/// Joins events of one kind of which only the month or year is known: those of one place, where it is not an election,
/// with somebody in common.
fn join_of_period(kind: &str, told: &[Told], groups: &mut Groups) {
    let mut shared: HashMap<(usize, Option<usize>), Vec<&Told>> = HashMap::new();
    for told in told {
        let Some(place) = told.place else { continue };
        if kind == "election" {
            shared.entry((place, None)).or_default().push(told);
        } else {
            let keys = told.participants.iter().map(|&participant| (place, Some(participant)));
            keys.for_each(|key| shared.entry(key).or_default().push(told));
        }
    }
    for told in shared.values() {
        // What one document tells apart is not put together, nor with what others tell of one.
        let mut n_told: HashMap<u32, usize> = HashMap::new();
        told.iter().for_each(|told| *n_told.entry(told.document).or_default() += 1);
        let mut single = told.iter().filter(|told| n_told[&told.document] == 1);
        if let Some(first) = single.next() {
            single.for_each(|other| groups.join(first.at, other.at));
        }
    }
}

/// Whether there is seldom more than one of a kind on a day, wherever it is and whoever takes part.
fn is_singular(kind: &str) -> bool {
    matches!(kind, "election" | "inauguration")
}
