//! What a line says of itself, whatever surrounds it.

use crate::{
    byline::{self, caseless},
    cue::{Cue, CueFinder, Cues},
    date,
    layout::{End, Line, Shape, Start},
    role::Role,
    stamp::{self, stamps},
};

/// What is known of a line by itself.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// The cues its words give.
    pub cues: Cues,
    /// Whether it states a date.
    pub has_date: bool,
    /// Whether it states a further date, and that as one of change.
    pub is_changed: bool,
    /// Share of its bytes that states dates, from 0 to 1.
    pub date_share: f32,
    /// What it is by its shape.
    pub form: Form,
    /// The role its own words claim.
    pub own: Option<Own>,
}

/// What a line is by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Running text.
    Prose,
    /// A short line that is no sentence.
    Short,
    /// A short sentence.
    Sentence,
    /// A table row.
    Row,
    /// Program text.
    Code,
}

/// A role that the words of a line claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Own {
    /// The role.
    pub(crate) role: Role,
    /// How sure, from 0 to 1.
    pub(crate) strength: f32,
    /// What claims it, in a few words.
    pub(crate) why: &'static str,
}

impl Own {
    pub(super) const fn new(role: Role, strength: f32, why: &'static str) -> Option<Own> {
        Some(Own { role, strength, why })
    }
}

/// Above this strength the words of a line decide its role, wherever it stands.
pub(super) const SURE: f32 = 0.6;

impl Evidence {
    pub(super) fn of(text: &str, line: &Line, finder: &CueFinder, folded: &mut String) -> Evidence {
        let content = line.content(text);
        let cues = finder.find(content, folded);
        let shape = &line.shape;
        let stamps = if shape.n_bytes <= 160 && shape.n_digits >= 3 { stamps(content) } else { Vec::new() };
        let mut evidence = Evidence {
            cues,
            has_date: !stamps.is_empty(),
            is_changed: stamps.len() > 1 && stamps[1..].iter().any(|stamp| stamp.is_change),
            date_share: stamp::share(content, &stamps),
            form: form(line, content),
            own: None,
        };
        evidence.own = own(line, content, &evidence);
        evidence
    }

    /// The role its own words surely claim.
    pub(super) fn sure(&self) -> Option<Own> {
        self.own.filter(|own| own.strength >= SURE)
    }

    /// Whether its own words surely make it furniture.
    pub(super) fn is_furniture(&self) -> bool {
        self.sure().is_some_and(|own| own.role.is_furniture())
    }

    /// Whether its own words surely claim `role`.
    pub(super) fn claims(&self, role: Role) -> bool {
        self.sure().is_some_and(|own| own.role == role)
    }
}

/// Reads a label on a line of its own together with the date below it: a publication date where the label says so,
/// else a stamp.
pub(super) fn join_stamps(lines: &[Line], evidence: &mut [Evidence]) {
    for below in 1..lines.len() {
        let label = &lines[below - 1];
        let has_label_form = label.shape.end == End::Colon || evidence[below - 1].cues.has(Cue::Stamp);
        let is_label = has_label_form && label.shape.n_words <= 5 && label.shape.n_letters > 2;
        if !is_label || lines[below].gap > 1 || evidence[below].date_share < 0.45 {
            continue;
        }
        let own = if evidence[below - 1].cues.has(Cue::Published) {
            Own::new(Role::Timestamp, 0.9, "a label of publication over a date")
        } else {
            Own::new(Role::Status, 0.9, "a label that is none of publication, over a date")
        };
        evidence[below - 1].own = own;
        evidence[below].own = own;
    }
}

/// What is said of the lines that a forum writes beside a name.
pub(crate) const PROFILE: &str = "what a forum writes beside a name";

