//! Features of the lines of a text in small numbers, for the trees that look once more at what the chain has decided.

use super::{Leaning, is_main};
use crate::{
    label::{Label, Page, Zone, evidence::Form, features::Features},
    layout::{Line, Marker},
    role::Role,
    trees::{self, Table},
};
use std::ops::Range;

/// Declares the features, each with what it reads, in a few words; those with a number are sets of as many.
macro_rules! features {
    ($($name:ident: $about:literal * $width:literal,)+) => {
        /// A group of features.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(super) enum Group { $($name,)+ }

        const ABOUT: &[&str] = &[$($about),+];
        const WIDTHS: &[usize] = &[$($width),+];
    };
}

features! {
    Leaning: "all that was weighed before" * 5,
    Near: "what was weighed of the lines beside it" * 6,
    Rule: "what the rules make of it" * 3,
    Claim: "what its words claim" * 2,
    Cue: "a word in it" * 32,
    Shape: "its shape" * 9,
    Setting: "how it is set off" * 6,
    Beside: "the lines beside it" * 20,
    Place: "where on the page it lies" * 9,
    Window: "the running text around it" * 14,
    Farther: "how far the running text is" * 6,
    Section: "what lies under the same heading" * 8,
    Kind: "the lines that are set as it" * 4,
    Indent: "how far it is set in" * 4,
    Again: "how often it stands on the page" * 2,
    Run: "the row of lines that it lies in" * 4,
    Page: "what the page is made of" * 14,
}

const N_GROUPS: usize = WIDTHS.len();

/// Where each group of features begins.
const STARTS: [usize; N_GROUPS] = trees::starts(WIDTHS);

/// The number of features of a line.
pub(crate) const N_FEATURES: usize = STARTS[N_GROUPS - 1] + WIDTHS[N_GROUPS - 1];

/// What a feature reads, in a few words.
pub(super) fn about(feature: usize) -> &'static str {
    ABOUT[STARTS.partition_point(|&start| start <= feature).saturating_sub(1)]
}

fn scale(number: usize) -> u8 {
    trees::scale(u32::try_from(number).unwrap_or(u32::MAX))
}

/// `part` of `whole`, in hundredths.
fn share(part: u32, whole: u32) -> u8 {
    (u64::from(part) * 100).checked_div(u64::from(whole)).unwrap_or(0).min(100) as u8
}

/// Sums over the lines before a line.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    chars: u32,
    prose: u32,
    main: u32,
    n_main: u32,
    leaning: u64,
    n_words: u32,
}

impl Before {
    /// What these lines lean to, by their length.
    fn mean(self) -> u8 {
        self.leaning.checked_div(u64::from(self.chars)).unwrap_or(0) as u8
    }
}

/// Lines under one heading.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    start: usize,
    end: usize,
}

/// The lines of a page that are set alike.
#[derive(Clone, Copy, Debug, Default)]
struct Kind {
    n_lines: u32,
    chars: u32,
    main: u32,
}

/// What the features of the lines of a page are made of.
pub(super) struct Context<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p [Label],
    labels: &'p [Label],
    features: &'p Features<'p, 'a>,
    leanings: &'p [Leaning],
    before: Vec<Before>,
    sections: Vec<Section>,
    section_of: Vec<u32>,
    kinds: Vec<Kind>,
    /// Main text by how far it is set in.
    indents: [u32; N_INDENTS],
    /// Lines since the last line of main text, and until the next.
    since: Vec<u32>,
    until: Vec<u32>,
    /// The row of lines of one kind that each line lies in: its first line and the number of lines.
    runs: Vec<(u32, u32)>,
    title: Option<usize>,
    whole: [u8; 14],
}

const N_INDENTS: usize = 16;

/// How far a line is set in, in steps of one column.
fn indent(line: &Line) -> usize {
    usize::from(line.indent).min(N_INDENTS - 1)
}

fn marker(line: &Line) -> usize {
    match line.marker {
        None => 0,
        Some(Marker::Bullet) => 1,
        Some(Marker::Number(_)) => 2,
    }
}

