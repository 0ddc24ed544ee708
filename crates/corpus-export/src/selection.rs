//! What an export takes of a document: its parts, blocks and annotations, and whether it is taken at all.

use crate::options::{Options, Parts};
use corpus_core::{Annotation, Block, Document, Edtf, PartKind, Published, host::host};
use std::collections::HashSet;

/// Which documents are taken. By default all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    language: Option<String>,
    site: Option<String>,
    since: Option<Edtf>,
    until: Option<Edtf>,
    among: Option<HashSet<String>>,
    without: HashSet<String>,
}

impl Filter {
    /// A filter that takes all documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only documents in this language, in capitals or not (`en` takes `en-GB` too).
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Only documents with an article of this site, by its name or the host of its address.
    pub fn site(mut self, site: impl Into<String>) -> Self {
        self.site = Some(site.into());
        self
    }

    /// Only documents with an article that may have been published on this date or later. A document without a date
    /// is not taken.
    pub fn since(mut self, date: Edtf) -> Self {
        self.since = Some(date);
        self
    }

    /// Only documents with an article that may have been published on this date or earlier. A document without a date
    /// is not taken.
    pub fn until(mut self, date: Edtf) -> Self {
        self.until = Some(date);
        self
    }

    /// Only documents with one of these ids, such as those in which a query matches.
    pub fn among(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.among = Some(ids.into_iter().collect());
        self
    }

    /// No documents with one of these ids, such as those that are copies of others.
    pub fn without(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.without = ids.into_iter().collect();
        self
    }

    /// Whether the document is taken.
    pub fn takes(&self, document: &Document) -> bool {
        let articles = || document.parts.iter().filter(|part| part.kind.is_article());
        let speaks = |wanted: &String| {
            let language = document.language.as_deref().unwrap_or("und");
            let (first, rest) = language.split_at_checked(wanted.len()).unwrap_or_default();
            first.eq_ignore_ascii_case(wanted) && (rest.is_empty() || rest.starts_with('-'))
        };
        !self.without.contains(document.id.as_str())
            && self.among.as_ref().is_none_or(|ids| ids.contains(document.id.as_str()))
            && self.language.as_ref().is_none_or(speaks)
            && self.site.as_ref().is_none_or(|site| {
                let of_record = document.source.metadata.url.as_deref().is_some_and(|url| host(url) == site);
                of_record
                    || articles().any(|part| {
                        part.site.as_deref() == Some(site)
                            || part.url.as_deref().is_some_and(|url| host(url) == site)
                    })
            })
            && ((self.since.is_none() && self.until.is_none())
                || articles().any(|part| part.published.as_ref().is_some_and(|date| self.is_within(date))))
    }

    fn is_within(&self, published: &Published) -> bool {
        let date = match &published.bounds {
            Some(bounds) if published.edtf.bounds() == (None, None) => bounds,
            _ => &published.edtf,
        };
        let (earliest, latest) = date.bounds();
        if earliest.is_none() && latest.is_none() {
            return false;
        }
        let since = self.since.as_ref().and_then(|since| since.bounds().0);
        let until = self.until.as_ref().and_then(|until| until.bounds().1);
        since.is_none_or(|since| latest.is_none_or(|latest| latest >= since))
            && until.is_none_or(|until| earliest.is_none_or(|earliest| earliest <= until))
    }
}

/// What is taken of each document.
#[derive(Clone, Debug)]
pub struct Selection {
    parts: Parts,
    layers: Option<Vec<String>>,
    filter: Filter,
}

impl Selection {
    /// What `options` take, where they leave it open the parts of `default`.
    pub fn new(options: &Options, default: Parts) -> Self {
        Selection {
            parts: options.parts.unwrap_or(default),
            layers: options.layers.clone(),
            filter: options.filter.clone(),
        }
    }

    /// What is taken of `document`; `None` where nothing is.
    pub fn of<'d>(&'d self, document: &'d Document) -> Option<Selected<'d>> {
        // A page without any part is taken where all is: nothing may be lost then.
        let has_any =
            self.parts == Parts::ALL || document.parts.iter().any(|part| self.parts.takes(part.kind));
        (has_any && self.filter.takes(document)).then_some(Selected { document, selection: self })
    }
}

/// A document with the parts, blocks and annotations that are taken of it.
#[derive(Clone, Copy, Debug)]
pub struct Selected<'d> {
    /// The whole document.
    pub document: &'d Document,
    selection: &'d Selection,
}

impl<'d> Selected<'d> {
    /// The text that all spans point into.
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// Whether parts of this kind are taken.
    pub fn takes(&self, kind: PartKind) -> bool {
        self.selection.parts.takes(kind)
    }

    /// Whether all parts and layers are taken.
    pub fn is_whole(&self) -> bool {
        self.selection.parts == Parts::ALL && self.selection.layers.is_none()
    }

    /// The blocks that are taken, each with its index.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &'d Block)> + use<'d> {
        let Selected { document, selection } = *self;
        document.blocks.iter().enumerate().filter(move |(_, block)| {
            kind_of(document, block).is_some_and(|kind| selection.parts.takes(kind))
        })
    }

    /// The annotations that are taken: of a layer that is, and touching a block that is. Of a document without blocks
    /// all of the layer.
    pub fn annotations(&self) -> impl Iterator<Item = &'d Annotation> + use<'d> {
        let Selected { document, selection } = *self;
        let all = selection.parts == Parts::ALL;
        document.annotations.iter().filter(move |annotation| {
            selection
                .layers
                .as_ref()
                .is_none_or(|layers| layers.iter().any(|layer| *layer == annotation.layer))
                && document.text.get(annotation.span.range()).is_some()
                && (all
                    || block_at(document, annotation.span.start)
                        .and_then(|index| kind_of(document, &document.blocks[index]))
                        .is_some_and(|kind| selection.parts.takes(kind)))
        })
    }
}

fn kind_of(document: &Document, block: &Block) -> Option<PartKind> {
    document.parts.get(block.part).map(|part| part.kind)
}

/// Index of the block in which the byte at `offset` lies, else of the next one.
pub(crate) fn block_at(document: &Document, offset: usize) -> Option<usize> {
    let index = document.blocks.partition_point(|block| block.span.end <= offset);
    (index < document.blocks.len()).then_some(index)
}
