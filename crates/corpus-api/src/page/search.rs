//! Search: passages or a concordance, with what leads further.

use super::{Download, Screen, count, render};
use crate::{
    app::App,
    concordance::{Kwic, sort_keys},
    pages::Limit,
    parameters::one_of,
    problem::Problem,
    question::{Places, Question},
    search,
    snapshot::Opened,
};
use askama::Template;
use corpus_query::{DateOf, Explained, Location, Snippet, Total, worded};
use schemars::JsonSchema;
use serde::Deserialize;

/// Number of passages on a page, and of lines of a concordance.
const PASSAGES: usize = 20;
const LINES: usize = 200;

/// Parts of the longest question that is shown part by part.
const CHIPS: usize = 24;

/// Search.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    /// A part of the query that was edited, which goes before `behind`.
    #[serde(default)]
    piece: String,
    /// What stands behind the part that was edited.
    #[serde(default)]
    behind: String,
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
    scopes: Vec<(String, String)>,
    sort: String,
    sorts: [(&'static str, &'static str); 6],
    is_kwic: bool,
    is_found: bool,
    total: String,
    exact: bool,
    copies: u64,
    understood: String,
    warnings: Vec<String>,
    view: String,
    chips: Vec<Chip>,
    facets: Vec<Facet>,
    lines: Vec<Line>,
    columns: Vec<Column>,
    next: Option<String>,
    wider: String,
    download: Download,
    permalink: String,
}

/// A part of the question that can be edited or taken away.
struct Chip {
    name: String,
    /// The address of the question without it.
    without: String,
    /// What stands before and behind it, where it is a part of the query.
    around: Option<(String, String)>,
}

/// A column of the concordance.
struct Column {
    name: &'static str,
    class: &'static str,
    is_current: bool,
    /// The address of the concordance sorted by it.
    address: String,
}

/// Columns of the concordance: name, class, what sorts by it.
const COLUMNS: [(&str, &str, &str); 5] = [
    ("Place", "", ""),
    ("Before", "before", "L1"),
    ("Match", "match", "match"),
    ("After", "", "R1"),
    ("Date", "", "date"),
];

/// How the passages divide, with what narrows the search to each.
struct Facet {
    name: &'static str,
    values: Vec<Value>,
}

struct Value {
    name: String,
    count: String,
    /// The address of the narrower search; empty where there is none.
    address: String,
}

