//! Cue words: what the words of a line say of what it does on a page.

mod table;

use crate::ascii;

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
    /// A word that headings of links to other articles often have: more, other, stories, popular.
    RelatedWord,
    /// The same as the first words of a line that goes on with the other article's title.
    RelatedLink,
    /// "Read more", "Continue reading" at the end of a text: the page cut it short.
    More,
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

    /// The set as bits, by the order of the cues.
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    fn insert(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u8;
    }
}

/// A phrase of the tables, folded.
#[derive(Debug)]
struct Phrase {
    cue: Cue,
    text: Box<[u8]>,
    /// Where the word begins that it is looked up by: the first where it counts at the start of a line only, else the
    /// longest, which is seldom met.
    word_at: usize,
    /// The first letters of that word.
    key: u32,
    /// Its first eight bytes from there on, and which of them it has.
    prefix: u64,
    mask: u64,
    /// Whether it counts at the start of a line only.
    at_start: bool,
    /// Whether it counts at the end of a line only.
    at_end: bool,
}

/// Finds the cues of lines: all phrases in one pass over the words.
///
/// Of each word the first four letters are looked up among those of the phrases; most words are in none, and
/// the table that says so fits into the first-level cache.
#[derive(Debug)]
pub struct CueFinder {
    /// Phrases that count at the start of a line only.
    at_start: Phrases,
    /// Phrases that count anywhere.
    anywhere: Phrases,
}

/// Phrases by the first letters of the word they are looked up by.
#[derive(Debug)]
struct Phrases {
    /// The phrases, in order of their buckets.
    phrases: Vec<Phrase>,
    /// Where in `phrases` each bucket begins; one more than there are buckets.
    buckets: Vec<u16>,
    /// Which buckets have phrases, one bit each.
    filled: Vec<u64>,
}

const N_BUCKETS: usize = 1 << 13;

impl Phrases {
    fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.sort_by_key(|phrase| bucket(phrase.key));
        let mut buckets = vec![0; N_BUCKETS + 1];
        let mut filled = vec![0; N_BUCKETS / 64];
        for phrase in &phrases {
            let bucket = bucket(phrase.key);
            buckets[bucket + 1] += 1;
            filled[bucket / 64] |= 1 << (bucket % 64);
        }
        for at in 0..N_BUCKETS {
            buckets[at + 1] += buckets[at];
        }
        Phrases { phrases, buckets, filled }
    }

    /// Whether some phrase is looked up by a word that begins with `key`.
    #[inline(always)]
    fn may_have(&self, key: u32) -> bool {
        let bucket = bucket(key);
        self.filled[bucket / 64] & (1 << (bucket % 64)) != 0
    }

    /// Adds the cues of the phrases that stand in `line` with the word they are looked up by at `start`, which begins
    /// with `key` and the bytes `eight`.
    #[inline(never)]
    fn find_at(&self, line: &Window, start: usize, key: u32, eight: u64, has_end: bool, cues: &mut Cues) {
        let bucket = bucket(key);
        for phrase in &self.phrases[usize::from(self.buckets[bucket])..usize::from(self.buckets[bucket + 1])]
        {
            let may_fit = eight & phrase.mask == phrase.prefix;
            if may_fit
                && !cues.has(phrase.cue)
                && phrase.fits(line, start)
                && (!phrase.at_end || (has_end && line.ends_at(start + phrase.len())))
            {
                cues.insert(phrase.cue);
            }
        }
    }
}

/// Of a longer line only the first bytes are read, where its label stands,
const START: usize = 64;
/// and the last, where it says what is wanted of the reader, or whose picture it was.
const END: usize = 144;
/// A line of both; folding can make text longer, what then exceeds this is not read.
const MOST: usize = START + END + 24;
/// Room for it, and for eight bytes behind it; in whole steps of the widest registers.
const ROOM: usize = (MOST + 8).next_multiple_of(STEP);
const STEP: usize = 32;

impl CueFinder {
    /// A finder of the phrases of this crate's tables.
    pub fn new() -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        for &(cue, list) in table::PHRASES {
            phrases.extend(list.iter().map(|phrase| Phrase::new(cue, phrase)));
        }
        let (at_start, anywhere) = phrases.into_iter().partition(|phrase| phrase.at_start);
        CueFinder { at_start: Phrases::new(at_start), anywhere: Phrases::new(anywhere) }
    }

    /// The cues of `line`. `folded` is working space, kept between calls so that nothing is allocated.
    pub fn find(&self, line: &str, folded: &mut String) -> Cues {
        let mut cues = Cues::default();
        if line.len() <= START + END {
            self.find_in(line, true, true, folded, &mut cues);
        } else {
            self.find_in(&line[..line.floor_char_boundary(START)], true, false, folded, &mut cues);
            self.find_in(&line[line.ceil_char_boundary(line.len() - END)..], false, true, folded, &mut cues);
        }
        cues
    }

    /// Adds the cues of `piece`, which reaches to the start or the end of its line.
    fn find_in(&self, piece: &str, has_start: bool, has_end: bool, folded: &mut String, cues: &mut Cues) {
        let line = if piece.is_ascii() {
            Window::of(piece.as_bytes())
        } else {
            fold(piece, folded);
            Window::of(folded.as_bytes())
        };
        // Whether nothing but numbers stands before the word.
        let mut is_first = has_start;
        // Whether the byte before these eight belongs to a word.
        let mut carry = 0;
        let mut next = words(line.eight(0));
        for chunk in (0..line.n_bytes).step_by(8) {
            let here = next;
            next = words(line.eight(chunk + 8));
            let mut starts = here & !(here << 8 | carry);
            carry = here >> 56;
            while starts != 0 {
                let bit = starts.trailing_zeros();
                let start = chunk + bit as usize / 8;
                starts &= starts - 1;
                let eight = line.eight(start);
                // The same for the eight bytes from there on.
                let key = key_of(eight, here >> (bit - 7) | next << 1 << (70 - bit));
                if self.anywhere.may_have(key) {
                    self.anywhere.find_at(&line, start, key, eight, has_end, cues);
                }
                if is_first {
                    self.at_start.find_at(&line, start, key, eight, has_end, cues);
                    is_first = line.is_number(start);
                }
            }
        }
    }
}

