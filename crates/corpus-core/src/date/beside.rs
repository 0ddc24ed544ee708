//! What stands beside a date in a running text: other days of its month, or the noun of a street that is named for it.

use super::{
    calendar,
    line::{Line, Number, digit_value, is_letter},
    words::{CONNECTOR, MONTH, SHORT, WEEKDAY},
};
use std::ops::Range;

/// A day whose month another date says: where it stands, and its number.
pub(super) type Day = (Range<usize>, u8);

/// The most days that words join to one date, beside its own.
const MOST_JOINED: usize = 8;

/// The days before a date that begins at `at` with the day `last`, where words join them: "25." of "25. und 26. Mai".
/// The first one comes first; none begins before `bound`. All have a full stop behind them where the date's own day has
/// one, which `dotted` says, and none has where it has none.
pub(super) fn days_before(line: Line<'_>, at: usize, last: u8, dotted: bool, bound: usize) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let (mut at, mut later) = (at, last);
    while days.len() < MOST_JOINED {
        let Some((end, by_word)) = joint_before(line, at) else { break };
        // A list ends with a word: "25, 26 und 27".
        if days.is_empty() && !by_word {
            break;
        }
        let Some(number) = number_before(line, end) else { break };
        let day = u8::try_from(number.value).ok().filter(|day| (1..later).contains(day));
        let (Some(day), true) = (day, number.start >= bound && number.n_digits <= 2) else { break };
        if dotted != (line.char_at(number.end) == Some('.')) || is_part(line, number) {
            break;
        }
        days.push((number.start..end, day));
        (at, later) = (number.start, day);
    }
    days.reverse();
    days
}

/// The days behind a date that ends at `at` with the day `first`, where the month comes first: "május 25. és 26.".
pub(super) fn days_behind(line: Line<'_>, at: usize, first: u8) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let (mut at, mut earlier) = (at, first);
    while days.len() < MOST_JOINED {
        at = line.skip_blanks(line.skip_one(at, &['.', '日']));
        let Some(word) = line.word(at).filter(|word| is_joint(line.slice(word.start, word.end))) else {
            break;
        };
        let start = line.skip_blanks(word.end);
        let Some(number) = line.number(start).filter(|number| number.n_digits <= 2) else { break };
        let day = u8::try_from(number.value).ok().filter(|day| (earlier + 1..=31).contains(day));
        let end = line.skip_one(number.end, &['.', '日']);
        let (Some(day), true) = (day, end > number.end) else { break };
        // The stop of a day is no part of what is cited.
        let cited = if line.char_at(number.end) == Some('.') { number.end } else { end };
        days.push((start..cited, day));
        (at, earlier) = (number.end, day);
    }
    days
}

/// Where what is joined to `at` ends, and whether a word joins it, over the weekday and the article at `at`.
fn joint_before(line: Line<'_>, at: usize) -> Option<(usize, bool)> {
    let mut at = back_over(line, at, BLANKS);
    let mut joined = false;
    for _ in 0..4 {
        if let Some(word) = line.word_before(at) {
            let weekday = word.is(WEEKDAY) && !word.is(SHORT);
            let joint = is_joint(line.slice(word.start, word.end));
            if !joint && !weekday && (joined || !word.is(CONNECTOR) || word.is(MONTH)) {
                break;
            }
            joined |= joint;
            at = back_over(line, word.start, BLANKS);
        } else if line.char_before(at).is_some_and(|mark| mark == ',' || mark == '&') {
            let mark = at - 1;
            let by_word = joined || line.char_before(at) == Some('&');
            return Some((back_over(line, mark, BLANKS), by_word));
        } else {
            break;
        }
    }
    joined.then_some((at, true))
}

/// The number of a day that ends at `end`, with its full stop or its ending: "25.", "1er".
fn number_before(line: Line<'_>, end: usize) -> Option<Number> {
    let mut end = back_over(line, end, &['.', 'º', 'ª', '°']);
    if let Some(ending) = line.word_before(end).filter(|ending| ending.is(super::words::ORDINAL)) {
        end = ending.start;
    }
    let mut start = end;
    while let Some(digit) = line.char_before(start).filter(|c| digit_value(*c).is_some()) {
        start -= digit.len_utf8();
    }
    line.number(start).filter(|number| number.end == end)
}

/// Whether a number is the end of a word, a sum or a longer number.
fn is_part(line: Line<'_>, number: Number) -> bool {
    match line.char_before(number.start) {
        Some('$' | '€' | '£' | '-' | '–' | '/' | '_' | '§') => true,
        Some(mark @ ('.' | ',' | ':')) => {
            let before = line.char_before(number.start - mark.len_utf8());
            before.is_some_and(|c| digit_value(c).is_some())
        }
        Some(c) => is_letter(c),
        None => false,
    }
}

const BLANKS: &[char] = &[' ', '\u{a0}', '\u{202f}'];

