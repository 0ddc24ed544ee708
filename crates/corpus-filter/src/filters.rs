//! The filters, made ready by a configuration, and their verdict on a document.

use crate::{
    article,
    bad_words::{self, BadWords},
    c4::{self, Phrases},
    config::{Config, Keep},
    contamination::{self, Contamination},
    error::Error,
    fineweb,
    gopher::{self, StopWords},
    measure::Measured,
    notes::{Found, Notes},
    personal, sample,
    url::{self, Url},
    world::World,
};
use corpus_core::{Document, language};
use std::borrow::Cow;

/// The filters, made ready: lists read, phrases compiled. They hold nothing that a document changes, so threads share
/// them.
///
/// ```
/// use corpus_filter::{Config, Decision, Filters, NoFiles, Subject};
/// let config = Config::parse("[length]\nmin_words = 5\n[personal]")?;
/// let filters = Filters::new(&config, &NoFiles)?;
/// let verdict = filters.judge(Subject::new("a", "The pilot's address is pilot@harbour.example now."));
/// assert_eq!(verdict.decision(), Decision::Changed);
/// assert_eq!(verdict.text, "The pilot's address is [email] now.");
/// let verdict = filters.judge(Subject::new("b", "Too short."));
/// assert_eq!(verdict.notes.reason.unwrap().to_string(), "length.min_words: 2 < 5");
/// # Ok::<(), corpus_filter::Error>(())
/// ```
#[derive(Debug)]
pub struct Filters {
    config: Config,
    url: Option<Url>,
    stop_words: StopWords,
    phrases: Option<Phrases>,
    bad_words: Option<BadWords>,
    contamination: Option<Contamination>,
}

/// A document to judge.
#[derive(Clone, Debug)]
pub struct Subject<'t> {
    /// What it is called; chance goes by it.
    pub id: &'t str,
    /// The address of its page.
    pub url: Option<&'t str>,
    /// Its language, where it is known; it is told from the text otherwise.
    pub language: Option<&'t str>,
    /// Its text.
    pub text: &'t str,
}

impl<'t> Subject<'t> {
    /// A document of which nothing is known but its name and its text.
    pub const fn new(id: &'t str, text: &'t str) -> Self {
        Subject { id, url: None, language: None, text }
    }
}

/// What the filters say of a document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict<'t> {
    /// The text as the filters leave it; of a document that is dropped, as the filter that dropped it found it.
    pub text: Cow<'t, str>,
    /// What was measured, what was changed, and why it is dropped.
    pub notes: Notes,
}

/// What becomes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// It is kept as it is, but for white space at most.
    Kept,
    /// It is kept with another text: something was cut out or masked.
    Changed,
    /// It is dropped.
    Dropped,
}

impl Decision {
    /// The name in JSON and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Decision::Kept => "kept",
            Decision::Changed => "changed",
            Decision::Dropped => "dropped",
        }
    }
}

impl Verdict<'_> {
    /// What becomes of the document.
    pub const fn decision(&self) -> Decision {
        match &self.notes.reason {
            Some(_) => Decision::Dropped,
            None if self.notes.changes.is_empty() => Decision::Kept,
            None => Decision::Changed,
        }
    }
}

pub(crate) const LANGUAGE: &str = "language";
pub(crate) const LENGTH: &str = "length";
pub(crate) const SAMPLE: &str = "sample";

/// Number of values that the filters which count lines and words note at most.
const N_VALUES: usize = 32;

impl Filters {
    /// Filters as `config` has them; lists and test sets come from `world`.
    ///
    /// # Errors
    /// When a list or a test set cannot be read.
    pub fn new(config: &Config, world: &dyn World) -> Result<Self, Error> {
        let phrases = || {
            let phrases = Phrases::new();
            phrases.map_err(|error| Error::Config(error.to_string()))
        };
        Ok(Filters {
            url: config.url.as_ref().map(|config| Url::read(config, world)).transpose()?,
            stop_words: config
                .gopher_quality
                .as_ref()
                .map_or_else(StopWords::default, |quality| StopWords::new(&quality.stop_words)),
            phrases: config.c4.as_ref().map(|_| phrases()).transpose()?,
            bad_words: config.bad_words.as_ref().map(|config| BadWords::read(config, world)).transpose()?,
            contamination: config
                .contamination
                .as_ref()
                .map(|config| Contamination::read(config, world))
                .transpose()?,
            config: config.clone(),
        })
    }

