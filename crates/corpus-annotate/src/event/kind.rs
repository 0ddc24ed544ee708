//! What an event is, with the nouns and verbs that name it.

use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EventKind {
    /// Talks, or somebody who met or received somebody.
    Meeting,
    /// A meeting of those who lead.
    Summit,
    /// A conference, congress or forum.
    Conference,
    /// A conversation by telephone or video.
    Call,
    /// A journey to somebody or some place.
    Visit,
    /// An agreement that is signed or ratified.
    Signing,
    /// A manoeuvre of forces.
    Exercise,
    /// A vote: for an office or a parliament, or a referendum.
    Election,
    /// An office that is taken up.
    Inauguration,
    /// A war.
    War,
    /// Somebody who is arrested.
    Arrest,
    /// Protests and demonstrations.
    Protest,
}

/// A kind with its name and its words.
struct Row {
    kind: EventKind,
    name: &'static str,
    /// Nouns, and phrases that are nouns.
    nouns: &'static [&'static str],
    /// Verbs in the past or behind an auxiliary.
    verbs: &'static [&'static str],
}

/// Every kind, in the order of the enum.
const KINDS: [Row; 12] = [
    Row {
        kind: EventKind::Meeting,
        name: "meeting",
        nouns: &["meeting", "meetings", "talks"],
        verbs: &[
            "met with",
            "met",
            "meet with",
            "meets with",
            "meet",
            "meets",
            "conferred",
            "received",
            "hosted",
            "welcomed",
            "held talks",
            "hold talks",
        ],
    },
    Row { kind: EventKind::Summit, name: "summit", nouns: &["summit"], verbs: &[] },
    Row {
        kind: EventKind::Conference,
        name: "conference",
        nouns: &["conference", "forum", "congress"],
        verbs: &[],
    },
    Row {
        kind: EventKind::Call,
        name: "call",
        nouns: &[
            "telephone conversation",
            "telephone call",
            "phone call",
            "phone conversation",
            "call with",
            "calls with",
            "video call",
            "videoconference",
        ],
        verbs: &["telephoned", "phoned", "spoke by phone", "spoke by telephone"],
    },
    Row {
        kind: EventKind::Visit,
        name: "visit",
        nouns: &["visit"],
        verbs: &[
            "visited",
            "visits",
            "visiting",
            "was in",
            "were in",
            "arrived in",
            "arrives in",
            "arrive in",
            "travels to",
            "travel to",
            "travelling to",
            "traveling to",
            "travelled to",
            "traveled to",
            "flew to",
            "landed in",
        ],
    },
    Row {
        kind: EventKind::Signing,
        name: "signing",
        nouns: &["signing", "ratification"],
        verbs: &["signed", "sign", "initialed", "initialled", "ratified"],
    },
    Row {
        kind: EventKind::Exercise,
        name: "exercise",
        nouns: &["exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers", "war games"],
        verbs: &[],
    },
    Row {
        kind: EventKind::Election,
        name: "election",
        nouns: &["election", "elections", "referendum", "by-election"],
        verbs: &[],
    },
    Row { kind: EventKind::Inauguration, name: "inauguration", nouns: &["inauguration"], verbs: &[] },
    Row { kind: EventKind::War, name: "war", nouns: &["war"], verbs: &[] },
    Row {
        kind: EventKind::Arrest,
        name: "arrest",
        nouns: &["arrest by", "arrest of"],
        verbs: &["was arrested", "were arrested"],
    },
    Row { kind: EventKind::Protest, name: "protest", nouns: &["protests", "demonstrations"], verbs: &[] },
];

impl EventKind {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        KINDS[self as usize].name
    }

    /// The nouns of all kinds, each with its kind.
    pub(super) fn nouns() -> impl Iterator<Item = (&'static str, EventKind)> {
        KINDS.iter().flat_map(|row| row.nouns.iter().map(|&noun| (noun, row.kind)))
    }

    /// The verbs of all kinds, each with its kind.
    pub(super) fn verbs() -> impl Iterator<Item = (&'static str, EventKind)> {
        KINDS.iter().flat_map(|row| row.verbs.iter().map(|&verb| (verb, row.kind)))
    }
}

impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The name of every kind of event, in the order of the alphabet.
pub fn kinds() -> BTreeSet<&'static str> {
    KINDS.iter().map(|row| row.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_kinds() {
        for (at, row) in KINDS.iter().enumerate() {
            assert_eq!(row.kind as usize, at, "{}", row.name);
        }
        assert_eq!(serde_json::to_value(EventKind::Signing).unwrap(), "signing");
        assert_eq!(kinds().len(), KINDS.len());
    }
}