/// Tells the lines that a forum writes beside a name ("Joined: May 2010", "Posts: 1,234") where several stand together.
pub(super) fn join_profiles(text: &str, lines: &[Line], evidence: &mut [Evidence]) {
    let is_labelled = |at: usize| {
        let shape = &lines[at].shape;
        evidence[at].cues.has(Cue::Member)
            && shape.n_words <= 6
            && !shape.end.is_sentence()
            && lines[at].content(text).split_once(':').is_some_and(|(_, value)| !value.trim().is_empty())
    };
    let mut at = 0;
    let mut profiles = Vec::new();
    while at < lines.len() {
        let end = (at..lines.len()).find(|&end| !is_labelled(end) || end > at && lines[end].gap > 1);
        let end = end.unwrap_or(lines.len());
        if end >= at + 2 && (at..end).any(|at| lines[at].shape.n_digits > 0) {
            // Over them stand the rank and the name.
            let is_rank = |at: usize| evidence[at].cues.has(Cue::Member) && lines[at].shape.n_words <= 3;
            let is_close = |at: usize| at > 1 && lines[at].gap == 0 && evidence[at - 1].form == Form::Short;
            let rank = at - usize::from(is_close(at) && is_rank(at - 1));
            let name = rank - usize::from(is_close(rank) && lines[rank - 1].shape.n_words <= 3);
            profiles.extend(name..end);
        }
        at = end.max(at + 1);
    }
    for at in profiles {
        evidence[at].own = Own::new(Role::Byline, 0.8, PROFILE);
    }
}

/// Frees the running text of a page from what its words seem to claim ("The bank starts a newsletter"), where all of it
/// claims to be an appeal or a note and nothing on the page is what such texts stand beside.
pub(super) fn free_only_text(evidence: &mut [Evidence]) {
    const FREED: f32 = 0.75;
    const MOST: usize = 12;
    let is_doubtful = |line: &Evidence| {
        line.own.is_some_and(|own| {
            matches!(own.role, Role::Promo | Role::Disclaimer) && (SURE..=FREED).contains(&own.strength)
        })
    };
    let is_open = |line: &Evidence| match line.form {
        Form::Prose => is_doubtful(line),
        _ => line.sure().is_none_or(|own| !own.role.is_furniture() || own.role == Role::Promo),
    };
    let has_text = evidence.iter().any(|line| line.form == Form::Prose);
    if evidence.len() > MOST || !has_text || !evidence.iter().all(is_open) {
        return;
    }
    for line in evidence.iter_mut().filter(|line| line.form == Form::Prose) {
        line.own = None;
    }
}

/// Frees the headline of a page from what its first words seem to claim ("Support for the plan grows"): where every line
/// over the running text claims to be something else, the longest is the headline.
pub(super) fn free_headline(lines: &[Line], evidence: &mut [Evidence]) {
    let Some(prose) =
        evidence.iter().take(24).position(|evidence| evidence.form == Form::Prose && evidence.own.is_none())
    else {
        return;
    };
    let is_headline = |at: usize| {
        evidence[at].form == Form::Short
            && lines[at].marker.is_none()
            && matches!(lines[at].shape.end, End::Open | End::Asked)
            && lines[at].shape.n_words >= 2
    };
    if (0..prose).any(|at| is_headline(at) && evidence[at].sure().is_none()) {
        return;
    }
    let claims_wrongly = |at: usize| {
        is_headline(at)
            && (4..=24).contains(&lines[at].shape.n_words)
            && !evidence[at].has_date
            && !evidence[at].cues.has_any(&[Cue::Age, Cue::Count])
            && lines[at].gap > 0
    };
    if let Some(at) = (0..prose)
        .filter(|&at| claims_wrongly(at))
        .max_by_key(|&at| (lines[at].shape.n_words, usize::MAX - at))
    {
        evidence[at].own = None;
    }
}

