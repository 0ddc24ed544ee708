//! A page saved with all its parts (MHTML), or a mail: the part that is the page.

mod encoded_word;
mod transfer;

use crate::{
    headers::{self, Headers, next_line},
    media_type::MediaType,
};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// How deep parts may lie within parts.
const DEPTH_MAX: usize = 8;

/// The page of an MHTML file.
#[derive(Clone, Debug)]
pub(crate) struct SavedPage<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) media_type: MediaType,
    /// Its address.
    pub(crate) url: Option<String>,
    /// When a browser saved it, as written; `None` for a mail.
    pub(crate) saved: Option<String>,
    /// What the header of a mail says of it; nothing for a page that a browser saved.
    pub(crate) mail: Mail,
}

impl SavedPage<'_> {
    /// The same with bytes of its own.
    pub(crate) fn into_owned(self) -> SavedPage<'static> {
        let SavedPage { bytes, media_type, url, saved, mail } = self;
        SavedPage { bytes: Cow::Owned(bytes.into_owned()), media_type, url, saved, mail }
    }
}

/// What the header of a mail says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mail {
    /// Its subject.
    pub(crate) subject: Option<String>,
    /// When it was sent, as written.
    pub(crate) sent: Option<String>,
}

/// A part, its body still as it was sent.
struct Part<'a> {
    headers: Headers<'a>,
    media_type: MediaType,
    body: &'a [u8],
}

/// The page of a file that a browser saved, or that is a mail: the part the header names as the root, else the first part
/// in HTML, else the first in plain text. `None` where there is none.
pub(crate) fn page(bytes: &[u8]) -> Option<SavedPage<'_>> {
    let headers = Headers::split(skip_blank(bytes)).0;
    // What a browser saved is MIME, and comes from nobody who could be answered.
    let is_mail = headers.get("MIME-Version").is_none()
        || headers.get("From").is_some_and(|from| from.contains('@'))
        || ["To", "Received", "Message-ID"].iter().any(|name| headers.get(name).is_some());
    let page = root(bytes)?;
    let date = headers.get("Date").map(Cow::into_owned);
    Some(match is_mail {
        true => SavedPage { mail: Mail::of(headers), ..page },
        false => SavedPage { saved: date, ..page },
    })
}

/// As [`page`], of a mail, whatever its header lacks.
pub(crate) fn mail(bytes: &[u8]) -> Option<SavedPage<'_>> {
    let headers = Headers::split(skip_blank(bytes)).0;
    Some(SavedPage { mail: Mail::of(headers), ..root(bytes)? })
}

impl Mail {
    fn of(headers: Headers<'_>) -> Self {
        let content = headers.get("Content-Type").and_then(|value| MediaType::parse(&value));
        let charset = content.and_then(|content| content.parameter("charset"));
        let subject = headers.bytes("Subject").map(|subject| {
            let text = match std::str::from_utf8(&subject) {
                Ok(text) => Cow::Borrowed(text),
                // Some programs write letters as they are, most in what the text is written in.
                Err(_) => {
                    let named = charset.and_then(|charset| Encoding::for_label(charset.as_bytes()));
                    let fits = named.filter(|named| *named != UTF_8 && named.is_ascii_compatible());
                    fits.unwrap_or(WINDOWS_1252).decode_without_bom_handling(&subject).0
                }
            };
            encoded_word::decode(&text)
        });
        Mail { subject, sent: headers.get("Date").map(Cow::into_owned) }
    }
}

/// The page among the parts of a message, of which nothing more is said.
fn root(bytes: &[u8]) -> Option<SavedPage<'_>> {
    let (headers, body) = Headers::split(skip_blank(bytes));
    let mut parts = Vec::new();
    gather(headers, body, 0, &mut parts);
    let of_type = |name: &str| parts.iter().position(|part: &Part<'_>| part.media_type.name == name);
    let root = headers
        .get("Content-Type")
        .and_then(|value| MediaType::parse(&value)?.parameter("start"))
        .and_then(|id| parts.iter().position(|part| part.headers.get("Content-ID").as_deref() == Some(&*id)))
        .filter(|&root| parts[root].media_type.is_page());
    let first = || {
        of_type("text/html").or_else(|| of_type("application/xhtml+xml")).or_else(|| of_type("text/plain"))
    };
    let part = parts.swap_remove(root.or_else(first)?);
    let encoding = part.headers.get("Content-Transfer-Encoding").unwrap_or_default();
    let url = location(part.headers, "Content-Location")
        .or_else(|| location(headers, "Snapshot-Content-Location"))
        .or_else(|| location(headers, "Content-Location"));
    Some(SavedPage {
        bytes: transfer::decode(encoding.trim(), part.body),
        media_type: part.media_type,
        url: url.map(Cow::into_owned),
        saved: None,
        mail: Mail::default(),
    })
}

