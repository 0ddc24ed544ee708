//! Cue words: what the words of a line say of what it does on a page.

mod table;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

macro_rules! cues {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// What the words of a line hint at. One line can carry several cues.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Cue { $($(#[doc = $doc])+ $name,)+ }

        #[cfg(test)]
        impl Cue {
            const ALL: &'static [Cue] = &[$(Cue::$name),+];
        }
    };
}

cues! {
    /// "By", "Written by", "Text:": the name of who wrote it follows.
    Author,
    /// "About the author": a biography follows.
    AboutAuthor,
    /// A post or profession of people who write: reporter, editor, professor, analyst.
    Profession,
    /// "is a", "covers", "has written": a biography says such of a person.
    Biography,
    /// "Published", "Posted on", "Updated": a date of the text follows.
    Published,
    /// "Last checked", "Status:", "Item no.": a stamp that is not the date of the text.
    Stamp,
    /// "3 hours ago": an age instead of a date.
    Age,
    /// "min read", "views": a count that stands beside a date.
    Count,
    /// "Photo:", "Illustration by": who made a picture follows.
    Credit,
    /// A picture agency or library.
    Agency,
    /// "Pictured", "from left", "file photo": a picture is described.
    Caption,
    /// "Similar articles", "Read also": links to other articles follow.
    Related,
    /// The same as the first words of a line that goes on with the other article's title.
    RelatedLink,
    /// "Subscribe", "newsletter", "donate", "advertisement": an appeal, sure by itself.
    Appeal,
    /// A word that appeals often have: support, help us, free, join, sign up.
    AppealWord,
    /// The whole line is an item of navigation or a button.
    Button,
    /// "Tags:", "Filed under": topics follow.
    Tags,
    /// "Leave a reply", "Your email address": a form.
    Form,
    /// "All rights reserved", "cookies", "privacy policy".
    Legal,
    /// "Source:", "First published in": where the text comes from.
    Source,
    /// "Views expressed", "Editor's note", "affiliate links": a note about the text, sure by itself.
    Disclaimer,
    /// "12 comments", "Responses to": the comments follow.
    CommentHeading,
    /// "says", "wrote:", "replied": behind the name of who comments.
    Says,
    /// "Reply", "Like", "Report": the buttons under a comment.
    CommentButton,
    /// "Post #2", "Registered:", "points": what forums write beside a name.
    Member,
    /// A whole page says it is not there, or wants a login.
    Error,
    /// "opinions", "views", "positions" and the like.
    Opinion,
    /// "the author's own", "necessarily reflect", "expressed": whose opinions.
    Owner,
}

/// A set of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u32);

impl Cues {
    /// Whether the set has `cue`.
    pub const fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u8) != 0
    }

    /// Whether the set has one of `cues`.
    pub fn has_any(self, cues: &[Cue]) -> bool {
        cues.iter().any(|&cue| self.has(cue))
    }

    /// Whether the set has no cue.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn insert(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u8;
    }
}

/// Where in a line a phrase must stand to count.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    cue: Cue,
    at_start: bool,
    at_end: bool,
}

/// Finds the cues of lines, all phrases in one pass.
#[derive(Debug)]
pub struct CueFinder {
    phrases: AhoCorasick,
    patterns: Vec<Pattern>,
}

/// Of a longer line only this many bytes at either end are read.
const EDGE: usize = 192;

impl CueFinder {
    /// A finder of the phrases of this crate's tables.
    ///
    /// # Panics
    /// Never: the tables are part of the crate, and a test builds them.
    #[expect(clippy::expect_used, reason = "the tables are constants")]
    pub fn new() -> Self {
        let mut patterns = Vec::new();
        let mut phrases = Vec::new();
        for &(cue, list) in table::PHRASES {
            for phrase in list {
                let at_start = phrase.starts_with('^');
                let at_end = phrase.ends_with('$');
                patterns.push(Pattern { cue, at_start, at_end });
                phrases.push(&phrase[usize::from(at_start)..phrase.len() - usize::from(at_end)]);
            }
        }
        let phrases = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .build(phrases)
            .expect("the tables build");
        CueFinder { phrases, patterns }
    }

