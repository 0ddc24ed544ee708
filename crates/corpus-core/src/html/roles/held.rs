//! What the elements of a page hold: text, links and lines, and how often the page repeats an element made alike.

use super::decision::Decision;
use crate::html::{marks::Inline, page::Page, words::Hints};
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
    /// Lines that state a price.
    pub(super) prices: u32,
    /// Lines in which markup names a time.
    pub(super) times: u32,
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
    /// Lines that state a price, and such with a time, in all that are made as this one.
    pub(super) alike_prices: u32,
    pub(super) alike_times: u32,
    /// Its place among those made as it, from 0.
    pub(super) place: u32,
}

/// The text of a line that is no link; one character of a dense script counts twice.
pub(super) fn free_text(text: &str, chars: u32, link_chars: u32) -> u32 {
    let dense = text.len() as u32 > chars * 5 / 2;
    chars.saturating_sub(link_chars) * (1 + u32::from(dense))
}

/// Whether a short line states a price: a figure beside the sign of a currency.
pub(super) fn has_price(text: &str) -> bool {
    /// Longest line that is read, in bytes.
    const LONGEST: usize = 160;
    const SIGNS: [char; 8] = ['$', '€', '£', '¥', '₹', '₩', '₽', '₺'];
    let is_figure = |c: char| c.is_ascii_digit();
    text.len() <= LONGEST
        && text.match_indices(SIGNS).any(|(at, sign)| {
            text[at + sign.len()..].trim_start().starts_with(is_figure)
                || text[..at].trim_end().ends_with(is_figure)
        })
}

/// What each container of `page` holds.
pub(super) fn held(page: &Page, decisions: &[Decision], is_main: impl Fn(&Decision) -> bool) -> Vec<Held> {
    let mut held = vec![Held::default(); page.containers.len()];
    for (line, decision) in page.lines.iter().zip(decisions) {
        let markup = &line.markup;
        let own = &mut held[markup.container as usize];
        let written = &page.text[line.span];
        let text = free_text(written, markup.chars, markup.link_chars);
        own.text += text;
        own.chars += markup.chars;
        own.link_chars += markup.link_chars.min(markup.chars);
        own.lines += 1;
        own.link_lines += u32::from(markup.link_chars * 10 > markup.chars * 6);
        own.headings += u32::from(markup.level > 0);
        own.ruled += if is_main(decision) { text } else { 0 };
        own.prices += u32::from(has_price(written));
        let is_time =
            markup.inline_some.contains(Inline::TIME) || markup.own.with(markup.pieces).contains(Hints::DATE);
        own.times += u32::from(is_time);
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
        outer.prices += inner.prices;
        outer.times += inner.times;
        outer.children += 1;
    }
    repetitions(page, &mut held);
    held
}

/// Elements that are made alike: how many, the first, and what all of them hold.
#[derive(Clone, Copy, Default)]
struct Group {
    alike: u32,
    first: u32,
    text: u32,
    prices: u32,
    times: u32,
}

/// Counts the elements that are made alike: of one tag and class, in elements of one tag and class, equally deep.
fn repetitions(page: &Page, held: &mut [Held]) {
    /// Fewest elements made alike that count as repeated.
    const FEW: u32 = 3;
    let mut groups: HashMap<(u64, u32), Group> = HashMap::new();
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
        let group = groups.entry(key).or_insert(Group { first: at as u32, ..Group::default() });
        held[at].group = group.first;
        held[at].place = group.alike;
        group.alike += 1;
        group.text += held[at].text;
        group.prices += held[at].prices;
        group.times += held[at].times;
        keys.push(key);
    }
    for at in 0..held.len() {
        let Group { alike, text, prices, times, .. } = groups[&keys[at]];
        held[at].alike = alike;
        held[at].alike_text = text;
        held[at].alike_prices = prices;
        held[at].alike_times = times;
        let outer = page.containers[at].parent.and_then(|parent| held[parent as usize].repeated);
        let is_more = outer.is_none_or(|outer| held[outer as usize].alike_text < text);
        held[at].repeated = if alike >= FEW && is_more { Some(at as u32) } else { outer };
    }
}

#[cfg(test)]
mod tests {
    use super::has_price;

    #[test]
    fn a_price_is_a_figure_beside_a_sign() {
        assert!(has_price("Oak stool $ 49.95") && has_price("now 12,50 €"));
        assert!(!has_price("The cost in €") && !has_price("4 stools"));
    }
}
