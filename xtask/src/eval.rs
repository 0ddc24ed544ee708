//! Measurements on gold that lies beside the repository, never in it.

mod cross;
pub(crate) mod data;
pub(crate) mod extraction;
pub(crate) mod fold;
mod lines;
pub(crate) mod measure;
mod prediction;
mod ratchet;
mod roles;
mod seeds;

use crate::{args::Args, workspace::Workspace};
use anyhow::{Result, bail};

/// `cargo xtask eval KIND`: prints the measures, or says in one line that the data is not there.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = data::Data::new(workspace, args.path("--data")?);
    let kind = match args.word() {
        Some(kind) => kind,
        None => bail!("what to measure is missing; known: {KINDS}"),
    };
    let ratchet = ratchet::Ratchet::new(workspace, args.path("--against")?, args.flag("--bless"));
    match kind.as_str() {
        "roles" => roles::run(&data, &ratchet, args),
        "lines" => lines::run(&data, &ratchet, args),
        "extraction" => extraction::run(&data, &ratchet, args),
        "cross" => cross::run(&data, &ratchet, args),
        "seeds" => seeds::run(workspace, &data, args),
        _ => bail!("unknown measure {kind:?}; known: {KINDS}"),
    }
}

const KINDS: &str = "roles, lines, extraction, cross, seeds";
