//! Answers from the seeds and from small pages.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use corpus_core::{Document, Record, Registry};
use corpus_query::{
    CollocateOptions, Context, Counted, Engine, Field, Form, KwicOptions, Line, Query, Scope, SearchOptions,
    Step,
};
use proptest::prelude::*;

fn page(uri: &'static str, text: &str) -> Document {
    Registry::core().parse_all(&Record::new(uri, text.as_bytes())).remove(0)
}

fn seeds() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let parse = |path: std::path::PathBuf| {
        let uri = path.file_name().unwrap().to_string_lossy().into_owned();
        Registry::core().parse_all(&Record::new(uri, std::fs::read(path).unwrap()))
    };
    files.into_iter().flat_map(parse).collect()
}

fn lines(engine: &Engine, query: &str, scope: &str) -> Vec<Line> {
    let options = KwicOptions::new().scope(scope.parse().unwrap());
    engine.kwic(&Query::parse(query), &options).unwrap().lines
}

#[test]
fn copied_text_counts_once() {
    let documents = seeds();
    let engine = Engine::memory(&documents);
    assert_eq!(lines(&engine, "Ukrain*", "article,embedded").len(), 17);
    assert_eq!(lines(&engine, "Ukrain*", "all").len(), 19);
    let options = KwicOptions::new().scope(Scope::all()).duplicates(true);
    assert_eq!(engine.kwic(&Query::parse("Ukrain*"), &options).unwrap().lines.len(), 33);
}

#[test]
fn a_line_is_where_it_says() {
    let documents = seeds();
    let engine = Engine::memory(&documents);
    for line in lines(&engine, "Kremlin OR Belarus* OR “military base”", "all") {
        let document =
            documents.iter().find(|document| document.id.as_str() == line.location.document).unwrap();
        let [start, end] = line.location.span.byte;
        assert_eq!(document.text[start..end], line.matched);
        assert!(document.text[..start].ends_with(&line.before));
        assert!(document.text[end..].starts_with(&line.after));
        let [first, last] = line.location.span.char;
        let covered: String = document.text.chars().skip(first).take(last - first).collect();
        assert_eq!(covered, line.matched);
        let utf16: Vec<u16> = document.text.encode_utf16().collect();
        let [first, last] = line.location.span.utf16;
        assert_eq!(String::from_utf16(&utf16[first..last]).unwrap(), line.matched);
        let of_line = document.text.lines().nth(line.location.line - 1).unwrap();
        let from: String = of_line.chars().skip(line.location.column - 1).collect();
        assert!(from.starts_with(&line.matched), "{from}");
    }
}

const HARBOUR: &str = "The harbour froze over\n\nOn Monday the harbour’s master said: “No ferry will leave the old \
harbour before the ice-breaker comes.” The ferry company waits.\n\nThe ice-breaker came on Friday, and the Ferry left \
the harbour with mail and twelve passengers on board.\n";

#[test]
fn queries_find_what_they_say() {
    let documents = [page("harbour.txt", HARBOUR)];
    let engine = Engine::memory(&documents);
    for (query, expected) in [
        ("harbour", 4),
        ("HARBOUR'S", 4),
        ("\"ice breaker\"", 2),
        ("ice-breaker", 2),
        ("ferr*", 3),
        ("habrour~1", 4),
        ("\"ferry harbour\"~4", 3),
        ("ferry -mail", 0),
        ("ferry AND mail", 4),
        ("(mail OR post) ferry", 4),
        ("title:froze mail", 1),
        ("title:thaw mail", 0),
        ("role:title harbour", 1),
        ("[word=\"the\"] []{0,1} [word=\"harbour\"]", 4),
        ("[word=\"harbour\"] within <quotation/>", 1),
        ("[word=\"(?-i)Ferry\"]", 1),
        ("[stem=\"passenger\"]", 1),
        ("<s/> containing [word=\"mail\"]", 1),
        ("", 0),
        ("((", 0),
        ("[word=", 0),
    ] {
        assert_eq!(lines(&engine, query, "article").len(), expected, "{query}");
    }
}

