//! Classes of roles: what the weights of text tell apart.

use crate::role::Role;

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $class:ident: $($role:ident)|+,)+) => {
        /// Roles that stand for each other on a page. Which of them a line has, its words and its shape say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Class {
            $($(#[doc = $doc])+ $class,)+
        }

        impl Class {
            /// Every class, in the order of their numbers.
            pub const ALL: &'static [Class] = &[$(Class::$class),+];

            /// The class of a role.
            pub const fn of(role: Role) -> Class {
                match role { $($(Role::$role)|+ => Class::$class,)+ }
            }
        }
    };
}

classes! {
    /// A label over the title.
    Kicker: Kicker,
    /// The headline.
    Title: Title,
    /// The summary under it.
    Standfirst: Standfirst,
    /// Who wrote it.
    Byline: Byline,
    /// When.
    Time: Timestamp | Status,
    /// A heading inside the body.
    Heading: Heading,
    /// Running text.
    Paragraph: Paragraph | Quote,
    /// An item of a list.
    Item: ListItem,
    /// A row of a table, or program text.
    Row: Table | Code,
    /// What belongs to a picture.
    Picture: Caption | Credit,
    /// What is said about the text.
    Note: SourceNote | Disclaimer,
    /// Who comments.
    CommentAuthor: CommentAuthor,
    /// What they say.
    Comment: Comment,
    /// The heading of links to other articles.
    RelatedHeading: RelatedHeading,
    /// Such a link.
    Related: RelatedTitle | RelatedTeaser,
    /// Everything else on the page.
    Furniture: Promo | Navigation | Form | Legal,
}

/// The number of classes.
pub const N_CLASSES: usize = Class::ALL.len();

impl Class {
    /// Whether it is the main text of a page: the clean text of the article but for its headline.
    pub const fn is_main_text(self) -> bool {
        matches!(self, Class::Standfirst | Class::Heading | Class::Paragraph | Class::Item | Class::Row)
    }
}
