//! What quotation marks are for: speech, distance, a title, a term or a name.

use super::{QuotationKind, marks::Pair};
use crate::{
    lexicon::Lexicon,
    page::Page,
    statement::word::{self, Form, Frames, Tags},
    stretch::InOrder,
    token::{Key, Token, TokenKind},
};
use std::{collections::HashMap, sync::LazyLock};

/// Words of an expression that is short enough to be a term or a distance.
const SHORT: usize = 4;
/// Tokens before a short quotation in which a verb of speech makes it speech.
const SPEECH_REACH: usize = 12;
/// The same for an expression that must be either.
const FAR: usize = 40;
/// Tokens behind a quotation in which a verb of speech makes it speech.
const SPEECH_BEHIND: usize = 8;

/// Nouns of works, whose titles stand in marks.
const WORKS: &[&str] = &[
    "article",
    "book",
    "film",
    "movie",
    "song",
    "novel",
    "report",
    "paper",
    "column",
    "essay",
    "poem",
    "play",
    "series",
    "documentary",
    "album",
    "titled",
    "entitled",
    "headlined",
    "headline",
    "title",
    "editorial",
    "show",
    "programme",
    "program",
    "exhibition",
    "painting",
    "podcast",
    "memoir",
    "pamphlet",
    "brochure",
    "study",
    "hit",
    "document",
    "single",
    "episode",
    "opera",
    "ballet",
    "magazine",
    "lecture",
    "chapter",
    "manifesto",
];

/// Nouns of bodies, ships and houses, whose names stand in marks.
const BODIES: &[&str] = &[
    "company",
    "newspaper",
    "group",
    "battalion",
    "ship",
    "vessel",
    "hotel",
    "restaurant",
    "party",
    "movement",
    "club",
    "agency",
    "brigade",
    "regiment",
    "firm",
    "daily",
    "weekly",
    "portal",
    "website",
    "channel",
    "station",
    "operation",
    "exercise",
    "drill",
    "project",
    "organisation",
    "organization",
    "association",
    "foundation",
    "fund",
    "ferry",
    "yacht",
    "submarine",
    "satellite",
    "factory",
    "plant",
    "cafe",
    "theatre",
    "theater",
    "bank",
    "concern",
    "detachment",
    "squadron",
    "unit",
    "network",
    "union",
    "team",
    "band",
    "gang",
    "cartel",
];

/// Words that lead to an expression taken as one.
const TERM_LEADS: &[&str] = &[
    "called",
    "so-called",
    "termed",
    "dubbed",
    "as",
    "word",
    "words",
    "term",
    "terms",
    "phrase",
    "expression",
    "label",
    "labelled",
    "labeled",
    "nicknamed",
    "concept",
    "notion",
    "slogan",
    "formula",
    "means",
    "meaning",
];

fn lexicon(words: &'static [&'static str]) -> Lexicon<()> {
    Lexicon::new(words.iter().map(|&word| (word, ())))
}

static WORK: LazyLock<Lexicon<()>> = LazyLock::new(|| lexicon(WORKS));
static BODY: LazyLock<Lexicon<()>> = LazyLock::new(|| lexicon(BODIES));
static TERM_LEAD: LazyLock<Lexicon<()>> = LazyLock::new(|| lexicon(TERM_LEADS));

const TITLED: [Key; 4] =
    [Key::ascii("titled"), Key::ascii("entitled"), Key::ascii("headlined"), Key::ascii("title")];
const FROM: Key = Key::ascii("from");

/// The kind of each pair and the rule that says so. Words stand between the marks of each.
pub(super) fn kinds(page: &Page<'_>, pairs: &[Pair]) -> Vec<(QuotationKind, &'static str)> {
    let inner: Vec<u64> = pairs.iter().map(|pair| fingerprint(page, pair)).collect();
    let mut n_times: HashMap<u64, u32> = HashMap::with_capacity(pairs.len());
    for &inner in &inner {
        *n_times.entry(inner).or_default() += 1;
    }
    pairs
        .iter()
        .zip(&inner)
        .map(|(pair, inner)| Look { page, pair }.kind(n_times.get(inner).is_some_and(|&n| n > 1)))
        .collect()
}

