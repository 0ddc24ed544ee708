//! What was removed stays out when it is scraped again, and nothing else does.

use crate::pages::{BEFORE_7, all, build, file, page, texts};
use corpus_core::{Document, DocumentId, Metadata, Parser, Place, Record, html::Html};
use corpus_format::ClusterRow;
use corpus_store::{Added, Corpus, Fate, Options, TakenOut, Writer, verify};
use rusqlite::Connection;
use std::{path::Path, slice::from_ref};

/// A page of HTML from a file or at a URL, which calls `canonical` its own.
fn web(place: &str, canonical: &str, title: &str, text: &str) -> Document {
    let head = format!("<link rel=canonical href='{canonical}'><title>{title}</title>");
    let bytes =
        format!("<html><head>{head}</head><body><h1>{title}</h1><p>{text}</p></body></html>").into_bytes();
    if !place.contains("://") {
        return Html.parse_all(&Record::new(place.to_owned(), bytes)).remove(0);
    }
    let metadata = Metadata { url: Some(place.to_owned()), ..Metadata::default() };
    let record = Record::new("crawl.jsonl".to_owned(), bytes).with_metadata(metadata);
    let mut document = Html.parse_all(&record).remove(0);
    document.source.record = Some(Place::default());
    document
}

/// An item of the feed in `feed.xml`, as its parser gives it.
fn item(feed: &str, id: &str, url: Option<&str>, text: &str) -> Document {
    let mut document = file("feed.xml", &format!("{feed} {text}"));
    document.id = DocumentId::of(&document.source, Some(id));
    document.source.record = Some(Place { id: Some(id.to_owned()), ..Place::default() });
    document.source.metadata.url = url.map(str::to_owned);
    document
}

fn remove(folder: &Path, documents: &[&Document]) {
    let ids: Vec<DocumentId> = documents.iter().map(|document| document.id.clone()).collect();
    let mut writer = Writer::open(folder, Options::new()).unwrap();
    let taken = writer.remove(&ids).unwrap();
    assert_eq!(taken.iter().filter(|taken| taken.fate == Fate::Removed).count(), ids.len());
    writer.finish().unwrap();
}

/// Whether each of these documents is left out when it comes next.
fn are_left_out<'d>(folder: &Path, documents: impl IntoIterator<Item = &'d Document>) -> Vec<bool> {
    let mut writer = Writer::open(folder, Options::new()).unwrap();
    let mut add = |document| writer.add(from_ref(document), None).unwrap().remove(0);
    let added = documents.into_iter().map(|document| match add(document) {
        Added::Removed => true,
        Added::New { .. } => false,
        other => panic!("{other:?}"),
    });
    let added = added.collect();
    writer.finish().unwrap();
    assert_eq!(count(folder, "pages JOIN documents ON n = document WHERE is_current <> (left IS NULL)"), 0);
    assert!(verify(folder, |_, _| ()).unwrap().is_whole());
    added
}

/// The number of rows that the manifest of a corpus has of `these`.
fn count(folder: &Path, these: &str) -> u64 {
    let manifest = Connection::open(folder.join("manifest.sqlite")).unwrap();
    manifest.query_row(&format!("SELECT count(*) FROM {these}"), [], |row| row.get(0)).unwrap()
}

/// A corpus that held `there`, the first of which was removed: whether `then` is left out.
fn is_left_out(there: &[Document], then: &Document) -> bool {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), there);
    remove(folder.path(), &[&there[0]]);
    are_left_out(folder.path(), [then])[0]
}

#[test]
fn records_at_other_addresses_are_not_left_out() {
    for (removed, other) in [
        ("https://a.example/t#post-1", "https://a.example/t#post-2"),
        ("https://a.example/t", "https://a.example/t#post-2"),
        ("https://a.example/#/article/1", "https://a.example/#/article/2"),
        ("https://a.example/#!ice", "https://a.example/#!coal"),
        ("https://a.example/t?id=1", "https://a.example/t?id=2"),
        ("https://a.example/index.php?id=1", "https://a.example/index.php?id=2"),
        ("http://localhost:3000/ice", "http://localhost:8080/ice"),
        ("https://a.example/ice", "https://a.example/Ice"),
        ("https://a.example/", "https://a.example/index.php"),
        ("https://a.example/en/", "https://a.example/en/index.html"),
        ("https://a.example/ice", "https://m.a.example/ice"),
    ] {
        assert!(!is_left_out(&[page(removed, "One.")], &page(other, "Two.")), "{removed} {other}");
    }
}

