//! A part of a page: its article, an article embedded in it, the comments, the furniture.

use crate::published::Published;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};
use std::fmt;

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartKind {
    /// What the page was published for, from kicker to source note; at most one a page.
    Article,
    /// A further whole article that the page carries.
    Embedded,
    /// Readers' comments; at most one a page.
    Comments,
    /// Everything else; at most one a page.
    Furniture,
}

impl PartKind {
    /// The name in JSON and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            PartKind::Article => "article",
            PartKind::Embedded => "embedded",
            PartKind::Comments => "comments",
            PartKind::Furniture => "furniture",
        }
    }

    /// Whether the part is an article, the page's own or an embedded one, and so has a title and a date.
    pub const fn is_article(self) -> bool {
        matches!(self, PartKind::Article | PartKind::Embedded)
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A part of a page. Its blocks are those of `Document::blocks` that name its index; they need not be adjacent.
///
/// Only articles have anything but a kind; comments and furniture serialize as `{"kind": …}`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Part {
    /// What the part is.
    pub kind: PartKind,
    /// The headline, white space folded, without the site's name.
    #[serde(default)]
    pub title: Option<String>,
    /// Names of the persons who wrote it, in the page's order.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Name of the site or outlet.
    #[serde(default)]
    pub site: Option<String>,
    /// Canonical address.
    #[serde(default)]
    pub url: Option<String>,
    /// Topics, tags and keywords, in the page's order.
    #[serde(default)]
    pub topics: Vec<String>,
    /// When it was last changed, as the page says.
    #[serde(default)]
    pub modified: Option<Published>,
    /// When it was published; `None` where neither page nor text says.
    #[serde(default)]
    pub published: Option<Published>,
}

impl Part {
    /// A part of which nothing is known but its kind.
    pub const fn new(kind: PartKind) -> Self {
        Part {
            kind,
            title: None,
            authors: Vec::new(),
            site: None,
            url: None,
            topics: Vec::new(),
            modified: None,
            published: None,
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.kind.is_article() {
            let mut part = serializer.serialize_struct("Part", 1)?;
            part.serialize_field("kind", &self.kind)?;
            return part.end();
        }
        let mut part = serializer.serialize_struct("Part", 8)?;
        part.serialize_field("kind", &self.kind)?;
        part.serialize_field("title", &self.title)?;
        part.serialize_field("authors", &self.authors)?;
        part.serialize_field("site", &self.site)?;
        part.serialize_field("url", &self.url)?;
        part.serialize_field("topics", &self.topics)?;
        part.serialize_field("modified", &self.modified)?;
        part.serialize_field("published", &self.published)?;
        part.end()
    }
}
