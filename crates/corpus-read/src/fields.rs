//! The fields of a JSON record that a mapping names, picked in one pass over its bytes.

mod skim;

use crate::mapping::Mapping;
use corpus_core::Metadata;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// A [`Mapping`] made ready for looking up names.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The object itself comes first, then those that dotted names lead into.
    objects: Vec<Vec<Entry>>,
}

#[derive(Debug)]
struct Entry {
    name: Box<str>,
    /// What the field serves as, each with its rank among the fields that do.
    slots: Vec<(Slot, usize)>,
    /// The object that the names below this one are in.
    object: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Html,
    Text,
    Id,
    Url,
    Date,
    Title,
    File,
}

/// What a JSON record holds of the fields in a mapping. Strings are borrowed where they have no escapes.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    page: Option<(usize, Page<'a>)>,
    id: Option<(usize, Cow<'a, str>)>,
    url: Option<(usize, Cow<'a, str>)>,
    date: Option<(usize, Cow<'a, str>)>,
    title: Option<(usize, Cow<'a, str>)>,
    file: Option<(usize, Cow<'a, str>)>,
    /// Why a field that was to hold the page does not.
    unfit: Option<Unfit>,
}

/// A page found in a field.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) is_html: bool,
}

/// Why a field that was to hold the page does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is the empty string.
    Empty,
    /// It is not a string but this.
    NoString(&'static str),
}

impl Plan {
    pub(crate) fn new(mapping: &Mapping) -> Self {
        let mut plan = Plan { objects: vec![Vec::new()] };
        let pages = (mapping.html.iter().map(|name| (name, Slot::Html)))
            .chain(mapping.text.iter().chain(&mapping.content).map(|name| (name, Slot::Text)));
        for (rank, (name, slot)) in pages.enumerate() {
            plan.add(name, slot, rank);
        }
        let others = [
            (&mapping.id, Slot::Id),
            (&mapping.url, Slot::Url),
            (&mapping.date, Slot::Date),
            (&mapping.title, Slot::Title),
            (&mapping.file, Slot::File),
        ];
        for (names, slot) in others {
            for (rank, name) in names.iter().enumerate() {
                plan.add(name, slot, rank);
            }
        }
        plan
    }

    fn add(&mut self, name: &str, slot: Slot, rank: usize) {
        let whole = self.entry(0, name);
        whole.slots.push((slot, rank));
        let mut object = 0;
        let mut rest = name;
        while let Some((first, below)) = rest.split_once('.') {
            let next = self.objects.len();
            let entry = self.entry(object, first);
            object = *entry.object.get_or_insert(next);
            if object == next {
                self.objects.push(Vec::new());
            }
            rest = below;
        }
        if object != 0 {
            self.entry(object, rest).slots.push((slot, rank));
        }
    }

    fn entry(&mut self, object: usize, name: &str) -> &mut Entry {
        let entries = &mut self.objects[object];
        let at = entries.iter().position(|entry| &*entry.name == name).unwrap_or_else(|| {
            entries.push(Entry { name: name.into(), slots: Vec::new(), object: None });
            entries.len() - 1
        });
        &mut entries[at]
    }

    /// Whether a field of the object itself has this name, or leads to one that is wanted.
    pub(crate) fn begins_with(&self, name: &str) -> bool {
        self.objects[0].iter().any(|entry| &*entry.name == name)
    }

    /// The fields of the object itself that say something of a page, and whether they may hold it.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, bool)> {
        let is_page =
            |entry: &Entry| entry.slots.iter().any(|(slot, _)| matches!(slot, Slot::Html | Slot::Text));
        let is_of_page = |entry: &Entry| entry.slots.iter().any(|(slot, _)| *slot != Slot::File);
        let wanted = self.objects[0].iter().filter(move |entry| is_of_page(entry));
        wanted.map(move |entry| (&*entry.name, is_page(entry)))
    }

    /// The fields of the JSON object that `json` is.
    pub(crate) fn read<'a>(&self, json: &'a str) -> Result<Fields<'a>, serde_json::Error> {
        self.skim(json).map_or_else(|| self.read_carefully(json), Ok)
    }

    fn read_carefully<'a>(&self, json: &'a str) -> Result<Fields<'a>, serde_json::Error> {
        let mut fields = Fields::default();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        deserializer.deserialize_map(Object { plan: self, object: 0, fields: &mut fields })?;
        deserializer.end()?;
        Ok(fields)
    }
}

