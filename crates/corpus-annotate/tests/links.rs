//! What is one in several documents, and that ids stay.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use corpus_annotate::{
    Annotators,
    link::{CorpusId, Ids, Layer, Linker, Table},
};
use corpus_core::{Annotation, Document, Evidence, Method, Published, Record, Registry, Span};
use serde_json::{Value, json};

/// A document whose annotations are these: layer, words and value.
fn document(facts: &[(&'static str, &str, Value)]) -> Document {
    let words: Vec<&str> = facts.iter().map(|(_, words, _)| *words).collect();
    let text = format!("A page of {} names.\n\n{}.", facts.len(), words.join(", then "));
    let mut documents = Registry::core().parse_all(&Record::new("page.txt", text.into_bytes()));
    let mut document = documents.swap_remove(0);
    let mut from = document.text.find("\n\n").unwrap();
    for (layer, words, value) in facts {
        let start = from + document.text[from..].find(words).unwrap();
        from = start + words.len();
        document.annotations.push(Annotation {
            span: Span::new(start, from),
            layer: (*layer).into(),
            value: value.clone(),
            rule: "by hand".into(),
            confidence: 1.0,
        });
    }
    document
}

/// A document that names these: type, words and local id.
fn names(names: &[(&str, &str, &str)]) -> Document {
    let fact = |(kind, words, local): &(&str, &'static str, &str)| {
        ("name", *words, json!({"type": kind, "entity": local}))
    };
    let names: Vec<(&str, &'static str, &str)> = names
        .iter()
        .map(|(kind, words, local)| (*kind, &*Box::leak((*words).to_owned().into_boxed_str()), *local))
        .collect();
    document(&names.iter().map(fact).collect::<Vec<_>>())
}

fn link(documents: &[&Document], before: &Table) -> Table {
    let mut linker = Linker::default();
    documents.iter().for_each(|document| linker.add(document));
    linker.know_all(before);
    linker.finish(&before.ids)
}

/// What the local id of a document stands for.
fn id(table: &Table, document: &Document, local: &str) -> CorpusId {
    table.entity_of(document.id.as_str(), Layer::Name, local).unwrap()
}

#[test]
fn spellings_of_one_person_are_one_and_two_of_one_surname_are_two() {
    let one = names(&[("PER", "Aleksei Gromyko", "a"), ("PER", "Maria Gromyko", "m")]);
    let other = names(&[("PER", "Alexey Gromyko", "x")]);
    let table = link(&[&one, &other], &Table::default());
    assert_eq!(id(&table, &one, "a"), id(&table, &other, "x"));
    assert_ne!(id(&table, &one, "a"), id(&table, &one, "m"));
}

#[test]
fn names_that_sound_alike_by_chance_are_two() {
    for (full, alone) in [
        ("Teresa Merini", "Marone"),
        ("Tariq Mahon", "Mean"),
        ("Otto Danielai", "Danielle"),
        ("Ines Portes", "Portas"),
        ("Mia Tobler", "Tubular"),
        ("Ida Thuam", "Tom"),
    ] {
        let one = names(&[("PER", full, "a")]);
        let other = names(&[("PER", alone, "x")]);
        let table = link(&[&one, &other], &Table::default());
        assert_ne!(id(&table, &one, "a"), id(&table, &other, "x"), "{full}, {alone}");
    }
    for (one, other) in [
        ("Olga Kowalenko", "Kovalenko"),
        ("Siarhei Tsikhanevich", "Tikhanevich"),
        ("Iryna Zelenskaya", "Zelenskaja"),
        ("Piotr Lazarenko", "Lazarenka"),
        ("Piotr Lazarenko", "Лазаренко"),
    ] {
        let (one, other) = (names(&[("PER", one, "a")]), names(&[("PER", other, "x")]));
        let table = link(&[&one, &other], &Table::default());
        assert_eq!(id(&table, &one, "a"), id(&table, &other, "x"));
    }
}

#[test]
fn a_surname_alone_is_its_only_bearers_and_nobodys_where_several_bear_it() {
    let full = names(&[("PER", "Henrik Solberg", "h")]);
    let bare = names(&[("PER", "Solberg", "s")]);
    let table = link(&[&full, &bare], &Table::default());
    assert_eq!(id(&table, &full, "h"), id(&table, &bare, "s"));
    let second = names(&[("PER", "Astrid Solberg", "a")]);
    let elsewhere = names(&[("PER", "Solberg", "s"), ("LOC", "Bergen", "b")]);
    let table = link(&[&full, &second, &bare, &elsewhere], &Table::default());
    let bare_ids = [id(&table, &bare, "s"), id(&table, &elsewhere, "s")];
    assert!(!bare_ids.contains(&id(&table, &full, "h")) && !bare_ids.contains(&id(&table, &second, "a")));
    assert_ne!(bare_ids[0], bare_ids[1], "nobody can tell that these are one");
}

#[test]
fn who_is_named_far_more_often_has_the_surname() {
    let mut documents: Vec<Document> = (0..8)
        .map(|n| names(&[("PER", "Henrik Solberg", "h"), ("LOC", &format!("Town {n}"), "t")]))
        .collect();
    documents.push(names(&[("PER", "Astrid Solberg", "a")]));
    documents.push(names(&[("PER", "Solberg", "s")]));
    let table = link(&documents.iter().collect::<Vec<_>>(), &Table::default());
    assert_eq!(id(&table, &documents[9], "s"), id(&table, &documents[0], "h"));
    assert_ne!(id(&table, &documents[8], "a"), id(&table, &documents[0], "h"));
}

#[test]
fn an_initial_does_not_make_one_of_two() {
    let two = names(&[("PER", "Jonas Halvorsen", "j"), ("PER", "Johanna Halvorsen", "k")]);
    let short = names(&[("PER", "J. Halvorsen", "x")]);
    let table = link(&[&two, &short], &Table::default());
    assert_ne!(id(&table, &two, "j"), id(&table, &two, "k"));
}

#[test]
fn a_misspelt_possessive_is_nobody_new_and_a_wife_is_somebody() {
    let full = names(&[("PER", "Pavel Dudarenko", "p")]);
    let other = names(&[("PER", "Dudarenkos", "d"), ("PER", "Dudarenka", "k")]);
    let table = link(&[&full, &other], &Table::default());
    assert_eq!(id(&table, &other, "d"), id(&table, &full, "p"));
    let wife = names(&[("PER", "Igor Zimin", "i"), ("PER", "Zimina", "z")]);
    let table = link(&[&wife], &Table::default());
    assert_ne!(id(&table, &wife, "i"), id(&table, &wife, "z"));
}

#[test]
fn an_acronym_is_whose_it_is() {
    let long = names(&[("ORG", "Nordic Harbour Council", "n"), ("ORG", "NHC", "n")]);
    let short = names(&[("ORG", "NHC", "s")]);
    let known = names(&[("LOC", "Kiev", "k"), ("LOC", "Kyiv", "y")]);
    let table = link(&[&long, &short, &known], &Table::default());
    assert_eq!(id(&table, &long, "n"), id(&table, &short, "s"));
    assert_eq!(id(&table, &known, "k"), id(&table, &known, "y"));
}

#[test]
fn an_event_is_one_by_kind_day_and_who_takes_part() {
    let told = |when: &str, local: &str, town: &'static str| {
        document(&[
            ("name", town, json!({"type": "LOC", "entity": town})),
            ("name", "Ada Holm", json!({"type": "PER", "entity": "ada"})),
            (
                "event",
                "met",
                json!({"kind": "meeting", "participants": ["ada"], "when": when, "event": local}),
            ),
        ])
    };
    let (one, other, later) = (
        told("2020-09-14", "e1", "Oslo"),
        told("2020-09-14", "e7", "Bergen"),
        told("2012-09-14", "e1", "Rome"),
    );
    let table = link(&[&one, &other, &later], &Table::default());
    let event =
        |document: &Document, local| table.entity_of(document.id.as_str(), Layer::Event, local).unwrap();
    assert_eq!(event(&one, "e1"), event(&other, "e7"));
    assert_ne!(event(&one, "e1"), event(&later, "e1"));
}

/// A document that tells of a meeting of 3 March 2021: where it was and who took part, as far as it says.
fn meeting(place: Option<&'static str>, people: &[&'static str], title: &'static str) -> Document {
    let mut facts: Vec<(&'static str, &str, Value)> =
        people.iter().map(|name| ("name", *name, json!({"type": "PER", "entity": name}))).collect();
    facts.extend(place.map(|place| ("name", place, json!({"type": "LOC", "entity": place}))));
    facts.push(("name", title, json!({"type": "ORG", "entity": title})));
    let mut event = json!({"kind": "meeting", "participants": people, "when": "2021-03-03", "event": "e1"});
    if let Some(place) = place {
        event["place"] = json!(place);
    }
    facts.push(("event", "met", event));
    document(&facts)
}

#[test]
fn an_event_that_says_little_makes_no_two_into_one() {
    let oslo = meeting(Some("Oslo"), &["Ada Holm", "Bo Dahl"], "Aftenbladet");
    let lima = meeting(Some("Lima"), &["Ines Prado"], "Andina");
    let vague = meeting(None, &[], "Globus");
    let both = meeting(None, &["Ada Holm", "Ines Prado"], "Tribune");
    let ada = meeting(None, &["Ada Holm"], "Courier");
    let all = [&oslo, &lima, &vague, &both, &ada];
    let table = link(&all, &Table::default());
    let event = |document: &Document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap();
    assert_ne!(event(&oslo), event(&lima));
    assert_ne!(event(&vague), event(&oslo), "it has nothing but the day in common with either");
    assert_ne!(event(&vague), event(&lima));
    assert_eq!(event(&ada), event(&oslo));
    assert!(![event(&oslo), event(&lima)].contains(&event(&both)), "it may be either");
    let turned: Vec<&Document> = all.into_iter().rev().collect();
    assert_eq!(link(&turned, &Table::default()), table);
}

#[test]
fn meetings_of_others_in_one_town_are_others() {
    let one = meeting(Some("Oslo"), &["Ada Holm", "Bo Dahl"], "Aftenbladet");
    let other = meeting(Some("Oslo"), &["Ines Prado", "Omar Aziz"], "Andina");
    let again = meeting(Some("Oslo"), &["Ines Prado"], "Globus");
    let table = link(&[&one, &other, &again], &Table::default());
    let event = |document: &Document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap();
    assert_ne!(event(&one), event(&other));
    assert_eq!(event(&other), event(&again));
    let nobodys = meeting(Some("Oslo"), &[], "Tribune");
    let table = link(&[&one, &nobodys], &Table::default());
    let event = |document: &Document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap();
    assert_eq!(event(&nobodys), event(&one));
}

#[test]
fn what_one_document_tells_apart_stays_apart() {
    let votes = |locals: &[&str], title: &'static str| {
        let mut facts = vec![
            ("name", "Georgia", json!({"type": "LOC", "entity": "georgia"})),
            ("name", title, json!({"type": "ORG", "entity": title})),
        ];
        for local in locals {
            let event = json!({"kind": "election", "participants": [], "place": "georgia", "when": "2020-11", "event": local});
            facts.push(("event", "voted", event));
        }
        document(&facts)
    };
    let both = votes(&["e1", "e2"], "Tribune");
    let (one, other) = (votes(&["e1"], "Globus"), votes(&["e1"], "Andina"));
    let table = link(&[&one, &both, &other], &Table::default());
    let event =
        |document: &Document, local| table.entity_of(document.id.as_str(), Layer::Event, local).unwrap();
    assert_ne!(event(&both, "e1"), event(&both, "e2"));
    assert_eq!(event(&one, "e1"), event(&other, "e1"));
}

#[test]
fn events_of_one_name_are_one() {
    let told = |words: &'static str, kind: &str, when: Option<&str>, town: &'static str| {
        let mut event = json!({"kind": kind, "participants": [], "event": "e1"});
        if let Some(when) = when {
            event["when"] = json!(when);
        }
        document(&[("name", town, json!({"type": "LOC", "entity": town})), ("event", words, event)])
    };
    let documents = [
        told("Russo-Japanese war", "war", None, "Oslo"),
        told("Russo-Japanese war", "war", Some("1904"), "Lima"),
        told("civil war", "war", Some("1904"), "Rome"),
        told("civil war", "war", Some("1904"), "Bern"),
        told("Danish naval drill", "exercise", Some("2017"), "Kiel"),
        told("Danish naval drill", "exercise", Some("2017"), "Ulm"),
        told("Danish naval drill", "exercise", Some("2019"), "Bonn"),
    ];
    let table = link(&documents.iter().collect::<Vec<_>>(), &Table::default());
    let ids: Vec<CorpusId> = documents
        .iter()
        .map(|document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap())
        .collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[2], ids[3]);
    assert_eq!(ids[4], ids[5]);
    assert_ne!(ids[4], ids[6]);
}

