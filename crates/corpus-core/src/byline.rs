//! Names in a byline: without what introduces them, without date, post and place.

pub(crate) mod caseless;
pub(crate) mod words;

use self::words::{PARTICLES, SEPARATORS};
use crate::date;

/// Longest name, in characters.
const LONGEST: usize = 40;

/// Bytes of a field or a line that are looked through for a list of names, at most.
const MOST: usize = 4096;

/// The persons that a line names: after "by" and its like in any language; in a line that is known to be a byline, also
/// at its start.
pub(crate) fn persons(line: &str, is_byline: bool) -> Vec<String> {
    let pieces = pieces(line);
    let mut names: Vec<String> =
        pieces.iter().filter_map(|piece| introduced(piece, is_byline)).flatten().collect();
    if names.is_empty() && is_byline {
        let named = pieces.iter().map(|piece| listed(piece)).find(|names| !names.is_empty());
        names.extend(named.unwrap_or_default());
    }
    names
}

/// A line cut at its dates and at the marks that part its statements.
fn pieces(line: &str) -> Vec<&str> {
    /// Most dates in a byline.
    const MOST: usize = 4;
    let mut pieces = Vec::new();
    let mut rest = line;
    for _ in 0..MOST {
        let Some((range, _)) = date::find(rest) else { break };
        pieces.push(&rest[..range.start]);
        rest = &rest[range.end..];
    }
    pieces.push(rest);
    let is_mark = |character: char| {
        matches!(
            character,
            '|' | '•'
                | '·'
                | '\t'
                | '\n'
                | '—'
                | '~'
                | '»'
                | '«'
                | '('
                | ')'
                | '['
                | ']'
                | '【'
                | '】'
                | '（'
                | '）'
        )
    };
    let cut = pieces.into_iter().flat_map(|piece| piece.split(is_mark));
    cut.flat_map(|piece| piece.split(" - ")).flat_map(|piece| piece.split(" – ")).map(str::trim).collect()
}

/// The names after the first word that introduces one; `None` where no word does.
fn introduced(piece: &str, is_byline: bool) -> Option<Vec<String>> {
    let start = words::introduction(piece, is_byline)?;
    let rest = piece[start..].trim_start();
    let names = listed(rest);
    if names.is_empty() { Some(handle_before_end(rest).into_iter().collect()) } else { Some(names) }
}

/// A lone word that nothing follows but the words that lead to a date or a topic.
fn handle_before_end(text: &str) -> Option<String> {
    let mut written = text.split_whitespace();
    let first = written.next()?.trim_matches([',', '.', ';']);
    let ends = written.next().is_none_or(|next| {
        words::ENDS.contains(&next) || next.starts_with(|first: char| first.is_ascii_digit())
    });
    (ends && first.chars().count() >= 2).then(|| handle(first)).flatten()
}

/// The persons of a list at the start of a text.
fn listed(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = &text[..text.floor_char_boundary(MOST)];
    loop {
        let cut =
            SEPARATORS.iter().filter_map(|separator| Some((rest.find(separator)?, separator.len()))).min();
        let (piece, next) = match cut {
            Some((at, length)) => (&rest[..at], &rest[at + length..]),
            // A name that is cut in two is none.
            None if text.len() > MOST => break,
            None => (rest, ""),
        };
        match person(piece) {
            Some(name) if !names.is_empty() && is_beside_a_name(&name, piece) => break,
            Some(name) => names.push(name),
            None if piece.trim().is_empty() => {}
            None => break,
        }
        if next.is_empty() {
            break;
        }
        rest = next;
    }
    names
}

/// Whether what follows a name in a list says where its bearer is, or what he is there: "Coast Herald", "ABC Coast
/// harbour correspondent".
fn is_beside_a_name(name: &str, piece: &str) -> bool {
    let is_acronym = |word: &str| word.len() >= 3 && word.chars().all(char::is_uppercase);
    let mut words = name.split(' ');
    words::is_place(name)
        || words::is_outlet(name)
        || words::is_post(piece)
        || words.next().is_some_and(is_acronym) && !words.all(is_acronym)
}

