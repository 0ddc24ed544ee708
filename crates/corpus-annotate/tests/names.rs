//! Names in articles of our own, and the laws that names keep on any text.

#![allow(clippy::unwrap_used)]

use corpus_annotate::Annotators;
use corpus_core::{Document, Record, Registry};
use proptest::prelude::*;

/// Short articles with their names marked: `[PER Ines Castellanos]`.
const ARTICLES: &[&str] = &[
    "[LOC Lima] and [LOC Quito] reopen the border talks\n\n\
     Foreign ministers of [LOC Peru] and [LOC Ecuador] met in [LOC Guayaquil] on Tuesday, the [ORG Andina] news agency reported.\n\n\
     “We have lost two years,” Peruvian Foreign Minister [PER Ines Castellanos] said after the meeting. [PER Castellanos] thanked \
     the [ORG Organization of American States] ([ORG OAS]) for its good offices, and [PER Ricardo Montalvo], her counterpart, \
     praised the role of [LOC Brazil].\n\n\
     According to [ORG El Comercio], [PER Montalvo] will travel to [LOC Bogota] next week.",
    "[ORG Telenor] sells its stake\n\n\
     The Norwegian company [ORG Telenor] said it would leave [LOC Myanmar] by March. Its chief executive, [PER Sigrid Aasland], \
     told [ORG Reuters] that the decision had been taken in [LOC Oslo] in the autumn. “[PER Aasland] has done what had to be done,” \
     said [PER Thiha Win], an analyst in [LOC Bangkok].\n\n\
     The [ORG World Bank] and the [ORG International Monetary Fund] have both warned of a slump. The [ORG IMF] expects no growth \
     in [LOC Myanmar] this year.",
    "[PER Okafor] wins in [LOC Lagos]\n\n\
     Governor [PER Emeka Okafor] was re-elected on Saturday, the [ORG Independent National Electoral Commission] announced. \
     [PER Okafor]’s challenger, [PER Halima Bello] of the [ORG Labour Party], has called the vote a farce and wants the \
     [ORG Supreme Court] in [LOC Abuja] to look into it.\n\n\
     The [ORG European Union] sent forty observers to [LOC Nigeria]. “[PER Bello] is right to ask questions,” said their head, \
     [PER Pieter Vandenberg].",
    "[LOC Tbilisi] waits\n\n\
     [PER Nino Kvaratskhelia], a former adviser to the Georgian president, thinks that the [LOC Kremlin] will not move before winter. \
     In an interview with [ORG Radio Liberty], [PER Kvaratskhelia] recalled the war of 2008 and the role of [LOC France].\n\n\
     [LOC Ankara] has kept silent. Turkish Defence Minister [PER Cemal Aksoy] spoke with [PER Giorgi Lomidze] on Monday; \
     [PER Lomidze] later flew to [LOC Batumi]. [ORG NATO] and [LOC Turkey] hold their exercise in [LOC Azerbaijan] in May.",
    "A harvest lost in [LOC Punjab]\n\n\
     Farmers in [LOC Punjab] blame the state government. [PER Harpreet Gill], a farmer near [LOC Amritsar], has sold his two cows. \
     “Nobody from [LOC Delhi] has come,” [PER Gill] told the [ORG Hindustan Times].\n\n\
     [PER Anjali Deshmukh] of the [ORG Indian Institute of Science] in [LOC Bangalore] says that the monsoon came three weeks late. \
     The [ORG World Food Programme] wants [LOC India] to open its stores; [LOC Japan] has promised help.",
];

fn annotate(text: &str) -> Document {
    let record = Record::new("own.txt", text.as_bytes()).with_media_type("text/plain");
    let mut documents = Registry::core().parse_all(&record);
    let annotators = Annotators::core().only(&["name", "post"]).unwrap();
    annotators.annotate(&mut documents[0]);
    documents.swap_remove(0)
}

/// The text of an article, and its names: where they stand and their type.
fn unmark(article: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = article;
    while let Some(open) = rest.find('[') {
        let close = rest.find(']').unwrap();
        let (kind, name) = rest[open + 1..close].split_once(' ').unwrap();
        text.push_str(&rest[..open]);
        names.push((text.len(), text.len() + name.len(), kind.to_owned()));
        text.push_str(name);
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, names)
}

