//! A task: one file through the narrow stages, to the files that are made of it.

mod compare;
mod counted;
pub mod lists;
mod meet;
mod read;
mod write;

use crate::{
    error::Error,
    made::Made,
    work::{Note, Plan, Stage, Task, Work, attempt},
};
pub(crate) use compare::TOGETHER;
use corpus_core::Registry;
use corpus_format::Part;
pub(crate) use meet::{COPIES, STANDS};
use serde::Deserialize;
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Runs a task, given as JSON, and gives its note as JSON. A task that was done in this state is not done again.
///
/// # Errors
/// When files cannot be read or written. What is in the file that is read never fails a task.
pub fn run(task: &str) -> Result<String, Error> {
    let understood = |cause: serde_json::Error| Error::File {
        what: "understand a task".to_owned(),
        cause: cause.to_string(),
    };
    // Its plan says of which version it is; the rest may be other in each.
    let Planned { plan } = serde_json::from_str(task).map_err(understood)?;
    let plan = Plan::read(&plan)?;
    let task: Task = serde_json::from_str(task).map_err(understood)?;
    let work = Work::around(&task.plan, &plan);
    let note = match work.done(&task) {
        Some(note) => note,
        None => {
            let note = match task.stage {
                Stage::Read => read::run(&task, &plan, &work)?,
                Stage::Write => write::run(&task, &plan, &work)?,
                _ => look_for_copies(&task, &plan, &work)?,
            };
            if matches!(task.stage, Stage::Read | Stage::Write) {
                plan.check_lists()?;
            }
            work.write_note(&task, &note)?;
            note
        }
    };
    serde_json::to_string(&note.tally).map_err(understood)
}

/// What a task of any version has.
#[derive(Deserialize)]
struct Planned {
    plan: PathBuf,
}

/// Runs a task between the narrow stages: its files are written apart, and have their names when all are whole.
fn look_for_copies(task: &Task, plan: &Plan, work: &Work) -> Result<Note, Error> {
    let mut made = Vec::new();
    let Some(options) = plan.pipeline.deduplicate else { return Ok(Note::of(task, made)) };
    let thresholds = options.thresholds();
    let attempt = Attempt::below(work.folder())?;
    let to = attempt.folder().join(&task.makes);
    match task.stage {
        Stage::Near => meet::near(task, work, thresholds, &to, &attempt.folder().join(COPIES))?,
        Stage::Fingerprints => meet::fingerprints(task, work, &to)?,
        Stage::Related => meet::related(task, work, &to)?,
        Stage::Compare => compare::compare(task, work, thresholds, &to)?,
        Stage::Join => compare::join(task, work, &to)?,
        Stage::Read | Stage::Write => {}
    }
    let tables = (task.stage == Stage::Near).then_some(COPIES).into_iter().chain([&*task.makes]);
    for table in tables {
        let to = work.table(table, task.number);
        attempt.put_at(table, &to, work)?;
        made.push(work.made(&to, None)?);
    }
    Ok(Note::of(task, made))
}

/// The parsers that ship.
pub(crate) fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| Registry::core().with(corpus_feed::Feed::new()))
}

/// How the folders of attempts begin.
const ATTEMPT: &str = ".attempt-";

/// Whether a file has the name of a folder of an attempt.
pub(crate) fn is_attempt(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(ATTEMPT))
}

/// A folder in which one attempt at a task writes, and from which whole files move to where they belong.
struct Attempt {
    folder: PathBuf,
    target: PathBuf,
}

impl Attempt {
    /// One at something that belongs below `target`.
    fn below(target: &Path) -> Result<Self, Error> {
        let folder = target.join(format!("{ATTEMPT}{}", attempt()));
        fs::create_dir_all(&folder).map_err(|cause| Error::io("make", &folder, cause))?;
        Ok(Attempt { folder, target: target.to_owned() })
    }

    fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves the parts to the same paths below the target; gives what was made.
    fn put_parts(&self, parts: &[Part], work: &Work) -> Result<Vec<Made>, Error> {
        let put = |part: &Part| {
            let to = self.target.join(&part.path);
            self.put_at(&part.path, &to, work)?;
            work.made(&to, Some(&part.blake3))
        };
        parts.iter().map(put).collect()
    }

    /// Moves the file with this path below the folder, where the run goes on.
    fn put_at(&self, path: &str, to: &Path, work: &Work) -> Result<(), Error> {
        work.check_turn()?;
        let folder = to.parent().unwrap_or(&self.target);
        let moved = fs::create_dir_all(folder).and_then(|()| fs::rename(self.folder.join(path), to));
        moved.map_err(|cause| Error::io("write", to, cause))
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        // What is left of an attempt that failed; nothing depends on its being gone.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_run_of_another_version_is_told_from_ours_whatever_it_asks_for() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("plan.json");
        std::fs::write(&plan, r#"{"version": "7.0.0", "pipeline": "[unheard]"}"#).unwrap();
        let task = serde_json::json!({ "plan": plan, "stage": "unheard" }).to_string();
        let error = super::run(&task).unwrap_err().to_string();
        assert!(error.contains("the run is of version 7.0.0, this executor of "), "{error}");
    }
}
