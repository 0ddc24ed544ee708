//! `corpus man`: the manual pages.

use crate::{app::Session, failure::Failure, outcome::Outcome, output::Output};
use clap::Args;
use std::path::PathBuf;

/// Write the manual: corpus(1), or with -o a page for each command
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Write corpus.1, corpus-scan.1 … into DIR
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Man {
    /// Writes the pages.
    ///
    /// # Errors
    /// When a page cannot be written.
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, Failure> {
        if let Some(folder) = &self.output {
            let failed = |error| Failure::write(folder, &error);
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(session.program.command(), folder).map_err(failed)?;
            return Ok(Outcome::Done);
        }
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(session.program.command()).render(&mut page);
        rendered.map_err(|error| Failure::new(format_args!("write the manual: {error}")))?;
        let mut output = Output::open(None, &[])?;
        output.write(&page)?;
        output.flush()?;
        Ok(Outcome::Done)
    }
}
