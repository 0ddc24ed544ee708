//! The words by which who takes part in an event is told.

use super::kind::EventKind;

/// Prepositions behind the noun of an event that lead to who takes part.
pub(super) const PARTIES: [&str; 6] = ["between", "with", "of", "by", "among", "from"];
/// Verbs of those who take part in what a noun names.
pub(super) const TAKE_PART: [&str; 63] = [
    "adjourned",
    "broke",
    "breaks",
    "resumed",
    "resumes",
    "suspended",
    "continued",
    "held",
    "hold",
    "holds",
    "holding",
    "had",
    "have",
    "has",
    "attended",
    "attends",
    "attend",
    "joined",
    "joins",
    "hosted",
    "hosts",
    "conducted",
    "conducts",
    "began",
    "begin",
    "started",
    "opened",
    "staged",
    "organised",
    "organized",
    "arrived",
    "paid",
    "made",
    "completed",
    "concluded",
    "launched",
    "led",
    "won",
    "lost",
    "contested",
    "went",
    "participated",
    "ended",
    "left",
    "gathered",
    "gather",
    "gathers",
    "met",
    "meet",
    "meets",
    "convened",
    "travelled",
    "traveled",
    "travelling",
    "traveling",
    "travels",
    "flew",
    "flies",
    "attending",
    "joining",
    "hosting",
    "addressed",
    "opening",
];
/// Participles before the "by" of those who take part in what a noun before them names.
pub(super) const TAKEN_PART: [&str; 9] =
    ["attended", "hosted", "chaired", "led", "joined", "held", "organised", "organized", "staged"];
/// What leads to a verb with "to" of those who will do it, or mean to.
pub(super) const LEAD_TO: [&str; 20] = [
    "due",
    "expected",
    "scheduled",
    "set",
    "planned",
    "plans",
    "plan",
    "planning",
    "agreed",
    "hopes",
    "hoped",
    "intends",
    "wants",
    "wanted",
    "going",
    "ready",
    "likely",
    "arranged",
    "promised",
    "about",
];
/// Verbs of who goes somewhere for something.
pub(super) const JOURNEYS: [&str; 14] = [
    "arrived",
    "arrives",
    "came",
    "comes",
    "flew",
    "flies",
    "fly",
    "travel",
    "travelled",
    "traveled",
    "travels",
    "visited",
    "visit",
    "went",
];
/// Prepositions before the noun of an event at which the subject of the clause is present.
pub(super) const PRESENT: [&str; 5] = ["at", "during", "At", "During", "In"];
/// The same before the noun of a call.
pub(super) const PRESENT_BY_PHONE: [&str; 4] = ["in", "on", "On", "over"];
/// Prepositions before the noun of an event at which the subject of the clause is not yet present, or not at all.
pub(super) const OUTSIDE: [&str; 4] = ["before", "until", "without", "despite"];
/// Verbs whose object hears what is said, and so is there.
pub(super) const HEARD: [&str; 8] =
    ["told", "tells", "assured", "informed", "asked", "reminded", "promised", "briefed"];
/// Words before a noun that may be a verb: "her help".
pub(super) const OWNERS: [&str; 10] = ["a", "an", "the", "his", "her", "its", "their", "our", "my", "your"];
/// Kinds of events at which whoever speaks or acts there takes part.
pub(super) const GATHERINGS: [EventKind; 4] =
    [EventKind::Meeting, EventKind::Visit, EventKind::Call, EventKind::Conference];