/// A passage or a line of the concordance.
#[derive(Default)]
struct Line {
    document: String,
    name: String,
    /// Of the text, which leads to it on its page.
    line: usize,
    /// The one that is cited.
    cited: usize,
    role: &'static str,
    title: String,
    /// The ends of the date, or the one date.
    date: Vec<String>,
    before: String,
    matched: String,
    after: String,
    pieces: Vec<(String, bool)>,
    /// Whether the line before it lies in the same document.
    goes_on: bool,
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
    fn show(mut self, places: &Places, app: &App, corpus: &Opened) -> Result<String, Problem> {
        if !self.piece.is_empty() || !self.behind.is_empty() {
            let pieces = [&self.q, &self.piece, &self.behind].map(|piece| piece.trim());
            self.q = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
        }
        one_of("view", &self.view, &["passages", "kwic"])?;
        let is_kwic = self.view == "kwic";
        sort_keys(&self.sort)?;
        let scope = if self.scope.is_empty() { SCOPES[0].0.to_owned() } else { self.scope.clone() };
        let mut scopes: Vec<(String, String)> =
            SCOPES.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect();
        if !scopes.iter().any(|(value, _)| *value == scope) {
            scopes.push((scope.clone(), scope.clone()));
        }
        let mut view = View {
            section: "search",
            q: self.q.clone(),
            scope: scope.clone(),
            scopes,
            sort: self.sort.clone(),
            sorts: SORTS,
            is_kwic,
            is_found: false,
            total: String::new(),
            exact: true,
            copies: 0,
            understood: String::new(),
            warnings: Vec::new(),
            view: self.view.clone(),
            chips: self.chips(&scope),
            facets: Vec::new(),
            lines: Vec::new(),
            columns: COLUMNS
                .iter()
                .map(|&(name, class, sort)| Column {
                    name,
                    class,
                    is_current: sort == self.sort,
                    address: self.with(&self.q, &scope, sort),
                })
                .collect(),
            next: None,
            wider: self.with(&self.q, "all", &self.sort),
            permalink: self.with(&self.q, &scope, &self.sort),
            download: Download::new(&self.table(&scope, is_kwic), 0),
        };
        if self.q.trim().is_empty() {
            return render(&view);
        }
        let next = if is_kwic {
            let kwic = Kwic::of(&self.q, &scope, &self.sort, Limit::new(LINES), self.cursor.clone());
            let found = kwic.answer(places, app, corpus)?;
            view.tell(&found.query, found.total, found.copies);
            view.lines = found
                .items
                .into_iter()
                .map(|line| Line {
                    before: in_one_line(&line.before),
                    matched: in_one_line(&line.matched),
                    after: in_one_line(&line.after),
                    ..Line::at(&line.location, line.title, line.date.as_ref())
                })
                .collect();
            found.next
        } else {
            let search = search::Search {
                q: self.q.clone(),
                cql: false,
                scope: scope.clone(),
                facets: true,
                duplicates: false,
                limit: Limit::new(PASSAGES),
                cursor: self.cursor.clone(),
            };
            let found = search.answer(places, app, corpus)?;
            view.tell(&found.query, found.total, found.copies);
            if let Some(facets) = found.facets {
                for (name, values) in [
                    ("part", facets.kind),
                    ("role", facets.role),
                    ("site", facets.site),
                    ("language", facets.language),
                    ("year", facets.year),
                ] {
                    if values.len() > 1 {
                        let values = values.into_iter().take(10).map(|(value, number)| Value {
                            address: self.narrower(name, &value, &scope),
                            name: value,
                            count: count(number),
                        });
                        view.facets.push(Facet { name, values: values.collect() });
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
            let mut last = String::new();
            for line in &mut view.lines {
                line.goes_on = last == line.document;
                last.clone_from(&line.document);
            }
            found.next
        };
        view.next = next.map(|cursor| format!("{}&cursor={}", view.permalink, encode(&cursor)));
        render(&view)
    }
}

impl Search {
    /// The address of this search with another query, scope or order.
    fn with(&self, q: &str, scope: &str, sort: &str) -> String {
        let mut address = format!("/search?q={}", encode(q));
        for (name, value) in [("in", scope), ("view", &self.view), ("sort", sort)] {
            if !value.is_empty() {
                address.push_str(&format!("&{name}={}", encode(value)));
            }
        }
        address
    }

    /// The address of this search for one value of a facet alone.
    fn narrower(&self, facet: &str, value: &str, scope: &str) -> String {
        let condition = match facet {
            "part" if matches!(value, "article" | "embedded" | "comments") => {
                return self.with(&self.q, value, &self.sort);
            }
            "role" => format!("role:{value}"),
            "site" | "language" => format!("{facet}:\"{}\"", value.replace('"', "")),
            "year" if value == "open" => "year:open".to_owned(),
            "year" => format!("within:{value}"),
            _ => return String::new(),
        };
        // A token pattern takes no condition beside it.
        if self.q.trim_start().starts_with('[') {
            return String::new();
        }
        let q = self.q.trim();
        let joined = q.contains(" OR ") || q.contains(" NOT ");
        let q = if joined { format!("({q}) {condition}") } else { format!("{q} {condition}") };
        self.with(&q, scope, &self.sort)
    }

    /// The parts of the question that can be edited or taken away.
    fn chips(&self, scope: &str) -> Vec<Chip> {
        let mut chips = Vec::new();
        let pieces = pieces_of(&self.q);
        // Each chip holds all others: those of a whole article would be a book.
        let is_taken_apart = (2..=CHIPS).contains(&pieces.len());
        for (index, piece) in pieces.iter().enumerate().filter(|_| is_taken_apart) {
            let (before, behind) = (pieces[..index].join(" "), pieces[index + 1..].join(" "));
            let rest = format!("{before} {behind}");
            chips.push(Chip {
                name: (*piece).to_owned(),
                without: self.with(rest.trim(), scope, &self.sort),
                around: Some((before, behind)),
            });
        }
        let mut plain = |name: String, without: String| chips.push(Chip { name, without, around: None });
        if scope != SCOPES[0].0 {
            plain(format!("in {scope}"), self.with(&self.q, SCOPES[0].0, &self.sort));
        }
        if !self.sort.is_empty() && self.view == "kwic" {
            plain(format!("sorted by {}", self.sort), self.with(&self.q, scope, ""));
        }
        chips
    }

    /// The address of everything as a table.
    fn table(&self, scope: &str, is_kwic: bool) -> String {
        let (q, scope) = (encode(&self.q), encode(scope));
        match is_kwic {
            true => format!("/v1/kwic.csv?q={q}&in={scope}&sort={}", encode(&self.sort)),
            false => format!("/v1/search.csv?q={q}&in={scope}"),
        }
    }
}

impl View {
    fn tell(&mut self, query: &Explained, total: Total, copies: u64) {
        self.total = count(total.value);
        self.is_found = total.value > 0;
        self.download.holds(total.value);
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
            cited: location.cited_line(),
            role: location.role.as_str(),
            title: title.unwrap_or_else(|| location.name()),
            date: date.map(|date| ends(&worded(&date.value))).unwrap_or_default(),
            ..Line::default()
        }
    }
}

/// A date in the pieces between which a line may break, the stroke of an interval at its first end.
fn ends(date: &str) -> Vec<String> {
    date.split_inclusive('/').map(str::to_owned).collect()
}

/// Words around a match as they stand on one line: a space at either end stays, since it parts them from the match.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_whitespace() {
            false => line.push(letter),
            true if line.ends_with(' ') => {}
            true => line.push(' '),
        }
    }
    line
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

