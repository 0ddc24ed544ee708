//! The difference between two corpora, as a person reads it.

use super::{
    change::{Amount, Came, Change, Kind, Label},
    facts::Facts,
    joined::Pair,
};
use crate::{
    cell::{self, pad},
    failure::Failure,
    number::{Count, Counted, Share},
    paint::{BOLD, DIM, tint},
    table::{Align, Table},
};
use anstyle::Style;
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write};

/// What changed over all documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    both: u64,
    added: u64,
    removed: u64,
    /// Of both, those of which the text differs.
    text: u64,
    /// Of both, those that differ at all.
    changed: u64,
    /// Characters of blocks, without white space, of the documents of both.
    characters: u64,
    confused: BTreeMap<(Label, Label), Amount>,
    /// Documents by field that differs.
    fields: BTreeMap<String, u64>,
    /// Facts that differ, by layer.
    layers: BTreeMap<String, Facts>,
    /// Lines that held no document.
    pub(super) set_aside: u64,
}

impl Tally {
    /// Counts a pair, changed or not.
    pub(super) fn count(&mut self, pair: &Pair) {
        match pair {
            Pair::Added(_) => self.added += 1,
            Pair::Removed(_) => self.removed += 1,
            Pair::Both { old, .. } => {
                self.both += 1;
                self.characters +=
                    old.text.chars().filter(|character| !character.is_whitespace()).count() as u64;
            }
        }
    }

    /// Adds what changed in a document.
    pub(super) fn add(&mut self, change: &Change) {
        self.changed += u64::from(matches!(change.change, Kind::Text | Kind::Labels));
        self.text += u64::from(change.change == Kind::Text);
        for (labels, amount) in &change.confused {
            let sum = self.confused.entry(*labels).or_default();
            sum.blocks += amount.blocks;
            sum.characters += amount.characters;
        }
        for field in &change.fields {
            *self.fields.entry(field.clone()).or_default() += 1;
        }
        for (layer, facts) in &change.layers {
            self.layers.entry(layer.clone()).or_default().add(*facts);
        }
    }

    /// Number of documents, in either file.
    pub(super) const fn documents(&self) -> u64 {
        self.both + self.added + self.removed
    }

    /// Whether anything differs.
    pub(super) const fn differs(&self) -> bool {
        self.changed + self.added + self.removed > 0
    }

    /// The confusions, those of most characters first.
    fn confusions(&self) -> Vec<(Label, Label, Amount)> {
        let mut confusions: Vec<_> =
            self.confused.iter().map(|((old, new), amount)| (*old, *new, *amount)).collect();
        confusions.sort_by_key(|(.., amount)| std::cmp::Reverse(amount.characters));
        confusions
    }

    /// The tally in its JSON form.
    pub(super) fn totals(&self) -> Totals {
        let confusion = |(old, new, amount): (Label, Label, Amount)| Confusion {
            old: old.to_string(),
            new: new.to_string(),
            blocks: amount.blocks,
            characters: amount.characters,
        };
        Totals {
            documents: self.documents(),
            changed: self.changed,
            text_changed: self.text,
            added: self.added,
            removed: self.removed,
            set_aside: self.set_aside,
            characters: self.characters,
            confusions: self.confusions().into_iter().map(confusion).collect(),
            fields: self.fields.clone(),
            layers: self.layers.clone(),
        }
    }
}

/// The tally in its JSON form.
#[derive(Debug, Serialize)]
pub(super) struct Totals {
    documents: u64,
    changed: u64,
    text_changed: u64,
    added: u64,
    removed: u64,
    set_aside: u64,
    characters: u64,
    confusions: Vec<Confusion>,
    fields: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    layers: BTreeMap<String, Facts>,
}

#[derive(Debug, Serialize)]
struct Confusion {
    old: String,
    new: String,
    blocks: u64,
    characters: u64,
}

/// The last line of JSON Lines.
#[derive(Debug, Serialize)]
pub(super) struct Last {
    pub(super) totals: Totals,
}

/// A value as one line of JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::new(format_args!("write JSON: {error}")))
}

/// How the difference is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    /// Columns of the terminal.
    pub(super) columns: usize,
    /// Whether to use colours.
    pub(super) colour: bool,
}

