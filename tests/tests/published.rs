//! When an article was published: what says so, which of several wins, and what stays open.

use corpus_core::{Document, Metadata, Record, Registry};

const BODY: &str =
    "The harbour council of Vellmar approved a plan on Tuesday to dredge the northern channel, at last.";

/// The date of publication with its method and evidence, as JSON has it.
fn published(head: &str, url: Option<&str>, date: Option<&str>) -> String {
    let page = format!("A channel reopens after years\n\n{head}\n\n{BODY}\n\n{BODY}\n");
    let metadata = Metadata { id: None, url: url.map(str::to_owned), date: date.map(str::to_owned) };
    let record = Record::new("page.txt", page.as_bytes()).with_metadata(metadata);
    let documents: Vec<Document> = Registry::core().parse_all(&record);
    let part = documents[0].article().map(|part| part.published.clone());
    serde_json::to_string(&part).unwrap_or_default()
}

#[test]
fn the_page_goes_before_its_address_and_the_address_before_the_record() {
    let (stamp, url, date) =
        ("14 March 2019 09:30", "https://gazette.example/2018/05/06/channel", "2017-01-02");
    assert_eq!(
        published(stamp, Some(url), Some(date)),
        r#"{"edtf":"2019-03-14","timestamp":"2019-03-14T09:30","method":"timestamp","evidence":[{"span":[31,50]}]}"#
    );
    assert_eq!(
        published("", Some(url), Some(date)),
        r#"{"edtf":"2018-05-06","method":"url","evidence":[{"field":"record.url","value":"https://gazette.example/2018/05/06/channel"}]}"#
    );
    assert_eq!(
        published("", Some("https://gazette.example/channel"), Some(date)),
        r#"{"edtf":"2017-01-02","method":"record","evidence":[{"field":"record.date","value":"2017-01-02"}]}"#
    );
}

#[test]
fn what_nobody_says_stays_open() {
    assert_eq!(published("", None, None), "null");
    assert_eq!(published("", Some("https://gazette.example/id/20190"), Some("last week")), "null");
}

#[test]
fn a_stamp_of_the_site_is_no_date_of_publication() {
    assert_eq!(published("Review stage:\n14 March 2019 09:30", None, None), "null");
    assert_eq!(published("Last updated 14 March 2019", None, None), "null");
}
