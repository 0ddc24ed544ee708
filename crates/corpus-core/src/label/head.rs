//! The head of an article: what stands over its body.

use super::{Label, Page, evidence::Form, zone};
use crate::{
    cue::Cue,
    date,
    layout::{End, Start},
    names,
    role::Role,
};
use std::{mem::discriminant, ops::Range};

/// Labels the head of the article that lies in `range` and gives the first line of its body.
pub(super) fn label(page: &Page<'_>, range: Range<usize>, labels: &mut [Label]) -> usize {
    let Some(body) = range.clone().find(|&at| begins_body(page, range.clone(), at)) else {
        return label_bodyless(page, range, labels);
    };
    let title = title(page, range.start..body);
    let mut set = |at: usize, role: Role, confidence: f32, why: &'static str| {
        labels[at] = Label { role, confidence, why, ..labels[at] };
    };
    let Some(title) = title else {
        for at in range.start..body {
            let (role, confidence, why) = below_title(page, at, body, false);
            set(at, role, confidence, why);
        }
        return body;
    };
    for at in range.start..title {
        let (role, confidence, why) = above_title(page, at, title);
        set(at, role, confidence, why);
    }
    set(title, Role::Title, 0.9, "the first line that could be a headline");
    let mut has_standfirst = false;
    for at in title + 1..body {
        let (role, confidence, why) = if same_words(page.content(at), page.content(title)) {
            (Role::Title, 0.8, "the headline again")
        } else {
            below_title(page, at, body, !has_standfirst)
        };
        has_standfirst |= role == Role::Standfirst;
        set(at, role, confidence, why);
    }
    body
}

/// Whether the body begins at this line: the first running text that is no standfirst.
fn begins_body(page: &Page<'_>, range: Range<usize>, at: usize) -> bool {
    let evidence = &page.evidence[at];
    if evidence.sure().is_some() {
        return false;
    }
    let line = &page.lines[at];
    if page.is_report && at > range.start && evidence.form != Form::Prose {
        return true;
    }
    match evidence.form {
        Form::Prose => !is_summary(page, range, at),
        Form::Code | Form::Row => true,
        Form::Sentence => at > range.start && !is_summary(page, range, at),
        Form::Short => {
            // A list of several items, or a heading over running text behind a title.
            let is_list = line.marker.is_some()
                && page
                    .lines
                    .get(at + 1)
                    .and_then(|below| line.marker.zip(below.marker))
                    .is_some_and(|(marker, below)| discriminant(&marker) == discriminant(&below))
                && at > range.start + 1;
            is_list && line.shape.n_words >= 6
        }
    }
}

/// Whether running text over the body is its summary: one paragraph, with the byline or the date between it and the
/// next.
fn is_summary(page: &Page<'_>, range: Range<usize>, at: usize) -> bool {
    let shape = &page.lines[at].shape;
    let is_signed = |below: usize| {
        below < range.end
            && page.evidence[below]
                .sure()
                .is_some_and(|own| matches!(own.role, Role::Byline | Role::Timestamp))
    };
    let has_head = (range.start..at.min(range.start + 40)).any(|above| zone::is_title(page, above));
    has_head && shape.n_chars <= 420 && (is_signed(at + 1) || (is_signed(at + 2) && is_name(page, at + 1)))
}

/// The line among `head` that is most like a headline.
fn title(page: &Page<'_>, head: Range<usize>) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    let mut n_candidates = 0.0;
    for at in head.clone() {
        let line = &page.lines[at];
        let evidence = &page.evidence[at];
        let shape = &line.shape;
        let is_candidate = matches!(evidence.form, Form::Short | Form::Sentence | Form::Prose)
            && evidence.own.is_none_or(|own| own.strength < 0.6 || own.role == Role::RelatedHeading)
            && shape.n_chars <= 260
            && shape.n_letters >= 2;
        if !is_candidate {
            continue;
        }
        let mut score = match shape.n_words {
            1 => -0.6,
            2 => 0.0,
            3 => 0.5,
            4..=20 => 1.0,
            21..=30 => 0.4,
            _ => -0.5,
        };
        score += match shape.end {
            End::Open | End::Asked => 0.2,
            End::Cut => -0.2,
            End::Stop => -0.6,
            End::Colon | End::Comma => -0.9,
        };
        score += if shape.n_chars >= 25 { 0.4 } else { 0.0 };
        score += if shape.start == Start::Small { -0.4 } else { 0.0 };
        score += if line.marker.is_some() { -0.8 } else { 0.0 };
        score += if evidence.own.is_some() { -0.6 } else { 0.0 };
        let is_longer_than_above = best.is_some_and(|(_, above)| {
            let above = &page.lines[above].shape;
            above.n_words >= 3 && shape.n_words >= 2 * above.n_words && shape.n_small > shape.n_capital
        });
        score += if is_longer_than_above { -0.4 } else { 0.0 };
        // Labels stand close together; a headline stands apart.
        let has_neighbour =
            (line.gap == 0 && at > head.start) || page.lines.get(at + 1).is_some_and(|below| below.gap == 0);
        score += match shape.n_words {
            1..=4 if has_neighbour => -0.5,
            3.. if !has_neighbour => 0.2,
            _ => 0.0,
        };
        score += if names::standfirst_author(page.content(at)).is_some() { -0.7 } else { 0.0 };
        let is_followed = (at + 1..head.end.min(at + 4)).any(|below| {
            page.evidence[below]
                .sure()
                .is_some_and(|own| matches!(own.role, Role::Byline | Role::Timestamp | Role::Status))
        });
        score += if is_followed { 0.3 } else { 0.0 };
        score -= 0.3 * n_candidates;
        n_candidates += 1.0;
        if best.is_none_or(|(top, _)| score > top + 0.05) {
            best = Some((score, at));
        }
    }
    best.filter(|&(score, _)| score > -0.9).map(|(_, at)| at)
}

