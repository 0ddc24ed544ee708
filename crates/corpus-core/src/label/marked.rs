//! The roles of the lines of Markdown, whose marks say what each is; the rules are heard on what has none, and on comments.

use super::{Comment, Label, Labels, Page, Zone, evidence::Form};
use crate::{
    cue::Cue,
    layout::{End, Field, Markup, Shape, links, plain, without_links},
    role::Role,
};
use std::ops::Range;

/// Decides the roles of a page of Markdown, knowing what the rules made of it.
pub(super) fn decide(page: &Page<'_>, labels: &mut Labels) {
    let Labels { lines: rules, comments } = std::mem::take(labels);
    let title = title(page, &rules);
    let thread = thread(page, &rules);
    let comments = comments.into_iter().filter(|comment| thread.contains(&comment.lines.start));
    labels.comments = comments.map(|comment| marked(comment, thread.end)).collect();
    let mut walk = Walk { page, rules: &rules, title, thread, has_body: false, aside: None };
    labels.lines = (0..page.lines.len()).map(|at| walk.label(at)).collect();
}

/// The most lines between a heading of comments and the first of them.
const N_ASIDE: usize = 4;

/// The comments that the rules found, with the heading over them: up to a heading that is as high, and to any where no
/// heading of comments stands over them, as in a list of changes with their dates.
fn thread(page: &Page<'_>, rules: &[Label]) -> Range<usize> {
    let is_comment = |label: &Label| label.zone == Zone::Comments;
    let Some(start) = rules.iter().position(is_comment) else { return 0..0 };
    let end = rules.iter().rposition(is_comment).map_or(start, |last| last + 1);
    let heading = (start.saturating_sub(N_ASIDE)..start).rev().find(|&above| {
        page.evidence[above].cues.has(Cue::CommentHeading) && rules[above].role.is_furniture()
    });
    let level_of = |at: usize| match page.lines[at].markup {
        Some(Markup::Heading(level)) => Some(level),
        _ => None,
    };
    let highest = heading.and_then(level_of).unwrap_or(6);
    let end = (start..end).find(|&at| level_of(at).is_some_and(|level| level <= highest)).unwrap_or(end);
    if start < end { heading.unwrap_or(start)..end } else { 0..0 }
}

/// A comment up to line `end`, by a name without marks.
fn marked(mut comment: Comment, end: usize) -> Comment {
    comment.lines.end = comment.lines.end.min(end);
    let author = comment.author.map(|author| plain(&author).trim().to_owned());
    comment.author = author.filter(|author| !author.is_empty());
    comment
}

/// Whether the lines are those of Markdown.
pub(super) fn is_markdown(page: &Page<'_>) -> bool {
    page.lines.first().is_some_and(|line| line.markup.is_some())
}

/// The line that is the title: the field of that name, else the first heading of the first level, else the first heading
/// over all text, else what the rules take for it.
fn title(page: &Page<'_>, rules: &[Label]) -> Option<usize> {
    let find = |is: &dyn Fn(Markup) -> bool| page.lines.iter().position(|line| line.markup.is_some_and(is));
    let prose = (0..page.lines.len()).find(|&at| {
        page.lines[at].markup == Some(Markup::Text)
            && page.evidence[at].form == Form::Prose
            && page.evidence[at].sure().is_none()
    });
    let by_rules = rules.iter().position(|label| label.role == Role::Title && label.zone == Zone::Article);
    let by_rules = by_rules
        .filter(|&at| page.lines[at].markup == Some(Markup::Text) && prose.is_none_or(|prose| at < prose));
    let heading = find(&|markup| markup == Markup::Heading(1));
    let any = find(&|markup| matches!(markup, Markup::Heading(_)));
    let over_text = |at: &usize| prose.is_none_or(|prose| *at < prose);
    find(&|markup| markup == Markup::Field(Field::Title))
        .or(heading.filter(over_text))
        .or(any.filter(over_text))
        .or(by_rules)
        .or(heading)
}

/// Why something is a link to another article.
const BESIDE: &str = "under a heading of links to other articles";

/// A walk down the page.
struct Walk<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p [Label],
    title: Option<usize>,
    /// The comments, with the heading over them.
    thread: Range<usize>,
    /// Whether text of the body stands above.
    has_body: bool,
    /// The level of the heading over links to other articles.
    aside: Option<u8>,
}

