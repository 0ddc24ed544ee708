//! The plain language: words AND together, "phrases", AND OR NOT, fields, prefix*, fuzzy~, proximity "a b"~5.

use super::{
    Field, Node, Value, Warning, Word,
    lexer::{Piece, pieces},
    signs::not_understood,
};
use crate::{dates::OPEN, fold::fold, matcher::is_name, token::Tokens};
use corpus_core::{Edtf, PartKind, Role};

/// Parentheses deeper than this are searched literally.
const DEEPEST: usize = 64;

/// Reads a plain query. Nothing fails: what does not parse is searched literally, with a warning.
pub(super) fn parse(typed: &str) -> (Node, Vec<Warning>) {
    let (pieces, warnings) = pieces(typed);
    let end = typed.chars().count();
    let mut parser = Parser { pieces, at: 0, warnings, end };
    let mut nodes = Vec::new();
    while parser.at < parser.pieces.len() {
        nodes.push(parser.either(0));
        if let Some((position, _)) = parser.pieces.get(parser.at) {
            // Only a parenthesis that closes nothing ends an expression early.
            parser
                .warnings
                .push(Warning { position: *position, message: "nothing to close here; left out".into() });
            parser.at += 1;
        }
    }
    let mut node = all(nodes);
    let is_operator = |(_, piece): &(usize, Piece)| matches!(piece, Piece::And | Piece::Or | Piece::Not);
    if node == Node::Nothing && parser.pieces.iter().all(is_operator) {
        // Who asks for AND and nothing else means the word.
        node = literally(typed);
    }
    if node == Node::Nothing && parser.warnings.is_empty() {
        parser.warnings.push(Warning { position: 0, message: "no word to search for".into() });
    }
    let mut warnings = parser.warnings;
    warnings.sort_by_key(|warning| warning.position);
    if let Some(first) = warnings.get(MOST_WARNINGS) {
        let position = first.position;
        let message =
            format!("from here on {} more signs are not understood", warnings.len() - MOST_WARNINGS);
        warnings.truncate(MOST_WARNINGS);
        warnings.push(Warning { position, message });
    }
    (node, warnings)
}

/// Warnings that are told one by one: what is no query has one for each sign.
const MOST_WARNINGS: usize = 16;

/// All words of `typed`, whatever signs stand among them.
pub(super) fn literally(typed: &str) -> Node {
    let words = Tokens::of(typed);
    all(words.iter().map(|word| phrase(vec![Word::Is(word.to_owned())], None)).collect())
}

struct Parser {
    pieces: Vec<(usize, Piece)>,
    at: usize,
    warnings: Vec<Warning>,
    end: usize,
}

impl Parser {
    fn next(&self) -> Option<&Piece> {
        self.pieces.get(self.at).map(|(_, piece)| piece)
    }

    fn position(&self) -> usize {
        self.pieces.get(self.at).map_or(self.end, |(position, _)| *position)
    }

    fn warn(&mut self, position: usize, message: &str) {
        self.warnings.push(Warning { position, message: message.to_owned() });
    }

    fn either(&mut self, depth: usize) -> Node {
        let mut nodes = vec![self.both(depth)];
        while self.next() == Some(&Piece::Or) {
            let position = self.position();
            self.at += 1;
            if self.ends() {
                self.warn(position, "nothing follows OR; left out");
                break;
            }
            nodes.push(self.both(depth));
        }
        nodes.retain(|node| *node != Node::Nothing);
        match nodes.len() {
            0 => Node::Nothing,
            1 => nodes.swap_remove(0),
            _ => Node::Or { of: nodes },
        }
    }

    fn ends(&self) -> bool {
        matches!(self.next(), None | Some(Piece::Close))
    }

    fn both(&mut self, depth: usize) -> Node {
        let mut nodes = Vec::new();
        loop {
            match self.next() {
                None | Some(Piece::Close) => break,
                Some(Piece::Or) if !nodes.is_empty() => break,
                Some(Piece::Or) => {
                    let position = self.position();
                    self.at += 1;
                    self.warn(position, "nothing stands before OR; left out");
                }
                Some(Piece::And) => {
                    let position = self.position();
                    self.at += 1;
                    if nodes.is_empty() || self.ends() {
                        self.warn(position, "nothing stands on one side of AND; left out");
                    }
                }
                Some(_) => {
                    let node = self.one(depth);
                    nodes.push(node);
                }
            }
        }
        all(nodes)
    }

