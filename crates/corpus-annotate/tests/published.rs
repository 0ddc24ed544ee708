//! When an article was written, as far as its own words tell.

#![expect(clippy::unwrap_used, reason = "a test whose article is none has failed")]

use corpus_annotate::Annotators;
use corpus_core::{Evidence, Record, Registry};

/// The days on which an article can have been written, and the words that say so.
fn written(body: &str) -> (String, Vec<String>) {
    let text = format!("A Harbour Without Ships\n\n{body}\n");
    let record = Record::new("page.txt", text.into_bytes()).with_media_type("text/plain");
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    let published = document.parts[0].published.clone().unwrap();
    let evidence = published.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Span { span } => Some(document.text[span.range()].to_owned()),
        _ => None,
    });
    (published.edtf.to_string(), evidence.collect())
}

#[test]
fn more_than_a_year_has_passed_from_the_next_day_on() {
    let told = |length: &str| {
        written(&format!(
            "{length} passed since the strike at the harbour. On March 3, 2018 the strike began, and in April 2018 \
             the port was shut. Since last year its cranes have been sold one by one, and nobody knows what will \
             become of the quays."
        ))
    };
    let (edtf, evidence) = told("More than a year has");
    assert_eq!(edtf, "2019-03-04/2019-12-31");
    assert_eq!(evidence, ["last year", "March 3, 2018", "More than a year"]);
    assert_eq!(told("Over a year has").0, "2019-03-04/2019-12-31");
    assert_eq!(told("A year has").0, "2019-03-03/2019-12-31");
    assert_eq!(told("At least one year has").0, "2019-03-03/2019-12-31");
    // It may have been less.
    assert_eq!(told("Almost a year has").0, "2019-01-01/2019-12-31");
    assert_eq!(told("About a year has").0, "2019-01-01/2019-12-31");
}
