//! The groups that one more event may be of, by what it has in common with them.

use super::group::Groups;
use std::collections::BTreeSet;

/// Groups whose events have something in common, told from each other only as far as it takes to say that there are
/// several: one may be joined, of several nobody can tell which.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    list: Vec<Candidate>,
}

/// One event of a group, and the document whose events the group has here; `None` for those of several.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    at: usize,
    document: Option<u32>,
}

impl Candidates {
    /// Adds an event of a document, which has the group that it is in by now.
    pub(super) fn add(&mut self, at: usize, document: u32, groups: &mut Groups) {
        let root = groups.root(at);
        // Of a group that is here already the first or the last is most often one.
        let ends = [self.list.len().checked_sub(1), (!self.list.is_empty()).then_some(0)];
        let known = ends.into_iter().flatten().find(|&known| groups.root(self.list[known].at) == root);
        match known {
            Some(known) => self.list[known].take_in(Some(document)),
            None => self.list.push(Candidate { at, document: Some(document) }),
        }
    }

    /// Adds to `found` the groups that have an event of another document than this one here: all, or two at least.
    ///
    /// Each group that was found to be another by now is put to it, so that all calls together take as long as all
    /// events that were added.
    pub(super) fn find(&mut self, document: u32, groups: &mut Groups, found: &mut BTreeSet<usize>) {
        let mut n_looked = 0;
        while found.len() < 2
            && let Some(&candidate) = self.list.get(n_looked)
        {
            let root = groups.root(candidate.at);
            if n_looked > 0 && groups.root(self.list[0].at) == root {
                self.list[0].take_in(candidate.document);
                self.list.swap_remove(n_looked);
                let first = self.list[0];
                if first.document != Some(document) {
                    found.insert(root);
                }
                continue;
            }
            if candidate.document != Some(document) {
                found.insert(root);
            }
            n_looked += 1;
        }
    }
}

impl Candidate {
    fn take_in(&mut self, document: Option<u32>) {
        if self.document != document {
            self.document = None;
        }
    }
}
