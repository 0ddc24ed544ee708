//! Words of a header that are no ASCII: `=?UTF-8?Q?Caf=C3=A9?=` (RFC 2047).

use super::transfer;
use encoding_rs::{Encoding, ISO_2022_JP};

/// How long a word may be, in bytes: RFC 2047 permits 75, but some fill the line, which may have 998 (RFC 5322).
const WORD_MAX: usize = 998;

/// The bytes of a word, or of several one after the other, and what they are to be read in.
struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
}

impl Word {
    /// Whether the next word may begin within a character: what is cut at a length is. In ISO-2022-JP each word says by
    /// itself which letters it has.
    fn goes_on_with(&self, next: &Word) -> bool {
        self.encoding == next.encoding && self.encoding != ISO_2022_JP
    }

    fn text(self) -> String {
        self.encoding.decode_without_bom_handling(&self.bytes).0.into_owned()
    }
}

/// The value with its encoded words decoded; what is none, or is in an unknown encoding, stays as it is.
pub(super) fn decode(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    // The words that end where `rest` begins.
    let mut last: Option<Word> = None;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((mut word, after)) = word(&from[2..]) else {
            decoded.extend(last.take().map(Word::text));
            decoded.push_str(&rest[..at + 2]);
            rest = &from[2..];
            continue;
        };
        match last.take() {
            // Blanks between two words are no part of either.
            Some(mut last) if before.trim().is_empty() => {
                if last.goes_on_with(&word) {
                    last.bytes.append(&mut word.bytes);
                    word = last;
                } else {
                    decoded.push_str(&last.text());
                }
            }
            last => {
                decoded.extend(last.map(Word::text));
                decoded.push_str(before);
            }
        }
        last = Some(word);
        rest = after;
    }
    decoded.extend(last.map(Word::text));
    decoded.push_str(rest);
    decoded
}

/// The word that begins behind `=?`, and what follows it.
fn word(rest: &str) -> Option<(Word, &str)> {
    let line = &rest[..rest.floor_char_boundary(WORD_MAX)];
    let (charset, line) = line.split_once('?')?;
    let (form, line) = line.split_once('?')?;
    let transfer = match form {
        "Q" | "q" => "quoted-printable",
        "B" | "b" => "base64",
        _ => return None,
    };
    // A language may follow the name of the encoding (RFC 2231).
    let encoding = Encoding::for_label(charset.split('*').next().unwrap_or(charset).as_bytes())?;
    let (word, _) = line.split_once("?=")?;
    if word.contains(char::is_whitespace) {
        return None;
    }
    let after = &rest[charset.len() + form.len() + word.len() + "???=".len()..];
    let word = if transfer == "base64" { word.to_owned() } else { word.replace('_', " ") };
    let bytes = transfer::decode(transfer, word.as_bytes()).into_owned();
    Some((Word { encoding, bytes }, after))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_are_decoded_and_joined() {
        assert_eq!(
            decode("=?UTF-8?Q?Rates_rise_=E2=80=93?= =?utf-8?b?IG5vdw==?= we wait"),
            "Rates rise – now we wait"
        );
        assert_eq!(decode("Re: =?iso-8859-1*fr?q?Caf=E9?="), "Re: Café");
        assert_eq!(
            decode("=?utf-8?q?Ice?= =?iso-8859-1?q?_caf=E9?= and =?utf-8?q?tea?="),
            "Ice café and tea"
        );
    }

    #[test]
    fn a_character_may_be_cut_between_two_words() {
        assert_eq!(decode("=?UTF-8?B?TMOpZMOpIGzD?=\r\n =?utf8?B?qWfDqHJl?="), "Lédé légère");
        assert_eq!(decode("=?gb2312?q?=B1?= =?gb2312?q?=F9?="), "冰");
        // The words are two, each with letters of its own.
        assert_eq!(decode("=?utf-8?q?=C3?= =?iso-8859-1?q?=A9?="), "\u{fffd}©");
        let japanese = "=?iso-2022-jp?B?GyRCSTkbKEI=?=";
        assert_eq!(decode(&format!("{japanese} {japanese}")), "氷氷");
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        for value in ["plain", "a =? b", "=?x-none?Q?a?=", "=?utf-8?X?a?=", "=?utf-8?Q?a b?=", "=?utf-8?Q?a"]
        {
            assert_eq!(decode(value), value);
            assert_eq!(decode(&format!("=?utf-8?q?Ice?= {value}")), format!("Ice {value}"));
        }
    }

    #[test]
    fn a_word_is_no_longer_than_a_line() {
        let word = |n: usize| format!("=?utf-8?q?{}?=", "a".repeat(n));
        assert_eq!(decode(&word(900)), "a".repeat(900));
        assert_eq!(decode(&word(2000)), word(2000));
    }

    /// Would take minutes if each beginning were looked at to the end.
    #[test]
    fn time_is_linear() {
        for piece in ["=?a?q", "=?", "=?utf-8?q?", "=?utf-8?q?a", "=?utf-8?q?a?= "] {
            let value = piece.repeat(1_000_000 / piece.len());
            assert!(decode(&value).len() <= value.len());
        }
    }
}
