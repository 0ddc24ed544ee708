//! Patterns of tokens, in the dialect of BlackLab: `[word="military"] []{0,3} [stem="base"] within <quotation/>`.

use super::{Asked, Condition, Field, Pattern, Spans, Warning};
use crate::matcher::program;
use corpus_core::{PartKind, Role};

/// Brackets deeper than this do not parse.
const DEEPEST: usize = 64;
/// Most repetitions that can be asked for.
const MOST: u32 = 500;
const TOO_LARGE: &str = "expected a smaller pattern: with all its repetitions written out, this is too large";

/// Attributes that every token has.
const ATTRIBUTES: [&str; 3] = ["word", "stem", "role"];
/// Attributes that an imported layer gives to tokens.
pub(super) const TAGS: [&str; 5] = ["lemma", "pos", "upos", "xpos", "feats"];
/// What annotations say of tokens.
const SAID: [&str; 20] = [
    "person",
    "org",
    "place",
    "name",
    "post",
    "speaker",
    "source",
    "event",
    "polarity",
    "said_on",
    "kind",
    "when",
    "timex",
    "edtf",
    "type",
    "amount",
    "currency",
    "status",
    "agreement",
    "entity",
];
/// Names of spans, those of layers included; any role and kind of part is one too.
const NAMED: [&str; 17] = [
    "s",
    "sentence",
    "p",
    "passage",
    "block",
    "quote",
    "quotation",
    "person",
    "org",
    "place",
    "time",
    "name",
    "post",
    "statement",
    "citation",
    "money",
    "event",
];

/// A token pattern, with what there is to say about it.
pub(super) struct Read {
    pub(super) spans: Spans,
    /// Names that nothing known has.
    pub(super) warnings: Vec<Warning>,
    /// The tags that it asks for.
    pub(super) asked: Vec<Asked>,
}

/// Whether a query of either language is a token pattern.
pub(super) fn is_meant(typed: &str) -> bool {
    let typed = typed.trim_start();
    let quoted_token = || {
        let after = typed.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        after.is_some_and(|(_, rest)| rest.trim_start().starts_with('['))
    };
    // Parentheses may stand around the first token.
    let first = typed.trim_start_matches(|c: char| c == '(' || c.is_whitespace());
    first.starts_with(['[', '<']) || quoted_token() || captures(first)
}

/// Whether a token with a name of its own comes first: `A:[word="ice"]`. What stands behind a field is no token.
fn captures(first: &str) -> bool {
    let Some((name, rest)) = first.split_once(':') else { return false };
    let is_name = name.starts_with(char::is_alphabetic) && name.chars().all(is_of_name);
    is_name && Field::named(name).is_none() && rest.trim_start().starts_with('[')
}

const fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// Reads a token pattern.
///
/// # Errors
/// With the place where it stops being one.
pub(super) fn parse(typed: &str) -> Result<Read, Warning> {
    let mut parser =
        Parser { characters: typed.chars().collect(), at: 0, warnings: Vec::new(), asked: Vec::new() };
    let spans = parser.spans(0)?;
    parser.skip_blanks();
    if parser.at < parser.characters.len() {
        return Err(parser.expected("a token such as [word=\"base\"], within, containing or the end"));
    }
    // What was read twice, since it could have been another thing, is warned of once.
    let Parser { mut warnings, mut asked, .. } = parser;
    warnings.sort_by_key(|warning| warning.position);
    warnings.dedup();
    asked.dedup();
    Ok(Read { spans, warnings, asked })
}

struct Parser {
    characters: Vec<char>,
    at: usize,
    warnings: Vec<Warning>,
    asked: Vec<Asked>,
}

impl Parser {
    fn expected(&self, what: &str) -> Warning {
        let found = self.characters.get(self.at).map_or("the end".to_owned(), |found| format!("{found:?}"));
        Warning { position: self.at, message: format!("expected {what}, found {found}") }
    }

    /// Takes note of an attribute that stands at a position.
    fn note_attribute(&mut self, position: usize, attribute: &str) {
        if TAGS.contains(&attribute) {
            self.asked.push(Asked { position, tag: attribute.to_owned() });
        } else if !ATTRIBUTES.contains(&attribute) && !SAID.contains(&attribute) {
            let message = format!(
                "{attribute:?} is no attribute of tokens known here; there are {}; {} of imported tags; and what \
                 annotations say: {}",
                ATTRIBUTES.join(", "),
                TAGS.join(", "),
                SAID.join(", ")
            );
            self.warnings.push(Warning { position, message });
        }
    }

    /// Takes note of the name of spans that ends here.
    fn note_spans(&mut self, name: &str) {
        let is_role = Role::ALL.iter().any(|role| role.as_str() == name);
        let kinds = [PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture];
        let is_known = NAMED.contains(&name)
            || is_role
            || name == "agreement"
            || TAGS.contains(&name)
            || kinds.iter().any(|kind| kind.as_str() == name);
        if !is_known {
            let position = self.at - name.chars().count();
            let message = format!(
                "{name:?} is no span known here; there are {}, agreement, each role such as paragraph, and each kind \
                 of part such as article",
                NAMED.join(", ")
            );
            self.warnings.push(Warning { position, message });
        }
    }

