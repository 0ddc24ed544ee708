//! Plain files and corpus directories: what takes the one takes the other, and says the same.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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
    let output = corpus(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn built(folder: &Path) -> String {
    let directory = folder.join("pages.corpus").to_str().unwrap().to_owned();
    stdout(&["build", "pages", "-o", &directory]);
    directory
}

#[test]
fn languages_in_which_little_is_found_are_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("seiten");
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("a.txt"), "Der Hafen ist nicht mehr, was er war, und das ist für alle der Grund.")
        .unwrap();
    fs::write(pages.join("b.txt"), "The harbour is not what it was, and that is why they quarrel.").unwrap();
    let pages = pages.to_str().unwrap();
    let directory = folder.path().join("pages.corpus").to_str().unwrap().to_owned();
    stdout(&["build", pages, "-o", &directory]);
    for command in ["annotate", "statements", "timeline", "events"] {
        for path in [pages, &directory] {
            let told = String::from_utf8(corpus(&[command, path]).stderr).unwrap();
            let lines: Vec<&str> = told.lines().filter(|line| line.starts_with("languages: ")).collect();
            assert_eq!(lines.len(), 1, "{command}: {told}");
            assert!(lines[0].starts_with("languages: 1 of 2 documents is in de: only "), "{command}: {told}");
        }
        let quiet = corpus(&[command, pages, "--quiet"]).stderr;
        assert!(!String::from_utf8(quiet).unwrap().contains("languages:"));
    }
}

#[test]
fn a_corpus_is_read_as_the_files_that_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    for command in [
        &["scan"][..],
        &["scan", "--format", "tsv"],
        &["parse", "--text"],
        &["parse", "--explain"],
        &["annotate"],
        &["dupes"],
        &["dupes", "--format", "tsv"],
        &["statements"],
        &["events"],
        &["agreements"],
        &["timeline"],
        &["words"],
        &["ngrams"],
        &["kwic", "--in", "all", "--sort", "date", "--format", "csv"],
        &["frequency", "--by", "month"],
        &["export", "--to", "jsonl", "--quiet"],
        &["export", "--to", "conllu", "--quiet"],
    ] {
        let query = if ["kwic", "frequency"].contains(&command[0]) { &["ferry"][..] } else { &[] };
        let of = |path: &str| corpus(&[command, &[path], query].concat());
        let (pages, at_rest) = (of("pages"), of(&directory));
        assert_eq!(pages.status.code(), at_rest.status.code(), "{command:?}");
        let text = |output: Output| String::from_utf8(output.stdout).unwrap();
        assert_eq!(text(pages), text(at_rest), "{command:?}");
    }
}

#[test]
fn a_corpus_and_files_are_read_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    let both = stdout(&["parse", "--text", "pages/reprint.txt", &directory, "pages/freeze.txt"]);
    let parts = [&["pages/reprint.txt"][..], &[&directory], &["pages/freeze.txt"]];
    let one = |paths: &[&str]| stdout(&[&["parse", "--text"], paths].concat());
    assert_eq!(both, parts.map(one).join("\u{c}\n"));
}

#[test]
fn a_corpus_is_not_made_of_a_corpus_nor_of_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    let other = folder.path().join("other.corpus");
    let build = |path: &str, to: &Path| corpus(&["build", path, "-o", to.to_str().unwrap()]);
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let output = build(&directory, &other);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--to package"), "{}", said(&output));
    let output = build("no-such-folder", &other);
    assert_eq!(output.status.code(), Some(4));
    assert!(said(&output).contains("no-such-folder"), "{}", said(&output));
    let output = build("pages", &folder.path().join("no/such/other.corpus"));
    assert_eq!(output.status.code(), Some(4));
    assert!(said(&output).contains("there is no folder"), "{}", said(&output));
    assert!(!other.exists() && !folder.path().join("no").exists(), "nothing is left behind");
    let empty = folder.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    assert_eq!(build(empty.to_str().unwrap(), &other).status.code(), Some(4), "every record was set aside");
}

