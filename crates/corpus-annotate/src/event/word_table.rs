//! Words beside an event that say which it is, and that it is still to come.

/// Words before a noun of elections that say which.
pub(super) const ELECTIONS: &[&str] = &[
    "presidential",
    "parliamentary",
    "general",
    "local",
    "municipal",
    "regional",
    "legislative",
    "mayoral",
    "gubernatorial",
    "midterm",
    "snap",
    "federal",
    "european",
    "primary",
    "senate",
    "state",
    "provincial",
];

/// Words that say that it is still to come.
pub(super) const AHEAD: &[&str] = &[
    "will",
    "upcoming",
    "scheduled",
    "planned",
    "plans",
    "forthcoming",
    "next",
    "expected",
    "due",
    "intends",
    "shall",
    "would",
    "likely",
];
