//! Whether a corpus is whole: files against the manifest, documents against the laws.

use crate::{
    corpus::Corpus,
    directory::{BACKUP, MANIFEST, part_folders},
    error::Error,
    manifest::Manifest,
    reader::Reader,
};
use corpus_core::{Document, Source, Span};
use corpus_format::{Part, Table, checksum};
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// Files whose checksum was compared.
    pub files: u64,
    /// Documents that were held to the laws.
    pub documents: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Whether it is the manifest: then nothing else was looked at.
    pub is_manifest_damaged: bool,
    /// Files that belong to no snapshot: an interrupted command left them, and the next that writes clears them away.
    pub orphans: Vec<PathBuf>,
}

/// Something that is wrong with a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The part, where the file is one that [`Writer::take_out`](crate::Writer::take_out) can take out.
    pub part: Option<Part>,
    /// What is wrong, in a lower-case fragment.
    pub what: String,
}

/// As many faults of one file are named; a file with so many is read no further.
const FAULTS: usize = 20;

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether the copy of the manifest is damaged, or says otherwise than the manifest does.
    pub fn is_copy_damaged(&self) -> bool {
        self.faults.iter().any(|fault| fault.path.ends_with(BACKUP))
    }
}

/// Checks the corpus in the directory `path`: each file against its checksum, the rows against the manifest, each
/// document against what holds of all (blocks cover the text, spans lie in it, ids match the bytes), each link against
/// documents and entities. `progress` is told how many steps are done, and of how many: each file is one, and the
/// documents of each file that has some are one more.
///
/// # Errors
/// When there is no corpus, or its manifest cannot be read.
pub fn verify(path: &Path, mut progress: impl FnMut(usize, usize)) -> Result<Report, Error> {
    let reader = Reader::open(path)?;
    let mut report = Report::default();
    let fault = |path: &Path, what: String| Fault { path: path.to_owned(), part: None, what };
    report
        .faults
        .extend(reader.manifest().faults().into_iter().map(|what| fault(&path.join(MANIFEST), what)));
    if !report.is_whole() {
        // What it says of files and documents is not to be relied on.
        report.is_manifest_damaged = true;
        return Ok(report);
    }
    let backup = path.join(BACKUP);
    if backup.exists() {
        let faults = Manifest::faults_of(&backup);
        if faults.is_empty() {
            // A cell that changed in a file that is whole shows by the other file alone.
            let differing = reader.manifest().differences(&backup)?;
            let what =
                |table: String| format!("its {table} are others than those of {MANIFEST}, and one is wrong");
            report.faults.extend(differing.into_iter().map(|table| fault(&backup, what(table))));
        }
        report.faults.extend(faults.into_iter().map(|what| fault(&backup, what)));
    }
    let n_files = reader.parts().len();
    let n_steps = n_files + reader.document_parts().count();
    let mut damaged = HashSet::new();
    for (n, part) in reader.parts().iter().enumerate() {
        if let Some(fault) = check_file(path, part) {
            damaged.insert(part.number);
            report.faults.push(fault);
        }
        report.files += 1;
        progress(n + 1, n_steps);
    }
    let corpus = Corpus::open(path)?;
    for (n, (part, run)) in reader.document_parts().zip(corpus.runs()).enumerate() {
        progress(n_files + n, n_steps);
        if damaged.contains(&part.number) {
            continue;
        }
        let (known, place) = (report.faults.len(), path.join(&part.path));
        let fault = |what: String| Fault { path: place.clone(), part: Some(part.clone()), what };
        for document in run {
            match document {
                Ok(document) => {
                    report.documents += 1;
                    if let Some(what) = check_document(&document, &corpus) {
                        report.faults.push(fault(format!("{}: {what}", document.id)));
                    }
                }
                Err(error) => report.faults.push(fault(error.to_string())),
            }
            if report.faults.len() >= known + FAULTS {
                break;
            }
        }
        report.faults.extend(check_rows(&reader, part)?.map(fault));
    }
    progress(n_steps, n_steps);
    report.faults.extend(check_links(&reader, path, &damaged)?);
    report.orphans = orphans_of(&reader, path);
    Ok(report)
}

/// The files of the corpus in the directory `path` that belong to no snapshot, as [`Report::orphans`] has them.
///
/// # Errors
/// When there is no corpus, or its manifest cannot be read.
pub fn orphans(path: &Path) -> Result<Vec<PathBuf>, Error> {
    Ok(orphans_of(&Reader::open(path)?, path))
}

fn orphans_of(reader: &Reader, path: &Path) -> Vec<PathBuf> {
    let named: HashSet<PathBuf> = reader.parts().iter().map(|part| path.join(&part.path)).collect();
    let folders = part_folders(path).into_iter();
    let entries = folders.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let mut orphans: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|file| !named.contains(file)).collect();
    orphans.sort();
    orphans
}