#[test]
fn a_corpus_among_the_files_of_a_folder_is_named_and_not_entered() {
    let folder = tempfile::tempdir().unwrap();
    built(folder.path());
    fs::write(folder.path().join("page.txt"), "A ferry\n\nThe ferry left at noon and came back at two.\n")
        .unwrap();
    let output = corpus(&["scan", folder.path().to_str().unwrap(), "--format", "tsv"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2, "a head and a page");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("pages.corpus: a corpus directory") && said.contains("name it by itself"),
        "{said}"
    );
}

#[test]
fn a_path_without_a_query_and_a_question_without_an_answer_say_so() {
    let said = |arguments: &[&str], code: i32| {
        let output = corpus(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let alone = said(&["kwic", "pages", "--in", "all"], 2);
    assert!(alone.contains("\"pages\" is all there is") && alone.contains("'ferry*'"), "{alone}");
    let nothing = said(&["statements", "pages", "--speaker", "Nobody"], 1);
    assert!(nothing.contains("nothing of that in 2 documents"), "{nothing}");
    let untagged = said(&["kwic", "pages", "[lemma=\"say\"]"], 1);
    assert!(untagged.contains("import --layer conllu"), "{untagged}");
    let cursor = said(&["search", "pages", "ferry", "--cursor", "abc"], 2);
    assert!(cursor.contains("hint: "), "{cursor}");
}

#[test]
fn a_spreadsheet_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.txt");
    fs::write(&page, "=HYPERLINK\n\n-2+3 is what the ferry owes, +49 says the port, and -5 is a number.\n")
        .unwrap();
    let page = page.to_str().unwrap();
    let plain = stdout(&["search", page, "ferry OR hyperlink", "--in", "all", "--format", "csv"]);
    let excel = stdout(&["search", page, "ferry OR hyperlink", "--in", "all", "--excel"]);
    assert!(plain.starts_with("score,") && excel.starts_with("\u{feff}score,"), "{excel}");
    assert!(plain.contains(",=HYPERLINK") && !plain.contains('\''), "{plain}");
    assert!(excel.contains(",'=HYPERLINK") && excel.contains("'-2+3 is"), "{excel}");
    assert_eq!(corpus(&["search", page, "ferry", "--excel", "--format", "tsv"]).status.code(), Some(2));
    let blocks =
        |more: &[&str]| stdout(&[&["export", page, "--to", "csv", "--table", "blocks", "-q"], more].concat());
    let (plain, excel) = (blocks(&[]), blocks(&["--excel"]));
    assert!(!plain.starts_with('\u{feff}') && excel.starts_with('\u{feff}'), "{excel}");
    assert!(plain.contains(",-2+3 is") || plain.contains(",\"-2+3 is"), "{plain}");
    assert!(excel.contains("'-2+3 is") && excel.contains("'=HYPERLINK"), "{excel}");
    assert_eq!(corpus(&["export", page, "--to", "ris", "--excel"]).status.code(), Some(2));
}

#[test]
fn statements_and_events_know_when_their_article_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages.jsonl");
    let text = "The toll\n\nThe minister Ada Holm met the mayor Per Dahl in Oslo. \"The toll will rise,\" Holm said.\n";
    let page = serde_json::json!({ "id": "t1", "url": "https://a.example/toll", "date": "2020-01-03", "text": text });
    fs::write(&pages, page.to_string()).unwrap();
    for command in ["statements", "events"] {
        let table = stdout(&[command, pages.to_str().unwrap(), "--format", "tsv"]);
        let mut lines = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let (head, row) = (lines.next().unwrap(), lines.next().unwrap());
        let cell = |name: &str| row[head.iter().position(|column| *column == name).unwrap()];
        assert_eq!(
            [cell("published"), cell("title"), cell("url")],
            ["2020-01-03", "The toll", "https://a.example/toll"],
            "{table}"
        );
        assert!(cell("uri").ends_with("pages.jsonl") && cell("document").starts_with("b3:"), "{table}");
        let line = stdout(&[command, pages.to_str().unwrap(), "--format", "jsonl"]);
        let line: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        assert_eq!((&line["published"], &line["title"]), (&"2020-01-03".into(), &"The toll".into()));
    }
    let said_on = stdout(&["statements", pages.to_str().unwrap(), "--format", "jsonl"]);
    assert!(said_on.contains("\"said_on\":null"), "{said_on}");
    let shown = stdout(&["statements", pages.to_str().unwrap(), "--format", "table"]);
    assert!(shown.contains("in an article of 2020-01-03"), "{shown}");
    stdout(&["events", pages.to_str().unwrap(), "--format", "table"]);
}