    fn skip_blanks(&mut self) {
        while self.characters.get(self.at).is_some_and(|character| character.is_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.characters.get(self.at).copied()
    }

    fn eat(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        self.at += usize::from(found);
        found
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        self.skip_blanks();
        let end = self.at + keyword.len();
        let found =
            self.characters.get(self.at..end).is_some_and(|found| found.iter().copied().eq(keyword.chars()))
                && self.characters.get(end).is_none_or(|next| !next.is_alphanumeric());
        if found {
            self.at = end;
        }
        found
    }

    fn name(&mut self) -> String {
        self.skip_blanks();
        let rest = &self.characters[self.at..];
        let name: String =
            rest.iter().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
        self.at += name.chars().count();
        name
    }

    /// Passes by the name that other languages give to a token, as in `A:[word="ice"]`, and says so.
    fn pass_capture(&mut self) {
        self.skip_blanks();
        let (before, name) = (self.at, self.name());
        let is_capture =
            !name.is_empty() && self.eat(':') && matches!(self.peek(), Some('[' | '(' | '"' | '\''));
        if !is_capture {
            self.at = before;
            return;
        }
        let message = format!(
            "tokens have no names: {name}: is left out; what follows it is searched, and nothing can be asked of {name}"
        );
        self.warnings.push(Warning { position: before, message });
    }

    fn spans(&mut self, depth: usize) -> Result<Spans, Warning> {
        let mut spans = self.operand(depth)?;
        loop {
            if self.keyword("within") {
                spans = Spans::Within(Box::new(spans), Box::new(self.operand(depth)?));
            } else if self.keyword("containing") {
                spans = Spans::Containing(Box::new(spans), Box::new(self.operand(depth)?));
            } else {
                return Ok(spans);
            }
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Spans, Warning> {
        self.pass_capture();
        match self.peek() {
            Some('<') => self.named(),
            Some('(') if depth < DEEPEST => {
                // Either a group of tokens or of spans: the former goes on with further tokens.
                let before = self.at;
                match self.either(depth) {
                    Ok(pattern) => return Ok(Spans::Pattern(pattern)),
                    Err(warning) if warning.message == TOO_LARGE => return Err(warning),
                    Err(_) => {}
                }
                self.at = before + 1;
                let spans = self.spans(depth + 1)?;
                if self.eat(')') { Ok(spans) } else { Err(self.expected("\")\"")) }
            }
            Some(character) if character.is_alphabetic() => {
                let name = self.name();
                self.note_spans(&name);
                Ok(Spans::Named(name))
            }
            _ => self.either(depth).map(Spans::Pattern),
        }
    }

    fn named(&mut self) -> Result<Spans, Warning> {
        self.at += 1;
        let name = self.name();
        if name.is_empty() {
            return Err(self.expected("a name such as quotation"));
        }
        self.note_spans(&name);
        if self.eat('/') && self.eat('>') { Ok(Spans::Named(name)) } else { Err(self.expected("\"/>\"")) }
    }

    fn either(&mut self, depth: usize) -> Result<Pattern, Warning> {
        let mut patterns = vec![self.sequence(depth)?];
        while self.eat('|') {
            patterns.push(self.sequence(depth)?);
        }
        let pattern = if patterns.len() == 1 { patterns.swap_remove(0) } else { Pattern::Either(patterns) };
        if program::is_too_large(&pattern) {
            let message =
                "expected a smaller pattern: with all its repetitions written out, this is too large";
            return Err(Warning { position: self.at, message: message.to_owned() });
        }
        Ok(pattern)
    }

    fn sequence(&mut self, depth: usize) -> Result<Pattern, Warning> {
        let mut patterns = Vec::new();
        self.pass_capture();
        while let Some('[' | '"' | '(' | '\'') = self.peek() {
            let atom = self.atom(depth)?;
            patterns.push(self.repeated(atom)?);
            self.pass_capture();
        }
        match patterns.len() {
            0 => Err(self.expected("a token such as [word=\"base\"]")),
            1 => Ok(patterns.swap_remove(0)),
            _ => Ok(Pattern::Sequence(patterns)),
        }
    }

    fn atom(&mut self, depth: usize) -> Result<Pattern, Warning> {
        if self.eat('(') {
            if depth >= DEEPEST {
                return Err(self.expected("fewer parentheses"));
            }
            let pattern = self.either(depth + 1)?;
            return if self.eat(')') { Ok(pattern) } else { Err(self.expected("\")\"")) };
        }
        if self.eat('[') {
            if self.eat(']') {
                return Ok(Pattern::Token(None));
            }
            let condition = self.any(depth)?;
            return if self.eat(']') {
                Ok(Pattern::Token(Some(condition)))
            } else {
                Err(self.expected("\"]\""))
            };
        }
        let value = self.string()?;
        Ok(Pattern::Token(Some(Condition::Matches { attribute: "word".to_owned(), value })))
    }

    fn repeated(&mut self, pattern: Pattern) -> Result<Pattern, Warning> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match self.eat(',') {
                    false => Some(least.unwrap_or(0)),
                    true => self.number()?,
                };
                if self.peek() != Some('}') || most.is_some_and(|most| most < least.unwrap_or(0)) {
                    return Err(self.expected("numbers such as {0,3}"));
                }
                (least.unwrap_or(0), most)
            }
            _ => return Ok(pattern),
        };
        self.at += 1;
        Ok(Pattern::Repeat(Box::new(pattern), least, most))
    }

