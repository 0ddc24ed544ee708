//! Files and folders: whole or not there, compressed where their name says so, never over what is there.

use crate::fixture::{note, page};
use corpus_core::{Document, PartKind};
use corpus_export::{ErrorKind, Formats, Options, Target, selection::Filter, unfinished::check};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

fn export(name: &str, path: &Path, options: &Options, documents: &[Document]) -> corpus_export::Report {
    let mut export = Formats::core().get(name).unwrap().open(Target::Path(path), options).unwrap();
    for document in documents {
        export.add(document).unwrap();
    }
    export.finish().unwrap()
}

#[test]
fn what_is_dropped_leaves_nothing_behind() {
    for each in Formats::core().formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut export = each.open(Target::Path(&path), &Options::new()).unwrap();
        export.add(&page()).unwrap();
        assert!(!path.exists(), "{}: nothing has its name before the end", each.name());
        drop(export);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{}", each.name());
    }
}

#[test]
fn what_is_finished_has_its_name_and_nothing_else_is_left() {
    for each in Formats::core().formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let report = export(each.name(), &path, &Options::new(), &[page(), note()]);
        assert!(path.exists(), "{}", each.name());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{}", each.name());
        assert_eq!(report.documents, 2, "{}", each.name());
        for written in &report.written {
            assert!(written.path.as_ref().unwrap().exists(), "{}: {written}", each.name());
        }
    }
}

/// As `-o /dev/null` and `-o /dev/stdout` are: by a link, so that a fault here costs the link and not the device.
#[cfg(unix)]
#[test]
fn a_device_is_written_and_stays_one() {
    for each in Formats::core().formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        if each.streams(&Options::new()) {
            let report = export(each.name(), &path, &Options::new(), &[page()]);
            assert_eq!(report.written[0].path.as_deref(), Some(&*path), "{}", each.name());
        } else {
            let error = each.open(Target::Path(&path), &Options::new()).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Target, "{error}");
        }
        assert_eq!(fs::read_link(&path).unwrap(), Path::new("/dev/null"), "{}", each.name());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{}", each.name());
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_gets_the_bytes_that_a_file_would() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).unwrap()
    });
    export("jsonl", &pipe, &Options::new(), &[page(), note()]);
    let file = folder.path().join("file");
    export("jsonl", &file, &Options::new(), &[page(), note()]);
    assert_eq!(reader.join().unwrap(), fs::read(&file).unwrap());
    assert!(!fs::metadata(&pipe).unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_replaced_and_the_link_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    export("jsonl", &link, &Options::new(), &[page()]);
    assert_eq!(fs::read_link(&link).unwrap(), file);
    assert!(fs::read_to_string(&file).unwrap().starts_with('{'));
    // Though nothing is there yet.
    let after = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let second = folder.path().join("second");
    std::os::unix::fs::symlink("link", &second).unwrap();
    export("jsonl", &second, &Options::new(), &[page()]);
    assert_eq!((fs::read_link(&second).unwrap(), fs::read(&file).unwrap()), ("link".into(), after));
    assert!(second.is_symlink() && link.is_symlink());
}

/// Names of what lies in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// As `-o /dev/fd/3` is: to write such a file anew from its beginning would lose what others write to it.
#[cfg(unix)]
#[test]
fn a_file_that_is_open_already_is_not_replaced() {
    use std::os::fd::AsRawFd;
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("shared"), folder.path().join("link"));
    let mut shared = File::create_new(&path).unwrap();
    shared.write_all(b"head\n").unwrap();
    let number = shared.as_raw_fd();
    std::os::unix::fs::symlink(format!("/dev/fd/{number}"), &link).unwrap();
    for path in [&link, Path::new(&format!("/dev/fd/{number}"))] {
        for each in Formats::core().formats() {
            let error = each.open(Target::Path(path), &Options::new()).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Target, "{}: {error}", each.name());
        }
    }
    shared.write_all(b"foot\n").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "head\nfoot\n");
    assert_eq!(names(folder.path()), ["link", "shared"]);
}

