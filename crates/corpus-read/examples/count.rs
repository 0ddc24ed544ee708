//! Counts the records of the paths given and the bytes of their pages, on as many threads as the machine has.

use corpus_read::{Options, in_order, open};
use std::{num::NonZeroUsize, ops::ControlFlow, path::PathBuf, process::ExitCode, thread};

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let records = match open(&paths, &Options::new()) {
        Ok(records) => records,
        Err(error) => {
            eprintln!("failed to {error}");
            return ExitCode::FAILURE;
        }
    };
    let jobs = std::env::var("JOBS").ok().and_then(|jobs| jobs.parse().ok());
    let jobs = jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let (mut n_records, mut n_bytes) = (0_u64, 0_u64);
    in_order(
        records,
        jobs,
        |packed| packed.and_then(|packed| packed.unpack().map(|record| record.bytes.len() as u64)),
        |result| {
            match result {
                Ok(bytes) => {
                    n_records += 1;
                    n_bytes += bytes;
                }
                Err(reject) => eprintln!("{reject}"),
            }
            ControlFlow::Continue(())
        },
    );
    eprintln!("{n_records} records, {n_bytes} bytes of pages");
    ExitCode::SUCCESS
}
