//! The columns of a date of publication or change.

use crate::{
    columns::{Offsets, Presence, Spans, fields_of, structure},
    error::Error,
    fields::{self, Fields, Rows, Texts},
};
use arrow_array::{ArrayRef, builder::StringBuilder};
use arrow_schema::DataType;
use corpus_core::{Edtf, Evidence, Published};
use std::sync::Arc;

/// The columns of a date, in the making.
#[derive(Debug, Default)]
pub(crate) struct PublishedRows {
    presence: Presence,
    edtf: StringBuilder,
    timestamp: StringBuilder,
    method: StringBuilder,
    evidence: Offsets,
    spans: Spans,
    fields: StringBuilder,
    values: StringBuilder,
    bounds: StringBuilder,
}

impl PublishedRows {
    pub(crate) fn push(&mut self, published: Option<&Published>) {
        self.presence.push(published.is_some());
        self.edtf.append_value(published.map_or("", |published| published.edtf.as_str()));
        self.method.append_value(published.map_or("", |published| published.method.as_str()));
        let option = |edtf: Option<&Edtf>| edtf.map(|edtf| edtf.as_str().to_owned());
        self.timestamp.append_option(published.and_then(|published| option(published.timestamp.as_ref())));
        self.bounds.append_option(published.and_then(|published| option(published.bounds.as_ref())));
        let evidence = published.map_or(&[][..], |published| &published.evidence);
        self.evidence.push(evidence.len());
        for evidence in evidence {
            let (span, field, value) = match evidence {
                Evidence::Span { span } => (Some(*span), None, None),
                Evidence::Field { field, value } => (None, Some(field), Some(value)),
                _ => (None, None, None),
            };
            self.spans.push(span);
            self.fields.append_option(field);
            self.values.append_option(value);
        }
    }

    pub(crate) fn finish(&mut self, data_type: &DataType) -> Result<ArrayRef, Error> {
        let fields = fields_of(data_type)?;
        let list = fields.find("evidence").map(|(_, field)| field.data_type().clone());
        let list = list.ok_or_else(|| Error::rows("a date has no column \"evidence\""))?;
        let DataType::List(item) = &list else { return Err(Error::rows("evidence is no list")) };
        let [start, end] = self.spans.finish();
        let items = vec![start, end, Arc::new(self.fields.finish()), Arc::new(self.values.finish())];
        let evidence = self.evidence.finish(&list, structure(item.data_type(), items, None)?)?;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.edtf.finish()),
            Arc::new(self.timestamp.finish()),
            Arc::new(self.method.finish()),
            evidence,
            Arc::new(self.bounds.finish()),
        ];
        structure(data_type, columns, self.presence.finish())
    }
}

/// The columns of dates that were read.
#[derive(Debug)]
pub(crate) struct PublishedColumns {
    all: Fields,
    edtf: Texts,
    timestamp: Texts,
    method: Texts,
    evidence: Rows,
    spans: fields::Spans,
    fields: Texts,
    values: Texts,
    bounds: Texts,
}

impl PublishedColumns {
    pub(crate) fn of(all: Fields) -> Result<Self, Error> {
        let (evidence, items) = all.list("evidence")?;
        Ok(PublishedColumns {
            edtf: all.texts("edtf")?,
            timestamp: all.texts("timestamp")?,
            method: all.texts("method")?,
            evidence,
            spans: items.spans("span_start", "span_end")?,
            fields: items.texts("field")?,
            values: items.texts("value")?,
            bounds: all.texts("bounds")?,
            all,
        })
    }

    pub(crate) fn get(&self, row: usize) -> Result<Option<Published>, Error> {
        if !self.all.is_there(row) {
            return Ok(None);
        }
        let evidence = |item: usize| -> Result<Evidence, Error> {
            match (self.spans.option(item)?, self.fields.get(item)) {
                (Some(span), _) => Ok(Evidence::Span { span }),
                (None, Some(field)) => {
                    Ok(Evidence::Field { field: field.to_owned(), value: self.values.text(item).to_owned() })
                }
                (None, None) => Err(Error::rows("evidence is neither a span nor a field")),
            }
        };
        let none = Evidence::Field { field: String::new(), value: String::new() };
        let mut published = Published::new(self.edtf.named(row)?, self.method.named(row)?, none);
        published.edtf = self.edtf.named(row)?;
        published.timestamp = self.timestamp.named_option(row)?;
        published.evidence = self.evidence.items(row).map(evidence).collect::<Result<_, _>>()?;
        published.bounds = self.bounds.named_option(row)?;
        Ok(Some(published))
    }
}
