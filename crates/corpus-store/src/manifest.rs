//! The manifest: the one file that says what belongs to a corpus.

use crate::{
    directory::MANIFEST,
    error::{Error, ErrorKind},
};
use corpus_core::DocumentId;
use corpus_format::{Layer, Part, Table};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

/// The version of the manifest's tables.
///
/// | version | since | what is new |
/// |---|---|---|
/// | 1 | 0.2.0 | all |
/// | 2 | 0.2.0 | which of equal places a decision is about |
/// | 3 | 0.2.0 | which pages were removed; hashes of the paths of checkpoints |
/// | 4 | 0.2.0 | what documents say of their pages |
/// | 5 | 0.2.0 | which of them say so now |
/// | 6 | 0.2.0 | addresses are of pages, however their URLs are written |
/// | 7 | 0.2.0 | where documents lie whose files were moved; which were made of the same bytes |
pub(crate) const VERSION: u64 = 7;

const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (
  path TEXT PRIMARY KEY,        -- below the corpus directory
  kind TEXT NOT NULL,           -- documents, annotations, sources, links, entities or clusters
  number INTEGER NOT NULL,      -- of annotations and sources: that of their documents
  layer TEXT, version INTEGER,  -- of annotations
  rows INTEGER NOT NULL, bytes INTEGER NOT NULL, blake3 TEXT NOT NULL,
  snapshot INTEGER NOT NULL     -- that it came with
) WITHOUT ROWID;
CREATE TABLE inputs (
  input INTEGER PRIMARY KEY,
  uri TEXT NOT NULL UNIQUE      -- a hash of it where all that came from it is purged
);
CREATE TABLE documents (
  n INTEGER PRIMARY KEY,        -- order in which they came
  id TEXT NOT NULL UNIQUE,
  part INTEGER, row INTEGER,    -- where its row lies; null once it is purged
  input INTEGER NOT NULL, place INTEGER,
  name TEXT,                    -- the record's own id
  address BLOB,                 -- hash of the page at its URL, or of its path
  run INTEGER NOT NULL,         -- the build it came with
  added INTEGER NOT NULL,       -- snapshot since which it is current
  left INTEGER,                 -- snapshot since which it is not
  superseded_by TEXT,           -- null where it was removed
  source TEXT,                  -- where it lies now; null where that is as its row says
  content BLOB,                 -- hash of the bytes of its record
  CHECK ((part IS NULL) = (row IS NULL))
);
CREATE INDEX documents_part ON documents (part, row);
CREATE INDEX documents_address ON documents (address) WHERE address IS NOT NULL;
CREATE INDEX documents_left ON documents (left) WHERE left IS NOT NULL;
CREATE INDEX documents_place ON documents (input, place);
CREATE INDEX documents_content ON documents (input, content);
CREATE TABLE also (
  document INTEGER NOT NULL, input INTEGER NOT NULL, place INTEGER NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (document, input, place)
) WITHOUT ROWID;
CREATE TABLE sources (blake3 TEXT PRIMARY KEY, part INTEGER NOT NULL, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE removed (
  page BLOB NOT NULL,           -- hash of an address of a page that was removed, or of that and its title
  document INTEGER NOT NULL,    -- what it was then
  PRIMARY KEY (page, document)
) WITHOUT ROWID;
CREATE TABLE pages (            -- filled from the first removal on, but for items
  page BLOB NOT NULL,           -- hash of a page that a document says it is, or that an item leads to
  document INTEGER NOT NULL,
  title BLOB NOT NULL,          -- hash of the page and the document's title; empty where it has none
  is_current INTEGER NOT NULL DEFAULT 1,  -- whether the document is
  PRIMARY KEY (page, document)
) WITHOUT ROWID;
CREATE TABLE checkpoints (
  path TEXT PRIMARY KEY,        -- hash of it
  stamp TEXT NOT NULL,
  records INTEGER NOT NULL, documents INTEGER NOT NULL, set_aside INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE decisions (
  decision INTEGER PRIMARY KEY, document TEXT NOT NULL, layer TEXT NOT NULL,
  before TEXT NOT NULL, quoted TEXT NOT NULL, after TEXT NOT NULL, verdict TEXT NOT NULL,
  ordinal INTEGER NOT NULL DEFAULT 0  -- among places with the same words and the same text around
);
CREATE TABLE corpus_ids (
  number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, redirected_to INTEGER
);
";

/// What finds the rows of removed documents and of pages, and keeps them true, however many there are of one.
const LOOKUPS: &str = "
CREATE INDEX removed_document ON removed (document);
CREATE INDEX pages_document ON pages (document);
CREATE INDEX pages_current ON pages (page, is_current);
CREATE TRIGGER documents_left AFTER UPDATE OF left ON documents BEGIN
  UPDATE pages SET is_current = new.left IS NULL WHERE document = new.n;
END;
";

/// What cannot be so, and how many rows say it.
const CONTRADICTIONS: [(&str, &str); 7] = [
    (
        "its documents lie in parts that are not there",
        "SELECT count(*) FROM documents WHERE part IS NOT NULL AND part NOT IN \
         (SELECT number FROM parts WHERE kind = 'documents')",
    ),
    (
        "its documents lie behind the rows of their parts",
        "SELECT count(*) FROM documents JOIN parts ON kind = 'documents' AND number = part WHERE row >= rows",
    ),
    (
        "its rows hold several documents",
        "SELECT count(*) FROM (SELECT 1 FROM documents WHERE part IS NOT NULL \
         GROUP BY part, row HAVING count(*) > 1)",
    ),
    (
        "its documents come from snapshots that are still to come",
        "SELECT count(*) FROM documents WHERE added > {snapshot} OR left > {snapshot}",
    ),
    (
        "its documents come from files that it does not name",
        "SELECT count(*) FROM documents WHERE input NOT IN (SELECT input FROM inputs)",
    ),
    (
        "its further sources are of no document",
        "SELECT count(*) FROM also WHERE document NOT IN (SELECT n FROM documents)",
    ),
    (
        "its sources lie in parts that are not there",
        "SELECT count(*) FROM sources WHERE part NOT IN (SELECT number FROM parts WHERE kind = 'sources')",
    ),
];

/// An open manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Manifest {
    /// Opens the manifest of a directory for writing, and makes it where there is none.
    pub(crate) fn open(directory: &Path) -> Result<Self, Error> {
        let path = directory.join(MANIFEST);
        let is_new = !path.exists();
        let connection = Connection::open(&path).map_err(|error| Error::manifest(&path, error))?;
        let mut manifest = Manifest { connection, path };
        manifest.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;")?;
        let n_tables: i64 = manifest.one("SELECT count(*) FROM sqlite_schema", [])?;
        if is_new || (n_tables == 0 && manifest.is_unfinished(directory)) {
            manifest.make()?;
        }
        manifest.check()?;
        manifest.bring_up()?;
        Ok(manifest)
    }

    /// Whether the manifest was made and the process killed before it had its tables: then there are no parts either.
    fn is_unfinished(&self, directory: &Path) -> bool {
        !directory.join("documents").exists() && !directory.join(crate::directory::BACKUP).exists()
    }

    /// Opens the manifest of a directory as it is now, and goes on seeing it so.
    pub(crate) fn open_snapshot(directory: &Path) -> Result<Self, Error> {
        let path = directory.join(MANIFEST);
        if !path.is_file() {
            let there = crate::directory::is_corpus(directory);
            return Err(match there {
                true => Error::new(ErrorKind::Damaged, &path, "open", "it is missing"),
                false => Error::new(ErrorKind::NotFound, directory, "open", "there is no corpus"),
            });
        }
        Self::begin(&path, false).or_else(|error| match error.kind() {
            // A folder that cannot be written has no room for what readers and writers share. Nobody writes there.
            ErrorKind::NotPermitted => Self::begin(&path, true),
            _ => Err(error),
        })
    }

    fn begin(path: &Path, is_immutable: bool) -> Result<Self, Error> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = match is_immutable {
            false => Connection::open_with_flags(path, flags),
            true => Connection::open_with_flags(at_rest(path), flags),
        };
        let connection = connection.map_err(|error| Error::manifest(path, error))?;
        let manifest = Manifest { connection, path: path.to_owned() };
        manifest.run("PRAGMA busy_timeout = 10000; BEGIN")?;
        manifest.check()?;
        Ok(manifest)
    }

    fn make(&mut self) -> Result<(), Error> {
        let path = &self.path;
        let make = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction()?;
            transaction.execute_batch(TABLES)?;
            transaction.execute_batch(LOOKUPS)?;
            for (name, value) in [
                ("version", VERSION),
                ("snapshot", 0),
                ("run", 0),
                ("run_is_open", 0),
                ("clusters", 0),
                ("addresses", 1),
                ("contents", 1),
            ] {
                transaction.execute("INSERT INTO meta VALUES (?1, ?2)", params![name, value])?;
            }
            transaction.commit()
        };
        make(&mut self.connection).map_err(|error| Error::manifest(path, error))
    }

    /// Makes a manifest of an older version one of this.
    fn bring_up(&mut self) -> Result<(), Error> {
        if self.meta("version")? == 1 {
            self.run(
                "BEGIN IMMEDIATE;
                 ALTER TABLE decisions ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
                 UPDATE meta SET value = 2 WHERE name = 'version';
                 COMMIT",
            )?;
        }
        if self.meta("version")? == 2 {
            // In one step, or the next writer does it.
            let paths = self.all("SELECT path FROM checkpoints", [], |row| row.get::<_, String>(0))?;
            self.run(
                "BEGIN IMMEDIATE;
                 CREATE TABLE removed (page BLOB NOT NULL, document INTEGER NOT NULL,
                                       PRIMARY KEY (page, document)) WITHOUT ROWID;
                 INSERT INTO removed SELECT address, n FROM documents
                 WHERE left IS NOT NULL AND superseded_by IS NULL AND address IS NOT NULL",
            )?;
            for path in paths {
                self.execute(
                    "UPDATE checkpoints SET path = ?1 WHERE path = ?2",
                    params![hashed(&path), path],
                )?;
            }
            self.run("UPDATE meta SET value = 3 WHERE name = 'version'; COMMIT")?;
        }
        if self.meta("version")? == 3 {
            self.run(
                "BEGIN IMMEDIATE;
                 CREATE TABLE pages (page BLOB NOT NULL, document INTEGER NOT NULL, title BLOB NOT NULL,
                                     PRIMARY KEY (page, document)) WITHOUT ROWID;
                 UPDATE meta SET value = 4 WHERE name = 'version';
                 COMMIT",
            )?;
        }
        if self.meta("version")? == 4 {
            self.run(&format!(
                "BEGIN IMMEDIATE;
                 ALTER TABLE pages ADD COLUMN is_current INTEGER NOT NULL DEFAULT 1;
                 UPDATE pages SET is_current = 0
                 WHERE document IN (SELECT n FROM documents WHERE left IS NOT NULL);
                 {LOOKUPS}
                 UPDATE meta SET value = 5 WHERE name = 'version';
                 COMMIT"
            ))?;
        }
        // The writer tells the addresses of documents anew.
        if self.meta("version")? == 5 {
            self.run("UPDATE meta SET value = 6 WHERE name = 'version'")?;
        }
        // And which were made of the same bytes.
        if self.meta("version")? == 6 {
            self.run(
                "BEGIN IMMEDIATE;
                 ALTER TABLE documents ADD COLUMN source TEXT;
                 ALTER TABLE documents ADD COLUMN content BLOB;
                 CREATE INDEX documents_place ON documents (input, place);
                 CREATE INDEX documents_content ON documents (input, content);
                 UPDATE meta SET value = 7 WHERE name = 'version';
                 COMMIT",
            )?;
        }
        Ok(())
    }

    /// Checks that it is a manifest, and of a version that is known.
    fn check(&self) -> Result<(), Error> {
        let n_tables: i64 = self.one("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", [])?;
        if n_tables == 0 {
            return Err(Error::new(ErrorKind::Damaged, &self.path, "read", "it holds no manifest"));
        }
        let version = self.meta("version")?;
        if version > VERSION {
            let reason = format!("it has version {version}, this program knows versions up to {VERSION}");
            return Err(Error::new(ErrorKind::TooNew, &self.path, "read", reason));
        }
        Ok(())
    }

    /// What SQLite finds wrong with the file, page by page, else what its tables say that cannot be so; nothing where it
    /// is whole. What cannot be read on is a fault too.
    pub(crate) fn faults(&self) -> Vec<String> {
        let found = self.all("PRAGMA integrity_check(20)", [], |row| row.get::<_, String>(0));
        let words = found.unwrap_or_else(|error| vec![error.to_string()]);
        let faults: Vec<String> = words.into_iter().filter(|word| word != "ok").collect();
        match faults.is_empty() {
            true => self.contradictions().unwrap_or_else(|error| vec![error.to_string()]),
            false => faults,
        }
    }

    /// What its tables say that cannot be so.
    fn contradictions(&self) -> Result<Vec<String>, Error> {
        self.parts()?;
        self.decisions()?;
        ["run", "run_is_open", "clusters"].iter().try_for_each(|name| self.meta(name).map(|_| ()))?;
        let snapshot = self.meta("snapshot")?;
        let mut found = self.columns_missing()?;
        for (what, query) in CONTRADICTIONS {
            let count: u64 = self.one(&query.replace("{snapshot}", &snapshot.to_string()), [])?;
            if count > 0 {
                found.push(format!("{count} of {what}"));
            }
        }
        Ok(found)
    }

    /// What is wrong with a file that should be a manifest.
    pub(crate) fn faults_of(path: &Path) -> Vec<String> {
        Self::begin(path, true).map_or_else(|error| vec![error.to_string()], |manifest| manifest.faults())
    }

    /// Columns that a manifest has, and this one not. One of an older version gets them from the next writer.
    fn columns_missing(&self) -> Result<Vec<String>, Error> {
        if self.meta("version")? < VERSION {
            return Ok(Vec::new());
        }
        let fresh = Connection::open_in_memory().map_err(|error| self.error(error))?;
        fresh.execute_batch(TABLES).map_err(|error| self.error(error))?;
        let query = "SELECT schema.name || '.' || info.name FROM sqlite_schema AS schema, \
                     pragma_table_info(schema.name) AS info WHERE schema.type = 'table'";
        let fresh = Manifest { connection: fresh, path: self.path.clone() };
        let known: HashSet<String> = self.all(query, [], |row| row.get(0))?.into_iter().collect();
        let expected = fresh.all(query, [], |row| row.get::<_, String>(0))?;
        let missing = expected.into_iter().filter(|column| !known.contains(column));
        Ok(missing.map(|column| format!("its column {column} is missing")).collect())
    }

    /// The tables in which a copy at rest has other rows, or more or fewer; nothing where it is of another snapshot.
    pub(crate) fn differences(&self, copy: &Path) -> Result<Vec<String>, Error> {
        self.execute("ATTACH DATABASE ?1 AS copy", [at_rest(copy)])?;
        let state = |manifest: &str| {
            let query =
                "SELECT name, value FROM {manifest}.meta WHERE name IN ('snapshot', 'version') ORDER BY name";
            self.all(&query.replace("{manifest}", manifest), [], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))
            })
        };
        if state("main")? != state("copy")? {
            return Ok(Vec::new());
        }
        let tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut differing = Vec::new();
        for table in self.all(tables, [], |row| row.get::<_, String>(0))? {
            // That a build ended is noted without a new snapshot.
            let which = if table == "meta" { "WHERE name <> 'run_is_open'" } else { "" };
            let rows = |one, other| {
                format!("SELECT * FROM {one}.{table} {which} EXCEPT SELECT * FROM {other}.{table}")
            };
            let (mine, its) = (rows("main", "copy"), rows("copy", "main"));
            if self.one(&format!("SELECT EXISTS ({mine}) OR EXISTS ({its})"), [])? {
                differing.push(table);
            }
        }
        Ok(differing)
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What SQLite says, as an error about this file.
    pub(crate) fn error(&self, error: rusqlite::Error) -> Error {
        Error::manifest(&self.path, error)
    }

    pub(crate) fn run(&self, statements: &str) -> Result<(), Error> {
        self.connection.execute_batch(statements).map_err(|error| self.error(error))
    }

    pub(crate) fn execute(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize, Error> {
        let run = || self.connection.prepare_cached(statement)?.execute(values);
        run().map_err(|error| self.error(error))
    }

    /// The one value that a query gives.
    pub(crate) fn one<T: rusqlite::types::FromSql>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
    ) -> Result<T, Error> {
        let run = || self.connection.prepare_cached(query)?.query_row(values, |row| row.get(0));
        run().map_err(|error| self.error(error))
    }

    /// The row that a query gives, if any.
    pub(crate) fn option<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let run = || self.connection.prepare_cached(query)?.query_row(values, read).optional();
        run().map_err(|error| self.error(error))
    }

    /// All rows that a query gives.
    pub(crate) fn all<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let run = || {
            self.connection
                .prepare_cached(query)?
                .query_map(values, read)?
                .collect::<rusqlite::Result<Vec<T>>>()
        };
        run().map_err(|error| self.error(error))
    }

    /// A number that the manifest keeps under a name.
    pub(crate) fn meta(&self, name: &str) -> Result<u64, Error> {
        self.one("SELECT value FROM meta WHERE name = ?1", [name])
    }

    /// A number that manifests keep under a name, but for older ones, where it is `missing`.
    pub(crate) fn meta_or(&self, name: &str, missing: u64) -> Result<u64, Error> {
        let found = self.option("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0))?;
        Ok(found.unwrap_or(missing))
    }

    /// The column that says where a document lies whose file was moved; a manifest of before version 7 gets it from the
    /// next writer.
    pub(crate) fn moved(&self) -> Result<&'static str, Error> {
        Ok(if self.meta("version")? < 7 { "NULL" } else { "source" })
    }

    /// The snapshot that an index must be of at least: older ones hold what documents no longer say, and are made anew.
    pub(crate) fn index_since(&self) -> Result<u64, Error> {
        self.meta_or("index_since", 0)
    }

    /// Says, in the transaction that makes this snapshot, that an index of an earlier one is to be made anew.
    pub(crate) fn set_index_since(&self, snapshot: u64) -> Result<(), Error> {
        self.set_meta("index_since", snapshot)
    }

    /// The snapshot at which documents last came or left.
    pub(crate) fn changed(&self) -> Result<u64, Error> {
        self.one("SELECT max(coalesce(max(added), 0), coalesce(max(left), 0)) FROM documents", [])
    }

    /// Whether the links were made after the last documents came or left and the last decision about entities was
    /// taken.
    pub(crate) fn has_links(&self) -> Result<bool, Error> {
        let changed = self.changed()?;
        let made =
            self.option("SELECT value FROM meta WHERE name = 'links'", [], |row| row.get::<_, u64>(0))?;
        Ok(made.unwrap_or_default() > changed)
    }

    pub(crate) fn set_meta(&self, name: &str, value: u64) -> Result<(), Error> {
        self.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", params![name, value]).map(|_| ())
    }

    /// All parts, in the order of their numbers.
    pub(crate) fn parts(&self) -> Result<Vec<Part>, Error> {
        let query =
            "SELECT path, kind, number, layer, version, rows, bytes, blake3 FROM parts ORDER BY number, path";
        let parts = self.all(query, [], |row| {
            let kind: String = row.get(1)?;
            let layer: Option<String> = row.get(3)?;
            let version: Option<u32> = row.get(4)?;
            Ok((
                kind,
                Part {
                    path: row.get(0)?,
                    table: Table::Documents,
                    number: row.get(2)?,
                    layer: layer.map(|name| Layer { name, version: version.unwrap_or_default() }),
                    rows: row.get(5)?,
                    bytes: row.get(6)?,
                    blake3: row.get(7)?,
                },
            ))
        })?;
        let known = |(kind, part): (String, Part)| {
            let table = Table::ALL.iter().copied().find(|table| table.as_str() == kind);
            let unknown = || {
                Error::new(
                    ErrorKind::Damaged,
                    &self.path,
                    "read",
                    format!("a part is of the unknown kind {kind:?}"),
                )
            };
            Ok(Part { table: table.ok_or_else(unknown)?, ..part })
        };
        parts.into_iter().map(known).collect()
    }

    pub(crate) fn add_part(&self, part: &Part, snapshot: u64) -> Result<(), Error> {
        let layer = part.layer.as_ref();
        self.execute(
            "INSERT INTO parts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                part.path,
                part.table.as_str(),
                part.number,
                layer.map(|layer| &layer.name),
                layer.map(|layer| layer.version),
                part.rows,
                part.bytes,
                part.blake3,
                snapshot
            ],
        )
        .map(|_| ())
    }

    /// The number of an input, which gets one where it has none, and its name back where that was purged.
    pub(crate) fn input(&self, uri: &str) -> Result<u64, Error> {
        let known = self.option("SELECT input FROM inputs WHERE uri = ?1", [uri], |row| row.get(0))?;
        let statement = "UPDATE inputs SET uri = ?1 WHERE uri = ?2 RETURNING input";
        let again = || self.option(statement, [uri, &hashed(uri)], |row| row.get(0));
        match known.map_or_else(again, |input| Ok(Some(input)))? {
            Some(input) => Ok(input),
            None => self.one("INSERT INTO inputs (uri) VALUES (?1) RETURNING input", [uri]),
        }
    }
}

/// What stands for a path that is not to be read.
pub(crate) fn hashed(path: &str) -> String {
    format!("blake3:{}", blake3::hash(path.as_bytes()).to_hex())
}

/// Whether this stands for a path that is not to be read.
pub(crate) fn is_hashed(path: &str) -> bool {
    path.strip_prefix("blake3:").is_some_and(|hash| hash.len() == 64)
}

/// The address of a file that nobody writes.
fn at_rest(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

/// The id that the manifest holds as text.
pub(crate) fn document_id(path: &Path, id: &str) -> Result<DocumentId, Error> {
    DocumentId::deserialize(IntoDeserializer::<value::Error>::into_deserializer(id))
        .map_err(|error| Error::new(ErrorKind::Damaged, path, "read", error))
}
