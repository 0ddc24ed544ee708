//! People: which of those that documents name are one, by full names first, then by surnames alone.

use super::{
    group::{FAR_MORE, Groups, bearer},
    local::{Layer, Locals, n_words},
};
use crate::{
    name::{
        compare::{Words, are_two_surnames, is_own_surname},
        gazetteer::{Traits, gazetteer},
        romanise::romanised,
        sound::Sounds,
    },
    token::Key,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Full names as alike as this are one person's.
const SAME_PERSON: f32 = 0.87;

/// Full names less alike than this are never one person's, whoever stands between them.
const OTHER_PERSON: f32 = 0.7;

/// Surnames as alike as this are one.
const SAME_SURNAME: f32 = 0.9;

/// Surnames as alike as this are one where nothing but the surname is known.
const SAME_BARE: f32 = 0.95;

/// So many names of one sound are compared with each other, those that most documents have; further ones meet only
/// those they equal.
const MAX_NAMES: usize = 256;

/// So many persons of other spellings of a surname, and so many names of each person, are looked at for one with an
/// initial.
const MAX_SPELLINGS: usize = 32;

/// A name by which documents know a person best.
struct Known<'l> {
    name: &'l str,
    words: Words,
    surname: Surname<'l>,
    /// Places of the local entities that are called so, one a document at the least.
    members: Vec<usize>,
    /// How many of them an article names, and not its readers alone.
    n_told: usize,
}

/// The last word of a name.
struct Surname<'l> {
    text: &'l str,
    words: Words,
}

/// Puts people together.
pub(super) fn groups(locals: &Locals) -> Vec<Vec<usize>> {
    let people: Vec<usize> = locals.of(Layer::Name, Some("PER")).collect();
    let longest: Vec<&str> =
        people.iter().map(|&place| trimmed(locals.texts.get(locals.longest(place)))).collect();
    let mut n_known: HashMap<&str, usize> = HashMap::new();
    longest.iter().for_each(|name| *n_known.entry(name).or_default() += 1);
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in longest.iter().enumerate() {
        by_name.entry(without_slip(name, &n_known)).or_default().push(at);
    }
    let mut blocks: BTreeMap<Key, Vec<Known<'_>>> = BTreeMap::new();
    let surnames: HashSet<&str> = by_name.keys().map(|name| surname(name)).collect();
    for (name, members) in by_name {
        let surname = surname(name);
        // A possessive that lost its apostrophe stands with the name it is of.
        let is_stem = |stem: &&str| surnames.contains(stem) && !is_own_surname(stem, surname);
        let stem = surname.strip_suffix('s').filter(is_stem).unwrap_or(surname);
        let sounds = Sounds::of(&romanised(stem)).skeleton();
        let surname = Surname { text: surname, words: Words::of(surname) };
        let is_told = |at: &&usize| !locals.list[people[**at]].is_of_readers;
        let n_told = members.iter().filter(is_told).count();
        let known = Known { name, words: Words::of(name), surname, members, n_told };
        blocks.entry(sounds).or_default().push(known);
    }
    let mut groups = Groups::new(people.len());
    for mut block in blocks.into_values() {
        // Those that most documents have come first, so that they are compared where there are too many.
        block.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.name.cmp(b.name)));
        link(&block, &mut groups);
    }
    let places = |group: Vec<usize>| group.into_iter().map(|at| people[at]).collect();
    groups.finish().into_iter().map(places).collect()
}

/// A name without the titles and posts before it and without what follows "of".
pub(super) fn trimmed(name: &str) -> &str {
    let name = name.find(" of ").map_or(name, |end| &name[..end]);
    let is_post = |word: &str| {
        let stem = word.strip_suffix('s').unwrap_or(word);
        let traits = |word: &str| gazetteer().traits(Key::of(word));
        !traits(word).any(Traits::GIVEN)
            && [word, stem].iter().any(|word| traits(word).any(Traits::POST.or(Traits::TITLE)))
    };
    let starts = name.match_indices(' ').map(|(at, _)| at + 1);
    let words = std::iter::once(0).chain(starts);
    // The last post has a name behind it.
    let mut posts = words.filter_map(|at| {
        let (word, rest) = name[at..].split_once(' ')?;
        is_post(word).then_some(rest)
    });
    posts.next_back().filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(name)
}

