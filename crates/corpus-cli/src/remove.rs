//! `corpus remove`: documents out of a corpus.

use crate::{app::Session, corpus::failure, failure::Failure, linked, number::Counted, outcome::Outcome};
use clap::Args;
use corpus_store::{Corpus, Options, Writer};
use std::path::PathBuf;

/// Take documents out of a corpus
///
/// No command sees them any more, and they do not come back when their source is built again. Their bytes stay until
/// `corpus compact DIR --purge` erases them.
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The corpus
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The documents: ids or the first digits of them, records' ids, ends of files' paths, or pages.jsonl#17
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    /// Take all documents out that a name stands for, as that of a file with many records does
    #[arg(long)]
    all: bool,
}

/// Documents that one name may mean: a file may hold many.
const MOST: usize = 1 << 24;

impl Remove {
    /// Removes the documents.
    ///
    /// # Errors
    /// When there is no corpus, or it cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let corpus = Corpus::open(&self.directory).map_err(failure)?;
        let mut ids = Vec::new();
        let mut unknown = false;
        for name in &self.documents {
            let found = corpus.named(name, MOST).map_err(failure)?;
            if found.is_empty() {
                unknown = true;
                session.console.warning(format_args!("no document {name:?} in {}", self.directory.display()));
            }
            if found.len() > 1 && !self.all {
                return Err(Failure::usage(format_args!(
                    "{name:?} stands for {}; nothing was removed",
                    Counted(found.len() as u64, "document")
                ))
                .hint("name one by its id, or say `--all` to take them all out"));
            }
            ids.extend(found);
        }
        drop(corpus);
        if unknown {
            session.console.hint(
                "an id, its first digits, the record's own id, the end of a file's path, or pages.jsonl#17",
            );
        }
        if ids.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        let n_removed = writer.remove(&ids).map_err(failure)?;
        linked::update(&self.directory, &mut writer, None)?;
        writer.finish().map_err(failure)?;
        session.console.done(format_args!(
            "{} removed; a build of the same files leaves them out",
            Counted(n_removed, "document")
        ));
        session
            .console
            .hint(format_args!("`corpus compact {} --purge` erases their bytes", self.directory.display()));
        Ok(if unknown { Outcome::Nothing } else { Outcome::Done })
    }
}
