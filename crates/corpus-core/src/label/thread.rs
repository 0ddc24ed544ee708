//! The comments of a page: who says what in answer to whom.
//!
//! Comments repeat a pattern. A line marks where each begins or ends: a name and "says", a name and a time, a running
//! number, a row of buttons. Where such marks recur, with text between them, there is a thread.

use super::{
    Label, Page,
    evidence::{Form, SURE},
    zone::Zone,
};
use crate::{
    cue::Cue,
    date,
    layout::{End, Marker},
    role::Role,
};
use std::ops::Range;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its lines, the one that says who comments among them.
    pub lines: Range<usize>,
    /// Who comments.
    pub author: Option<String>,
    /// Place in the thread: "3.1" is the first reply to the third comment.
    pub path: String,
    /// Its number as the page shows it, or by count.
    pub ordinal: u32,
    /// Number of comments it answers in a row, plus one.
    pub depth: u8,
}

/// The comments of a page and where they lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Thread {
    /// The lines of the comments; empty where there are none.
    pub range: Range<usize>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
    /// What marks a comment, for each line of the page.
    marks: Vec<Option<Mark>>,
}

/// How a line marks a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// "Name says": opens a comment.
    Says,
    /// "1. Name" over text that is set deeper: opens a comment.
    Item,
    /// "Name · 3 May 2020 10:15": opens a comment.
    Dated,
    /// "#2", "Post #2", "name 12 points": opens a comment.
    Member,
    /// "2", then "3": opens a comment.
    Number,
    /// "Reply": closes a comment.
    Button,
}

impl Mark {
    const fn opens(self) -> bool {
        !matches!(self, Mark::Button)
    }
}

/// The thread of a page.
pub(super) fn find(page: &Page<'_>) -> Thread {
    let n_lines = page.lines.len();
    let mut marks: Vec<Option<Mark>> = (0..n_lines).map(|at| mark(page, at)).collect();
    drop_lone_marks(page, &mut marks);
    let heading = heading(page, &marks);
    let first_mark = marks.iter().position(Option::is_some);
    let start = match (heading, first_mark) {
        (Some(heading), Some(mark)) if heading < mark => heading + 1,
        (None, Some(mark)) => start_of_first(page, &marks, mark),
        (Some(heading), Some(mark)) => start_of_first(page, &marks, mark).min(heading),
        (Some(heading), None) => heading + 1,
        (None, None) => return Thread { marks, ..Thread::default() },
    };
    let start = (start..n_lines).find(|&at| !is_aside(page, &marks, at)).unwrap_or(n_lines);
    let last_mark = marks.iter().rposition(Option::is_some).map_or(start, |at| at + 1).max(start);
    // Where comments are set in, what is not set in any more is none.
    let indent = page.lines.get(start).map_or(0, |line| line.indent);
    let is_set_out = |at: usize| page.lines[at].indent < indent && page.lines[at].gap > 0;
    let end = (last_mark..n_lines).find(|&at| ends_thread(page, at) || is_set_out(at)).unwrap_or(n_lines);
    let range = start..end;
    let n_marks = marks[range.clone()].iter().flatten().count();
    if heading.is_none() && page.n_prose(range.clone()) as usize > n_marks * LONGEST {
        return Thread { marks, ..Thread::default() };
    }
    let comments = comments(page, &marks, range.clone());
    Thread { range, comments, marks }
}

/// The most lines of running text for each mark: more is an article that has a button or two of its own.
const LONGEST: usize = 10;

