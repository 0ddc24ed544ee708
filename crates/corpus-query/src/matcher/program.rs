//! A pattern of tokens as a program, run by a backtracking machine that visits no state twice.

use super::named::InSight;
use crate::{
    fact::Fact,
    fold::{fold, fold_char},
    part_text::{PartText, Passage},
    query::{Condition, Pattern},
    token::Tokens,
};
use corpus_core::Span;
use frostem::Stemmer;
use regex::{Regex, RegexBuilder};

/// Most steps of a program. A pattern that needs more is no query: [`is_too_large`] says so where it is read.
const LARGEST: usize = 4096;
/// Most states, of step and token, that a run keeps in mind: 32 MiB of bits. A passage that has more tokens than that
/// allows, 65,536 with the largest program, is looked through in stretches, and no match goes from one into the next.
const STATES: usize = 1 << 28;

/// Whether the program of a pattern would have too many steps to be run.
pub(crate) fn is_too_large(pattern: &Pattern) -> bool {
    size(pattern) >= LARGEST as u64
}

/// Number of steps that a pattern needs, none counted beyond what a number holds.
fn size(pattern: &Pattern) -> u64 {
    let sum = |patterns: &[Pattern]| patterns.iter().map(size).fold(0, u64::saturating_add);
    match pattern {
        Pattern::Token(_) => 1,
        Pattern::Sequence(patterns) => sum(patterns),
        Pattern::Either(patterns) => sum(patterns).saturating_add(2 * patterns.len() as u64),
        Pattern::Repeat(pattern, least, most) => {
            let size = size(pattern);
            let more = match most {
                None => size.saturating_add(2),
                Some(most) => size.saturating_add(1).saturating_mul(u64::from(most.saturating_sub(*least))),
            };
            size.saturating_mul(u64::from(*least)).saturating_add(more)
        }
    }
}

/// A pattern of tokens, ready to run.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    /// The different conditions, which steps name by number.
    conditions: Vec<Condition>,
    tests: Vec<Test>,
}

#[derive(Debug)]
enum Step {
    /// One token of which the test with this number holds.
    Token(Option<usize>),
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
    let folded = folded_pattern(value);
    // By itself first: "x)|(?:y" is one only between the brackets that follow.
    Regex::new(&folded)?;
    RegexBuilder::new(&format!("^(?:{folded})$")).case_insensitive(true).size_limit(1 << 20).build()
}

/// A regular expression in which letters stand as they do in folded words.
fn folded_pattern(value: &str) -> String {
    let mut pattern = String::with_capacity(value.len());
    let (mut is_escaped, mut in_class) = (false, false);
    for character in value.chars() {
        if character.is_ascii() {
            in_class = match character {
                _ if is_escaped => in_class,
                '[' => true,
                ']' => false,
                _ => in_class,
            };
            is_escaped = character == '\\' && !is_escaped;
            pattern.push(character);
            continue;
        }
        let mut folded = String::new();
        fold_char(character, &mut folded);
        match folded.chars().nth(1) {
            Some(_) if !in_class => pattern.extend(["(?:", &folded, ")"]),
            _ => pattern.push_str(&folded),
        }
        is_escaped = false;
    }
    pattern
}

/// What a passage offers to a pattern.
pub(super) struct Seen<'a> {
    pub(super) part: &'a PartText,
    pub(super) passage: &'a Passage,
    /// The facts of the passage.
    pub(super) in_sight: &'a InSight,
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) stemmer: Option<Stemmer>,
}

impl Program {
    /// The program of a pattern; `None` where it would be too large.
    pub(super) fn of(pattern: &Pattern) -> Option<Program> {
        if is_too_large(pattern) {
            return None;
        }
        let mut program = Program { steps: Vec::new(), conditions: Vec::new(), tests: Vec::new() };
        program.add(pattern)?;
        program.push(Step::Done)?;
        Some(program)
    }

    fn push(&mut self, step: Step) -> Option<usize> {
        self.steps.push(step);
        (self.steps.len() <= LARGEST).then_some(self.steps.len() - 1)
    }

    /// The number of the test of a condition, the same for the same one.
    fn test(&mut self, condition: &Condition) -> usize {
        if let Some(number) = self.conditions.iter().position(|known| known == condition) {
            return number;
        }
        self.conditions.push(condition.clone());
        self.tests.push(Test::of(condition));
        self.tests.len() - 1
    }

