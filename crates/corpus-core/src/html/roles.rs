//! Roles from markup: what each line of a page does there, by its elements, its names and its links.

use super::{
    marks::{Inline, Landmarks},
    metadata::Metadata,
    page::{Line, Page},
    region::{FOREIGN, FOREIGN_LANDMARKS, Region, ends_sentence},
    tag::Tag,
    words::Hints,
};
use crate::{part::PartKind, role::Role};

/// What a line does, in which part, how sure that is and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Decision {
    /// The role.
    pub(crate) role: Role,
    /// The part.
    pub(crate) part: PartKind,
    /// How sure, from 0 to 1.
    pub(crate) confidence: f32,
    /// Why, in a few words.
    pub(crate) why: &'static str,
}

const fn furniture(role: Role, confidence: f32, why: &'static str) -> Decision {
    Decision { role, part: PartKind::Furniture, confidence, why }
}

const fn article(role: Role, confidence: f32, why: &'static str) -> Decision {
    Decision { role, part: PartKind::Article, confidence, why }
}

/// Decides the role of every line.
pub(crate) fn label_lines(page: &Page, metadata: &Metadata, region: &Region) -> Vec<Decision> {
    if page.lines.is_empty() {
        return Vec::new();
    }
    let title = title_line(page, metadata, region);
    let labeller = Labeller { page, metadata, region, title };
    let mut decisions: Vec<Decision> = (0..page.lines.len()).map(|index| labeller.decide(index)).collect();
    labeller.settle(&mut decisions);
    decisions
}

struct Labeller<'a> {
    page: &'a Page,
    metadata: &'a Metadata,
    region: &'a Region,
    title: Option<usize>,
}

