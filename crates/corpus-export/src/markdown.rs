//! Markdown: a folder for note tools, one file an article.

use crate::{
    entities::Entities,
    error::Error,
    format::{Export, Format},
    options::{Options, Parts},
    report::{Report, Written},
    selection::{Selected, Selection},
    target::Target,
    text::{file_name, one_line},
    unfinished::Unfinished,
};
use corpus_core::{Annotation, Block, Document, Part, Role, Span};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
    fs,
};

/// Markdown as note tools read it: a folder with one file an article, the page's own and embedded ones.
///
/// A file begins with YAML: title, authors, date, site, address, language, id, source. Each block ends in its id
/// (`^b12`), so that a note can cite it; the first mention of a name in a block is a wiki link. The comments of a page
/// stand under a heading at the end of its article.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }
    fn description(&self) -> &'static str {
        "Markdown for note tools, a folder with one file an article"
    }
    fn streams(&self, _options: &Options) -> bool {
        false
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        let path = target.path("Markdown", "name a folder")?;
        Ok(Box::new(Notes {
            folder: Unfinished::folder(path)?,
            selection: Selection::new(options, Parts::READ),
            report: Report::default(),
            names: HashSet::new(),
            notes: 0,
        }))
    }
}

/// A folder of notes under way.
struct Notes {
    folder: Unfinished,
    selection: Selection,
    report: Report,
    /// Names of files in lower case, since some systems tell no case apart.
    names: HashSet<String>,
    notes: u64,
}

impl Export for Notes {
    fn add(&mut self, document: &Document) -> Result<bool, Error> {
        let selection = self.selection.clone();
        let Some(selected) = selection.of(document) else {
            self.report.left_out += 1;
            return Ok(false);
        };
        let entities = Entities::of(&selected);
        let mut any = false;
        for (index, part) in document.parts.iter().enumerate() {
            if !part.kind.is_article() || !selected.takes(part.kind) {
                continue;
            }
            any = true;
            let note = note(&selected, index, part, &entities);
            let name = self.name(document, index, part);
            let path = self.folder.temporary().join(name);
            fs::write(path, note).map_err(|cause| Error::write(Some(self.folder.path()), cause))?;
            self.notes += 1;
        }
        match any {
            true => self.report.documents += 1,
            false => self.report.left_out += 1,
        }
        Ok(any)
    }

    fn finish(self: Box<Self>) -> Result<Report, Error> {
        let Notes { folder, mut report, notes, .. } = *self;
        let path = folder.finish()?;
        report.written.push(Written { path: Some(path), rows: notes, noun: "notes, a file each".to_owned() });
        Ok(report)
    }
}

impl Notes {
    /// The name of an article's file: its date and title, and where another has that, the start of the id.
    fn name(&mut self, document: &Document, index: usize, part: &Part) -> String {
        let date = part.published.as_ref().map(|published| published.edtf.as_str());
        let date = date.filter(|date| date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
        let title = file_name(part.title.as_deref().unwrap_or_default(), 80);
        let id = file_name(document.id.as_str().trim_start_matches("b3:"), 64);
        let mut stem = [date.unwrap_or_default(), &title].join(" ").trim().to_owned();
        let is_taken = |stem: &str, names: &HashSet<String>| names.contains(&stem.to_lowercase());
        if stem.is_empty() || is_taken(&stem, &self.names) {
            let short: String = id.chars().take(8).collect();
            stem = format!("{stem} {short}-{index}").trim().to_owned();
        }
        let base = stem.clone();
        let mut copy = 1;
        while is_taken(&stem, &self.names) {
            copy += 1;
            stem = format!("{base} {copy}");
        }
        self.names.insert(stem.to_lowercase());
        format!("{stem}.md")
    }
}

fn note(selected: &Selected<'_>, index: usize, part: &Part, entities: &Entities<'_>) -> String {
    let document = selected.document;
    let mut note = front_matter(document, index, part);
    let links = Links::of(selected, entities);
    let mut previous = None;
    for (number, block) in selected.blocks().filter(|(_, block)| block.part == index) {
        write_block(&mut note, number, block, previous, document, &links);
        previous = Some(block.role);
    }
    let is_own = document.parts.iter().position(|other| other.kind.is_article()) == Some(index);
    let comments: Vec<_> = selected.blocks().filter(|(_, block)| block.role.is_comment()).collect();
    if is_own && !comments.is_empty() {
        note.push_str("\n## Comments\n");
        for (number, block) in comments {
            write_block(&mut note, number, block, None, document, &links);
        }
    }
    note
}

/// YAML between two lines of dashes. A JSON string is a YAML string.
fn front_matter(document: &Document, index: usize, part: &Part) -> String {
    let mut yaml = "---\n".to_owned();
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(yaml, "{name}: {}", quoted(value));
        }
    };
    field("title", part.title.as_deref());
    field("kind", Some(part.kind.as_str()));
    field("date", part.published.as_ref().map(|published| published.edtf.as_str()));
    field("site", part.site.as_deref());
    let own = document.source.metadata.url.as_deref().filter(|_| part.kind.as_str() == "article");
    field("url", part.url.as_deref().or(own));
    field("language", document.language.as_deref());
    field("id", Some(&format!("{}#{index}", document.id)));
    field("source", Some(&document.source.located().to_string()));
    for (name, values) in [("authors", &part.authors), ("topics", &part.topics)] {
        if !values.is_empty() {
            let _ = writeln!(yaml, "{name}:");
            for value in values {
                let _ = writeln!(yaml, "  - {}", quoted(value));
            }
        }
    }
    yaml.push_str("---\n");
    yaml
}

