//! `corpus serve`: the HTTP API and the web page.

mod builder;
mod growing;

use crate::{app::Session, ask, corpus, failure::Failure, input::Input, outcome::Outcome, output::Output};
use clap::Args;
use corpus_api::{Options, Server};
use corpus_store::Corpus;
use growing::Serving;
use std::{fs, net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

/// Serve the HTTP API and the web page
///
/// Opens a corpus directory, or plain files and folders, and answers on this machine alone. Large files are asked while
/// the rest of them is read. Any other address needs a token, which requests bear in the header `Authorization: Bearer
/// TOKEN` and browsers are asked for once. Ends with Ctrl-C or SIGTERM, once the answers at work are sent; told twice, at once.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Serve {
    #[command(flatten)]
    input: Input,
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 7878, help_heading = "Where to listen")]
    port: u16,
    /// Address to listen on; any but a loopback address needs --token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", help_heading = "Where to listen")]
    address: IpAddr,
    /// Token that requests must bear
    #[arg(
        long,
        value_name = "TOKEN",
        env = "CORPUS_TOKEN",
        hide_env_values = true,
        help_heading = "Where to listen"
    )]
    token: Option<String>,
    /// Longest time for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, help_heading = "What to allow")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
    time: u64,
    /// Longest time that answers at work are sent on once it is told to end, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, help_heading = "What to allow")]
    #[arg(value_parser = clap::value_parser!(u64).range(0..=3600))]
    grace: u64,
    /// Let pages be added to the corpus, by POST /v1/jobs and the page; needs a corpus directory
    #[arg(long, help_heading = "What to allow")]
    build: bool,
    /// A folder whose pages may be added by its owner's request, beside uploads
    #[arg(long, value_name = "FOLDER", requires = "build", help_heading = "What to allow")]
    inbox: Option<PathBuf>,
    /// What /v1/keywords compares with: a file, a folder or a corpus
    #[arg(long, value_name = "PATH", help_heading = "What to read")]
    reference: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  corpus serve pages                          then open http://127.0.0.1:7878/
  corpus serve news.corpus --port 0           on a free port, which is printed
  corpus serve news.corpus --build            pages may be dropped in, and are found when they are built
  curl 'http://127.0.0.1:7878/v1/kwic?q=harbour&in=all'";

impl Serve {
    /// Serves what is named, until told to end.
    ///
    /// # Errors
    /// When nothing can be read, or the address cannot be listened on.
    pub(crate) fn run(mut self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut options = Options::new();
        options.address = self.address;
        options.port = self.port;
        options.token = self.token.take();
        options.time = Duration::from_secs(self.time);
        options.grace = Duration::from_secs(self.grace);
        options.parsers = session.program.parsers.clone();
        options.annotators = session.program.annotators.clone();
        options.formats = session.program.formats.clone();
        if let Some(reference) = self.reference.take() {
            let reference = self.input.of(vec![reference]);
            options.reference = Some(ask::engine(session, &reference, false)?.0);
        }
        let directory = corpus::directory_of(&self.input.paths).map(ToOwned::to_owned);
        if self.build {
            let Some(directory) = &directory else {
                return Err(Failure::usage("--build needs a corpus directory to build into")
                    .hint("`corpus build PATH -o DIR` makes one; then `corpus serve DIR --build`"));
            };
            let absolute =
                |path: &PathBuf| fs::canonicalize(path).map_err(|error| Failure::read(path, &error));
            options.builder = Some(Arc::new(builder::Builder { directory: absolute(directory)? }));
            options.inbox = self.inbox.as_ref().map(absolute).transpose()?;
        }
        let reading = Arc::clone(&options.reading);
        let serve = |corpus: Corpus, directory: Option<PathBuf>| -> Result<Serving, Failure> {
            let server = Server::bind(corpus, directory, options).map_err(Failure::new)?;
            let address = server.address().map_err(|error| Failure::new(format_args!("listen: {error}")))?;
            let mut output = Output::open(None, &self.input.paths)?;
            output.line(&format!("listening on http://{address}/"))?;
            output.flush()?;
            Ok(Box::new(move || server.run().map_err(|error| Failure::new(format_args!("serve: {error}")))))
        };
        match directory {
            Some(directory) => {
                let corpus = Corpus::open(&directory).map_err(corpus::failure)?;
                let serving = serve(corpus, Some(directory))?;
                session.console.hint("Ctrl-C ends it");
                serving()?;
            }
            None => growing::run(session, &self.input, &reading, serve)?,
        }
        Ok(Outcome::Done)
    }
}
