//! The command as a person or a script meets it: what it prints, where, and with which exit code.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The command, in the folder of the tests, with nothing of this machine showing through.
fn corpus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CORPUS_JOBS", "CORPUS_MAX_RECORD", "COLUMNS"]
    {
        command.env_remove(variable);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    corpus(arguments).output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).unwrap()
}

fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().unwrap()
}

/// What a person sees, and the exit code.
fn transcript(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
    let mut text = format!("$ corpus {}\n{}", arguments.join(" "), String::from_utf8(output.stdout).unwrap());
    if !output.stderr.is_empty() {
        text.push_str("--- stderr\n");
        text.push_str(&String::from_utf8(output.stderr).unwrap());
    }
    text + &format!("--- exit code {}\n", output.status.code().unwrap())
}

/// A path for a file of the test called `name`.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-cli");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

#[test]
fn the_command_line_is_consistent() {
    corpus_cli::Program::new().command().debug_assert();
}

#[test]
fn help() {
    insta::assert_snapshot!("help", stdout(&[]));
    insta::assert_snapshot!("help-long", stdout(&["--help"]));
    let commands = [
        ("scan", "help-scan"),
        ("annotate", "help-annotate"),
        ("parse", "help-parse"),
        ("build", "help-build"),
        ("show", "help-show"),
        ("verify", "help-verify"),
        ("decide", "help-decide"),
        ("remove", "help-remove"),
        ("compact", "help-compact"),
        ("dupes", "help-dupes"),
        ("filter", "help-filter"),
        ("search", "help-search"),
        ("kwic", "help-kwic"),
        ("words", "help-words"),
        ("ngrams", "help-ngrams"),
        ("collocates", "help-collocates"),
        ("keywords", "help-keywords"),
        ("dispersion", "help-dispersion"),
        ("frequency", "help-frequency"),
        ("timeline", "help-timeline"),
        ("people", "help-people"),
        ("statements", "help-statements"),
        ("events", "help-events"),
        ("agreements", "help-agreements"),
        ("dates", "help-dates"),
        ("serve", "help-serve"),
        ("diff", "help-diff"),
        ("same-name", "help-same-name"),
        ("export", "help-export"),
        ("import", "help-import"),
        ("parsers", "help-parsers"),
        ("schema", "help-schema"),
        ("completions", "help-completions"),
        ("man", "help-man"),
        ("reference", "help-reference"),
    ];
    for (command, snapshot) in commands {
        insta::assert_snapshot!(snapshot, stdout(&[command, "--help"]));
    }
    let command = corpus_cli::Program::new().command();
    assert!(command.get_subcommands().map(|command| command.get_name()).eq(commands.map(|(name, _)| name)));
}

#[test]
fn scan() {
    for columns in ["120", "80", "60"] {
        let mut command = corpus(&["scan", "pages", "--format", "table"]);
        insta::assert_snapshot!(format!("scan-table-{columns}"), transcript(command.env("COLUMNS", columns)));
    }
    insta::assert_snapshot!("scan-jsonl", transcript(&mut corpus(&["scan", "pages"])));
    insta::assert_snapshot!("scan-tsv", transcript(&mut corpus(&["scan", "pages", "--format", "tsv"])));
    let mut command = corpus(&["scan", "pages", "--format", "table", "--limit", "1"]);
    insta::assert_snapshot!("scan-limit", transcript(command.env("COLUMNS", "100")));
}

#[test]
fn scan_of_the_seeds() {
    let mut command = corpus(&["scan", "seeds", "--format", "table"]);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    insta::assert_snapshot!("scan-seeds", transcript(command.env("COLUMNS", "120")));
}

