//! A query: what is looked for, read from one of two languages.
//!
//! The plain one is what people type into a search box: `"military base" AND Pesk*`. The other describes tokens, in the
//! dialect of BlackLab: `[word="military"] []{0,3} [stem="base"] within <quotation/>`. Any string is a query: what does
//! not parse is searched literally, with a warning that names the position.

mod cql;
mod fields;
mod lexer;
mod plain;
mod signs;
mod text;

pub use fields::Field;

use crate::entities::Entities;
use serde::Serialize;

/// What is looked for, and how it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What the person typed.
    pub typed: String,
    /// What is looked for.
    pub node: Node,
    /// What was not understood, and is searched literally or left out.
    pub warnings: Vec<Warning>,
    /// Tags of tokens that it asks for, which only imported layers give.
    pub(crate) asked: Vec<Asked>,
    /// The entities that it asks for, once an engine has found them.
    pub(crate) entities: Entities,
}

/// Something in a query that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// Where it is in the query, in characters from 0.
    pub position: usize,
    /// What it is, and what was done instead.
    pub message: String,
}

/// A tag of tokens that a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Where, in characters from 0.
    pub(crate) position: usize,
    /// Its name, such as `lemma`.
    pub(crate) tag: String,
}

/// How a query was understood, for programs and for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explained {
    /// What is looked for, as a tree.
    pub json: Node,
    /// The same, written in the language it was read from.
    pub text: String,
    /// What was not understood.
    pub warnings: Vec<Warning>,
}

/// What is looked for: conditions on a part of a document, and the words to show.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "op", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Node {
    /// Words one after the other, or, with a distance, so near each other.
    Phrase {
        /// The words, in order.
        words: Vec<Word>,
        /// Number of other words that may stand among them, in any order; `None` where they follow one another.
        distance: Option<u32>,
    },
    /// All of these hold.
    And {
        /// The conditions.
        of: Vec<Node>,
    },
    /// At least one of these holds.
    Or {
        /// The conditions.
        of: Vec<Node>,
    },
    /// This does not hold.
    Not {
        /// The condition.
        of: Box<Node>,
    },
    /// The part, its document or the passage is of this kind.
    Field {
        /// What is asked of it.
        field: Field,
        /// What it must be.
        value: Value,
    },
    /// One statement, name or event is such that all of these hold of it; words must lie in it.
    Fact {
        /// The conditions.
        of: Vec<Node>,
    },
    /// Tokens that follow a pattern.
    Tokens {
        /// The pattern.
        pattern: Spans,
    },
    /// Nothing: the query has no word in it.
    Nothing,
}

/// One word of a plain query.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Word {
    /// This word, folded.
    Is(String),
    /// Words that begin so, folded.
    Begins(String),
    /// Words that differ in so many letters at most.
    Like(String, u8),
    /// Words that match a pattern as a whole, in which `*` stands for any letters.
    Glob(String),
}

/// What a field must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// It has these words, one after the other.
    Words(Vec<Word>),
    /// It lies between these, both included; `None` is open.
    Range {
        /// The lowest value.
        from: Option<String>,
        /// The highest value.
        to: Option<String>,
    },
}

/// Spans of tokens.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Spans {
    /// Tokens that follow a pattern.
    Pattern(Pattern),
    /// Spans of a kind: `quotation`, `statement`, `sentence` or `s`, a role, or any layer.
    Named(String),
    /// Spans that lie in one of others.
    Within(Box<Spans>, Box<Spans>),
    /// Spans in which one of others lies.
    Containing(Box<Spans>, Box<Spans>),
}

/// A pattern of tokens.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pattern {
    /// One token; `None` is any.
    Token(Option<Condition>),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these, the first that fits.
    Either(Vec<Pattern>),
    /// As often as this; without an upper bound where it is `None`.
    Repeat(Box<Pattern>, u32, Option<u32>),
}