#[test]
fn a_removed_page_is_known_however_its_address_is_written() {
    for other in [
        "http://www.a.example/t/?id=1",
        "https://a.example:443/t?id=1&utm_source=mail",
        "https://A.example/%74?id=1#top",
    ] {
        assert!(is_left_out(&[page("https://a.example/t?id=1", "One.")], &page(other, "Two.")), "{other}");
    }
}

#[test]
fn an_address_that_a_whole_site_calls_its_own_is_no_page() {
    for canonical in ["https://a.example/", "https://a.example/index.php", "https://a.example/home"] {
        let [one, two] =
            ["one", "two"].map(|word| web(&format!("{word}.html"), canonical, word, "The ferry left."));
        assert!(!is_left_out(&[one], &two), "{canonical}");
    }
    let site = "https://a.example/app";
    let [one, two, three] =
        ["one", "two", "three"].map(|word| web(&format!("{word}.html"), site, word, "Cold."));
    assert!(!is_left_out(from_ref(&one), &two));
    // Another document of the corpus says the same of itself.
    assert!(!is_left_out(&[one.clone(), two.clone()], &three));
    // So did several that were removed.
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[one.clone(), two.clone()]);
    remove(folder.path(), &[&one, &two]);
    let again = web("elsewhere/one.html", site, "one", "Colder.");
    assert_eq!(are_left_out(folder.path(), [&again, &three]), [true, false]);
    // Their own addresses tell pages from each other.
    for (first, second, canonical) in [
        ("https://a.example/news/1", "https://a.example/news/2", "https://a.example/news"),
        ("https://a.example/t.php?id=1", "https://a.example/t.php?id=2", "https://a.example/t.php"),
        ("https://a.example/#/1", "https://a.example/#/2", "https://a.example/app"),
        ("https://a.example/", "https://a.example/x", "https://a.example/app"),
    ] {
        let one = web(first, canonical, "One", "The ferry left.");
        assert!(!is_left_out(from_ref(&one), &web(second, canonical, "Two", "Cold.")), "{second}");
        assert!(!is_left_out(from_ref(&one), &web(canonical, canonical, "News", "Cold.")), "{canonical}");
        // One title at one canonical address is one page, wherever it lies.
        assert!(is_left_out(from_ref(&one), &web(second, canonical, "One", "Cold.")), "{second}");
    }
}

#[test]
fn pages_of_a_section_that_all_call_it_their_own_are_told_by_their_titles() {
    for section in
        ["covid-19", "harbour", "news-and-events", "2024", "new-ward-for-the-harbour", "t.php?id=7", "#/7"]
    {
        let canonical = format!("https://a.example/{section}");
        let there = |file: &str, title: &str| web(file, &canonical, title, "Cold.");
        let removed = there("a.html", "The harbour has a new ward");
        assert!(
            !is_left_out(from_ref(&removed), &there("b.html", "Schools of the harbour close")),
            "{section}"
        );
        let at = web(&canonical, &canonical, "All of the harbour", "Cold.");
        assert!(!is_left_out(from_ref(&removed), &at), "{section}");
        assert!(!is_left_out(from_ref(&at), &removed), "{section}");
        for place in ["b.html", "https://b.example/x", &canonical] {
            let again = web(place, &canonical, "The Harbour has  a new ward", "Colder.");
            assert!(is_left_out(from_ref(&removed), &again), "{section} {place}");
        }
        assert!(is_left_out(from_ref(&removed), &there("a.html", "The ward is old")), "{section}");
    }
}

#[test]
fn an_address_in_other_letters_may_be_that_of_a_whole_site() {
    // "News", of which the address has digits where its letters are escaped.
    for section in
        ["\u{43d}\u{43e}\u{432}\u{43e}\u{441}\u{442}\u{438}", "%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"]
    {
        let canonical = format!("https://a.example/{section}");
        let [one, two] =
            ["one", "two"].map(|word| web(&format!("{word}.html"), &canonical, word, "The ferry left."));
        assert!(!is_left_out(&[one], &two), "{section}");
    }
}

