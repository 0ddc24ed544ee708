//! Entities are found by any of their names, in memory as by the index, and people are listed once.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use corpus_annotate::{Annotators, link::Linker};
use corpus_core::{Document, Record, Registry};
use corpus_query::{Engine, KwicOptions, People, PeopleOptions, PersonKind, Query, Scope, links};
use corpus_store::{Corpus, Options, Verdict, Writer};
use std::slice::from_ref;

const PAGES: [&str; 3] = [
    "A harbour waits\n\nAleksandr Kowalenko met fishermen in Kiev on Monday. “The ice will go,” Kowalenko said.",
    "Ice and fish\n\nThe port of Kyiv was quiet. Alyaksandr Kavalenka said that the ferries would run by May.",
    "Two towns\n\nMarta Kowalenko lives in Oslo. She told Reuters that nobody had asked her about the ferries.",
];

fn documents() -> Vec<Document> {
    let annotators = Annotators::core();
    let mut documents = Vec::new();
    for (n, page) in PAGES.iter().enumerate() {
        for mut document in Registry::core().parse_all(&Record::new(format!("{n}.txt"), page.as_bytes())) {
            annotators.annotate(&mut document);
            documents.push(document);
        }
    }
    documents
}

/// A corpus directory of the documents, with its links.
fn directory(documents: &[Document]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    documents.iter().for_each(|document| drop(writer.add(from_ref(document), None).unwrap()));
    writer.commit().unwrap();
    relink(folder.path(), &mut writer);
    writer.finish().unwrap();
    folder
}

fn relink(folder: &std::path::Path, writer: &mut Writer) {
    if !writer.has_links().unwrap() {
        let table = links::anew(&Corpus::open(folder).unwrap(), None).unwrap();
        let (links, entities) = links::rows(&table);
        writer.set_links(links, entities).unwrap();
    }
}

fn hits(engine: &Engine, query: &str) -> Vec<(String, usize, String)> {
    let found = engine.kwic(&Query::parse(query), &KwicOptions::new().scope(Scope::all())).unwrap();
    let place = |line: corpus_query::Line| (line.location.uri, line.location.span.byte[0], line.matched);
    found.lines.into_iter().map(place).collect()
}

#[test]
fn an_entity_is_found_by_any_of_its_names_the_same_in_memory_and_by_the_index() {
    let documents = documents();
    let folder = directory(&documents);
    let memory = Engine::memory(&documents);
    let index = Engine::open(&Corpus::open(folder.path()).unwrap()).unwrap();
    for query in [
        "person:Kavalenka",
        "person:Kowalenko",
        "place:Kiev",
        "speaker:Kavalenka",
        "source:Reuters",
        "person:Marta",
    ] {
        let found = hits(&memory, query);
        assert!(!found.is_empty(), "{query}");
        assert_eq!(found, hits(&index, query), "{query}");
    }
    let files = |query: &str| -> Vec<String> {
        let mut files: Vec<String> = hits(&index, query).into_iter().map(|(file, ..)| file).collect();
        files.dedup();
        files
    };
    assert_eq!(files("person:Kavalenka"), ["0.txt", "1.txt"]);
    assert_eq!(files("place:Kiev"), ["0.txt", "1.txt"]);
    let table = links::of(&Corpus::open(folder.path()).unwrap()).unwrap();
    let marta = table.entities.iter().find(|entity| &*entity.name == "Marta Kowalenko").unwrap();
    assert_eq!(files(&format!("person:{}", marta.id)), ["2.txt"]);
}

#[test]
fn people_are_listed_once_with_all_their_names() {
    let documents = documents();
    let mut linker = Linker::default();
    documents.iter().for_each(|document| linker.add(document));
    let table = linker.finish(&corpus_annotate::link::Ids::default());
    let mut people = People::new(&table, PeopleOptions::new().kinds([PersonKind::Person]));
    documents.iter().for_each(|document| people.add(document));
    let people = people.finish();
    let first = &people[0];
    assert_eq!((first.documents, first.mentions), (2, 3), "{people:#?}");
    assert_eq!(first.statements, 2);
    let names: Vec<&str> = first.variants.iter().map(|variant| &*variant.name).collect();
    assert_eq!(names, ["Aleksandr Kowalenko", "Alyaksandr Kavalenka", "Kowalenko"]);
    assert!(people.iter().any(|person| person.name == "Marta Kowalenko"));
}

