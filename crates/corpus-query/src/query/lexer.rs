//! The pieces of a plain query.

/// A piece of a plain query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// What stands between blanks.
    Bare(String),
    /// What stands between quotation marks, and the distance after it (`~5`).
    Quoted(String, Option<u32>),
    /// A field and its colon; what it must be follows.
    Field(super::Field),
    /// `[from TO to]` after a field.
    Range(Option<String>, Option<String>),
    Open,
    Close,
    And,
    Or,
    Not,
}

/// Characters of the longest name that a field can have.
const LONGEST_NAME: usize = 32;

/// The pieces of `typed`, each with its position in characters, and warnings.
pub(super) fn pieces(typed: &str) -> (Vec<(usize, Piece)>, Vec<super::Warning>) {
    let mut lexer =
        Lexer { characters: typed.chars().collect(), at: 0, pieces: Vec::new(), warnings: Vec::new() };
    lexer.run();
    (lexer.pieces, lexer.warnings)
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
    pieces: Vec<(usize, Piece)>,
    warnings: Vec<super::Warning>,
}

/// What ends a quotation that begins with `mark`.
const fn closing(mark: char) -> Option<&'static [char]> {
    match mark {
        '"' | '“' | '”' | '„' | '＂' => Some(&['"', '“', '”', '＂']),
        '«' => Some(&['»']),
        _ => None,
    }
}

impl Lexer {
    fn run(&mut self) {
        while let Some(&character) = self.characters.get(self.at) {
            let start = self.at;
            match character {
                _ if character.is_whitespace() => self.at += 1,
                '(' => self.push_one(Piece::Open),
                ')' => self.push_one(Piece::Close),
                '[' if self.follows_field() => self.range(),
                '-' | '!' if self.binds() => self.push_one(Piece::Not),
                _ => match closing(character) {
                    Some(marks) => self.quoted(marks),
                    None => self.bare(),
                },
            }
            // Whatever it was, it is behind us.
            self.at = self.at.max(start + 1);
        }
    }

    fn push_one(&mut self, piece: Piece) {
        self.pieces.push((self.at, piece));
        self.at += 1;
    }

    fn warn(&mut self, position: usize, message: impl Into<String>) {
        self.warnings.push(super::Warning { position, message: message.into() });
    }

    fn follows_field(&self) -> bool {
        matches!(self.pieces.last(), Some((_, Piece::Field(_))))
    }

    /// Whether a minus or exclamation mark stands right before what it negates.
    fn binds(&self) -> bool {
        let next = self.characters.get(self.at + 1);
        next.is_some_and(|&next| next.is_alphanumeric() || next == '(' || closing(next).is_some())
    }

    fn quoted(&mut self, marks: &[char]) {
        let start = self.at;
        let inside = &self.characters[start + 1..];
        let len = inside.iter().position(|character| marks.contains(character));
        let text: String = inside[..len.unwrap_or(inside.len())].iter().collect();
        self.at = start + 1 + len.map_or(inside.len(), |len| len + 1);
        if len.is_none() {
            self.warn(start, "the quotation mark is not closed; the quotation is taken to the end");
        }
        let distance = self.number_after_tilde().map(|number| number.unwrap_or(5));
        self.pieces.push((start, Piece::Quoted(text, distance)));
    }

    /// What follows a tilde, where there is one: a number or nothing.
    fn number_after_tilde(&mut self) -> Option<Option<u32>> {
        if self.characters.get(self.at) != Some(&'~') {
            return None;
        }
        self.at += 1;
        let digits: String =
            self.characters[self.at..].iter().take_while(|digit| digit.is_ascii_digit()).collect();
        self.at += digits.len();
        Some(digits.parse().ok())
    }

    fn bare(&mut self) {
        let start = self.at;
        while let Some(&character) = self.characters.get(self.at) {
            if character.is_whitespace() || matches!(character, '(' | ')') || (character == '"') {
                break;
            }
            self.at += 1;
            let is_name = (2..=LONGEST_NAME + 1).contains(&(self.at - start));
            if character == ':' && is_name && self.field(start) {
                return;
            }
        }
        let text: String = self.characters[start..self.at].iter().collect();
        let piece = match &*text {
            "AND" | "&&" => Piece::And,
            "OR" | "||" => Piece::Or,
            "NOT" => Piece::Not,
            _ => Piece::Bare(text),
        };
        self.pieces.push((start, piece));
    }

    /// A field, where a name that is one stands before the colon just passed and something after it.
    fn field(&mut self, start: usize) -> bool {
        let name: String = self.characters[start..self.at - 1].iter().collect();
        let follows = self.characters.get(self.at).is_some_and(|next| !next.is_whitespace() && *next != ')');
        if let Some(field) = super::Field::named(&name).filter(|_| follows) {
            self.pieces.push((start, Piece::Field(field)));
            return true;
        }
        let ends = || self.characters.get(self.at).is_none_or(|next| next.is_whitespace() || *next == ')');
        if !follows && ends() && super::Field::named(&name).is_some() {
            self.warn(start, format!("nothing follows {name}: so that it is searched as a word"));
        }
        let is_name = name.len() > 1 && name.chars().all(|character| character.is_ascii_lowercase());
        if is_name && follows && self.characters.get(self.at) != Some(&'/') {
            let known: Vec<&str> = super::Field::ALL.iter().map(|(_, names)| names[0]).collect();
            let known = known.join(", ");
            self.warn(
                start,
                format!("no field is called {name:?}; searched literally; known fields: {known}"),
            );
        }
        false
    }

    fn range(&mut self) {
        let start = self.at;
        let inside = &self.characters[start + 1..];
        let len = inside.iter().position(|character| matches!(character, ']' | '}'));
        let text: String = inside[..len.unwrap_or(inside.len())].iter().collect();
        self.at = start + 1 + len.map_or(inside.len(), |len| len + 1);
        if len.is_none() {
            self.warn(start, "the bracket is not closed; the range is taken to the end");
        }
        let end = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text != "*");
        match text.split_once(" TO ") {
            Some((from, to)) => self.pieces.push((start, Piece::Range(end(from), end(to)))),
            None => {
                self.warn(start, "a range is written [2020-08 TO 2020-09]; taken as one value");
                self.pieces.push((start, Piece::Range(end(&text), end(&text))));
            }
        }
    }
}
