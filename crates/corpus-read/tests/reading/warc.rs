//! WARC and WET archives: pages with their provenance, skips, codings, damage.

use crate::{
    archive::{body, members, page, record, records, response},
    folder::{Folder, Outcome, gzip, zstd},
};
use corpus_read::{Options, RejectKind, Skip, open, read};
use std::{collections::BTreeMap, io::Cursor};

fn outcome(bytes: &[u8]) -> Outcome {
    Outcome::of(read(Cursor::new(bytes.to_vec()), "a.warc", &Options::new()).unwrap())
}

fn skips(folder: &Folder) -> BTreeMap<Skip, u64> {
    let mut records = open(&[folder.path("a.warc")], &Options::new()).unwrap();
    let progress = records.progress();
    assert!(records.all(|record| record.is_ok()));
    progress.passed_over().collect()
}

#[test]
fn a_page_has_its_provenance() {
    let records = records(3);
    let plain = records.concat();
    for bytes in [plain.clone(), gzip(&plain), members(&records), zstd(&plain)] {
        let outcome = outcome(&bytes);
        assert!(outcome.rejects.is_empty(), "{:?}", outcome.rejects);
        assert_eq!(outcome.pages(), [body(0), body(1), body(2)]);
        let record = &outcome.records[1];
        assert_eq!(record.metadata.url.as_deref(), Some("https://tides.example/1"));
        assert_eq!(record.fetched.as_deref(), Some("2021-05-04T03:02:01Z"));
        assert_eq!((record.metadata.date.as_deref(), record.metadata.id.as_deref()), (None, None));
        assert_eq!(
            (record.media_type.as_deref(), record.charset.as_deref()),
            (Some("text/html"), Some("utf-8"))
        );
        let place = record.place.as_ref().unwrap();
        assert_eq!(place.id.as_deref(), Some("<urn:uuid:00000000-0000-4000-8000-000000000001>"));
        assert_eq!(place.index, 4);
    }
}

#[test]
fn the_offset_is_that_of_the_member_where_each_record_has_its_own() {
    let records = records(4);
    let offset = |pieces: Vec<Vec<u8>>| pieces[..4].concat().len() as u64;
    let found = |bytes: &[u8]| outcome(bytes).records[1].place.as_ref().unwrap().offset;
    assert_eq!(found(&records.concat()), offset(records.clone()));
    assert_eq!(found(&members(&records)), offset(records.iter().map(gzip).collect()));
    assert_eq!(found(&gzip(records.concat())), offset(records.clone()));
    // Members that hold several records tell nothing of a record.
    let halves = [gzip(records[..3].concat()), gzip(records[3..].concat())].concat();
    assert_eq!(found(&halves), offset(records.clone()));
}

#[test]
fn text_that_was_extracted_is_a_page() {
    let headers = [("WARC-Target-URI", "<https://tides.example/>"), ("Content-Type", "text/plain")];
    let outcome = outcome(&record("conversion", &headers, "High tide at “noon”.".as_bytes()));
    assert_eq!(outcome.pages(), ["High tide at “noon”."]);
    assert_eq!(outcome.records[0].media_type.as_deref(), Some("text/plain"));
    assert_eq!(outcome.records[0].metadata.url.as_deref(), Some("https://tides.example/"));
}

#[test]
fn what_is_no_page_is_counted() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: ";
    let records = [
        records(1).concat(),
        record("revisit", &[], b"HTTP/1.1 200 OK\r\n\r\n"),
        record("continuation", &[], b"more"),
        record("metadata", &[], b"outlink: x"),
        record("of the future", &[], b"?"),
        record("response", &[("WARC-Target-URI", "dns:tides.example"), ("Content-Type", "text/dns")], b"1"),
        response(7, "HTTP/1.1 301 Moved\r\nLocation: /a", b"<p>Moved."),
        response(8, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>Not here."),
        response(9, &format!("{ok}image/png"), b"\x89PNG\r\n\x1a\n"),
        response(9, &format!("{ok}text/css"), b"p { }"),
        response(9, &format!("{ok}text/html"), b""),
    ];
    let expected = [
        (Skip::Request, 1),
        (Skip::Metadata, 2),
        (Skip::Revisit, 1),
        (Skip::Continuation, 1),
        (Skip::Status, 2),
        (Skip::MediaType, 2),
        (Skip::Empty, 1),
        (Skip::Other, 2),
    ];
    assert_eq!(skips(&Folder::with("a.warc", records.concat())), BTreeMap::from(expected));
    // An archive without a page is no fault, one without a record is.
    let outcome = outcome(&records[1]);
    assert!(outcome.records.is_empty() && outcome.rejects.is_empty());
    assert_eq!(self::outcome(b"\r\n").reject().kind, RejectKind::Empty);
}

