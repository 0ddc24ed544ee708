//! A part in the index's own store: its text as it is, and all else as bytes.

use crate::{
    fact::Fact,
    part_text::{PartText, Passage},
};
use corpus_core::{InSource, PartKind, Role, Span};
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

/// The part without its text as bytes. They are read by the version of the index that wrote them and by no other.
pub(super) fn write(part: &PartText) -> Vec<u8> {
    let mut writer = Writer(Vec::with_capacity(20 * part.passages.len() + 256));
    writer.number(part.order);
    writer.text(&part.document);
    writer.text(&part.uri);
    writer.number(part.record.map_or(0, |record| record + 1));
    writer.option(part.record_id.as_deref());
    writer.number(part.part as u64);
    writer.number(KINDS.iter().position(|kind| *kind == part.kind).unwrap_or(0) as u64);
    writer.option(part.title.as_deref());
    writer.number(part.authors.len() as u64);
    part.authors.iter().for_each(|author| writer.text(author));
    writer.option(part.site.as_deref());
    writer.option(part.url.as_deref());
    writer.option(part.language.as_deref());
    writer.option(part.published.as_ref().map(corpus_core::Edtf::as_str));
    writer.option(part.date_method.as_deref());
    writer.number(part.passages.len() as u64);
    let mut before = Before::default();
    for passage in &part.passages {
        writer.number((passage.span.start - before.end) as u64);
        writer.number(passage.span.len() as u64);
        writer.number((passage.chars - before.chars) as u64);
        writer.number((passage.utf16 - before.utf16) as u64);
        writer.number((passage.line - before.line) as u64);
        writer.number(passage.column as u64);
        writer.number(Role::ALL.iter().position(|role| *role == passage.role).unwrap_or(0) as u64);
        writer.number((passage.block - before.block) as u64);
        writer.in_source(passage.in_source);
        writer.0.extend_from_slice(&passage.key.to_le_bytes());
        before = Before::from(passage);
    }
    writer.number(part.facts.len() as u64);
    for fact in &part.facts {
        writer.text(&fact.layer);
        writer.number(fact.span.start as u64);
        writer.number(fact.span.len() as u64);
        writer.number(fact.says.len() as u64);
        for (name, text) in &fact.says {
            writer.text(name);
            writer.text(text);
        }
    }
    writer.0
}

/// The part that has this text and whose bytes these are; `None` where they are not one's.
fn read(bytes: &[u8], text: String) -> Option<PartText> {
    let mut reader = Reader(bytes);
    let order = reader.number()?;
    let document = reader.text()?;
    let uri = reader.text()?;
    let record = reader.number()?.checked_sub(1);
    let record_id = reader.option()?;
    let part = reader.size()?;
    let kind = *KINDS.get(reader.size()?)?;
    let title = reader.option()?;
    let authors = (0..reader.size()?).map(|_| reader.text()).collect::<Option<Vec<_>>>()?;
    let site = reader.option()?;
    let url = reader.option()?;
    let language = reader.option()?;
    let published = reader.option()?.and_then(|date| date.parse().ok());
    let date_method = reader.option()?;
    let n_passages = reader.size()?;
    let mut passages = Vec::with_capacity(n_passages.min(bytes.len()));
    let mut before = Before::default();
    let mut start = 0;
    for _ in 0..n_passages {
        let first = before.end + reader.size()?;
        let len = reader.size()?;
        let passage = Passage {
            span: Span::new(first, first.checked_add(len)?),
            start,
            chars: before.chars + reader.size()?,
            utf16: before.utf16 + reader.size()?,
            line: before.line + reader.size()?,
            column: reader.size()?,
            role: *Role::ALL.get(reader.size()?)?,
            block: before.block + reader.size()?,
            in_source: reader.in_source()?,
            key: u64::from_le_bytes(*reader.take(8)?.first_chunk()?),
        };
        start += len + 1;
        before = Before::from(&passage);
        passages.push(passage);
    }
    let mut facts = Vec::new();
    for _ in 0..reader.size()? {
        let layer = reader.text()?;
        let first = reader.size()?;
        let span = Span::new(first, first.checked_add(reader.size()?)?);
        let says = (0..reader.size()?).map(|_| Some((reader.text()?, reader.text()?)));
        facts.push(Fact { layer, span, says: says.collect::<Option<Vec<_>>>()? });
    }
    (text.len() == start && reader.0.is_empty()).then_some(PartText {
        order,
        document,
        uri,
        record,
        record_id,
        part,
        kind,
        title,
        authors,
        site,
        url,
        language,
        published,
        date_method,
        text,
        passages,
        facts,
    })
}

