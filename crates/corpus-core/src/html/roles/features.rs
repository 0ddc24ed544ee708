//! Features of the lines of a page with markup, for the model that tells the main text from all else.

use super::{
    Decision, Labeller,
    held::{Held, free_text, has_price, held},
    section::{Over, over},
};
use crate::{
    html::{
        kind::{Kinds, kinds},
        likeness::{alike, fold_hash},
        marks::{Inline, Landmarks},
        page::Line,
        region::ends_sentence,
        tag::Tag,
        words::Hints,
    },
    part::PartKind,
    role::Role,
    trees::{Table, scale, starts},
};
use std::collections::{HashMap, HashSet};

/// Declares the features, each with what it reads, in a few words; those with a number are sets of as many marks.
macro_rules! features {
    ($($name:ident: $about:literal $(* $bits:literal)?,)+) => {
        /// A group of features.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(super) enum Group { $($name,)+ }

        const ABOUT: &[&str] = &[$($about),+];
        const WIDTHS: &[usize] = &[$(features!(@width $($bits)?)),+];
    };
    (@width $bits:literal) => { $bits };
    (@width) => { 1 };
}

features! {
    Role: "what the rules make of it",
    Part: "the part that the rules put it in",
    Sure: "how sure the rules are",
    Ruled: "whether the rules make it text",
    Level: "its level as a heading",
    ListDepth: "the lists around it",
    Ordinal: "its number in a list",
    AfterBreak: "the line break before it",
    Element: "its element" * 10,
    Chars: "its length",
    Free: "its text that is no link",
    Linked: "how much of it is links",
    Ends: "its end",
    Words: "its words" * 5,
    Inline: "its type" * 8,
    Cells: "its cells",
    Depth: "how deep it lies",
    From: "its place on the page" * 4,
    TextPlace: "how much text stands before it",
    Title: "how far from the headline it stands",
    MainLine: "how far it is from what the rules make text" * 4,
    MainPath: "how far it is from the container of the text" * 3,
    Inside: "whether it lies in the container of the text",
    Held: "what its element holds" * 10,
    Outer: "what the element around it holds" * 10,
    Grand: "what the elements around it hold" * 10,
    Great: "what holds them" * 10,
    Repeated: "what the page repeats" * 11,
    Around: "how much text lies around it" * 3,
    Neighbour: "its neighbours" * 36,
    Heading: "the heading over it" * 3,
    Again: "how often it stands on the page" * 2,
    Described: "what the metadata say of it" * 2,
    Said: "what its words say" * 4,
    Page: "what the page is made of" * 18,
    Kind: "what kind of page it is" * 48,
    Landmark: "the elements around it" * 16,
    Within: "the elements between it and the article" * 16,
    Region: "the elements that hold it" * 16,
    Own: "its own name" * 44,
    Near: "the names around it" * 44,
    Names: "the names of what holds it" * 44,
    Places: "the names of what holds it, the whole page's aside" * 44,
    Likely: "what all features say of it" * 1,
    LikelyNear: "what they say of its neighbours" * 12,
    LikelyHeld: "what they say of what holds it" * 8,
    LikelyPage: "what they say of the page" * 8,
    LikelyAlike: "what they say of what is made alike" * 4,
    Section: "the headings of its sections" * 8,
    LikelySection: "what they say of its sections" * 4,
    Review: "whether it stands among reviews" * 4,
}

const N_GROUPS: usize = WIDTHS.len();

/// Where each group of features begins.
pub(super) const STARTS: [usize; N_GROUPS] = starts(WIDTHS);

/// The number of features of a line.
pub const N_FEATURES: usize = STARTS[N_GROUPS - 1] + WIDTHS[N_GROUPS - 1];

/// The number of features that the first trees know.
pub const N_FIRST: usize = STARTS[Group::Likely as usize];

/// `part` of `whole`, in hundredths.
fn share(part: u32, whole: u32) -> u8 {
    (u64::from(part) * 100).checked_div(u64::from(whole)).unwrap_or(0).min(255) as u8
}

/// What the features of a line and its neighbours are made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traits {
    pub(super) free: u32,
    chars: u8,
    linked: u8,
    ends: bool,
    ruled: bool,
    pub(super) level: u8,
    element: u8,
    pub(super) container: u32,
    /// Text up to here.
    text: u32,
    /// How often it stands on the page, and how often before.
    again: (u8, u8),
    /// Lines since the last line that the rules make text, and until the next one.
    since: u32,
    until: u32,
}

