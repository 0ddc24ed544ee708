//! What the filters are told: which of them look, and their limits, as one TOML file has it.

mod check;

use crate::{
    error::Error,
    personal::{Action, Kind},
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which filters look at a document, and their limits.
///
/// Each section of the TOML file turns one filter on; a setting that is left out has the published value. The filters
/// look in the order of the fields here, whatever the order in the file, and the first broken rule drops a document.
/// A share is a number from 0 to 1; `inf` turns a greatest value off, 0 a least one.
///
/// ```
/// use corpus_filter::Config;
/// let config = Config::parse("[language]\nkeep = [\"en\"]\n[gopher_quality]\nmin_words = 100")?;
/// assert_eq!(config.gopher_quality.unwrap().max_words, 100_000);
/// assert!(config.c4.is_none());
/// let error = Config::parse("[gopher_quality]\nmin_word = 100").unwrap_err();
/// assert!(error.to_string().contains("unknown field `min_word`"));
/// # Ok::<(), corpus_filter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which text of a page is filtered.
    pub text: Text,
    /// Addresses that are not wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Languages that are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How long a text may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// What a text may repeat, after Gopher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gopher_repetition: Option<GopherRepetition>,
    /// What words and lines are like, after Gopher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gopher_quality: Option<GopherQuality>,
    /// Lines that are dropped, and pages that are, after C4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub c4: Option<C4>,
    /// What lines are like, after FineWeb.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fineweb: Option<FineWeb>,
    /// Words that are not wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad_words: Option<BadWords>,
    /// Test sets that must not be in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contamination: Option<Contamination>,
    /// Addresses and numbers of persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal: Option<Personal>,
    /// The share of documents that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// Whether documents are written in an order that has nothing to do with that of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shuffle: Option<Shuffle>,
    /// What the card of the data set says of it.
    #[serde(skip_serializing_if = "Card::is_empty")]
    pub card: Card,
}

impl Config {
    /// The filters of FineWeb, apart from its lists of addresses: Gopher's, C4's but for the mark at the end of each
    /// line, and its own.
    pub fn fineweb() -> Self {
        Config {
            gopher_repetition: Some(GopherRepetition::default()),
            gopher_quality: Some(GopherQuality::default()),
            c4: Some(C4 { terminal_punctuation: false, ..C4::default() }),
            fineweb: Some(FineWeb::default()),
            ..Config::default()
        }
    }

    /// FineWeb's filters as TOML, every setting written out, and every other section as a comment with an example, to
    /// begin with.
    ///
    /// # Errors
    /// As [`Config::to_toml`].
    pub fn template() -> Result<String, Error> {
        let path = |name: &str| vec![PathBuf::from(name)];
        let others = Config {
            url: Some(Url { domains: path("domains.txt"), ..Url::default() }),
            language: Some(Language { keep: vec!["en".to_owned()], ..Language::default() }),
            length: Some(Length::default()),
            bad_words: Some(BadWords { lists: path("bad-words.txt"), ..BadWords::default() }),
            contamination: Some(Contamination { sets: path("test-set.jsonl"), ..Contamination::default() }),
            personal: Some(Personal::default()),
            sample: Some(Sample { share: 0.1, ..Sample::default() }),
            shuffle: Some(Shuffle::default()),
            card: Card { name: Some("name of the data set".to_owned()), ..Card::default() },
            ..Config::default()
        };
        let mut toml = Config::fineweb().to_toml()?;
        toml.push_str(
            "\n# What is off. Without the marks a section is on; the files it names are examples.\n",
        );
        let others = others.to_toml()?;
        let begin = others.find("\n[url]").unwrap_or_default();
        for line in others[begin..].lines() {
            toml.push_str(if line.is_empty() { "" } else { "# " });
            toml.push_str(line);
            toml.push('\n');
        }
        Ok(toml)
    }

    /// Reads a TOML file.
    ///
    /// # Errors
    /// When it is none, names a setting that there is not, or has a value that cannot be meant.
    pub fn parse(toml: &str) -> Result<Self, Error> {
        let config: Config =
            toml::from_str(toml).map_err(|error| Error::Config(error.to_string().trim_end().to_owned()))?;
        config.check()?;
        Ok(config)
    }

    /// The same as TOML, every setting written out.
    ///
    /// # Errors
    /// When a number cannot be written.
    pub fn to_toml(&self) -> Result<String, Error> {
        toml::to_string(self).map_err(|error| Error::Config(error.to_string()))
    }
}

/// Which text of a page is filtered and written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// The parts that are kept.
    pub keep: Keep,
    /// The roles that are kept of those parts; by default the clean text: title, standfirst, headings, body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<corpus_core::Role>,
}

/// The parts of a page that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Keep {
    /// Of a page of markup its article, of any other text the whole of it as it came.
    #[default]
    Auto,
    /// The whole page as it came.
    Page,
    /// The article that the page was published for; furniture, comments and other articles are dropped.
    Article,
    /// That article and those embedded in the page.
    Articles,
}