fn back_over(line: Line<'_>, at: usize, marks: &[char]) -> usize {
    match line.char_before(at).filter(|mark| marks.contains(mark)) {
        Some(mark) => at - mark.len_utf8(),
        None => at,
    }
}

/// Whether a word joins two days of one month.
fn is_joint(word: &str) -> bool {
    JOINTS.iter().any(|joint| *joint == word || word.is_ascii() && joint.eq_ignore_ascii_case(word))
}

/// "And", "or", "to" and "until" between two days.
const JOINTS: &[&str] = &[
    "und", "oder", "sowie", "bis", "zum", "et", "ou", "au", "y", "e", "o", "u", "al", "ed", "ao", "a", "en",
    "of", "tot", "met", "i", "oraz", "lub", "do", "и", "или", "по", "до", "і", "й", "та", "або", "nebo",
    "až", "alebo", "ili", "in", "och", "eller", "og", "til", "till", "ja", "tai", "és", "vagy", "ve", "ile",
    "veya", "și", "şi", "sau", "la", "και", "ή", "έως", "un", "vai", "ir", "arba", "dan", "và", "да", "和",
    "与", "及", "至", "到", "と", "や",
];

/// Whether a date that begins at `at` is the name of a street: "Straße des 17. Juni", "place du 8 mai 1945".
pub(super) fn names_street(line: Line<'_>, at: usize, range: Range<usize>) -> bool {
    let end = back_over(line, at, BLANKS);
    let Some(word) = line.word_before(back_over(line, end, &['.'])) else { return false };
    let text = line.slice(word.start, word.end);
    // "ul. 3 Maja"; behind another word, a stop ends a sentence.
    if word.end < end && text.chars().count() > 3 {
        return false;
    }
    let linked = LINKS.contains(&text);
    let noun = if linked { line.word_before(back_over(line, word.start, BLANKS)) } else { Some(word) };
    let Some(noun) = noun else { return false };
    let name = line.slice(noun.start, noun.end).to_lowercase();
    // "la mise en place du 8 mai", "manifestations de rue du 8 mai"
    let led = line.word_before(calendar::skip_back(line, noun.start));
    if led.is_some_and(|led| matches!(line.slice(led.start, led.end), "en" | "de")) {
        return false;
    }
    let held = |list: &[&str]| list.contains(&name.as_str());
    if linked {
        return held(LINKED_STREETS) || text == "des" && STREET_ENDS.iter().any(|end| name.ends_with(end));
    }
    // "на площадь 9 мая вышли": a name has a capital.
    let capital = || line.slice(range.start, range.end).chars().any(char::is_uppercase);
    held(STREETS) || held(SLAVIC_STREETS) && capital()
}

/// Words between the noun of a street and the date that it is named for.
const LINKS: &[&str] = &["des", "du", "del", "do"];

/// Nouns of streets before "du", "del" and "do".
const LINKED_STREETS: &[&str] = &[
    "rue",
    "place",
    "avenue",
    "boulevard",
    "pont",
    "quai",
    "square",
    "cours",
    "allée",
    "esplanade",
    "stade",
    "calle",
    "avenida",
    "plaza",
    "plazoleta",
    "paseo",
    "puente",
    "autopista",
    "piazza",
    "via",
    "viale",
    "corso",
    "largo",
    "piazzale",
    "ponte",
    "rua",
    "praça",
    "travessa",
    "estádio",
    "estadio",
    "carrer",
    "plaça",
];

/// Ends of German nouns of streets.
const STREET_ENDS: &[&str] =
    &["straße", "strasse", "platz", "allee", "brücke", "ufer", "promenade", "siedlung"];

/// Nouns of streets right before a date, in languages whose dates have an article elsewhere.
const STREETS: &[&str] = &[
    "calle",
    "avenida",
    "plaza",
    "paseo",
    "puente",
    "autopista",
    "barrio",
    "estadio",
    "piazza",
    "via",
    "viale",
    "corso",
    "largo",
    "piazzale",
    "rua",
    "praça",
    "travessa",
    "ponte",
    "estádio",
    "bairro",
    "náměstí",
    "třída",
    "ulice",
    "námestie",
    "trieda",
    "ulica",
    "trg",
    "strada",
    "piața",
    "bulevardul",
];

/// Nouns of streets in languages whose dates have no article.
const SLAVIC_STREETS: &[&str] = &[
    "ul",
    "pl",
    "al",
    "ulicy",
    "ulicę",
    "ulicą",
    "plac",
    "placu",
    "placem",
    "aleja",
    "alei",
    "aleje",
    "улица",
    "улице",
    "улицы",
    "улицу",
    "ул",
    "площадь",
    "площади",
    "пл",
    "проспект",
    "проспекте",
    "вулиця",
    "вулиці",
    "вулицю",
    "вул",
    "площа",
    "площі",
    "площу",
    "площад",
    "площада",
    "булевард",
    "трг",
];
