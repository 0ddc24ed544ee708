//! Files of mails.

use crate::folder::{Folder, gzip, zstd};
use corpus_core::Place;
use corpus_read::{Options, RejectKind};

const FIRST: &str = "From ada@quay.example Tue Mar  5 10:00:00 2019\nFrom: ada@quay.example\n\
    Date: Tue, 5 Mar 2019 10:00:00 -0000\nSubject: The ferry\nMessage-ID: <1@quay.example>\n\n\
    It left.\n\n>From the quay nobody saw it.\nFrom the pier all did, at 10:00.\n\n";
const SECOND: &str = "From - Wed Mar 06 10:00:00 2019\nMIME-Version: 1.0\nTo: ada@quay.example\nSubject: Re: The ferry\n\
    Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>Caf=C3=A9s too.</p>\n";

#[test]
fn each_mail_is_a_record() {
    let folder = Folder::new();
    let mails = [FIRST, SECOND].concat();
    folder.write("a.mbox", &mails);
    folder.write("b", &mails);
    folder.write("c.mbox.gz", gzip(&mails));
    folder.write("d.mbox.zst", zstd(&mails));
    let outcome = folder.read(&Options::new());
    assert_eq!((outcome.records.len(), outcome.rejects.len()), (8, 0), "{:?}", outcome.rejects);
    for mails in outcome.records.chunks(2) {
        let text = "It left.\n\nFrom the quay nobody saw it.\nFrom the pier all did, at 10:00.\n\n";
        assert_eq!(std::str::from_utf8(&mails[0].bytes), Ok(text));
        assert_eq!(
            mails[0].place,
            Some(Place { index: 0, offset: 0, id: Some("1@quay.example".to_owned()) })
        );
        assert_eq!(mails[0].title.as_deref(), Some("The ferry"));
        assert_eq!(mails[0].metadata.date.as_deref(), Some("Tue, 5 Mar 2019 10:00:00 -0000"));
        assert_eq!(std::str::from_utf8(&mails[1].bytes), Ok("<p>Cafés too.</p>\n"));
        assert_eq!(mails[1].media_type.as_deref(), Some("text/html"));
        assert_eq!(mails[1].place, Some(Place { index: 1, offset: FIRST.len() as u64, id: None }));
    }
}

#[test]
fn a_text_that_begins_with_from_is_a_page() {
    for text in [
        "From the quay it left at 10:00 in 2019.\nNote: late.\n",
        "From - Wed Mar 06 10:00:00 2019\nIt left.\n",
    ] {
        assert_eq!(Folder::with("a.mbox", text).read(&Options::new()).pages(), [text]);
    }
}

#[test]
fn a_mail_that_is_too_long_is_set_aside_alone() {
    let long = format!("From - Wed Mar 06 10:00:00 2019\nSubject: Long\n\n{}\n\n", "word ".repeat(200_000));
    let mails = [FIRST, &long, SECOND].concat();
    let outcome = Folder::with("a.mbox", mails).read(&Options::new().max_record(1 << 10));
    assert_eq!(outcome.records.len(), 2);
    assert_eq!(outcome.reject().kind, RejectKind::TooLong);
    assert_eq!((outcome.reject().index, outcome.reject().offset), (Some(1), Some(FIRST.len() as u64)));
    assert_eq!(outcome.records[1].place.as_ref().unwrap().index, 2);
}

#[test]
fn a_mail_without_a_page_is_set_aside_alone() {
    let picture =
        "From - Wed Mar 06 10:00:00 2019\nMIME-Version: 1.0\nContent-Type: image/png\n\niVBORw0KGgo=\n\n";
    let outcome = Folder::with("a.mbox", [picture, SECOND].concat()).read(&Options::new());
    assert_eq!((outcome.records.len(), outcome.kinds()), (1, vec![RejectKind::NoPage]));
}

#[test]
fn behind_a_damaged_member_the_next_mail_is_read() {
    let mut bytes = gzip(FIRST);
    let begin = bytes.len();
    let damaged = gzip([FIRST, SECOND].concat());
    bytes.extend(&damaged);
    bytes[begin + damaged.len() - 6] ^= 1;
    bytes.extend(gzip(SECOND));
    let outcome = Folder::with("a.mbox.gz", bytes).read(&Options::new());
    assert_eq!(outcome.kinds(), [RejectKind::Damaged]);
    let titles: Vec<_> = outcome.records.iter().map(|record| record.title.as_deref()).collect();
    assert_eq!(titles, [Some("The ferry"), Some("Re: The ferry")]);
}

#[test]
fn a_file_cut_anywhere_ends() {
    let mails = [FIRST, SECOND].concat();
    for cut in 1..mails.len() {
        let outcome = Folder::with("a.mbox", &mails[..cut]).read(&Options::new());
        assert!((1..=2).contains(&(outcome.records.len() + outcome.rejects.len())), "{cut}");
    }
}

#[test]
fn a_mail_is_one_whatever_its_header_lacks() {
    let mail = "From - Wed Mar 06 10:00:00 2019\nMIME-Version: 1.0\nDate: Wed, 6 Mar 2019 10:00:00 +0000\n\
                Subject: Low water\nContent-Type: text/plain\n\nThe ferry waits.\n";
    let outcome = Folder::with("a.mbox", mail).read(&Options::new());
    let record = &outcome.records[0];
    assert_eq!(record.title.as_deref(), Some("Low water"));
    assert_eq!(record.metadata.date.as_deref(), Some("Wed, 6 Mar 2019 10:00:00 +0000"));
    assert_eq!(record.fetched, None);
    // So is one alone that came from somebody.
    let alone = mail.replacen("From - Wed Mar 06 10:00:00 2019", "From: Ada <ada@quay.example>", 1);
    let outcome = Folder::with("a.eml", &alone).read(&Options::new());
    assert_eq!(outcome.records[0].title.as_deref(), Some("Low water"));
}

#[test]
fn letters_of_a_subject_may_stand_as_they_are() {
    let subject = |subject: &[u8], charset: &str| {
        let head = b"From - Wed Mar 06 10:00:00 2019\nTo: ada@quay.example\nSubject: ";
        let rest = format!("\nContent-Type: text/plain{charset}\n\nThe ferry waits.\n");
        let outcome = Folder::with("a.mbox", [head, subject, rest.as_bytes()].concat()).read(&Options::new());
        outcome.records[0].title.as_deref().unwrap().to_owned()
    };
    assert_eq!(subject("Été à la mer".as_bytes(), ""), "Été à la mer");
    assert_eq!(subject(b"\xc9t\xe9\n =?utf-8?q?=C3=A0?= la mer", ""), "Été à la mer");
    assert_eq!(subject(b"\xcb\xe5\xe4", "; charset=windows-1251"), "Лед");
    // Its letters are not those of the text.
    assert_eq!(subject(b"\xc9t\xe9", "; charset=utf-8"), "Été");
}