impl Walk<'_, '_> {
    fn label(&mut self, at: usize) -> Label {
        if self.thread.contains(&at) {
            self.aside = None;
            return self.rules[at];
        }
        let markup = self.page.lines[at].markup.unwrap_or(Markup::Text);
        if self.aside.is_some() && self.ends_aside(at, markup) {
            self.aside = None;
        }
        let (role, why) = match markup {
            Markup::Field(field) => of_field(field),
            Markup::Heading(level) => self.heading(at, level),
            _ if self.aside.is_some() => self.beside(at, markup),
            Markup::Code => (Role::Code, "program text between its marks"),
            Markup::Quote => (Role::Quote, "behind the marks of a quotation"),
            Markup::Row => (Role::Table, "a row between bars"),
            Markup::Rule => (Role::Paragraph, "a line across the page"),
            Markup::Reference => (Role::SourceNote, "what a link or a footnote refers to"),
            Markup::Html => (Role::Navigation, "nothing but markup"),
            Markup::Picture if self.is_above_title(at) || self.page.content(at).starts_with('[') => {
                (Role::Navigation, "a picture that is a link, or stands over the title")
            }
            Markup::Picture => (Role::Caption, "what a picture shows"),
            Markup::Item(_) | Markup::Text => self.text(at, markup),
        };
        let is_text =
            matches!(role, Role::Paragraph | Role::ListItem | Role::Quote | Role::Code | Role::Table);
        self.has_body |= is_text && !self.is_above_title(at);
        let zone = match (self.aside, role) {
            (Some(_), _) => Zone::Related,
            (None, role) if role.is_furniture() => Zone::Furniture,
            _ => Zone::Article,
        };
        Label { role, zone, confidence: 0.9, why }
    }

    fn is_above_title(&self, at: usize) -> bool {
        self.title.is_some_and(|title| at < title)
    }

    /// A heading: the title, one of the body, or one over what does not belong to the article.
    fn heading(&mut self, at: usize, level: u8) -> (Role, &'static str) {
        if self.title == Some(at) {
            return (Role::Title, "the first heading");
        }
        let same = |title: usize| {
            let words = self.page.content(title).split_whitespace();
            words.eq(self.page.content(at).split_whitespace())
        };
        if self.title.is_some_and(|title| !self.has_body && (level == 1 && at > title || same(title))) {
            return (Role::Title, "the title again");
        }
        if self.aside.is_some() {
            return (Role::RelatedTitle, BESIDE);
        }
        let own = self.page.evidence[at].sure();
        // An article does not go on behind its comments.
        let is_behind = !self.thread.is_empty() && at >= self.thread.end;
        if let Some(own) = own.filter(|own| is_behind && own.role == Role::Form) {
            return (own.role, own.why);
        }
        match own.filter(|own| own.role == Role::RelatedHeading && self.has_body && !self.is_over_text(at)) {
            Some(own) => {
                self.aside = Some(level);
                (own.role, own.why)
            }
            None => (Role::Heading, "behind the marks of a heading"),
        }
    }

    /// Whether the links to other articles end above a line that is neither heading nor link.
    fn ends_aside(&self, at: usize, markup: Markup) -> bool {
        match markup {
            Markup::Heading(level) => self.aside.is_some_and(|over| level <= over),
            Markup::Item(_) | Markup::Text => !is_linked(self.page.content(at)),
            Markup::Picture | Markup::Html => false,
            _ => true,
        }
    }

    /// Whether running text stands right below a heading, so that it is one of the article whatever its words.
    fn is_over_text(&self, at: usize) -> bool {
        self.page.lines.get(at + 1).is_some_and(|line| line.markup == Some(Markup::Text))
            && self.page.evidence[at + 1].form == Form::Prose
            && self.page.evidence[at + 1].sure().is_none()
            && !is_linked(self.page.content(at + 1))
    }

    /// A line under a heading of links to other articles.
    fn beside(&self, at: usize, markup: Markup) -> (Role, &'static str) {
        let is_text = markup == Markup::Text && self.page.evidence[at].form == Form::Prose;
        let role = match markup {
            Markup::Item(_) | Markup::Text if is_text => Role::RelatedTeaser,
            Markup::Item(_) | Markup::Text => Role::RelatedTitle,
            _ => Role::Navigation,
        };
        (role, BESIDE)
    }

