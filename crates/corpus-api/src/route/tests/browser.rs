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
        "/search?q=ice&sort=nope".to_owned(),
        "/timeline?from=nope".to_owned(),
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
fn what_is_no_text_and_what_cannot_be_is_told() {
    for (path, words) in [
        ("/v1/search?q=%FF", "q: &quot;%FF&quot; is no UTF-8"),
        ("/search?q=%e2%82", "is no UTF-8"),
        ("/timeline?from=2021&to=2012", "2021 is after To, which is 2012"),
    ] {
        let page = get_with(path, &[HTML]);
        assert_eq!(page.status, 400, "{path}");
        assert!(page.body.replace("&#34;", "&quot;").contains(words), "{path}: {}", page.body);
    }
    assert_eq!(get("/v1/search?q=%E2%82%AC+100%25").status, 200);
    let all = get("/v1/keywords?q=harbour").json();
    assert_eq!((&all["reference_tokens"], all["items"].as_array().unwrap().len()), (&0.into(), 0));
    assert!(all["note"].as_str().unwrap().ends_with("matches in every article"), "{all}");
}

#[test]
fn nothing_found_is_nothing_to_download() {
    for (path, has) in [
        ("/search?q=xyzzy", false),
        ("/search?q=xyzzy&view=kwic", false),
        ("/search?q=harbour", true),
        ("/people?name=xyzzy", false),
        ("/statements?about=xyzzy", false),
        ("/statements", true),
    ] {
        assert_eq!(get(path).body.contains("Download all as CSV"), has, "{path}");
    }
}

#[test]
fn two_documents_are_older_and_newer_as_their_dates_say() {
    for (one, other, words, first) in [
        ("2020-09-14", "2020-09-15", ["older", "newer"], 0),
        ("2021", "2020-09-15", ["older", "newer"], 1),
        ("2020-09-14", "2020-09-14", ["first", "second"], 0),
        ("2020", "2020-09-15", ["first", "second"], 0),
    ] {
        let mut pages = vec![document("a.txt", EARLIER), document("b.txt", LATER)];
        publish(&mut pages[0], one);
        publish(&mut pages[1], other);
        let ids = [pages[0].id.to_string(), pages[1].id.to_string()];
        let path = format!("/compare?old={}&new={}", ids[0], ids[1]);
        let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        let page = send(app_of(pages, Options::new(), None), request).body;
        let row = format!("<del>{}</del></th><td><a href=\"/documents/{}\"", words[0], ids[first]);
        assert!(
            page.contains(&row) && page.contains(&format!("<ins>{}</ins>", words[1])),
            "{one} {other}: {page}"
        );
        assert_eq!(page.contains("their dates do not say"), words[0] == "first");
    }
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
