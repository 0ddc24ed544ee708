//! Cross-validation by site: each page is measured with weights that no page of its site has taught.

use super::{
    data::{Data, set_name},
    extraction, lines,
    ratchet::Ratchet,
    roles,
};
use crate::{
    args::Args,
    train::{
        html::{SETS, model, pages},
        site, text,
    },
};
use anyhow::{Result, bail};
use corpus_core::{Registry, html::Weighted, text::Text};
use std::thread;

/// `eval cross`.
pub(super) fn run(data: &Data, ratchet: &Ratchet, mut args: Args) -> Result<()> {
    let worst: usize = args.option("--worst")?.unwrap_or(0);
    let by_genre = args.flag("--genre");
    let of_text = args.is_next("text");
    args.finish()?;
    if of_text {
        return text_roles(data, ratchet, by_genre, worst);
    }
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
    each_fold(site::N_FOLDS, |fold| {
        let pages: Vec<_> = taught.iter().filter(|page| page.fold != fold).collect();
        Some(Registry::core().with(Weighted(model(&pages))))
    })
}

/// `eval cross text`: the roles of plain text by weights that no page of the site has taught; with `--genre`, news by
/// what other pages teach, and the reverse.
fn text_roles(data: &Data, ratchet: &Ratchet, by_genre: bool, worst: usize) -> Result<()> {
    let genre = |_: Option<&str>, id: &str| usize::from(id.starts_with("fundus"));
    let (fold, n_folds): (fn(Option<&str>, &str) -> usize, _) =
        if by_genre { (genre, 2) } else { (site::fold, site::N_FOLDS) };
    let taught = text::pages(data, fold)?;
    let registries = each_fold(n_folds, |fold| {
        let pages: Vec<_> = taught.iter().filter(|page| page.fold != fold).collect();
        Some(Registry::core().with(Text::weighted(text::model(&pages)?)))
    })?;
    let parsers = |url: Option<&str>, id: &str| &registries[fold(url, id)];
    let name = |set: &str| format!("{}-{set}", if by_genre { "genre" } else { "cross" });
    let mut measured = Vec::new();
    let paths: Vec<_> = text::ROLES.iter().filter_map(|set| data.file(set)).collect();
    for path in &paths {
        measured.push(roles::measure(std::slice::from_ref(path), &name(&set_name(path)), &parsers)?);
    }
    if paths.len() > 1 {
        measured.push(roles::measure(&paths, &name("roles"), &parsers)?);
    }
    if let Some(path) = data.file(text::LINES) {
        measured.push(lines::measure(&path, &name(&set_name(&path)), worst, &parsers)?);
    }
    ratchet.hold(&measured)
}

/// What `train` makes for each fold.
fn each_fold<T: Send>(n_folds: usize, train: impl Fn(usize) -> Option<T> + Sync) -> Result<Vec<T>> {
    let trained: Vec<T> = thread::scope(|scope| {
        let train = &train;
        let folds: Vec<_> = (0..n_folds).map(|fold| scope.spawn(move || train(fold))).collect();
        folds.into_iter().filter_map(|fold| fold.join().ok().flatten()).collect()
    });
    if trained.len() < n_folds {
        bail!("a fold could not be trained");
    }
    Ok(trained)
}
