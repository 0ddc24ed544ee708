//! What the elements of a page hold: text, links and lines, and how often the page repeats an element made alike.

use super::decision::Decision;
use crate::html::page::Page;
use std::collections::HashMap;

/// What an element and all in it hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Held {
    /// Text that is no link, in characters; one of a dense script counts twice.
    pub(super) text: u32,
    /// Characters.
    pub(super) chars: u32,
    /// Characters in links.
    pub(super) link_chars: u32,
    /// Lines.
    pub(super) lines: u32,
    /// Lines that are links.
    pub(super) link_lines: u32,
    /// Headings.
    pub(super) headings: u32,
    /// Text that the rules make text of the article, in characters.
    pub(super) ruled: u32,
    /// Number of elements around it.
    pub(super) depth: u32,
    /// Number of elements that directly hold lines or other such elements in it.
    pub(super) children: u32,
    /// The element around this one, or this one, that the page repeats and that matters most.
    pub(super) repeated: Option<u32>,
    /// The first of the elements that are made as this one.
    pub(super) group: u32,
    /// How many elements are made as this one.
    pub(super) alike: u32,
    /// Text in all that are made as this one.
    pub(super) alike_text: u32,
    /// Its place among those made as it, from 0.
    pub(super) place: u32,
}

/// The text of a line that is no link; one character of a dense script counts twice.
pub(super) fn free_text(text: &str, chars: u32, link_chars: u32) -> u32 {
    let dense = text.len() as u32 > chars * 5 / 2;
    chars.saturating_sub(link_chars) * (1 + u32::from(dense))
}

/// What each container of `page` holds.
pub(super) fn held(page: &Page, decisions: &[Decision], is_main: impl Fn(&Decision) -> bool) -> Vec<Held> {
    let mut held = vec![Held::default(); page.containers.len()];
    for (line, decision) in page.lines.iter().zip(decisions) {
        let markup = &line.markup;
        let own = &mut held[markup.container as usize];
        let text = free_text(&page.text[line.span], markup.chars, markup.link_chars);
        own.text += text;
        own.chars += markup.chars;
        own.link_chars += markup.link_chars.min(markup.chars);
        own.lines += 1;
        own.link_lines += u32::from(markup.link_chars * 10 > markup.chars * 6);
        own.headings += u32::from(markup.level > 0);
        own.ruled += if is_main(decision) { text } else { 0 };
    }
    for at in (1..held.len()).rev() {
        let Some(parent) = page.containers[at].parent else { continue };
        let inner = held[at];
        let outer = &mut held[parent as usize];
        outer.text += inner.text;
        outer.chars += inner.chars;
        outer.link_chars += inner.link_chars;
        outer.lines += inner.lines;
        outer.link_lines += inner.link_lines;
        outer.headings += inner.headings;
        outer.ruled += inner.ruled;
        outer.children += 1;
    }
    repetitions(page, &mut held);
    held
}

/// Counts the elements that are made alike: of one tag and class, in elements of one tag and class, equally deep.
fn repetitions(page: &Page, held: &mut [Held]) {
    /// Fewest elements made alike that count as repeated.
    const FEW: u32 = 3;
    let mut groups: HashMap<(u64, u32), (u32, u32, u32)> = HashMap::new();
    let made = |at: u32| {
        let container = &page.containers[at as usize];
        u64::from(container.class) << 8 | container.tag as u64
    };
    let mut keys = Vec::with_capacity(held.len());
    for at in 0..held.len() {
        let parent = page.containers[at].parent;
        held[at].depth = parent.map_or(0, |parent| held[parent as usize].depth + 1);
        let outer = parent.map_or(0, made).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let key = (made(at as u32) ^ outer, held[at].depth);
        let (n, text, first) = groups.entry(key).or_insert((0, 0, at as u32));
        held[at].group = *first;
        held[at].place = *n;
        *n += 1;
        *text += held[at].text;
        keys.push(key);
    }
    for at in 0..held.len() {
        let (alike, text, _) = groups[&keys[at]];
        held[at].alike = alike;
        held[at].alike_text = text;
        let outer = page.containers[at].parent.and_then(|parent| held[parent as usize].repeated);
        let is_more = outer.is_none_or(|outer| held[outer as usize].alike_text < text);
        held[at].repeated = if alike >= FEW && is_more { Some(at as u32) } else { outer };
    }
}