/// A condition on a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Condition {
    /// An attribute (`word`, `stem`, `role`, `lemma`, `pos` …) matches a regular expression as a whole.
    Matches {
        /// The attribute.
        attribute: String,
        /// The regular expression.
        value: String,
    },
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    No(Box<Condition>),
}

impl Query {
    /// Reads a query of either language: a token pattern where it begins as one, else a plain one.
    ///
    /// ```
    /// use corpus_query::Query;
    /// let query = Query::parse("“military base” AND Pesk*");
    /// assert_eq!(query.explain().text, "\"military base\" AND pesk*");
    /// let query = Query::parse("military AND (base");
    /// assert_eq!(query.warnings[0].position, 13);
    /// ```
    pub fn parse(typed: &str) -> Query {
        if cql::is_meant(typed) { Query::cql(typed) } else { Query::plain(typed) }
    }

    fn of(typed: &str, node: Node, warnings: Vec<Warning>) -> Query {
        Query { typed: typed.to_owned(), node, warnings, asked: Vec::new(), entities: Entities::default() }
    }

    /// Reads a query of the plain language.
    pub fn plain(typed: &str) -> Query {
        let (node, warnings) = plain::parse(typed);
        Query::of(typed, node, warnings)
    }

    /// Reads a pattern of tokens.
    pub fn cql(typed: &str) -> Query {
        match cql::parse(typed) {
            Ok(cql::Read { spans, warnings, asked }) => {
                Query { asked, ..Query::of(typed, Node::Tokens { pattern: spans }, warnings) }
            }
            Err(mut warning) => {
                warning.message.push_str("; searched literally");
                Query::of(typed, plain::literally(typed), vec![warning])
            }
        }
    }

    /// Whether there is nothing in it to look for: no document is an answer.
    pub fn is_empty(&self) -> bool {
        self.node == Node::Nothing
    }

    /// Whether the answer depends on annotations: on who said something, on quotations, on lemmas.
    pub fn asks_for_facts(&self) -> bool {
        asks_for_facts(&self.node)
    }

    /// Whether words of a text are marked where it matches; a query of fields alone finds documents, and marks none.
    pub fn marks_words(&self) -> bool {
        marks_words(&self.node)
    }

    /// How the query was understood.
    pub fn explain(&self) -> Explained {
        Explained {
            json: self.node.clone(),
            text: text::written(&self.node),
            warnings: self.warnings.clone(),
        }
    }
}

fn marks_words(node: &Node) -> bool {
    match node {
        Node::Phrase { .. } | Node::Fact { .. } | Node::Tokens { .. } => true,
        Node::And { of } | Node::Or { of } => of.iter().any(marks_words),
        Node::Not { .. } | Node::Field { .. } | Node::Nothing => false,
    }
}

fn asks_for_facts(node: &Node) -> bool {
    match node {
        Node::Fact { .. } => true,
        Node::And { of } | Node::Or { of } => of.iter().any(asks_for_facts),
        Node::Not { of } => asks_for_facts(of),
        // A pattern may name any layer and any attribute of tokens; plain words need none.
        Node::Tokens { pattern: Spans::Pattern(pattern) } => !is_of_words(pattern),
        Node::Tokens { .. } => true,
        _ => false,
    }
}

fn is_of_words(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Token(None) => true,
        Pattern::Token(Some(condition)) => condition_is_of_words(condition),
        Pattern::Sequence(of) | Pattern::Either(of) => of.iter().all(is_of_words),
        Pattern::Repeat(of, ..) => is_of_words(of),
    }
}

fn condition_is_of_words(condition: &Condition) -> bool {
    match condition {
        Condition::Matches { attribute, .. } => matches!(&**attribute, "word" | "stem" | "role"),
        Condition::All(of) | Condition::Any(of) => of.iter().all(condition_is_of_words),
        Condition::No(of) => condition_is_of_words(of),
    }
}
