//! Sets of marks: what the elements around a text are, and what the inline ones make of its characters.

use super::tag::Tag;

/// A set of bits with names.
macro_rules! bit_set {
    ($(#[doc = $set_doc:literal])+ $set:ident: $bits:ty { $($(#[doc = $doc:literal])+ $name:ident,)+ }) => {
        $(#[doc = $set_doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub(crate) struct $set($bits);

        #[allow(dead_code, reason = "each set has all of the operations")]
        impl $set {
            bit_set!(@consts $bits, 0, $($(#[doc = $doc])+ $name,)+);
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// The empty set.
            pub(crate) const NONE: Self = $set(0);

            /// Whether every one of `other` is in the set.
            pub(crate) const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any of `other` is in the set.
            pub(crate) const fn any(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// What is in either.
            pub(crate) const fn with(self, other: Self) -> Self {
                $set(self.0 | other.0)
            }

            /// What is in both.
            pub(crate) const fn and(self, other: Self) -> Self {
                $set(self.0 & other.0)
            }

            /// The members, each a set of its own.
            pub(crate) fn each(self) -> impl Iterator<Item = Self> {
                (0..<$bits>::BITS).map(|bit| $set(1 << bit)).filter(move |&one| self.contains(one))
            }

            /// The set as bits.
            pub(crate) const fn bits(self) -> u64 {
                self.0 as u64
            }

            /// What is in this set and not in `other`.
            pub(crate) const fn without(self, other: Self) -> Self {
                $set(self.0 & !other.0)
            }
        }

        impl std::fmt::Debug for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let names = Self::NAMES.iter().enumerate().filter(|(bit, _)| self.0 >> bit & 1 == 1);
                f.debug_set().entries(names.map(|(_, name)| name)).finish()
            }
        }
    };
    (@consts $bits:ty, $bit:expr, $(#[doc = $doc:literal])+ $name:ident, $($rest:tt)*) => {
        $(#[doc = $doc])+
        pub(crate) const $name: Self = Self(1 << ($bit));
        bit_set!(@consts $bits, $bit + 1, $($rest)*);
    };
    (@consts $bits:ty, $bit:expr,) => {};
}
pub(crate) use bit_set;

bit_set! {
    /// What the elements around a text are, by tag, ARIA role or schema.org property.
    Landmarks: u32 {
        /// `<article>`, role article.
        ARTICLE,
        /// `<main>`, role main.
        MAIN,
        /// `<footer>`, role contentinfo.
        FOOTER,
        /// `<nav>`, role navigation, menu, menubar, tablist, toolbar.
        NAV,
        /// `<aside>`, role complementary.
        ASIDE,
        /// `<form>`, `<fieldset>`, role form.
        FORM,
        /// `<search>`, role search.
        SEARCH,
        /// `<figcaption>`.
        FIGCAPTION,
        /// A table that is not for layout only.
        TABLE,
        /// `<blockquote>`.
        QUOTE,
        /// `<dialog>`, role dialog or alertdialog.
        DIALOG,
        /// `<h1>` to `<h6>`, role heading.
        HEADING,
        /// `<pre>`, and what is read as one: `<xmp>`, `<plaintext>`.
        PREFORMATTED,
        /// `<button>`, role button.
        BUTTON,
        /// `itemprop` articleBody, reviewBody.
        BODY,
        /// An item of its own: a comment, by `itemtype` or `itemprop`.
        COMMENT,
        /// A post of a social network, set into the page.
        EMBED,
    }
}

bit_set! {
    /// What the inline elements around characters make of them.
    Inline: u16 {
        /// `<a>` with an address.
        LINK,
        /// `<b>`, `<strong>`, `<th>`.
        BOLD,
        /// `<time>`.
        TIME,
        /// `rel` author.
        AUTHOR,
    }
}

impl Landmarks {
    /// What an element is by its tag.
    pub(crate) fn of_tag(tag: Tag) -> Landmarks {
        match tag {
            Tag::Article => Landmarks::ARTICLE,
            Tag::Main => Landmarks::MAIN,
            Tag::Footer => Landmarks::FOOTER,
            Tag::Nav => Landmarks::NAV,
            Tag::Aside => Landmarks::ASIDE,
            Tag::Form | Tag::Fieldset => Landmarks::FORM,
            Tag::Search => Landmarks::SEARCH,
            Tag::Figcaption => Landmarks::FIGCAPTION,
            Tag::Table => Landmarks::TABLE,
            Tag::Blockquote => Landmarks::QUOTE,
            Tag::Dialog => Landmarks::DIALOG,
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => Landmarks::HEADING,
            Tag::Pre => Landmarks::PREFORMATTED,
            Tag::Button => Landmarks::BUTTON,
            _ => Landmarks::NONE,
        }
    }

    /// What an ARIA role makes of an element.
    pub(crate) fn of_role(role: &str) -> Landmarks {
        match role {
            "article" => Landmarks::ARTICLE,
            "main" => Landmarks::MAIN,
            "contentinfo" => Landmarks::FOOTER,
            "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => Landmarks::NAV,
            "complementary" => Landmarks::ASIDE,
            "form" => Landmarks::FORM,
            "search" => Landmarks::SEARCH,
            "dialog" | "alertdialog" => Landmarks::DIALOG,
            "heading" => Landmarks::HEADING,
            "button" => Landmarks::BUTTON,
            _ => Landmarks::NONE,
        }
    }
}

impl Inline {
    /// What a tag makes of the characters in it.
    pub(crate) fn of_tag(tag: Tag) -> Inline {
        match tag {
            Tag::B | Tag::Strong | Tag::Th => Inline::BOLD,
            Tag::Time => Inline::TIME,
            _ => Inline::NONE,
        }
    }
}
