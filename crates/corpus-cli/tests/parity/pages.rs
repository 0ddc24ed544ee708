//! Pages of our own writing, as many as are wanted: articles of invented towns with dates, names, statements, copies,
//! embedded articles, comments and menus.

use serde_json::json;

const TOWNS: [&str; 12] = [
    "Sundholm",
    "Vessaby",
    "Karstad",
    "Ellerwick",
    "Port Amery",
    "Tallow Bay",
    "Norrfors",
    "Highmere",
    "Quenby",
    "Saltmarsh",
    "Old Brindle",
    "Lindeby",
];
const GIVEN: [&str; 10] =
    ["Marta", "Ivo", "Anna", "Yusuf", "Helena", "Pavel", "Ingrid", "Tomas", "Leila", "Andrei"];
const FAMILY: [&str; 12] = [
    "Oyelaran",
    "Brandt",
    "Kovarik",
    "Lindqvist",
    "Amsel",
    "Petrenko",
    "Haddad",
    "Novak",
    "Tessier",
    "Moreau",
    "Saarinen",
    "Whitlock",
];
const POSTS: [&str; 6] =
    ["harbour master", "Defense Minister", "Prime Minister", "mayor", "spokeswoman", "Foreign Minister"];
const OUTLETS: [&str; 6] =
    ["TASS", "Interfax", "Sundholm Post", "Reuters", "Baltic Wire", "The Karstad Courier"];
const MATTERS: [&str; 8] = [
    "the new quay",
    "a military base on the northern shore",
    "the price of coal",
    "the ferry to the islands",
    "the treaty on fishing",
    "a loan of 40 million euros",
    "the school in the old barracks",
    "the bridge over the sound",
];
const VERBS: [&str; 6] = ["said", "told reporters", "announced", "denied", "stressed", "warned"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Numbers that look like chance and are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// So many pages as JSON Lines: id, url, date and text.
pub(crate) fn json_lines(number: usize) -> String {
    let mut chance = Chance(20);
    let mut texts: Vec<String> = Vec::new();
    let mut out = String::new();
    for index in 0..number {
        let text = match chance.below(12) {
            // A copy, and one with a word changed.
            0 if index > 5 => texts[chance.below(index)].clone(),
            1 if index > 5 => texts[chance.below(index)].replacen("the", "that", 2),
            _ => page(&mut chance, texts.last()),
        };
        let (year, month, day) = (2012 + chance.below(10), 1 + chance.below(12), 1 + chance.below(28));
        let mut record = json!({
            "id": format!("page-{index}"),
            "url": format!("https://{}.example/news/{index}", chance.one(&["post", "wire", "courier"])),
            "text": text,
        });
        if chance.below(3) > 0 {
            record["date"] = format!("{year}-{month:02}-{day:02}").into();
        }
        out.push_str(&record.to_string());
        out.push('\n');
        texts.push(text);
    }
    out
}

fn page(chance: &mut Chance, earlier: Option<&String>) -> String {
    let (town, matter) = (chance.one(&TOWNS), chance.one(&MATTERS));
    let mut text = format!("{town} argues about {matter}\n\n");
    if chance.below(2) == 0 {
        text.push_str(&format!("By {} {}\n\n", chance.one(&GIVEN), chance.one(&FAMILY)));
    }
    if chance.below(2) == 0 {
        let (month, day, year) = (chance.one(&MONTHS), 1 + chance.below(28), 2012 + chance.below(10));
        text.push_str(&format!("{month} {day}, {year} at 10:20\n\n"));
    }
    for _ in 0..2 + chance.below(5) {
        text.push_str(&paragraph(chance, town, matter));
        text.push_str("\n\n");
    }
    if let Some(earlier) = earlier.filter(|_| chance.below(8) == 0) {
        // An article in an article, as pages that quote others have it.
        text.push_str(&earlier.chars().take(1200).collect::<String>());
        text.push_str("\n\n");
    }
    if chance.below(4) == 0 {
        text.push_str("Comments (2)\n\n");
        for number in 1..=2 {
            let (given, matter) = (chance.one(&GIVEN), chance.one(&MATTERS));
            text.push_str(&format!(
                "#{number} {given} wrote on 3 May 2019 at 18:4{number}:\nNobody asked us about {matter}, did they? 😀\n\n"
            ));
        }
    }
    if chance.below(3) == 0 {
        text.push_str("Read also\n\nHome | News | Sport | Contact\n\nCopyright 2021. All rights reserved.\n");
    }
    text
}

fn paragraph(chance: &mut Chance, town: &str, matter: &str) -> String {
    let name = format!("{} {}", chance.one(&GIVEN), chance.one(&FAMILY));
    let (post, verb, outlet) = (chance.one(&POSTS), chance.one(&VERBS), chance.one(&OUTLETS));
    let (month, day) = (chance.one(&MONTHS), 1 + chance.below(28));
    let other = chance.one(&TOWNS);
    match chance.below(6) {
        0 => format!(
            "“We have heard enough about {matter},” {post} {name} {verb} on {month} {day} ({outlet}, {month} {day})."
        ),
        1 => format!(
            "According to {outlet}, {post} {name} {verb} that {matter} would not be ready before {month}, and that \
             nobody in {town} had asked for it."
        ),
        2 => format!(
            "On {month} {day}, {name} met the {post} of {other} in {town}. They signed the {other} Agreement on \
             Transit, which both parliaments must still approve."
        ),
        3 => format!(
            "The council of {town} asked for 3 of the promised 15 million euros last year; the ministry said it had \
             paid €2.5 million in {month}."
        ),
        4 => format!(
            "It was cold in {town} that week. The café “Zum Anker” stayed open, the fishermen’s boats did not leave, \
             and the talk at every table was of {matter}."
        ),
        _ => format!(
            "{name}, the {post}, will visit {other} next week for talks about {matter}, the {outlet} reported on \
             {month} {day}."
        ),
    }
}
