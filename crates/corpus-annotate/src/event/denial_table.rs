//! The words by which a text says that something did not happen.

/// Subjects of which nobody and nothing is one.
pub(super) const NOBODY: [&str; 5] = ["nobody", "none", "nothing", "neither", "nor"];
/// Words behind "no" with which it denies nothing: "no doubt", "no fewer than ten".
pub(super) const NO_DENIAL: [&str; 13] = [
    "doubt", "doubts", "question", "secret", "surprise", "wonder", "matter", "fewer", "less", "sooner",
    "later", "ordinary", "mere",
];
/// Words behind "not" with which it denies nothing: "not only".
pub(super) const NOT_DENIAL: [&str; 7] = ["only", "just", "merely", "least", "all", "every", "everyone"];
/// Words that lead with "to" to what does not come about.
pub(super) const REFUSALS: [&str; 26] = [
    "refused",
    "refuses",
    "refusing",
    "refuse",
    "declined",
    "declines",
    "declining",
    "decline",
    "failed",
    "fails",
    "failing",
    "fail",
    "neglected",
    "omitted",
    "forgot",
    "unable",
    "unwilling",
    "unlikely",
    "reluctant",
    "powerless",
    "forbidden",
    "yet",
    "disinclined",
    "loath",
    "impossible",
    "unprepared",
];
/// Words beside those of plans that lead with "to" to what somebody does.
pub(super) const LEADS: [&str; 22] = [
    "able",
    "willing",
    "chose",
    "decided",
    "opted",
    "asked",
    "forced",
    "obliged",
    "allowed",
    "had",
    "has",
    "have",
    "managed",
    "tried",
    "continued",
    "began",
    "started",
    "seems",
    "appears",
    "eager",
    "bound",
    "keen",
];
/// Verbs of who, or what, hears that it did not happen: "denied having met", "denied that they met".
pub(super) const DENYING: [&str; 10] =
    ["denied", "denies", "deny", "denying", "avoided", "avoids", "avoid", "avoiding", "disputed", "disputes"];
/// Verbs that keep somebody "from" what follows.
pub(super) const KEPT_FROM: [&str; 12] = [
    "prevented",
    "prevents",
    "barred",
    "bars",
    "banned",
    "stopped",
    "kept",
    "deterred",
    "dissuaded",
    "excluded",
    "blocked",
    "refrained",
];
/// Words that suppose the clause behind them.
pub(super) const SUPPOSING: [&str; 4] = ["if", "unless", "whether", "lest"];
/// Auxiliaries with which a sentence opens that asks or supposes: "Did they meet?", "Had they met, …".
pub(super) const ASKING: [&str; 12] =
    ["had", "did", "do", "does", "has", "have", "should", "were", "was", "is", "are", "will"];
/// Adverbs of what came close to happening.
pub(super) const NEARLY: [&str; 4] = ["nearly", "almost", "hardly", "scarcely"];
/// Participles of what was given up for good, and those of what was put off; behind an article only the former say that
/// it did not take place.
pub(super) const CANCELLED: [&str; 10] = [
    "cancelled",
    "canceled",
    "cancels",
    "cancelling",
    "canceling",
    "scrapped",
    "scraps",
    "axed",
    "shelved",
    "nixed",
];
/// Of what did not happen when it was to: it may happen on another day, and that day is rarely said beside it.
pub(super) const PUT_OFF: [&str; 5] = ["postponed", "postpones", "postponing", "deferred", "defers"];
/// First words of phrases with "off" for the same.
pub(super) const OFF: [&str; 6] = ["called", "calls", "calling", "put", "puts", "putting"];
/// The same where something leads to the bare verb: "decided to cancel".
pub(super) const TO_CANCEL: [&str; 8] =
    ["cancel", "scrap", "axe", "shelve", "postpone", "defer", "call", "put"];
/// What leads to a bare verb of somebody who does it.
pub(super) const DOES: [&str; 12] = [
    "decided",
    "chose",
    "opted",
    "agreed",
    "forced",
    "had",
    "has",
    "have",
    "obliged",
    "moved",
    "compelled",
    "voted",
];
/// Verbs of who will not have it: of what is no more than an idea, and so without an article that points at it.
pub(super) const REJECTED: [&str; 16] = [
    "rejected",
    "rejects",
    "rejecting",
    "refused",
    "refuses",
    "refusing",
    "declined",
    "declines",
    "ruled",
    "rules",
    "ruling",
    "denied",
    "denies",
    "denying",
    "vetoed",
    "rebuffed",
];
/// Verbs of who keeps it from happening.
pub(super) const AVERTED: [&str; 14] = [
    "avert",
    "averted",
    "averts",
    "averting",
    "avoid",
    "avoided",
    "avoids",
    "avoiding",
    "prevent",
    "prevented",
    "prevents",
    "preventing",
    "forestall",
    "forestalled",
];
/// Verbs by which it happens: of one that is denied nothing came.
pub(super) const HOLDS: [&str; 34] = [
    "hold",
    "holds",
    "held",
    "holding",
    "have",
    "has",
    "had",
    "having",
    "pay",
    "paid",
    "make",
    "made",
    "schedule",
    "scheduled",
    "agree",
    "agreed",
    "arrange",
    "arranged",
    "convene",
    "convened",
    "organise",
    "organised",
    "organize",
    "organized",
    "stage",
    "staged",
    "conduct",
    "conducted",
    "call",
    "called",
    "plan",
    "planned",
    "request",
    "requested",
];
/// Verbs that lead with "for" or "to" to it: of one that is denied nothing came.
pub(super) const ASKS: [&str; 12] = [
    "ask", "asked", "asks", "call", "called", "calls", "agree", "agreed", "agrees", "push", "pushed",
    "pressed",
];
/// Nouns of what leads to it, and of what it consists of: of plans that there are none, of a round that was called off.
pub(super) const PLANS: [&str; 45] = [
    "plan",
    "plans",
    "need",
    "hope",
    "hopes",
    "prospect",
    "prospects",
    "chance",
    "chances",
    "proposal",
    "proposals",
    "intention",
    "intentions",
    "request",
    "requests",
    "call",
    "calls",
    "room",
    "possibility",
    "likelihood",
    "question",
    "sign",
    "signs",
    "talk",
    "word",
    "evidence",
    "record",
    "proof",
    "report",
    "reports",
    "rumours",
    "rumors",
    "announcement",
    "preparations",
    "round",
    "rounds",
    "series",
    "number",
    "threat",
    "danger",
    "risk",
    "idea",
    "desire",
    "appetite",
    "invitation",
];
/// Nouns of what keeps it from happening.
pub(super) const CANCELLATION: [&str; 7] =
    ["cancellation", "cancelation", "postponement", "absence", "lack", "scrapping", "cancelling"];
/// Verbs of what takes place, with the word that must follow; of one that is denied, it did not.
pub(super) const HAPPENS: [(&str, &str); 17] = [
    ("held", ""),
    ("take", "place"),
    ("took", "place"),
    ("taken", "place"),
    ("taking", "place"),
    ("happen", ""),
    ("happened", ""),
    ("happening", ""),
    ("occur", ""),
    ("occurred", ""),
    ("materialise", ""),
    ("materialised", ""),
    ("materialize", ""),
    ("materialized", ""),
    ("go", "ahead"),
    ("gone", "ahead"),
    ("going", "ahead"),
];
