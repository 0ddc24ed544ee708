//! The words of a text in the order in which an index takes them most quickly: each with all its places at once.

use super::schema::{BETWEEN, GAP};
use crate::token::{Short, WordStream};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Hands the words of a text to tantivy, those of one form together, in the order in which they first come.
///
/// The postings are the same as in the order of the text, and each form is looked up but once in a table of all forms,
/// which is far larger than what a processor keeps at hand.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    token: Token,
    /// The forms, one after the other.
    folded: String,
    forms: Vec<Form>,
    places: Vec<Place>,
    /// Index of a form plus one, at a slot that its hash says; 0 where there is none.
    slots: Vec<u32>,
}

/// A form of a word.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Its bytes where there are no more than eight, else a hash of them.
    key: u64,
    /// Where it lies among the forms.
    start: usize,
    end: usize,
    /// First and last of its places.
    first: u32,
    last: u32,
}

/// A place of a word in the text.
#[derive(Clone, Copy, Debug)]
struct Place {
    position: u32,
    /// Index of the next place of the same form; [`NONE`] where there is none.
    next: u32,
}

const NONE: u32 = u32::MAX;
/// Words of a text above which its memory is not kept for the next one.
const MOST_KEPT: usize = 1 << 20;
/// Slots of the table at first; always a power of two.
const SLOTS: usize = 1 << 10;

impl Words {
    /// Reads a text, whose passages are apart by [`BETWEEN`] and their positions by [`GAP`].
    fn read(&mut self, text: &str) {
        if self.places.len() > MOST_KEPT {
            *self = Words::default();
        }
        self.folded.clear();
        self.forms.clear();
        self.places.clear();
        self.slots.clear();
        self.slots.resize(SLOTS, 0);
        let mut position = 0;
        let mut folded = std::mem::take(&mut self.token.text);
        for passage in text.split(BETWEEN) {
            let mut words = WordStream::new(passage);
            loop {
                if let Some(Short { start, end, folded }) = words.next_short() {
                    self.add(folded, &passage[start..end], position);
                } else if words.next(&mut folded).is_some() {
                    self.add(key(folded.as_bytes()), &folded, position);
                } else {
                    break;
                }
                position += 1;
            }
            position += GAP;
        }
        self.token.text = folded;
    }

    /// Adds the form of this key, which `word` is but for capitals, at this position.
    #[inline]
    fn add(&mut self, key: u64, word: &str, position: u32) {
        let place = self.places.len() as u32;
        self.places.push(Place { position, next: NONE });
        let mask = self.slots.len() - 1;
        let mut slot = slot(key) & mask;
        while let Some(index) = self.slots[slot].checked_sub(1) {
            let form = &mut self.forms[index as usize];
            let is_same = form.key == key
                && form.end - form.start == word.len()
                && (word.len() <= 8 || self.folded[form.start..form.end] == *word);
            if is_same {
                self.places[form.last as usize].next = place;
                form.last = place;
                return;
            }
            slot = (slot + 1) & mask;
        }
        let start = self.folded.len();
        self.folded.push_str(word);
        self.folded[start..].make_ascii_lowercase();
        self.forms.push(Form { key, start, end: self.folded.len(), first: place, last: place });
        self.slots[slot] = self.forms.len() as u32;
        if 2 * self.forms.len() > self.slots.len() {
            self.grow();
        }
    }

    /// Doubles the number of slots.
    fn grow(&mut self) {
        let mask = 2 * self.slots.len() - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, 0);
        for (form, number) in self.forms.iter().zip(1..) {
            let mut slot = slot(form.key) & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
    }
}

/// An odd number whose bits are well mixed.
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The first slot where a form of this key is looked for, in a table of any size.
fn slot(key: u64) -> usize {
    let mixed = (key ^ key >> 32).wrapping_mul(ODD);
    (mixed >> 32) as usize
}

/// The bytes of a word, the first lowest, where there are no more than eight; else a hash of them.
fn key(word: &[u8]) -> u64 {
    let mut chunks = word.chunks(8).map(|chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(eight)
    });
    let first = chunks.next().unwrap_or_default();
    chunks.fold(first, |hash, chunk| (hash.rotate_left(23) ^ chunk).wrapping_mul(ODD))
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        self.read(text);
        Stream { words: self, next_form: 0, next_place: NONE }
    }
}

/// The words that were read, on their way to tantivy.
pub(super) struct Stream<'a> {
    words: &'a mut Words,
    next_form: usize,
    next_place: u32,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let words = &mut *self.words;
        if self.next_place == NONE {
            let Some(form) = words.forms.get(self.next_form) else { return false };
            self.next_form += 1;
            self.next_place = form.first;
            words.token.text.clear();
            words.token.text.push_str(&words.folded[form.start..form.end]);
        }
        let place = words.places[self.next_place as usize];
        words.token.position = place.position as usize;
        self.next_place = place.next;
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokens;
    use proptest::prelude::*;

    /// The words with their positions, in the order in which they come.
    fn taken(words: &mut Words, text: &str) -> Vec<(String, usize)> {
        let mut stream = words.token_stream(text);
        let mut taken = Vec::new();
        stream.process(&mut |token| taken.push((token.text.clone(), token.position)));
        taken
    }

    #[test]
    fn words_of_one_form_come_together_and_passages_lie_apart() {
        let text = format!("The ferry left. The ferry{BETWEEN}came the day after");
        let gap = GAP as usize;
        let expected = [
            ("the", 0),
            ("the", 3),
            ("the", 6 + gap),
            ("ferry", 1),
            ("ferry", 4),
            ("left", 2),
            ("came", 5 + gap),
            ("day", 7 + gap),
            ("after", 8 + gap),
        ];
        let taken = taken(&mut Words::default(), &text);
        assert!(taken.iter().map(|(word, position)| (&**word, *position)).eq(expected), "{taken:?}");
    }

    proptest! {
        #[test]
        fn they_are_the_words_of_the_text_whatever_was_read_before(
            texts in proptest::collection::vec(r"([a-fA-F0-9éж'’.,-]{1,18}[ \n]?){0,40}|( [a-z]{3}){1500}", 1..4)
        ) {
            let mut words = Words::default();
            for text in texts {
                let mut taken = taken(&mut words, &text);
                taken.sort_by_key(|(_, position)| *position);
                let plainly: Vec<(String, usize)> = Tokens::of(&text).iter().map(str::to_owned).zip(0..).collect();
                prop_assert_eq!(taken, plainly);
            }
        }
    }
}