/// Tells headings of links to other articles by what stands below them, where their words alone would not do: two short
/// lines and more without running text, or the title and date of another article. Tells a copyright sign over running
/// text as a picture's.
pub(super) fn head_links(lines: &[Line], evidence: &mut [Evidence]) {
    let last_prose =
        evidence.iter().rposition(|evidence| evidence.form == Form::Prose && evidence.own.is_none());
    let mut has_prose = false;
    for at in 0..lines.len() {
        has_prose |= evidence[at].form == Form::Prose;
        let Some(below) = evidence.get(at + 1) else { break };
        let shape = &lines[at].shape;
        if evidence[at].claims(Role::Legal)
            && below.form == Form::Prose
            && shape.n_words <= 4
            && shape.n_digits == 0
        {
            evidence[at].own = Own::new(Role::Credit, 0.65, "a copyright sign over running text");
        }
        let is_free = evidence[at].own.is_none_or(|own| own.role == Role::Navigation && own.strength < 0.9);
        let is_heading = has_prose
            && is_free
            && evidence[at].form == Form::Short
            && lines[at].marker.is_none()
            && shape.n_words <= 5
            && !shape.end.is_sentence()
            && evidence[at].cues.has(Cue::RelatedWord);
        if !is_heading {
            continue;
        }
        let is_link = |at: usize| {
            evidence.get(at).is_some_and(|evidence| evidence.form == Form::Short && evidence.sure().is_none())
                && lines[at].shape.n_words >= 2
                && !lines[at].shape.end.is_sentence()
        };
        let is_listed = is_link(at + 1)
            && is_link(at + 2)
            && (lines[at + 1].marker.is_some() && lines[at + 2].marker.is_some()
                || (at + 3..lines.len().min(at + 8)).all(|below| evidence[below].form != Form::Prose));
        let is_dated =
            is_link(at + 1) && evidence.get(at + 2).is_some_and(|below| below.claims(Role::Timestamp));
        if is_listed && last_prose < Some(at) || is_dated {
            evidence[at].own = Own::new(Role::RelatedHeading, 0.8, "a heading over titles of other articles");
        }
    }
}

fn form(line: &Line, content: &str) -> Form {
    let shape = &line.shape;
    let has_bars = || shape.n_code >= 3 && content.matches(" | ").count() >= 3;
    if shape.n_tabs >= 2 || (shape.n_tabs == 1 && shape.n_words <= 12) || has_bars() {
        Form::Row
    } else if is_code(shape, content) {
        Form::Code
    } else if shape.is_prose() {
        Form::Prose
    } else if matches!(shape.end, End::Stop | End::Cut)
        && shape.n_words >= 5
        && shape.start != Start::Other
        && !shape.is_title_case()
    {
        Form::Sentence
    } else {
        Form::Short
    }
}

fn is_code(shape: &Shape, content: &str) -> bool {
    let ends_as_code =
        content.ends_with([';', '{', '}']) || content.starts_with("//") || content.starts_with("#!");
    let is_dense = shape.n_code >= 3 && shape.n_code * 12 >= shape.n_bytes.min(176);
    (ends_as_code && (shape.n_code >= 2 || shape.n_words <= 2) && shape.n_stops == 0)
        || (is_dense && !content.starts_with("http") && shape.n_small <= 12)
}

