//! Compressed files: several members and frames, cut ones and damaged ones.

use crate::folder::{Folder, gzip, lines, zstd};
use corpus_read::{Options, RejectKind};
use std::io::Write;

fn jsonl(pages: &[&str]) -> String {
    pages.iter().map(|page| format!("{{\"text\": \"{page}\"}}\n")).collect()
}

#[test]
fn members_and_frames_follow_one_another() {
    let folder = Folder::new();
    let (first, second) = (jsonl(&["a", "b"]), jsonl(&["c"]));
    folder.write("a.jsonl.gz", [gzip(&first), gzip(""), gzip(&second)].concat());
    folder.write("b.jsonl.zst", [zstd(&first), zstd(""), zstd(&second)].concat());
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    folder.write("c.jsonl.zst", [skippable.clone(), zstd(&first), skippable, zstd(&second)].concat());
    folder.write("d.jsonl.gz", [gzip(&first), vec![0; 100_000]].concat());
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b"]);
    assert!(outcome.rejects.is_empty(), "{:?}", outcome.rejects);
    assert_eq!(outcome.records[2].place.as_ref().unwrap().offset, first.len() as u64);
}

#[test]
fn compression_is_known_by_its_bytes_not_by_the_name() {
    let folder = Folder::new();
    folder.write("a.jsonl", gzip(jsonl(&["gzip"])));
    folder.write("b", zstd(jsonl(&["zstd"])));
    folder.write("c.jsonl.gz", jsonl(&["plain"]));
    folder.write("d.txt.gz", gzip("A page."));
    assert_eq!(folder.read(&Options::new()).pages(), ["gzip", "zstd", "plain", "A page."]);
}

