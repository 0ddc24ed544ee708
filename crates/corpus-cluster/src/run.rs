//! A run: the tasks of a pipeline, stage after stage, and the package that comes of them.

use crate::{
    duplicates::{self, Clusters},
    engine::{Engine, Place},
    error::Error,
    pipeline::{Annotate, Deduplicate, Keep, Pipeline},
    stages::{Stages, hash},
    tally::Tally,
    task::is_attempt,
    work::{LAYOUT, Note, PartNote, Plan, Stage, Task, VERSION, Work, write_json, write_whole},
};
use corpus_filter::{Config, Distribution, Report, Statistics, config::Card, croissant};
use corpus_format::{
    Part,
    package::{Contents, DESCRIPTION, PackageWriter},
};
use corpus_read::Options;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Counts over all tasks.
    pub tally: Tally,
    /// Clusters of copies.
    pub clusters: u64,
    /// Documents in them beside their survivors.
    pub copies: u64,
    /// What was written; nothing where copies are only listed.
    pub contents: Option<Contents>,
    /// Tasks that were done before.
    pub resumed: u64,
}

/// A file of the input, as the record of a run has it.
#[derive(Serialize)]
struct Read {
    path: String,
    bytes: u64,
    blake3: String,
}

/// The record of a run: nothing in it depends on when and where it ran.
#[derive(Serialize)]
struct Record<'a> {
    program: &'static str,
    version: &'static str,
    /// As TOML, since JSON has no infinite limits.
    filter: Option<String>,
    annotate: &'a Option<Annotate>,
    deduplicate: &'a Option<Deduplicate>,
    max_record: u64,
    read: Vec<Read>,
    counts: &'a Tally,
    clusters: u64,
    files: Vec<(String, String)>,
}

/// Runs a pipeline at `place`, and says what it does through `say`. What an earlier run of the same pipeline has committed
/// is not done again.
///
/// # Errors
/// When there is nothing to read, a file cannot be written, or the cluster fails. What is committed stays.
pub async fn run(plan: &Plan, place: &Place, say: &mut dyn FnMut(String)) -> Result<Summary, Error> {
    let pipeline = &plan.pipeline;
    let inputs = inputs(plan)?;
    refuse(plan)?;
    let work = Work::of(plan)?;
    plan.write(&work.plan())?;
    let engine = Engine::new(place).await?;
    say(format!("{} files, on {}", inputs.len(), place.name()));
    let mut stages = Stages::new(&engine, &work, say);
    let tasks = tasks(&work, plan, &inputs)?;
    let notes = stages.run(&tasks).await?;
    let mut tally = Tally::default();
    notes.iter().for_each(|note| tally.add(&note.tally));
    let read = notes.iter().map(|note| Read {
        path: note.name.clone(),
        bytes: note.tally.bytes,
        blake3: note.blake3.clone(),
    });
    let read = read.collect();
    let mut before = Statistics::default();
    notes.iter().for_each(|note| before.add_all(&note.before));
    let mut clusters = Clusters::default();
    if pipeline.deduplicate.is_some() && tally.documents > tally.dropped {
        let state = hash(&tasks.iter().map(|task| &*task.state).collect::<Vec<_>>().concat());
        clusters = duplicates::find(&mut stages, inputs.len() as u64, &state).await?;
    }
    let keep = pipeline.deduplicate.map(|options| options.keep);
    let notes = match keep {
        None => Some(notes),
        Some(Keep::List) => None,
        Some(Keep::Survivors) => Some(write(&mut stages, &tasks, &clusters.copies(), &mut tally).await?),
        Some(Keep::All) => Some(write(&mut stages, &tasks, &BTreeMap::new(), &mut tally).await?),
    };
    let resumed = stages.resumed;
    let rows = clusters.rows();
    let copies = rows.len().saturating_sub(clusters.clusters.len()) as u64;
    if pipeline.statistics.is_some() {
        let mut after = Statistics::default();
        notes.iter().flatten().for_each(|note| after.add_all(&note.after));
        write_report(plan, &tally, &before, &after)?;
    }
    for folder in [plan.output(), work.parts(), work.folder().to_owned()] {
        sweep(&folder)?;
    }
    let (contents, files) = match notes {
        Some(notes) => {
            let (contents, files) = package(&plan.output(), notes, &rows)?;
            (Some(contents), files)
        }
        None => {
            let tsv = clusters.tsv();
            write_whole(&plan.output().join(LIST), tsv.as_bytes())?;
            (None, vec![(LIST.to_owned(), hash(&tsv))])
        }
    };
    let clusters = clusters.clusters.len() as u64;
    let record = Record {
        program: "corpus-cluster run",
        version: VERSION,
        filter: filter_toml(pipeline.filter.as_ref())?,
        annotate: &pipeline.annotate,
        deduplicate: &pipeline.deduplicate,
        max_record: pipeline.read.max_record,
        read,
        counts: &tally,
        clusters,
        files,
    };
    write_json(&plan.output().join("run.json"), &record)?;
    if contents.is_some() {
        write_card(plan, &tally)?;
    }
    Ok(Summary { tally, clusters, copies, contents, resumed })
}

