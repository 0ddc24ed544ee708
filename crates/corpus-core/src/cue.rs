//! Cue words: what the words of a line say of what it does on a page.

mod table;

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

/// A phrase of the tables, folded.
#[derive(Debug)]
struct Phrase {
    cue: Cue,
    text: Box<[u8]>,
    /// Where its first word begins: a phrase can begin with a bracket.
    word_at: usize,
    /// Hash of its first word.
    hash: u32,
    /// Whether it counts at the start of a line only.
    at_start: bool,
    /// Whether it counts at the end of a line only.
    at_end: bool,
}

/// Finds the cues of lines: all phrases in one pass over the words.
///
/// Each word is hashed while it is read and looked up among the first words of the phrases; most words begin none,
/// and the table that says so fits into the first-level cache.
#[derive(Debug)]
pub struct CueFinder {
    /// Phrases that count at the start of a line only.
    at_start: Phrases,
    /// Phrases that count anywhere.
    anywhere: Phrases,
}

/// Phrases by the hash of their first word.
#[derive(Debug)]
struct Phrases {
    /// The phrases, in order of the bucket of their first words.
    phrases: Vec<Phrase>,
    /// Where in `phrases` each bucket begins; one more than there are buckets.
    buckets: Vec<u16>,
}

const N_BUCKETS: usize = 4096;

impl Phrases {
    fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.sort_by_key(|phrase| bucket(phrase.hash));
        let mut buckets = vec![0; N_BUCKETS + 1];
        for phrase in &phrases {
            buckets[bucket(phrase.hash) + 1] += 1;
        }
        for at in 0..N_BUCKETS {
            buckets[at + 1] += buckets[at];
        }
        Phrases { phrases, buckets }
    }

    /// The phrases whose first word may have `hash`.
    fn of(&self, hash: u32) -> &[Phrase] {
        let bucket = bucket(hash);
        &self.phrases[usize::from(self.buckets[bucket])..usize::from(self.buckets[bucket + 1])]
    }
}

/// Of a longer line only this many bytes at either end are read.
const EDGE: usize = 160;

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
        // Whether nothing but numbers stands before the word.
        let mut is_first = has_start;
        let mut at = 0;
        while at < bytes.len() {
            if !is_word(bytes[at]) {
                at += 1;
                continue;
            }
            let start = at;
            let mut hash = SEED;
            while at < bytes.len() && is_word(bytes[at]) {
                hash = mix(hash, bytes[at]);
                at += 1;
            }
            let mut try_all = |phrases: &[Phrase]| {
                for phrase in phrases {
                    let is_new = phrase.hash == hash && !cues.has(phrase.cue);
                    if is_new
                        && phrase.fits(bytes, start)
                        && (!phrase.at_end || (has_end && ends_line(folded, start + phrase.len())))
                    {
                        cues.insert(phrase.cue);
                    }
                }
            };
            try_all(self.anywhere.of(hash));
            if is_first {
                try_all(self.at_start.of(hash));
                is_first = bytes[start..at].iter().all(u8::is_ascii_digit);
            }
        }
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
        let word_at = text.bytes().position(is_word).unwrap_or(0);
        let hash = text.bytes().skip(word_at).take_while(|&byte| is_word(byte)).fold(SEED, mix);
        Phrase { cue, text: text.into_bytes().into(), word_at, hash, at_start, at_end }
    }

    /// Length from its first word on.
    fn len(&self) -> usize {
        self.text.len() - self.word_at
    }

    /// Whether it stands in a folded line, its first word at `start`.
    fn fits(&self, line: &[u8], start: usize) -> bool {
        let Some(from) = start.checked_sub(self.word_at) else { return false };
        let to = from + self.text.len();
        line.get(from..to) == Some(&*self.text) && is_word_bound(line, to)
    }
}

/// FNV-1a.
const SEED: u32 = 0x811c_9dc5;

fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn bucket(hash: u32) -> usize {
    ((hash ^ (hash >> 15)) as usize) % N_BUCKETS
}

/// Whether a byte of a folded line belongs to a word.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether nothing but punctuation, or a count, stands behind `to` in a folded line.
fn ends_line(folded: &str, to: usize) -> bool {
    let rest = &folded[to..];
    rest.bytes().all(|byte| !is_word(byte)) || !rest.chars().any(char::is_alphabetic)
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
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' => folded.push('"'),
            '‐'..='―' => folded.push('-'),
            '\u{a0}' | '·' | '¿' | '¡' | '\u{2000}'..='\u{206f}' => folded.push(' '),
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

/// Whether a word can end at `at`.
fn is_word_bound(bytes: &[u8], at: usize) -> bool {
    at == bytes.len() || !is_word(bytes[at]) || (at > 0 && !is_word(bytes[at - 1]))
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
