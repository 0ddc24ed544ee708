//! RSS and Atom: from XML, broken or not, to items.

use crate::{
    item::Item,
    vocabulary::{self, Element, Field, Prefixes, Vocabulary},
    written::{Form, Written},
};
use corpus_core::{Diagnostic, Severity, Span};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::borrow::Cow;

/// As many elements as are followed one inside the other; what lies deeper says nothing of an item.
const DEEPEST: usize = 64;

/// As many times as reading goes on behind an error that reaches to the end of the feed.
const MOST_ERRORS: usize = 16;

/// Reads a feed, each item handed to `sink` with what the feed said of itself so far; gives what it said in all, or
/// `None` where it is no feed.
pub(crate) fn read(source: &str, sink: &mut dyn FnMut(&Item, Item)) -> Option<Item> {
    let mut walk = Walk::new(source, sink);
    let (mut base, mut n_errors) = (behind_marks(source, 0), 0);
    let mut reader = reader(&source[base..]);
    loop {
        let place = |reader: &Reader<&[u8]>| {
            usize::try_from(reader.buffer_position()).map_or(source.len(), |at| (base + at).min(source.len()))
        };
        let at = place(&reader);
        let event = reader.read_event();
        let end = place(&reader);
        // What begins like a tag and is none ends where the last tag within it begins.
        let restart = match event {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) if is_stray(&source[at..end], tag.name().0) => Some(end),
            Ok(Event::Empty(tag)) if is_stray(&source[at..end], tag.name().0) => Some(end),
            Ok(event) => {
                walk.event(event, at, end);
                None
            }
            Err(_) if source[at..].starts_with("<![CDATA[") => {
                walk.remark("a CDATA section is not closed", at);
                walk.text(at + "<![CDATA[".len(), source.len());
                break;
            }
            Err(_) if n_errors == MOST_ERRORS => {
                walk.remark("too much is broken, so nothing is read from here on", at);
                break;
            }
            Err(_) => {
                n_errors += 1;
                walk.remark("a tag is not closed", at);
                match source.get(at + 1..).and_then(|rest| rest.find('<')) {
                    Some(next) => Some(at + 1 + next),
                    None => break,
                }
            }
        };
        if let Some(end) = restart {
            let next = match source[at + 1..end].rfind('<') {
                Some(next) => at + 1 + next,
                None => end,
            };
            walk.remark("a \"<\" begins no tag", at);
            walk.text(at, next);
            base = behind_marks(source, next);
            reader = self::reader(&source[base..]);
        }
    }
    walk.finish()
}

/// Where the text goes on that stands at `at`, byte-order marks passed over: a reader strips them and counts them not.
fn behind_marks(source: &str, at: usize) -> usize {
    source.len() - source[at..].trim_start_matches('\u{feff}').len()
}

fn reader(source: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// Whether what was read as a tag called `name` is text with a `<` in it.
fn is_stray(tag: &str, name: &str) -> bool {
    !name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        || name.contains('<')
        || tag[1..].contains('<') && !tag.contains(['"', '\''])
}

/// An open element.
struct Open<'s> {
    name: &'s str,
    element: Element,
    /// The namespace of names without a prefix inside.
    default: Vocabulary,
}

/// A field that is being read.
struct OpenField<'s> {
    name: &'s str,
    field: Field,
    /// The vocabulary's name of it, for evidence.
    label: String,
    value: Written,
    /// Where its content begins.
    start: usize,
    /// Elements of its own name open in it.
    n_same: usize,
    has_elements: bool,
    is_permalink: bool,
}

struct Walk<'s, 'f> {
    source: &'s str,
    sink: &'f mut dyn FnMut(&Item, Item),
    prefixes: Prefixes,
    open: Vec<Open<'s>>,
    /// Elements open that lie too deep to be followed.
    n_deeper: usize,
    field: Option<OpenField<'s>>,
    feed: Item,
    item: Option<Item>,
    /// The last whole item, held back for remarks on what follows it.
    whole: Option<Item>,
    is_feed: bool,
}

