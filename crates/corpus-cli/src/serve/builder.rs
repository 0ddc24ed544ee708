//! The builder of a server: `corpus build` and `corpus decide` in processes of their own, which can be ended at any moment.

use corpus_api::{Annotated, Decision};
use corpus_query::Deadline;
use serde_json::Value;
use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// Reasons that are named where nothing could be read.
const REASONS: usize = 3;
/// How often is looked whether the build is to end.
const LOOKS: Duration = Duration::from_millis(50);

/// Builds and decides by running this program.
#[derive(Debug)]
pub(super) struct Builder {
    /// The corpus, as an absolute path.
    pub(super) directory: PathBuf,
}

impl corpus_api::Builder for Builder {
    fn build(&self, folder: &Path, tell: &mut dyn FnMut(&str), stop: &Deadline) -> Result<Value, String> {
        // Named from within their folder, the files are called what their owner called them.
        let arguments = ["build", ".", "--verbose", "--format", "json", "-o"].map(OsStr::new);
        self.run(folder, arguments.into_iter().chain([self.directory.as_os_str()]), tell, stop)
    }

    fn decide(
        &self,
        decision: &Decision,
        tell: &mut dyn FnMut(&str),
        stop: &Deadline,
    ) -> Result<Value, String> {
        let mut options = Vec::new();
        let mut about = |Annotated { document, layer, words, at }: &Annotated| {
            options.extend(at.iter().map(|at| format!("--at={at}")));
            vec![document.to_string(), layer.clone(), words.clone()]
        };
        let (what, words) = match decision {
            Decision::Accept(annotated) => ("accept", about(annotated)),
            Decision::Reject(annotated) => ("reject", about(annotated)),
            Decision::Merge(kept, other) => ("merge", vec![kept.to_string(), other.to_string()]),
            Decision::Split(entity, name) => ("split", vec![entity.to_string(), name.clone()]),
            Decision::Note { document, words, text } => {
                ("note", vec![document.to_string(), words.clone(), text.clone()])
            }
            Decision::Undo(number) => ("undo", vec![number.to_string()]),
            other => return Err(format!("{other} is no decision that is known here")),
        };
        let before = [OsStr::new("decide"), self.directory.as_os_str(), OsStr::new(what)].into_iter();
        // Behind two hyphens no word is taken for an option.
        let words =
            options.iter().map(OsStr::new).chain([OsStr::new("--")]).chain(words.iter().map(OsStr::new));
        self.run(Path::new("."), before.chain(words), tell, stop)
    }
}

impl Builder {
    /// Runs this program; what it writes to standard output, as JSON, or null where it writes nothing.
    fn run<'a>(
        &self,
        folder: &Path,
        arguments: impl Iterator<Item = &'a OsStr>,
        tell: &mut dyn FnMut(&str),
        stop: &Deadline,
    ) -> Result<Value, String> {
        let failed = |error: &dyn std::fmt::Display| {
            let directory = self.directory.display();
            format!("this program cannot be run on {directory}: {error}; try it by hand")
        };
        let program = env::current_exe().map_err(|error| failed(&error))?;
        let arguments: Vec<&OsStr> =
            ["--color", "never"].map(OsStr::new).into_iter().chain(arguments).collect();
        let spawn = |mut command: Command| {
            let command = command.args(&arguments).current_dir(folder).stdin(Stdio::null());
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
        };
        let child = match spawn(giving_way(&program)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => spawn(Command::new(&program)),
            spawned => spawned,
        };
        let child = child.map_err(|error| failed(&error))?;
        let Running(child) = &mut Running(child);
        let (Some(mut stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(failed(&"it says nothing"));
        };
        let (sender, lines) = std::sync::mpsc::channel();
        let telling = thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let answering = thread::spawn(move || {
            let mut answer = String::new();
            stdout.read_to_string(&mut answer).map(|_| answer)
        });
        let (mut reason, mut set_aside): (Vec<String>, Vec<String>) = Default::default();
        let mut say = |line: String| {
            tell(line.strip_prefix("note: ").unwrap_or(&line));
            set_aside.extend(line.strip_prefix("warning: ").map(str::to_owned));
            let hint = line.strip_prefix("hint: ").filter(|_| !reason.is_empty());
            reason.extend(line.strip_prefix("error: ").or(hint).map(str::to_owned));
        };
        let status = loop {
            while let Ok(line) = lines.try_recv() {
                say(line);
            }
            if stop.is_over() {
                end(child);
            }
            if let Some(status) = child.try_wait().map_err(|error| failed(&error))? {
                break status;
            }
            thread::sleep(LOOKS);
        };
        // Both end with the process, whose ends of the pipes are closed now.
        let _ = telling.join();
        lines.try_iter().for_each(&mut say);
        let answer = answering.join().map_err(|_| failed(&"its answer was lost"))?;
        match status.code() {
            // 1: nothing was found; 3: some records were set aside.
            Some(0 | 1 | 3) => {
                let answer = answer.map_err(|error| failed(&error))?;
                match answer.trim() {
                    "" => Ok(Value::Null),
                    answer => serde_json::from_str(answer).map_err(|error| failed(&error)),
                }
            }
            // 4: nothing could be read.
            Some(4) if reason.is_empty() && !set_aside.is_empty() => {
                set_aside.truncate(REASONS);
                Err(format!("nothing could be read: {}", set_aside.join("; ")))
            }
            _ if reason.is_empty() => Err(failed(&format_args!("it ended with {status}"))),
            _ => Err(reason.join("; ")),
        }
    }
}

/// This program as one that gives way to others where the machine has not enough for all: who asks the server waits for
/// an answer, and nobody waits for a build. The process that is started becomes this program.
fn giving_way(program: &Path) -> Command {
    if cfg!(unix) {
        let mut command = Command::new("nice");
        command.args(["-n", "10"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A process that does not outlive who waits for it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        end(&mut self.0);
        // It was waited for already, unless something went wrong.
        let _ = self.0.wait();
    }
}

/// Ends a process; what it has committed stays.
fn end(child: &mut Child) {
    // One that has just ended by itself cannot be ended.
    let _ = child.kill();
}
