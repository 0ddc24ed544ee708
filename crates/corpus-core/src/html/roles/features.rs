//! Features of the lines of a page with markup, for the model that tells the main text from all else.

use super::{Decision, Labeller};
use crate::{
    html::{page::Line, region::ends_sentence},
    part::PartKind,
    role::Role,
    sequence::Feature,
};

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
    Bias: "how often lines are so",
    Role: "what the rules make of it",
    Why: "the rule that found it",
    WhyChars: "the rule that found it, and its length",
    WhyShare: "the rule that found it, and how much text its container holds",
    Element: "its element",
    ElementChars: "its element and length",
    Landmark: "the elements around it",
    Own: "its own name",
    Pieces: "the names in it",
    Near: "the names around it",
    Around: "the names of what holds it",
    Region: "the names of what holds it, the whole page's aside",
    Inside: "whether it lies in the container of the main text",
    Chars: "its length",
    Linked: "how much of it is links",
    Ends: "whether it ends as a sentence",
    FromStart: "its distance from the start of the page",
    FromEnd: "its distance from the end of the page",
    Place: "where on the page it lies",
    TitleDistance: "how far from the headline it lies",
    TextAround: "how much text lies around it",
    TextBefore: "how much of the page's text lies before it",
    Container: "how much text its container holds",
    Parent: "how much text the container around it holds",
    PageText: "how much text the page has",
    First: "its first word",
    Whole: "its words",
    Above: "the line above",
    Below: "the line below",
    AboveRole: "what the rules make of the line above",
    BelowRole: "what the rules make of the line below",
    Pair: "what the rules make of it and its neighbours",
    Same: "whether its neighbours share its container",
    Again: "that it stands on the page more than once",
    Article: "what the page says that it is",
    RoleInside: "what the rules make of it, and where it lies",
    RoleAround: "what the rules make of it, and how much text lies around it",
    RolePage: "what the rules make of it, and how much text the page has",
    Depth: "how deep it lies",
    ListDepth: "the lists around it",
    Siblings: "how many lines its container holds",
    Said: "what its words and their place in the text say",
    Claim: "what its words say",
    SaidRole: "what its words and its markup say",
    SaidAround: "what the words of its neighbours say",
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

/// A hash of words, the same on any machine.
fn hash(text: &str) -> u32 {
    let mut hash: u32 = 0x811C_9DC5;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    hash
}

/// What the features of a line and its neighbours are made of.
#[derive(Clone, Copy, Debug, Default)]
struct Traits {
    role: u32,
    why: u32,
    element: u32,
    chars: u32,
    linked: u32,
    ends: u32,
    container: u32,
    /// Text that is no link up to here, in characters.
    text: u32,
}

/// The features of the lines of a page.
pub(super) struct Features<'a> {
    labeller: &'a Labeller<'a>,
    traits: Vec<Traits>,
    again: Vec<bool>,
    /// Per container: text in it and all it holds, number of lines, and depth.
    containers: Vec<(u32, u32, u32)>,
    total: u32,
    main: u32,
}

