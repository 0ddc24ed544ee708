//! A temporary folder of files, and what reading them gives.

use corpus_core::Record;
use corpus_read::{Options, Records, Reject, RejectKind, open};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::PathBuf};
use tempfile::TempDir;

/// A temporary folder of files.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder with one file.
    pub(crate) fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = Folder::new();
        folder.write(name, bytes);
        folder
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What reading the whole folder gives.
    pub(crate) fn read(&self, options: &Options) -> Outcome {
        self.outcome(open(&[self.0.path().to_owned()], options).unwrap())
    }

    /// What reading records gives, with paths below this folder.
    pub(crate) fn outcome(&self, records: Records) -> Outcome {
        let mut outcome = Outcome::of(records);
        let prefix = format!("{}/", self.0.path().display());
        let uris = outcome.records.iter_mut().map(|record| record.uri.to_mut());
        for uri in uris.chain(outcome.rejects.iter_mut().map(|reject| &mut reject.uri)) {
            *uri = uri.strip_prefix(&prefix).unwrap_or(uri).to_owned();
        }
        outcome
    }
}

/// What reading gives.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) records: Vec<Record<'static>>,
    pub(crate) rejects: Vec<Reject>,
}

impl Outcome {
    pub(crate) fn of(records: Records) -> Self {
        let mut outcome = Outcome { records: Vec::new(), rejects: Vec::new() };
        for packed in records {
            match packed.as_ref().map_err(Clone::clone).and_then(|packed| packed.unpack()) {
                Ok(record) => outcome.records.push(owned(record)),
                Err(reject) => outcome.rejects.push(reject),
            }
        }
        outcome
    }

    pub(crate) fn pages(&self) -> Vec<String> {
        self.records.iter().map(|record| String::from_utf8_lossy(&record.bytes).into_owned()).collect()
    }

    pub(crate) fn uris(&self) -> Vec<&str> {
        self.records.iter().map(|record| &*record.uri).collect()
    }

    pub(crate) fn kinds(&self) -> Vec<RejectKind> {
        self.rejects.iter().map(|reject| reject.kind).collect()
    }

    /// The only reject.
    pub(crate) fn reject(&self) -> &Reject {
        match &*self.rejects {
            [reject] => reject,
            rejects => panic!("expected one reject: {rejects:#?}"),
        }
    }
}

fn owned(record: Record<'_>) -> Record<'static> {
    Record {
        bytes: record.bytes.into_owned().into(),
        uri: record.uri.into_owned().into(),
        media_type: record.media_type.map(|media_type| media_type.into_owned().into()),
        charset: record.charset.map(|charset| charset.into_owned().into()),
        place: record.place,
        metadata: record.metadata,
        title: record.title.map(|title| title.into_owned().into()),
        fetched: record.fetched.map(|fetched| fetched.into_owned().into()),
    }
}

pub(crate) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::encode_all(bytes.as_ref(), 3).unwrap()
}

/// So many lines of JSON that compress badly: the words of each are numbers that look drawn by lot.
pub(crate) fn lines(n: usize) -> String {
    let mut state = 42_u64;
    let line = |i| {
        let mut words = String::new();
        for _ in 0..40 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words += &format!(" {:x}", state >> 32);
        }
        format!("{{\"id\": {i}, \"text\": \"page{words}\"}}\n")
    };
    (0..n).map(line).collect()
}
