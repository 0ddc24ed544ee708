//! The version of the format.

/// The version of the format that this crate writes. It reads this one and all before it.
///
/// It rises when a table gets a column, or a column a further meaning. Columns are added, never renamed and never
/// removed, so a reader of an older version goes on reading the columns it knows.
///
/// | version | since | what is new |
/// |---|---|---|
/// | 1 | 0.2.0 | documents, annotations, links, entities, clusters, sources |
pub const VERSION: u32 = 1;
