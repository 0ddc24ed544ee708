//! What is one in several documents, end to end: built, grown, decided, packed and read again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const PAGES: [&str; 3] = [
    "A harbour waits\n\nAleksandr Kowalenko met fishermen in Kiev on 4 May 2021. “The ice will go,” Kowalenko said.",
    "Ice and fish\n\nThe port of Kyiv was quiet. Alyaksandr Kavalenka said that the ferries would run by May.",
    "Two towns\n\nMarta Kowalenko lives in Oslo. She told Reuters that nobody had asked her about the ferries.",
];

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let code = output.status.code().unwrap();
    assert!(matches!(code, 0 | 1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    (code, String::from_utf8(output.stdout).unwrap())
}

fn lines(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    run(folder, arguments).1.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder with the first pages in a folder of their own.
fn pages(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pages")).unwrap();
    (0..count).for_each(|n| write(folder.path(), n));
    folder
}

fn write(folder: &Path, n: usize) {
    fs::write(folder.join(format!("pages/{n}.txt")), PAGES[n]).unwrap();
}

/// Ids by name, of persons.
fn ids(folder: &Path, of: &str) -> Vec<(String, String)> {
    let people = lines(folder, &["people", of, "--kind", "persons", "--format", "jsonl"]);
    let text = |person: &Value, name: &str| person[name].as_str().unwrap().to_owned();
    people.iter().map(|person| (text(person, "name"), text(person, "id"))).collect()
}

#[test]
fn ids_stay_when_a_corpus_is_built_again_and_grows() {
    let folder = pages(2);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let first = ids(folder, "a.corpus");
    assert_eq!(first.len(), 1, "{first:?}");
    write(folder, 2);
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let second = ids(folder, "a.corpus");
    assert!(second.contains(&first[0]) && second.len() == 2, "{second:?}");
    run(folder, &["verify", "a.corpus"]);
    // Plain files say the same, but for ids, which they have for this once.
    let of_corpus: Vec<String> = second.into_iter().map(|(name, _)| name).collect();
    let of_files: Vec<String> = ids(folder, "pages").into_iter().map(|(name, _)| name).collect();
    assert_eq!(of_corpus, of_files);
    for query in ["person:Kavalenka", "place:Kiev", "speaker:Kowalenko", "year:2021"] {
        let hits = |of: &str| lines(folder, &["kwic", of, query, "--in", "all", "--format", "jsonl"]);
        let place = |hit: &Value| (hit["document"].clone(), hit["span"].clone());
        let places = |of: &str| hits(of).iter().map(place).collect::<Vec<_>>();
        assert_eq!(places("a.corpus"), places("pages"), "{query}");
    }
}

#[test]
fn annotate_writes_links_with_each_document() {
    let folder = pages(3);
    let linked = lines(folder.path(), &["annotate", "pages"]);
    let named = |document: &Value| -> Vec<(String, String)> {
        let links = document["links"].as_array().unwrap().iter();
        let text = |link: &Value, name: &str| link[name].as_str().unwrap().to_owned();
        links.map(|link| (text(link, "name"), text(link, "id"))).collect()
    };
    let shared: Vec<_> =
        named(&linked[0]).into_iter().filter(|link| named(&linked[1]).contains(link)).collect();
    assert_eq!(shared.len(), 2, "{shared:?}");
    let plain = lines(folder.path(), &["annotate", "pages", "--no-link"]);
    for (mut linked, plain) in linked.into_iter().zip(plain) {
        linked.as_object_mut().unwrap().remove("links");
        assert_eq!(linked, plain);
    }
}

#[test]
fn decisions_survive_and_those_without_a_home_are_listed() {
    let folder = pages(2);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let (_, id) = ids(folder, "a.corpus").remove(0);
    run(folder, &["decide", "a.corpus", "split", &id, "Alyaksandr Kavalenka"]);
    run(folder, &["decide", "a.corpus", "reject", "0.txt", "name", "Kiev"]);
    run(folder, &["decide", "a.corpus", "note", "1.txt", "by May", "they did not"]);
    let places = || lines(folder, &["people", "a.corpus", "--kind", "places", "--format", "jsonl"]);
    assert_eq!(ids(folder, "a.corpus").len(), 2);
    assert_eq!(places().iter().map(|place| place["mentions"].as_u64().unwrap()).sum::<u64>(), 1);
    write(folder, 2);
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    assert_eq!(ids(folder, "a.corpus").len(), 3);
    let listed = || lines(folder, &["decide", "a.corpus", "list", "--format", "jsonl"]);
    assert!(listed().len() == 3 && listed().iter().all(|decision| decision["home"].is_array()));
    fs::write(folder.join("pages/1.txt"), "Ice and fish\n\nThe page is another one now, and short.").unwrap();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let homeless = listed().iter().filter(|decision| decision["home"].is_null()).count();
    assert_eq!((listed().len(), homeless), (3, 2));
    let number = listed()[1]["number"].to_string();
    run(folder, &["decide", "a.corpus", "undo", &number]);
    assert_eq!(listed().len(), 2);
    assert!(places().iter().any(|place| place["name"] == "Kiev"));
}

#[test]
fn decisions_follow_their_words_when_the_page_is_edited_beside_them() {
    let folder = pages(1);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    run(folder, &["decide", "a.corpus", "reject", "0.txt", "name", "Kiev"]);
    run(folder, &["decide", "a.corpus", "note", "0.txt", "The ice will go", "it stayed"]);
    let places = || run(folder, &["people", "a.corpus", "--kind", "places", "--format", "jsonl"]).1;
    // First before the words, then behind them: by then nothing stands there as it did when it was decided.
    for text in [
        "A harbour waits\n\nYesterday he talked with many fishers of Kiev on 4 May 2021. “We hope. The ice will go,” Kowalenko said.",
        "A harbour waits\n\nYesterday he talked with many fishers of Kiev and their wives. “We hope. The ice will go and so shall we,” he said.",
    ] {
        fs::write(folder.join("pages/0.txt"), text).unwrap();
        run(folder, &["build", "pages", "-o", "a.corpus"]);
        let decisions = lines(folder, &["decide", "a.corpus", "list", "--format", "jsonl"]);
        assert_eq!(decisions.len(), 2);
        for decision in &decisions {
            let [start, end] = [0, 1].map(|at| decision["home"][at].as_u64().unwrap() as usize);
            assert_eq!(&text[start..end], decision["quoted"], "{decision}");
        }
        assert!(!places().contains("Kiev"), "it stays rejected");
    }
}

#[test]
fn what_one_page_calls_by_two_names_is_told_apart() {
    let folder = pages(1);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let before = ids(folder, "a.corpus");
    assert_eq!(before.len(), 1, "{before:?}");
    run(folder, &["decide", "a.corpus", "split", &before[0].1, "Kowalenko"]);
    let people = lines(folder, &["people", "a.corpus", "--kind", "persons", "--format", "jsonl"]);
    let told = |name: &str| {
        let person = people.iter().find(|person| person["name"] == name).unwrap();
        (person["mentions"].clone(), person["statements"].clone())
    };
    // Who spoke is the one that the text calls so there.
    assert_eq!(
        (told("Aleksandr Kowalenko"), told("Kowalenko")),
        ((json!(1), json!(0)), (json!(1), json!(1)))
    );
    let hits = |query: &str| lines(folder, &["kwic", "a.corpus", query, "--format", "jsonl"]).len();
    let id = |name: &str| people.iter().find(|person| person["name"] == name).unwrap()["id"].clone();
    assert_eq!(hits(&format!("person:{}", id("Kowalenko").as_str().unwrap())), 1);
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    assert_eq!(ids(folder, "a.corpus").len(), 2, "it holds");
    run(folder, &["decide", "a.corpus", "undo", "1"]);
    assert_eq!(ids(folder, "a.corpus"), before);
}

#[test]
fn documents_are_annotated_anew_without_their_sources() {
    let folder = pages(3);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "plain.corpus", "--layers", "none"]);
    run(folder, &["build", "pages", "-o", "whole.corpus"]);
    fs::create_dir(folder.join("more")).unwrap();
    fs::write(folder.join("more/new.txt"), "A new page\n\nIt says little, and names nobody.").unwrap();
    let again = run(folder, &["build", "more", "-o", "plain.corpus", "--format", "json"]).1;
    let summary: Value = serde_json::from_str(&again).unwrap();
    assert_eq!(summary["annotated"], json!(3));
    run(folder, &["build", "more", "-o", "whole.corpus"]);
    let all = |of: &str| run(folder, &["annotate", of, "--no-link"]).1;
    assert_eq!(all("plain.corpus"), all("whole.corpus"));
    run(folder, &["verify", "plain.corpus"]);
    let again = run(folder, &["build", "more", "-o", "plain.corpus", "--format", "json"]).1;
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap()["annotated"], json!(0));
}

#[test]
fn a_package_keeps_links_and_comes_back_the_same() {
    let folder = pages(3);
    let folder = folder.path();
    run(folder, &["build", "pages", "-o", "a.corpus"]);
    let export = |of: &str, to: &str| run(folder, &["export", of, "--to", "package", "-o", to]);
    export("a.corpus", "one");
    run(folder, &["import", "one", "-o", "b.corpus"]);
    export("b.corpus", "two");
    let mut files: Vec<PathBuf> = Vec::new();
    collect(&folder.join("one"), &mut files);
    assert!(files.iter().any(|file| file.ends_with("links/entities-000001.parquet")), "{files:?}");
    for file in files {
        let other = folder.join("two").join(file.strip_prefix(folder.join("one")).unwrap());
        assert!(fs::read(&file).unwrap() == fs::read(&other).unwrap(), "{}", file.display());
    }
    assert_eq!(ids(folder, "a.corpus"), ids(folder, "b.corpus"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
