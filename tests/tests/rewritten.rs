//! The seeds with other words: headings, labels, marks and names exchanged for others that do the same on a page. The
//! roles hold, so no rule hangs on the seeds' own words.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use corpus_core::{Document, PartKind, Registry, Role};
use corpus_tests::{check_laws, parse};
use std::{fs, path::Path};

/// What is exchanged in all seeds: names of people, places and institutions.
const NAMES: [&[(&str, &str)]; 3] = [
    &[
        ("Lukashenkos", "Okonkwos"),
        ("Lukashenko", "Okonkwo"),
        ("Lukashenka", "Okonkwa"),
        ("Putin", "Adeyemi"),
        ("Peskov", "Bello"),
        ("Kremlin", "Palace"),
        ("Minsk", "Lagos"),
        ("Moscow", "Abuja"),
        ("Sochi", "Kano"),
        ("Belarusian", "Beninese"),
        ("Belarus", "Benin"),
        ("Russian", "Nigerian"),
        ("Russia", "Nigeria"),
        ("Ukrainian", "Togolese"),
        ("Ukraine", "Togo"),
        ("Yuri Tsarik", "Amara Nwosu"),
        ("Patrushev", "Danjuma"),
        ("EDM", "WAM"),
        ("TASS", "NAN"),
        ("Kommersant", "Guardian"),
    ],
    &[
        ("Lukashenkos", "Vargases"),
        ("Lukashenko", "Vargas"),
        ("Lukashenka", "Vargaz"),
        ("Putin", "Quiroga"),
        ("Peskov", "Ibarra"),
        ("Kremlin", "Moneda"),
        ("Minsk", "Sucre"),
        ("Moscow", "Lima"),
        ("Sochi", "Cusco"),
        ("Belarusian", "Bolivian"),
        ("Belarus", "Bolivia"),
        ("Russian", "Peruvian"),
        ("Russia", "Peru"),
        ("Ukrainian", "Chilean"),
        ("Ukraine", "Chile"),
        ("Yuri Tsarik", "María-José Ortega"),
        ("Patrushev", "Salas"),
    ],
    &[
        ("Lukashenkos", "Halls"),
        ("Lukashenko", "Hall"),
        ("Lukashenka", "Halle"),
        ("Putin", "O’Neill"),
        ("Minsk", "Oslo"),
        ("Moscow", "Stockholm"),
        ("Sochi", "Umeå"),
        ("Yuri Tsarik", "Åse Lindqvist Berg"),
        ("Jihadi Colin", "x_Z9_trawler"),
        ("thomas malthaus", "Old Salt"),
        ("Dan Greene", "мурка77"),
    ],
];

/// What is exchanged in one seed: each line's words for three others that do the same.
type Exchange = (&'static str, [&'static str; 3]);

const FIRST: &[Exchange] = &[
    ("Category status:", ["Record state:", "Section flag:", "Review stage:"]),
    ("April 22, 2016 18:18", ["2 May 2014, 07:05", "2011-03-09 23:59", "03.11.2015 10:00"]),
    ("April 22, 2016 18:30", ["2 May 2014, 07:06", "2011-03-09 23:58", "03.11.2015 10:01"]),
    ("Similar articles", ["Related stories", "You may also like", "More on this topic"]),
    ("October 02, 2017 11:57", ["2 October 2017, 11:57", "2017-10-02 11:57", "2 Oct 2017 11:57"]),
    ("Фото: RFRM", ["Photo: Harbour Press", "Bild: Anna Kant", "Image credit: Lens & Co"]),
    ("Recent trends", ["Latest news", "Popular", "Other stories"]),
];

const COMMENTED: &[Exchange] = &[
    (" says\n", [" wrote:\n", " commented\n", " replied:\n"]),
    (
        "Source: The Jamestown Foundation",
        [
            "Originally published by The Coast Review",
            "Via: Silt Institute",
            "First published in Harbour Notes",
        ],
    ),
    ("Leave A Reply", ["Post a comment", "Add your comment", "Write a response"]),
    (
        "Your email address will not be published.",
        [
            "Your e-mail address will not be shown. Required fields are marked *",
            "You must be logged in to post a comment.",
            "Name *",
        ],
    ),
];

const TEASED: &[Exchange] = &[
    (
        "The views and opinions expressed in this article are those of the author.",
        [
            "Opinions in this piece belong solely to the writer.",
            "The author’s views do not necessarily reflect the position of the editors.",
            "Editor’s note: this text gives the contributor’s personal opinion.",
        ],
    ),
    ("on/off...", ["on/off…", "on/off [...]", "on/off …"]),
    ("for future...", ["for future…", "for future [...]", "for future …"]),
    ("contributing...", ["contributing…", "contributing [...]", "contributing …"]),
];