#[test]
fn the_readme_shows_what_a_scan_of_the_seeds_says() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let output = corpus(&["scan", "seeds", "--format", "table"]).current_dir(root).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said: String = said.split_whitespace().collect();
    let readme = fs::read_to_string(format!("{root}/README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("\nNext:").next().unwrap();
    let shown: String = shown.split_whitespace().collect();
    assert!(shown.len() > 500 && said.contains(&shown), "{said}");
}

#[test]
fn dupes() {
    for columns in ["120", "60"] {
        let mut command = corpus(&["dupes", "copies.jsonl", "--format", "table"]);
        insta::assert_snapshot!(
            format!("dupes-table-{columns}"),
            transcript(command.env("COLUMNS", columns))
        );
    }
    insta::assert_snapshot!("dupes-jsonl", transcript(&mut corpus(&["dupes", "copies.jsonl"])));
    insta::assert_snapshot!(
        "dupes-tsv",
        transcript(&mut corpus(&["dupes", "copies.jsonl", "--format", "tsv"]))
    );
    let exact = stdout(&["dupes", "copies.jsonl", "--format", "tsv", "--exact"]);
    assert_eq!(exact, "c-2\t1\texact\t1.0000\nc-1\t1\texact\t1.0000\n");
}

#[test]
fn dupes_of_the_seeds() {
    let mut command = corpus(&["dupes", "seeds", "--format", "table"]);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    insta::assert_snapshot!("dupes-seeds", transcript(command.env("COLUMNS", "120")));
}

#[test]
fn dupes_in_a_table_have_names_of_columns() {
    let path = scratch("dupes.csv");
    stdout(&["dupes", "copies.jsonl", "-o", path.to_str().unwrap()]);
    let csv = fs::read_to_string(&path).unwrap();
    assert_eq!(csv, stdout(&["dupes", "copies.jsonl", "--format", "csv"]));
    let (head, rows) = csv.split_once('\n').unwrap();
    assert_eq!(head.trim_end(), "cluster,relation,similarity,survivor,title,published,document,id,begins");
    let copies = |rows: &str| rows.lines().filter(|row| !row.starts_with(',')).count();
    assert_eq!(copies(rows), stdout(&["dupes", "copies.jsonl", "--format", "tsv"]).lines().count());
    // Of nothing there are names of columns still.
    let none = scratch("alone.txt");
    fs::write(&none, "The harbour froze on Monday night.").unwrap();
    assert_eq!(stdout(&["dupes", none.to_str().unwrap(), "--format", "csv"]).trim_end(), head.trim_end());
}

#[test]
fn dupes_are_the_same_in_every_form_order_and_number_of_threads() {
    let records = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/copies.jsonl")).unwrap();
    let turned = scratch("turned-copies.jsonl");
    fs::write(&turned, records.lines().rev().fold(String::new(), |lines, line| lines + line + "\n")).unwrap();
    let tsv = stdout(&["dupes", "copies.jsonl", "--format", "tsv", "-j1"]);
    assert_eq!(stdout(&["dupes", turned.to_str().unwrap(), "--format", "tsv", "-j8"]), tsv);
    let mut from_json = String::new();
    for line in stdout(&["dupes", "copies.jsonl", "-j2"]).lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for member in line["documents"].as_array().into_iter().flatten() {
            let field = |name: &str| member[name].as_str().unwrap().to_owned();
            let similarity = member["similarity"].as_f64().unwrap();
            from_json +=
                &format!("{}\t{}\t{}\t{similarity:.4}\n", field("id"), line["cluster"], field("relation"));
        }
    }
    assert_eq!(from_json, tsv);
}

#[test]
fn parse() {
    insta::assert_snapshot!("parse-text", transcript(&mut corpus(&["parse", "pages", "--text"])));
    let mut articles = corpus(&["parse", "pages", "--text", "--format", "jsonl"]);
    insta::assert_snapshot!("parse-text-jsonl", transcript(&mut articles));
    insta::assert_snapshot!("parse-explain", transcript(&mut corpus(&["parse", "pages", "--explain"])));
    insta::assert_snapshot!(
        "parse-json",
        transcript(&mut corpus(&["parse", "pages/reprint.txt", "--format", "json"]))
    );
}

#[test]
fn clean_text_in_a_file_is_plain_or_json_lines_as_the_file_is_named() {
    for (name, arguments) in
        [("clean.txt", vec!["--text"]), ("clean.jsonl", vec!["--text", "--format", "jsonl"])]
    {
        let path = scratch(name);
        assert_eq!(code(&["parse", "pages", "--text", "-o", path.to_str().unwrap()]), 0);
        assert_eq!(
            fs::read_to_string(path).unwrap(),
            stdout(&[&["parse", "pages"], &arguments[..]].concat())
        );
    }
}