/// A key of the words between two marks, whatever their case.
fn fingerprint(page: &Page<'_>, pair: &Pair) -> u64 {
    let words = page.tokens[pair.first..=pair.last].iter().filter(|token| token.is_word());
    words.take(12).fold(0xcbf2_9ce4_8422_2325, |all: u64, token| {
        (all.rotate_left(9) ^ token.key.bits()).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

struct Look<'l, 'd> {
    page: &'l Page<'d>,
    pair: &'l Pair,
}

impl Look<'_, '_> {
    fn kind(&self, recurs: bool) -> (QuotationKind, &'static str) {
        let words: Vec<Token> = self.pair.words(self.page).take(64).collect();
        let n_words = words.len();
        let lead = self.before(1);
        let one_of = |list: &Lexicon<()>| lead.is_some_and(|lead| list.get(lead).is_some());
        if n_words <= 3 && words.iter().all(|word| word.is_capitalised()) && one_of(&BODY) {
            return (QuotationKind::Name, "behind-noun-of-body");
        }
        let titled = one_of(&WORK) || self.is_titled_behind_noun();
        if titled && (words[0].is_capitalised() || words[0].kind == TokenKind::Number) {
            return (QuotationKind::Title, "behind-noun-of-work");
        }
        if self.is_title_case(&words) {
            return (QuotationKind::Title, "title-case");
        }
        let speech = self.speech_before(SPEECH_REACH) || self.speech_behind();
        if n_words > SHORT {
            let whole = words[0].is_capitalised() && self.ends_as_remark() || self.stands_alone();
            return if whole {
                (QuotationKind::Utterance, "remark")
            } else {
                (QuotationKind::Fragment, "long")
            };
        }
        if one_of(&TERM_LEAD) && !self.ends_as_remark() {
            return (QuotationKind::Term, "behind-term-word");
        }
        if self.ends_as_remark() && (words[0].is_capitalised() && speech || self.stands_alone()) {
            return (QuotationKind::Utterance, "remark");
        }
        if self
            .before(1)
            .is_some_and(|lead| matches!(self.page.word(lead), "this" | "these" | "those" | "such" | "These"))
        {
            return (QuotationKind::Scare, "behind-demonstrative");
        }
        if recurs && n_words > 1 {
            return (QuotationKind::Term, "recurs");
        }
        if speech {
            return (QuotationKind::Fragment, "verb-of-speech");
        }
        if n_words == 1 || self.is_verbal(&words) && n_words == 2 {
            (QuotationKind::Scare, "short")
        } else if self.is_verbal(&words) || self.is_adverbial(&words) {
            (QuotationKind::Fragment, "no-noun-phrase")
        } else if words.iter().any(|word| word.is_capitalised()) {
            // What names somebody is no term.
            let kind = if self.speech_before(FAR) { QuotationKind::Fragment } else { QuotationKind::Scare };
            (kind, "holds-a-name")
        } else {
            (QuotationKind::Term, "noun-phrase")
        }
    }

    /// The word `n` tokens before the opening mark, if it is one.
    fn before(&self, n: usize) -> Option<Token> {
        self.pair.first.checked_sub(n).map(|at| self.page.tokens[at]).filter(|token| token.is_word())
    }

    /// "an article by Jane Brown, “…”", "the play of that name, “…”": a noun of a work a little before, with "titled"
    /// or a comma between.
    fn is_titled_behind_noun(&self) -> bool {
        (2..=4).any(|n| self.before(n).is_some_and(|token| TITLED.contains(&token.key)))
    }

    /// Whether the words are cased as a title's: two or more, all but the small ones with capitals.
    fn is_title_case(&self, words: &[Token]) -> bool {
        let _text = self.page.text();
        // "from “Porto to Minho”" is a way, and no title.
        let way = self.before(1).is_some_and(|token| token.key == FROM);
        let n_capital = words.iter().filter(|word| word.is_capitalised()).count();
        !way && words.len() >= 2
            && words.len() <= 20
            && n_capital >= 2
            && words[0].is_capitalised()
            && words.last().is_some_and(|word| word.is_capitalised() || word.kind == TokenKind::Number)
            && words.iter().all(|word| {
                word.is_capitalised()
                    || word.kind == TokenKind::Number
                    || word.tags.has(Tags::PREP | Tags::DET | Tags::AND | Tags::TO | Tags::BUT)
            })
    }

    /// Whether the last mark between the marks is one that ends a remark.
    fn ends_as_remark(&self) -> bool {
        let inner = self.pair.last.saturating_sub(self.pair.width);
        inner > self.pair.first
            && self.page.tokens.get(inner).is_some_and(|token| {
                matches!(self.page.word(*token), "." | "," | "!" | "?" | "\u{2026}" | "\u{2014}" | "\u{2013}")
            })
    }

    /// Whether nothing but the quotation stands in its sentence, or a colon leads to it.
    fn stands_alone(&self) -> bool {
        let Some(before) = self.pair.first.checked_sub(1) else { return true };
        let leads = self.page.tokens[self.pair.first].start as usize;
        let begins = self.page.sentences.beginning_at(leads).is_some();
        let colon = self.page.word(self.page.tokens[before]) == ":";
        colon || begins && self.ends_as_remark()
    }

    /// Whether a verb of speech stands before, in the same sentence.
    fn speech_before(&self, reach: usize) -> bool {
        let _text = self.page.text();
        let mut at = self.pair.first;
        let lo = at.saturating_sub(reach).max(self.sentence_start());
        while at > lo {
            at -= 1;
            let token = self.page.tokens[at];
            if token.kind == TokenKind::Mark && matches!(self.page.word(token), "." | ";" | "!" | "?") {
                return false;
            }
            if self.is_speech(at) {
                let noun =
                    at > 0 && self.page.tokens[at - 1].tags.has(Tags::DET | Tags::POSSESSIVE | Tags::PREP);
                if !noun {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a verb of speech follows soon: “…,” said Brown.
    fn speech_behind(&self) -> bool {
        if !self.ends_as_remark() {
            return false;
        }
        let from = self.pair.last + 1;
        (from..self.page.tokens.len().min(from + SPEECH_BEHIND)).any(|at| self.is_speech(at))
    }

    fn is_speech(&self, at: usize) -> bool {
        word::verb(&self.page.tokens[at..self.page.tokens.len().min(at + 4)]).is_some_and(|(_, verb)| {
            verb.form != Form::Base && (verb.names || !verb.frames.has(Frames::WEAK))
        })
    }

    fn sentence_start(&self) -> usize {
        let start = self.page.tokens[self.pair.first].start as usize;
        self.page.sentences.before(start + 1).last().map_or(0, |sentence| sentence.tokens.start)
    }

    /// Whether a short expression is verbal: it begins with a verb, holds a pronoun or ends on a particle.
    fn is_verbal(&self, words: &[Token]) -> bool {
        let _text = self.page.text();
        let tags = |token: &Token| token.tags;
        let first = tags(&words[0]);
        let ends_on_particle = words.last().is_some_and(|last| {
            tags(last).has(Tags::PREP | Tags::ADVERB)
                || matches!(self.page.word(*last), "up" | "out" | "down" | "away" | "back")
        });
        let owned = self.pair.last >= 2 && {
            let last = self.page.tokens[self.pair.last - self.pair.width];
            last.kind == TokenKind::Possessive
        };
        let pronoun = words.iter().any(|word| tags(word).has(Tags::POSSESSIVE | Tags::OBJECT));
        let word = self.page.word(words[0]);
        first.has(Tags::VERB) && !word.ends_with("ing")
            || first.has(Tags::TO | Tags::NOT | Tags::ANY_AUX)
            || ends_on_particle
            || pronoun
            || owned
    }

    /// Whether an expression begins with an adverb or preposition, or holds a preposition but "of".
    fn is_adverbial(&self, words: &[Token]) -> bool {
        let _text = self.page.text();
        words.iter().enumerate().any(|(index, token)| {
            let tags = token.tags;
            index == 0 && tags.has(Tags::ADVERB)
                || tags.has(Tags::PREP | Tags::SUBORDINATE) && self.page.word(*token) != "of"
        })
    }
}