/// How a line is set, as a small number.
fn kind(line: &Line) -> usize {
    let length = match line.shape.n_words {
        0..4 => 0,
        4..9 => 1,
        9..21 => 2,
        _ => 3,
    };
    ((marker(line) * N_INDENTS + indent(line)) * 3 + usize::from(line.gap.min(2))) * 4 + length
}

const N_KINDS: usize = 3 * N_INDENTS * 3 * 4;

impl<'p, 'a> Context<'p, 'a> {
    pub(super) fn of(
        page: &'p Page<'a>,
        rules: &'p [Label],
        labels: &'p [Label],
        features: &'p Features<'p, 'a>,
        leanings: &'p [Leaning],
    ) -> Self {
        let n_lines = labels.len();
        let mut before = Vec::with_capacity(n_lines + 1);
        let mut sum = Before::default();
        before.push(sum);
        let mut sections: Vec<Section> = vec![Section::default()];
        let mut section_of = Vec::with_capacity(n_lines);
        let mut kinds = vec![Kind::default(); N_KINDS];
        let mut indents = [0; N_INDENTS];
        let mut since = Vec::with_capacity(n_lines);
        let mut run = 255;
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(n_lines);
        let (mut n_marked, mut n_indented, mut n_dated, mut n_short, mut n_digits, mut n_comments) =
            (0, 0, 0, 0, 0, 0);
        let mut last_kind = usize::MAX;
        for at in 0..n_lines {
            let (line, evidence) = (&page.lines[at], &page.evidence[at]);
            let is_prose = evidence.form == Form::Prose;
            let is_main = is_main(&labels[at]);
            let chars = line.shape.n_chars.min(2000) as u32;
            sum.chars += chars;
            sum.n_words += line.shape.n_words.min(400) as u32;
            sum.prose += if is_prose { chars } else { 0 };
            if is_main {
                sum.main += chars;
                sum.n_main += 1;
                indents[indent(line)] += chars;
            }
            sum.leaning += u64::from(leanings[at].level()) * u64::from(chars);
            before.push(sum);
            let starts = evidence.form == Form::Short
                && line.gap > 0
                && line.marker.is_none()
                && line.shape.n_words <= 10;
            if starts && at > 0 {
                sections.push(Section { start: at, end: at });
            }
            if let Some(section) = sections.last_mut() {
                section.end = at + 1;
            }
            section_of.push(sections.len() as u32 - 1);
            let number = kind(line);
            let alike = &mut kinds[number];
            alike.n_lines += 1;
            alike.chars += chars;
            alike.main += if is_main { chars } else { 0 };
            run = if is_main { 0 } else { run + 1 };
            since.push(run);
            // Blank lines aside.
            let row = number / 12 * 4 + number % 4;
            let start = match runs.last() {
                Some(&(start, _)) if row == last_kind => start,
                _ => at as u32,
            };
            last_kind = row;
            runs.push((start, 0));
            n_marked += usize::from(line.marker.is_some());
            n_indented += usize::from(line.indent > 0);
            n_dated += usize::from(evidence.has_date);
            n_short += usize::from(line.shape.n_words <= 3);
            n_digits += usize::from(line.shape.n_digits > 0);
            n_comments += usize::from(labels[at].role.is_comment());
        }
        let mut until = vec![0; n_lines];
        let mut run = 255;
        let mut end = n_lines as u32;
        for at in (0..n_lines).rev() {
            run = if is_main(&labels[at]) { 0 } else { run + 1 };
            until[at] = run;
            runs[at].1 = end - runs[at].0;
            if runs[at].0 == at as u32 {
                end = at as u32;
            }
        }
        let title = labels.iter().position(|label| label.role == Role::Title && label.zone == Zone::Article);
        let n = n_lines.max(1) as u32;
        let whole = [
            scale(n_lines),
            share(sum.n_main, n),
            share(sum.main, sum.chars),
            share(sum.prose, sum.chars),
            scale(sum.main as usize / 16),
            scale((sum.n_words / n) as usize),
            share(n_marked as u32, n),
            share(n_indented as u32, n),
            share(n_dated as u32, n),
            share(n_short as u32, n),
            share(n_digits as u32, n),
            share(n_comments as u32, n),
            scale(sections.len()),
            u8::from(title.is_some()),
        ];
        Context {
            page,
            rules,
            labels,
            features,
            leanings,
            before,
            sections,
            section_of,
            kinds,
            indents,
            since,
            until,
            runs,
            title,
            whole,
        }
    }