/// Letters and digits in lower case, to compare titles by.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The line of the headline: of the headings, the one the metadata name; else the main heading before the main text.
fn title_line(page: &Page, metadata: &Metadata, region: &Region) -> Option<usize> {
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
        let agrees = candidates.contains(&text);
        let contains = candidates.iter().any(|candidate| {
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

impl Labeller<'_> {
    fn line(&self, index: usize) -> &Line {
        &self.page.lines[index]
    }

    fn text(&self, index: usize) -> &str {
        &self.page.text[self.line(index).span]
    }

    /// The role of a line, by itself.
    fn decide(&self, index: usize) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let container = markup.container as usize;
        let hints = self.region.hints[container].with(markup.own);
        let landmarks = self.region.landmarks[container];
        let text = self.text(index);
        let chars = markup.chars;
        let linked = markup.link_chars * 10 > chars * 6;
        let inside = self.region.inside[container];
        let ends = ends_sentence(text);
        let is_text = ends && chars > 60 || chars > 140;
        if Some(index) == self.title {
            return article(Role::Title, 0.95, "the heading that names the page");
        }
        let after_title = self.title.is_none_or(|title| index > title);
        if hints.contains(Hints::UNSEEN) && markup.own.contains(Hints::UNSEEN) {
            return furniture(Role::Navigation, 0.8, "for screen readers only");
        }
        if landmarks.contains(Landmarks::COMMENT) || hints.contains(Hints::COMMENT) {
            return self.comment(index);
        }
        if hints.contains(Hints::LEGAL) {
            return furniture(Role::Legal, 0.7, "named as a legal notice");
        }
        if landmarks.any(Landmarks::NAV.with(Landmarks::SEARCH)) {
            return furniture(
                if landmarks.contains(Landmarks::SEARCH) { Role::Form } else { Role::Navigation },
                0.9,
                "in a navigation element",
            );
        }
        if landmarks.any(Landmarks::DIALOG) || hints.contains(Hints::MODAL) {
            return furniture(Role::Promo, 0.7, "in a box over the page");
        }
        if landmarks.contains(Landmarks::BUTTON) {
            return furniture(Role::Navigation, 0.85, "on a button");
        }
        if hints.contains(Hints::RELATED) {
            return self.related(index, linked, "named as related");
        }
        if hints.contains(Hints::ADVERT) {
            return furniture(Role::Promo, 0.75, "named as advertisement");
        }
        if hints.contains(Hints::PROMO) && !markup.within.contains(Landmarks::BODY) {
            return furniture(Role::Promo, 0.75, "named as promotion");
        }
        if hints.contains(Hints::SHARE) && !is_text {
            return furniture(Role::Navigation, 0.8, "named as sharing");
        }
        if landmarks.contains(Landmarks::FIGCAPTION)
            || hints.contains(Hints::CAPTION) && !(is_text && chars > 600)
        {
            let role =
                if hints.contains(Hints::CREDIT) || is_credit(text) { Role::Credit } else { Role::Caption };
            return if inside || after_title {
                article(role, 0.85, "a caption by its element or name")
            } else {
                furniture(Role::RelatedTeaser, 0.5, "a caption outside the article")
            };
        }
        if hints.contains(Hints::CREDIT) && chars < 200 && (inside || after_title) {
            return article(Role::Credit, 0.8, "named as credit");
        }
        if landmarks.contains(Landmarks::FOOTER) && !markup.within.contains(Landmarks::ARTICLE)
            || hints.contains(Hints::FOOTER) && !inside
        {
            return furniture(
                if is_legal(text) { Role::Legal } else { Role::Navigation },
                0.8,
                "at the foot of the page",
            );
        }
        if landmarks.contains(Landmarks::FORM) || hints.contains(Hints::FORM) && !is_text {
            return furniture(Role::Form, 0.7, "in a form");
        }
        if is_legal(text) && chars < 300 {
            return furniture(Role::Legal, 0.7, "a copyright notice");
        }
        if hints.contains(Hints::TAGS) && (linked || chars < 60) {
            return furniture(Role::Navigation, 0.75, "named as topics");
        }
        if hints.contains(Hints::NAVIGATION) && !is_text {
            return furniture(Role::Navigation, 0.75, "named as navigation");
        }
        if hints.contains(Hints::SIDEBAR) || landmarks.contains(Landmarks::ASIDE) {
            return self.related(index, linked, "beside the article");
        }
        if !inside {
            return self.outside(index, linked, is_text);
        }
        self.inside(index, hints, linked, ends, is_text)
    }

    /// A line of the comments.
    fn comment(&self, index: usize) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let comments = |role, confidence, why| Decision { role, part: PartKind::Comments, confidence, why };
        if markup.landmarks.any(Landmarks::FORM.with(Landmarks::BUTTON))
            || markup.around.contains(Hints::FORM)
        {
            return furniture(Role::Form, 0.6, "in the comment form");
        }
        if markup.level > 0 || markup.landmarks.contains(Landmarks::HEADING) {
            return furniture(Role::Navigation, 0.6, "a heading of the comments");
        }
        let near = markup.own.with(markup.near).with(markup.pieces);
        if markup.inline_some.contains(Inline::TIME)
            || near.any(Hints::BYLINE.with(Hints::DATE).with(Hints::CHANGED).with(Hints::META))
                && markup.chars < 120
                && markup.element != Tag::P
            || markup.link_chars * 2 > markup.chars
        {
            return comments(Role::CommentAuthor, 0.7, "names or dates a comment");
        }
        if markup.chars < 30 && markup.element != Tag::P {
            return comments(Role::CommentAuthor, 0.5, "short, among comments");
        }
        comments(Role::Comment, 0.7, "among comments")
    }

    /// A line of a list of other articles, or of the column beside the article.
    fn related(&self, index: usize, linked: bool, why: &'static str) -> Decision {
        let markup = &self.line(index).markup;
        if markup.level > 0 && !linked {
            return furniture(Role::RelatedHeading, 0.7, why);
        }
        if linked || markup.level > 0 {
            return furniture(Role::RelatedTitle, 0.7, why);
        }
        if markup.chars < 25 {
            return furniture(Role::RelatedHeading, 0.5, why);
        }
        furniture(Role::RelatedTeaser, 0.6, why)
    }

    /// A line outside the container of the main text.
    fn outside(&self, index: usize, linked: bool, is_text: bool) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let text = self.text(index);
        let hints = markup.own.with(markup.near).with(markup.pieces);
        let Some(title) = self.title else {
            return self.stray(index, linked);
        };
        let main = self.region.main as usize;
        let first_line = self.page.containers[main].first_line as usize;
        if index + 3 >= title && index < title {
            if hints.any(Hints::KICKER) && markup.chars < 60 {
                return article(Role::Kicker, 0.7, "named as section, over the title");
            }
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
        }
        if index > title && index < first_line {
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
            if linked {
                return furniture(Role::Navigation, 0.6, "links between title and text");
            }
            let described =
                self.metadata.descriptions.iter().any(|description| alike(&description.value, text));
            if described
                || hints.contains(Hints::STANDFIRST) && markup.chars > 20
                || is_text && markup.level == 0 && index < title + 6
            {
                return article(Role::Standfirst, 0.8, "between title and text");
            }
        }
        self.stray(index, linked)
    }

    /// A line that no part of the article claims.
    fn stray(&self, index: usize, linked: bool) -> Decision {
        let markup = &self.line(index).markup;
        let hints = markup.around;
        if linked && markup.chars > 25 {
            return furniture(Role::RelatedTitle, 0.5, "a link outside the article");
        }
        if hints.contains(Hints::TEASER) || markup.chars > 100 {
            return furniture(Role::RelatedTeaser, 0.5, "text outside the article");
        }
        furniture(Role::Navigation, 0.5, "outside the article")
    }

    /// Byline and timestamp, by name or form.
    fn head_line(&self, index: usize) -> Option<Decision> {
        let markup = &self.line(index).markup;
        let text = self.text(index);
        let hints = markup.own.with(markup.pieces).with(markup.near);
        if markup.chars > 220 {
            return None;
        }
        let has_time =
            markup.inline_some.contains(Inline::TIME) || hints.any(Hints::DATE.with(Hints::CHANGED));
        let names =
            hints.any(Hints::BYLINE.with(Hints::BIOGRAPHY)) || markup.inline_some.contains(Inline::AUTHOR);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if markup.inline.contains(Inline::TIME)
            || has_time && digits >= 3 && (!names || markup.own.any(Hints::DATE.with(Hints::CHANGED)))
        {
            return Some(article(Role::Timestamp, 0.8, "named as date"));
        }
        if names {
            return Some(article(Role::Byline, 0.8, "named as author"));
        }
        self.metadata
            .authors
            .iter()
            .any(|author| markup.chars < 100 && text.contains(author.value.as_str()) && !ends_sentence(text))
            .then(|| article(Role::Byline, 0.75, "holds an author's name"))
    }

    /// A line in the container of the main text.
    fn inside(&self, index: usize, hints: Hints, linked: bool, ends: bool, is_text: bool) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let text = self.text(index);
        let own = markup.own.with(markup.pieces);
        if self.title.is_some_and(|title| index < title) {
            if let Some(decision) = self.head_line(index) {
                return decision;
            }
            if markup.chars < 60 && own.with(markup.near).contains(Hints::KICKER) {
                return article(Role::Kicker, 0.6, "over the title");
            }
            if !is_text {
                return furniture(Role::Navigation, 0.5, "before the title");
            }
        }
        if markup.chars < 160 && !(ends && markup.element == Tag::P && markup.chars > 80) {
            let near_title = self.title.is_some_and(|title| index > title && index < title + 12);
            if (near_title || own.with(markup.near).any(Hints::BYLINE.with(Hints::DATE).with(Hints::CHANGED)))
                && let Some(decision) = self.head_line(index)
            {
                return decision;
            }
        }
        if hints.contains(Hints::BIOGRAPHY) {
            return article(Role::Byline, 0.6, "named as biography");
        }
        if markup.landmarks.contains(Landmarks::PREFORMATTED) {
            return article(Role::Code, 0.7, "preformatted");
        }
        if markup.element == Tag::Tr && markup.cells.0 < markup.cells.1 {
            return article(Role::Table, 0.8, "a row of a table");
        }
        if markup.level > 0 || markup.landmarks.contains(Landmarks::HEADING) {
            if markup.link_chars >= markup.chars && markup.chars > 15 {
                return furniture(Role::RelatedTitle, 0.6, "a linked heading");
            }
            return article(Role::Heading, 0.8, "a heading element");
        }
        if hints.contains(Hints::TEASER) && !markup.within.contains(Landmarks::BODY) && linked {
            return self.related(index, linked, "named as teaser");
        }
        if linked && !(ends && markup.chars > 80) {
            if markup.chars < 25 || markup.element == Tag::Li && markup.chars < 40 {
                return furniture(Role::Navigation, 0.6, "a link by itself");
            }
            return furniture(Role::RelatedTitle, 0.6, "a link by itself");
        }
        if own.contains(Hints::STANDFIRST)
            && self.title.is_some_and(|title| index > title && index < title + 8)
            && markup.chars > 25
            && markup.element != Tag::Li
        {
            return article(Role::Standfirst, 0.7, "named as standfirst");
        }
        if markup.landmarks.contains(Landmarks::QUOTE) {
            return article(Role::Quote, 0.8, "a block quotation");
        }
        if markup.element == Tag::Li || markup.list_depth > 0 && markup.ordinal.is_some() {
            return article(Role::ListItem, 0.7, "an item of a list");
        }
        if markup.list_depth > 0 && !is_text {
            return article(Role::ListItem, 0.5, "in a list");
        }
        if is_credit(text) && markup.chars < 100 {
            return article(Role::Credit, 0.6, "a credit by its words");
        }
        if markup.element == Tag::P || markup.after_break || is_text || ends {
            return article(Role::Paragraph, 0.8, "running text");
        }
        if markup.chars < 40 {
            return furniture(Role::Navigation, 0.4, "a few words by themselves");
        }
        article(Role::Paragraph, 0.5, "in the main text")
    }

    /// Second look, at neighbours: headings of nothing, what follows the last paragraph.
    fn settle(&self, decisions: &mut [Decision]) {
        let is_body = |decision: &Decision| {
            decision.part == PartKind::Article
                && decision.role.is_text()
                && !matches!(decision.role, Role::Title)
        };
        // A heading heads what follows it: text, or links and forms.
        let mut next_is_text = false;
        let mut next_related = false;
        for index in (0..decisions.len()).rev() {
            let decision = decisions[index];
            if decision.part == PartKind::Article && decision.role == Role::Heading {
                if !next_is_text {
                    let role = if next_related { Role::RelatedHeading } else { Role::Navigation };
                    decisions[index] = furniture(role, 0.6, "a heading over no text");
                }
            } else if is_body(&decision) {
                next_is_text = true;
                next_related = false;
            } else if decision.part == PartKind::Furniture {
                if matches!(decision.role, Role::RelatedTitle | Role::RelatedTeaser | Role::RelatedHeading) {
                    next_is_text = false;
                    next_related = true;
                } else if matches!(decision.role, Role::Form | Role::Legal) {
                    next_is_text = false;
                    next_related = false;
                }
            } else if decision.part == PartKind::Comments {
                next_is_text = false;
                next_related = false;
            }
        }
        // A thread whose posts are all named comments: the first of them is what the page was published for.
        if !decisions.iter().any(is_body)
            && let Some(first) = decisions.iter().position(|decision| decision.role == Role::Comment)
        {
            for decision in
                decisions[first..].iter_mut().take_while(|decision| decision.role == Role::Comment)
            {
                *decision = article(Role::Paragraph, 0.5, "the post that opens the thread");
            }
        }
        self.settle_standfirst(decisions);
    }
}

