//! Streams: what comes on standard input, in pieces of any size.

use crate::folder::{Outcome, gzip, lines};
use corpus_read::{Options, RejectKind, read};
use std::io::{self, Cursor, Read};

/// Hands out so many bytes at a time, with an interruption before each.
struct Pieces(Cursor<Vec<u8>>, usize, bool);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.2 = !self.2;
        if self.2 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = buffer.len().min(self.1);
        self.0.read(&mut buffer[..n])
    }
}

fn outcome(bytes: &[u8]) -> Outcome {
    Outcome::of(read(Cursor::new(bytes.to_vec()), "-", &Options::new()).unwrap())
}

#[test]
fn lines_are_told_from_a_page() {
    let jsonl = outcome(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    assert_eq!((jsonl.pages().join(" "), jsonl.uris()), ("a b".into(), vec!["-", "-"]));
    assert_eq!(outcome(b"nonsense\n{\"text\": \"b\"}\n").pages(), ["b"]);
    assert_eq!(outcome(b"[{\"text\": \"a\"}]").pages(), ["a"]);
    let page = outcome(b"A title\n\nSome text.");
    assert_eq!(
        (page.pages().join(" "), &page.records[0].media_type),
        ("A title\n\nSome text.".into(), &None)
    );
    assert_eq!(outcome(b"{curly} words").pages(), ["{curly} words"]);
    assert_eq!(outcome(b"[1] A footnote").pages(), ["[1] A footnote"]);
    assert_eq!(outcome(b"").reject().kind, RejectKind::Empty);
}

#[test]
fn the_size_of_the_pieces_changes_nothing() {
    let text = lines(300);
    let expected = outcome(text.as_bytes()).pages();
    assert_eq!(expected.len(), 300);
    for bytes in [text.clone().into_bytes(), gzip(&text)] {
        for size in [1, 7, 4096] {
            let stream = Pieces(Cursor::new(bytes.clone()), size, false);
            assert!(Outcome::of(read(stream, "-", &Options::new()).unwrap()).pages() == expected, "{size}");
        }
    }
}

/// Fails after its bytes.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::from_raw_os_error(5)),
            n => Ok(n),
        }
    }
}

#[test]
fn a_stream_that_fails_gives_what_came_before() {
    for n_lines in [0, 2, 300] {
        for is_compressed in [false, true] {
            let text = lines(n_lines);
            let bytes = if is_compressed { gzip(&text) } else { text.into_bytes() };
            let cut = if is_compressed { bytes.len() - 8 } else { bytes.len() };
            let stream = Failing(Cursor::new(bytes[..cut].to_vec()));
            let outcome = Outcome::of(read(stream, "a.jsonl", &Options::new()).unwrap());
            assert_eq!(outcome.reject().kind, RejectKind::Unreadable, "{}", outcome.reject());
        }
    }
}
