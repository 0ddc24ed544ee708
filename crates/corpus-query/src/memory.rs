//! The parts of a corpus in memory, and the ranking of them.

use crate::{deadline::Deadline, error::Error, index::Index, part_text::PartText};
use std::{collections::HashSet, sync::OnceLock};

/// The parts of a corpus in memory, in their order.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) parts: Vec<PartText>,
    /// Ids of their documents.
    ids: HashSet<String>,
    /// What ranks them, made when it is first asked for: the same as of a directory, so that both rank alike.
    ranking: OnceLock<Index>,
}

impl Memory {
    /// Adds the parts of a document that comes after all others, unless it is there already.
    pub(crate) fn push(&mut self, mut parts: Vec<PartText>) {
        if parts.first().is_some_and(|part| self.ids.insert(part.document.clone())) {
            let order = self.ids.len() as u64 - 1;
            parts.iter_mut().for_each(|part| part.order = order);
            self.parts.append(&mut parts);
            self.ranking = OnceLock::new();
        }
    }

    /// What ranks the parts.
    ///
    /// # Errors
    /// When it cannot be made, or not before the deadline.
    pub(crate) fn ranking(&self, deadline: &Deadline) -> Result<&Index, Error> {
        match self.ranking.get() {
            Some(ranking) => Ok(ranking),
            None => {
                let made = Index::of_parts(&self.parts, deadline)?;
                Ok(self.ranking.get_or_init(|| made))
            }
        }
    }
}