impl Labeller<'_> {
    /// The standfirst: between title and body, and set apart from the body by name, by type or by the description.
    fn settle_standfirst(&self, decisions: &mut [Decision]) {
        /// How far from the title a standfirst can begin, in lines, and how long one is, in characters.
        const REACH: usize = 14;
        const LONGEST: u32 = 700;
        let Some(title) = self.title else { return };
        let lines = title + 1..(title + REACH).min(decisions.len());
        let is_body = |decision: &Decision| {
            decision.part == PartKind::Article
                && matches!(decision.role, Role::Paragraph | Role::Heading | Role::Quote | Role::ListItem)
        };
        let mut bodies = lines.clone().filter(|&index| is_body(&decisions[index]));
        let Some(first) = bodies.next() else { return };
        let second = (first + 1..decisions.len()).find(|&index| is_body(&decisions[index]));
        if lines.clone().any(|index| decisions[index].role == Role::Standfirst && index < first) {
            return;
        }
        let markup = &self.line(first).markup;
        let text = self.text(first);
        if markup.chars < 25 || markup.chars > LONGEST || decisions[first].role == Role::ListItem {
            return;
        }
        let next = second.map(|second| &self.line(second).markup);
        let named = markup.own.with(markup.near).contains(Hints::STANDFIRST);
        let described = self.metadata.descriptions.iter().any(|description| alike(&description.value, text));
        let bold = markup.inline.contains(Inline::BOLD)
            && next.is_some_and(|next| !next.inline.contains(Inline::BOLD));
        let apart = next.is_some_and(|next| {
            self.page.containers[markup.container as usize].parent
                != self.page.containers[next.container as usize].parent
        });
        let heading = decisions[first].role == Role::Heading && (described || markup.chars > 60);
        let why = if named {
            "named as standfirst"
        } else if heading {
            "a heading element under the title"
        } else if decisions[first].role == Role::Heading {
            return;
        } else if bold {
            "the first paragraph, in bold type"
        } else if described && apart {
            "what the description says, apart from the body"
        } else {
            return;
        };
        decisions[first] = article(Role::Standfirst, 0.7, why);
    }
}

