//! An annotator: from a page to facts of one layer.

use crate::{
    language::OTHER_LANGUAGE,
    page::{CUT, Page},
};
use corpus_core::{Document, Method};
use std::fmt;

/// Finds the facts of one layer.
///
/// An annotator keeps no state between pages: the same page gives the same facts. It sees what the annotators before
/// it in the list found; facts of layers that this crate knows are typed fields of the page, all others are pushed
/// as plain annotations (`Page::others`).
pub trait Annotator: Send + Sync {
    /// The name of the layer.
    fn layer(&self) -> &'static str;

    /// Version of what the annotator finds; it rises whenever the same text may give other facts.
    fn version(&self) -> u32;

    /// What it finds, in one line for the list of layers.
    fn description(&self) -> &'static str;

    /// Adds the facts of the page.
    fn annotate(&self, page: &mut Page<'_>);
}

/// The annotators that run, in order.
pub struct Annotators {
    list: Vec<Box<dyn Annotator>>,
    /// Layers that are written to the document; those before them run all the same, since they are built on.
    wanted: Option<Vec<String>>,
    /// Whether nothing beyond sentences and times is looked for.
    times_alone: bool,
}

impl Annotators {
    /// The annotators of this crate, in the order in which they build on each other.
    pub fn core() -> Self {
        Annotators {
            list: vec![
                Box::new(crate::sentence::Sentences),
                Box::new(crate::time::Times),
                Box::new(crate::money::Amounts),
                Box::new(crate::quotation::Quotations),
                Box::new(crate::name::Names),
                Box::new(crate::post::Posts),
                Box::new(crate::citation::Citations),
                Box::new(crate::statement::Statements),
                Box::new(crate::agreement::Agreements),
                Box::new(crate::event::Events),
            ],
            wanted: None,
            times_alone: false,
        }
    }

    /// Only what dates articles by their text; no layer is written.
    pub fn dates() -> Self {
        Annotators {
            list: vec![Box::new(crate::sentence::Sentences), Box::new(crate::time::Times)],
            wanted: Some(Vec::new()),
            times_alone: true,
        }
    }

    /// The same list with one more annotator, which runs last.
    pub fn with(mut self, annotator: impl Annotator + 'static) -> Self {
        self.list.push(Box::new(annotator));
        self.times_alone = false;
        self
    }

    /// The same list of which only `layers` are written to documents.
    ///
    /// # Errors
    /// When a name is no layer's; the error lists the layers.
    pub fn only(mut self, layers: &[&str]) -> Result<Self, UnknownLayer> {
        for &layer in layers {
            if !self.layers().any(|(name, _, _)| name == layer) {
                let known = self.layers().map(|(name, _, _)| name).collect();
                return Err(UnknownLayer { name: layer.to_owned(), known });
            }
        }
        self.wanted = Some(layers.iter().map(|&layer| layer.to_owned()).collect());
        Ok(self)
    }

    /// Layer and version of each annotator whose facts are written to documents.
    pub fn written(&self) -> impl Iterator<Item = (&'static str, u32)> {
        let is_wanted =
            |layer: &str| self.wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|name| name == layer));
        self.layers().filter(move |(layer, ..)| is_wanted(layer)).map(|(layer, version, _)| (layer, version))
    }

    /// Finds anew what was found before by other versions of the same annotators: what they found goes, the date that
    /// was inferred with it, and what others have found stays.
    pub fn annotate_anew(&self, document: &mut Document) {
        let is_ours = |layer: &str| self.written().any(|(name, _)| name == layer);
        document.annotations.retain(|annotation| !is_ours(&annotation.layer));
        document.diagnostics.retain(|diagnostic| ![CUT, OTHER_LANGUAGE].contains(&&*diagnostic.code));
        for part in &mut document.parts {
            part.published.take_if(|published| published.method == Method::Inferred);
        }
        self.annotate(document);
    }

    /// The annotators, in the order in which they run.
    pub fn list(&self) -> &[Box<dyn Annotator>] {
        &self.list
    }

    /// Layer, version and description of each annotator, in order.
    pub fn layers(&self) -> impl Iterator<Item = (&'static str, u32, &'static str)> {
        self.list.iter().map(|annotator| (annotator.layer(), annotator.version(), annotator.description()))
    }

    /// Adds the facts of the document to its annotations, and dates its articles where the page does not say when
    /// they were published.
    pub fn annotate(&self, document: &mut Document) {
        let mut page = if self.times_alone { Page::without_names(document) } else { Page::new(document) };
        for annotator in &self.list {
            annotator.annotate(&mut page);
        }
        let (facts, remarks) = page.into_facts();
        facts.write(document, |layer| {
            self.wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|name| name == layer))
        });
        document.diagnostics.extend(remarks);
    }
}

/// A name that is no layer's; its message lists the layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLayer {
    name: String,
    known: Vec<&'static str>,
}

impl fmt::Display for UnknownLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown layer {:?}; known layers: {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownLayer {}
