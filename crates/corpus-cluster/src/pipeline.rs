//! A pipeline: what is read, which stages it goes through, and where the result lies, as one TOML file.

use corpus_dedup::{Basis, Thresholds};
use corpus_filter::Config;
use corpus_read::{Mapping, Options};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A pipeline. A stage whose section is left out is left out; paths are meant below the folder of the file.
///
/// ```
/// use corpus_cluster::pipeline::Pipeline;
/// let toml = "output = \"clean\"\n[read]\npaths = [\"shards\"]\n[filter.gopher_quality]\n[deduplicate]\n";
/// let pipeline = Pipeline::parse(toml).unwrap();
/// assert!(pipeline.filter.is_some() && pipeline.deduplicate.is_some() && pipeline.annotate.is_none());
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// The folder of the package that is made.
    pub output: PathBuf,
    /// The folder in which tasks note what they have done; by default that of the package with `.work` behind it.
    pub work: Option<PathBuf>,
    /// What is read.
    pub read: Read,
    /// Filters, as `corpus filter --config` has them.
    pub filter: Option<Config>,
    /// Facts.
    pub annotate: Option<Annotate>,
    /// Copies.
    pub deduplicate: Option<Deduplicate>,
    /// What documents are like as a whole, as a page with plots.
    pub statistics: Option<Statistics>,
}

/// What is read: each file is a task, so many files of some hundred megabytes are better than a few large ones.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Files, folders, patterns such as `shards/*.jsonl.zst`.
    pub paths: Vec<PathBuf>,
    /// Of folders, only the files that match.
    #[serde(default)]
    pub include: Vec<String>,
    /// Of folders, not the files that match.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Largest record in bytes; a larger one is set aside.
    #[serde(default = "max_record")]
    pub max_record: u64,
    /// Which fields of a JSON record, or columns of a table, hold what, such as `text=body,id=doc_id`
    /// ([`corpus_read::Mapping`]).
    #[serde(default)]
    pub map: String,
}

const fn max_record() -> u64 {
    64 << 20
}

/// What documents are like as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    /// A `tokenizer.json`, by which tokens are counted beside words.
    pub tokenizer: Option<PathBuf>,
}

/// Which facts are looked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotate {
    /// The layers; none named, all of them.
    #[serde(default)]
    pub layers: Vec<String>,
}

/// What counts as a copy, and what becomes of copies.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deduplicate {
    /// Which text of a page is compared.
    pub text: Text,
    /// What is kept.
    pub keep: Keep,
    /// Least Jaccard similarity of near copies.
    pub near: f64,
    /// Least length of a cut copy, as a share of the whole one.
    pub part: f64,
    /// Least share of words that a reworded copy has in common with the longer text.
    pub reworded: f64,
}

impl Default for Deduplicate {
    fn default() -> Self {
        let Thresholds { near, part, reworded, .. } = Thresholds::default();
        Deduplicate { text: Text::default(), keep: Keep::default(), near, part, reworded }
    }
}

/// Which text of a page is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Text {
    /// The whole page as it came.
    #[default]
    Page,
    /// The clean text of its article; the whole page where there is none.
    Article,
}

impl From<Text> for Basis {
    fn from(text: Text) -> Self {
        match text {
            Text::Page => Basis::Page,
            Text::Article => Basis::Article,
        }
    }
}

/// What is kept of copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// One document of each cluster.
    #[default]
    Survivors,
    /// All of them: the package says which are copies.
    All,
    /// No document: there is no package, only `clusters.tsv`, as `corpus dupes --format tsv` writes it.
    List,
}

impl Deduplicate {
    /// From when on two texts count as copies.
    pub fn thresholds(self) -> Thresholds {
        let Deduplicate { near, part, reworded, .. } = self;
        Thresholds { near, part, reworded, ..Thresholds::default() }
    }
}