/// The persons whom a line names beside a date that begins at `date`: after "by" and its like; at its start where an
/// outlet stands between, or nothing at all: "Ada Holm / Herald / 3 May 2021", "Ada Holm03.05.2021".
pub(crate) fn beside_date(line: &str, date: usize) -> Vec<String> {
    let introduced = persons(line, false);
    if !introduced.is_empty() {
        return introduced;
    }
    let before = &line[..date];
    let mut pieces = before.split(['|', '/', '•', '·']).map(str::trim).filter(|piece| !piece.is_empty());
    let Some(name) = pieces.next() else { return Vec::new() };
    let is_glued = before.ends_with(char::is_lowercase);
    let is_set_apart = match pieces.next() {
        Some(outlet) => outlet.split_whitespace().count() <= 4 && !outlet.ends_with(':'),
        None => is_glued,
    };
    let is_name = |person: &String| {
        person.split(' ').eq(name.split_whitespace()) && !words::is_place(person) && !words::is_outlet(person)
    };
    person(name).filter(is_name).filter(|_| is_set_apart).into_iter().collect()
}

/// The person that a text begins with: two to five words with capitals, particles between them.
pub(crate) fn person(text: &str) -> Option<String> {
    if let Some(name) = text.split_whitespace().next().and_then(caseless::name) {
        return Some(name.to_owned());
    }
    let mut name: Vec<&str> = Vec::new();
    let mut n_capitals = 0;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['"', '“', '”', '*', ';']);
        let is_particle = PARTICLES.contains(&bare);
        if !(is_particle && !name.is_empty() || is_capital(bare)) {
            break;
        }
        n_capitals += usize::from(!is_particle);
        name.push(bare.trim_end_matches(','));
        if word.ends_with([',', ';']) {
            break;
        }
    }
    while name.last().is_some_and(|last| PARTICLES.contains(last)) {
        name.pop();
    }
    if let Some(last) = name.last_mut()
        && last.chars().count() > 3
    {
        *last = last.trim_end_matches('.');
    }
    let is_long_enough = name.iter().any(|word| word.chars().count() > 2);
    let joined = name.join(" ");
    ((2..=5).contains(&n_capitals)
        && is_long_enough
        && joined.chars().count() <= LONGEST
        && !words::is_post(&joined)
        && !words::is_calendar(&joined))
    .then_some(joined)
}

/// Whether a word begins as names do, and is none of a sentence's marks.
fn is_capital(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
        && characters.all(|character| {
            character.is_alphabetic() || matches!(character, '-' | '.' | '\'' | '’' | '‘' | ',')
        })
}

/// A name of any kind, that of a forum too: one to five words, no address.
pub(crate) fn handle(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.join(" ");
    let name = words::after_introduction(&name).trim_matches([',', ':', '.', ' ', '»', '›', '→']).to_owned();
    let count = name.chars().count();
    (words.len() <= 5
        && (2..=LONGEST).contains(&count)
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '/', '?', '!', '…'])
        && !words::is_post(&name)
        && !words::is_calendar(&name)
        && date::find(&name).is_none())
    .then_some(name)
}

