//! The one writer of a corpus directory.

use crate::{
    added::Added,
    address::is_item,
    backup::back_up,
    directory::{BACKUP, FRESH_INDEX, MANIFEST, part_folders, remove_folder},
    error::{Error, ErrorKind},
    lock::{WriterLock, lock_out_readers},
    manifest::{Manifest, hashed},
    moved::Gone,
    options::Options,
};
use corpus_core::Document;
use corpus_format::{Batch, ClusterRow, Part, Table, TableWriter, cluster_batch, part_name};
use rusqlite::params;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

/// How far an input was read when the last commit was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// Records consumed, those set aside included.
    pub records: u64,
    /// Documents that they gave.
    pub documents: u64,
    /// Records set aside.
    pub set_aside: u64,
}

/// How far the inputs of a corpus were read. The manifest keeps hashes of their paths, since of some it keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Checkpoints(HashMap<String, (String, Checkpoint)>);

impl Checkpoints {
    /// Whether no input was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How far the input at `path` was read, if that was so in the state which `stamp` says.
    pub fn of(&self, path: &str, stamp: &str) -> Option<Checkpoint> {
        let (known, checkpoint) = self.0.get(&hashed(path))?;
        (known == stamp).then_some(*checkpoint)
    }
}

/// Where the row of a document lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) part: u64,
    pub(crate) row: u32,
}

/// The one writer of a corpus directory.
///
/// What is added is there for readers with the next [`commit`](Writer::commit), all of it or nothing. Dropped without
/// one, or killed, it leaves the corpus as the last commit left it.
#[derive(Debug)]
pub struct Writer {
    directory: PathBuf,
    options: Options,
    manifest: Manifest,
    batch: Option<Batch>,
    checkpoints: BTreeMap<String, (String, Checkpoint)>,
    /// The number of this build.
    pub(crate) run: u64,
    /// The input that was last asked whether it is there.
    pub(crate) gone: Option<Gone>,
    snapshot: u64,
    next_part: u64,
    _lock: WriterLock,
}

