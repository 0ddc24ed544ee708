//! Features: what the model sees of a token that may belong to a name.

use super::gazetteer::{Gazetteer, KnownKind, Traits, gazetteer};
use crate::{
    page::Page,
    token::{Case, Key, KeyHasher, Token, TokenKind},
};
use std::{
    hash::{Hash, Hasher},
    ops::Range,
};

/// A run of tokens that may hold names, with the features of each.
#[derive(Debug)]
pub struct Run<'r> {
    /// Where its tokens lie, in `Page::tokens`.
    pub tokens: Range<usize>,
    /// The features of all its tokens, one token after the other.
    features: &'r [u64],
    /// Where the features of each token end.
    ends: &'r [usize],
}

impl Run<'_> {
    /// The features of each token, in order.
    pub fn features(&self) -> impl Iterator<Item = &[u64]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends).map(|(start, &end)| &self.features[start..end])
    }
}

/// How the words of a sentence are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Casing {
    /// As sentences are.
    Sentence,
    /// "Like This Headline".
    Title,
    /// "LIKE THIS ONE".
    Upper,
}

/// What is known of one token of a run or beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Info {
    key: u64,
    shape: u64,
    traits: Traits,
    /// The known phrase it stands in: its kind, and whether it begins it; 0 for none.
    mark: u64,
}

/// What else a document says of a word: whether it is written small, and whether it is written large where no
/// sentence begins. Two bitmaps over keys; a false answer is rare and harmless.
#[derive(Debug)]
struct Spellings {
    lower: Vec<u64>,
    upper: Vec<u64>,
    mask: u64,
}

impl Spellings {
    fn of(page: &Page<'_>) -> Self {
        let n_bits = (page.tokens.len() * 8).next_power_of_two().clamp(1 << 10, 1 << 20);
        let mut spellings =
            Spellings { lower: vec![0; n_bits / 64], upper: vec![0; n_bits / 64], mask: n_bits as u64 - 1 };
        for sentence in &page.sentences {
            let tokens = &page.tokens[sentence.tokens.clone()];
            if casing(tokens) != Casing::Sentence {
                continue;
            }
            let mut begun = false;
            for token in tokens {
                if token.is_word() {
                    let at = (hash(token.key) >> 20) & spellings.mask;
                    let (word, bit) = ((at / 64) as usize, 1 << (at % 64));
                    if token.case == Case::Lower {
                        spellings.lower[word] |= bit;
                    } else if begun {
                        spellings.upper[word] |= bit;
                    }
                    begun = true;
                } else if token.kind == TokenKind::Mark
                    && page.text().as_bytes()[token.start as usize] >= 0x80
                {
                    // An opening quotation mark begins a sentence of its own.
                    begun = false;
                }
            }
        }
        spellings
    }

    fn get(&self, key: u64) -> u64 {
        let at = (key >> 20) & self.mask;
        let (word, bit) = ((at / 64) as usize, at % 64);
        (self.lower[word] >> bit & 1) | (self.upper[word] >> bit & 1) << 1
    }
}

/// Calls `visit` with every run of the page, in order.
pub fn for_each_run(page: &Page<'_>, mut visit: impl FnMut(&Run<'_>)) {
    let spellings = Spellings::of(page);
    let mut reader = Reader {
        page,
        gazetteer: gazetteer(),
        spellings,
        infos: Vec::new(),
        features: Vec::new(),
        ends: Vec::new(),
    };
    for sentence in &page.sentences {
        let casing = casing(&page.tokens[sentence.tokens.clone()]);
        let mut at = sentence.tokens.start;
        while let Some(run) = reader.run_from(at, sentence.tokens.end) {
            at = run.end;
            if reader.is_opener(&sentence.tokens, &run) {
                continue;
            }
            reader.read(&sentence.tokens, run.clone(), casing);
            visit(&Run { tokens: run, features: &reader.features, ends: &reader.ends });
        }
    }
}

