//! Groups: which of a number of things have been put together.

/// Which of a number of things have been put together.
#[derive(Debug)]
pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    /// So many things, each by itself.
    pub(super) fn new(len: usize) -> Self {
        Groups { parent: (0..len).collect() }
    }

    /// The first thing of the group that one is in.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins the groups of two.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// The groups, in the order of their first things.
    pub(super) fn finish(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for at in 0..groups.len() {
            let root = self.root(at);
            groups[root].push(at);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

/// So many times as often is far more often.
pub(super) const FAR_MORE: usize = 4;

/// The bearer of a name that several may bear: the only one, or one that far more documents name than all others.
/// `bearers` are groups with their numbers of documents.
pub(super) fn bearer(bearers: &[(usize, usize)]) -> Option<usize> {
    let &(group, most) = bearers.iter().max_by_key(|(group, count)| (*count, std::cmp::Reverse(*group)))?;
    let others: usize = bearers.iter().map(|(_, count)| count).sum::<usize>() - most;
    (most >= FAR_MORE * others).then_some(group)
}