#[test]
fn two_people_of_a_surname_and_other_initials_are_two() {
    let documents = [
        names(&[("PER", "A. Moser", "a")]),
        names(&[("PER", "E. J. Moser", "e")]),
        names(&[("PER", "Eva Johanna Moser", "e"), ("LOC", "Graz", "g")]),
    ];
    let table = link(&documents.iter().collect::<Vec<_>>(), &Table::default());
    let ids =
        [id(&table, &documents[0], "a"), id(&table, &documents[1], "e"), id(&table, &documents[2], "e")];
    assert_ne!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
    assert_eq!(ids[1], ids[2]);
}

#[test]
fn a_surname_that_ends_in_s_is_no_possessive_of_another() {
    let full = names(&[("PER", "Claire Robert", "c")]);
    let other = names(&[("PER", "Roberts", "r"), ("LOC", "Leeds", "l")]);
    let table = link(&[&full, &other], &Table::default());
    assert_ne!(id(&table, &full, "c"), id(&table, &other, "r"));
}

#[test]
fn people_with_one_initial_and_a_surname_in_common_link_in_linear_time() {
    let mut documents: Vec<Document> = Vec::new();
    for n in 0..1000_u32 {
        let letter = |n: u32| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let given = format!("{}{}{}", letter(n / 676 + 1).to_ascii_uppercase(), letter(n / 26), letter(n));
        documents.push(names(&[
            ("PER", &format!("{given} Castellanos"), "f"),
            ("PER", &format!("{}. {}. Castellanos", &given[..1], letter(n).to_ascii_uppercase()), "s"),
        ]));
    }
    let table = link(&documents.iter().collect::<Vec<_>>(), &Table::default());
    assert!(table.entities.len() > 500, "{}", table.entities.len());
}

