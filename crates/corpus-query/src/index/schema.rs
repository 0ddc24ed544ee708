//! The fields of the index, and how texts become terms.

use super::words::Words;
use crate::token::TOKENIZER_VERSION;
use tantivy::{
    Term,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
    },
    tokenizer::{TextAnalyzer, TokenizerManager},
};

/// Version of the index as this crate writes it. One of another version is made anew.
///
/// * 1: parts with their text, by tantivy 0.27.
/// * 2: facts with the local ids of whom they name.
/// * 3: passages are known among copies by the keys of `corpus_dedup`; texts are kept as texts, ids as bytes.
/// * 4: days of publication of dates that are open at one end.
/// * 5: of the words for a speaker, the names of others are left out.
/// * 6: comments and furniture have site and date of the article of their page; a site is found by its host.
/// * 7: passages know where they stand in the page as it was stored.
const INDEX_VERSION: u32 = 7;

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
    /// The 16 bytes of the document's id.
    pub(super) document: Field,
    /// First and last day of publication, in days, where one is known: the other is then as early or late as can be.
    pub(super) first_day: Field,
    pub(super) last_day: Field,
    /// Place in the order of the corpus, times the most parts of a document, plus that of the part.
    pub(super) order: Field,
    /// The text of the part, which is kept and not looked for.
    pub(super) kept_text: Field,
    /// All else of the part, likewise.
    pub(super) kept: Field,
}

/// The 16 bytes of a document's id, which is written in hexadecimal digits behind its prefix.
pub(super) fn document_bytes(id: &str) -> Vec<u8> {
    let hex = id.as_bytes().get(3..).unwrap_or_default();
    let digit = |digit: &u8| char::from(*digit).to_digit(16).unwrap_or_default() as u8;
    hex.chunks(2).map(|pair| pair.iter().fold(0, |byte, hex| (byte << 4) | digit(hex))).collect()
}

/// The term by which the parts of a document are found.
pub(super) fn document_term(field: Field, id: &str) -> Term {
    Term::from_field_bytes(field, &document_bytes(id))
}

/// Name of the field that orders parts.
pub(super) const ORDER: &str = "order";

/// Stands between the passages of a text.
pub(super) const BETWEEN: char = '\u{1e}';
/// Positions left out between passages, so that no phrase goes from one into the next.
pub(super) const GAP: u32 = 1 << 10;

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
            document: builder.add_bytes_field("document", INDEXED),
            first_day: builder.add_i64_field("first_day", FAST),
            last_day: builder.add_i64_field("last_day", FAST),
            order: builder.add_u64_field(ORDER, FAST),
            kept_text: builder.add_text_field("kept_text", STORED),
            kept: builder.add_bytes_field("kept", STORED),
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