/// The clusters where nothing else is written.
const LIST: &str = "clusters.tsv";

/// Writes what is left of each file without these rows of its part.
async fn write(
    stages: &mut Stages<'_>,
    read: &[Task],
    copies: &BTreeMap<u64, Vec<u32>>,
    tally: &mut Tally,
) -> Result<Vec<Note>, Error> {
    let state = hash(&format!("{copies:?}"));
    for task in read {
        let none = Vec::new();
        write_json(&stages.work().copies(task.number), copies.get(&task.number).unwrap_or(&none))?;
    }
    let of_write = |task: &Task| Task {
        stage: Stage::Write,
        makes: "write".to_owned(),
        state: hash(&format!("{} {state}", task.state)),
        ..task.clone()
    };
    let tasks: Vec<Task> = read.iter().map(of_write).collect();
    let notes = stages.run(&tasks).await?;
    notes.iter().for_each(|note| tally.add(&note.tally));
    Ok(notes)
}

/// Writes the description of the package; gives what is in it, and each file with its hash.
fn package(
    output: &Path,
    notes: Vec<Note>,
    clusters: &[corpus_format::ClusterRow],
) -> Result<(Contents, Vec<(String, String)>), Error> {
    let parts: Vec<Part> = notes.into_iter().flat_map(|note| note.parts).filter_map(PartNote::part).collect();
    let files = parts.iter().map(|part| (part.path.clone(), part.blake3.clone())).collect();
    let contents = PackageWriter::of_parts(output, parts)
        .finish(&[], &[], clusters)
        .map_err(|cause| Error::io("write", &output.join(DESCRIPTION), cause))?;
    Ok((contents, files))
}

/// Writes the page about what was read, what the filters did, and what is left.
fn write_report(plan: &Plan, tally: &Tally, before: &Statistics, after: &Statistics) -> Result<(), Error> {
    let output = plan.output();
    let report = Report {
        title: &name(plan),
        tally: &tally.verdicts(),
        before,
        after,
        set_aside: tally.set_aside,
        config: &what_is_done(&plan.toml),
    };
    write_whole(&output.join("report.html"), report.html().as_bytes())
}