#[test]
fn other_views_of_a_removed_page_are_left_out() {
    let page = |place: &str, title: &str| web(place, "https://a.example/x/ice", title, "The ferry left.");
    let places = [
        "https://a.example/x/ice",
        "https://a.example/x/ice/amp",
        "https://m.a.example/x/ice",
        "https://a.example/x/ice?utm_source=mail",
        "saved.html",
    ];
    for removed in places {
        for again in places {
            assert!(is_left_out(&[page(removed, "Ice")], &page(again, "Ice")), "{removed} {again}");
            // Of a file nothing but its title tells that the address is not that of a section.
            let is_told = removed == again || ![removed, again].contains(&"saved.html");
            let changed = page(again, "Ice, and coal");
            assert_eq!(is_left_out(&[page(removed, "Ice")], &changed), is_told, "{removed} {again}");
        }
    }
}

#[test]
fn a_copy_is_removed_and_the_page_stays() {
    let [original, print, other] = ["ice", "print/ice", "other"]
        .map(|path| web(&format!("https://a.example/{path}"), "https://a.example/ice", "Ice", path));
    for kept in [&original, &other] {
        let then = web("http://www.a.example/ice", "https://a.example/ice", "Ice", "Colder.");
        assert!(!is_left_out(&[print.clone(), kept.clone()], &then));
        let same = web(&kept.source.metadata.url.clone().unwrap(), "https://a.example/ice", "Ice", "Colder.");
        assert!(!is_left_out(&[print.clone(), kept.clone()], &same));
    }
}

#[test]
fn what_is_removed_from_a_feed_keeps_no_other_item_out() {
    let feed = "https://a.example/feed";
    for url in [None, Some(feed)] {
        // A feed may have a single item, and each week another.
        let [one, two] = [item("first", "1", url, "One."), item("second", "2", url, "Two.")];
        assert!(!is_left_out(from_ref(&one), &two));
        assert!(is_left_out(from_ref(&one), &item("second", "1", url, "One, and more.")));
        let folder = tempfile::tempdir().unwrap();
        let link = "https://a.example/1";
        build(folder.path(), &[item("third", link, Some(link), "Three.")]);
        assert_eq!(Corpus::open(folder.path()).unwrap().named(link, 9).unwrap().len(), 1);
        // The page of the feed is none of its items.
        assert!(!is_left_out(from_ref(&one), &page(feed, "Welcome.")));
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), from_ref(&one));
        let mut copy = one.clone();
        copy.source.uri = "copy.xml".to_owned();
        build(folder.path(), from_ref(&copy));
        assert_eq!(all(folder.path())[0].also.len(), 1);
        remove(folder.path(), &[&one]);
        let mut other = item("third", "3", url, "Three.");
        other.source.uri = "copy.xml".to_owned();
        assert_eq!(
            are_left_out(folder.path(), [&other, &file("copy.xml", "A page by now.")]),
            [false, false]
        );
    }
}

#[test]
fn an_item_is_called_by_its_url() {
    let folder = tempfile::tempdir().unwrap();
    let link = "https://a.example/ice";
    let [one, two] = ["1", "2"].map(|id| item("first", id, Some(&format!("{link}/{id}")), id));
    build(folder.path(), &[one.clone(), two.clone()]);
    let current = |url: &str| Corpus::open(folder.path()).unwrap().named(url, 9).unwrap();
    let removed = |url: &str| Corpus::open(folder.path()).unwrap().removed_named(url, 9).unwrap();
    assert_eq!(current("http://www.a.example/ice/2/"), from_ref(&two.id));
    assert!(current(link).is_empty() && removed("https://a.example/ice/1").is_empty());
    remove(folder.path(), &[&one]);
    assert!(current("https://a.example/ice/1").is_empty());
    for is_purged in [false, true] {
        assert_eq!(removed("https://a.example/ice/1"), from_ref(&one.id), "{is_purged}");
        assert!(removed("https://a.example/ice/2").is_empty() && removed(link).is_empty());
        Writer::open(folder.path(), Options::new()).unwrap().compact(true).unwrap();
    }
    // What leads there is no page that was removed.
    assert_eq!(are_left_out(folder.path(), &[page("https://a.example/ice/1", "Welcome.")]), [false]);
}

#[test]
fn documents_without_an_address_keep_none_out() {
    let nameless = |text: &str| {
        let mut document = file("-", text);
        document.source.record = Some(Place::default());
        document
    };
    assert!(!is_left_out(&[nameless("One.")], &nameless("Two.")));
    assert!(is_left_out(&[nameless("One.")], &nameless("One.")));
}

#[test]
fn a_copy_at_another_address_is_another_document() {
    assert!(!is_left_out(&[page("https://a.example/ice", "One.")], &page("https://b.example/ice", "One.")));
}