/// How a line marks a comment, by itself.
fn mark(page: &Page<'_>, at: usize) -> Option<Mark> {
    let line = &page.lines[at];
    let evidence = &page.evidence[at];
    let shape = &line.shape;
    let content = page.content(at);
    if matches!(evidence.form, Form::Prose | Form::Row | Form::Code) || shape.n_words > 12 {
        return None;
    }
    if evidence.cues.has(Cue::CommentButton) && shape.n_words <= 4 {
        return Some(Mark::Button);
    }
    if evidence.cues.has(Cue::Says) && shape.n_words <= 10 && !shape.end.is_sentence() {
        return Some(Mark::Says);
    }
    if is_item_over_text(page, at) {
        return Some(Mark::Item);
    }
    if shape.n_letters == 0
        && shape.n_words == 1
        && shape.n_bytes <= 4
        && content.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(Mark::Number);
    }
    let is_numbered = content.starts_with('#')
        && content[1..].starts_with(|c: char| c.is_ascii_digit())
        && (shape.n_letters == 0 || evidence.has_date || content.contains('·'));
    if is_numbered
        || (evidence.cues.has(Cue::Member) && shape.n_words <= 9 && shape.n_digits > 0 && !evidence.has_date)
    {
        return Some(Mark::Member);
    }
    let is_age = evidence.cues.has(Cue::Age) && shape.n_digits > 0;
    let has_clock = content.contains(':') || is_age;
    let is_named = || {
        let rest = without_date(content);
        (rest.len() < content.len() && rest.chars().filter(|c| c.is_alphabetic()).count() >= 2)
            || (at > 0 && page.lines[at].gap <= 1 && is_name(page, at - 1))
    };
    if (evidence.has_date || is_age) && has_clock && shape.n_words <= 10 && is_named() {
        return Some(Mark::Dated);
    }
    None
}

/// Whether a line is a short item of a list over text that is set deeper, as a name over its comment.
fn is_item_over_text(page: &Page<'_>, at: usize) -> bool {
    let line = &page.lines[at];
    let Some(below) = page.lines.get(at + 1) else { return false };
    line.marker.is_some()
        && line.shape.n_words <= 6
        && matches!(line.shape.end, End::Open | End::Colon | End::Comma)
        && below.marker.is_none()
        && below.indent > line.indent
        && line.gap > 0
        && below.gap > 0
}

/// Takes away the marks of each kind that does not recur as a thread's would.
fn drop_lone_marks(page: &Page<'_>, marks: &mut [Option<Mark>]) {
    for kind in [Mark::Says, Mark::Item, Mark::Dated, Mark::Member, Mark::Number, Mark::Button] {
        let all: Vec<usize> = (0..marks.len()).filter(|&at| marks[at] == Some(kind)).collect();
        let row = if kind == Mark::Number { running(page, &all) } else { all.clone() };
        let recurs = !row.is_empty() && recurs(page, kind, &row);
        let mut kept = row.iter().copied().filter(|&at| recurs && !is_among_links(page, at)).peekable();
        for at in all {
            if kept.next_if_eq(&at).is_none() {
                marks[at] = None;
            }
        }
    }
    // The article itself comes before its comments. Where nothing does, the page is a discussion, and its first
    // post is what the page was published for.
    let first = marks.iter().position(|mark| mark.is_some_and(Mark::opens));
    if let Some(first) = first
        && !page.has_text(0..first)
    {
        let second = (first + 1..marks.len())
            .find(|&at| marks[at].is_some_and(Mark::opens) && page.has_text(first..at))
            .unwrap_or(marks.len());
        marks[first..second].fill(None);
    }
}

