//! Jobs: uploads that a builder takes, and what becomes of them.

use super::*;
use crate::streamed::streamed;

/// Writes the names of the files it is given, waits where it finds one called `wait.txt`, and goes wrong at `bad.txt`
/// and `panic.txt`.
#[derive(Debug)]
struct Names;

impl crate::Builder for Names {
    fn build(
        &self,
        folder: &std::path::Path,
        tell: &mut dyn FnMut(&str),
        stop: &corpus_query::Deadline,
    ) -> Result<Value, String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .map_err(|error| error.to_string())?
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names.iter().for_each(|name| tell(name));
        let is_there = |wanted: &str| names.iter().any(|name| name == wanted);
        while is_there("wait.txt") && !stop.is_over() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(!is_there("panic.txt"), "no page is that bad");
        if is_there("bad.txt") { Err("it is bad; take it out".to_owned()) } else { Ok(names.into()) }
    }

    fn decide(
        &self,
        decision: &crate::Decision,
        tell: &mut dyn FnMut(&str),
        _: &corpus_query::Deadline,
    ) -> Result<Value, String> {
        tell(&decision.to_string());
        if decision.to_string().contains("Nobody") {
            Err("nobody is called so".to_owned())
        } else {
            Ok(Value::Null)
        }
    }
}

fn building() -> Router {
    app(building_options(), None)
}

fn building_options() -> Options {
    let mut options = Options::new();
    options.builder = Some(Arc::new(Names));
    options
}

fn upload_of(body: Body) -> Request<Body> {
    Request::post("/v1/jobs")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(body)
        .unwrap()
}

fn upload(names: &[&str]) -> Request<Body> {
    let parts: String = names
        .iter()
        .map(|name| {
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nA page.\r\n"
            )
        })
        .collect();
    upload_of(Body::from(parts + "--x--\r\n"))
}

fn ask(router: &Router, method: &str, path: &str) -> Got {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    send(router.clone(), request.body(Body::empty()).unwrap())
}

fn events(router: &Router, id: &str) -> String {
    ask(router, "GET", &format!("/v1/jobs/{id}/events")).body
}

#[test]
fn a_job_builds_uploads_tells_of_it_and_can_be_ended() {
    assert_eq!(send(app(Options::new(), None), upload(&["a.txt"])).status, 403, "not unless allowed");
    let router = building();
    let got = send(router.clone(), upload(&["../b.txt", "b.txt"]));
    assert_eq!((got.status, &got.headers[header::LOCATION]), (202, &"/v1/jobs/j1".parse().unwrap()));
    let told = events(&router, "j1");
    assert!(told.contains("id: 2\nevent: progress\ndata: {\"message\":\"b-2.txt\"}"), "{told}");
    assert!(told.ends_with("event: done\ndata: {\"message\":\"done\"}\n\n"), "{told}");
    assert_eq!(ask(&router, "GET", "/v1/jobs/j1").json()["done"], serde_json::json!(["b-2.txt", "b.txt"]));
    assert_eq!(send(router.clone(), upload(&["wait.txt"])).status, 202);
    assert_eq!(ask(&router, "DELETE", "/v1/jobs/j2").status, 202);
    assert!(events(&router, "j2").contains("event: cancelled"));
    assert_eq!(ask(&router, "GET", "/v1/jobs").json()["items"].as_array().unwrap().len(), 2);
    assert_eq!(send(router, upload(&[])).status, 400);
}

#[test]
fn a_job_that_fails_says_what_why_and_what_to_do() {
    let router = building();
    assert_eq!(send(router.clone(), upload(&["bad.txt", "good.txt"])).status, 202);
    let told = events(&router, "j1");
    let message = "bad.txt and 1 more files were not built into the corpus: it is bad; take it out; what was \
                   committed before stays";
    assert!(told.contains(&format!("event: failed\ndata: {{\"message\":\"{message}\"}}")), "{told}");
    assert_eq!(ask(&router, "GET", "/v1/jobs/j1").json()["failure"], message);
}

#[test]
fn a_job_that_panics_has_failed_and_holds_up_no_other() {
    let router = building();
    assert_eq!(send(router.clone(), upload(&["panic.txt"])).status, 202);
    assert_eq!(send(router.clone(), upload(&["a.txt"])).status, 202);
    let told = events(&router, "j1");
    assert!(told.contains("event: failed") && told.contains("no page is that bad"), "{told}");
    assert_eq!(ask(&router, "GET", "/v1/jobs/j1").json()["state"], "failed");
    assert!(events(&router, "j2").contains("event: done"));
}

#[test]
fn a_job_without_a_place_is_refused_before_anything_of_it_is_read() {
    let router = building();
    for _ in 0..8 {
        assert_eq!(send(router.clone(), upload(&["wait.txt"])).status, 202);
    }
    // Whoever reads this body waits for it for half a minute.
    let (sender, never) = streamed();
    let begun = Instant::now();
    let got = send(router.clone(), upload_of(Body::new(never)));
    assert_eq!((got.status, &got.json()["code"]), (503, &Value::from("BUSY")));
    assert!(begun.elapsed().as_secs() < 10, "the body was read");
    drop(sender);
    for number in 1..=8 {
        assert_eq!(ask(&router, "DELETE", &format!("/v1/jobs/j{number}")).status, 202);
    }
    events(&router, "j8");
    assert_eq!(send(router, upload(&["a.txt"])).status, 202, "what is over leaves its place");
}