/// A pipeline without the folders it writes to, which are nothing of what it does.
fn what_is_done(toml: &str) -> String {
    let sections = toml.find("\n[").unwrap_or(toml.len());
    let is_place = |line: &&str| ["output", "work"].iter().any(|name| line.trim_start().starts_with(name));
    let head = toml[..sections].lines().filter(|line| !is_place(line));
    head.chain(toml[sections..].lines()).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What the package is called: as its card says, else as its folder.
fn name(plan: &Plan) -> String {
    let card = plan.pipeline.filter.as_ref().and_then(|filter| filter.card.name.clone());
    card.unwrap_or_else(|| plan.output().file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// Writes the card of the package.
fn write_card(plan: &Plan, tally: &Tally) -> Result<(), Error> {
    let output = plan.output();
    let path = output.join(DESCRIPTION);
    let bytes = fs::read(&path).map_err(|cause| Error::io("read", &path, cause))?;
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let distribution =
        Distribution::Package { description: DESCRIPTION, sha256: &sha256, documents: "documents/*.parquet" };
    let description = format!(
        "{} documents of {} that corpus-cluster {VERSION} read; run.json says how.",
        tally.written, tally.documents
    );
    let none = Card::default();
    let card = plan.pipeline.filter.as_ref().map_or(&none, |filter| &filter.card);
    write_json(&output.join("croissant.json"), &croissant(card, &name(plan), &description, distribution))
}

/// The files that are read, in order.
fn inputs(plan: &Plan) -> Result<Vec<PathBuf>, Error> {
    let Plan { pipeline, folder: root, .. } = plan;
    let mut files = Vec::new();
    for path in &pipeline.read.paths {
        let path = &root.join(path);
        let mut options = Options::new();
        options = pipeline.read.include.iter().fold(options, |options, glob| options.include(glob));
        options = pipeline.read.exclude.iter().fold(options, |options, glob| options.exclude(glob));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_pattern = name.contains(['*', '?', '[']) && !path.exists();
        let folder = match path.parent() {
            Some(folder) if is_pattern => {
                options = options.include(name);
                folder
            }
            _ => path,
        };
        let found = corpus_read::list(&[folder.to_owned()], &options);
        files.extend(found.map_err(|cause| Error::io("find", folder, cause))?);
    }
    // What a run writes is no input of the next one, though it lie in a folder that is read.
    let ours = [plan.output(), plan.work()].map(|folder| folder.canonicalize().unwrap_or(folder));
    let mut known = HashSet::new();
    files.retain(|file| {
        let path = file.canonicalize().unwrap_or_else(|_| file.clone());
        !ours.iter().any(|folder| path.starts_with(folder)) && known.insert(path)
    });
    if files.is_empty() {
        let paths: Vec<_> = pipeline.read.paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::File {
            what: format!("read {}", paths.join(", ")),
            cause: "there is no file; check read.paths, read.include and read.exclude".to_owned(),
        });
    }
    Ok(files)
}

/// Refuses a folder that holds something else than what a run of this pipeline left.
fn refuse(plan: &Plan) -> Result<(), Error> {
    let output = plan.output();
    let is_used = fs::read_dir(&output).is_ok_and(|mut entries| entries.next().is_some());
    if is_used && !plan.work().join("plan.json").exists() {
        return Err(Error::io("write", &output, "the folder is not empty; name another as output"));
    }
    Ok(())
}

/// The filters with every setting written out.
fn filter_toml(filter: Option<&Config>) -> Result<Option<String>, Error> {
    let wrong = |error: corpus_filter::Error| Error::Pipeline {
        path: "filter".to_owned(),
        reason: error.to_string(),
    };
    filter.map(Config::to_toml).transpose().map_err(wrong)
}

/// The tasks that read, in the order of the files.
fn tasks(work: &Work, plan: &Plan, inputs: &[PathBuf]) -> Result<Vec<Task>, Error> {
    let Pipeline { output: _, work: _, read, filter, annotate, deduplicate, statistics } = &plan.pipeline;
    let filter = filter_toml(filter.as_ref())?;
    let what = (&plan.version, LAYOUT, read.max_record, filter, annotate, deduplicate, statistics);
    let text = serde_json::to_string(&what).map_err(|cause| Error::io("write", &work.plan(), cause))?;
    let task = |(input, number): (&PathBuf, u64)| {
        let metadata = fs::metadata(input).map_err(|cause| Error::io("read", input, cause))?;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let name = input.strip_prefix(&plan.folder).unwrap_or(input).to_string_lossy().into_owned();
        let state = hash(&format!("{text} {name} {} {modified:?}", metadata.len()));
        Ok(Task {
            plan: work.plan(),
            stage: Stage::Read,
            makes: "read".to_owned(),
            number,
            n_tasks: inputs.len() as u64,
            reads: String::new(),
            n_read: 0,
            input: input.clone(),
            name,
            state,
        })
    };
    inputs.iter().zip(1..).map(task).collect()
}

/// Removes what attempts of processes that died have left in a folder.
fn sweep(folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_attempt(&entry.file_name()) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(|cause| Error::io("remove", &path, cause))?;
        }
    }
    Ok(())
}
