//! When an article was written, as far as its own words tell.

#![expect(clippy::unwrap_used, reason = "a test whose article is none has failed")]

use corpus_annotate::Annotators;
use corpus_core::{Document, Evidence, Record, Registry};

/// An article that was read for its facts, and is dated as one that is read for its date alone.
fn annotated(body: &str) -> Document {
    let text = format!("A Harbour Without Ships\n\n{body}\n");
    let record = Record::new("page.txt", text.into_bytes()).with_media_type("text/plain");
    let mut document = Registry::core().parse_all(&record).remove(0);
    let mut dated = document.clone();
    Annotators::core().annotate(&mut document);
    Annotators::dates().annotate(&mut dated);
    assert_eq!(dated.parts[0].published, document.parts[0].published, "{body}");
    document
}

/// The days on which an article can have been written, and the words that say so.
fn written(body: &str) -> (String, Vec<String>) {
    let document = annotated(body);
    let published = document.parts[0].published.clone().unwrap();
    let evidence = published.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Span { span } => Some(document.text[span.range()].to_owned()),
        _ => None,
    });
    (published.edtf.to_string(), evidence.collect())
}

#[test]
fn more_than_a_year_has_passed_from_the_next_day_on() {
    let told = |length: &str| {
        written(&format!(
            "{length} passed since the strike at the harbour. On March 3, 2018 the strike began, and in April 2018 \
             the port was shut. Since last year its cranes have been sold one by one, and nobody knows what will \
             become of the quays."
        ))
    };
    let (edtf, evidence) = told("More than a year has");
    assert_eq!(edtf, "2019-03-04/2019-12-31");
    assert_eq!(evidence, ["last year", "March 3, 2018", "More than a year"]);
    assert_eq!(told("Over a year has").0, "2019-03-04/2019-12-31");
    assert_eq!(told("A year has").0, "2019-03-03/2019-12-31");
    assert_eq!(told("At least one year has").0, "2019-03-03/2019-12-31");
    // It may have been less.
    assert_eq!(told("Almost a year has").0, "2019-01-01/2019-12-31");
    assert_eq!(told("About a year has").0, "2019-01-01/2019-12-31");
}

#[test]
fn last_year_is_not_behind_any_old_day() {
    for (body, is_told) in [
        ("Last year sales fell again. The founder of the yard was born on 3 May 1957.", false),
        ("The war began on 1 September 1939. Last year a museum of it was opened.", false),
        ("On 3 May 2017, last year, sales fell again.", true),
        ("The strike began on 3 May 2017 and ended on 5 June 2017. Last year was a bad one.", true),
    ] {
        let published = annotated(body).parts[0].published.clone();
        let published = published.map_or(String::new(), |published| published.edtf.to_string());
        assert_eq!(published.starts_with("2018-01-01/2018"), is_told, "{body} {published}");
        assert!(!published.contains("1958") && !published.contains("1940"), "{body} {published}");
    }
}

#[test]
fn versions_counts_and_what_lies_far_ahead_date_no_article() {
    for body in [
        "PHP 7.4.33 was released and we tested kernel 2.6.32 on it. The screen is 2048 pixels wide.",
        "They play the game 2048 on it. The key has 4096 bits, and 2048 are too few.",
        "In the year 2050, if nothing is done, the harbour will be gone.",
        "By 2050 the number of ships will have fallen by half, experts said.",
    ] {
        let published = annotated(body).parts[0].published.clone();
        assert_eq!(published.map(|published| published.edtf.to_string()), None, "{body}");
    }
    let (edtf, evidence) = written("The quay was built in 2013. Its cranes are leased until April 2027.");
    assert_eq!((edtf.as_str(), evidence.len()), ("2013/2027-04-30", 2));
    // The last year of a span may lie ahead, the first does not.
    let (edtf, _) = written("The term of the mayor (2019-2031) was long.");
    assert_eq!(edtf, "2019/..");
    let (edtf, _) = written("The quay was closed in that year (2019).");
    assert_eq!(edtf, "2019/..");
    let (edtf, _) = written("The quay was built in 1961. Its cranes will be sold in April 2014.");
    assert_eq!(edtf, "1961/2014-04-30");
    let (edtf, _) = written("The quay burned on 4 March. Its cranes will be sold in April 2014.");
    assert_eq!(edtf, "2014-03-04/2014-04-30");
}

