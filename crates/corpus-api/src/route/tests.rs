//! Requests against the router, without a socket.

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

fn app(options: Options, token: Option<&str>) -> Router {
    let mut documents = vec![document("a.txt", PAGE), document("<b>\"'.txt", EVIL)];
    for document in &mut documents {
        corpus_annotate::Annotators::core().annotate(document);
    }
    let corpus = Corpus::memory(documents);
    let guard = Guard::new(token.map(str::to_owned), true);
    let registry = corpus_core::Registry::core();
    router(Arc::new(App::new(corpus, None, registry, guard, options).unwrap()))
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

#[test]
fn every_question_is_answered_and_every_answer_is_what_its_schema_says() {
    let id = get("/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let description = openapi::describe();
    for endpoint in endpoints() {
        let mut path = endpoint.path.replace("{id}", &id);
        let parameters = &description["paths"][endpoint.path]["get"]["parameters"];
        if parameters.as_array().unwrap().iter().any(|parameter| parameter["name"] == "q") {
            path.push_str("?q=harbour");
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
    let text = serde_json::to_string_pretty(&openapi::describe()).unwrap();
    insta::assert_snapshot!("openapi", text);
}

#[test]
fn search_finds_the_passage_and_its_line() {
    let found = get("/v1/search?q=ferries").json();
    assert_eq!(found["total"]["value"], 1);
    assert_eq!(found["items"][0]["line"], 3);
    let lines = get("/v1/kwic?q=harbour&limit=1").json();
    assert_eq!(lines["items"].as_array().unwrap().len(), 1);
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
    assert_eq!(get_with("/v1/scan", &[("accept", "image/png")]).status, 406);
    assert_eq!(get("/healthz.csv").status, 404, "only questions have forms");
}

#[test]
fn the_same_question_again_costs_nothing() {
    let first = get("/v1/search?q=ferries");
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = get_with("/v1/search?q=ferries", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_ne!(get("/v1/search?q=harbour").headers[header::ETAG].to_str().unwrap(), tag);
}

#[test]
fn what_cannot_be_answered_says_why() {
    for (path, status, code) in [
        ("/v1/nothing", 404, "NOT_FOUND"),
        ("/v1/documents/b3:0", 404, "NOT_FOUND"),
        ("/v1/search", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&in=nowhere", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&colour=red", 400, "BAD_PARAMETER"),
        ("/v1/search?q=a&cursor=zzz", 400, "BAD_PARAMETER"),
        ("/v1/kwic?q=a&sort=L99", 400, "BAD_PARAMETER"),
        ("/v1/ngrams?n=0", 400, "BAD_PARAMETER"),
        ("/v1/parse", 405, "METHOD_NOT_ALLOWED"),
    ] {
        let got = get(path);
        assert_eq!(got.status, status, "{path}: {}", got.body);
        assert_eq!(got.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
        assert_eq!(got.json()["code"], code, "{path}");
        assert!(!got.json()["detail"].as_str().unwrap().is_empty(), "{path}");
    }
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
}
