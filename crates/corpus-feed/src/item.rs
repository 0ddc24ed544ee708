//! An item of a feed, or the feed itself, as far as it is read.

use crate::{
    markup, person,
    vocabulary::Field,
    written::{Form, Written},
};
use corpus_core::Diagnostic;

/// What an item says, or what a feed says of itself.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// Where it begins in the decoded feed; `None` where that is not known.
    pub(crate) offset: Option<usize>,
    pub(crate) title: Slot<Written>,
    pub(crate) link: Slot<String>,
    pub(crate) id: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) content: Slot<Written>,
    pub(crate) published: Slot<Stated>,
    pub(crate) modified: Slot<Stated>,
    pub(crate) language: Option<String>,
    pub(crate) remarks: Vec<Diagnostic>,
}

/// A value and the field that states it, such as `item.pubDate`.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub(crate) field: String,
    pub(crate) value: String,
}

/// A value of which the first of the lowest rank is kept.
#[derive(Debug)]
pub(crate) struct Slot<T> {
    kept: Option<(u8, T)>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Slot { kept: None }
    }
}

impl<T> Slot<T> {
    /// Keeps `value` unless there is one of its rank or a lower one.
    pub(crate) fn offer(&mut self, rank: u8, value: T) {
        if self.kept.as_ref().is_none_or(|(kept, _)| rank < *kept) {
            self.kept = Some((rank, value));
        }
    }

    /// What was kept.
    pub(crate) fn get(&self) -> Option<&T> {
        self.kept.as_ref().map(|(_, value)| value)
    }
}

impl Item {
    /// As many authors or topics as an item is given.
    const MOST: usize = 256;

    /// An item that begins at `offset`.
    pub(crate) fn at(offset: usize) -> Self {
        Item { offset: Some(offset), ..Item::default() }
    }

    /// Takes in what the field called `name` says. What is blank says nothing.
    pub(crate) fn take(&mut self, field: Field, name: impl FnOnce() -> String, value: Written) {
        if value.is_blank() {
            return;
        }
        let trimmed = || value.text.trim().to_owned();
        match field {
            Field::Title(rank) => self.title.offer(rank, value),
            Field::Link => self.link.offer(0, trimmed()),
            Field::Id => self.id = self.id.take().or_else(|| Some(trimmed())),
            Field::Published(rank) => self.published.offer(rank, Stated { field: name(), value: trimmed() }),
            Field::Modified(rank) => self.modified.offer(rank, Stated { field: name(), value: trimmed() }),
            Field::Author | Field::PersonName => {
                if let Some(author) = person::name(&markup::line(&value)) {
                    push_new(&mut self.authors, author);
                }
            }
            Field::Topic => push_new(&mut self.topics, markup::line(&value)),
            Field::Content => self.content.offer(0, value),
            Field::Summary(rank) => self.content.offer(1 + rank, value),
            Field::Language => self.language = self.language.take().or_else(|| Some(trimmed())),
        }
    }

    /// Takes in a text of which neither the bytes nor the form matter.
    pub(crate) fn take_text(&mut self, field: Field, name: &str, value: &str) {
        self.take(field, || name.to_owned(), Written::new(value, Form::Plain));
    }
}

fn push_new(list: &mut Vec<String>, value: String) {
    if !value.is_empty() && list.len() < Item::MOST && !list.contains(&value) {
        list.push(value);
    }
}
