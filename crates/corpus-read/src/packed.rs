//! A packed record: a record as it lies in its container, not yet decoded.

use crate::{
    fields::{Fields, Page, Plan, Unfit, field_names, mend_surrogates},
    files::Names,
    kind::no_text,
    mbox,
    mhtml::{self, SavedPage},
    reject::{Reject, RejectKind, Spot},
    sidecar::Sidecar,
    warc::WarcRecord,
};
use corpus_core::{Metadata, Place, Record};
use std::{borrow::Cow, sync::Arc};

/// A record as it lies in its container: a line of JSON, a record of a WARC archive, a mail, or a whole file.
///
/// It owns its bytes and is cheap to make, so that one thread can read while others [`unpack`](Packed::unpack).
#[derive(Clone, Debug)]
pub struct Packed {
    pub(crate) container: Arc<Container>,
    pub(crate) bytes: Vec<u8>,
    /// Where the record begins; `None` where the file is the record.
    pub(crate) spot: Option<Spot>,
}

/// What the records of a file have in common.
#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) names: Names,
    pub(crate) form: Form,
    pub(crate) lookup: Arc<Lookup>,
}

/// What the records of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The file is a page, with its media type where the name says it.
    Page(Option<&'static str>),
    /// The file is a page saved with its parts, or a mail.
    Mhtml,
    /// Records are mails.
    Mbox,
    /// Records are JSON objects.
    Json,
    /// Records are those of a WARC archive.
    Warc,
}

/// What it takes to unpack a record.
#[derive(Debug)]
pub(crate) struct Lookup {
    pub(crate) plan: Plan,
    pub(crate) page_fields: String,
    pub(crate) sidecar: Sidecar,
    /// Largest page, once decoded.
    pub(crate) max_record: u64,
}

impl Packed {
    /// Path of the file, as the user named it; `-` is standard input.
    pub fn uri(&self) -> &str {
        &self.container.names.uri
    }

    /// Place of the record in its container; `None` where the file is the record.
    pub fn place(&self) -> Option<Place> {
        self.spot.map(|spot| {
            let id = match self.container.form {
                Form::Warc => WarcRecord::parse(&self.bytes).id().map(Cow::into_owned),
                Form::Mbox => mhtml::id(&self.bytes),
                _ => None,
            };
            Place { index: spot.index, offset: spot.offset, id }
        })
    }

