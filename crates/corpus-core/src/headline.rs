//! The headline of a page of text that shows none by itself: the line whose words its address repeats.

use crate::{
    label::{Label, Labels, Zone},
    layout::Line,
    role::Role,
};
use std::collections::HashSet;

/// The first lines of a page that a headline is looked for among.
const AMONG: usize = 250;
/// Fewest words of a line that the address must repeat.
const FEWEST: usize = 3;
/// The longest headline, in bytes.
const LONGEST: usize = 300;
/// Lines below a headline in which its byline and date stand.
const HEAD: usize = 8;

/// Makes the line that the address of the page names its title, where the page has none.
pub(crate) fn find(text: &str, lines: &[Line], address: &str, labels: &mut Labels) {
    let labels = &mut labels.lines;
    if labels.iter().any(|label| label.role == Role::Title && label.zone == Zone::Article) {
        return;
    }
    let slug = words_of_address(address);
    if slug.len() < FEWEST {
        return;
    }
    let body = labels.iter().position(|label| label.zone == Zone::Article && label.role.is_body());
    let end = body.unwrap_or(lines.len()).min(AMONG).min(lines.len());
    let mut best: Option<(usize, usize)> = None;
    for at in 0..end {
        let Some(n_named) = named(&text[lines[at].content], &slug) else { continue };
        // Items of menus say in few words what the address says in more.
        if lines[at].marker.is_some() && n_named * 10 < slug.len() * 7 {
            continue;
        }
        // A path of sections repeats the headline above it.
        let score = n_named * 4 + usize::from(is_signed(&labels[at + 1..]));
        if best.is_none_or(|(most, _)| score >= most) {
            best = Some((score, at));
        }
    }
    let Some((_, title)) = best else { return };
    labels[title] = Label {
        role: Role::Title,
        zone: Zone::Article,
        confidence: 0.7,
        why: "its words are those of the address",
    };
    let head = labels.iter_mut().take(end.max(title + 1).min(title + 1 + HEAD)).skip(title + 1);
    for label in head.filter(|label| is_of_head(label.role)) {
        label.zone = Zone::Article;
    }
}

/// Whether a byline or a date stands right below.
fn is_signed(below: &[Label]) -> bool {
    below.iter().take(3).any(|label| matches!(label.role, Role::Byline | Role::Timestamp))
}

fn is_of_head(role: Role) -> bool {
    matches!(role, Role::Byline | Role::Timestamp | Role::Standfirst | Role::Credit | Role::Caption)
}

/// How many words of a line stand in the address, where most do and these are half of those of the address.
fn named(line: &str, slug: &HashSet<String>) -> Option<usize> {
    if line.len() > LONGEST {
        return None;
    }
    let (mut n_words, mut found) = (0, HashSet::new());
    for word in line.split(parts_words).filter(|word| counts(word)) {
        n_words += 1;
        let readings = [folded(word, false), folded(word, true)];
        if let Some(reading) = readings.into_iter().find(|reading| slug.contains(reading)) {
            found.insert(reading);
        }
    }
    let n_found = found.len();
    (n_found >= FEWEST && n_found * 5 >= n_words * 3 && n_found * 2 >= slug.len()).then_some(n_found)
}

/// Whether a character stands between words.
fn parts_words(c: char) -> bool {
    !c.is_alphanumeric() && !is_mark(c)
}

/// Whether a character is a mark on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Whether a word says enough to be compared: addresses leave short ones out.
fn counts(word: &str) -> bool {
    word.chars().count() >= 3 || word.chars().any(|c| c > '\u{2E80}')
}

/// The words of the longest name in the path of an address.
fn words_of_address(address: &str) -> HashSet<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let name_of = |segment: &str| -> HashSet<String> {
        let name = decoded(segment);
        let words = name.split(parts_words).filter(|word| counts(word));
        let words = words.filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()) || word.len() <= 4);
        words
            .map(|word| folded(word, false))
            .filter(|word| !matches!(word.as_str(), "html" | "htm" | "php"))
            .collect()
    };
    // Of names of one length the last.
    path.split('/').take(16).map(name_of).max_by_key(HashSet::len).unwrap_or_default()
}

