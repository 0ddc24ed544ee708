//! Features of the lines of a text, for the model that has the last word on their roles.

use super::{Label, Page, Zone, evidence::Form};
use crate::{
    fnv,
    layout::{End, Marker, Shape, Start},
    sequence::Feature,
};
use std::ops::Range;

/// Declares the templates of features, each with what it reads, in a few words.
macro_rules! templates {
    ($($name:ident: $about:literal,)+) => {
        /// A kind of feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Template { $($name,)+ }

        impl Template {
            /// What the features of each template read.
            pub(super) const ABOUT: &'static [&'static str] = &[$($about),+];
        }
    };
}

templates! {
    Rule: "what the rules make of it",
    Why: "the rule that found it",
    WhyLength: "the rule that found it, and its length",
    Claim: "what its words claim",
    Cue: "a word in it",
    CueLength: "a word in it, and its length",
    Shape: "its shape",
    Edges: "how it begins and ends",
    Setting: "how it is set off",
    Digits: "its digits and its date",
    Case: "its capitals",
    Above: "the line above",
    Below: "the line below",
    AboveRule: "what the rules make of the line above",
    BelowRule: "what the rules make of the line below",
    Around: "the running text around it",
    RuleAround: "what the rules make of it, and the running text around it",
    Place: "where on the page it lies",
    Length: "how long the page is",
    Reach: "how far the running text reaches",
    Nearest: "how far the running text is",
    Heading: "what the line over its block says",
    Again: "that it stands on the page more than once",
    Page: "how much of the page is running text",
    RulePage: "what the rules make of it, and how much of the page is running text",
    Stretch: "where it lies to the stretch of most running text",
    RuleStretch: "what the rules make of it, and where it lies to the stretch of most running text",
    Run: "how many short lines stand in a row",
    Word: "one of its words",
}

/// A number on a coarse scale: each step is about half as much again.
fn scale(number: usize) -> u32 {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    match number {
        0..=4 => number,
        _ => {
            let log = number.ilog2();
            2 * log + (number >> (log - 1) & 1)
        }
    }
}

/// Bytes of a text that are read where it is compared with others.
const BEGINNING: usize = 48;

/// Bits that the number of a line takes; as many are left of a hash.
const LINE_BITS: u32 = 32;

/// A hash of the beginning of a text in small letters, to tell texts apart on one page.
fn beginning(text: &str) -> u64 {
    let n_read = text.len().min(BEGINNING);
    let mut read = [0; BEGINNING];
    read[..n_read].copy_from_slice(&text.as_bytes()[..n_read]);
    read.make_ascii_lowercase();
    let (eights, _) = read.as_chunks();
    eights.iter().fold(n_read as u64, |hash, eight| {
        let mixed = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 32
    })
}

/// A hash of words, the same on any machine; only their beginning is read.
fn hash(text: &str) -> u32 {
    let read = &text.as_bytes()[..text.len().min(BEGINNING)];
    read.iter().fold(fnv::BEGIN, |hash, byte| fnv::add(hash, byte.to_ascii_lowercase()))
}

/// What a line and its neighbours are told by.
#[derive(Clone, Copy, Debug, Default)]
struct Traits {
    /// Role and zone by the rules.
    rule: u32,
    /// A hash of the rule.
    why: u32,
    /// The form, length, beginning and end.
    shape: u32,
    /// Characters of running text before the line.
    before: u32,
    /// Lines of running text before the line.
    n_prose: u32,
    /// Words of all lines before the line.
    n_words: u32,
}

/// The features of the lines of a page.
pub(super) struct Features<'p, 'a> {
    page: &'p Page<'a>,
    labels: &'p [Label],
    traits: Vec<Traits>,
    /// How often the beginning of each line stands on the page, and how often before.
    again: Vec<(u8, u8)>,
    first_prose: usize,
    last_prose: usize,
    /// The last short line above that is set apart, by line.
    heading: Vec<u32>,
    /// The stretches of lines that hold most running text, by how much a line that is none costs.
    stretches: [Range<usize>; 3],
    /// The number of short lines in the row that a line lies in; 0 for a longer line.
    rows: Vec<u32>,
}

/// More features than a line has, with every cue.
const MOST: usize = 128;

/// Room for the features of a line.
pub(super) type Room = [Feature; MOST];

/// Room that holds nothing yet.
pub(super) const EMPTY: Room = [Feature(0); MOST];

/// What a line that is no running text costs a stretch, in characters.
const COSTS: [i64; 3] = [20, 60, 150];