    fn add(&mut self, pattern: &Pattern) -> Option<()> {
        match pattern {
            Pattern::Token(condition) => {
                let test = condition.as_ref().map(|condition| self.test(condition));
                self.push(Step::Token(test))?;
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

    /// Stretches of tokens that follow the pattern, as first and last token, in order, none overlapping. Time is the
    /// number of steps times that of tokens, at most, however many matches there are.
    pub(super) fn find(&self, seen: &Seen<'_>) -> Vec<(usize, usize)> {
        let longest = STATES / self.steps.len();
        let mut found = Vec::new();
        let mut dead = Vec::new();
        let tags = match self.tests.iter().any(Test::asks_what_is_said) {
            true => Tags::of(seen.part, seen.passage.span),
            false => Tags::default(),
        };
        for first in (0..seen.tokens.len()).step_by(longest.max(1)) {
            let end = seen.tokens.len().min(first + longest);
            dead.clear();
            dead.resize((self.steps.len() * (end + 1 - first)).div_ceil(64), 0);
            let mut run = Run { program: self, seen, tags: &tags, first, end, dead: &mut dead };
            let mut start = first;
            while start < end {
                match run.end_from(start) {
                    Some(end) if end > start => {
                        found.push((start, end - 1));
                        run.forget(end);
                        start = end;
                    }
                    _ => start += 1,
                }
            }
        }
        found
    }
}

/// A run of a program over a stretch of tokens.
struct Run<'a> {
    program: &'a Program,
    seen: &'a Seen<'a>,
    tags: &'a Tags<'a>,
    first: usize,
    end: usize,
    /// A bit for each state, token by token and step by step, that is known to lead nowhere or is being looked at. What
    /// leads nowhere from one start leads nowhere from another.
    dead: &'a mut [u64],
}

impl Run<'_> {
    const fn state(&self, step: usize, token: usize) -> usize {
        (token - self.first) * self.program.steps.len() + step
    }

    /// Revives the states at the token where a match has ended. Those on the way to the end lead somewhere after all,
    /// and so may those at this token that were given up when they met one of them; further on, each state was given up
    /// for good.
    fn forget(&mut self, token: usize) {
        for state in self.state(0, token)..self.state(0, token + 1) {
            self.dead[state / 64] &= !(1 << (state % 64));
        }
    }

    /// The end of the match that begins at a token.
    fn end_from(&mut self, start: usize) -> Option<usize> {
        let mut ways = vec![(0, start)];
        while let Some((mut step, mut token)) = ways.pop() {
            loop {
                let state = self.state(step, token);
                let bit = 1 << (state % 64);
                if self.dead[state / 64] & bit != 0 {
                    break;
                }
                self.dead[state / 64] |= bit;
                match &self.program.steps[step] {
                    Step::Done => return Some(token),
                    Step::Jump(to) => step = *to,
                    Step::Either(first, second) => {
                        ways.push((*second, token));
                        step = *first;
                    }
                    Step::Token(test) => {
                        let holds =
                            |test: &usize| self.program.tests[*test].holds(self.seen, self.tags, token);
                        if token >= self.end || !test.as_ref().is_none_or(holds) {
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

    /// Whether it asks what annotations say.
    fn asks_what_is_said(&self) -> bool {
        match self {
            Test::All(of) | Test::Any(of) => of.iter().any(Test::asks_what_is_said),
            Test::No(of) => of.asks_what_is_said(),
            Test::Attribute(attribute, _) => matches!(attribute, Attribute::Said(_)),
        }
    }

    fn holds(&self, seen: &Seen<'_>, tags: &Tags<'_>, token: usize) -> bool {
        match self {
            Test::All(of) => of.iter().all(|test| test.holds(seen, tags, token)),
            Test::Any(of) => of.iter().any(|test| test.holds(seen, tags, token)),
            Test::No(of) => !of.holds(seen, tags, token),
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
                        said_of(seen.part, tags, span, name)
                            .any(|said| wanted.is(&fold(said)) || wanted.is(said))
                    }
                }
            }
        }
    }
}

/// What annotations of just one token say under a name, and tags of the word that it belongs to. A possessive may belong
/// to the annotated token.
fn said_of<'a>(
    part: &'a PartText,
    tags: &'a Tags<'a>,
    span: Span,
    name: &'a str,
) -> impl Iterator<Item = &'a str> {
    let first = part.facts.partition_point(|fact| fact.span.start < span.start);
    part.facts[first..]
        .iter()
        .take_while(move |fact| fact.span.start == span.start)
        .filter(move |fact| fact.span.end <= span.end + 5 && !is_tag(fact))
        .chain(tags.at(span))
        .flat_map(move |fact| fact.texts(name).chain(fact.texts(if name == "upos" { "pos" } else { name })))
}

/// Layers of what taggers say of words. A word of theirs may be several tokens here, such as one with a hyphen or an
/// elided one, and what they say of it holds of each.
const TAG_LAYERS: [&str; 5] = ["lemma", "pos", "upos", "xpos", "feats"];

fn is_tag(fact: &Fact) -> bool {
    TAG_LAYERS.contains(&&*fact.layer)
}

/// What taggers say of the words of a passage.
#[derive(Default)]
struct Tags<'a> {
    /// In order of where they begin, each with the furthest end up to it.
    facts: Vec<(usize, &'a Fact)>,
}

impl<'a> Tags<'a> {
    /// What the facts of a part say of the words in a span.
    fn of(part: &'a PartText, span: Span) -> Self {
        let first = part.facts.partition_point(|fact| fact.span.start < span.start);
        let inside = part.facts[first..].iter().take_while(|fact| fact.span.start < span.end);
        let mut reach = 0;
        let tags = inside.filter(|fact| is_tag(fact)).map(|fact| {
            reach = fact.span.end.max(reach);
            (reach, fact)
        });
        Tags { facts: tags.collect() }
    }

    /// Those of the word that a token is or belongs to, or begins with.
    fn at(&self, token: Span) -> impl Iterator<Item = &'a Fact> {
        let first = self.facts.partition_point(|(reach, _)| *reach <= token.start);
        let from_here = self.facts[first..].iter().map(|(_, fact)| *fact);
        from_here
            .take_while(move |fact| fact.span.start <= token.start)
            .filter(move |fact| fact.span.start == token.start || fact.span.contains(token))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Query, query::Node, query::Spans};
    use corpus_core::{Parser, Record, text::Text};
    use proptest::prelude::*;

    fn pattern(cql: &str) -> Option<Pattern> {
        match Query::cql(cql).node {
            Node::Tokens { pattern: Spans::Pattern(pattern) } => Some(pattern),
            _ => None,
        }
    }

    /// The stretches of `text` that follow the pattern, as first and last token.
    fn found(cql: &str, text: &str) -> Vec<(usize, usize)> {
        let program = Program::of(&pattern(cql).unwrap()).unwrap();
        let documents = Text::new().parse_all(&Record::new("page.txt", text.as_bytes()));
        let parts = PartText::all_of(&documents[0], 0);
        let tokens = Tokens::of(text);
        let passage = &parts[0].passages[0];
        let in_sight = InSight::default();
        program.find(&Seen {
            part: &parts[0],
            passage,
            in_sight: &in_sight,
            text,
            tokens: &tokens,
            stemmer: None,
        })
    }

    /// The same pattern over words of one letter, in both languages: of tokens, and of characters.
    fn both() -> impl Strategy<Value = (String, String)> {
        let token = prop_oneof![
            "[abc]".prop_map(|letter| (format!("[word=\"{letter}\"]"), letter)),
            Just(("[]".to_owned(), ".".to_owned())),
        ];
        token.prop_recursive(4, 24, 4, |inner| {
            let grouped = |(cql, regex): (String, String)| (format!("({cql})"), format!("(?:{regex})"));
            let one = inner.clone().prop_map(grouped);
            prop_oneof![
                proptest::collection::vec(one.clone(), 2..4).prop_map(|all| all.into_iter().unzip()),
                proptest::collection::vec(one.clone(), 2..4).prop_map(|all| {
                    let (cql, regex): (Vec<String>, Vec<String>) = all.into_iter().unzip();
                    (format!("({})", cql.join("|")), format!("(?:{})", regex.join("|")))
                }),
                // Engines differ in whether a repeated nothing is tried again as something.
                (
                    one.prop_filter("nothing, repeated", |(_, regex)| {
                        !Regex::new(&format!("^(?:{regex})$")).unwrap().is_match("")
                    }),
                    prop_oneof![Just("+"), Just("?"), Just("{1,3}"), Just("{2}")]
                )
                    .prop_map(|((cql, regex), times)| {
                        // A gap of any tokens is as short as can be.
                        let lazy = if regex == "(?:.)" && times != "{2}" { "?" } else { "" };
                        (format!("{cql}{times}"), format!("{regex}{times}{lazy}"))
                    }),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_pattern_of_tokens_matches_as_the_same_expression_over_letters(
            (cql, regex) in both(),
            letters in "[abcd]{1,24}"
        ) {
            let text: Vec<String> = letters.chars().map(String::from).collect();
            let expected: Vec<(usize, usize)> = Regex::new(&regex)
                .unwrap()
                .find_iter(&letters)
                .filter(|found| !found.is_empty())
                .map(|found| (found.start(), found.end() - 1))
                .collect();
            prop_assert_eq!(found(&cql, &text.join(" ")), expected, "{} {}", cql, regex);
        }
    }

    #[test]
    fn a_pattern_that_is_too_large_is_told_where_it_is_read() {
        assert!(pattern("[word=\"x\"]{500}").is_some());
        for cql in
            ["([word=\"x\"]{100}){100}", "[]{500}[]{500}[]{500}[]{500}[]{500}[]{500}[]{500}[]{500}[]{500}"]
        {
            let query = Query::cql(cql);
            assert!(!matches!(query.node, Node::Tokens { .. }), "{cql}");
            assert!(query.warnings[0].message.contains("too large"), "{:?}", query.warnings);
        }
    }

    #[test]
    fn looking_ahead_in_vain_after_each_match_takes_no_longer() {
        // Each match of the first token looks for the last one to the end of the passage.
        let text = "a b ".repeat(200_000);
        let begun = std::time::Instant::now();
        assert_eq!(found("[word=\"a\"]([]*[word=\"z\"])?", &text).len(), 200_000);
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
