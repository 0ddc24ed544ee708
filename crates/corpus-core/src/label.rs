//! The labeller: which role each line of a page has, and why.
//!
//! It reads a page the way a person does. First each line by itself: what its words and its shape say
//! (`evidence`). Then the comments, which repeat a pattern (`thread`). Then the page as a whole: where the article
//! lies, where links to other articles, where a second article, where furniture (`zone`). Only then the role of each
//! line, by the rules of its zone (`head`, `body`, `tail`). Last, weights that were trained on pages whose roles are
//! known hear the rules as one witness among many, and decide (`features`, `trained`); trees look once more at what is in
//! doubt, knowing what that made of the whole page (`second`). What is Markdown says most of it itself (`marked`).

mod apparatus;
mod body;
mod class;
mod evidence;
mod features;
mod figures;
mod head;
mod marked;
mod second;
mod tail;
mod thread;
mod trained;
mod zone;

use crate::{cue::CueFinder, layout::Line, role::Role, sequence::Feature, trees::Table};
pub use class::{Class, N_CLASSES};
use evidence::{Evidence, Form};
pub(crate) use evidence::{Own, PROFILE};
use std::ops::Range;
pub use thread::Comment;
pub(crate) use thread::before_verb;
pub use trained::{RoleModel, RoleWeights};
/// The number of features of a line that a second look is taken at.
pub const N_SECOND: usize = second::N_FEATURES;
pub use zone::Zone;

/// The role of a line, the zone of the page it lies in, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// What the line does on the page.
    pub role: Role,
    /// The zone of the page.
    pub zone: Zone,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// The rule, in a few words.
    pub why: &'static str,
}

/// What the labeller makes of a page: a label for each line, and the comments.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// A label for each line, in order.
    pub lines: Vec<Label>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
}

/// Labels the lines of pages by rules. Holds the tables of cue words and nothing else.
#[derive(Debug, Default)]
pub struct Labeller {
    cues: CueFinder,
}

impl Labeller {
    /// A labeller with the tables of this crate.
    pub fn new() -> Self {
        Labeller::default()
    }

    /// The cue words the labeller goes by.
    pub fn cues(&self) -> &CueFinder {
        &self.cues
    }

    /// The labels of the lines of `text`.
    pub fn label(&self, text: &str, lines: &[Line]) -> Labels {
        self.label_by(&trained::SHIPPED, text, lines)
    }

    /// The labels of the lines of `text` with other weights than those that ship.
    pub fn label_by(&self, model: &RoleModel, text: &str, lines: &[Line]) -> Labels {
        let reading = self.reading(text, lines);
        let page = reading.page(text, lines);
        let mut labels = by_rules(&page);
        if marked::is_markdown(&page) {
            marked::decide(&page, &mut labels);
            return labels;
        }
        trained::decide(&page, model, &mut labels.lines);
        labels
    }

    /// The features of the lines of `text`: what the weights are trained on.
    pub fn features(&self, text: &str, lines: &[Line]) -> Vec<Vec<Feature>> {
        let reading = self.reading(text, lines);
        let page = reading.page(text, lines);
        trained::features(&page, &by_rules(&page).lines)
    }

    /// The lines of `text` that a second look is taken at, and their features, by what `chain` makes of the page: what the
    /// trees are trained on.
    pub fn second_features(&self, chain: &RoleWeights, text: &str, lines: &[Line]) -> (Vec<usize>, Table) {
        let reading = self.reading(text, lines);
        let page = reading.page(text, lines);
        trained::second_features(&page, chain, &mut by_rules(&page).lines)
    }

    /// The labels of the lines of `text` by rules alone, and what the words of each line claim by themselves.
    pub(crate) fn read(&self, text: &str, lines: &[Line]) -> (Labels, Vec<Option<Own>>) {
        let reading = self.reading(text, lines);
        let labels = by_rules(&reading.page(text, lines));
        (labels, reading.evidence.iter().map(|evidence| evidence.own).collect())
    }

    fn reading(&self, text: &str, lines: &[Line]) -> Reading {
        let mut folded = String::new();
        let mut evidence: Vec<Evidence> =
            lines.iter().map(|line| Evidence::of(text, line, &self.cues, &mut folded)).collect();
        evidence::join_stamps(lines, &mut evidence);
        evidence::head_links(lines, &mut evidence);
        apparatus::find(text, lines, &mut evidence);
        evidence::join_profiles(text, lines, &mut evidence);
        evidence::free_only_text(&mut evidence);
        evidence::free_headline(lines, &mut evidence);
        let is_report = figures::is_report(text, lines, &evidence);
        if is_report {
            figures::free(text, lines, &mut evidence);
        }
        Reading { sums: Sums::of(&evidence), evidence, is_report }
    }
}