/// The words, phrases and conditions of a query, each of which can be taken away; the whole where they hang together
/// by AND, OR, NOT or brackets.
fn pieces_of(q: &str) -> Vec<&str> {
    let hangs = |piece: &str| matches!(piece, "AND" | "OR" | "NOT");
    if q.contains(['(', '[', '{']) || q.split_whitespace().any(hangs) {
        return vec![q];
    }
    let mut pieces = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, letter) in q.char_indices() {
        quoted ^= letter == '"';
        if letter.is_whitespace() && !quoted {
            pieces.push(&q[start..at]);
            start = at + letter.len_utf8();
        }
    }
    pieces.push(&q[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
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
    fn words_around_a_match_stay_on_their_line() {
        assert_eq!(in_one_line("one\n  two\u{a0}three "), "one two three ");
        assert_eq!(in_one_line(""), "");
    }

    #[test]
    fn a_query_comes_apart_where_nothing_holds_it_together() {
        assert_eq!(pieces_of("old \"harbour wall\" year:2020"), ["old", "\"harbour wall\"", "year:2020"]);
        assert_eq!(pieces_of("a OR b"), ["a OR b"]);
        assert_eq!(pieces_of("(speaker:Marin source:Post)"), ["(speaker:Marin source:Post)"]);
        assert_eq!(pieces_of("\"open"), ["\"open"]);
    }

    #[test]
    fn what_is_typed_never_leaves_its_parameter() {
        assert_eq!(encode("a&b=\"ö\" #"), "a%26b%3D%22%C3%B6%22%20%23");
    }
}