#[test]
fn documents_whose_files_are_gone_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for name in ["a.txt", "b.txt"] {
        fs::write(path(name), format!("The harbour {name}\n\nIt froze on Monday, the port said.\n")).unwrap();
    }
    let directory = path("x");
    stdout(&["build", &path("a.txt"), &path("b.txt"), "-o", &directory]);
    let said = || {
        let output = corpus(&["verify", &directory]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(!said().contains("no longer"));
    fs::remove_file(path("b.txt")).unwrap();
    let told = said();
    assert!(told.contains("1 document of 1 file no longer where") && told.contains("b.txt"), "{told}");
}

#[test]
fn of_several_documents_to_remove_one_may_be_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    let output = corpus(&["remove", &directory, "freeze.txt", "thaw.txt"]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("no document \"thaw.txt\"") && said.contains("1 document removed"), "{said}");
    assert_eq!(stdout(&["scan", &directory, "--format", "tsv"]).lines().count(), 2);
}

#[test]
fn a_removed_page_stays_out_until_it_is_wanted_again() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages.jsonl");
    let directory = folder.path().join("x").display().to_string();
    let page = |name: &str, text: &str| {
        let url = format!("https://harbour.example/{name}");
        serde_json::json!({ "id": name, "url": url, "text": text }).to_string() + "\n"
    };
    let ice = page("ice", "The harbour\n\nThe harbour froze on Monday, the port said.");
    let scrape = |toll: &str| {
        fs::write(&pages, ice.clone() + &page("toll", &format!("A toll\n\nThe {toll} will rise."))).unwrap();
        let output = corpus(&["build", pages.to_str().unwrap(), "-o", &directory]);
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        ([summary["new"].as_u64().unwrap(), summary["removed"].as_u64().unwrap()], said)
    };
    assert_eq!(scrape("toll").0, [2, 0]);
    assert!(stdout(&["show", &directory, "https://harbour.example/ice"]).contains("froze"));
    assert_eq!(corpus(&["remove", &directory, "https://harbour.example/t"]).status.code(), Some(1));
    let package = folder.path().join("package").display().to_string();
    stdout(&["export", &directory, "--to", "package", "-o", &package]);
    stdout(&["remove", &directory, "https://harbour.example/toll"]);
    stdout(&["compact", &directory, "--purge"]);
    let imported = corpus(&["import", &package, "-o", &directory]).stderr;
    let imported = String::from_utf8(imported).unwrap();
    assert!(
        imported.contains("2 documents read, 0 of them new") && imported.contains("1 removed page came back")
    );
    let (counts, said) = scrape("harbour toll and the fine");
    assert_eq!(counts, [0, 1]);
    assert!(said.contains("1 removed page came back") && said.contains("--undo DOCUMENT"), "{said}");
    assert_eq!(corpus(&["search", &directory, "toll"]).status.code(), Some(1));
    let listed = stdout(&["remove", &directory, "--list", "--format", "tsv"]);
    assert!(
        listed.lines().count() == 2 && listed.contains("pages.jsonl") && !listed.contains("toll"),
        "{listed}"
    );
    let unknown = corpus(&["remove", &directory, "--undo", "https://harbour.example/ice"]);
    assert_eq!(unknown.status.code(), Some(1));
    stdout(&["remove", &directory, "--undo", "https://harbour.example/toll"]);
    assert_eq!(scrape("harbour toll and the fine").0, [1, 0]);
    assert!(stdout(&["search", &directory, "toll", "--format", "tsv"]).contains("harbour toll and the fine"));
}