#[test]
fn decisions_hold_when_the_corpus_grows_and_can_be_taken_back() {
    let documents = documents();
    let folder = directory(&documents[..2]);
    let corpus = Corpus::open(folder.path()).unwrap();
    let table = links::of(&corpus).unwrap();
    let person = table.entities.iter().find(|entity| entity.id.letter() == 'p').unwrap();
    let anchor = links::anchor(&corpus, &table, person.id, Some("Alyaksandr Kavalenka")).unwrap().unwrap();
    drop(corpus);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let split = writer.decide(&anchor, &Verdict::Split).unwrap();
    writer.add(from_ref(&documents[2]), None).unwrap();
    writer.commit().unwrap();
    relink(folder.path(), &mut writer);
    let called = |name: &str| {
        let table = links::of(&Corpus::open(folder.path()).unwrap()).unwrap();
        let is_it = |entity: &&corpus_annotate::link::Entity| {
            entity.id.letter() == 'p' && entity.variants.iter().any(|variant| &*variant.name == name)
        };
        table.entities.iter().find(is_it).unwrap().id
    };
    let (aleksandr, alyaksandr) = (called("Aleksandr Kowalenko"), called("Alyaksandr Kavalenka"));
    assert_ne!(aleksandr, alyaksandr);
    assert!([aleksandr, alyaksandr].contains(&person.id));
    assert!(writer.undo(split).unwrap().is_some());
    relink(folder.path(), &mut writer);
    assert_eq!(called("Aleksandr Kowalenko"), called("Alyaksandr Kavalenka"));
    // A fact that was rejected is not there, until that is taken back.
    let count = || {
        let corpus = Corpus::open(folder.path()).unwrap();
        corpus.documents().map(|document| document.unwrap().annotations.len()).sum::<usize>()
    };
    let before = count();
    let rejected = writer.decide(&anchor, &Verdict::Reject).unwrap();
    assert_eq!(count(), before - 1);
    writer.compact(true).unwrap();
    assert_eq!(count(), before - 1, "what was rejected is kept, and left out");
    writer.undo(rejected).unwrap();
    assert_eq!(count(), before);
}

#[test]
fn merged_people_have_the_id_that_was_named_first_and_their_own_again_when_that_is_taken_back() {
    let folder = directory(&documents());
    let table = || links::of(&Corpus::open(folder.path()).unwrap()).unwrap();
    let id = |name: &str| {
        let table = table();
        let is_it = |entity: &&corpus_annotate::link::Entity| {
            entity.variants.iter().any(|variant| &*variant.name == name)
        };
        table.entities.iter().find(is_it).unwrap().id
    };
    let (marta, aleksandr, oslo) = (id("Marta Kowalenko"), id("Aleksandr Kowalenko"), id("Oslo"));
    assert_ne!(marta, aleksandr);
    let merger = |ids: &[_]| links::merger(&Corpus::open(folder.path()).unwrap(), &table(), ids);
    merger(&[marta, oslo]).unwrap_err();
    // Of Aleksandr there are more mentions, but Marta was named first.
    let decisions = merger(&[marta, aleksandr]).unwrap();
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let number = writer.decide(&decisions[0].0, &decisions[0].1).unwrap();
    relink(folder.path(), &mut writer);
    assert_eq!((id("Marta Kowalenko"), id("Aleksandr Kowalenko")), (marta, marta));
    assert_eq!(table().ids.resolve(aleksandr), marta);
    writer.undo(number).unwrap();
    relink(folder.path(), &mut writer);
    assert_eq!((id("Marta Kowalenko"), id("Aleksandr Kowalenko")), (marta, aleksandr));
    assert_eq!(table().ids.resolve(aleksandr), aleksandr);
    assert!(Corpus::open(folder.path()).unwrap().decisions().unwrap().is_empty());
}
