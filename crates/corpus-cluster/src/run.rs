//! A run: the tasks of a pipeline, stage after stage, and the package that comes of them.

use crate::{
    duplicates::{self, Clusters},
    engine::{Engine, Place},
    error::Error,
    pipeline::{Annotate, Deduplicate, Keep, Pipeline},
    tally::Tally,
    task::is_attempt,
    work::{KEYS, Note, PartNote, Plan, Stage, Task, VERSION, Work, write_json, write_whole},
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
    collections::HashSet,
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
    /// What was written.
    pub contents: Contents,
    /// Tasks that were done before.
    pub resumed: u64,
}

/// A task in a file of its own, as a row that the engine reads.
#[derive(Serialize)]
struct Row {
    task: String,
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
    let mut resumed = 0;
    let tasks = tasks(&work, plan, Stage::Read, &inputs)?;
    let notes = stage(&engine, &work, Stage::Read, &tasks, &mut resumed, say).await?;
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
    let notes = match pipeline.deduplicate {
        None => notes,
        Some(options) => {
            forget_keys(&work, inputs.len())?;
            if tally.documents > tally.dropped {
                clusters = duplicates::find(&engine, &work, options).await?;
            }
            say(format!("{} clusters of copies", clusters.clusters.len()));
            let copies = if options.keep == Keep::Survivors { clusters.copies() } else { Default::default() };
            let state = blake3(&format!("{copies:?}"));
            for number in 1..=inputs.len() as u64 {
                let none = Vec::new();
                write_json(&work.copies(number), copies.get(&number).unwrap_or(&none))?;
            }
            let of_write = |task: &Task| Task {
                stage: Stage::Write,
                state: blake3(&format!("{} {state}", task.state)),
                ..task.clone()
            };
            let tasks: Vec<Task> = tasks.iter().map(of_write).collect();
            let notes = stage(&engine, &work, Stage::Write, &tasks, &mut resumed, say).await?;
            notes.iter().for_each(|note| tally.add(&note.tally));
            notes
        }
    };
    let mut after = Statistics::default();
    notes.iter().for_each(|note| after.add_all(&note.after));
    if pipeline.statistics.is_some() {
        write_report(plan, &tally, &before, &after)?;
    }
    for folder in [plan.output(), work.parts(), work.folder().to_owned()] {
        sweep(&folder)?;
    }
    let rows = clusters.rows();
    let copies = rows.len().saturating_sub(clusters.clusters.len()) as u64;
    let (contents, files) = package(&plan.output(), notes, &rows)?;
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
    write_card(plan, &tally)?;
    Ok(Summary { tally, clusters, copies, contents, resumed })
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

/// The tasks of a stage, in the order of the files.
fn tasks(work: &Work, plan: &Plan, stage: Stage, inputs: &[PathBuf]) -> Result<Vec<Task>, Error> {
    let Pipeline { output: _, work: _, read, filter, annotate, deduplicate, statistics } = &plan.pipeline;
    let filter = filter_toml(filter.as_ref())?;
    let what = (&plan.version, read.max_record, filter, annotate, deduplicate, statistics);
    let text = serde_json::to_string(&what).map_err(|cause| Error::io("write", &work.plan(), cause))?;
    let task = |(input, number): (&PathBuf, u64)| {
        let metadata = fs::metadata(input).map_err(|cause| Error::io("read", input, cause))?;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let name = input.strip_prefix(&plan.folder).unwrap_or(input).to_string_lossy().into_owned();
        let state = blake3(&format!("{text} {name} {} {modified:?}", metadata.len()));
        Ok(Task { plan: work.plan(), stage, number, input: input.clone(), name, state })
    };
    inputs.iter().zip(1..).map(task).collect()
}

/// Runs the tasks that were not done; gives the notes of all, in order.
async fn stage(
    engine: &Engine,
    work: &Work,
    stage: Stage,
    tasks: &[Task],
    resumed: &mut u64,
    say: &mut dyn FnMut(String),
) -> Result<Vec<Note>, Error> {
    let folder = work.tasks(stage);
    clear(&folder)?;
    let mut n_open = 0;
    for task in tasks {
        if work.done(task).is_some() {
            *resumed += 1;
            continue;
        }
        n_open += 1;
        let task_text = serde_json::to_string(task).map_err(|cause| Error::io("write", &folder, cause))?;
        let row = serde_json::to_string(&Row { task: task_text });
        let row = row.map_err(|cause| Error::io("write", &folder, cause))?;
        let path = folder.join(format!("{:06}.json", task.number));
        fs::write(&path, row + "\n").map_err(|cause| Error::io("write", &path, cause))?;
    }
    if n_open > 0 {
        say(format!("{}: {n_open} of {} files", stage.as_str(), tasks.len()));
        engine.json("tasks", &folder, ".json").await?;
        // What tasks have done stands in their notes; an engine that loses a row loses nothing.
        engine.each("SELECT corpus_task(task) AS note FROM tasks", |_| Ok(())).await?;
    }
    let missing = |task: &Task| Error::Cluster {
        what: format!("run the task of {}", task.input.display()),
        cause: "it ended, but its note is not there: is the work folder the same for all machines?"
            .to_owned(),
    };
    tasks.iter().map(|task| work.done(task).ok_or_else(|| missing(task))).collect()
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

/// Empties a folder, which is made where it is not there.
fn clear(folder: &Path) -> Result<(), Error> {
    let made = match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause),
        _ => fs::create_dir_all(folder),
    };
    made.map_err(|cause| Error::io("empty", folder, cause))
}

/// Removes keys that an earlier run with more files left: tables are folders.
fn forget_keys(work: &Work, n_files: usize) -> Result<(), Error> {
    for table in KEYS {
        let folder = work.keys(table, None);
        let entries = fs::read_dir(&folder).map_err(|cause| Error::io("read", &folder, cause))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let number =
                path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse::<usize>().ok());
            if number.is_none_or(|number| number == 0 || number > n_files) {
                fs::remove_file(&path).map_err(|cause| Error::io("remove", &path, cause))?;
            }
        }
    }
    Ok(())
}

fn blake3(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
