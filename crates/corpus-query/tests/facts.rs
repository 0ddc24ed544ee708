//! Facts of many facts are found in linear time, and what a pattern asks for that nothing has is said.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use corpus_core::{Annotation, Document, Record, Registry, Span};
use corpus_query::{Deadline, Engine, ErrorKind, KwicOptions, Query};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn page(text: &str) -> Document {
    Registry::core().parse_all(&Record::new("page.txt", text.as_bytes())).remove(0)
}

fn annotate(document: &mut Document, layer: &'static str, span: Span, value: Value) {
    document.annotations.push(Annotation {
        span,
        layer: layer.into(),
        value,
        rule: "test".into(),
        confidence: 1.0,
    });
}

/// A page of so many sentences, each a statement of one of two people about a ship, and all of them one more.
fn statements(count: usize) -> Document {
    let sentence = |n: usize| format!("{} said that ferry {n} was late.", ["Ada", "Olaf"][n % 2]);
    let text: Vec<String> = (0..count).map(sentence).collect();
    let mut document = page(&format!("The ferries are late\n\n{}\n", text.join(" ")));
    let mut at = document.text.find("Ada").unwrap();
    let whole = Span::new(at, document.text.trim_end().len());
    for (n, sentence) in text.iter().enumerate() {
        let person = Span::new(at, at + sentence.find(' ').unwrap());
        let entity = ["n1", "n2"][n % 2];
        annotate(&mut document, "name", person, json!({"type": "PER", "entity": entity}));
        let value = json!({"speaker": [person.start, person.end], "entity": entity});
        // Statements that lie in one another, as deep as there are statements.
        annotate(&mut document, "statement", Span::new(at, at + sentence.len()), value.clone());
        annotate(&mut document, "statement", Span::new(at, whole.end), value);
        at += sentence.len() + 1;
    }
    document.annotations.sort_by_key(|annotation| (annotation.span, annotation.layer.clone()));
    document
}

fn matched(document: &Document, query: &str) -> Vec<String> {
    let found = Engine::memory([document]).kwic(&Query::parse(query), &KwicOptions::new()).unwrap();
    found.lines.into_iter().map(|line| line.matched).collect()
}

#[test]
fn facts_hold_together() {
    let document = statements(4);
    assert_eq!(matched(&document, "(speaker:Ada ferry)").len(), 4, "the first of Ada's goes on to the end");
    assert_eq!(matched(&document, "(speaker:Ada \"ferry 0\")"), ["ferry 0"]);
    assert_eq!(matched(&document, "(speaker:Olaf NOT speaker:Ada \"ferry 0\")"), [""; 0]);
    assert_eq!(matched(&document, "(speaker:Olaf person:Ada)").len(), 1, "the one that goes on to Ada's");
    assert_eq!(matched(&document, "(speaker:Ada NOT person:Olaf \"ferry 2\")"), ["ferry 2"]);
    assert_eq!(matched(&document, "(speaker:Ada NOT ferry)"), [""; 0]);
}

#[test]
fn thousands_of_facts_take_no_time() {
    let document = statements(20_000);
    let engine = Engine::memory([&document]);
    let query = Query::parse("(speaker:Ada person:Olaf ferry NOT tugboat)");
    let begun = Instant::now();
    assert!(!engine.kwic(&query, &KwicOptions::new()).unwrap().lines.is_empty());
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn a_deadline_holds_within_one_part() {
    let document = page(&format!("The ferries\n\n{}\n", "The ferry is late again.\n\n".repeat(2000)));
    let engine = Engine::memory([&document]).until(Deadline::at(Instant::now()));
    let error = engine.kwic(&Query::parse("ferry"), &KwicOptions::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Deadline);
}

#[test]
fn what_no_token_and_no_span_is_called_is_said() {
    let warned = |query: &str| {
        let warnings = Query::parse(query).warnings;
        warnings.into_iter().map(|warning| (warning.position, warning.message)).collect::<Vec<_>>()
    };
    let warnings = warned("[word=\"the\"] [ poss=\"NN\"]");
    assert_eq!(warnings[0].0, 15);
    assert!(warnings[0].1.contains("\"poss\"") && warnings[0].1.contains("word, stem, role"), "{warnings:?}");
    assert_eq!(warned("[word=\"the\"] within <quotatoin/>")[0].0, 21);
    for known in [
        "[word=\"the\" & !stem=\"a\"] within quotation",
        "[pos=\"NN\"] within <paragraph/>",
        "[person=\"Ada\"]",
        "([word=\"a\"] | [role=\"title\"]) containing <money/>",
        "[lemma=\"be\"] within <sentence/>",
    ] {
        assert_eq!(warned(known), [], "{known}");
    }
    assert_eq!(warned("[word=(a]").len(), 1);
}

#[test]
fn a_tag_that_no_document_has_is_said() {
    let mut document = page("The ferries\n\nThe ferries to Oslo were late again on Monday.\n");
    let query = Query::parse("[lemma=\"ferry\"] [pos=\"PART\"]");
    let warnings = Engine::memory([&document]).warnings(&query);
    assert_eq!(warnings.iter().map(|warning| warning.position).collect::<Vec<_>>(), [1, 17]);
    let start = document.text.rfind("ferries").unwrap();
    annotate(&mut document, "lemma", Span::new(start, start + 7), json!({"lemma": "ferry"}));
    let warnings = Engine::memory([&document]).warnings(&query);
    assert!(warnings.len() == 1 && warnings[0].message.contains("no document has pos"), "{warnings:?}");
}

#[test]
fn what_a_tagger_says_of_a_word_holds_of_each_token_of_it() {
    let mut document =
        page("The ice-breaker of L’économie\n\nThe Danish ice-breaker helped L’économie a lot.\n");
    let body = document.text.find("Danish").unwrap();
    let mut tag = |word: &str, lemma: &str, upos: &str| {
        let start = body + document.text[body..].find(word).unwrap();
        let span = Span::new(start, start + word.len());
        annotate(&mut document, "lemma", span, json!({ "lemma": lemma }));
        annotate(&mut document, "pos", span, json!({ "upos": upos }));
    };
    tag("ice-breaker", "ice-breaker", "NOUN");
    tag("helped", "help", "VERB");
    tag("L’économie", "l'économie", "PROPN");
    assert_eq!(matched(&document, "[lemma=\"ice-breaker\"]"), ["ice", "breaker"]);
    assert_eq!(matched(&document, "[lemma=\"ice-breaker\"]+ [upos=\"VERB\"]"), ["ice-breaker helped"]);
    assert_eq!(matched(&document, "[word=\"breaker\" & upos=\"NOUN\"]"), ["breaker"]);
    assert_eq!(matched(&document, "[lemma=\"help\"] [pos=\"PROPN\"]+"), ["helped L’économie"]);
    assert_eq!(matched(&document, "[lemma=\"l'économie\"] [word=\"a\"]"), ["économie a"]);
    // A fact of another layer that begins where a token does is not of that token alone.
    let mut document = page("The Danish ice-breaker helped.\n");
    let start = document.text.find("ice").unwrap();
    annotate(&mut document, "ship", Span::new(start, start + 11), json!({ "kind": "breaker" }));
    annotate(&mut document, "lemma", Span::new(start, start + 11), json!({ "lemma": "ice-breaker" }));
    assert_eq!(matched(&document, "[kind=\"breaker\"]"), [""; 0]);
    assert_eq!(matched(&document, "[lemma=\"ice-breaker\"]{2}"), ["ice-breaker"]);
}
