//! Events of small texts, one behaviour each.

use crate::annotator::Annotators;
use corpus_core::{Record, Registry};

/// Words, local id and date of each mention; "-" where no date is said.
fn events(text: &str) -> Vec<String> {
    let mut record = Record::new("page.txt", text.as_bytes().to_vec());
    record.metadata.date = Some("2021-06-10".to_owned());
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    let events = document.annotations.iter().filter(|annotation| annotation.layer == "event");
    events
        .map(|event| {
            let field = |name: &str| event.value[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", &document.text[event.span.range()], field("event"), field("when"))
        })
        .collect()
}

#[test]
fn every_mention_has_the_date_that_one_says() {
    assert_eq!(
        events("Ada Holm met Bo Dahl in Oslo. The meeting on May 3, 2021 lasted two hours."),
        ["met event-1 2021-05-03", "meeting event-1 2021-05-03"]
    );
}

#[test]
fn what_points_back_is_nothing_new() {
    assert_eq!(
        events("Ada Holm met Bo Dahl on May 3, 2021. Nothing was signed at that meeting, said Ines Prado."),
        ["met event-1 2021-05-03", "meeting event-1 2021-05-03"]
    );
    assert!(events("Ines Prado said that such talks bore her, and that those talks bore all.").len() < 2);
}

#[test]
fn the_date_of_a_remark_is_not_that_of_the_event() {
    assert_eq!(events("On May 3, 2021, Ada Holm disclosed details of a visit to Oslo."), ["visit event-1 -"]);
    assert_eq!(
        events("Ada Holm said on May 3, 2021 that the visit to Oslo would be short."),
        ["visit event-1 -"]
    );
    assert_eq!(
        events("They discussed the signing of the gas deal with Norway for May 2022."),
        ["signing event-1 -"]
    );
}

#[test]
fn what_lasts_begins_on_its_date() {
    assert_eq!(
        events("The naval exercise near Bergen began on May 3, 2021."),
        ["naval exercise event-1 2021-05-03/.."]
    );
}

#[test]
fn an_election_with_a_place_and_one_with_a_year_are_two() {
    let found = events(
        "The presidential election in Chile was close. The presidential election of 2024 will be too.",
    );
    assert_eq!(found, ["presidential election event-1 -", "presidential election event-2 2024"]);
}
