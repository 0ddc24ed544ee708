//! The files that a pipeline reads.

use crate::{error::Error, work::Plan};
use corpus_read::Options;
use globset::{GlobBuilder, GlobMatcher};
use std::{
    collections::HashSet,
    fs,
    path::{Component, Path, PathBuf},
    time::UNIX_EPOCH,
};

/// The files that a plan reads, in order.
///
/// # Errors
/// When there is none, one has a name that is no UTF-8, or what is read and what is written lie within each other.
pub(crate) fn inputs(plan: &Plan) -> Result<Vec<PathBuf>, Error> {
    let Plan { pipeline, folder: root, .. } = plan;
    let ours = [("output", plan.output()), ("work", plan.work())].map(|(name, path)| (name, settled(&path)));
    let [(_, output), (_, work)] = &ours;
    if output.starts_with(work) {
        return Err(plan.wrong("work", "the folder is that of the package, or holds it; name another"));
    }
    let mut options = Options::new();
    options = pipeline.read.include.iter().fold(options, |options, glob| options.include(glob));
    options = pipeline.read.exclude.iter().fold(options, |options, glob| options.exclude(glob));
    let mut files = Vec::new();
    for path in &pipeline.read.paths {
        let Named { folder, pattern } =
            Named::of(&root.join(path)).map_err(|cause| plan.wrong("read.paths", &cause))?;
        if let Some((name, ours)) = ours.iter().find(|(_, ours)| settled(&folder).starts_with(ours)) {
            let reason = format!("{} holds what is read, {}; name another", ours.display(), folder.display());
            return Err(plan.wrong(name, &reason));
        }
        let found = corpus_read::list(std::slice::from_ref(&folder), &options)
            .map_err(|cause| Error::io("find", &folder, cause))?;
        files.extend(
            found
                .into_iter()
                .filter(|file| pattern.as_ref().is_none_or(|pattern| fits(pattern, &folder, file))),
        );
    }
    // What a run writes is no input of the next one, though it lie in a folder that is read.
    let mut known = HashSet::new();
    files.retain(|file| {
        let path = settled(file);
        !ours.iter().any(|(_, folder)| path.starts_with(folder)) && known.insert(path)
    });
    if let Some(file) = files.iter().find(|file| !file.is_file()) {
        let reason = format!(
            "{} is no file: a task that is done again, or goes to another machine, reads it anew; name a file",
            file.display()
        );
        return Err(plan.wrong("read.paths", &reason));
    }
    if let Some(file) = files.iter().find(|file| file.to_str().is_none()) {
        return Err(Error::io("read", file, "its name is not UTF-8; rename it or leave it out"));
    }
    if files.is_empty() {
        let paths: Vec<_> = pipeline.read.paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::File {
            what: format!("read {}", paths.join(", ")),
            cause: "there is no file; check read.paths, read.include and read.exclude".to_owned(),
        });
    }
    Ok(files)
}

/// What tells a file from others in its place: its length, and when it was changed.
///
/// # Errors
/// When it is not there.
pub(crate) fn looks(file: &Path) -> Result<String, Error> {
    let metadata = fs::metadata(file).map_err(|cause| Error::io("read", file, cause))?;
    Ok(format!("{} {:?}", metadata.len(), changed(&metadata)))
}

/// When a file was changed, in nanoseconds since 1970: its bytes, and where the system notes that its name, its rights or
/// its time, so that another file of the same length and time is told from it.
fn changed(metadata: &fs::Metadata) -> [Option<i128>; 2] {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|time| i128::try_from(time.as_nanos()).ok());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let changed = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
        [modified, Some(changed)]
    }
    #[cfg(not(unix))]
    [modified, None]
}

/// A path of a pipeline: what lies there, or what of it fits a pattern.
struct Named {
    folder: PathBuf,
    pattern: Option<GlobMatcher>,
}

impl Named {
    /// Up to the first part with `*`, `?` or `[` it is a folder, the rest a pattern, as shells read it: `*` stays within
    /// a part, `**` does not. What is there under the very name is no pattern.
    fn of(path: &Path) -> Result<Self, String> {
        let is_pattern = |part: &Component<'_>| part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
        if path.exists() || !path.components().any(|part| is_pattern(&part)) {
            return Ok(Named { folder: path.to_owned(), pattern: None });
        }
        let mut folder = PathBuf::new();
        let mut rest = path.components().peekable();
        while let Some(part) = rest.next_if(|part| folder.join(part).exists() || !is_pattern(part)) {
            folder.push(part);
        }
        let rest: PathBuf = rest.collect();
        let glob = GlobBuilder::new(&rest.to_string_lossy()).literal_separator(true).build();
        let pattern = glob.map_err(|cause| format!("{} is no pattern: {cause}", path.display()))?;
        Ok(Named { folder, pattern: Some(pattern.compile_matcher()) })
    }
}

/// Whether a file below a folder, or a folder that it lies in, fits a pattern.
fn fits(pattern: &GlobMatcher, folder: &Path, file: &Path) -> bool {
    let below = file.strip_prefix(folder).unwrap_or(file);
    below.ancestors().any(|path| path != Path::new("") && pattern.is_match(path))
}

/// The path as the system would have it, though nothing lies there yet: without links, `.` and `..`.
fn settled(path: &Path) -> PathBuf {
    let mut settled = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                settled.pop();
            }
            part => {
                settled.push(part);
                settled = settled.canonicalize().unwrap_or(settled);
            }
        }
    }
    settled
}
