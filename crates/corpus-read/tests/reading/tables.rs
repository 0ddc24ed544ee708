//! Tables of comma- and tab-separated values: rows are records.

use crate::folder::{Folder, Outcome, gzip};
use corpus_read::{Mapping, Options, RejectKind, read};
use proptest::{collection::vec, prelude::*};
use std::io::{self, Cursor, Read};

fn outcome(name: &str, text: &str) -> Outcome {
    Folder::with(name, text).read(&Options::new())
}

#[test]
fn a_row_is_a_record_by_the_names_of_its_columns() {
    let text = "\u{feff}id,Title,URL,Date,Text\r\n\
                7,Ice,https://a.example/7,2014-05-13,\"The harbour froze, \"\"again\"\".\r\n\r\nFor a week.\"\r\n\
                \r\n\
                8,,,,The ferry left.";
    for (name, bytes) in [("a.csv", text.as_bytes().to_vec()), ("a.csv.gz", gzip(text))] {
        let outcome = Folder::with(name, bytes).read(&Options::new());
        assert_eq!(outcome.pages(), ["The harbour froze, \"again\".\r\n\r\nFor a week.", "The ferry left."]);
        assert_eq!(outcome.rejects, []);
        let [first, second] = &*outcome.records else { panic!("two records") };
        let metadata = &first.metadata;
        assert_eq!(
            [&metadata.id, &metadata.url, &metadata.date].map(Option::as_deref),
            [Some("7"), Some("https://a.example/7"), Some("2014-05-13")]
        );
        assert_eq!((first.title.as_deref(), second.title.as_deref()), (Some("Ice"), None));
        assert_eq!((second.metadata.id.as_deref(), second.metadata.url.as_deref()), (Some("8"), None));
        let places = outcome.records.iter().map(|record| record.place.clone().unwrap());
        let places: Vec<_> = places.map(|place| (place.index, place.offset as usize)).collect();
        let second = text.find("8,,").unwrap();
        assert_eq!(places, [(0, text.find("7,Ice").unwrap()), (1, second)]);
    }
}

#[test]
fn tabs_semicolons_and_mapped_columns_are_known() {
    assert_eq!(outcome("a.tsv", "id\ttext\n1\tOne, two; three.\n").pages(), ["One, two; three."]);
    assert_eq!(outcome("a.csv", "id;text\n1;One, two.\n").pages(), ["One, two."]);
    let mapping: Mapping = "text=body,id=no".parse().unwrap();
    let folder = Folder::with("a.csv", "no,text,body\n1,short,The whole page.\n");
    let outcome = folder.read(&Options::new().mapping(mapping));
    assert_eq!(outcome.pages(), ["The whole page."]);
    assert_eq!(outcome.records[0].metadata.id.as_deref(), Some("1"));
    // Of the page's columns the mark-up goes first, and what is empty is none.
    assert_eq!(self::outcome("a.csv", "text,html\na,<p>b\n").pages(), ["<p>b"]);
}

#[test]
fn what_is_no_row_is_set_aside_and_the_others_go_on() {
    let long = "x".repeat(2000);
    let text = format!("id,text\n1,One.\n2,Two, and more.\n3\n4,\n5,{long}\n6,\"Six\n7,Seven.\"\n8,\"Eight");
    let mut bytes = text.into_bytes();
    let six = bytes.windows(3).position(|window| window == b"Six").unwrap();
    bytes.splice(six - 3..six - 3, b"5b,caf\xe9\n".iter().copied());
    let outcome = Folder::with("a.csv", bytes).read(&Options::new().max_record(1000));
    assert_eq!(outcome.pages(), ["One.", "Six\n7,Seven."]);
    let found: Vec<_> = outcome.rejects.iter().map(|reject| (reject.kind, reject.line.unwrap())).collect();
    let expected = [
        (RejectKind::Columns, 3),
        (RejectKind::Columns, 4),
        (RejectKind::Empty, 5),
        (RejectKind::TooLong, 6),
        (RejectKind::Utf8, 7),
        (RejectKind::Cut, 10),
    ];
    assert_eq!(found, expected);
    assert_eq!(outcome.rejects[0].reason, "the row has 3 values, the header 2");
}

#[test]
fn rows_of_any_length_and_number_of_values_take_no_more_than_their_room() {
    let text = format!("id,text\n1,{}\n2,One.\n3,{}\n4,Two.\n", "\"\",".repeat(300_000), "y".repeat(900_000));
    let outcome = Folder::with("a.csv", text).read(&Options::new().max_record(2000));
    assert_eq!(outcome.pages(), ["One.", "Two."]);
    assert_eq!(outcome.kinds(), [RejectKind::TooLong, RejectKind::TooLong]);
}

#[test]
fn a_table_without_pages_is_set_aside_and_one_column_is_a_text() {
    let outcome = self::outcome("a.csv", "year,population\n1900,12\n");
    assert_eq!(outcome.reject().kind, RejectKind::NoPage);
    assert_eq!(outcome.reject().reason, "no column holds the page; the columns are \"year\", \"population\"");
    assert_eq!(self::outcome("a.csv", "The ferry left.\nIt came back.\n").pages().len(), 1);
    assert_eq!(self::outcome("a.csv", "id,text\n").reject().kind, RejectKind::Empty);
    assert_eq!(self::outcome("a.csv", "id,\0text\n\0").kinds().len(), 1);
}

#[test]
fn a_stream_is_a_table_where_its_header_says_so() {
    let rows = |name: &str, text: &'static str| {
        Outcome::of(read(Cursor::new(text), name, &Options::new()).unwrap()).pages()
    };
    assert_eq!(rows("-", "id,text\n1,One.\n2,Two.\n"), ["One.", "Two."]);
    assert_eq!(rows("-", "text, at length\nand more\n").len(), 1);
    assert_eq!(rows("a.txt", "id,text\n1,One.\n"), ["id,text\n1,One.\n"]);
}

/// A stream that gives few bytes at a time.
struct Trickle(Cursor<Vec<u8>>, usize);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = buffer.len().min(self.1);
        self.0.read(&mut buffer[..n])
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_writer_wrote_is_read(
        rows in vec(("[a-z,\"\r\n;\t é]{0,20}", "[a-z,\"\r\n;\t é]{1,30}"), 1..40),
        repeat in 1..20_usize,
        step in 1..300_usize,
        ends_in_newline: bool,
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["url", "text"]).unwrap();
        let rows: Vec<_> = rows.iter().cycle().take(rows.len() * repeat).collect();
        for (url, text) in &rows {
            writer.write_record([url, text]).unwrap();
        }
        let mut bytes = writer.into_inner().unwrap();
        if !ends_in_newline {
            bytes.pop();
        }
        let trickle = Trickle(Cursor::new(bytes.clone()), step);
        let outcome = Outcome::of(read(trickle, "a.csv", &Options::new()).unwrap());
        let right: Vec<_> = rows.iter().map(|(_, text)| text.clone()).collect();
        prop_assert!(outcome.pages() == right, "{:?}", outcome.rejects);
        for (record, (url, _)) in outcome.records.iter().zip(&rows) {
            prop_assert_eq!(record.metadata.url.as_deref().unwrap_or_default(), url.trim());
        }
        // Each place is where its row begins.
        let mut lines = csv::ReaderBuilder::new().from_reader(&*bytes);
        let starts: Vec<_> = lines.byte_records().map(|row| row.unwrap().position().unwrap().byte()).collect();
        let offsets: Vec<_> = outcome.records.iter().map(|record| record.place.as_ref().unwrap().offset).collect();
        prop_assert_eq!(offsets, starts);
    }
}
