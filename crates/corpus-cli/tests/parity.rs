//! The same questions through the command line, the API and an exported package give the same facts: every row, every
//! field. `CORPUS_PARITY=FILE` asks them of a file of your own as well, such as the first thousand lines of a large one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "it says how much was compared")]

#[path = "parity/pages.rs"]
mod pages;
#[path = "parity/server.rs"]
mod server;

use serde_json::{Value, json};
use server::Server;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// Rows of a page of an answer: few, so that cursors are followed.
const PAGE: usize = 400;
/// Rows that are compared of an answer that has no cursor.
const MOST: usize = 10_000;

/// A question as the command line and as the API takes it.
struct Question {
    /// The command, and what stands behind the corpus.
    command: &'static [&'static str],
    /// Path and parameters. `{}` stands for an id, that of the first document.
    path: &'static str,
    /// Whether the answer comes page by page.
    has_pages: bool,
    /// Rows of what the command line writes, where they are not its lines.
    of_command: fn(Vec<Value>) -> Vec<Value>,
    /// Rows of what the API answers, where they are not its items.
    of_answer: fn(Value) -> Vec<Value>,
}

const fn whole(command: &'static [&'static str], path: &'static str) -> Question {
    Question { command, path, has_pages: false, of_command: lines, of_answer: items }
}

const fn paged(command: &'static [&'static str], path: &'static str) -> Question {
    Question { has_pages: true, ..whole(command, path) }
}

/// Every command that answers questions, with what it can be asked.
const QUESTIONS: &[Question] = &[
    Question {
        of_command: rows_and_totals,
        of_answer: totals_of_answer,
        ..whole(&["scan"], "/v1/scan?limit=0")
    },
    Question { of_command: rows_of_scan, ..paged(&["scan"], "/v1/scan?") },
    paged(&["search", "the"], "/v1/search?q=the"),
    paged(&["search", "and", "--in", "all"], "/v1/search?q=and&in=all"),
    paged(&["search", "and", "--in", "all", "--duplicates"], "/v1/search?q=and&in=all&duplicates=true"),
    paged(&["search", "\"of the\""], "/v1/search?q=%22of%20the%22"),
    paged(&["search", "said NOT minister"], "/v1/search?q=said%20NOT%20minister"),
    paged(&["search", "gov* OR harbo*"], "/v1/search?q=gov*%20OR%20harbo*"),
    paged(&["search", "title:the"], "/v1/search?q=title:the"),
    paged(&["search", "the date:[2010 TO 2021]"], "/v1/search?q=the%20date:[2010%20TO%202021]"),
    paged(
        &["search", "[word=\"the\"] []{0,2} [stem=\"base\"]"],
        "/v1/search?q=%5Bword=%22the%22%5D%20%5B%5D%7B0,2%7D%20%5Bstem=%22base%22%5D",
    ),
    paged(&["search", "(direct:true source:TASS)"], "/v1/search?q=(direct:true%20source:TASS)"),
    Question {
        of_command: facets_of_command,
        of_answer: facets,
        ..whole(&["search", "the", "--facets", "--limit", "1"], "/v1/search?q=the&facets=true&limit=1")
    },
    paged(&["kwic", "said"], "/v1/kwic?q=said"),
    paged(&["kwic", "said", "--in", "all", "--sort", "L1,R1"], "/v1/kwic?q=said&in=all&sort=L1,R1"),
    paged(&["kwic", "said", "--sort", "date", "--width", "20"], "/v1/kwic?q=said&sort=date&width=20"),
    paged(&["kwic", "the", "--sample", "50", "--seed", "7"], "/v1/kwic?q=the&sample=50&seed=7"),
    whole(&["words"], "/v1/words?"),
    whole(&["words", "--stems", "--in", "all", "--min", "3"], "/v1/words?stems=true&in=all&min=3"),
    whole(&["ngrams"], "/v1/ngrams?"),
    whole(&["ngrams", "-n", "3", "--duplicates"], "/v1/ngrams?n=3&duplicates=true"),
    whole(&["collocates", "said"], "/v1/collocates?q=said"),
    whole(
        &["collocates", "said", "--window", "2", "--measure", "mi"],
        "/v1/collocates?q=said&window=2&measure=mi",
    ),
    whole(&["keywords", "--reference", "{reference}"], "/v1/keywords?"),
    whole(
        &["keywords", "--reference", "{reference}", "--negative", "--stems"],
        "/v1/keywords?negative=true&stems=true",
    ),
    Question {
        of_command: plot_of_command,
        of_answer: whole_plot,
        ..whole(&["dispersion", "said"], "/v1/dispersion?q=said")
    },
    whole(&["frequency", "said"], "/v1/frequency?q=said"),
    whole(&["frequency", "said", "--by", "month"], "/v1/frequency?q=said&step=month"),
    paged(&["timeline"], "/v1/timeline?"),
    paged(&["people"], "/v1/people?told=10000"),
    paged(&["people", "--kind", "outlets,places"], "/v1/people?kind=outlet,place&told=10000"),
    paged(&["statements"], "/v1/statements?"),
    paged(&["statements", "--source", "TASS", "--duplicates"], "/v1/statements?source=TASS&duplicates=true"),
    paged(&["statements", "--about", "the"], "/v1/statements?about=the"),
    paged(&["events"], "/v1/events?"),
    paged(&["agreements"], "/v1/agreements?"),
    paged(&["dates"], "/v1/dates?"),
    paged(&["dates", "--duplicates"], "/v1/dates?duplicates=true"),
    Question { of_command: clusters_of_command, of_answer: clusters, ..whole(&["dupes"], "/v1/dupes?") },
    Question {
        of_command: shared_of_command,
        of_answer: shared,
        ..whole(&["dupes"], "/v1/dupes?blocks=true")
    },
    Question { of_answer: one, ..whole(&["show", "{}", "--format", "jsonl"], "/v1/documents/{}") },
];