/// A surname alone, of a name that one document has and whose first word is no given name, where many more know the
/// surname alone: "Wheras Moreno" is a word that begins a sentence, or a slip of the pen.
fn without_slip<'n>(name: &'n str, n_known: &HashMap<&str, usize>) -> &'n str {
    match name.split_once(' ') {
        Some((first, surname))
            if !surname.contains(' ')
                && !may_be_given(first)
                && n_known.get(name).is_none_or(|&n| n < 2)
                && n_known.get(surname).is_some_and(|&n| n >= FAR_MORE) =>
        {
            surname
        }
        _ => name,
    }
}

/// Whether a word is a given name, or an initial.
pub(super) fn may_be_given(word: &str) -> bool {
    word.ends_with('.') || word.chars().count() < 2 || gazetteer().traits(Key::of(word)).any(Traits::GIVEN)
}

/// The word of a name that is the surname: the last that is no "Jr.".
fn surname(name: &str) -> &str {
    const AFTER: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
    let is_name = |word: &&str| !AFTER.contains(&&*word.trim_end_matches('.').to_lowercase());
    name.split_whitespace().rev().find(is_name).unwrap_or(name)
}

/// Links the people of one block, whose surnames sound much the same.
fn link(block: &[Known<'_>], groups: &mut Groups) {
    let (bare, full): (Vec<&Known<'_>>, Vec<&Known<'_>>) =
        block.iter().partition(|known| n_words(known.name) < 2);
    let (short, full): (Vec<&Known<'_>>, Vec<&Known<'_>>) =
        full.into_iter().partition(|known| known.words.has_initial());
    let mut persons = whole(&full);
    let loose = give_initials(short, &mut persons);
    persons.extend(whole(&loose));
    let alone: Vec<&Known<'_>> = bare.into_iter().filter(|known| !find_bearer(known, &mut persons)).collect();
    join_bare(&alone, groups);
    for person in persons {
        let mut members = person.iter().flat_map(|known| &known.members);
        if let Some(&first) = members.next() {
            members.for_each(|&member| groups.join(first, member));
        }
    }
}

/// Gives names with initials to the persons that alone may bear them; returns those that nobody or several may bear.
fn give_initials<'b, 'l>(
    short: Vec<&'b Known<'l>>,
    persons: &mut [Vec<&'b Known<'l>>],
) -> Vec<&'b Known<'l>> {
    let mut by_surname: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, person) in persons.iter().enumerate() {
        for known in person {
            let bearers = by_surname.entry(known.surname.text).or_default();
            if bearers.last() != Some(&at) {
                bearers.push(at);
            }
        }
    }
    let mut given: Vec<(usize, &Known<'_>)> = Vec::new();
    let mut loose = Vec::new();
    for known in short {
        // Those of this very surname, and the best known of those that sound like it.
        let own = by_surname.get(known.surname.text).map_or(&[][..], Vec::as_slice);
        let others = (0..persons.len().min(MAX_SPELLINGS)).filter(|at| own.binary_search(at).is_err());
        let may_bear = |at: &usize| {
            let names = &persons[*at][..persons[*at].len().min(MAX_SPELLINGS)];
            names.iter().any(|other| similar(other, known) >= SAME_PERSON)
        };
        let bearers: Vec<(usize, usize)> = own
            .iter()
            .copied()
            .take(MAX_NAMES)
            .chain(others)
            .filter(may_bear)
            .map(|at| (at, n_documents(&persons[at]).max(1)))
            .collect();
        match bearer(&bearers) {
            Some(at) => given.push((at, known)),
            None => loose.push(known),
        }
    }
    given.into_iter().for_each(|(at, known)| persons[at].push(known));
    loose
}

fn similar(a: &Known<'_>, b: &Known<'_>) -> f32 {
    a.words.similarity(&b.words)
}

fn n_documents(person: &[&Known<'_>]) -> usize {
    person.iter().map(|known| known.n_told).sum()
}

/// Persons by their full names: the most alike first, and none with one that is somebody else for certain.
fn whole<'b, 'l>(full: &[&'b Known<'l>]) -> Vec<Vec<&'b Known<'l>>> {
    let n_compared = full.len().min(MAX_NAMES);
    let mut scores = vec![1.0_f32; n_compared * n_compared];
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for one in 0..n_compared {
        for other in 0..one {
            let score = similar(full[one], full[other]);
            let is_other = score >= SAME_PERSON && !full[one].words.share_a_word(&full[other].words);
            let score = if is_other { 0.0 } else { score };
            (scores[one * n_compared + other], scores[other * n_compared + one]) = (score, score);
            if score >= SAME_PERSON {
                pairs.push((score, other, one));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut of: Vec<usize> = (0..n_compared).collect();
    let mut persons: Vec<Vec<usize>> = (0..n_compared).map(|at| vec![at]).collect();
    for (_, one, other) in pairs {
        let (into, from) = (of[one].min(of[other]), of[one].max(of[other]));
        let agree = |a: &usize| persons[from].iter().all(|b| scores[a * n_compared + b] >= OTHER_PERSON);
        if into != from && persons[into].iter().all(agree) {
            let moved = std::mem::take(&mut persons[from]);
            moved.iter().for_each(|&at| of[at] = into);
            persons[into].extend(moved);
        }
    }
    let named = |person: Vec<usize>| person.into_iter().map(|at| full[at]).collect();
    let rest = full[n_compared..].iter().map(|known| vec![*known]);
    persons.into_iter().filter(|person| !person.is_empty()).map(named).chain(rest).collect()
}

/// Gives a surname alone to the person who bears it, if that is one alone or one that is named far more often; where
/// several bear it, nobody can tell, and it belongs to another person in each document. False where nobody bears it.
fn find_bearer<'b, 'l>(bare: &'b Known<'l>, persons: &mut [Vec<&'b Known<'l>>]) -> bool {
    let bearers = |is_it: &dyn Fn(&Surname<'_>) -> bool| -> Vec<(usize, usize)> {
        let bears =
            |person: &Vec<&Known<'_>>| person.iter().take(MAX_NAMES).any(|known| is_it(&known.surname));
        // What readers write by the way takes no surname from those of whom articles tell.
        let counts = |person: &Vec<&Known<'_>>| bare.n_told == 0 || n_documents(person) > 0;
        let found =
            persons.iter().enumerate().take(MAX_NAMES).filter(|(_, person)| counts(person) && bears(person));
        found.map(|(at, person)| (at, n_documents(person).max(1))).collect()
    };
    let mut found = bearers(&|surname| surname.text == bare.name);
    if found.is_empty() {
        found = bearers(&|surname| {
            is_same_surname(surname, &bare.surname, SAME_SURNAME)
                && !are_two_surnames(surname.text, bare.surname.text)
        });
        // What far more documents write is no slip of a few: "Moren" is none of "Ana Moreno" where she is seldom named.
        found.retain(|(_, n_documents)| bare.members.len() < FAR_MORE * n_documents);
    }
    if let Some(at) = bearer(&found) {
        persons[at].push(bare);
    }
    !found.is_empty()
}

/// Whether two surnames are spellings of one: those of a man and of his wife are not, nor are given names, of which
/// many sound alike.
fn is_same_surname(one: &Surname<'_>, other: &Surname<'_>, least: f32) -> bool {
    let (short, long) =
        if one.text.len() <= other.text.len() { (one.text, other.text) } else { (other.text, one.text) };
    let is_of_woman = long.ends_with('a') && !short.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
    if long.strip_suffix('s') == Some(short) {
        // A possessive that lost its apostrophe, unless it is a surname too.
        return !is_own_surname(short, long);
    }
    let is_given = |surname: &Surname<'_>| gazetteer().traits(Key::of(surname.text)).any(Traits::GIVEN);
    !is_of_woman
        && one.words.share_a_word(&other.words)
        && one.words.reach(&other.words, least)
        && (one.text == other.text || !is_given(one) && !is_given(other))
}

/// Joins surnames that nobody bears in full: those written alike, and a rare spelling with a usual one.
fn join_bare(alone: &[&Known<'_>], groups: &mut Groups) {
    let mut joined: BTreeSet<usize> = BTreeSet::new();
    for (at, known) in alone.iter().enumerate() {
        known.members.iter().for_each(|&member| groups.join(known.members[0], member));
        let is_rare = known.members.len() == 1;
        let like = alone[..at.min(MAX_NAMES)]
            .iter()
            .enumerate()
            .filter(|(other, _)| is_rare && !joined.contains(other))
            .find(|(_, other)| is_same_surname(&known.surname, &other.surname, SAME_BARE));
        if let Some((_, other)) = like {
            groups.join(known.members[0], other.members[0]);
            joined.insert(at);
        }
    }
}
