//! Amounts of money in sentences of our own, and what became of them.

#![allow(clippy::unwrap_used)]

use corpus_annotate::Annotators;
use corpus_core::{Record, Registry};
use serde_json::Value;

/// The amounts of a sentence: text, value, currency, status.
fn amounts(sentence: &str) -> Vec<(String, Option<f64>, String, String)> {
    let record = Record::new("own.txt", sentence.as_bytes()).with_media_type("text/plain");
    let mut documents = Registry::core().parse_all(&record);
    Annotators::core().annotate(&mut documents[0]);
    let document = &documents[0];
    let money = document.annotations.iter().filter(|annotation| annotation.layer == "money");
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    money
        .map(|money| {
            let value = &money.value;
            let written = document.text[money.span.range()].to_owned();
            (written, value["amount"].as_f64(), text(&value["currency"]), text(&value["status"]))
        })
        .collect()
}

#[track_caller]
fn costs(sentence: &str, written: &str, value: f64, currency: &str) {
    let found = amounts(sentence);
    let found: Vec<_> = found.iter().map(|(text, value, code, _)| (&**text, *value, &**code)).collect();
    assert_eq!(found, [(written, Some(value), currency)], "{sentence}");
}

#[track_caller]
fn became(sentence: &str, status: &str) {
    let found = amounts(sentence);
    let found: Vec<_> = found.iter().map(|(.., status)| &**status).collect();
    assert_eq!(found, [status], "{sentence}");
}

#[test]
fn the_article_before_a_dollar_is_no_prefix() {
    costs("A $40 million loan was signed.", "$40 million", 4e7, "USD");
    costs("It cost A$40 to enter.", "A$40", 40.0, "AUD");
}

#[test]
fn a_hyphen_joins_a_number_and_its_scale() {
    costs("It is a $40-million bridge.", "$40-million", 4e7, "USD");
    costs("They signed a 50-mln guilder loan.", "50-mln guilder", 5e7, "NLG");
}

#[test]
fn wires_write_their_units_short() {
    costs("Net loss was 12 mln dlrs in May.", "12 mln dlrs", 1.2e7, "USD");
    costs("The Bank gave 105 mln stg of help.", "105 mln stg", 1.05e8, "GBP");
    costs("It earned 25 cts a share.", "25 cts", 0.25, "USD");
    costs("Corn rose to 213-1/2 cents a bushel.", "213-1/2 cents", 2.135, "USD");
}

#[test]
fn a_nation_has_its_cents() {
    costs("It fell by 0.7 Australian cents on Monday.", "0.7 Australian cents", 0.007, "AUD");
    costs("The mill in Turin was sold for 500 billion lire.", "500 billion lire", 5e11, "ITL");
}

#[test]
fn what_only_looks_like_a_currency_is_none() {
    for none in [
        "The rapper 50 Cent was there.",
        "The film Million Dollar Baby won.",
        "It owns eight real estate firms.",
    ] {
        assert_eq!(amounts(none), [], "{none}");
    }
}

#[test]
fn what_became_of_an_amount_is_said_by_the_verb_next_to_it() {
    became("The council paid $5 million for the quay.", "paid");
    became("The bridge cost $5 million.", "paid");
    became("The cost of the bridge was $5 million.", "other");
    became("Repairs at a cost of $5 million began.", "other");
    became("The council has not paid $5 million for the quay.", "other");
    became("The mill could be sold for $5 million.", "other");
    became("The mill will be sold for $5 million.", "promised");
    became("The firm, which sold its mill, had revenue of $5 million.", "other");
    became("The council asked for $5 million.", "asked");
    became("The council approved $5 million for the quay.", "confirmed");
}