struct Reader<'p, 'd> {
    page: &'p Page<'d>,
    gazetteer: &'static Gazetteer,
    spellings: Spellings,
    infos: Vec<Info>,
    features: Vec<u64>,
    ends: Vec<usize>,
}

/// The template of the features of each trait by itself, behind those of the list.
const EACH_TRAIT: u64 = 28;

/// How many tokens on either side of a run are looked at.
const MARGIN: usize = 1;

/// The most lower-case words and marks between two capitalised words of a run.
const MAX_GAP: usize = 2;

/// The longest run in tokens; a longer one is cut.
const MAX_RUN: usize = 64;

impl Reader<'_, '_> {
    /// The next run that begins at or after `from`.
    fn run_from(&self, from: usize, end: usize) -> Option<Range<usize>> {
        let tokens = &self.page.tokens[..end];
        let start = from + tokens[from..].iter().position(|token| may_begin(*token))?;
        let mut last = start;
        let mut at = start + 1;
        while at < end && at - start < MAX_RUN {
            let token = tokens[at];
            if may_begin(token) || token.kind == TokenKind::Number {
                last = at;
            } else if !self.joins(tokens, at) || at - last > MAX_GAP {
                break;
            } else if self.is_abbreviation_point(tokens, at) {
                last = at;
            }
            at += 1;
        }
        Some(start..last + 1)
    }

    /// Whether a run is only the function word that a sentence begins with.
    fn is_opener(&self, sentence: &Range<usize>, run: &Range<usize>) -> bool {
        let token = self.page.tokens[run.start];
        let traits = token.traits;
        run.len() == 1
            && token.case == Case::Title
            && traits.any(Traits::FUNCTION)
            && traits.0 & !(Traits::FUNCTION.0 | Traits::SURNAME.0) == 0
            && self.begins_sentence(sentence, run.start)
    }

    /// Whether a token that begins no name may stand inside one.
    fn joins(&self, tokens: &[Token], at: usize) -> bool {
        let token = tokens[at];
        match token.kind {
            TokenKind::Possessive => true,
            TokenKind::Mark => match self.page.text().as_bytes()[token.start as usize] {
                b'.' => !token.spaced && self.is_short(tokens[at - 1]),
                b'&' | b'\'' | b'-' | b'/' | b'+' => true,
                0xe2 => matches!(self.page.word(token), "’" | "–"),
                _ => false,
            },
            TokenKind::Word => token.traits.any(Traits::CONNECTOR.or(Traits::PARTICLE)),
            TokenKind::Number => false,
        }
    }

    fn is_short(&self, token: Token) -> bool {
        token.case == Case::Initial
            || (token.end - token.start <= 4 && token.traits.any(Traits::TITLE.or(Traits::ORG_TAIL)))
    }

    /// Whether the point at `at` ends an abbreviation of letters, as in "U.S.".
    fn is_abbreviation_point(&self, tokens: &[Token], at: usize) -> bool {
        at >= 3
            && tokens[at - 1].case == Case::Initial
            && tokens[at - 3].case == Case::Initial
            && !tokens[at - 1].spaced
            && !tokens[at].spaced
    }

