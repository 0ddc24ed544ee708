//! The zones of a page: where the article lies, where other things do.

use super::{Page, evidence::Form, thread::Thread};
use crate::{cue::Cue, layout::End, role::Role};
use std::ops::Range;

/// A stretch of a page that does one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The article the page was published for.
    Article,
    /// A further whole article.
    Embedded,
    /// Links to other articles.
    Related,
    /// Navigation, promotion, forms, legal notices.
    Furniture,
    /// Readers' comments.
    Comments,
}

/// The states of the walk down a page. Furniture before the article is a state of its own: nothing is odd about an
/// article that begins after a menu, but much about one that goes on after the footer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Top,
    Article,
    Related,
    Bottom,
    Embedded,
}

const STATES: [State; 5] = [State::Top, State::Article, State::Related, State::Bottom, State::Embedded];
const NEVER: f32 = -1e9;
/// What a title, a date and full paragraphs below a heading of links speak for a further whole article.
const OPENING: f32 = 1.0;

/// What it costs to go from one state (row) to another (column), in the order of `STATES`. An embedded article is
/// entered only where `opens_article` says so.
const STEP: [[f32; 5]; 5] = [
    [0.0, 0.0, -2.0, NEVER, NEVER],
    [NEVER, 0.0, -2.2, -1.8, -0.4],
    [NEVER, -3.2, 0.0, -0.4, -0.2],
    [NEVER, -3.4, -0.5, 0.0, -0.6],
    [NEVER, -5.0, -0.8, -1.2, 0.0],
];

/// The zone of each line: the walk down the page on which the evidence is strongest (Viterbi).
pub(super) fn divide(page: &Page<'_>, thread: &Thread) -> Vec<Zone> {
    let n_lines = page.lines.len();
    let teasers = teasers(page);
    let distances = distances(page);
    let mut best = [0.0, 0.0, NEVER, NEVER, NEVER];
    let mut from: Vec<[u8; 5]> = Vec::with_capacity(n_lines);
    for at in 0..n_lines {
        let mut here =
            if thread.range.contains(&at) { [0.0; 5] } else { scores(page, at, teasers[at], distances[at]) };
        if !thread.range.is_empty() && at >= thread.range.end {
            // An article does not go on behind its comments.
            here[1] -= 1.0;
        }
        let opens = opens_article(page, at);
        let mut next = [NEVER; 5];
        let mut back = [0; 5];
        for (to, state) in STATES.iter().enumerate() {
            for (origin, &score) in best.iter().enumerate() {
                let mut step =
                    if at == 0 { if to == origin { 0.0 } else { NEVER } } else { STEP[origin][to] };
                if *state == State::Embedded && !opens && origin != to {
                    step = NEVER;
                }

                if score + step > next[to] {
                    next[to] = score + step;
                    back[to] = origin as u8;
                }
            }
            next[to] += here[to];
            if *state == State::Embedded && opens {
                next[to] += OPENING;
            }
        }
        best = next;
        from.push(back);
    }
    let mut state =
        (0..STATES.len()).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a))).unwrap_or(0);
    let mut zones = vec![Zone::Furniture; n_lines];
    for at in (0..n_lines).rev() {
        zones[at] = match STATES[state] {
            _ if thread.range.contains(&at) => Zone::Comments,
            State::Top | State::Bottom => Zone::Furniture,
            State::Article => Zone::Article,
            State::Related => Zone::Related,
            State::Embedded => Zone::Embedded,
        };
        state = usize::from(from[at][state]);
    }
    zones
}

/// Takes what seems a further article for the article of the page where the page has hardly a text before it: its headline
/// stood apart, or what seemed the article was an appeal.
pub(super) fn own(page: &Page<'_>, zones: &mut [Zone]) {
    /// So many times the running text before it a further article has that is the page's own.
    const FAR_MORE: u32 = 4;
    let runs = runs(page, zones);
    let is_text =
        |(zone, run): &&(Zone, Range<usize>)| *zone == Zone::Embedded && page.n_prose(run.clone()) > 1;
    let Some((_, embedded)) = runs.iter().find(is_text) else { return };
    let before = runs.iter().take_while(|(_, run)| run.start < embedded.start);
    let told = before.filter(|(zone, _)| *zone == Zone::Article).map(|(_, run)| page.n_prose(run.clone()));
    if told.sum::<u32>() * FAR_MORE <= page.n_prose(embedded.clone()) {
        zones[embedded.clone()].fill(Zone::Article);
    }
}