impl<'a> Features<'a> {
    /// Reads what the features of a page are made of.
    pub(super) fn of(labeller: &'a Labeller<'a>, decisions: &[Decision]) -> Self {
        let page = labeller.page;
        let mut traits = Vec::with_capacity(page.lines.len());
        let mut containers = vec![(0_u32, 0_u32, 0_u32); page.containers.len()];
        let mut hashes = Vec::with_capacity(page.lines.len());
        let mut total = 0;
        for (at, (line, decision)) in page.lines.iter().zip(decisions).enumerate() {
            let markup = &line.markup;
            let text = &page.text[line.span];
            let free = markup.chars.saturating_sub(markup.link_chars);
            let dense = text.len() as u32 > markup.chars * 5 / 2;
            let own = if free < 20 { 0 } else { free.min(2000) * (1 + u32::from(dense)) };
            total += own;
            let held = &mut containers[markup.container as usize];
            held.0 += own;
            held.1 += 1;
            traits.push(Traits {
                role: decision.role as u32 * 4 + decision.part as u32,
                why: hash(decision.why),
                element: markup.element as u32,
                chars: scale((markup.chars * (1 + u32::from(dense))) as usize / 4).min(20),
                linked: (markup.link_chars * 4).checked_div(markup.chars).unwrap_or(0).min(4),
                ends: u32::from(ends_sentence(text)),
                container: markup.container,
                text: total,
            });
            hashes.push((hash(&text[..text.floor_char_boundary(64)]), at as u32));
        }
        for at in (0..page.containers.len()).rev() {
            if let Some(parent) = page.containers[at].parent {
                containers[parent as usize].0 += containers[at].0;
            }
        }
        for at in 0..page.containers.len() {
            if let Some(parent) = page.containers[at].parent {
                containers[at].2 = containers[parent as usize].2 + 1;
            }
        }
        hashes.sort_unstable();
        let mut again = vec![false; page.lines.len()];
        for pair in hashes.windows(2) {
            if pair[0].0 == pair[1].0 {
                again[pair[0].1 as usize] = true;
                again[pair[1].1 as usize] = true;
            }
        }
        let main = containers.get(labeller.region.main as usize).map_or(0, |held| held.0);
        Features { labeller, traits, again, containers, total: total.max(1), main }
    }

    /// The share of the page's text that a container holds, in eighths.
    fn share(&self, container: u32) -> u32 {
        (u64::from(self.containers[container as usize].0) * 8 / u64::from(self.total)) as u32
    }