#[test]
fn what_is_still_to_come_is_no_report() {
    let said = |body: &str| {
        let published = annotated(body).parts[0].published.clone();
        published.map_or_else(|| "-".to_owned(), |published| published.edtf.to_string())
    };
    for (body, edtf) in [
        ("The film will be screened on 25 January.", "-"),
        ("The film will be screened to invited guests on 25 January.", "-"),
        ("The film will be screened with music at the renovated hall on 25 January.", "-"),
        ("The documentary premieres on 25 January at the old cinema.", "-"),
        ("The film was screened to invited guests on 25 January.", "XXXX-01-25/.."),
        ("The renovated hall was opened on 25 January.", "XXXX-01-25/.."),
        ("The vote takes place on 25 January 2019.", "../2019-01-25"),
        ("The vote took place on 25 January 2019.", "2019-01-25/.."),
        ("The hall (to be torn down in 2031) burned on 4 March.", "XXXX-03-04/.."),
        ("The hall (to be torn down on 4 May 2031) was begun in 2019.", "2019/2031-05-04"),
        ("The vote (The Courier, 4 March 2019) was close.", "2019-03-04/.."),
        ("“It will open in 2031,” she said. The hall was begun in 2019.", "2019/.."),
        ("The hall could be sold in 2031, and was begun in 2019.", "2019/.."),
        ("The council agreed in 2019 to sell the hall in 2031.", "2019/.."),
        ("The bond is due on 4 March 2031.", "../2031-03-04"),
        ("Holm, whose term runs to 2031, was elected in 2019.", "2019/.."),
    ] {
        assert_eq!(said(body), edtf, "{body}");
    }
}

#[test]
fn an_early_year_makes_no_years_of_counts() {
    let times = |body: &str| -> Vec<String> {
        let document = annotated(body);
        let times = document.annotations.iter().filter(|annotation| annotation.layer == "time");
        times.map(|time| document.text[time.span.range()].to_owned()).collect()
    };
    for (body, read) in [
        ("The town was buried in AD 79. The number of guests rose from 120 to 180 a day.", vec!["AD 79"]),
        ("The town was buried in AD 79. Water stood in 348 of the houses.", vec!["AD 79"]),
        ("The town was buried in AD 79. After 255 were laid off it closed.", vec!["AD 79"]),
        ("The town was buried in AD 79. Rents fell by 340 and rose by 455.", vec!["AD 79"]),
        ("The town was buried in AD 79. In 348 Osric died, and in 366, too.", vec!["AD 79", "348", "366"]),
    ] {
        let found: Vec<String> = times(body).into_iter().filter(|time| !time.contains("a day")).collect();
        assert_eq!(found, read, "{body}");
    }
}

#[test]
fn a_year_that_is_all_of_a_line_heads_what_follows_only_among_others() {
    let days = |body: &str| -> Vec<String> {
        let document = annotated(body);
        let times = document.annotations.iter().filter(|annotation| annotation.layer == "time");
        times.filter_map(|time| Some(time.value["edtf"].as_str()?.to_owned())).collect()
    };
    let told =
        "The council voted on 4 March that the old quay was to be sold, and nobody spoke against it there.";
    let two = days(&format!("June 10, 2023\n\n1996\n\n{told}\n\n1998\n\n{told}"));
    assert!(two.contains(&"1996-03-04".to_owned()) && two.contains(&"1998-03-04".to_owned()), "{two:?}");
    let page = format!(
        "<html><title>The quay</title><meta property=article:published_time content=2023-06-10><article><h1>The quay</h1>\
         <p>The quay was sold again, and the people of the harbour ask what will become of it now.<p>1996<p>{told}</article>"
    );
    let record = Record::new("page.html", page.into_bytes()).with_media_type("text/html");
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    let times = document.annotations.iter().filter(|found| found.layer == "time");
    let found: Vec<&str> = times.filter_map(|found| found.value["edtf"].as_str()).collect();
    assert_eq!(found, ["1996", "2023-03-04"]);
}