/// The features of the lines of a page.
pub(super) struct Features<'a> {
    pub(super) labeller: &'a Labeller<'a>,
    decisions: &'a [Decision],
    pub(super) traits: Vec<Traits>,
    pub(super) held: Vec<Held>,
    /// The headings over each line.
    pub(super) over: Vec<Over>,
    /// Words of the headline and the descriptions.
    title_words: HashSet<u64>,
    page: [u8; 18],
    kinds: u64,
}

impl<'a> Features<'a> {
    /// Reads what the features of a page are made of.
    pub(super) fn of(labeller: &'a Labeller<'a>, decisions: &'a [Decision]) -> Self {
        let page = labeller.page;
        let held = held(page, decisions, is_main_text);
        let mut traits: Vec<Traits> = Vec::with_capacity(page.lines.len());
        let mut copies: HashMap<u64, u32> = HashMap::new();
        let mut hashes = Vec::with_capacity(page.lines.len());
        let mut total = 0;
        let mut since = 255;
        for (line, decision) in page.lines.iter().zip(decisions) {
            let markup = &line.markup;
            let text = &page.text[line.span];
            let free = free_text(text, markup.chars, markup.link_chars);
            total += free;
            let ruled = is_main_text(decision);
            since = if ruled { 0 } else { since + 1 };
            let hash = fold_hash(&text[..text.floor_char_boundary(96)]);
            let n_before = copies.entry(hash).or_default();
            traits.push(Traits {
                free,
                chars: scale(markup.chars),
                linked: share(markup.link_chars, markup.chars),
                ends: ends_sentence(text),
                ruled,
                level: markup.level,
                element: markup.element as u8,
                container: markup.container,
                text: total,
                again: (0, scale(*n_before)),
                since,
                until: 0,
            });
            *n_before += 1;
            hashes.push(hash);
        }
        let mut until = 255;
        for (at, hash) in hashes.iter().enumerate().rev() {
            until = if traits[at].ruled { 0 } else { until + 1 };
            traits[at].until = until;
            traits[at].again.0 = scale(copies[hash]);
        }
        let levels = traits.iter().map(|traits| traits.level);
        let over = over(levels, |at| labeller.is_heading_of_others(at));
        let metadata = labeller.metadata;
        let titles = metadata.titles.iter().chain(&metadata.descriptions);
        let title_words = titles.flat_map(|title| title.value.split_whitespace().map(fold_hash)).collect();
        let address = metadata.url.as_ref().map_or(0, |url| kinds(&url.value).bits());
        let kinds = page.head.kinds.bits() | metadata.kinds.bits() << 16 | address << 32;
        let mut features =
            Features { labeller, decisions, traits, held, over, title_words, page: [0; 18], kinds };
        features.page = features.of_page();
        features
    }

    /// What the page is made of.
    fn of_page(&self) -> [u8; 18] {
        let Labeller { page, metadata, region, title, .. } = self.labeller;
        let root = self.held.first().copied().unwrap_or_default();
        let main = self.held.get(region.main as usize).copied().unwrap_or_default();
        let of = |is: &dyn Fn(&Line) -> bool| {
            let lines = page.lines.iter().zip(&self.traits).filter(|(line, _)| is(line));
            lines.map(|(_, traits)| traits.free).sum::<u32>()
        };
        let paragraphs = of(&|line| line.markup.element == Tag::P && line.markup.chars > 80);
        let items = of(&|line| line.markup.list_depth > 0);
        let tables = of(&|line| line.markup.landmarks.contains(Landmarks::TABLE));
        let codes = of(&|line| line.markup.landmarks.contains(Landmarks::PREFORMATTED));
        let posts = of(&|line| line.markup.around.contains(Hints::POST));
        let comments = of(&|line| line.markup.around.contains(Hints::COMMENT));
        let lists = of(&|line| line.markup.around.contains(Hints::LISTING));
        let repeated = self.held.iter().filter(|held| held.alike >= 3).max_by_key(|held| held.alike_text);
        let repeated = repeated.copied().unwrap_or_default();
        let times = page.lines.iter().filter(|line| line.markup.inline_some.contains(Inline::TIME)).count();
        let total = root.text;
        [
            scale(total),
            scale(root.lines),
            share(root.link_chars, root.chars),
            share(main.text, total),
            share(root.ruled, total),
            u8::from(metadata.is_article),
            share(paragraphs, total),
            share(items, total),
            share(tables.max(codes), total),
            share(posts, total),
            share(comments, total),
            share(lists, total),
            share(repeated.alike_text, total),
            scale(repeated.alike),
            scale(times as u32),
            scale(root.headings) + 64 * u8::from(title.is_none()),
            scale(root.prices),
            share(root.prices, root.lines),
        ]
    }