    /// A line without marks, or an item of a list.
    fn text(&self, at: usize, markup: Markup) -> (Role, &'static str) {
        let (evidence, content) = (&self.page.evidence[at], self.page.content(at));
        let is_item = matches!(markup, Markup::Item(_));
        let is_links = is_links(content);
        if is_links && links(content).all(|address| address.starts_with('#')) {
            return (Role::Navigation, "links to places on the page");
        }
        let own = evidence.sure();
        if is_links && !self.has_body {
            return (Role::Navigation, "links over the text");
        }
        if self.is_above_title(at) {
            return match own {
                Some(own) if !is_item => (own.role, own.why),
                _ if evidence.form == Form::Prose && !is_links => {
                    (Role::Paragraph, "running text over the title")
                }
                _ if self.rules[at].role == Role::Kicker && !is_links => (Role::Kicker, self.rules[at].why),
                _ => (Role::Navigation, "over the title"),
            };
        }
        if !self.has_body && !is_item {
            let rule = &self.rules[at];
            let own = own.filter(|own| own.role != Role::Timestamp || evidence.form != Form::Prose);
            if let Some(own) = own {
                return (own.role, own.why);
            }
            if matches!(rule.role, Role::Byline | Role::Timestamp | Role::Status)
                && evidence.form == Form::Short
            {
                return (rule.role, rule.why);
            }
        }
        let shape = &self.page.lines[at].shape;
        match own {
            Some(own)
                if own.role.is_furniture()
                    && (is_links
                        || !is_item && evidence.form != Form::Prose && !is_word_alone(own.role, shape)) =>
            {
                return (own.role, own.why);
            }
            Some(own) if is_note(own.role) && !is_item => return (own.role, own.why),
            _ => {}
        }
        if is_item {
            return (Role::ListItem, "behind the mark of an item");
        }
        let is_strong = self.page.text[self.page.lines[at].span].starts_with("**")
            && self.page.lines[at].content != self.page.lines[at].span;
        if is_strong
            && shape.n_words <= 12
            && matches!(shape.end, End::Open | End::Asked)
            && self.page.lines[at].gap > 0
        {
            return (Role::Heading, "a line in bold, set apart");
        }
        (Role::Paragraph, "text without marks")
    }
}

/// Roles of what stands beside the running text and belongs to the article.
fn is_note(role: Role) -> bool {
    matches!(role, Role::Caption | Role::Credit | Role::SourceNote | Role::Disclaimer)
}

/// Whether a line has a link, written out or by a reference: "[words](address)", "[words][1]".
fn is_linked(content: &str) -> bool {
    links(content).next().is_some() || content.contains("][")
}

/// Whether a claim of navigation may be a word that the text happens to begin with.
fn is_word_alone(role: Role, shape: &Shape) -> bool {
    role == Role::Navigation && shape.n_words > 3
}

/// Whether a line is links and nothing else but signs between them.
fn is_links(content: &str) -> bool {
    content.contains("](") && !without_links(content).chars().any(char::is_alphanumeric)
}

fn of_field(field: Field) -> (Role, &'static str) {
    match field {
        Field::Title => (Role::Title, "the title that the text gives itself"),
        Field::Summary => (Role::Standfirst, "the summary that the text gives itself"),
        Field::Author => (Role::Byline, "the author that the text names"),
        Field::Date => (Role::Timestamp, "the date that the text gives itself"),
        Field::Topics => (Role::Navigation, "the topics that the text names"),
        Field::Source => (Role::SourceNote, "where the text says it comes from"),
        Field::Other => (Role::Status, "a field before the text"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        label::{Labeller, Labels},
        layout,
        role::Role,
    };

    const BODY: &str = "# Tides of Vellmar\n\nThe [harbour](https://h.example) tells when boats can leave, and has told so since the year \
        in which the northern channel was dredged for the first time.\n\n";

    /// What is made of lines below an article.
    fn below(text: &str) -> (Vec<Role>, Labels) {
        let text = format!("{BODY}{text}");
        let lines = layout::lines(&text);
        assert!(lines[0].markup.is_some(), "no Markdown");
        let labels = Labeller::new().label(&text, &lines);
        (labels.lines[2..].iter().map(|label| label.role).collect(), labels)
    }

    #[test]
    fn comments_stay_comments_up_to_a_heading_as_high_as_theirs() {
        let (roles, labels) = below(
            "## 2 comments\n\n### silt_watcher\n\n14/03/2019 10:02\n\nAbout time. My boat has been aground twice since June.\n\n> Whose?\n\n\
                **[Marten K.](/m)** · 14/03/2019 10:40\n\nNobody has said who will pay for it when the channel fills up again.\n\n## License\n\nAs it stands.\n",
        );
        let (author, comment) = (Role::CommentAuthor, Role::Comment);
        assert_eq!(
            roles,
            [
                Role::Navigation,
                author,
                author,
                comment,
                comment,
                author,
                comment,
                Role::Heading,
                Role::Paragraph
            ]
        );
        let authors: Vec<_> = labels.comments.iter().map(|comment| comment.author.as_deref()).collect();
        assert_eq!(authors, [Some("silt_watcher"), Some("Marten K.")]);
        assert_eq!(labels.comments[1].lines, 7..9);
    }

    #[test]
    fn dated_headings_over_changes_are_no_comments() {
        let entry = |day| {
            format!(
                "### Version of 2021-05-{day} 10:15\n\nIt reads tables. Nobody has to set their width by hand any more.\n\n"
            )
        };
        let (roles, labels) = below(&format!("## Changes\n\n{}{}{}", entry("03"), entry("04"), entry("05")));
        assert!(labels.comments.is_empty());
        let mut expected = vec![Role::Heading];
        expected.extend([Role::Heading, Role::Paragraph].repeat(3));
        assert_eq!(roles, expected);
    }
}