/// The stretch of lines that holds most running text, less `cost` for each line that is none.
fn stretch(page: &Page<'_>, cost: i64) -> Range<usize> {
    let mut best = (0, 0..0);
    let (mut sum, mut start) = (0, 0);
    for (at, (line, evidence)) in page.lines.iter().zip(page.evidence).enumerate() {
        sum += match evidence.form {
            Form::Prose => line.shape.n_chars.min(800) as i64,
            Form::Sentence => 0,
            _ => -cost,
        };
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
        if sum <= 0 {
            (sum, start) = (0, at + 1);
        }
    }
    best.1
}

/// For each line the number of short lines in the row that it lies in.
fn short_rows(page: &Page<'_>) -> Vec<u32> {
    let mut rows = vec![0; page.lines.len()];
    let mut start = 0;
    for at in 0..=page.lines.len() {
        if page.lines.get(at).is_some_and(|line| line.shape.n_words <= 6) {
            continue;
        }
        rows[start..at].fill((at - start) as u32);
        start = at + 1;
    }
    rows
}

impl<'p, 'a> Features<'p, 'a> {
    pub(super) fn of(page: &'p Page<'a>, labels: &'p [Label]) -> Self {
        let mut traits = Vec::with_capacity(labels.len() + 1);
        // What each line begins with, and its number.
        let mut same = Vec::with_capacity(labels.len());
        let mut heading = Vec::with_capacity(labels.len());
        let mut over = 0;
        let mut last_why = ("", hash(""));
        let (mut before, mut n_prose, mut n_words) = (0_u32, 0, 0_u32);
        let (mut first_prose, mut last_prose) = (labels.len(), 0);
        for (at, label) in labels.iter().enumerate() {
            let (line, evidence) = (&page.lines[at], &page.evidence[at]);
            let shape = &line.shape;
            let is_prose = evidence.form == Form::Prose;
            heading.push(over);
            if !is_prose && shape.n_words <= 8 && line.gap > 0 {
                over = hash(page.content(at));
            }
            if !std::ptr::eq(last_why.0, label.why) {
                last_why = (label.why, hash(label.why));
            }
            traits.push(Traits {
                rule: rule(label),
                why: last_why.1,
                shape: (evidence.form as u32 * 16 + scale(shape.n_words).min(15)) * 64
                    + edges(shape) * 2
                    + u32::from(line.gap > 0),
                before,
                n_prose,
                n_words,
            });
            n_words = n_words.saturating_add(shape.n_words as u32);
            if is_prose {
                before = before.saturating_add(shape.n_chars as u32);
                n_prose += 1;
                first_prose = first_prose.min(at);
                last_prose = at;
            }
            same.push(beginning(page.content(at)) << LINE_BITS | at as u64);
        }
        traits.push(Traits { before, n_prose, n_words, ..Traits::default() });
        same.sort_unstable();
        let mut again = vec![(1, 0); labels.len()];
        for alike in same.chunk_by(|one, other| (one ^ other) >> LINE_BITS == 0) {
            let few = |number: usize| number.min(255) as u8;
            for (earlier, line) in alike.iter().enumerate() {
                again[(line & ((1 << LINE_BITS) - 1)) as usize] = (few(alike.len()), few(earlier));
            }
        }
        let stretches = COSTS.map(|cost| stretch(page, cost));
        let rows = short_rows(page);
        Features { page, labels, traits, again, first_prose, last_prose, heading, stretches, rows }
    }

    /// Gives the features of a line to `sink`, each with its template.
    pub(super) fn line(&self, at: usize, mut sink: impl FnMut(Template, Feature)) {
        self.of_rules(at, &mut sink);
        self.of_words(at, &mut sink);
        self.of_cues(at, &mut sink);
        self.of_place(at, &mut sink);
    }

