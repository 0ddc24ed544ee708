//! What a run writes about the documents beside the parts that tasks write: the description of the package, its card, the
//! report, or the list of copies.

use crate::{
    error::Error,
    record::Hashed,
    tally::Tally,
    work::{Note, PartNote, Plan, VERSION, write_json, write_whole},
};
use corpus_filter::{Distribution, Report, Statistics, config::Card, croissant};
use corpus_format::{
    ClusterRow, Part, Table,
    package::{Contents, DESCRIPTION, PackageWriter},
    part_name,
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// The page with plots.
const REPORT: &str = "report.html";
/// The card of the data set.
const CARD: &str = "croissant.json";
/// The copies, where no document is written.
const LIST: &str = "clusters.tsv";

/// What is written about the documents, for a plan.
pub(crate) struct About<'a> {
    plan: &'a Plan,
    /// Each file of the output, by its path.
    files: BTreeMap<String, Hashed>,
}

impl<'a> About<'a> {
    /// Nothing yet, beside the files that tasks have written.
    pub(crate) fn new(plan: &'a Plan, files: BTreeMap<String, Hashed>) -> Self {
        About { plan, files }
    }

    /// Writes the page about what was read, what the filters did, and what is left.
    pub(crate) fn report(
        &mut self,
        tally: &Tally,
        before: &Statistics,
        after: &Statistics,
    ) -> Result<(), Error> {
        let report = Report {
            title: &self.name(),
            tally: &tally.verdicts(),
            before,
            after,
            set_aside: tally.set_aside,
            config: &what_is_done(&self.plan.toml),
        };
        write_whole(&self.path(REPORT), report.html().as_bytes())?;
        self.add(REPORT)
    }

    /// Writes the description of the package and its card; gives what is in the package.
    pub(crate) fn package(
        &mut self,
        notes: Vec<Note>,
        clusters: &[ClusterRow],
        tally: &Tally,
    ) -> Result<Contents, Error> {
        let parts = notes.into_iter().flat_map(|note| note.parts);
        let parts: Vec<Part> = parts.filter_map(PartNote::part).collect();
        let path = self.path(DESCRIPTION);
        let contents = PackageWriter::of_parts(&self.plan.output(), parts)
            .finish(&[], &[], clusters)
            .map_err(|cause| Error::io("write", &path, cause))?;
        if !clusters.is_empty() {
            self.add(&part_name(Table::Clusters, None, 1))?;
        }
        self.add(DESCRIPTION)?;
        self.card(tally)?;
        Ok(contents)
    }

    /// Writes the card of the package.
    fn card(&mut self, tally: &Tally) -> Result<(), Error> {
        let path = self.path(DESCRIPTION);
        let bytes = fs::read(&path).map_err(|cause| Error::io("read", &path, cause))?;
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let distribution = Distribution::Package {
            description: DESCRIPTION,
            sha256: &sha256,
            documents: "documents/*.parquet",
        };
        let description = format!(
            "{} documents of {} that corpus-cluster {VERSION} read; run.json says how.",
            tally.written, tally.documents
        );
        let none = Card::default();
        let card = self.plan.pipeline.filter.as_ref().map_or(&none, |filter| &filter.card);
        write_json(&self.path(CARD), &croissant(card, &self.name(), &description, distribution))?;
        self.add(CARD)
    }

    /// Writes the copies, as `corpus dupes --format tsv` does.
    pub(crate) fn list(&mut self, tsv: &str) -> Result<(), Error> {
        write_whole(&self.path(LIST), tsv.as_bytes())?;
        self.add(LIST)
    }

    /// Each file with its hash.
    pub(crate) fn finish(self) -> Vec<Hashed> {
        self.files.into_values().collect()
    }

    fn add(&mut self, name: &str) -> Result<(), Error> {
        let file = Hashed::of(&self.plan.output(), &self.path(name))?;
        self.files.insert(name.to_owned(), file);
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.plan.output().join(name)
    }

    /// What the package is called: as its card says, else as its folder.
    fn name(&self) -> String {
        let card = self.plan.pipeline.filter.as_ref().and_then(|filter| filter.card.name.clone());
        let folder = self.plan.output();
        card.unwrap_or_else(|| folder.file_name().unwrap_or_default().to_string_lossy().into_owned())
    }
}

/// A pipeline without the folders it writes to, which are nothing of what it does.
fn what_is_done(toml: &str) -> String {
    let sections = toml.find("\n[").unwrap_or(toml.len());
    let is_place = |line: &&str| ["output", "work"].iter().any(|name| line.trim_start().starts_with(name));
    let head = toml[..sections].lines().filter(|line| !is_place(line));
    head.chain(toml[sections..].lines()).collect::<Vec<_>>().join("\n").trim().to_owned()
}