    /// Reads the features of the tokens of `run`.
    fn read(&mut self, sentence: &Range<usize>, run: Range<usize>, casing: Casing) {
        self.features.clear();
        self.ends.clear();
        self.look(sentence, &run);
        let before = self.outer(sentence, run.start.checked_sub(1));
        let after = self.outer(sentence, Some(run.end));
        let begins = u64::from(self.begins_sentence(sentence, run.start));
        for at in run.clone() {
            let i = at - run.start + MARGIN;
            let infos = &self.infos;
            let (this, prev, next) = (infos[i], infos[i - 1], infos[i + 1]);
            let token = self.page.tokens[at];
            let spelt =
                if casing == Casing::Sentence { self.spellings.get(this.key) } else { 4 + casing as u64 };
            let first = begins & u64::from(at == run.start);
            let word = head_of(token, self.page.word(token)).as_bytes();
            let place = (at - run.start).min(3) as u64 * 4 + (run.end - 1 - at).min(3) as u64;
            let (mine, left, right) =
                (u64::from(this.traits.0), u64::from(prev.traits.0), u64::from(next.traits.0));
            let tail = joined(&word[word.len().saturating_sub(4)..]);
            let lead = joined(&word[..word.len().min(4)]);
            let opening = first * 8 + spelt;
            let features = [
                this.key,
                prev.key,
                next.key,
                pair(prev.key, this.key),
                pair(this.key, next.key),
                pair(prev.shape, this.shape),
                pair(this.shape, next.shape),
                pair(pair(prev.shape, this.shape), next.shape),
                affix(tail, word.len().min(3)),
                affix(tail, word.len().min(4)),
                affix(lead, word.len().min(4)),
                mine,
                pair(left, mine),
                pair(mine, right),
                pair(pair(left, mine), right),
                pair(this.mark, this.shape),
                pair(prev.mark, this.mark),
                pair(this.mark, next.mark),
                pair(opening, this.shape),
                pair(opening, mine),
                before.key,
                after.key,
                pair(place, this.shape),
                pair(place, after.key),
                pair(place, before.key),
                pair(before.key, mine),
                pair(after.key, mine),
            ];
            self.features.extend((1..).zip(features).map(|(template, value)| mix(template, value)));
            self.features.extend(bits(mine).map(|bit| mix(EACH_TRAIT, pair(bit, this.shape))));
            self.ends.push(self.features.len());
        }
    }

    /// Fills in what is known of the tokens of `run` and of those beside it.
    fn look(&mut self, sentence: &Range<usize>, run: &Range<usize>) {
        self.infos.clear();
        for at in run.start as isize - MARGIN as isize..(run.end + MARGIN) as isize {
            let inside = at >= sentence.start as isize && at < sentence.end as isize;
            self.infos.push(if inside {
                self.info(at as usize)
            } else {
                Info { key: 7, shape: 7, ..Info::default() }
            });
        }
        let tokens = &self.page.tokens[..run.end];
        let mut at = run.start;
        while at < run.end {
            let known = if may_begin(tokens[at]) { self.gazetteer.longest(&tokens[at..]) } else { None };
            let Some((len, known)) = known else {
                at += 1;
                continue;
            };
            for k in 0..len {
                let inner = u64::from(k > 0) + 2 * u64::from(k + 1 == len);
                self.infos[at - run.start + MARGIN + k].mark = 1 + 4 * rank(known.kind) + inner;
            }
            at += len;
        }
    }

    fn info(&self, at: usize) -> Info {
        let token = self.page.tokens[at];
        let word = self.page.word(token);
        let part = head_of(token, word);
        let traits =
            if part.len() == word.len() { token.traits } else { self.gazetteer.traits(Key::of(part)) };
        Info { key: hash(token.key), shape: shape(token, word), traits, mark: 0 }
    }

    /// The token beside a run; outside the sentence, one that is none.
    fn outer(&self, sentence: &Range<usize>, at: Option<usize>) -> Info {
        match at {
            Some(at) if sentence.contains(&at) => self.info(at),
            _ => Info { key: 7, ..Info::default() },
        }
    }

    /// Whether nothing but marks stands before `at` in its sentence, or a quotation mark right before it.
    fn begins_sentence(&self, sentence: &Range<usize>, at: usize) -> bool {
        let before = &self.page.tokens[sentence.start..at];
        match before.last() {
            None => true,
            Some(last) => {
                let word = self.page.word(*last);
                matches!(word, "\"" | "“" | "‘" | "«" | "„" | ":")
                    || before.iter().all(|token| !token.is_word())
            }
        }
    }
}

/// Whether a name may begin with this token.
pub(super) fn may_begin(token: Token) -> bool {
    token.kind == TokenKind::Word
        && matches!(token.case, Case::Title | Case::Upper | Case::Initial | Case::Mixed)
}

