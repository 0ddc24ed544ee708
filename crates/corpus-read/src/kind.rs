//! What a file holds: by its name and its first bytes.

use crate::{mbox, mhtml, reject::RejectKind, rows, table::Header, warc};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A JSON record a line.
    Lines,
    /// JSON records in an array, or one after the other.
    Values,
    /// Records of a WARC or WET archive.
    Warc,
    /// Rows of a Parquet file.
    Parquet,
    /// Rows of a table as text, below this header.
    Table(Header),
    /// A page saved with its parts, or a mail.
    Mhtml,
    /// Mails, one after the other.
    Mbox,
    /// A page, with its media type where the name says it.
    Page(Option<&'static str>),
    /// Nothing to read, and why.
    Nothing(RejectKind, String),
}

/// How many bytes are looked at.
const HEAD: usize = 8 << 10;

/// How many are looked at where the first ones are headers, which hosts, lists and filters on the way of a mail add to.
pub(crate) const HEADERS_MAX: usize = 256 << 10;

/// Media types by extension, in lower case.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("atom", "application/atom+xml"),
    ("csv", "text/csv"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("markdown", "text/markdown"),
    ("md", "text/markdown"),
    ("rdf", "application/rdf+xml"),
    ("rss", "application/rss+xml"),
    ("shtml", "text/html"),
    ("text", "text/plain"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("xht", "application/xhtml+xml"),
    ("xhtml", "application/xhtml+xml"),
    ("xml", "application/xml"),
];

/// What files that are no text begin with.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, or a document kept in one (docx, odt, epub)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"ARROW1", "an Arrow file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls, ppt)"),
    (b"{\\rtf", "an RTF document"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x04\x22\x4d\x18", "lz4 data"),
    (b"\x1f\x8b", "gzip data within compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd data within compressed data"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// What the file holds that is called `name` and, decompressed, begins with `head`.
pub(crate) fn kind_of(name: &str, head: &[u8]) -> Kind {
    let extension = extension(name);
    let extension = extension.as_deref().unwrap_or_default();
    if extension == "warc" || warc::begins(head) {
        return Kind::Warc;
    }
    if head.is_empty() {
        return Kind::Nothing(RejectKind::Empty, "the file is empty".to_owned());
    }
    if head.starts_with(rows::MAGIC) && (extension == "parquet" || !is_text(head)) {
        return Kind::Parquet;
    }
    if extension == "parquet" {
        let reason = "it is named as a Parquet file, but does not begin as one";
        return Kind::Nothing(RejectKind::Cut, reason.to_owned());
    }
    let is_lines = matches!(extension, "jsonl" | "ndjson" | "jsonlines");
    if (is_lines || extension == "json") && is_marked_utf_16(head) {
        return Kind::Nothing(RejectKind::Utf8, "the file is UTF-16, but JSON is UTF-8".to_owned());
    }
    let nothing = |what: &str| Kind::Nothing(RejectKind::Binary, format!("no text but {what}"));
    if is_lines {
        // A line may be anything that is printed, and is set aside by itself.
        return magic(head)
            .filter(|(magic, _)| !magic.iter().all(u8::is_ascii_graphic))
            .map_or(Kind::Lines, |(_, what)| nothing(what));
    }
    if let Some(what) = no_text(head) {
        return nothing(what);
    }
    if is_named_as_message(extension) && mhtml::begins(head) {
        return Kind::Mhtml;
    }
    if (is_named_as_message(extension) || extension == "mbox") && mbox::begins(head) {
        return Kind::Mbox;
    }
    if matches!(extension, "" | "json") && is_json_feed(head) {
        return Kind::Page(Some("application/feed+json"));
    }
    if matches!(extension, "csv" | "tsv") {
        if is_marked_utf_16(head) {
            let reason = "the table is UTF-16; it must be UTF-8";
            return Kind::Nothing(RejectKind::Utf8, reason.to_owned());
        }
        let header = Header::of(head);
        if header.is_one() {
            return Kind::Table(header);
        }
    }
    if let Some(&(_, media_type)) = MEDIA_TYPES.iter().find(|&&(known, _)| known == extension) {
        return Kind::Page(Some(media_type));
    }
    match json(head, extension == "json") {
        Some(kind) => kind,
        None if extension == "json" => Kind::Values,
        None => Kind::Page(None),
    }
}

/// Whether more than `head` is to be seen, to [`HEADERS_MAX`], before it can be said what the file holds.
pub(crate) fn is_undecided(name: &str, head: &[u8]) -> bool {
    is_named_as_message(extension(name).as_deref().unwrap_or_default()) && mhtml::goes_on(head)
}

fn is_named_as_message(extension: &str) -> bool {
    matches!(extension, "" | "eml" | "mht" | "mhtml")
}

/// What bytes are that are no text, by the first of them.
///
/// ```
/// assert_eq!(corpus_read::no_text(b"%PDF-1.7\n"), Some("a PDF document"));
/// assert_eq!(corpus_read::no_text(b"The ferry left the quay."), None);
/// ```
pub fn no_text(head: &[u8]) -> Option<&'static str> {
    let head = &head[..head.len().min(HEAD)];
    magic(head).map(|(_, what)| what).or_else(|| binary(head))
}

/// The magic that bytes begin with, and what it is of. A text can begin with a word that is some file's magic, but
/// hardly with bytes that no text has.
fn magic(head: &[u8]) -> Option<(&'static [u8], &'static str)> {
    let found = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).copied()?;
    let is_word = found.0.iter().all(u8::is_ascii_alphanumeric) && is_text(head);
    (!is_word).then_some(found)
}

/// Whether a JSON object says that it is a feed.
fn is_json_feed(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let names = |at: usize| {
        let before = head[..at].strip_suffix(b"//").or_else(|| head[..at].strip_suffix(b"\\/\\/"));
        let before = before.and_then(|before| before.strip_suffix(b"\"https:"));
        let before = before.and_then(|before| before.trim_ascii_end().strip_suffix(b":"));
        before.is_some_and(|before| before.trim_ascii_end().ends_with(b"\"version\""))
    };
    head.starts_with(b"{") && memchr::memmem::find_iter(head, b"jsonfeed.org").any(names)
}

/// Whether the first bytes are text: UTF-8 without control characters.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The head may end within a character.
        Err(error) => error.error_len().is_none(),
    };
    is_utf8 && !head.iter().any(|&byte| byte < 0x20 && !byte.is_ascii_whitespace())
}

