//! Where answers are looked for: which parts of a page, and which of their blocks.

use crate::part_text::{PartText, Passage};
use corpus_core::{PartKind, Role};
use serde::Serialize;
use std::{fmt, str::FromStr};

/// Where answers are looked for: parts of a page by kind, blocks by role.
///
/// Of an article, the page's own or an embedded one, it is the clean text: title, standfirst, headings and body. Of
/// comments it is what readers wrote. `all` is everything on the page, `page` the same under another name.
///
/// ```
/// use corpus_query::Scope;
/// let scope: Scope = "article,embedded".parse()?;
/// assert_eq!(scope.to_string(), "article,embedded");
/// assert!("articles".parse::<Scope>().unwrap_err().to_string().contains("article, embedded, comments"));
/// # Ok::<(), corpus_query::scope::UnknownScope>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    all: bool,
    kinds: Vec<PartKind>,
    roles: Vec<Role>,
}

const KINDS: [PartKind; 4] = [PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture];

impl Scope {
    /// The articles pages were published for; the default.
    pub fn article() -> Scope {
        Scope { all: false, kinds: vec![PartKind::Article], roles: Vec::new() }
    }

    /// Everything on a page.
    pub const fn all() -> Scope {
        Scope { all: true, kinds: Vec::new(), roles: Vec::new() }
    }

    /// Whether a passage is looked at.
    pub fn holds(&self, part: &PartText, passage: &Passage) -> bool {
        self.holds_block(part.kind, passage.role)
    }

    /// Whether blocks of a role in a part of a kind are looked at.
    pub(crate) fn holds_block(&self, kind: PartKind, role: Role) -> bool {
        self.all || self.roles.contains(&role) || (self.kinds.contains(&kind) && is_clean(kind, role))
    }

    /// Whether anything of the part can be looked at.
    pub(crate) fn may_hold(&self, kind: PartKind) -> bool {
        self.all || !self.roles.is_empty() || self.kinds.contains(&kind)
    }

    /// Kinds of parts to look at; `None` is all of them.
    pub(crate) fn kinds(&self) -> Option<&[PartKind]> {
        (!self.all && self.roles.is_empty()).then_some(&self.kinds)
    }

    /// Whether blocks beyond the clean text of their part are looked at.
    pub(crate) fn is_wide(&self) -> bool {
        self.all || !self.roles.is_empty()
    }

    /// Whether just the clean text is looked at, or just everything, and no role by itself.
    pub(crate) fn is_plain(&self) -> bool {
        self.roles.is_empty()
    }
}

/// Whether a block is of the text that a part of this kind is there for.
pub(crate) fn is_clean(kind: PartKind, role: Role) -> bool {
    match kind {
        PartKind::Article | PartKind::Embedded => role.is_text(),
        PartKind::Comments => role == Role::Comment,
        _ => true,
    }
}

impl Default for Scope {
    fn default() -> Scope {
        Scope::article()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all {
            return f.pad("all");
        }
        let kinds = self.kinds.iter().map(|kind| kind.as_str());
        f.pad(&kinds.chain(self.roles.iter().map(|role| role.as_str())).collect::<Vec<_>>().join(","))
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Scope {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scope".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "description": "Parts and roles that were looked at, with commas between"})
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(list: &str) -> Result<Scope, UnknownScope> {
        let mut scope = Scope { all: false, kinds: Vec::new(), roles: Vec::new() };
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if matches!(name, "all" | "page") {
                scope.all = true;
            } else if let Some(kind) = KINDS.iter().find(|kind| kind.as_str() == name) {
                scope.kinds.push(*kind);
            } else if let Some(role) = Role::ALL.iter().find(|role| role.as_str() == name) {
                scope.roles.push(*role);
            } else {
                return Err(UnknownScope(name.to_owned()));
            }
        }
        let is_empty = !scope.all && scope.kinds.is_empty() && scope.roles.is_empty();
        Ok(if is_empty { Scope::article() } else { scope })
    }
}

/// A name that is neither a part's nor a role's; its message lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownScope(String);

impl fmt::Display for UnknownScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = KINDS.iter().map(|kind| kind.as_str());
        let roles = Role::ALL.iter().map(|role| role.as_str());
        let known = kinds.chain(["all"]).chain(roles).collect::<Vec<_>>().join(", ");
        write!(f, "unknown part or role {:?}; known: {known}", self.0)
    }
}

impl std::error::Error for UnknownScope {}
