//! The copies as a person reads them: clusters, shared passages, the totals, and what to try next.

use super::Totals;
use crate::{
    cell::{self, pad},
    number::{Count, Counted},
    paint::{BOLD, DIM},
    table::{Align, Table},
};
use anstyle::Style;
use corpus_dedup::{Cluster, Findings, Passage};
use std::{fmt::Write, path::PathBuf};

/// How the copies are shown.
pub(super) struct View {
    /// Columns of the terminal.
    pub(super) columns: usize,
    /// Whether to use colours.
    pub(super) colour: bool,
    /// Whether to say what to try next.
    pub(super) hints: bool,
    /// Clusters, and passages, that are shown.
    pub(super) limit: usize,
}

/// Columns of a document's name in the list of those that share blocks.
const NAME: usize = 32;

impl View {
    /// The clusters, then what other documents share, then the totals and what to try next with `paths`.
    pub(super) fn show(&self, found: &Findings, totals: &Totals, paths: &[PathBuf]) -> String {
        let mut view = String::new();
        let clusters = &found.clusters[..found.clusters.len().min(self.limit)];
        if !clusters.is_empty() {
            self.lines(&copies(clusters), &mut view);
            self.more(found.clusters.len() - clusters.len(), "further cluster", &mut view);
            view.push('\n');
        }
        let passages = &found.passages[..found.passages.len().min(self.limit)];
        if !passages.is_empty() {
            self.lines(&shared(passages), &mut view);
            self.more(found.passages.len() - passages.len(), "further shared passage", &mut view);
            view.push('\n');
        }
        self.totals(totals, &mut view);
        if self.hints && totals.clusters + totals.shared > 0 {
            let paths = if let [path] = paths {
                cell::line(&path.display().to_string())
            } else {
                "PATH…".to_owned()
            };
            let _ = writeln!(view, "\n{}", self.styled("Next:", BOLD));
            let step = format!("corpus dupes {paths} --format jsonl -o FILE");
            let _ = writeln!(
                view,
                "  {step}\n    {}",
                self.styled("all of it, with the survivor of each cluster", DIM)
            );
        }
        view
    }

    fn lines(&self, table: &Table, view: &mut String) {
        for line in table.lines(self.columns, self.colour) {
            let _ = writeln!(view, "{line}");
        }
    }

    fn more(&self, hidden: usize, what: &'static str, view: &mut String) {
        if hidden > 0 {
            let hidden = Counted(hidden as u64, what);
            let more = format!("… and {hidden} (--limit N shows more, --format jsonl all)");
            let _ = writeln!(view, "{}", self.styled(&more, DIM));
        }
    }

    fn totals(&self, totals: &Totals, view: &mut String) {
        let found = format!(
            "{} · {} · {}",
            Counted(totals.documents, "document"),
            Counted(totals.clusters, "cluster"),
            Count(totals.copies).to_string() + if totals.copies == 1 { " copy" } else { " copies" },
        );
        let relations = [
            (totals.exact, "exact"),
            (totals.near, "near"),
            (totals.contains, "contained"),
            (totals.reworded, "reworded"),
        ];
        let relations = relations.iter().filter(|(count, _)| *count > 0);
        let relations: Vec<_> = relations.map(|(count, name)| format!("{} {name}", Count(*count))).collect();
        let shared = match totals.shared {
            0 => "no block but those of copies".to_owned(),
            _ => format!(
                "{} of documents that are no copies · {}",
                Counted(totals.shared_blocks, "block"),
                Counted(totals.shared_characters, "character"),
            ),
        };
        for (name, facts) in [("found", found), ("copies", relations.join(" · ")), ("shared", shared)] {
            if !facts.is_empty() {
                let _ = writeln!(view, "{}{facts}", self.styled(&pad(name, 8), BOLD));
            }
        }
    }

    fn styled(&self, text: &str, style: Style) -> String {
        match self.colour {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}

/// A row for each document of a cluster, the survivor first.
fn copies(clusters: &[Cluster]) -> Table {
    const COLUMNS: [(&str, Align); 6] = [
        ("#", Align::Right),
        ("document", Align::Left),
        ("words", Align::Right),
        ("date", Align::Left),
        ("copy", Align::Left),
        ("alike", Align::Right),
    ];
    let mut table = Table::new(&COLUMNS, 1);
    for (cluster, number) in clusters.iter().zip(1..) {
        for member in cluster.members() {
            let (number, style, copy, alike) = match member.is_survivor {
                true => (format!("{number}"), BOLD, "survivor".to_owned(), String::new()),
                false => (
                    String::new(),
                    Style::new(),
                    member.relation.to_string(),
                    format!("{:.3}", member.similarity),
                ),
            };
            table.push(vec![
                (number, DIM),
                (cell::line(&member.label.id), style),
                (Count(u64::from(member.words)).to_string(), Style::new()),
                (member.label.date.as_deref().map_or(String::new(), cell::line), Style::new()),
                (copy, style),
                (alike, Style::new()),
            ]);
        }
    }
    if clusters.iter().flat_map(Cluster::members).all(|member| member.label.date.is_none()) {
        table.leave_out(3);
    }
    table
}

/// A row for each set of documents that share blocks.
fn shared(passages: &[Passage]) -> Table {
    const COLUMNS: [(&str, Align); 4] = [
        ("shared blocks", Align::Right),
        ("characters", Align::Right),
        ("documents", Align::Left),
        ("begins", Align::Left),
    ];
    let mut table = Table::new(&COLUMNS, 3);
    for passage in passages {
        let names = passage.documents.iter().take(2).map(|label| cell::cut_middle(&label.id, NAME));
        let mut names: Vec<_> = names.collect();
        let more = passage.documents.len() - names.len();
        names.extend((more > 0).then(|| format!("{} more", Count(more as u64))));
        table.push(vec![
            (Count(passage.blocks).to_string(), Style::new()),
            (Count(passage.characters).to_string(), Style::new()),
            (names.join(", "), BOLD),
            (cell::line(&passage.begins), DIM),
        ]);
    }
    table
}
