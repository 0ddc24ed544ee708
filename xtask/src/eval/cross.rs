//! Cross-validation by site: each page is measured with weights that no page of its site has taught.

use super::{data::Data, extraction, ratchet::Ratchet};
use crate::{
    args::Args,
    train::{
        html::{SETS, model, pages},
        site,
    },
};
use anyhow::{Result, bail};
use corpus_core::{Registry, html::Weighted};
use std::thread;

/// `eval cross`.
pub(super) fn run(data: &Data, ratchet: &Ratchet, mut args: Args) -> Result<()> {
    let worst: usize = args.option("--worst")?.unwrap_or(0);
    args.finish()?;
    let registries = registries(data)?;
    let parsers = |url: Option<&str>, id: &str| &registries[site::fold(url, id)];
    let mut measured = Vec::new();
    for set in SETS {
        let Some(path) = data.file(&format!("data/extraction/{set}.jsonl.zst")) else { continue };
        let mut scores = extraction::Scores::measure(&path, &parsers)?;
        crate::print(&scores.report(set, worst));
        measured.push(scores.measures(&format!("cross-{set}")));
    }
    ratchet.hold(&measured)
}

/// A parser for each fold, which no page of the fold has taught.
pub(crate) fn registries(data: &Data) -> Result<Vec<Registry>> {
    let taught = pages(data)?;
    let train = |fold: usize| {
        let pages: Vec<_> = taught.iter().filter(|page| page.fold != fold).collect();
        Registry::core().with(Weighted(model(&pages)))
    };
    let registries: Vec<Registry> = thread::scope(|scope| {
        let train = &train;
        let folds: Vec<_> = (0..site::N_FOLDS).map(|fold| scope.spawn(move || train(fold))).collect();
        folds.into_iter().filter_map(|fold| fold.join().ok()).collect()
    });
    if registries.len() < site::N_FOLDS {
        bail!("a fold could not be trained");
    }
    Ok(registries)
}
