//! `corpus import --layer conllu`: out to a tagger, and back into the corpus.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn corpus(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).stdin(Stdio::null());
    command.env_remove("CLICOLOR_FORCE").output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(corpus(arguments).stdout).unwrap()
}

/// What each hit of a query matched.
fn hits(directory: &str, query: &str) -> Vec<String> {
    let lines = stdout(&["kwic", directory, query, "--in", "all", "--format", "jsonl"]);
    let hit = |line: &str| serde_json::from_str::<Value>(line).unwrap()["match"].as_str().unwrap().to_owned();
    lines.lines().map(hit).collect()
}

/// What a tagger would make of a line: lemma and part of speech of a few words.
fn tagged(line: &str) -> String {
    let mut columns: Vec<&str> = line.split('\t').collect();
    let tags = match columns.get(1) {
        Some(&"said" | &"says") => Some(("say", "VERB")),
        Some(&"froze" | &"freezes") => Some(("freeze", "VERB")),
        Some(&"harbour") => Some(("harbour", "NOUN")),
        _ => None,
    };
    if let Some((lemma, upos)) = tags {
        (columns[2], columns[3]) = (lemma, upos);
    }
    columns.join("\t") + "\n"
}

/// A corpus of the pages, and what it exports for a tagger.
fn built(folder: &Path) -> (String, String) {
    let directory = folder.join("pages.corpus").to_str().unwrap().to_owned();
    assert_eq!(corpus(&["build", "pages", "-o", &directory]).status.code(), Some(0));
    let exported = stdout(&["export", &directory, "--to", "conllu", "--in", "all", "--quiet"]);
    (directory, exported)
}

#[test]
fn lemma_and_part_of_speech_come_back_and_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (directory, exported) = built(folder.path());
    assert!(hits(&directory, "[lemma=\"say\"]").is_empty());
    let file = folder.path().join("tagged.conllu");
    fs::write(&file, exported.lines().map(tagged).collect::<String>()).unwrap();
    let import = ["import", file.to_str().unwrap(), "--layer", "conllu", "-o", &directory];
    let output = corpus(&import);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(hits(&directory, "[lemma=\"say\" & upos=\"VERB\"]"), ["said", "says", "says"]);
    assert_eq!(hits(&directory, "[lemma=\"freeze\"] []{0,2} [upos=\"VERB\"]"), Vec::<String>::new());
    assert_eq!(hits(&directory, "[pos=\"NOUN\"] [lemma=\"freeze\"]"), ["harbour freezes"]);
    // The tags are in the next export, and reading them once more changes nothing but the version of their layers.
    let again = stdout(&["export", &directory, "--to", "conllu", "--in", "all", "--quiet"]);
    assert_eq!(again, fs::read_to_string(&file).unwrap());
    assert_eq!(corpus(&import).status.code(), Some(0));
    assert_eq!(hits(&directory, "[lemma=\"say\" & upos=\"VERB\"]"), ["said", "says", "says"]);
    assert_eq!(corpus(&["verify", &directory]).status.code(), Some(0));
    assert_eq!(corpus(&["compact", &directory]).status.code(), Some(0));
    assert_eq!(hits(&directory, "[lemma=\"say\"]").len(), 3);
}

#[test]
fn a_row_that_stands_nowhere_in_the_text_is_set_aside_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (directory, exported) = built(folder.path());
    let wrong = exported.lines().map(tagged).collect::<String>().replacen("\tfreezes\t", "\tthaws\t", 1)
        + "# newdoc id = b3:00000000000000000000000000000000\n1\tIce\tice\tNOUN\t_\t_\t_\t_\t_\t_\n";
    let file = folder.path().join("wrong.conllu");
    fs::write(&file, &wrong).unwrap();
    let rejects = folder.path().join("rejects.jsonl");
    let arguments = ["import", file.to_str().unwrap(), "--layer", "conllu", "-o", &directory];
    let output = corpus(&[&arguments[..], &["--rejects", rejects.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(3));
    let rejects = fs::read_to_string(rejects).unwrap();
    let rows: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let row = |index: usize| (rows[index]["form"].as_str().unwrap(), rows[index]["line"].as_u64().unwrap());
    let line_of = |text: &str| wrong.lines().position(|line| line.contains(text)).unwrap() as u64 + 1;
    assert_eq!(row(0), ("thaws", line_of("\tthaws\t")));
    assert_eq!(row(1), ("b3:00000000000000000000000000000000", line_of("b3:0000000000000")));
    assert_eq!(rows.len(), 2);
    assert_eq!(hits(&directory, "[lemma=\"say\"]").len(), 3, "the rest was read");
}

#[test]
fn a_document_in_which_the_file_was_cut_keeps_its_tags() {
    let folder = tempfile::tempdir().unwrap();
    let (directory, exported) = built(folder.path());
    let whole = exported.lines().map(tagged).collect::<String>();
    let file = folder.path().join("tagged.conllu");
    let import = |text: &str| {
        fs::write(&file, text).unwrap();
        corpus(&["import", file.to_str().unwrap(), "--layer", "conllu", "-o", &directory])
    };
    assert_eq!(import(&whole).status.code(), Some(0));
    let n_said = || hits(&directory, "[lemma=\"say\"]").len();
    assert_eq!(n_said(), 3);
    // Within the row of the first tag of its document, and within the line that names the next document.
    let first = whole.find("\tsay\t").unwrap();
    let output = import(&whole[..first + 2]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("ends within a row"), "{said}");
    assert_eq!(n_said(), 3, "{said}");
    let next = first + whole[first..].find("# newdoc id = ").unwrap();
    let output = import(&whole[..next + 18]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("\"b3:") && said.contains("no such document") && !said.contains("empty line"),
        "{said}"
    );
    let output = import(&format!("{}\n", whole[..next].trim_end()));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no empty line ends"), "{said}");
    assert_eq!(n_said(), 3);
}

#[test]
fn what_is_no_corpus_or_no_file_of_tokens_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (directory, exported) = built(folder.path());
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let output = corpus(&["import", "records.jsonl", "--layer", "conllu", "-o", "no-such.corpus"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no-such.corpus is no corpus"), "{}", said(&output));
    let empty = folder.path().join("empty.conllu");
    fs::write(&empty, "\n").unwrap();
    let output = corpus(&["import", empty.to_str().unwrap(), "--layer", "conllu", "-o", &directory]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no tokens"), "{}", said(&output));
    fs::write(&empty, exported).unwrap();
    let output = corpus(&["import", empty.to_str().unwrap(), "--layer", "conllu", "-o", &directory]);
    assert_eq!(output.status.code(), Some(1), "nobody has tagged it yet");
    assert!(said(&output).contains("no lemma"), "{}", said(&output));
}