#[test]
fn two_names_that_differ_by_a_letter_each_are_two() {
    let one = names(&[("PER", "Donald Hagen", "d")]);
    let other = names(&[("PER", "Ronald Haagen", "r")]);
    let table = link(&[&one, &other], &Table::default());
    assert_ne!(id(&table, &one, "d"), id(&table, &other, "r"));
}

#[test]
fn a_title_before_a_name_is_no_given_name() {
    let full = names(&[("PER", "Henrik Solberg", "h")]);
    let titled = names(&[("PER", "Presidents Solberg", "p"), ("PER", "Solberg", "p")]);
    let bare = names(&[("PER", "Solberg", "s"), ("LOC", "Rome", "r")]);
    let table = link(&[&full, &titled, &bare], &Table::default());
    assert_eq!(id(&table, &titled, "p"), id(&table, &full, "h"));
    assert_eq!(id(&table, &bare, "s"), id(&table, &full, "h"));
    assert_eq!(&*table.entity(id(&table, &bare, "s")).unwrap().name, "Henrik Solberg");
}

#[test]
fn an_event_without_a_date_is_the_one_that_is_news() {
    let told = |published: &str, when: Option<&str>, extra: &'static str| {
        let mut event = json!({"kind": "meeting", "participants": ["ada"], "place": "bergen", "event": "e1"});
        if let Some(when) = when {
            event["when"] = json!(when);
        }
        let mut document = document(&[
            ("name", extra, json!({"type": "LOC", "entity": extra})),
            ("name", "Ada Holm", json!({"type": "PER", "entity": "ada"})),
            ("event", "met", event),
            ("name", "Bergen", json!({"type": "LOC", "entity": "bergen"})),
        ]);
        let evidence = Evidence::Field { field: "record.date".to_owned(), value: published.to_owned() };
        document.parts[0].published =
            Some(Published::new(published.parse().unwrap(), Method::Record, evidence));
        document
    };
    let dated = told("2020-09-20", Some("2020-09-14"), "Oslo");
    let (news, old) = (told("2020-09-14/..", None, "Rome"), told("2014-01-02", None, "Lima"));
    let table = link(&[&dated, &news, &old], &Table::default());
    let event = |document: &Document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap();
    assert_eq!(event(&news), event(&dated));
    assert_ne!(event(&old), event(&dated));
}