    /// Puts the features of a line into `features`, which is emptied first, each with its template.
    pub(super) fn line(&self, at: usize, features: &mut Vec<(Template, Feature)>) {
        features.clear();
        let mut put = |template: Template, value: u32| {
            features.push((template, Feature::new(template as u8, value)));
        };
        let Labeller { page, metadata, region, title, .. } = self.labeller;
        let line: &Line = &page.lines[at];
        let markup = &line.markup;
        let here = &self.traits[at];
        let text = &page.text[line.span];
        let n_lines = self.traits.len();
        let container = markup.container;
        let inside = u32::from(region.inside[container as usize]);
        let shape = (here.chars * 5 + here.linked) * 2 + here.ends;
        put(Template::Bias, 0);
        put(Template::Role, here.role);
        put(Template::Why, here.why);
        put(Template::WhyChars, here.why ^ shape);
        put(Template::WhyShare, here.why ^ self.share(container));
        put(Template::Element, here.element * 8 + u32::from(markup.level.min(7)));
        put(Template::ElementChars, here.element * 512 + shape);
        let named = [
            (Template::Own, markup.own.bits()),
            (Template::Pieces, markup.pieces.bits()),
            (Template::Near, markup.near.bits()),
            (Template::Around, markup.around.bits()),
            (Template::Region, region.hints[container as usize].bits()),
        ];
        for (template, mut bits) in named {
            while bits != 0 {
                put(template, bits.trailing_zeros() * 2 + inside);
                bits &= bits - 1;
            }
        }
        let mut bits = markup.landmarks.bits();
        while bits != 0 {
            put(Template::Landmark, bits.trailing_zeros());
            bits &= bits - 1;
        }
        let mut bits = markup.within.bits();
        while bits != 0 {
            put(Template::Landmark, 64 + bits.trailing_zeros());
            bits &= bits - 1;
        }
        put(Template::Inside, inside * 512 + shape);
        put(Template::Chars, here.chars);
        put(Template::Linked, here.linked * 256 + here.element);
        put(Template::Ends, shape);
        put(Template::FromStart, scale(at).min(18));
        put(Template::FromEnd, scale(n_lines - 1 - at).min(18));
        let place = (at * 8 / n_lines) as u32;
        put(Template::Place, place * 2 + inside);
        let distance = match *title {
            None => 63,
            Some(title) if at < title => 32 + scale(title - at).min(14),
            Some(title) => scale(at - title).min(16),
        };
        put(Template::TitleDistance, distance);
        let around = self.text_around(at);
        put(Template::TextAround, around * 128 + here.chars * 2 + here.ends);
        let before = (u64::from(here.text) * 8 / u64::from(self.total)) as u32;
        put(Template::TextBefore, before * 64 + here.chars);
        let share = self.share(container);
        put(Template::Container, share * 16 + scale(self.containers[container as usize].1 as usize).min(15));
        let parent = page.containers[container as usize].parent.unwrap_or(container);
        put(Template::Parent, share * 16 + self.share(parent));
        let grand = page.containers[parent as usize].parent.unwrap_or(parent);
        put(Template::Parent, 1000 + self.share(parent) * 16 + self.share(grand));
        let page_text = scale(self.total as usize / 64).min(20);
        let main = (u64::from(self.main) * 8 / u64::from(self.total)) as u32;
        put(Template::PageText, (page_text * 16 + main) * 2 + inside);
        put(Template::PageText, 4096 + shape * 32 + page_text);
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        put(Template::First, words.next().map_or(0, hash) ^ u32::from(markup.chars > 60));
        if markup.chars < 30 {
            put(Template::Whole, hash(text));
        }
        let said = |at: usize| {
            let said = &self.labeller.said[at];
            let claim = said.own.map_or(0, |own| 1 + own.role as u32 * 2 + u32::from(own.strength >= 0.7));
            (said.label.role as u32 * 8 + said.label.zone as u32, claim)
        };
        let (placed, claim) = said(at);
        put(Template::Said, placed * 2 + inside);
        put(Template::Said, 4096 + placed * 32 + here.chars);
        put(Template::Claim, claim);
        put(Template::Claim, 4096 + claim * 32 + here.chars);
        put(Template::SaidRole, placed * 1024 + here.role);
        put(Template::SaidRole, (placed * 1024 + here.element) * 2 + inside + 1_000_000);
        for (offset, number) in [(-1, 1), (1, 2)] {
            if let Some(other) = at.checked_add_signed(offset).filter(|&other| other < n_lines) {
                let (placed, claim) = said(other);
                put(Template::SaidAround, (placed * 64 + claim) * 4 + number);
            }
        }
        let none = Traits { role: 127, element: 255, ..Traits::default() };
        let neighbour =
            |offset: isize| at.checked_add_signed(offset).and_then(|at| self.traits.get(at)).unwrap_or(&none);
        for (offset, both, role) in [(-2, 2, 2), (-1, 0, 0), (1, 1, 1), (2, 3, 3)] {
            let other = neighbour(offset);
            let template = if offset < 0 { Template::Above } else { Template::Below };
            put(
                template,
                (both * 512 + (other.chars * 5 + other.linked) * 2 + other.ends) * 256 + other.element,
            );
            let template = if offset < 0 { Template::AboveRole } else { Template::BelowRole };
            put(template, role * 128 + other.role);
        }
        put(Template::Pair, here.role * 128 + neighbour(-1).role);
        put(Template::Pair, 0x10_0000 + here.role * 128 + neighbour(1).role);
        let same = |other: &Traits| {
            u32::from(other.container == container) + 2 * u32::from(other.element == here.element)
        };
        put(Template::Same, (same(neighbour(-1)) * 4 + same(neighbour(1))) * 256 + here.element);
        if self.again[at] {
            put(Template::Again, here.chars * 2 + inside);
        }
        put(Template::Article, u32::from(metadata.is_article) * 128 + here.role);
        put(Template::RoleInside, (here.role * 2 + inside) * 16 + share);
        put(Template::RoleAround, here.role * 32 + around);
        put(Template::RolePage, here.role * 32 + page_text);
        put(Template::Depth, self.containers[container as usize].2.min(40));
        put(Template::ListDepth, u32::from(markup.list_depth.min(7)) * 512 + shape);
        put(Template::Siblings, scale(self.containers[container as usize].1 as usize).min(15) * 512 + shape);
    }

    /// Text within four lines, in characters on a coarse scale.
    fn text_around(&self, at: usize) -> u32 {
        let end = (at + 4).min(self.traits.len() - 1);
        let before = at.checked_sub(5).map_or(0, |before| self.traits[before].text);
        scale((self.traits[end].text - before) as usize / 32).min(20)
    }
}

/// Whether a decision makes a line text of the article.
pub(super) fn is_main_text(decision: &Decision) -> bool {
    decision.part == PartKind::Article && decision.role.is_text() && decision.role != Role::Title
}