/// A segment of an address with what is written in per cents read.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match after {
            [high, low, behind @ ..] if byte == b'%' => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = behind;
                    continue;
                }
                _ => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A word in small letters without accents, as addresses write it; of the two ways to write an umlaut the one with a
/// second letter where `spelled` says so.
fn folded(word: &str, spelled: bool) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        let letters = match c {
            'ä' | 'æ' if spelled => "ae",
            'ö' | 'ø' | 'œ' if spelled => "oe",
            'ü' if spelled => "ue",
            'å' if spelled => "aa",
            'ß' => "ss",
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'æ' => "a",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' | 'ģ' => "g",
            'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
            'ķ' => "k",
            'ł' | 'ļ' | 'ĺ' | 'ľ' => "l",
            'ñ' | 'ń' | 'ņ' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'œ' => "o",
            'ŕ' | 'ř' => "r",
            'ś' | 'ş' | 'š' | 'ș' => "s",
            'ţ' | 'ť' | 'ț' => "t",
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            '\u{308}' if spelled => "e",
            // A mark on the letter before; Turkish capitals leave a dot behind.
            _ if is_mark(c) => "",
            _ => {
                folded.push(c);
                continue;
            }
        };
        folded.push_str(letters);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{named, words_of_address};
    use crate::{Record, Registry, Role};

    #[test]
    fn an_address_names_a_line_in_any_spelling() {
        let names = |line: &str, address: &str| named(line, &words_of_address(address)).is_some();
        assert!(names(
            "Fähre fährt für Gäste wieder",
            "https://c.example/insel/faehre-faehrt-fuer-gaeste-wieder-1234567.html"
        ));
        assert!(names(
            "Fa\u{308}hre fa\u{308}hrt fu\u{308}r Ga\u{308}ste wieder",
            "https://c.example/insel/faehre-faehrt-fuer-gaeste-wieder-1234567.html"
        ));
        assert!(names(
            "Fa\u{308}hre fa\u{308}hrt wieder",
            "https://c.example/insel/fahre-fahrt-wieder-1234567.html"
        ));
        assert!(names("La città è più bella", "https://c.example/2021/05/la-citta-piu-bella/"));
        assert!(names(
            "Паром снова ходит",
            "https://c.example/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC-%D1%81%D0%BD%D0%BE%D0%B2%D0%B0-%D1%85%D0%BE%D0%B4%D0%B8%D1%82"
        ));
        assert!(!names("Ferry sails", "https://c.example/ferry-sails-again-from-monday"));
        assert!(!names(
            "The harbour office says that the ferry sails again",
            "https://c.example/ferry-sails-again-from-monday"
        ));
        assert!(!names("Home news sport", "https://c.example/home/news/sport"));
    }

    #[test]
    fn the_line_that_the_address_names_is_the_title_among_menus() {
        let menu = "Home\n\nNews\n\nSport\n\nHarbours\n\nWeather\n\nJobs\n\nMost read today on the islands\n\nBridge is shut\n\n";
        let page = format!(
            "{menu}Ferry sails again from Monday\n\nLogin\n\nSearch\n\nHelp\n\nThe ferry sails again, after two weeks in the yard, and the shops of the island hope for the guests of the summer.\n\nThe captain says that the new engine is half as loud as the old one was.\n\n{menu}"
        );
        let mut record = Record::new("page.txt", page.as_bytes());
        record.metadata.url = Some("https://c.example/news/ferry-sails-again-monday-10234.html".to_owned());
        let document = Registry::core().parse_all(&record).remove(0);
        let title = document.blocks.iter().find(|block| block.role == Role::Title).unwrap();
        assert_eq!(document.slice(title), "Ferry sails again from Monday");
        assert_eq!(document.parts[0].title.as_deref(), Some("Ferry sails again from Monday"));
    }
}
