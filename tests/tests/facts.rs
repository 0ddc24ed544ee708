//! What the annotators find: the five seeds and small ones of our own, one fact a line, layer by layer.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use corpus_annotate::{
    Annotators,
    link::{Entity, Ids, Linker, Table},
};
use corpus_core::{Annotation, Document, Evidence, Record, Registry};
use corpus_tests::check_facts;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The facts of every file of a folder, each in a snapshot of its own.
fn show(folder: &str, snapshot: &str) {
    let (registry, annotators) = (Registry::core(), Annotators::core());
    for seed in files(folder) {
        let bytes = fs::read(&seed).unwrap();
        let uri = format!("{folder}/{}", seed.file_name().unwrap().to_string_lossy());
        let mut view = String::new();
        for mut document in registry.parse_all(&Record::new(uri, bytes)) {
            annotators.annotate(&mut document);
            check_facts(&document);
            view_facts(&document, &mut view);
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(seed.file_stem().unwrap().to_string_lossy());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path("../snapshots");
        settings.bind(|| insta::assert_snapshot!(snapshot, view));
    }
}

#[test]
fn seeds() {
    show("seeds", "facts");
}

/// What the seeds name, linked: who and what is one in all of them, with its spellings and the seeds that name it.
#[test]
fn links_of_the_seeds() {
    let (registry, annotators) = (Registry::core(), Annotators::core());
    let mut linker = Linker::default();
    let mut seeds: BTreeMap<String, String> = BTreeMap::new();
    for seed in files("seeds") {
        let name = seed.file_stem().unwrap().to_string_lossy().into_owned();
        for mut document in registry.parse_all(&Record::new(name.clone(), fs::read(&seed).unwrap())) {
            annotators.annotate(&mut document);
            linker.add(&document);
            // The number of a seed is enough to tell it.
            seeds.insert(document.id.to_string(), name[..3].to_owned());
        }
    }
    let table = linker.finish(&Ids::default());
    let mut view = String::new();
    let mut kind = "";
    let mut entities: Vec<&Entity> = table.entities.iter().collect();
    entities.sort_by_key(|entity| (entity.id.letter(), &entity.kind, entity.id));
    for entity in entities {
        if *entity.kind != *kind {
            kind = &entity.kind;
            writeln!(view, "{}{kind}", if view.is_empty() { "" } else { "\n" }).unwrap();
        }
        writeln!(view, "  {}", linked(&table, entity, &seeds)).unwrap();
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.bind(|| insta::assert_snapshot!("links", view));
}

/// An entity, how it is named where that differs, and the seeds that name it.
fn linked(table: &Table, entity: &Entity, seeds: &BTreeMap<String, String>) -> String {
    let mut documents: Vec<&str> = table
        .links
        .iter()
        .filter(|link| link.entity == entity.id)
        .map(|link| seeds[&*link.document].as_str())
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let mut words = format!("{:<4} {}", entity.id.to_string(), short(&entity.name));
    let others: Vec<String> = entity
        .variants
        .iter()
        .filter(|variant| variant.name != entity.name)
        .map(|variant| short(&variant.name))
        .collect();
    if !others.is_empty() {
        write!(words, " = {}", others.join(" | ")).unwrap();
    }
    write!(words, "  [{}]", documents.join(" ")).unwrap();
    words.replace('\n', " ")
}

/// Seeds of our own writing, one behaviour each.
#[test]
fn own_seeds() {
    show("tests/seeds/annotate", "facts");
}

fn view_facts(document: &Document, view: &mut String) {
    for part in &document.parts {
        let Some(published) = &part.published else { continue };
        let method = serde_json::to_value(published.method).unwrap();
        write!(view, "{} published {} ({}", part.kind, published.edtf, method.as_str().unwrap()).unwrap();
        if let Some(bounds) = &published.bounds {
            write!(view, ", bounds {bounds}").unwrap();
        }
        view.push_str(")\n");
        for evidence in &published.evidence {
            if let Evidence::Span { span } = evidence {
                writeln!(view, "  {:>3}  {:?}", line(document, span.start), &document.text[*span]).unwrap();
            }
        }
    }
    let mut layer = "";
    for found in &document.annotations {
        // A sentence a line would hide the facts.
        if found.layer == "sentence" {
            continue;
        }
        if found.layer != layer {
            layer = &found.layer;
            writeln!(view, "\n{layer}").unwrap();
        }
        writeln!(view, "  {:>3}  {}", line(document, found.span.start), fact(document, found)).unwrap();
    }
}

/// Number of the line, from 1.
fn line(document: &Document, offset: usize) -> usize {
    1 + document.text[..offset].matches('\n').count()
}

/// The words of a fact, and its value with spans as the words they cover.
fn fact(document: &Document, found: &Annotation) -> String {
    let mut words = format!("{:?}", short(&document.text[found.span]));
    if let Value::Object(fields) = &found.value {
        for (name, value) in fields {
            match value {
                Value::Null => {}
                Value::String(value) => write!(words, "  {name}={value}").unwrap(),
                value => match covered(document, value) {
                    Some(text) => write!(words, "  {name}={text}").unwrap(),
                    None => write!(words, "  {name}={value}").unwrap(),
                },
            }
        }
    }
    words
}

/// The words that a span, or a list of spans, covers.
fn covered(document: &Document, value: &Value) -> Option<String> {
    let Value::Array(items) = value else { return None };
    if let [Value::Number(start), Value::Number(end)] = items.as_slice() {
        let range = start.as_u64()? as usize..end.as_u64()? as usize;
        return Some(format!("{:?}", short(document.text.get(range)?)));
    }
    let pieces: Option<Vec<String>> = items.iter().map(|item| covered(document, item)).collect();
    pieces.filter(|pieces| !pieces.is_empty()).map(|pieces| pieces.join(" … "))
}

/// The beginning and the end of what is long.
fn short(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= 90 {
        return text.to_owned();
    }
    let (start, end) = (&letters[..45], &letters[letters.len() - 40..]);
    format!("{} […] {}", start.iter().collect::<String>(), end.iter().collect::<String>())
}