fn quoted(value: &str) -> String {
    // JSON leaves some characters as they are that YAML wants escaped.
    let mut quoted = String::new();
    for character in Value::from(one_line(value).as_ref()).to_string().chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted
}

fn write_block(
    note: &mut String,
    number: usize,
    block: &Block,
    previous: Option<Role>,
    document: &Document,
    links: &Links<'_>,
) {
    let id = format!("^b{number}");
    let text = links.write(block.span);
    let is_run = previous == Some(block.role);
    if !(is_run && matches!(block.role, Role::ListItem | Role::Table)) {
        note.push('\n');
    }
    let _ = match block.role {
        Role::Title => writeln!(note, "# {text} {id}"),
        Role::Heading => {
            let level = usize::from(block.level.unwrap_or(2).clamp(2, 6));
            writeln!(note, "{} {text} {id}", "#".repeat(level))
        }
        Role::ListItem => {
            let indent = "  ".repeat(usize::from(block.depth.unwrap_or(1).clamp(1, 8)) - 1);
            writeln!(note, "{indent}- {text} {id}")
        }
        Role::Quote => writeln!(note, "> {text} {id}"),
        Role::Table => {
            let cells: Vec<_> = match block.cells.as_slice() {
                [] => vec![text],
                cells => cells.iter().map(|cell| links.write(*cell)).collect(),
            };
            if !is_run {
                let _ = writeln!(note, "|{}", "   |".repeat(cells.len()));
                let _ = writeln!(note, "|{}", " --- |".repeat(cells.len()));
            }
            let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            writeln!(note, "| {} |", cells.join(" | "))
        }
        Role::Code => {
            let code = document.slice(block);
            let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            writeln!(note, "{fence}\n{code}\n{fence}\n{id}")
        }
        Role::CommentAuthor => writeln!(note, "**{text}** {id}"),
        role if role.is_text() || role == Role::Comment => writeln!(note, "{text} {id}"),
        role => writeln!(note, "*{role}:* {text} {id}"),
    };
}

/// The mentions of a document, to be written as wiki links.
struct Links<'d> {
    text: &'d str,
    /// Mentions in order, none overlapping, each with the name of its entity.
    mentions: Vec<(Span, String)>,
}

impl<'d> Links<'d> {
    fn of(selected: &Selected<'d>, entities: &Entities<'d>) -> Self {
        let mut found: Vec<(Span, &Annotation)> = selected
            .annotations()
            .filter(|annotation| annotation.layer == "name" && !annotation.span.is_empty())
            .map(|annotation| (annotation.span, annotation))
            .collect();
        found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut names: HashMap<usize, String> = HashMap::new();
        let mut mentions: Vec<(Span, String)> = Vec::new();
        for (span, annotation) in found {
            if mentions.last().is_some_and(|(last, _)| last.overlaps(span)) {
                continue;
            }
            let id = annotation.value.get("entity").and_then(Value::as_str);
            let Some(number) = id.and_then(|id| entities.number(id)) else { continue };
            let Some(entity) = entities.get(number) else { continue };
            let name = names.entry(number).or_insert_with(|| {
                // Characters that end or change a wiki link.
                one_line(entity.name)
                    .replace(['[', ']', '|', '#', '^', '\\', '/', ':'], " ")
                    .trim()
                    .to_owned()
            });
            if !name.is_empty() {
                mentions.push((span, name.clone()));
            }
        }
        Links { text: selected.text(), mentions }
    }

    /// The text of `span` on one line, escaped; the first mention of each name is a link.
    fn write(&self, span: Span) -> String {
        let mut out = String::new();
        let mut at = span.start;
        let mut linked: HashSet<&str> = HashSet::new();
        let first = self.mentions.partition_point(|(mention, _)| mention.start < span.start);
        for (mention, name) in
            self.mentions[first..].iter().take_while(|(mention, _)| mention.end <= span.end)
        {
            if !linked.insert(name) {
                continue;
            }
            out.push_str(&escaped(&self.text[at..mention.start]));
            let words = one_line(&self.text[*mention]);
            match words == name.as_str() {
                true => out.push_str(&format!("[[{name}]]")),
                false => out.push_str(&format!("[[{name}|{}]]", words.replace(['[', ']', '|'], " "))),
            }
            at = mention.end;
        }
        out.push_str(&escaped(&self.text[at..span.end]));
        let line = one_line(&out).into_owned();
        // A number, dash or plus at the start of a line would begin a list.
        let marker = line.trim_start_matches(|c: char| c.is_ascii_digit());
        match line.chars().next() {
            Some('-' | '+' | '=') => format!("\\{line}"),
            Some('0'..='9') if marker.starts_with(['.', ')']) => {
                format!("{}\\{marker}", &line[..line.len() - marker.len()])
            }
            _ => line,
        }
    }
}

/// Text whose characters mean nothing to Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '^' | '~' | '|' | '$' | '>') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
