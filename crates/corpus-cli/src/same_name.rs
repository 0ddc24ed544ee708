//! `corpus same-name`: how likely two names are spellings of one.

use crate::{failure::Failure, outcome::Outcome, output::Output};
use clap::Args;
use corpus_annotate::name::compare::similarity;
use std::io::{self, BufRead};

/// Say how likely two names are spellings of one
///
/// Reads pairs of names on standard input, one pair a line with a tab between, and writes a score from 0 to 1 for each
/// line. Names may be in any order of their words and in any script.
#[derive(Args, Debug)]
pub(crate) struct SameName {}

impl SameName {
    /// Scores the pairs of standard input.
    ///
    /// # Errors
    /// When a line is no pair, or something cannot be read or written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let mut output = Output::open(None, &[])?;
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        let mut n_lines = 0_usize;
        loop {
            line.clear();
            let read = input.read_until(b'\n', &mut line);
            match read {
                Ok(0) => break,
                Ok(_) => n_lines += 1,
                Err(error) => return Err(Failure::new(format!("failed to read standard input: {error}"))),
            }
            let pair = String::from_utf8_lossy(&line);
            let Some((first, second)) = pair.trim_end_matches(['\n', '\r']).split_once('\t') else {
                let what = format!("line {n_lines} of standard input has no tab");
                return Err(Failure::usage(what).hint("write two names a line with a tab between"));
            };
            if !output.write(format!("{:.4}\n", similarity(first, second)).as_bytes())? {
                return Ok(Outcome::Done);
            }
        }
        output.flush()?;
        Ok(if n_lines == 0 { Outcome::Nothing } else { Outcome::Done })
    }
}