#[test]
fn context_ends_where_the_passage_does() {
    let documents = [page("harbour.txt", HARBOUR)];
    let engine = Engine::memory(&documents);
    let kwic = |context| {
        let options = KwicOptions::new().context(context);
        let found = engine.kwic(&Query::parse("froze OR board"), &options).unwrap().lines;
        found.into_iter().map(|line| (line.before, line.after)).collect::<Vec<_>>()
    };
    let whole =
        "The ice-breaker came on Friday, and the Ferry left the harbour with mail and twelve passengers on ";
    assert_eq!(kwic(Context::Words(2))[0], ("The harbour ".to_owned(), " over".to_owned()));
    assert_eq!(kwic(Context::Sentence)[1], (whole.to_owned(), ".".to_owned()));
    assert_eq!(kwic(Context::Characters(500))[1].0, whole);
    assert_eq!(kwic(Context::Characters(4))[1], (" on ".to_owned(), ".".to_owned()));
    assert_eq!(kwic(Context::Characters(0))[1], (String::new(), String::new()));
}

#[test]
fn a_sample_is_the_same_for_the_same_seed() {
    let documents = seeds();
    let engine = Engine::memory(&documents);
    let sample = |seed| {
        let options = KwicOptions::new().sample(5, seed);
        engine.kwic(&Query::parse("the"), &options).unwrap()
    };
    assert_eq!(sample(1).lines, sample(1).lines);
    assert_ne!(sample(1).lines, sample(2).lines);
    assert!(sample(1).total.value > 5);
}

