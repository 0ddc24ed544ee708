//! What is asked: refused before any work where it cannot be meant, and kept where it was much work.

use super::*;
use corpus_query::Deadline;

fn served() -> (Arc<App>, Router) {
    let mut documents = vec![document("thaw.txt", PAGE), document("tuesday.txt", LATER)];
    documents.iter_mut().for_each(|document| corpus_annotate::Annotators::core().annotate(document));
    let guard = Guard::new(None, true);
    let app = App::new(Corpus::memory(documents), None, guard, Options::new()).unwrap();
    let app = Arc::new(app);
    (Arc::clone(&app), router(app))
}

fn ask(router: &Router, path: &str, header: Option<(&str, &str)>) -> Got {
    let mut request = Request::get(path).header(header::HOST, "localhost");
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    send(router.clone(), request.body(Body::empty()).unwrap())
}

#[test]
fn what_cannot_be_meant_is_refused_before_any_work() {
    let (app, router) = served();
    for (path, said) in [
        ("/v1/timeline?lane=dinner", "known lanes"),
        ("/v1/timeline?cursor=nowhere", "cursor"),
        ("/v1/statements?cursor=nowhere", "cursor"),
        ("/v1/events?cursor=nowhere", "cursor"),
        ("/v1/agreements?cursor=nowhere", "cursor"),
        ("/v1/people?cursor=nowhere", "cursor"),
        ("/v1/people?kind=ship", "none of person"),
        ("/v1/people?told=100000", "10000"),
        ("/v1/dates?cursor=nowhere", "cursor"),
        ("/v1/scan?cursor=nowhere", "cursor"),
        ("/v1/dupes?cursor=nowhere", "cursor"),
        ("/v1/ngrams?n=7", "from 0 to 6"),
        ("/v1/ngrams?n=0", "from 1 to 6"),
        ("/v1/words?in=attic", "attic"),
        ("/v1/search?q=quay&in=attic", "attic"),
        ("/v1/diff?old=a&new=b&in=attic", "attic"),
        ("/v1/frequency?q=quay&step=week", "week"),
        ("/v1/export?to=papyrus&q=quay", "papyrus"),
    ] {
        let got = ask(&router, path, None);
        assert_eq!(got.status, 400, "{path}: {}", got.body);
        assert!(got.body.contains(said), "{path}: {}", got.body);
    }
    assert_eq!(ask(&router, "/v1/dates?document=nobody", None).status, 404);
    let opened = app.opened(Deadline::none()).unwrap();
    assert!(opened.told_if_made().is_none() && opened.scan_if_made().is_none());
    assert_eq!(ask(&router, "/v1/timeline?lane=statement", None).status, 200);
}

#[test]
fn an_answer_that_was_much_work_is_kept_and_the_same() {
    let (app, router) = served();
    let first = ask(&router, "/v1/ngrams?n=6&min=1", None);
    assert_eq!(first.json()["n"], 6);
    assert_eq!(first.json()["items"][0]["words"].as_str().unwrap().split(' ').count(), 6);
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let opened = app.opened(Deadline::none()).unwrap();
    let kept = opened.answered.get(&tag).unwrap();
    assert_eq!(&*kept.body, first.body.as_bytes());
    let second = ask(&router, "/v1/ngrams?n=6&min=1", None);
    assert_eq!((second.body, second.headers), (first.body.clone(), first.headers.clone()));
    assert_eq!(ask(&router, "/v1/ngrams?n=6&min=1", Some(("if-none-match", &tag))).status, 304);
    // Another form is another answer, and what is soon there is not kept.
    assert!(ask(&router, "/v1/ngrams.csv?n=6&min=1", None).body.starts_with("words,count"));
    let soon = ask(&router, "/v1/search?q=quay", None);
    assert!(opened.answered.get(soon.headers[header::ETAG].to_str().unwrap()).is_none());
}

#[test]
fn people_are_shown_with_so_many_documents_as_are_asked_for() {
    let (_, router) = served();
    let told = |path: &str| {
        let answer = ask(&router, path, None).json();
        let people = answer["items"].as_array().unwrap().iter();
        let person = people.max_by_key(|person| person["documents"].as_u64()).unwrap().clone();
        (person["documents"].as_u64().unwrap(), person["told_in"].as_array().unwrap().len())
    };
    assert_eq!(told("/v1/people"), (2, 2));
    assert_eq!(told("/v1/people?told=1"), (2, 1));
    assert_eq!(told("/v1/people?told=0"), (2, 0));
}

#[test]
fn a_hit_in_a_saved_page_says_where_it_stands_there() {
    let page = "<html><head>\n<title>Ice</title></head>\n<body>\n<h1>Ice &amp; quay</h1>\n\n<p>The caf&eacute;s of \
                Sundholm wait\nfor the thaw, which the whole town has hoped for since the spring came.</p></body></html>";
    let read = |bytes: &[u8]| {
        let record = Record::new("ice.html", bytes.to_vec());
        let router = app_of(corpus_core::html::Html.parse_all(&record), Options::new(), None);
        let answer = ask(&router, "/v1/kwic?q=thaw&in=all", None).json();
        (answer["items"][0]["in_source"].clone(), answer["items"][0]["line"].clone(), router)
    };
    let (place, line, router) = read(page.as_bytes());
    let [start, end] = [0, 1].map(|at| place["byte"][at].as_u64().unwrap() as usize);
    assert!(
        page[start..end].starts_with("The caf&eacute;s") && page[start..end].ends_with("came."),
        "{place}"
    );
    assert_eq!((place["line"].as_u64(), line.as_u64()), (Some(6), Some(3)));
    let table = ask(&router, "/v1/kwic.csv?q=thaw&in=all", None).body;
    assert!(table.lines().nth(1).unwrap().ends_with(&format!(",6,{start},{end}")), "{table}");
    // What is cited from the page of the document is the same line.
    let shown = ask(&router, "/documents/ice", None).body;
    assert!(shown.contains("href=\"#L3\" aria-label=\"line 6\">6"), "{shown}");
    // Of a page in another encoding the bytes are not known, but the line is.
    let (place, ..) = read(&[page.as_bytes(), b"<p>caf\xe9 cr\xe8me"].concat());
    assert_eq!((place["line"].as_u64(), place.get("byte")), (Some(6), None));
}
