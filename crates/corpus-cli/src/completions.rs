//! `corpus completions`: what a shell needs to complete the command line.

use crate::{app::Session, failure::Failure, outcome::Outcome, output::Output};
use clap::Args;
use clap_complete::Shell;

/// Write the completions of a shell
///
/// For example: corpus completions bash > ~/.local/share/bash-completion/completions/corpus
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Writes the script on standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn run(&self, session: &Session) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut session.program.command(), "corpus", &mut script);
        let mut output = Output::open(None, &[])?;
        output.write(&script)?;
        output.flush()?;
        Ok(Outcome::Done)
    }
}