#[test]
fn pages_of_hits_go_on_where_the_last_one_ended() {
    let documents = seeds();
    let engine = Engine::memory(&documents);
    let query = Query::parse("Belarus");
    let all = engine.search(&query, &SearchOptions::new().limit(1000)).unwrap();
    assert!(all.next.is_none() && all.total.exact);
    let (mut cursor, mut items) = (None, Vec::new());
    loop {
        let page = engine.search(&query, &SearchOptions::new().limit(3).cursor(cursor)).unwrap();
        items.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(items, all.items);
    let other = SearchOptions::new().cursor(Some("0123456789abcdef5".to_owned()));
    assert!(engine.search(&query, &other).unwrap_err().to_string().contains("another question"));
}

#[test]
fn counts_agree_with_each_other() {
    let documents = seeds();
    let engine = Engine::memory(&documents);
    let counted = Counted::new();
    let words = engine.words(&counted, Form::Word, 1, usize::MAX).unwrap();
    assert_eq!(words.tokens, words.words.iter().map(|word| word.count).sum::<u64>());
    let runs = engine.ngrams(&counted, 1, 1, usize::MAX).unwrap();
    assert_eq!((runs.total, runs.types), (words.tokens, words.types));
    let query = Query::parse("Belarus");
    let belarus = words.words.iter().find(|word| word.word == "belarus").unwrap();
    let dispersion = engine.dispersion(&query, &counted).unwrap();
    assert_eq!((dispersion.matches, dispersion.range), (belarus.count, belarus.documents));
    assert!((dispersion.juilland_d - belarus.dispersion).abs() < 1e-9);
    let frequency = engine.frequency(&query, &counted, Step::Year).unwrap();
    assert_eq!(frequency.matches, belarus.count);
    let beside = engine.collocates(&query, &counted, &CollocateOptions::new().least(1)).unwrap();
    assert_eq!(beside.matches, belarus.count);
    assert_eq!(beside.window, beside.collocates.iter().map(|collocate| collocate.together).sum::<u64>());
    let none = engine.keywords(&engine, &counted, Form::Word, 1, 10, false).unwrap();
    assert_eq!(none.keywords, [], "nothing is more frequent here than here");
}

proptest! {
    #[test]
    fn any_string_is_a_query(query in r#"([a-z]{1,4}|AND|OR|NOT|title:|date:|[ "()\[\]{}<>*~\-:/!&|=“”’\\?+,0-9é]){0,24}"#) {
        let documents = [page("harbour.txt", HARBOUR)];
        let engine = Engine::memory(&documents);
        for query in [Query::parse(&query), Query::cql(&query), Query::plain(&query)] {
            let found = engine.kwic(&query, &KwicOptions::new().scope(Scope::all())).unwrap();
            for line in &found.lines {
                let [start, end] = line.location.span.byte;
                prop_assert_eq!(&documents[0].text[start..end], &line.matched);
            }
            // What is written out again means the same.
            if query.warnings.is_empty() {
                let again = Query::parse(&query.explain().text);
                prop_assert_eq!(again.explain().text, query.explain().text);
            }
        }
    }

    #[test]
    fn any_text_is_a_query(query in r"\PC{0,30}") {
        let documents = [page("harbour.txt", HARBOUR)];
        let engine = Engine::memory(&documents);
        engine.search(&Query::parse(&query), &SearchOptions::new().facets(true)).unwrap();
    }
}

#[test]
fn patterns_fold_as_words_do_and_may_begin_with_a_parenthesis() {
    let text =
        "Le port\n\nL’économie du port de l’Œuvre va mal, dit un économiste au café. Les cafés ferment.\n";
    let documents = [page("port.txt", text)];
    let engine = Engine::memory(&documents);
    let found = |query: &str| {
        let query = Query::parse(query);
        assert!(query.warnings.is_empty(), "{query:?}");
        engine.kwic(&query, &KwicOptions::new().scope(Scope::all())).unwrap().lines.len()
    };
    for (query, n) in [
        (r#"[word="économi.*"]"#, 2),
        (r#"[word="ÉCONOMI\w+"]"#, 2),
        (r#"[word="cafés?"]"#, 2),
        (r#"[word="caf[éè]s?"]"#, 2),
        (r#"[word="œuvres?"]"#, 1),
        (r#"[word="l’"] [word="é.*"]"#, 1),
        (r#"([word="un"] | [word="le"]) [word="économiste"]"#, 1),
        ("économie", 1),
        ("\"l'économie du port\"", 1),
    ] {
        assert_eq!(found(query), n, "{query}");
    }
}

#[test]
fn documents_are_found_by_fields_alone_as_search_finds_them() {
    let documents = [
        page("harbour.txt", HARBOUR),
        page("port.txt", "The port\n\nNothing left the port for a week, it is said.\n"),
    ];
    let engine = Engine::memory(&documents);
    for query in
        ["part:article", "NOT harbour", "title:port", "language:en", "file:port.txt", "harbour", "role:title"]
    {
        let query = Query::parse(query);
        let found = engine.search(&query, &SearchOptions::new()).unwrap();
        let mut hits: Vec<String> = found.items.into_iter().map(|hit| hit.location.document).collect();
        hits.sort();
        hits.dedup();
        let ids: Vec<String> = engine.documents(&query, &Scope::default()).unwrap().into_iter().collect();
        assert_eq!(ids, hits, "{query:?}");
        assert!(!ids.is_empty(), "{query:?}");
    }
}

#[test]
fn a_word_that_only_one_side_has_is_a_keyword_of_it() {
    let (one, other) = (
        [page("harbour.txt", HARBOUR)],
        [page("port.txt", "The port\n\nNothing left the port for a week, it is said.\n")],
    );
    let [here, there] = [&one, &other].map(|documents| Engine::memory(documents.iter()));
    let counted = Counted::new();
    let words = |negative| {
        let found = here.keywords(&there, &counted, Form::Word, 1, 1000, negative).unwrap().keywords;
        found.into_iter().map(|keyword| keyword.word).collect::<Vec<_>>()
    };
    let (more, less) = (words(false), words(true));
    let all = here.words(&counted, Form::Word, 1, 1000).unwrap().words;
    assert!(
        all.iter().all(|word| more.contains(&word.word) != less.contains(&word.word)),
        "{more:?} {less:?}"
    );
    assert!(more.contains(&"harbour".to_owned()) && less.contains(&"port".to_owned()));
}

/// Each query that docs/query.md shows is one, and its fields are all there.
#[test]
fn what_the_documentation_shows_is_understood() {
    let page = include_str!("../../../docs/query.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let queries: Vec<String> = rows.map(|(query, _)| query.replace("\\|", "|")).collect();
    assert!(queries.len() > 30, "{queries:?}");
    for query in &queries {
        let understood = Query::parse(query).explain();
        assert!(
            understood.warnings.is_empty() && !understood.text.is_empty(),
            "{query}: {:?}",
            understood.warnings
        );
    }
    for (_, names) in Field::ALL {
        let is_named = |name: &&str| page.contains(&format!("`{name}:"));
        assert!(names.iter().all(is_named), "{names:?} are in docs/query.md");
    }
}
