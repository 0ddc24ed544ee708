//! The work folder: what tasks are there, what each has done, and the tables between stages.

use crate::{
    error::Error,
    made::{Below, Made},
    pipeline::{Pipeline, located},
    record::{self, Hashed},
    tally::Tally,
    turn::Turn,
};
use corpus_filter::Statistics;
use corpus_format::{Layer, Part, Table, package::DESCRIPTION};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

/// What a task does. The narrow stages, [`Read`](Stage::Read) and [`Write`](Stage::Write), have a task for each file of the
/// input; those between them look for copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Reads, parses, filters; annotates and writes the package, where no copies are looked for.
    Read,
    /// Says which texts share a band.
    Near,
    /// Says the fingerprints of the texts of a file, each as that of the first text of its cluster.
    Fingerprints,
    /// Says which of those first texts share fingerprints.
    Related,
    /// Says which of the texts that met are copies.
    Compare,
    /// Puts together what some tasks found to be copies.
    Join,
    /// Leaves copies out, annotates, and writes the package.
    Write,
}

/// What is the same for all tasks of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program that made it: another may make other documents.
    pub version: String,
    /// The file that it was read from.
    pub file: PathBuf,
    /// The folder of the pipeline's file, from which its paths count.
    pub folder: PathBuf,
    /// What is done, as it was written.
    pub toml: String,
    /// What is done.
    pub pipeline: Pipeline,
    /// The files that it names, as they were when it began: lists, test sets, a tokenizer.
    pub(crate) lists: Vec<Hashed>,
}

/// A plan as it lies in the work folder.
#[derive(Serialize, Deserialize)]
struct Written {
    version: String,
    folder: PathBuf,
    pipeline: String,
    lists: Vec<Hashed>,
}

/// What a plan of any version has.
#[derive(Deserialize)]
struct Versioned {
    version: String,
}

impl Plan {
    /// That of the pipeline in a file.
    ///
    /// # Errors
    /// When the file cannot be read, or does not say what can be done.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let toml = fs::read_to_string(path).map_err(|cause| Error::io("read", path, cause))?;
        let pipeline = parse(&toml, path)?;
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().map_err(|cause| Error::io("find", folder, cause))?;
        let (version, file) = (VERSION.to_owned(), path.to_owned());
        Ok(Plan { version, file, folder, toml, pipeline, lists: Vec::new() })
    }

    /// The plan that lies at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or is that of another version.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let Versioned { version } = read_json(path)?;
        if version != VERSION {
            return Err(Error::Cluster {
                what: "run a task".to_owned(),
                cause: format!("the run is of version {version}, this executor of {VERSION}"),
            });
        }
        let Written { version, folder, pipeline: toml, lists } = read_json(path)?;
        let pipeline = parse(&toml, path)?;
        Ok(Plan { version, file: path.to_owned(), folder, toml, pipeline, lists })
    }

    /// Writes the plan to `path`, with the files that it names as they are now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, path: &Path, lists: &[Hashed]) -> Result<(), Error> {
        let Plan { version, folder, toml, .. } = self;
        let (version, folder, pipeline) = (version.clone(), folder.clone(), toml.clone());
        write_json(path, &Written { version, folder, pipeline, lists: lists.to_vec() })
    }

    /// Whether the files that it names are what they were.
    ///
    /// # Errors
    /// Where one is not.
    pub(crate) fn check_lists(&self) -> Result<(), Error> {
        for list in &self.lists {
            let path = self.folder.join(&list.path);
            if Hashed::of(&self.folder, &path)? != *list {
                return Err(Error::changed(&path));
            }
        }
        Ok(())
    }

    /// The fault of a setting, such as `annotate.layers`, with its line.
    pub(crate) fn wrong(&self, setting: &str, reason: &str) -> Error {
        Error::Pipeline {
            path: self.file.display().to_string(),
            reason: located(&self.toml, setting, reason),
        }
    }

    /// The folder of the package.
    pub fn output(&self) -> PathBuf {
        self.folder.join(&self.pipeline.output)
    }

    /// The folder in which tasks note what they have done.
    pub fn work(&self) -> PathBuf {
        match &self.pipeline.work {
            Some(work) => self.folder.join(work),
            None => {
                let output = self.output();
                let mut name = output.file_name().unwrap_or_default().to_owned();
                name.push(".work");
                output.with_file_name(name)
            }
        }
    }
}