#[test]
fn windows_are_read_up_to_a_bound() {
    let compressed = |window_log| {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.window_log(window_log).unwrap();
        encoder.long_distance_matching(true).unwrap();
        encoder.write_all(jsonl(&["far"]).as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    assert_eq!(Folder::with("a.jsonl.zst", compressed(27)).read(&Options::new()).pages(), ["far"]);
    let outcome = Folder::with("a.jsonl.zst", compressed(28)).read(&Options::new());
    assert_eq!(outcome.reject().kind, RejectKind::Window);
    assert!(outcome.reject().reason.contains("more than 128 MiB"), "{}", outcome.reject());
}

#[test]
fn a_cut_file_gives_its_whole_lines_and_one_reject() {
    let text = lines(5000);
    for (name, bytes) in [("a.jsonl.gz", gzip(&text)), ("a.jsonl.zst", zstd(&text))] {
        for cut in [bytes.len() / 3, bytes.len() * 2 / 3, bytes.len() - 1] {
            let folder = Folder::with(name, &bytes[..cut]);
            let outcome = folder.read(&Options::new());
            let n = outcome.records.len();
            assert_eq!(outcome.pages(), pages(&text)[..n], "{name} cut at {cut}");
            let share = n as f64 / 5000.0;
            assert!(share > cut as f64 / bytes.len() as f64 - 0.2, "{name} cut at {cut} gives {share}");
            let reject = outcome.reject();
            assert_eq!(reject.kind, RejectKind::Cut, "{reject}");
            let offset: usize = text.lines().take(n).map(|line| line.len() + 1).sum();
            assert_eq!((reject.index, reject.offset), (Some(n as u64), Some(offset as u64)), "{reject}");
        }
    }
}

/// A frame with a checksum, as `zstd` writes it.
fn checked(text: &str) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(text: &str) -> Vec<u8> {
    gzip(text)
}

#[test]
fn a_damaged_member_takes_no_other_along_and_nothing_comes_of_it() {
    let text = lines(600);
    let parts: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let parts: Vec<String> = parts.chunks(60).map(<[String]>::concat).collect();
    for (name, member) in [("a.jsonl.gz", gzipped as fn(&str) -> Vec<u8>), ("a.jsonl.zst", checked)] {
        let whole: Vec<Vec<u8>> = parts.iter().map(|part| member(part)).collect();
        for damaged in 0..whole.len() {
            let others = parts.iter().enumerate().filter(|&(at, _)| at != damaged);
            let others = pages(&others.map(|(_, part)| part.as_str()).collect::<String>());
            for at in [0, 3, 9, whole[damaged].len() / 2, whole[damaged].len() - 3] {
                if damaged == 0 && at < 4 {
                    // No compressed file any more, by its first bytes.
                    continue;
                }
                let mut members = whole.clone();
                members[damaged][at] ^= 0x21;
                let outcome = Folder::with(name, members.concat()).read(&Options::new());
                let found = outcome.pages();
                if found.len() == 600 && name.ends_with("gz") {
                    // The time of compression, which nobody reads.
                    continue;
                }
                assert!(found == others, "byte {at} of member {damaged} of {name}: {} pages", found.len());
                let reject = outcome.rejects.last().unwrap();
                assert!(matches!(reject.kind, RejectKind::Damaged | RejectKind::Cut), "{reject}");
                assert!(outcome.rejects.len() <= 2, "{:?}", outcome.rejects);
            }
        }
    }
}

#[test]
fn a_member_whose_end_is_lost_takes_no_other_along() {
    let text = lines(90);
    let parts: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let parts: Vec<String> = parts.chunks(30).map(<[String]>::concat).collect();
    for damaged in 0..2 {
        for tail in 8..60 {
            let mut members: Vec<Vec<u8>> = parts.iter().map(gzip).collect();
            let at = members[damaged].len() - tail;
            members[damaged][at] ^= 0xff;
            let outcome = Folder::with("a.jsonl.gz", members.concat()).read(&Options::new());
            let others = parts.iter().enumerate().filter(|&(nth, _)| nth != damaged);
            let others = pages(&others.map(|(_, part)| part.as_str()).collect::<String>());
            assert!(
                outcome.pages() == others,
                "{tail} bytes before the end of {damaged}: {:?}",
                outcome.rejects
            );
            assert_eq!(outcome.reject().kind, RejectKind::Damaged);
        }
    }
}

#[test]
fn a_line_that_begins_in_a_damaged_member_is_lost_with_it() {
    let text = lines(90);
    let thirds =
        [&text[..text.len() / 3], &text[text.len() / 3..text.len() * 2 / 3], &text[text.len() * 2 / 3..]];
    let mut members = thirds.map(gzip);
    let middle = members[1].len() / 2;
    members[1][middle..middle + 8].fill(0);
    let outcome = Folder::with("a.jsonl.gz", members.concat()).read(&Options::new());
    let (before, after) = (thirds[0].lines().count() - 1, thirds[2].lines().count() - 1);
    let all = pages(&text);
    let expected = [&all[..before], &all[all.len() - after..]].concat();
    assert!(outcome.pages() == expected);
    assert_eq!(outcome.reject().kind, RejectKind::Damaged);
    let reason = &outcome.reject().reason;
    assert!(
        reason.ends_with(&format!(
            "the gzip member at byte {} of the file: nothing of it was kept",
            members[0].len()
        )),
        "{reason}"
    );
    assert!(outcome.records[before].place.as_ref().unwrap().index > before as u64 - 1);
}

#[test]
fn of_a_member_too_long_to_hold_back_what_came_before_the_damage_is_read_and_said() {
    let text = lines(40_000);
    assert!(text.len() > 12 << 20);
    for (name, mut bytes) in [("a.jsonl.gz", gzip(&text)), ("a.jsonl.zst", checked(&text))] {
        let late = bytes.len() * 9 / 10;
        bytes[late..late + 50].fill(0xff);
        let outcome = Folder::with(name, bytes).read(&Options::new());
        assert!(outcome.records.len() > 20_000, "{name} gives {}", outcome.records.len());
        let last = outcome.rejects.last().unwrap();
        assert_eq!(last.kind, RejectKind::Damaged, "{last}");
        assert!(last.reason.ends_with("what was read from byte 0 of the content on may be wrong"), "{last}");
    }
}

#[test]
fn damage_at_the_end_and_at_the_beginning() {
    let folder = Folder::new();
    folder.write("a.jsonl.gz", [gzip(jsonl(&["a"])), b"garbage".to_vec()].concat());
    folder.write("b.jsonl.zst", [zstd(jsonl(&["b"])), b"garbage".to_vec()].concat());
    folder.write("c.jsonl.gz", [0x1f, 0x8b, 8]);
    folder.write("d.txt.gz", &gzip("A page of some length.")[..15]);
    folder.write("e.txt.gz", gzip(""));
    folder.write("f.txt.gz", gzip(gzip("twice")));
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.pages(), ["a", "b"]);
    let (damaged, cut) = (RejectKind::Damaged, RejectKind::Cut);
    assert_eq!(outcome.kinds(), [damaged, damaged, cut, cut, RejectKind::Empty, RejectKind::Binary]);
}

fn pages(jsonl: &str) -> Vec<String> {
    let page = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned()
    };
    jsonl.lines().map(page).collect()
}