#[cfg(unix)]
#[test]
fn who_may_read_the_old_file_may_read_the_new_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for each in ["jsonl", "sqlite"] {
        for kept in [0o600, 0o640, 0o666] {
            fs::write(&path, "before").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
            let mut export =
                Formats::core().get(each).unwrap().open(Target::Path(&path), &Options::new()).unwrap();
            export.add(&page()).unwrap();
            let under_way = names(folder.path()).into_iter().find(|name| name != "out").unwrap();
            assert_eq!(mode(&folder.path().join(under_way)), 0o600, "{each}: nobody reads it before");
            export.finish().unwrap();
            assert_eq!(mode(&path), kept, "{each}");
            assert_ne!(fs::read(&path).unwrap(), b"before", "{each}");
            fs::remove_file(&path).unwrap();
        }
    }
}

#[test]
fn the_longest_name_there_may_be_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}.jsonl", "n".repeat(249));
    export("jsonl", &folder.path().join(&name), &Options::new(), &[page()]);
    assert_eq!(names(folder.path()), [name]);
}

/// Processes of two containers that share a folder may have one number.
#[test]
fn two_that_write_the_same_are_not_in_each_others_way() {
    for each in Formats::core().formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let open = || each.open(Target::Path(&path), &Options::new()).unwrap();
        let (mut first, mut second) = (open(), open());
        assert_eq!(names(folder.path()).len(), 2, "{}", each.name());
        first.add(&page()).unwrap();
        second.add(&page()).unwrap();
        second.finish().unwrap();
        // A folder that holds files stays, a file is replaced.
        assert_eq!(first.finish().is_ok(), path.is_file(), "{}", each.name());
        assert_eq!(names(folder.path()), ["out"], "{}", each.name());
    }
}

#[cfg(unix)]
#[test]
fn what_an_ended_process_left_goes_and_all_else_stays() {
    let folder = tempfile::tempdir().unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    let make = |name: &str, at: std::time::SystemTime| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = File::create(path).unwrap();
        file.set_modified(at).unwrap();
        file
    };
    let number = "0123456789abcdef";
    make(&format!(".out.unfinished-1-{number}"), long_ago);
    make(&format!(".out.unfinished-2-{number}/.corpus-unfinished"), long_ago);
    make(&format!(".out.unfinished-2-{number}/documents.csv"), long_ago);
    let stays = [
        format!(".other.unfinished-1-{number}"),
        format!(".out.unfinished-3-{number}/a-folder-of-somebody.txt"),
        format!(".out.unfinished-4-{number}/.corpus-unfinished"),
        format!(".out.unfinished-5-{number}"),
        ".out.unfinished-6".to_owned(),
        ".out.unfinished-7-mine".to_owned(),
        format!(".out.unfinished-8-{number}"),
    ];
    let made: Vec<File> = stays.iter().map(|name| make(name, long_ago)).collect();
    made[2].lock().unwrap();
    made[3].lock().unwrap();
    made[6].set_modified(std::time::SystemTime::now()).unwrap();
    export("jsonl", &folder.path().join("out"), &Options::new(), &[page()]);
    for name in &stays {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    assert_eq!(names(folder.path()).len(), stays.len() + 1, "{:?}", names(folder.path()));
}

#[test]
fn a_folder_is_no_file_and_a_missing_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str, path: &Path| {
        Formats::core().get(name).unwrap().open(Target::Path(path), &Options::new()).err().unwrap()
    };
    for path in [folder.path().to_owned(), folder.path().join("nosuch/"), folder.path().join("..")] {
        for name in ["jsonl", "sqlite", "ris"] {
            assert_eq!(open(name, &path).kind(), ErrorKind::Target, "{name} {}", path.display());
        }
    }
    let path = folder.path().join("nosuch").join("out");
    for each in Formats::core().formats() {
        let error = open(each.name(), &path);
        assert_eq!((error.kind(), error.place()), (ErrorKind::Write, Some(&*path)), "{}", each.name());
        assert_eq!(check(&path).unwrap_err().kind(), ErrorKind::Write);
    }
    check(&folder.path().join("out")).unwrap();
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_folder_that_holds_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("precious.txt"), "mine").unwrap();
    for name in ["csv", "markdown", "tei"] {
        let error = Formats::core()
            .get(name)
            .unwrap()
            .open(Target::Path(folder.path()), &Options::new())
            .err()
            .unwrap();
        assert_eq!(error.kind(), ErrorKind::Exists, "{error}");
    }
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    export("csv", &empty, &Options::new(), &[page()]);
    assert!(empty.join("annotations/time.csv").exists());
}