/// What a message is called by those who send it on.
pub(crate) fn id(bytes: &[u8]) -> Option<String> {
    let id = Headers::split(skip_blank(bytes)).0.get("Message-ID")?;
    let id = id.trim_matches(['<', '>', ' ']);
    (!id.is_empty()).then(|| id.to_owned())
}

/// The address that a header names, if it is a whole one.
fn location<'a>(headers: Headers<'a>, name: &str) -> Option<Cow<'a, str>> {
    headers.get(name).filter(|url| url.contains(':'))
}

/// Gathers the parts that are no attachment, in the order they stand.
fn gather<'a>(headers: Headers<'a>, body: &'a [u8], depth: usize, parts: &mut Vec<Part<'a>>) {
    let media_type = headers.get("Content-Type").and_then(|value| MediaType::parse(&value));
    let plain = || MediaType::parse("text/plain");
    let Some(media_type) = media_type.or_else(plain) else { return };
    let boundary =
        media_type.name.starts_with("multipart/").then(|| media_type.parameter("boundary")).flatten();
    let is_attached = || {
        let disposition = headers.get("Content-Disposition").unwrap_or_default();
        disposition.trim_start().to_ascii_lowercase().starts_with("attachment")
    };
    match boundary {
        Some(boundary) if depth < DEPTH_MAX => {
            for part in Boundaries::new(body, &boundary) {
                let (headers, body) = Headers::split(part);
                gather(headers, body, depth + 1, parts);
            }
        }
        Some(_) => {}
        None if is_attached() => {}
        None => parts.push(Part { headers, media_type, body }),
    }
}

/// The pieces between the boundary lines of a body; the last one goes to the end where the closing line is missing.
struct Boundaries<'a> {
    delimiter: Vec<u8>,
    rest: Option<&'a [u8]>,
}

impl<'a> Boundaries<'a> {
    fn new(body: &'a [u8], boundary: &str) -> Self {
        let mut boundaries = Boundaries { delimiter: format!("--{boundary}").into_bytes(), rest: Some(body) };
        // What stands before the first line is no part.
        boundaries.next();
        boundaries
    }

    /// Whether a line is a boundary, and whether it is the last one.
    fn is_boundary(&self, line: &[u8]) -> Option<bool> {
        match line.strip_prefix(&*self.delimiter)?.trim_ascii_end() {
            b"" => Some(false),
            b"--" => Some(true),
            _ => None,
        }
    }
}

impl<'a> Iterator for Boundaries<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let piece = self.rest.take()?;
        let begins_line = |&at: &usize| at == 0 || piece[at - 1] == b'\n';
        let mut delimiters = memchr::memmem::find_iter(piece, &self.delimiter).filter(begins_line);
        let found = delimiters.find_map(|at| {
            let (line, after) = next_line(&piece[at..]);
            let is_last = self.is_boundary(line)?;
            Some((at, (!is_last).then_some(after)))
        });
        let Some((end, rest)) = found else { return Some(piece) };
        self.rest = rest;
        // The line end before a boundary belongs to it.
        let piece = &piece[..end];
        let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
        Some(piece.strip_suffix(b"\r").unwrap_or(piece))
    }
}

