//! Requests against the router, without a socket.

mod asked;
mod browser;
mod forms;
mod jobs;
mod numbers;

use super::*;
use crate::{guard::Guard, server::Options};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use corpus_core::{Document, Parser, Record, text::Text};
use corpus_store::Corpus;
use serde_json::Value;
use tower::ServiceExt;

const PAGE: &str = "\
The harbour froze on Monday\n\n\
The harbour’s ice broke on Thursday night, and the ferries run again as they did before the frost came.\n\n\
“Nobody was hurt,” said Marta Oyelaran, who runs the harbour office of the town since the spring of last year.\n";

/// What a page must not be able to do: markup, script, a formula, text that turns around.
const EVIL: &str = "\
<script>alert(1)</script> \"><img src=x onerror=alert(2)>\n\n\
The harbour {{ 7 * 7 }} <svg onload=alert(3)> was \u{202e}closed\u{202c} and &lt;b&gt; stayed what it was for a whole week.\n";

fn document(name: &'static str, text: &'static str) -> Document {
    Text::new().parse_all(&Record::new(name, text.as_bytes())).remove(0)
}

/// Says when the article of a document was published.
fn publish(document: &mut Document, date: &str) {
    let evidence = corpus_core::Evidence::Field { field: "date".into(), value: date.into() };
    let method = corpus_core::Method::Record;
    let published = corpus_core::Published::new(date.parse().unwrap(), method, evidence);
    document.parts[0].published = Some(published);
}

fn app(options: Options, token: Option<&str>) -> Router {
    app_of(vec![document("a.txt", PAGE), document("<b>\"'.txt", EVIL)], options, token)
}

fn app_of(mut documents: Vec<Document>, options: Options, token: Option<&str>) -> Router {
    for document in &mut documents {
        corpus_annotate::Annotators::core().annotate(document);
    }
    let corpus = Corpus::memory(documents);
    let guard = Guard::new(token.map(str::to_owned), true);
    router(Arc::new(App::new(corpus, None, guard, options).unwrap()))
}

struct Got {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn send(router: Router, request: Request<Body>) -> Got {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Got { status: parts.status.as_u16(), headers: parts.headers, body }
    })
}

fn get_with(path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(path).header(header::HOST, "localhost:7878");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(app(Options::new(), None), request.body(Body::empty()).unwrap())
}

fn get(path: &str) -> Got {
    get_with(path, &[])
}

/// Two pages, of which one is a later state of the other.
const EARLIER: &str = "\
Ferries wait for the ice-breaker\n\n\
September 14, 2020 at 10:20\n\n\
The harbour of Sundholm froze on Saturday night, and no ferry has left the old quay since then, its master said.\n\n\
“We wait for the ice-breaker,” said harbour master Marta Oyelaran on September 13 (Sundholm Post, September 13).\n";
const LATER: &str = "\
Ferries wait for the ice-breaker\n\n\
September 15, 2020 at 09:05\n\n\
The harbour of Sundholm froze on Saturday night, and two ferries have left the old quay since then, its master said.\n\n\
“We wait for the ice-breaker,” said harbour master Marta Oyelaran on September 13 (Sundholm Post, September 13).\n";

/// A request of each kind, for the examples of the description.
const REQUESTS: &[&str] = &[
    "/v1/scan?limit=1",
    "/v1/documents?limit=1",
    "/v1/documents/{id}",
    "/v1/documents/{id}/blocks",
    "/v1/search?q=ice-breaker&limit=1",
    "/v1/kwic?q=ferr*&limit=2",
    "/v1/words?limit=2",
    "/v1/ngrams?limit=2",
    "/v1/collocates?q=quay&limit=2",
    "/v1/keywords?q=ferries&min=1&limit=2",
    "/v1/dispersion?q=quay",
    "/v1/frequency?q=quay&step=day",
    "/v1/statements?speaker=Oyelaran",
    "/v1/events?limit=1",
    "/v1/agreements?limit=1",
    "/v1/people?limit=1",
    "/v1/dates?limit=1",
    "/v1/timeline?limit=2",
    "/v1/dupes",
    "/v1/diff?old={id}&new={other}",
    "/v1/jobs",
    "/healthz",
];

fn example_app() -> Router {
    app_of(vec![document("monday.txt", EARLIER), document("tuesday.txt", LATER)], Options::new(), None)
}