#[test]
fn ids_are_kept_whatever_comes_and_goes_and_none_is_given_twice() {
    let documents = [
        names(&[("PER", "Ann Berg", "a"), ("LOC", "Oslo", "o")]),
        names(&[("PER", "Bo Dahl", "b"), ("LOC", "Oslo", "o")]),
        names(&[("PER", "Cleo Ekman", "c")]),
    ];
    let [ann, bo, cleo] = &documents;
    let first = link(&[ann, bo], &Table::default());
    assert_eq!(first, link(&[bo, ann, bo], &Table::default()), "order and repetition do not matter");
    assert_eq!(first, link(&[ann, bo], &first), "a rebuild changes nothing");
    let without = link(&[bo], &first);
    assert_eq!(id(&without, bo, "b"), id(&first, bo, "b"));
    assert_eq!(id(&without, bo, "o"), id(&first, bo, "o"));
    let third = link(&[bo, cleo], &without);
    let new = id(&third, cleo, "c");
    assert!(first.entities.iter().all(|entity| entity.id.number() != new.number()));
}

#[test]
fn a_merge_redirects_and_a_division_leaves_the_larger_piece() {
    let documents = [
        names(&[("PER", "Ann Berg", "a")]),
        names(&[("PER", "Annika Bergström", "k"), ("LOC", "Oslo", "o")]),
        names(&[("PER", "Annika Bergström", "k"), ("LOC", "Rome", "r")]),
    ];
    let all: Vec<&Document> = documents.iter().collect();
    let apart = link(&all, &Table::default());
    let (ann, annika) = (id(&apart, all[0], "a"), id(&apart, all[1], "k"));
    let decided = |before: &Table| {
        let mut linker = Linker::default();
        all.iter().for_each(|document| linker.add(document));
        linker.know_all(before);
        linker.merge(Layer::Name, (all[0].id.as_str(), "a"), (all[1].id.as_str(), "k"));
        linker
    };
    let joined = decided(&apart).finish(&apart.ids);
    assert_eq!(id(&joined, all[0], "a"), annika);
    assert_eq!(joined.ids.resolve(ann), annika);
    assert_eq!(joined.entity(ann).unwrap().id, annika);
    let mut divided = decided(&joined);
    divided.split(Layer::Name, (all[0].id.as_str(), "a"), "Ann Berg");
    let divided = divided.finish(&joined.ids);
    assert_eq!(id(&divided, all[1], "k"), annika);
    let new = id(&divided, all[0], "a");
    assert!(new != annika && new != ann, "an id that was merged is not given again: {new}");
}