impl Writer {
    /// Opens the corpus in the directory `path` for writing, and makes it where there is none. What an interrupted
    /// writer left behind is cleared away.
    ///
    /// # Errors
    /// When another process writes, the directory cannot be written, or the manifest cannot be read.
    pub fn open(path: &Path, options: Options) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(|error| Error::io("make the folder", path, error))?;
        let lock = WriterLock::take(path)?;
        if !path.join(MANIFEST).exists() && path.join(BACKUP).exists() {
            return Err(Error::new(ErrorKind::Damaged, &path.join(MANIFEST), "open", "it is missing"));
        }
        let manifest = Manifest::open(path)?;
        let mut writer = Writer {
            directory: path.to_owned(),
            options,
            batch: None,
            checkpoints: BTreeMap::new(),
            gone: None,
            run: manifest.meta("run")?,
            snapshot: manifest.meta("snapshot")?,
            next_part: manifest.one("SELECT coalesce(max(number), 0) + 1 FROM parts", [])?,
            manifest,
            _lock: lock,
        };
        writer.clear_orphans()?;
        remove_folder(&writer.fresh_index_dir())?;
        writer.readdress()?;
        writer.learn_pages()?;
        let reads = writer.manifest.meta_or("run_reads", 0)?;
        if writer.manifest.meta("run_is_open")? == 0 || reads != writer.options.reads {
            writer.run += 1;
        }
        Ok(writer)
    }

    /// The directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The folder for an index that is made while documents are added; it is cleared away by the next writer.
    pub fn fresh_index_dir(&self) -> PathBuf {
        self.directory.join(FRESH_INDEX)
    }

    /// The number of the last snapshot.
    pub const fn snapshot(&self) -> u64 {
        self.snapshot
    }

    /// How far each input was read by commits so far.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn checkpoints(&self) -> Result<Checkpoints, Error> {
        let query = "SELECT path, stamp, records, documents, set_aside FROM checkpoints";
        let all = self.manifest.all(query, [], |row| {
            let checkpoint =
                Checkpoint { records: row.get(2)?, documents: row.get(3)?, set_aside: row.get(4)? };
            Ok((row.get(0)?, (row.get(1)?, checkpoint)))
        })?;
        Ok(Checkpoints(all.into_iter().collect()))
    }

    /// Notes how far the input at `path` has been read, for the next commit.
    pub fn set_checkpoint(&mut self, path: &str, stamp: &str, checkpoint: Checkpoint) {
        match self.checkpoints.get_mut(path) {
            Some(known) if known.0 == stamp => known.1 = checkpoint,
            _ => {
                self.checkpoints.insert(path.to_owned(), (stamp.to_owned(), checkpoint));
            }
        }
    }

    /// Adds the documents of one record, and the record's bytes where they are not the text of a document.
    ///
    /// A document the corpus has already only gets one more source, or a new place where its file was moved. A new one
    /// supersedes those that an earlier build found at its address: its record's URL, else the path of its file; of a
    /// record with several documents each has an address of its own. Where the bytes of a record are what they were and
    /// only its metadata are others, the document with the older ones is superseded.
    ///
    /// # Errors
    /// When a part or the manifest cannot be written. What was added since the last commit is forgotten then.
    pub fn add(&mut self, documents: &[Document], bytes: Option<Vec<u8>>) -> Result<Vec<Added>, Error> {
        let added = self.add_all(documents, bytes);
        if added.is_err() {
            self.roll_back();
        }
        added
    }

    fn add_all(&mut self, documents: &[Document], bytes: Option<Vec<u8>>) -> Result<Vec<Added>, Error> {
        let is_one_of_several = |document| documents.len() > 1 || is_item(document);
        let added = documents.iter().map(|document| self.add_one(document, is_one_of_several(document)));
        let added: Vec<_> = added.collect::<Result<_, _>>()?;
        let is_new = added.iter().any(|added| matches!(added, Added::New { .. }));
        if let (Some(bytes), Some(document), true) = (bytes, documents.first(), self.options.keep_sources)
            && (is_new || self.is_current(document)?)
        {
            self.keep_source(&document.source.blake3, bytes)?;
        }
        Ok(added)
    }

    /// Whether so much was added since the last commit that it is time for one.
    pub fn is_full(&self) -> bool {
        self.batch
            .as_ref()
            .is_some_and(|batch| batch.n_bytes() >= self.options.part_bytes || batch.n_documents() >= 1 << 20)
    }

    /// Whether something was added since the last commit.
    pub fn has_changes(&self) -> bool {
        self.batch.is_some() || !self.checkpoints.is_empty()
    }

    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        if self.batch.is_none() {
            if self.manifest.connection.is_autocommit() {
                self.manifest.run("BEGIN IMMEDIATE")?;
            }
            let layers = self.options.layers();
            self.batch = Some(Batch::new(&self.directory, self.next_part).with_layers(layers));
        }
        Ok(())
    }

    /// Puts a document into the part that is being written; where its row lies.
    pub(crate) fn push(&mut self, document: &Document) -> Result<Option<Row>, Error> {
        let layers = &self.options.layers;
        let Some(batch) = &mut self.batch else { return Ok(None) };
        let row = batch.push(document, |layer| layers.get(layer).copied().unwrap_or(1))?;
        Ok(Some(Row { part: batch.number(), row }))
    }

    fn is_current(&self, document: &Document) -> Result<bool, Error> {
        let query = "SELECT count(*) FROM documents WHERE id = ?1 AND left IS NULL";
        self.manifest.one::<u64>(query, [document.id.as_str()]).map(|n| n > 0)
    }

    fn keep_source(&mut self, blake3: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let known: u64 = self.manifest.one("SELECT count(*) FROM sources WHERE blake3 = ?1", [blake3])?;
        if let (0, Some(batch)) = (known, &mut self.batch) {
            let row = batch.push_source(blake3, bytes)?;
            let number = batch.number();
            self.manifest.execute("INSERT INTO sources VALUES (?1, ?2, ?3)", params![blake3, number, row])?;
        }
        Ok(())
    }

    /// Makes everything added so far part of the corpus, in one step, and gives the number of the snapshot.
    ///
    /// # Errors
    /// When a part or the manifest cannot be written. The corpus is as the last commit left it then.
    pub fn commit(&mut self) -> Result<u64, Error> {
        if !self.has_changes() {
            return Ok(self.snapshot);
        }
        self.begin()?;
        let committed = self.commit_batch();
        if committed.is_err() {
            self.roll_back();
        }
        committed
    }

    fn commit_batch(&mut self) -> Result<u64, Error> {
        let parts = self.batch.take().map(Batch::finish).transpose()?.unwrap_or_default();
        for (path, (stamp, checkpoint)) in &self.checkpoints {
            let Checkpoint { records, documents, set_aside } = checkpoint;
            self.manifest.execute(
                "INSERT OR REPLACE INTO checkpoints VALUES (?1, ?2, ?3, ?4, ?5)",
                params![hashed(path), stamp, records, documents, set_aside],
            )?;
        }
        self.manifest.set_meta("run", self.run)?;
        self.manifest.set_meta("run_is_open", 1)?;
        self.manifest.set_meta("run_reads", self.options.reads)?;
        self.end_transaction(&parts)?;
        self.checkpoints.clear();
        Ok(self.snapshot)
    }

    /// Adds the parts to the manifest and ends the transaction: the one moment at which the corpus changes.
    fn end_transaction(&mut self, parts: &[Part]) -> Result<(), Error> {
        let snapshot = self.snapshot + 1;
        parts.iter().try_for_each(|part| self.manifest.add_part(part, snapshot))?;
        self.manifest.set_meta("snapshot", snapshot)?;
        self.manifest.run("COMMIT")?;
        self.snapshot = snapshot;
        let last = parts.iter().map(|part| part.number).max().unwrap_or_default();
        self.next_part = self.next_part.max(last + 1);
        Ok(())
    }

    fn roll_back(&mut self) {
        self.batch = None;
        self.gone = None;
        // They say that records were read whose documents are gone with the batch.
        self.checkpoints.clear();
        if !self.manifest.connection.is_autocommit() {
            // Where this fails too, the transaction ends with the connection.
            let _ = self.manifest.run("ROLLBACK");
        }
    }

    /// Does `change` to the manifest, in a transaction that makes one snapshot.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&mut Self, u64) -> Result<(T, Vec<Part>), Error>,
    ) -> Result<T, Error> {
        self.commit()?;
        self.manifest.run("BEGIN IMMEDIATE")?;
        let snapshot = self.snapshot + 1;
        let changed = change(self, snapshot).and_then(|(value, parts)| {
            self.end_transaction(&parts)?;
            Ok(value)
        });
        if changed.is_err() {
            self.roll_back();
        }
        changed
    }

    /// How it writes.
    pub(crate) const fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The number that a part gets which is added next.
    pub(crate) const fn next_part(&self) -> u64 {
        self.next_part
    }

    /// Whether the clusters of copies are those of the documents as they are now.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn has_clusters(&self) -> Result<bool, Error> {
        Ok(self.manifest.meta("clusters")? > self.manifest.changed()?)
    }

    /// Puts these clusters of copies in the place of those before.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn set_clusters(&mut self, rows: &[ClusterRow]) -> Result<(), Error> {
        self.change(|writer, snapshot| {
            let parts = writer.replace(Table::Clusters, |file| {
                rows.chunks(1 << 16).try_for_each(|rows| Ok(file.write(&cluster_batch(rows)?)?))
            });
            writer.manifest.set_meta("clusters", snapshot)?;
            Ok(((), parts?))
        })
    }

    /// Writes a part that takes the place of all others of its table.
    pub(crate) fn replace(
        &self,
        table: Table,
        write: impl FnOnce(&mut TableWriter) -> Result<(), Error>,
    ) -> Result<Vec<Part>, Error> {
        self.replace_as(table, self.next_part, write)
    }

    /// As [`replace`](Writer::replace), the part having this number.
    pub(crate) fn replace_as(
        &self,
        table: Table,
        number: u64,
        write: impl FnOnce(&mut TableWriter) -> Result<(), Error>,
    ) -> Result<Vec<Part>, Error> {
        let mut file = TableWriter::create(&self.directory.join(part_name(table, None, number)), table)?;
        write(&mut file)?;
        let part = Part::new(table, number, None, file.finish()?);
        self.manifest.execute("DELETE FROM parts WHERE kind = ?1", [table.as_str()])?;
        Ok(vec![part])
    }

    /// Ends a build: what comes next is a new one, whose documents may supersede those of this one. A build of other
    /// inputs that was interrupted stays open, and goes on when it is called again. A copy of the
    /// manifest is made, and files that belong to no snapshot are cleared away where nobody reads.
    ///
    /// # Errors
    /// When the manifest or its copy cannot be written.
    pub fn finish(mut self) -> Result<u64, Error> {
        self.commit()?;
        self.forget_gone()?;
        self.set_decisions_anew()?;
        if self.manifest.meta_or("run_reads", 0)? == self.options.reads {
            self.manifest.set_meta("run_is_open", 0)?;
        }
        self.back_up()?;
        self.clear_orphans()?;
        Ok(self.snapshot)
    }

    pub(crate) fn back_up(&self) -> Result<(), Error> {
        back_up(&self.manifest, &self.directory)
    }

    /// Removes the files among the parts that the manifest does not name, where nobody reads.
    fn clear_orphans(&self) -> Result<(), Error> {
        let Some(_lock) = lock_out_readers(&self.directory) else { return Ok(()) };
        let named: HashSet<PathBuf> =
            self.manifest.parts()?.into_iter().map(|part| self.directory.join(part.path)).collect();
        for folder in part_folders(&self.directory) {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let name = entry.file_name();
                let is_ours =
                    [".parquet", ".parquet.tmp"].iter().any(|end| name.to_string_lossy().ends_with(end));
                if is_ours && !named.contains(&path) {
                    fs::remove_file(&path).map_err(|error| Error::io("remove", &path, error))?;
                }
            }
        }
        Ok(())
    }
}
