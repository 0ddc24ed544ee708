//! From bytes to text: byte-order marks, UTF-8, UTF-16 and legacy encodings.

mod utf16;

use crate::{
    diagnostic::{Diagnostic, Severity},
    span::Span,
};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use std::str::{self, Utf8Error};

/// The text of `bytes`, and what was odd about them. `label` is the encoding a container names, if any.
///
/// A byte-order mark decides and is stripped. Next comes UTF-16 without a mark, told by its zero bytes; then UTF-8,
/// where it is valid or nearly so; then the label, unless it says UTF-8 and the bytes are mostly none; then detection. Bytes that have no meaning become U+FFFD; nothing
/// else is altered: control characters and zeros stay. Time is linear in the input.
///
/// The remarks have the codes `encoding.bom`, `encoding.legacy` (with the encoding's name), `encoding.replaced` (with
/// their number and the offset of the first byte) and `encoding.label` (a label that names no encoding).
///
/// ```
/// use corpus_core::encoding;
/// let (text, remarks) = encoding::decode(b"caf\xe9", Some("iso-8859-1"));
/// assert_eq!(text, "café");
/// assert_eq!(remarks[0].code, "encoding.legacy");
/// ```
pub fn decode(bytes: &[u8], label: Option<&str>) -> (String, Vec<Diagnostic>) {
    let mut remarks = Vec::new();
    if let Some((name, len)) = byte_order_mark(bytes) {
        remarks.push(Diagnostic::new("encoding.bom", Severity::Info, marked(name)));
        let body = &bytes[len..];
        let text = match name {
            "UTF-8" => decode_utf8(body, len, &mut remarks),
            "UTF-32LE" => decode_utf32(body, len, u32::from_le_bytes, &mut remarks),
            "UTF-32BE" => decode_utf32(body, len, u32::from_be_bytes, &mut remarks),
            "UTF-16LE" => decode_legacy(body, len, UTF_16LE, &mut remarks),
            _ => decode_legacy(body, len, UTF_16BE, &mut remarks),
        };
        return (text, remarks);
    }
    let labelled = label.and_then(|label| {
        let encoding =
            Encoding::for_label(label.trim().as_bytes()).filter(|encoding| *encoding != REPLACEMENT);
        if encoding.is_none() {
            let message =
                format!("unknown encoding {:?} in the label", label.chars().take(40).collect::<String>());
            remarks.push(Diagnostic::new("encoding.label", Severity::Info, message));
        }
        encoding
    });
    let valid = str::from_utf8(bytes);
    let encoding = choose(bytes, valid, labelled);
    if encoding == UTF_8 {
        let text = valid.map_or_else(|_| decode_utf8(bytes, 0, &mut remarks), str::to_owned);
        return (text, remarks);
    }
    let read_as = Diagnostic::new("encoding.legacy", Severity::Info, format!("read as {}", encoding.name()));
    remarks.push(read_as);
    (decode_legacy(bytes, 0, encoding, &mut remarks), remarks)
}

/// How many bytes stand before the decoded text in the bytes that it was decoded from, by the remarks of [`decode`]; `None`
/// where the bytes are not those of the text.
pub(crate) fn shift(remarks: &[Diagnostic]) -> Option<usize> {
    let of_utf8 = marked("UTF-8");
    remarks.iter().try_fold(0, |shift, remark| match &*remark.code {
        "encoding.legacy" | "encoding.replaced" => None,
        "encoding.bom" => (remark.message == of_utf8).then_some(shift + "\u{feff}".len()),
        _ => Some(shift),
    })
}

fn marked(name: &str) -> String {
    format!("byte-order mark of {name} stripped")
}

/// The name of the encoding that a byte-order mark names, and the length of the mark.
fn byte_order_mark(bytes: &[u8]) -> Option<(&'static str, usize)> {
    Some(match bytes {
        [0xef, 0xbb, 0xbf, ..] => ("UTF-8", 3),
        [0xff, 0xfe, 0, 0, ..] if bytes.len().is_multiple_of(4) => ("UTF-32LE", 4),
        [0, 0, 0xfe, 0xff, ..] => ("UTF-32BE", 4),
        [0xff, 0xfe, ..] => ("UTF-16LE", 2),
        [0xfe, 0xff, ..] => ("UTF-16BE", 2),
        _ => return None,
    })
}

