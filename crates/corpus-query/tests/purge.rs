//! What is purged is nowhere in the directory: no part, manifest, index or decision has a byte of it.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use arrow_array::{Array, RecordBatch};
use corpus_annotate::Annotators;
use corpus_core::{Document, Record, Registry, Span};
use corpus_format::{Choice, Table, TableReader};
use corpus_query::{Engine, KwicOptions, Query, links};
use corpus_store::{Anchor, Corpus, Options, Verdict, Writer, verify};
use std::{
    fs,
    path::{Path, PathBuf},
    slice::from_ref,
};

const STAYS: &str =
    "The ferry is late\n\nMarta Lindqvist told Reuters on Monday that the ferry to Oslo was late.\n";
const GOES: &str = "A quiet sale\n\nGunvor Abrahamsen told Reuters on Friday that she had sold the lighthouse of \
                    Skarvholmen to Marta Lindqvist for 4,000 euros.\n";
/// Names, and words around them that decisions keep.
const SECRETS: [&str; 6] =
    ["Gunvor", "Abrahamsen", "Skarvholmen", "had sold the light", "4,000 euros", "A quiet sale"];

fn page(name: &str, text: &str) -> Document {
    let record = Record::new(name.to_owned(), text.as_bytes().to_vec());
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    document
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// All bytes of a table, unpacked.
fn unpacked(path: &Path) -> Vec<u8> {
    let name = path.to_string_lossy();
    let table = Table::ALL.iter().find(|table| {
        let folder = format!("/{}/", table.as_str());
        name.contains(&folder) && **table != Table::Links || name.contains(&format!("/{}-", table.as_str()))
    });
    let mut bytes = Vec::new();
    for batch in TableReader::open(path, *table.unwrap()).unwrap().batches(Choice::All, None).unwrap() {
        let batch: RecordBatch = batch.unwrap();
        for column in batch.columns() {
            let mut left = vec![column.to_data()];
            while let Some(data) = left.pop() {
                data.buffers().iter().for_each(|buffer| bytes.extend_from_slice(buffer.as_slice()));
                left.extend(data.child_data().iter().cloned());
            }
        }
    }
    bytes
}

/// The files that hold these words.
fn holders(folder: &Path, words: &str) -> Vec<PathBuf> {
    let holds = |bytes: &[u8]| {
        let lower = bytes.to_ascii_lowercase();
        lower.windows(words.len()).any(|window| window == words.to_ascii_lowercase().as_bytes())
    };
    let is_holder = |path: &PathBuf| {
        let is_part = path.extension().is_some_and(|end| end == "parquet");
        holds(&fs::read(path).unwrap()) || is_part && holds(&unpacked(path))
    };
    files(folder).into_iter().filter(is_holder).collect()
}

fn relink(folder: &Path, writer: &mut Writer) {
    let table = links::anew(&Corpus::open(folder).unwrap(), None).unwrap();
    let (links, entities) = links::rows(&table);
    writer.set_links(links, entities).unwrap();
}

#[test]
fn no_byte_of_what_is_purged_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (stays, goes) = (page("a.txt", STAYS), page("b.txt", GOES));
    let options = Options::new().layer("name", 1);
    let mut writer = Writer::open(path, options.clone()).unwrap();
    writer.add(from_ref(&stays), None).unwrap();
    writer.add(from_ref(&goes), Some(GOES.as_bytes().to_vec())).unwrap();
    writer.commit().unwrap();
    relink(path, &mut writer);
    let anchor = |document: &Document, words: &str| {
        let start = document.text.find(words).unwrap();
        Anchor::of(document, "", Span::new(start, start + words.len()))
    };
    let note = Verdict::Note { text: "is that so?".to_owned() };
    writer.decide(&anchor(&goes, "the lighthouse"), &note).unwrap();
    writer.decide(&anchor(&stays, "told Reuters"), &note).unwrap();
    let name = goes.annotations.iter().find(|annotation| annotation.layer == "name").unwrap();
    writer.decide(&Anchor::of(&goes, "name", name.span), &Verdict::Accept).unwrap();
    writer.finish().unwrap();
    let lines = |words: &str| {
        let engine = Engine::open(&Corpus::open(path).unwrap()).unwrap();
        engine.kwic(&Query::parse(words), &KwicOptions::new()).unwrap().lines.len()
    };
    assert_eq!((lines("lighthouse"), lines("ferry")), (1, 2));
    for secret in SECRETS {
        assert!(!holders(path, secret).is_empty(), "{secret} cannot be looked for");
    }
    let mut writer = Writer::open(path, options).unwrap();
    writer.remove(from_ref(&goes.id)).unwrap();
    writer.compact(true).unwrap();
    // Even where the program ends here.
    drop(writer);
    drop(Writer::open(path, Options::new()).unwrap());
    for secret in SECRETS {
        assert_eq!(holders(path, secret), Vec::<PathBuf>::new(), "{secret}");
    }
    let mut writer = Writer::open(path, Options::new()).unwrap();
    assert!(!writer.has_links().unwrap());
    relink(path, &mut writer);
    writer.finish().unwrap();
    assert_eq!((lines("lighthouse"), lines("ferry")), (0, 2));
    for secret in SECRETS {
        assert_eq!(holders(path, secret), Vec::<PathBuf>::new(), "{secret}");
    }
    let corpus = Corpus::open(path).unwrap();
    let decisions = corpus.decisions().unwrap();
    let homes = decisions.iter().map(|decision| decision.anchor.home(&stays).is_some());
    assert_eq!(homes.collect::<Vec<_>>(), [false, true, false]);
    let names: Vec<_> = links::of(&corpus).unwrap().entities.into_iter().map(|entity| entity.name).collect();
    assert!(names.contains(&"Marta Lindqvist".into()), "{names:?}");
    assert!(verify(path, |_, _| ()).unwrap().is_whole());
}

#[test]
fn who_reads_an_older_snapshot_does_not_write_its_index_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (stays, goes) = (page("a.txt", STAYS), page("b.txt", GOES));
    let mut writer = Writer::open(path, Options::new()).unwrap();
    writer.add(from_ref(&stays), None).unwrap();
    writer.add(from_ref(&goes), None).unwrap();
    writer.commit().unwrap();
    let older = Corpus::open(path).unwrap();
    writer.remove(from_ref(&goes.id)).unwrap();
    writer.compact(true).unwrap();
    let engine = Engine::open(&older).unwrap();
    let lines = |words: &str| engine.kwic(&Query::parse(words), &KwicOptions::new()).unwrap().lines.len();
    assert_eq!((lines("lighthouse"), lines("ferry")), (1, 2), "it is asked as it was");
    assert!(!path.join("index").exists());
}
