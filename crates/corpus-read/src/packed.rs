//! A packed record: a record as it lies in its container, not yet decoded.

use crate::{
    fields::{Fields, Page, Plan, Unfit, field_names, mend_surrogates},
    files::Names,
    reject::{Reject, RejectKind, Spot},
    sidecar::Sidecar,
};
use corpus_core::{Metadata, Place, Record};
use std::{borrow::Cow, sync::Arc};

/// A record as it lies in its container: a line of JSON, or a whole file.
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
    /// Media type of a file that is a record of its own.
    pub(crate) media_type: Option<&'static str>,
    pub(crate) lookup: Arc<Lookup>,
}

/// What it takes to unpack a record.
#[derive(Debug)]
pub(crate) struct Lookup {
    pub(crate) plan: Plan,
    pub(crate) page_fields: String,
    pub(crate) sidecar: Sidecar,
}

impl Packed {
    /// Path of the file, as the user named it; `-` is standard input.
    pub fn uri(&self) -> &str {
        &self.container.names.uri
    }

    /// Place of the record in its container; `None` where the file is the record.
    pub fn place(&self) -> Option<Place> {
        self.spot.map(|spot| Place { index: spot.index, offset: spot.offset, id: None })
    }

    /// Number of bytes, as they lie in the container (decompressed).
    #[expect(clippy::len_without_is_empty, reason = "a packed record is never empty")]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The record, decoded: a JSON line into its page and metadata, with the sidecar's metadata added.
    ///
    /// The page is borrowed where it can be: a whole file always, a JSON string where it has no escapes. Half a
    /// surrogate pair in a JSON string (a character that the writer cut in two) becomes U+FFFD.
    ///
    /// # Errors
    /// A [`Reject`] where the record is no JSON object in UTF-8 or has no page.
    pub fn unpack(&self) -> Result<Record<'_>, Reject> {
        match self.spot {
            None => Ok(self.unpack_file()),
            Some(spot) => {
                self.unpack_json().map_err(|(kind, reason)| Reject::new(self.uri(), kind, reason).at(spot))
            }
        }
    }

    fn unpack_file(&self) -> Record<'_> {
        let Container { names, media_type, lookup } = &*self.container;
        let mut record = Record::new(&*names.uri, &self.bytes);
        record.media_type = media_type.map(Cow::Borrowed);
        if let Some(metadata) = lookup.sidecar.of_file(names) {
            record.metadata = metadata.clone();
        }
        record
    }

    fn unpack_json(&self) -> Result<Record<'_>, (RejectKind, String)> {
        let json = simdutf8::compat::from_utf8(&self.bytes).map_err(|error| {
            (RejectKind::Utf8, format!("not valid UTF-8 at byte {} of the record", error.valid_up_to()))
        })?;
        let plan = &self.container.lookup.plan;
        let (page, metadata) = match plan.read(json) {
            Ok(fields) => self.page_and_metadata(fields, json)?,
            Err(error) => {
                let mended = mend_surrogates(json);
                let Some(fields) = mended.as_deref().and_then(|json| plan.read(json).ok()) else {
                    return Err((RejectKind::Json, describe(&error)));
                };
                let (page, metadata) = self.page_and_metadata(fields, json)?;
                (Page { text: Cow::Owned(page.text.into_owned()), ..page }, metadata)
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
        Ok(record)
    }

    fn page_and_metadata<'a>(
        &self,
        mut fields: Fields<'a>,
        json: &str,
    ) -> Result<(Page<'a>, Metadata), (RejectKind, String)> {
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
        let mut metadata = fields.metadata();
        if let Some(more) = metadata.id.as_deref().and_then(|id| sidecar.of_id(id)) {
            metadata.url = metadata.url.or_else(|| more.url.clone());
            metadata.date = metadata.date.or_else(|| more.date.clone());
        }
        Ok((page, metadata))
    }
}

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
