//! A basis: which text of a page is compared.

use corpus_core::{Document, PartKind};

/// Which text of a page is compared with those of others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The whole text of the page as it came. What a site puts around each article counts too.
    #[default]
    Page,
    /// The clean text of the page's article; of a page without one the whole text.
    Article,
}

impl Basis {
    /// The pieces of the document's text that are compared.
    pub fn pieces(self, document: &Document) -> Vec<&str> {
        match self {
            Basis::Article if document.article().is_some() => {
                document.clean_text(PartKind::Article).collect()
            }
            _ => vec![&document.text],
        }
    }
}