    /// Whether the page was published for a thread: where something names it one that is no article, or little but comments
    /// stands on it. A text of some length that readers comment on is an article, however much they have to say.
    pub(super) fn is_thread(&self) -> bool {
        /// Text of an opening post, at most, that nothing names one.
        const OPENING: u32 = 1000;
        let of = |part: PartKind| -> u32 {
            let lines = self.decisions.iter().zip(&self.traits);
            lines
                .filter(|(decision, _)| decision.part == part && decision.role != Role::Title)
                .map(|(_, traits)| traits.free)
                .sum()
        };
        let kinds = self.kinds | self.kinds >> 16 | self.kinds >> 32;
        let is_named = kinds & Kinds::THREAD.bits() != 0;
        if is_named && !self.labeller.metadata.is_article {
            return true;
        }
        let text = of(PartKind::Article);
        text.saturating_mul(3) < of(PartKind::Comments) && (is_named || text <= OPENING)
    }

    /// The features of all lines; those that know what the first trees say are zero.
    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(self.traits.len(), N_FEATURES);
        (0..self.traits.len()).for_each(|at| self.row(at, &mut table));
        table
    }

    fn row(&self, at: usize, table: &mut Table) {
        let Labeller { page, metadata, region, title, said, .. } = self.labeller;
        let line: &Line = &page.lines[at];
        let markup = &line.markup;
        let here = &self.traits[at];
        let text = &page.text[line.span];
        let n_lines = self.traits.len();
        let container = markup.container as usize;
        let decision = &self.decisions[at];
        let mut put =
            |group: Group, offset: usize, value: u8| table.set(at, STARTS[group as usize] + offset, value);
        put(Group::Role, 0, decision.role as u8);
        put(Group::Part, 0, decision.part as u8);
        put(Group::Sure, 0, (decision.confidence * 100.0) as u8);
        put(Group::Ruled, 0, here.ruled.into());
        put(Group::Level, 0, markup.level);
        put(Group::ListDepth, 0, markup.list_depth);
        put(Group::Ordinal, 0, markup.ordinal.map_or(0, |ordinal| scale(ordinal.saturating_add(1))));
        put(Group::AfterBreak, 0, markup.after_break.into());
        let elements = [
            Tag::P,
            Tag::Li,
            Tag::Tr,
            Tag::Div,
            Tag::Td,
            Tag::Dd,
            Tag::Dt,
            Tag::Pre,
            Tag::Section,
            Tag::Article,
        ];
        for (offset, element) in elements.into_iter().enumerate() {
            put(Group::Element, offset, u8::from(markup.element == element));
        }
        put(Group::Chars, 0, here.chars);
        put(Group::Free, 0, scale(here.free));
        put(Group::Linked, 0, here.linked);
        put(Group::Ends, 0, here.ends.into());
        for (offset, value) in words(text).into_iter().enumerate() {
            put(Group::Words, offset, value);
        }
        put(Group::Words, 4, has_price(text).into());
        let inline = [Inline::LINK, Inline::BOLD, Inline::TIME, Inline::AUTHOR];
        for (offset, mark) in inline.into_iter().enumerate() {
            put(Group::Inline, offset, markup.inline.contains(mark).into());
            put(Group::Inline, 4 + offset, markup.inline_some.contains(mark).into());
        }
        put(Group::Cells, 0, markup.n_cells);
        put(Group::Depth, 0, self.held[container].depth.min(255) as u8);
        let root = &self.held[0];
        let main = region.main as usize;
        let first = page.containers[main].first_line as usize;
        put(Group::From, 0, scale(at as u32));
        put(Group::From, 1, scale((n_lines - 1 - at) as u32));
        put(Group::From, 2, share(at as u32, n_lines as u32));
        put(Group::From, 3, signed(at, first));
        put(Group::TextPlace, 0, share(here.text, root.text));
        put(Group::Title, 0, title.map_or(255, |title| signed(at, title)));
        put(Group::MainLine, 0, scale(here.since));
        put(Group::MainLine, 1, scale(here.until));
        put(
            Group::MainLine,
            2,
            self.steps(at, at.checked_sub(here.since as usize).filter(|_| here.since < 255)),
        );
        put(Group::MainLine, 3, self.steps(at, Some(at + here.until as usize).filter(|_| here.until < 255)));
        let (up, down) = self.path(container, main);
        put(Group::MainPath, 0, up);
        put(Group::MainPath, 1, down);
        put(Group::MainPath, 2, up.saturating_add(down));
        put(Group::Inside, 0, region.inside[container].into());
        let mut outer = container;
        for group in [Group::Held, Group::Outer, Group::Grand, Group::Great] {
            for (offset, value) in self.of_container(outer, root).into_iter().enumerate() {
                put(group, offset, value);
            }
            outer = page.containers[outer].parent.map_or(outer, |parent| parent as usize);
        }
        let item = self.held[container].repeated.map(|item| item as usize);
        for (offset, value) in self.of_item(container, item, root).into_iter().enumerate() {
            put(Group::Repeated, offset, value);
        }
        for (offset, reach) in [2, 5, 12].into_iter().enumerate() {
            let end = self.traits[(at + reach).min(n_lines - 1)].text;
            let before = at.checked_sub(reach + 1).map_or(0, |before| self.traits[before].text);
            put(Group::Around, offset, scale(end - before));
        }
        let none = Traits { element: 255, linked: 255, container: u32::MAX, ..Traits::default() };
        for (number, offset) in [-3_isize, -2, -1, 1, 2, 3].into_iter().enumerate() {
            let other = at.checked_add_signed(offset).and_then(|at| self.traits.get(at)).unwrap_or(&none);
            let values = [
                other.chars,
                other.linked,
                u8::from(other.ruled) + 2 * u8::from(other.ends),
                u8::from(other.container == here.container) + 2 * u8::from(other.element == here.element),
                other.level,
                scale(other.free),
            ];
            for (offset, value) in values.into_iter().enumerate() {
                put(Group::Neighbour, number * 6 + offset, value);
            }
        }
        if let Some(heading) = self.over[at].heading {
            let over = &self.traits[heading as usize];
            put(Group::Heading, 0, scale(at as u32 - heading));
            put(Group::Heading, 1, over.level);
            put(Group::Heading, 2, 1 + u8::from(over.ruled) + 2 * u8::from(over.linked > 60));
        } else {
            put(Group::Heading, 0, 255);
            put(Group::Heading, 1, 0);
            put(Group::Heading, 2, 0);
        }
        for (offset, value) in self.of_sections(at).into_iter().enumerate() {
            put(Group::Section, offset, value);
        }
        put(Group::Again, 0, here.again.0);
        put(Group::Again, 1, here.again.1);
        let described = markup.chars > 30
            && metadata.descriptions.iter().any(|description| alike(&description.value, text));
        put(Group::Described, 0, described.into());
        let (mut n_words, mut known) = (0, 0);
        for word in text.split_whitespace().take(40) {
            n_words += 1;
            known += u32::from(self.title_words.contains(&fold_hash(word)));
        }
        put(Group::Described, 1, share(known, n_words));
        let said = &said[at];
        put(Group::Said, 0, said.own.map_or(0, |own| 1 + own.role as u8));
        put(Group::Said, 1, said.own.map_or(0, |own| (own.strength * 100.0) as u8));
        put(Group::Said, 2, said.label.role as u8);
        put(Group::Said, 3, said.label.zone as u8);
        for (offset, value) in self.page.into_iter().enumerate() {
            put(Group::Page, offset, value);
        }
        let names = [markup.own.with(markup.pieces), markup.near, markup.around, region.hints[container]];
        for (offset, names) in names.into_iter().enumerate() {
            put(Group::Review, offset, names.contains(Hints::REVIEW).into());
        }
        let mut bits = |group: Group, bits: u64| {
            let start = STARTS[group as usize];
            let mut bits = bits & ((1 << WIDTHS[group as usize]) - 1);
            while bits != 0 {
                table.set(at, start + bits.trailing_zeros() as usize, 1);
                bits &= bits - 1;
            }
        };
        bits(Group::Kind, self.kinds);
        bits(Group::Landmark, markup.landmarks.bits());
        bits(Group::Within, markup.within.bits());
        bits(Group::Region, region.landmarks[container].bits());
        bits(Group::Own, markup.own.with(markup.pieces).bits());
        bits(Group::Near, markup.near.bits());
        bits(Group::Names, markup.around.bits());
        bits(Group::Places, region.hints[container].bits());
    }

    /// The headings of the sections that a line lies in: what their words say, how far above they stand.
    fn of_sections(&self, at: usize) -> [u8; 8] {
        let Over { heading, outer, highest, is_aside } = self.over[at];
        let said = |heading: Option<u32>| {
            let own = heading.and_then(|heading| self.labeller.said[heading as usize].own);
            own.map_or(0, |own| 1 + own.role as u8)
        };
        let far = |heading: Option<u32>| heading.map_or(255, |heading| scale(at as u32 - heading));
        let outer_traits = outer.map(|outer| &self.traits[outer as usize]);
        [
            said(heading),
            said(outer),
            said(highest),
            is_aside.into(),
            far(outer),
            far(highest),
            outer_traits.map_or(0, |traits| traits.level),
            outer_traits.map_or(255, |traits| traits.linked),
        ]
    }

    fn of_container(&self, at: usize, root: &Held) -> [u8; 10] {
        let held = &self.held[at];
        let container = &self.labeller.page.containers[at];
        let kind = match container.tag {
            Tag::Div => 1,
            Tag::P => 2,
            Tag::Section => 3,
            Tag::Article => 4,
            Tag::Li => 5,
            Tag::Ul | Tag::Ol => 6,
            Tag::Td | Tag::Th | Tag::Tr => 7,
            Tag::Table | Tag::Tbody => 8,
            Tag::Main => 9,
            Tag::Body | Tag::Html => 10,
            Tag::Header | Tag::Footer => 11,
            _ => 0,
        };
        [
            share(held.text, root.text),
            scale(held.text),
            share(held.link_chars, held.chars),
            scale(held.lines),
            share(held.link_lines, held.lines),
            scale(held.chars.checked_div(held.lines).unwrap_or(0)),
            share(held.ruled, held.text),
            scale(held.headings),
            scale(held.alike),
            kind + 16 * u8::from(held.children > 0),
        ]
    }

    fn of_item(&self, container: usize, item: Option<usize>, root: &Held) -> [u8; 11] {
        let Some(item) = item else { return [0; 11] };
        let held = &self.held[item];
        [
            scale(held.alike),
            share(held.alike_text, root.text),
            scale(held.alike_text.checked_div(held.alike).unwrap_or(0)),
            share(held.link_chars, held.chars),
            scale(held.text),
            share(held.place, held.alike),
            (self.held[container].depth - held.depth).min(255) as u8 + 1,
            scale(held.lines),
            scale(held.place),
            share(held.alike_prices, held.alike),
            share(held.alike_times, held.alike),
        ]
    }

    /// Steps in the tree from the container of one line to that of another.
    fn steps(&self, at: usize, other: Option<usize>) -> u8 {
        let Some(other) = other else { return 255 };
        let (up, down) = self.path(self.traits[at].container as usize, self.traits[other].container as usize);
        up.saturating_add(down)
    }

    /// Steps up from one container to what holds both, and down to the other.
    fn path(&self, from: usize, to: usize) -> (u8, u8) {
        let (mut from, mut to) = (from, to);
        let (mut up, mut down) = (0_u8, 0_u8);
        while from != to {
            if self.held[from].depth >= self.held[to].depth {
                let Some(parent) = self.labeller.page.containers[from].parent else { break };
                from = parent as usize;
                up = up.saturating_add(1);
            } else {
                let Some(parent) = self.labeller.page.containers[to].parent else { break };
                to = parent as usize;
                down = down.saturating_add(1);
            }
        }
        (up, down)
    }
}