/// Addresses that are not wanted. Each list is a file with an entry a line; `#` begins a remark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Url {
    /// Domains: `example.org` stands for its subdomains too.
    pub domains: Vec<PathBuf>,
    /// Whole addresses, compared without scheme, `www.` and a slash at the end.
    pub addresses: Vec<PathBuf>,
    /// Words, compared with the runs of letters and digits of an address.
    pub words: Vec<PathBuf>,
    /// Whether a document without an address is dropped.
    pub drop_without: bool,
}

/// Languages that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Language {
    /// BCP 47, such as `en`; a language stands for its scripts and regions too.
    pub keep: Vec<String>,
    /// Whether a text whose language cannot be told is kept.
    pub keep_unknown: bool,
}

/// How long a text may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Length {
    /// Least number of words, as white space parts them.
    pub min_words: u64,
    /// Greatest number of words.
    pub max_words: f64,
    /// Least number of characters.
    pub min_characters: u64,
    /// Greatest number of characters.
    pub max_characters: f64,
}

impl Default for Length {
    fn default() -> Self {
        Length { min_words: 0, max_words: f64::INFINITY, min_characters: 0, max_characters: f64::INFINITY }
    }
}

/// What a text may repeat (Gopher, table A1). Characters are a share of those of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the values are those of the table")]
pub struct GopherRepetition {
    pub max_duplicate_paragraphs: f64,
    pub max_duplicate_paragraph_characters: f64,
    pub max_duplicate_lines: f64,
    pub max_duplicate_line_characters: f64,
    pub max_top_2_gram: f64,
    pub max_top_3_gram: f64,
    pub max_top_4_gram: f64,
    pub max_duplicate_5_grams: f64,
    pub max_duplicate_6_grams: f64,
    pub max_duplicate_7_grams: f64,
    pub max_duplicate_8_grams: f64,
    pub max_duplicate_9_grams: f64,
    pub max_duplicate_10_grams: f64,
}

impl Default for GopherRepetition {
    fn default() -> Self {
        GopherRepetition {
            max_duplicate_paragraphs: 0.3,
            max_duplicate_paragraph_characters: 0.2,
            max_duplicate_lines: 0.3,
            max_duplicate_line_characters: 0.2,
            max_top_2_gram: 0.20,
            max_top_3_gram: 0.18,
            max_top_4_gram: 0.16,
            max_duplicate_5_grams: 0.15,
            max_duplicate_6_grams: 0.14,
            max_duplicate_7_grams: 0.13,
            max_duplicate_8_grams: 0.12,
            max_duplicate_9_grams: 0.11,
            max_duplicate_10_grams: 0.10,
        }
    }
}

/// What words and lines are like (Gopher, section A1.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GopherQuality {
    /// Least number of words that are more than marks.
    pub min_words: u64,
    /// Greatest number of them.
    pub max_words: u64,
    /// Least mean length of those words, in characters.
    pub min_mean_word_length: f64,
    /// Greatest mean length.
    pub max_mean_word_length: f64,
    /// Greatest number of `#` for each word.
    pub max_hashes_per_word: f64,
    /// Greatest number of ellipses for each word.
    pub max_ellipses_per_word: f64,
    /// Greatest share of lines that begin with a bullet or hyphen.
    pub max_bullet_lines: f64,
    /// Greatest share of lines that end in an ellipsis.
    pub max_ellipsis_lines: f64,
    /// Least share of words with a letter in them.
    pub min_alphabetic_words: f64,
    /// Least number of different stop words.
    pub min_stop_words: u64,
    /// The stop words, as they are written in a text; at most 64.
    pub stop_words: Vec<String>,
}

impl Default for GopherQuality {
    fn default() -> Self {
        GopherQuality {
            min_words: 50,
            max_words: 100_000,
            min_mean_word_length: 3.0,
            max_mean_word_length: 10.0,
            max_hashes_per_word: 0.1,
            max_ellipses_per_word: 0.1,
            max_bullet_lines: 0.9,
            max_ellipsis_lines: 0.3,
            min_alphabetic_words: 0.8,
            min_stop_words: 2,
            stop_words: ["the", "be", "to", "of", "and", "that", "have", "with"].map(str::to_owned).to_vec(),
        }
    }
}

/// Lines that are dropped from a text, and texts that are dropped (C4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct C4 {
    /// Drop lines that do not end in `.`, `?`, `!` or a quotation mark, or that end in `...`.
    pub terminal_punctuation: bool,
    /// Drop lines of fewer words, as white space parts them.
    pub min_words_per_line: u64,
    /// Drop lines with a longer word, in characters.
    pub max_word_length: u64,
    /// Drop lines that mention JavaScript.
    pub javascript: bool,
    /// Drop lines that speak of cookies, terms of use or a privacy policy.
    pub policy: bool,
    /// Take out marks of citation such as `[3]` and `[citation needed]`.
    pub citations: bool,
    /// Drop texts with "lorem ipsum" in a line that is kept so far.
    pub lorem_ipsum: bool,
    /// Drop texts with `{` in a line that is kept so far.
    pub curly_bracket: bool,
    /// Drop texts of which fewer sentences are left.
    pub min_sentences: u64,
}