#[test]
fn codings_come_off() {
    let html = body(1);
    let head = |coding: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coding}");
    let chunked = format!("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &html[..5], html.len() - 5, &html[5..]);
    let compressed = gzip(&html);
    let both = [format!("{:x}\r\n", compressed.len()).as_bytes(), &compressed, b"\r\n0\r\n\r\n"].concat();
    let bytes = [
        response(0, &head("Transfer-Encoding: chunked"), chunked.as_bytes()),
        response(1, &head("Content-Encoding: gzip"), &compressed),
        response(2, &head("content-encoding: GZIP\r\ntransfer-encoding: Chunked"), &both),
        response(3, &head("Content-Encoding: gzip"), html.as_bytes()),
        response(4, &head("Content-Encoding: compress"), b"\x1f\x9d\x90\0\x01\x02\x03\x04"),
        response(5, &head("X-A: b"), b"\x89PNG\r\n\x1a\n and more"),
        response(6, &head("Content-Encoding: zstd"), &zstd(&html)),
    ];
    let outcome = outcome(&bytes.concat());
    assert_eq!(outcome.pages(), vec![html; 5]);
    assert_eq!(outcome.kinds(), [RejectKind::Coding, RejectKind::Binary]);
    assert_eq!(outcome.rejects[0].index, Some(4));
    assert!(outcome.rejects[0].reason.contains("\"compress\""), "{}", outcome.rejects[0]);
}

