//! An annotator: from a page to facts of one layer.

use crate::{
    language::OTHER_LANGUAGE,
    page::{CUT, Page},
};
use corpus_core::{Document, Method};
use std::{fmt, sync::Arc};

/// Finds the facts of one layer.
///
/// An annotator keeps no state between pages: the same page gives the same facts. It sees what the annotators before
/// it in the list found, in [`Page::facts`], and adds its own with [`Page::push`].
///
/// ```
/// use corpus_annotate::{Annotator, Annotators, Page};
/// use corpus_core::{Annotation, Record, Registry, Span};
///
/// /// Ships, by the letters before their names.
/// struct Ships;
///
/// impl Annotator for Ships {
///     fn layer(&self) -> &'static str { "ship" }
///     fn version(&self) -> u32 { 1 }
///     fn description(&self) -> &'static str { "ships, by the letters before their names" }
///     fn annotate(&self, page: &mut Page<'_>) {
///         let pairs = page.passages.iter().flat_map(|passage| page.tokens[passage.tokens.clone()].windows(2));
///         let named = pairs.filter(|pair| ["MV", "SS"].contains(&page.word(pair[0])));
///         let spans: Vec<_> = named.map(|pair| Span::new(pair[0].span().start, pair[1].span().end)).collect();
///         for span in spans {
///             page.push(Annotation {
///                 span,
///                 layer: self.layer().into(),
///                 value: page.text()[span].into(),
///                 rule: "letters-before".into(),
///                 confidence: 0.8,
///             });
///         }
///     }
/// }
///
/// let text = "The ferry is back\n\nThe MV Aurora left the yard in Leith on Monday, the harbour office said.";
/// let mut document = Registry::core().parse_all(&Record::new("page.txt", text.as_bytes())).remove(0);
/// Annotators::core().with(Ships).annotate(&mut document);
/// let ship = document.annotations.iter().find(|annotation| annotation.layer == "ship").unwrap();
/// assert_eq!(ship.value, "MV Aurora");
/// ```
pub trait Annotator: Send + Sync {
    /// The name of the layer.
    fn layer(&self) -> &'static str;

    /// Version of what the annotator finds; it rises whenever the same text may give other facts.
    fn version(&self) -> u32;

    /// What it finds, in one line for the list of layers.
    fn description(&self) -> &'static str;

    /// Adds the facts of the page.
    fn annotate(&self, page: &mut Page<'_>);

    /// Whether it asks what the gazetteers know of a word (`Token::tags`); a list in which none does is spared the
    /// look-ups. By default it does.
    fn asks_gazetteers(&self) -> bool {
        true
    }
}

/// The annotators that run, in order.
#[derive(Clone)]
pub struct Annotators {
    list: Vec<Arc<dyn Annotator>>,
    /// Layers that are written to the document; those before them run all the same, since they are built on.
    wanted: Option<Vec<String>>,
}

impl Annotators {
    /// The annotators of this crate, in the order in which they build on each other.
    pub fn core() -> Self {
        Annotators { wanted: None, ..Annotators::dates() }
            .with(crate::money::Amounts)
            .with(crate::quotation::Quotations)
            .with(crate::name::Names)
            .with(crate::post::Posts)
            .with(crate::citation::Citations)
            .with(crate::statement::Statements)
            .with(crate::agreement::Agreements)
            .with(crate::event::Events)
    }

    /// Only what dates articles by their text; no layer is written.
    pub fn dates() -> Self {
        Annotators { list: Vec::new(), wanted: Some(Vec::new()) }
            .with(crate::sentence::Sentences)
            .with(crate::time::Times)
    }

    /// The same list with one more annotator, which runs last, or in the place of the one that finds the same layer.
    #[must_use]
    pub fn with(mut self, annotator: impl Annotator + 'static) -> Self {
        let annotator: Arc<dyn Annotator> = Arc::new(annotator);
        match self.list.iter_mut().find(|known| known.layer() == annotator.layer()) {
            Some(known) => *known = annotator,
            None => self.list.push(annotator),
        }
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
    pub fn annotators(&self) -> impl Iterator<Item = &dyn Annotator> {
        self.list.iter().map(AsRef::as_ref)
    }

    /// Layer, version and description of each annotator, in order.
    pub fn layers(&self) -> impl Iterator<Item = (&'static str, u32, &'static str)> {
        self.annotators().map(|annotator| (annotator.layer(), annotator.version(), annotator.description()))
    }

    /// Adds the facts of the document to its annotations, and dates its articles where the page does not say when
    /// they were published.
    pub fn annotate(&self, document: &mut Document) {
        let mut page = match self.annotators().any(Annotator::asks_gazetteers) {
            true => Page::new(document),
            false => Page::without_names(document),
        };
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

impl fmt::Debug for Annotators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.annotators().map(Annotator::layer)).finish()
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