#[test]
fn names_of_annotated_articles_link() {
    let annotators = Annotators::core();
    let mut linker = Linker::default();
    for text in
        ["Ines Castellanos met journalists in Kiev.", "In Kyiv, Castellanos was greeted by Pablo Ruiz."]
    {
        for mut document in Registry::core().parse_all(&Record::new("a.txt", text.as_bytes())) {
            annotators.annotate(&mut document);
            linker.add(&document);
        }
    }
    let table = linker.finish(&Ids::default());
    let called = |id: &str| table.entities.iter().filter(|entity| &*entity.kind == id).count();
    assert_eq!((called("PER"), called("LOC")), (2, 1), "{:#?}", table.entities);
}

#[test]
fn what_readers_alone_name_is_no_entity() {
    let text = "A ferry for Marrow Bay\n\n\
        The council of Marrow Bay has bought a ferry from Norway, said the mayor, Anneke Vermeer, on Friday. It will \
        carry forty cars and run until midnight in the summer.\n\n\
        2 comments\n\n\
        1. Birgit says\n\n  Anneke Vermeer should ask Gustav Holmqvist what became of the last one.\n\n\
        2. Olof K. says\n\n  And who pays for it?\n";
    let mut documents = Registry::core().parse_all(&Record::new("ferry.txt", text.as_bytes()));
    let mut linker = Linker::default();
    for document in &mut documents {
        Annotators::core().annotate(document);
        linker.add(document);
    }
    let table = linker.finish(&Ids::default());
    let has = |name: &str| table.entities.iter().any(|entity| &*entity.name == name);
    let found = |name: &str| {
        documents[0]
            .annotations
            .iter()
            .any(|fact| fact.layer == "name" && &documents[0].text[fact.span] == name)
    };
    assert!(found("Gustav Holmqvist") && has("Anneke Vermeer"));
    assert!(!has("Gustav Holmqvist"), "named by a reader alone");
}

