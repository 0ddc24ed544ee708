//! From a query to the parts of the index that may match it.

use super::{record::KINDS, schema::Fields};
use crate::{
    entities::Entities,
    fold::fold,
    query::{Condition, Field, Node, Pattern, Spans, Value, Word},
    scope::Scope,
    token::Tokens,
};
use corpus_core::Edtf;
use std::{collections::BTreeSet, ops::Bound};
use tantivy::{
    Searcher, Term,
    query::{
        AllQuery, BooleanQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery,
        RegexQuery, TermQuery,
    },
    schema::{Field as IndexField, IndexRecordOption},
};

/// A query of the index, and whether it gives just the parts that match: else it gives some that do not, and what it
/// gives cannot be left out for a NOT.
pub(super) struct Candidates {
    pub(super) query: Box<dyn Query>,
    exact: bool,
}

/// Most words that the beginning of one is spelled out to, so that they can be ranked.
const SPELLED_OUT: usize = 64;

/// Largest distance between words that the index is asked about; of what is farther apart it only knows that both are
/// there.
const FARTHEST: u32 = 100;

/// The parts of `scope` that may match.
pub(super) fn candidates(
    query: Option<&crate::query::Query>,
    scope: &Scope,
    fields: &Fields,
    searcher: &Searcher,
) -> Candidates {
    let mut texts = vec![fields.text];
    if scope.is_wide() {
        texts.push(fields.rest);
    }
    let none = Entities::default();
    let entities = query.map_or(&none, |query| &query.entities);
    let translator = Translator { fields, searcher, entities, texts, exact: scope.is_plain() };
    let mut found = match query {
        Some(query) => translator.node(&query.node),
        None => all(true),
    };
    if let Some(kinds) = scope.kinds() {
        let is_kind = |kind: &corpus_core::PartKind| {
            let number = KINDS.iter().position(|known| known == kind).unwrap_or(0) as u64;
            let term = Term::from_field_u64(fields.kind, number);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        };
        let kinds = tantivy::query::ConstScoreQuery::new(
            Box::new(BooleanQuery::union(kinds.iter().map(is_kind).collect())),
            0.0,
        );
        found.query = Box::new(BooleanQuery::intersection(vec![found.query, Box::new(kinds)]));
    }
    found
}

struct Translator<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    entities: &'a Entities,
    /// Fields that text is looked for in.
    texts: Vec<IndexField>,
    exact: bool,
}

fn all(exact: bool) -> Candidates {
    Candidates { query: Box::new(AllQuery), exact }
}

fn none() -> Candidates {
    Candidates { query: Box::new(EmptyQuery), exact: true }
}