/// Exports that are compared byte by byte.
const EXPORTS: &[(&[&str], &str)] = &[
    (&["--to", "jsonl"], "/v1/export.jsonl"),
    (&["--to", "webannotation"], "/v1/export.jsonld"),
    (&["--to", "csv", "--table", "documents"], "/v1/export.csv"),
    (&["--to", "csv", "--table", "parts"], "/v1/export.csv?table=parts"),
    (&["--to", "csv", "--table", "blocks"], "/v1/export.csv?table=blocks"),
    (&["--to", "csv", "--table", "annotations"], "/v1/export.csv?table=annotations"),
    (&["--to", "tei"], "/v1/export.tei.xml"),
    (&["--to", "conllu"], "/v1/export.conllu"),
    (&["--to", "timelinejs"], "/v1/export.timeline.json"),
    (&["--to", "ris"], "/v1/export.ris"),
];

#[test]
fn the_seeds_give_the_same_facts_everywhere() {
    compare(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds")));
}

#[test]
fn a_thousand_pages_give_the_same_facts_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pages.jsonl");
    fs::write(&file, pages::json_lines(1000)).unwrap();
    compare(&file);
}

#[test]
fn pages_of_your_own_give_the_same_facts_everywhere() {
    if let Some(file) = std::env::var_os("CORPUS_PARITY") {
        compare(Path::new(&file));
    }
}

