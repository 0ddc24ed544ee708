//! Agreements in sentences of our own.

#![allow(clippy::unwrap_used)]

use corpus_annotate::Annotators;
use corpus_core::{Record, Registry};

fn agreements(text: &str) -> Vec<String> {
    let mut documents = Registry::core().parse_all(&Record::new("own.txt", text.as_bytes()));
    Annotators::core().annotate(&mut documents[0]);
    let document = &documents[0];
    let found = document.annotations.iter().filter(|annotation| annotation.layer == "agreement");
    found.map(|found| document.text[found.span.range()].to_owned()).collect()
}

#[test]
fn capitals_throughout_name_nothing() {
    assert_eq!(
        agreements("TERN FILES PLAN FOR NEW HARBOUR\n\nThe council met on Monday in the old hall."),
        [""; 0]
    );
    assert_eq!(agreements("They signed the Harbour Treaty on Monday."), ["Harbour Treaty"]);
}

#[test]
fn a_partner_is_named_whole() {
    assert_eq!(
        agreements("It has a trade agreement with the U.S. that ends in May."),
        ["trade agreement with the U.S."]
    );
    assert_eq!(agreements("Norway reached agreement with Peru."), ["agreement with Peru"]);
    assert_eq!(agreements("It signed an agreement with 47.5 pct of them."), [""; 0]);
}
