//! `corpus compact`: small files of a corpus into large ones.

use crate::{
    app::Session,
    corpus::failure,
    failure::Failure,
    linked,
    number::{Count, Counted},
    outcome::Outcome,
    output::Output,
};
use clap::Args;
use corpus_store::{Corpus, Options, Writer};
use std::path::PathBuf;

/// Write the files of a corpus anew, as few and large ones
///
/// Worth it after many small builds. Readers go on meanwhile; old files are taken away once nobody reads them.
#[derive(Args, Debug)]
pub(crate) struct Compact {
    /// The corpus
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Erase the bytes of documents that were removed or superseded
    #[arg(long)]
    purge: bool,
}

impl Compact {
    /// Compacts the corpus.
    ///
    /// # Errors
    /// When there is none, or it cannot be read or written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        // Without this, a name that is mistyped would make an empty corpus.
        drop(Corpus::open(&self.directory).map_err(failure)?);
        let mut output = Output::open(None, &[])?;
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        let compacted = writer.compact(self.purge).map_err(failure)?;
        // Entities that purged documents named are gone, or go by the names that others give them.
        linked::update(&self.directory, &mut writer, None)?;
        writer.finish().map_err(failure)?;
        output.line(&format!(
            "{} of {} bytes became {} of {} bytes",
            Counted(compacted.parts_before, "file"),
            Count(compacted.bytes_before),
            Counted(compacted.parts_after, "file"),
            Count(compacted.bytes_after)
        ))?;
        if self.purge {
            output.line(&format!("{} erased", Counted(compacted.purged, "document")))?;
            session
                .console
                .hint("copies of the corpus elsewhere, and the files it was built from, still have them");
        }
        output.flush()?;
        Ok(Outcome::Done)
    }
}