/// The role that the words of a line claim, the surest claim first.
fn own(line: &Line, content: &str, evidence: &Evidence) -> Option<Own> {
    let shape = &line.shape;
    let cues = evidence.cues;
    let n_words = shape.n_words;
    let is_prose = evidence.form == Form::Prose;
    if cues.has(Cue::Tags) && !is_prose && n_words <= 30 {
        return Own::new(Role::Navigation, 0.8, "tags or topics");
    }
    if evidence.is_changed && evidence.date_share >= 0.4 && n_words <= 24 {
        return Own::new(Role::Timestamp, 0.9, "a date, and one of change");
    }
    if evidence.date_share >= 0.45 && n_words <= 16 {
        if (cues.has(Cue::Stamp) || is_labelled_date(content)) && !cues.has(Cue::Published) {
            return Own::new(Role::Status, 0.9, "a stamp with its label and date");
        }
        return Own::new(Role::Timestamp, 0.9, "a date, and little else");
    }
    if n_words <= 14 && !is_prose && cues.has(Cue::Published) && (evidence.has_date || n_words <= 3) {
        return Own::new(Role::Timestamp, 0.8, "a label of publication, and a date");
    }
    if n_words <= 10 && !is_prose && cues.has_any(&[Cue::Count, Cue::Age]) && shape.n_digits > 0 {
        return Own::new(Role::Timestamp, 0.65, "an age or a reading time");
    }
    if n_words <= 8 && !is_prose && cues.has(Cue::Stamp) && (evidence.has_date || shape.n_digits > 0) {
        return Own::new(Role::Status, 0.75, "a stamp with its label");
    }
    if cues.has(Cue::Form) && n_words <= 40 {
        return Own::new(Role::Form, 0.9, "words of a form");
    }
    if is_pagination(shape, content) {
        return Own::new(Role::Navigation, 0.8, "one of a number of pages or pictures");
    }
    if cues.has(Cue::Legal)
        && n_words <= 6
        && shape.n_digits == 0
        && (cues.has(Cue::Agency) || has_slash_name(content))
    {
        return Own::new(Role::Credit, 0.75, "a copyright of names, without a year");
    }
    if cues.has(Cue::Legal) && (n_words <= 45 || cues.has(Cue::AppealWord)) {
        return Own::new(Role::Legal, if n_words <= 60 { 0.85 } else { 0.5 }, "words of a legal notice");
    }
    let is_counted = shape.start == Start::Digit;
    if (n_words <= 12 || (is_counted && n_words <= 30)) && !is_prose && cues.has(Cue::CommentHeading) {
        return Own::new(Role::Navigation, 0.8, "the heading or counter of comments");
    }
    if n_words <= 4 && cues.has(Cue::CommentButton) {
        return Own::new(Role::Navigation, 0.7, "a button under a comment");
    }
    if cues.has(Cue::RelatedLink) && n_words <= 40 {
        let (role, why) = if n_words <= 3 && !evidence.form.eq(&Form::Prose) {
            (Role::RelatedHeading, "the heading of links to other articles")
        } else {
            (Role::RelatedTitle, "a link to another article")
        };
        return Own::new(role, 0.8, why);
    }
    if cues.has(Cue::Related) && n_words <= 9 && !shape.end.is_sentence() {
        return Own::new(Role::RelatedHeading, 0.85, "the heading of links to other articles");
    }
    if cues.has(Cue::Button) && (n_words <= 9 || shape.n_code >= 4) && !shape.end.is_sentence() {
        return Own::new(Role::Navigation, 0.85, "a button or item of navigation");
    }
    if cues.has(Cue::Error) && n_words <= 40 {
        return Own::new(Role::Navigation, 0.7, "a message of the site");
    }
    if is_breadcrumb(line, content) {
        return Own::new(Role::Navigation, 0.8, "a breadcrumb");
    }
    if let Some(own) = note(shape, content, evidence) {
        return Some(own);
    }
    if let Some(own) = picture(shape, content, evidence) {
        return Some(own);
    }
    if is_biography(shape, content, cues) {
        return Own::new(Role::Byline, 0.5, "a biography of who wrote it");
    }
    if cues.has(Cue::Appeal) {
        let strength = match n_words {
            0..=12 if !shape.end.is_sentence() || cues.has(Cue::AppealWord) => 0.85,
            0..=45 if cues.has(Cue::AppealWord) => 0.75,
            _ if cues.has(Cue::AppealWord) => 0.6,
            0..=20 => 0.65,
            _ => 0.4,
        };
        return Own::new(Role::Promo, strength, "words of an appeal or advertisement");
    }
    if let Some(own) = author(shape, content, evidence) {
        return Some(own);
    }
    let n_letters_and_digits = shape.n_letters + shape.n_digits;
    if n_letters_and_digits == 0
        && !content
            .chars()
            .all(|c| matches!(c, '_' | '*' | '-' | '–' | '—' | '=' | '•' | '·' | '~' | ' ' | '#'))
    {
        return Own::new(Role::Navigation, 0.65, "neither letters nor digits");
    }
    if n_words == 1 && shape.n_letters == 0 && shape.n_digits <= 3 && shape.n_digits > 0 {
        return Own::new(Role::Navigation, 0.65, "a number alone");
    }
    if is_bare_address(shape, content) {
        return Own::new(Role::SourceNote, 0.5, "an address alone");
    }
    None
}

/// "Some label: 2 October 2017".
fn is_labelled_date(content: &str) -> bool {
    content.split_once(": ").is_some_and(|(label, _)| {
        (1..=4).contains(&label.split_whitespace().count())
            && label.chars().all(|c| c.is_alphabetic() || c == ' ')
    })
}

