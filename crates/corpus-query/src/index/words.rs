//! The words of a text in the order in which an index takes them most quickly: each with all its places at once.

use super::schema::{BETWEEN, GAP};
use crate::token::WordStream;
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
    hash: u32,
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
        for passage in text.split(BETWEEN) {
            let mut words = WordStream::new(passage);
            while words.next(&mut self.token.text).is_some() {
                self.add(position);
                position += 1;
            }
            position += GAP;
        }
    }

    /// Adds the form that the token holds, at this position.
    fn add(&mut self, position: u32) {
        let hash = hash(self.token.text.as_bytes());
        let place = self.places.len() as u32;
        self.places.push(Place { position, next: NONE });
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(index) = self.slots[slot].checked_sub(1) {
            let form = &mut self.forms[index as usize];
            if form.hash == hash && self.folded[form.start..form.end] == *self.token.text {
                self.places[form.last as usize].next = place;
                form.last = place;
                return;
            }
            slot = (slot + 1) & mask;
        }
        let start = self.folded.len();
        self.folded.push_str(&self.token.text);
        self.forms.push(Form { hash, start, end: self.folded.len(), first: place, last: place });
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
            let mut slot = form.hash as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
    }
}

/// A hash of a word, good enough to find it among those of one text.
fn hash(word: &[u8]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = word.len() as u64;
    let mut add = |part: u64| hash = (hash.rotate_left(23) ^ part).wrapping_mul(ODD);
    let mut chunks = word.chunks_exact(8);
    for chunk in chunks.by_ref() {
        add(chunk.first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk)));
    }
    let rest = chunks.remainder();
    // Where there are four bytes and more, the first and the last four say all, some of it twice.
    match (rest.first_chunk(), rest.last_chunk()) {
        (Some(first), Some(last)) => {
            add(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
        }
        _ => add(rest.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte))),
    }
    (hash >> 32) as u32
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