/// The runs of lines in one zone, in order. Two embedded articles in a row are one run for each.
pub(super) fn runs(page: &Page<'_>, zones: &[Zone]) -> Vec<(Zone, Range<usize>)> {
    let mut runs: Vec<(Zone, Range<usize>)> = Vec::new();
    for (at, &zone) in zones.iter().enumerate() {
        let begins = zone == Zone::Embedded && (opens_article(page, at) || opens_another(page, at));
        match runs.last_mut() {
            Some((last, range)) if *last == zone && !begins => range.end = at + 1,
            _ => runs.push((zone, at..at + 1)),
        }
    }
    runs
}

/// How well a line fits each state, in the order of `STATES`.
fn scores(page: &Page<'_>, at: usize, is_teaser: bool, distance: usize) -> [f32; 5] {
    let line = &page.lines[at];
    let evidence = &page.evidence[at];
    let shape = &line.shape;
    let weight = (shape.n_chars as f32 / 150.0).clamp(0.6, 3.0);
    let mut article: f32;
    let mut related: f32;
    let mut furniture: f32;
    match evidence.form {
        Form::Prose => {
            article = weight;
            let is_summary = shape.n_stops == 0 && shape.n_chars < 240 && at > 0 && is_title(page, at - 1);
            related = if is_summary { 0.2 } else { -0.8 * weight };
            furniture = -0.6 * weight;
        }
        Form::Sentence => {
            article = 0.3;
            related = -0.2;
            furniture = -0.1;
        }
        Form::Short => {
            // Short lines belong to the text they stand beside.
            article = match distance {
                0..=6 => 0.2,
                7..=12 => 0.0,
                _ => -0.2,
            };
            related = if is_title(page, at) { 0.15 } else { 0.1 };
            furniture = 0.1;
        }
        Form::Row | Form::Code => {
            article = 0.3;
            related = -0.3;
            furniture = 0.0;
        }
    }
    if line.marker.is_some() {
        article += if distance <= 12 { 0.2 } else { 0.0 };
        related += if is_title(page, at) { 0.2 } else { 0.0 };
    }
    if let Some(own) = evidence.own {
        let strength = own.strength;
        match own.role {
            Role::RelatedHeading if is_set_in(page, at) => {
                article = -0.1;
                related = 0.6;
                furniture = 0.0;
            }
            Role::RelatedHeading => {
                article = -1.3 * strength;
                related = 1.8 * strength;
                furniture = 0.2;
            }
            Role::RelatedTitle => {
                // One link set into an article does not end it.
                article = -0.1;
                related = 0.6;
                furniture = 0.0;
            }
            role if role.is_furniture() && strength >= super::evidence::SURE => {
                article = -0.35 * strength;
                related = related.min(0.2);
                furniture = if matches!(role, Role::Form | Role::Legal) { 1.4 } else { 0.9 } * strength;
            }
            Role::Timestamp => {
                article += 0.2;
                related += 0.3;
            }
            role if !role.is_furniture() => article += 0.5 * strength,
            _ => {}
        }
    }
    if is_teaser {
        article = -0.8;
        related = 1.6;
    }
    let is_cut = shape.end == End::Cut && at > 0 && is_title(page, at - 1);
    if is_cut && !is_teaser {
        article *= 0.3;
        related += 0.6;
    }
    let top = match evidence.form {
        _ if evidence.is_furniture() => furniture * 0.25,
        Form::Prose => -weight,
        _ if distance > 8 => 0.1,
        _ if distance > 4 => -0.1,
        _ => -0.5,
    };
    [top, article, related, furniture, article]
}

