//! Folders: order, patterns, hidden files, links, and paths that are not there.

use crate::folder::Folder;
use corpus_read::{ErrorKind, Options, open};

fn tree() -> Folder {
    let folder = Folder::new();
    for name in
        ["b.txt", "a/z.txt", "a/y.html", "a.txt", "a-b.txt", "a/deep/x.txt", ".hidden.txt", ".git/c.txt"]
    {
        folder.write(name, name);
    }
    folder
}

#[test]
fn files_come_in_the_byte_order_of_their_paths() {
    let uris = ["a-b.txt", "a.txt", "a/deep/x.txt", "a/y.html", "a/z.txt", "b.txt"];
    assert!(uris.is_sorted());
    assert_eq!(tree().read(&Options::new()).uris(), uris);
}

#[test]
fn patterns_choose_files_and_leave_out_folders() {
    let tree = tree();
    let uris = |options: Options| tree.read(&options).uris().join(" ");
    assert_eq!(uris(Options::new().include("*.html")), "a/y.html");
    assert_eq!(uris(Options::new().include("a/*.txt")), "a/z.txt");
    assert_eq!(uris(Options::new().include("a/**")), "a/deep/x.txt a/y.html a/z.txt");
    assert_eq!(uris(Options::new().include("/*.txt")), "a-b.txt a.txt b.txt");
    assert_eq!(uris(Options::new().include("*.html").include("b*")), "a/y.html b.txt");
    assert_eq!(uris(Options::new().exclude("a")), "a-b.txt a.txt b.txt");
    assert_eq!(uris(Options::new().exclude("deep/").include("*.txt")), "a-b.txt a.txt a/z.txt b.txt");
    assert_eq!(uris(Options::new().exclude("*.{txt,html}")), "");
}

#[test]
fn what_is_named_is_read_whatever_the_patterns_say() {
    let tree = tree();
    let paths = [tree.path("b.txt"), tree.path(".hidden.txt"), tree.path(".git"), tree.path("b.txt")];
    let outcome = tree.outcome(open(&paths, &Options::new().include("*.html").exclude("b*")).unwrap());
    assert_eq!(outcome.uris(), ["b.txt", ".hidden.txt", "b.txt"]);
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let folder = Folder::new();
    let error = open(&[folder.path("nowhere")], &Options::new()).unwrap_err();
    assert_eq!((error.kind(), error.place()), (ErrorKind::NotFound, Some(&*folder.path("nowhere"))));
    assert!(error.to_string().ends_with("nowhere: no such file or folder"), "{error}");
    let error = open(&[], &Options::new().include("a[")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pattern);
    assert!(error.to_string().starts_with("use the pattern \"a[\": "), "{error}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_on_request_and_loops_are_named() {
    use corpus_read::RejectKind;
    use std::os::unix::fs::symlink;
    let folder = Folder::with("data/a.txt", "a");
    symlink(folder.path("data"), folder.path("data/loop")).unwrap();
    symlink(folder.path("data/a.txt"), folder.path("data/b.txt")).unwrap();
    symlink(folder.path("gone"), folder.path("data/c.txt")).unwrap();

    let records = open(&[folder.path("data")], &Options::new()).unwrap();
    let progress = records.progress();
    assert_eq!(folder.outcome(records).uris(), ["data/a.txt"]);
    assert_eq!((progress.links(), progress.special()), (3, 0));

    let _socket = std::os::unix::net::UnixListener::bind(folder.path("data/socket.txt")).unwrap();
    let included = open(&[folder.path("data")], &Options::new().include("a*")).unwrap();
    let progress = included.progress();
    assert_eq!(folder.outcome(included).uris(), ["data/a.txt"]);
    assert_eq!((progress.links(), progress.special()), (1, 0), "the link to a folder");
    let records = open(&[folder.path("data")], &Options::new()).unwrap();
    let progress = records.progress();
    assert_eq!(folder.outcome(records).uris(), ["data/a.txt"]);
    assert_eq!((progress.links(), progress.special()), (3, 1));
    std::fs::remove_file(folder.path("data/socket.txt")).unwrap();

    let outcome = folder.read(&Options::new().follow_links(true));
    assert_eq!(outcome.uris(), ["data/a.txt", "data/b.txt"]);
    let mut rejects: Vec<_> = outcome.rejects.iter().map(|reject| (&*reject.uri, reject.kind)).collect();
    rejects.sort();
    assert_eq!(rejects, [("data/c.txt", RejectKind::Unreadable), ("data/loop", RejectKind::LinkLoop)]);

    let named = open(&[folder.path("data/b.txt")], &Options::new()).unwrap();
    assert_eq!(folder.outcome(named).uris(), ["data/b.txt"]);
}

#[test]
fn of_a_package_only_the_documents_are_read() {
    let folder = Folder::new();
    for name in ["documents/a.txt", "dropped/b.txt", "rejects/c.txt", "report.html", "annotations/d.txt"] {
        folder.write(&format!("runs/clean/{name}"), name);
        folder.write(&format!("pages/{name}"), name);
    }
    folder.write("runs/clean/datapackage.json", "{}");
    let read = folder.read(&Options::new());
    let of = |place: &str| read.uris().into_iter().filter(|uri| uri.starts_with(place)).count();
    assert_eq!((of("runs"), of("pages")), (1, 5), "{:?}", read.uris());
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_stay_apart() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = Folder::new();
    for name in [b"caf\xe9.txt", b"caf\xe8.txt"] {
        std::fs::write(folder.path("").join(OsStr::from_bytes(name)), name).unwrap();
    }
    assert_eq!(folder.read(&Options::new()).uris(), ["caf%E8.txt", "caf%E9.txt"]);
}

#[test]
fn progress_counts_every_byte_of_every_file() {
    let tree = tree();
    tree.write("a/big.jsonl.gz", crate::folder::gzip(crate::folder::lines(500)));
    tree.write("a/long.txt", "x".repeat(20_000));
    tree.write("a/pic.png", [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 30_000]].concat());
    let records = open(&[tree.path("")], &Options::new().max_record(10_000)).unwrap();
    let progress = records.progress();
    assert_eq!(progress.total_bytes(), None);
    records.measure();
    let outcome = tree.outcome(records);
    assert_eq!(Some(progress.bytes()), progress.total_bytes());
    assert_eq!(progress.records(), outcome.records.len() as u64);
    assert_eq!((progress.rejects(), progress.files()), (2, 9));
}