fn check_file(directory: &Path, part: &Part) -> Option<Fault> {
    let path = directory.join(&part.path);
    let what = match checksum(&path) {
        Ok(found) if found == part.blake3 => return None,
        Ok(_) => match fs::metadata(&path) {
            Ok(metadata) if metadata.len() != part.bytes => {
                format!("it has {} bytes instead of {}", metadata.len(), part.bytes)
            }
            _ => "its bytes are not those that were written: the checksum differs".to_owned(),
        },
        Err(error) => error.to_string(),
    };
    Some(Fault { path, part: Some(part.clone()), what })
}

/// Whether the ids in a part are those that the manifest has in its rows.
fn check_rows(reader: &Reader, part: &Part) -> Result<Option<String>, Error> {
    let query = "SELECT row, id FROM documents WHERE part = ?1 ORDER BY row";
    let known: Vec<(u64, String)> =
        reader.manifest().all(query, [part.number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut found = Vec::new();
    for batch in reader.table(part)?.batches(corpus_format::Choice::All, Some(&["id"]))? {
        let batch = batch?;
        let ids = batch.column_by_name("id").and_then(|column| column.as_any().downcast_ref());
        let ids: Option<&arrow_array::StringArray> = ids;
        found.extend(ids.into_iter().flatten().map(|id| id.unwrap_or_default().to_owned()));
    }
    let is_same =
        |(row, id): &(u64, String)| found.get(usize::try_from(*row).unwrap_or(usize::MAX)) == Some(id);
    Ok(match known.iter().all(is_same) {
        true => None,
        false => Some("its documents are not those that the manifest has in its rows".to_owned()),
    })
}

/// What is wrong with links: each must be of a document that is or was there, and point at an entity in use. Those that
/// the next build makes anew are not looked at.
fn check_links(reader: &Reader, path: &Path, damaged: &HashSet<u64>) -> Result<Vec<Fault>, Error> {
    let Some(part) = reader.parts().iter().find(|part| part.table == Table::Links) else {
        return Ok(Vec::new());
    };
    if damaged.contains(&part.number) || !reader.manifest().has_links()? {
        return Ok(Vec::new());
    }
    let known: HashSet<String> =
        reader.manifest().all("SELECT id FROM documents", [], |row| row.get(0))?.into_iter().collect();
    let links = reader.links()?;
    let in_use = links.entities()?.into_iter().filter(|row| row.redirected_to.is_none());
    let entities: HashSet<String> = in_use.map(|row| row.corpus_id).collect();
    let mut faults = Vec::new();
    links.each(|row| {
        let what = match (known.contains(&row.document), entities.contains(&row.corpus_id)) {
            (true, true) => return,
            (false, _) => format!("the link of {} is of no document: {}", row.local_id, row.document),
            (true, false) => format!("the link of {} points at no entity: {}", row.local_id, row.corpus_id),
        };
        if faults.len() < FAULTS {
            faults.push(Fault { path: path.join(&part.path), part: Some(part.clone()), what });
        }
    })?;
    Ok(faults)
}

/// What is wrong with a document, if anything.
fn check_document(document: &Document, corpus: &Corpus) -> Option<String> {
    let text = &document.text;
    let is_in_text = |span: Span| text.get(span.range()).is_some();
    let mut end = 0;
    for block in &document.blocks {
        let gap = text.get(end..block.span.start);
        if !is_in_text(block.span) || block.span.is_empty() {
            return Some(format!("the block at {} lies outside the text", block.span.start));
        }
        if gap.is_none_or(|gap| !gap.chars().all(char::is_whitespace)) {
            return Some(format!("text between the blocks before and at {} is in none", block.span.start));
        }
        if block.part >= document.parts.len() || !block.cells.iter().all(|cell| block.span.contains(*cell)) {
            return Some(format!("the block at {} names a part or cell that is not there", block.span.start));
        }
        end = block.span.end;
    }
    if !text[end..].chars().all(char::is_whitespace) {
        return Some("text after the last block is in none".to_owned());
    }
    if let Some(annotation) = document.annotations.iter().find(|annotation| !is_in_text(annotation.span)) {
        return Some(format!(
            "an annotation of {} at {} lies outside the text",
            annotation.layer, annotation.span.start
        ));
    }
    let kept = match corpus.source_bytes(&document.source) {
        Ok(kept) => kept,
        Err(error) => return Some(error.to_string()),
    };
    let is_text =
        document.source.bytes == text.len() as u64 && document.source.media_type.starts_with("text/plain");
    match kept {
        Some(bytes) => check_bytes(&bytes, &document.source),
        None if is_text => check_bytes(text.as_bytes(), &document.source),
        None => None,
    }
}

fn check_bytes(bytes: &[u8], source: &Source) -> Option<String> {
    let found = blake3::hash(bytes).to_hex();
    (*found != *source.blake3).then(|| "its source bytes are not those it was made of".to_owned())
}