#[test]
fn a_job_that_waits_is_cancelled_at_once_and_its_place_is_free() {
    let router = building();
    let running = send(router.clone(), upload(&["wait.txt"])).json()["id"].as_str().unwrap().to_owned();
    let waiting: Vec<String> = (1..8)
        .map(|_| send(router.clone(), upload(&["a.txt"])).json()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(send(router.clone(), upload(&["a.txt"])).status, 503);
    assert_eq!(ask(&router, "DELETE", &format!("/v1/jobs/{}", waiting[0])).status, 202);
    assert!(events(&router, &waiting[0]).contains("event: cancelled"));
    assert_eq!(ask(&router, "GET", &format!("/v1/jobs/{running}")).json()["state"], "running");
    let more = std::iter::repeat_with(|| send(router.clone(), upload(&["a.txt"])).status);
    assert_eq!(more.take(100).find(|status| *status != 503), Some(202));
    ask(&router, "DELETE", &format!("/v1/jobs/{running}"));
    for id in &waiting[1..] {
        assert!(events(&router, id).contains("event: done"));
    }
}

#[test]
fn a_decision_is_taken_by_a_job() {
    let decide = |router: &Router, media_type: &str, body: &str| {
        let request = Request::post("/v1/decisions").header(header::HOST, "localhost");
        let request = request.header(header::CONTENT_TYPE, media_type).body(Body::from(body.to_owned()));
        send(router.clone(), request.unwrap())
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(decide(&app(Options::new(), None), form, "what=merge&id=p1&with=p2").status, 403);
    let text = "The quay is closed\n\nJonas Weber said that Marta Oyelaran would come to London on Monday.\n";
    let router = app_of(vec![document("quay.txt", text)], building_options(), None);
    let id = |kind: &str, name: &str| {
        let people = ask(&router, "GET", &format!("/v1/people?kind={kind}&name={name}")).json();
        people["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let (one, other, place) = (id("person", "Weber"), id("person", "Oyelaran"), id("place", "London"));
    let got = decide(&router, form, &format!("what=merge&id={one}&with={other}"));
    let what = Value::from(format!("merge {one} {other}"));
    assert_eq!((got.status, &got.json()["what"]), (202, &what), "{}", got.body);
    assert!(events(&router, "j1").contains("event: done"));
    let body = format!(r#"{{"what": "split", "id": "{one}", "name": "--Ada"}}"#);
    let got = decide(&router, "application/json", &body);
    let what = Value::from(format!("split {one} \"--Ada\""));
    assert_eq!((got.status, &got.json()["what"]), (202, &what), "{}", got.body);
    assert_eq!(decide(&router, form, &format!("what=split&id={one}&name=Nobody")).status, 202);
    assert!(events(&router, "j3").contains("was not done: nobody is called so"));
    for unknown in [
        format!("what=merge&id={one}&with=p999"),
        format!("what=merge&id=p999&with={one}"),
        "what=split&id=p999&name=Ada".to_owned(),
    ] {
        let got = decide(&router, form, &unknown);
        assert_eq!((got.status, &got.json()["code"]), (404, &Value::from("NOT_FOUND")), "{unknown}");
    }
    assert_eq!(decide(&router, form, &format!("what=merge&id={one}&with={place}")).status, 400);
    for wrong in [
        "",
        "what=burn&id=p1",
        "what=merge&id=p1",
        "what=merge&id=--x&with=p2",
        "what=split&id=p1",
        "what=undo",
        "what=note&document=quay.txt&words=quay",
        "what=reject&words=London&layer=name",
        "%ff",
    ] {
        let got = decide(&router, form, wrong);
        assert_eq!((got.status, &got.json()["code"]), (400, &Value::from("BAD_PARAMETER")), "{wrong}");
    }
}

#[test]
fn a_decision_about_words_names_what_is_there() {
    let text = "The quay is closed\n\nJonas Weber said that Marta Oyelaran would come to London on Monday.\n";
    let router = app_of(vec![document("quay.txt", text)], building_options(), None);
    let decide = |body: Value| {
        let request = Request::post("/v1/decisions")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        send(router.clone(), request.unwrap())
    };
    let id = ask(&router, "GET", "/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let words = |what: &str, words: &str| serde_json::json!({"what": what, "document": "quay.txt", "layer": "name", "words": words});
    for what in ["accept", "reject"] {
        let got = decide(words(what, "Jonas Weber"));
        let said = Value::from(format!("{what} {id} name \"Jonas Weber\""));
        assert_eq!((got.status, &got.json()["what"]), (202, &said), "{}", got.body);
        assert_eq!(decide(words(what, "Jonas")).status, 404, "of no annotation");
        assert_eq!(decide(words(what, "Ada")).status, 404, "not in the text");
    }
    let note = serde_json::json!({"what": "note", "document": id, "words": "quay", "text": "the old one"});
    assert_eq!(decide(note).status, 202);
    assert_eq!(decide(serde_json::json!({"what": "undo", "number": 7})).status, 404);
    for (body, detail) in [
        (Value::Null, "the body is no decision: null is no object"),
        (serde_json::json!([1]), "the body is no decision: [1] is no object"),
        (serde_json::json!({"what": "undo"}), "number: it is needed"),
    ] {
        assert_eq!(decide(body).json()["detail"], detail);
    }
}
