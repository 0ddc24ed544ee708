//! A decision: what a line does, in which part, how sure that is and why.

use crate::{part::PartKind, role::Role};

/// What a line does, in which part, how sure that is and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Decision {
    /// The role.
    pub(crate) role: Role,
    /// The part.
    pub(crate) part: PartKind,
    /// How sure, from 0 to 1.
    pub(crate) confidence: f32,
    /// Why, in a few words.
    pub(crate) why: &'static str,
}

/// What is no part of the article.
pub(super) const fn furniture(role: Role, confidence: f32, why: &'static str) -> Decision {
    Decision { role, part: PartKind::Furniture, confidence, why }
}

/// What the page was published for.
pub(super) const fn article(role: Role, confidence: f32, why: &'static str) -> Decision {
    Decision { role, part: PartKind::Article, confidence, why }
}
