//! `corpus export` as a person or a script meets it: what goes where, and what is left behind.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn export(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.arg("export").args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));
    command.env_remove("CLICOLOR_FORCE").output().unwrap()
}

/// A path for a result of the test called `name`, where nothing is yet.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-cli-export").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_file_is_written_and_its_rows_are_said() {
    let path = scratch("rows").join("pages.sqlite");
    let output = export(&["pages", "--to", "sqlite", "-o", path.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("wrote: ") && said.contains("documents to") && said.contains("blocks to"),
        "{said}"
    );
    assert!(path.exists());
}

#[test]
fn a_query_says_which_documents() {
    let lines = |arguments: &[&str]| {
        let output = export(&[&["pages", "--to", "jsonl", "--quiet"], arguments].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap().lines().count())
    };
    let (code, all) = lines(&[]);
    assert!(code == Some(0) && all > 1);
    assert_eq!(lines(&["--query", "reprint OR freeze OR ferry"]), (Some(0), all));
    let (code, some) = lines(&["--query", "title:reprint OR \"no such words\""]);
    assert!(some < all, "{code:?} {some}");
    assert_eq!(lines(&["--query", "nosuchword"]).1, 0);
    assert_eq!(lines(&["--query", "()"]).0, Some(2));
}

#[test]
fn a_language_is_meant_in_capitals_too() {
    let lines = |language: &str| {
        let output = export(&["pages", "--to", "jsonl", "--quiet", "--language", language]);
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert!(lines("en") > 0);
    assert_eq!((lines("EN"), lines("eng"), lines("e")), (lines("en"), 0, 0));
}

#[test]
fn a_table_is_refused_where_there_are_none() {
    for format in ["jsonl", "sqlite", "package"] {
        let path = scratch("no-table").join("pages");
        let output = export(&["pages", "--to", format, "--table", "blocks", "-o", path.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains("--table is of csv"), "{format}: {said}");
        assert!(!path.exists());
    }
}

#[test]
fn of_copies_the_survivors_are_written() {
    let folder = scratch("survivors");
    let (directory, unique) = (folder.join("copies"), folder.join("unique.jsonl"));
    let [directory, unique] = [&directory, &unique].map(|path| path.to_str().unwrap());
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
        command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"));
        command.output().unwrap()
    };
    assert_eq!(run(&["build", "copies.jsonl", "-o", directory, "--layers", "none"]).status.code(), Some(0));
    let lines = |arguments: &[&str]| {
        let output = export(&[&[directory, "--to", "jsonl", "--quiet"], arguments].concat());
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    let (all, survivors) = (lines(&[]), lines(&["--survivors"]));
    assert!(survivors < all, "{survivors} of {all}");
    assert_eq!(export(&[directory, "--to", "jsonl", "--survivors", "-o", unique]).status.code(), Some(0));
    let left = run(&["dupes", unique, "--format", "tsv"]);
    assert_eq!(String::from_utf8(left.stdout).unwrap(), "");
    let files = export(&["copies.jsonl", "--to", "jsonl", "--survivors"]);
    assert_eq!(files.status.code(), Some(2));
    assert!(String::from_utf8(files.stderr).unwrap().contains("corpus build"));
}

#[test]
fn a_layer_that_nothing_has_is_no_layer() {
    let output = export(&["pages", "--to", "jsonl", "--layers", "time,nam"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("unknown layer \"nam\"") && said.contains("name,"), "{said}");
}

#[test]
fn a_stream_goes_to_standard_output_alone() {
    let output = export(&["pages", "--to", "ris", "--quiet"]);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    assert!(output.stdout.starts_with(b"TY  - NEWS\r\n"));
}

#[test]
fn what_goes_to_no_stream_says_what_to_do() {
    for (format, hint) in [("csv", "--table chooses one"), ("sqlite", "-o FILE"), ("markdown", "-o FOLDER")] {
        let output = export(&["pages", "--to", format]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(hint), "{format}");
    }
}

#[test]
fn records_that_were_set_aside_show_in_the_exit_code_of_every_format() {
    for format in ["package", "jsonl"] {
        let path = scratch(format).join("out");
        let output = export(&["records.jsonl", "--to", format, "--quiet", "-o", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{format}");
    }
}

#[test]
fn what_is_left_out_leaves_no_file() {
    let folder = scratch("none");
    let path = folder.join("none.jsonl");
    let output = export(&["pages", "--to", "jsonl", "--language", "tlh", "-o", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}

#[test]
fn a_folder_with_files_is_left_alone() {
    let folder = scratch("taken");
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    let output = export(&["pages", "--to", "markdown", "-o", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
}