/// Whether two texts begin alike, letters and digits compared.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let length = a.chars().count().min(b.chars().count());
    length > 30 && a.chars().zip(b.chars()).take(60).all(|(a, b)| a == b)
}

/// Whether a short text credits a picture.
fn is_credit(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "photo:",
        "photo by",
        "photograph:",
        "photos:",
        "photo credit",
        "image:",
        "image credit",
        "images:",
        "credit:",
        "picture:",
        "foto:",
        "fotos:",
        "bild:",
        "bildquelle",
        "crédit",
        "credits:",
        "photo :",
        "imagen:",
        "quelle:",
        "©",
        "(photo",
        "getty images",
        "fotografía",
        "фото:",
        "zdj.",
        "foto ",
    ];
    if text.len() > 300 {
        return false;
    }
    let start: String = text.chars().take(20).flat_map(char::to_lowercase).collect();
    STARTS.iter().any(|cue| start.starts_with(cue))
}

/// Whether a text is a copyright notice.
fn is_legal(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    let start: String = text.chars().take(120).flat_map(char::to_lowercase).collect();
    (start.starts_with('©')
        || start.starts_with("copyright")
        || start.contains("all rights reserved")
        || start.contains("alle rechte vorbehalten")
        || start.contains("tous droits réservés")
        || start.contains("todos los derechos reservados")
        || start.contains("tutti i diritti riservati"))
        && start.bytes().any(|byte| byte.is_ascii_digit())
            | start.contains("rights")
            | start.contains("rechte")
}

