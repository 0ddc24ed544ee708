//! In which languages documents are, of which fewer facts are found than of English ones.

use crate::{
    console::Console,
    number::{Count, Counted},
};
use corpus_annotate::{READ_IN_OTHER_LANGUAGES, other_language};
use corpus_core::Document;
use std::{borrow::Cow, cmp::Reverse, collections::BTreeMap};

/// Documents by language, English and what was not told aside.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    n_documents: u64,
    others: BTreeMap<String, u64>,
}

/// Languages that are named; of more, only that there are more.
const MOST_NAMED: usize = 6;

impl Languages {
    /// Counts a document.
    pub(crate) fn add(&mut self, document: &Document) {
        self.count(other_language(document).map(Cow::into_owned));
    }

    /// Counts a document in a language of which less is found, or in English.
    pub(crate) fn count(&mut self, other: Option<String>) {
        self.n_documents += 1;
        if let Some(language) = other {
            *self.others.entry(language).or_default() += 1;
        }
    }

    /// Says how many documents are in which of these languages, and what is found in them.
    pub(crate) fn tell(&self, console: &Console) {
        if self.others.is_empty() {
            return;
        }
        let mut named: Vec<_> = self.others.iter().collect();
        named.sort_by_key(|(_, count)| Reverse(**count));
        let more = if named.len() > MOST_NAMED { " and others" } else { "" };
        let names: Vec<&str> = named.iter().take(MOST_NAMED).map(|(name, _)| name.as_str()).collect();
        let n_others = self.others.values().sum();
        let (some, all) = (Count(n_others), Counted(self.n_documents, "document"));
        let are = if n_others == 1 { "is" } else { "are" };
        let names = names.join(", ");
        console.languages(format_args!("{some} of {all} {are} in {names}{more}: {READ_IN_OTHER_LANGUAGES}"));
    }
}
