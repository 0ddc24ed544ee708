//! The body of an article: paragraphs, headings, lists, tables, code, and what stands between and behind them.

use super::{Label, Page, evidence::Form, head, zone};
use crate::{
    cue::Cue,
    layout::{End, Marker, Start},
    role::Role,
};
use std::ops::Range;

/// Labels the body of an article.
pub(super) fn label(page: &Page<'_>, range: Range<usize>, labels: &mut [Label]) {
    for at in range.clone() {
        let (role, confidence, why) = role(page, &range, at, labels);
        labels[at] = Label { role, confidence, why, ..labels[at] };
    }
}

fn role(page: &Page<'_>, range: &Range<usize>, at: usize, labels: &[Label]) -> (Role, f32, &'static str) {
    let line = &page.lines[at];
    let evidence = &page.evidence[at];
    let shape = &line.shape;
    let goes_on_with_code = line.gap == 0
        && at > range.start
        && labels[at - 1].role == Role::Code
        && !matches!(evidence.form, Form::Prose | Form::Sentence)
        && (shape.n_code > 0
            || shape.n_letters == 0
            || page.evidence.get(at + 1).is_some_and(|below| below.form == Form::Code));
    if goes_on_with_code {
        return (Role::Code, 0.6, "goes on with program text");
    }
    let is_plain = |at: usize| range.contains(&at) && page.has_plain_prose(at..at + 1);
    let is_amid_text = || at > range.start && is_plain(at - 1) && is_plain(at + 1) && is_plain(at + 2);
    if let Some(own) = evidence.sure()
        && own.strength < 0.85
        && matches!(evidence.form, Form::Prose | Form::Sentence)
        && matches!(
            own.role,
            Role::Promo | Role::Legal | Role::Disclaimer | Role::Caption | Role::Byline | Role::SourceNote
        )
        && is_amid_text()
    {
        return (Role::Paragraph, 0.6, "a sentence in the midst of running text, whatever its words");
    }
    if let Some(own) = evidence.sure() {
        return (own.role, own.strength, own.why);
    }
    let is_last_part = !page.has_plain_prose(at + 1..range.end);
    if let Some(own) = evidence.own
        && own.role == Role::Byline
        && is_last_part
        && at > range.start
    {
        return (Role::Byline, 0.7, own.why);
    }
    match evidence.form {
        Form::Row if has_neighbour(page, at, Form::Row) || shape.n_tabs >= 1 => {
            return (Role::Table, 0.8, "cells set apart by tabs or bars");
        }
        _ if page.is_report && page.content(at).contains("   ") => {
            return (Role::Table, 0.7, "figures set apart by spaces");
        }
        Form::Code => return (Role::Code, 0.7, "program text by its characters"),
        _ => {}
    }
    if follows_related(page, at, labels) {
        return (Role::RelatedTitle, 0.75, "below the heading of links to other articles");
    }
    if head::is_name(page, at)
        && page.evidence.get(at + 1).and_then(|below| below.own).is_some_and(|own| own.role == Role::Byline)
        && !page.has_plain_prose(at + 1..range.end)
    {
        return (Role::Byline, 0.75, "a name over a biography");
    }
    if is_turn(page.content(at)) {
        return (Role::Paragraph, 0.8, "a turn of an interview");
    }
    if let Some(marker) = line.marker {
        if is_numbered_heading(page, at, marker) {
            return (Role::Heading, 0.7, "numbered, alone, over running text");
        }
        return (Role::ListItem, 0.85, "begins with a list marker");
    }
    if let Some(above) = at.checked_sub(1).map(|above| labels[above].role)
        && line.gap <= 1
        && above == Role::SourceNote
        && (evidence.own.is_some_and(|own| own.role == Role::SourceNote) || evidence.form == Form::Short)
    {
        return (Role::SourceNote, 0.6, "below the heading of sources");
    }
    let stands_over_credit = page.lines.get(at + 1).is_some_and(|below| below.gap == 0)
        && page.evidence.get(at + 1).is_some_and(|below| below.claims(Role::Credit));
    if stands_over_credit && shape.n_words <= 110 {
        return (Role::Caption, 0.75, "set over the credit of a picture");
    }
    let follows_picture =
        at > range.start && matches!(labels[at - 1].role, Role::Caption | Role::Credit) && line.gap == 0;
    if follows_picture && head::is_name(page, at) {
        return (Role::Byline, 0.65, "a name below a picture");
    }
    if is_signature(page, at) && page.has_text(range.start..at) {
        return (Role::Byline, 0.55, "a name behind the text");
    }
    match evidence.form {
        Form::Prose => (Role::Paragraph, 0.9, "running text"),
        Form::Sentence => (Role::Paragraph, 0.7, "a short sentence in the body"),
        Form::Short | Form::Row | Form::Code => short_role(page, range, at, labels),
    }
}