/// A piece of a line in small letters; what exceeds the room is left out.
struct Window {
    bytes: [u8; ROOM],
    n_bytes: usize,
}

impl Window {
    fn of(piece: &[u8]) -> Window {
        let n_bytes = piece.len().min(MOST);
        let mut bytes = [0; ROOM];
        bytes[..n_bytes].copy_from_slice(&piece[..n_bytes]);
        bytes[..n_bytes.next_multiple_of(STEP)].make_ascii_lowercase();
        Window { bytes, n_bytes }
    }

    /// Eight bytes from `at` on, the first in the lowest byte; zero behind the end.
    fn eight(&self, at: usize) -> u64 {
        self.bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
    }

    /// The bytes from `at` on.
    fn rest(&self, at: usize) -> &[u8] {
        &self.bytes[at..self.n_bytes]
    }

    /// Whether the word at `start` is a number.
    fn is_number(&self, start: usize) -> bool {
        self.rest(start).iter().take_while(|&&byte| is_word(byte)).all(u8::is_ascii_digit)
    }

    /// Whether a word can end at `at`.
    fn is_word_bound(&self, at: usize) -> bool {
        !is_word(self.bytes[at]) || at == 0 || !is_word(self.bytes[at - 1])
    }

    /// Whether nothing but punctuation, or a count, stands from `at` on.
    fn ends_at(&self, at: usize) -> bool {
        self.rest(at).iter().all(|&byte| !is_word(byte) || byte.is_ascii_digit())
    }
}

impl Default for CueFinder {
    fn default() -> Self {
        CueFinder::new()
    }
}

impl Phrase {
    /// A phrase as the tables write it: `^` and `$` tie it to the ends of its line.
    fn new(cue: Cue, written: &str) -> Phrase {
        let at_start = written.starts_with('^');
        let at_end = written.ends_with('$');
        let mut text = String::new();
        fold(&written[usize::from(at_start)..written.len() - usize::from(at_end)], &mut text);
        let window = Window::of(text.as_bytes());
        let word_at = if at_start { first_word(&text) } else { longest_word(&text) };
        let key = key(window.eight(word_at));
        let n_prefix = (text.len() - word_at).min(8);
        let mask = if n_prefix == 8 { u64::MAX } else { (1 << (8 * n_prefix)) - 1 };
        let prefix = window.eight(word_at) & mask;
        Phrase { cue, key, prefix, mask, word_at, at_start, at_end, text: text.into_bytes().into() }
    }

    /// Length from that word on.
    fn len(&self) -> usize {
        self.text.len() - self.word_at
    }

    /// Whether it stands in a line, the word it is looked up by at `start`.
    fn fits(&self, line: &Window, start: usize) -> bool {
        let Some(from) = start.checked_sub(self.word_at) else { return false };
        let to = from + self.text.len();
        to <= line.n_bytes && line.bytes[from..to] == *self.text && line.is_word_bound(to)
    }
}

fn first_word(phrase: &str) -> usize {
    phrase.find(char::is_alphanumeric).unwrap_or(0)
}

fn longest_word(phrase: &str) -> usize {
    let words =
        phrase.split(|c: char| !(c.is_alphanumeric() || c.len_utf8() > 1)).filter(|word| !word.is_empty());
    let longest = words.rev().max_by_key(|word| word.len()).unwrap_or(phrase);
    longest.as_ptr() as usize - phrase.as_ptr() as usize
}

/// The first four bytes of a word, zero behind its end, from eight bytes.
fn key(eight: u64) -> u32 {
    key_of(eight, words(eight))
}

/// The first four bytes of a word, zero behind its end, from eight bytes and which of them belong to words.
fn key_of(eight: u64, words: u64) -> u32 {
    // The highest bit of the first byte behind the word, or of the fifth.
    let ends = (!words & ascii::HIGHEST) | 1 << 39;
    let end = ends & ends.wrapping_neg();
    eight as u32 & ((end - 1) >> 7) as u32
}

/// Which of eight bytes belong to a word: the highest bit of each.
fn words(eight: u64) -> u64 {
    (eight & ascii::HIGHEST) | ascii::small_letters(eight) | ascii::digits(eight)
}

/// Whether a byte of a line in small letters belongs to a word: a letter, a digit, a piece of a character beyond ASCII.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte >= 0x80
}

fn bucket(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 19) as usize
}

/// Lower-cases `piece` into `folded`, with plain apostrophes and spaces.
fn fold(piece: &str, folded: &mut String) {
    folded.clear();
    if piece.is_ascii() {
        folded.push_str(piece);
        folded.make_ascii_lowercase();
        return;
    }
    let mut rest = piece;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        folded.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' => folded.push('"'),
            '‐'..='―' => folded.push('-'),
            '：' => folded.push(':'),
            '／' => folded.push('/'),
            '＝' => folded.push('='),
            '\u{a0}' | '·' | '¿' | '¡' | '\u{2000}'..='\u{206f}' => folded.push(' '),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded.push_str(rest);
    folded.make_ascii_lowercase();
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
}