/// Whether the heading of links at a line is set into a text that goes on below it, over one link at most: it ends the
/// article no more than the link would.
fn is_set_in(page: &Page<'_>, at: usize) -> bool {
    /// Lines of text that have to follow, and the lines above of which one is running text.
    const BELOW: usize = 2;
    const ABOVE: usize = 4;
    let is_text = |at: usize| {
        page.evidence.get(at).is_some_and(|evidence| {
            matches!(evidence.form, Form::Prose | Form::Sentence)
                && evidence.sure().is_none()
                && page.lines[at].shape.end != End::Cut
        })
    };
    let first = at + 1 + usize::from(at + 1 < page.lines.len() && is_title(page, at + 1));
    (at.saturating_sub(ABOVE)..at).any(|above| page.evidence[above].form == Form::Prose)
        && (first..first + BELOW).all(is_text)
}

/// The number of lines between each line and the nearest running text.
fn distances(page: &Page<'_>) -> Vec<usize> {
    let n_lines = page.lines.len();
    let is_text = |at: usize| page.evidence[at].form == Form::Prose && page.evidence[at].sure().is_none();
    let mut distances = vec![n_lines; n_lines];
    let mut since = n_lines;
    for (at, distance) in distances.iter_mut().enumerate() {
        since = if is_text(at) { 0 } else { since.saturating_add(1) };
        *distance = since;
    }
    since = n_lines;
    for (at, distance) in distances.iter_mut().enumerate().rev() {
        since = if is_text(at) { 0 } else { since.saturating_add(1) };
        *distance = since.min(*distance);
    }
    distances
}

/// Whether a line could be the title of an article: some words, no end of a sentence.
pub(super) fn is_title(page: &Page<'_>, at: usize) -> bool {
    let shape = &page.lines[at].shape;
    let evidence = &page.evidence[at];
    evidence.form == Form::Short
        && evidence.sure().is_none()
        && (2..=24).contains(&shape.n_words)
        && shape.n_chars <= 180
        && matches!(shape.end, End::Open | End::Asked)
        && shape.n_letters > shape.n_digits
}

/// Which lines are titles and teasers of other articles by their pattern: a title, then a text that the page itself
/// cut short; twice at least in a row.
fn teasers(page: &Page<'_>) -> Vec<bool> {
    let n_lines = page.lines.len();
    let mut teasers = vec![false; n_lines];
    let is_cut = |at: usize| {
        let shape = &page.lines[at].shape;
        let is_cut = shape.end == End::Cut || (page.evidence[at].cues.has(Cue::More) && shape.n_words >= 12);
        shape.n_words >= 8 && is_cut && shape.n_chars < 500
    };
    // The end of the teaser that begins at `at`: perhaps a date or a button, perhaps a title, then a text cut short.
    let teaser_end = |at: usize| {
        let mut end = at;
        while end < n_lines
            && end < at + 2
            && (page.evidence[end].is_furniture() || page.evidence[end].claims(Role::Timestamp))
        {
            end += 1;
        }
        end += usize::from(end < n_lines && is_title(page, end));
        while end < n_lines && end < at + 3 && page.evidence[end].claims(Role::Timestamp) {
            end += 1;
        }
        (end < n_lines && is_cut(end)).then_some(end + 1)
    };
    let mut at = 0;
    while at < n_lines {
        let mut end = at;
        let mut n_cut = 0;
        while let Some(next) = teaser_end(end) {
            n_cut += 1;
            end = next;
        }
        if n_cut >= 2 {
            teasers[at..end].fill(true);
        }
        at = end.max(at + 1);
    }
    teasers
}