#[test]
fn a_takedown_says_what_it_took_and_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages.jsonl");
    let directory = folder.path().join("x").display().to_string();
    let text = "A toll\n\nThe toll of the harbour will rise by half in May, the port of Sundholm said on Monday night.";
    let page = |url: &str, text: &str| serde_json::json!({ "url": url, "text": text }).to_string() + "\n";
    let lines = [
        page("https://harbour.example/toll", text),
        page("http://www.harbour.example/toll/?utm_source=mail#top", &format!("{text} It is the last time.")),
        page("https://copies.example/1", text),
        page("https://harbour.example/ice", "The harbour\n\nThe harbour froze on Monday, the port said."),
    ];
    fs::write(&pages, lines.concat()).unwrap();
    stdout(&["build", pages.to_str().unwrap(), "-o", &directory]);
    // Two documents stand at one address, however it is written.
    let both = corpus(&["remove", &directory, "https://www.harbour.example/toll"]);
    let said = String::from_utf8(both.stderr).unwrap();
    assert!(said.contains("2 documents; nothing was removed"), "{said}");
    let fates = |output: Output| -> Vec<(String, String)> {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        let row = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let fate = |row: serde_json::Value| {
            [&row["fate"], &row["url"]].map(|cell| cell.as_str().unwrap().to_owned())
        };
        lines.lines().map(row).map(fate).map(|[fate, url]| (fate, url)).collect()
    };
    let is = |fate: &str, url: &str| (fate.to_owned(), url.to_owned());
    let first = corpus(&["remove", &directory, "pages.jsonl#0"]);
    let told = String::from_utf8(first.stderr.clone()).unwrap();
    let [own, beside, copy] = [
        "https://harbour.example/toll",
        "http://www.harbour.example/toll/?utm_source=mail#top",
        "https://copies.example/1",
    ];
    assert_eq!(fates(first), [is("removed", own), is("same_address", beside), is("copy", copy)]);
    assert!(
        told.contains("1 document left at the same address")
            && told.contains("1 document left that is a copy"),
        "{told}"
    );
    let rest = corpus(&["remove", &directory, own]);
    assert_eq!(fates(rest), [is("removed", beside), is("copy", copy)]);
    assert_eq!(stdout(&["parse", &directory]).lines().count(), 2);
    stdout(&["compact", &directory, "--purge"]);
    let shown = stdout(&["remove", &directory, "--list", "--format", "table"]);
    assert!(
        shown.lines().skip(1).all(|line| line.contains("(erased)") && line.starts_with("b3:")),
        "{shown}"
    );
}

#[test]
fn a_page_is_built_anew_however_its_address_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("x").display().to_string();
    for (name, url) in
        [("a", "https://harbour.example/ice"), ("b", "http://www.harbour.example/ice/?utm_id=1#top")]
    {
        let pages = folder.path().join(format!("{name}.jsonl"));
        let page =
            serde_json::json!({ "url": url, "text": format!("The harbour\n\nIt froze again, {name} said.") });
        fs::write(&pages, page.to_string()).unwrap();
        stdout(&["build", pages.to_str().unwrap(), "-o", &directory]);
    }
    assert_eq!(stdout(&["parse", &directory]).lines().count(), 1);
    assert!(stdout(&["show", &directory, "https://harbour.example/ice"]).contains("b said"));
}

