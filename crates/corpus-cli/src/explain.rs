//! The view of a document that says of each block what it is and why.

use crate::{
    cell::{self, pad},
    number::{Counted, Share},
    paint::{BOLD, DIM, tint},
};
use anstyle::Style;
use corpus_core::{Block, Document, Evidence, Offsets, Published, Role, part::PartKind};
use corpus_query::scan::Characters;
use std::fmt::Write;

/// How to show a document block by block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explain {
    /// Whether to tint.
    pub(crate) colour: bool,
    /// Columns of the terminal, which shows the whole text; in a pipe each block is one line.
    pub(crate) columns: Option<usize>,
}

/// Columns of the longest role.
const ROLE: usize = 15;
/// Columns of a block's text where a block is one line.
const EXCERPT: usize = 48;

impl Explain {
    /// The document: where it lies, what it is, then block by block.
    pub(crate) fn document(&self, document: &Document) -> String {
        let mut view = self.head(document);
        let parts = part_names(document);
        let mut lines = Offsets::new(&document.text);
        if self.columns.is_none() {
            let part = parts.iter().map(String::len).max().unwrap_or(0).max("part".len());
            let header =
                format!("{:>5}  {:ROLE$}  {:part$}  conf  {:EXCERPT$}  why", "line", "role", "part", "text");
            view.push_str(&self.styled(&header, BOLD));
            view.push('\n');
        }
        let mut part = None;
        for block in &document.blocks {
            let line = document.cited_line(block.span.start, &mut lines);
            if let Some(columns) = self.columns.filter(|_| part.replace(block.part) != Some(block.part)) {
                let rule = "─".repeat(columns.saturating_sub(cell::width(&parts[block.part]) + 7).min(60));
                let _ = writeln!(view, "{}", self.styled(&format!("──── {} {rule}", parts[block.part]), DIM));
            }
            match self.columns {
                Some(columns) => self.lines_of(document, block, line, columns, &mut view),
                None => self.line_of(document, block, line, &parts, &mut view),
            }
        }
        view
    }

    fn head(&self, document: &Document) -> String {
        let characters = Characters::of(document);
        let mut head = self.styled(&document.source.located().to_string(), BOLD);
        let _ = write!(head, "  {}", self.styled(document.id.as_str(), DIM));
        let language = document.language.as_deref().unwrap_or("language unknown");
        let share = Share { part: characters.article, whole: characters.total() };
        let blocks = Counted(document.blocks.len() as u64, "block");
        let _ = writeln!(head, "\n{language}, {blocks}, {share} article");
        for part in document.parts.iter().filter(|part| part.kind.is_article()) {
            let title = part.title.as_deref().map_or("(no title)".to_owned(), cell::line);
            let _ = write!(head, "{}: {title}", part.kind);
            let _ =
                writeln!(head, "; {}", part.published.as_ref().map_or("date not stated".to_owned(), dated));
        }
        match document.blocks.iter().find(|block| block.origin.is_some()) {
            Some(block) if block.origin_line.is_some() => {
                head.push_str("lines are those of the page as it was stored\n")
            }
            Some(_) => head.push_str("lines are those of the text, not of the page as it was stored\n"),
            None => {}
        }
        for diagnostic in &document.diagnostics {
            let _ = writeln!(head, "remark: {} ({})", diagnostic.message, diagnostic.code);
        }
        if self.columns.is_some() && self.colour {
            let mut roles: Vec<Role> = document.blocks.iter().map(|block| block.role).collect();
            roles.sort_unstable();
            roles.dedup();
            let legend: Vec<_> =
                roles.into_iter().map(|role| self.styled(role.as_str(), tint(role))).collect();
            let _ = writeln!(head, "{}", legend.join(" "));
        }
        head.push('\n');
        head
    }

    /// The block on one line, for a pipe.
    fn line_of(&self, document: &Document, block: &Block, line: usize, parts: &[String], view: &mut String) {
        let part = parts.iter().map(String::len).max().unwrap_or(0).max("part".len());
        let row = format!(
            "{line:>5}  {}  {}  {:.2}  {}  {}",
            self.styled(&pad(block.role.as_str(), ROLE), tint(block.role)),
            pad(&parts[block.part], part),
            block.confidence,
            pad(&cell::cut(document.slice(block), EXCERPT), EXCERPT),
            self.styled(&reason(block), DIM),
        );
        let _ = writeln!(view, "{}", row.trim_end());
    }