impl Translator<'_> {
    fn node(&self, node: &Node) -> Candidates {
        match node {
            Node::Nothing => none(),
            Node::Phrase { words, distance } => self.phrase(words, *distance),
            Node::And { of } => self.and(of),
            Node::Or { of } => {
                let found: Vec<Candidates> = of.iter().map(|node| self.node(node)).collect();
                let exact = found.iter().all(|found| found.exact);
                let query = BooleanQuery::union(found.into_iter().map(|found| found.query).collect());
                Candidates { query: Box::new(query), exact }
            }
            Node::Not { .. } => self.and(std::slice::from_ref(node)),
            Node::Field { field, value } => self.field(*field, value),
            Node::Fact { of } => {
                let found: Vec<Box<dyn Query>> = of.iter().map(|node| self.of_fact(node).query).collect();
                Candidates { query: Box::new(BooleanQuery::intersection(found)), exact: false }
            }
            Node::Tokens { pattern } => Candidates { exact: false, ..self.spans(pattern) },
        }
    }

    /// All of these: what must not hold is left out only where it is known exactly.
    fn and(&self, of: &[Node]) -> Candidates {
        let mut exact = true;
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for node in of {
            let found = match node {
                Node::Not { of } => {
                    let found = self.node(of);
                    exact &= found.exact;
                    if found.exact {
                        clauses.push((Occur::MustNot, found.query));
                    }
                    continue;
                }
                node => self.node(node),
            };
            exact &= found.exact;
            clauses.push((Occur::Must, found.query));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Candidates { query: Box::new(BooleanQuery::new(clauses)), exact }
    }

    /// The same in each field of text.
    fn in_texts(&self, query: impl Fn(IndexField) -> Box<dyn Query>) -> Box<dyn Query> {
        match &self.texts[..] {
            [one] => query(*one),
            several => Box::new(BooleanQuery::union(several.iter().map(|field| query(*field)).collect())),
        }
    }

    fn phrase(&self, words: &[Word], distance: Option<u32>) -> Candidates {
        if let [word] = words {
            return Candidates { query: self.in_texts(|field| self.word(word, field)), exact: self.exact };
        }
        let plain: Option<Vec<&str>> = words
            .iter()
            .map(|word| match word {
                Word::Is(word) => Some(&**word),
                _ => None,
            })
            .collect();
        let query = match (plain, distance) {
            // Exact it is, but the phrases of tantivy 0.27 cannot be left out: its scorer is asked to go back then.
            (Some(plain), None) => self.in_texts(|field| phrase(&plain, field, 0)),
            // Words that stand together stand near each other two by two, and two words of a phrase that may be so
            // much out of place have that many others between them, or change places at the cost of two.
            (Some(plain), Some(distance)) if distance <= FARTHEST => {
                let slop = distance + plain.len() as u32;
                let pairs = plain.windows(2).map(|pair| self.in_texts(|field| phrase(pair, field, slop)));
                Box::new(BooleanQuery::intersection(pairs.collect()))
            }
            _ => {
                let each = words.iter().map(|word| self.in_texts(|field| self.word(word, field)));
                Box::new(BooleanQuery::intersection(each.collect()))
            }
        };
        Candidates { query, exact: false }
    }

    fn word(&self, word: &Word, field: IndexField) -> Box<dyn Query> {
        match word {
            Word::Is(word) => term(word, field),
            Word::Begins(begin) => match self.spelled_out(begin, field) {
                Some(words) => self.one_of(&words, field),
                None => self.like(&format!("{}.*", regex::escape(begin)), field),
            },
            Word::Like(word, distance) => {
                let query = FuzzyTermQuery::new(Term::from_field_text(field, word), *distance, true);
                match self.alike(&query, field) {
                    Some(words) => self.one_of(&words, field),
                    None => Box::new(query),
                }
            }
            Word::Glob(glob) => {
                let pattern: Vec<String> = glob.split('*').map(regex::escape).collect();
                self.like(&pattern.join(".*"), field)
            }
        }
    }

    /// At least one of these words.
    fn one_of(&self, words: &[String], field: IndexField) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(words.iter().map(|word| term(word, field)).collect()))
    }

    /// The words that are like one; `None` where they are many.
    fn alike(&self, query: &FuzzyTermQuery, field: IndexField) -> Option<Vec<String>> {
        let automaton = query.automaton().ok()?;
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field).ok()?;
            let mut stream = index.terms().search(&automaton).into_stream().ok()?;
            while stream.advance() {
                words.insert(String::from_utf8(stream.key().to_vec()).ok()?);
                if words.len() > SPELLED_OUT {
                    return None;
                }
            }
        }
        Some(words.into_iter().collect())
    }

    /// Words that match a pattern; all parts where the index does not know such patterns.
    fn like(&self, pattern: &str, field: IndexField) -> Box<dyn Query> {
        match RegexQuery::from_pattern(pattern, field) {
            Ok(query) => Box::new(query),
            Err(_) => Box::new(AllQuery),
        }
    }

    /// The words that begin so; `None` where there are many.
    fn spelled_out(&self, begin: &str, field: IndexField) -> Option<Vec<String>> {
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field).ok()?;
            let mut stream = index.terms().range().ge(begin.as_bytes()).into_stream().ok()?;
            while stream.advance() && stream.key().starts_with(begin.as_bytes()) {
                words.insert(String::from_utf8(stream.key().to_vec()).ok()?);
                if words.len() > SPELLED_OUT {
                    return None;
                }
            }
        }
        Some(words.into_iter().collect())
    }

    fn field(&self, field: Field, value: &Value) -> Candidates {
        let fields = self.fields;
        match (field, value) {
            (Field::Title, Value::Words(words)) => self.named(words, fields.title),
            (Field::Author, Value::Words(words)) => self.named(words, fields.author),
            (Field::Site, Value::Words(words)) => self.named(words, fields.site),
            (Field::Language, Value::Words(words)) => match &words[..] {
                [Word::Is(language)] => {
                    let term = Term::from_field_text(fields.language, language);
                    let query = TermQuery::new(term, IndexRecordOption::Basic);
                    Candidates { query: Box::new(query), exact: false }
                }
                _ => all(false),
            },
            (Field::Date | Field::Year | Field::Within, Value::Range { from, to }) => {
                let day = |end: &Option<String>, is_last: bool| {
                    let (first, last) = end.as_ref()?.parse::<Edtf>().ok()?.bounds();
                    Some(days(if is_last { last } else { first }?))
                };
                let mut both: Vec<Box<dyn Query>> = Vec::new();
                if from.is_some() {
                    let Some(from) = day(from, false) else { return none() };
                    let from = Bound::Included(Term::from_field_i64(fields.last_day, from));
                    both.push(Box::new(RangeQuery::new(from, Bound::Unbounded)));
                }
                if to.is_some() {
                    let Some(to) = day(to, true) else { return none() };
                    let to = Bound::Included(Term::from_field_i64(fields.first_day, to));
                    both.push(Box::new(RangeQuery::new(Bound::Unbounded, to)));
                }
                if both.is_empty() {
                    return all(false);
                }
                Candidates { query: Box::new(BooleanQuery::intersection(both)), exact: false }
            }
            _ => all(false),
        }
    }

    /// All of these words in a field.
    fn named(&self, words: &[Word], field: IndexField) -> Candidates {
        let each = words.iter().map(|word| self.word(word, field)).collect();
        Candidates { query: Box::new(BooleanQuery::intersection(each)), exact: false }
    }

    fn of_fact(&self, node: &Node) -> Candidates {
        match node {
            Node::Field { field, value: value @ Value::Words(words) } => {
                let own = self.named(words, self.fields.facts);
                let Some(sought) = self.entities.get(*field, value) else { return own };
                if sought.names.len() > SPELLED_OUT {
                    return all(false);
                }
                let name = |name: &Vec<String>| {
                    let words: Vec<Word> = name.iter().map(|word| Word::Is(word.clone())).collect();
                    self.named(&words, self.fields.facts).query
                };
                let queries = sought.names.iter().map(name).chain([own.query]).collect();
                Candidates { query: Box::new(BooleanQuery::union(queries)), exact: false }
            }
            Node::Field { .. } | Node::Not { .. } => all(false),
            node => self.node(node),
        }
    }

    fn spans(&self, spans: &Spans) -> Candidates {
        match spans {
            Spans::Named(_) => all(false),
            Spans::Pattern(pattern) => self.pattern(pattern),
            Spans::Within(inner, outer) | Spans::Containing(outer, inner) => {
                let both = vec![self.spans(inner).query, self.spans(outer).query];
                Candidates { query: Box::new(BooleanQuery::intersection(both)), exact: false }
            }
        }
    }

    fn pattern(&self, pattern: &Pattern) -> Candidates {
        let query: Box<dyn Query> = match pattern {
            Pattern::Token(Some(condition)) => self.condition(condition),
            Pattern::Sequence(of) => Box::new(BooleanQuery::intersection(self.sequence(of))),
            Pattern::Either(of) => {
                Box::new(BooleanQuery::union(of.iter().map(|pattern| self.pattern(pattern).query).collect()))
            }
            Pattern::Repeat(of, 1.., _) => return self.pattern(of),
            Pattern::Token(None) | Pattern::Repeat(..) => Box::new(AllQuery),
        };
        Candidates { query, exact: false }
    }

    /// What must hold of a text in which these patterns follow one another: each of them, and of two plain words with
    /// a gap between them that they stand so near each other.
    fn sequence(&self, of: &[Pattern]) -> Vec<Box<dyn Query>> {
        let mut queries = Vec::new();
        let mut last: Option<(String, u32)> = None;
        for pattern in of {
            match (pattern, &mut last) {
                (Pattern::Token(None), Some((_, gap))) => *gap += 1,
                (Pattern::Repeat(any, _, Some(most)), Some((_, gap))) if **any == Pattern::Token(None) => {
                    *gap += most;
                }
                (pattern, before) => {
                    let word = plain_word(pattern);
                    if let (Some((before, gap)), Some(word)) = (before, &word)
                        && *gap <= FARTHEST
                    {
                        queries.push(self.in_texts(|field| phrase(&[&**before, &**word], field, *gap)));
                    } else if !matches!(pattern, Pattern::Token(None)) {
                        queries.push(self.pattern(pattern).query);
                    }
                    last = word.map(|word| (word, 0));
                }
            }
        }
        if queries.is_empty() {
            queries.push(Box::new(AllQuery));
        }
        queries
    }

    fn condition(&self, condition: &Condition) -> Box<dyn Query> {
        match condition {
            Condition::All(of) => {
                Box::new(BooleanQuery::intersection(of.iter().map(|of| self.condition(of)).collect()))
            }
            Condition::Any(of) => {
                Box::new(BooleanQuery::union(of.iter().map(|of| self.condition(of)).collect()))
            }
            Condition::Matches { attribute, value } if !matches!(&**attribute, "word" | "stem" | "role") => {
                // What an annotation says of a token is among the facts.
                match value.chars().all(char::is_alphanumeric) && Tokens::of(value).len() == 1 {
                    true => self.word(&Word::Is(fold(value)), self.fields.facts),
                    false => Box::new(AllQuery),
                }
            }
            condition => match plain_condition(condition) {
                Some(word) => self.in_texts(|field| self.word(&Word::Is(word.clone()), field)),
                None => Box::new(AllQuery),
            },
        }
    }
}

fn term(word: &str, field: IndexField) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// The words one after the other; with `slop`, so much out of place.
fn phrase(words: &[&str], field: IndexField, slop: u32) -> Box<dyn Query> {
    let mut query = PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect());
    query.set_slop(slop);
    Box::new(query)
}

/// The one word that a pattern asks for.
fn plain_word(pattern: &Pattern) -> Option<String> {
    match pattern {
        Pattern::Token(Some(condition)) => plain_condition(condition),
        _ => None,
    }
}

/// The one word that a condition asks for, where it is a plain one that can be looked up; of others the words are found
/// by looking.
fn plain_condition(condition: &Condition) -> Option<String> {
    let Condition::Matches { attribute, value } = condition else { return None };
    let is_plain = attribute == "word" && value.chars().all(char::is_alphanumeric);
    (is_plain && Tokens::of(value).len() == 1).then(|| fold(value))
}

/// A number behind those of all days; with a minus before it, one before all.
pub(super) const NO_DAY: i64 = 1 << 24;

/// The number of a day, such that later days have higher ones.
pub(super) fn days(day: corpus_core::edtf::Day) -> i64 {
    let (year, month, day) = (i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
    (year * 12 + month) * 31 + day
}
