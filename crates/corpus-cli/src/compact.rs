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
use std::{
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

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

/// How long readers are waited for before their files are left to another time. A server that is not asked lets go
/// after a few seconds.
const PATIENCE: Duration = Duration::from_secs(8);

impl Compact {
    /// Compacts the corpus.
    ///
    /// # Errors
    /// When there is none, or it cannot be read or written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        // Without this, a name that is mistyped would make an empty corpus.
        drop(Corpus::open(&self.directory).map_err(failure)?);
        let mut output = Output::open(None, &[])?;
        // A writer that begins clears away what earlier commands left.
        let n_left = corpus_store::orphans(&self.directory).map_err(failure)?.len() as u64;
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
            let left = self.erase()?;
            if left > 0 {
                session.console.warning(format_args!(
                    "{} erased, but their bytes are still in {}: a process reads the corpus",
                    Counted(compacted.purged, "document"),
                    Counted(left, "file")
                ));
                session.console.hint("end it, such as `corpus serve`, and run the same command again");
                return Ok(Outcome::SetAside);
            }
            let documents = Counted(compacted.purged, "document");
            output.line(&match n_left {
                0 => format!("{documents} erased"),
                _ => {
                    format!("{documents} erased, and {} that earlier commands left", Counted(n_left, "file"))
                }
            })?;
            session
                .console
                .hint("copies of the corpus elsewhere, and the files it was built from, still have them");
        }
        output.flush()?;
        Ok(Outcome::Done)
    }

    /// Clears away the files that hold what was purged, which whoever reads may hold for a while; how many are left.
    fn erase(&self) -> Result<u64, Failure> {
        let begun = Instant::now();
        loop {
            let left = corpus_store::orphans(&self.directory).map_err(failure)?.len() as u64;
            if left == 0 || begun.elapsed() > PATIENCE {
                return Ok(left);
            }
            thread::sleep(Duration::from_millis(200));
            // A writer that begins clears away what nobody reads any more.
            drop(Writer::open(&self.directory, Options::new()).map_err(failure)?);
        }
    }
}
