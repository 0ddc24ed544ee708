//! `cargo xtask train text-roles`: the roles of the lines of plain text, from pages whose roles are known, and from pages
//! of which the main text is and whose HTML tells the rest.

use super::{
    crf::{self, Example, Plan},
    site,
};
use crate::eval::{
    data::{Data, rows},
    fold::fold,
};
use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use corpus_core::{
    Metadata, PartKind, Record, Registry, Role,
    label::{Class, N_CLASSES, RoleWeights},
    text::Text,
};
use serde::Deserialize;
use std::{collections::HashMap, fs};

/// Where the weights lie.
const WEIGHTS: &str = "crates/corpus-core/src/label/text_roles.weights";

/// How the weights are trained.
const PLAN: Plan = Plan { epochs: 7, rate: 0.1, decay: 0.05 };

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
    example: Example,
}

/// `train text-roles`.
pub(super) fn run(workspace: &Workspace, data: &Data, args: Args) -> Result<()> {
    args.finish()?;
    let taught = pages(data, site::fold)?;
    if taught.is_empty() {
        return Ok(());
    }
    let Some(weights) = model(&taught.iter().collect::<Vec<_>>()) else {
        bail!("failed to lay out the weights");
    };
    let path = workspace.path(WEIGHTS);
    fs::write(&path, weights.bytes()).with_context(|| format!("failed to write {}", path.display()))?;
    let hash = blake3::hash(weights.bytes());
    crate::print(&format!(
        "{WEIGHTS}: {} pages, {} bytes, blake3 {hash}\n",
        taught.len(),
        weights.bytes().len()
    ));
    Ok(())
}

/// The weights that pages teach.
pub(crate) fn model(pages: &[&Taught]) -> Option<RoleWeights> {
    let examples: Vec<_> = pages.iter().map(|page| &page.example).collect();
    crf::train(PLAN, &examples)
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
            let known = page.lines.iter().filter_map(|(number, role, _)| {
                Some((*starts.get(number - 1)?, bit(Class::of(role.parse().ok()?))))
            });
            let example = example(&parser, &page.text, &known.collect(), 1.0);
            taught.push(Taught { fold: fold_of(page.url.as_deref(), &page.id), example });
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
        let known = page.lines.iter().filter_map(|line| {
            let text = page.text.get(*bytes.get(line.start)?..*bytes.get(line.end)?)?;
            let start = bytes[line.start] + (text.len() - text.trim_start().len());
            let of_markup = markup.lines.get(&fold(text)).copied().flatten();
            let allowed = allowed(line.label == "main", markup.genre.as_deref(), of_markup);
            Some((starts[starts.partition_point(|&at| at <= start) - 1], allowed))
        });
        let example = example(&parser, &page.text, &known.collect(), SILVER);
        taught.push(Taught { fold: fold_of(page.url.as_deref(), &page.id), example });
    }
    Ok(taught)
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