/// Notes about the text: where it comes from, what its editors say of it.
fn note(shape: &Shape, content: &str, evidence: &Evidence) -> Option<Own> {
    let cues = evidence.cues;
    if cues.has(Cue::Disclaimer) && shape.n_words <= 140 {
        let strength = if shape.n_words <= 60 { 0.8 } else { 0.62 };
        return Own::new(Role::Disclaimer, strength, "an editorial note");
    }
    if cues.has(Cue::Opinion) && cues.has(Cue::Owner) && shape.n_words <= 45 && shape.n_stops <= 1 {
        let n_owner = OWNERS.iter().filter(|word| content.contains(*word)).count();
        if n_owner >= 1 {
            return Own::new(Role::Disclaimer, 0.6 + 0.1 * n_owner.min(2) as f32, "says whose opinion it is");
        }
    }
    if cues.has(Cue::Source) && shape.n_words <= 60 {
        return Own::new(Role::SourceNote, 0.75, "says where the text comes from");
    }
    let is_footnote = || content.contains("^ ") || content.contains("doi:") || content.contains("ISBN");
    if shape.n_words <= 80 && shape.n_digits >= 4 && is_footnote() {
        return Own::new(Role::SourceNote, 0.65, "a reference");
    }
    None
}

/// Words of whom an opinion is, in a note that says whose it is.
const OWNERS: &[&str] = &[
    "author",
    "writer",
    "contributor",
    "columnist",
    "editor",
    "own",
    "solely",
    "alone",
    "necessarily",
    "personal",
    "Autor",
    "Verfasser",
    "auteur",
    "autor",
    "autore",
    "автор",
    "редакц",
];

/// What belongs to a picture.
fn picture(shape: &Shape, content: &str, evidence: &Evidence) -> Option<Own> {
    let cues = evidence.cues;
    if cues.has(Cue::Credit) && shape.n_words <= 14 && has_label_or_names(shape, content) {
        return Own::new(Role::Credit, 0.85, "a label of picture makers, and a name");
    }
    if cues.has(Cue::Agency) && shape.n_words <= 7 && !shape.end.is_sentence() && shape.n_small <= 1 {
        return Own::new(Role::Credit, 0.65, "names and a picture agency");
    }
    if cues.has(Cue::Caption) && shape.n_words <= 110 {
        let strength = if shape.n_words <= 60 { 0.75 } else { 0.6 };
        return Own::new(Role::Caption, strength, "words of a caption");
    }
    None
}

/// Whether a line is "Label: …" or nearly all names, so that its first word is no ordinary word of a sentence.
fn has_label_or_names(shape: &Shape, content: &str) -> bool {
    content.contains(':') || shape.n_small <= 2
}

/// Who wrote it.
fn author(shape: &Shape, content: &str, evidence: &Evidence) -> Option<Own> {
    let cues = evidence.cues;
    let n_words = shape.n_words;
    if cues.has(Cue::AboutAuthor) && n_words <= 6 {
        return Own::new(Role::Byline, 0.8, "the heading of a biography");
    }
    if cues.has(Cue::Author) && evidence.form != Form::Prose {
        let is_names = shape.n_capital >= 2 && shape.n_small <= shape.n_capital + 2
            || !content.is_ascii() && caseless::is_names(content);
        if n_words <= 2 && shape.n_digits == 0 {
            return Own::new(Role::Byline, 0.75, "a label of authors");
        }
        if n_words <= 22 && is_names && !(shape.end == End::Stop && n_words > 12) {
            return Own::new(Role::Byline, 0.85, "a label of authors, and names");
        }
    }
    if cues.has(Cue::Author) && n_words <= 40 && shape.n_capital * 2 >= n_words {
        return Own::new(Role::Byline, 0.7, "a label of authors, and names");
    }
    if evidence.has_date
        && evidence.form != Form::Prose
        && n_words <= 20
        && date::find(content).is_some_and(|(range, _)| !byline::beside_date(content, range.start).is_empty())
    {
        return Own::new(Role::Byline, 0.75, "a name beside a date");
    }
    if !content.is_ascii() && (is_in_genitive(shape, content) || caseless::is_signed(content)) {
        return Own::new(Role::Byline, 0.75, "a name as bylines have it");
    }
    if is_name_with_post(shape, content, cues) {
        return Own::new(Role::Byline, 0.65, "a name and a post");
    }
    None
}