/// The part of a token that a name is made of.
pub(super) fn head_of(token: Token, word: &str) -> &str {
    if token.hyphenated { head(word) } else { word }
}

/// The part of a hyphenated word that a name is made of: "Moscow" of "Moscow-based".
fn head(word: &str) -> &str {
    match word.rfind(['-', '\u{2010}', '\u{2011}']) {
        Some(at) if at > 1 => {
            let tail = word[at..].trim_start_matches(['-', '\u{2010}', '\u{2011}']);
            if SUFFIXES.binary_search(&tail).is_ok() { &word[..at] } else { word }
        }
        _ => word,
    }
}

/// What follows a name and a hyphen without being part of the name, in order.
const SUFFIXES: &[&str] = &[
    "aligned",
    "area",
    "backed",
    "based",
    "born",
    "bound",
    "brokered",
    "centered",
    "centric",
    "controlled",
    "dominated",
    "driven",
    "educated",
    "era",
    "financed",
    "friendly",
    "funded",
    "held",
    "imposed",
    "inspired",
    "installed",
    "language",
    "leaning",
    "led",
    "like",
    "linked",
    "listed",
    "made",
    "mediated",
    "occupied",
    "only",
    "organized",
    "owned",
    "registered",
    "related",
    "run",
    "skeptic",
    "speaking",
    "sponsored",
    "style",
    "supplied",
    "supported",
    "trained",
    "type",
    "wide",
];

/// How the words of a sentence are cased, by those of four letters or more.
pub(super) fn casing(tokens: &[Token]) -> Casing {
    let (mut n_words, mut n_capital, mut n_upper) = (0, 0, 0);
    for token in tokens.iter().filter(|token| token.is_word() && token.end - token.start >= 4) {
        n_words += 1;
        n_capital += usize::from(may_begin(*token));
        n_upper += usize::from(token.case == Case::Upper);
    }
    match () {
        () if n_words >= 3 && n_upper * 3 > n_words * 2 => Casing::Upper,
        () if n_words >= 4 && n_capital * 5 > n_words * 4 => Casing::Title,
        () => Casing::Sentence,
    }
}

fn shape(token: Token, word: &str) -> u64 {
    let kind = match token.kind {
        TokenKind::Word => 0,
        TokenKind::Number => 1,
        TokenKind::Possessive => 2,
        // Marks differ from each other.
        TokenKind::Mark => 16 + u64::from(word.as_bytes()[0]),
    };
    let len = match word.len() {
        0..=1 => 0,
        2..=3 => 1,
        4..=5 => 2,
        _ => 3,
    };
    let inner = word.bytes().fold(0, |inner, byte| inner | u64::from(INNER[usize::from(byte)]));
    kind + 1000 * (token.case as u64 + 10 * (len + 10 * inner))
}

/// What a byte says of the shape of a word: that it has a hyphen, a digit, an apostrophe.
static INNER: [u8; 256] = {
    let mut inner = [0; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        inner[digit as usize] = 2;
        digit += 1;
    }
    inner[b'-' as usize] = 1;
    inner[b'\'' as usize] = 4;
    inner[0xe2] = 4;
    inner
};

const fn rank(kind: KnownKind) -> u64 {
    kind as u64
}

/// The set bits of a number, each by itself, the lowest first.
fn bits(mut rest: u64) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let bit = rest & rest.wrapping_neg();
        rest ^= bit;
        (bit != 0).then_some(bit)
    })
}

/// A few bytes in lower case as one number, the last one lowest.
fn joined(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, &byte| value << 8 | u64::from(byte.to_ascii_lowercase()))
}

/// The lowest `n` of up to four bytes, with their number.
const fn affix(bytes: u64, n: usize) -> u64 {
    (n as u64) << (8 * n) | bytes & ((1 << (8 * n)) - 1)
}

fn hash(key: Key) -> u64 {
    let mut hasher = KeyHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

const fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(21) ^ b).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// The feature `value` of a template.
const fn mix(template: u64, value: u64) -> u64 {
    let mixed = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 32)
}
