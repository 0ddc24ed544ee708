//! Cross-validation by site: each page is measured with weights that no page of its site has taught.

use super::{data::Data, extraction, ratchet::Ratchet};
use crate::{
    args::Args,
    train::{
        crf,
        html::{PLAN, SETS, examples},
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
    let taught = examples(data)?;
    let train = &|fold: usize| {
        let examples: Vec<_> =
            taught.iter().filter(|page| page.fold != fold).map(|page| &page.example).collect();
        Some(Registry::core().with(Weighted(crf::train(PLAN, &examples)?)))
    };
    let registries: Vec<Registry> = thread::scope(|scope| {
        let folds: Vec<_> = (0..site::N_FOLDS).map(|fold| scope.spawn(move || train(fold))).collect();
        folds.into_iter().filter_map(|fold| fold.join().ok().flatten()).collect()
    });
    if registries.len() < site::N_FOLDS {
        bail!("a fold could not be trained");
    }
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