#[test]
fn a_slip_of_the_pen_names_nobody() {
    let slip = names(&[("PER", "Wheras Tolvanen", "w"), ("PER", "Tolvanen", "w")]);
    let bare: Vec<Document> = (0..4)
        .map(|n| names(&[("PER", "Tolvanen", "t"), ("LOC", ["Oslo", "Lima", "Quito", "Bern"][n], "l")]))
        .collect();
    let mut all = vec![&slip];
    all.extend(&bare);
    let table = link(&all, &Table::default());
    let person = table.entity(id(&table, &slip, "w")).unwrap();
    assert_eq!((&*person.name, person.documents), ("Tolvanen", 5));
}

#[test]
fn a_name_is_written_in_one_line() {
    let broken = names(&[("PER", "Marta\nTolvanen", "m")]);
    let table = link(&[&broken], &Table::default());
    assert_eq!(&*table.entity(id(&table, &broken, "m")).unwrap().name, "Marta Tolvanen");
}

#[test]
fn a_surname_that_many_write_is_no_slip_of_a_rarer_one() {
    let rare = names(&[("PER", "Ana Morren", "m")]);
    let bare: Vec<Document> = (0..4)
        .map(|n| names(&[("PER", "Moreen", "t"), ("LOC", ["Oslo", "Lima", "Quito", "Bern"][n], "l")]))
        .collect();
    let mut all = vec![&rare];
    all.extend(&bare);
    let table = link(&all, &Table::default());
    assert_ne!(id(&table, &rare, "m"), id(&table, &bare[0], "t"));
}

#[test]
fn what_any_number_of_articles_tell_of_is_one_event() {
    let documents: Vec<Document> = (0..600)
        .map(|n| meeting(Some("oslo"), &["ada", "ben"], Box::leak(format!("n{n}").into_boxed_str())))
        .collect();
    let table = link(&documents.iter().collect::<Vec<_>>(), &Table::default());
    let event = |document: &Document| table.entity_of(document.id.as_str(), Layer::Event, "e1").unwrap();
    let one = event(&documents[0]);
    assert!(documents.iter().all(|document| event(document) == one));
}
