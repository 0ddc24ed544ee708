//! The fields of the index, and how texts become terms.

use crate::token::{TOKENIZER_VERSION, each_word};
use tantivy::{
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager},
};

/// Version of the index as this crate writes it. One of another version is made anew.
///
/// * 1: parts with their text, by tantivy 0.27.
/// * 2: facts with the local ids of whom they name.
const INDEX_VERSION: u32 = 2;

/// What an index must have been made with to be read.
pub(super) fn version() -> String {
    format!("index {INDEX_VERSION}, tokenizer {TOKENIZER_VERSION}, {}", tantivy::version_string())
}

/// The fields of the index. One document of it is one part.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Clean text.
    pub(super) text: Field,
    /// What else the part has: by-lines, captions, notes.
    pub(super) rest: Field,
    pub(super) title: Field,
    pub(super) author: Field,
    pub(super) site: Field,
    /// Words that facts say.
    pub(super) facts: Field,
    pub(super) language: Field,
    /// Number of the kind of the part.
    pub(super) kind: Field,
    /// Id of the document.
    pub(super) document: Field,
    /// First and last day of publication, in days, where both are known.
    pub(super) first_day: Field,
    pub(super) last_day: Field,
    /// Place in the order of the corpus, times the most parts of a document, plus that of the part.
    pub(super) order: Field,
    pub(super) stored: Field,
}

/// Name of the field that orders parts.
pub(super) const ORDER: &str = "order";

/// Stands between the passages of a text.
pub(super) const BETWEEN: char = '\u{1e}';
/// Positions left out between passages, so that no phrase goes from one into the next.
const GAP: usize = 1 << 10;

impl Fields {
    pub(super) fn new() -> Fields {
        let mut builder = Schema::builder();
        let indexing =
            |option| TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        let words = || {
            TextOptions::default().set_indexing_options(indexing(IndexRecordOption::WithFreqsAndPositions))
        };
        let bag = TextOptions::default().set_indexing_options(indexing(IndexRecordOption::Basic));
        Fields {
            text: builder.add_text_field("text", words()),
            rest: builder.add_text_field("rest", words()),
            title: builder.add_text_field("title", words()),
            author: builder.add_text_field("author", words()),
            site: builder.add_text_field("site", words()),
            facts: builder.add_text_field("facts", bag),
            language: builder.add_text_field("language", STRING),
            kind: builder.add_u64_field("kind", INDEXED),
            document: builder.add_text_field("document", STRING),
            first_day: builder.add_i64_field("first_day", FAST),
            last_day: builder.add_i64_field("last_day", FAST),
            order: builder.add_u64_field(ORDER, FAST),
            stored: builder.add_bytes_field("stored", STORED),
            schema: builder.build(),
        }
    }
}

const TOKENIZER: &str = "corpus";

/// The tokenizers of the index.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TOKENIZER, TextAnalyzer::from(Words::default()));
    manager
}

/// Hands the words of a text to tantivy.
#[derive(Clone, Default)]
struct Words {
    /// The words: where each ends in `folded`, and its position.
    ends: Vec<(usize, usize)>,
    folded: String,
    token: Token,
}

struct Stream<'a> {
    words: &'a mut Words,
    next: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.ends.clear();
        self.folded.clear();
        let mut position = 0;
        for passage in text.split(BETWEEN) {
            each_word(passage, |_, _, folded| {
                self.folded.push_str(folded);
                self.ends.push((self.folded.len(), position));
                position += 1;
            });
            position += GAP;
        }
        self.token.reset();
        Stream { words: self, next: 0 }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.words.ends.get(self.next) else { return false };
        let start = self.next.checked_sub(1).map_or(0, |last| self.words.ends[last].0);
        let token = &mut self.words.token;
        token.text.clear();
        token.text.push_str(&self.words.folded[start..end]);
        token.position = position;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}