/// The extension in lower case, below that of the compression.
pub(crate) fn extension(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let name = [".gz", ".zst", ".zstd"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(&name);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension.to_owned())
}

/// JSON records by the first bytes: an array of objects, lines that are objects, or objects one after the other.
fn json(head: &[u8], is_named_so: bool) -> Option<Kind> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opens_object = |text: &[u8]| {
        text.strip_prefix(b"{")
            .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')))
    };
    match head {
        [b'[', rest @ ..] => opens_object(rest.trim_ascii_start()).then_some(Kind::Values),
        [b'{', ..] if opens_object(head) => {
            // A line of its own: the bracket closes before the line ends, or the line is longer than what we see.
            let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
            let is_line = line.ends_with(b"}") || line.len() == head.len();
            if is_line { Some(Kind::Lines) } else { Some(Kind::Values) }
        }
        _ if is_named_so => None,
        _ => {
            let mut lines = head.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            let second = lines.nth(1)?;
            opens_object(second.trim_ascii_start()).then_some(Kind::Lines)
        }
    }
}

/// What a file is that is no text, beyond its first bytes.
fn binary(head: &[u8]) -> Option<&'static str> {
    if head.get(4..8) == Some(b"ftyp") {
        return Some("a film or picture (MP4, HEIC, AVIF)");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let is_utf_16 = is_marked_utf_16(head) || is_unmarked_utf_16(head);
    let is_control = |&&byte: &&u8| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f);
    let controls = head.iter().filter(is_control).count();
    (!is_utf_16 && controls * 32 > head.len()).then_some("binary data")
}

