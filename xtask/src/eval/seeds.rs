//! Every line of the five seeds against gold: nothing may be wrong.

use super::{
    data::Data,
    roles::{Label, Line, compare, text_document},
};
use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{fmt::Write, fs};

/// The gold of one seed.
#[derive(Debug, Deserialize)]
struct Gold {
    seed: String,
    blocks: Vec<GoldBlock>,
}

/// A block of gold.
#[derive(Debug, Deserialize)]
struct GoldBlock {
    /// Numbers of its first and last line.
    lines: (usize, usize),
    role: String,
    part: String,
}

/// `eval seeds`.
pub(super) fn run(workspace: &Workspace, data: &Data, args: Args) -> Result<()> {
    args.finish()?;
    let Some(folder) = data.file("gold/seeds") else { return Ok(()) };
    let mut paths = fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .with_context(|| format!("failed to list {}", folder.display()))?;
    paths.sort();
    let (mut n_lines, mut n_wrong, mut report) = (0, 0, String::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let read = || format!("failed to read {}", path.display());
        let gold: Gold =
            serde_json::from_str(&fs::read_to_string(path).with_context(read)?).with_context(read)?;
        let uri = format!("seeds/{}", gold.seed);
        let document = text_document(&workspace.path(&uri), &uri)?;
        let labels = gold.blocks.into_iter().flat_map(|block| {
            let label = Label { role: block.role, part: block.part };
            (block.lines.0..=block.lines.1).map(move |number| (number, label.clone()))
        });
        let lines = compare(&document, labels);
        let lines: Vec<&Line> = lines.iter().filter(|line| !line.text.is_empty()).collect();
        let wrong: Vec<_> = lines.iter().filter(|line| line.gold != line.found).collect();
        let _ = writeln!(report, "{uri}: {} of {} lines right", lines.len() - wrong.len(), lines.len());
        for line in &wrong {
            let (gold, found) = (&line.gold, &line.found);
            let text: String = line.text.chars().take(60).collect();
            let _ = writeln!(
                report,
                "  line {:>3}: {}/{} in gold, {}/{} found ({}): {text}",
                line.number, gold.role, gold.part, found.role, found.part, line.why
            );
        }
        n_lines += lines.len();
        n_wrong += wrong.len();
    }
    let _ =
        writeln!(report, "right={:.4} lines={n_lines}", super::measure::share(n_lines - n_wrong, n_lines));
    crate::print(&report);
    if n_wrong > 0 {
        bail!("{n_wrong} of {n_lines} lines of the seeds differ from gold");
    }
    Ok(())
}
