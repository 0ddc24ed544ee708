//! Where results go: files that are whole or not there, standard output by any name, and what ends the command early.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn corpus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).stdin(Stdio::null());
    command.env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    corpus(arguments).output().unwrap()
}

/// The exit code, and what is said on standard error.
fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// An empty folder for the test called `name`.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus-cli-output").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn endings_are_read_in_one_way() {
    let folder = scratch("endings");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let csv = run(&["words", "pages", "--format", "csv"]).stdout;
    assert_eq!(said(&["words", "pages", "-o", &at("y.CSV.GZ")]).0, Some(0));
    let mut plain = Vec::new();
    let file = fs::File::open(at("y.CSV.GZ")).unwrap();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file), &mut plain).unwrap();
    assert_eq!(plain, csv);
    for name in ["x.tsv", "x.jsonl", "x.parquet", "x.tsv.gz"] {
        let (code, said) = said(&["words", "pages", "--excel", "-o", &at(name)]);
        assert!(code == Some(2) && said.contains("--excel writes CSV"), "{name}: {said}");
    }
    for name in ["x", "x.csv"] {
        assert_eq!(said(&["words", "pages", "--excel", "-o", &at(name)]).0, Some(0));
        assert_eq!(fs::read(at(name)).unwrap(), [b"\xef\xbb\xbf", &*csv].concat());
    }
    let article = run(&["parse", "pages", "--text", "--format", "jsonl"]).stdout;
    assert_eq!(said(&["parse", "pages", "--text", "-o", &at("clean.JSONL")]).0, Some(0));
    assert_eq!(fs::read(at("clean.JSONL")).unwrap(), article);
}

#[test]
fn a_folder_is_no_file() {
    let folder = scratch("folder");
    let path = format!("{}/nosuch/", folder.display());
    for command in [&["dates", "pages"][..], &["words", "pages"], &["export", "pages", "--to", "jsonl"]] {
        for path in [&*path, ".", folder.to_str().unwrap()] {
            let (code, said) = said(&[command, &["-o", path]].concat());
            assert!(
                code == Some(2) && said.contains("is a folder; name a file"),
                "{command:?} {path}: {said}"
            );
        }
    }
    assert_eq!(names(&folder), [""; 0]);
    assert_eq!(said(&["parse", "pages", "-o", &path]).0, Some(0));
    assert!(Path::new(&path).is_dir());
}

#[test]
fn a_failure_to_write_says_what_to_do_next() {
    let folder = scratch("next");
    fs::write(folder.join("file"), "").unwrap();
    let missing = folder.join("nosuch/deeper").display().to_string();
    let (code, text) = said(&["words", "pages", "-o", &format!("{missing}/x.csv")]);
    assert!(code == Some(4) && text.contains(&format!("hint: there is no folder {missing}; ")), "{text}");
    let under_file = folder.join("file/x.csv").display().to_string();
    let (code, text) = said(&["words", "pages", "-o", &under_file]);
    assert!(code == Some(4) && text.contains("hint: a file stands where a folder is meant"), "{text}");
    let long = folder.join("x".repeat(300)).display().to_string();
    let (code, text) = said(&["words", "pages", "-o", &long]);
    assert!(code == Some(4) && text.contains("hint: name it shorter"), "{text}");
}

#[cfg(unix)]
mod unix {
    use super::{corpus, names, run, scratch};
    use std::{
        fs,
        io::{Read, Write},
        os::unix::process::ExitStatusExt,
        path::Path,
        process::{Child, Command, ExitStatus, Stdio},
        thread,
        time::Duration,
    };