#[cfg(test)]
mod tests {
    use super::label_lines;
    use crate::html::{metadata::Metadata, region::Region, render::render};

    /// Role and part of each line of `source`.
    fn roles(source: &str) -> Vec<String> {
        let page = render(source, false);
        let metadata = Metadata::gather(source, &page);
        let decisions = label_lines(&page, &metadata, &Region::find(&page));
        decisions.iter().map(|decision| format!("{} {}", decision.part, decision.role)).collect()
    }

    const BODY: &str = "<p>The bridge over the river opens again on Friday, a year after the flood that broke two of its \
        piers, and the town has paid for all of it.<p>Traders say that they had lost a third of their customers. They hope \
        that some of them will come back before the winter.<p>The old piers will be kept on the bank as a memorial.";

    #[test]
    fn an_article_is_parted_from_its_page() {
        let page = format!(
            "<meta property=og:title content='Bridge opens again'><nav><a href=/>Home</a></nav><main><h1>Bridge opens again</h1>\
             <p class=byline>By Ana Brandt</p><time>3 May 2021</time><div class=article-body>{BODY}\
             <figure><figcaption>The bridge</figcaption></figure></div></main>\
             <aside><h3>More news</h3><a href=/b>A ferry sinks in the harbour</a></aside><footer>© 2021 All rights reserved</footer>"
        );
        assert_eq!(
            roles(&page),
            [
                "furniture navigation",
                "article title",
                "article byline",
                "article timestamp",
                "article paragraph",
                "article paragraph",
                "article paragraph",
                "article caption",
                "furniture related_heading",
                "furniture related_title",
                "furniture legal",
            ]
        );
    }

    #[test]
    fn a_heading_over_links_heads_no_text() {
        let page = format!(
            "<h1>Bridge opens again</h1><div>{BODY}<h2>Elsewhere</h2><ul><li><a href=/b>A ferry sinks in the harbour on a calm day</a></ul></div>"
        );
        assert_eq!(roles(&page)[4..], ["furniture related_heading", "furniture related_title"]);
    }

    #[test]
    fn comments_are_a_part_of_their_own() {
        let page = format!(
            "<h1>Bridge opens again</h1><div>{BODY}</div><div id=comments><p><a href=/u>Jo</a> <time>4 May</time></p><p>At last, I say.</p></div>"
        );
        assert_eq!(roles(&page)[4..], ["comments comment_author", "comments comment"]);
    }

    #[test]
    fn a_name_that_covers_the_whole_page_is_no_name() {
        let page = format!("<div class=comments><h1>Bridge opens again</h1>{BODY}</div>");
        assert_eq!(roles(&page)[1], "article paragraph");
    }

    #[test]
    fn a_page_without_text_has_no_roles() {
        assert!(roles("<div></div>").is_empty());
    }
}
