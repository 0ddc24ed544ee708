//! Every seed, the user's and our own, as people read it: one snapshot a seed.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use corpus_core::Registry;
use corpus_tests::{check, view};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of a folder of the repository, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn settings(suffix: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_suffix(suffix);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings
}

/// The five seeds, block by block.
#[test]
fn text() {
    let registry = Registry::core();
    let seeds = files("seeds");
    assert_eq!(seeds.len(), 5);
    for seed in seeds {
        let documents = check(&registry, &format!("seeds/{}.txt", stem(&seed)), &fs::read(&seed).unwrap());
        let view: String = documents.iter().map(view).collect();
        settings(&stem(&seed)).bind(|| insta::assert_snapshot!("text", view));
    }
}

/// The five seeds as the JSON that everyone gets.
#[test]
fn json() {
    let registry = Registry::core();
    for seed in files("seeds") {
        let documents = check(&registry, &format!("seeds/{}.txt", stem(&seed)), &fs::read(&seed).unwrap());
        let json = serde_json::to_string_pretty(&documents[0]).unwrap();
        let back: corpus_core::Document = serde_json::from_str(&json).unwrap();
        assert_eq!(back, documents[0], "JSON gives the document back");
        settings(&stem(&seed)).bind(|| insta::assert_snapshot!("json", json));
    }
}

/// Seeds of our own writing, one behaviour each.
#[test]
fn behaviour() {
    of_our_own("text", "behaviour");
}

/// The same of HTML.
#[test]
fn markup() {
    of_our_own("html", "markup");
}

fn of_our_own(folder: &str, snapshot: &str) {
    let registry = Registry::core();
    for seed in files(&format!("tests/seeds/{folder}")) {
        let uri = format!("tests/seeds/{folder}/{}", seed.file_name().unwrap().to_string_lossy());
        let documents = check(&registry, &uri, &fs::read(&seed).unwrap());
        let view: String = documents.iter().map(view).collect();
        settings(&stem(&seed)).bind(|| insta::assert_snapshot!(snapshot, view));
    }
}
