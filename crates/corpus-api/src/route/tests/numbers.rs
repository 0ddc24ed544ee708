//! Numbers on the screens that lead somewhere: there is as much there as they say.

use super::*;

/// Pages whose names have words in common, and one of which is copied.
const PAGES: [(&str, &str); 4] = [
    (
        "ice.txt",
        "Ice on the quay\n\nSeptember 14, 2020\n\nThe harbour of Sundholm froze on Saturday night, and no ferry has left the \
         old quay since then.\n\nMarta Oyelaran said on September 13 that the harbour would wait for the ice-breaker. Marta \
         Oyelaran said that the Old Quay would stay closed for a week.\n",
    ),
    (
        "copy.txt",
        "Ice on the quay\n\nSeptember 15, 2020\n\nThe harbour of Sundholm froze on Saturday night, and no ferry has left the \
         old quay since then.\n\nMarta Oyelaran said on September 13 that the harbour would wait for the ice-breaker. Marta \
         Oyelaran said that the Old Quay would stay closed for a week.\n",
    ),
    (
        "wall.txt",
        "A wall for the harbour\n\nJanuary 5, 2021\n\nJonas Oyelaran said that the wall of the old quay was built for another \
         century. The company said that the wall of the quay would be paid from the toll. The insurance company said that the \
         harbour would pay.\n",
    ),
    (
        "toll.txt",
        "The toll stays\n\nMarch 9, 2021\n\nThe Company said that the harbour would have the toll until the wall is paid. \
         Marta Oyelaran said that the quay was old when the wall was built.\n",
    ),
];

fn pages() -> Router {
    app_of(PAGES.map(|(name, text)| document(name, text)).to_vec(), Options::new(), None)
}

fn show(router: &Router, address: &str) -> String {
    let address = address.replace("&amp;", "&").replace("&#38;", "&").replace(' ', "%20").replace('"', "%22");
    let request = Request::get(&address).header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let got = send(router.clone(), request);
    assert_eq!(got.status, 200, "{address}: {}", got.body);
    got.body
}

/// What a screen says that it has found.
fn found(page: &str) -> u64 {
    let number = page.split("<p class=\"result\"><span><b>").nth(1).unwrap().split("</b>").next().unwrap();
    number.parse().unwrap()
}

/// The links of a page to addresses that begin so, with the number that stands behind `mark` after each.
fn links(page: &str, begin: &str, mark: &str) -> Vec<(String, u64)> {
    let link = |rest: &str| {
        let (address, rest) = rest.split("<a ").next()?.split_once('"')?;
        let digits = rest.split_once(mark)?.1.chars().take_while(char::is_ascii_digit);
        Some((format!("{begin}{address}"), digits.collect::<String>().parse().ok()?))
    };
    page.split(&format!("<a href=\"{begin}")).skip(1).filter_map(link).collect()
}

#[test]
fn a_number_that_leads_somewhere_is_the_number_there() {
    let router = pages();
    for (screen, begin, mark, least) in [
        ("/", "/statements?by=list&amp;speaker_id=", "</bdi> ", 2),
        ("/people", "/statements?by=list&amp;speaker_id=", ">", 2),
        ("/statements", "/statements?by=list&#38;speaker_id=", "<small>", 4),
        ("/statements?about=wall", "/statements?by=list&#38;speaker_id=", "<small>", 3),
        ("/statements?by=topic", "/statements?by=list&#38;about=", "<small>", 3),
        ("/timeline", "/timeline?lane=", "<span class=\"n\">", 2),
        ("/timeline?from=2021-01-01", "/timeline?lane=", "<span class=\"n\">", 1),
        ("/search?q=wall", "/search?q=", "<span class=\"n\">", 1),
        ("/search?q=the", "/search?q=", "<span class=\"n\">", 3),
        ("/compare?q=wall&step=month", "/search?view=kwic", ": ", 2),
    ] {
        let links = links(&show(&router, screen), begin, mark);
        assert!(links.len() >= least, "{screen}: {links:?}");
        for (address, number) in links {
            assert_eq!(found(&show(&router, &address)), number, "{screen} leads to {address}");
        }
    }
}

#[test]
fn speakers_are_told_apart_by_their_ids_and_the_others_by_what_they_are_called() {
    let router = pages();
    let ask = |address: &str| -> Value { serde_json::from_str(&show(&router, address)).unwrap() };
    let id = |name: &str| {
        let people = ask(&format!("/v1/people?name={name}"));
        people["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let number =
        |key: &str| ask(&format!("/v1/statements?speaker_id={key}"))["total"]["value"].as_u64().unwrap();
    assert_eq!((number(&id("Marta Oyelaran")), number(&id("Jonas Oyelaran"))), (3, 1));
    assert_eq!((number("the company"), number("company"), number("The insurance company")), (2, 0, 1));
    assert_eq!(ask("/v1/statements?speaker=company")["total"]["value"], 3);
    assert_eq!(ask("/v1/statements?about=old quay")["total"]["value"], 3);
    assert_eq!(ask("/v1/statements?about=\"old quay\"")["total"]["value"], 2);
}

#[test]
fn what_an_outlet_reports_stands_on_its_card() {
    let text = "Ferries wait\n\nThe Sundholm Post has asked. The harbour would wait for a week, Marta Oyelaran said on Monday \
                (The Sundholm Post, March 2, 2021).\n";
    let router = app_of(vec![document("outlets.txt", text)], Options::new(), None);
    let statements: Value = serde_json::from_str(&show(&router, "/v1/statements")).unwrap();
    let statements = statements["items"].as_array().unwrap();
    let outlets: Vec<&Value> =
        statements.iter().flat_map(|statement| statement["outlets"].as_array().unwrap()).collect();
    assert!(!outlets.is_empty(), "{statements:?}");
    for outlet in outlets {
        let card = show(&router, &format!("/people?name={}", outlet["id"].as_str().unwrap()));
        assert!(card.contains("<dt>Reports</dt>") && card.contains("Marta Oyelaran"), "{outlet}: {card}");
    }
}

#[test]
fn a_column_has_what_begins_in_its_time_and_no_more() {
    let mut pages = Vec::new();
    for day in 1..=160 {
        let date = format!("{}-{:02}-{:02}", 2010 + day / 60, day % 12 + 1, day % 28 + 1);
        let text =
            format!("Page {day}\n\nThe harbour of Sundholm was open on day {day}, and the ferries ran.\n");
        let mut page = Text::new().parse_all(&Record::new(format!("{day}.txt"), text.into_bytes())).remove(0);
        let written = if day % 9 == 0 { &date[..4] } else { &date };
        publish(&mut page, written);
        pages.push(page);
    }
    let router = app_of(pages, Options::new(), None);
    let page = show(&router, "/timeline?lane=published");
    let columns: Vec<(&str, u64)> = page
        .split("<a href=\"")
        .filter_map(|link| {
            let (address, rest) = link.split_once("\" aria-label=\"")?;
            let (title, rest) = rest.split_once('"')?;
            rest.starts_with("><rect class=\"column\"")
                .then(|| title.rsplit_once(": "))??
                .1
                .parse()
                .ok()
                .map(|n| (address, n))
        })
        .collect();
    assert!(
        columns.len() > 20 && columns.iter().map(|(_, number)| number).sum::<u64>() == 160,
        "{columns:?}"
    );
    for (address, number) in columns {
        assert_eq!(found(&show(&router, address)), number, "{address}");
    }
}