/// Whether marks of one kind, which stand at `all`, recur as a thread's would.
fn recurs(page: &Page<'_>, kind: Mark, all: &[usize]) -> bool {
    let has_body = |at: &&usize| page.has_text(**at + 1..page.lines.len().min(**at + 5));
    match kind {
        Mark::Says => {
            // "The mayor said:" stands in articles as well. Comments are set in or listed, or have a heading above or a
            // form below.
            let last = all[all.len() - 1];
            let is_set_in = |at: &&usize| page.lines[**at].marker.is_some() || page.lines[**at].indent > 0;
            let n_set_in = all.iter().filter(is_set_in).count();
            let has_form = (last..page.lines.len()).any(|at| page.evidence[at].claims(Role::Form));
            let is_framed = has_form || heading_before(page, all[0]).is_some();
            let is_listed = n_set_in * 2 > all.len();
            (is_framed && (is_listed || all.len() >= 2)) || (is_listed && all.len() >= 3)
        }
        Mark::Item => {
            // A list of steps looks the same; comments come at the end, before a form, or look like member names.
            let last = all[all.len() - 1];
            let is_last = (last + 1..page.lines.len()).all(|at| {
                page.lines[at].indent > 0 || page.evidence[at].own.is_some_and(|own| own.role.is_furniture())
            });
            let has_form = (last..page.lines.len()).any(|at| page.evidence[at].claims(Role::Form));
            all.len() >= 2 && is_last && (has_form || heading_before(page, all[0]).is_some())
        }
        Mark::Dated => {
            (all.len() >= 3 || heading_before(page, all[0]).is_some())
                && all.iter().filter(has_body).count() * 3 >= all.len() * 2
        }
        Mark::Member => all.len() >= 2,
        Mark::Number => {
            let n_over_text =
                all.iter().filter(|&&at| page.has_text(at + 1..page.lines.len().min(at + 2))).count();
            // The steps of a recipe run as well, but nobody answers them.
            let is_answered = page.evidence.iter().any(|evidence| {
                evidence.cues.has_any(&[Cue::CommentHeading, Cue::CommentButton, Cue::Says, Cue::Member])
                    || evidence.claims(Role::Form)
            });
            let is_running = all.len() >= 3 && n_over_text * 3 >= all.len() * 2;
            is_running && is_answered && page.n_prose(0..all[0]) <= 3
        }
        Mark::Button => {
            all.len() >= 2 && all.windows(2).filter(|pair| page.has_text(pair[0] + 1..pair[1])).count() >= 1
        }
    }
}

/// Of numbers alone on their lines, those that run 1, 2, 3 … with text between.
fn running(page: &Page<'_>, all: &[usize]) -> Vec<usize> {
    let mut row: Vec<usize> = Vec::new();
    let mut expected = None;
    for &at in all {
        let Ok(number) = page.content(at).parse::<u32>() else { continue };
        let follows = match (expected, row.last()) {
            (Some(next), Some(&last)) => number == next && page.has_text(last..at),
            _ => number <= 2,
        };
        if follows {
            row.push(at);
            expected = Some(number + 1);
        }
    }
    row
}

/// Whether a line stands right below the heading of links to other articles.
fn is_among_links(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at)
        .rev()
        .find_map(|above| page.evidence[above].sure().filter(|own| own.role.is_furniture()))
        .is_some_and(|own| own.role == Role::RelatedHeading)
}

/// The heading of the comments: "12 comments" or the like behind the article, with something below it that could be
/// comments.
fn heading(page: &Page<'_>, marks: &[Option<Mark>]) -> Option<usize> {
    let n_lines = page.lines.len();
    let last_mark = marks.iter().rposition(Option::is_some);
    // The next line behind each that cannot belong to comments.
    let mut next_end = vec![n_lines; n_lines + 1];
    for at in (0..n_lines).rev() {
        next_end[at] = if ends_thread(page, at) { at } else { next_end[at + 1] };
    }
    (0..n_lines).find(|&at| {
        let evidence = &page.evidence[at];
        if !evidence.cues.has(Cue::CommentHeading)
            || !evidence.claims(Role::Navigation)
            || page.n_prose(0..at) == 0
        {
            return false;
        }
        let is_counted = page.lines[at].shape.n_digits > 0 && !page.content(at).starts_with('0');
        let has_marks = last_mark > Some(at);
        let end = next_end[at + 1];
        let has_comments = page.has_text(at + 1..end);
        let goes_on = page.n_prose(end..n_lines) >= 3;
        has_comments && !goes_on && (has_marks || is_counted)
    })
}

fn heading_before(page: &Page<'_>, at: usize) -> Option<usize> {
    (at.saturating_sub(4)..at).find(|&above| page.evidence[above].cues.has(Cue::CommentHeading))
}

