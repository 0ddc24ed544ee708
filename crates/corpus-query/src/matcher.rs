//! The matcher: runs a query over the text of a part and says where it matches.

mod facts;
pub(crate) mod named;
mod nested;
pub(crate) mod program;
mod words;

use crate::{
    dates,
    deadline::Deadline,
    entities::{Entities, Sought},
    fold::fold,
    part_text::{PartText, Passage, UNKNOWN_LANGUAGE},
    query::{Field, Node, Pattern, Query, Spans, Value, Word},
    scope::Scope,
    token::Tokens,
};
use corpus_core::Span;
use frostem::Stemmer;
use named::InSight;
use program::{Program, Seen};
use std::{mem, sync::Arc};
use words::{At, Words};

/// Where a query matches: bytes of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Index of the passage in the part.
    pub passage: usize,
    /// Where it begins in the passage, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A query made ready to run.
#[derive(Debug)]
pub struct Matcher {
    words: Words,
    tree: Tree,
    scope: Scope,
    roles: Vec<String>,
    deadline: Deadline,
}

/// Memory that runs of a matcher share.
#[derive(Debug, Default)]
pub struct Room {
    tokens: Tokens,
    lower: Vec<u8>,
    found: Vec<Vec<At>>,
}

/// A node of the query, ready to run.
#[derive(Debug)]
enum Tree {
    Phrase { words: Vec<usize>, distance: Option<usize> },
    And(Vec<Tree>),
    Or(Vec<Tree>),
    Not(Box<Tree>),
    Field(Field, Value, Option<Arc<Sought>>),
    Fact(Vec<Tree>),
    Tokens(Finder),
    Nothing,
}

/// What finds spans, ready to run.
#[derive(Debug)]
enum Finder {
    Program(Program),
    Named(String),
    Within(Box<Finder>, Box<Finder>),
    Containing(Box<Finder>, Box<Finder>),
    Nothing,
}

impl Matcher {
    /// Makes a query ready to be run on passages of `scope`.
    pub fn new(query: &Query, scope: &Scope) -> Matcher {
        let mut words = Words::default();
        let tree = tree(&query.node, &query.entities, &mut words);
        words.finish();
        let mut roles = Vec::new();
        role_conditions(&query.node, &mut roles);
        Matcher { words, tree, scope: scope.clone(), roles, deadline: Deadline::none() }
    }

    /// The same, which finds nothing more once a deadline is over: who asks looks at the deadline afterwards.
    pub(crate) fn until(self, deadline: Deadline) -> Matcher {
        Matcher { deadline, ..self }
    }

    /// Where the part matches: in order, none within another. `None` where it does not; an empty list where it does
    /// without any word to show, as for `author:…`.
    pub fn find(&self, part: &PartText, room: &mut Room) -> Option<Vec<Match>> {
        if !self.scope.may_hold(part.kind) {
            return None;
        }
        room.found.resize_with(self.words.len(), Vec::new);
        room.found.iter_mut().for_each(Vec::clear);
        let mut any = false;
        for (index, passage) in self.passages(part) {
            any = true;
            if self.deadline.is_over() {
                return None;
            }
            let text = part.slice(passage);
            if self.words.may_be_in(text, &mut room.lower) {
                room.tokens.read(text);
                self.words.find(index, &room.tokens, &mut room.found);
            }
        }
        if !any {
            return None;
        }
        let found = mem::take(&mut room.found);
        let matches = self.run(&self.tree, part, &found, room);
        room.found = found;
        let mut matches = matches?;
        matches.sort_unstable_by_key(|found| (found.passage, found.start, std::cmp::Reverse(found.end)));
        // What lies within the one before it is shown by that one.
        let mut last: Option<Match> = None;
        matches.retain(|found| {
            let within = last.is_some_and(|last| last.passage == found.passage && found.end <= last.end);
            if !within {
                last = Some(*found);
            }
            !within
        });
        Some(matches)
    }

