//! A WARC record: what it says of the page in it, and the page.

use crate::{
    headers::{Headers, next_line},
    http::Response,
    media_type::MediaType,
    reject::RejectKind,
    skip::Skip,
};
use std::borrow::Cow;

/// A WARC record: its header, and its block or as much of it as is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WarcRecord<'a> {
    headers: Headers<'a>,
    block: &'a [u8],
}

/// The page in a record.
#[derive(Clone, Debug)]
pub(crate) struct WarcPage<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) media_type: Option<MediaType>,
}

impl<'a> WarcRecord<'a> {
    /// Reads a record from its version line on.
    pub(crate) fn parse(bytes: &'a [u8]) -> Self {
        let (_, rest) = next_line(bytes);
        let (headers, block) = Headers::split(rest);
        WarcRecord { headers, block }
    }

    /// Number of bytes of the block, as the header states it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.headers.get("Content-Length")?.parse().ok()
    }

    /// The record's id, as written.
    pub(crate) fn id(&self) -> Option<Cow<'a, str>> {
        self.headers.get("WARC-Record-ID")
    }

    /// When it was recorded, as written.
    pub(crate) fn date(&self) -> Option<Cow<'a, str>> {
        self.headers.get("WARC-Date")
    }

    /// The address of the page, without the angle brackets that some crawlers put around it.
    pub(crate) fn target(&self) -> Option<Cow<'a, str>> {
        let target = self.headers.get("WARC-Target-URI")?;
        match target.strip_prefix('<').and_then(|target| target.strip_suffix('>')) {
            Some(bare) => Some(Cow::Owned(bare.to_owned())),
            None => Some(target),
        }
    }

    /// Why the record is no page, if it is none. Its block has `length` bytes, of which the first are enough.
    pub(crate) fn skip(&self, length: u64) -> Option<Skip> {
        let kind = self.headers.get("WARC-Type").unwrap_or_default().to_ascii_lowercase();
        match &*kind {
            "response" | "resource" | "conversion" => {}
            "request" => return Some(Skip::Request),
            "warcinfo" | "metadata" => return Some(Skip::Metadata),
            "revisit" => return Some(Skip::Revisit),
            "continuation" => return Some(Skip::Continuation),
            _ => return Some(Skip::Other),
        }
        if self.target().is_some_and(|target| target.starts_with("dns:")) {
            return Some(Skip::Other);
        }
        if let Some(response) = self.response() {
            if !response.is_success() {
                return Some(Skip::Status);
            }
            // A block that is not all there has more of the body to come.
            if response.body().is_empty() && self.block.len() as u64 == length {
                return Some(Skip::Empty);
            }
        } else if length == 0 {
            return Some(Skip::Empty);
        }
        let media_type = self.media_type()?;
        (!media_type.is_page() && !media_type.is_unknown()).then_some(Skip::MediaType)
    }

    /// The page, without the codings it was sent in.
    ///
    /// # Errors
    /// Where there is no response, or it cannot be decoded to `max` bytes at most.
    pub(crate) fn page(&self, max: u64) -> Result<WarcPage<'a>, (RejectKind, String)> {
        let bytes = match self.response() {
            Some(response) => response.page(max)?,
            None if self.is_http() => {
                return Err((RejectKind::Malformed, "the record holds no HTTP response".to_owned()));
            }
            None => Cow::Borrowed(self.block),
        };
        Ok(WarcPage { bytes, media_type: self.media_type().filter(|media_type| !media_type.is_unknown()) })
    }

    fn response(&self) -> Option<Response<'a>> {
        Response::parse(self.block)
    }

    fn block_type(&self) -> Option<MediaType> {
        MediaType::parse(&self.headers.get("Content-Type")?)
    }

    fn is_http(&self) -> bool {
        self.block_type().is_some_and(|media_type| media_type.name == "application/http")
    }

    /// What the page is: the server says it, else the crawler that looked.
    fn media_type(&self) -> Option<MediaType> {
        let stated = match self.response() {
            Some(response) => response.media_type(),
            None if self.is_http() => None,
            None => self.block_type(),
        };
        stated.or_else(|| MediaType::parse(&self.headers.get("WARC-Identified-Payload-Type")?))
    }
}
