//! From labelled lines to the blocks and parts of a document.

use crate::{
    block::Block,
    byline,
    cue::{Cue, CueFinder},
    date::{self, Order},
    diagnostic::{Diagnostic, Severity},
    document::Document,
    edtf::{Edtf, Precision},
    label::{Label, Labels, Zone},
    language,
    layout::{End, Line, Marker, Markup, plain},
    names::standfirst_author,
    part::{Part, PartKind},
    published::{Evidence, Method, Published},
    role::Role,
    source::Metadata,
    span::Span,
    stamp,
};
use std::{cell::OnceCell, collections::HashSet};

/// Fills `document` with the blocks and parts that `labels` make of its `lines`.
pub(crate) fn assemble(document: &mut Document, lines: &[Line], labels: &Labels, cues: &CueFinder) {
    let mut builder = Builder { parts: Parts::default(), blocks: Vec::with_capacity(lines.len()) };
    let text = document.text.as_str();
    // Titles without their marks, in order.
    let mut titles: Vec<(Span, String)> = Vec::new();
    let stated_order = OnceCell::new();
    let order = || *stated_order.get_or_init(|| Order::of(text));
    for group in groups(lines, &labels.lines) {
        let label = labels.lines[group.start];
        let starts_embedded = group.start == 0
            || labels.lines[group.start - 1].zone != Zone::Embedded
            || label.role == Role::Title && builder.parts.embedded_has_body;
        let part = builder.parts.of(label, starts_embedded);
        let span = Span::new(lines[group.start].span.start, lines[group.end - 1].span.end);
        builder.parts.embedded_has_body |= builder.parts.embedded == Some(part) && label.role.is_body();
        let mut block = Block::new(span, label.role);
        block.part = part;
        block.confidence = label.confidence;
        block.why = label.why.into();
        let line = &lines[group.start];
        describe(&mut block, text, line, document.language.as_deref(), cues, &order);
        if label.role == Role::Title && (line.markup.is_some() || line.marker == Some(Marker::Bullet)) {
            let words = &text[line.content];
            titles.push((span, folded(&if line.markup.is_some() { plain(words) } else { words.to_owned() })));
        }
        builder.blocks.push(block);
    }
    attach_comments(&mut builder.blocks, text, lines, labels);
    let Builder { parts, mut blocks } = builder;
    let (mut parts, places) = in_order(parts.list);
    for block in &mut blocks {
        block.part = places[block.part];
    }
    let mut heads: Vec<Vec<&Block>> = vec![Vec::new(); parts.len()];
    for block in blocks.iter().filter(|block| HEAD_ROLES.contains(&block.role)) {
        heads[block.part].push(block);
    }
    for (part, blocks) in parts.iter_mut().zip(&heads).filter(|(part, _)| part.kind.is_article()) {
        head_part(part, blocks, text);
        let title = blocks.iter().find(|block| block.role == Role::Title);
        let plain = title
            .and_then(|title| titles.binary_search_by_key(&title.span.start, |(span, _)| span.start).ok());
        part.title = plain.map(|at| titles[at].1.clone()).or(part.title.take());
    }
    drop(heads);
    if let Some(article) = parts.first_mut().filter(|part| part.kind == PartKind::Article) {
        from_record(article, &document.source.metadata);
        let date = document.source.metadata.date.as_deref();
        let date = date.filter(|date| !date::is_none(date) && date::read_of_record(date).is_none());
        document.diagnostics.extend(date.map(|date| {
            let message = format!("the record says that it is of {date:?}, which cannot be read as a date");
            Diagnostic::new("record.date", Severity::Warning, message)
        }));
    }
    document.blocks = blocks;
    document.parts = parts;
}

struct Builder {
    parts: Parts,
    blocks: Vec<Block>,
}

/// The parts of a page as they turn up: at most one article, comments and furniture, any number of embedded articles.
#[derive(Default)]
struct Parts {
    list: Vec<Part>,
    article: Option<usize>,
    comments: Option<usize>,
    furniture: Option<usize>,
    /// The embedded article that was begun last.
    embedded: Option<usize>,
    /// Whether it has running text already.
    embedded_has_body: bool,
}