    /// The passages that are looked at.
    pub(crate) fn passages<'a>(&'a self, part: &'a PartText) -> impl Iterator<Item = (usize, &'a Passage)> {
        part.passages.iter().enumerate().filter(|(_, passage)| {
            self.scope.holds(part, passage) && self.roles.iter().all(|role| role == passage.role.as_str())
        })
    }

    fn run(&self, tree: &Tree, part: &PartText, found: &[Vec<At>], room: &mut Room) -> Option<Vec<Match>> {
        match tree {
            Tree::Nothing => None,
            Tree::Phrase { words, distance } => {
                let stretches = match (&words[..], distance) {
                    ([one], _) => found[*one].iter().map(|at| (*at, *at)).collect(),
                    (words, None) => words::phrase(words, found),
                    (words, Some(distance)) => words::near(words, *distance, found),
                };
                let matches: Vec<Match> = stretches.into_iter().map(stretch).collect();
                (!matches.is_empty()).then_some(matches)
            }
            Tree::And(of) => {
                let mut matches = Vec::new();
                for tree in of {
                    matches.extend(self.run(tree, part, found, room)?);
                }
                Some(matches)
            }
            Tree::Or(of) => {
                let mut holding = of.iter().filter_map(|tree| self.run(tree, part, found, room)).peekable();
                holding.peek()?;
                Some(holding.flatten().collect())
            }
            Tree::Not(of) => match self.run(of, part, found, room) {
                Some(_) => None,
                None => Some(Vec::new()),
            },
            Tree::Field(field, value, _) => self.has(*field, value, part).then(Vec::new),
            Tree::Fact(of) => self.fact(of, part, found, room),
            Tree::Tokens(finder) => {
                let mut matches = Vec::new();
                let mut in_sight = InSight::default();
                for (index, passage) in self.passages(part) {
                    if self.deadline.is_over() {
                        return None;
                    }
                    in_sight.enter(part, passage);
                    let (text, tokens) = (part.slice(passage), &mut room.tokens);
                    tokens.read(text);
                    let stemmer = part.language.as_deref().and_then(stemmer);
                    let seen = Seen { part, passage, in_sight: &in_sight, text, tokens, stemmer };
                    let spans = finder.find(&seen);
                    let found = |span: Span| Match { passage: index, start: span.start, end: span.end };
                    matches.extend(spans.into_iter().map(found));
                }
                (!matches.is_empty()).then_some(matches)
            }
        }
    }

    /// Whether the part is as a field asks.
    fn has(&self, field: Field, value: &Value, part: &PartText) -> bool {
        let is = |text: &str| matches_words(value, text);
        match field {
            Field::Title => part.title.as_deref().is_some_and(is),
            Field::Author => part.authors.iter().any(|author| is(author)),
            Field::Site => part.sites().any(|site| is(&site)),
            Field::Url => part.url.as_deref().is_some_and(is),
            Field::File => is(&part.uri),
            Field::Document => {
                let ids = [Some(&*part.document), part.record_id.as_deref()];
                ids.into_iter().flatten().any(is)
            }
            Field::Language => is(part.language.as_deref().unwrap_or(UNKNOWN_LANGUAGE)),
            Field::Part => is(part.kind.as_str()),
            Field::Role => self.passages(part).any(|(_, passage)| is_name(value, passage.role.as_str())),
            Field::Year if dates::is_open(value) => dates::year(part.published.as_ref()).is_none(),
            Field::Date | Field::Year | Field::Within => match value {
                Value::Range { from, to } => part.published.as_ref().is_some_and(|published| {
                    let holds = if field == Field::Within { dates::lies_within } else { dates::meets };
                    holds(published, from.as_deref(), to.as_deref())
                }),
                Value::Words(_) => part.published.as_ref().is_some_and(|published| is(published.as_str())),
            },
            // These are asked of facts.
            _ => false,
        }
    }
}

/// Roles that the passage itself must have.
fn role_conditions(node: &Node, roles: &mut Vec<String>) {
    match node {
        Node::Field { field: Field::Role, value: Value::Words(words) } => {
            roles.push(words.iter().filter_map(plain).collect::<Vec<_>>().join("_"));
        }
        Node::And { of } => of.iter().for_each(|node| role_conditions(node, roles)),
        _ => {}
    }
}

