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
            let is_looked_at = part.passages.iter().any(|passage| scope.holds(part, passage));
            // Of a field alone nothing is marked in the text, and it is found all the same.
            if !ids.contains(&part.document) && is_looked_at && matcher.find(part, &mut room).is_some() {
                ids.insert(part.document.clone());
            }
            ControlFlow::Continue(())
        })?;
        Ok(ids)
    }
}
