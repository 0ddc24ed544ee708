//! `cargo xtask train text-roles`: the roles of the lines of plain text, from pages whose roles are known, and from pages
//! of which the main text is and whose HTML tells the rest.

use super::{
    boost::{self, Rows},
    crf::{self, Example, Plan},
    silver, site,
};
use crate::eval::{
    data::{Data, rows},
    fold::fold,
};
use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use corpus_core::{
    Metadata, PartKind, Record, Registry, Role,
    label::{Class, N_CLASSES, N_SECOND, RoleModel},
    text::Text,
};
use serde::Deserialize;
use std::{collections::HashMap, fs};

/// Where the weights lie.
const WEIGHTS: &str = "crates/corpus-core/src/label/text_roles.weights";

/// How the weights are trained.
const PLAN: Plan = Plan { runs: 4, epochs: 7, rate: 0.1, decay: 0.05 };

/// Where the trees lie.
const TREES: &str = "crates/corpus-core/src/label/text_main.trees";

/// How the trees are trained.
const SECOND: boost::Plan = boost::Plan { trees: 200, rate: 0.1, decay: 8.0, every: 3, seed: 13, runs: 1 };

/// How much a line counts to the trees whose role is known.
const OF_ROLES: f32 = 3.0;

/// How much one counts of which is known whether it is main text.
const OF_LINES: f32 = 0.5;

/// How much one counts of which our parser of HTML says so.
const OF_MARKUP: f32 = 0.2;

/// Parts of the pages, each of which is read by a chain that it has not taught, to teach the trees.
const N_PARTS: usize = 3;

/// Pages whose roles are known.
pub(crate) const ROLES: &[&str] = &["gold/roles-dev.jsonl", "gold/roles-train.jsonl"];

/// Pages of which the main text is known.
pub(crate) const LINES: &str = "data/extraction/text-lines-dev.jsonl.zst";

/// The HTML of the same pages, with what their ids begin with.
const MARKUP: &[(&str, &str)] =
    &[("data/extraction/fundus-dev.jsonl.zst", "fundus"), ("data/extraction/wcxb-dev.jsonl.zst", "wcxb_dev")];

/// How much a page counts of which only the main text is known.
const SILVER: f32 = 0.2;

#[derive(Debug, Deserialize)]
struct RolePage {
    id: String,
    url: Option<String>,
    text: String,
    /// Number, role and part of each line that is not blank.
    lines: Vec<(usize, String, String)>,
}