fn plain(word: &Word) -> Option<&str> {
    match word {
        Word::Is(word) => Some(word),
        _ => None,
    }
}

pub(crate) fn is_name(value: &Value, name: &str) -> bool {
    match value {
        Value::Words(words) => words.iter().filter_map(plain).collect::<Vec<_>>().join("_") == name,
        Value::Range { .. } => false,
    }
}

/// Whether a text has the words of a value one after the other, or lies between its ends.
pub(crate) fn matches_words(value: &Value, text: &str) -> bool {
    match value {
        Value::Range { from, to } => {
            let folded = fold(text);
            from.as_ref().is_none_or(|from| fold(from) <= folded)
                && to.as_ref().is_none_or(|to| folded <= fold(to))
        }
        Value::Words(wanted) => {
            let mut words = Words::default();
            let numbers: Vec<usize> = wanted.iter().map(|word| words.number(word)).collect();
            let mut found = vec![Vec::new(); words.len()];
            words.find(0, &Tokens::of(text), &mut found);
            !words::phrase(&numbers, &found).is_empty()
        }
    }
}

/// The stemmer of a language, where there is one.
pub(crate) fn stemmer(language: &str) -> Option<Stemmer> {
    Stemmer::try_from_name(language.split('-').next().unwrap_or(language)).ok()
}

const fn stretch((first, last): (At, At)) -> Match {
    Match { passage: first.passage, start: first.start, end: last.end }
}

fn tree(node: &Node, entities: &Entities, words: &mut Words) -> Tree {
    let all = |of: &[Node], words: &mut Words| of.iter().map(|node| tree(node, entities, words)).collect();
    match node {
        Node::Phrase { words: list, distance } => {
            Tree::Phrase { words: words.together(list), distance: distance.map(|distance| distance as usize) }
        }
        Node::And { of } => Tree::And(all(of, words)),
        Node::Or { of } => Tree::Or(all(of, words)),
        Node::Not { of } => Tree::Not(Box::new(tree(of, entities, words))),
        Node::Field { field, value } => {
            Tree::Field(*field, value.clone(), entities.get(*field, value).map(Arc::clone))
        }
        Node::Fact { of } => Tree::Fact(all(of, words)),
        Node::Tokens { pattern } => Tree::Tokens(finder(pattern)),
        Node::Nothing => Tree::Nothing,
    }
}

fn finder(spans: &Spans) -> Finder {
    let both = |one: &Spans, other: &Spans| (Box::new(finder(one)), Box::new(finder(other)));
    match spans {
        Spans::Pattern(pattern) => compile(pattern),
        Spans::Named(name) => Finder::Named(name.clone()),
        Spans::Within(inner, outer) => {
            let (inner, outer) = both(inner, outer);
            Finder::Within(inner, outer)
        }
        Spans::Containing(outer, inner) => {
            let (outer, inner) = both(outer, inner);
            Finder::Containing(outer, inner)
        }
    }
}

fn compile(pattern: &Pattern) -> Finder {
    Program::of(pattern).map_or(Finder::Nothing, Finder::Program)
}

impl Finder {
    /// The spans in a passage, in bytes of it.
    fn find(&self, seen: &Seen<'_>) -> Vec<Span> {
        match self {
            Finder::Nothing => Vec::new(),
            Finder::Named(name) => named::spans(name, seen.part, seen.passage, seen.in_sight),
            Finder::Program(program) => {
                let bytes = |(first, last): (usize, usize)| {
                    Span::new(seen.tokens.span(first).0, seen.tokens.span(last).1)
                };
                program.find(seen).into_iter().map(bytes).collect()
            }
            Finder::Within(inner, outer) => {
                let outer = outer.find(seen);
                if outer.is_empty() {
                    return Vec::new();
                }
                nested::within(inner.find(seen), outer)
            }
            Finder::Containing(outer, inner) => {
                let inner = inner.find(seen);
                nested::containing(outer.find(seen), inner)
            }
        }
    }
}