#[test]
fn a_removal_is_of_one_corpus_and_goes_into_no_package() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let one = page("https://a.example/ice", "One.");
    for folder in &folders {
        build(folder.path(), from_ref(&one));
    }
    remove(folders[0].path(), &[&one]);
    let next = page("https://a.example/ice", "Two.");
    assert_eq!(are_left_out(folders[0].path(), [&next]), [true]);
    assert_eq!(are_left_out(folders[1].path(), [&next]), [false]);
}

#[test]
fn of_two_removed_pages_with_one_canonical_address_one_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let site = "https://a.example/app";
    let [one, two] = [1, 2].map(|n| web(&format!("{n}.html"), site, "News", &format!("Cold {n}.")));
    build(folder.path(), &[one.clone(), two.clone()]);
    remove(folder.path(), &[&one, &two]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    assert_eq!(writer.take_back(from_ref(&one.id)).unwrap().current, 1);
    writer.finish().unwrap();
    let [first, second] = [1, 2].map(|n| web(&format!("{n}.html"), site, "News", "Colder."));
    assert_eq!(are_left_out(folder.path(), [&second, &first]), [true, false]);
    assert_eq!(texts(folder.path()).len(), 1);
}

#[test]
fn a_purged_removal_that_is_taken_back_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] =
        ["one", "two"].map(|word| web(&format!("{word}.html"), "https://a.example/app", word, word));
    build(folder.path(), from_ref(&one));
    remove(folder.path(), &[&one]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    writer.compact(true).unwrap();
    assert_eq!(writer.take_back(from_ref(&one.id)).unwrap().purged, 1);
    writer.finish().unwrap();
    assert!(Corpus::open(folder.path()).unwrap().removed().unwrap().is_empty());
    assert_eq!(are_left_out(folder.path(), [&two, &one]), [false, false]);
    assert_eq!(count(folder.path(), "pages WHERE document NOT IN (SELECT n FROM documents)"), 0);
}

#[test]
fn an_older_corpus_learns_which_documents_say_so_now() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] =
        ["one", "two"].map(|word| web(&format!("{word}.html"), "https://a.example/1", "One", word));
    build(folder.path(), &[one.clone(), two]);
    remove(folder.path(), &[&one]);
    let manifest = Connection::open(folder.path().join("manifest.sqlite")).unwrap();
    let older = "DROP TRIGGER documents_left; DROP INDEX removed_document; DROP INDEX pages_document; \
                 DROP INDEX pages_current; ALTER TABLE pages DROP COLUMN is_current; \
                 UPDATE meta SET value = 4 WHERE name = 'version'";
    manifest.execute_batch(BEFORE_7).unwrap();
    manifest.execute_batch(older).unwrap();
    drop(manifest);
    Writer::open(folder.path(), Options::new()).unwrap().finish().unwrap();
    assert_eq!(count(folder.path(), "pages WHERE is_current"), 1);
    assert_eq!(count(folder.path(), "pages WHERE NOT is_current"), 1);
    assert_eq!(are_left_out(folder.path(), &[web("3.html", "https://a.example/1", "One", "More.")]), [false]);
}

#[test]
fn an_older_corpus_learns_what_its_documents_say_of_their_pages() {
    let folder = tempfile::tempdir().unwrap();
    let site = "https://a.example/app";
    let [one, two, three] =
        ["one", "two", "three"].map(|word| web(&format!("{word}.html"), site, word, word));
    let theft = page("https://a.example/theft#1", "Accused.");
    build(folder.path(), &[one.clone(), two, theft.clone()]);
    remove(folder.path(), &[&one, &theft]);
    let manifest = Connection::open(folder.path().join("manifest.sqlite")).unwrap();
    let older = "DROP TRIGGER documents_left; DROP TABLE pages; DROP TABLE removed; DELETE FROM meta WHERE name = 'pages'; \
                 UPDATE meta SET value = 2 WHERE name = 'version'";
    manifest.execute_batch(BEFORE_7).unwrap();
    manifest.execute_batch(older).unwrap();
    drop(manifest);
    assert_eq!(Corpus::open(folder.path()).unwrap().removed().unwrap().len(), 2);
    let again = web("elsewhere/one.html", site, "one", "More.");
    let [same, beside] =
        ["http://a.example/theft#1", "https://a.example/theft#2"].map(|url| page(url, "More."));
    let then = [&three, &again, &same, &beside];
    assert_eq!(are_left_out(folder.path(), then), [false, false, true, false]);
}

