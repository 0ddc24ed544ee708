//! The copy of the manifest, which holds what no source says: what was removed, what people decided, ids.

use crate::{
    directory::{BACKUP, name_synced},
    error::{Error, ErrorKind},
    manifest::Manifest,
};
use std::{
    fs,
    path::{Path, absolute},
};

/// Copies the manifest of a directory, whole as it is.
///
/// # Errors
/// When it is damaged, or the copy cannot be written; the copy of before stays.
pub(crate) fn back_up(manifest: &Manifest, directory: &Path) -> Result<(), Error> {
    let temporary = directory.join(format!("{BACKUP}.tmp"));
    if temporary.exists() {
        fs::remove_file(&temporary).map_err(|error| Error::io("write", &temporary, error))?;
    }
    // A relative name such as "file:x" would be taken for an address.
    let whole = absolute(&temporary).map_err(|error| Error::io("write", &temporary, error))?;
    let Some(name) = whole.to_str() else {
        let reason = "its name is not UTF-8, which the copy of the manifest needs; rename the folder";
        return Err(Error::new(ErrorKind::Io, &temporary, "write", reason));
    };
    manifest.execute("VACUUM INTO ?1", [name])?;
    if let Some(what) = Manifest::faults_of(&temporary).into_iter().next() {
        let reason = format!("it is damaged ({what}); its copy of before is kept");
        return Err(Error::new(ErrorKind::Damaged, manifest.path(), "copy", reason));
    }
    name_synced(&temporary, &directory.join(BACKUP))
}
