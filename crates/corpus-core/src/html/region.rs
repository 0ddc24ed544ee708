//! The region of a page that holds what it was published for.

use super::{
    marks::Landmarks,
    page::{Line, Page},
    tag::Tag,
    words::Hints,
};

/// Hints of what is not the article.
pub(crate) const FOREIGN: Hints = Hints::COMMENT
    .with(Hints::RELATED)
    .with(Hints::SHARE)
    .with(Hints::PROMO)
    .with(Hints::ADVERT)
    .with(Hints::NAVIGATION)
    .with(Hints::FOOTER)
    .with(Hints::LEGAL)
    .with(Hints::SIDEBAR)
    .with(Hints::MODAL)
    .with(Hints::FORM)
    .with(Hints::TAGS);

/// Elements that hold what is not the article.
pub(crate) const FOREIGN_LANDMARKS: Landmarks = Landmarks::NAV
    .with(Landmarks::FOOTER)
    .with(Landmarks::ASIDE)
    .with(Landmarks::FORM)
    .with(Landmarks::SEARCH)
    .with(Landmarks::DIALOG)
    .with(Landmarks::COMMENT);

/// Where the main text lies, and what the containers hint at once what holds the main text is set aside.
pub(crate) struct Region {
    /// The container of the main text.
    pub(crate) main: u32,
    /// Per container: whether it lies in the main one.
    pub(crate) inside: Vec<bool>,
    /// Per container: what it and those around it hint at, without hints that would cover most of the page's text.
    pub(crate) hints: Vec<Hints>,
    /// Per container: what it and those around it are, with the same exception.
    pub(crate) landmarks: Vec<Landmarks>,
}

impl Region {
    /// The numbers of the lines in the main container.
    pub(crate) fn inside_lines<'a>(&'a self, page: &'a Page) -> impl DoubleEndedIterator<Item = usize> + 'a {
        (0..page.lines.len()).filter(|&at| self.inside[page.lines[at].markup.container as usize])
    }

    /// Whether the line at `at`, or the last one before it, belongs to something beside the article: comments, other
    /// articles, menus.
    pub(crate) fn is_beside(&self, page: &Page, at: usize) -> bool {
        let hints = Hints::COMMENT.with(Hints::RELATED).with(Hints::SIDEBAR).with(Hints::TEASER);
        let places = Landmarks::COMMENT.with(Landmarks::ASIDE).with(Landmarks::NAV);
        let Some(line) = page.lines.get(at).or(page.lines.last()) else { return false };
        let container = line.markup.container as usize;
        self.hints[container].any(hints)
            || self.landmarks[container].any(places)
            || self.landmarks[container].contains(Landmarks::FOOTER)
                && !line.markup.within.contains(Landmarks::ARTICLE)
    }

    /// Finds the region.
    pub(crate) fn find(page: &Page) -> Region {
        let containers = &page.containers;
        let weights: Vec<f32> = page.lines.iter().map(|line| weight(line, &page.text[line.span])).collect();
        let raw = sums(page, &weights);
        let total = raw.first().copied().unwrap_or_default();
        let mut hints = vec![Hints::NONE; containers.len()];
        let mut landmarks = vec![Landmarks::NONE; containers.len()];
        for (index, container) in containers.iter().enumerate() {
            let (around, outer) = match container.parent {
                Some(parent) => (hints[parent as usize], containers[parent as usize].landmarks),
                None => (Hints::NONE, Landmarks::NONE),
            };
            let (mut own, mut landmark) = (container.own, container.landmarks.without(outer));
            if raw[index] > total * MOST {
                own = own.without(FOREIGN).without(Hints::TEASER);
                landmark = landmark.without(FOREIGN_LANDMARKS);
            }
            hints[index] = around.with(own);
            landmarks[index] =
                container.parent.map_or(Landmarks::NONE, |parent| landmarks[parent as usize]).with(landmark);
        }
        let adjusted = own_text(page, &weights, &mut hints, &mut landmarks, total);
        let good = sums(page, &adjusted);
        let main = descend(page, &good, &hints);
        let mut inside = vec![false; containers.len()];
        for (index, container) in containers.iter().enumerate() {
            inside[index] =
                index == main as usize || container.parent.is_some_and(|parent| inside[parent as usize]);
        }
        Region { main, inside, hints, landmarks }
    }
}

/// A container that holds more than this share of a page's running text is not what its name says.
const MOST: f32 = 0.6;

