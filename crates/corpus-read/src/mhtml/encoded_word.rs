//! Words of a header that are no ASCII: `=?UTF-8?Q?Caf=C3=A9?=` (RFC 2047).

use super::transfer;
use encoding_rs::Encoding;

/// The value with its encoded words decoded; what is none, or is in an unknown encoding, stays as it is.
pub(super) fn decode(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    let mut is_behind_word = false;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        // Blanks between two encoded words are no part of either.
        if !(is_behind_word && before.trim().is_empty()) {
            decoded.push_str(before);
        }
        match word(&from[2..]) {
            Some((text, after)) => {
                decoded.push_str(&text);
                rest = after;
                is_behind_word = true;
            }
            None => {
                decoded.push_str("=?");
                rest = &from[2..];
                is_behind_word = false;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The word that begins behind `=?`, and what follows it.
fn word(rest: &str) -> Option<(String, &str)> {
    let (charset, rest) = rest.split_once('?')?;
    let (form, rest) = rest.split_once('?')?;
    let (word, after) = rest.split_once("?=")?;
    if word.contains(char::is_whitespace) {
        return None;
    }
    // A language may follow the name of the encoding (RFC 2231).
    let charset = charset.split('*').next().unwrap_or(charset);
    let encoding = Encoding::for_label(charset.as_bytes())?;
    let bytes = match form {
        "Q" | "q" => transfer::decode("quoted-printable", word.replace('_', " ").as_bytes()).into_owned(),
        "B" | "b" => transfer::decode("base64", word.as_bytes()).into_owned(),
        _ => return None,
    };
    Some((encoding.decode_without_bom_handling(&bytes).0.into_owned(), after))
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
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        for value in ["plain", "a =? b", "=?x-none?Q?a?=", "=?utf-8?X?a?=", "=?utf-8?Q?a b?=", "=?utf-8?Q?a"]
        {
            assert_eq!(decode(value), value);
        }
    }
}
