//! An upload: files of a request, in a folder of their own under names that lead nowhere else.

use crate::{
    app::App,
    arriving::Slow,
    problem::{Code, Problem},
};
use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{Field, MultipartError},
};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};
use tempfile::TempDir;

/// How long the next piece of a file may take to come.
const PIECE: Duration = Duration::from_secs(30);
/// How long a whole upload may take to come: it holds one of few places.
const WHOLE: Duration = Duration::from_secs(600);
/// Bytes that are written at once.
const AT_ONCE: usize = 1 << 18;
/// Files of one request.
const FILES: usize = 10_000;
/// How files are sent.
const FILES_AS_PARTS: &str = "send multipart/form-data, each file a part named `file` with its file name";
/// Bytes of a file's name before its ending, and of that: file systems take 255 of all, with a number between.
const STEM: usize = 200;
const ENDING: usize = 20;

/// Files of a request in a folder that goes with it.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) folder: TempDir,
    /// Names of the files, in the order in which they came.
    pub(crate) files: Vec<String>,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// The names that are taken, each with how often it was asked for.
    taken: HashMap<String, u64>,
}

impl Upload {
    /// Takes the files of a request.
    ///
    /// # Errors
    /// When there is none, they are too large or come too slowly, or there is no room for them.
    pub(crate) async fn take_in_time(app: &App, request: Request) -> Result<Self, Problem> {
        tokio::time::timeout(WHOLE, Upload::take(app, request)).await.map_err(|_| {
            Problem::new(
                Code::SlowBody,
                format_args!("the upload was not there within {} s", WHOLE.as_secs()),
            )
            .hint("send fewer files at once, or use `corpus build`")
        })?
    }

    async fn take(app: &App, request: Request) -> Result<Self, Problem> {
        let unfit =
            |why: &str| Problem::new(Code::BadParameter, format_args!("the body {why}")).hint(FILES_AS_PARTS);
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|_| unfit("is no multipart/form-data"))?;
        let folder =
            tempfile::Builder::new().prefix("corpus-upload-").tempdir().map_err(|error| failed(&error))?;
        let mut upload = Upload { folder, files: Vec::new(), bytes: 0, taken: HashMap::new() };
        loop {
            let part = in_time(parts.next_field()).await?.map_err(|error| broken(&error))?;
            let Some(part) = part else { break };
            if part.file_name().is_none_or(str::is_empty) {
                continue;
            }
            if upload.files.len() >= FILES {
                return Err(Problem::new(Code::TooLarge, format_args!("an upload may have {FILES} files"))
                    .hint("pack them into one JSON Lines file, or use `corpus build`"));
            }
            upload.add(part, app.options.upload).await?;
        }
        if upload.files.is_empty() {
            return Err(unfit("holds no file"));
        }
        Ok(upload)
    }

    /// Takes one file.
    async fn add(&mut self, mut part: Field<'_>, limit: u64) -> Result<(), Problem> {
        let name = free_name(&mut self.taken, part.file_name().unwrap_or_default());
        let mut file = File::create_new(self.path(&name)).map_err(|error| failed(&error))?;
        let mut held = Vec::new();
        loop {
            let piece = in_time(part.chunk()).await?;
            let piece = piece.map_err(|error| broken(&error))?;
            let is_last = piece.is_none();
            if let Some(piece) = piece {
                self.bytes += piece.len() as u64;
                if self.bytes > limit {
                    return Err(Problem::new(
                        Code::TooLarge,
                        format_args!("an upload may have {limit} bytes"),
                    )
                    .hint("`corpus build` takes any size"));
                }
                held.extend_from_slice(&piece);
            }
            if is_last || held.len() >= AT_ONCE {
                let bytes = std::mem::take(&mut held);
                let written =
                    tokio::task::spawn_blocking(move || file.write_all(&bytes).map(|()| file)).await;
                file = written
                    .unwrap_or_else(|panic| Err(io::Error::other(panic)))
                    .map_err(|error| failed(&error))?;
            }
            if is_last {
                break;
            }
        }
        self.files.push(name);
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A name that is not taken yet, and is from now on.
fn free_name(taken: &mut HashMap<String, u64>, asked: &str) -> String {
    let plain = plain_name(asked);
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((&plain, "txt"));
    let mut name = plain.clone();
    while taken.contains_key(&name) {
        // What the same name has tried before is not tried again.
        let number = taken.entry(plain.clone()).or_insert(1);
        *number += 1;
        name = format!("{stem}-{number}.{ending}");
    }
    taken.insert(name.clone(), 1);
    name
}

/// The last part of a name, without anything that a file system or a terminal takes for more than a letter.
fn plain_name(asked: &str) -> String {
    let last = asked.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_odd = |letter: char| letter.is_control() || ":*?\"<>|".contains(letter) || is_direction(letter);
    let name: String = last.chars().map(|letter| if is_odd(letter) { '_' } else { letter }).collect();
    let name = name.trim().trim_start_matches('.');
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let stem = &stem[..stem.floor_char_boundary(STEM)];
    let ending = &ending[..ending.floor_char_boundary(ENDING)];
    if stem.is_empty() { format!("page.{ending}") } else { format!("{stem}.{ending}") }
}

/// Whether a character turns the direction of the text around it.
const fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

async fn in_time<T>(wait: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(PIECE, wait)
        .await
        .map_err(|_| Problem::new(Code::SlowBody, format_args!("nothing came for {} s", PIECE.as_secs())))
}

/// Why a body does not come to its end.
fn broken(error: &MultipartError) -> Problem {
    match Slow::is_cause_of(error) {
        true => Problem::new(Code::SlowBody, Slow),
        false => Problem::new(Code::BadParameter, "the body ends early").hint(FILES_AS_PARTS),
    }
}

fn failed(error: &io::Error) -> Problem {
    tracing::error!(%error, "an upload cannot be kept");
    Problem::new(Code::Internal, format_args!("the upload cannot be kept: {}", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_own_name() {
        let mut taken = HashMap::new();
        let names: Vec<String> = ["a.txt", "a-3.txt", "a.txt", "b.txt", "a.txt", "a.txt", "a-3.txt"]
            .into_iter()
            .map(|asked| free_name(&mut taken, asked))
            .collect();
        assert_eq!(names, ["a.txt", "a-3.txt", "a-2.txt", "b.txt", "a-4.txt", "a-5.txt", "a-3-2.txt"]);
    }

    #[test]
    fn a_name_leads_nowhere() {
        for (asked, name) in [
            ("page.html", "page.html"),
            ("../../etc/passwd", "passwd.txt"),
            ("C:\\pages\\one.txt", "one.txt"),
            ("..", "page.txt"),
            (".hidden", "hidden.txt"),
            ("", "page.txt"),
            ("a\u{202e}txt.exe", "a_txt.exe"),
            ("a\0b<c>.txt", "a_b_c_.txt"),
        ] {
            assert_eq!(plain_name(asked), name, "{asked:?}");
        }
        for letter in ["ö", "語", "हि", "𒀀"] {
            let name = plain_name(&format!("{0}.{0}", letter.repeat(1000)));
            assert!(name.len() < 240 && name.starts_with(letter), "{name}");
        }
    }
}
