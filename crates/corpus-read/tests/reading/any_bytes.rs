//! Any bytes at all: nothing panics, everything ends, and good lines come out from among bad ones.

use crate::{
    archive::{body, page},
    folder::{Outcome, gzip, zstd},
};
use corpus_read::{Options, read};
use proptest::{collection::vec, prelude::*};
use std::io::Cursor;

fn outcome(name: &str, bytes: Vec<u8>, max_record: u64) -> Outcome {
    Outcome::of(read(Cursor::new(bytes), name, &Options::new().max_record(max_record)).unwrap())
}

/// A line: a good one, or bytes that look more or less like one.
fn line() -> impl Strategy<Value = (Vec<u8>, Option<String>)> {
    let good = "\\PC{0,40}[a-z]".prop_map(|page| {
        (serde_json::json!({"id": 1, "text": page.clone()}).to_string().into_bytes(), Some(page))
    });
    let bytes = vec(any::<u8>().prop_filter("a line end", |&byte| byte != b'\n'), 0..60);
    let bad = bytes.prop_map(|mut bytes| {
        bytes.insert(0, b'x');
        (bytes, None)
    });
    let nearly = ("[\\[\\]{}\":,0-9a-z\\\\ ]{0,40}", 0..4_usize)
        .prop_map(|(text, n)| (format!("x{}{text}", "{".repeat(n)).into_bytes(), None));
    prop_oneof![3 => good, 1 => bad, 1 => nearly]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end(name in "(a|a\\.jsonl|a\\.json|a\\.csv|a\\.tsv|a\\.txt|a\\.html\\.gz|a\\.zst)", bytes in vec(any::<u8>(), 0..3000), max in 0..4000_u64) {
        outcome(&name, bytes.clone(), max);
        outcome(&name, [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &*bytes].concat(), max);
        outcome(&name, [b"\x28\xb5\x2f\xfd", &*bytes].concat(), max);
    }

    #[test]
    fn any_json_like_text_ends(text in "[\\[\\]{}\":,\\\\ \n0-9a-z]{0,300}", max in 0..400_u64) {
        for name in ["a", "a.json", "a.jsonl"] {
            outcome(name, text.clone().into_bytes(), max);
        }
    }

    #[test]
    fn any_table_like_text_ends(text in "(id|text|[,;\t\"\r\n0-9a-zé ]){0,80}", max in 0..400_u64) {
        for name in ["a", "a.csv", "a.tsv"] {
            outcome(name, format!("id,text\n{text}").into_bytes(), max);
            outcome(name, text.clone().into_bytes(), max);
        }
    }

    #[test]
    fn damaged_archives_end(flips in vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), cut in any::<prop::sample::Index>()) {
        let text = crate::folder::lines(30);
        for mut bytes in [gzip(&text), zstd(&text)] {
            for (at, byte) in &flips {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.truncate(cut.index(bytes.len() + 1));
            prop_assert!(outcome("a.jsonl", bytes, 1 << 20).records.len() <= 5000);
        }
    }

    #[test]
    fn good_lines_come_out_from_among_bad_ones(lines in vec(line(), 1..30), ends_in_newline: bool) {
        let good: Vec<_> = lines.iter().filter_map(|(_, page)| page.clone()).collect();
        let n_bad = lines.len() - good.len();
        let lines: Vec<_> = lines.into_iter().map(|(line, _)| line).collect();
        let mut bytes = lines.join(&b'\n');
        bytes.extend(ends_in_newline.then_some(b'\n'));
        for bytes in [gzip(&bytes), zstd(&bytes), bytes] {
            let outcome = outcome("a.jsonl", bytes, 1 << 20);
            prop_assert_eq!(outcome.pages(), good.clone());
            prop_assert_eq!(outcome.rejects.len(), n_bad);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_after_a_warc_header_end(bytes in vec(any::<u8>(), 0..3000), max in 0..4000_u64, length in 0..4000_u64) {
        let header = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
        for name in ["a", "a.warc.gz"] {
            let whole = [header.as_bytes(), &bytes, b"\r\n\r\n", &page(3)].concat();
            for whole in [gzip(&whole), whole] {
                let outcome = outcome(name, whole, max);
                prop_assert!(outcome.rejects.iter().all(|reject| reject.offset.is_some()));
            }
        }
        outcome("a.warc", bytes.clone(), max);
        outcome("a.mht", [b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n", &*bytes].concat(), max);
    }

    #[test]
    fn any_header_ends(header in "(WARC/1\\.0|WARC-Type|Content-Length|response|[:0-9 <>/]|\r\n|\n){0,40}", max in 0..400_u64) {
        let bytes = [header.as_bytes(), b"\r\n\r\n", &page(1)].concat();
        let outcome = outcome("a.warc", bytes, max);
        prop_assert!(outcome.records.len() + outcome.rejects.len() <= 60);
    }

    #[test]
    fn damaged_archives_lose_only_what_is_damaged(flips in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), is_compressed: bool) {
        let pieces = (0..12).map(page).map(|page| if is_compressed { gzip(page) } else { page });
        let pieces: Vec<_> = pieces.collect();
        let mut bytes = pieces.concat();
        let mut damaged = std::collections::BTreeSet::new();
        for (at, byte) in flips {
            // Without its first two bytes a file is not known to be compressed.
            let at = 2 + at.index(bytes.len() - 2);
            bytes[at] = byte;
            let ends = pieces.iter().scan(0, |end, piece| { *end += piece.len(); Some(*end) });
            damaged.insert(ends.take_while(|&end| end <= at).count());
        }
        let outcome = outcome("a.warc", bytes, 1 << 20);
        let pages = outcome.pages();
        // A longer length can take in the record that follows, a damaged version line is told from none.
        let whole = (0..12).filter(|n| !damaged.contains(n));
        for n in whole {
            prop_assert!(pages.contains(&body(n)), "page {n} is lost: {:?}", outcome.rejects);
        }
        let starts: Vec<_> = pieces.iter().scan(0, |end, piece| { *end += piece.len(); Some((*end - piece.len()) as u64) }).collect();
        for (record, page) in outcome.records.iter().zip(&pages) {
            if let Some(n) = (0..12).find(|&n| *page == body(n) && !damaged.contains(&n)) {
                prop_assert_eq!(record.place.as_ref().unwrap().offset, starts[n]);
            }
        }
    }
}