impl<'s, 'f> Walk<'s, 'f> {
    fn new(source: &'s str, sink: &'f mut dyn FnMut(&Item, Item)) -> Self {
        Walk {
            source,
            sink,
            prefixes: Prefixes::default(),
            open: Vec::new(),
            n_deeper: 0,
            field: None,
            feed: Item::default(),
            item: None,
            whole: None,
            is_feed: false,
        }
    }

    fn event(&mut self, event: Event<'_>, at: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, at, end, false),
            Event::Empty(tag) => self.start(&tag, at, end, true),
            Event::End(_) => {
                let name = self.source[at..end].trim_start_matches("</").trim_end_matches('>').trim();
                self.end(name, at);
            }
            Event::Text(_) => self.text(at, end),
            Event::CData(_) => self.text(at + "<![CDATA[".len(), end - "]]>".len()),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                match (character, &mut self.field) {
                    (Some(character), Some(field)) => {
                        field.value.push_resolved(character, Span::new(at, end))
                    }
                    _ => self.text(at, end),
                }
            }
            _ => {}
        }
    }

    /// Takes in text that stands in the feed as it is.
    fn text(&mut self, at: usize, end: usize) {
        if let Some(field) = &mut self.field {
            field.value.push(&self.source[at..end], at);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize, end: usize, is_empty: bool) {
        // The name outlives the event.
        let name = &self.source[at + 1..at + 1 + tag.name().0.len()];
        let default = self.open.last().map(|open| open.default);
        if let Some(field) = &mut self.field {
            let (vocabulary, local) = self.prefixes.split(name, default.unwrap_or(Vocabulary::Rss));
            if vocabulary::element(vocabulary, local) != Element::Item {
                field.has_elements = true;
                field.n_same += usize::from(!is_empty && name == field.name);
                return;
            }
            self.remark("an item begins where a field is open", at);
            self.end_field(at);
        }
        let default = match (self.prefixes.declare(tag), default) {
            (Some(declared), _) => declared,
            (None, Some(inherited)) => inherited,
            (None, None) if name.eq_ignore_ascii_case("feed") => Vocabulary::Atom,
            (None, None) => Vocabulary::Rss,
        };
        let (vocabulary, local) = self.prefixes.split(name, default);
        let element = match (vocabulary::element(vocabulary, local), self.open.last()) {
            (Element::Item, _) => Element::Item,
            // What lies in an unknown element says nothing; a person has nothing but a name.
            (_, Some(Open { element: Element::Other, .. })) => Element::Other,
            (Element::Field(field), Some(Open { element, .. }))
                if (*element == Element::Person) != (field == Field::PersonName) =>
            {
                Element::Other
            }
            (element, _) => element,
        };
        match element {
            Element::Root | Element::Feed => self.is_feed = true,
            Element::Item => {
                self.is_feed = true;
                if let Some(depth) = self.open.iter().position(|open| open.element == Element::Item) {
                    self.remark("an item is not closed before the next", at);
                    self.open.truncate(depth);
                }
                self.end_item();
                self.n_deeper = 0;
                self.open.truncate(DEEPEST - 1);
                self.item = Some(Item::at(at));
            }
            Element::Field(field) => {
                self.start_field(field, name, local, tag, end);
                if is_empty {
                    self.end_field(end);
                }
                return;
            }
            Element::Person | Element::Group | Element::Other => {}
        }
        if matches!(element, Element::Feed | Element::Item)
            && let Some(language) = attribute(tag, "xml:lang")
        {
            let said = self.item.as_mut().unwrap_or(&mut self.feed);
            said.take_text(Field::Language, "xml:lang", &language);
        }
        if is_empty {
            if element == Element::Item {
                self.end_item();
            }
        } else if self.open.len() < DEEPEST {
            self.open.push(Open { name, element, default });
        } else {
            self.n_deeper += 1;
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        if let Some(field) = &mut self.field {
            if name == field.name {
                match field.n_same.checked_sub(1) {
                    Some(n_same) => field.n_same = n_same,
                    None => self.end_field(at),
                }
                return;
            }
            let ends_more = self.open.iter().any(|open| {
                open.name == name && matches!(open.element, Element::Root | Element::Feed | Element::Item)
            });
            if !ends_more {
                return;
            }
            let what = format!("\"{}\" is not closed", field.name);
            self.remark(what, at);
            self.end_field(at);
        } else if let Some(n_deeper) = self.n_deeper.checked_sub(1) {
            self.n_deeper = n_deeper;
            return;
        }
        let Some(depth) = self.open.iter().rposition(|open| open.name == name) else {
            self.remark("an element is closed that is not open", at);
            return;
        };
        let ends_item = self.open[depth..].iter().any(|open| open.element == Element::Item);
        self.open.truncate(depth);
        if ends_item {
            self.end_item();
        }
    }

    fn start_field(&mut self, field: Field, name: &'s str, local: &str, tag: &BytesStart<'_>, end: usize) {
        let attribute = |wanted: &str| attribute(tag, wanted);
        let owner = if self.item.is_none() {
            "feed"
        } else if self.open.iter().any(|open| open.name.ends_with("entry")) {
            "entry"
        } else {
            "item"
        };
        let label = match name.split_once(':') {
            Some((prefix, _)) => format!("{owner}.{prefix}:{local}"),
            None => format!("{owner}.{local}"),
        };
        let form = match attribute("type").as_deref() {
            Some("html" | "xhtml" | "text/html" | "application/xhtml+xml") => Form::Markup,
            Some("text" | "plain" | "text/plain") => Form::Plain,
            _ => Form::Either,
        };
        let current = self.item.as_mut().unwrap_or(&mut self.feed);
        match field {
            Field::Link => {
                let is_page = attribute("rel").is_none_or(|rel| rel == "alternate");
                if let Some(address) = attribute("href").filter(|_| is_page) {
                    current.take_text(field, &label, &address);
                }
            }
            Field::Topic => {
                if let Some(topic) = attribute("label").or_else(|| attribute("term")) {
                    current.take_text(field, &label, &topic);
                }
            }
            _ => {}
        }
        let is_permalink =
            local.eq_ignore_ascii_case("guid") && attribute("isPermaLink").is_none_or(|is| is != "false");
        let value = Written::new("", form);
        let field =
            OpenField { name, field, label, value, start: end, n_same: 0, has_elements: false, is_permalink };
        self.field = Some(field);
    }

    /// Closes the open field, whose content ends at `end`.
    fn end_field(&mut self, end: usize) {
        let Some(OpenField { field, label, mut value, start, has_elements, is_permalink, .. }) =
            self.field.take()
        else {
            return;
        };
        if has_elements {
            value = Written::markup(&self.source[start..end], start);
        }
        let current = self.item.as_mut().unwrap_or(&mut self.feed);
        if is_permalink && value.text.trim().starts_with("http") {
            current.link.offer(1, value.text.trim().to_owned());
        }
        current.take(field, || label, value);
    }

    /// Closes the open item, and hands on the one before it.
    fn end_item(&mut self) {
        if let Some(item) = self.item.take()
            && let Some(whole) = self.whole.replace(item)
        {
            (self.sink)(&self.feed, whole);
        }
    }

    /// Remarks that something was broken; once an item, since what follows is often no more than its consequence.
    fn remark(&mut self, what: impl Into<String>, at: usize) {
        let remarks = match (&mut self.item, &mut self.whole) {
            (Some(item), _) | (None, Some(item)) => &mut item.remarks,
            (None, None) => &mut self.feed.remarks,
        };
        if remarks.is_empty() {
            let message = format!("{}, at byte {at} of the feed", what.into());
            remarks.push(Diagnostic::new("feed.broken", Severity::Warning, message));
        }
    }

    fn finish(mut self) -> Option<Item> {
        let end = self.source.len();
        if self.field.is_some() || !self.open.is_empty() {
            self.remark("the feed ends before what it opened is closed", end);
        }
        self.end_field(end);
        self.end_item();
        if let Some(whole) = self.whole.take() {
            (self.sink)(&self.feed, whole);
        }
        self.is_feed.then_some(self.feed)
    }
}

/// The value of an attribute, as written where it is broken.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|found| found.key.0 == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.clone().into_owned(), Cow::into_owned))
}
