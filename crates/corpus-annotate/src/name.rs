//! A name: a mention of a person, an organisation or a place.

mod abroad;
mod beside;
mod business;
pub mod compare;
mod consistent;
mod context;
mod entity;
pub mod features;
mod firm;
mod foreign;
pub(crate) mod form;
pub mod gazetteer;
mod headline;
mod metonym;
pub mod model;
mod office;
pub mod romanise;
pub(crate) mod sex;
pub mod sound;
mod tagger;
mod whole;

use crate::{
    annotator::Annotator,
    page::{Found, Page},
};
use model::Model;
use serde::Serialize;
use std::borrow::Cow;

/// A mention of somebody or something by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Name {
    /// What is named.
    #[serde(rename = "type")]
    pub kind: NameKind,
    /// Local id of what is named: the same for all mentions of it in the document.
    pub entity: String,
    /// Whether a place stands for those who govern there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub metonym: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum NameKind {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A place.
    Loc,
}

/// Finds the facts of layer `name`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names;

impl Annotator for Names {
    fn layer(&self) -> &'static str {
        "name"
    }
    fn version(&self) -> u32 {
        10
    }
    fn description(&self) -> &'static str {
        "people, organisations and places"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        page.facts.names = find(page, model::shipped());
    }
}

/// A name as it is shown: in one line, with one space between its words, however the text breaks it.
pub fn one_line(name: &str) -> Cow<'_, str> {
    // Most names are ASCII letters with one space between two words.
    let mut before = b' ';
    let is_plain = |letter: u8| {
        let doubled = letter == b' ' && before == b' ';
        before = letter;
        letter.is_ascii() && !doubled && !matches!(letter, b'\t'..=b'\r')
    };
    if name.bytes().all(is_plain) && before != b' ' {
        return Cow::Borrowed(name);
    }
    let is_plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    if name.split(' ').all(is_plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The names of a page as `model` sees them; the annotator takes the model that ships.
pub fn find(page: &Page<'_>, model: &Model) -> Vec<Found<Name>> {
    let mut found = whole::firms(page, tagger::mentions(page, model));
    if page.is_english() {
        found = firm::firms(page, found);
    }
    let mut mentions = consistent::consistent(page, found);
    whole::acronyms(page, &mut mentions);
    whole::expanded(page, &mut mentions);
    if !page.is_english() {
        foreign::settle(page, &mut mentions);
    }
    entity::resolve(page, mentions)
}
