//! Where an export goes: a stream, or a file or folder that gets its name only when it is whole.

use crate::error::{Error, ErrorKind};
use std::{
    ffi::{OsStr, OsString},
    fmt,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Where an export goes.
pub enum Target<'a> {
    /// Whoever reads these bytes as they come.
    Stream(&'a mut dyn Write),
    /// A file or a folder, as the format has it.
    Path(&'a Path),
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Stream(_) => f.write_str("Stream"),
            Target::Path(path) => f.debug_tuple("Path").field(path).finish(),
        }
    }
}

impl<'a> Target<'a> {
    /// The path of a format that is written to a path only.
    pub(crate) fn path(self, format: &str, hint: &str) -> Result<&'a Path, Error> {
        match self {
            Target::Path(path) => Ok(path),
            Target::Stream(_) => {
                Err(Error::new(ErrorKind::Target, format!("write {format} to a stream; {hint}")))
            }
        }
    }
}

/// The device or the pipe at `path`, itself or by a link, to be written as the bytes come; `None` where there is none.
pub(crate) fn stream_at(path: &Path) -> Result<Option<File>, Error> {
    match takes_bytes(path) {
        true => {
            let file = File::options().write(true).open(path);
            file.map(Some).map_err(|cause| Error::write(Some(path), cause))
        }
        false => Ok(None),
    }
}

fn takes_bytes(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Where a path leads, over links, though nothing is there yet.
fn led(path: &Path) -> io::Result<PathBuf> {
    let mut led = path.to_owned();
    // As many links as systems follow.
    for _ in 0..40 {
        if !led.is_symlink() {
            return Ok(led);
        }
        led = led.parent().unwrap_or(Path::new("")).join(fs::read_link(&led)?);
    }
    Err(io::Error::other("it leads in a circle of links"))
}

/// A name that a file or folder has until it is whole: dropped before that, it is gone. What a process left behind that
/// was ended goes when the same is written again.
#[derive(Debug)]
pub(crate) struct Unfinished {
    path: PathBuf,
    temporary: PathBuf,
    /// Locked as long as it is written.
    lock: Option<File>,
    done: bool,
}

impl Unfinished {
    /// A name beside `path`, in the same folder; beside what a link leads to, where `path` is one.
    ///
    /// A device or a pipe is refused: the file would take its place. [`stream_at`] opens it.
    pub(crate) fn new(path: &Path) -> Result<Self, Error> {
        if takes_bytes(path) {
            let what =
                format!("write to {}: it is a device or a pipe; name a file or a folder", path.display());
            return Err(Error::new(ErrorKind::Target, what));
        }
        let led = led(path).map_err(|cause| Error::write(Some(path), cause))?;
        let path = &*led;
        let Some(name) = path.file_name() else {
            return Err(Error::new(ErrorKind::Target, format!("write {}: it has no name", path.display())));
        };
        let mut temporary = OsString::from(".");
        temporary.push(name);
        temporary.push(".unfinished-");
        let path = path.parent().unwrap_or(Path::new("")).join(name);
        sweep(&path, &temporary);
        temporary.push(std::process::id().to_string());
        Ok(Unfinished { temporary: path.with_file_name(temporary), path, lock: None, done: false })
    }

    /// The name it has for now.
    pub(crate) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The name it will have.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A file under the temporary name.
    pub(crate) fn create(&mut self) -> Result<File, Error> {
        // What an earlier process of this number left behind, or a link that somebody laid there.
        let made = match fs::remove_file(&self.temporary) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => File::create_new(&self.temporary),
        };
        let file = made.map_err(|cause| Error::write(Some(&self.path), cause))?;
        self.lock();
        Ok(file)
    }

    /// Marks it as one that is written, for as long as this lives.
    fn lock(&mut self) {
        if LOCKS {
            self.lock = File::open(&self.temporary).ok().filter(|file| file.try_lock().is_ok());
        }
    }

    /// A folder under the temporary name. Nothing but an empty folder may bear the name it will have.
    pub(crate) fn create_folder(&mut self) -> Result<(), Error> {
        match fs::read_dir(&self.path).map(|mut entries| entries.next().is_none()) {
            Ok(true) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(false) => {
                let what = format!(
                    "write to {}: the folder holds files; name a new one, or empty it",
                    self.path.display()
                );
                return Err(Error::new(ErrorKind::Exists, what));
            }
            Err(error) => return Err(Error::write(Some(&self.path), error)),
        }
        if self.temporary.exists() {
            // What an earlier process of this number left behind.
            fs::remove_dir_all(&self.temporary).map_err(|cause| Error::write(Some(&self.path), cause))?;
        }
        fs::create_dir(&self.temporary).map_err(|cause| Error::write(Some(&self.path), cause))?;
        self.lock();
        Ok(())
    }

    /// Gives it the name it is to have.
    pub(crate) fn finish(mut self) -> Result<PathBuf, Error> {
        let failed = |cause| Error::write(Some(&self.path), cause);
        if self.temporary.is_dir() && self.path.is_dir() {
            fs::remove_dir(&self.path).map_err(failed)?;
        }
        fs::rename(&self.temporary, &self.path).map_err(failed)?;
        self.done = true;
        Ok(std::mem::take(&mut self.path))
    }
}

/// Whether a lock keeps others from nothing but locking. Elsewhere what is left behind stays.
const LOCKS: bool = cfg!(unix);

/// How long something unfinished must lie untouched before it counts as left behind.
const LEFT: Duration = Duration::from_secs(60);

/// Removes what processes that were ended left of the file or folder at `path`: what bears its `unfinished` name with
/// the number of a process behind it, and is not locked. Best effort.
fn sweep(path: &Path, unfinished: &OsStr) {
    if !LOCKS {
        return;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name.as_encoded_bytes().strip_prefix(unfinished.as_encoded_bytes());
        let is_left = || {
            let metadata = fs::symlink_metadata(entry.path()).ok()?;
            let age = metadata.modified().ok()?.elapsed().ok()?;
            let lock = File::open(entry.path()).ok()?;
            (!metadata.is_symlink() && age >= LEFT && lock.try_lock().is_ok()).then_some(metadata.is_dir())
        };
        if number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
            && let Some(is_folder) = is_left()
        {
            let _ = match is_folder {
                true => fs::remove_dir_all(entry.path()),
                false => fs::remove_file(entry.path()),
            };
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        // Best effort: what is left bears a name that says that it is not whole.
        let _ = match self.temporary.is_dir() {
            true => fs::remove_dir_all(&self.temporary),
            false => fs::remove_file(&self.temporary),
        };
    }
}
