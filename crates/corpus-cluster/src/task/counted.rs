//! What the documents of a task are like, before and after, where statistics are asked for.

use crate::{error::Error, tokens::Tokens, work::Plan};
use corpus_core::Document;
use corpus_filter::{Features, Statistics};

/// Statistics in the making.
#[derive(Debug, Default)]
pub(super) struct Counted {
    is_on: bool,
    tokens: Option<Tokens>,
    /// Of what was read.
    pub(super) before: Statistics,
    /// Of what is written.
    pub(super) after: Statistics,
}

impl Counted {
    /// Those that a plan asks for.
    pub(super) fn new(plan: &Plan) -> Result<Self, Error> {
        let Some(statistics) = &plan.pipeline.statistics else { return Ok(Counted::default()) };
        let tokenizer = statistics.tokenizer.as_ref().map(|path| Tokens::of(&plan.folder.join(path)));
        Ok(Counted { is_on: true, tokens: tokenizer.transpose()?, ..Counted::default() })
    }

    /// Counts a document that was read.
    pub(super) fn read(&mut self, document: &Document) -> Result<(), Error> {
        if self.is_on {
            let features = self.features(document)?;
            self.before.add(&features);
        }
        Ok(())
    }

    /// Counts a document that is written.
    pub(super) fn written(&mut self, document: &Document) -> Result<(), Error> {
        if self.is_on {
            let features = self.features(document)?;
            self.after.add(&features);
        }
        Ok(())
    }

    fn features(&self, document: &Document) -> Result<Features, Error> {
        let metadata = &document.source.metadata;
        let features = Features::of(&document.text)
            .roles(document)
            .metadata(metadata.url.as_deref(), metadata.date.as_deref());
        let tokens = self.tokens.as_ref().map_or(Ok(0), |tokens| tokens.count(&document.text))?;
        Ok(Features { language: document.language.as_deref().map(str::to_owned), tokens, ..features })
    }
}