/// Builds a corpus, exports it as a package, makes a corpus of the package, and asks all three.
fn compare(input: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (corpus, package, copy) = (path("pages.corpus"), path("package"), path("copy.corpus"));
    command(&["build", input.to_str().unwrap(), "-o", &corpus]);
    command(&["export", &corpus, "--to", "package", "-o", &package]);
    command(&["import", &package, "-o", &copy]);
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let server = Server::start(&[&corpus, "--reference", reference]);
    let first = json_of(&server.get("/v1/documents?limit=1"))["items"][0]["id"].as_str().unwrap().to_owned();
    let mut faults = Vec::new();
    let mut n_rows = 0;
    for question in QUESTIONS {
        let of = |corpus: &str| (question.of_command)(asked(question, corpus, &first, reference));
        let by_command = of(&corpus);
        let by_answer = answered(question, &server, &first);
        n_rows += by_command.len();
        faults.extend(difference(question, "the API", &by_command, &by_answer));
        faults.extend(difference(question, "the package", &by_command, &of(&copy)));
    }
    for (format, path) in EXPORTS {
        let written = |corpus: &str| command(&[&["export", corpus][..], format].concat());
        let by_command = written(&corpus);
        for (place, other) in [("the API", server.get(path)), ("the package", written(&copy))] {
            if by_command != other {
                faults.push(format!("export {format:?}: {place} gives other bytes"));
            }
        }
    }
    faults.extend(documents(&server, &corpus, &copy));
    assert!(n_rows > QUESTIONS.len(), "the questions found next to nothing");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    println!("{} questions, {n_rows} rows, {} exports", QUESTIONS.len(), EXPORTS.len());
}

/// Compares each document, its blocks included, as the API has it and as the others do.
fn documents(server: &Server, corpus: &str, copy: &str) -> Vec<String> {
    let of = |corpus: &str| lines_of(&command(&["export", corpus, "--to", "jsonl", "--in", "all"]));
    let (exported, imported) = (of(corpus), of(copy));
    let mut faults = Vec::new();
    if exported != imported {
        faults.push("export --in all: the package has other documents".to_owned());
    }
    for document in exported.iter().take(50) {
        let id = document["id"].as_str().unwrap();
        if *document != json_of(&server.get(&format!("/v1/documents/{id}"))) {
            faults.push(format!("document {id}: the API has another"));
        }
        let blocks = items(json_of(&server.get(&format!("/v1/documents/{id}/blocks"))));
        let pairs = document["blocks"].as_array().unwrap().iter().zip(&blocks);
        let fields = ["span", "role", "part", "why", "confidence"];
        if blocks.len() != document["blocks"].as_array().unwrap().len()
            || pairs.into_iter().any(|(a, b)| fields.iter().any(|field| a[field] != b[field]))
        {
            faults.push(format!("document {id}: the API has other blocks"));
        }
    }
    faults
}

/// What the command line writes, line by line.
fn asked(question: &Question, corpus: &str, first: &str, reference: &str) -> Vec<Value> {
    let [name, rest @ ..] = question.command else { return Vec::new() };
    let mut arguments = vec![*name, corpus];
    arguments.extend(rest.iter().map(|argument| match *argument {
        "{}" => first,
        "{reference}" => reference,
        argument => argument,
    }));
    let limited = ["search", "words", "ngrams", "collocates", "keywords"].contains(name);
    let limit = if question.has_pages { "1000000".to_owned() } else { MOST.to_string() };
    if limited && !rest.contains(&"--limit") {
        arguments.extend(["--limit", &limit]);
    }
    if !rest.contains(&"--format") {
        arguments.extend(["--format", "jsonl"]);
    }
    lines_of(&command(&arguments))
}

/// What the API answers, the rows of all pages.
fn answered(question: &Question, server: &Server, first: &str) -> Vec<Value> {
    let path = question.path.replace("{}", first);
    if !question.has_pages {
        let limited = !path.contains("limit=") && path.contains('?') && !path.contains("frequency");
        let path = if limited { format!("{path}&limit={MOST}") } else { path };
        return (question.of_answer)(json_of(&server.get(&path)));
    }
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let answer = json_of(&server.get(&format!("{path}&limit={PAGE}{cursor}")));
        let next = answer["next"].as_str().map(str::to_owned);
        rows.extend((question.of_answer)(answer));
        match next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}

