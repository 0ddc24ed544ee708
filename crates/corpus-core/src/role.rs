//! The role of a block: what it does on its page.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal,)+) => {
        /// What a block does on its page. The order is that of precedence: where a line carries two roles in equal
        /// measure, the earlier one wins.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Role {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Role {
            /// Every role, in order of precedence.
            pub const ALL: &'static [Role] = &[$(Role::$variant),+];

            /// The name in JSON, on the command line and in prose.
            pub const fn as_str(self) -> &'static str {
                match self { $(Role::$variant => $name),+ }
            }
        }
    };
}

roles! {
    /// Section or category label that stands over the title.
    Kicker "kicker",
    /// The headline.
    Title "title",
    /// The summary, dek or subtitle between title and body.
    Standfirst "standfirst",
    /// Who wrote it: "By …", a name alone, the author's post and contact, a biography at the end.
    Byline "byline",
    /// When it was published or updated, and reading time.
    Timestamp "timestamp",
    /// A content-management stamp that is not the publication date, with its label.
    Status "status",
    /// A heading inside the body.
    Heading "heading",
    /// Running text of the body, the lead and a pull quote included.
    Paragraph "paragraph",
    /// A quotation set as a block of its own.
    Quote "quote",
    /// An item of a list in the body.
    ListItem "list_item",
    /// A row of a table in the body.
    Table "table",
    /// Program text or preformatted text in the body.
    Code "code",
    /// What describes a picture, film or chart.
    Caption "caption",
    /// Who made or owns a picture.
    Credit "credit",
    /// Where the text was first published, or its sources and footnotes.
    SourceNote "source_note",
    /// An editorial note about the text.
    Disclaimer "disclaimer",
    /// The line that says who comments, with number, time, likes.
    CommentAuthor "comment_author",
    /// The text of a comment.
    Comment "comment",
    /// The heading of a block of links to other articles.
    RelatedHeading "related_heading",
    /// The title of another article, as a link.
    RelatedTitle "related_title",
    /// The first words or the summary of another article, often cut.
    RelatedTeaser "related_teaser",
    /// An appeal to donate, subscribe, sign up, share, follow, download, or an advertisement.
    Promo "promo",
    /// Menus, breadcrumbs, tags, language switches, pagination, buttons.
    Navigation "navigation",
    /// A form and its labels.
    Form "form",
    /// Copyright, cookie and privacy notices, terms, imprint.
    Legal "legal",
}

impl Role {
    /// Whether the block is part of the clean text of an article: title, standfirst, headings and body.
    pub const fn is_text(self) -> bool {
        matches!(self, Role::Title | Role::Standfirst | Role::Heading) || self.is_body()
    }

    /// Whether the block is running text, a quotation, a list item, a table row or code.
    pub const fn is_body(self) -> bool {
        matches!(self, Role::Paragraph | Role::Quote | Role::ListItem | Role::Table | Role::Code)
    }

    /// Whether the block belongs to the furniture of the page, whatever surrounds it.
    pub const fn is_furniture(self) -> bool {
        matches!(
            self,
            Role::RelatedHeading
                | Role::RelatedTitle
                | Role::RelatedTeaser
                | Role::Promo
                | Role::Navigation
                | Role::Form
                | Role::Legal
        )
    }

    /// Whether the block belongs to readers' comments, whatever surrounds it.
    pub const fn is_comment(self) -> bool {
        matches!(self, Role::CommentAuthor | Role::Comment)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is no role's; its message lists the roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRole(String);

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown role {:?}; known roles:", self.0)?;
        Role::ALL.iter().try_for_each(|role| write!(f, " {role}"))
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Role::ALL
            .iter()
            .copied()
            .find(|role| role.as_str() == name)
            .ok_or_else(|| UnknownRole(name.to_owned()))
    }
}