fn found(document: &Document) -> Vec<(usize, usize, String)> {
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    names
        .map(|name| (name.span.start, name.span.end, name.value["type"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn names_of_our_own_articles_are_found() {
    let (mut n_right, mut n_found, mut n_gold) = (0, 0, 0);
    let mut wrong = Vec::new();
    for article in ARTICLES {
        let (text, gold) = unmark(article);
        let found = found(&annotate(&text));
        n_right += found.iter().filter(|name| gold.contains(name)).count();
        n_found += found.len();
        n_gold += gold.len();
        let odd = found.iter().filter(|name| !gold.contains(name)).map(|name| (name, "found"));
        let odd = odd.chain(gold.iter().filter(|name| !found.contains(name)).map(|name| (name, "missed")));
        wrong.extend(odd.map(|(name, how)| format!("{how} {} {}", name.2, &text[name.0..name.1])));
    }
    let f1 = 2.0 * n_right as f64 / (n_found + n_gold) as f64;
    println!(
        "names of our own articles: F1 {f1:.3} ({n_right} right, {n_found} found, {n_gold} there)\n{wrong:#?}"
    );
    assert!(f1 >= 0.90, "{f1} {wrong:#?}");
}

#[test]
fn a_surname_belongs_to_the_person_named_in_full() {
    let document =
        annotate("Ines Castellanos spoke first. Then Castellanos left, and Pablo Castellanos-Ruiz stayed.");
    let entities: Vec<_> = document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "name")
        .map(|name| name.value["entity"].as_str().unwrap())
        .collect();
    assert_eq!(entities[0], entities[1]);
    assert_ne!(entities[0], entities[2]);
}

/// The type of each name of a text.
fn kinds(text: &str) -> Vec<(String, String)> {
    let document = annotate(text);
    let found = found(&document);
    found.into_iter().map(|(start, end, kind)| (document.text[start..end].to_owned(), kind)).collect()
}

#[track_caller]
fn has(text: &str, name: &str, kind: &str) {
    let found = kinds(text);
    assert!(found.contains(&(name.to_owned(), kind.to_owned())), "{name} {kind} in {found:?}");
}

#[test]
fn words_beside_a_name_say_of_what_it_is_one() {
    has(
        "The port\n\nWorkers of Berrima Trading walked out. Berrima has not paid them.",
        "Berrima Trading",
        "ORG",
    );
    has("The port\n\nHe bought the brewery Korova in May.", "Korova", "ORG");
    has("The town\n\nThe mayor of Garcia left, and Garcia is quiet.", "Garcia", "LOC");
    has(
        "The town\n\nThe plan of opposition councillor Oluchi Vandenbrook failed.",
        "Oluchi Vandenbrook",
        "PER",
    );
    has("The town\n\nLIMA, 3 May 2011 (Marina Wire) – The port has reopened.", "Marina Wire", "ORG");
}

/// What a text names, with its local ids.
fn entities(text: &str) -> Vec<(String, String)> {
    let document = annotate(text);
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    names
        .map(|name| {
            (document.text[name.span.range()].to_owned(), name.value["entity"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn a_title_of_several_leaves_each_of_them_a_name() {
    let text = "The treaty is ready\n\nPresidents Danilenko and Ortega met in Lima. Later Presidents Danilenko and Ortega flew home.";
    let found = entities(text);
    let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, ["Danilenko", "Ortega", "Lima", "Danilenko", "Ortega"]);
    assert_ne!(found[0].1, found[1].1);
    assert_eq!(found[0].1, found[3].1);
}

#[test]
fn a_surname_that_ends_in_s_is_somebody_else() {
    let found = entities(
        "The court\n\nClaire Robert has appealed. Mr. Robert is ill. Justice Roberts wrote the opinion.",
    );
    let of = |words: &str| found.iter().find(|(found, _)| found == words).map(|(_, id)| id.clone());
    assert_eq!(of("Claire Robert"), of("Robert"));
    assert_ne!(of("Roberts"), of("Robert"));
}

#[test]
fn an_office_is_no_part_of_the_name_behind_it() {
    let found = kinds(
        "The bridge\n\nMinister of Roads Ada Holm opened it. Minister of Health and Education Bo Dahl stayed at home. \
         Secretary of State Marco Diaz sent a letter, and so did Trade Secretary Lena Korova, Deputy Minister of Energy \
         Carl Otto Brandt and Tom Lund, Associate Professor of History.",
    );
    let found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, ["Ada Holm", "Bo Dahl", "Marco Diaz", "Lena Korova", "Carl Otto Brandt", "Tom Lund"]);
    let text = "The bridge\n\nMinister of Health and Education Bo Dahl stayed at home.";
    let document = annotate(text);
    let post = document.annotations.iter().find(|annotation| annotation.layer == "post").unwrap();
    assert_eq!(&document.text[post.span.range()], "Minister of Health and Education");
    assert_eq!(post.value["entity"], "bo-dahl");
}

#[test]
fn what_is_said_of_firms_alone_makes_one() {
    has(
        "The mills\n\nTessera Group bought Milvus for $3 billion. Milvus shares fell 4 percent.",
        "Milvus",
        "ORG",
    );
    has("The mills\n\nAda Moreno, an analyst at Kelvane, expects growth in May.", "Kelvane", "ORG");
    has(
        "The mills\n\nIn May, Fredericks said it would close. Fredericks employs ten men.",
        "Fredericks",
        "ORG",
    );
    has("The mills\n\nBoneco Holding AG employs 40 people in Lyon.", "Boneco Holding AG", "ORG");
    // Somebody’s shares are his, and he stays somebody.
    has(
        "The mills\n\nAda Moreno sold her mill. In May the Moreno shares went to her son.",
        "Ada Moreno",
        "PER",
    );
    let found = kinds("The tool\n\nYou can install Vextra 20.04 now. All Vextra users should.");
    assert!(found.is_empty(), "a product is no name: {found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_names_on_character_bounds(text in "(\\PC|[A-Z][a-zé]{1,6}|[ .,’'()“”&-]|[A-Z]{2,4}|of|the|and|\n){0,120}") {
        let record = Record::new("any.txt", text.as_bytes()).with_media_type("text/plain");
        for mut document in Registry::core().parse_all(&record) {
            Annotators::core().annotate(&mut document);
            let names: Vec<_> = document.annotations.iter().filter(|annotation| annotation.layer == "name").collect();
            for name in &names {
                prop_assert!(document.text.get(name.span.start..name.span.end).is_some_and(|text| !text.trim().is_empty()));
                prop_assert!(name.confidence >= 0.0 && name.confidence <= 1.0);
            }
            for pair in names.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start, "names overlap: {:?}", pair);
            }
        }
    }

    #[test]
    fn a_name_is_like_itself_and_likeness_has_no_direction(a in "\\PC{0,24}", b in "\\PC{0,24}") {
        use corpus_annotate::name::compare::similarity;
        let (there, back) = (similarity(&a, &b), similarity(&b, &a));
        prop_assert!((0.0..=1.0).contains(&there));
        prop_assert!((there - back).abs() < 1e-4, "{there} {back}");
    }
}

#[test]
fn a_headline_gives_names_and_no_verbs() {
    const BODY: &str = "The council of Marrow Bay has bought a ferry, said the mayor, Anneke Vermeer, on Friday. She will \
        hold talks with Gustav Holmqvist, who visits Oslo on Monday. Vermeer refuses to resign, and warns of the costs.";
    for (headline, names) in [
        ("Vermeer Holds Talks With Holmqvist in Oslo", &["Vermeer", "Holmqvist", "Oslo"][..]),
        ("VERMEER HOLDS TALKS WITH HOLMQVIST IN OSLO", &["VERMEER", "HOLMQVIST", "OSLO"]),
        ("Anneke Vermeer Refuses To Resign Over Costs", &["Anneke Vermeer"]),
        ("Talks Stall As Vermeer Visits Oslo", &["Vermeer", "Oslo"]),
    ] {
        let document = annotate(&format!("{headline}\n\n{BODY}\n"));
        let found = found(&document).into_iter().filter(|(start, ..)| *start < headline.len());
        let found: Vec<&str> = found.map(|(start, end, _)| &document.text[start..end]).collect();
        assert_eq!(found, names, "{headline}");
    }
}

#[test]
fn a_post_is_nobody() {
    let found = kinds("Ray Tolvanen was elected Vice President. The council thanked its Chairman.");
    assert_eq!(found, [("Ray Tolvanen".to_owned(), "PER".to_owned())]);
}

#[test]
fn a_headline_in_capitals_names_whom_the_text_below_does() {
    let text = "TOLVANEN SEEKS NEW HARBOUR LOAN\n\nRay Tolvanen asked the council for money. Tolvanen has asked before.";
    let found = kinds(text);
    assert!(found.contains(&("TOLVANEN".to_owned(), "PER".to_owned())), "{found:?}");
    assert!(!found.iter().any(|(name, _)| name.contains("LOAN")), "{found:?}");
}

#[test]
fn offices_beyond_those_of_ministers_are_posts() {
    for (sentence, post, holder) in [
        ("The dam will stay, said prefect Hélène Dumas on Monday.", "prefect", "helene-dumas"),
        ("The rector, Zdeněk Říha, resigned on Monday.", "rector", "zdenek-riha"),
        ("Lieutenant Łukasz Wójcik was hurt on Monday.", "Lieutenant", "lukasz-wojcik"),
    ] {
        let document = annotate(sentence);
        let found = document.annotations.iter().find(|annotation| annotation.layer == "post").unwrap();
        assert_eq!(&document.text[found.span.range()], post);
        assert_eq!(found.value["entity"], holder);
    }
}

#[test]
fn a_firm_is_named_with_its_partners() {
    for (text, firm) in [
        ("The notes are sold by Tolvanen Dumas and Co Inc on Monday.", "Tolvanen Dumas and Co Inc"),
        ("It was led by Tolvanen, Dumas and Co.", "Tolvanen, Dumas and Co"),
        ("She works for Tolvanen & Sons in Lima.", "Tolvanen & Sons"),
    ] {
        let found = kinds(text);
        assert!(found.contains(&(firm.to_owned(), "ORG".to_owned())), "{found:?}");
        assert!(!found.iter().any(|(name, kind)| kind == "PER" || name.starts_with("Co")), "{found:?}");
    }
}

#[test]
fn an_acronym_keeps_its_last_stop() {
    let text = "U.S. SEEKS NEW U.S. HARBOUR LOAN\n\nThe loan was made in the U.S. It was made by the U.S.\n";
    let found = kinds(text);
    assert!(found.iter().filter(|(name, _)| name == "U.S.").count() >= 3, "{found:?}");
    assert!(found.iter().all(|(name, _)| name != "U.S"), "{found:?}");
}

#[test]
fn a_firm_takes_all_its_partners() {
    let document = annotate("The lawyers are Tolvanen, Dumas, Lopes & Co Inc of Boston.");
    let names: Vec<&str> = document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "name")
        .map(|name| &document.text[name.span])
        .collect();
    assert!(names.contains(&"Tolvanen, Dumas, Lopes & Co Inc"), "{names:?}");
}

/// A country with its partners is a country, and the name of a firm goes on in no other line.
#[test]
fn no_firm_is_made_of_what_stands_beside() {
    for (text, beside) in [
        ("The talks between France and Partners Germany, Italy and Spain began on Monday.", "France"),
        ("The report was signed by Jean Dumas and\n\nCompany leaders met in Oslo on Monday.", "Jean Dumas"),
        ("Trade between Norway and\n\nCo Inc", "Norway"),
    ] {
        let document = annotate(text);
        let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
        let names: Vec<&str> = names.map(|name| &document.text[name.span]).collect();
        assert!(names.contains(&beside), "{text:?}: {names:?}");
        let wrong: Vec<&&str> =
            names.iter().filter(|name| name.contains(" and") || name.contains('\n')).collect();
        assert!(wrong.is_empty(), "{text:?}: {wrong:?}");
    }
}

#[test]
fn an_acronym_behind_its_words_is_what_they_are() {
    // There is a town called Ico.
    let document = annotate(
        "The International Coffee Organization (ICO) met on Monday. The ICO has fifty members, and ICO rules bind them.",
    );
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    for name in names {
        assert_eq!(name.value["type"], "ORG");
        assert_eq!(name.value["entity"], "international-coffee-organization");
    }
}

#[test]
fn a_firm_is_one_with_its_legal_form_and_without() {
    let document = annotate(
        "Korova Foods Corp will cut its output, the company said on Monday. Korova Foods employs 300 people. Tern Mills \
         Co., a rival of Korova Foods, and Tern Mills Ltd have none.",
    );
    let firms = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    let ids: std::collections::BTreeSet<&str> = firms
        .filter(|name| name.value["type"] == "ORG")
        .filter_map(|name| name.value["entity"].as_str())
        .collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
}

#[test]
fn two_surnames_that_sound_alike_are_two_people() {
    let document = annotate(
        "President Reagan trusts his chief of staff, Donald Regan. Reagan said so on Monday, and Regan thanked Reagan.",
    );
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    let of = |written: &str| -> std::collections::BTreeSet<&str> {
        let names = names.clone().filter(|name| document.text[name.span.range()].ends_with(written));
        names.filter_map(|name| name.value["entity"].as_str()).collect()
    };
    assert_eq!((of("Reagan").len(), of("Regan").len()), (1, 1), "{:?} {:?}", of("Reagan"), of("Regan"));
    assert!(of("Reagan").is_disjoint(&of("Regan")));
}

#[test]
fn a_legal_form_ends_the_name_of_a_firm() {
    for (text, firm) in [
        ("The notes are sold by Quiet Tolvanen Works Inc on Monday.", "Quiet Tolvanen Works Inc"),
        ("But Peru Steel Corp agreed to it, the paper said.", "Peru Steel Corp"),
        ("They bought it from Ulla E. Tolvanen Ltd for a song.", "Ulla E. Tolvanen Ltd"),
        ("They bought it from Dumas & Tolvanen PLC for a song.", "Dumas & Tolvanen PLC"),
    ] {
        let found = kinds(text);
        assert!(found.contains(&(firm.to_owned(), "ORG".to_owned())), "{text}: {found:?}");
        assert!(
            !found.iter().any(|(name, _)| name != firm && firm.contains(name.as_str())),
            "{text}: {found:?}"
        );
    }
    // A headline does not say where the name begins.
    let headline =
        kinds("Council Asks Old Tolvanen Works Inc For Ten Ferries\n\nThe council has asked for ferries.");
    assert!(headline.contains(&("Council".to_owned(), "ORG".to_owned())), "{headline:?}");
    assert!(!headline.iter().any(|(name, _)| name.starts_with("Council Asks")), "{headline:?}");
}

#[test]
fn a_firm_is_called_without_its_form_and_its_parts_are_others() {
    let text = "Tolvanen Rail Ltd has lost money. Peru sold Tolvanen Rail in May. Analysts at Tolvanen Rail were sad.";
    let found = entities(text);
    let called = |found: &[(String, String)], name: &str| -> Vec<String> {
        found.iter().filter(|(found, _)| found == name).map(|(_, entity)| entity.clone()).collect()
    };
    assert_eq!(called(&found, "Tolvanen Rail"), ["tolvanen-rail-ltd"; 2], "{found:?}");
    assert_eq!(called(&found, "Peru"), ["peru"]);
    let found = entities(
        "Tolvanen Inc owns Tolvanen Rail and Tolvanen Rail Works Inc, said a paper. A rival that has \
         its yards in the far north is Tolvanen Rail Systems Ltd, and it has more boats than all others.",
    );
    let mut ids: Vec<&str> = found.iter().map(|(_, entity)| entity.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids,
        ["tolvanen-inc", "tolvanen-rail", "tolvanen-rail-systems-ltd", "tolvanen-rail-works-inc"],
        "{found:?}"
    );
    for (text, own) in [
        ("General Motors Acceptance Corp paid General Motors in May.", "general-motors"),
        ("Lisbon University Press Inc prints what Lisbon University writes.", "lisbon-university"),
        ("The United Nations met. United Nations Travel Ltd did not.", "united-nations"),
    ] {
        let found = entities(text);
        assert!(found.iter().any(|(_, entity)| entity == own), "{text}: {found:?}");
    }
    let found = entities("The TOLVANEN RAIL ferry sank. Tolvanen Rail Ltd said that it was old.");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|(_, entity)| entity == "tolvanen-rail-ltd"), "{found:?}");
    let steel = entities("Peru Steel Corp agreed, the paper said. Peru did not.");
    assert!(steel.contains(&("Peru Steel Corp".to_owned(), "peru-steel-corp".to_owned())), "{steel:?}");
}

#[test]
fn a_firm_that_is_known_is_not_its_subsidiary() {
    let ids = |text: &str| entities(text).into_iter().map(|(_, entity)| entity).collect::<Vec<_>>();
    let own = ids("General Motors has agreed, General Motors Corp said on Monday.");
    assert_eq!(own, ["general-motors"; 2]);
    let other = ids("General Motors has agreed, General Motors Energy Ltd said on Monday.");
    assert_eq!(other, ["general-motors", "general-motors-energy-ltd"]);
}

#[test]
fn a_firm_is_told_by_its_symbol_and_by_speaking_of_itself() {
    for (text, firm) in [
        ("They own a tenth of Marrow Quiet Gate <MQG> since May.", "Marrow Quiet Gate"),
        ("They own a tenth of Peru’s Marrow Quiet Gate <MQG> since May.", "Marrow Quiet Gate"),
        ("Lowland Telefabrik said it will buy a ferry in May.", "Lowland Telefabrik"),
        ("The Peru Quiet Rail <PQR> sold a mill in May, the paper said.", "Peru Quiet Rail"),
    ] {
        let found = kinds(text);
        assert!(found.contains(&(firm.to_owned(), "ORG".to_owned())), "{text}: {found:?}");
    }
    // Who has a given name speaks of the weather, and what stands behind a possessive is no whole name.
    for (text, named) in [
        ("Ulla Works said it rained in May.", "Ulla Works"),
        ("They own Tolvanen’s Rail Works <TRW> since May.", "Tolvanen"),
    ] {
        let found = kinds(text);
        assert!(found.iter().any(|(name, _)| name == named), "{text}: {found:?}");
        assert!(
            !found.iter().any(|(name, kind)| kind == "ORG" && name.ends_with("Works")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_firm_that_is_called_as_a_person_is_told_by_its_form_or_twice() {
    let kind = |text: &str| -> Vec<String> {
        let found = kinds(text).into_iter().filter(|(name, _)| name == "Ulla Tolvanen");
        found.map(|(_, kind)| kind).collect()
    };
    for (text, known) in [
        ("Ulla Tolvanen Cos makes tyres. Ulla Tolvanen was sold in May.", "ORG"),
        ("Shares of Ulla Tolvanen rose. It rained, said analysts at Ulla Tolvanen.", "ORG"),
        ("Ulla Tolvanen Cos makes tyres. It was founded by Ulla Tolvanen, who died in May.", "PER"),
        ("Ulla Tolvanen Cos makes tyres. It was founded by Ulla Tolvanen. Tolvanen said she was ill.", "PER"),
        ("They own a tenth of Ulla Tolvanen <UTN> since May, the paper said.", "ORG"),
        ("Shares of Ulla Tolvanen rose, the paper said.", "PER"),
    ] {
        let found = kind(text);
        assert!(!found.is_empty() && found.iter().all(|kind| kind == known), "{text}: {:?}", kinds(text));
    }
}

#[test]
fn a_half_of_a_pair_is_who_it_is_elsewhere() {
    let found = entities("US-Peru talks failed, the paper said. The United States was sad, and so was Peru.");
    let of = |name: &str| -> Vec<&str> {
        found.iter().filter(|(found, _)| found == name).map(|(_, entity)| entity.as_str()).collect()
    };
    assert_eq!(of("US"), ["united-states"], "{found:?}");
    assert_eq!(of("United States"), ["united-states"], "{found:?}");
    assert_eq!(of("Peru"), ["peru"; 2], "{found:?}");
}
