//! Citations of small texts, one behaviour each.

use crate::annotator::Annotators;
use corpus_core::{Record, Registry};

/// Words and outlets of each citation.
fn cited(text: &str) -> Vec<String> {
    let mut document =
        Registry::core().parse_all(&Record::new("page.txt", text.as_bytes().to_vec())).remove(0);
    Annotators::core().annotate(&mut document);
    document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "citation")
        .map(|annotation| {
            let outlets = annotation.value["outlets"].as_array().map_or(&[][..], Vec::as_slice);
            let names: Vec<&str> = outlets.iter().filter_map(|outlet| outlet["name"].as_str()).collect();
            format!("{}: {}", &document.text[annotation.span.start..annotation.span.end], names.join(", "))
        })
        .collect()
}

#[test]
fn outlets_and_a_date_in_brackets() {
    assert_eq!(
        cited("The pier was lost (Harbour Post, Reuters, May 3, 2009)."),
        ["(Harbour Post, Reuters, May 3, 2009): Harbour Post, Reuters"]
    );
    assert_eq!(
        cited("The pier was lost (see NQR, May 3; Reuters, May 4)."),
        ["(see NQR, May 3; Reuters, May 4): NQR, Reuters"]
    );
}

#[test]
fn other_brackets_cite_nothing() {
    assert!(
        cited("The Port Union (PUX) met (see Part Two), which (in earlier years) it had not.").is_empty()
    );
}

#[test]
fn an_outlet_in_the_run_of_a_sentence() {
    assert_eq!(cited("Pires told Reuters that the pier was lost."), ["Reuters: Reuters"]);
    assert_eq!(
        cited("The newspaper “Maré” reported that the pier was lost."),
        ["The newspaper “Maré”: Maré"]
    );
}

#[test]
fn an_outlet_that_is_only_named_is_not_cited() {
    assert!(cited("Pires once worked near the offices of Reuters in town.").is_empty());
}

#[test]
fn an_outlet_is_known_by_the_form_of_its_name() {
    assert_eq!(cited("She told the Marina Courier that it rains."), ["the Marina Courier: Marina Courier"]);
    assert_eq!(cited("According to Gazeta de Olinda, it rains."), ["Gazeta de Olinda: Gazeta de Olinda"]);
    assert!(cited("The Marina Courier sails on Monday.").is_empty());
}