impl Parts {
    /// The index of the part that a label belongs to.
    fn of(&mut self, label: Label, starts_embedded: bool) -> usize {
        let kind = match (label.role, label.zone) {
            (role, _) if role.is_furniture() => PartKind::Furniture,
            (role, _) if role.is_comment() => PartKind::Comments,
            (_, Zone::Comments) => PartKind::Comments,
            (_, Zone::Embedded) => PartKind::Embedded,
            (_, Zone::Article) => PartKind::Article,
            // Outside an article even what looks like a part of one is furniture of the page.
            (_, Zone::Related | Zone::Furniture) => PartKind::Furniture,
        };
        let index = match kind {
            PartKind::Article => self.article,
            PartKind::Comments => self.comments,
            PartKind::Furniture => self.furniture,
            PartKind::Embedded => self.embedded.filter(|_| !starts_embedded),
        };
        if let Some(index) = index {
            return index;
        }
        let index = self.push(kind);
        match kind {
            PartKind::Article => self.article = Some(index),
            PartKind::Comments => self.comments = Some(index),
            PartKind::Furniture => self.furniture = Some(index),
            PartKind::Embedded => {
                self.embedded = Some(index);
                self.embedded_has_body = false;
            }
        }
        index
    }

    fn push(&mut self, kind: PartKind) -> usize {
        self.list.push(Part::new(kind));
        self.list.len() - 1
    }
}

/// The parts in the order of their kinds, and the new place of each.
fn in_order(parts: Vec<Part>) -> (Vec<Part>, Vec<usize>) {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| parts[at].kind);
    let mut places = vec![0; parts.len()];
    for (place, &at) in order.iter().enumerate() {
        places[at] = place;
    }
    (order.into_iter().map(|at| Part::new(parts[at].kind)).collect(), places)
}

