//! A folder with shards, pipelines in it, and what comes of them.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_corpus-cluster");

pub(crate) const PIPELINE: &str = "\
output = \"OUTPUT\"
[read]
paths = [\"shards\"]
max_record = 65536
[filter.length]
min_words = 12
[filter.personal]
[filter.card]
name = \"harbour\"
[annotate]
layers = [\"sentence\", \"time\", \"name\"]
[deduplicate]
[statistics]
tokenizer = \"tokenizer.json\"
";

/// A tokenizer whose tokens are the words between blanks.
const TOKENIZER: &str = r#"{"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
    "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
    "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}"#;

/// Words by a number, always the same.
pub(crate) fn words(seed: u64, n: usize) -> String {
    const WORDS: &[&str] = &[
        "harbour",
        "ferry",
        "council",
        "bridge",
        "winter",
        "minister",
        "said",
        "on",
        "the",
        "Thursday",
        "report",
        "of",
        "a",
        "new",
        "storm",
        "pier",
        "Oslo",
        "was",
        "closed",
        "after",
        "night",
        "before",
        "mayor",
        "Lindqvist",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[(state % WORDS.len() as u64) as usize]
    };
    (0..n).map(|_| next()).collect::<Vec<_>>().join(" ")
}

/// Files with pages, copies of pages in other files, and damage of every kind.
fn shards(folder: &Path, n_files: u64, n_pages: u64) {
    fs::create_dir_all(folder).unwrap();
    for file in 0..n_files {
        let mut lines = Vec::new();
        for page in 0..n_pages {
            // Every fifth page is that of the first file, in capitals, or cut, or with one word more.
            let of = if page % 5 == 0 { page } else { file * 1000 + page };
            let text = words(of + 1, 60 + (of % 40) as usize);
            let text = match file % 4 {
                1 if page % 5 == 0 => text.to_uppercase(),
                2 if page % 5 == 0 => text[..text.len() * 4 / 5].to_owned(),
                3 if page % 5 == 0 => format!("{text} again"),
                _ => text,
            };
            let text = if page % 7 == 3 {
                "Too short.".to_owned()
            } else {
                format!("{text}. Write to a{file}@harbour.example.")
            };
            writeln!(
                lines,
                "{{\"id\": \"p-{file}-{page}\", \"date\": \"2021-03-0{}\", \"text\": \"{text}\"}}",
                1 + page % 9
            )
            .unwrap();
        }
        fs::write(folder.join(format!("shard-{file:02}.jsonl")), lines).unwrap();
    }
    let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let good = line(&words(77_777, 80));
    fs::write(folder.join("empty.jsonl"), "").unwrap();
    fs::write(
        folder.join("latin.jsonl"),
        [b"{\"text\": \"\xe4\xf6\xfc\"}\n".as_slice(), good.as_bytes()].concat(),
    )
    .unwrap();
    fs::write(folder.join("long.jsonl"), line(&"word ".repeat(20_000)) + &good).unwrap();
    fs::write(folder.join("cut.parquet"), b"PAR1\x15\x04\x15\x10 and no more").unwrap();
    fs::write(folder.join("damaged.jsonl.gz"), b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03 no gzip follows")
        .unwrap();
}

/// A folder with shards, and pipelines in it.
pub(crate) struct Bench {
    pub(crate) folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new(n_files: u64, n_pages: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        shards(&folder.path().join("shards"), n_files, n_pages);
        fs::write(folder.path().join("tokenizer.json"), TOKENIZER).unwrap();
        Bench { folder }
    }

    pub(crate) fn pipeline(&self, output: &str) -> PathBuf {
        let path = self.folder.path().join(format!("{output}.toml"));
        fs::write(&path, PIPELINE.replace("OUTPUT", output)).unwrap();
        path
    }

    pub(crate) fn command(&self, output: &str, place: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("run").arg(self.pipeline(output)).args(place);
        command
    }

    pub(crate) fn run(&self, output: &str, place: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let ended = self.command(output, place).output().unwrap();
        assert_eq!(ended.status.code(), Some(3), "{}", said(&ended));
        self.files(output)
    }

    /// Every file of a package by its path.
    pub(crate) fn files(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.folder.path().join(output);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// How many tasks of the first stage are done.
    pub(crate) fn n_done(&self, output: &str) -> usize {
        let folder = self.folder.path().join(format!("{output}.work/done/read"));
        fs::read_dir(folder).map_or(0, |entries| {
            entries
                .flatten()
                .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
                .count()
        })
    }
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

#[track_caller]
pub(crate) fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(names(one), names(other));
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

/// Runs a pipeline of these sections in the folder of a bench, in this process; gives its files.
pub(crate) fn run_of(bench: &Bench, output: &str, sections: &str) -> BTreeMap<String, Vec<u8>> {
    let path = bench.folder.path().join(format!("{output}.toml"));
    fs::write(&path, format!("output = \"{output}\"\n{sections}")).unwrap();
    let ended = Command::new(PROGRAM).arg("run").arg(&path).args(["--jobs", "2"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    bench.files(output)
}