fn is_marked_utf_16(head: &[u8]) -> bool {
    matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// Whether every other byte is zero, as in UTF-16 of a script within Latin-1.
fn is_unmarked_utf_16(head: &[u8]) -> bool {
    let zeros = |skip: usize| head.iter().skip(skip).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    (even * 4 > half * 3 && odd * 32 < half) || (odd * 4 > half * 3 && even * 32 < half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_lie_below_the_compression() {
        assert_eq!(extension("a.b/page.TXT.gz").as_deref(), Some("txt"));
        assert_eq!(extension("shard.jsonl.zst").as_deref(), Some("jsonl"));
        assert_eq!(extension("a.b/page"), None);
        assert_eq!(extension(".txt"), None);
        assert_eq!(extension("-"), None);
    }

    #[test]
    fn media_types_are_in_order_and_known_once() {
        assert!(MEDIA_TYPES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn json_is_known_by_its_beginning() {
        assert_eq!(kind_of("-", b"{\"text\": \"a\"}\n{}"), Kind::Lines);
        assert_eq!(kind_of("-", b"{\n  \"text\": 1\n}"), Kind::Values);
        assert_eq!(kind_of("-", b"[{\"text\": 1}]"), Kind::Values);
        assert_eq!(kind_of("a.txt", b"{\"text\": \"a\"}"), Kind::Page(Some("text/plain")));
        assert_eq!(kind_of("a.json", b"[]"), Kind::Values);
        assert_eq!(kind_of("-", b"[[[ odd title ]]]"), Kind::Page(None));
    }

    #[test]
    fn archives_are_known_by_their_beginning() {
        let record = b"WARC/1.0\r\nWARC-Type: response\r\n";
        assert_eq!([kind_of("-", record), kind_of("a.warc.wet.gz", record)], [Kind::Warc, Kind::Warc]);
        assert_eq!(kind_of("a.warc", b"cut before the first record"), Kind::Warc);
        assert_eq!(kind_of("-", b"WARC/1.0 is a format."), Kind::Page(None));
        let mail = b"Subject: Tides\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>";
        assert_eq!([kind_of("a.mht", mail), kind_of("-", mail)], [Kind::Mhtml, Kind::Mhtml]);
        assert_eq!(kind_of("a.mht", b"no header"), Kind::Page(None));
    }

    #[test]
    fn a_json_feed_is_a_page() {
        let feed = Kind::Page(Some("application/feed+json"));
        assert_eq!(
            kind_of("a.json", b"{\n \"version\": \"https://jsonfeed.org/version/1.1\",\n \"items\": []}"),
            feed
        );
        assert_eq!(kind_of("-", b"{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1\"}"), feed);
        assert_eq!(kind_of("a.json", b"{\"text\": \"see https://jsonfeed.org/version/1.1\"}"), Kind::Lines);
    }

    #[test]
    fn words_that_look_like_magic_do_not_lose_a_file_of_lines() {
        assert_eq!(kind_of("a.jsonl", b"RIFF is no JSON\n{}"), Kind::Lines);
    }

    #[test]
    fn words_that_look_like_magic_do_not_lose_a_text() {
        assert_eq!(
            kind_of("a.txt", b"ID3 tags explained\n\nA recording says what it is."),
            Kind::Page(Some("text/plain"))
        );
        assert!(matches!(kind_of("a.txt", b"ID3\x04\0\0\0"), Kind::Nothing(RejectKind::Binary, _)));
        assert!(matches!(kind_of("a.rtf", b"{\\rtf1 text}"), Kind::Nothing(RejectKind::Binary, _)));
    }
}
