//! A file or folder under way, which gets its name when it is whole.

use crate::{
    ending::is_folder,
    error::{Error, ErrorKind},
    target::{folder_of, is_stream, led},
};
use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, Metadata, OpenOptions},
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// A file or folder that has another name until it is whole: dropped before that, it is gone. What a process left behind
/// that was ended goes when the same is written again.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    temporary: PathBuf,
    /// Locked as long as it is written: of a file itself, of a folder the [`MARK`] in it.
    lock: Option<File>,
    done: bool,
}

/// The temporary names of what this process has under way.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes what this process has under way. For who ends it on a signal, which drops nothing.
pub fn abandon() {
    under_way().iter().for_each(|temporary| remove(temporary));
}

/// Fails where nothing could be made at `path`: its folder is missing, or nothing can be written there. Leaves nothing
/// behind.
///
/// # Errors
/// As [`Unfinished::file`], whatever stands at `path` itself.
pub fn check(path: &Path) -> Result<(), Error> {
    if is_stream(path) {
        return Ok(());
    }
    Unfinished::begin(path, |temporary| File::create_new(temporary)).map(drop)
}

impl Unfinished {
    /// A file that is to be at `path`, or where `path` leads if it is a link; empty, and open to be read and written.
    /// Until it is whole it lies in the same folder.
    ///
    /// Who may read and write an old file at `path` may do so with the new one.
    ///
    /// # Errors
    /// When `path` is a folder, a device or a pipe, or cannot be written.
    pub fn file(path: &Path) -> Result<(Self, File), Error> {
        refuse_stream(path)?;
        if is_folder(path) {
            let what = format!("write to {}: it is a folder; name a file", path.display());
            return Err(Error::new(ErrorKind::Target, what));
        }
        // What must not be written must not be replaced.
        let is_old = match File::options().write(true).open(path) {
            Ok(_) => true,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => false,
            Err(cause) => return Err(Error::write(Some(path), cause)),
        };
        let mut options = OpenOptions::new();
        options.create_new(true).read(true).write(true);
        #[cfg(unix)]
        if is_old {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let (mut unfinished, file) = Unfinished::begin(path, |temporary| options.open(temporary))?;
        if LOCKS {
            unfinished.lock = file.try_clone().ok().filter(|file| file.try_lock().is_ok());
        }
        Ok((unfinished, file))
    }

    /// A folder that is to be at `path`, where nothing may be but an empty one.
    ///
    /// # Errors
    /// When `path` holds files, is one, or cannot be written.
    pub fn folder(path: &Path) -> Result<Self, Error> {
        refuse_stream(path)?;
        match fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
            Ok(true) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(false) => {
                let what = format!(
                    "write to {}: the folder holds files; name a new one, or empty it",
                    path.display()
                );
                return Err(Error::new(ErrorKind::Exists, what));
            }
            Err(error) => return Err(Error::write(Some(path), error)),
        }
        let (mut unfinished, ()) = Unfinished::begin(path, |temporary| fs::create_dir(temporary))?;
        let mark = File::create_new(unfinished.temporary.join(MARK));
        let mark = mark.map_err(|cause| Error::write(Some(path), cause))?;
        unfinished.lock = Some(mark).filter(|mark| LOCKS && mark.try_lock().is_ok());
        Ok(unfinished)
    }

    /// Makes something under a name that nobody has, beside `path`.
    fn begin<T>(path: &Path, make: impl Fn(&Path) -> io::Result<T>) -> Result<(Self, T), Error> {
        let failed = |cause| Error::write(Some(path), cause);
        let led = led(path).map_err(failed)?;
        let Some(name) = led.file_name() else {
            let what =
                format!("write to {:?}: it is a folder; name a file or a folder in it", path.display());
            return Err(Error::new(ErrorKind::Target, what));
        };
        let mut beginning = OsString::from(".");
        beginning.push(shortened(name));
        beginning.push(".unfinished-");
        let path = folder_of(&led).join(name);
        sweep(&path, &beginning);
        loop {
            let mut temporary = beginning.clone();
            // Numbers of processes are no names: containers that share a folder have the same ones.
            let number = RandomState::new().build_hasher().finish();
            temporary.push(format!("{}-{number:016x}", std::process::id()));
            let temporary = path.with_file_name(temporary);
            let mut under_way = under_way();
            match make(&temporary) {
                Ok(made) => {
                    under_way.push(temporary.clone());
                    return Ok((Unfinished { path, temporary, lock: None, done: false }, made));
                }
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(failed(cause)),
            }
        }
    }

