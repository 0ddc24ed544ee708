//! Requests as a browser sends them: problems and parameters of pages, and links that lead somewhere.

use super::*;
use std::collections::BTreeSet;

/// What the header of a browser accepts.
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[test]
fn whoever_reads_pages_is_told_problems_as_a_page() {
    for (path, status) in
        [("/nope", 404), ("/people/nope", 404), ("/v1/documents/%ff", 404), ("/v1/search", 400)]
    {
        let page = get_with(path, &[HTML]);
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.headers[header::CONTENT_TYPE], "text/html; charset=utf-8", "{path}");
        assert!(page.body.contains("</html>"), "{path}");
        let problem = get(path);
        assert_eq!(problem.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
    }
    let request = Request::get("/").header(header::HOST, "localhost").header(HTML.0, HTML.1);
    let refused = send(app(Options::new(), Some("sesame")), request.body(Body::empty()).unwrap());
    assert_eq!((refused.status, refused.body.contains("</html>")), (401, true));
    assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "Bearer realm=\"corpus\"");
    assert!(refused.headers.contains_key(header::CONTENT_SECURITY_POLICY));
}

#[test]
fn a_browser_enters_with_the_token() {
    let router = app(Options::new(), Some("open sesame"));
    let ask = |request: axum::http::request::Builder, body: &'static str| {
        send(router.clone(), request.header(header::HOST, "localhost").body(Body::from(body)).unwrap())
    };
    let refused = ask(Request::get("/").header(HTML.0, HTML.1), "");
    assert!(refused.body.contains("action=\"/login\""), "{}", refused.body);
    assert_eq!(ask(Request::get("/assets/page.css"), "").status, 200);
    assert_eq!(ask(Request::post("/login"), "token=open").status, 401);
    let entered = ask(Request::post("/login"), "token=open+sesame");
    assert_eq!((entered.status, &entered.headers[header::LOCATION]), (303, &"/".parse().unwrap()));
    let cookie = entered.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(ask(Request::get("/").header(header::COOKIE, &cookie), "").status, 200);
    assert_eq!(ask(Request::get("/v1/scan").header(header::COOKIE, "corpus=open"), "").status, 401);
}

#[test]
fn a_question_as_long_as_an_article_makes_no_book() {
    let page = get(&format!("/search?q={}", (0..2000).map(|word| format!("w{word}+")).collect::<String>()));
    assert!(page.status == 200 && page.body.len() < 300_000, "{} {}", page.status, page.body.len());
}

#[test]
fn a_screen_takes_only_what_it_knows() {
    let id = get("/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/?sort=nope".to_owned(),
        "/?colour=red".to_owned(),
        "/search?q=ice&view=nope".to_owned(),
        "/statements?by=nope".to_owned(),
        "/people?kind=nope".to_owned(),
        "/timeline?lane=nope".to_owned(),
        "/compare?q=ice&step=nope".to_owned(),
        format!("/documents/{id}?layer=nope"),
        format!("/documents/{id}?view=nope"),
        "/docs?of=nope".to_owned(),
    ] {
        let page = get(&path);
        assert_eq!(page.status, 400, "{path}");
        assert!(
            page.body.contains("nope") || page.body.contains("there is no such parameter"),
            "{}",
            page.body
        );
    }
    for path in ["/?sort=-date", "/search?q=&view=&sort=", "/timeline?lane=visit", "/statements?by=&about="] {
        assert_eq!(get(path).status, 200, "{path}");
    }
}

#[test]
fn every_line_that_a_fact_leads_to_is_there() {
    let text = "Ice on the quay\n\nThe harbour of Sundholm froze on Saturday.\nIts master is Marta Oyelaran.\n\
                She said on Monday that the “Borealis” would come.\n\nNobody else spoke of the ice in the town.\n";
    let document = document("lines.txt", text);
    let path = format!("/documents/{}", document.id);
    let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let page = send(app_of(vec![document], Options::new(), None), request).body;
    let all = |mark: &str| -> BTreeSet<String> {
        page.split(mark).skip(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect()).collect()
    };
    let (links, places) = (all("href=\"#L"), all("id=\"L"));
    assert!(links.contains("5"), "{links:?}");
    assert_eq!(links.difference(&places).collect::<Vec<_>>(), [""; 0], "{places:?}");
}

#[test]
fn groups_are_headed_by_what_they_hold() {
    let heading = |by: &str| {
        let page = get(&format!("/statements?by={by}")).body;
        page.split("<p class=\"result\"><span>").nth(1).unwrap().split("</span>").next().unwrap().to_owned()
    };
    assert_eq!(heading("speaker"), "<b>1</b> statement");
    assert_eq!(heading("agreement"), "<b>0</b> of 1 statements name an agreement");
}