fn by_rules(page: &Page<'_>) -> Labels {
    let thread = thread::find(page);
    let mut zones = zone::divide(page, &thread);
    zone::own(page, &mut zones);
    if thread.range.is_empty() && is_article_alone(page, &zones) {
        zones.fill(Zone::Article);
    }
    for (zone, range) in zone::runs(page, &zones) {
        // A whole article has more text than a teaser.
        if zone == Zone::Embedded && page.n_prose(range.clone()) == 0 && page.n_texts(range.clone()) < 2 {
            zones[range].fill(Zone::Related);
        }
    }
    let mut labels: Vec<Label> = zones
        .iter()
        .map(|&zone| Label { role: Role::Paragraph, zone, confidence: 0.5, why: "running text" })
        .collect();
    let mut has_head = false;
    for (zone, range) in zone::runs(page, &zones) {
        match zone {
            Zone::Article if has_head => body::label(page, range, &mut labels),
            Zone::Article | Zone::Embedded => {
                has_head |= zone == Zone::Article;
                let body = head::label(page, range.clone(), &mut labels);
                body::label(page, body..range.end, &mut labels);
            }
            Zone::Related => tail::label_related(page, range, &mut labels),
            Zone::Furniture => tail::label_furniture(page, range, &mut labels),
            Zone::Comments => thread::label(page, &thread, range, &mut labels),
        }
    }
    Labels { lines: labels, comments: thread.comments }
}

/// Whether all of a page is its article, though no running text says so.
fn is_article_alone(page: &Page<'_>, zones: &[Zone]) -> bool {
    !zones.contains(&Zone::Embedded)
        && (page.is_report || page.n_prose(0..zones.len()) == 0 && figures::is_text_in_short_lines(page))
}

/// A page as the rules see it: its lines and what each says of itself.
#[derive(Clone, Copy)]
struct Page<'a> {
    text: &'a str,
    lines: &'a [Line],
    evidence: &'a [Evidence],
    sums: &'a [Sums],
    /// Whether it is a report of figures.
    is_report: bool,
}

/// What the lines of a page say of themselves.
struct Reading {
    evidence: Vec<Evidence>,
    sums: Vec<Sums>,
    is_report: bool,
}

impl Reading {
    /// The page of `text` and its `lines`.
    fn page<'a>(&'a self, text: &'a str, lines: &'a [Line]) -> Page<'a> {
        Page { text, lines, evidence: &self.evidence, sums: &self.sums, is_report: self.is_report }
    }
}

/// How many lines of a kind stand before a line, so that no rule has to count them again.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Running text and sentences whose words claim no role for sure.
    texts: u32,
    /// Running text whose words claim no role for sure.
    prose: u32,
    /// Running text whose words claim no role at all.
    plain: u32,
}

impl Sums {
    /// The sums before each line, and behind the last.
    fn of(evidence: &[Evidence]) -> Vec<Sums> {
        let mut sums = Vec::with_capacity(evidence.len() + 1);
        let mut sum = Sums::default();
        sums.push(sum);
        for evidence in evidence {
            let is_prose = evidence.form == Form::Prose;
            let is_free = evidence.sure().is_none();
            sum.texts += u32::from(is_free && (is_prose || evidence.form == Form::Sentence));
            sum.prose += u32::from(is_free && is_prose);
            sum.plain += u32::from(is_prose && evidence.own.is_none());
            sums.push(sum);
        }
        sums
    }
}

impl<'a> Page<'a> {
    /// Whether some line of `range` is text that someone wrote.
    fn has_text(&self, range: Range<usize>) -> bool {
        range.start < range.end && self.sums[range.end].texts > self.sums[range.start].texts
    }

    /// The number of lines of `range` that are running text or sentences.
    fn n_texts(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].texts.saturating_sub(self.sums[range.start].texts)
    }

    /// The number of lines of running text in `range`.
    fn n_prose(&self, range: Range<usize>) -> u32 {
        self.sums[range.end].prose.saturating_sub(self.sums[range.start].prose)
    }

    /// Whether some line of `range` is running text whose words claim no role.
    fn has_plain_prose(&self, range: Range<usize>) -> bool {
        range.start < range.end && self.sums[range.end].plain > self.sums[range.start].plain
    }

    /// The words of a line, without a list marker.
    fn content(&self, at: usize) -> &'a str {
        &self.text[self.lines[at].content]
    }
}