/// Whether a file begins as MHTML and mail do: with headers, and among them that of a MIME message, or those that every
/// mail has and had before there was MIME.
pub(crate) fn begins(head: &[u8]) -> bool {
    let head = skip_blank(head);
    let (headers, _) = Headers::split(head);
    let is_name = |byte: &u8| byte.is_ascii_graphic() && *byte != b':';
    let name = head.iter().take_while(|byte| is_name(byte)).count();
    if name == 0 || head.get(name) != Some(&b':') {
        return false;
    }
    let is_mime = || {
        headers.get("MIME-Version").is_some()
            && headers.get("Content-Type").is_some_and(|value| MediaType::parse(&value).is_some())
    };
    let is_mail = || {
        let names = ["From", "Date", "Subject"];
        names.iter().all(|name| headers.get(name).is_some()) && headers::are_headers(head)
    };
    is_mime() || is_mail()
}

/// Whether a file begins with headers of which not all can be seen yet; some tools add lines that are none.
pub(crate) fn goes_on(head: &[u8]) -> bool {
    let head = skip_blank(head);
    let first = memchr::memchr(b'\n', head).map_or(0, |end| end + 1);
    headers::length(head).is_none() && headers::are_headers(&head[..first])
}

/// The bytes behind a byte-order mark and empty lines.
fn skip_blank(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://tides.example/a\r\n\
        Date: Tue, 5 Mar 2019 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
        \ttype=\"text/html\";\r\n\tboundary=\"--x--\"\r\n\r\npreamble\r\n----x--\r\nContent-Type: text/css\r\n\r\n\
        p { }\r\n----x--\r\nContent-Type: text/html; charset=windows-1252\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://tides.example/b\r\n\r\n\
        <p>Caf=E9 =3D\r\n open=\r\ned\r\n----x----\r\nepilogue";

    #[test]
    fn the_part_in_html_is_the_page() {
        assert!(begins(SAVED.as_bytes()));
        let page = page(SAVED.as_bytes()).unwrap();
        assert_eq!(&*page.bytes, b"<p>Caf\xe9 =\r\n opened");
        assert_eq!(page.media_type.parameter("charset").as_deref(), Some("windows-1252"));
        assert_eq!(page.url.as_deref(), Some("https://tides.example/b"));
        assert_eq!(page.saved.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 -0000"));
        assert_eq!(page.mail, Mail::default());
    }

    #[test]
    fn of_a_mail_the_html_alternative_is_the_page() {
        let mail = "To: reader@tides.example\nSubject: =?utf-8?q?Caf=C3=A9?=\nDate: Tue, 5 Mar 2019 10:00:00 +0000\nMIME-Version: 1.0\n\
            Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n\
            --b\n\nIn plain text.\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n\
            PHA+SW4g\nSFRNTC4=\n--b--\n--a\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>No.\n--a--\n";
        let page = page(mail.as_bytes()).unwrap();
        assert_eq!((&*page.bytes, page.saved), (&b"<p>In HTML."[..], None));
        assert_eq!(page.mail.subject.as_deref(), Some("Café"));
        assert_eq!(page.mail.sent.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 +0000"));
    }

    #[test]
    fn the_root_that_is_named_is_the_page() {
        let saved = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a; start=\"<2>\"\n\n--a\n\
            Content-Type: text/html\nContent-ID: <1>\n\nframe\n--a\nContent-Type: text/html\nContent-ID: <2>\n\nroot";
        assert_eq!(&*page(saved.as_bytes()).unwrap().bytes, b"root");
    }

    /// Would take many minutes if each boundary within a line were read to the end of the line.
    #[test]
    fn time_is_linear() {
        let body = "--a".repeat(3_000_000);
        let head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n";
        assert_eq!(page(format!("{head}{body}").as_bytes()).unwrap().bytes.len(), body.len());
    }

    #[test]
    fn headers_go_on_to_the_blank_line() {
        assert!(goes_on(b"Received: by the pier\nscanned\nX: y\nMIME-Ver"));
        for head in
            ["Received: by the pier\n\nMIME-Version: 1.0\n", "The ferry left.\nX: y\n", "{\"a\": 1}\n"]
        {
            assert!(!goes_on(head.as_bytes()), "{head}");
        }
    }

    #[test]
    fn text_that_begins_like_a_header_is_no_message() {
        assert!(!begins(b"Note: the ferry\n\nMIME-Version: 1.0\nContent-Type: text/html\n"));
        assert!(!begins(b"<p>MIME-Version: 1.0"));
        assert!(!begins(b"From: a\nDate: b\nSubject: c\nThese are three words.\n\nThe ferry left.\n"));
    }
}
