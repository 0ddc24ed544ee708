//! Facts of which all conditions hold, found in time that grows with facts and matches and not with their product.

use super::{At, Match, Matcher, Room, Tree, matches_words, named, nested::Sorted};
use crate::{
    entities::Sought,
    fact::Fact,
    part_text::{PartText, Passage},
    query::{Field, Value},
};
use corpus_core::Span;

/// A condition, looked up in a part once for all its facts.
enum Condition {
    /// Facts that say something, by their places; and where they lie.
    Said(Vec<bool>, Sorted),
    Not(Box<Condition>),
    /// Matches, in order of where they begin in the document.
    Words(Vec<(Span, Match)>, Sorted),
}

impl Condition {
    fn of(matcher: &Matcher, tree: &Tree, part: &PartText, found: &[Vec<At>], room: &mut Room) -> Condition {
        match tree {
            Tree::Field(field, value, sought) => {
                let says = |fact: &Fact| says(fact, *field, value, sought.as_deref(), part);
                let said: Vec<bool> = part.facts.iter().map(says).collect();
                let those = part.facts.iter().zip(&said).filter(|(_, says)| **says);
                let sorted = Sorted::new(those.map(|(fact, _)| fact.span));
                Condition::Said(said, sorted)
            }
            Tree::Not(of) => Condition::Not(Box::new(Condition::of(matcher, of, part, found, room))),
            tree => {
                let matches = matcher.run(tree, part, found, room).unwrap_or_default();
                let place = |found: Match| {
                    let from = part.passages[found.passage].span.start;
                    (Span::new(from + found.start, from + found.end), found)
                };
                let mut matches: Vec<(Span, Match)> = matches.into_iter().map(place).collect();
                matches.sort_unstable();
                let sorted = Sorted::new(matches.iter().map(|(span, _)| *span));
                Condition::Words(matches, sorted)
            }
        }
    }

    /// Whether it holds of the fact at a place.
    fn holds(&self, fact: &Fact, at: usize) -> bool {
        match self {
            Condition::Said(said, sorted) => {
                said[at] || matches!(&*fact.layer, "statement" | "event") && sorted.any_in(fact.span)
            }
            Condition::Not(of) => !of.holds(fact, at),
            Condition::Words(_, sorted) => sorted.any_in(fact.span),
        }
    }
}

/// Whether a fact says this under the name of a field.
fn says(fact: &Fact, field: Field, value: &Value, sought: Option<&Sought>, part: &PartText) -> bool {
    let name = field.name();
    fact.texts(name).any(|text| matches_words(value, text))
        || sought.is_some_and(|sought| fact.locals(name).any(|local| sought.holds(&part.document, local)))
}

impl Matcher {
    /// Facts of which all conditions hold: the words found in them, or where there are none, the facts themselves.
    pub(super) fn fact(
        &self,
        of: &[Tree],
        part: &PartText,
        found: &[Vec<At>],
        room: &mut Room,
    ) -> Option<Vec<Match>> {
        let is_frame =
            |fact: &Fact| of.len() == 1 || matches!(&*fact.layer, "statement" | "event" | "quotation");
        if !part.facts.iter().any(is_frame) {
            return None;
        }
        let conditions: Vec<Condition> =
            of.iter().map(|tree| Condition::of(self, tree, part, found, room)).collect();
        let passages: Vec<(usize, &Passage)> = self.passages(part).collect();
        let mut matches = Vec::new();
        let mut holding: Vec<Span> = Vec::new();
        for (at, fact) in part.facts.iter().enumerate().filter(|(_, fact)| is_frame(fact)) {
            let first = passages.partition_point(|(_, passage)| passage.span.end <= fact.span.start);
            let mut in_sight = passages[first..].iter().take_while(|(_, it)| it.span.start < fact.span.end);
            let Some((index, passage)) = in_sight.find(|(_, passage)| passage.span.overlaps(fact.span))
            else {
                continue;
            };
            if !conditions.iter().all(|condition| condition.holds(fact, at)) {
                continue;
            }
            holding.push(fact.span);
            let has_words = conditions.iter().any(|condition| matches!(condition, Condition::Words(..)));
            if !has_words && let Some(span) = named::inside(fact.span, passage) {
                matches.push(Match { passage: *index, start: span.start, end: span.end });
            }
        }
        for condition in &conditions {
            if let Condition::Words(words, _) = condition {
                matches.extend(in_one_of(words, &holding));
            }
        }
        (!matches.is_empty()).then_some(matches)
    }
}

/// Those of `words` that lie in one of `facts`, both in order of where they begin.
fn in_one_of(words: &[(Span, Match)], facts: &[Span]) -> Vec<Match> {
    let mut facts = facts.iter().peekable();
    let mut last_end = 0;
    let mut inside = Vec::new();
    for (span, found) in words {
        while let Some(fact) = facts.next_if(|fact| fact.start <= span.start) {
            last_end = last_end.max(fact.end);
        }
        if span.end <= last_end {
            inside.push(*found);
        }
    }
    inside
}
