//! A pattern of tokens as a program, run by a backtracking machine that visits no state twice.

use crate::{
    fold::fold,
    part_text::{PartText, Passage},
    query::{Condition, Pattern},
    token::Tokens,
};
use corpus_core::Span;
use frostem::Stemmer;
use regex::{Regex, RegexBuilder};

/// Largest program; a pattern that needs more is not run.
const LARGEST: usize = 20_000;

/// A pattern of tokens, ready to run.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    /// One token of which this holds.
    Token(Option<Test>),
    /// The first way, else the second.
    Either(usize, usize),
    Jump(usize),
    Done,
}

/// A condition, ready to be asked.
#[derive(Debug)]
enum Test {
    Attribute(Attribute, Wanted),
    All(Vec<Test>),
    Any(Vec<Test>),
    No(Box<Test>),
}

#[derive(Debug)]
enum Attribute {
    /// The folded word.
    Word,
    /// The word as written.
    Written,
    Stem,
    Role,
    /// What an annotation of just this token says under a name.
    Said(String),
}

#[derive(Debug)]
enum Wanted {
    Just(String),
    Like(Regex),
    Never,
}

/// The regular expression that a value is: matched against the whole, case making no difference unless it says
/// `(?-i)`.
///
/// # Errors
/// When it is none.
pub(crate) fn regex(value: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("^(?:{value})$")).case_insensitive(true).size_limit(1 << 20).build()
}

/// What a passage offers to a pattern.
pub(super) struct Seen<'a> {
    pub(super) part: &'a PartText,
    pub(super) passage: &'a Passage,
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) stemmer: Option<Stemmer>,
}

impl Program {
    /// The program of a pattern; `None` where it would be too large.
    pub(super) fn of(pattern: &Pattern) -> Option<Program> {
        let mut program = Program { steps: Vec::new() };
        program.add(pattern)?;
        program.push(Step::Done)?;
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<usize> {
        self.steps.push(step);
        (self.steps.len() <= LARGEST).then_some(self.steps.len() - 1)
    }

    fn add(&mut self, pattern: &Pattern) -> Option<()> {
        match pattern {
            Pattern::Token(condition) => {
                self.push(Step::Token(condition.as_ref().map(Test::of)))?;
            }
            Pattern::Sequence(patterns) => patterns.iter().try_for_each(|pattern| self.add(pattern))?,
            Pattern::Either(patterns) => {
                let Some((last, before)) = patterns.split_last() else { return Some(()) };
                let mut jumps = Vec::new();
                for pattern in before {
                    let fork = self.push(Step::Done)?;
                    self.add(pattern)?;
                    jumps.push(self.push(Step::Done)?);
                    self.steps[fork] = Step::Either(fork + 1, self.steps.len());
                }
                self.add(last)?;
                for jump in jumps {
                    self.steps[jump] = Step::Jump(self.steps.len());
                }
            }
            Pattern::Repeat(pattern, least, most) => self.repeat(pattern, *least, *most)?,
        }
        Some(())
    }

    /// A gap of any tokens is as short as can be, everything else as long as can be.
    fn repeat(&mut self, pattern: &Pattern, least: u32, most: Option<u32>) -> Option<()> {
        let is_gap = matches!(pattern, Pattern::Token(None));
        let fork = |on: usize, out: usize| if is_gap { Step::Either(out, on) } else { Step::Either(on, out) };
        for _ in 0..least {
            self.add(pattern)?;
        }
        match most {
            None => {
                let begin = self.push(Step::Done)?;
                self.add(pattern)?;
                self.push(Step::Jump(begin))?;
                self.steps[begin] = fork(begin + 1, self.steps.len());
            }
            Some(most) => {
                let mut forks = Vec::new();
                for _ in least..most {
                    forks.push(self.push(Step::Done)?);
                    self.add(pattern)?;
                }
                let out = self.steps.len();
                for begin in forks {
                    self.steps[begin] = fork(begin + 1, out);
                }
            }
        }
        Some(())
    }

    /// Stretches of tokens that follow the pattern, as first and last token, in order, none overlapping.
    pub(super) fn find(&self, seen: &Seen<'_>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let n_tokens = seen.tokens.len();
        let mut visited = vec![0_u64; (self.steps.len() * (n_tokens + 1)).div_ceil(64)];
        let mut start = 0;
        while start < n_tokens {
            // What led nowhere from an earlier start leads nowhere from this one.
            match self.end_from(start, seen, &mut visited) {
                Some(end) if end > start => {
                    found.push((start, end - 1));
                    start = end;
                    visited.fill(0);
                }
                _ => start += 1,
            }
        }
        found
    }

    fn end_from(&self, start: usize, seen: &Seen<'_>, visited: &mut [u64]) -> Option<usize> {
        let mut ways = vec![(0, start)];
        while let Some((mut step, mut token)) = ways.pop() {
            loop {
                let state = step * (seen.tokens.len() + 1) + token;
                let bit = 1 << (state % 64);
                if visited[state / 64] & bit != 0 {
                    break;
                }
                visited[state / 64] |= bit;
                match &self.steps[step] {
                    Step::Done => return Some(token),
                    Step::Jump(to) => step = *to,
                    Step::Either(first, second) => {
                        ways.push((*second, token));
                        step = *first;
                    }
                    Step::Token(test) => {
                        if token >= seen.tokens.len()
                            || !test.as_ref().is_none_or(|test| test.holds(seen, token))
                        {
                            break;
                        }
                        token += 1;
                        step += 1;
                    }
                }
            }
        }
        None
    }
}

impl Test {
    fn of(condition: &Condition) -> Test {
        match condition {
            Condition::All(of) => Test::All(of.iter().map(Test::of).collect()),
            Condition::Any(of) => Test::Any(of.iter().map(Test::of).collect()),
            Condition::No(of) => Test::No(Box::new(Test::of(of))),
            Condition::Matches { attribute, value } => {
                let exactly = value.strip_prefix("(?-i)");
                let attribute = match &**attribute {
                    "word" if exactly.is_some() => Attribute::Written,
                    "word" => Attribute::Word,
                    "stem" => Attribute::Stem,
                    "role" => Attribute::Role,
                    "pos" => Attribute::Said("upos".to_owned()),
                    name => Attribute::Said(name.to_owned()),
                };
                let is_plain =
                    value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’'));
                let wanted = if is_plain && !matches!(attribute, Attribute::Written) {
                    Wanted::Just(fold(value))
                } else if let Some(exactly) = exactly {
                    Regex::new(&format!("^(?:{exactly})$")).map_or(Wanted::Never, Wanted::Like)
                } else {
                    regex(value).map_or(Wanted::Never, Wanted::Like)
                };
                Test::Attribute(attribute, wanted)
            }
        }
    }

