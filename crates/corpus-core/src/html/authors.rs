//! The authors of an article: persons that its metadata name, else those that its byline does.

use super::{
    likeness::folded,
    metadata::{Metadata, Stated, is_address},
    page::{Line, Page},
    region::Region,
    roles::Decision,
    title::site_names,
    words::Hints,
};
use crate::{
    byline::{self, handle, person, persons, words},
    part::PartKind,
    role::Role,
    span::Span,
};
use std::collections::HashSet;

/// How far above and below the headline a byline stands, in lines.
const ABOVE: usize = 6;
const BELOW: usize = 14;

/// The authors: of the first field that names persons, else those a byline names, else what the metadata name.
pub(crate) fn authors(
    source: &str,
    page: &Page,
    region: &Region,
    metadata: &Metadata,
    decisions: &[Decision],
) -> Vec<String> {
    let shown = Bylines::new(source, page, region, metadata, decisions);
    let stated = Names::stated(&metadata.authors, &shown.sites);
    if !stated.persons.is_empty() {
        return stated.persons;
    }
    // A byline writes out what the metadata shorten.
    [shown.names(), stated.handles, stated.others]
        .into_iter()
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// What metadata call authors.
#[derive(Default)]
struct Names {
    /// Names of two words and more.
    persons: Vec<String>,
    /// A lone word: a first name, a name in a forum.
    handles: Vec<String>,
    /// The site, an organization, no one in particular.
    others: Vec<String>,
}

impl Names {
    /// Those of the first field that names a person.
    fn stated(fields: &[Stated], sites: &[String]) -> Names {
        let mut names = Names::default();
        let mut seen = HashSet::new();
        let mut field = "";
        for Stated { value, field: stated_in } in fields.iter().filter(|stated| !is_address(&stated.value)) {
            if !names.persons.is_empty() && stated_in != field {
                break;
            }
            for name in byline::split(value) {
                let same = folded(&name);
                if same.is_empty()
                    || words::is_placeholder(&name)
                    || is_address(&name)
                    || name.contains('@')
                    || name.chars().count() > 60
                {
                    continue;
                }
                let (kind, list) = if is_site(&same, sites)
                    || words::is_nobody(&name)
                    || words::is_paper(&name)
                    || stated_in.ends_with("[Organization]")
                {
                    (0, &mut names.others)
                } else if !name.contains(' ') && !same.chars().any(|character| character > '\u{2E80}') {
                    (1, &mut names.handles)
                } else {
                    (2, &mut names.persons)
                };
                if seen.insert((kind, same)) {
                    list.push(name);
                }
            }
            field = stated_in;
        }
        names
    }
}

/// Whether letters and digits in lower case are a name of the site, or hold one and little else.
fn is_site(name: &str, sites: &[String]) -> bool {
    sites.iter().any(|site| {
        name == site
            || site.len() > 4 && name.contains(site.as_str())
            || name.len() > 4 && site.contains(name)
    })
}

/// The lines of a page that may say who wrote it.
pub(crate) struct Bylines<'a> {
    source: &'a str,
    page: &'a Page,
    region: &'a Region,
    decisions: &'a [Decision],
    sites: Vec<String>,
}

impl<'a> Bylines<'a> {
    pub(crate) fn new(
        source: &'a str,
        page: &'a Page,
        region: &'a Region,
        metadata: &Metadata,
        decisions: &'a [Decision],
    ) -> Self {
        Bylines { source, page, region, decisions, sites: site_names(metadata) }
    }

