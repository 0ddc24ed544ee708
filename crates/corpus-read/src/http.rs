//! An HTTP response as a crawler kept it: status, headers and body.

mod coding;

use crate::{
    headers::{Headers, next_line},
    media_type::MediaType,
    reject::RejectKind,
};
use std::borrow::Cow;

/// An HTTP response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    headers: Headers<'a>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Reads a response; `None` where there is no status line.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (line, rest) = next_line(bytes);
        let version_and_more = line.strip_prefix(b"HTTP/")?;
        let space = memchr::memchr(b' ', version_and_more)?;
        let code = version_and_more[space..].trim_ascii_start().get(..3)?;
        let status = std::str::from_utf8(code).ok()?.parse().ok()?;
        let (headers, body) = Headers::split(rest);
        Some(Response { status, headers, body })
    }

    /// Whether it brings what was asked for.
    pub(crate) fn is_success(self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What it says the body is.
    pub(crate) fn media_type(self) -> Option<MediaType> {
        MediaType::parse(&self.headers.get("Content-Type")?)
    }

    /// The body as it was sent.
    pub(crate) fn body(self) -> &'a [u8] {
        self.body
    }

    /// The body without the codings it was sent in. Crawlers that keep it decoded often leave the headers as they
    /// were, so a body that does not look coded is taken as it is; one that is cut is decoded up to the cut.
    ///
    /// # Errors
    /// Where it cannot be decoded, or gives more than `max` bytes.
    pub(crate) fn page(self, max: u64) -> Result<Cow<'a, [u8]>, (RejectKind, String)> {
        let mut page = Cow::Borrowed(self.body);
        if let Some(names) = self.headers.get("Transfer-Encoding")
            && names.to_ascii_lowercase().contains("chunked")
            && let Some(joined) = coding::join_chunks(&page)
        {
            page = Cow::Owned(joined);
        }
        if let Some(names) = self.headers.get("Content-Encoding") {
            // Applied in the order written, so the last comes off first.
            for name in names.rsplit(',').map(str::trim).filter(|name| !name.is_empty()) {
                if let Some(decoded) = coding::decode(&name.to_ascii_lowercase(), &page, max)? {
                    page = Cow::Owned(decoded);
                }
            }
        }
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(headers: &str, body: &[u8]) -> Result<Vec<u8>, (RejectKind, String)> {
        let bytes = [b"HTTP/1.1 200 OK\r\n", headers.as_bytes(), b"\r\n\r\n", body].concat();
        Response::parse(&bytes).unwrap().page(1000).map(Cow::into_owned)
    }

    #[test]
    fn the_status_line_is_read() {
        let status = |line: &str| Response::parse(line.as_bytes()).map(|response| response.status);
        assert_eq!(status("HTTP/1.1 404 Not Found\r\n\r\n"), Some(404));
        assert_eq!(status("HTTP/2 200\n\n"), Some(200));
        assert_eq!(status("HTTP/1.0 200"), Some(200));
        assert_eq!(status("GET / HTTP/1.1\r\n"), None);
        assert_eq!(status("HTTP/1.1 2x0 OK\r\n"), None);
    }

    #[test]
    fn chunks_are_joined() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(page(chunked, b"4;x=1\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n").unwrap(), b"abcdef");
        assert_eq!(page(chunked, b"4\r\nabcd\r\n8\r\nef").unwrap(), b"abcdef");
        assert_eq!(page(chunked, b"<p>joined before").unwrap(), b"<p>joined before");
        assert_eq!(page(chunked, b"").unwrap(), b"");
    }

    #[test]
    fn what_is_coded_no_more_is_taken_as_it_is() {
        for name in ["gzip", "deflate", "br", "zstd", "utf-8"] {
            let headers = format!("Content-Encoding: {name}");
            assert_eq!(page(&headers, b"<p>A page.").unwrap(), b"<p>A page.", "{name}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_named() {
        let (kind, reason) = page("Content-Encoding: compress", b"\x1f\x9d\x90\0\x01\x02\x03").unwrap_err();
        assert_eq!((kind, reason.contains("\"compress\"")), (RejectKind::Coding, true), "{reason}");
        let (kind, reason) =
            page("Content-Encoding: gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff").unwrap_err();
        assert_eq!((kind, reason.contains("gzip")), (RejectKind::Coding, true), "{reason}");
    }
}
