//! The options that say what is read, and by which parser.

use crate::{
    console::Console,
    failure::Failure,
    number::Counted,
    output::{Output, place, refuse_input},
    size::Size,
};
use clap::Args;
use corpus_core::{Document, Parser, Record, Registry};
use corpus_format::checksum;
use corpus_read::{ErrorKind, Mapping, Options, Records};
use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
    time::UNIX_EPOCH,
};

/// The options that say what is read, and by which parser.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "What to read")]
pub(crate) struct Input {
    /// Files, folders, JSON Lines, CSV, WARC (plain, .gz or .zst), Parquet; "-" is standard input
    #[arg(value_name = "PATH", required = true, help_heading = None::<&str>)]
    pub(crate) paths: Vec<PathBuf>,
    /// Read only the files of a folder that match, such as "*.txt"; may be given again
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out the files and folders that match; may be given again
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Follow symbolic links in folders; those that are named are followed anyway
    #[arg(long)]
    follow_links: bool,
    /// Which fields of a JSON record, or columns of a table, hold what, such as text=body,id=doc_id
    #[arg(long, value_name = "KIND=FIELD,…", value_parser = mapping)]
    map: Option<Mapping>,
    /// Metadata (address, date, title) as CSV or JSON Lines, joined by file name or id; may be given again
    #[arg(long, value_name = "FILE")]
    sidecar: Vec<PathBuf>,
    /// Largest record; a larger one is set aside
    #[arg(
        long,
        value_name = "SIZE",
        default_value = "64MiB",
        env = "CORPUS_MAX_RECORD",
        hide_env_values = true
    )]
    max_record: Size,
    /// Write what was set aside to FILE, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Read every record with this parser; `corpus parsers` lists them
    #[arg(long, value_name = "NAME")]
    parser: Option<String>,
    /// Number of threads; by default one for each core
    #[arg(short, long, value_name = "N", env = "CORPUS_JOBS", hide_env_values = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

fn mapping(pairs: &str) -> Result<Mapping, String> {
    pairs.parse().map_err(|error: corpus_read::Error| format!("cannot {error}"))
}

impl Input {
    /// The input at `path`, read with the defaults: for commands that take a corpus and nothing else.
    pub(crate) fn at(path: PathBuf) -> Self {
        Input {
            paths: vec![path],
            include: Vec::new(),
            exclude: Vec::new(),
            follow_links: false,
            map: None,
            sidecar: Vec::new(),
            max_record: Size(64 << 20),
            rejects: None,
            parser: None,
            jobs: None,
        }
    }

    /// Standard output, or the file at `path`, which is [refused](Input::refuse) where it must not be written.
    ///
    /// # Errors
    /// As [`Input::refuse`].
    pub(crate) fn output(&self, path: Option<&Path>) -> Result<Output, Failure> {
        self.refuse(path)?;
        Output::open(path, &[])
    }