/// The examples in the description are what the server says. `CORPUS_EXAMPLES=write` writes them anew.
#[test]
fn the_examples_are_real_answers() {
    let ask = |path: &str| {
        let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        send(example_app(), request).json()
    };
    let listed = ask("/v1/documents");
    let id = |index: usize| listed["items"][index]["id"].as_str().unwrap().to_owned();
    let mut examples = serde_json::Map::new();
    for request in REQUESTS {
        let request = request.replace("{id}", &id(0)).replace("{other}", &id(1));
        let answer = ask(&request);
        assert!(answer["code"].is_null(), "{request}: {answer}");
        let path = request.split('?').next().unwrap_or_default().replace(&id(0), "{id}");
        examples.insert(path, serde_json::json!({"request": request, "answer": answer}));
    }
    let request = Request::post("/v1/parse")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "text/plain")
        .body(Body::from("Ferries run again\n\nThe ice broke on Thursday.\n"))
        .unwrap();
    let answer = send(example_app(), request).json();
    examples.insert("/v1/parse".to_owned(), serde_json::json!({"request": "/v1/parse", "answer": answer}));
    let text = serde_json::to_string_pretty(&examples).unwrap() + "\n";
    if std::env::var("CORPUS_EXAMPLES").is_ok_and(|value| value == "write") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/examples.json");
        std::fs::write(path, &text).unwrap();
        return;
    }
    let known: Value = serde_json::from_str(openapi::EXAMPLES).unwrap();
    assert_eq!(known, Value::Object(examples), "CORPUS_EXAMPLES=write writes the examples anew");
}