impl Report {
    /// What changed in a document.
    pub(super) fn document(&self, change: &Change) -> String {
        let mut view = self.styled(&change.document, BOLD);
        let _ = writeln!(view, "  {}", self.styled(&change.id, DIM));
        let _ = match change.change {
            Kind::Added => writeln!(view, "  only in the new file"),
            Kind::Removed => writeln!(view, "  only in the old file"),
            Kind::Text => writeln!(view, "  the text differs"),
            Kind::Labels => Ok(()),
        };
        if !change.fields.is_empty() {
            let _ = writeln!(view, "  fields: {}", change.fields.join(", "));
        }
        for (layer, facts) in &change.layers {
            let _ = writeln!(view, "  layer {layer}: {facts}");
        }
        for block in &change.blocks {
            let side = |came: &Option<Came>| match came {
                Some(came) => self.styled(&format!("{} {}", came.part, came.role), tint(came.role)),
                None => self.styled("(nothing)", DIM),
            };
            let _ = writeln!(view, "  {:>4}  {} → {}", block.line, side(&block.old), side(&block.new));
            let _ = writeln!(view, "        {}", cell::cut(&block.text, self.columns.saturating_sub(9)));
            let why = |came: &Option<Came>| came.as_ref().map_or(String::new(), |came| came.why.clone());
            let reasons = (why(&block.old), why(&block.new));
            if !reasons.0.is_empty() || !reasons.1.is_empty() {
                let reasons =
                    cell::cut(&format!("{} → {}", reasons.0, reasons.1), self.columns.saturating_sub(9));
                let _ = writeln!(view, "        {}", self.styled(&reasons, DIM));
            }
        }
        view
    }

    /// The documents shown, the labels confused, the totals: what matters most comes last, where a terminal stands.
    pub(super) fn table(&self, tally: &Tally, shown: &[String]) -> String {
        let mut view = shown.join("\n");
        let hidden = (tally.changed + tally.added + tally.removed).saturating_sub(shown.len() as u64);
        if hidden > 0 {
            let more = format!("… and {} (--limit N shows more)", Counted(hidden, "further document"));
            let _ = writeln!(view, "\n{}", self.styled(&more, DIM));
        }
        let confusions = tally.confusions();
        if !confusions.is_empty() {
            let columns = [
                ("before", Align::Left),
                ("after", Align::Left),
                ("blocks", Align::Right),
                ("characters", Align::Right),
            ];
            let mut table = Table::new(&columns, 1);
            for (old, new, amount) in &confusions {
                table.push(vec![
                    (old.to_string(), tint(old.role)),
                    (new.to_string(), tint(new.role)),
                    (Count(amount.blocks).to_string(), Style::new()),
                    (Count(amount.characters).to_string(), Style::new()),
                ]);
            }
            let _ = writeln!(view, "\n{}", table.lines(self.columns, self.colour).join("\n"));
        }
        if !view.is_empty() {
            view.push('\n');
        }
        let counts = [
            Counted(tally.documents(), "document").to_string(),
            format!("{} changed", Count(tally.changed)),
            format!("{} added", Count(tally.added)),
            format!("{} removed", Count(tally.removed)),
        ];
        self.total("documents", &counts.join(" · "), &mut view);
        if tally.text > 0 {
            let text =
                format!("{} with another text; their blocks are joined by what they read", Count(tally.text));
            self.total("text", &text, &mut view);
        }
        let moved = confusions.iter().map(|(.., amount)| amount.characters).sum();
        let share = Share { part: moved, whole: tally.characters };
        let (moved, whole) = (Count(moved), Count(tally.characters));
        self.total(
            "characters",
            &format!("{moved} of {whole} with another role or part ({share})"),
            &mut view,
        );
        if !tally.fields.is_empty() {
            let fields: Vec<_> =
                tally.fields.iter().map(|(field, count)| format!("{field} {}", Count(*count))).collect();
            self.total("fields", &fields.join(" · "), &mut view);
        }
        for (layer, facts) in &tally.layers {
            self.total("layer", &format!("{layer}: {facts}"), &mut view);
        }
        view
    }

    fn total(&self, name: &str, facts: &str, view: &mut String) {
        const NAMES: usize = 12;
        let lines = cell::wrap(facts, self.columns.saturating_sub(NAMES));
        for (index, line) in lines.iter().enumerate() {
            let name = pad(if index == 0 { name } else { "" }, NAMES);
            let _ = writeln!(view, "{}{line}", self.styled(&name, BOLD));
        }
    }

    fn styled(&self, text: &str, style: Style) -> String {
        match self.colour {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}
