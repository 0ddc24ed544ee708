//! What stands around an article: links to other articles, and furniture.

use super::{Label, Page, evidence::Form, zone};
use crate::{cue::Cue, layout::End, role::Role};
use std::ops::Range;

/// Labels a zone of links to other articles: headings, titles, teasers.
pub(super) fn label_related(page: &Page<'_>, range: Range<usize>, labels: &mut [Label]) {
    for at in range.clone() {
        let shape = &page.lines[at].shape;
        let evidence = &page.evidence[at];
        let above = (at > range.start).then(|| labels[at - 1].role);
        let (role, confidence, why) =
            if let Some(own) = evidence.sure().filter(|own| own.role != Role::Timestamp) {
                (own.role, own.strength, own.why)
            } else if evidence.claims(Role::Timestamp) {
                (Role::RelatedTeaser, 0.5, "the date of another article")
            } else if shape.end == End::Cut && shape.n_words >= 7 && above == Some(Role::RelatedTitle) {
                (Role::RelatedTeaser, 0.9, "cut short by the page, below a title")
            } else if matches!(evidence.form, Form::Prose | Form::Sentence) {
                if above == Some(Role::RelatedTitle) {
                    (Role::RelatedTeaser, 0.8, "one paragraph below the title of another article")
                } else {
                    (Role::Promo, 0.6, "running text among links to other articles")
                }
            } else if above == Some(Role::RelatedTitle) && alternates(page, &range, at) {
                (Role::RelatedTeaser, 0.75, "every other line is a longer one")
            } else if at == range.start && at + 1 < range.end && heads(page, at) {
                (Role::RelatedHeading, 0.6, "stands over titles of other articles")
            } else {
                (Role::RelatedTitle, 0.75, "a short line among links to other articles")
            };
        labels[at] = Label { role, confidence, why, ..labels[at] };
    }
}

/// Whether a line is the second of a pair in a row of titles and summaries: each summary is longer than its title.
fn alternates(page: &Page<'_>, range: &Range<usize>, at: usize) -> bool {
    let n_chars = |at: usize| page.lines[at].shape.n_chars;
    let is_longer = |title: usize| n_chars(title + 1) * 3 > n_chars(title) * 4;
    let is_plain = |at: usize| range.contains(&at) && page.evidence[at].sure().is_none();
    if !is_longer(at - 1) {
        return false;
    }
    let above = is_plain(at.wrapping_sub(2)) && at >= 3 && is_plain(at - 3) && is_longer(at - 3);
    let below = is_plain(at + 1) && is_plain(at + 2) && is_longer(at + 1) && n_chars(at + 1) < n_chars(at);
    above || below
}

fn heads(page: &Page<'_>, at: usize) -> bool {
    page.lines[at].shape.n_words <= 5 && page.evidence[at].form == Form::Short && zone::is_title(page, at + 1)
}

/// Labels a zone of furniture: navigation, promotion, forms, legal notices.
pub(super) fn label_furniture(page: &Page<'_>, range: Range<usize>, labels: &mut [Label]) {
    for at in range.clone() {
        let evidence = &page.evidence[at];
        let shape = &page.lines[at].shape;
        let beside = |role: Role| {
            (at > range.start && labels[at - 1].role == role)
                || (at + 1 < range.end && page.evidence[at + 1].claims(role))
        };
        let follows_comments =
            at.checked_sub(1).is_some_and(|above| labels[above].zone == zone::Zone::Comments);
        let (role, confidence, why) =
            if follows_comments && evidence.cues.has(Cue::CommentHeading) && shape.n_digits == 0 {
                (Role::Form, 0.6, "asks for a comment right behind the comments")
            } else if let Some(own) = evidence.own.filter(|own| own.strength >= 0.5) {
                (own.role, own.strength, own.why)
            } else if follows_comments && shape.n_words <= 20 {
                (Role::Form, 0.55, "stands right behind the comments")
            } else if evidence.form == Form::Prose || evidence.form == Form::Sentence {
                if beside(Role::Legal) {
                    (Role::Legal, 0.5, "running text beside a legal notice")
                } else {
                    (Role::Promo, 0.5, "running text among furniture")
                }
            } else if beside(Role::Form) && shape.n_words <= 12 {
                (Role::Form, 0.5, "a label beside a form")
            } else if beside(Role::Promo) && shape.n_words >= 3 || evidence.cues.has(Cue::AppealWord) {
                (Role::Promo, 0.5, "a short line beside an appeal")
            } else {
                (Role::Navigation, 0.5, "a short line among furniture")
            };
        labels[at] = Label { role, confidence, why, ..labels[at] };
    }
}