/// The first difference between two lists of rows, in words.
fn difference(question: &Question, place: &str, here: &[Value], there: &[Value]) -> Option<String> {
    let name = format!("{:?}: {place}", question.command);
    if let Some(index) = here.iter().zip(there).position(|(here, there)| here != there) {
        let field = |(name, value): (&String, &Value)| {
            let other = &there[index][name];
            (value != other).then(|| format!("{name}: {value} is {other} there"))
        };
        let fields = here[index].as_object().into_iter().flatten().find_map(field);
        let fields = fields.unwrap_or_else(|| format!("{} is {} there", here[index], there[index]));
        return Some(format!("{name}, row {index}: {}", fields.chars().take(600).collect::<String>()));
    }
    (here.len() != there.len()).then(|| format!("{name}: {} rows here, {} there", here.len(), there.len()))
}

fn lines(lines: Vec<Value>) -> Vec<Value> {
    lines
}

fn items(answer: Value) -> Vec<Value> {
    answer["items"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
}

fn one(answer: Value) -> Vec<Value> {
    vec![answer]
}

fn rows_of_scan(mut lines: Vec<Value>) -> Vec<Value> {
    lines.pop();
    lines
}

fn rows_and_totals(mut lines: Vec<Value>) -> Vec<Value> {
    lines.pop().into_iter().map(|last| last["totals"].clone()).collect()
}

fn totals_of_answer(answer: Value) -> Vec<Value> {
    vec![answer["totals"].clone()]
}

fn facets_of_command(mut lines: Vec<Value>) -> Vec<Value> {
    lines.pop().into_iter().collect()
}

fn facets(answer: Value) -> Vec<Value> {
    vec![json!({"facets": answer["facets"]})]
}

fn plot_of_command(lines: Vec<Value>) -> Vec<Value> {
    lines
}

/// The whole answer, its rows under the name that the command line has for them.
fn whole_plot(mut answer: Value) -> Vec<Value> {
    let plot = answer["items"].take();
    let fields = answer.as_object_mut().unwrap();
    fields.remove("items");
    fields.insert("plot".to_owned(), plot);
    vec![answer]
}

/// What both say of a cluster: its number, and of each document place, relation and similarity, the survivor first.
fn cluster(cluster: &Value) -> Value {
    let documents = cluster["documents"].as_array().unwrap().iter();
    let documents = documents.map(|copy| json!([copy["document"], copy["relation"], copy["similarity"]]));
    json!({"cluster": cluster["cluster"], "documents": documents.collect::<Vec<_>>()})
}

fn clusters_of_command(lines: Vec<Value>) -> Vec<Value> {
    lines.iter().filter(|line| line["cluster"].is_u64()).map(cluster).collect()
}

fn clusters(answer: Value) -> Vec<Value> {
    items(answer).iter().map(cluster).collect()
}

fn shared_of_command(lines: Vec<Value>) -> Vec<Value> {
    let rows = lines.into_iter().filter(|line| line["shared"].is_array());
    let n_documents = |line: &Value| line["shared"].as_array().map_or(0, Vec::len);
    rows.map(|line| json!([n_documents(&line), line["blocks"], line["characters"], line["begins"]])).collect()
}

fn shared(answer: Value) -> Vec<Value> {
    let n_documents = |row: &Value| row["documents"].as_array().map_or(0, Vec::len);
    let rows = answer["shared"].as_array().unwrap().iter();
    rows.map(|row| json!([n_documents(row), row["blocks"], row["characters"], row["begins"]])).collect()
}

/// What a command writes to standard output. It may find nothing.
fn command(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    let output = command.args(arguments).arg("--quiet").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn lines_of(text: &str) -> Vec<Value> {
    text.lines().map(json_of).collect()
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text)
        .unwrap_or_else(|error| panic!("{error}: {}", text.chars().take(300).collect::<String>()))
}
