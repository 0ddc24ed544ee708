//! `corpus remove`: documents out of a corpus, and in again.

use crate::{
    app::Session,
    ask::{View, Written},
    corpus::failure,
    failure::Failure,
    input::Input,
    linked,
    number::Counted,
    outcome::Outcome,
    table::Align,
};
use clap::Args;
use corpus_core::DocumentId;
use corpus_query::Tabular;
use corpus_store::{Corpus, Fate, Options, Removed, TakenOut, Writer};
use std::path::PathBuf;

/// Take documents out of a corpus
///
/// No command sees them any more, and their pages do not come back when they are built again, as they were or as they
/// are by then: a page is known by its URL, else by its file's path, with the record's id where the file holds many, and
/// by the URL that it calls its own together with its title. Their bytes stay until `corpus compact DIR --purge` erases
/// them.
///
/// One URL is a page with or without `www.`, TLS, `/` at the end of its path, `utm_source` and the like, and `#top`, in
/// whatever order its parameters stand. Another host, port, path, parameter or `#post-7` is another page. What a page
/// calls its own is not heeded where a document that was not removed calls it so too, nor where it is a front page; it
/// does without the title where it is the page's URL but for the host, or for a step such as `amp`. A copy at another
/// address is another document.
///
/// What was removed is listed, and what is left of the same address, of the same page by its own word, or as a copy.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Remove {
    /// The corpus
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The documents: ids or the first digits of them, records' ids, ends of files' paths, pages.jsonl#17, or URLs
    #[arg(value_name = "DOCUMENT", required_unless_present = "list")]
    documents: Vec<String>,
    /// Take all documents out that a name stands for, as that of a file with many records does
    #[arg(long)]
    all: bool,
    /// Take removals back: a document is there again; one that was purged comes with the next build that reads its page,
    /// and may be called by the page's URL
    #[arg(long, conflicts_with = "list")]
    undo: bool,
    /// List what was removed
    #[arg(long, conflicts_with_all = ["documents", "all"])]
    list: bool,
    #[command(flatten)]
    written: Written,
}

const EXAMPLES: &str = "\
Examples:
  corpus remove news.corpus harbour.txt                       out of the corpus
  corpus remove news.corpus --list                            what was removed
  corpus remove news.corpus --undo https://a.example/harbour  and in again";

const VIEW: View<Removed> = View {
    aligned: &[Align::Left, Align::Left, Align::Left, Align::Right, Align::Left],
    cells: |removed| {
        let mut cells = removed.cells();
        // A purge leaves the id alone, and a name that is not there should not look forgotten.
        if removed.is_purged {
            cells.iter_mut().filter(|cell| cell.is_empty()).for_each(|cell| *cell = "(erased)".to_owned());
        }
        cells
    },
};

const TAKEN_OUT: View<TakenOut> = View::of_rows(&[Align::Left; 6]);

/// Documents left that a warning names; all are listed.
const NAMED: usize = 4;

/// Documents that one name may mean: a file may hold many.
const MOST: usize = 1 << 24;

impl Remove {
    /// Removes the documents, takes removals back, or lists them.
    ///
    /// # Errors
    /// When there is no corpus, or it cannot be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        let corpus = Corpus::open(&self.directory).map_err(failure)?;
        if self.list {
            return self.list(session, &corpus);
        }
        let (ids, is_partial) = self.ids(session, &corpus)?;
        drop(corpus);
        if ids.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let mut writer = Writer::open(&self.directory, Options::new()).map_err(failure)?;
        let directory = self.directory.display();
        if self.undo {
            let taken = writer.take_back(&ids).map_err(failure)?;
            self.finish(writer)?;
            if taken.current > 0 {
                let documents = Counted(taken.current, "document");
                session.console.done(format_args!("{documents} in {directory} again"));
            }
            if taken.purged > 0 {
                let documents = Counted(taken.purged, "removal");
                session.console.done(format_args!("{documents} of what was purged taken back"));
                session.console.hint("a build of the files that hold the pages takes them in");
            }
        } else {
            let (mut output, format) = self.written.open(&Input::at(self.directory.clone()))?;
            let taken = writer.remove(&ids).map_err(failure)?;
            self.finish(writer)?;
            TAKEN_OUT.write(session, format, &taken, &mut output)?;
            output.flush()?;
            let n_removed = taken.iter().filter(|taken| taken.fate == Fate::Removed).count();
            let documents = Counted(n_removed as u64, "document");
            session.console.done(format_args!("{documents} removed; builds leave their pages out"));
            session.console.hint(format_args!(
                "`corpus compact {directory} --purge` erases their bytes; `corpus remove {directory} --undo DOCUMENT` \
                 takes one back"
            ));
            tell_left(session, &taken[n_removed..]);
        }
        Ok(if is_partial { Outcome::SetAside } else { Outcome::Done })
    }

    /// The documents that are meant, and whether some name stands for none.
    fn ids(&self, session: &Session, corpus: &Corpus) -> Result<(Vec<DocumentId>, bool), Failure> {
        let (kind, undone) = match self.undo {
            true => ("removed document", "taken back"),
            false => ("document", "removed"),
        };
        let mut ids = Vec::new();
        let mut unknown = false;
        for name in &self.documents {
            let found = match self.undo {
                true => corpus.removed_named(name, MOST),
                false => corpus.named(name, MOST),
            };
            let found = found.map_err(failure)?;
            if found.is_empty() {
                unknown = true;
                session.console.warning(format_args!("no {kind} {name:?} in {}", self.directory.display()));
            }
            if found.len() > 1 && !self.all {
                return Err(Failure::usage(format_args!(
                    "{name:?} stands for {}; nothing was {undone}",
                    Counted(found.len() as u64, kind)
                ))
                .hint("name one by its id, or say `--all` to mean them all"));
            }
            ids.extend(found);
        }
        if unknown {
            session.console.hint(match self.undo {
                true => "`corpus remove DIR --list` lists what was removed; a URL names its page",
                false => {
                    "an id, its first digits, the record's own id, the end of a file's path, pages.jsonl#17, or a URL"
                }
            });
        }
        Ok((ids, unknown))
    }

    fn finish(&self, mut writer: Writer) -> Result<(), Failure> {
        linked::update(&self.directory, &mut writer, None)?;
        writer.finish().map_err(failure)?;
        Ok(())
    }

    fn list(&self, session: &Session, corpus: &Corpus) -> Result<Outcome, Failure> {
        let (mut output, format) = self.written.open(&Input::at(self.directory.clone()))?;
        let removed = corpus.removed().map_err(failure)?;
        VIEW.write(session, format, &removed, &mut output)?;
        output.flush()?;
        Ok(if removed.is_empty() { Outcome::Nothing } else { Outcome::Done })
    }
}

/// Says which documents are left that may be meant too.
fn tell_left(session: &Session, left: &[TakenOut]) {
    for (fate, what) in [
        (Fate::SameAddress, "left at the same address"),
        (Fate::SamePage, "left that names the same page"),
        (Fate::Copy, "left that is a copy"),
    ] {
        let ids: Vec<&str> =
            left.iter().filter(|left| left.fate == fate).map(|left| left.id.as_str()).collect();
        if !ids.is_empty() {
            let documents = Counted(ids.len() as u64, "document");
            let more = if ids.len() > NAMED { " …" } else { "" };
            let named = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
            session.console.warning(format_args!("{documents} {what}: {named}{more}"));
        }
    }
}