impl Default for C4 {
    fn default() -> Self {
        C4 {
            terminal_punctuation: true,
            min_words_per_line: 3,
            max_word_length: 1000,
            javascript: true,
            policy: true,
            citations: true,
            lorem_ipsum: true,
            curly_bracket: true,
            min_sentences: 5,
        }
    }
}

/// What lines are like (FineWeb). Blank lines do not count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FineWeb {
    /// Least share of lines that end in a mark that ends a sentence.
    pub min_ended_lines: f64,
    /// Greatest share of short lines.
    pub max_short_lines: f64,
    /// Greatest length of a short line, in characters.
    pub short_line: u64,
    /// Greatest share of characters in lines that stood there before.
    pub max_duplicate_line_characters: f64,
    /// Greatest number of line feeds for each word.
    pub max_line_feeds_per_word: f64,
}

impl Default for FineWeb {
    fn default() -> Self {
        FineWeb {
            min_ended_lines: 0.12,
            max_short_lines: 0.67,
            short_line: 30,
            max_duplicate_line_characters: 0.01,
            max_line_feeds_per_word: 0.3,
        }
    }
}

/// Words that are not wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BadWords {
    /// Files with a word or phrase a line; `#` begins a remark. Case makes no difference.
    pub lists: Vec<PathBuf>,
    /// Whether an entry is found inside longer words too, as scripts without blanks need it.
    pub inside_words: bool,
    /// Greatest number of places where a text may have one.
    pub max: u64,
    /// Share of the documents with more that is kept all the same, chosen by hash.
    pub keep_share: f64,
}

/// Test sets that must not be in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contamination {
    /// The sets: files of any kind that can be read, a record an example.
    pub sets: Vec<PathBuf>,
    /// Number of words in a row that text and test set must have in common; case, punctuation and layout make no
    /// difference.
    pub words: usize,
    /// Greatest number of such runs that a text may have.
    pub max: u64,
}

impl Default for Contamination {
    fn default() -> Self {
        Contamination { sets: Vec::new(), words: 13, max: 0 }
    }
}

/// Addresses and numbers of persons: what is done with each kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Personal {
    pub email: Action,
    pub phone: Action,
    pub ip: Action,
    pub iban: Action,
    pub card: Action,
    /// Whether addresses of private and reserved networks count.
    pub private_ip: bool,
    /// What stands in the place of what is masked; `{kind}` is its kind.
    pub mask: String,
}

impl Personal {
    /// What is done with this kind.
    pub const fn action(&self, kind: Kind) -> Action {
        match kind {
            Kind::Email => self.email,
            Kind::Phone => self.phone,
            Kind::Ip => self.ip,
            Kind::Iban => self.iban,
            Kind::Card => self.card,
        }
    }
}

impl Default for Personal {
    fn default() -> Self {
        Personal {
            email: Action::Mask,
            phone: Action::Mask,
            ip: Action::Mask,
            iban: Action::Mask,
            card: Action::Mask,
            private_ip: false,
            mask: "[{kind}]".to_owned(),
        }
    }
}

/// The share of documents that is taken, by a hash of each document's id: the same documents on any machine, and of
/// two shares with one seed the smaller is part of the larger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sample {
    /// The share, from 0 to 1.
    pub share: f64,
    /// Another seed takes other documents.
    pub seed: u64,
}

/// An order of documents by a hash of each document's id: the same on any machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shuffle {
    /// Another seed gives another order.
    pub seed: u64,
}

/// What the card of the data set says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Card {
    /// Its name; by default that of the file, up to the first full stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address of its licence, or the licence's SPDX name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Where it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Its version, such as `1.0.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// How it is to be cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite_as: Option<String>,
    /// The day on which it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
}

impl Card {
    fn is_empty(&self) -> bool {
        *self == Card::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_the_default_and_each_comment_of_it_a_section() {
        let template = Config::template().unwrap();
        assert_eq!(Config::parse(&template).unwrap(), Config::fineweb());
        let (head, others) = template.split_once("examples.\n").unwrap();
        let all = Config::parse(&format!("{head}examples.\n{}", others.replace("# ", ""))).unwrap();
        for (name, is_on) in [
            ("url", all.url.is_some()),
            ("language", all.language.is_some()),
            ("length", all.length.is_some()),
            ("bad_words", all.bad_words.is_some()),
            ("contamination", all.contamination.is_some()),
            ("personal", all.personal.is_some()),
            ("sample", all.sample.is_some()),
            ("shuffle", all.shuffle.is_some()),
            ("card", !all.card.is_empty()),
            ("fineweb", all.fineweb.is_some()),
        ] {
            assert!(is_on, "{name}");
        }
    }
}
