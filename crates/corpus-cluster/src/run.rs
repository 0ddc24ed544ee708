//! A run: the tasks of a pipeline, stage after stage, and the package that comes of them.

use crate::{
    about::About,
    duplicates::{self, Clusters},
    engine::{Engine, Place},
    error::Error,
    inputs::{inputs, looks},
    made::Below,
    needs::Needs,
    pipeline::{Keep, Pipeline},
    record::{self, Earlier, Hashed, Record},
    stages::{Stages, hash, stamps},
    tally::Tally,
    task::is_attempt,
    turn::Turn,
    work::{self, LAYOUT, Note, Plan, Stage, Task, VERSION, Work, read_json, write_json},
};
use corpus_filter::{Config, Statistics};
use corpus_format::package::Contents;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
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
    /// The first records of each file that were set aside.
    pub rejects: Vec<String>,
}

/// Runs a pipeline at `place`, and says what it does through `say`. What an earlier run of the same pipeline has committed
/// is not done again.
///
/// # Errors
/// When there is nothing to read, a file cannot be written, or the cluster fails. What is committed stays.
pub async fn run(plan: &Plan, place: &Place, say: &mut dyn FnMut(String)) -> Result<Summary, Error> {
    let pipeline = &plan.pipeline;
    let inputs = inputs(plan)?;
    let needs = Needs::of(plan)?;
    let engine = Engine::new(place).await?;
    let (work, turn, earlier) = Work::of(plan, &needs.files, || earlier(plan))?;
    say(format!("{} files, on {}", inputs.len(), place.name()));
    let mut stages = Stages::new(&engine, &work, say);
    let tasks = tasks(&work, plan, &inputs, &needs)?;
    let read = stages.run(&tasks).await?;
    let mut tally = Tally::default();
    read.iter().for_each(|note| tally.add(&note.tally));
    let mut clusters = Clusters::default();
    if pipeline.deduplicate.is_some() && tally.documents > tally.dropped {
        let state = hash(&tasks.iter().map(|task| &*task.state).collect::<Vec<_>>().concat());
        clusters = duplicates::find(&mut stages, inputs.len() as u64, &state).await?;
    }
    let keep = pipeline.deduplicate.map(|options| options.keep);
    let none = BTreeMap::new();
    let written = match keep {
        None => Some(read.clone()),
        Some(Keep::List) => None,
        Some(Keep::Survivors) => {
            Some(write(&mut stages, (&tasks, &read), &clusters.copies(), &mut tally).await?)
        }
        Some(Keep::All) => Some(write(&mut stages, (&tasks, &read), &none, &mut tally).await?),
    };
    let resumed = stages.resumed;
    let notes = stages.notes;
    work.check_turn()?;
    work.unmark()?;
    let current: Vec<Note> = notes.iter().filter_map(|path| read_json(path).ok()).collect();
    work.forget_others(&notes, &current);
    for folder in [plan.output(), work.parts(), work.folder().to_owned()] {
        sweep(&folder)?;
    }
    if let Some(file) = work.changed(&current) {
        let cause = "something else has written it while this run went on; give the same command again";
        return Err(Error::io("keep", &file, cause));
    }
    let rows = clusters.rows();
    let copies = rows.len().saturating_sub(clusters.clusters.len()) as u64;
    let notes = read.iter().chain(written.iter().flatten());
    let made = notes.flat_map(|note| &note.made).filter(|made| made.below == Below::Output);
    let mut about = About::new(plan, made.map(Hashed::made).collect());
    if pipeline.statistics.is_some() {
        let mut before = Statistics::default();
        read.iter().for_each(|note| before.add_all(&note.before));
        let mut after = Statistics::default();
        written.iter().flatten().for_each(|note| after.add_all(&note.after));
        about.report(&tally, &before, &after)?;
    }
    let contents = match written {
        Some(notes) => Some(about.package(notes, &rows, &tally)?),
        None => {
            about.list(&clusters.tsv())?;
            None
        }
    };
    let clusters = clusters.clusters.len() as u64;
    let files = about.finish();
    earlier.remove(&plan.output(), &files);
    let record = Record {
        program: record::PROGRAM,
        version: VERSION,
        filter: filter_toml(plan)?,
        annotate: needs.annotate(),
        deduplicate: &pipeline.deduplicate,
        statistics: &pipeline.statistics,
        max_record: pipeline.read.max_record,
        map: &pipeline.read.map,
        read: read.iter().map(Hashed::read).collect(),
        lists: &needs.files,
        counts: &tally,
        clusters,
        copies,
        files,
    };
    work.check_turn()?;
    write_json(&plan.output().join(record::NAME), &record)?;
    turn.finish();
    let rejects = read.into_iter().flat_map(|note| note.rejects).collect();
    Ok(Summary { tally, clusters, copies, contents, resumed, rejects })
}

