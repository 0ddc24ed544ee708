//! Events of small texts, one behaviour each.

mod denial;

use crate::annotator::Annotators;
use corpus_core::{Document, Record, Registry};

fn found(text: &str) -> Document {
    let mut record = Record::new("page.txt", text.as_bytes().to_vec());
    record.metadata.date = Some("2021-06-10".to_owned());
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    document
}

/// Words of each mention and local ids of those who take part.
fn parties(text: &str) -> Vec<String> {
    let document = found(text);
    let events = document.annotations.iter().filter(|annotation| annotation.layer == "event");
    events
        .map(|event| {
            let parties = event.value["participants"].as_array().into_iter().flatten();
            let parties: Vec<&str> = parties.filter_map(|party| party.as_str()).collect();
            format!("{}: {}", &document.text[event.span.range()], parties.join(", "))
        })
        .collect()
}

/// Words, local id and date of each mention; "-" where no date is said.
fn events(text: &str) -> Vec<String> {
    let document = found(text);
    let events = document.annotations.iter().filter(|annotation| annotation.layer == "event");
    events
        .map(|event| {
            let field = |name: &str| event.value[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", &document.text[event.span.range()], field("event"), field("when"))
        })
        .collect()
}

#[test]
fn every_mention_has_the_date_that_one_says() {
    assert_eq!(
        events("Ada Holm met Bo Dahl in Oslo. The meeting on May 3, 2021 lasted two hours."),
        ["met event-1 2021-05-03", "meeting event-1 2021-05-03"]
    );
}

#[test]
fn the_country_behind_its_town_takes_no_part() {
    assert_eq!(parties("Ada Holm visited Paris, France, on May 4, 2021."), ["visited: ada-holm"]);
    assert_eq!(parties("Ada Holm met Bo Dahl in Lima, Peru, on May 4, 2021."), ["met: ada-holm, bo-dahl"]);
    assert_eq!(parties("In Oslo, Peru and Chile met on May 4, 2021."), ["met: peru, chile"]);
}

#[test]
fn what_points_back_is_nothing_new() {
    assert_eq!(
        events("Ada Holm met Bo Dahl on May 3, 2021. Nothing was signed at that meeting, said Ines Prado."),
        ["met event-1 2021-05-03", "meeting event-1 2021-05-03"]
    );
    assert!(events("Ines Prado said that such talks bore her, and that those talks bore all.").len() < 2);
}

#[test]
fn the_date_of_a_remark_is_not_that_of_the_event() {
    assert_eq!(events("On May 3, 2021, Ada Holm disclosed details of a visit to Oslo."), ["visit event-1 -"]);
    assert_eq!(
        events("Ada Holm said on May 3, 2021 that the visit to Oslo would be short."),
        ["visit event-1 -"]
    );
    // What has happened was before it was told of.
    assert_eq!(
        events("On May 3, 2021, Ada Holm recalled how she met Bo Dahl in Oslo."),
        ["met event-1 ../2021-05-03"]
    );
    assert_eq!(
        events("They discussed the signing of the gas deal with Norway for May 2022."),
        ["signing event-1 -"]
    );
}

#[test]
fn what_lasts_begins_on_its_date() {
    assert_eq!(
        events("The naval exercise near Bergen began on May 3, 2021."),
        ["naval exercise event-1 2021-05-03/.."]
    );
}

#[test]
fn an_election_with_a_place_and_one_with_a_year_are_two() {
    let found = events(
        "The presidential election in Chile was close. The presidential election of 2024 will be too.",
    );
    assert_eq!(found, ["presidential election event-1 -", "presidential election event-2 2024"]);
}

#[test]
fn who_is_only_named_takes_no_part() {
    assert_eq!(parties("Ada Holm met Bo Dahl in Oslo to speak of Ines Prado."), ["met: ada-holm, bo-dahl"]);
    assert_eq!(
        parties("Ada Holm said the meeting in Oslo between Bo Dahl and Ines Prado was short."),
        ["meeting: bo-dahl, ines-prado"]
    );
    assert_eq!(
        parties("Ada Holm told Bo Dahl of the protests of May 2021 in Norway against Ines Prado."),
        ["protests: "]
    );
    assert_eq!(parties("Engineers from Norway met Dr. Bo Dahl."), ["met: norway, bo-dahl"]);
    assert_eq!(parties("Ada Holm’s visit to Oslo angered Bo Dahl."), ["visit: ada-holm"]);
}

#[test]
fn a_pronoun_takes_part_for_the_only_one_named_before_it() {
    assert_eq!(
        parties("Ada Holm told of a walk in Oslo, where she met Bo Dahl."),
        ["met: ada-holm, bo-dahl"]
    );
    assert_eq!(
        parties("Ada Holm flew to Oslo and met Bo Dahl."),
        ["flew to: ada-holm", "met: ada-holm, bo-dahl"]
    );
}

#[test]
fn words_of_events_that_mean_something_else_are_none() {
    for text in [
        "Ada Holm said on May 3, 2021 that the firm had met all of its targets in Norway.",
        "Holm Foods said on May 3, 2021 that its warrants expire in June, and their exercise price was cut.",
        "A price war between Holm Foods and Dahl Foods began on May 3, 2021 in Norway.",
        "Ada Holm told a news conference on May 3, 2021 in Oslo that Congress had passed the bill.",
        "The key is signed by Ada Holm of Oslo since May 2021.",
        "Please visit Holm Foods online by May 3, 2021.",
        "On May 3, 2021 Dahl received Holm’s letter in Oslo.",
    ] {
        assert_eq!(events(text), [""; 0], "{text}");
    }
    assert_eq!(events("Ada Holm was in Oslo on May 3, 2021."), ["was in event-1 2021-05-03"]);
    assert_eq!(events("Ada Holm is visiting Oslo."), ["visiting event-1 -"]);
}

#[test]
fn who_signs_with_whom() {
    assert_eq!(
        parties("Holm Foods Ltd said it signed a supply contract with Dahl Mills Ltd in May."),
        ["signed: holm-foods-ltd, dahl-mills-ltd"]
    );
    assert_eq!(
        parties("Ada Holm held talks on fish with Minister of Trade Bo Dahl."),
        ["held talks: ada-holm, bo-dahl"]
    );
}

#[test]
fn who_is_there_takes_part() {
    for (text, party) in [
        ("Ada Holm is due to meet Bo Dahl in Oslo on June 14.", "meet: ada-holm, bo-dahl"),
        (
            "Ada Holm, who arrived by train on May 7, held talks with Bo Dahl.",
            "held talks: ada-holm, bo-dahl",
        ),
        (
            "Ada Holm, travelling to Norway for a week-long visit, said she was tired.",
            "week-long visit: ada-holm",
        ),
        (
            "Ada Holm and Bo Dahl discussed fish at a meeting in Oslo on May 10, 2021.",
            "meeting: ada-holm, bo-dahl",
        ),
        ("Ada Holm has flown to a meeting in Oslo on May 10, 2021.", "meeting: ada-holm"),
        ("Ada Holm had a meeting in Oslo on May 10, 2021.", "meeting: ada-holm"),
        ("During the meeting on May 13, 2021, Ada Holm told reporters that it rained.", "meeting: ada-holm"),
        (
            "The summit was attended by Ada Holm, Bo Dahl and Ines Prado on May 15.",
            "summit: ada-holm, bo-dahl, ines-prado",
        ),
        (
            "A contract was signed on May 16, 2021 by Holm Foods Ltd and Dahl Mills Ltd.",
            "signed: holm-foods-ltd, dahl-mills-ltd",
        ),
    ] {
        assert!(parties(text).contains(&party.to_owned()), "{text}: {:?}", parties(text));
    }
    for text in [
        "Ada Holm will not attend a meeting in Oslo on May 10, 2021.",
        "Ada Holm never attended a meeting in Oslo on May 10, 2021.",
        "Ada Holm didn't attend a meeting in Oslo on May 10, 2021.",
        "Ada Holm couldn\u{2019}t attend a meeting in Oslo on May 10, 2021.",
        "Ada Holm cannot attend a meeting in Oslo on May 10, 2021.",
        "Ada Holm has heard of a meeting in Oslo on May 10, 2021.",
        "Ada Holm was named at a meeting in Oslo on May 10, 2021.",
        "During the meeting on May 13, 2021, Ada Holm was said to be ill.",
        "Ada Holm saw no need for what was said at a meeting in Oslo on May 10, 2021.",
    ] {
        assert_eq!(parties(text), ["meeting: "], "{text}");
    }
}

#[test]
fn a_place_is_that_of_its_clause() {
    let place = |text: &str| {
        let document = found(text);
        let event = document.annotations.iter().find(|annotation| annotation.layer == "event").unwrap();
        event.value["place"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(place("Ada Holm, who lives in Bergen, met Bo Dahl in Oslo on May 3, 2021."), "oslo");
    assert_eq!(place("In Oslo, Ada Holm met Bo Dahl on May 3, 2021."), "oslo");
    assert_eq!(place("The talks of May 2021, due to be held in Oslo, were short."), "oslo");
    assert_eq!(place("The Bergen summit of May 2021 in Oslo was short."), "oslo");
    assert_eq!(place("Sales in Norway fell before Ada Holm met Bo Dahl on May 3, 2021."), "-");
}

#[test]
fn a_year_of_something_else_is_no_date() {
    assert_eq!(
        events("Ada Holm told the annual meeting in Oslo that sales had grown in 1987."),
        ["annual meeting event-1 -"]
    );
    assert_eq!(events("Ada Holm and Bo Dahl met in Oslo in 1987."), ["met event-1 1987"]);
}

#[test]
fn the_visit_is_the_one_that_was_told_of() {
    assert_eq!(
        events("Ada Holm landed in Oslo on May 3, 2021. Officially, the visit was about roads."),
        ["landed in event-1 2021-05-03", "visit event-1 2021-05-03"]
    );
    assert_eq!(events("Officially, the visit was about roads."), [""; 0]);
    assert_eq!(parties("Norway broke off talks with Chile as winter neared."), ["talks: norway, chile"]);
}

/// Words of each mention, and whether it was still to come.
fn planned(text: &str) -> Vec<(String, bool)> {
    let document = found(text);
    let events = document.annotations.iter().filter(|annotation| annotation.layer == "event");
    events
        .map(|event| {
            let planned = event.value["planned"].as_bool().unwrap_or_default();
            (document.text[event.span.range()].to_owned(), planned)
        })
        .collect()
}

#[test]
fn what_has_a_date_behind_the_article_is_still_to_come() {
    let is = |text: &str, word: &str, ahead: bool| {
        assert_eq!(planned(text), [(word.to_owned(), ahead)], "{text}");
    };
    is("The talks with Bo Dahl resume in Oslo tomorrow.", "talks", true);
    is("The election in Norway is on June 20.", "election", true);
    is("Ada Holm held the planned talks with Bo Dahl in Oslo on June 2, 2021.", "talks", false);
}

#[test]
fn what_does_not_take_place_is_no_event() {
    assert_eq!(events("There are no plans for a meeting with Bo Dahl on June 20."), [""; 0]);
    assert_eq!(events("None asked for such a meeting in Oslo on June 20."), [""; 0]);
}

#[test]
fn who_is_meeting_somebody_today_meets_them() {
    assert_eq!(parties("Ada Holm is today meeting Bo Dahl and Ines Prado.").len(), 1);
    assert!(parties("Ada Holm is today meeting Bo Dahl in Oslo.")[0].starts_with("meeting: "));
    assert_eq!(events("Visiting Minister Ada Holm told reporters in Oslo on June 2 that it rains."), [""; 0]);
}

#[test]
fn nations_take_part_by_their_adjectives() {
    for (text, party) in [
        ("Chilean talks on June 2 failed. Chile was sad.", "Chilean talks: chile"),
        ("Chilean trade talks on June 2 failed. Chile was sad.", "Chilean trade talks: chile"),
        (
            "The Sino-Peruvian summit was on June 2. China and Peru agreed.",
            "Sino-Peruvian summit: china, peru",
        ),
        (
            "The Chilean–Peruvian talks of June 2 failed. Peru and Chile said so.",
            "Peruvian talks: chile, peru",
        ),
        (
            "The U.S.-Chilean talks of June 2 failed. Chile and the U.S. said so.",
            "Chilean talks: united-states, chile",
        ),
        (
            "Norwegian and Chilean drills with the navy began on June 2. Chile and Norway were glad.",
            "Chilean drills: norway, chile",
        ),
    ] {
        assert!(parties(text).contains(&party.to_owned()), "{text}: {:?}", parties(text));
    }
    for (text, party) in [
        ("The US-Peru talks of June 2 failed.", "US-Peru talks: united-states, peru"),
        ("In US-Peru talks on June 2 nothing was said.", "US-Peru talks: united-states, peru"),
        ("A Ghana-Togo summit was on June 2.", "Ghana-Togo summit: ghana, togo"),
        ("A Ghana – Togo summit was on June 2.", "Togo summit: ghana, togo"),
        ("NATO – Ghana talks in Oslo on June 2 were short.", "Ghana talks: nato, ghana"),
        ("The Ghana-NATO talks of June 2 failed.", "Ghana-NATO talks: nato, ghana"),
    ] {
        assert_eq!(parties(text), [party], "{text}");
    }
    for text in [
        // Nobody says who is there.
        "Chile was sad. The Chilean summit of June 2 failed.",
        "Chile was sad. The Chilean coalition talks of June 2 failed.",
        // The page does not name it.
        "The Norwegian talks of June 2 failed.",
    ] {
        assert!(parties(text)[0].ends_with(": "), "{text}: {:?}", parties(text));
    }
}

#[test]
fn places_of_a_list_are_visited_one_by_one() {
    let visits = |text: &str| -> Vec<String> {
        let document = found(text);
        let events = document.annotations.iter().filter(|annotation| annotation.layer == "event");
        let field = |event: &corpus_core::Annotation, name: &str| {
            event.value[name].as_str().unwrap_or("-").to_owned()
        };
        events
            .map(|event| {
                format!(
                    "{} {} {}",
                    &document.text[event.span.range()],
                    field(event, "event"),
                    field(event, "place")
                )
            })
            .collect()
    };
    assert_eq!(
        visits("Ada Holm visited Chile, Norway and Peru in May 2021."),
        ["visited event-1 chile", "Norway event-2 norway", "Peru event-3 peru"]
    );
    assert_eq!(visits("People travelling to Norway in May 2021 need tents."), [""; 0]);
    let found = parties("Ada Holm, travelling to Chile, Norway and Peru, met Bo Dahl on June 2.");
    assert!(found.contains(&"met: ada-holm, bo-dahl".to_owned()), "{found:?}");
    assert!(found.iter().all(|party| !party.contains("peru") && party.contains("ada-holm")), "{found:?}");
    assert_eq!(parties("In Oslo, Norway and Chile signed a treaty on June 2."), ["signed: norway, chile"]);
}

#[test]
fn who_is_spoken_of_at_an_event_takes_no_part() {
    for (text, party) in [
        (
            "Ada Holm accused Ines Prado of lying in a phone call with Bo Dahl on June 2.",
            "phone call: ada-holm, bo-dahl",
        ),
        (
            "Ada Holm accused Ines Prado during a telephone conversation with Bo Dahl on June 2.",
            "telephone conversation: ada-holm, bo-dahl",
        ),
        (
            "Ada Holm thanked Ines Prado for her help at a meeting with Bo Dahl on June 2.",
            "meeting: ada-holm, bo-dahl",
        ),
        (
            "Ada Holm told Ines Prado in a phone call on June 2 that it rained.",
            "phone call: ada-holm, ines-prado",
        ),
        ("In a call with Bo Dahl on June 2, Ada Holm criticised Ines Prado.", "call with: bo-dahl, ada-holm"),
    ] {
        assert_eq!(parties(text), [party], "{text}");
    }
    // Nothing stands before who opens the sentence with a post.
    assert_eq!(parties("President Ada Holm flew home in a phone call of June 2.").len(), 1);
    assert_eq!(events("phoned Ada Holm on June 2.").len(), 1);
    assert_eq!(events("Analysts on a conference call with Bo Dahl on June 2 were glad."), [""; 0]);
    assert_eq!(parties("Ada Holm met with naval and Norwegian officials on June 2."), ["met with: ada-holm"]);
    assert_eq!(
        parties("Ines Prado signed it on June 2 during a meeting between Ada Holm and Bo Dahl.")
            .last()
            .unwrap(),
        "meeting: ada-holm, bo-dahl"
    );
    assert_eq!(events("The plan met with success in Chile and Norway in May 2021."), [""; 0]);
}

#[test]
fn what_was_given_up_is_none() {
    for text in [
        "Ada Holm no longer plans to meet Bo Dahl.",
        "Ada Holm refused to meet Bo Dahl.",
        "Ada Holm cancelled a meeting with Bo Dahl.",
        "The visit of Ada Holm to Oslo was called off.",
        "A meeting between Ada Holm and Bo Dahl has been cancelled.",
    ] {
        assert_eq!(parties(text), [""; 0], "{text}");
    }
    assert_eq!(events("Ada Holm met Bo Dahl, and a concert was called off.").len(), 1);
    assert_eq!(events("Ada Holm came to Oslo for talks and a concert was called off.").len(), 1);
    assert_eq!(events("Ada Holm, who had cancelled her holiday, met Bo Dahl.").len(), 1);
}

#[test]
fn a_dateline_takes_no_part() {
    for dateline in ["OSLO —", "OSLO, March 3, 2021 –", "Oslo, March 3, 2021 —", "Oslo (Wire) -"] {
        let found = parties(&format!("{dateline} Ada Holm met Bo Dahl on Tuesday."));
        assert_eq!(found, ["met: ada-holm, bo-dahl"], "{dateline}");
    }
    assert_eq!(parties("CHILE – Peru met Bo Dahl on Tuesday."), ["met: peru, bo-dahl"]);
    assert_eq!(parties("CHILE – Peru talks with Bo Dahl on Tuesday."), ["Peru talks: bo-dahl, chile, peru"]);
}

#[test]
fn who_left_before_it_takes_no_part() {
    for text in [
        "Ada Holm left Oslo before a meeting on June 2, 2021.",
        "Ada Holm left the country ahead of a meeting on June 2, 2021.",
        "Ada Holm refused to attend a meeting on June 2, 2021.",
    ] {
        assert_eq!(parties(text), ["meeting: "], "{text}");
    }
    assert_eq!(
        parties("Ada Holm, who was born in Bergen, will travel to Oslo to meet Bo Dahl on June 14."),
        ["travel to: ada-holm", "meet: ada-holm, bo-dahl"]
    );
    assert_eq!(
        parties("Ada Holm, who had been ill, attended talks in Oslo on June 2, 2021."),
        ["attended talks: ada-holm"]
    );
}