/// Where the comment begins that the first mark belongs to: at the mark, at the name above it, or, where marks close
/// comments, at the text above it.
fn start_of_first(page: &Page<'_>, marks: &[Option<Mark>], mark: usize) -> usize {
    let opens = marks[mark].is_some_and(Mark::opens);
    let mut start = mark;
    if opens {
        while start > 0 && marks[mark] == Some(Mark::Dated) && is_name(page, start - 1) {
            start -= 1;
        }
        return start;
    }
    while start > 0
        && page.lines[start].gap <= 1
        && mark - start < 2
        && page.evidence[start - 1].form != Form::Short
    {
        start -= 1;
    }
    start.min(mark.saturating_sub(1))
}

/// Whether a line is no more than a name.
fn is_name(page: &Page<'_>, at: usize) -> bool {
    let shape = &page.lines[at].shape;
    // "Marten K." ends on a stop and is a name all the same.
    let ends_as_name =
        shape.end == End::Open || (shape.end == End::Stop && shape.n_words <= 3 && shape.n_small == 0);
    page.evidence[at].form == Form::Short
        && page.evidence[at].sure().is_none()
        && !page.content(at).contains(':')
        && shape.n_words <= 4
        && ends_as_name
        && shape.n_letters > 1
}

/// Whether a line before the first comment is no comment: a heading, a counter, a way to sort, a form.
fn is_aside(page: &Page<'_>, marks: &[Option<Mark>], at: usize) -> bool {
    let evidence = &page.evidence[at];
    marks[at].is_none() && evidence.own.is_some_and(|own| own.role.is_furniture() && own.strength >= SURE)
}

/// Whether a line cannot belong to the comments.
fn ends_thread(page: &Page<'_>, at: usize) -> bool {
    page.evidence[at].sure().is_some_and(|own| match own.role {
        Role::Form | Role::RelatedHeading | Role::Legal => true,
        Role::Promo => page.evidence[at].form != Form::Prose,
        Role::Navigation => {
            !page.evidence[at].cues.has(Cue::CommentButton) && page.lines[at].shape.n_letters > 0
        }
        _ => false,
    })
}

/// The deepest reply that gets a place of its own.
const DEEPEST: usize = 32;

/// The comments between the marks of `range`.
fn comments(page: &Page<'_>, marks: &[Option<Mark>], range: Range<usize>) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    // The indents of the comments that the current one answers, and how many each has been answered by.
    let mut levels: Vec<(u16, u32)> = Vec::new();
    let openers: Vec<usize> = openers(page, marks, range.clone());
    for (nth, &start) in openers.iter().enumerate() {
        let end = openers.get(nth + 1).copied().unwrap_or(range.end);
        let indent = page.lines[start].indent;
        while levels.len() > 1 && levels.last().is_some_and(|&(last, _)| indent < last) {
            levels.pop();
        }
        let is_deepest = levels.len() >= DEEPEST;
        match levels.last_mut() {
            Some((last, count)) if indent <= *last => *count += 1,
            // Replies to replies end somewhere, whatever a page says.
            Some((_, count)) if is_deepest => *count += 1,
            _ => levels.push((indent, 1)),
        }
        let shown = match (page.lines[start].marker, marks[start]) {
            (Some(Marker::Number(number)), _) => Some(number),
            (None, Some(Mark::Number)) => page.content(start).parse().ok(),
            _ => None,
        };
        if let (Some(number), Some((_, count))) = (shown, levels.last_mut()) {
            *count = number;
        }
        let path: Vec<String> = levels.iter().map(|(_, count)| count.to_string()).collect();
        comments.push(Comment {
            lines: start..end,
            author: author(page, marks, start..end),
            path: path.join("."),
            ordinal: levels.last().map_or(1, |&(_, count)| count),
            depth: u8::try_from(levels.len()).unwrap_or(u8::MAX),
        });
    }
    comments
}

/// The first line of each comment.
fn openers(page: &Page<'_>, marks: &[Option<Mark>], range: Range<usize>) -> Vec<usize> {
    let has_openers = range.clone().any(|at| marks[at].is_some_and(Mark::opens));
    let mut openers = Vec::new();
    let mut is_open = false;
    for at in range.clone() {
        let opens = if has_openers {
            // Several marks in a row, such as a number, a name and a time, open one comment.
            marks[at].is_some_and(Mark::opens) && !is_open
        } else {
            at == range.start || (marks[at - 1].is_some() && marks[at].is_none())
        };
        if opens {
            // The name stands over the time.
            let is_under_name = marks[at] == Some(Mark::Dated)
                && at > range.start
                && marks[at - 1].is_none()
                && is_name(page, at - 1);
            openers.push(if is_under_name { at - 1 } else { at });
        }
        is_open = marks[at].is_some_and(Mark::opens) || (is_open && is_name(page, at));
    }
    openers
}

