//! Facts of a text, standing off it: sentences, times, names, quotations, citations, statements, money, events.
//!
//! An [`Annotator`] reads a [`Page`], a document cut into passages, sentences and tokens, and adds facts to it, each
//! with its span, its rule and its confidence. An [`Annotators`] list runs them in order: each sees what those before
//! it found.
//!
//! Of texts in other languages than English little is found, and the document says so ([`OTHER_LANGUAGE`]).
//!
//! What this crate does not do: it opens no file and reads no clock, it never changes a text, and it says nothing that
//! the text does not say: what is open stays open.

pub mod agreement;
pub mod annotator;
pub mod citation;
mod dateline;
pub mod event;
mod language;
pub mod lexicon;
pub mod link;
pub mod money;
pub mod name;
pub mod numeral;
pub mod page;
pub mod post;
pub mod quotation;
pub mod sentence;
pub mod statement;
mod stretch;
pub mod time;
pub mod token;

pub use annotator::{Annotator, Annotators, UnknownLayer};
pub use language::{OTHER_LANGUAGE, READ_IN_OTHER_LANGUAGES, other_language};
pub use page::{Page, Passage};
pub use token::Token;