fn parse(toml: &str, path: &Path) -> Result<Pipeline, Error> {
    Pipeline::parse(toml).map_err(|reason| Error::Pipeline { path: path.display().to_string(), reason })
}

/// What makes documents, and so what results depend on.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What lies in a work folder, and how: what an earlier one was made for is done again.
pub const LAYOUT: u32 = 3;

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The plan.
    pub plan: PathBuf,
    /// What it does.
    pub stage: Stage,
    /// What is made by it and its like: a name that no others have.
    pub makes: String,
    /// Its number among them, from 1; that of its file in the narrow stages, and of the parts that are made of it.
    pub number: u64,
    /// How many they are.
    pub n_tasks: u64,
    /// The table that is read; of a narrow stage none.
    pub reads: String,
    /// Number of its files.
    pub n_read: u64,
    /// The file of the input; of other stages none.
    pub input: PathBuf,
    /// What the file is called in documents: its path from the folder of the pipeline.
    pub name: String,
    /// What the result depends on: the plan, and the state of what is read. Equal states, equal results.
    pub state: String,
}

/// What a task has done. It is there only when all its files are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Note {
    /// That of the task.
    pub state: String,
    /// What the file that was read is called.
    pub name: String,
    /// BLAKE3 of the file, 64 hex digits.
    pub blake3: String,
    /// Counts.
    pub tally: Tally,
    /// The parts of the package that were written.
    pub parts: Vec<PartNote>,
    /// Every file that was written, these parts among them.
    #[serde(default)]
    pub made: Vec<Made>,
    /// The first of the records that were set aside, as a person reads them.
    #[serde(default)]
    pub rejects: Vec<String>,
    /// What the documents that were read are like.
    #[serde(default)]
    pub before: Statistics,
    /// What those are like that were written.
    #[serde(default)]
    pub after: Statistics,
}

impl Note {
    /// That of a task which made these files, and of which there is no more to say.
    pub(crate) fn of(task: &Task, made: Vec<Made>) -> Self {
        Note { state: task.state.clone(), name: task.name.clone(), made, ..Note::default() }
    }
}

/// A part of a package, as a note has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartNote {
    path: String,
    table: String,
    number: u64,
    layer: Option<(String, u32)>,
    rows: u64,
    bytes: u64,
    blake3: String,
}

impl From<Part> for PartNote {
    fn from(part: Part) -> Self {
        PartNote {
            table: part.table.as_str().to_owned(),
            layer: part.layer.map(|layer| (layer.name, layer.version)),
            path: part.path,
            number: part.number,
            rows: part.rows,
            bytes: part.bytes,
            blake3: part.blake3,
        }
    }
}

impl PartNote {
    /// The part; `None` where its table is none of this version.
    pub fn part(self) -> Option<Part> {
        let table = Table::ALL.iter().copied().find(|table| table.as_str() == self.table)?;
        Some(Part {
            table,
            layer: self.layer.map(|(name, version)| Layer { name, version }),
            path: self.path,
            number: self.number,
            rows: self.rows,
            bytes: self.bytes,
            blake3: self.blake3,
        })
    }
}

/// The work folder, and that of the package.
#[derive(Clone, Debug)]
pub struct Work {
    folder: PathBuf,
    output: PathBuf,
    /// The folder of the turn.
    turn: PathBuf,
}

impl Work {
    /// That of a plan, made where it is not there, with the plan in it, the turn at it, and what `check` finds.
    ///
    /// # Errors
    /// When it cannot be made, another run is at work in it, or `check` fails.
    pub(crate) fn of<T>(
        plan: &Plan,
        lists: &[Hashed],
        check: impl FnOnce() -> Result<T, Error>,
    ) -> Result<(Self, Turn, T), Error> {
        let (folder, output) = (plan.work(), plan.output());
        if !entries(&folder).is_empty() && !Turn::was_taken(&folder) {
            let cause = "the folder is not empty, and no run has worked in it; name another as work";
            return Err(Error::io("write", &folder, cause));
        }
        let made = fs::create_dir_all(&folder).and_then(|()| folder.canonicalize());
        let folder = made.map_err(|cause| Error::io("make", &folder, cause))?;
        let (turn, checked) = Turn::take(&folder, &output, check)?;
        let work = Work { folder, output, turn: turn.folder().to_owned() };
        plan.write(&work.plan(), lists)?;
        Ok((work, turn, checked))
    }