    fn holds(&self, seen: &Seen<'_>, token: usize) -> bool {
        match self {
            Test::All(of) => of.iter().all(|test| test.holds(seen, token)),
            Test::Any(of) => of.iter().any(|test| test.holds(seen, token)),
            Test::No(of) => !of.holds(seen, token),
            Test::Attribute(attribute, wanted) => {
                let folded = seen.tokens.folded(token);
                let (start, end) = seen.tokens.span(token);
                match attribute {
                    Attribute::Word => wanted.is(folded),
                    Attribute::Written => wanted.is(&seen.text[start..end]),
                    Attribute::Role => wanted.is(seen.passage.role.as_str()),
                    Attribute::Stem => match (seen.stemmer, wanted) {
                        (None, wanted) => wanted.is(folded),
                        (Some(stemmer), Wanted::Just(value)) => stemmer.stem(folded) == stemmer.stem(value),
                        (Some(stemmer), wanted) => wanted.is(&stemmer.stem(folded)),
                    },
                    Attribute::Said(name) => {
                        let from = seen.passage.span.start;
                        let span = Span::new(from + start, from + end);
                        said_of(seen.part, span, name).any(|said| wanted.is(&fold(said)) || wanted.is(said))
                    }
                }
            }
        }
    }
}

/// What annotations of just one token say under a name. A possessive may belong to the annotated token.
fn said_of<'a>(part: &'a PartText, span: Span, name: &'a str) -> impl Iterator<Item = &'a str> {
    let first = part.facts.partition_point(|fact| fact.span.start < span.start);
    part.facts[first..]
        .iter()
        .take_while(move |fact| fact.span.start == span.start)
        .filter(move |fact| fact.span.end <= span.end + 5)
        .flat_map(move |fact| fact.texts(name).chain(fact.texts(if name == "upos" { "pos" } else { name })))
}

impl Wanted {
    fn is(&self, text: &str) -> bool {
        match self {
            Wanted::Just(wanted) => wanted == text,
            Wanted::Like(regex) => regex.is_match(text),
            Wanted::Never => false,
        }
    }
}