impl<'a> Fields<'a> {
    /// The page, or why there is none.
    pub(crate) fn take_page(&mut self) -> Result<Page<'a>, Option<Unfit>> {
        self.page.take().map(|(_, page)| page).ok_or(self.unfit)
    }

    /// What the record says of itself.
    pub(crate) fn metadata(&mut self) -> Metadata {
        let take =
            |field: &mut Option<(usize, Cow<'a, str>)>| field.take().map(|(_, text)| text.into_owned());
        Metadata { id: take(&mut self.id), url: take(&mut self.url), date: take(&mut self.date) }
    }

    /// What the page is called.
    pub(crate) fn take_title(&mut self) -> Option<Cow<'a, str>> {
        self.title.take().map(|(_, title)| title)
    }

    /// The file that a row of a sidecar is about.
    pub(crate) fn take_file(&mut self) -> Option<Cow<'a, str>> {
        self.file.take().map(|(_, file)| file)
    }

    fn metadata_slot(&mut self, slot: Slot) -> Option<&mut Option<(usize, Cow<'a, str>)>> {
        match slot {
            Slot::Html | Slot::Text => None,
            Slot::Id => Some(&mut self.id),
            Slot::Url => Some(&mut self.url),
            Slot::Date => Some(&mut self.date),
            Slot::Title => Some(&mut self.title),
            Slot::File => Some(&mut self.file),
        }
    }

    /// Whether a field of this slot and rank would be taken: of equal names in an object, the last one is.
    fn wants(&mut self, slot: Slot, rank: usize) -> bool {
        match self.metadata_slot(slot) {
            None => self.page.as_ref().is_none_or(|&(best, _)| rank <= best),
            Some(field) => field.as_ref().is_none_or(|&(best, _)| rank <= best),
        }
    }

    /// Takes note that a field that was to hold the page is null: of an empty one there is more to say.
    fn is_null(&mut self) {
        self.unfit.get_or_insert(Unfit::NoString("null"));
    }

    fn set(&mut self, slot: Slot, rank: usize, text: Cow<'a, str>) {
        if !self.wants(slot, rank) {
            return;
        }
        match self.metadata_slot(slot) {
            None if text.is_empty() => self.unfit = Some(Unfit::Empty),
            None => self.page = Some((rank, Page { text, is_html: slot == Slot::Html })),
            Some(_) if text.is_empty() => {}
            Some(field) => *field = Some((rank, text)),
        }
    }
}

/// Visits an object and puts what the plan names into the fields.
struct Object<'p, 'f, 'a> {
    plan: &'p Plan,
    object: usize,
    fields: &'f mut Fields<'a>,
}

impl<'a> Visitor<'a> for Object<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let entries = &self.plan.objects[self.object];
        while let Some(entry) = map.next_key_seed(Name(entries))? {
            let Some(entry) = entry else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let holds_page = entry.slots.iter().any(|(slot, _)| matches!(slot, Slot::Html | Slot::Text));
            if holds_page || entry.object.is_some() {
                map.next_value_seed(Value { plan: self.plan, entry, fields: self.fields })?;
            } else if let Some(text) = scalar(map.next_value::<&RawValue>()?.get()) {
                for &(slot, rank) in &entry.slots {
                    self.fields.set(slot, rank, text.clone());
                }
            }
        }
        Ok(())
    }
}

/// A metadata value as written: the content of a string, the digits of a number.
fn scalar(json: &str) -> Option<Cow<'_, str>> {
    match json.as_bytes().first()? {
        b'"' if memchr::memchr(b'\\', json.as_bytes()).is_none() => {
            json.get(1..json.len() - 1).map(Cow::Borrowed)
        }
        b'"' => serde_json::from_str(json).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(json)),
        _ => None,
    }
}

/// Finds the entry of a name.
struct Name<'p>(&'p [Entry]);

impl<'de, 'p> DeserializeSeed<'de> for Name<'p> {
    type Value = Option<&'p Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'p> Visitor<'_> for Name<'p> {
    type Value = Option<&'p Entry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|entry| &*entry.name == name))
    }
}

/// Visits the value of a field that may hold the page, or an object that holds wanted fields.
struct Value<'p, 'f, 'a> {
    plan: &'p Plan,
    entry: &'p Entry,
    fields: &'f mut Fields<'a>,
}

impl<'a> Value<'_, '_, 'a> {
    fn set(self, text: Cow<'a, str>) {
        match *self.entry.slots {
            [(slot, rank)] => self.fields.set(slot, rank, text),
            _ => {
                for &(slot, rank) in &self.entry.slots {
                    self.fields.set(slot, rank, text.clone());
                }
            }
        }
    }

    fn number(self, text: String) {
        for &(slot, rank) in &self.entry.slots {
            if !matches!(slot, Slot::Html | Slot::Text) {
                self.fields.set(slot, rank, Cow::Owned(text.clone()));
            }
        }
        self.no_string("a number");
    }

    fn no_string(self, what: &'static str) {
        if self.entry.slots.iter().any(|(slot, _)| matches!(slot, Slot::Html | Slot::Text)) {
            self.fields.unfit = Some(Unfit::NoString(what));
        }
    }
}