    /// That in which the file of a plan lies.
    pub(crate) fn around(file: &Path, plan: &Plan) -> Self {
        let mut folders = file.ancestors().skip(1).map(Path::to_owned);
        let turn = folders.next().unwrap_or_default();
        Work { folder: folders.nth(1).unwrap_or_default(), output: plan.output(), turn }
    }

    /// Whether the plan is still carried out: a task of one that is not writes nothing more.
    ///
    /// # Errors
    /// Where it is not.
    pub(crate) fn check_turn(&self) -> Result<(), Error> {
        if Turn::is_on(&self.turn, &self.output) {
            return Ok(());
        }
        let what = "go on with a task".to_owned();
        Err(Error::Cluster { what, cause: "its run has ended".to_owned() })
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The plan.
    pub fn plan(&self) -> PathBuf {
        self.turn.join("plan.json")
    }

    /// The folder of the tasks that make something.
    pub fn tasks(&self, makes: &str) -> PathBuf {
        self.turn.join("tasks").join(makes)
    }

    /// The note of a task.
    pub fn note(&self, makes: &str, number: u64) -> PathBuf {
        self.folder.join(DONE).join(makes).join(format!("{number:06}.json"))
    }

    /// The note of a task, where it was done in this state and what it made is still there.
    pub fn done(&self, task: &Task) -> Option<Note> {
        let note = self.noted(task)?;
        note.made.iter().all(|made| made.is_whole(self.below(made.below))).then_some(note)
    }

    /// The note of a task, where it was done in this state.
    pub fn noted(&self, task: &Task) -> Option<Note> {
        let note: Note = read_json(&self.note(&task.makes, task.number)).ok()?;
        (note.state == task.state).then_some(note)
    }

    /// Notes what a task has done.
    ///
    /// # Errors
    /// When the note cannot be written.
    pub fn write_note(&self, task: &Task, note: &Note) -> Result<(), Error> {
        self.check_turn()?;
        write_json(&self.note(&task.makes, task.number), note)
    }

    /// Removes from the work folder the notes that are none of `notes`, which `current` are, and the files that these do
    /// not name: what an earlier run of another pipeline, or of more files, has left.
    pub(crate) fn forget_others(&self, notes: &HashSet<PathBuf>, current: &[Note]) {
        let made = current.iter().flat_map(|note| &note.made).filter(|made| made.below == Below::Work);
        let made: HashSet<PathBuf> = made.map(|made| self.folder.join(&made.path)).collect();
        for (folder, kept) in [(DONE, notes), (TABLES, &made), (PARTS, &made)] {
            let of_tables = entries(&self.folder.join(folder)).into_iter().filter(|path| !path.is_symlink());
            for path in of_tables.flat_map(|table| entries(&table)) {
                if !kept.contains(&path) {
                    // What cannot be removed is in nobody's way.
                    let _ = fs::remove_file(&path);
                }
            }
        }
    }

    /// One of the two folders.
    pub fn below(&self, below: Below) -> &Path {
        match below {
            Below::Output => &self.output,
            Below::Work => &self.folder,
        }
    }

    /// A file that was just made at `path`, with its hash where that is known.
    pub(crate) fn made(&self, path: &Path, blake3: Option<&str>) -> Result<Made, Error> {
        for below in [Below::Work, Below::Output] {
            let folder = self.below(below);
            if let Ok(path) = path.strip_prefix(folder) {
                return Made::of(below, folder, path, blake3);
            }
        }
        Err(Error::io("note", path, "it lies neither in the work folder nor in that of the package"))
    }

    /// Whether any task has begun: whether an attempt at one has left a folder.
    pub(crate) fn is_begun(&self) -> bool {
        let folders = [self.folder.clone(), self.parts(), self.output.clone()];
        let mut entries = folders.iter().flat_map(|folder| entries(folder));
        entries.any(|path| path.file_name().is_some_and(crate::task::is_attempt))
    }

    /// Takes from the package what says that it is whole, before any file of it is made anew.
    ///
    /// # Errors
    /// When that cannot be removed.
    pub(crate) fn unmark(&self) -> Result<(), Error> {
        // The record first: it names the other.
        for name in [record::NAME, DESCRIPTION] {
            let path = self.output.join(name);
            match fs::remove_file(&path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::io("remove", &path, cause));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A file that tasks made, as these notes have it, and that is not what they made any more.
    pub(crate) fn changed(&self, notes: &[Note]) -> Option<PathBuf> {
        let mut made = notes.iter().flat_map(|note| &note.made);
        made.find(|made| !made.is_whole(self.below(made.below)))
            .map(|made| self.below(made.below).join(&made.path))
    }

    /// The folder of parts that wait for copies to be found.
    pub fn parts(&self) -> PathBuf {
        self.folder.join(PARTS)
    }

    /// A file of a table between stages.
    pub fn table(&self, name: &str, number: u64) -> PathBuf {
        self.folder.join(TABLES).join(name).join(format!("{number:06}"))
    }

    /// So many files of a table.
    pub fn files(&self, name: &str, n_files: u64) -> impl Iterator<Item = PathBuf> {
        (1..=n_files).map(move |number| self.table(name, number))
    }

    /// The rows of a part that are left out.
    pub fn copies(&self, number: u64) -> PathBuf {
        self.folder.join("copies").join(format!("{number:06}.json"))
    }
}

/// Whether a file of a package is there as tasks noted it.
pub(crate) fn has_made(work: &Path, output: &Path) -> bool {
    let notes = entries(&work.join(DONE)).into_iter().flat_map(|makes| entries(&makes));
    let notes = notes.filter_map(|path| read_json::<Note>(&path).ok());
    let mut made = notes.flat_map(|note| note.made).filter(|made| made.below == Below::Output);
    made.any(|made| made.is_whole(output))
}

/// The folders of notes, of tables between stages, and of parts that wait for copies to be found, below that of the work.
const DONE: &str = "done";
const TABLES: &str = "tables";
const PARTS: &str = "parts";

/// What lies in a folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// Reads a file of JSON.
///
/// # Errors
/// When it cannot be read, or holds something else.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let failed = |cause| Error::io("read", path, cause);
    // A pipe would be waited for.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Error::io("read", path, "it is no file"));
    }
    let bytes = fs::read(path).map_err(failed)?;
    serde_json::from_slice(&bytes).map_err(|cause| Error::io("understand", path, cause))
}

/// Writes a file of JSON, which has its name only when it is whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Error> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|cause| Error::io("write", path, cause))?;
    text.push(b'\n');
    write_whole(path, &text)
}