/// The lines' weights, those of what is not the article made small. A name that leaves a page without text of its own
/// is taken from all of the page.
fn own_text(
    page: &Page,
    weights: &[f32],
    hints: &mut [Hints],
    landmarks: &mut [Landmarks],
    total: f32,
) -> Vec<f32> {
    /// Least running text of an article, in characters.
    const LEAST: f32 = 300.0;
    let is_foreign =
        |hints: Hints, landmarks: Landmarks| hints.any(FOREIGN) || landmarks.any(FOREIGN_LANDMARKS);
    let is_thread =
        page.containers.iter().filter(|container| container.own.contains(Hints::COMMENT)).nth(2).is_some();
    for _ in 0..4 {
        let own: f32 = page
            .lines
            .iter()
            .zip(weights)
            .filter(|(line, _)| {
                let container = line.markup.container as usize;
                !is_foreign(hints[container], landmarks[container])
            })
            .map(|(_, weight)| weight)
            .sum();
        if own >= LEAST || own * 3.0 > total {
            break;
        }
        let covered = |covers: &dyn Fn(usize) -> bool| -> f32 {
            let lines = page.lines.iter().zip(weights);
            lines.filter(|(line, _)| covers(line.markup.container as usize)).map(|(_, weight)| weight).sum()
        };
        let by_hint = FOREIGN
            .each()
            .map(|hint| (covered(&|container| hints[container].contains(hint)), Some(hint), None));
        let by_landmark = FOREIGN_LANDMARKS.each().map(|landmark| {
            (covered(&|container| landmarks[container].contains(landmark)), None, Some(landmark))
        });
        // Comments come last where they are many: it is rather the article that stands in something of another name.
        let yields = |&(covered, hint, landmark): &(f32, Option<Hints>, Option<Landmarks>)| {
            covered >= LEAST && hint != Some(Hints::COMMENT) && landmark != Some(Landmarks::COMMENT)
        };
        let weighed = |of: &(f32, Option<Hints>, Option<Landmarks>)| (is_thread && yields(of), of.0);
        let most = by_hint.chain(by_landmark).max_by(|a, b| {
            let (a, b) = (weighed(a), weighed(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let Some((_, hint, landmark)) = most else { break };
        for index in 0..hints.len() {
            hints[index] = hint.map_or(hints[index], |hint| hints[index].without(hint));
            landmarks[index] =
                landmark.map_or(landmarks[index], |landmark| landmarks[index].without(landmark));
        }
    }
    let lines = page.lines.iter().zip(weights);
    lines
        .map(|(line, weight)| {
            let container = line.markup.container as usize;
            if is_foreign(hints[container], landmarks[container]) {
                weight * 0.1
            } else if hints[container].contains(Hints::TEASER) {
                weight * 0.4
            } else {
                *weight
            }
        })
        .collect()
}

/// Sum of the lines' weights in each container and all it holds.
fn sums(page: &Page, weights: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0; page.containers.len()];
    for (line, weight) in page.lines.iter().zip(weights) {
        sums[line.markup.container as usize] += weight;
    }
    for (index, container) in page.containers.iter().enumerate().rev() {
        if let Some(parent) = container.parent {
            sums[parent as usize] += sums[index];
        }
    }
    sums
}

/// From the root down to the smallest container that holds most of the good text.
fn descend(page: &Page, good: &[f32], hints: &[Hints]) -> u32 {
    /// Share of a container's text that one inside it must hold to be gone down into.
    const SHARE: f32 = 0.75;
    let mut best_child = vec![(0_u32, 0.0_f32); page.containers.len()];
    for (index, container) in page.containers.iter().enumerate() {
        if let Some(parent) = container.parent
            && good[index] > best_child[parent as usize].1
        {
            best_child[parent as usize] = (index as u32, good[index]);
        }
    }
    let mut main = 0_u32;
    while let Some(&(child, weight)) = best_child.get(main as usize) {
        let container = &page.containers[main as usize];
        let is_body = container.landmarks.contains(Landmarks::BODY)
            || hints[main as usize].contains(Hints::BODY) && container.own.contains(Hints::BODY);
        let share = if is_body { 0.97 } else { SHARE };
        if weight <= 0.0 || weight < good[main as usize] * share {
            break;
        }
        // A lone paragraph is no region.
        if matches!(
            page.containers[child as usize].tag,
            Tag::P | Tag::Li | Tag::H1 | Tag::H2 | Tag::H3 | Tag::Pre | Tag::Tr | Tag::Td
        ) && best_child[child as usize].1 <= 0.0
        {
            break;
        }
        main = child;
    }
    main
}

/// How much of a line is running text, in characters.
fn weight(line: &Line, text: &str) -> f32 {
    let markup = &line.markup;
    let chars = markup.chars as f32;
    let free = chars - markup.link_chars.min(markup.chars) as f32;
    if markup.level > 0
        || free < chars * 0.5
        || markup.landmarks.any(Landmarks::BUTTON.with(Landmarks::FIGCAPTION))
    {
        return 0.0;
    }
    // A character of a dense script says as much as two letters.
    let dense = text.len() as f32 > chars * 2.5;
    let length = if dense { free * 2.0 } else { free };
    let ends = ends_sentence(text);
    let factor = match markup.element {
        Tag::P if ends || length > 120.0 => 1.0,
        Tag::P => 0.5,
        Tag::Li | Tag::Dd | Tag::Dt | Tag::Tr => 0.4,
        _ if ends && length > 80.0 => 0.9,
        _ if length > 150.0 => 0.7,
        _ => 0.1,
    };
    let factor = if length < 25.0 { factor * 0.2 } else { factor };
    length.min(3000.0) * factor
}

/// Whether a text ends as sentences do.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', ')', ']', ' ', '\u{A0}', '」', '』'])
        .ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '۔', '।', '።'])
}