    /// The cues of `line`. `folded` is working space, kept between calls so that nothing is allocated.
    pub fn find(&self, line: &str, folded: &mut String) -> Cues {
        let mut cues = Cues::default();
        if line.len() <= 2 * EDGE {
            self.find_in(line, true, true, folded, &mut cues);
        } else {
            self.find_in(&line[..line.floor_char_boundary(EDGE)], true, false, folded, &mut cues);
            self.find_in(&line[line.ceil_char_boundary(line.len() - EDGE)..], false, true, folded, &mut cues);
        }
        cues
    }

    /// Adds the cues of `piece`, which reaches to the start or the end of its line.
    fn find_in(&self, piece: &str, has_start: bool, has_end: bool, folded: &mut String, cues: &mut Cues) {
        fold(piece, folded);
        let bytes = folded.as_bytes();
        let bounds = Bounds::of(folded);
        for found in self.phrases.find_overlapping_iter(bytes) {
            let Pattern { cue, at_start, at_end } = self.patterns[found.pattern().as_usize()];
            let (from, to) = (found.start(), found.end());
            let fits = is_word_bound(bytes, from)
                && is_word_bound(bytes, to)
                && (!at_start || (has_start && (from <= bounds.start || from == bounds.start_after_count)))
                && (!at_end || (has_end && (to >= bounds.end || to == bounds.end_before_count)));
            if fits {
                cues.insert(cue);
            }
        }
    }
}

impl Default for CueFinder {
    fn default() -> Self {
        CueFinder::new()
    }
}

/// Where the words of a folded line begin and end: punctuation around them set aside, and then numbers as well.
struct Bounds {
    start: usize,
    start_after_count: usize,
    end: usize,
    end_before_count: usize,
}

impl Bounds {
    fn of(folded: &str) -> Bounds {
        let skip = |c: char| !c.is_alphanumeric();
        let skip_count = |c: char| !c.is_alphabetic();
        let start_of = |rest: &str| folded.len() - rest.len();
        Bounds {
            start: start_of(folded.trim_start_matches(skip)),
            start_after_count: start_of(folded.trim_start_matches(skip_count)),
            end: folded.trim_end_matches(skip).len(),
            end_before_count: folded.trim_end_matches(skip_count).len(),
        }
    }
}

/// Lower-cases `piece` into `folded`, with plain apostrophes and spaces.
fn fold(piece: &str, folded: &mut String) {
    folded.clear();
    if piece.is_ascii() {
        folded.push_str(piece);
        folded.make_ascii_lowercase();
        return;
    }
    for c in piece.chars() {
        match c {
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' => folded.push(c),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => folded.push(' '),
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

/// Whether a word can begin or end at `at`: not both neighbours are letters or digits.
fn is_word_bound(bytes: &[u8], at: usize) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    at == 0 || at == bytes.len() || !is_word(bytes[at - 1]) || !is_word(bytes[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(line: &str) -> Vec<Cue> {
        let found = CueFinder::new().find(line, &mut String::new());
        Cue::ALL.iter().copied().filter(|&cue| found.has(cue)).collect()
    }

    #[test]
    fn anchors_hold() {
        assert_eq!(cues("Share"), [Cue::Button]);
        assert_eq!(cues("They share a border."), []);
        assert!(cues("12 Comments").contains(&Cue::CommentHeading));
        assert!(cues("Comments (12)").contains(&Cue::CommentHeading));
        assert!(cues("Editor’s note: the name was misspelt.").contains(&Cue::Disclaimer));
    }

    #[test]
    fn words_are_whole() {
        assert!(!cues("The photographer slept.").contains(&Cue::Credit));
        assert!(!cues("Bystanders watched").contains(&Cue::Author));
    }

    #[test]
    fn phrases_are_folded() {
        for (_, list) in table::PHRASES {
            for phrase in *list {
                let mut folded = String::new();
                fold(phrase, &mut folded);
                assert_eq!(*phrase, folded);
            }
        }
    }
}