#[test]
fn in_a_folder_each_document_has_a_file() {
    let folder = scratch("clean");
    let _ = fs::remove_dir_all(&folder);
    let arguments =
        ["parse", "pages", "records.jsonl", "--text", "-q", "-o", &format!("{}/", folder.display())];
    assert_eq!(code(&arguments), 3);
    for (file, source) in
        [("pages/freeze.txt", "pages/freeze.txt"), ("pages/reprint.txt", "pages/reprint.txt")]
    {
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), stdout(&["parse", source, "--text"]));
    }
    for (file, title) in [("records.jsonl/000000.txt", "Thaw"), ("records.jsonl/000003.txt", "Skaters")] {
        assert!(fs::read_to_string(folder.join(file)).unwrap().starts_with(title), "{file}");
    }
}

#[test]
fn what_fails_before_anything_is_read_leaves_an_old_result_alone() {
    let path = scratch("old.jsonl");
    fs::write(&path, "an old result").unwrap();
    for wrong in [vec!["no-such-folder"], vec!["pages", "--parser", "pdf"], vec!["pages", "--include", "["]] {
        let arguments = [&["parse", "-o", path.to_str().unwrap()], &wrong[..]].concat();
        assert_ne!(code(&arguments), 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), "an old result", "{wrong:?}");
    }
}

#[test]
fn parse_writes_a_document_a_line_in_input_order_whatever_the_threads() {
    let alone = stdout(&["parse", "pages", "--jobs", "1"]);
    let uris: Vec<String> = alone
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]["uri"].to_string())
        .collect();
    assert_eq!(uris, ["\"pages/freeze.txt\"", "\"pages/reprint.txt\""]);
    assert_eq!(alone, stdout(&["parse", "pages", "--jobs", "4"]));
}

#[test]
fn standard_input_is_read_where_a_dash_stands() {
    let mut child =
        corpus(&["parse", "-", "--text"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let page = "A title on its own\n\nAnd a paragraph that says something, in a whole sentence.\n";
    child.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), page);
}

#[test]
fn a_bad_record_is_set_aside_and_the_rest_goes_on() {
    insta::assert_snapshot!("set-aside", transcript(&mut corpus(&["parse", "records.jsonl", "--text"])));
    insta::assert_snapshot!(
        "set-aside-quiet",
        transcript(&mut corpus(&["parse", "records.jsonl", "--text", "-q"]))
    );
    let rejects = scratch("rejects.jsonl");
    assert_eq!(code(&["scan", "records.jsonl", "--rejects", rejects.to_str().unwrap()]), 3);
    insta::assert_snapshot!("rejects", fs::read_to_string(&rejects).unwrap());
}

#[test]
fn two_results_never_go_to_one_file() {
    let both = scratch("both.jsonl");
    let place = both.to_str().unwrap();
    for command in ["parse", "scan", "annotate", "dupes", "statements", "filter"] {
        let output = run(&[command, "records.jsonl", "-o", place, "--rejects", place]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("two results would go to"), "{command}: {said}");
        assert!(!both.exists(), "{command}");
    }
    if cfg!(unix) {
        assert_eq!(code(&["parse", "records.jsonl", "-o", "/dev/null", "--rejects", "/dev/null"]), 3);
    }
}