/// The encoding of bytes without a byte-order mark, which are `valid` as UTF-8 or not.
fn choose(
    bytes: &[u8],
    valid: Result<&str, Utf8Error>,
    labelled: Option<&'static Encoding>,
) -> &'static Encoding {
    if let Some(encoding) = utf16::detect(bytes, labelled) {
        return encoding;
    }
    // Its escape sequences are ASCII, and so valid UTF-8.
    if labelled == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return ISO_2022_JP;
    }
    let Err(error) = valid else { return UTF_8 };
    if is_mostly_utf8(&bytes[error.valid_up_to().saturating_sub(CONTEXT)..]) {
        return UTF_8;
    }
    match labelled {
        Some(encoding)
            if encoding == UTF_8 && is_hardly_utf8(&bytes[error.valid_up_to().saturating_sub(CONTEXT)..]) =>
        {
            detect_legacy(bytes, error.valid_up_to())
        }
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => encoding,
        _ => detect_legacy(bytes, error.valid_up_to()),
    }
}

/// Bytes looked at before the first that is not UTF-8.
const CONTEXT: usize = 4096;

/// Bytes looked at to tell an encoding.
const SAMPLE: usize = 1 << 18;

/// Whether what is broken outnumbers letters of several bytes, so that a label of UTF-8 is wrong.
fn is_hardly_utf8(bytes: &[u8]) -> bool {
    /// Fewest broken places that speak against a label.
    const FEWEST: usize = 8;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (n_valid, n_broken) = counted(sample, sample.len() < bytes.len());
    n_broken >= FEWEST && n_broken > n_valid
}

/// Whether letters of several bytes outnumber what is broken by far. In a legacy encoding, bytes that happen to make
/// a letter of UTF-8 are rare.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (n_valid, n_broken) = counted(sample, sample.len() < bytes.len());
    n_valid > 4 * n_broken
}

/// The number of letters of several bytes in `sample`, which may be cut short, and of places that are broken.
fn counted(sample: &[u8], cut_here: bool) -> (usize, usize) {
    let (mut n_valid, mut n_broken) = (0, 0);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        n_valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        match chunk.invalid() {
            [] => {}
            // Cut within a letter: a sign of UTF-8 if more than its first byte is there.
            [_, rest @ ..] if chunks.peek().is_none() => n_valid += usize::from(!rest.is_empty() || cut_here),
            _ => n_broken += 1,
        }
    }
    (n_valid, n_broken)
}

/// The encoding that the bytes around the first ones that are not UTF-8 look like.
fn detect_legacy(bytes: &[u8], first_invalid: usize) -> &'static Encoding {
    let start = first_invalid.saturating_sub(CONTEXT);
    let end = bytes.len().min(start + SAMPLE);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[start..end], end == bytes.len());
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Decodes UTF-8, the bytes of which begin at `offset` of the input.
fn decode_utf8(bytes: &[u8], offset: usize, remarks: &mut Vec<Diagnostic>) -> String {
    if let Ok(text) = str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = Replacing::new(bytes.len());
    let mut at = offset;
    for chunk in bytes.utf8_chunks() {
        text.push(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            text.replace(at);
            at += chunk.invalid().len();
        }
    }
    text.finish(UTF_8.name(), remarks)
}

/// Decodes `encoding`, the bytes of which begin at `offset` of the input.
fn decode_legacy(
    bytes: &[u8],
    offset: usize,
    encoding: &'static Encoding,
    remarks: &mut Vec<Diagnostic>,
) -> String {
    let mut text = Replacing::new(bytes.len());
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        // The bound is for the rest as a whole; as much as one step writes is enough.
        let room =
            decoder.max_utf8_buffer_length_without_replacement(rest.len().min(1 << 16)).unwrap_or(1 << 16);
        text.text.reserve(room);
        let (result, n_read) = decoder.decode_to_string_without_replacement(rest, &mut text.text, true);
        at += n_read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(len, after) => {
                text.replace(offset + at.saturating_sub(usize::from(len) + usize::from(after)));
            }
        }
    }
    text.finish(encoding.name(), remarks)
}

/// Decodes UTF-32, the bytes of which begin at `offset` of the input.
fn decode_utf32(
    bytes: &[u8],
    offset: usize,
    number: fn([u8; 4]) -> u32,
    remarks: &mut Vec<Diagnostic>,
) -> String {
    let mut text = Replacing::new(bytes.len() / 4);
    let (letters, rest) = bytes.as_chunks::<4>();
    for (place, letter) in letters.iter().enumerate() {
        match char::from_u32(number(*letter)) {
            Some(letter) => text.text.push(letter),
            None => text.replace(offset + 4 * place),
        }
    }
    if !rest.is_empty() {
        text.replace(offset + 4 * letters.len());
    }
    text.finish("UTF-32", remarks)
}