#[test]
fn what_is_left_of_a_removed_page_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://a.example/x/ice";
    let own = web(url, url, "Ice", "The ferry left.");
    let beside = web("http://www.a.example/x/ice/?utm_source=mail#top", url, "Ice", "The ferry left early.");
    let saved = web("saved.html", url, "Ice, saved", "The ferry left again.");
    let copy = web("https://b.example/ice", "", "Ice", "The ferry left, it is said.");
    let other = web("https://a.example/x/coal", "", "Coal", "The train left.");
    build(folder.path(), &[own.clone(), beside.clone(), saved.clone(), copy.clone(), other]);
    let mut writer = Writer::open(folder.path(), Options::new()).unwrap();
    let row = |member: &Document| ClusterRow {
        cluster: 1,
        survivor: own.id.to_string(),
        member: member.id.to_string(),
        relation: "exact".to_owned(),
        similarity: 1.0,
    };
    writer.set_clusters(&[row(&own), row(&copy), row(&beside)]).unwrap();
    // Both stand at the address that is named.
    let corpus = Corpus::open(folder.path()).unwrap();
    assert_eq!(corpus.named("http://a.example/x/ice/", 9).unwrap().len(), 2);
    let memory = Corpus::memory(all(folder.path()));
    assert_eq!(memory.named("http://a.example/x/ice/", 9).unwrap().len(), 2);
    let fates = |taken: Vec<TakenOut>| -> Vec<(DocumentId, Fate)> {
        taken.into_iter().map(|taken| (taken.id, taken.fate)).collect()
    };
    let taken = writer.remove(from_ref(&own.id)).unwrap();
    assert_eq!((taken[0].url.as_deref(), taken[0].title.as_deref()), (Some(url), Some("Ice")));
    let [gone, left] = [own.id, beside.id];
    assert_eq!(
        fates(taken),
        [
            (gone, Fate::Removed),
            (left.clone(), Fate::SameAddress),
            (saved.id.clone(), Fate::SamePage),
            (copy.id.clone(), Fate::Copy)
        ]
    );
    let all = [left.clone(), saved.id.clone(), copy.id.clone()];
    assert_eq!(fates(writer.remove(&all).unwrap()), all.map(|id| (id, Fate::Removed)));
}

#[test]
fn a_page_supersedes_itself_however_its_address_is_written() {
    for (first, second) in [
        ("https://a.example/t?id=1", "http://www.a.example/t/?id=1&utm_source=mail#top"),
        ("https://a.example", "http://www.a.example/"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), &[page(first, "One.")]);
        build(folder.path(), &[page(second, "Two.")]);
        assert_eq!(texts(folder.path()), ["Two."]);
        build(folder.path(), &[page("https://a.example/t?id=2", "Three.")]);
        assert_eq!(texts(folder.path()), ["Two.", "Three."]);
    }
}

#[test]
fn an_older_corpus_is_told_its_addresses_anew() {
    let folder = tempfile::tempdir().unwrap();
    let [theft, cold] = ["https://a.example/theft", "https://a.example/cold"];
    build(folder.path(), &[page(theft, "Accused."), page(cold, "Cold."), file("a.txt", "One.")]);
    let ids: Vec<DocumentId> = all(folder.path()).into_iter().map(|document| document.id).collect();
    remove(folder.path(), &[&page(theft, "Accused.")]);
    let manifest = Connection::open(folder.path().join("manifest.sqlite")).unwrap();
    for (id, url) in ids.iter().zip([theft, cold]) {
        let hash = blake3::hash(url.as_bytes());
        let address = "UPDATE documents SET address = ?1 WHERE id = ?2";
        manifest.execute(address, rusqlite::params![&hash.as_bytes()[..16], id.as_str()]).unwrap();
    }
    let older = "DELETE FROM meta WHERE name = 'addresses'; UPDATE meta SET value = 5 WHERE name = 'version'";
    manifest.execute_batch(BEFORE_7).unwrap();
    manifest.execute_batch(older).unwrap();
    drop(manifest);
    let [changed, again] =
        ["http://a.example/cold/", "http://a.example/theft/"].map(|url| page(url, "Colder."));
    assert_eq!(are_left_out(folder.path(), [&changed, &again]), [false, true]);
    assert_eq!(texts(folder.path()), ["One.", "Colder."]);
}
