//! Where an export goes: to whoever reads its bytes as they come, or to a path.

use crate::error::{Error, ErrorKind};
use std::{
    fmt,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
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
    /// The path of a format that is written to a path only. `hint` says what to do with one that is a stream.
    ///
    /// # Errors
    /// When it is a stream.
    pub fn path(self, format: &str, hint: &str) -> Result<&'a Path, Error> {
        match self {
            Target::Path(path) => Ok(path),
            Target::Stream(_) => {
                Err(Error::new(ErrorKind::Target, format!("write {format} to a stream; {hint}")))
            }
        }
    }
}

/// How many links are followed, as systems do.
const LINKS: usize = 40;

/// What stands at `path`, itself or by a link, and takes bytes as they come: a device, a pipe, or what this process was
/// given open, whatever that is. `None` where a file is to be made.
///
/// `/dev/stdout` is what standard output is, be it a file: it is written from where it stands and keeps what is in it.
///
/// # Errors
/// When it cannot be opened, or is a file that is open here already under a number above 2.
pub fn stream_at(path: &Path) -> Result<Option<File>, Error> {
    let open = || File::options().write(true).open(path);
    let opened = match descriptor(path) {
        None if !takes_bytes(path) => return Ok(None),
        Some(number @ (1 | 2)) => given(number),
        // Opened once more it would be written from its beginning, over what others write.
        Some(number) if path.is_file() => {
            let what = format!(
                "write to {}: a file is open there, which others may write; send standard output to it, `>&{number}`",
                path.display()
            );
            return Err(Error::new(ErrorKind::Target, what));
        }
        _ => open(),
    };
    opened.map(Some).map_err(|cause| Error::write(Some(path), cause))
}

/// Whether [`stream_at`] finds something that is no file to be made.
pub(crate) fn is_stream(path: &Path) -> bool {
    descriptor(path).is_some() || takes_bytes(path)
}

fn takes_bytes(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Standard output or standard error, written from where it stands.
#[cfg(unix)]
fn given(number: u32) -> io::Result<File> {
    use std::os::fd::AsFd;
    let same = match number {
        1 => io::stdout().as_fd().try_clone_to_owned(),
        _ => io::stderr().as_fd().try_clone_to_owned(),
    };
    same.map(File::from)
}

#[cfg(not(unix))]
fn given(_: u32) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The number of what this process was given open and `path` names, itself or by a link: 1 for `/dev/stdout`.
fn descriptor(path: &Path) -> Option<u32> {
    if !cfg!(unix) {
        return None;
    }
    let folders =
        ["/dev/fd", "/proc/self/fd", "/proc/thread-self/fd"].map(|folder| fs::canonicalize(folder).ok());
    let mut led = path.to_owned();
    for _ in 0..LINKS {
        let folder = fs::canonicalize(folder_of(&led)).ok()?;
        let name = led.file_name()?.to_str()?;
        if name.bytes().all(|byte| byte.is_ascii_digit())
            && folders.iter().flatten().any(|one| *one == folder)
        {
            return name.parse().ok();
        }
        led = folder.join(fs::read_link(&led).ok()?);
    }
    None
}

/// Where a path leads, over links, though nothing is there yet.
pub(crate) fn led(path: &Path) -> io::Result<PathBuf> {
    let mut led = path.to_owned();
    for _ in 0..LINKS {
        if !led.is_symlink() {
            return Ok(led);
        }
        led = folder_of(&led).join(fs::read_link(&led)?);
    }
    Err(io::Error::other("it leads in a circle of links"))
}

/// The folder that `path` lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