/// Whether a line is a name in the genitive, as Greek bylines have it: "Του Γιάννη Παππά".
fn is_in_genitive(shape: &Shape, content: &str) -> bool {
    const ARTICLES: &[&str] = &["Του ", "Της ", "Των ", "ΤΟΥ ", "ΤΗΣ ", "ΤΩΝ "];
    (3..=6).contains(&shape.n_words)
        && shape.n_small == 0
        && shape.n_digits == 0
        && matches!(shape.end, End::Open)
        && ARTICLES.iter().any(|article| content.starts_with(article))
}

/// Whether a line tells of a person by name: "First Last is a reporter …".
fn is_biography(shape: &Shape, content: &str, cues: Cues) -> bool {
    if shape.start != Start::Capital || !(5..=140).contains(&shape.n_words) {
        return false;
    }
    let mut words = content.split_whitespace();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) || word.starts_with(['(', '“', '"']);
    let Some((n_names, verb)) = words.by_ref().enumerate().take(5).find(|(_, word)| !is_name(word)) else {
        return false;
    };
    if n_names < 2 {
        return false;
    }
    let tells = TELLING.contains(&verb);
    tells && shape.end.is_sentence() || (tells || JOINING.contains(&verb)) && cues.has(Cue::Profession)
}

/// Words between the name and the profession in a biography.
#[rustfmt::skip]
const JOINING: &[&str] = &[
    "is", "was", "has", "leads", "holds", "serves", "ist", "war", "est", "es", "é", "è", "är", "er", "jest", "je", "—", "–",
];

/// Verbs that tell of a person even where no profession is named.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "covers", "writes", "joined", "works", "worked", "lives", "reports", "specializes", "specialises", "teaches", "edits",
    "studied", "researches", "hosts", "founded", "schreibt", "arbeitet",
];

/// Whether a line is a name and, behind a comma or dash, a post: "First Last, diplomatic correspondent".
fn is_name_with_post(shape: &Shape, content: &str, cues: Cues) -> bool {
    if !cues.has(Cue::Profession) || shape.n_words > 12 {
        return false;
    }
    let Some((name, _)) = content.split_once([',', '–', '|', '@']) else { return false };
    !shape.end.is_sentence()
        && (2..=4).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// "Image 1 of 13", "2 / 4", "Page 3 of 9".
fn is_pagination(shape: &Shape, content: &str) -> bool {
    if shape.n_words > 6 || !(2..=6).contains(&shape.n_digits) || shape.n_letters > 14 {
        return false;
    }
    let bare: String = content.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_start_matches(char::is_alphabetic).replace("of", "/").replace("//", "/");
    bare.split_once('/').is_some_and(|(nth, all)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number(nth) && is_number(all)
    })
}

/// "First Last/AP": a name and an agency behind a slash.
fn has_slash_name(content: &str) -> bool {
    content.split_once('/').is_some_and(|(name, agency)| {
        name.split_whitespace().count() >= 2
            && agency.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    })
}

/// Whether a line is a path of sections: "Home > News > World".
fn is_breadcrumb(line: &Line, content: &str) -> bool {
    let shape = &line.shape;
    // What is quick to ask comes first: nearly all lines are running text.
    shape.n_words <= 24
        && shape.n_capital >= shape.n_small
        && !shape.end.is_sentence()
        && (shape.n_code > 0 || !content.is_ascii())
        && !content.contains('<')
        && (content.contains(" > ") || content.contains(['»', '›', '→']))
        && content.split(['>', '»', '›', '→']).filter(|step| !step.trim().is_empty()).count() >= 2
}

fn is_bare_address(shape: &Shape, content: &str) -> bool {
    shape.n_words == 1
        && (content.starts_with("http")
            || content.starts_with("www.")
            || content.contains('/')
            || content.contains(".com"))
        && content.contains('.')
        && content.len() > 6
}