impl Pipeline {
    /// How a file is read.
    ///
    /// # Errors
    /// Where `read.map` is no mapping.
    pub(crate) fn options(&self) -> Result<Options, corpus_read::Error> {
        let mut mapping: Mapping = self.read.map.parse()?;
        if self.filter.as_ref().is_some_and(|filter| filter.personal.is_some()) {
            // It stands beside the text, and what is looked for is masked in the text alone.
            mapping.title.clear();
        }
        Ok(Options::new().max_record(self.read.max_record).mapping(mapping))
    }

    /// Reads the text of a pipeline.
    ///
    /// # Errors
    /// When it does not say what can be done: what, and where.
    pub fn parse(toml: &str) -> Result<Self, String> {
        let pipeline: Pipeline =
            toml::from_str(toml).map_err(|error| error.to_string().trim_end().to_owned())?;
        let wrong = |setting: &str, reason: &str| Err(located(toml, setting, reason));
        if let Err(error) = pipeline.options() {
            return wrong("read.map", &error.to_string());
        }
        if let Some(config) = &pipeline.filter {
            let again = config.to_toml().and_then(|toml| Config::parse(&toml));
            if let Err(error) = again {
                let reason = error.to_string();
                let reason = reason.strip_prefix("read the configuration: ").unwrap_or(&reason);
                let setting = reason.split(' ').next().unwrap_or_default();
                return wrong(&format!("filter.{setting}"), reason);
            }
            if config.shuffle.is_some() {
                return wrong("filter.shuffle", "a package keeps the order of its files; leave it out");
            }
        }
        if let Some(deduplicate) = pipeline.deduplicate {
            let Deduplicate { near, part, reworded, .. } = deduplicate;
            for (name, share) in [("near", near), ("part", part), ("reworded", reworded)] {
                if !(0.0..=1.0).contains(&share) {
                    let reason = format!("{share} is no share from 0 to 1");
                    return wrong(&format!("deduplicate.{name}"), &reason);
                }
            }
            if deduplicate.keep == Keep::List
                && (pipeline.annotate.is_some() || pipeline.statistics.is_some())
            {
                let reason = "with \"list\" no document is written; leave annotate and statistics out";
                return wrong("deduplicate.keep", reason);
            }
        }
        Ok(pipeline)
    }
}

/// The fault of a setting, such as `deduplicate.near`, with the line on which it stands, or else its section.
pub(crate) fn located(toml: &str, setting: &str, reason: &str) -> String {
    let mut section = "";
    let mut line = None;
    for (text, number) in toml.lines().map(str::trim).zip(1..) {
        if let Some(header) = text.strip_prefix('[').and_then(|text| text.split(']').next()) {
            section = header.trim();
            if setting.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                line = Some(number);
            }
        }
        let name = text.split('=').next().unwrap_or_default().trim();
        let is_it = match setting.strip_prefix(section) {
            Some(rest) => rest.trim_start_matches('.') == name,
            None => false,
        };
        if is_it && text.contains('=') {
            line = Some(number);
            break;
        }
    }
    match line {
        Some(line) => format!("line {line}, {setting}: {reason}"),
        None => format!("{setting}: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_meant_is_named_with_its_line() {
        let head = "output = \"out\"\n[read]\npaths = [\"in\"]\n";
        for (rest, said) in [
            ("[deduplicate]\nnear = 7.0\n", "line 5, deduplicate.near: 7 is no share from 0 to 1"),
            ("[filter]\n[filter.sample]\nshare = 2.0\n", "line 6, filter.sample.share: "),
            ("map = \"txt=body\"\n", "line 4, read.map: use the mapping"),
            ("[filter.shuffle]\n", "line 4, filter.shuffle: a package keeps the order"),
            ("[filter.language]\nkeep = [\"english\"]\n", "line 5, filter.language.keep: "),
        ] {
            let error = Pipeline::parse(&format!("{head}{rest}")).unwrap_err();
            assert!(error.starts_with(said), "{error}");
        }
    }
}
