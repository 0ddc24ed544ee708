//! A name and a colon that lead what somebody says: "BROWN: We shall see.", and in headlines "Brown: it will rain".

use super::{
    Polarity,
    clause::{Clause, Reading},
    draft::{Draft, only},
    word::Tags,
};
use crate::{
    name::{
        NameKind,
        gazetteer::{Traits, gazetteer},
    },
    token::{Case, Key},
};
use corpus_core::Role;
use std::{collections::HashMap, ops::Range};

/// Words with a colon that head a remark or a list, and are nobody who speaks.
const LABELS: &[&str] = &[
    "note",
    "notes",
    "update",
    "source",
    "sources",
    "photo",
    "photos",
    "video",
    "image",
    "caption",
    "warning",
    "correction",
    "clarification",
    "fact",
    "facts",
    "myth",
    "tip",
    "tips",
    "summary",
    "background",
    "example",
    "disclaimer",
    "ps",
    "related",
];

/// Words of a label at most.
const LONGEST_LABEL: usize = 5;
/// Words of a label in capitals at most.
const LONGEST_IN_CAPITALS: usize = 3;

/// How often each label in capitals leads a paragraph of a page, by its first and its last word.
pub(super) struct Labels<'d>(HashMap<(&'d str, &'d str), usize>);

impl Labels<'_> {
    /// Whether two take turns, this one among them: each leads two paragraphs or more.
    fn is_in_dialogue(&self, label: (&str, &str)) -> bool {
        let often = |n: &&usize| **n > 1;
        self.0.get(&label).filter(often).is_some() && self.0.values().filter(often).nth(1).is_some()
    }
}

impl<'d> Reading<'_, 'd> {
    /// The labels in capitals of the page.
    pub(super) fn labels(&self) -> Labels<'d> {
        let mut labels = HashMap::new();
        for passage in &self.page.passages {
            if let Some(label) = self.label(&passage.tokens).filter(|label| self.is_shouted(label)) {
                *labels.entry(self.ends(&label)).or_default() += 1;
            }
        }
        Labels(labels)
    }

    /// What the name and the colon say that `clause` begins with, where it begins a paragraph.
    pub(super) fn turn(&self, clause: &Clause, labels: &Labels<'_>) -> Option<Draft> {
        let passage = &self.page.passages[clause.passage];
        let Range { start, end } = clause.tokens;
        if start != passage.tokens.start && start != passage.tokens.start + 1 {
            return None;
        }
        let label = self.label(&clause.tokens)?;
        let at = label.end;
        // "Said Brown: …"
        if at + 2 >= passage.tokens.end
            || self.finite_speech(label.start).is_some() && self.is_capital(label.start + 1)
        {
            return None;
        }
        let is_shouted = self.is_shouted(&label);
        let is_heading = matches!(passage.role, Role::Title | Role::Heading) || clause.passage == 0;
        let is_named = self.is(at - 1, Tags::PAPER | Tags::PERSON) || self.is_person(label.clone());
        let speaks = if is_shouted && label.len() <= LONGEST_IN_CAPITALS {
            self.takes_turns(&label, labels)
        } else {
            is_heading && is_named
        };
        let content_end = if is_shouted { passage.tokens.end } else { self.trim_end(at + 1, end) };
        // "Brown: a winner after all?": nobody has said so.
        let is_asked = !is_shouted && self.is_word(end - 1, "?");
        if !speaks || content_end <= at + 1 || is_asked {
            return None;
        }
        Some(Draft {
            speaker: Some(label),
            cue: Some(at..at + 1),
            content: only(at + 1..content_end),
            polarity: Polarity::Assert,
            until: at + 1,
            rule: if is_shouted { "turn" } else { "headline" },
            confidence: 0.7,
        })
    }

    /// The words in capitals before the colon that `tokens` begin with.
    fn label(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let first =
            tokens.start + usize::from(self.is(tokens.start, Tags::QUOTED) && !self.is_capital(tokens.start));
        let last = tokens.end.min(first + LONGEST_LABEL);
        let is_part = |at: &usize| self.is_capital(*at) && !self.is(*at, Tags::DET | Tags::PREP);
        let end = (first..last).find(|at| !is_part(at)).unwrap_or(last);
        (end > first && self.is(end, Tags::COLON)).then_some(first..end)
    }

    fn is_shouted(&self, label: &Range<usize>) -> bool {
        label.clone().all(|at| self.page.tokens[at].case == Case::Upper)
    }

    fn ends(&self, label: &Range<usize>) -> (&'d str, &'d str) {
        (self.word(label.start), self.word(label.end - 1))
    }

    /// Whether a label in capitals is somebody who speaks: by name or post, or since two such labels take turns. "SKU:"
    /// and "TRAVEL:" are none, nor is the place of a dateline.
    fn takes_turns(&self, label: &Range<usize>, labels: &Labels<'_>) -> bool {
        let is_no_name = |at: usize| {
            self.is(at, Tags::PAPER | Tags::SPEECH | Tags::TIME)
                || LABELS.iter().any(|label| self.is_word(at, label))
        };
        let kind = self.names_within(label.clone()).first().map(|name| name.value.kind);
        // "NOTE: It will rain."
        if label.clone().all(is_no_name) || kind == Some(NameKind::Loc) {
            return false;
        }
        kind == Some(NameKind::Per)
            || self.is(label.end - 1, Tags::PERSON)
            || self.may_be_name(label)
            || labels.is_in_dialogue(self.ends(label))
    }

    /// Whether a label reads as the name of a person: a surname, behind a given name where there is more than one word,
    /// and no word that the page, or the language, has as any other: "MILLER", but not "ENDS SOON".
    fn may_be_name(&self, label: &Range<usize>) -> bool {
        let traits = |at: usize| gazetteer().traits(Key::of(self.word(at)));
        let known = Traits::SURNAME.or(Traits::GIVEN);
        let is_word = |at: usize| {
            self.is(at, Tags::VERB | Tags::ADVERB | Tags::PREP | Tags::BODY)
                || traits(at).any(Traits::FUNCTION.or(Traits::POST).or(Traits::PRODUCT).or(Traits::ORG_HEAD))
        };
        let is_given = label.len() == 1 || traits(label.start).any(Traits::GIVEN);
        is_given && label.clone().all(|at| traits(at).any(known) && !is_word(at))
    }
}

#[cfg(test)]
mod tests {
    use crate::statement::tests::said;

    #[test]
    fn who_takes_turns_speaks() {
        assert_eq!(said("MILLER: The quay was closed."), ["MILLER: The quay was closed."]);
        assert_eq!(said("MARIA LOPES: The quay was closed."), ["MARIA LOPES: The quay was closed."]);
        assert_eq!(
            said(
                "QXA: The quay was closed.\n\nVRB: Who closed it?\n\nQXA: The harbour office did.\n\nVRB: It was late."
            )
            .len(),
            4
        );
    }

    #[test]
    fn a_label_or_a_place_says_nothing() {
        for text in [
            "SKU: 10124570 The room was quiet.",
            "TRAVEL: Guests can travel until March 31, 2021.\n\nTRAVEL: Guests can travel until May 31, 2021.",
            "OFFER ENDS: The sale is open until Monday.",
            "NEW DELHI: The ministry keeps its gates closed.",
            "NOTE: It will rain.",
            "ENDS SOON: The sale is open until Monday.",
            "LONG READ: The quay was closed.",
            "FLASH SALE: The quay was closed.",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }
}
