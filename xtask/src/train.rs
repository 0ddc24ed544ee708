//! Training of the weights that ship.

mod boost;
mod crf;
pub(crate) mod html;
mod names;
mod silver;
pub(crate) mod site;
pub(crate) mod text;

use crate::{args::Args, eval::data::Data, workspace::Workspace};
use anyhow::{Result, bail};

/// `cargo xtask train KIND`: trains and writes the weights, or says in one line that the data is not there.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let data = Data::new(workspace, args.path("--data")?);
    match args.word().as_deref() {
        Some("names") => names::run(workspace, &data, args),
        Some("main-text") => html::run(workspace, &data, args),
        Some("text-roles") => text::run(workspace, &data, args),
        Some(kind) => bail!("unknown model {kind:?}; known: {KINDS}"),
        None => bail!("what to train is missing; known: {KINDS}"),
    }
}

const KINDS: &str = "names, main-text, text-roles";
