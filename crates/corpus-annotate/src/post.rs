//! A post: a title or office of a person.

use crate::{annotator::Annotator, page::Page};
use serde::Serialize;

/// A title or office that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Post {
    /// Local id of the person, where the text says who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}

/// Finds the facts of layer `post`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Posts;

impl Annotator for Posts {
    fn layer(&self) -> &'static str {
        "post"
    }
    fn version(&self) -> u32 {
        1
    }
    fn description(&self) -> &'static str {
        "titles and posts of people"
    }
    fn annotate(&self, _page: &mut Page<'_>) {}
}