/// Writes a file, which has its name only when it is whole.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |cause| Error::io("write", path, cause);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let temporary = path.with_extension(format!("{}.tmp", attempt()));
    let mut file = File::create(&temporary).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&temporary, path).map_err(failed)
}

/// A name that no other attempt at the same task has: two may run at once where one was thought to be dead.
pub(crate) fn attempt() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let time =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    format!("{}-{time}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_away_nothing_that_another_names() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("plan.toml");
        fs::write(&plan, "output = \"out\"\nwork = \"work\"\n[read]\npaths = [\"in\"]\n").unwrap();
        let (work, _turn, ()) = Work::of(&Plan::open(&plan).unwrap(), &[], || Ok(())).unwrap();
        let task = Task {
            plan: work.plan(),
            stage: Stage::Read,
            makes: "read".to_owned(),
            number: 1,
            n_tasks: 1,
            reads: String::new(),
            n_read: 0,
            input: PathBuf::new(),
            name: "in".to_owned(),
            state: String::new(),
        };
        let path = work.below(Below::Output).join("rejects");
        fs::write(&path, "kept").unwrap();
        let made = vec![work.made(&path, None).unwrap()];
        work.write_note(&task, &Note::of(&task, made)).unwrap();
        // As one does that was stopped, and goes on when another run has come to its end.
        work.write_note(&task, &Note::of(&task, Vec::new())).unwrap();
        assert!(path.exists());
    }
}