    /// What came of the process; `None`, and its end, where it goes on for a minute.
    fn ended(child: &mut Child) -> Option<ExitStatus> {
        let _open = child.stdin.take();
        for _ in 0..600 {
            if let Some(status) = child.try_wait().unwrap() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(100));
        }
        child.kill().unwrap();
        None
    }

    #[test]
    fn standard_output_keeps_what_is_in_it() {
        let path = scratch("stdout").join("out");
        for command in [&["words", "pages", "--format", "csv"][..], &["export", "pages", "--to", "ris"]] {
            let result = run(command).stdout;
            for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
                if name.starts_with("/proc") && !Path::new(name).exists() {
                    continue;
                }
                if name == "-" && command[0] == "export" {
                    continue;
                }
                let mut file = fs::File::create(&path).unwrap();
                file.write_all(b"header\n").unwrap();
                let mut command = corpus(&[command, &["-o", name]].concat());
                assert_eq!(
                    command.stdout(file.try_clone().unwrap()).status().unwrap().code(),
                    Some(0),
                    "{name}"
                );
                file.write_all(b"footer\n").unwrap();
                assert_eq!(fs::read(&path).unwrap(), [b"header\n", &*result, b"footer\n"].concat(), "{name}");
            }
        }
        assert_eq!(names(path.parent().unwrap()), ["out"]);
    }

    #[test]
    fn what_is_set_aside_goes_behind_what_is_there() {
        let path = scratch("rejects").join("log");
        let mut file = fs::File::create(&path).unwrap();
        file.write_all(b"header\n").unwrap();
        let mut command =
            corpus(&["parse", "records.jsonl", "-o", "/dev/null", "--quiet", "--rejects", "/dev/stdout"]);
        assert_eq!(command.stdout(file.try_clone().unwrap()).status().unwrap().code(), Some(3));
        file.write_all(b"footer\n").unwrap();
        let log = fs::read_to_string(&path).unwrap();
        assert!(log.starts_with("header\n{") && log.ends_with("}\nfooter\n"), "{log}");
    }

    #[test]
    fn who_reads_no_further_is_no_failure_by_any_name() {
        for name in ["-", "/dev/stdout", "/dev/fd/1"] {
            for command in ["words", "parse", "annotate"] {
                let mut command = corpus(&[command, "pages", "-o", name]);
                let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
                drop(child.stdout.take());
                let mut said = String::new();
                child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                assert_eq!(child.wait().unwrap().code(), Some(0), "{command:?}: {said}");
                assert!(!said.contains("error"), "{command:?}: {said}");
            }
        }
    }

    #[test]
    fn what_cannot_be_written_is_told_before_anything_is_read() {
        for command in [&["words", "-"][..], &["parse", "-"], &["export", "-", "--to", "tei"]] {
            let mut command = corpus(&[command, &["-o", "nosuch/x"]].concat());
            let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            assert_eq!(ended(&mut child).and_then(|status| status.code()), Some(4), "{command:?}");
        }
    }

    /// Whether this process, and what it begins, was told to ignore the signal.
    fn is_ignored(number: i32) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.is_none_or(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() >> (number - 1) & 1 == 1)
    }

    fn send(signal: &str, child: &Child) {
        let number = child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &number]).status().unwrap().success());
    }

    #[test]
    fn what_is_ended_leaves_nothing_behind() {
        let folder = scratch("ended");
        let (file, tables) = (folder.join("out.jsonl"), folder.join("tables"));
        let [file, tables] = [&file, &tables].map(|path| path.to_str().unwrap());
        for (signal, number) in [("TERM", 15), ("HUP", 1), ("INT", 2)] {
            // What runs the tests may have it ignored.
            if signal != "TERM" && is_ignored(number) {
                continue;
            }
            for command in [
                &["parse", "-", "-o", file][..],
                &["filter", "-", "-o", file],
                &["export", "-", "--to", "csv", "-o", tables],
            ] {
                let mut child = corpus(command).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
                while names(&folder).is_empty() {
                    assert_eq!(child.try_wait().unwrap(), None, "{command:?}");
                    thread::sleep(Duration::from_millis(10));
                }
                send(signal, &child);
                assert_eq!(ended(&mut child).and_then(|status| status.signal()), Some(number), "{command:?}");
                assert_eq!(names(&folder), [""; 0], "{command:?} {signal}");
            }
        }
    }

    /// As `nohup` has it.
    #[test]
    fn a_signal_that_is_ignored_stays_so() {
        let folder = scratch("ignored");
        let path = folder.join("out.jsonl");
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' HUP; exec \"$0\" parse - -o \"$1\"", env!("CARGO_BIN_EXE_corpus")]);
        let mut child = command.arg(&path).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        while names(&folder).is_empty() {
            thread::sleep(Duration::from_millis(10));
        }
        send("HUP", &child);
        child.stdin.take().unwrap().write_all(b"A title\n\nAnd a paragraph that says something.\n").unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(names(&folder), ["out.jsonl"]);
    }
}
