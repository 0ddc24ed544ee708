//! A record that is plain text, as copies are looked for: its label and its words without parsing it.

use crate::label::{Label, stem};
use corpus_core::{DocumentId, Record, encoding};
use std::{borrow::Cow, str};

/// As [`Label::of`], for the one document of a record of plain text that lies at `place` and is not parsed. It has no
/// document's id.
pub fn label_of_plain(record: &Record<'_>, place: String) -> Label {
    let Record { uri, place: in_file, metadata, .. } = record;
    let id = metadata.id.as_deref().or(in_file.as_ref().and_then(|place| place.id.as_deref()));
    let id = id.or_else(|| if in_file.is_none() { stem(uri) } else { None });
    let document_id = || DocumentId::of(&record.source("text/plain"), None).as_str().to_owned();
    Label {
        id: id.map_or_else(document_id, str::to_owned),
        date: metadata.date.clone(),
        place,
        ..Label::default()
    }
}

/// The text of a record of plain text, as far as its words go.
pub fn text_of_plain<'a>(record: &'a Record<'_>) -> Cow<'a, str> {
    match str::from_utf8(&record.bytes) {
        // It is UTF-8, unless zeros tell UTF-16; a byte-order mark is in no word.
        Ok(text) if record.charset.is_none() && !record.bytes.contains(&0) => Cow::Borrowed(text),
        _ => Cow::Owned(encoding::decode(&record.bytes, record.charset.as_deref()).0),
    }
}
