//! The documents in which a query matches.

use crate::{engine::Engine, error::Error, matcher::Room, query::Query, scope::Scope};
use std::{collections::BTreeSet, ops::ControlFlow};

impl Engine {
    /// The ids of the documents in which a query matches, copies among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn documents(&self, query: &Query, scope: &Scope) -> Result<BTreeSet<String>, Error> {
        let query = &self.understood(query)?;
        let matcher = self.matcher(query, scope);
        let mut room = Room::default();
        let mut ids = BTreeSet::new();
        self.each(Some(query), scope, |part| {
            let mut is_found = || matcher.find(part, &mut room).is_some_and(|found| !found.is_empty());
            if !ids.contains(&part.document) && is_found() {
                ids.insert(part.document.clone());
            }
            ControlFlow::Continue(())
        })?;
        Ok(ids)
    }
}