#[test]
fn every_question_is_answered_and_every_answer_is_what_its_schema_says() {
    let id = get("/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let description = openapi::describe(&Formats::core());
    for endpoint in endpoints() {
        let mut path = endpoint.path.replace("{id}", &id);
        if endpoint.path == "/v1/jobs/{id}" {
            continue;
        }
        let parameters = &description["paths"][endpoint.path]["get"]["parameters"];
        if parameters.as_array().unwrap().iter().any(|parameter| parameter["name"] == "q") {
            path.push_str("?q=harbour");
        }
        if endpoint.path == "/v1/diff" {
            path.push_str(&format!("?old={id}&new={id}"));
        }
        let got = get(&path);
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        assert_eq!(got.headers[header::CONTENT_TYPE], "application/json", "{path}");
        let content = &description["paths"][endpoint.path]["get"]["responses"]["200"]["content"];
        assert!(content["application/json"]["schema"].is_object(), "{path}");
    }
}

#[test]
fn the_description_of_the_interface_is_as_it_was_reviewed() {
    let text = serde_json::to_string_pretty(&openapi::describe(&Formats::core())).unwrap();
    insta::assert_snapshot!("openapi", text);
    // A client is generated with one function for each.
    let ids: Vec<&str> =
        text.lines().filter(|line| line.contains("\"operationId\"")).map(str::trim).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn search_finds_the_passage_and_its_line() {
    let found = get("/v1/search?q=ferries").json();
    assert_eq!(found["total"]["value"], 1);
    assert_eq!(found["items"][0]["line"], 3);
    let lines = get("/v1/kwic?q=harbour&limit=1").json();
    assert_eq!(lines["items"].as_array().unwrap().len(), 1);
    let number = get("/v1/kwic?q=harbour&limit=0").json();
    assert_eq!(
        (number["total"]["exact"].clone(), number["items"].as_array().unwrap().len()),
        (true.into(), 0)
    );
    assert!(number["total"]["value"].as_u64().unwrap() > 1);
    let more = get(&format!("/v1/kwic?q=harbour&limit=1&cursor={}", lines["next"].as_str().unwrap())).json();
    assert_ne!(more["items"][0]["span"], lines["items"][0]["span"]);
}

#[test]
fn a_list_comes_in_the_form_that_is_asked_for() {
    let csv = get("/v1/scan.csv");
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(csv.body.starts_with("number,id,document,title,"), "{}", csv.body);
    let lines = get_with("/v1/documents", &[("accept", "application/x-ndjson")]);
    assert!(lines.body.ends_with("{\"complete\":true,\"rows\":2}\n"), "{}", lines.body);
    let all = get("/v1/dates.csv");
    let many = get("/v1/kwic.csv?q=the&in=all");
    assert_eq!((all.status, many.status), (200, 200));
    assert!(!all.headers.contains_key(header::LINK) && !many.headers.contains_key(header::LINK));
    let first = get("/v1/documents.csv?limit=1");
    assert!(first.headers.contains_key(header::LINK) && first.body.lines().count() == 2, "{}", first.body);
    let first = get("/v1/documents.jsonl?limit=1");
    let last: Value = serde_json::from_str(first.body.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["complete"], &last["rows"], last["next"].is_string()),
        (&false.into(), &1.into(), true)
    );
    assert_eq!(get_with("/v1/scan", &[("accept", "image/png")]).status, 406);
    assert_eq!(get("/healthz.csv").status, 404, "only questions have forms");
}

#[test]
fn a_table_of_any_list_may_hold_all_its_rows() {
    let description = openapi::describe(&Formats::core());
    let mut n_lists = 0;
    for (path, operations) in description["paths"].as_object().unwrap() {
        let parameters = operations["get"]["parameters"].as_array().into_iter().flatten();
        for limit in parameters.filter(|parameter| parameter["name"] == "limit") {
            assert_eq!(limit["schema"]["maximum"], 100_000, "{path}");
            n_lists += 1;
        }
    }
    assert!(n_lists > 10, "{n_lists}");
}

#[test]
fn the_same_question_again_costs_nothing() {
    let first = get("/v1/search?q=ferries");
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = get_with("/v1/search?q=ferries", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_ne!(get("/v1/search?q=harbour").headers[header::ETAG].to_str().unwrap(), tag);
    let any = |path: &str| get_with(path, &[("if-none-match", "*")]).status;
    assert_eq!([any("/v1/scan"), any("/v1/documents/b3:0"), any("/v1/search")], [304, 404, 400]);
}

#[test]
fn an_answer_that_depends_on_the_reference_has_another_tag_beside_another_reference() {
    let tag = |reference: Option<&'static str>| {
        let mut options = Options::new();
        options.reference =
            reference.map(|text| corpus_query::Engine::memory(&[document("reference.txt", text)]));
        let request =
            Request::get("/v1/keywords?q=harbour").header(header::HOST, "localhost").body(Body::empty());
        send(app(options, None), request.unwrap()).headers[header::ETAG].clone()
    };
    assert_eq!(tag(None), tag(None));
    assert_ne!(tag(None), tag(Some(PAGE)));
    assert_ne!(tag(Some(PAGE)), tag(Some(EVIL)));
}

#[test]
fn the_pages_of_a_list_are_the_whole_list() {
    let ask = |path: &str| {
        let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        send(example_app(), request).json()
    };
    for path in ["/v1/timeline", "/v1/dates", "/v1/dates?duplicates=true", "/v1/statements", "/v1/people"] {
        let joint = if path.contains('?') { '&' } else { '?' };
        let whole = ask(&format!("{path}{joint}limit=1000"));
        assert!(whole["next"].is_null(), "{path}");
        let (mut rows, mut address) = (Vec::new(), format!("{path}{joint}limit=1"));
        loop {
            let page = ask(&address);
            rows.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            address = format!("{path}{joint}limit=1&cursor={next}");
        }
        assert!(rows.len() > 1, "{path}");
        assert_eq!(Value::Array(rows), whole["items"], "{path}");
    }
    let ids = ask("/v1/documents");
    let one = ask(&format!("/v1/dates?document={}", ids["items"][1]["id"].as_str().unwrap()));
    assert!(one["items"].as_array().unwrap().iter().all(|dated| dated["document"] == ids["items"][1]["id"]));
    let published = ask("/v1/timeline?lane=published");
    assert_eq!(published["total"]["value"], 2);
}

#[test]
fn a_document_is_called_by_its_file_as_on_the_command_line() {
    let listed = get("/v1/documents").json();
    let id =
        listed["items"].as_array().unwrap().iter().find(|item| item["uri"] == "a.txt").unwrap()["id"].clone();
    for path in ["/v1/documents/a.txt", "/v1/documents/a.txt/blocks", "/v1/dates?document=a.txt"] {
        assert_eq!(get(path).status, 200, "{path}");
    }
    assert_eq!(get("/v1/documents/a").json()["id"], id);
    let twice = app_of(
        vec![document("x/a.txt", PAGE), document("y/a.txt", "Another harbour\n\nIt froze too, they said.\n")],
        Options::new(),
        None,
    );
    let got = send(
        twice,
        Request::get("/v1/documents/a.txt")
            .header(header::HOST, "localhost:7878")
            .body(Body::empty())
            .unwrap(),
    );
    assert_eq!((got.status, got.json()["code"].as_str()), (404, Some("NOT_FOUND")));
    assert!(got.body.contains("several documents"), "{}", got.body);
}

#[test]
fn what_cannot_be_answered_says_why() {
    for (path, status, code) in [
        ("/v1/nothing", 404, "NOT_FOUND"),
        ("/v1/documents/b3:0", 404, "NOT_FOUND"),
        ("/v1/documents/%ff/blocks", 404, "NOT_FOUND"),
        ("/v1/jobs/%ff/events", 404, "NOT_FOUND"),
        ("/v1/timeline?lane=nope", 400, "BAD_PARAMETER"),
        ("/v1/search", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&in=nowhere", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&colour=red", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&cursor=zzz", 400, "BAD_PARAMETER"),
        ("/v1/kwic?q=a&sort=L99", 400, "BAD_PARAMETER"),
        ("/v1/ngrams?n=0", 400, "BAD_PARAMETER"),
        ("/v1/parse", 405, "METHOD_NOT_ALLOWED"),
        ("/v1/keywords", 400, "BAD_PARAMETER"),
        ("/v1/export?to=docx", 400, "BAD_PARAMETER"),
        ("/v1/export?to=csv&table=nothing", 400, "BAD_PARAMETER"),
        ("/v1/export?to=ris&since=yesterday", 400, "BAD_PARAMETER"),
        ("/v1/export?to=ris&document=b3:0", 404, "NOT_FOUND"),
        ("/v1/documents/b3:0.tei.xml", 404, "NOT_FOUND"),
        ("/v1/dates?document=b3:0", 404, "NOT_FOUND"),
        ("/v1/timeline?cursor=zzz", 400, "BAD_PARAMETER"),
        ("/v1/diff?old=a&new=b", 404, "NOT_FOUND"),
        ("/v1/jobs/j1", 404, "NOT_FOUND"),
        ("/v1/jobs/j1/events", 404, "NOT_FOUND"),
    ] {
        let got = get(path);
        assert_eq!(got.status, status, "{path}: {}", got.body);
        assert_eq!(got.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
        assert_eq!(got.json()["code"], code, "{path}");
        assert!(!got.json()["detail"].as_str().unwrap().is_empty(), "{path}");
    }
}

#[test]
fn a_parameter_that_cannot_be_meant_is_named_in_plain_words() {
    for (path, detail) in [
        ("/v1/search", "q: it is needed"),
        ("/v1/search?q=a&q=b", "q: it is given twice"),
        ("/v1/search?q=a&colour=red", "colour: there is no such parameter"),
        ("/v1/search?q=a&limit=many", "limit: \"many\" is not a whole number from 0 to 100000"),
        ("/v1/search?q=a&limit=-1", "limit: \"-1\" is not a whole number from 0 to 100000"),
        ("/v1/search?q=a&limit=100001", "limit: \"100001\" is not a whole number from 0 to 100000"),
        ("/v1/kwic?q=a&width=1001", "width: \"1001\" is not a whole number from 0 to 1000"),
        ("/v1/kwic?q=a&seed=x", "seed: \"x\" is not a whole number from 0 on"),
        ("/v1/search?q=a&facets=yes", "facets: \"yes\" is not true or false"),
        ("/v1/kwic?q=a&sample=", "sample: \"\" is not a whole number from 0 to 100000"),
    ] {
        let problem = get(path).json();
        assert_eq!(problem["detail"], detail, "{path}");
        assert!(problem["hint"].as_str().unwrap().contains("q"), "{problem}");
    }
    let page = get("/?from=many");
    assert!(page.status == 400 && page.body.contains("whole number"), "{}", page.body);
}

#[test]
fn an_export_is_whole_and_comes_by_the_end_of_the_path() {
    let id = get("/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    for (path, begin) in [
        ("/v1/export?to=jsonl".to_owned(), "{\"id\":\"b3:"),
        ("/v1/export.tei.xml".to_owned(), "<?xml"),
        ("/v1/export?to=csv&table=blocks&in=article".to_owned(), "document"),
        (format!("/v1/documents/{id}.ris"), "TY  - "),
    ] {
        let got = get(&path);
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        assert!(got.body.starts_with(begin), "{path}: {}", got.body);
        assert!(got.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        assert_eq!(got.headers[header::TRAILER], "x-corpus-documents, x-corpus-rows");
    }
    let request =
        Request::get("/v1/export?to=jsonl").header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let trailers = runtime.block_on(async {
        use http_body_util::BodyExt;
        let response = app(Options::new(), None).oneshot(request).await.unwrap();
        response.into_body().collect().await.unwrap().trailers().cloned().unwrap()
    });
    assert_eq!(
        (&trailers["x-corpus-documents"], &trailers["x-corpus-rows"]),
        (&"2".parse().unwrap(), &"2".parse().unwrap())
    );
}

#[test]
fn any_string_is_a_query() {
    for query in ["%22", "%28%28", "AND", "%5B", "a%20%5Bword%3D", "title%3A", "%F0%9F%9A%A2", "%00"] {
        for path in ["/v1/search", "/v1/kwic", "/search"] {
            let got = get(&format!("{path}?q={query}"));
            assert_eq!(got.status, 200, "{path} {query}: {}", got.body);
        }
    }
}

#[test]
fn a_page_is_parsed_without_being_stored() {
    let request = |body: String, media_type: &str| {
        Request::post("/v1/parse")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, media_type)
            .body(Body::from(body))
            .unwrap()
    };
    let html =
        "<html><body><h1>Ferries run</h1><p>The ice broke on Thursday night.</p></body></html>".to_owned();
    let got = send(app(Options::new(), None), request(html, "text/html; charset=utf-8"));
    assert_eq!(got.status, 200, "{}", got.body);
    assert_eq!(got.json()["items"][0]["source"]["media_type"], "text/html");
    let quotes = send(app(Options::new(), None), request("\"".repeat(10_000), "text/plain"));
    assert!(quotes.status == 200 && quotes.body.len() < 100_000, "{}", quotes.body.len());
    let binary = send(app(Options::new(), None), request("%PDF-1.7\n".to_owned(), "text/plain")).json();
    assert_eq!((&binary["code"], &binary["status"]), (&"UNSUPPORTED_MEDIA_TYPE".into(), &415.into()));
    assert_eq!(binary["detail"], "the body is no text but a PDF document");
    let mut packed = request("page".to_owned(), "text/plain");
    packed.headers_mut().insert(header::CONTENT_ENCODING, "gzip".parse().unwrap());
    assert_eq!(send(app(Options::new(), None), packed).status, 415);
    let mut options = Options::new();
    options.body = 1000;
    let got = send(app(options, None), request("word ".repeat(1000), "text/plain"));
    assert_eq!((got.status, &got.json()["code"]), (413, &Value::from("TOO_LARGE")));
}

#[test]
fn nothing_of_a_document_becomes_markup() {
    let ids: Vec<String> = get("/v1/documents").json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect();
    let mut pages = vec![
        "/".to_owned(),
        "/search?q=harbour".to_owned(),
        "/search?q=%3Cscript%3Ealert%281%29&view=kwic".to_owned(),
        "/search?q=harbour&view=kwic&in=all".to_owned(),
        "/statements?speaker=%3Cb%3E".to_owned(),
        "/statements?by=list".to_owned(),
        "/people?kind=outlet".to_owned(),
        "/people?name=Oyelaran".to_owned(),
        "/statements?by=agreement".to_owned(),
        "/compare?q=harbour".to_owned(),
        format!("/compare?old={}&new={}", ids[0], ids[1]),
        "/?sort=-title".to_owned(),
        "/timeline".to_owned(),
        "/docs".to_owned(),
    ];
    pages.extend(
        ids.iter().flat_map(|id| [format!("/documents/{id}"), format!("/documents/{id}?view=clean")]),
    );
    for page in pages {
        let got = get(&page);
        assert_eq!(got.status, 200, "{page}: {}", got.body);
        for markup in ["<script>", "<img", "onerror=alert(2)>", "<svg onload", "<b>\"'"] {
            assert!(!got.body.contains(markup), "{markup} in {page}");
        }
        let policy = got.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(
            !got.body.contains("style=\"") && !got.body.contains("http://") && !got.body.contains("https://"),
            "{page}"
        );
    }
}

#[test]
fn a_token_and_a_host_are_asked_for() {
    let ask = |host: &str, token: &str| {
        let request = Request::get("/v1/scan")
            .header(header::HOST, host)
            .header(header::AUTHORIZATION, token)
            .body(Body::empty())
            .unwrap();
        send(app(Options::new(), Some("sesame")), request).status
    };
    assert_eq!(ask("localhost", "Bearer sesame"), 200);
    assert_eq!(ask("localhost", "Bearer open"), 401);
    assert_eq!(ask("evil.example", "Bearer sesame"), 403);
    for path in ["/v1/scan", "/v1/scan.json", "/v1/export.csv"] {
        let request = Request::get(format!("http://evil.example{path}")).header(header::HOST, "localhost");
        assert_eq!(
            send(app(Options::new(), None), request.body(Body::empty()).unwrap()).status,
            403,
            "{path}"
        );
    }
}