/// How far a line stands from another: 100 where it is the same, less before it and more behind it.
pub(super) fn signed(at: usize, from: usize) -> u8 {
    if at < from {
        100 - scale((from - at) as u32).min(100)
    } else {
        100 + scale((at - from) as u32).min(100)
    }
}

/// Shares of digits, capitals and marks among the first characters of a text, and its words.
fn words(text: &str) -> [u8; 4] {
    let (mut n, mut digits, mut capitals, mut marks, mut words, mut in_word) = (0, 0, 0, 0, 0, false);
    for byte in text.bytes().take(400) {
        n += 1;
        digits += u32::from(byte.is_ascii_digit());
        capitals += u32::from(byte.is_ascii_uppercase());
        marks += u32::from(byte.is_ascii_punctuation());
        let is_space = byte == b' ';
        words += u32::from(!is_space && !in_word);
        in_word = !is_space;
    }
    [share(digits, n), share(capitals, n), share(marks, n), scale(words)]
}

/// What the feature of a number reads, in a few words.
pub(super) fn about(feature: usize) -> &'static str {
    let group = STARTS.partition_point(|&start| start <= feature) - 1;
    ABOUT[group]
}

/// Whether a decision makes a line text of the article.
pub(super) fn is_main_text(decision: &Decision) -> bool {
    decision.part == PartKind::Article && decision.role.is_text() && decision.role != Role::Title
}