/// Writes what is left of each file without these rows of its part.
async fn write(
    stages: &mut Stages<'_>,
    (read, notes): (&[Task], &[Note]),
    copies: &BTreeMap<u64, Vec<u32>>,
    tally: &mut Tally,
) -> Result<Vec<Note>, Error> {
    let state = hash(&format!("{copies:?}"));
    for task in read {
        let none = Vec::new();
        write_json(&stages.work().copies(task.number), copies.get(&task.number).unwrap_or(&none))?;
    }
    let of_write = |(task, note): (&Task, &Note)| Task {
        stage: Stage::Write,
        makes: "write".to_owned(),
        state: hash(&format!("{} {state} {}", task.state, stamps(note))),
        ..task.clone()
    };
    let tasks: Vec<Task> = read.iter().zip(notes).map(of_write).collect();
    let notes = stages.run(&tasks).await?;
    notes.iter().for_each(|note| tally.add(&note.tally));
    Ok(notes)
}

/// What the run before left; refuses a folder that holds something else than a run left.
fn earlier(plan: &Plan) -> Result<Earlier, Error> {
    let output = plan.output();
    let earlier = Earlier::at(&output);
    let is_used = fs::read_dir(&output).is_ok_and(|mut entries| entries.next().is_some());
    // There is no record while a run goes on.
    let was_cut = Turn::was_cut(&output) || earlier.is_none();
    let is_ours = earlier.is_some() || Turn::was_cut(&output) || work::has_made(&plan.work(), &output);
    if is_used && !is_ours {
        let cause =
            "the folder is not empty, and no run.json in it says that a run made it; name another as output";
        return Err(Error::io("write", &output, cause));
    }
    let mut earlier = earlier.unwrap_or_default();
    earlier.was_cut = was_cut;
    Ok(earlier)
}

/// The filters with every setting written out.
fn filter_toml(plan: &Plan) -> Result<Option<String>, Error> {
    let filter = plan.pipeline.filter.as_ref();
    filter.map(Config::to_toml).transpose().map_err(|error| plan.wrong("filter", &error.to_string()))
}

/// The tasks that read, in the order of the files.
fn tasks(work: &Work, plan: &Plan, inputs: &[PathBuf], needs: &Needs) -> Result<Vec<Task>, Error> {
    let Pipeline { output: _, work: _, read, filter: _, annotate, deduplicate, statistics } = &plan.pipeline;
    let (filter, lists) = (filter_toml(plan)?, &needs.files);
    let what = (
        &plan.version,
        LAYOUT,
        (read.max_record, &read.map),
        filter,
        annotate,
        deduplicate,
        statistics,
        lists,
    );
    let text = serde_json::to_string(&what).map_err(|cause| Error::io("write", &work.plan(), cause))?;
    let task = |(input, number): (&PathBuf, u64)| {
        let name = input.strip_prefix(&plan.folder).unwrap_or(input).to_string_lossy().into_owned();
        let state = hash(&format!("{text} {name} {}", looks(input)?));
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
        let path = entry.path();
        if is_attempt(&entry.file_name()) && path.is_dir() {
            fs::remove_dir_all(&path).map_err(|cause| Error::io("remove", &path, cause))?;
        }
    }
    Ok(())
}
