//! `corpus verify`: whether a corpus is whole.

use crate::{
    app::Session, corpus::failure, failure::Failure, number::Counted, outcome::Outcome, output::Output,
    progress,
};
use clap::Args;
use corpus_annotate::Annotators;
use corpus_query::Engine;
use corpus_store::{Corpus, ErrorKind, Fault, Options, Part, Report, Writer, restore_manifest, verify};
use std::path::{Path, PathBuf};

/// Check that a corpus is whole, and mend it
///
/// Compares each file with its checksum and the files with the manifest, holds each document to what is true of all:
/// blocks cover the text, facts lie in it, the bytes are those the id was made of; and compares the full-text index with
/// the documents. Nothing is changed but by --mend.
#[derive(Args, Debug)]
#[command(after_long_help = NOTES)]
pub(crate) struct Verify {
    /// The corpus
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Take out what is damaged, so that `corpus build` reads it from its source again
    #[arg(long)]
    mend: bool,
}

const NOTES: &str = "\
--mend puts the copy that each command leaves in the place of a manifest that is damaged, and takes damaged parts out of \
the corpus: one of documents with all of them, and then it names the files to build again; one of annotations, links or \
source bytes alone. What was removed stays removed. An index that is damaged, or not as the documents are, is thrown \
away; the next command that asks makes it anew.";

