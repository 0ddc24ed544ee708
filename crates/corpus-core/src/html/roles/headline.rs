//! The line of the headline.

use crate::html::{
    likeness::folded,
    marks::Landmarks,
    metadata::Metadata,
    page::Page,
    region::{FOREIGN, FOREIGN_LANDMARKS, Region},
    title::site_names,
    words::Hints,
};

/// The line of the headline: of the headings, the one the metadata name; else the main heading before the main text.
pub(super) fn title_line(page: &Page, metadata: &Metadata, region: &Region) -> Option<usize> {
    let sites = site_names(metadata);
    let candidates: Vec<String> =
        metadata.titles.iter().map(|title| folded(&title.value)).filter(|title| !title.is_empty()).collect();
    let start = page
        .lines
        .iter()
        .position(|line| region.inside[line.markup.container as usize] && line.markup.level == 0)
        .unwrap_or(0);
    let mut best: Option<(f32, usize)> = None;
    for (index, line) in page.lines.iter().enumerate() {
        let markup = &line.markup;
        let is_heading = markup.level > 0
            || markup.own.contains(Hints::TITLE)
            || markup.landmarks.contains(Landmarks::HEADING);
        if markup.chars > 400 || (!is_heading && markup.chars < 8) {
            continue;
        }
        let text = folded(&page.text[line.span]);
        if text.is_empty() {
            continue;
        }
        // A title ends with the site's name, which heads every page of it.
        let is_site = sites.contains(&text);
        let agrees = !is_site && candidates.contains(&text);
        let contains = !is_site
            && candidates.iter().any(|candidate| {
                candidate.contains(&text) && text.len() * 2 > candidate.len()
                    || text.contains(candidate.as_str()) && candidate.len() * 2 > text.len()
            });
        if !is_heading && !agrees {
            continue;
        }
        let mut score = match (agrees, contains) {
            (true, _) => 4.0,
            (_, true) => 2.5,
            _ => 0.0,
        };
        score += match markup.level {
            1 => 2.5,
            2 => 0.8,
            3 => 0.3,
            _ => 0.0,
        };
        if markup.own.contains(Hints::TITLE) {
            score += 0.7;
        }
        if region.landmarks[markup.container as usize].any(FOREIGN_LANDMARKS)
            || region.hints[markup.container as usize].any(FOREIGN.without(Hints::NAVIGATION))
        {
            score -= 2.0;
        }
        if region.hints[markup.container as usize].any(Hints::RELATED.with(Hints::TEASER)) {
            score -= 0.8;
        }
        if markup.link_chars * 2 > markup.chars {
            score -= 1.5;
        }
        if markup.landmarks.any(Landmarks::ARTICLE.with(Landmarks::MAIN)) {
            score += 0.5;
        }
        // A headline stands before the text, and not far from it.
        if index > start {
            score -= 0.5 + ((index - start) as f32 / 10.0).min(2.0);
        } else {
            score -= ((start - index) as f32 / 40.0).min(1.0);
        }
        if score > 1.2 && best.is_none_or(|(best, _)| score > best) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}
