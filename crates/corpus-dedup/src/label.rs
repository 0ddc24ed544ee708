//! A label: what a document is called, and what decides which of several copies survives.

use serde::{Deserialize, Serialize};

/// What a document is called. Labels take no part in finding copies; they decide, among copies, which survives.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The document's id, as a person knows it. Ids should differ; where they do not, the place decides.
    pub id: String,
    /// Date of the document, as an ISO 8601 or EDTF string that sorts; `None` where it is not known.
    pub date: Option<String>,
    /// Where the document lies.
    pub place: String,
}

impl Label {
    /// The label as bytes: the length of the id and of the date, then the three texts.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let date = self.date.as_deref().unwrap_or_default();
        let mut bytes = Vec::with_capacity(8 + self.id.len() + date.len() + self.place.len());
        bytes.extend_from_slice(&(self.id.len() as u32).to_le_bytes());
        // An absent date is not an empty one.
        let date_len = if self.date.is_some() { date.len() as u32 } else { u32::MAX };
        bytes.extend_from_slice(&date_len.to_le_bytes());
        [&*self.id, date, &self.place].iter().for_each(|text| bytes.extend_from_slice(text.as_bytes()));
        bytes
    }

    /// The label that [`Label::to_bytes`] made these bytes of.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | usize::from(byte));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (lengths, texts) = bytes.split_at(8.min(bytes.len()));
        let (id_len, date_len) = lengths.split_at(4.min(lengths.len()));
        let (id, rest) = texts.split_at(number(id_len).min(texts.len()));
        let has_date = date_len != [0xff; 4];
        let (date, place) = rest.split_at(if has_date { number(date_len).min(rest.len()) } else { 0 });
        Label { id: text(id), date: has_date.then(|| text(date)), place: text(place) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_comes_back_from_its_bytes() {
        for date in [None, Some(String::new()), Some("2021-03".to_owned())] {
            let label = Label { id: "ä-1".to_owned(), date, place: "pages/a.txt".to_owned() };
            assert_eq!(Label::from_bytes(&label.to_bytes()), label);
        }
    }
}