/// What the store has of a part.
pub(super) struct Kept {
    text: String,
    bytes: Vec<u8>,
}

impl Kept {
    /// The part; `None` where it cannot be read.
    pub(super) fn part(self) -> Option<PartText> {
        read(&self.bytes, self.text)
    }
}

impl DocumentDeserialize for Kept {
    fn deserialize<'de, D>(mut fields: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let missing = || DeserializeError::custom("a part has not what is kept of it");
        let (_, text) = fields.next_field()?.ok_or_else(missing)?;
        let (_, bytes) = fields.next_field()?.ok_or_else(missing)?;
        Ok(Kept { text, bytes })
    }
}

/// Kinds of parts by number. The order is part of the format.
pub(super) const KINDS: [PartKind; 4] =
    [PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture];

/// What the places of a passage are counted from: those of the one before it.
#[derive(Default)]
struct Before {
    end: usize,
    chars: usize,
    utf16: usize,
    line: usize,
    block: usize,
}

impl From<&Passage> for Before {
    fn from(passage: &Passage) -> Before {
        Before {
            end: passage.span.end,
            chars: passage.chars,
            utf16: passage.utf16,
            line: passage.line,
            block: passage.block,
        }
    }
}

struct Writer(Vec<u8>);

impl Writer {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn in_source(&mut self, place: Option<InSource>) {
        let Some(InSource { line, byte }) = place else { return self.number(0) };
        self.number(1 + u64::from(line.is_some()) + 2 * u64::from(byte.is_some()));
        if let Some(line) = line {
            self.number(line.into());
        }
        if let Some(byte) = byte {
            self.number(byte.start as u64);
            self.number(byte.len() as u64);
        }
    }

    fn option(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        // No number in a part is larger than its text, and no text larger than this.
        self.number().and_then(|number| usize::try_from(number).ok()).filter(|number| *number < 1 << 40)
    }

    fn text(&mut self) -> Option<String> {
        let len = self.size()?;
        Some(std::str::from_utf8(self.take(len)?).ok()?.to_owned())
    }

    fn in_source(&mut self) -> Option<Option<InSource>> {
        let known = match self.number()? {
            0 => return Some(None),
            known @ 1..=4 => known - 1,
            _ => return None,
        };
        let mut place = InSource::default();
        if known & 1 == 1 {
            place.line = Some(u32::try_from(self.number()?).ok()?);
        }
        if known & 2 == 2 {
            let start = self.size()?;
            place.byte = Some(Span::new(start, start.checked_add(self.size()?)?));
        }
        Some(Some(place))
    }

    fn option(&mut self) -> Option<Option<String>> {
        if self.number()? == 0 { Some(None) } else { self.text().map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, Record, text::Text};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_part_comes_back_as_it_was(page in r"([A-Za-zé🚢]{1,9}[ .\n]{0,2}){0,60}") {
            for document in Text::new().parse_all(&Record::new("page.txt", page.as_bytes())) {
                for mut part in PartText::all_of(&document, 3) {
                    for (at, passage) in part.passages.iter_mut().enumerate() {
                        let byte = Some(Span::new(at, 300 * at)).filter(|_| at % 2 == 0);
                        let line = Some(at as u32).filter(|_| at % 3 == 0);
                        passage.in_source = Some(InSource { line, byte }).filter(|_| at % 5 > 0);
                    }
                    prop_assert_eq!(read(&write(&part), part.text.clone()), Some(part));
                }
            }
        }

        #[test]
        fn any_bytes_are_a_part_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes, String::new());
        }
    }
}
