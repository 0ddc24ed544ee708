//! Plain files on their way into the corpus that is served: what is large is asked while the rest of it is read.

use crate::{
    app::Session,
    corpus::failure,
    failure::Failure,
    input::Input,
    number::Counted,
    stream::{Finding, Screen, stream_documents},
};
use corpus_store::{Corpus, Ephemeral};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

/// A server that listens, and answers when it is called, until it is told to end.
pub(super) type Serving = Box<dyn FnOnce() -> Result<(), Failure> + Send>;

/// Reads what `input` names, and serves it: what is small when all of it is read, what is large as soon as there is more
/// of it than is held in memory. `serve` makes a server of a corpus and of the directory it lies in, if any; `reading`
/// says whether more is being read.
///
/// # Errors
/// When nothing can be read, or not be served.
pub(super) fn run(
    session: &mut Session,
    input: &Input,
    reading: &Arc<AtomicBool>,
    serve: impl FnOnce(Corpus, Option<PathBuf>) -> Result<Serving, Failure>,
) -> Result<(), Failure> {
    let paths: Vec<String> = input.paths.iter().map(|path| path.display().to_string()).collect();
    session.console.reading(format_args!("{}; large files answer while the rest is read", paths.join(", ")));
    let annotators = session.program.annotators.clone();
    let mut ephemeral = Ephemeral::new();
    let mut serve = Some(serve);
    let mut server: Option<JoinHandle<Result<(), Failure>>> = None;
    let ended = stream_documents(session, input, Screen::Free, Finding::Facts(&annotators), |documents| {
        ephemeral.add(documents).map_err(failure)?;
        if let Some(directory) = ephemeral.directory()
            && let Some(serve) = serve.take()
        {
            reading.store(true, Ordering::Relaxed);
            let serving = serve(Corpus::open(directory).map_err(failure)?, Some(directory.to_owned()))?;
            server = Some(thread::spawn(serving));
        }
        // Told to end, the server has no use for the rest.
        Ok(!server.as_ref().is_some_and(JoinHandle::is_finished))
    })?;
    let is_told_to_end = server.as_ref().is_some_and(JoinHandle::is_finished);
    if !is_told_to_end {
        session.console.done(format_args!("{} read", Counted(ended.documents, "document")));
    }
    match (server, serve) {
        (Some(server), _) => {
            ephemeral.commit().map_err(failure)?;
            reading.store(false, Ordering::Relaxed);
            // A panic of the server goes on here.
            server.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        }
        (None, Some(serve)) => {
            let serving = serve(ephemeral.finish().map_err(failure)?, None)?;
            session.console.hint("Ctrl-C ends it");
            serving()
        }
        (None, None) => Ok(()),
    }
}