    /// Number of bytes, as they lie in the container (decompressed).
    #[expect(clippy::len_without_is_empty, reason = "a packed record is never empty")]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The record, decoded: a JSON line into its page and metadata, an HTTP response into its body without codings,
    /// with the sidecar's metadata added.
    ///
    /// The page is borrowed where it can be: a whole file always, a JSON string where it has no escapes, a response
    /// that is not coded. Half a surrogate pair in a JSON string (a character that the writer cut in two) becomes
    /// U+FFFD.
    ///
    /// # Errors
    /// A [`Reject`] where the record is no JSON object in UTF-8, cannot be decoded, or has no page.
    pub fn unpack(&self) -> Result<Record<'_>, Reject> {
        let unpacked = match self.container.form {
            Form::Page(media_type) => Ok(self.unpack_file(media_type)),
            Form::Mhtml => self.unpack_message(mhtml::page(&self.bytes), self.unpack_file(None)),
            Form::Mbox => self.unpack_mail(),
            Form::Json => self.unpack_json(),
            Form::Warc => self.unpack_warc(),
        };
        unpacked.map_err(|(kind, reason)| {
            let reject = Reject::new(self.uri(), kind, reason);
            match self.spot {
                Some(spot) => reject.at(spot),
                None => reject,
            }
        })
    }

    fn unpack_file(&self, media_type: Option<&'static str>) -> Record<'_> {
        let Container { names, lookup, .. } = &*self.container;
        let mut record = Record::new(&*names.uri, &self.bytes);
        record.media_type = media_type.map(Cow::Borrowed);
        if let Some(row) = lookup.sidecar.of_file(names) {
            record.metadata = row.metadata.clone();
            record.title = row.title.as_deref().map(Cow::Borrowed);
        }
        record
    }

    fn unpack_mail(&self) -> Result<Record<'_>, (RejectKind, String)> {
        let page = match mbox::mail(&self.bytes) {
            Cow::Borrowed(bytes) => mhtml::mail(bytes),
            Cow::Owned(bytes) => mhtml::mail(&bytes).map(SavedPage::into_owned),
        };
        let mut record = Record::new(self.uri(), &[][..]);
        record.place = self.place();
        let id = record.place.as_ref().and_then(|place| place.id.as_deref());
        if let Some(row) = id.and_then(|id| self.container.lookup.sidecar.of_id(id)) {
            record.metadata = row.metadata.clone();
            record.title = row.title.as_deref().map(Cow::Borrowed);
        }
        self.unpack_message(page, record)
    }

    /// The record of a message, of which `record` is what is known without it.
    fn unpack_message<'a>(
        &'a self,
        page: Option<SavedPage<'a>>,
        mut record: Record<'a>,
    ) -> Result<Record<'a>, (RejectKind, String)> {
        let Some(page) = page else {
            return Err((
                RejectKind::NoPage,
                "no page: the message has no part in HTML or plain text".to_owned(),
            ));
        };
        if page.bytes.is_empty() {
            return Err((RejectKind::Empty, "the page is empty".to_owned()));
        }
        record.bytes = page.bytes;
        record.charset = page.media_type.parameter("charset").map(Cow::Owned);
        record.media_type = Some(Cow::Owned(page.media_type.name));
        record.metadata.url = record.metadata.url.or(page.url);
        record.metadata.date = record.metadata.date.or(page.mail.sent);
        record.title = record.title.or(page.mail.subject.map(Cow::Owned));
        record.fetched = page.saved.map(Cow::Owned);
        Ok(record)
    }

    fn unpack_warc(&self) -> Result<Record<'_>, (RejectKind, String)> {
        let Lookup { sidecar, max_record, .. } = &*self.container.lookup;
        let warc = WarcRecord::parse(&self.bytes);
        let page = warc.page(*max_record)?;
        if page.bytes.is_empty() {
            return Err((RejectKind::Empty, "the page is empty".to_owned()));
        }
        if let Some(what) = no_text(&page.bytes) {
            return Err((RejectKind::Binary, format!("no text but {what}")));
        }
        let mut record = Record::new(self.uri(), page.bytes);
        record.charset =
            page.media_type.as_ref().and_then(|media_type| media_type.parameter("charset")).map(Cow::Owned);
        record.media_type = page.media_type.map(|media_type| Cow::Owned(media_type.name));
        record.place = self.place();
        record.fetched = warc.date();
        let url = warc.target();
        if let Some(more) = warc.id().into_iter().chain(url.clone()).find_map(|key| sidecar.of_id(&key)) {
            record.metadata = more.metadata.clone();
        }
        record.metadata.url = url.map(Cow::into_owned).or(record.metadata.url);
        Ok(record)
    }

    fn unpack_json(&self) -> Result<Record<'_>, (RejectKind, String)> {
        let json = simdutf8::compat::from_utf8(&self.bytes).map_err(|error| {
            (RejectKind::Utf8, format!("not valid UTF-8 at byte {} of the record", error.valid_up_to()))
        })?;
        let plan = &self.container.lookup.plan;
        let (page, metadata, title) = match plan.read(json) {
            Ok(fields) => self.page_and_metadata(fields, json)?,
            Err(error) => {
                let mended = mend_surrogates(json);
                let Some(fields) = mended.as_deref().and_then(|json| plan.read(json).ok()) else {
                    return Err((RejectKind::Json, describe(&error)));
                };
                let (page, metadata, title) = self.page_and_metadata(fields, json)?;
                let title = title.map(|title| Cow::Owned(title.into_owned()));
                (Page { text: Cow::Owned(page.text.into_owned()), ..page }, metadata, title)
            }
        };
        let bytes = match page.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        let mut record = Record::new(self.uri(), bytes)
            .with_media_type(if page.is_html { "text/html" } else { "text/plain" })
            .with_metadata(metadata);
        record.place = self.place();
        record.title = title.filter(|_| !page.is_html);
        Ok(record)
    }

    fn page_and_metadata<'a>(
        &self,
        mut fields: Fields<'a>,
        json: &str,
    ) -> Result<(Page<'a>, Metadata, Title<'a>), (RejectKind, String)> {
        let Lookup { page_fields, sidecar, .. } = &*self.container.lookup;
        let page = fields.take_page().map_err(|unfit| match unfit {
            None => {
                let found = field_names(json);
                (
                    RejectKind::NoPage,
                    format!("no page: expected a string in {page_fields}, found the fields {found}"),
                )
            }
            Some(Unfit::Empty) => (RejectKind::Empty, "the page is empty".to_owned()),
            Some(Unfit::NoString(what)) => {
                (RejectKind::NoPage, format!("no page: expected a string in {page_fields}, found {what}"))
            }
        })?;
        let (mut metadata, mut title) = (fields.metadata(), fields.take_title());
        if let Some(more) = metadata.id.as_deref().and_then(|id| sidecar.of_id(id)) {
            metadata.url = metadata.url.or_else(|| more.metadata.url.clone());
            metadata.date = metadata.date.or_else(|| more.metadata.date.clone());
            title = title.or_else(|| more.title.clone().map(Cow::Owned));
        }
        Ok((page, metadata, title))
    }
}

/// What a page is called, where its record says so.
type Title<'a> = Option<Cow<'a, str>>;

/// The fault without serde's own place, which counts lines within the record.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let fault = message.rsplit_once(" at line ").map_or(&*message, |(fault, _)| fault);
    match (error.line(), error.column()) {
        (0, _) | (_, 0) => format!("not valid JSON: {fault}"),
        (1, column) => format!("not valid JSON at byte {} of the record: {fault}", column - 1),
        (line, column) => {
            format!("not valid JSON at line {line}, byte {} of the record: {fault}", column - 1)
        }
    }
}