    /// The features of a line, in no order, in `room`.
    pub(super) fn all<'r>(&self, at: usize, room: &'r mut Room) -> &'r [Feature] {
        let mut n_features = 0;
        let mut put = |_, feature| {
            if let Some(place) = room.get_mut(n_features) {
                *place = feature;
                n_features += 1;
            }
        };
        // Words and cues, of which there are as many as there are, come last: so the places of all others are known.
        self.of_rules(at, &mut put);
        self.of_place(at, &mut put);
        self.of_words(at, &mut put);
        self.of_cues(at, &mut put);
        &room[..n_features]
    }

    /// What the rules make of it.
    #[inline(always)]
    fn of_rules(&self, at: usize, sink: &mut impl FnMut(Template, Feature)) {
        let mut put = |template: Template, value: u32| sink(template, Feature::new(template as u8, value));
        let (evidence, here) = (&self.page.evidence[at], &self.traits[at]);
        let shape = &self.page.lines[at].shape;
        let length = scale(shape.n_words).min(15);
        put(Template::Rule, here.rule);
        put(Template::Why, here.why);
        put(Template::WhyLength, here.why ^ (length * 16 + edges(shape)));
        let claim = evidence.own.map_or(0, |own| 1 + own.role as u32 * 2 + u32::from(own.strength >= 0.7));
        put(Template::Claim, claim);
    }

    /// The words in it, each by itself and the first and the last by their places, where these are few.
    fn of_words(&self, at: usize, sink: &mut impl FnMut(Template, Feature)) {
        /// The most words of a line whose words say what it is.
        const MOST_WORDS: usize = 10;
        const FIRST: u32 = 0x5555_5555;
        const LAST: u32 = 0x3333_3333;
        if self.page.lines[at].shape.n_words > MOST_WORDS {
            return;
        }
        let mut put = |value: u32| sink(Template::Word, Feature::new(Template::Word as u8, value));
        let split = |c: char| !c.is_alphanumeric();
        let words = self.page.content(at).split(split).filter(|word| !word.is_empty());
        let mut last = 0;
        for (number, word) in words.take(MOST_WORDS).enumerate() {
            // Of a number, how long it is.
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            last = if is_number { word.len() as u32 } else { hash(word) };
            put(last);
            if number == 0 {
                put(last ^ FIRST);
            }
        }
        put(last ^ LAST);
    }

    /// What its words hint at.
    #[inline(always)]
    fn of_cues(&self, at: usize, sink: &mut impl FnMut(Template, Feature)) {
        let mut put = |template: Template, value: u32| sink(template, Feature::new(template as u8, value));
        let length = scale(self.page.lines[at].shape.n_words).min(15);
        let mut cues = self.page.evidence[at].cues.bits();
        while cues != 0 {
            put(Template::Cue, cues.trailing_zeros());
            put(Template::CueLength, cues.trailing_zeros() * 64 + length);
            cues &= cues - 1;
        }
    }

    /// Its shape, and what lies around it.
    #[inline(always)]
    fn of_place(&self, at: usize, sink: &mut impl FnMut(Template, Feature)) {
        let mut put = |template: Template, value: u32| sink(template, Feature::new(template as u8, value));
        let n_lines = self.labels.len();
        let line = &self.page.lines[at];
        let evidence = &self.page.evidence[at];
        let shape = &line.shape;
        let here = &self.traits[at];
        let length = scale(shape.n_words).min(15);
        put(Template::Shape, here.shape);
        put(Template::Edges, edges(shape) * 16 + length);
        let marker = match line.marker {
            None => 0,
            Some(Marker::Bullet) => 1,
            Some(Marker::Number(_)) => 2,
        };
        let gap = u32::from(line.gap.min(3));
        let gap_below = self.page.lines.get(at + 1).map_or(4, |line| u32::from(line.gap.min(3)));
        let setting = (marker * 4 + gap) * 8 + gap_below;
        put(Template::Setting, setting * 16 + length);
        put(Template::Setting, 65_536 + setting * 4 + u32::from(line.indent.min(6) / 2));
        let digits = (shape.n_digits * 6).checked_div(shape.n_chars).unwrap_or(0).min(5) as u32;
        let dated = u32::from(evidence.has_date) + u32::from(evidence.date_share > 0.5);
        put(Template::Digits, (digits * 4 + dated) * 16 + length);
        let case = (shape.n_capital * 4).checked_div(shape.n_capital + shape.n_small).unwrap_or(0) as u32;
        put(Template::Case, (case * 16 + length) * 8 + shape.end as u32);
        let none = Traits { rule: 4095, shape: 65_535, ..Traits::default() };
        let near = |offset: isize| {
            at.checked_add_signed(offset).filter(|&at| at < n_lines).map_or(&none, |at| &self.traits[at])
        };
        for (offset, number) in [(-1, 0), (-2, 1), (-3, 2)] {
            put(Template::Above, near(offset).shape * 4 + number);
            put(Template::AboveRule, near(offset).rule * 4 + number);
        }
        for (offset, number) in [(1, 0), (2, 1), (3, 2)] {
            put(Template::Below, near(offset).shape * 4 + number);
            put(Template::BelowRule, near(offset).rule * 4 + number);
        }
        put(Template::AboveRule, 65_536 + here.rule * 4096 + near(-1).rule);
        put(Template::BelowRule, 65_536 + here.rule * 4096 + near(1).rule);
        let window = |reach: usize| {
            let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(n_lines));
            let (from, to) = (&self.traits[from], &self.traits[to]);
            (to.before - from.before, to.n_prose - from.n_prose, to.n_words - from.n_words)
        };
        let (close, n_close, words_close) = window(3);
        let (far, n_far, words_far) = window(10);
        let close = scale(close as usize / 32).min(20);
        let far = scale(far as usize / 64).min(20);
        put(Template::Around, close * 32 + length);
        put(Template::Around, 4096 + far * 32 + length);
        put(Template::Around, 8192 + (n_close * 32 + n_far) * 2 + u32::from(evidence.form == Form::Prose));
        put(Template::Around, 16_384 + scale(words_close as usize) * 64 + scale(words_far as usize));
        put(Template::RuleAround, here.rule * 32 + close);
        put(Template::RuleAround, (1 << 20) + here.rule * 32 + far);
        put(Template::Place, scale(at).min(18) * 16 + length);
        put(Template::Place, 1024 + scale(n_lines - 1 - at).min(18) * 16 + length);
        put(Template::Place, 2048 + (at * 10 / n_lines) as u32);
        put(Template::Length, scale(n_lines).min(24) * 16 + length);
        let total = &self.traits[n_lines];
        let share = (u64::from(here.before) * 10 / u64::from(total.before.max(1))) as u32;
        put(Template::Reach, share * 16 + length);
        put(Template::Reach, 1024 + here.rule * 16 + share);
        let ahead = scale(self.first_prose.saturating_sub(at)).min(15);
        let behind = scale(at.saturating_sub(self.last_prose)).min(15);
        put(Template::Reach, (1 << 20) + (ahead * 16 + behind) * 16 + length);
        let above = (1..=8).find(|&back| at >= back && self.is_prose(at - back)).unwrap_or(9);
        let below = (1..=8).find(|&on| self.is_prose(at + on)).unwrap_or(9);
        put(Template::Nearest, ((above * 10 + below) * 16) as u32 + length);
        put(Template::Nearest, 65_536 + (above * 10 + below) as u32 * 4096 + here.rule);
        put(Template::Heading, self.heading[at]);
        if self.again[at].0 > 1 {
            put(Template::Again, length);
        }
        let dense = (u64::from(total.n_prose) * 10 / n_lines as u64) as u32;
        let page = dense * 32 + scale(total.before as usize / 64).min(24);
        put(Template::Page, page * 16 + length);
        put(Template::RulePage, page * 4096 + here.rule);
        let mut places = 0;
        for (number, stretch) in self.stretches.iter().enumerate() {
            let place = match at {
                _ if at < stretch.start => 1 + scale(stretch.start - at).min(14),
                _ if at >= stretch.end => 16 + scale(at + 1 - stretch.end).min(14),
                _ => 0,
            };
            places = places * 3 + u32::from(place > 0) + u32::from(place > 15);
            let key = (number as u32 * 32 + place) * 16 + length;
            put(Template::Stretch, key * 64 + edges(shape));
            put(Template::RuleStretch, (number as u32 * 32 + place) * 4096 + here.rule);
        }
        put(Template::Stretch, (1 << 22) + (places * 16 + length) * 4 + evidence.form as u32);
        let row = scale(self.rows[at] as usize).min(15);
        put(Template::Run, (row * 16 + length) * 4 + marker);
        put(Template::Run, (1 << 20) + (row * 27 + places) * 4 + marker);
    }

    /// How often the beginning of a line stands on the page, and how often before.
    pub(super) fn again(&self, at: usize) -> (u8, u8) {
        self.again[at]
    }

    /// The first line of running text, or the number of lines.
    pub(super) fn first_prose(&self) -> usize {
        self.first_prose
    }

    /// The last line of running text, or the first line.
    pub(super) fn last_prose(&self) -> usize {
        self.last_prose
    }

    /// Where a line lies to a stretch of most running text, on a coarse scale: 64 in it, less above, more below.
    pub(super) fn stretch_place(&self, at: usize, number: usize) -> u8 {
        let stretch = &self.stretches[number];
        match at {
            _ if at < stretch.start => 64 - scale(stretch.start - at).min(60) as u8,
            _ if at >= stretch.end => 64 + scale(at + 1 - stretch.end).min(60) as u8,
            _ => 64,
        }
    }

    fn is_prose(&self, at: usize) -> bool {
        self.page.evidence.get(at).is_some_and(|evidence| evidence.form == Form::Prose)
    }
}

/// Role and zone of a label as one number.
fn rule(label: &Label) -> u32 {
    let zone = match label.zone {
        Zone::Article => 0,
        Zone::Embedded => 1,
        Zone::Related => 2,
        Zone::Furniture => 3,
        Zone::Comments => 4,
    };
    label.role as u32 * 8 + zone
}

/// How a line starts and ends as one number.
fn edges(shape: &Shape) -> u32 {
    let start = match shape.start {
        Start::Capital => 0,
        Start::Small => 1,
        Start::Digit => 2,
        Start::Quote => 3,
        Start::Other => 4,
    };
    let end = match shape.end {
        End::Open => 0,
        End::Stop => 1,
        End::Asked => 2,
        End::Cut => 3,
        End::Colon => 4,
        End::Comma => 5,
    };
    start * 6 + end
}