#[test]
fn no_file_is_called_what_it_is_not() {
    for (command, name, hint) in [
        ("parse", "x.parquet", "--to package"),
        ("annotate", "x.parquet", "--to package"),
        ("filter", "x.parquet", "--to package"),
        ("filter", "x.parquet.gz", "--to package"),
        ("parse", "x.parquet.zst", "--to package"),
        ("scan", "x.xlsx", ".jsonl"),
    ] {
        let path = scratch(name);
        let output = run(&[command, "pages", "-o", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{command} {name}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("is not written as") && said.contains(hint), "{command}: {said}");
        assert!(!path.exists(), "{command}");
    }
    let table = scratch("table.tsv");
    assert_eq!(code(&["scan", "pages", "-o", table.to_str().unwrap()]), 0);
    assert!(fs::read_to_string(&table).unwrap().contains("\tpublished\t"));
    assert_eq!(code(&["parse", "pages", "--format", "jsonl", "-o", scratch("x.docs").to_str().unwrap()]), 0);
    for (name, magic) in [("x.jsonl.gz", &[0x1f, 0x8b][..]), ("x.tsv.zst", &[0x28, 0xb5, 0x2f, 0xfd])] {
        let path = scratch(name);
        assert_eq!(code(&["kwic", "pages", "lake", "-o", path.to_str().unwrap()]), 0);
        assert!(fs::read(&path).unwrap().starts_with(magic), "{name}");
    }
}

#[test]
fn what_is_no_option_is_what_to_search() {
    let said = |arguments: &[&str], code: i32| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    said(&["search", "pages", "-nosuchword"], 0);
    assert!(
        said(&["search", "pages", "ferry", "--limit", "-5"], 2).contains("invalid value '-5' for '--limit")
    );
    assert!(said(&["search", "pages", "ferry", "-z"], 2).contains("-z"));
    let named = said(&["search", "pages", "author:nosuch"], 1);
    assert!(named.contains("a field has whole words") && !named.contains("`corpus search`"), "{named}");
    let counted = said(&["kwic", "pages", "author:nosuch"], 1);
    assert!(counted.contains("`corpus search` lists"), "{counted}");
    assert!(said(&["search", "pages", "ferry co?ld"], 1).contains("at character 9: ? stands for no letter"));
    let other = said(&["keywords", "pages"], 2);
    assert!(other.contains("--reference") && other.contains("--query"), "{other}");
    for missing in [&["diff", "nosuch", "pages"][..], &["filter", "pages", "--config", "nosuch"]] {
        assert!(said(missing, 4).contains("hint: check the spelling"));
    }
}

#[test]
fn where_every_record_is_set_aside_nothing_was_done() {
    let bad = scratch("bad.jsonl");
    fs::write(&bad, "no JSON\n{}\n").unwrap();
    let output = run(&["parse", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8(output.stderr).unwrap().contains("2 records set aside; nothing was read"));
}

#[test]
fn metadata_that_match_no_record_are_told() {
    let rows = scratch("rows.csv");
    fs::write(&rows, "file,url\nno-such-page.txt,https://tides.example/\n").unwrap();
    let output = run(&["parse", "pages", "--sidecar", rows.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 row of the metadata match no record: no-such-page.txt"), "{told}");
}

#[test]
fn a_web_archive_gives_its_pages() {
    let page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Tides</h1><p>High tide is at noon today.</p>";
    let record = |kind: &str, block: &str| {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-05-04T03:02:01Z\r\n\
             WARC-Target-URI: https://tides.example/\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let archive = scratch("tides.warc");
    fs::write(&archive, record("request", "GET / HTTP/1.1\r\n\r\n") + &record("response", page)).unwrap();
    let document = stdout(&["parse", archive.to_str().unwrap()]);
    for part in [
        "\"id\":\"<urn:uuid:1>\"",
        "\"fetched\":\"2021-05-04T03:02:01Z\"",
        "\"url\":\"https://tides.example/\"",
        "\"published\":null",
    ] {
        assert!(document.contains(part), "{part} is not in {document}");
    }
    let article = stdout(&["parse", archive.to_str().unwrap(), "--text", "--format", "jsonl"]);
    assert!(article.contains("\"record\":\"<urn:uuid:1>\""), "{article}");
}

#[test]
fn what_cannot_be_done_says_why_and_what_to_do() {
    let empty = scratch("nothing");
    fs::create_dir_all(&empty).unwrap();
    assert_eq!(code(&["parse", empty.to_str().unwrap()]), 1);
    let cases = [
        ("error-no-such-path", vec!["parse", "no-such-folder"]),
        ("error-nothing-matches", vec!["parse", "pages", "--include", "*.html"]),
        ("error-no-such-parser", vec!["parse", "pages", "--parser", "pdf"]),
        ("error-no-such-command", vec!["prase", "pages"]),
        ("error-no-such-kind", vec!["parse", "pages", "--map", "body=text"]),
        ("error-no-such-size", vec!["parse", "pages", "--max-record", "7 parsecs"]),
        ("error-two-things", vec!["parse", "pages", "--text", "--format", "explain"]),
        ("error-output-in-input", vec!["parse", "pages", "-o", "pages/out.jsonl"]),
        ("error-no-such-output", vec!["parse", "pages", "-o", "no-such-folder/out.jsonl"]),
        ("error-diff-of-a-folder", vec!["diff", "pages", "pages"]),
        ("error-diff-of-other-json", vec!["diff", "records.jsonl", "records.jsonl"]),
    ];
    for (name, arguments) in cases {
        insta::assert_snapshot!(name, transcript(&mut corpus(&arguments)));
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_command_without_a_word() {
    let pile = scratch("pile.jsonl");
    let record = serde_json::json!({"text": "The ferry left on time. ".repeat(50)}).to_string();
    fs::write(&pile, (record + "\n").repeat(2000)).unwrap();
    for arguments in [&["parse"][..], &["scan"], &["parse", "--text"], &["parse", "--explain", "--jobs", "1"]]
    {
        let mut command = corpus(arguments);
        command.arg(&pile).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let arguments = ["parse", "pages", "--explain"];
    let is_coloured = |command: &mut Command| command.output().unwrap().stdout.contains(&0x1b);
    assert!(!is_coloured(&mut corpus(&arguments)));
    assert!(is_coloured(corpus(&arguments).args(["--color", "always"])));
    assert!(is_coloured(corpus(&arguments).args(["--color", "always"]).env("NO_COLOR", "1")));
    assert!(is_coloured(corpus(&arguments).env("CLICOLOR_FORCE", "1")));
    assert!(!is_coloured(corpus(&arguments).env("CLICOLOR_FORCE", "1").args(["--color", "never"])));
    assert!(!is_coloured(corpus(&arguments).env("NO_COLOR", "1")));
    let wrong = |color: &[&str]| {
        let output =
            corpus(color).args(["remove", "x", "--wrong"]).env("CLICOLOR_FORCE", "1").output().unwrap();
        (output.status.code(), output.stderr.contains(&0x1b))
    };
    assert_eq!(wrong(&[]), (Some(2), true));
    assert_eq!(wrong(&["--color", "never"]), (Some(2), false));
    assert_eq!(wrong(&["--color=never"]), (Some(2), false));
}

#[test]
fn completions_and_manual_name_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&["completions", shell]);
        assert!(script.contains("parse") && script.contains("--explain"), "{shell}");
    }
    assert!(stdout(&["man"]).contains(".TH corpus 1"));
    let folder = scratch("man");
    assert_eq!(code(&["man", "-o", folder.to_str().unwrap()]), 0);
    let mut pages: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    pages.sort();
    fn pages_of(command: &clap::Command, name: &str, pages: &mut Vec<String>) {
        pages.push(format!("{name}.1"));
        for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
            pages_of(subcommand, &format!("{name}-{}", subcommand.get_name()), pages);
        }
    }
    let mut expected = Vec::new();
    pages_of(&corpus_cli::Program::new().command(), "corpus", &mut expected);
    expected.sort();
    assert_eq!(pages, expected);
}

#[test]
fn the_schema_names_every_field_of_a_document() {
    let schema: serde_json::Value = serde_json::from_str(&stdout(&["schema"])).unwrap();
    let document: serde_json::Value = serde_json::from_str(&stdout(&["parse", "pages/reprint.txt"])).unwrap();
    for field in document.as_object().unwrap().keys() {
        assert!(!schema["properties"][field].is_null(), "{field}");
    }
}

#[test]
fn parsers() {
    insta::assert_snapshot!("parsers", transcript(&mut corpus(&["parsers", "--format", "table"])));
    insta::assert_snapshot!("parsers-jsonl", transcript(&mut corpus(&["parsers"])));
}
