//! Pages saved with their parts, and mails.

use crate::folder::Folder;
use corpus_read::{Options, RejectKind};

const SAVED: &str = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://tides.example/a\r\n\
    Subject: Tides\r\nDate: Tue, 5 Mar 2019 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related; type=\"text/html\"; boundary=\"----x\"\r\n\r\n------x\r\n\
    Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <p>A caf=E9 on the qu=\r\nay.\r\n------x--\r\n";

#[test]
fn a_saved_page_is_its_part_in_html() {
    let folder = Folder::new();
    for name in ["a.mht", "b.mhtml", "c", "d.mht.gz"] {
        folder.write(name, if name.ends_with("gz") { crate::folder::gzip(SAVED) } else { SAVED.into() });
    }
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.records.len(), 4, "{:?}", outcome.rejects);
    for record in &outcome.records {
        assert_eq!(&*record.bytes, b"<p>A caf\xe9 on the quay.");
        assert_eq!(
            (record.media_type.as_deref(), record.charset.as_deref()),
            (Some("text/html"), Some("iso-8859-1"))
        );
        assert_eq!(record.metadata.url.as_deref(), Some("https://tides.example/a"));
        assert_eq!(record.fetched.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 -0000"));
        assert_eq!((record.metadata.date.as_deref(), record.place.as_ref()), (None, None));
    }
}

#[test]
fn a_mail_is_dated_and_named_by_its_header() {
    let mail = "To: reader@tides.example\r\nSubject: =?utf-8?Q?Caf=C3=A9s_on?=\r\n =?utf-8?Q?_the_quay?=\r\n\
        Date: Tue, 5 Mar 2019 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nThey open.\r\n";
    let outcome = Folder::with("a.eml", mail).read(&Options::new());
    let record = &outcome.records[0];
    assert_eq!(record.title.as_deref(), Some("Cafés on the quay"));
    assert_eq!(record.metadata.date.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 -0000"));
    assert_eq!(record.fetched, None);
}

#[test]
fn a_mail_that_took_a_long_way_is_read_as_one() {
    // Each host on the way, each list and filter, adds headers before the first of its own.
    let way =
        "Received: from quay.example by pier.example;\r\n\tTue, 5 Mar 2019 10:00:00 -0000\r\n".repeat(400);
    let mail = "Subject: The ferry\r\nDate: Tue, 5 Mar 2019 10:00:00 -0000\r\nFrom: ada@quay.example\r\n";
    let mime = "MIME-Version: 1.0\r\nContent-Type: text/html\r\n";
    for (mime, page) in [(mime, "<p>It left.</p>\r\n"), ("", "It left.\r\n")] {
        let folder = Folder::new();
        for name in ["a.eml", "b", "c.eml.gz", "d.eml.zst"] {
            let bytes = format!("{way}{mail}{mime}\r\n{page}");
            let bytes = match name.rsplit('.').next() {
                Some("gz") => crate::folder::gzip(bytes),
                Some("zst") => crate::folder::zstd(bytes),
                _ => bytes.into_bytes(),
            };
            folder.write(name, bytes);
        }
        let outcome = folder.read(&Options::new());
        assert_eq!(outcome.pages(), [page; 4], "{:?}", outcome.rejects);
        for record in &outcome.records {
            assert_eq!(record.title.as_deref(), Some("The ferry"));
            assert_eq!(record.metadata.date.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 -0000"));
        }
    }
}

#[test]
fn a_mail_from_before_mime_is_read_as_one() {
    let mail = "Date: 5 Mar 91 10:00:00 GMT\nFrom: ada@quay.example\nSubject: The ferry\n\nIt left.\n";
    let outcome = Folder::with("a.eml", mail).read(&Options::new());
    let record = &outcome.records[0];
    assert_eq!((&*record.bytes, record.title.as_deref()), (&b"It left.\n"[..], Some("The ferry")));
    assert_eq!(record.metadata.date.as_deref(), Some("5 Mar 91 10:00:00 GMT"));
    assert_eq!(record.fetched, None);
    // A text is what its name says.
    assert_eq!(Folder::with("a.txt", mail).read(&Options::new()).pages(), [mail]);
    let lines = "Ferry: late\nPilot: ill\n".repeat(1000);
    assert_eq!(Folder::with("a", &lines).read(&Options::new()).pages(), [lines]);
}

#[test]
fn a_message_without_a_page_is_set_aside() {
    let picture =
        "MIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n";
    let empty = "MIME-Version: 1.0\nContent-Type: text/html\n\n";
    let folder = Folder::new();
    folder.write("a.eml", picture);
    folder.write("b.eml", empty);
    folder.write("c.eml", "no message at all");
    let outcome = folder.read(&Options::new());
    assert_eq!(outcome.kinds(), [RejectKind::NoPage, RejectKind::Empty]);
    assert_eq!(outcome.pages(), ["no message at all"]);
}

#[test]
fn a_file_cut_anywhere_ends() {
    for cut in 0..SAVED.len() {
        let outcome = Folder::with("a.mht", &SAVED[..cut]).read(&Options::new());
        assert_eq!(outcome.records.len() + outcome.rejects.len(), 1, "{cut}");
    }
}