/// Whether a further whole article begins at this line: a title, soon a date or a heading of related articles before
/// it, then a full paragraph and more.
fn opens_article(page: &Page<'_>, at: usize) -> bool {
    if !is_title(page, at) {
        return false;
    }
    let end = page.lines.len().min(at + 6);
    let Some(first_prose) = (at + 1..end).find(|&below| page.evidence[below].form == Form::Prose) else {
        return false;
    };
    let is_headed = (at.saturating_sub(2)..at).any(|above| page.evidence[above].claims(Role::RelatedHeading));
    let is_dated = (at + 1..first_prose).any(|below| page.evidence[below].claims(Role::Timestamp));
    let is_signed = (at + 1..first_prose)
        .any(|below| page.evidence[below].claims(Role::Byline) || page.evidence[below].claims(Role::Credit));
    let full = |below: usize| {
        let shape = &page.lines[below].shape;
        page.evidence[below].form == Form::Prose
            && shape.end != End::Cut
            && (shape.n_stops >= 1 || shape.n_chars >= 250)
            && page.evidence[below].sure().is_none()
    };
    let n_full = (first_prose..page.lines.len())
        .take(8)
        .take_while(|&below| page.evidence[below].form == Form::Prose)
        .filter(|&below| full(below))
        .count();
    (is_headed && (is_dated || is_signed) && n_full >= 1)
        || (is_dated && (is_headed || n_full >= 2) && page.n_prose(0..at) >= 3 && is_set_apart(page, at))
}

/// Whether, within embedded articles, another begins at this line: a title right over its date, and running text soon.
fn opens_another(page: &Page<'_>, at: usize) -> bool {
    let is_dated = page.evidence.get(at + 1).is_some_and(|below| below.claims(Role::Timestamp));
    let n_lines = page.lines.len();
    is_dated && is_title(page, at) && page.n_prose(n_lines.min(at + 2)..n_lines.min(at + 5)) > 0
}

/// Whether the line above is no running text of the same article: a heading of related articles or furniture.
fn is_set_apart(page: &Page<'_>, at: usize) -> bool {
    at > 0 && (page.evidence[at - 1].is_furniture() || is_title(page, at - 1))
}

#[cfg(test)]
mod tests {
    use crate::{Record, Registry, part::PartKind};

    /// The part of each line of a text.
    fn parts(text: &str) -> Vec<PartKind> {
        let document = Registry::core().parse_all(&Record::new("a.txt", text.as_bytes())).remove(0);
        document.blocks.iter().map(|block| document.parts[block.part].kind).collect()
    }

    const HEAD: &str = "Ferry strikes pier\n\nBy Ana Brandt\n\nThe ferry struck the pier on Monday evening, and eleven of \
        its passengers were taken to the hospital with bruises and cuts, the harbour office said.\n\n";

    #[test]
    fn an_article_goes_on_below_a_teaser_set_into_it() {
        let tail = "The accident is being looked into, and a report is expected in the summer.\n\n\
            The mayor hopes so too, and says that the town has waited long enough for it.\n\nAbout us\n\nContact";
        for teaser in ["READ MORE", "Read also", "READ MORE\n\nThe old ferry and its captain"] {
            let parts = parts(&format!("{HEAD}{teaser}\n\n{tail}"));
            assert_eq!(parts[3], PartKind::Furniture, "{teaser}");
            let text = &parts[parts.len() - 4..parts.len() - 2];
            assert_eq!(text, [PartKind::Article; 2], "{teaser}");
        }
    }

    #[test]
    fn an_article_whose_headline_stands_apart_is_no_further_one() {
        let text = "The ferry was old, and the pier was older, the harbour office said. It had been built in 1911, and was \
            mended twice since then.\n\n"
            .repeat(5);
        let page = format!(
            "Skip to content\n\nSubscribe now\n\nWe could not take your fee. Please look into your account, and try again, so \
             that you may go on reading.\n\nShare this\n\nMore stories\n\nFerry sold to the islands\n\nWhat a pier costs\n\n\
             The author:\n\nAna Brandt\n\nPublished Jun 05, 2021\n\n{text}All rights reserved"
        );
        let parts = parts(&page);
        assert!(!parts.contains(&PartKind::Embedded) && parts.contains(&PartKind::Article), "{parts:?}");
    }

    #[test]
    fn an_article_does_not_go_on_below_a_list_of_others() {
        let others = "Old ferry sold to the islands\n\nWhat a pier costs\n\nThe summer of the ferries\n\nNo bridge this year";
        let parts = parts(&format!("{HEAD}Read also\n\n{others}"));
        assert!(parts[3..].iter().all(|&part| part != PartKind::Article), "{parts:?}");
    }
}