/// The role of a short line of the body that is no sentence.
fn short_role(
    page: &Page<'_>,
    range: &Range<usize>,
    at: usize,
    labels: &[Label],
) -> (Role, f32, &'static str) {
    let line = &page.lines[at];
    let shape = &line.shape;
    if shape.n_letters + shape.n_digits == 0 {
        return (Role::Paragraph, 0.6, "a separator of the body");
    }
    let below = next_own(page, range, at);
    let stands_over_text = below.is_some_and(|below| {
        matches!(page.evidence[below].form, Form::Prose | Form::Sentence | Form::Row | Form::Code)
            || page.lines[below].marker.is_some()
    });
    let stands_over_heading = below.is_some_and(|below| {
        page.evidence[below].form == Form::Short
            && next_own(page, range, below).is_some_and(|next| is_text(page, next))
    });
    if shape.end == End::Colon {
        let is_lead_in = is_list(page, below) || page.evidence[at].cues.has(Cue::Says);
        return if shape.n_words <= 4 && shape.start == Start::Capital && !is_lead_in {
            (Role::Heading, 0.55, "a short line with a colon over text")
        } else {
            (Role::Paragraph, 0.6, "leads over to what follows")
        };
    }
    if shape.end == End::Stop {
        return (Role::Paragraph, 0.6, "ends as a sentence");
    }
    if page.content(at).contains("http") {
        return (Role::Paragraph, 0.55, "a link set out in the body");
    }
    if is_labelled_value(page, range, at) {
        return (Role::Paragraph, 0.6, "a value with a label that recurs");
    }
    if !page.has_plain_prose(at + 1..range.end) && at > range.start && is_labelled_name(page.content(at)) {
        return (Role::SourceNote, 0.5, "a label and a name behind the text");
    }
    if shape.end == End::Comma || shape.start == Start::Small {
        return (Role::Paragraph, 0.55, "a piece of a sentence");
    }
    if in_run_of_short(page, range, at) {
        return (Role::ListItem, 0.5, "one of several short lines in a row");
    }
    if shape.n_words <= 22 && (stands_over_text || stands_over_heading) {
        return (Role::Heading, 0.8, "a short line without a full stop over running text");
    }
    if shape.n_words > 22 {
        return (Role::Paragraph, 0.6, "long for a heading");
    }
    if at + 1 == range.end
        && labels.get(at + 1).is_some_and(|below| below.zone == zone::Zone::Embedded)
        && at > range.start
    {
        return (Role::RelatedHeading, 0.7, "stands over another whole article");
    }
    let ends_page = at + 1 == page.lines.len()
        || (at + 1 == range.end
            && matches!(labels[at + 1].zone, zone::Zone::Related | zone::Zone::Furniture));
    if ends_page && shape.n_words <= 6 && shape.start == Start::Capital && line.gap > 0 && at > range.start {
        return (Role::RelatedHeading, 0.5, "a heading at the end of the page, over nothing");
    }
    if below.is_none() && labels.len() > at + 1 {
        return (Role::Paragraph, 0.4, "a short line at the end of the body");
    }
    (Role::Paragraph, 0.4, "a short line of the body")
}

/// Whether a short line stands below the heading of links to other articles, or goes on with their list.
fn follows_related(page: &Page<'_>, at: usize, labels: &[Label]) -> bool {
    let line = &page.lines[at];
    let Some(above) = at.checked_sub(1).map(|above| labels[above].role) else { return false };
    let is_listed = line.marker.is_some() && line.shape.n_words <= 24 && !line.shape.end.is_sentence();
    match above {
        Role::RelatedHeading => line.gap <= 1 && (is_listed || zone::is_title(page, at)),
        Role::RelatedTitle => is_listed && page.lines[at - 1].marker.is_some() && line.gap == 0,
        _ => false,
    }
}

