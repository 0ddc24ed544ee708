//! Which texts meet: those that share a band, and those that share fingerprints.

use crate::{
    entry::{Band, Pair, Print, Stands, TextId, read_entries, write_entries},
    error::Error,
    exchange::{Reader, Writer},
    texts::{Texts, each_fingerprinted, own_key},
    work::{Task, Work},
};
use corpus_dedup::{NEIGHBOURS, RARE, Thresholds};
use std::path::Path;

/// The table of documents whose words another one has, by the first of these.
pub(crate) const COPIES: &str = "copies";
/// The table of the texts of a file that stand for others than themselves, in their order.
pub(crate) const STANDS: &str = "stands";

/// Of the texts that share a band those that may be copies go to `pairs`, each with some that follow in their order; of
/// those that are the same all but the first to `copies`.
pub(super) fn near(
    task: &Task,
    work: &Work,
    thresholds: Thresholds,
    pairs: &Path,
    copies: &Path,
) -> Result<(), Error> {
    let mut writer = Writer::create(pairs)?;
    let mut same = Vec::new();
    let (mut group, mut met) = (Vec::new(), Vec::new());
    reader(task, work)?.each(|bands: &mut Vec<Band>| {
        for bands in bands.chunk_by(|a, b| a.key == b.key).filter(|bands| bands.len() > 1) {
            group.clear();
            for equal in bands.chunk_by(|a, b| a.text.is_copy_of(&b.text)) {
                let first = equal[0].text;
                group.push(first);
                if equal[0].key == own_key(&first) {
                    let stands = |band: &Band| Stands { text: band.text.id, for_text: Some(first.id) };
                    same.extend(equal[1..].iter().map(stands));
                }
            }
            for (place, a) in group.iter().enumerate() {
                let neighbours = group[place + 1..].iter().take(NEIGHBOURS);
                let worth = neighbours
                    .filter(|b| thresholds.may_be_copies(a.n_words.0 as usize, b.n_words.0 as usize));
                met.extend(worth.map(|b| Pair::of(a.id, b.id, 0)));
            }
        }
        met.sort_unstable();
        met.dedup();
        met.drain(..).try_for_each(|pair| writer.push(&pair))
    })?;
    writer.finish()?;
    same.sort_unstable();
    write_entries(copies, &same)
}

/// The fingerprints of the texts of a file, copies left out, each as that of the text for which its text stands.
pub(super) fn fingerprints(task: &Task, work: &Work, prints: &Path) -> Result<(), Error> {
    let stands: Vec<Stands> = read_entries(&work.table(STANDS, task.number))?;
    let mut stands = stands.iter().peekable();
    let mut texts = Texts::of(work);
    let mut writer = Writer::create(prints)?;
    each_fingerprinted(work, task.number, |row, keys| {
        let id = row.text.id;
        let (text, n_fingerprints) = match stands.next_if(|stands| stands.text == id) {
            None => (id, row.n_fingerprints),
            Some(Stands { for_text: Some(other), .. }) => (*other, texts.row(*other)?.n_fingerprints),
            Some(_) => return Ok(()),
        };
        keys.iter().try_for_each(|&key| writer.push(&Print { key, text, n_fingerprints }))
    })?;
    writer.finish()
}

/// The texts that share a fingerprint which few have, as often as they do.
pub(super) fn related(task: &Task, work: &Work, pairs: &Path) -> Result<(), Error> {
    let mut writer = Writer::create(pairs)?;
    let mut group: Vec<(TextId, u32)> = Vec::new();
    reader(task, work)?.each(|prints: &mut Vec<Print>| {
        for prints in prints.chunk_by(|a, b| a.key == b.key).filter(|prints| prints.len() > 1) {
            group.clear();
            group.extend(prints.iter().map(|print| (print.text, print.n_fingerprints)));
            group.dedup();
            if group.len() > RARE {
                continue;
            }
            for (place, &(a, n_of_a)) in group.iter().enumerate() {
                for &(b, n_of_b) in &group[place + 1..] {
                    writer.push(&Pair::of(a, b, n_of_a.min(n_of_b)))?;
                }
            }
        }
        Ok(())
    })?;
    writer.finish()
}

/// What a task reads of its table.
pub(super) fn reader(task: &Task, work: &Work) -> Result<Reader, Error> {
    Reader::open(work.files(&task.reads, task.n_read), task.number, task.n_tasks)
}