/// Who wrote a comment.
fn author(page: &Page<'_>, marks: &[Option<Mark>], lines: Range<usize>) -> Option<String> {
    let start = lines.start;
    let content = page.content(start);
    let Some(mark) = marks[start] else {
        return is_name(page, start).then(|| content.to_owned());
    };
    let name = match mark {
        Mark::Says => before_verb(content),
        Mark::Item => content.trim_end_matches(':'),
        Mark::Dated => without_date(content),
        Mark::Member | Mark::Number | Mark::Button => "",
    };
    let name = name
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '·' | '|' | '-' | '–' | '•'));
    let is_telling = name.chars().any(char::is_alphabetic) && name.len() <= 80;
    is_telling.then(|| name.to_owned())
}

/// Verbs that follow the name of who comments.
const VERBS: &[&str] = &[
    "says",
    "said",
    "writes",
    "wrote",
    "commented",
    "comments",
    "replied",
    "replies",
    "responded",
    "responds",
    "posted",
    "posts",
    "answered",
    "answers",
    "added",
    "adds",
    "remarked",
    "remarks",
    "notes",
    "noted",
    "sagt",
    "schreibt",
    "schrieb",
    "kommentierte",
    "antwortete",
    "meint",
    "dit",
    "écrit",
    "a",
    "dice",
    "dijo",
    "escribió",
    "comentó",
    "diz",
    "disse",
    "escreveu",
    "comentou",
    "ha",
    "scrive",
    "zegt",
    "schreef",
    "säger",
    "skriver",
    "skrev",
    "sier",
    "siger",
    "sanoo",
    "kirjoitti",
    "pisze",
    "napisał",
    "napisała",
    "mówi",
    "říká",
    "napsal",
    "napsala",
    "говорит",
    "пишет",
    "написал",
    "написала",
    "сказал",
    "сказала",
    "каже",
    "пише",
    "казва",
    "dedi",
    "diyor",
    "yazdı",
    "szerint",
    "írta",
    "spune",
    "λέει",
];

/// The words before the verb; all words where there is none.
pub(crate) fn before_verb(content: &str) -> &str {
    let mut end = 0;
    for word in content.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if end > 0 && VERBS.contains(&bare.as_str()) {
            return &content[..end];
        }
        end += word.len();
    }
    content
}

fn without_date(content: &str) -> &str {
    match date::find(content) {
        Some((range, _)) if range.start > 0 => &content[..range.start],
        Some((range, _)) => &content[range.end..],
        None => content,
    }
}

/// Labels the lines of the comments.
pub(super) fn label(page: &Page<'_>, thread: &Thread, range: Range<usize>, labels: &mut [Label]) {
    for at in range {
        let evidence = &page.evidence[at];
        let names_dated =
            thread.marks.get(at + 1).copied().flatten() == Some(Mark::Dated) && is_name(page, at);
        let (role, confidence, why) = if thread.marks[at].is_some() {
            (Role::CommentAuthor, 0.9, "marks a comment of the thread")
        } else if names_dated {
            (Role::CommentAuthor, 0.75, "a name over the time of a comment")
        } else if evidence.cues.has(Cue::CommentButton) && page.lines[at].shape.n_words <= 4 {
            (Role::CommentAuthor, 0.7, "a button or count under a comment")
        } else if evidence.cues.has(Cue::Member) && page.lines[at].shape.n_words <= 6 {
            (Role::CommentAuthor, 0.65, "what a forum writes beside a name")
        } else {
            (Role::Comment, 0.85, "text between the marks of the thread")
        };
        labels[at] = Label { role, zone: Zone::Comments, confidence, why };
    }
}
