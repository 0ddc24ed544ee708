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
        /// `<header>`, role banner.
        HEADER,
        /// `<footer>`, role contentinfo.
        FOOTER,
        /// `<nav>`, role navigation, menu, tablist or breadcrumb list.
        NAV,
        /// `<aside>`, role complementary.
        ASIDE,
        /// `<form>`, role form.
        FORM,
        /// `<search>`, role search.
        SEARCH,
        /// `<figure>`.
        FIGURE,
        /// `<figcaption>`.
        FIGCAPTION,
        /// A table that is not for layout only.
        TABLE,
        /// `<blockquote>`.
        QUOTE,
        /// `<ul>`, `<ol>`, `<menu>`, `<dir>`.
        LIST,
        /// `<dl>`.
        DEFINITIONS,
        /// `<section>`.
        SECTION,
        /// `<details>`.
        DETAILS,
        /// `<dialog>`, role dialog or alertdialog.
        DIALOG,
        /// `<address>`.
        ADDRESS,
        /// `<h1>` to `<h6>`, role heading.
        HEADING,
        /// `<pre>`, `<xmp>`.
        PREFORMATTED,
        /// `<button>`, role button.
        BUTTON,
        /// `itemprop` articleBody, text, description of an article.
        BODY,
        /// An item of its own: a comment, by `itemtype` or `itemprop`.
        COMMENT,
    }
}

bit_set! {
    /// What the inline elements around characters make of them.
    Inline: u16 {
        /// `<a>` with an address.
        LINK,
        /// `<b>`, `<strong>`.
        BOLD,
        /// `<i>`, `<em>`.
        ITALIC,
        /// `<small>`.
        SMALL,
        /// `<time>`.
        TIME,
        /// `<cite>`.
        CITE,
        /// `<code>`, `<tt>`, `<kbd>`, `<samp>`.
        CODE,
        /// `<label>`.
        LABEL,
        /// `<q>`.
        QUOTE,
        /// `<del>`, `<s>`, `<strike>`.
        STRUCK,
        /// `<sup>`, `<sub>`.
        RAISED,
        /// `rel` author.
        AUTHOR,
        /// `rel` tag, category.
        TAG,
    }
}

impl Landmarks {
    /// What an element is by its tag.
    pub(crate) fn of_tag(tag: Tag) -> Landmarks {
        match tag {
            Tag::Article => Landmarks::ARTICLE,
            Tag::Main => Landmarks::MAIN,
            Tag::Header => Landmarks::HEADER,
            Tag::Footer => Landmarks::FOOTER,
            Tag::Nav => Landmarks::NAV,
            Tag::Aside => Landmarks::ASIDE,
            Tag::Form | Tag::Fieldset => Landmarks::FORM,
            Tag::Search => Landmarks::SEARCH,
            Tag::Figure => Landmarks::FIGURE,
            Tag::Figcaption => Landmarks::FIGCAPTION,
            Tag::Table => Landmarks::TABLE,
            Tag::Blockquote => Landmarks::QUOTE,
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => Landmarks::LIST,
            Tag::Dl => Landmarks::DEFINITIONS,
            Tag::Section => Landmarks::SECTION,
            Tag::Details => Landmarks::DETAILS,
            Tag::Dialog => Landmarks::DIALOG,
            Tag::Address => Landmarks::ADDRESS,
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => Landmarks::HEADING,
            Tag::Pre | Tag::Xmp => Landmarks::PREFORMATTED,
            Tag::Button => Landmarks::BUTTON,
            _ => Landmarks::NONE,
        }
    }

    /// What an ARIA role makes of an element.
    pub(crate) fn of_role(role: &str) -> Landmarks {
        match role {
            "article" => Landmarks::ARTICLE,
            "main" => Landmarks::MAIN,
            "banner" => Landmarks::HEADER,
            "contentinfo" => Landmarks::FOOTER,
            "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => Landmarks::NAV,
            "complementary" => Landmarks::ASIDE,
            "form" => Landmarks::FORM,
            "search" => Landmarks::SEARCH,
            "figure" => Landmarks::FIGURE,
            "list" => Landmarks::LIST,
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
            Tag::I | Tag::Em => Inline::ITALIC,
            Tag::Small => Inline::SMALL,
            Tag::Time => Inline::TIME,
            Tag::Cite => Inline::CITE,
            Tag::Code | Tag::Tt => Inline::CODE,
            Tag::Label | Tag::Legend => Inline::LABEL,
            Tag::Q => Inline::QUOTE,
            Tag::Del | Tag::S | Tag::Strike => Inline::STRUCK,
            Tag::Sup | Tag::Sub => Inline::RAISED,
            _ => Inline::NONE,
        }
    }
}
