//! Quotations of small texts, one behaviour each.

use crate::annotator::Annotators;
use corpus_core::{Record, Registry};

/// Kind and words of each quotation.
fn quoted(text: &str) -> Vec<String> {
    let mut document =
        Registry::core().parse_all(&Record::new("page.txt", text.as_bytes().to_vec())).remove(0);
    Annotators::core().annotate(&mut document);
    document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "quotation")
        .map(|annotation| {
            let kind = annotation.value["kind"].as_str().unwrap_or_default();
            format!("{kind} {}", &document.text[annotation.span.start..annotation.span.end])
        })
        .collect()
}

#[test]
fn an_apostrophe_is_no_mark() {
    assert!(quoted("The sailors' boats and Ana’s nets weren't lost in the '90s.").is_empty());
}

#[test]
fn marks_within_marks() {
    assert_eq!(
        quoted("“They call it ‘the wall’ here in town,” Pires said."),
        ["utterance “They call it ‘the wall’ here in town,”", "term ‘the wall’"]
    );
}

#[test]
fn a_quotation_runs_over_paragraphs_that_repeat_its_mark() {
    let found = quoted("“The pier is lost for good.\n\n“We shall build another one,” Pires said.");
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("another one,”"));
}

#[test]
fn a_mark_without_a_partner_goes_to_the_end_of_its_paragraph() {
    assert_eq!(
        quoted("Pires said: “The pier is lost for good.\n\nNobody answered her that day."),
        ["utterance “The pier is lost for good."]
    );
}

#[test]
fn marks_around_no_word_quote_nothing() {
    assert!(quoted(&"\"".repeat(1000)).is_empty());
    assert!(quoted("The sign read “…” and « — », then “” again.").is_empty());
    assert_eq!(quoted("The sign read “12” that day."), ["scare “12”"]);
}

#[test]
fn what_marks_are_for() {
    assert_eq!(
        quoted("The so-called “winter rate” was kept by the company “Borealis” for years."),
        ["term “winter rate”", "name “Borealis”"]
    );
    assert_eq!(quoted("Her novel “The Long Quay” was read by few people."), ["title “The Long Quay”"]);
    assert_eq!(quoted("These “experts” had never seen the pier."), ["scare “experts”"]);
}

#[test]
fn guillemets_with_spaces_within_close_before_a_comma() {
    assert_eq!(
        quoted(
            "« Nous avons fait ce qu’il fallait pour le port », a dit Pires. Puis « rien » (« plus rien »)."
        )
        .len(),
        3
    );
    assert_eq!(
        quoted("Pires sagte: »Wir haben den ganzen Tag gewartet.« Dann ging er fort."),
        ["utterance »Wir haben den ganzen Tag gewartet.«"]
    );
}