#[derive(Debug, Deserialize)]
struct LinePage {
    id: String,
    url: Option<String>,
    text: String,
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Line {
    /// Offset of its first character, in characters.
    start: usize,
    /// Offset after its last character, in characters.
    end: usize,
    label: String,
}

#[derive(Debug, Deserialize)]
struct HtmlPage {
    id: String,
    url: Option<String>,
    html: String,
    #[serde(rename = "type")]
    genre: Option<String>,
}

/// What the HTML of a page tells of its lines.
#[derive(Default)]
struct Markup {
    /// What kind of page it is; an article where nothing is said.
    genre: Option<String>,
    /// Role and part of each line that occurs, where all that read the same agree.
    lines: HashMap<String, Option<(Role, PartKind)>>,
}

/// A page that teaches, and the fold that measures it.
#[derive(Debug)]
pub(crate) struct Taught {
    pub(crate) fold: usize,
    part: usize,
    text: String,
    /// What it teaches the chain.
    example: Option<Example>,
    /// Whether the line that begins here is main text: what it teaches the trees.
    goals: HashMap<usize, bool>,
    /// How much a line of it counts to the trees.
    weight: f32,
}

/// `train text-roles`.
pub(super) fn run(workspace: &Workspace, data: &Data, args: Args) -> Result<()> {
    args.finish()?;
    let taught = pages(data, site::fold)?;
    if taught.is_empty() {
        return Ok(());
    }
    let Some(model) = model(&taught.iter().collect::<Vec<_>>()) else {
        bail!("failed to lay out the weights");
    };
    for (file, bytes) in [(WEIGHTS, model.chain.bytes()), (TREES, model.second.bytes())] {
        let path = workspace.path(file);
        fs::write(&path, bytes).with_context(|| format!("failed to write {}", path.display()))?;
        let hash = blake3::hash(bytes);
        crate::print(&format!("{file}: {} pages, {} bytes, blake3 {hash}\n", taught.len(), bytes.len()));
    }
    Ok(())
}

/// The model that pages teach.
///
/// The trees learn from pages as chains see them that these pages have not taught.
pub(crate) fn model(pages: &[&Taught]) -> Option<RoleModel> {
    let chain = |is_taken: &dyn Fn(&Taught) -> bool| {
        let taken = pages.iter().filter(|page| is_taken(page));
        crf::train(PLAN, &taken.filter_map(|page| page.example.as_ref()).collect::<Vec<_>>())
    };
    let parser = Text::new();
    let mut rows = Rows::default();
    for part in 0..N_PARTS {
        let others = chain(&|page| page.part != part)?;
        for page in pages.iter().filter(|page| page.part == part) {
            let (spans, table) = parser.second_features(&others, &page.text);
            for (row, span) in spans.into_iter().enumerate() {
                let start = page.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
                if let Some(&is_main) = page.goals.get(&start) {
                    rows.push(&table, row, N_SECOND, f32::from(u8::from(is_main)), page.weight);
                }
            }
        }
    }
    Some(RoleModel { chain: chain(&|_| true)?, second: boost::train(SECOND, &rows) })
}

/// All pages that teach, each in the fold that `fold_of` says of its address and id.
pub(crate) fn pages(data: &Data, fold_of: impl Fn(Option<&str>, &str) -> usize) -> Result<Vec<Taught>> {
    let mut taught = Vec::new();
    let parser = Text::new();
    for set in ROLES {
        let Some(path) = data.file(set) else { continue };
        for page in rows::<RolePage>(&path)? {
            let page = page?;
            let starts = line_starts(&page.text);
            let roles = page.lines.iter().filter_map(|(number, role, part)| {
                Some((*starts.get(number - 1)?, role.parse::<Role>().ok()?, part.as_str()))
            });
            let known = roles.clone().map(|(start, role, _)| (start, bit(Class::of(role)))).collect();
            let goals = roles
                .filter(|(_, role, part)| !part.starts_with("embedded") && *role != Role::Title)
                .map(|(start, role, part)| (start, part == "article" && role.is_text()))
                .collect();
            let example = Some(example(&parser, &page.text, &known, 1.0));
            let url = page.url.as_deref();
            let (fold, part) = (fold_of(url, &page.id), part(url, &page.id));
            taught.push(Taught { fold, part, weight: OF_ROLES, text: page.text, example, goals });
        }
    }
    let Some(path) = data.file(LINES) else { return Ok(taught) };
    let markup = read_markup(data)?;
    let unknown = Markup::default();
    for page in rows::<LinePage>(&path)? {
        let page = page?;
        let markup = markup.get(&page.id).unwrap_or(&unknown);
        let mut bytes: Vec<usize> = page.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(page.text.len());
        let starts = line_starts(&page.text);
        let mut goals = HashMap::new();
        let known = page.lines.iter().filter_map(|line| {
            let text = page.text.get(*bytes.get(line.start)?..*bytes.get(line.end)?)?;
            let start = bytes[line.start] + (text.len() - text.trim_start().len());
            let of_markup = markup.lines.get(&fold(text)).copied().flatten();
            let allowed = allowed(line.label == "main", markup.genre.as_deref(), of_markup);
            let start = starts[starts.partition_point(|&at| at <= start) - 1];
            // Gold takes replies for main text, roles do not.
            if line.label != "main" || markup.genre.as_deref() != Some("forum") {
                goals.insert(start, line.label == "main");
            }
            Some((start, allowed))
        });
        let known = known.collect();
        let example = Some(example(&parser, &page.text, &known, SILVER));
        let url = page.url.as_deref();
        let (fold, part) = (fold_of(url, &page.id), part(url, &page.id));
        taught.push(Taught { fold, part, weight: OF_LINES, text: page.text, example, goals });
    }
    for page in silver::pages(data)? {
        let (text, goals) = page.view;
        let url = page.url.as_deref();
        let (fold, part) = (fold_of(url, &page.id), part(url, &page.id));
        taught.push(Taught { fold, part, weight: OF_MARKUP, text, example: None, goals });
    }
    Ok(taught)
}

/// The part of the pages that a page's site lies in.
fn part(url: Option<&str>, id: &str) -> usize {
    let site = url.map_or_else(|| id.to_owned(), site::site);
    usize::from(blake3::hash(site.as_bytes()).as_bytes()[1]) % N_PARTS
}

/// A set of one class.
const fn bit(class: Class) -> u32 {
    1 << class as u32
}

/// The classes that a line may have: main text or not, and which, where the HTML of the page agrees.
///
/// Gold counts replies in threads and the items of listings as main text; what roles call them stays open.
fn allowed(is_main: bool, genre: Option<&str>, markup: Option<(Role, PartKind)>) -> u32 {
    let main = Class::ALL.iter().filter(|class| class.is_main_text()).fold(0, |all, &class| all | bit(class));
    let of_markup = markup.map(|(role, part)| (Class::of(role), part));
    if !is_main {
        let other = ((1 << N_CLASSES) - 1) & !main;
        return of_markup.map_or(other, |(class, _)| if other & bit(class) > 0 { bit(class) } else { other });
    }
    let replies = bit(Class::Comment) | bit(Class::CommentAuthor);
    let open = match genre {
        Some("forum") => return main | replies,
        Some("listing" | "collection") => main | bit(Class::Related) | bit(Class::RelatedHeading),
        _ => main,
    };
    match of_markup {
        Some((class, _)) if replies & bit(class) > 0 => bit(class),
        Some((class, PartKind::Article)) if open & bit(class) > 0 => bit(class),
        _ => open,
    }
}

/// What our parser of HTML says of the pages, by the ids of their texts.
fn read_markup(data: &Data) -> Result<HashMap<String, Markup>> {
    let registry = Registry::core();
    let mut all = HashMap::new();
    for (set, prefix) in MARKUP {
        let Some(path) = data.file(set) else { continue };
        for page in rows::<HtmlPage>(&path)? {
            let page = page?;
            let metadata = Metadata { id: Some(page.id.clone()), url: page.url, date: None };
            let record = Record::new(page.id.as_str(), page.html.as_bytes())
                .with_media_type("text/html")
                .with_metadata(metadata);
            let mut markup = Markup { genre: page.genre, ..Markup::default() };
            for document in registry.parse_all(&record) {
                for block in &document.blocks {
                    let found = Some((block.role, document.part_of(block).kind));
                    let known = markup.lines.entry(fold(&document.text[block.span])).or_insert(found);
                    if *known != found {
                        *known = None;
                    }
                }
            }
            all.insert(format!("{prefix}/{}", page.id), markup);
        }
    }
    Ok(all)
}

/// Where the lines of a text begin.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// A page with the classes that the lines may have which begin at the keys of `known`.
fn example(parser: &Text, text: &str, known: &HashMap<usize, u32>, weight: f32) -> Example {
    let (mut lines, mut allowed) = (Vec::new(), Vec::new());
    for (span, features) in parser.features(text) {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        allowed.push(known.get(&start).copied().unwrap_or(u32::MAX));
        lines.push(features);
    }
    Example { lines, allowed, weight }
}