impl Verify {
    /// Checks the corpus.
    ///
    /// # Errors
    /// When there is none, it cannot be read, or something is wrong with it.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut output = Output::open(None, &[])?;
        let mut checked = self.check(session);
        let is_manifest_damaged = match &checked {
            Ok(report) => report.is_manifest_damaged,
            Err(error) => error.kind() == ErrorKind::Damaged,
        };
        if self.mend && is_manifest_damaged {
            restore_manifest(&self.directory).map_err(failure)?;
            output.line(
                "the manifest was damaged: its copy is in its place; build again from the same files",
            )?;
            checked = self.check(session);
        }
        let report = checked.map_err(failure)?;
        let index_faults = self.index_faults(session, &report)?;
        for what in &index_faults {
            output.line(&format!("{}: {what}", self.directory.join("index").display()))?;
        }
        for Fault { path, what, .. } in &report.faults {
            output.line(&format!("{}: {what}", path.display()))?;
        }
        if !report.orphans.is_empty() {
            let count = Counted(report.orphans.len() as u64, "file");
            session.console.hint(format_args!(
                "{count} left by an interrupted command, which the next one that writes clears away"
            ));
        }
        if self.mend && !index_faults.is_empty() {
            let corpus = Corpus::open(&self.directory).map_err(failure)?;
            Engine::drop_index(&corpus)?;
            output.line("the index is thrown away: the next command that asks makes it anew")?;
        }
        let n_faults = report.faults.len() + if self.mend { 0 } else { index_faults.len() };
        let outcome = match (n_faults == 0, self.mend) {
            (true, _) => {
                output.line(&format!(
                    "{} is whole: {}, {}",
                    self.directory.display(),
                    Counted(report.files, "file"),
                    Counted(report.documents, "document")
                ))?;
                self.tell_files_gone(session)?;
                Ok(Outcome::Done)
            }
            (false, true) => self.take_out(&report, &session.program.annotators, &mut output),
            (false, false) => Err(Failure::new(format_args!(
                "verify {}: {}",
                self.directory.display(),
                Counted(n_faults as u64, "fault")
            ))
            .hint(match report.is_whole() {
                true => format!(
                    "`corpus verify {} --mend` throws the index away, and the next command that asks makes it anew",
                    self.directory.display()
                ),
                false if report.is_manifest_damaged => format!(
                    "`corpus verify {} --mend` puts its copy in its place; then build from the same files again",
                    self.directory.display()
                ),
                false => format!(
                    "`corpus verify {} --mend` takes out what is damaged; then build from the same files again",
                    self.directory.display()
                ),
            })),
        };
        output.flush()?;
        outcome
    }

    /// Says how many documents are of files that are no longer where they were: nothing is wrong with the documents, but
    /// their next build does not find them. Of files that were named from another folder nothing can be said.
    fn tell_files_gone(&self, session: &Session) -> Result<(), Failure> {
        let inputs = Corpus::open(&self.directory).and_then(|corpus| corpus.inputs()).map_err(failure)?;
        let is_there = |uri: &str| Path::new(uri).exists();
        let (absolute, relative): (Vec<_>, Vec<_>) = inputs
            .into_iter()
            .filter(|(uri, _)| uri != "-" && !uri.contains("://"))
            .partition(|(uri, _)| Path::new(uri).is_absolute());
        let is_from_here = relative.iter().any(|(uri, _)| is_there(uri));
        let seen = absolute.into_iter().chain(relative.into_iter().filter(|_| is_from_here));
        let gone: Vec<(String, u64)> = seen.filter(|(uri, _)| !is_there(uri)).collect();
        let Some((first, _)) = gone.first() else { return Ok(()) };
        let documents = Counted(gone.iter().map(|(_, documents)| documents).sum(), "document");
        let files = Counted(gone.len() as u64, "file");
        session
            .console
            .warning(format_args!("{documents} of {files} no longer where they were, such as {first}"));
        session.console.hint("they stay in the corpus; `corpus remove DIR FILE --all` takes them out");
        Ok(())
    }

    /// What is wrong with the index of a corpus whose documents are whole.
    fn index_faults(&self, session: &Session, report: &Report) -> Result<Vec<String>, Failure> {
        if !report.is_whole() {
            return Ok(Vec::new());
        }
        session.console.note("comparing the index with the documents");
        let corpus = Corpus::open(&self.directory).map_err(failure)?;
        Ok(Engine::index_faults(&corpus)?)
    }

    fn check(&self, session: &mut Session) -> Result<Report, corpus_store::Error> {
        let bar = progress::steps(&mut session.console, "checking files and documents");
        let report = verify(&self.directory, |done, steps| {
            bar.set_length(steps as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        report
    }

    fn take_out(
        &self,
        report: &Report,
        annotators: &Annotators,
        output: &mut Output,
    ) -> Result<Outcome, Failure> {
        let mut parts: Vec<Part> = report.faults.iter().filter_map(|fault| fault.part.clone()).collect();
        parts.sort_by(|a, b| a.path.cmp(&b.path));
        parts.dedup();
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        if report.is_copy_damaged() {
            let aside = writer.set_copy_aside().map_err(failure)?;
            output.line(&format!(
                "the copy of the manifest is made anew; {} is what it was",
                aside.display()
            ))?;
        }
        if parts.is_empty() {
            writer.finish().map_err(failure)?;
            return Ok(Outcome::Done);
        }
        let mended = writer.take_out(&parts).map_err(failure)?;
        writer.finish().map_err(failure)?;
        if mended.links {
            output.line(
                "what links documents is taken out: the next build makes it anew, with new ids of people, bodies, events \
                 and agreements",
            )?;
        }
        // What was found in the text is found again; what others have added is not.
        let is_found =
            |layer: &String| layer == "link" || annotators.layers().any(|(name, ..)| name == layer);
        let (found, mut added): (Vec<String>, Vec<String>) = mended.layers.into_iter().partition(is_found);
        if !found.is_empty() {
            let layers = found.join(", ");
            output
                .line(&format!("taken out of some documents, for the next build to find anew: {layers}"))?;
        }
        if !mended.inputs.is_empty() {
            output.line(&format!("{} taken out; build again from", Counted(mended.documents, "document")))?;
            for input in &mended.inputs {
                output.line(&format!("  {input}"))?;
            }
        }
        if mended.documents > 0 {
            let corpus = Corpus::open(&self.directory).map_err(failure)?;
            let layers = corpus.layers().into_iter().map(|layer| layer.name);
            added.extend(layers.filter(|layer| !is_found(layer)));
            added.sort();
            added.dedup();
        }
        if !added.is_empty() {
            output.line(&format!(
                "and then import their tags again (`corpus import --layer`): {}",
                added.join(", ")
            ))?;
        }
        Ok(Outcome::Done)
    }
}