#[test]
fn a_lane_and_a_document_are_chosen() {
    let published = stdout(&["timeline", "pages", "--lane", "published"]);
    assert_eq!(corpus(&["timeline", "pages", "--lane", "statement"]).status.code(), Some(1));
    assert!(!published.is_empty() && published.lines().all(|line| line.contains("\"lane\":\"published\"")));
    let unknown = corpus(&["timeline", "pages", "--lane", "nope"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8(unknown.stderr).unwrap().contains("known lanes"));
    let all = stdout(&["dates", "pages"]);
    let one = stdout(&["dates", "pages", "--document", "freeze.txt"]);
    assert!(
        one.lines().count() < all.lines().count() && one.lines().all(|line| line.contains("freeze.txt")),
        "{one}"
    );
    assert_eq!(corpus(&["dates", "pages", "--document", "thaw.txt"]).status.code(), Some(2));
}

#[test]
fn options_stand_before_or_behind_what_they_are_about() {
    let expected = stdout(&["kwic", "pages", "ferry", "--in", "all"]);
    assert_eq!(stdout(&["kwic", "pages", "--in", "all", "ferry"]), expected);
    assert_eq!(stdout(&["kwic", "--in", "all", "pages", "ferry"]), expected);
    assert_eq!(stdout(&["--color", "never", "kwic", "--in=all", "-j", "2", "pages", "ferry"]), expected);
}

#[test]
fn a_window_of_no_words_is_refused() {
    let output = corpus(&["collocates", "pages", "ferry", "--window", "0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("5 or 0,3"));
}

#[test]
fn a_name_that_stands_for_many_documents_removes_them_only_when_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let shard = folder.path().join("shard.jsonl");
    let line = |n: usize| {
        format!("{{\"id\":\"r{n}\",\"text\":\"Ferry {n} left the harbour of Oslo late again.\"}}\n")
    };
    fs::write(&shard, (0..3).map(line).collect::<String>()).unwrap();
    let directory = folder.path().join("c.corpus").to_str().unwrap().to_owned();
    stdout(&["build", shard.to_str().unwrap(), "-o", &directory]);
    let output = corpus(&["remove", &directory, "shard.jsonl"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("3 documents; nothing was removed") && said.contains("--all"), "{said}");
    // One that is changed is one document still: its record's id says so.
    fs::write(&shard, [line(0), line(1), line(2).replace("late", "early")].concat()).unwrap();
    stdout(&["build", shard.to_str().unwrap(), "-o", &directory]);
    assert_eq!(stdout(&["parse", &directory]).lines().count(), 3);
    assert_eq!(corpus(&["remove", &directory, "r1"]).status.code(), Some(0));
    assert_eq!(corpus(&["remove", &directory, "shard.jsonl", "--all"]).status.code(), Some(0));
    assert_eq!(corpus(&["scan", &directory]).status.code(), Some(1));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let said = |arguments: &[&str]| {
        let output = corpus(arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, words) = said(&["words", "pages", "--limit", "0"]);
    assert!(code == Some(2) && words.contains("not a whole number from 1 on"), "{words}");
    let (code, words) = said(&["search", "pages", ""]);
    assert!(code == Some(1) && words.contains("no word to search for"), "{words}");
    let (code, words) = said(&["diff", "pages/freeze.txt", "pages/freeze.txt"]);
    assert!(code == Some(2) && words.contains("holds documents"), "{words}");
    let (code, words) = said(&["kwic", "pages", "[poss=\"NN\"]"]);
    assert!(code == Some(1) && words.contains("at character 2: \"poss\" is no attribute"), "{words}");
    let (code, words) = said(&["kwic", "pages", "[lemma = \"be\"]"]);
    assert!(code == Some(1) && words.contains("no document has lemma"), "{words}");
    let (code, words) = said(&["kwic", "pages", "ice", "road", "ferry"]);
    assert!(
        code == Some(4) && words.contains("failed to open ice") && words.contains("'ice road ferry'"),
        "{words}"
    );
    let (code, words) = said(&["kwic", "pagse", "ferry"]);
    assert!(code == Some(4) && words.contains("check the spelling"), "{words}");
}

#[test]
fn a_corpus_without_facts_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("bare.corpus").to_str().unwrap().to_owned();
    let told =
        || String::from_utf8(corpus(&["people", &directory]).stderr).unwrap().contains("without facts");
    stdout(&["build", "pages", "-o", &directory, "--layers", "none"]);
    assert!(told());
    stdout(&["build", "pages", "-o", &directory]);
    assert!(!told());
    assert!(stdout(&["people", &directory]).contains("name"));
}

#[test]
fn a_count_is_all_that_a_limit_of_nothing_gives() {
    let all = stdout(&["kwic", "pages", "ferry", "--in", "all"]).lines().count();
    assert!(all > 2);
    for command in ["kwic", "search"] {
        let counted = stdout(&[command, "pages", "ferry", "--in", "all", "--limit", "0", "--format", "tsv"]);
        assert!(counted.starts_with("total\texact\n") && counted.ends_with("\ttrue\n"), "{counted}");
    }
    let counted = stdout(&["kwic", "pages", "ferry", "--in", "all", "--limit", "0"]);
    assert_eq!(counted, format!("{{\"total\":{{\"value\":{all},\"exact\":true}}}}\n"));
    let table = stdout(&["kwic", "pages", "ferry", "--in", "all", "--limit", "1", "--format", "table"]);
    assert!(table.contains(&format!("{all} hits in all, 1 shown")), "{table}");
}

#[test]
fn lists_of_facts_end_where_they_are_asked_to_and_say_so() {
    for command in ["people", "statements", "events", "timeline", "dates", "agreements"] {
        let seeds = "../../../seeds";
        let all = stdout(&[command, seeds, "--format", "jsonl"]);
        let some = corpus(&[command, seeds, "--format", "jsonl", "--limit", "1"]);
        let (lines, said) = (String::from_utf8_lossy(&some.stdout), String::from_utf8_lossy(&some.stderr));
        assert_eq!(lines.lines().next(), all.lines().next());
        // Of a timeline, one with a date and one whose date is open.
        assert!(lines.lines().count() <= 2 && all.lines().count() > 2, "{command}");
        assert!(said.contains("1 of "), "{command}: {said}");
    }
}

#[test]
fn a_speaker_is_told_by_id() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    let rows = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let lines = stdout(&[arguments, &["--format", "jsonl"]].concat());
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = rows(&["statements", &directory]);
    let known = all.iter().find_map(|row| row["speaker_id"].as_str()).unwrap();
    let his: Vec<_> = all.iter().filter(|row| row["speaker_id"] == known).cloned().collect();
    assert!(his.len() < all.len());
    assert_eq!(rows(&["statements", &directory, "--speaker-id", known]), his);
}

#[test]
fn documents_written_as_json_lines_keep_their_dates_and_names() {
    let folder = tempfile::tempdir().unwrap();
    let (records, documents) = (folder.path().join("records.jsonl"), folder.path().join("documents.jsonl"));
    let [records, documents] = [records, documents].map(|path| path.to_str().unwrap().to_owned());
    let text =
        "The harbour froze over on Monday night, and no ferry has left it since then, the company said.";
    let lines: Vec<String> = (1..4)
        .map(|n| format!("{{\"id\":\"p{n}\",\"url\":\"https://news.harbour.example/{n}\",\"date\":\"2019-03-0{n}\",\"text\":\"{text} {n}\"}}\n"))
        .collect();
    fs::write(&records, lines.concat()).unwrap();
    stdout(&["export", &records, "--to", "jsonl", "-o", &documents]);
    for query in
        ["date:2019-03-02 ferry", "site:harbour.example id:p2 ferry", "site:news.harbour.example id:p2 ferry"]
    {
        let found = |path: &str| stdout(&["kwic", path, query, "--format", "csv"]).lines().count();
        assert_eq!((found(&records), found(&documents)), (2, 2), "{query}");
    }
    let shown = stdout(&["scan", &records, "--format", "jsonl"]);
    assert_eq!(
        shown.matches("2019-03-0").count(),
        stdout(&["scan", &documents, "--format", "jsonl"]).matches("2019-03-0").count()
    );
}

#[test]
fn words_of_a_subset_stand_out_against_the_rest() {
    let found =
        stdout(&["keywords", "pages", "--query", "harbour", "--in", "all", "--min", "1", "--format", "csv"]);
    assert!(found.lines().count() > 2, "{found}");
    let both = corpus(&["keywords", "pages", "--query", "ferry", "--reference", "pages"]);
    let neither = corpus(&["keywords", "pages"]);
    assert_eq!((both.status.code(), neither.status.code()), (Some(2), Some(2)));
}

#[test]
fn a_document_is_called_by_the_end_of_its_path() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["fr", "ru"] {
        fs::create_dir_all(folder.path().join(language)).unwrap();
        fs::write(
            folder.path().join(language).join("port.txt"),
            format!("The {language} harbour froze over.\n"),
        )
        .unwrap();
    }
    let pages = folder.path().to_str().unwrap().to_owned();
    let directory = format!("{pages}.corpus");
    stdout(&["build", &pages, "-o", &directory]);
    for name in ["fr/port.txt", "./fr/port.txt"] {
        assert!(stdout(&["show", &directory, name, "--text"]).contains("The fr harbour"), "{name}");
    }
    assert_eq!(corpus(&["show", &directory, "port.txt"]).status.code(), Some(2));
    let said = corpus(&["remove", &directory, "ru/port.txt"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("done: 1 document removed"));
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn the_ending_of_a_file_says_how_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, begins) in [("lines.csv", "document,uri"), ("lines.tsv", "document\turi"), ("lines.txt", "{")]
    {
        let path = folder.path().join(name);
        stdout(&["kwic", "pages", "ferry", "--in", "all", "-o", path.to_str().unwrap()]);
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.starts_with(begins), "{name}: {written}");
    }
    let path = folder.path().join("lines.xlsx");
    let output = corpus(&["kwic", "pages", "ferry", "-o", path.to_str().unwrap()]);
    assert_eq!((output.status.code(), path.exists()), (Some(2), false));
    assert!(String::from_utf8_lossy(&output.stderr).contains(".csv"));
}

#[test]
fn what_prints_the_configuration_reads_nothing_whatever_the_environment_says() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let output = command.args(["filter", "--print-config"]).env("CORPUS_JOBS", "2").output().unwrap();
    assert!(output.status.success() && output.stdout.contains(&b'['));
    assert_eq!(corpus(&["filter"]).status.code(), Some(2));
}

#[test]
fn what_is_purged_while_somebody_reads_is_not_said_to_be_erased() {
    let folder = tempfile::tempdir().unwrap();
    let directory = built(folder.path());
    let path = Path::new(&directory);
    let n_files = || fs::read_dir(path.join("documents")).unwrap().count();
    let reader = corpus_store::Corpus::open(path).unwrap();
    assert!(corpus(&["remove", &directory, "freeze.txt"]).status.success());
    let purged = corpus(&["compact", &directory, "--purge"]);
    let said = String::from_utf8(purged.stderr).unwrap();
    assert_eq!(purged.status.code(), Some(3), "{said}");
    assert!(said.contains("a process reads the corpus") && n_files() > 1, "{said}");
    drop(reader);
    assert!(stdout(&["compact", &directory, "--purge"]).contains("erased"));
    assert_eq!(n_files(), 1);
}
