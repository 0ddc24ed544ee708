//! The groups that one more event may be of, by what it has in common with them.

use super::group::Groups;
use std::collections::BTreeSet;

/// Groups whose events have something in common, told from each other only as far as it takes to say that there are
/// several: one may be joined, of several nobody can tell which. Each is known by one of its events.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Groups with events of several documents.
    shared: Vec<usize>,
    /// Groups of which so far only one document has told, by that document; a document may have more than one entry.
    single: Vec<(u32, Vec<usize>)>,
}

impl Candidates {
    /// Adds an event of a document, which has the group that it is in by now.
    pub(super) fn add(&mut self, at: usize, document: u32, groups: &mut Groups) {
        let root = groups.root(at);
        // Of a group that is here already the first or the last is most often one.
        let mut is_in = |events: &[usize]| {
            events.first().into_iter().chain(events.last()).any(|&other| groups.root(other) == root)
        };
        if is_in(&self.shared) {
            return;
        }
        match self.single.last_mut() {
            Some((of, events)) if *of == document => {
                if !is_in(events) {
                    events.push(at);
                }
            }
            _ => self.single.push((document, vec![at])),
        }
    }

    /// Adds to `found` the groups that have an event of another document than this one here: all, or two at least.
    ///
    /// What the document itself tells is passed over at once, and each event of a group that is here twice by now goes,
    /// so that all calls together take as long as all events that were added.
    pub(super) fn find(&mut self, document: u32, groups: &mut Groups, found: &mut BTreeSet<usize>) {
        // The groups that were met here, with the document of those of one alone.
        let mut met: Vec<(usize, Option<u32>)> = Vec::new();
        let mut at = 0;
        while found.len() < 2
            && let Some(&event) = self.shared.get(at)
        {
            let root = groups.root(event);
            if met.iter().any(|(other, _)| *other == root) {
                self.shared.swap_remove(at);
                continue;
            }
            met.push((root, None));
            found.insert(root);
            at += 1;
        }
        let mut of = 0;
        while found.len() < 2
            && let Some((told_by, events)) = self.single.get_mut(of)
        {
            if *told_by == document {
                of += 1;
                continue;
            }
            let mut at = 0;
            while found.len() < 2
                && let Some(&event) = events.get(at)
            {
                let root = groups.root(event);
                match met.iter_mut().find(|(other, _)| *other == root) {
                    Some((_, only)) => {
                        events.swap_remove(at);
                        if only.is_some_and(|only| only != *told_by) {
                            self.shared.push(event);
                            *only = None;
                        }
                    }
                    None => {
                        met.push((root, Some(*told_by)));
                        found.insert(root);
                        at += 1;
                    }
                }
            }
            if events.is_empty() {
                self.single.swap_remove(of);
            } else {
                of += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_tell_is_found_by_each_of_them() {
        let mut groups = Groups::new(4);
        let mut candidates = Candidates::default();
        let found = |candidates: &mut Candidates, document, groups: &mut Groups| {
            let mut found = BTreeSet::new();
            candidates.find(document, groups, &mut found);
            found.into_iter().collect::<Vec<_>>()
        };
        candidates.add(0, 7, &mut groups);
        assert_eq!(found(&mut candidates, 7, &mut groups), [0; 0], "its own is no other's");
        assert_eq!(found(&mut candidates, 8, &mut groups), [0]);
        groups.join(0, 1);
        candidates.add(1, 8, &mut groups);
        assert_eq!(found(&mut candidates, 9, &mut groups), [0]);
        assert_eq!(found(&mut candidates, 7, &mut groups), [0], "another tells of it too");
        candidates.add(2, 9, &mut groups);
        assert_eq!(found(&mut candidates, 7, &mut groups), [0, 2]);
        assert_eq!(found(&mut candidates, 9, &mut groups), [0]);
    }
    #[test]
    fn what_one_document_tells_of_any_number_is_passed_over_at_once() {
        const MANY: usize = 200_000;
        let mut groups = Groups::new(MANY);
        let mut candidates = Candidates::default();
        let mut found = BTreeSet::new();
        for at in 0..MANY {
            candidates.find(7, &mut groups, &mut found);
            candidates.add(at, 7, &mut groups);
        }
        assert_eq!(found.len(), 0);
        candidates.find(8, &mut groups, &mut found);
        assert_eq!(found.len(), 2);
    }
}