/// The lines that make one block each: a label and the date below it, the lines of one comment's paragraph, lines of
/// code.
fn groups(lines: &[Line], labels: &[Label]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::with_capacity(lines.len());
    for at in 0..lines.len() {
        let joins = at > 0 && lines[at].gap == 0 && {
            let (above, label) = (labels[at - 1], labels[at]);
            above.role == label.role
                && above.zone == label.zone
                && match label.role {
                    Role::Status => lines[at - 1].shape.end == End::Colon,
                    Role::Comment | Role::Code => lines[at].marker.is_none() && lines[at].markup.is_none(),
                    _ => false,
                }
        };
        match groups.last_mut() {
            Some(group) if joins => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// Fills in what the text of a block says beside its role.
fn describe(
    block: &mut Block,
    text: &str,
    line: &Line,
    language: Option<&str>,
    cues: &CueFinder,
    order: &impl Fn() -> Option<Order>,
) {
    let end = if block.span.end == line.span.end { line.content.end } else { block.span.end };
    let content = &text[line.content.start..end];
    match block.role {
        Role::Heading => {
            block.level = match line.markup {
                Some(Markup::Heading(level)) => Some(level),
                _ => Some(2),
            };
        }
        Role::ListItem => {
            block.depth = match line.markup {
                Some(Markup::Item(depth)) => Some(depth),
                _ => Some(u8::try_from(line.indent / 4 + 1).unwrap_or(u8::MAX)),
            };
            if let Some(Marker::Number(number)) = line.marker {
                block.ordinal = Some(number);
            }
        }
        Role::Table => block.cells = cells(text, line.content),
        Role::Timestamp | Role::Status | Role::CommentAuthor => {
            if let Some(stamp) = stamp::of_timestamp(content).into_iter().next() {
                let ordered = || date::find_by(&content[stamp.range.clone()], order).map(|(_, date)| date);
                let is_open = stamp.date.precision() == Precision::Year;
                let date = if is_open { ordered() } else { None }.unwrap_or(stamp.date);
                let label = content[..stamp.range.start].trim();
                if block.role == Role::Status || label.ends_with(':') {
                    block.label = (!label.is_empty()).then(|| label.to_owned());
                }
                if block.role == Role::Timestamp {
                    block.author = joined(&byline::beside_date(content, stamp.range.start));
                }
                block.timestamp = Some(date);
            }
        }
        Role::Byline if matches!(line.markup, Some(Markup::Field(_))) => {
            // An address may stand behind the name.
            let names = content.split(['<', '@']).next().unwrap_or(content);
            let names = names
                .split_once("://")
                .map_or(names, |(names, _)| names.trim_end_matches(char::is_alphabetic));
            let mut names = byline::split(names.trim_matches(['[', ']', '-', ' ', '(']));
            names.retain(|name| !is_nobody(name));
            block.author = joined(&names);
        }
        Role::Byline => {
            block.author = byline_authors(content, cues);
            block.timestamp = byline_date(content, line);
        }
        Role::Standfirst => block.author = standfirst_author(content).map(str::to_owned),
        Role::SourceNote if line.markup.is_none() => block.outlet = outlet(content).map(str::to_owned),
        Role::RelatedTeaser | Role::Paragraph => {
            block.truncated = line.shape.end == End::Cut && is_cut(content)
        }
        _ => {}
    }
    if !content.is_ascii() {
        block.language = language::detect_beside(content, language).map(Into::into);
    }
}

/// Whether a text ends in three dots, so that the page cut it.
fn is_cut(content: &str) -> bool {
    let content = content.trim_end_matches([']', ')', ' ']);
    content.ends_with("..") || content.ends_with('…')
}

/// The cells of a table row, set apart by tabs or bars, else by two spaces and more. Where tabs part them, empty cells
/// count, those at the ends of the row too.
fn cells(text: &str, row: Span) -> Vec<Span> {
    let separator = ["\t", "|"].into_iter().find(|separator| text[row].contains(separator)).unwrap_or("  ");
    let is_tab = |byte: &&u8| **byte == b'\t';
    let has_empty = separator == "\t";
    let mut cells = Vec::new();
    if has_empty {
        let n_before = text.as_bytes()[..row.start].iter().rev().take_while(is_tab).count();
        cells.resize(n_before, Span::new(row.start, row.start));
    }
    let mut start = row.start;
    for cell in text[row].split(separator) {
        let lead = cell.len() - cell.trim_start().len();
        let content = cell.trim();
        if has_empty || !content.is_empty() {
            let start = (start + lead).min(row.end);
            cells.push(Span::new(start, start + content.len()));
        }
        start += cell.len() + separator.len();
    }
    if has_empty {
        let n_behind = text.as_bytes()[row.end..].iter().take_while(is_tab).count();
        cells.extend(std::iter::repeat_n(Span::new(row.end, row.end), n_behind));
    }
    cells
}

/// The persons that a byline names, parted by commas; where it names none as persons are, its words without its label
/// and what follows them.
fn byline_authors(content: &str, cues: &CueFinder) -> Option<String> {
    /// Words of the longest byline; a longer text is about its author.
    const LONGEST: usize = 24;
    if content.split_whitespace().count() <= LONGEST
        && !cues.find(content, &mut String::new()).has(Cue::AboutAuthor)
    {
        let mut persons = byline::persons(content, true);
        persons.retain(|name| !is_nobody(name));
        if !persons.is_empty() {
            return joined(&persons);
        }
    }
    byline_author(content, cues)
}

fn is_nobody(name: &str) -> bool {
    byline::words::is_nobody(name) || byline::words::is_domain(name)
}

fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

/// The date of a byline that says when something was published as well; a text about the author says when he lived.
fn byline_date(content: &str, line: &Line) -> Option<Edtf> {
    if line.shape.is_prose() || line.shape.n_digits < 3 || content.len() > 160 {
        return None;
    }
    let stamp = stamp::stamps(content).into_iter().next().filter(|stamp| !stamp.is_change)?;
    Some(stamp.date).filter(|date| date.as_str().len() >= "2021-05-03".len())
}

/// The words of a byline without its label and what follows the names.
fn byline_author(content: &str, cues: &CueFinder) -> Option<String> {
    let found = cues.find(content, &mut String::new());
    if !found.has(Cue::Author) && found.has_any(&[Cue::Published, Cue::Credit, Cue::Count]) {
        return None;
    }
    let names = if found.has(Cue::Author) { after_label(content) } else { content };
    let names = names.split([',', '|', '·', '•', '(']).next().unwrap_or(names);
    let names = date::find(names).map_or(names, |(range, _)| &names[..range.start]);
    let names =
        names.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | '/'));
    let is_names = names.split_whitespace().count() <= 8
        && names.split_whitespace().any(|word| word.starts_with(char::is_uppercase))
        && !found.has_any(&[Cue::AboutAuthor, Cue::Member])
        && !is_nobody(names)
        && !byline::words::is_only_post(names)
        && !byline::words::after_introduction(&format!("{names} ")).is_empty();
    is_names.then(|| names.to_owned())
}

/// What stands behind "By", "Written by", "Text:".
fn after_label(content: &str) -> &str {
    if let Some((label, names)) = content.split_once(':')
        && label.split_whitespace().count() <= 3
    {
        return names;
    }
    let mut rest = content;
    // A label is a few words in small letters, the first perhaps with a capital: "By", "Written by".
    for nth in 0..3 {
        let Some((word, tail)) = rest.split_once(char::is_whitespace) else { return rest };
        let is_label = word.chars().next().is_some_and(char::is_lowercase) || nth == 0;
        if !is_label {
            break;
        }
        rest = tail.trim_start();
    }
    rest
}

/// The outlet that a source note names: what stands behind its label.
fn outlet(content: &str) -> Option<&str> {
    let (label, rest) = content.split_once(':')?;
    let outlet = rest.trim().trim_end_matches('.');
    (label.split_whitespace().count() <= 4 && !outlet.is_empty() && outlet.split_whitespace().count() <= 10)
        .then_some(outlet)
}

/// Gives each comment block its author and its place in the thread.
fn attach_comments(blocks: &mut [Block], text: &str, lines: &[Line], labels: &Labels) {
    let mut block = 0;
    for comment in &labels.comments {
        let start = lines[comment.lines.start].span.start;
        let end = lines[comment.lines.end - 1].span.end;
        while block < blocks.len() && blocks[block].span.start < start {
            block += 1;
        }
        while block < blocks.len() && blocks[block].span.start < end {
            let block_ = &mut blocks[block];
            if block_.role.is_comment() {
                block_.path = Some(comment.path.clone());
                block_.depth = Some(comment.depth);
                block_.ordinal = Some(comment.ordinal);
                block_.author.clone_from(&comment.author);
                block_.truncated = is_cut(&text[block_.span]);
            }
            block += 1;
        }
    }
}

/// Roles of blocks that say of an article what it is called, who wrote it and when.
const HEAD_ROLES: [Role; 4] = [Role::Title, Role::Byline, Role::Standfirst, Role::Timestamp];

/// Gives an article its title, authors and date from those of its blocks that say so.
fn head_part(part: &mut Part, blocks: &[&Block], text: &str) {
    let own = || blocks.iter().copied();
    part.title = own().find(|block| block.role == Role::Title).map(|block| folded(&text[block.span]));
    let mut known = HashSet::new();
    for block in own().filter(|block| matches!(block.role, Role::Byline | Role::Standfirst)) {
        for author in block.author.iter().flat_map(|authors| authors.split(", ")) {
            if known.insert(author) {
                part.authors.push(author.to_owned());
            }
        }
    }
    if part.authors.is_empty() {
        let named =
            own().filter(|block| block.role == Role::Timestamp).find_map(|block| block.author.as_ref());
        part.authors.extend(named.iter().flat_map(|names| names.split(", ")).map(str::to_owned));
    }
    // A label of change may stand on a line of its own over the date.
    let mut is_labelled = false;
    for block in own().filter(|block| block.role == Role::Timestamp) {
        let line = &text[block.span];
        let stamps = stamp::of_timestamp(line);
        for stamp in &stamps {
            let is_change = stamp.is_change || is_labelled && stamp.label.is_empty();
            let date = if is_change { &mut part.modified } else { &mut part.published };
            // The block has it as the page's other dates are read.
            let read = block.timestamp.as_ref().filter(|_| stamps.len() == 1).unwrap_or(&stamp.date);
            date.get_or_insert_with(|| dated(block, read.clone()));
        }
        is_labelled = stamps.is_empty() && stamp::says_change(line);
    }
    if part.published.is_none() {
        let dated_byline = |block: &&Block| Some(dated(block, block.timestamp.clone()?));
        part.published = blocks.iter().filter(|block| block.role == Role::Byline).find_map(dated_byline);
    }
}

/// Takes from the record what the page itself does not say of its article: address and date of publication. The
/// address's own date goes before the record's, which can be the day the page was fetched.
fn from_record(article: &mut Part, metadata: &Metadata) {
    article.url.clone_from(&metadata.url);
    let of_address = || {
        let url = metadata.url.as_deref()?;
        let evidence = Evidence::Field { field: "record.url".to_owned(), value: url.to_owned() };
        Some(Published::new(date::find_in_url(url)?, Method::Url, evidence))
    };
    let of_record = || {
        let stamp = metadata.date.as_deref()?;
        let evidence = Evidence::Field { field: "record.date".to_owned(), value: stamp.to_owned() };
        Some(Published::new(date::read_of_record(stamp)?, Method::Record, evidence))
    };
    article.published = article.published.take().or_else(of_address).or_else(of_record);
}

fn dated(block: &Block, date: Edtf) -> Published {
    Published::new(date, Method::Timestamp, Evidence::Span { span: block.span })
}

/// A text with its white space folded.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
