//! Whether the files of an index have the bytes that were written.

use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tantivy::index::{SegmentComponent, SegmentMeta};

/// The files that were found whole, beside them.
const CHECKED: &str = "checked.json";
/// A file younger than this may change once more within one tick of the clock that dates it, and is checked again.
const SETTLED: Duration = Duration::from_secs(2);

/// A file as it was when it was checked.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    /// When it was last written, in nanoseconds since 1970.
    modified: u128,
}

/// Whether all files of an index are there with the bytes that were written. Each is read through once: after that, only
/// one whose length or date is another is read again. What fails under it in silence shows to `verify`.
pub(super) fn is_whole(index: &tantivy::Index, path: &Path) -> bool {
    let Ok(segments) = index.searchable_segment_metas() else { return false };
    let place = path.join(CHECKED);
    let known: BTreeMap<String, Stamp> =
        fs::read(&place).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let now = SystemTime::now();
    let mut checked = BTreeMap::new();
    for file in segments.iter().flat_map(files) {
        let Some((stamp, modified)) = stamp(&path.join(&file)) else { return false };
        let is_known = known.get(&file) == Some(&stamp);
        if !is_known && !matches!(index.directory().validate_checksum(Path::new(&file)), Ok(true)) {
            return false;
        }
        if is_known || now.duration_since(modified).is_ok_and(|age| age > SETTLED) {
            checked.insert(file, stamp);
        }
    }
    if checked != known {
        // A corpus that cannot be written is checked each time.
        let temporary = path.join(format!("{CHECKED}.{}", std::process::id()));
        let written = serde_json::to_vec(&checked).map_err(std::io::Error::other);
        let _ = written
            .and_then(|bytes| fs::write(&temporary, bytes))
            .and_then(|()| fs::rename(&temporary, place));
    }
    true
}

/// The names of the files of a segment.
fn files(segment: &SegmentMeta) -> Vec<String> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let always = [Postings, Positions, Store, FastFields, FieldNorms, Terms];
    let components = always.into_iter().chain(segment.has_deletes().then_some(Delete));
    components.map(|component| segment.relative_path(component).display().to_string()).collect()
}

fn stamp(file: &Path) -> Option<(Stamp, SystemTime)> {
    let metadata = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    let modified = metadata.modified().ok()?;
    let nanoseconds = modified.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some((Stamp { bytes: metadata.len(), modified: nanoseconds }, modified))
}
