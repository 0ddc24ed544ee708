//! The forms of answers: columns, totals, what is said of a cut, and what is said of parameters.

use super::*;

/// The lists there are, each with what it needs to be asked.
fn lists(description: &Value) -> Vec<String> {
    let id = get("/v1/documents").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let mut lists = Vec::new();
    for endpoint in endpoints() {
        let operation = &description["paths"][endpoint.path]["get"];
        if operation["responses"]["200"]["content"]["text/csv"].is_null() {
            continue;
        }
        let parameters = operation["parameters"].as_array().unwrap();
        let needs_query = parameters.iter().any(|parameter| parameter["name"] == "q");
        let query = match endpoint.path {
            "/v1/diff" => "?old=a.txt&new=a.txt",
            _ if needs_query => "?q=nowhere-to-be-found",
            _ => "",
        };
        lists.push(endpoint.path.replace("{id}", &id) + query);
    }
    lists
}

#[test]
fn every_list_has_its_columns_where_it_has_no_rows() {
    let description = openapi::describe(&Formats::core());
    let lists = lists(&description);
    assert!(lists.len() > 15, "{lists:?}");
    for path in lists {
        let path = match path.split_once('?') {
            Some((path, query)) => format!("{path}.csv?{query}"),
            None => format!("{path}.csv"),
        };
        let request = Request::get(&path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        let of_none = send(app_of(Vec::new(), Options::new(), None), request);
        // Of one document that is not there nothing can be said.
        let got = if of_none.status == 404 { get(&path) } else { of_none };
        assert_eq!(got.status, 200, "{path}: {}", got.body);
        let head = got.body.lines().next().unwrap_or_default();
        assert!(head.split(',').count() > 3, "{path}: {head}");
        assert_eq!(got.headers["x-corpus-complete"], "true", "{path}");
    }
}

#[test]
fn every_total_has_one_form() {
    let description = openapi::describe(&Formats::core());
    let mut n_totals = 0;
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        let total = &schema["properties"]["total"];
        if !total.is_null() {
            assert_eq!(total["$ref"], "#/components/schemas/Total", "{name}");
            n_totals += 1;
        }
    }
    assert!(n_totals > 5, "{n_totals}");
}

#[test]
fn a_table_that_is_cut_says_so() {
    for path in ["/v1/words.csv?limit=2", "/v1/documents.tsv?limit=1"] {
        let got = get(path);
        assert_eq!(got.headers["x-corpus-complete"], "false", "{path}");
        assert!(got.headers.contains_key(header::LINK), "{path}");
    }
    assert_eq!(get("/v1/words.csv").headers["x-corpus-complete"], "true");
    assert!(!get("/v1/documents/a.txt").headers.contains_key("x-corpus-complete"));
}

#[test]
fn blocks_and_copies_are_rows() {
    let blocks = get("/v1/documents/a.txt/blocks.csv").body;
    assert!(
        blocks.starts_with("line,role,text,kind,part,confidence,why,byte_start,byte_end\r\n"),
        "{blocks}"
    );
    assert!(
        blocks.lines().any(|line| line.starts_with("1,title,The harbour froze on Monday,article,")),
        "{blocks}"
    );
    let twice = app_of(vec![document("x.txt", PAGE), document("y.txt", EVIL)], Options::new(), None);
    let ask = |path: &str| {
        let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
        send(twice.clone(), request).body
    };
    let dupes = ask("/v1/dupes.csv");
    assert!(dupes.starts_with("cluster,relation,similarity,survivor,title,"), "{dupes}");
}

#[test]
fn the_context_of_a_concordance_is_characters_words_or_the_sentence() {
    let line = |context: &str| get(&format!("/v1/kwic?q=ferries&{context}")).json()["items"][0].clone();
    assert_eq!((&line("words=1")["before"], &line("words=1")["after"]), (&"the ".into(), &" run".into()));
    let sentence = line("sentence=true");
    assert!(sentence["before"].as_str().unwrap().starts_with("The harbour’s ice"), "{sentence}");
    assert!(sentence["after"].as_str().unwrap().ends_with("frost came."), "{sentence}");
    assert_eq!(get("/v1/kwic?q=ferries&words=1&width=9").status, 400);
    assert_eq!(get("/v1/kwic?q=ferries&words=101").status, 400);
    // A pattern of tokens need not begin with a bracket where that is said.
    for path in ["kwic", "search"] {
        let total = |cql: &str| {
            let found = get(&format!("/v1/{path}?q=%22the%22%20%5Bword%3D%22ferries%22%5D{cql}")).json();
            found["total"]["value"].as_u64().unwrap()
        };
        assert_eq!(total("&cql=true"), 1, "{path}");
    }
}

#[test]
fn parameters_of_a_fixed_set_list_it() {
    let description = openapi::describe(&Formats::core());
    let values = |path: &str, name: &str| {
        let parameters = description["paths"][path]["get"]["parameters"].as_array().unwrap();
        let parameter = parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
        parameter["schema"]["enum"].as_array().unwrap_or_else(|| panic!("{path} {name}")).clone()
    };
    for (path, name) in [
        ("/v1/collocates", "measure"),
        ("/v1/frequency", "step"),
        ("/v1/export", "to"),
        ("/v1/export", "table"),
    ] {
        for value in values(path, name) {
            let value = value.as_str().unwrap();
            let rest = if name == "table" { "&to=csv" } else { "" };
            let got = get(&format!("{path}?q=harbour&{name}={value}{rest}"));
            assert_eq!(got.status, 200, "{path} {name}={value}: {}", got.body);
        }
    }
}

#[test]
fn the_documentation_shows_no_raw_marks() {
    let page = get("/docs").body;
    assert!(!page.contains('`'), "{}", page.split('`').nth(1).unwrap_or_default());
    assert!(page.contains("<code>article</code>"));
}
