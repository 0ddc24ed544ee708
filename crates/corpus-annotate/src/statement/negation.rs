//! Whether what was said is put in the negative: the verb of its first clause is, and it is no word of doubt or silence.

use super::{
    clause::Reading,
    word::{Form, Tags},
};
use crate::token::TokenKind;
use std::ops::Range;

/// Tokens of what was said within which the verb of its first clause stands.
const REACH: usize = 14;
/// Tokens behind a verb in which what it has none of stands: "is of no use".
const OBJECT_REACH: usize = 2;

/// Verbs of what one does not tell, know or rule out: "did not say when" and "would not deny it" deny nothing.
const UNTOLD: &str = "say tell know comment confirm deny doubt dispute specify elaborate disclose reveal name identify \
    explain mention discuss remember recall forget mind care exclude rule hesitate object oppose said told mentioned";

/// What one has none of without denying anything.
const IDLE: &str = "choice choices option options alternative alternatives doubt doubts question wonder secret surprise \
    accident coincidence hesitation matter less fewer sooner stranger";

impl Reading<'_, '_> {
    /// Whether the verb of the first clause of what was said is negated, as far as its first words tell.
    pub(super) fn is_negated(&self, piece: &Range<usize>) -> bool {
        let sentences = &self.page.sentences;
        let begun = sentences.partition_point(|sentence| sentence.tokens.end <= piece.start);
        let sentence = sentences.get(begun).map_or(piece.end, |sentence| sentence.tokens.end);
        let start = self.first_clause(piece);
        let end = piece.end.min(sentence).min(start + REACH);
        // "Don’t you want to go?"
        if self.is(start, Tags::NOT) && self.is(start + 1, Tags::SUBJECT) && self.is(start, Tags::ANY_AUX) {
            return false;
        }
        let mut verb = None;
        for at in start..end {
            // "If it rains, which is unlikely, we sow"
            let aside = self.is_word(at, "which") && at > piece.start;
            let others = Tags::RELATIVE | Tags::SEMICOLON | Tags::SUBORDINATE | Tags::COLON | Tags::BUT;
            if aside || self.is(at, others) && at > start && !self.is(at, Tags::NOT) {
                return false;
            }
            // "was late and did not stop"
            if verb.is_some() && self.is(at, Tags::AND)
                || verb.is_some_and(|verb| at > verb + OBJECT_REACH && !self.goes_with(verb, at))
            {
                return false;
            }
            if self.denies(at, start) {
                return !self.affirms(at, start) && !self.is_untold(at, end);
            }
            let is_verb = self.is(at, Tags::ANY_AUX) || at > start && self.looks_finite(at);
            if verb.is_none() && is_verb && self.is(at, Tags::QUOTED) == self.is(start, Tags::QUOTED) {
                verb = Some(at);
            }
        }
        false
    }

    /// The first token of the clause that says what is said, behind one that supposes or times it: "If it does not rain,
    /// we sow" does not deny that they sow.
    fn first_clause(&self, piece: &Range<usize>) -> usize {
        let mut start = piece.start;
        while start < piece.end && self.page.tokens[start].kind == TokenKind::Mark {
            start += 1;
        }
        if self.is(start, Tags::SUBORDINATE) && !self.is(start, Tags::THAT) {
            let comma = (start..piece.end).find(|&at| self.is(at, Tags::COMMA));
            start = comma.map_or(start, |comma| comma + 1);
        }
        start
    }

    /// Whether nothing but helpers and adverbs stands between a verb and the token at `at`.
    fn goes_with(&self, verb: usize, at: usize) -> bool {
        let small = Tags::ANY_AUX | Tags::ADVERB | Tags::NOT;
        (verb + 1..at).all(|at| self.is(at, small))
    }

