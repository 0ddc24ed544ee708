//! Documents as a file of lines that can be read twice, whatever they lie in.

use crate::{corpus::failure, failure::Failure};
use corpus_store::{Corpus, is_corpus};
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, Write},
    path::Path,
};

/// The documents at `path` as JSON Lines: a file as it is, or a nameless temporary one made of a corpus or of a
/// compressed file.
///
/// # Errors
/// When nothing can be read there.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    if is_corpus(path) {
        return of_corpus(path);
    }
    if path.is_dir() {
        return Err(Failure::usage(format_args!("{} is a folder", path.display()))
            .hint("`corpus parse FOLDER -o FILE` makes the files to compare"));
    }
    let failed = |error: io::Error| Failure::new(format_args!("open {}: {error}", path.display()));
    let mut file = File::open(path).map_err(|error| Failure::read(path, &error))?;
    if file.stream_position().is_err() {
        return Err(Failure::usage(format_args!(
            "{} is a pipe, and may have to be read twice",
            path.display()
        ))
        .hint("write it to a file first"));
    }
    let mut magic = Vec::new();
    (&file).take(4).read_to_end(&mut magic).map_err(failed)?;
    file.rewind().map_err(failed)?;
    let packed = BufReader::new(&file);
    match magic.as_slice() {
        [0x1f, 0x8b, ..] => unpacked(MultiGzDecoder::new(packed), path),
        [0x28, 0xb5, 0x2f, 0xfd] => unpacked(zstd::Decoder::new(packed).map_err(failed)?, path),
        _ => Ok(file),
    }
}

fn of_corpus(path: &Path) -> Result<File, Failure> {
    let corpus = Corpus::open(path).map_err(failure)?;
    let mut spool = BufWriter::new(temporary()?);
    for document in corpus.documents() {
        let document = document.map_err(failure)?;
        let written = serde_json::to_writer(&mut spool, &document).map_err(io::Error::from);
        written.and_then(|()| spool.write_all(b"\n")).map_err(|error| unwritten(&error))?;
    }
    rewound(spool.into_inner().map_err(|error| unwritten(error.error()))?)
}

fn unpacked(mut reader: impl Read, path: &Path) -> Result<File, Failure> {
    let mut spool = temporary()?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        let length = reader.read(&mut buffer).map_err(|error| {
            Failure::new(format_args!("decompress {}: {error}", path.display()))
                .hint("fetch or write the file again: it is damaged or cut")
        })?;
        if length == 0 {
            return rewound(spool);
        }
        spool.write_all(&buffer[..length]).map_err(|error| unwritten(&error))?;
    }
}

fn temporary() -> Result<File, Failure> {
    tempfile::tempfile().map_err(|error| unwritten(&error))
}

fn rewound(mut file: File) -> Result<File, Failure> {
    file.rewind().map_err(|error| unwritten(&error))?;
    Ok(file)
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::new(format_args!("write a temporary file: {error}"))
        .hint("TMPDIR names the folder of temporary files; it may be full")
}