    fn one(&mut self, depth: usize) -> Node {
        let position = self.position();
        let Some((_, piece)) = self.pieces.get(self.at).cloned() else { return Node::Nothing };
        self.at += 1;
        match piece {
            Piece::Bare(text) => {
                for (at, message) in not_understood(&text) {
                    self.warn(position + at, &message);
                }
                words_of(&text, None)
            }
            Piece::Quoted(text, distance) => words_of(&text, Some(distance)),
            Piece::Field(field) => self.field(field, position),
            Piece::Not => {
                if matches!(self.next(), None | Some(Piece::Close | Piece::And | Piece::Or))
                    || depth > DEEPEST
                {
                    self.warn(position, "nothing follows NOT; left out");
                    return Node::Nothing;
                }
                match self.one(depth + 1) {
                    Node::Nothing => Node::Nothing,
                    node => Node::Not { of: Box::new(node) },
                }
            }
            Piece::Open if depth > DEEPEST => {
                self.warn(position, "parentheses too deep; left out");
                Node::Nothing
            }
            Piece::Open => {
                let node = self.either(depth + 1);
                if self.next() == Some(&Piece::Close) {
                    self.at += 1;
                } else {
                    self.warn(position, "the parenthesis is not closed; taken to the end");
                }
                of_one_fact(node)
            }
            Piece::Range(from, to) => {
                let text = [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ");
                words_of(&text, None)
            }
            // The callers take these themselves.
            Piece::Close | Piece::And | Piece::Or => Node::Nothing,
        }
    }

    fn field(&mut self, field: Field, position: usize) -> Node {
        let value = match self.pieces.get(self.at).map(|(_, piece)| piece.clone()) {
            Some(Piece::Range(from, to)) => Value::Range { from, to },
            Some(Piece::Bare(text)) if field == Field::Year && text == OPEN => {
                Value::Words(vec![Word::Is(text)])
            }
            Some(Piece::Bare(text)) if matches!(field, Field::Date | Field::Year | Field::Within) => {
                Value::Range { from: Some(text.clone()), to: Some(text) }
            }
            Some(Piece::Bare(text) | Piece::Quoted(text, _)) => Value::Words(word_list(&text)),
            _ => {
                self.warn(position, "nothing follows the field; its name is searched as a word");
                return literally(field.name());
            }
        };
        self.at += 1;
        if value == Value::Words(Vec::new()) {
            self.warn(position, "no word follows the field; left out");
            return Node::Nothing;
        }
        if let Some(message) = unfit(field, &value) {
            self.warn(position, &message);
        }
        let node = Node::Field { field, value };
        if field.is_of_fact() { Node::Fact { of: vec![node] } } else { node }
    }
}

/// What is wrong with the value of a field, where nothing can have it.
fn unfit(field: Field, value: &Value) -> Option<String> {
    match (field, value) {
        (Field::Date | Field::Year | Field::Within, Value::Range { from, to }) => {
            let days = |text: &Option<String>| {
                let text = text.as_ref()?;
                Some((text.clone(), text.parse::<Edtf>().ok().map(|date| date.bounds())))
            };
            let (from, to) = (days(from), days(to));
            for (text, bounds) in [&from, &to].into_iter().flatten() {
                if bounds.is_none_or(|bounds| bounds == (None, None)) {
                    return Some(format!(
                        "{text:?} is no date such as 2020, 2020-08 or [2020-08 TO 2020-09]"
                    ));
                }
            }
            let first = from.and_then(|(_, bounds)| bounds?.0);
            let last = to.and_then(|(_, bounds)| bounds?.1);
            let is_turned = matches!((first, last), (Some(first), Some(last)) if first > last);
            is_turned.then(|| "the range ends before it begins".to_owned())
        }
        (Field::Role, value) => unknown(value, "role", Role::ALL.iter().map(|role| role.as_str())),
        (Field::Part, value) => unknown(value, "part", PARTS.iter().map(|part| part.as_str())),
        _ => None,
    }
}

/// The parts of a page.
const PARTS: [PartKind; 4] = [PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture];

/// What to say of a value that names none of what is known.
fn unknown(
    value: &Value,
    what: &str,
    mut known: impl Iterator<Item = &'static str> + Clone,
) -> Option<String> {
    let all = known.clone();
    (!known.any(|name| is_name(value, name)))
        .then(|| format!("there is no such {what}; known are {}", all.collect::<Vec<_>>().join(", ")))
}

/// Where facts stand together in one pair of parentheses, they hold of one fact.
fn of_one_fact(node: Node) -> Node {
    let Node::And { of } = node else { return node };
    if !of.iter().any(|node| matches!(node, Node::Fact { .. })) || !of.iter().all(is_of_fact) {
        return Node::And { of };
    }
    let conditions = of.into_iter().flat_map(|node| match node {
        Node::Fact { of } => of,
        node => vec![node],
    });
    Node::Fact { of: conditions.collect() }
}

/// Whether the condition can hold of a fact: a field of facts, or words.
fn is_of_fact(node: &Node) -> bool {
    match node {
        Node::Fact { .. } | Node::Phrase { .. } => true,
        Node::Not { of } => is_of_fact(of),
        _ => false,
    }
}

fn all(mut nodes: Vec<Node>) -> Node {
    nodes.retain(|node| *node != Node::Nothing);
    match nodes.len() {
        0 => Node::Nothing,
        1 => nodes.swap_remove(0),
        _ => Node::And { of: nodes },
    }
}

fn phrase(words: Vec<Word>, distance: Option<u32>) -> Node {
    if words.is_empty() { Node::Nothing } else { Node::Phrase { words, distance } }
}

/// The words of a text: bare, or quoted with a distance or without.
fn words_of(text: &str, quoted: Option<Option<u32>>) -> Node {
    phrase(word_list(text), quoted.flatten())
}

/// Words, with the star and the tilde where they stand at a word.
fn word_list(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for piece in text.split_whitespace() {
        if let Some((word, distance)) = fuzzy(piece) {
            words.push(Word::Like(word, distance));
        } else if piece.contains('*') {
            starred(piece, &mut words);
        } else {
            words.extend(Tokens::of(piece).iter().map(|word| Word::Is(word.to_owned())));
        }
    }
    words
}

/// `word~` or `word~2`: two letters may differ at most, in words of less than five letters one.
fn fuzzy(piece: &str) -> Option<(String, u8)> {
    let (word, distance) = piece.rsplit_once('~')?;
    let tokens = Tokens::of(word);
    let distance = match distance {
        "" => 2,
        "0" => 0,
        "1" => 1,
        distance if distance.bytes().all(|byte| byte.is_ascii_digit()) => 2,
        _ => return None,
    };
    let folded = (tokens.len() == 1).then(|| tokens.folded(0).to_owned())?;
    let most = most_letters(&folded);
    Some((folded, distance.min(most)))
}

/// In how many letters a word may differ.
pub(super) fn most_letters(word: &str) -> u8 {
    if word.chars().count() < 5 { 1 } else { 2 }
}

/// A piece with stars: `pre*`, or a star elsewhere. A hyphen in it parts words as everywhere.
fn starred(piece: &str, words: &mut Vec<Word>) {
    for word in piece.split(['-', '\u{2010}', '\u{2011}']) {
        let folded: String =
            fold(word).chars().filter(|c| c.is_alphanumeric() || matches!(c, '*' | '\'')).collect();
        let letters = folded.trim_end_matches('*');
        if letters.trim_matches('*').is_empty() {
            continue;
        }
        if letters.contains('*') {
            words.push(Word::Glob(folded));
        } else if letters.len() < folded.len() {
            words.push(Word::Begins(letters.to_owned()));
        } else {
            words.extend(Tokens::of(word).iter().map(|word| Word::Is(word.to_owned())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_value_that_nothing_can_have_is_said() {
        let warnings = |typed: &str| -> Vec<String> {
            parse(typed).1.into_iter().map(|warning| warning.message).collect()
        };
        for typed in [
            "date:2020",
            "within:2020",
            "date:[2020-08 TO *]",
            "year:2020",
            "role:paragraph",
            "role:comment_author",
            "part:embedded",
        ] {
            assert_eq!(warnings(typed), [""; 0], "{typed}");
        }
        let many = warnings(&"(".repeat(1000));
        assert!(many.len() == 17 && many[16].contains("984 more"), "{many:?}");
        for (typed, said) in [
            ("date:yesterday", "\"yesterday\" is no date"),
            ("within:soon", "\"soon\" is no date"),
            ("year:198x", "\"198x\" is no date"),
            ("date:[2021 TO 2019]", "ends before it begins"),
            ("role:titel", "there is no such role; known are "),
            ("ice part:embeded", "there is no such part; known are article, embedded, comments, furniture"),
        ] {
            let found = warnings(typed);
            assert!(found.len() == 1 && found[0].contains(said), "{typed}: {found:?}");
        }
    }
}
