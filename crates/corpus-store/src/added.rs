//! What became of a document that was added.

/// What became of a document that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Added {
    /// It is new.
    New {
        /// Documents that it supersedes: older ones at its address.
        superseded: u64,
    },
    /// The corpus has it, from the same place.
    Known,
    /// The corpus has it from another place, which was noted.
    Again,
    /// The corpus has it from a file that is there no longer, or from where another record of its file stands now; it is
    /// named by its new place from now on.
    Moved,
    /// It, or its page as it was then, was removed once, and stays so.
    Removed,
}