    /// Whether the word at `at` denies: "not", "nobody", "unlikely", "failed to", but not "rain, not snow", "not only".
    fn denies(&self, at: usize, start: usize) -> bool {
        let is = |at: usize, words: &[&str]| words.iter().any(|word| self.is_word(at, word));
        if is(at, &["nobody", "nothing", "none"]) || is(at, &["no"]) && is(at + 1, &["one"]) {
            return true;
        }
        let beside = at > start && self.is(at - 1, Tags::COMMA | Tags::AND | Tags::BUT)
            || is(at + 1, &["only", "just", "longer", "least", "merely", "necessarily", "solely"]);
        self.is(at, Tags::NOT) && !beside || self.is_denial(at)
    }

    /// Whether a word denies what its clause says, and is no negation: "is unlikely to", "hardly", "failed to".
    fn is_denial(&self, at: usize) -> bool {
        let is = |at: usize, words: &[&str]| words.contains(&self.word(at));
        match self.word(at) {
            "hardly" | "scarcely" => true,
            // "an unlikely winner"
            "unlikely" | "impossible" if self.is(at - 1, Tags::NOT) => false,
            "unlikely" | "impossible" => {
                self.is(at - 1, Tags::BE | Tags::ADVERB)
                    || is(
                        at - 1,
                        &["looks", "looked", "seems", "seemed", "appears", "appeared", "very", "highly"],
                    )
                    || is(at + 1, &["to", "that"])
            }
            "little" => is(
                at + 1,
                &["chance", "prospect", "hope", "likelihood", "doubt", "reason", "evidence", "sign"],
            ),
            "failed" | "fails" | "refused" | "refuses" | "declined" | "declines" => is(at + 1, &["to"]),
            _ => false,
        }
    }

    /// Whether what the negation at `at` goes with is a verb of telling or knowing: "did not say", "nobody told".
    fn is_untold(&self, at: usize, end: usize) -> bool {
        let small = Tags::ANY_AUX | Tags::ADVERB | Tags::NOT | Tags::TO;
        let is_one = self.is_word(at, "no") && self.is_word(at + 1, "one");
        let verb = (at + 1 + usize::from(is_one)..end).find(|&at| !self.is(at, small));
        verb.is_some_and(|verb| {
            UNTOLD.split(' ').any(|untold| self.is_word(verb, untold))
                && !self.verb(verb, end).is_some_and(|(_, verb)| verb.form == Form::Ing)
        })
    }

    /// Whether the negation at `at` of a sentence that begins at `start` denies nothing: "no choice but", "cannot wait",
    /// "never been so", "Do not worry", "Why not".
    fn affirms(&self, at: usize, start: usize) -> bool {
        let lower = |at: usize| self.word(at).to_ascii_lowercase().replace('\u{2019}', "'");
        let is = |at: usize, words: &[&str]| words.contains(&&*lower(at));
        let is_idle = |at: usize| IDLE.split(' ').any(|idle| self.is_word(at, idle));
        let word = lower(at);
        // "don't" and "cannot" end with the negation that "do not" and "can not" have in a word of its own.
        let verb = if word == "not" && at > start { at - 1 } else { at };
        let after = at + 1;
        match &*word {
            // One adjective may stand between: "no other choice".
            "no" => is_idle(after) || !self.is(after, Tags::PREP) && is_idle(after + 1),
            "nothing" => is(after, &["but", "less", "short", "more"]),
            "never" => {
                is(after, &["been", "had", "felt", "seen"])
                    && is(after + 1, &["so", "such", "more", "better"])
            }
            "nobody" | "none" | "nor" | "neither" => false,
            _ if verb == start && (is(verb, &["do", "don't"])) => !self.is(after, Tags::SUBJECT),
            _ if at > start && is(at - 1, &["why"]) || is(after, &["without"]) => true,
            // "little doubt"; "not impossible"
            "little" => is(after, &["doubt"]),
            _ if is(after, &["unlikely", "impossible"]) => true,
            _ if is(verb, &["can", "could", "cannot", "can't", "couldn't"]) => {
                is(after, &["but", "wait", "help", "overstate", "overestimate"])
                    || is(after + 1, &["more", "enough"])
            }
            _ => false,
        }
    }
}
