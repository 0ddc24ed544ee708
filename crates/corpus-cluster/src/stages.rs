//! Stages: tasks that are given to the engine and waited for, one stage after the other.

use crate::{
    engine::Engine,
    error::Error,
    made::{Below, Made},
    source::Source,
    work::{Note, Stage, Task, Work},
};
use serde::Serialize;
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Runs stages.
pub(crate) struct Stages<'a> {
    engine: &'a Engine,
    work: &'a Work,
    say: &'a mut dyn FnMut(String),
    /// Tasks that were done before.
    pub(crate) resumed: u64,
    /// The notes of all tasks of the run, by their files.
    pub(crate) notes: HashSet<PathBuf>,
    /// What the tasks so far have left in the work folder: what follows was made of just that.
    trail: String,
}

/// How long a stage runs before it says how far it has come, and then each time.
const SAID_EVERY: Duration = Duration::from_secs(15);

/// How long a scheduler may be silent before the run gives it up.
const SILENCE: Duration = Duration::from_secs(120);

/// A task in a file of its own, as a row that the engine reads.
#[derive(Serialize)]
struct Row {
    task: String,
}

/// What tasks read that are no narrow ones: a table and the number of its files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reads<'a> {
    pub(crate) table: &'a str,
    pub(crate) n_files: u64,
}

impl<'a> Stages<'a> {
    pub(crate) fn new(engine: &'a Engine, work: &'a Work, say: &'a mut dyn FnMut(String)) -> Self {
        Stages { engine, work, say, resumed: 0, notes: HashSet::new(), trail: String::new() }
    }

    /// The work folder.
    pub(crate) const fn work(&self) -> &'a Work {
        self.work
    }

    /// Runs those of the tasks of a stage that were not done; gives the notes of all, in order.
    pub(crate) async fn run(&mut self, tasks: &[Task]) -> Result<Vec<Note>, Error> {
        let Some(first) = tasks.first() else { return Ok(Vec::new()) };
        let folder = self.work.tasks(&first.makes);
        clear(&folder)?;
        let mut open = Vec::new();
        for task in tasks {
            self.notes.insert(self.work.note(&task.makes, task.number));
            if self.work.done(task).is_some() {
                self.resumed += 1;
                continue;
            }
            open.push(task);
            let failed = |cause: serde_json::Error| Error::io("write", &folder, cause);
            let row = Row { task: serde_json::to_string(task).map_err(failed)? };
            let row = serde_json::to_string(&row).map_err(failed)?;
            let path = folder.join(format!("{:06}.json", task.number));
            fs::write(&path, row + "\n").map_err(|cause| Error::io("write", &path, cause))?;
        }
        if !open.is_empty() {
            self.work.unmark()?;
            let before = tasks.len() - open.len();
            let known = if before > 0 { format!(", {before} are done") } else { String::new() };
            let n_tasks = if open.len() == 1 { "1 task".to_owned() } else { format!("{} tasks", open.len()) };
            (self.say)(format!("{}: {n_tasks} to do{known}", first.makes));
            self.engine.table("tasks", &Source::at(&folder)?).await?;
            self.wait(&first.makes, open).await?;
        }
        let missing = |task: &Task| Error::Cluster {
            what: format!("run the task of {}", task.name),
            cause: "it ended, but its note is not there: is the work folder the same for all machines?"
                .to_owned(),
        };
        let notes = tasks.iter().map(|task| self.work.noted(task).ok_or_else(|| missing(task)));
        let notes = notes.collect::<Result<Vec<Note>, Error>>()?;
        self.trail = hash(&format!("{} {}", self.trail, notes.iter().map(stamps).collect::<String>()));
        Ok(notes)
    }

    /// Has the engine run what lies in the table of tasks, and says now and then how many of them are done. A scheduler
    /// that is silent for long is given up.
    async fn wait(&mut self, makes: &str, mut open: Vec<&Task>) -> Result<(), Error> {
        let n_tasks = open.len();
        let mut answered = Instant::now();
        // What tasks have done stands in their notes; an engine that loses a row loses nothing.
        let ended = self.engine.each("SELECT corpus_task(task) AS note FROM tasks", |_| Ok(()));
        let mut ended = std::pin::pin!(ended);
        loop {
            match tokio::time::timeout(SAID_EVERY, &mut ended).await {
                Ok(ended) => break ended.map(|_| ()),
                Err(_) => {
                    if let Some(scheduler) = self.engine.silent().await {
                        let seconds = answered.elapsed().as_secs();
                        if answered.elapsed() > SILENCE {
                            let what = format!("go on: the scheduler at {scheduler} is silent");
                            let cause = format!("it has not answered for {seconds} seconds; is it stopped?");
                            return Err(Error::Cluster { what, cause });
                        }
                        let most = SILENCE.as_secs();
                        (self.say)(format!(
                            "the scheduler at {scheduler} does not answer, for {seconds} seconds; this run waits {most}"
                        ));
                        continue;
                    }
                    answered = Instant::now();
                    open.retain(|task| self.work.noted(task).is_none());
                    let n_done = n_tasks - open.len();
                    let waits = (n_done == 0 && !self.work.is_begun()).then(|| self.engine.place().wants());
                    let waits = waits.flatten().map(|hint| format!("; {hint}")).unwrap_or_default();
                    (self.say)(format!("{makes}: {n_done} of {n_tasks} tasks done{waits}"));
                }
            }
        }
    }

    /// Runs `n_tasks` tasks that make the table `makes` of what they read; `state` is that of the input.
    pub(crate) async fn make(
        &mut self,
        stage: Stage,
        makes: &str,
        reads: Reads<'_>,
        n_tasks: u64,
        state: &str,
    ) -> Result<(), Error> {
        let Reads { table, n_files } = reads;
        let trail = self.trail.clone();
        let task = |number| Task {
            plan: self.work.plan(),
            stage,
            makes: makes.to_owned(),
            number,
            n_tasks,
            reads: table.to_owned(),
            n_read: n_files,
            input: PathBuf::new(),
            name: format!("{makes} {number}"),
            state: hash(&format!("{state} {trail} {makes} {number} of {n_tasks} {table} {n_files}")),
        };
        let tasks: Vec<Task> = (1..=n_tasks).map(task).collect();
        self.run(&tasks).await.map(|_| ())
    }
}

/// What tells the files of the work folder that a task made from those of another time.
pub(crate) fn stamps(note: &Note) -> String {
    note.made.iter().filter(|made| made.below == Below::Work).map(Made::stamp).collect()
}

/// BLAKE3 of a text, 64 hex digits.
pub(crate) fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// Empties a folder, which is made where it is not there.
fn clear(folder: &Path) -> Result<(), Error> {
    let made = match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause),
        _ => fs::create_dir_all(folder),
    };
    made.map_err(|cause| Error::io("empty", folder, cause))
}