/// "Price: 12", where the same label stands before other lines, too.
fn is_labelled_value(page: &Page<'_>, range: &Range<usize>, at: usize) -> bool {
    let is_value = |value: &str| value.split_whitespace().nth(8).is_none();
    let Some((own, value)) = page.content(at).split_once(": ") else { return false };
    if own.split_whitespace().nth(3).is_some() || !is_value(value) {
        return false;
    }
    let near = range.start.max(at.saturating_sub(24))..range.end.min(at + 24);
    let is_over_text = page.evidence.get(at + 1).is_some_and(|below| below.form == Form::Prose);
    let value = |at: usize| page.content(at).strip_prefix(own)?.strip_prefix(": ");
    let n_same = near
        .filter(|&other| page.evidence[other].form != Form::Prose && value(other).is_some_and(is_value))
        .count();
    n_same >= 3 && (!is_over_text || page.lines[at].shape.n_digits > 0)
}

/// "Label: Some Name", without digits.
fn is_labelled_name(content: &str) -> bool {
    content.split_once(": ").is_some_and(|(label, name)| {
        label.split_whitespace().count() <= 3
            && (1..=8).contains(&name.split_whitespace().count())
            && !name.contains(|c: char| c.is_ascii_digit())
            && name.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() <= 1
    })
}

/// "Q: …", "A: …".
fn is_turn(content: &str) -> bool {
    content.starts_with(|c: char| c.is_ascii_uppercase()) && content[1..].starts_with(": ")
}

fn is_text(page: &Page<'_>, at: usize) -> bool {
    matches!(page.evidence[at].form, Form::Prose | Form::Sentence) || page.lines[at].marker.is_some()
}

fn is_list(page: &Page<'_>, at: Option<usize>) -> bool {
    at.is_some_and(|at| page.lines[at].marker.is_some())
}

/// The next line of the body that is not furniture set into it.
fn next_own(page: &Page<'_>, range: &Range<usize>, at: usize) -> Option<usize> {
    (at + 1..range.end.min(at + 40)).find(|&below| {
        page.evidence[below]
            .sure()
            .is_none_or(|own| !own.role.is_furniture() && !matches!(own.role, Role::Caption | Role::Credit))
    })
}

fn has_neighbour(page: &Page<'_>, at: usize, form: Form) -> bool {
    (at > 0 && page.evidence[at - 1].form == form)
        || page.evidence.get(at + 1).is_some_and(|below| below.form == form)
}

/// "2. A heading" over running text, not in a list of several.
fn is_numbered_heading(page: &Page<'_>, at: usize, marker: Marker) -> bool {
    let line = &page.lines[at];
    let below_is_text = page.lines.get(at + 1).is_some_and(|below| below.marker.is_none() && below.gap > 0)
        && page.evidence.get(at + 1).is_some_and(|below| matches!(below.form, Form::Prose | Form::Sentence));
    let above_is_item = at > 0 && page.lines[at - 1].marker.is_some() && line.gap == 0;
    matches!(marker, Marker::Number(_))
        && line.indent == 0
        && line.shape.n_words <= 16
        && !line.shape.end.is_sentence()
        && below_is_text
        && !above_is_item
}

/// "– Name" behind a quotation, or a name at the very end.
fn is_signature(page: &Page<'_>, at: usize) -> bool {
    page.evidence[at].cues.has(Cue::AboutAuthor)
        || (head::is_name(page, at) && at + 1 == page.lines.len() && page.lines[at].shape.n_words <= 4)
}

/// Whether a line is one of three or more short lines in a row without blank lines between them.
fn in_run_of_short(page: &Page<'_>, range: &Range<usize>, at: usize) -> bool {
    let is_short = |at: usize| {
        page.evidence[at].form == Form::Short
            && page.evidence[at].sure().is_none()
            && page.lines[at].marker.is_none()
    };
    let mut start = at;
    while start > range.start && at - start < 2 && page.lines[start].gap == 0 && is_short(start - 1) {
        start -= 1;
    }
    let mut end = at + 1;
    while end < range.end && end - at <= 2 && page.lines[end].gap == 0 && is_short(end) {
        end += 1;
    }
    end - start >= 3
}