impl<'a> DeserializeSeed<'a> for Value<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        let Value { entry, fields, .. } = &self;
        let wanted = entry.slots.iter().any(|&(slot, rank)| match slot {
            Slot::Html | Slot::Text => fields.page.as_ref().is_none_or(|&(best, _)| rank <= best),
            _ => true,
        });
        if wanted || entry.object.is_some() {
            deserializer.deserialize_any(self)
        } else {
            deserializer.deserialize_ignored_any(IgnoredAny).map(drop)
        }
    }
}

impl<'a> Visitor<'a> for Value<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.set(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.set(Cow::Owned(text.to_owned()));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if self.entry.slots.iter().any(|(slot, _)| matches!(slot, Slot::Html | Slot::Text)) {
            self.fields.is_null();
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.no_string("true or false");
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.number(number.to_string());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.no_string("an array");
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        if let Some(object) = self.entry.object {
            return Object { plan: self.plan, object, fields: self.fields }.visit_map(map);
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.no_string("an object");
        Ok(())
    }
}

/// The names of a JSON object's fields, in alphabetical order and in quotes; of many the first ones.
pub(crate) fn field_names(json: &str) -> String {
    const SHOWN: usize = 8;
    let fields: BTreeMap<Cow<'_, str>, IgnoredAny> = serde_json::from_str(json).unwrap_or_default();
    let mut names: Vec<_> = fields.keys().take(SHOWN).map(|name| format!("{name:?}")).collect();
    if fields.len() > SHOWN {
        names.push(format!("and {} more", fields.len() - SHOWN));
    }
    if names.is_empty() { "(none)".to_owned() } else { names.join(", ") }
}

/// The JSON text with a replacement character for each half of a surrogate pair that stands alone, as programs
/// write where they cut a text in the middle of a character. `None` where there is none.
pub(crate) fn mend_surrogates(json: &str) -> Option<String> {
    const HALVES: std::ops::RangeInclusive<u16> = 0xD800..=0xDFFF;
    let escape_at = |at: usize| -> Option<u16> {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut mended = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'\\', &json.as_bytes()[at..]) {
        at += step;
        match escape_at(at) {
            Some(0xD800..=0xDBFF) if matches!(escape_at(at + 6), Some(0xDC00..=0xDFFF)) => {
                at += 12;
            }
            Some(half) if HALVES.contains(&half) => {
                mended.push_str(&json[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            _ => at += 2,
        }
        if at >= json.len() {
            break;
        }
    }
    (kept > 0).then(|| mended + &json[kept..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(mapping: &str, json: &str) -> Result<String, Option<Unfit>> {
        let plan = Plan::new(&mapping.parse().unwrap());
        plan.read(json).unwrap().take_page().map(|page| page.text.into_owned())
    }

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        let plan = Plan::new(&Mapping::default());
        let text = |json| plan.read(json).unwrap().take_page().unwrap().text;
        assert!(matches!(text("{\"text\": \"as it is\"}"), Cow::Borrowed("as it is")));
        assert!(matches!(text("{\"text\": \"two\\nlines\"}"), Cow::Owned(text) if text == "two\nlines"));
    }

    #[test]
    fn of_equal_names_the_last_is_taken_and_of_several_fields_the_first() {
        assert_eq!(page("", r#"{"text": "a", "text": "b"}"#).unwrap(), "b");
        assert_eq!(page("text=a,text=b", r#"{"b": "second", "a": "first"}"#).unwrap(), "first");
        assert_eq!(page("text=a.b.c,text=a.d", r#"{"a": {"d": "d", "b": {"c": "c"}}}"#).unwrap(), "c");
    }

    #[test]
    fn a_field_may_serve_as_page_and_as_metadata() {
        let plan = Plan::new(&"text=line,id=line,url=line".parse().unwrap());
        let mut fields = plan.read(r#"{"line": "words"}"#).unwrap();
        assert_eq!(fields.take_page().unwrap().text, "words");
        let metadata = fields.metadata();
        assert_eq!((metadata.id.as_deref(), metadata.url.as_deref()), (Some("words"), Some("words")));
        let mut fields = plan.read(r#"{"line": 17}"#).unwrap();
        assert_eq!(fields.take_page().unwrap_err(), Some(Unfit::NoString("a number")));
        assert_eq!(fields.metadata().id.as_deref(), Some("17"));
    }

    #[test]
    fn only_lone_halves_are_mended() {
        let mended = |json| mend_surrogates(json);
        assert_eq!(mended(r"a \ud83d\ude00 \\ud83d \n \u00e9"), None);
        assert_eq!(mended(r"\ud83d").as_deref(), Some(r"\ufffd"));
        assert_eq!(mended(r"\ud83d\ud83d\ude00x\ude00").as_deref(), Some(r"\ufffd\ud83d\ude00x\ufffd"));
        assert_eq!(mended("\\ud8"), None);
        assert_eq!(mended("\\u\u{20ac}\u{20ac}\\"), None);
    }
}