/// The role of a line over the title.
fn above_title(page: &Page<'_>, at: usize, title: usize) -> (Role, f32, &'static str) {
    let line = &page.lines[at];
    let evidence = &page.evidence[at];
    if let Some(own) = evidence.sure() {
        return (own.role, own.strength, own.why);
    }
    if line.marker.is_some() {
        return (Role::Navigation, 0.7, "an item of a list over the title");
    }
    if evidence.form == Form::Prose {
        return (Role::Paragraph, 0.4, "running text over the title");
    }
    if line.shape.n_words <= 6 && title - at <= 2 && line.shape.n_digits == 0 {
        return (Role::Kicker, 0.7, "a short label over the title");
    }
    (Role::Navigation, 0.55, "over the title and its labels")
}

/// The role of a line between title and body.
fn below_title(page: &Page<'_>, at: usize, body: usize, is_summary_due: bool) -> (Role, f32, &'static str) {
    let line = &page.lines[at];
    let evidence = &page.evidence[at];
    let shape = &line.shape;
    if let Some(own) = evidence.sure() {
        return (own.role, own.strength, own.why);
    }
    if shape.n_digits >= 3 && date::alone(page.content(at)).is_some() {
        return (Role::Timestamp, 0.7, "a date alone, between title and body");
    }
    if is_name(page, at) && !(is_summary_due && shape.n_words >= 5) {
        return (Role::Byline, 0.75, "a name between title and body");
    }
    let follows_byline = at > 0 && (page.evidence[at - 1].claims(Role::Byline) || is_name(page, at - 1));
    if follows_byline && evidence.cues.has(Cue::Profession) && shape.n_words <= 40 {
        return (Role::Byline, 0.7, "the post of who wrote it");
    }
    if matches!(evidence.form, Form::Prose | Form::Sentence) {
        return if is_summary_due {
            (Role::Standfirst, 0.75, "one paragraph between title and byline")
        } else {
            (Role::Paragraph, 0.5, "running text")
        };
    }
    if is_summary_due && shape.n_words >= 6 && shape.n_letters > 20 && line.marker.is_none() {
        return (Role::Standfirst, 0.7, "a line between title and body that is neither sentence nor name");
    }
    if shape.n_words <= 3 && (at + 1 < body || shape.n_chars <= 3) {
        return (Role::Navigation, 0.4, "a word between title and body");
    }
    (Role::Heading, 0.45, "a heading over the body")
}

/// Whether a line is the name of a person or two, or of a person and an agency.
pub(super) fn is_name(page: &Page<'_>, at: usize) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    let evidence = &page.evidence[at];
    let shape = &line.shape;
    let content = page.content(at);
    evidence.form == Form::Short
        && evidence.sure().is_none()
        && (2..=7).contains(&shape.n_words)
        && shape.n_digits == 0
        && shape.n_chars <= 60
        && matches!(shape.end, End::Open | End::Comma)
        && shape.n_small <= usize::from(shape.n_words > 2)
        && shape.n_capital * 2 >= shape.n_words
        && content.split_whitespace().all(|word| {
            word.chars().all(|c| {
                c.is_alphabetic()
                    || matches!(c, '.' | '-' | '’' | '\'' | ',' | '&' | '(' | ')' | '/' | '|' | '·')
            })
        })
}

/// An article without running text: a title and perhaps a list.
fn label_bodyless(page: &Page<'_>, range: Range<usize>, labels: &mut [Label]) -> usize {
    let Some(title) = title(page, range.clone()) else { return range.start };
    for (at, label) in labels.iter_mut().enumerate().take(title).skip(range.start) {
        let (role, confidence, why) = above_title(page, at, title);
        *label = Label { role, confidence, why, ..*label };
    }
    labels[title] = Label {
        role: Role::Title,
        confidence: 0.7,
        why: "the line most like a headline, on a page without running text",
        ..labels[title]
    };
    title + 1
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
