//! The scan as a person reads it: a row for each document, the totals, and what to try next.

use crate::{
    cell::{self, pad},
    number::{Count, Counted, Share},
    paint::{BOLD, DIM},
    table::{Align, Table},
};
use anstyle::Style;
use corpus_query::scan::{NOT_STATED, Row, Totals};
use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

/// How the scan is shown.
pub(super) struct View {
    /// Columns of the terminal.
    pub(super) columns: usize,
    /// Whether to use colours.
    pub(super) colour: bool,
    /// Whether to say what to try next.
    pub(super) hints: bool,
}

/// Columns that a title needs for a document to be one row of a table; with less it is two lines.
const TITLE: usize = 28;
/// Columns of a file's name in the table.
const NAME: usize = 24;

impl View {
    /// The rows, then the totals, then what to try next with `paths`.
    pub(super) fn show(&self, rows: &[Row], totals: &Totals, paths: &[PathBuf]) -> String {
        let mut view = String::new();
        let table = table(rows);
        let longest = rows.iter().map(|row| cell::width(&title(row).0)).max().unwrap_or(0);
        if rows.is_empty() || table.room(self.columns) < longest.min(TITLE) {
            self.cards(rows, &mut view);
        } else {
            for line in table.lines(self.columns, self.colour) {
                let _ = writeln!(view, "{line}");
            }
        }
        let hidden = totals.documents.saturating_sub(rows.len() as u64);
        if hidden > 0 && !rows.is_empty() {
            let more = format!(
                "… and {} (--limit N shows more, --format jsonl all)",
                Counted(hidden, "further document")
            );
            let _ = writeln!(view, "{}", self.styled(&more, DIM));
        }
        if !rows.is_empty() {
            view.push('\n');
        }
        self.totals(totals, &mut view);
        if self.hints {
            self.next(paths, &mut view);
        }
        view
    }

    /// Two lines a document, for a narrow terminal.
    fn cards(&self, rows: &[Row], view: &mut String) {
        let gutter = rows.last().map_or(1, |row| row.number.to_string().len()) + 2;
        let room = self.columns.saturating_sub(gutter);
        for row in rows {
            let (title, style) = title(row);
            let number = self.styled(&pad(&row.number.to_string(), gutter), DIM);
            let style = if style == Style::new() { BOLD } else { style };
            let _ = writeln!(view, "{number}{}", self.styled(&cell::cut(&title, room), style));
            let mut facts = vec![cell::cut_middle(&row.name, room)];
            facts.extend(row.has_article.then(|| format!("article {}", share(row))));
            facts.extend((row.embedded > 0).then(|| format!("{} embedded", row.embedded)));
            facts.extend((row.comments > 0).then(|| Counted(row.comments, "comment").to_string()));
            facts.extend((!row.shared.is_empty()).then(|| format!("shared: {}", shared(row))));
            facts.extend(row.language.clone());
            facts.extend(row.has_article.then(|| date(row).0.replace(NOT_STATED, "date not stated")));
            for line in join(&facts, room) {
                let _ = writeln!(view, "{}{}", " ".repeat(gutter), self.styled(&line, DIM));
            }
        }
    }

    fn totals(&self, totals: &Totals, view: &mut String) {
        let Totals { characters, .. } = totals;
        let whole = characters.total();
        let mut found = vec![
            Counted(totals.files, "file").to_string(),
            Counted(totals.documents, "document").to_string(),
            Counted(totals.articles, "article").to_string(),
            format!("{} embedded", Count(totals.embedded)),
            Counted(totals.comments, "comment").to_string(),
        ];
        found.extend((totals.set_aside > 0).then(|| format!("{} set aside", Count(totals.set_aside))));
        self.total("found", &found, view);
        let mut of_characters = vec![Count(whole).to_string()];
        for (name, part) in [
            ("article", characters.article),
            ("embedded", characters.embedded),
            ("comments", characters.comments),
            ("furniture", characters.furniture),
        ] {
            of_characters.push(format!("{name} {} ({})", Count(part), Share { part, whole }));
        }
        self.total("characters", &of_characters, view);
        let mut shared = vec!["none".to_owned()];
        if totals.shared_blocks > 0 {
            let blocks = Counted(totals.shared_blocks, "block");
            let documents = Counted(totals.shared_documents, "document");
            shared = vec![format!("{blocks} of {documents} found in an earlier one too")];
            shared.push(format!("{} that count twice", Counted(totals.shared_characters, "character")));
        }
        if totals.uncompared_blocks > 0 {
            shared.push(format!("{} too many to compare with later ones", Count(totals.uncompared_blocks)));
        }
        self.total("shared", &shared, view);
        self.total("languages", &counts(&totals.languages), view);
        if totals.articles > 0 {
            self.total("dates", &counts(&totals.dates), view);
        }
        if !totals.warnings.is_empty() {
            self.total("warnings", &counts(&totals.warnings), view);
        }
    }