    /// The persons that the byline at a line names, parted by commas; `None` where it is none, or tells of its author.
    pub(crate) fn named_by(&self, at: usize) -> Option<String> {
        /// Words of the longest byline.
        const LONGEST: usize = 24;
        let text = &self.page.text[self.page.lines[at].span];
        let is_byline =
            self.decisions[at].role == Role::Byline && text.split_whitespace().nth(LONGEST).is_none();
        let names = if is_byline { self.line(at, true) } else { Vec::new() };
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The names of the first line that has any: a byline by its role, a line near the headline that says "by" or links
    /// an author, the first or the last line of the text if it is a name and nothing else.
    fn names(&self) -> Vec<String> {
        let is_byline =
            |&at: &usize| self.decisions[at].role == Role::Byline && self.page.lines[at].markup.chars < 250;
        let lines = 0..self.decisions.len();
        let roles = lines.clone().filter(is_byline).map(|at| self.line(at, true));
        let title = self.decisions.iter().position(|decision| decision.role == Role::Title);
        let near = match title {
            Some(title) => title.saturating_sub(ABOVE)..(title + BELOW).min(self.decisions.len()),
            None => 0..self.decisions.len().min(BELOW),
        };
        let near = near.filter(|&at| self.may_name(at)).map(|at| self.line(at, false));
        let mut body = lines.filter(|&at| {
            let decision = &self.decisions[at];
            decision.part == PartKind::Article && decision.role == Role::Paragraph
        });
        let (first, second) = (body.next(), body.next());
        let (last, before) = (body.next_back(), body.next_back().or(second));
        let ends = [(first, second), (last, before)].into_iter();
        let ends = ends.filter_map(|(end, next)| next.is_some_and(|next| self.is_text(next)).then_some(end?));
        let ends = ends.map(|at| self.signature(at));
        roles.chain(near).chain(ends).find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// Whether a line is running text, which the name of who wrote it may open or close.
    fn is_text(&self, at: usize) -> bool {
        /// Shortest line of running text, in characters.
        const SHORTEST: u32 = 100;
        self.page.lines[at].markup.chars >= SHORTEST
    }

    /// Whether a line near the headline may say who wrote the article.
    fn may_name(&self, at: usize) -> bool {
        let (line, decision): (&Line, _) = (&self.page.lines[at], &self.decisions[at]);
        let beside = Hints::RELATED.with(Hints::COMMENT).with(Hints::SIDEBAR).with(Hints::LEGAL);
        decision.part != PartKind::Comments
            && !matches!(
                decision.role,
                Role::Title | Role::Byline | Role::Legal | Role::Caption | Role::Credit
            )
            && line.markup.chars < 200
            && !self.region.hints[line.markup.container as usize].any(beside)
    }

    /// The names in a line that is a byline, or may be one.
    fn line(&self, at: usize, is_byline: bool) -> Vec<String> {
        let span = self.page.lines[at].span;
        let linked = self.linked(span);
        let names = if linked.is_empty() { persons(&self.page.text[span], is_byline) } else { linked };
        self.known(names)
    }

    /// The texts of links to authors in a line.
    fn linked(&self, span: Span) -> Vec<String> {
        let links = &self.page.links;
        let from = links.partition_point(|link| link.span.start < span.start);
        let within = links[from..].iter().take_while(|link| link.span.start < span.end);
        let authors = within.filter(|link| words::leads_to_author(&self.source[link.href]));
        authors.filter_map(|link| handle(&self.page.text[link.span])).collect()
    }

    /// The name that a line is, if it is nothing else.
    fn signature(&self, at: usize) -> Vec<String> {
        let text = self.page.text[self.page.lines[at].span].trim();
        let names: Option<Vec<String>> = text.split(['/', '\n']).map(|name| person(name.trim())).collect();
        let is_whole =
            |names: &Vec<String>| names.iter().map(|name| folded(name)).collect::<String>() == folded(text);
        self.known(names.filter(is_whole).unwrap_or_default())
    }

    fn known(&self, names: Vec<String>) -> Vec<String> {
        let mut seen = HashSet::new();
        let mut known = Vec::new();
        for name in names {
            let same = folded(&name);
            if !is_site(&same, &self.sites) && !words::is_nobody(&name) && seen.insert(same) {
                known.push(name);
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Stated};
    use crate::{Record, Registry};

    const TEXT: &str = "<p>The ferry struck the pier on Monday evening, and eleven of its passengers were taken to the hospital.\
        <p>The ship is back in the yard, and an older one takes its place, with room for half as many cars as before.";

    fn authors(body: &str) -> Vec<String> {
        let source = format!(
            "<!doctype html><title>Ferry strikes pier</title><main><h1>Ferry strikes pier</h1>{body}</main>"
        );
        let document = Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0);
        document.article().unwrap().authors.clone()
    }

    #[test]
    fn a_name_opens_or_closes_a_text_and_no_list_of_words() {
        assert_eq!(authors(&format!("{TEXT}<p>Mira Holm")), ["Mira Holm"]);
        assert!(authors("<p>Blue Paint<p>Two Decks<p>One Funnel<p>Old Engine").is_empty());
    }

    #[test]
    fn the_author_of_a_thread_is_that_of_its_opening_post() {
        let post = |name: &str| {
            format!(
                "<div class=post><div itemprop=author><b>M</b> <span itemprop=name>{name}</span> <i>Captain</i></div>{TEXT}</div>"
            )
        };
        let posts: Vec<String> =
            ["Mira Holm", "Jon Berg", "Ida Lund", "Per Dahl", "Eva Sund"].map(post).into();
        assert_eq!(authors(&posts.concat().replace("<p>", "<p><p>.<p>"))[..1], ["Mira Holm"]);
        assert!(!authors(&posts.concat()).contains(&"Eva Sund".to_owned()));
    }

    #[test]
    fn an_address_is_no_author() {
        let stated = |value: &str| Stated { value: value.to_owned(), field: "ld.author".into() };
        let names = Names::stated(&[stated("https://harbour.example/team"), stated("Ana Meier")], &[]);
        assert_eq!((names.persons, names.handles.len()), (vec!["Ana Meier".to_owned()], 0));
    }

    #[test]
    fn outlets_and_what_stands_for_no_one_are_no_persons() {
        let read = |value: &str| {
            let stated = Stated { value: value.to_owned(), field: "ld.author".into() };
            let names = Names::stated(&[stated], &[]);
            (names.persons.len(), names.handles.len(), names.others.len())
        };
        assert_eq!((read("Coast Herald"), read("Redaktion")), ((0, 0, 1), (0, 0, 1)));
        for value in ["undefined", "publisher", "admin", "Site Admin"] {
            assert_eq!(read(value), (0, 0, 0), "{value}");
        }
        // A byline goes before a host.
        assert_eq!(read("coast.example"), (0, 1, 0));
    }
}