    /// The configuration they were made of.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The filters that are on, in the order in which they look.
    pub fn stages(&self) -> Vec<&'static str> {
        let config = &self.config;
        let keeps_page = config.text.keep == Keep::Page && config.text.roles.is_empty();
        let stages = [
            (article::NAME, !keeps_page),
            (SAMPLE, config.sample.is_some()),
            (url::NAME, config.url.is_some()),
            (LANGUAGE, config.language.is_some()),
            (LENGTH, config.length.is_some()),
            (gopher::REPETITION, config.gopher_repetition.is_some()),
            (gopher::QUALITY, config.gopher_quality.is_some()),
            (c4::NAME, config.c4.is_some()),
            (fineweb::NAME, config.fineweb.is_some()),
            (bad_words::NAME, config.bad_words.is_some()),
            (contamination::NAME, config.contamination.is_some()),
            (personal::NAME, config.personal.is_some()),
        ];
        stages.into_iter().filter(|(_, is_on)| *is_on).map(|(stage, _)| stage).collect()
    }

    /// Judges a document: each filter in turn, until one drops it.
    pub fn judge<'t>(&self, subject: Subject<'t>) -> Verdict<'t> {
        let mut notes = Notes::default();
        let text = self.look(&subject, &mut notes);
        Verdict { text, notes }
    }

    /// Whether the filters look at parts and roles, so that pages must be parsed for [`Filters::judge_document`]; a
    /// plain text is enough otherwise.
    pub fn need_roles(&self) -> bool {
        let text = &self.config.text;
        !matches!(text.keep, Keep::Auto | Keep::Page) || !text.roles.is_empty()
    }

    /// Judges a parsed page by the text of it that the configuration keeps.
    pub fn judge_document<'d>(&self, document: &'d Document) -> Verdict<'d> {
        let mut notes = Notes::default();
        let kept = article::text(document, &self.config.text, &mut notes);
        if notes.is_dropped() {
            return Verdict { text: kept, notes };
        }
        let metadata = &document.source.metadata;
        let subject = Subject {
            id: metadata.id.as_deref().unwrap_or(document.id.as_str()),
            url: metadata.url.as_deref(),
            language: document.language.as_deref(),
            text: &kept,
        };
        let text = match self.look(&subject, &mut notes) {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        };
        Verdict { text: text.map_or(kept, Cow::Owned), notes }
    }

    /// The verdict on a document that is dropped, as it may be written: with the addresses and numbers of persons masked
    /// that are masked in what is kept.
    pub fn masked<'t>(&self, verdict: &Verdict<'t>) -> Verdict<'t> {
        let config = self.config.personal.as_ref();
        let text = config.and_then(|config| personal::mask(&verdict.text, config, &mut Notes::default()));
        Verdict { text: text.map_or_else(|| verdict.text.clone(), Cow::Owned), notes: verdict.notes.clone() }
    }

    fn look<'t>(&self, subject: &Subject<'t>, notes: &mut Notes) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(subject.text);
        self.look_at_outside(subject, notes);
        if notes.is_dropped() {
            return text;
        }
        if let Some(left) = self.look_at_lines_and_words(subject.text, notes)
            && !notes.is_dropped()
        {
            text = Cow::Owned(left);
        }
        if let Some(bad_words) = self.bad_words.as_ref().filter(|_| !notes.is_dropped()) {
            bad_words.judge(&text, subject.id, notes);
        }
        if let Some(contamination) = self.contamination.as_ref().filter(|_| !notes.is_dropped()) {
            contamination.judge(&text, notes);
        }
        if let Some(config) = self.config.personal.as_ref().filter(|_| !notes.is_dropped())
            && let Some(masked) = personal::mask(&text, config, notes)
            && !notes.is_dropped()
        {
            text = Cow::Owned(masked);
        }
        text
    }

    /// What can be told without counting words: chance, address, language, length.
    fn look_at_outside(&self, subject: &Subject<'_>, notes: &mut Notes) {
        if let Some(sample) = &self.config.sample
            && !sample::is_in(subject.id, sample.seed, sample.share)
        {
            return notes.stage(SAMPLE).drop("share", Found::Number(sample.share), None);
        }
        if let Some(url) = &self.url {
            url.judge(subject.url, notes);
        }
        if let Some(config) = self.config.language.as_ref().filter(|_| !notes.is_dropped()) {
            let found = subject.language.or_else(|| language::detect(subject.text));
            let mut notes = notes.stage(LANGUAGE);
            notes.name("language", found);
            let is_wanted = |found: &str| {
                let base = found.split('-').next();
                config.keep.iter().any(|wanted| wanted == found || base == Some(wanted))
            };
            match found {
                Some(found) if !is_wanted(found) => notes.drop("keep", Found::Name(found.to_owned()), None),
                None if !config.keep_unknown => notes.drop("keep_unknown", Found::Unknown, None),
                _ => {}
            }
        }
        if let Some(limits) = self.config.length.as_ref().filter(|_| !notes.is_dropped()) {
            let words = subject.text.split_whitespace().count() as f64;
            let characters = subject.text.chars().count() as f64;
            let mut notes = notes.stage(LENGTH);
            notes.at_least("words", words, "min_words", limits.min_words as f64);
            notes.limit(words, "max_words", limits.max_words);
            notes.at_least("characters", characters, "min_characters", limits.min_characters as f64);
            notes.limit(characters, "max_characters", limits.max_characters);
        }
    }

    /// The filters that count lines and words, all on the numbers of one pass. What is left of the text, where it is
    /// not all of it.
    fn look_at_lines_and_words(&self, text: &str, notes: &mut Notes) -> Option<String> {
        let config = &self.config;
        let counts = config.gopher_repetition.is_some()
            || config.gopher_quality.is_some()
            || config.c4.is_some()
            || config.fineweb.is_some();
        if notes.is_dropped() || !counts {
            return None;
        }
        let page = Measured::new(text);
        notes.values.reserve(N_VALUES);
        if let Some(limits) = &config.gopher_repetition {
            gopher::repetition(&page, limits, notes);
        }
        if let Some(limits) = config.gopher_quality.as_ref().filter(|_| !notes.is_dropped()) {
            gopher::quality(&page, &self.stop_words, limits, notes);
        }
        let mut left = None;
        if let (Some(config), Some(phrases), false) = (&config.c4, &self.phrases, notes.is_dropped()) {
            left = c4::clean(&page, config, phrases, notes).filter(|left| left.text != text);
        }
        if let Some(limits) = config.fineweb.as_ref().filter(|_| !notes.is_dropped()) {
            match &left {
                Some(left) => fineweb::judge(&left.text, &left.lines, limits, notes),
                None => fineweb::judge(text, &page.lines, limits, notes),
            }
        }
        left.map(|left| left.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::NoFiles;
    use proptest::prelude::*;

    fn filters(toml: &str) -> Filters {
        Filters::new(&Config::parse(toml).unwrap(), &NoFiles).unwrap()
    }

    #[test]
    fn filters_look_in_their_own_order_and_stop_at_the_first_that_drops() {
        let filters = filters("[personal]\n[fineweb]\n[language]\nkeep = [\"en\"]\n[length]\nmin_words = 4");
        assert_eq!(filters.stages(), ["text", "language", "length", "fineweb", "personal"]);
        let verdict =
            filters.judge(Subject::new("a", "Das Haus steht am Fluss, und der Garten ist nicht groß."));
        assert_eq!(verdict.notes.reason.unwrap().to_string(), "language.keep: de");
        assert_eq!(verdict.notes.values.len(), 1);
    }

    #[test]
    fn what_one_filter_changes_the_next_one_sees() {
        let filters = filters("[c4]\n[fineweb]\n[personal]");
        let text = "Menu\nHome\nIce came to a@harbour.example today. It stays. We wait. They wait too. So it goes.\nShare";
        let verdict = filters.judge(Subject::new("a", text));
        assert_eq!(verdict.text, "Ice came to [email] today. It stays. We wait. They wait too. So it goes.");
        assert_eq!(verdict.notes.number("fineweb", "short_lines"), Some(0.0));
        let changes: Vec<_> =
            verdict.notes.changes.iter().map(|change| (change.stage, change.count)).collect();
        assert_eq!(changes, [("c4", 3), ("personal", 1)]);
    }

    #[test]
    fn a_language_stands_for_its_scripts() {
        let filters = filters("[language]\nkeep = [\"sr\"]");
        let subject = Subject { language: Some("sr-Latn"), ..Subject::new("a", "Led je stigao.") };
        assert_eq!(filters.judge(subject).decision(), Decision::Kept);
        assert_eq!(filters.judge(Subject::new("a", "123")).decision(), Decision::Dropped);
    }

    proptest! {
        #[test]
        fn any_text_gets_the_same_verdict_twice_and_what_is_kept_is_unchanged(text in "(\\PC|[.\\n\\-# \"…]|the |of |ice){0,200}") {
            let config = Config { personal: Some(Default::default()), c4: Some(Default::default()), ..Config::fineweb() };
            let filters = Filters::new(&config, &NoFiles).unwrap();
            let verdict = filters.judge(Subject::new("a", &text));
            prop_assert_eq!(&verdict, &filters.judge(Subject::new("a", &text)));
            let words = |text: &str| text.split_whitespace().collect::<String>();
            if verdict.decision() != Decision::Dropped {
                let is_same = words(&verdict.text) == words(&text);
                prop_assert_eq!(verdict.decision() == Decision::Kept, is_same);
            }
        }
    }
}
