//! Laws of the annotators on any text at all.

use corpus_annotate::Annotators;
use corpus_core::{Document, Record, Registry};
use proptest::prelude::*;

/// Pieces that expressions of time, sums of money and ends of sentences are made of, in any order.
const PIECES: &[&str] = &[
    "the ",
    "a ",
    "of ",
    "last ",
    "next ",
    "past ",
    "same ",
    "year",
    "years ",
    "week ",
    "month ",
    "day ",
    "days ",
    "ago ",
    "later ",
    "before ",
    "first ",
    "second ",
    "half ",
    "quarter ",
    "Q3 ",
    "2013 ",
    "2013",
    "12:30 ",
    "31 ",
    "May ",
    "Sept. ",
    "March ",
    "Monday ",
    "Mon. ",
    "morning ",
    "early ",
    "mid-",
    "mid-June ",
    "every ",
    "annual ",
    "two ",
    "twenty-five ",
    "hundred ",
    "million ",
    "and ",
    "a half ",
    "$",
    "US$ ",
    "€",
    "1.2m ",
    "dollars ",
    "cents ",
    "francs ",
    "Swiss ",
    "billions ",
    ". ",
    "... ",
    "? ",
    "U.S. ",
    "Mr. ",
    "“",
    "”",
    "\"",
    "(",
    ") ",
    "’s ",
    "'90s ",
    "-",
    "–",
    ", ",
    "\n",
    "\n\n",
    "1990s ",
    "17th century ",
    "10-12-",
    "5–6 ",
    "will ",
    "held ",
    "é",
    "年",
    "\u{301}",
    "now ",
    "today ",
    "in ",
    "since ",
    "until ",
    "by ",
    "Photo: ",
    "Crane ",
    "visit ",
    "99999999999999999999 ",
    "0 ",
    "9999 ",
    "decades ",
    "centuries ",
    "a.m. ",
    "UTC ",
    "of the promised ",
];

fn annotate(text: &str, date: Option<&str>) -> Vec<Document> {
    let mut record = Record::new("any.txt", text.as_bytes());
    record.metadata.date = date.map(str::to_owned);
    let mut documents = Registry::core().parse_all(&record);
    let annotators = Annotators::core();
    for document in &mut documents {
        annotators.annotate(document);
    }
    documents
}

fn check(documents: &[Document]) {
    for document in documents {
        for found in &document.annotations {
            let covered = document.text.get(found.span.range());
            assert!(covered.is_some_and(|text| !text.is_empty()), "{found:?}");
        }
    }
}

fn of_pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn spans_lie_on_characters(text in "\\PC{0,200}", date in prop::option::of(Just("2019-05-16"))) {
        check(&annotate(&text, date));
    }

    #[test]
    fn expressions_in_any_order_are_read(text in of_pieces(), date in prop::option::of(Just("2019-05-16"))) {
        check(&annotate(&text, date));
    }

    #[test]
    fn the_same_text_gives_the_same_facts(text in of_pieces()) {
        prop_assert_eq!(annotate(&text, None), annotate(&text, None));
    }
}