    /// The features of the lines `open`, a row each.
    pub(super) fn table(&self, open: &[usize]) -> Table {
        let mut table = Table::new(open.len(), N_FEATURES);
        for (row, &at) in open.iter().enumerate() {
            self.line(at, &mut |group, offset, value| {
                debug_assert!(offset < WIDTHS[group as usize], "{group:?} {offset}");
                table.set(row, STARTS[group as usize] + offset, value);
            });
        }
        table
    }

    fn between(&self, range: Range<usize>) -> Before {
        let n_lines = self.labels.len();
        let (from, to) = (self.before[range.start.min(n_lines)], self.before[range.end.min(n_lines)]);
        Before {
            chars: to.chars - from.chars,
            prose: to.prose - from.prose,
            main: to.main - from.main,
            n_main: to.n_main - from.n_main,
            leaning: to.leaning - from.leaning,
            n_words: to.n_words - from.n_words,
        }
    }

    fn line(&self, at: usize, put: &mut impl FnMut(Group, usize, u8)) {
        let n_lines = self.labels.len();
        let (line, evidence) = (&self.page.lines[at], &self.page.evidence[at]);
        let shape = &line.shape;
        let leaning = &self.leanings[at];
        put(Group::Leaning, 0, leaning.level());
        put(Group::Leaning, 1, self.labels[at].role as u8);
        put(Group::Leaning, 2, u8::from(is_main(&self.labels[at])));
        put(Group::Leaning, 3, leaning.main);
        put(Group::Leaning, 4, leaning.other);
        for (number, offset) in [-1_isize, 1, -2, 2, -3, 3].into_iter().enumerate() {
            let other = at.checked_add_signed(offset).and_then(|at| self.leanings.get(at));
            put(Group::Near, number, other.map_or(255, Leaning::level));
        }
        let rule = &self.rules[at];
        put(Group::Rule, 0, rule.role as u8);
        put(Group::Rule, 1, rule.zone as u8);
        put(Group::Rule, 2, u8::from(is_main(rule)));
        if let Some(own) = evidence.own {
            put(Group::Claim, 0, 1 + own.role as u8);
            put(Group::Claim, 1, (own.strength * 100.0) as u8);
        }
        let mut cues = evidence.cues.bits();
        while cues != 0 {
            put(Group::Cue, cues.trailing_zeros() as usize, 1);
            cues &= cues - 1;
        }
        put(Group::Shape, 0, scale(shape.n_words));
        put(Group::Shape, 1, scale(shape.n_chars));
        put(Group::Shape, 2, shape.start as u8);
        put(Group::Shape, 3, shape.end as u8);
        put(Group::Shape, 4, evidence.form as u8);
        put(Group::Shape, 5, share(shape.n_digits as u32, shape.n_chars as u32));
        put(Group::Shape, 6, share(shape.n_capital as u32, (shape.n_capital + shape.n_small) as u32));
        put(Group::Shape, 7, scale(shape.n_stops));
        put(Group::Shape, 8, (evidence.date_share * 100.0) as u8);
        let below = self.page.lines.get(at + 1);
        put(Group::Setting, 0, line.gap.min(4) as u8);
        put(Group::Setting, 1, below.map_or(5, |line| line.gap.min(4) as u8));
        put(Group::Setting, 2, marker(line) as u8);
        put(Group::Setting, 3, below.map_or(3, |line| marker(line) as u8));
        put(Group::Setting, 4, below.map_or(40, |line| indent(line) as u8));
        put(Group::Setting, 5, if at > 0 { indent(&self.page.lines[at - 1]) as u8 } else { 40 });
        for (number, offset) in [-1_isize, 1, -2, 2].into_iter().enumerate() {
            let Some(other) = at.checked_add_signed(offset).filter(|&at| at < n_lines) else { continue };
            let (line, evidence) = (&self.page.lines[other], &self.page.evidence[other]);
            put(Group::Beside, number * 5, 1 + scale(line.shape.n_words));
            put(Group::Beside, number * 5 + 1, 1 + line.shape.end as u8);
            put(Group::Beside, number * 5 + 2, 1 + evidence.form as u8);
            put(Group::Beside, number * 5 + 3, 1 + self.labels[other].role as u8);
            put(Group::Beside, number * 5 + 4, evidence.own.map_or(0, |own| 1 + own.role as u8));
        }
        let whole = self.before[n_lines];
        let here = self.before[at];
        put(Group::Place, 0, scale(at));
        put(Group::Place, 1, scale(n_lines - 1 - at));
        put(Group::Place, 2, share(at as u32, n_lines as u32));
        put(Group::Place, 3, share(here.prose, whole.prose));
        put(Group::Place, 4, share(here.main, whole.main));
        put(Group::Place, 5, share(here.chars, whole.chars));
        let distance = |other: usize| {
            let far = scale(at.abs_diff(other)).min(60);
            if other > at { 64 - far } else { 64 + far }
        };
        put(Group::Place, 6, self.title.map_or(0, distance));
        put(Group::Place, 7, self.features.stretch_place(at, 0));
        put(Group::Place, 8, self.features.stretch_place(at, 2));
        for (number, reach) in [3, 10, 30].into_iter().enumerate() {
            let above = self.between(at.saturating_sub(reach)..at);
            let below = self.between(at + 1..at + 1 + reach);
            put(Group::Window, number * 4, share(above.main, above.chars));
            put(Group::Window, number * 4 + 1, share(below.main, below.chars));
            put(Group::Window, number * 4 + 2, scale((above.prose / 16) as usize));
            put(Group::Window, number * 4 + 3, scale((below.prose / 16) as usize));
        }
        let around = self.between(at.saturating_sub(8)..at + 9);
        put(Group::Window, 12, around.mean());
        put(Group::Window, 13, scale(around.n_words as usize));
        put(Group::Farther, 0, scale(self.since[at] as usize));
        put(Group::Farther, 1, scale(self.until[at] as usize));
        put(Group::Farther, 2, scale((whole.main - here.main) as usize / 16));
        put(Group::Farther, 3, scale(here.main as usize / 16));
        put(Group::Farther, 4, scale(self.features.first_prose().abs_diff(at)));
        put(Group::Farther, 5, scale(self.features.last_prose().abs_diff(at)));
        let number = self.section_of[at] as usize;
        let section = self.sections[number];
        let held = self.between(section.start..section.end);
        put(Group::Section, 0, scale(section.end - section.start));
        put(Group::Section, 1, scale(held.prose as usize / 16));
        put(Group::Section, 2, share(held.main, held.chars));
        put(Group::Section, 3, held.mean());
        put(Group::Section, 4, scale(at - section.start));
        let head = &self.page.evidence[section.start];
        put(Group::Section, 5, head.own.map_or(0, |own| 1 + own.role as u8));
        put(Group::Section, 6, self.leanings[section.start].level());
        let next = self.sections.get(number + 1).map_or(0..0, |next| next.start..next.end);
        let next = self.between(next);
        put(Group::Section, 7, share(next.main, next.chars));
        let alike = self.kinds[kind(line)];
        put(Group::Kind, 0, scale(alike.n_lines as usize));
        put(Group::Kind, 1, share(alike.main, alike.chars));
        put(Group::Kind, 2, share(alike.chars, whole.chars));
        put(Group::Kind, 3, scale((alike.chars / alike.n_lines.max(1)) as usize));
        let own = indent(line);
        put(Group::Indent, 0, own as u8);
        put(Group::Indent, 1, share(self.indents[own], whole.main));
        put(Group::Indent, 2, share(self.indents[..own].iter().sum(), whole.main));
        put(Group::Indent, 3, share(self.indents[own + 1..].iter().sum(), whole.main));
        let (times, earlier) = self.features.again(at);
        put(Group::Again, 0, times);
        put(Group::Again, 1, earlier);
        let (start, length) = self.runs[at];
        let row = self.between(start as usize..(start + length) as usize);
        put(Group::Run, 0, scale(length as usize));
        put(Group::Run, 1, scale(at - start as usize));
        put(Group::Run, 2, share(row.main, row.chars));
        put(Group::Run, 3, scale((row.n_words / length.max(1)) as usize));
        for (number, value) in self.whole.into_iter().enumerate() {
            put(Group::Page, number, value);
        }
    }
}