const FURNISHED: &[Exchange] = &[
    (
        "Foreign policy\nPost-Soviet space",
        ["World affairs\nWest Africa", "Politics\nAndes", "Opinion\nNordic region"],
    ),
    ("Читать на русском", ["Читати українською", "Lire en français", "Auf Deutsch lesen"]),
    ("Top reads", ["Most popular", "Editors’ choice", "Trending now"]),
    ("  • ", ["  - ", "  * ", "  – "]),
    ("Read also", ["See also", "Further reading", "Recommended for you"]),
    (
        "It is getting more and more difficult for independent analysis to survive in today’s conditions. We at Riddle remain committed to keeping all our texts freely available. So paywall subscriptions are not an option. Nor do we take money that may compromise the independence of our editorial policy. So we feel forced to ask our readers for help. Your support will enable us to keep on doing what we believe in, without fear or favour;",
        [
            "Quality reporting costs money. The Ledger has no owner and no advertisers. We depend on readers like you. Please donate today, so that our journalists can go on asking the questions that others avoid.",
            "If you value our work, become a member. Your contribution pays for translators and fact-checkers, and it keeps every article on this site free for everyone.",
            "We are a small team and we need your help. Support our journalism with a monthly donation of any size; it takes less than a minute.",
        ],
    ),
    ("\nSearch", ["\nMenu", "\nBack to top", "\nShare"]),
];

fn seed(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds").join(name)).unwrap()
}

/// The role and part of each non-blank line, with the line.
fn lines(document: &Document) -> Vec<(Role, PartKind, String)> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in document.text.split('\n') {
        if !line.trim().is_empty() {
            let from = start + line.len() - line.trim_start().len();
            let block = document
                .blocks
                .iter()
                .find(|block| block.span.start <= from && from < block.span.end)
                .unwrap();
            lines.push((block.role, document.part_of(block).kind, line.to_owned()));
        }
        start += line.len() + 1;
    }
    lines
}

fn holds(name: &str, exchanges: &[Exchange]) {
    for (words, _) in exchanges {
        assert!(
            exchanges.iter().len() == FIRST.len() || seed(name).replace('\u{a0}', " ").contains(words),
            "{words:?} is in {name}"
        );
    }
    let registry = Registry::core();
    let original = seed(name);
    let expected = lines(&parse(&registry, name, original.as_bytes())[0]);
    for nth in 0..3 {
        let mut text = original.clone();
        for (words, others) in exchanges {
            // The seeds set some blanks that do not break.
            text = text.replace('\u{a0}', " ").replace(words, others[nth]);
        }
        for (name, other) in NAMES[nth] {
            text = text.replace(name, other);
        }
        assert_ne!(text, original);
        let document = &parse(&registry, name, text.as_bytes())[0];
        check_laws(document);
        let found = lines(document);
        assert_eq!(expected.len(), found.len());
        let wrong: Vec<String> = expected
            .iter()
            .zip(&found)
            .filter(|(expected, found)| (expected.0, expected.1) != (found.0, found.1))
            .map(|(expected, found)| {
                format!(
                    "{}/{} became {}/{}: {}",
                    expected.0,
                    expected.1,
                    found.0,
                    found.1,
                    found.2.chars().take(90).collect::<String>()
                )
            })
            .collect();
        assert!(wrong.is_empty(), "{name}, rewriting {nth}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_stamp_and_an_embedded_article() {
    holds("000_5736776905da398d.txt", FIRST);
    holds("001_d479b18a8ff2a215.txt", FIRST);
}

#[test]
fn comments_and_their_form() {
    holds("002_080d1da5f101e41c.txt", COMMENTED);
}

#[test]
fn a_disclaimer_and_teasers() {
    holds("003_01530ee491984323.txt", TEASED);
}

#[test]
fn kickers_a_standfirst_and_furniture() {
    holds("004_d39da396d78fef58.txt", FURNISHED);
}

/// Bullets, brackets or nothing before who comments; replies by indentation alone.
#[test]
fn comments_without_numbers() {
    let registry = Registry::core();
    let original = seed("002_080d1da5f101e41c.txt");
    for marks in [["• ", "• "], ["- ", "- "], ["1) ", "1) "]] {
        let text: String = original
            .split('\n')
            .map(|line| {
                let indent = line.len() - line.trim_start().len();
                let numbered = line
                    .trim_start()
                    .split_once(". ")
                    .filter(|(number, rest)| indent > 0 && number.len() == 1 && rest.ends_with("says"));
                match numbered {
                    Some((_, rest)) => {
                        format!("{}{}{rest}\n", &line[..indent], marks[usize::from(indent > 2)])
                    }
                    None => format!("{line}\n"),
                }
            })
            .collect();
        let document = &parse(&registry, "002.txt", text.as_bytes())[0];
        let paths: Vec<_> = document
            .blocks
            .iter()
            .filter(|block| block.role == Role::CommentAuthor)
            .map(|block| (block.path.clone().unwrap(), block.author.clone().unwrap()))
            .collect();
        let authors: Vec<_> = paths.iter().map(|(_, author)| author.as_str()).collect();
        assert_eq!(
            authors,
            [
                "disqus_3BrONUAJno",
                "thomas malthaus",
                "plamenpetkov",
                "Dan Greene",
                "disqus_3BrONUAJno",
                "Jihadi Colin",
                "Le Ruse"
            ]
        );
        if marks[0] != "1) " {
            let paths: Vec<_> = paths.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(paths, ["1", "2", "3", "3.1", "3.2", "4", "5"]);
        }
    }
}