    /// The block's whole text beside its line and role, wrapped, and the reason below it, for a terminal.
    fn lines_of(&self, document: &Document, block: &Block, line: usize, columns: usize, view: &mut String) {
        let tint = tint(block.role);
        // Where the terminal is narrow, the role goes above the text instead of beside it.
        let beside = columns >= 70;
        let gutter = if beside { 6 + ROLE + 2 } else { 6 };
        let room = columns.saturating_sub(gutter + 1).clamp(10, 110);
        let mut texts = document
            .slice(block)
            .lines()
            .filter(|text| !text.trim().is_empty())
            .flat_map(|text| cell::wrap(text, room))
            .map(|text| self.styled(&text, tint));
        let role = self.styled(&pad(block.role.as_str(), ROLE), tint);
        let number = self.styled(&format!("{line:>4}"), DIM);
        let first = if beside { texts.next().unwrap_or_default() } else { String::new() };
        let _ = writeln!(view, "{}", format!("{number}  {role}  {first}").trim_end());
        let blank = " ".repeat(gutter);
        for text in texts {
            let _ = writeln!(view, "{blank}{text}");
        }
        for why in cell::wrap(&format!("{:.2} {}", block.confidence, reason(block)), room) {
            let _ = writeln!(view, "{blank}{}", self.styled(&why, DIM.italic()));
        }
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The names of a document's parts; embedded articles are numbered in the page's order.
pub(crate) fn part_names(document: &Document) -> Vec<String> {
    let mut embedded = 0;
    let name = |kind: PartKind| match kind {
        PartKind::Embedded => {
            embedded += 1;
            format!("embedded-{embedded}")
        }
        kind => kind.to_string(),
    };
    document.parts.iter().map(|part| part.kind).map(name).collect()
}

/// A date, how it is known and by what.
fn dated(published: &Published) -> String {
    let date = published.timestamp.as_ref().unwrap_or(&published.edtf);
    let mut text = format!("{date} by {}", published.method.as_str());
    for evidence in &published.evidence {
        if let Evidence::Field { field, value } = evidence {
            let _ = write!(text, " ({field} = {})", cell::cut(value, 60));
        }
    }
    text
}

/// Why a block has its role, and what else is known of it.
fn reason(block: &Block) -> String {
    let mut reason = cell::line(&block.why);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let gap = if reason.is_empty() { "" } else { "; " };
            let _ = write!(reason, "{gap}{name} {}", cell::line(&value));
        }
    };
    add("level", block.level.map(|level| level.to_string()));
    add("depth", block.depth.map(|depth| depth.to_string()));
    add("number", block.ordinal.map(|ordinal| ordinal.to_string()));
    add("path", block.path.clone());
    add("label", block.label.as_ref().map(|label| format!("{label:?}")));
    add("time", block.timestamp.as_ref().map(ToString::to_string));
    add("author", block.author.as_ref().map(|author| format!("{author:?}")));
    add("outlet", block.outlet.as_ref().map(|outlet| format!("{outlet:?}")));
    add("language", block.language.as_ref().map(ToString::to_string));
    add("cells", (!block.cells.is_empty()).then(|| block.cells.len().to_string()));
    add("cut short", block.truncated.then(String::new));
    reason.truncate(reason.trim_end().len());
    reason
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{DocumentId, Part, Source, Span};

    fn page() -> Document {
        let text = "Harbour freezes over\n\nThe harbour froze on Monday night, and no ferry left.\n\n1. Ada says\nSkates!\n\nSubscribe";
        let mut source = Source::default();
        source.uri = "pages/harbour.txt".to_owned();
        let mut document = Document::new(DocumentId::of(&source, None), source, text.to_owned());
        document.language = Some("en".into());
        document.parts = [PartKind::Article, PartKind::Comments, PartKind::Furniture].map(Part::new).into();
        document.parts[0].title = Some("Harbour freezes over".to_owned());
        let roles = [
            ("Harbour freezes over", Role::Title, 0),
            ("The harbour froze on Monday night, and no ferry left.", Role::Paragraph, 0),
            ("1. Ada says", Role::CommentAuthor, 1),
            ("Skates!", Role::Comment, 1),
            ("Subscribe", Role::Promo, 2),
        ];
        for (words, role, part) in roles {
            let start = text.find(words).unwrap();
            let mut block = Block::new(Span::new(start, start + words.len()), role);
            block.part = part;
            block.confidence = 0.9;
            block.why = "a reason".into();
            document.blocks.push(block);
        }
        document.blocks[2].author = Some("Ada".to_owned());
        document.blocks[2].path = Some("1".to_owned());
        document
    }

    /// Compares with the snapshot of that name, which lies beside those of the command.
    fn check(name: &str, view: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(name, view.replace('\u{1b}', "^")));
    }

    #[test]
    fn in_a_pipe_a_block_is_a_line() {
        let view = Explain { colour: false, columns: None }.document(&page());
        check("explain-pipe", &view);
    }

    #[test]
    fn on_a_terminal_the_text_is_tinted_and_wrapped() {
        for columns in [80, 40] {
            let view = Explain { colour: true, columns: Some(columns) }.document(&page());
            check(&format!("explain-terminal-{columns}"), &view);
        }
    }
}