    /// The name it has for now.
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The name it will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it the name it is to have.
    ///
    /// # Errors
    /// When what bears the name cannot be replaced.
    pub fn finish(mut self) -> Result<PathBuf, Error> {
        self.settle().map_err(|cause| Error::write(Some(&self.path), cause))?;
        self.done = true;
        Ok(std::mem::take(&mut self.path))
    }

    fn settle(&self) -> io::Result<()> {
        if self.temporary.is_dir() {
            fs::remove_file(self.temporary.join(MARK))?;
            if self.path.is_dir() {
                fs::remove_dir(&self.path)?;
            }
        } else if let Ok(old) = fs::metadata(&self.path) {
            keep_access(&old, &self.temporary)?;
        }
        fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut under_way = under_way();
        if !self.done {
            remove(&self.temporary);
        }
        under_way.retain(|temporary| *temporary != self.temporary);
    }
}

fn refuse_stream(path: &Path) -> Result<(), Error> {
    if !is_stream(path) {
        return Ok(());
    }
    let what = format!("write to {}: it is a device or a pipe; name a file or a folder", path.display());
    Err(Error::new(ErrorKind::Target, what))
}

fn under_way() -> MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Best effort: what is left bears a name that says that it is not whole.
fn remove(temporary: &Path) {
    if !temporary.is_dir() {
        let _ = fs::remove_file(temporary);
        return;
    }
    // Another thread may lay files into it meanwhile.
    for _ in 0..3 {
        if fs::remove_dir_all(temporary).is_ok() {
            return;
        }
    }
}

/// Gives the new file the access that the old one has. Where it cannot have the same group, groups have none.
#[cfg(unix)]
fn keep_access(old: &Metadata, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let made = fs::metadata(new)?;
    let mut mode = old.mode() & 0o777;
    if made.uid() != old.uid() {
        // Only root may give files away; to others it stays their own.
        let _ = chown(new, Some(old.uid()), None);
    }
    if made.gid() != old.gid() && chown(new, None, Some(old.gid())).is_err() {
        mode &= !0o070;
    }
    fs::set_permissions(new, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_access(_: &Metadata, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a lock keeps others from nothing but locking. Elsewhere what is left behind stays.
const LOCKS: bool = cfg!(unix);

/// What lies in a folder of ours until it is whole, and tells it from any other folder.
const MARK: &str = ".corpus-unfinished";

/// How long something unfinished must lie untouched before it counts as left behind.
const LEFT: Duration = Duration::from_secs(60);

/// Removes what processes that were ended left of the file or folder at `path`: what has the `beginning` of its
/// unfinished names and their two numbers, and is not locked. Best effort.
fn sweep(path: &Path, beginning: &OsStr) {
    if !LOCKS {
        return;
    }
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let numbers = name.as_encoded_bytes().strip_prefix(beginning.as_encoded_bytes());
        if numbers.is_some_and(is_ours)
            && let Ok(kind) = entry.file_type()
        {
            let path = entry.path();
            let locked = if kind.is_dir() { left(&path.join(MARK)) } else { left(&path) };
            if let Some(_lock) = locked {
                remove(&path);
            }
        }
    }
}

/// A name to which more can be added before it is longer than names may be.
fn shortened(name: &OsStr) -> OsString {
    /// Longest name that is left as it is, in bytes: names end at 255, and some 40 are added.
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(name.as_encoded_bytes());
    format!("{:016x}", hasher.finish()).into()
}

/// Whether these are the number of a process and sixteen hexadecimal digits.
fn is_ours(numbers: &[u8]) -> bool {
    let mut numbers = numbers.split(|byte| *byte == b'-');
    let (process, number) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    numbers.next().is_none()
        && !process.is_empty()
        && process.iter().all(u8::is_ascii_digit)
        && number.len() == 16
        && number.iter().all(u8::is_ascii_hexdigit)
}

/// The file at `path`, locked, where nobody has it locked and it lies untouched for a while.
fn left(path: &Path) -> Option<File> {
    let metadata = fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
    let age = metadata.modified().ok()?.elapsed().ok()?;
    let file = File::open(path).ok().filter(|file| file.try_lock().is_ok())?;
    (age >= LEFT).then_some(file)
}