    /// Refuses files to write that are read as well, or that two results would go to: what is set aside is one.
    ///
    /// # Errors
    /// When one of `outputs` is such a file.
    pub(crate) fn refuse<'p>(&'p self, outputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
        self.refuse_beside(outputs, &[])
    }

    /// The same where `others` are read as well.
    ///
    /// # Errors
    /// As [`Input::refuse`].
    pub(crate) fn refuse_beside<'p>(
        &'p self,
        outputs: impl IntoIterator<Item = &'p Path>,
        others: &[PathBuf],
    ) -> Result<(), Failure> {
        let mut places = Vec::new();
        for path in self.rejects.as_deref().into_iter().chain(outputs) {
            // A device takes whatever comes.
            let is_device = || fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
            if path == Path::new("-") || is_device() {
                continue;
            }
            refuse_input(path, &self.paths)?;
            refuse_input(path, others)?;
            let place = place(path).unwrap_or_else(|| path.to_owned());
            if places.contains(&place) {
                return Err(Failure::usage(format_args!("two results would go to {}", path.display()))
                    .hint("give each a file of its own"));
            }
            places.push(place);
        }
        Ok(())
    }

    /// Opens what is named.
    ///
    /// # Errors
    /// When a path does not exist, or an option cannot be meant.
    pub(crate) fn open(&self) -> Result<Records, Failure> {
        self.refuse(None)?;
        corpus_read::open(&self.paths, &self.options()).map_err(failure)
    }

    /// The files that are read, in order; `-` is standard input.
    ///
    /// # Errors
    /// As [`Input::open`].
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        corpus_read::list(&self.paths, &self.options()).map_err(failure)
    }

    fn options(&self) -> Options {
        let mut options = Options::new().max_record(self.max_record.0 as u64).follow_links(self.follow_links);
        options = self.include.iter().fold(options, |options, glob| options.include(glob));
        options = self.exclude.iter().fold(options, |options, glob| options.exclude(glob));
        options = self.sidecar.iter().fold(options, |options, file| options.sidecar(file));
        if let Some(mapping) = &self.map {
            options = options.mapping(mapping.clone());
        }
        options
    }

    /// The same options for other paths.
    pub(crate) fn of(&self, paths: Vec<PathBuf>) -> Input {
        Input { paths, ..self.clone() }
    }

    /// Number of threads to work on.
    pub(crate) fn jobs(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into())).unwrap_or_else(cores)
    }

    /// How records are read, apart from which: what an input's documents depend on beside its bytes. The metadata of
    /// sidecars are told by their contents.
    pub(crate) fn way(&self) -> String {
        let of_sidecar = |path: &PathBuf| {
            // What is no file, such as a pipe, can be read only once.
            let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
            let hash = is_file.then(|| checksum(path).ok()).flatten();
            format!("{path:?} {}", hash.unwrap_or_default())
        };
        let sidecars: Vec<String> = self.sidecar.iter().map(of_sidecar).collect();
        format!("{:?} {sidecars:?} {:?} {}", self.map, self.parser, self.max_record.0)
    }

    /// What is read, and in which state: the named paths, of files their size and time too, and how they are read.
    pub(crate) fn state(&self) -> String {
        let of_path = |path: &PathBuf| {
            let stamp =
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| stamp(&metadata));
            format!("{:?} {stamp:?}", fs::canonicalize(path).as_ref().unwrap_or(path))
        };
        let paths: Vec<String> = self.paths.iter().map(of_path).collect();
        let links = if self.follow_links { " links" } else { "" };
        format!("{paths:?} {:?} {:?}{links} {}", self.include, self.exclude, self.way())
    }

    /// What makes documents of records: the parser that is named, or the registry's choice for each.
    ///
    /// # Errors
    /// When no parser has the name.
    pub(crate) fn parser<'a>(&self, registry: &'a Registry) -> Result<Choice<'a>, Failure> {
        match &self.parser {
            None => Ok(Choice::Each(registry)),
            Some(name) => match registry.get(name) {
                Ok(parser) => Ok(Choice::One(parser)),
                Err(unknown) => Err(Failure::usage(unknown).hint("`corpus parsers` says what each reads")),
            },
        }
    }

    /// Says that there was nothing to read, and what may be the reason.
    pub(crate) fn found_nothing(&self, console: &Console) {
        let paths: Vec<_> = self.paths.iter().map(|path| path.display().to_string()).collect();
        console.warning(format_args!("nothing to read in {}", paths.join(", ")));
        if !self.include.is_empty() || !self.exclude.is_empty() {
            console.hint("--include or --exclude may leave out too much");
        }
    }
}

/// Says how many links and special files in folders were left out, and how links are read.
pub(crate) fn left_out(links: u64, special: u64, console: &Console) {
    let what = match (links, special) {
        (0, 0) => return,
        (links, 0) => Counted(links, "link").to_string(),
        (0, special) => Counted(special, "special file").to_string(),
        (links, special) => format!("{} and {}", Counted(links, "link"), Counted(special, "special file")),
    };
    console.warning(format_args!("left out {what} in folders"));
    if links > 0 {
        console.hint("--follow-links reads what links lead to");
    }
}

fn failure(error: corpus_read::Error) -> Failure {
    match error.kind() {
        ErrorKind::Pattern | ErrorKind::Mapping => Failure::usage(format_args!("failed to {error}")),
        ErrorKind::NotFound => Failure::new(error).hint("check the spelling; nothing was read"),
        _ => Failure::new(error),
    }
}

/// What makes documents of records.
#[derive(Clone, Copy)]
pub(crate) enum Choice<'a> {
    /// The registry's choice for each record.
    Each(&'a Registry),
    /// One parser for all.
    One(&'a dyn Parser),
}

impl Choice<'_> {
    /// Whether the record is plain text, so that its text is known without parsing it.
    pub(crate) fn is_plain_text(self, record: &Record<'_>) -> bool {
        let parser = match self {
            Choice::Each(registry) => registry.choose(record),
            Choice::One(parser) => Some(parser),
        };
        parser.is_some_and(|parser| parser.name() == "text")
    }

    /// The documents of a record, each handed to `sink`.
    pub(crate) fn parse(self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        match self {
            Choice::Each(registry) => registry.parse(record, sink),
            Choice::One(parser) => parser.parse(record, sink),
        }
    }
}

/// The state that a file is in: its size, when it was written, and where the system says it, when it was last changed,
/// since what copies files may give them any time of writing.
pub(crate) fn stamp(metadata: &fs::Metadata) -> Option<String> {
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let written = format!("{} {}", metadata.len(), modified.as_nanos());
    #[cfg(unix)]
    let written = {
        use std::os::unix::fs::MetadataExt;
        format!("{written} {}.{:09}", metadata.ctime(), metadata.ctime_nsec())
    };
    Some(written)
}