#[test]
fn a_bomb_and_a_long_record_are_set_aside() {
    let spaces = vec![b' '; 1 << 20];
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    let bytes = [
        page(0),
        response(1, &format!("{head}\r\nContent-Encoding: gzip"), &gzip(&spaces)),
        response(2, head, &spaces),
        response(3, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4", &spaces),
        page(4),
    ];
    let options = Options::new().max_record(100_000);
    for bytes in [bytes.concat(), members(&bytes)] {
        let outcome = Outcome::of(read(Cursor::new(bytes), "-", &options).unwrap());
        assert_eq!(outcome.pages(), [body(0), body(4)]);
        assert_eq!(outcome.kinds(), [RejectKind::TooLong; 2]);
        assert_eq!(outcome.rejects.iter().map(|reject| reject.index).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }
}

#[test]
fn a_cut_record_does_not_hide_the_next() {
    let (first, cut, last) = (page(6), page(5), page(4));
    for end in [30, cut.len() / 2, cut.len() - 10] {
        let bytes = [&*first, &cut[..end], b"\r\n", &last].concat();
        let outcome = outcome(&bytes);
        assert_eq!(outcome.pages(), [body(6), body(4)], "cut at {end}");
        let reject = outcome.reject();
        assert_eq!((reject.index, reject.offset), (Some(1), Some(first.len() as u64)), "{reject}");
        let place = outcome.records[1].place.as_ref().unwrap();
        assert_eq!((place.index, place.offset), (2, (first.len() + end + 2) as u64));
    }
}

#[test]
fn garbage_and_wrong_lengths_do_not_hide_the_next() {
    let wrong = String::from_utf8(page(1)).unwrap().replace("Content-Length: ", "Content-Length: 9");
    let none = String::from_utf8(page(2)).unwrap().replace("Content-Length", "Content-Size");
    let bytes = [
        b"garbage\r\n\r\n".to_vec(),
        page(0),
        wrong.into_bytes(),
        none.into_bytes(),
        b"WARC/1.0\r\n".to_vec(),
        page(3),
        b"tail".to_vec(),
    ];
    let outcome = outcome(&bytes.concat());
    assert_eq!(outcome.pages(), [body(0), body(3)]);
    assert_eq!(outcome.kinds(), [RejectKind::Malformed; 5]);
    assert_eq!(outcome.rejects[0].offset, Some(0));
}

#[test]
fn a_text_about_the_format_is_a_page() {
    let html = "<pre>\nWARC/1.0\r\nWARC-Type: response\r\n\r\n</pre>";
    let about = response(1, "HTTP/1.1 200 OK\r\nContent-Type: text/html", html.as_bytes());
    assert_eq!(outcome(&[about, page(2)].concat()).pages(), [html.to_owned(), body(2)]);
}

#[test]
fn a_damaged_member_does_not_hide_the_next() {
    let records: Vec<_> = (0..5).map(page).collect();
    let pieces: Vec<_> = records.iter().map(gzip).collect();
    let damaged = pieces[0].len() + pieces[1].len();
    for at in damaged..damaged + pieces[2].len() {
        let mut bytes = pieces.concat();
        bytes[at] ^= 0xff;
        let outcome = outcome(&bytes);
        let pages = outcome.pages();
        for n in [0, 1, 3, 4] {
            assert!(
                pages.contains(&body(n)),
                "page {n} is lost, with byte {at} damaged: {:?}",
                outcome.rejects
            );
        }
        // What is damaged can be what nobody reads, such as the time of compression.
        assert!(pages.len() == 5 || !outcome.rejects.is_empty(), "byte {at}");
        let last = outcome.records.last().unwrap().place.as_ref().unwrap().offset;
        assert_eq!(last, pieces[..4].concat().len() as u64);
    }
}

#[test]
fn damage_at_the_beginning_does_not_hide_the_rest() {
    let records: Vec<_> = (0..2).map(page).collect();
    let mut bytes = members(&records);
    bytes[12] = 0xff;
    let outcome = outcome(&bytes);
    assert_eq!(outcome.pages(), [body(1)]);
    assert_eq!(outcome.reject().offset, Some(0));
}

#[test]
fn all_whole_records_before_a_cut_come_out() {
    let records: Vec<_> = (0..3).map(page).collect();
    let pieces: Vec<_> = records.iter().map(gzip).collect();
    for (pieces, slack) in [(&records, 4), (&pieces, 0)] {
        let bytes = pieces.concat();
        for cut in 0..bytes.len() {
            let outcome = outcome(&bytes[..cut]);
            let ends = (1..=3).map(|n| pieces[..n].concat().len() - slack);
            let whole = ends.filter(|&end| end <= cut).count();
            assert!(outcome.records.len() >= whole, "{} records with {cut} bytes", outcome.records.len());
            let expected: Vec<_> = (0..outcome.records.len()).map(body).collect();
            assert_eq!(outcome.pages(), expected, "{cut}");
            assert!(outcome.rejects.len() <= 1, "{cut}: {:?}", outcome.rejects);
        }
    }
}

#[test]
fn the_dictionary_before_the_frames_is_used() {
    let samples: Vec<_> = (0..3).map(page).collect();
    let dictionary = page(9);
    let mut compressor = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
    let frames: Vec<u8> = samples.iter().flat_map(|page| compressor.compress(page).unwrap()).collect();
    for dictionary in [zstd(&dictionary), dictionary] {
        let size = u32::try_from(dictionary.len()).unwrap().to_le_bytes();
        let bytes = [&[0x5d, 0x2a, 0x4d, 0x18][..], &size, &dictionary, &frames].concat();
        assert_eq!(outcome(&bytes).pages(), [body(0), body(1), body(2)]);
    }
}

#[test]
fn records_are_those_another_reader_finds() {
    let records = records(20);
    let ours = outcome(&members(&records));
    let theirs = warc::WarcReader::new(Cursor::new(records.concat()));
    let mut pages = Vec::new();
    for (index, record) in theirs.iter_records().enumerate() {
        let record = record.unwrap();
        if record.warc_type() == &warc::RecordType::Response {
            let id = record.warc_id().to_owned();
            let url = record.header(warc::WarcHeader::TargetURI).map(|url| url.into_owned());
            let block = String::from_utf8(record.body().to_vec()).unwrap();
            pages.push((index as u64, id, url, block.split_once("\r\n\r\n").unwrap().1.to_owned()));
        }
    }
    let ours = ours.records.iter().zip(ours.pages()).map(|(record, page)| {
        let place = record.place.clone().unwrap();
        (place.index, place.id.unwrap(), record.metadata.url.clone(), page)
    });
    assert_eq!(ours.collect::<Vec<_>>(), pages);
}