#[test]
fn compressed_files_hold_what_plain_ones_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["a.jsonl", "a.JSONL.GZ", "a.jsonl.zst"] {
        export("jsonl", &path(name), &Options::new(), &[page(), note()]);
    }
    let plain = fs::read(path("a.jsonl")).unwrap();
    let mut gzip = Vec::new();
    flate2::read::GzDecoder::new(File::open(path("a.JSONL.GZ")).unwrap()).read_to_end(&mut gzip).unwrap();
    let mut zstandard = Vec::new();
    let mut decoder =
        ruzstd::decoding::StreamingDecoder::new(File::open(path("a.jsonl.zst")).unwrap()).unwrap();
    decoder.read_to_end(&mut zstandard).unwrap();
    assert_eq!((plain.as_slice(), plain.as_slice()), (gzip.as_slice(), zstandard.as_slice()));
}

#[test]
fn whole_documents_come_back_from_json_lines() {
    let (text, _) = crate::fixture::written("jsonl", &Options::new(), &[page(), note()]);
    let back: Vec<Document> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(back, [page(), note()]);
}

#[test]
fn a_reader_that_goes_away_is_told_from_a_full_disk() {
    struct Gone(io::ErrorKind);
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }
    for (cause, kind) in
        [(io::ErrorKind::BrokenPipe, ErrorKind::Closed), (io::ErrorKind::StorageFull, ErrorKind::Write)]
    {
        for each in Formats::core().formats().filter(|each| each.streams(&Options::new())) {
            let mut gone = Gone(cause);
            let mut export = each.open(Target::Stream(&mut gone), &Options::new()).unwrap();
            let added = export.add(&page());
            let error = added.err().or_else(|| export.finish().err()).unwrap();
            assert_eq!(error.kind(), kind, "{}: {error}", each.name());
        }
    }
}

#[test]
fn filters_choose_documents_and_parts_choose_blocks() {
    let of = |filter: Filter| {
        let (text, report) =
            crate::fixture::written("jsonl", &Options::new().filter(filter), &[page(), note()]);
        (text.lines().count(), report.left_out)
    };
    assert_eq!(of(Filter::new()), (2, 0));
    assert_eq!(of(Filter::new().language("en")), (1, 1));
    assert_eq!(of(Filter::new().language("e")), (0, 2));
    assert_eq!(of(Filter::new().site("pier.example")), (1, 1));
    assert_eq!(of(Filter::new().site("notes.example")), (1, 1));
    assert_eq!(of(Filter::new().since("2017-10".parse().unwrap())), (1, 1));
    assert_eq!(of(Filter::new().since("2017-10-03".parse().unwrap())), (0, 2));
    assert_eq!(of(Filter::new().until("2017".parse().unwrap())), (1, 1));
    let (text, _) =
        crate::fixture::written("jsonl", &Options::new().parts("comments".parse().unwrap()), &[page()]);
    let document: Document = serde_json::from_str(&text).unwrap();
    assert!(document.blocks.iter().all(|block| document.part_of(block).kind == PartKind::Comments));
    assert_eq!(document.text, page().text, "offsets hold");
}

#[test]
fn an_unknown_name_answers_with_the_known_ones() {
    let message = Formats::core().get("xls").err().unwrap().to_string();
    assert!(message.contains("known formats: jsonl, csv, sqlite"), "{message}");
    let options = Options::new().table("pages");
    let mut bytes = Vec::new();
    let error = Formats::core().get("csv").unwrap().open(Target::Stream(&mut bytes), &options).err().unwrap();
    assert!(error.to_string().contains("known tables: documents"), "{error}");
}