/// A text on its way, in which replacements are counted.
struct Replacing {
    text: String,
    n_replaced: usize,
    /// Offset of the first replaced byte in the input, and place of its replacement in the text.
    first: Option<(usize, usize)>,
}

impl Replacing {
    fn new(capacity: usize) -> Self {
        Replacing { text: String::with_capacity(capacity), n_replaced: 0, first: None }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn replace(&mut self, offset: usize) {
        self.first.get_or_insert((offset, self.text.len()));
        self.n_replaced += 1;
        self.text.push(char::REPLACEMENT_CHARACTER);
    }

    fn finish(self, encoding: &str, remarks: &mut Vec<Diagnostic>) -> String {
        if let Some((offset, place)) = self.first {
            let n_replaced = self.n_replaced;
            let places = if n_replaced == 1 { "1 place".to_owned() } else { format!("{n_replaced} places") };
            let message =
                format!("bytes that are no {encoding} replaced in {places}, first at byte {offset}");
            let mut remark = Diagnostic::new("encoding.replaced", Severity::Warning, message);
            remark.span = Some(Span::new(place, place + char::REPLACEMENT_CHARACTER.len_utf8()));
            remarks.push(remark);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
    use proptest::prelude::*;

    fn codes(remarks: &[Diagnostic]) -> Vec<&str> {
        remarks.iter().map(|remark| remark.code.as_ref()).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], label: Option<&str>, text: &str, expected: &[&str]) -> Vec<Diagnostic> {
        let (decoded, remarks) = decode(bytes, label);
        assert_eq!(decoded, text);
        assert_eq!(codes(&remarks), expected);
        remarks
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn bytes_of_the_text_are_told_in_what_it_was_decoded_from() {
        let shift_of = |bytes: &[u8]| shift(&decode(bytes, None).1);
        assert_eq!(shift_of("café".as_bytes()), Some(0));
        assert_eq!(shift_of("\u{feff}café".as_bytes()), Some(3));
        assert_eq!(shift_of(b"caf\xe9 cr\xe8me"), None);
        assert_eq!(shift_of(b"\xff\xfec\0a\0"), None);
        assert_eq!(shift_of("\u{feff}café café café \u{00e9}".as_bytes().split_last().unwrap().1), None);
    }

    #[test]
    fn valid_utf8_stays_as_it_is() {
        for text in ["", "plain", "naïve — 東京 🦀", "a\0b\u{1}\u{85}\r\n\t\u{feff}c", "\u{fffd}"] {
            check(text.as_bytes(), None, text, &[]);
            check(text.as_bytes(), Some("windows-1252"), text, &[]);
        }
    }

    #[test]
    fn a_label_of_utf8_on_what_is_none_does_not_count() {
        let text =
            "В ночь на четверг сильный шторм разрушил северный мол порта, и паромы не ходят до понедельника.";
        let (bytes, _, _) = WINDOWS_1251.encode(text);
        check(&bytes, Some("utf-8"), text, &["encoding.legacy"]);
        // A byte or two that are broken in what may well be UTF-8 are replaced.
        check(
            b"a plain text with one \xe9 in it",
            Some("utf-8"),
            "a plain text with one \u{fffd} in it",
            &["encoding.replaced"],
        );
    }

    #[test]
    fn byte_order_marks_decide_and_are_stripped() {
        check(b"\xef\xbb\xbfna\xc3\xafve", Some("windows-1252"), "naïve", &["encoding.bom"]);
        let text = "Grüße, 東京 🦀";
        check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), None, text, &["encoding.bom"]);
        check(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), None, text, &["encoding.bom"]);
        let utf32 = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
            format!("\u{feff}{text}").chars().flat_map(|c| bytes(c.into())).collect()
        };
        check(&utf32(u32::to_le_bytes), None, text, &["encoding.bom"]);
        check(&utf32(u32::to_be_bytes), None, text, &["encoding.bom"]);
        check(b"\xef\xbb\xbf", None, "", &["encoding.bom"]);
        check(b"\xff\xfe", None, "", &["encoding.bom"]);
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let text = "A headline\n\nA first paragraph, then more — “quoted”.";
        check(&utf16(text, u16::to_le_bytes), None, text, &["encoding.legacy"]);
        check(&utf16(text, u16::to_be_bytes), Some("utf-8"), text, &["encoding.legacy"]);
        let chinese = "市议会周五表示，大桥在年底之前不会开放通车。\n但工程已接近完成。\n";
        check(&utf16(chinese, u16::to_le_bytes), Some("utf-16le"), chinese, &["encoding.legacy"]);
    }

    #[test]
    fn a_label_or_detection_reads_legacy_text() {
        let russian = "Городской совет сообщил в пятницу, что мост не откроют до конца года.";
        for encoding in [WINDOWS_1251, KOI8_R] {
            let bytes = encoding.encode(russian).0;
            check(&bytes, Some(encoding.name()), russian, &["encoding.legacy"]);
            check(&bytes, None, russian, &["encoding.legacy"]);
        }
        let japanese = "市議会は金曜日、橋は年末まで開通しないと発表した。";
        let remarks = check(&SHIFT_JIS.encode(japanese).0, Some("x-sjis"), japanese, &["encoding.legacy"]);
        assert_eq!(remarks[0].message, "read as Shift_JIS");
        check(&SHIFT_JIS.encode(japanese).0, None, japanese, &["encoding.legacy"]);
        let chinese = "市议会周五表示，大桥在年底之前不会开放通车，但工程已接近完成。";
        check(&GBK.encode(chinese).0, Some("gb2312"), chinese, &["encoding.legacy"]);
        check(&ISO_2022_JP.encode(japanese).0, Some("iso-2022-jp"), japanese, &["encoding.legacy"]);
        let western = "“Café” – naïve, déjà vu";
        check(&WINDOWS_1252.encode(western).0, None, western, &["encoding.legacy"]);
        check(b"caf\xe9 au lait", Some("no such"), "café au lait", &["encoding.label", "encoding.legacy"]);
    }

    #[test]
    fn broken_bytes_in_utf8_are_replaced_and_counted() {
        let mut bytes = "Grüße aus Köln, schöne Straße, Bäume, Öl, Über".as_bytes().to_vec();
        bytes.insert(1, 0xff);
        bytes.push(0xe2);
        bytes.push(0x80);
        let remarks = check(
            &bytes,
            Some("windows-1252"),
            "G\u{fffd}rüße aus Köln, schöne Straße, Bäume, Öl, Über\u{fffd}",
            &["encoding.replaced"],
        );
        assert_eq!(remarks[0].message, "bytes that are no UTF-8 replaced in 2 places, first at byte 1");
        assert_eq!(remarks[0].span, Some(Span::new(1, 4)));
        check(b"cut short \xe2\x80", None, "cut short \u{fffd}", &["encoding.replaced"]);
    }

    #[test]
    fn broken_bytes_elsewhere_are_replaced_and_counted() {
        let remarks = check(
            b"\xff\xfea\0\x00\xd8b\0c",
            None,
            "a\u{fffd}b\u{fffd}",
            &["encoding.bom", "encoding.replaced"],
        );
        assert_eq!(remarks[1].message, "bytes that are no UTF-16LE replaced in 2 places, first at byte 4");
        let remarks = check(
            b"\x93\xfa\x96\x7b\x81\x20",
            Some("shift_jis"),
            "日本\u{fffd} ",
            &["encoding.legacy", "encoding.replaced"],
        );
        assert!(remarks[1].message.ends_with("first at byte 4"), "{}", remarks[1].message);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300), label in "[a-z0-9-]{0,12}|utf-16|gbk|big5|iso-2022-jp|euc-kr|utf-16be|replacement") {
            let (text, remarks) = decode(&bytes, Some(&label));
            prop_assert_eq!(decode(&bytes, Some(&label)), (text.clone(), remarks.clone()));
            decode(&bytes, None);
            for remark in remarks {
                if let Some(span) = remark.span {
                    prop_assert_eq!(&text[span], "\u{fffd}");
                }
            }
        }

        #[test]
        fn any_text_survives(text in r"\PC{0,200}") {
            let text = text.trim_start_matches('\u{feff}');
            let (decoded, remarks) = decode(text.as_bytes(), None);
            prop_assert_eq!(decoded, text);
            prop_assert!(remarks.is_empty());
        }
    }
}