    fn number(&mut self) -> Result<Option<u32>, Warning> {
        self.skip_blanks();
        let rest = &self.characters[self.at..];
        let digits: String = rest.iter().take_while(|digit| digit.is_ascii_digit()).collect();
        match digits.parse() {
            _ if digits.is_empty() => Ok(None),
            Ok(number) if number <= MOST => {
                self.at += digits.len();
                Ok(Some(number))
            }
            _ => Err(self.expected("a number up to 500")),
        }
    }

    fn string(&mut self) -> Result<String, Warning> {
        let mark = self.peek().filter(|mark| matches!(mark, '"' | '\''));
        let Some(mark) = mark else { return Err(self.expected("a value in quotation marks")) };
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        loop {
            match self.characters.get(self.at) {
                None => return Err(self.expected("a closing quotation mark")),
                Some(&character) if character == mark => break,
                Some('\\') if self.characters.get(self.at + 1) == Some(&mark) => {
                    value.push(mark);
                    self.at += 1;
                }
                Some(&character) => value.push(character),
            }
            self.at += 1;
        }
        self.at += 1;
        match program::regex(value.strip_prefix("(?-i)").unwrap_or(&value)) {
            Ok(_) => Ok(value),
            Err(_) => {
                self.at = start;
                Err(self.expected("a regular expression"))
            }
        }
    }

    fn any(&mut self, depth: usize) -> Result<Condition, Warning> {
        let mut conditions = vec![self.all(depth)?];
        while self.eat('|') {
            conditions.push(self.all(depth)?);
        }
        Ok(if conditions.len() == 1 { conditions.swap_remove(0) } else { Condition::Any(conditions) })
    }

    fn all(&mut self, depth: usize) -> Result<Condition, Warning> {
        let mut conditions = vec![self.condition(depth)?];
        while self.eat('&') {
            conditions.push(self.condition(depth)?);
        }
        Ok(if conditions.len() == 1 { conditions.swap_remove(0) } else { Condition::All(conditions) })
    }

    fn condition(&mut self, depth: usize) -> Result<Condition, Warning> {
        if depth >= DEEPEST {
            return Err(self.expected("fewer parentheses"));
        }
        if self.eat('!') {
            return Ok(Condition::No(Box::new(self.condition(depth + 1)?)));
        }
        if self.eat('(') {
            let condition = self.any(depth + 1)?;
            return if self.eat(')') { Ok(condition) } else { Err(self.expected("\")\"")) };
        }
        self.skip_blanks();
        let position = self.at;
        let attribute = self.name();
        if attribute.is_empty() {
            return Err(self.expected("an attribute such as word"));
        }
        let negated = self.eat('!');
        if !self.eat('=') {
            return Err(self.expected("\"=\" or \"!=\""));
        }
        self.note_attribute(position, &attribute);
        let condition = Condition::Matches { attribute, value: self.string()? };
        Ok(if negated { Condition::No(Box::new(condition)) } else { condition })
    }
}

#[cfg(test)]
mod tests {
    use crate::Query;

    #[test]
    fn names_of_tokens_are_left_out_and_said_to_be() {
        for (named, plain) in [
            ("A:[]", "[]"),
            ("A:[word=\"ice\"]", "[word=\"ice\"]"),
            ("[word=\"thin\"] obj:[word=\"ice\"]", "[word=\"thin\"] [word=\"ice\"]"),
            (
                "(A:[word=\"thin\"] | B:\"thick\") [word=\"ice\"]",
                "([word=\"thin\"] | \"thick\") [word=\"ice\"]",
            ),
            ("A:[word=\"ice\"]+ within <quotation/>", "[word=\"ice\"]+ within <quotation/>"),
        ] {
            let query = Query::parse(named);
            assert_eq!(query.node, Query::cql(plain).node, "{named}");
            let names = named.matches(':').count();
            assert_eq!(query.warnings.len(), names, "{named}: {:?}", query.warnings);
            assert!(query.warnings.iter().all(|warning| warning.message.contains("is left out")));
        }
    }

    #[test]
    fn a_range_of_a_field_is_no_token() {
        for plain in ["date:[2019 TO 2020]", "by:[Ada]", "note: [sic]", "10:[30]"] {
            let query = Query::parse(plain);
            assert_eq!(query.node, Query::plain(plain).node, "{plain}");
        }
    }
}
