//! Counts: words, runs of words, what stands beside what, what is typical, how evenly it lies, when it was written.

pub mod collocates;
pub mod dispersion;
pub mod frequency;
pub mod keywords;
pub mod measure;
pub mod ngrams;
pub mod vocabulary;
pub mod window;
pub mod words;

use crate::{
    copies::Copies,
    engine::Engine,
    error::Error,
    part_text::{PartText, Passage},
    scope::Scope,
    token::Tokens,
};
use std::ops::ControlFlow;

/// Which text is counted.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    scope: Scope,
    duplicates: bool,
}

impl Counted {
    /// Articles, copied text once.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where to look; by default in articles.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Whether copied text counts again; by default it counts once.
    pub const fn duplicates(mut self, duplicates: bool) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Where is looked.
    pub const fn place(&self) -> &Scope {
        &self.scope
    }

    /// Copied text, told from what comes for the first time.
    pub(crate) fn copies(&self) -> Copies {
        Copies::new(self.duplicates)
    }
}

impl Engine {
    /// Hands the words of each passage that counts to `sink`, in the order of the corpus.
    pub(crate) fn each_passage(
        &self,
        counted: &Counted,
        mut sink: impl FnMut(&PartText, &Passage, &Tokens),
    ) -> Result<(), Error> {
        let mut copies = counted.copies();
        let mut tokens = Tokens::default();
        self.each(None, &counted.scope, |part| {
            for passage in part.passages.iter().filter(|passage| counted.scope.holds(part, passage)) {
                if !copies.is_copy(part, passage) {
                    tokens.read(part.slice(passage));
                    sink(part, passage, &tokens);
                }
            }
            ControlFlow::Continue(())
        })
    }
}
