//! Search: passages or a concordance, with what leads further.

use super::{Screen, count, render};
use crate::{
    app::{App, Opened},
    concordance::Kwic,
    problem::Problem,
    question::{Places, Question},
    search,
};
use askama::Template;
use corpus_query::{DateOf, Explained, Location, Snippet, Total};
use serde::Deserialize;

/// Number of passages on a page, and of lines of a concordance.
const PASSAGES: usize = 20;
const LINES: usize = 200;

/// Search.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default, rename = "in")]
    scope: String,
    #[serde(default)]
    view: String,
    #[serde(default)]
    sort: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct View {
    section: &'static str,
    q: String,
    scope: String,
    scopes: [(&'static str, &'static str); 4],
    sort: String,
    sorts: [(&'static str, &'static str); 6],
    is_kwic: bool,
    total: String,
    exact: bool,
    copies: u64,
    understood: String,
    warnings: Vec<String>,
    facets: Vec<(&'static str, Vec<(String, String)>)>,
    lines: Vec<Line>,
    next: Option<String>,
    wider: String,
    download: String,
}

/// A passage or a line of the concordance.
#[derive(Default)]
struct Line {
    document: String,
    name: String,
    line: usize,
    role: &'static str,
    title: String,
    date: String,
    before: String,
    matched: String,
    after: String,
    pieces: Vec<(String, bool)>,
}

const SCOPES: [(&str, &str); 4] = [
    ("article", "articles"),
    ("article,embedded", "articles and embedded ones"),
    ("comments", "comments"),
    ("all", "everything"),
];

const SORTS: [(&str, &str); 6] = [
    ("", "order of the pile"),
    ("L1", "word before"),
    ("R1", "word after"),
    ("R1,R2", "two words after"),
    ("match", "match"),
    ("date", "date"),
];

impl Screen for Search {
    fn show(self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        let is_kwic = self.view == "kwic";
        let scope = if self.scope.is_empty() { "article".to_owned() } else { self.scope.clone() };
        let mut view = View {
            section: "search",
            q: self.q.clone(),
            scope: scope.clone(),
            scopes: SCOPES,
            sort: self.sort.clone(),
            sorts: SORTS,
            is_kwic,
            total: String::new(),
            exact: true,
            copies: 0,
            understood: String::new(),
            warnings: Vec::new(),
            facets: Vec::new(),
            lines: Vec::new(),
            next: None,
            wider: self.address("all", None),
            download: self.download(&scope, is_kwic),
        };
        if self.q.trim().is_empty() {
            return render(&view);
        }
        let next = if is_kwic {
            let kwic = Kwic::of(&self.q, &scope, &self.sort, LINES, self.cursor.clone());
            let found = kwic.answer(places, app, corpus)?;
            view.tell(&found.query, found.total, found.copies);
            view.lines = found
                .items
                .into_iter()
                .map(|line| Line {
                    before: line.before,
                    matched: line.matched,
                    after: line.after,
                    ..Line::at(&line.location, line.title, line.date.as_ref())
                })
                .collect();
            found.next
        } else {
            let search = search::Search {
                q: self.q.clone(),
                scope: scope.clone(),
                facets: true,
                duplicates: false,
                limit: PASSAGES,
                cursor: self.cursor.clone(),
            };
            let found = search.answer(places, app, corpus)?;
            view.tell(&found.query, found.total, found.copies);
            if let Some(facets) = found.facets {
                for (name, values) in [
                    ("role", facets.role),
                    ("site", facets.site),
                    ("language", facets.language),
                    ("year", facets.year),
                ] {
                    let values: Vec<_> =
                        values.into_iter().take(8).map(|(value, number)| (value, count(number))).collect();
                    if values.len() > 1 {
                        view.facets.push((name, values));
                    }
                }
            }
            view.lines = found
                .items
                .into_iter()
                .map(|hit| Line {
                    pieces: pieces(&hit.snippet),
                    ..Line::at(&hit.location, hit.title, hit.date.as_ref())
                })
                .collect();
            found.next
        };
        view.next = next.map(|cursor| self.address(&scope, Some(&cursor)));
        render(&view)
    }
}

impl Search {
    /// The address of this search with another scope or page.
    fn address(&self, scope: &str, cursor: Option<&str>) -> String {
        let mut address = format!(
            "/search?q={}&in={}&view={}&sort={}",
            encode(&self.q),
            encode(scope),
            encode(&self.view),
            encode(&self.sort)
        );
        if let Some(cursor) = cursor {
            address.push_str("&cursor=");
            address.push_str(&encode(cursor));
        }
        address
    }

    /// The address of everything as a table.
    fn download(&self, scope: &str, is_kwic: bool) -> String {
        let (q, scope) = (encode(&self.q), encode(scope));
        match is_kwic {
            true => format!("/v1/kwic.csv?q={q}&in={scope}&sort={}&limit=10000", encode(&self.sort)),
            false => format!("/v1/search.csv?q={q}&in={scope}&limit=1000"),
        }
    }
}

impl View {
    fn tell(&mut self, query: &Explained, total: Total, copies: u64) {
        self.total = count(total.value);
        self.exact = total.exact;
        self.copies = copies;
        self.understood = query.text.clone();
        self.warnings = query
            .warnings
            .iter()
            .map(|warning| format!("At character {}: {}", warning.position + 1, warning.message))
            .collect();
    }
}

impl Line {
    fn at(location: &Location, title: Option<String>, date: Option<&DateOf>) -> Line {
        Line {
            document: location.document.clone(),
            name: location.name(),
            line: location.line,
            role: location.role.as_str(),
            title: title.unwrap_or_else(|| location.name()),
            date: date.map(|date| date.value.to_string()).unwrap_or_default(),
            ..Line::default()
        }
    }
}

/// The pieces of a snippet, each with whether it matches.
fn pieces(snippet: &Snippet) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, is_match: bool| {
        if let Some(words) = snippet.text.get(from..to).filter(|words| !words.is_empty()) {
            pieces.push((words.to_owned(), is_match));
        }
    };
    for &[start, end] in &snippet.highlights {
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, snippet.text.len(), false);
    if snippet.cut_before {
        pieces.insert(0, ("… ".to_owned(), false));
    }
    if snippet.cut_after {
        pieces.push((" …".to_owned(), false));
    }
    pieces
}

/// A value as an address takes it.
pub(super) fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_cut_at_its_highlights() {
        let snippet = Snippet {
            text: "the old harbour wall".to_owned(),
            highlights: vec![[8, 15]],
            cut_before: true,
            cut_after: false,
        };
        let pieces = pieces(&snippet);
        let shown: Vec<_> = pieces.iter().map(|(words, is_match)| (words.as_str(), *is_match)).collect();
        assert_eq!(shown, [("… ", false), ("the old ", false), ("harbour", true), (" wall", false)]);
    }

    #[test]
    fn what_is_typed_never_leaves_its_parameter() {
        assert_eq!(encode("a&b=\"ö\" #"), "a%26b%3D%22%C3%B6%22%20%23");
    }
}