    fn total(&self, name: &str, facts: &[String], view: &mut String) {
        const NAMES: usize = 12;
        for (index, line) in join(facts, self.columns.saturating_sub(NAMES)).iter().enumerate() {
            let name = pad(if index == 0 { name } else { "" }, NAMES);
            let _ = writeln!(view, "{}{line}", self.styled(&name, BOLD));
        }
    }

    fn next(&self, paths: &[PathBuf], view: &mut String) {
        let names: Vec<_> = paths.iter().map(|path| shell_word(&path.display().to_string())).collect();
        let names = if paths.len() > 3 { "PATH…".to_owned() } else { names.join(" ") };
        let steps = [
            (format!("corpus parse {names} --explain"), "each block, its role and the reason"),
            (format!("corpus parse {names} --text"), "the clean text of the articles"),
        ];
        let columns = steps.iter().map(|(step, _)| cell::width(step)).max().unwrap_or(0);
        let _ = writeln!(view, "\n{}", self.styled("Next:", BOLD));
        for (step, effect) in steps {
            if columns + cell::width(effect) + 5 <= self.columns {
                let _ = writeln!(view, "  {}  {}", pad(&step, columns), self.styled(effect, DIM));
            } else {
                let _ = writeln!(view, "  {step}\n    {}", self.styled(effect, DIM));
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

/// A row for each document.
fn table(rows: &[Row]) -> Table {
    const COLUMNS: [(&str, Align); 9] = [
        ("#", Align::Right),
        ("document", Align::Left),
        ("title", Align::Left),
        ("article", Align::Right),
        ("embedded", Align::Right),
        ("comments", Align::Right),
        ("shared blocks", Align::Left),
        ("lang", Align::Left),
        ("date", Align::Left),
    ];
    let mut table = Table::new(&COLUMNS, 2);
    for row in rows {
        let (title, title_style) = title(row);
        let (date, date_style) = date(row);
        let plain = |text: String| (text, Style::new());
        table.push(vec![
            (row.number.to_string(), DIM),
            plain(cell::cut_middle(&row.name, NAME)),
            (title, title_style),
            plain(share(row).to_string()),
            plain(some(row.embedded)),
            plain(some(row.comments)),
            plain(shared(row)),
            plain(row.language.clone().unwrap_or_default()),
            (date, date_style),
        ]);
    }
    // A column in which nothing stands only takes room from the titles.
    for index in [7, 6, 5, 4] {
        let is_empty = match index {
            4 => rows.iter().all(|row| row.embedded == 0),
            5 => rows.iter().all(|row| row.comments == 0),
            6 => rows.iter().all(|row| row.shared.is_empty()),
            _ => rows.iter().all(|row| row.language.is_none()),
        };
        if is_empty {
            table.leave_out(index);
        }
    }
    table
}

fn title(row: &Row) -> (String, Style) {
    match (&row.title, &row.begins) {
        (Some(title), _) => (cell::line(title), Style::new()),
        (None, Some(begins)) => (format!("“{}”", cell::cut(begins, 200)), DIM),
        (None, None) if row.has_article => ("(no text)".to_owned(), DIM),
        (None, None) => ("(no article)".to_owned(), DIM),
    }
}

fn date(row: &Row) -> (String, Style) {
    match &row.published {
        Some(date) => (format!("{} {}", date.edtf, date.method), Style::new()),
        None if row.has_article => (NOT_STATED.to_owned(), DIM),
        None => ("-".to_owned(), DIM),
    }
}

fn share(row: &Row) -> Share {
    Share { part: row.characters.article, whole: row.characters.total() }
}

/// A count, or nothing where it is zero.
fn some(count: u64) -> String {
    if count == 0 { String::new() } else { Count(count).to_string() }
}

/// How many blocks are shared with which documents, by number.
fn shared(row: &Row) -> String {
    let mut with: Vec<_> =
        row.shared.iter().take(2).map(|with| format!("{} with #{}", with.blocks, with.number)).collect();
    with.extend((row.shared.len() > 2).then(|| "…".to_owned()));
    with.join(", ")
}

fn counts(counts: &BTreeMap<String, u64>) -> Vec<String> {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let more = counts.len().saturating_sub(12);
    let mut shown: Vec<_> = counts
        .iter()
        .take(12)
        .map(|(name, count)| format!("{} {}", cell::line(name), Count(**count)))
        .collect();
    shown.extend((more > 0).then(|| format!("{more} more")));
    shown
}

/// Facts with " · " between them, in lines of at most `columns` columns.
fn join(facts: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if cell::width(line) + 3 + cell::width(fact) <= columns => {
                line.push_str(" · ");
                line.push_str(fact);
            }
            _ => lines.push(fact.clone()),
        }
    }
    lines
}

/// A path as a shell takes it.
fn shell_word(path: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-+,@%".contains(character);
    match path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("'{}'", path.replace('\'', r"'\''")),
    }
}
