//! `corpus serve`: the HTTP API and the web page.

use crate::{app::Session, corpus, failure::Failure, input::Input, outcome::Outcome, output::Output};
use clap::Args;
use corpus_annotate::Annotators;
use corpus_api::{Options, Server};
use std::{net::IpAddr, time::Duration};

/// Serve the HTTP API and the web page
///
/// Opens a corpus directory, or plain files and folders, and answers on this machine alone. Any other address needs a
/// token, which requests bear in the header `Authorization: Bearer TOKEN`. Ends with Ctrl-C.
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
}

const EXAMPLES: &str = "\
Examples:
  corpus serve pages                          then open http://127.0.0.1:7878/
  corpus serve news.corpus --port 0           on a free port, which is printed
  curl 'http://127.0.0.1:7878/v1/kwic?q=harbour&in=all'";

impl Serve {
    /// Serves what is named, until told to end.
    ///
    /// # Errors
    /// When nothing can be read, or the address cannot be listened on.
    pub(crate) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let corpus = corpus::open(session, &self.input, Some(&Annotators::core()))?;
        let mut options = Options::new();
        options.address = self.address;
        options.port = self.port;
        options.token = self.token;
        options.time = Duration::from_secs(self.time);
        let directory = corpus::directory_of(&self.input.paths).map(ToOwned::to_owned);
        let server = Server::bind(corpus, directory, crate::registry(), options).map_err(Failure::new)?;
        let address = server.address().map_err(|error| Failure::new(format_args!("listen: {error}")))?;
        let mut output = Output::open(None, &self.input.paths)?;
        output.line(&format!("listening on http://{address}/"))?;
        output.flush()?;
        session.console.hint("Ctrl-C ends it");
        server.run().map_err(|error| Failure::new(format_args!("serve: {error}")))?;
        Ok(Outcome::Done)
    }
}