/// The names in what metadata state, without what introduces them and without posts after them.
pub(crate) fn split(value: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let value = &value[..value.floor_char_boundary(MOST)];
    let mut rest = words::after_introduction(value.trim());
    while !rest.is_empty() {
        let cut =
            SEPARATORS.iter().filter_map(|separator| Some((rest.find(separator)?, separator.len()))).min();
        let (piece, next) = match cut {
            Some((at, length)) => (&rest[..at], &rest[at + length..]),
            None => (rest, ""),
        };
        let name = piece.trim().trim_matches(['"', '.', ')', '*']);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // What follows a name and does not look like another is the post, the outlet or the place.
        if !name.is_empty() && (names.is_empty() || person(&name).is_some_and(|person| person == name)) {
            names.push(name);
        }
        rest = next;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{beside_date, persons, split};

    #[test]
    fn a_field_is_split_into_names() {
        assert_eq!(split("By Ana Meier and Tom de Witt"), ["Ana Meier", "Tom de Witt"]);
        assert_eq!(split("Written by: Ana Meier, senior editor"), ["Ana Meier"]);
        assert_eq!(split("von Ana Meier, Jo Brandt"), ["Ana Meier", "Jo Brandt"]);
        assert_eq!(split("View all posts by Ana Meier"), ["Ana Meier"]);
    }

    #[test]
    fn a_byline_names_persons() {
        assert_eq!(persons("Ana Meier | 05.04.2025 - Update: 06.04.2025", true), ["Ana Meier"]);
        assert_eq!(persons("Von Ana Meier am Samstag, 19. Oktober 2019 um 11:14 Uhr", true), ["Ana Meier"]);
        assert_eq!(persons("By Ana Meier 8 January 2020, 3:51 pm 11 Edit", true), ["Ana Meier"]);
        assert_eq!(persons("Harbour | Par Ana Meier | 30 septembre 2018", true), ["Ana Meier"]);
        assert_eq!(persons("Posted on Friday, 15 April 2016", true), [""; 0]);
        assert_eq!(persons("A new bridge, built by the town", false), [""; 0]);
    }

    #[test]
    fn several_persons_are_told_apart_and_from_place_and_outlet() {
        assert_eq!(persons("By Ada Holm, Tom Reed", true), ["Ada Holm", "Tom Reed"]);
        assert_eq!(persons("By Ada Holm & Tom Reed", true), ["Ada Holm", "Tom Reed"]);
        assert_eq!(
            persons("By Ada Holm, Tom Reed and Ines Faro in Varnsund", true),
            ["Ada Holm", "Tom Reed", "Ines Faro"]
        );
        assert_eq!(persons("By Ada Holm, New Harbour", true), ["Ada Holm"]);
        assert_eq!(persons("By Ada Holm, Coast Herald", true), ["Ada Holm"]);
        assert_eq!(persons("By Ada Holm, ABC Coast harbour correspondent", true), ["Ada Holm"]);
        assert_eq!(persons("By ADA HOLM, TOM REED", true), ["ADA HOLM", "TOM REED"]);
    }

    #[test]
    fn a_list_of_names_has_an_end() {
        let line = format!("By {}", "Ada Holm, ".repeat(100_000));
        assert_eq!(persons(&line, true).len(), super::MOST / "Ada Holm, ".len());
        assert_eq!(persons(&line.replace('a', "ä"), true).len(), super::MOST / "Adä Holm, ".len());
        assert!(persons(&line, true).iter().all(|name| name == "Ada Holm"));
    }

    #[test]
    fn a_person_stands_beside_a_date() {
        let named = |line: &str| beside_date(line, crate::date::find(line).unwrap().0.start);
        assert_eq!(named("Von Ada Holm 28.04.2023, 18:11 Uhr"), ["Ada Holm"]);
        assert_eq!(named("Ada Holm / COI / May 3, 2021, 17:07 IST"), ["Ada Holm"]);
        assert_eq!(named("Ada Holm · Coast News · Posted: May 3, 2021 4:00 AM"), ["Ada Holm"]);
        assert_eq!(named("Ada Holm03.05.2021"), ["Ada Holm"]);
        for line in [
            "New Harbour, 3 May 2021",
            "Middle Coast | 3 May 2021",
            "Coast / Middle Coast / 3 May 2021",
            "3 May 2021",
        ] {
            assert_eq!(named(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn names_without_capitals_follow_labels_or_stand_before_posts() {
        assert_eq!(persons("كتب: خالد العلوي", true), ["خالد العلوي"]);
        assert_eq!(persons("بقلم خالد العلوي", true), ["خالد العلوي"]);
        assert_eq!(persons("作者：张三", true), ["张三"]);
        assert_eq!(persons("文/王小明", true), ["王小明"]);
        assert_eq!(persons("本报记者 李明 北京报道", true), ["李明"]);
        assert_eq!(persons("김민수 기자", true), ["김민수"]);
        assert_eq!(persons("【山田太郎】", true), ["山田太郎"]);
        assert_eq!(persons("Του Γιάννη Παππά", true), ["Γιάννη Παππά"]);
        assert_eq!(persons("Γράφει η Μαρία Νικολάου", true), ["Μαρία Νικολάου"]);
    }

    #[test]
    fn a_name_of_one_word_is_known_by_what_introduces_it() {
        assert_eq!(
            persons("Geschrieben von heron77 am 25.08.2015 22:30 (1599 x gelesen)", false),
            ["heron77"]
        );
        assert_eq!(persons("By Ana | Published: 23 July 2017", true), ["Ana"]);
    }
}
