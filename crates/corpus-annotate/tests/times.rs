//! Times in sentences of our own, and their values.

#![allow(clippy::unwrap_used)]

use corpus_annotate::Annotators;
use corpus_core::{Record, Registry};

/// The times of a sentence that was written on Tuesday, 9 March 2021.
fn times(sentence: &str) -> Vec<(String, String)> {
    let mut record = Record::new("own.txt", sentence.as_bytes()).with_media_type("text/plain");
    record.metadata.date = Some("2021-03-09".to_owned());
    let mut documents = Registry::core().parse_all(&record);
    Annotators::core().only(&["time"]).unwrap().annotate(&mut documents[0]);
    let document = &documents[0];
    let times = document.annotations.iter().filter(|annotation| annotation.layer == "time");
    times
        .map(|time| {
            let value = time.value["timex"].as_str().unwrap_or("none");
            (document.text[time.span.range()].to_owned(), value.to_owned())
        })
        .collect()
}

#[track_caller]
fn says(sentence: &str, expected: &[(&str, &str)]) {
    let found = times(sentence);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(text, value)| (text.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{sentence}");
}

#[test]
fn four_digits_are_a_time_of_day_or_a_count_where_the_next_word_says_so() {
    says("The ferry left at 1530 EST from the old pier.", &[("1530 EST", "2021-03-09T15:30")]);
    says("Crews met at 0600 hours.", &[("0600 hours", "2021-03-09T06:00")]);
    says("About 1700 lawsuits were filed against the mill.", &[]);
    says("More than 1900 lorries were stopped.", &[]);
    says("The mill closed around 1985.", &[("1985", "1985")]);
    says("It lasted 2 1/2 years.", &[("2 1/2 years", "P2.5Y")]);
}

#[test]
fn days_that_are_none_are_no_days() {
    says("She was born on Feb. 29.", &[("Feb. 29", "2020-02-29")]);
    says("The shop will close on February 29.", &[("February 29", "2024-02-29")]);
    says("It was signed on 31 June 2015.", &[("31 June 2015", "2015-06")]);
}

#[test]
fn dates_in_other_orders() {
    says("The form was stamped 23/Sep/2020 in red.", &[("23/Sep/2020", "2020-09-23")]);
    says("It opened on January 1, 2010 or a little later.", &[("January 1, 2010", "2010-01-01")]);
    says("It opened in 1699 or 1700.", &[("1699", "1699"), ("1700", "1700")]);
    says("They met on the fourth of July 2019.", &[("the fourth of July 2019", "2019-07-04")]);
    says("The stories of 1892 – 94 were lost.", &[("1892", "1892"), ("94", "1894")]);
    says("After 9/11 the school was closed.", &[("9/11", "2001-09-11")]);
}

#[test]
fn feasts_that_move() {
    says("The market reopens on Easter Monday.", &[("Easter Monday", "2021-04-05")]);
    says("It was sold on Good Friday 2019.", &[("Good Friday 2019", "2019-04-19")]);
    says("They came home for Thanksgiving 2018.", &[("Thanksgiving 2018", "2018-11-22")]);
    says("It rained on New Year’s Eve.", &[("New Year’s Eve", "2020-12-31")]);
    says("The statues of Easter Island were cleaned.", &[]);
}

#[test]
fn years_of_other_eras_and_in_words() {
    says("The wall fell in 347 AD.", &[("347 AD", "0347")]);
    says("The canal was dug about 400 BCE.", &[("400 BCE", "BC0400")]);
    says("It was used from 1200 to about 400 BC.", &[("1200", "BC1200"), ("400 BC", "BC0400")]);
    says("He moved there in nineteen eighty-four.", &[("nineteen eighty-four", "1984")]);
    says("He died on 30 September 420, an old man.", &[("30 September 420", "0420-09-30")]);
    says("It was taken in the year 71, and held.", &[("71", "0071")]);
    says("Coins of the 3rd to the 5th century lay there.", &[("3rd", "02"), ("5th century", "04")]);
    says("They come from the 3rd to the 5th floor.", &[]);
    says("A 17th-century mill and a mid-1980s car.", &[("17th-century", "16"), ("mid-1980s", "198")]);
}

#[test]
fn early_years_of_a_life_and_years_that_have_something() {
    says("Abbot Theodulf (c. 314 – 368) built it.", &[("314", "0314"), ("368", "0368")]);
    says("The poet Arnulf (837–908) praised it.", &[("837", "0837"), ("908", "0908")]);
    says("It has rooms (120–250) of all sizes, and 366 beds.", &[]);
    says("The authors of Vision 2030’s goals agreed.", &[("2030", "2030")]);
    says("It was built in the 1930’s by the mill.", &[("1930’s", "193")]);
    says(
        "They met in the sixties and split in the late nineties.",
        &[("the sixties", "196"), ("the late nineties", "199")],
    );
}

#[test]
fn a_date_lies_where_the_one_before_it_in_the_sentence_lies() {
    says(
        "The ferry will call at Bergen in November, at Oslo in December and, as the owners of the line have it, at \
         the old harbour of Turku in January.",
        &[("November", "2021-11"), ("December", "2021-12"), ("January", "2022-01")],
    );
    says("The pilot comes this Friday.", &[("this Friday", "2021-03-12")]);
    says("The pilot came this Monday.", &[("this Monday", "2021-03-08")]);
    says("It was posted 24 hours ago.", &[("24 hours ago", "2021-03-08")]);
}

#[test]
fn days_that_words_join_have_one_month_and_year() {
    says("They meet on May 25 and 26 in Ely.", &[("May 25", "2021-05-25"), ("26", "2021-05-26")]);
    says("The talks of 25 and 26 May 2019 failed.", &[("25", "2019-05-25"), ("26 May 2019", "2019-05-26")]);
    says(
        "The fairs of March 3, 5 and 9, 2018, were small.",
        &[("March 3", "2018-03-03"), ("5", "2018-03-05"), ("9, 2018", "2018-03-09")],
    );
    says(
        "The 25th or the 26th of June 2019 will do.",
        &[("25th", "2019-06-25"), ("26th of June 2019", "2019-06-26")],
    );
    says("It burned in the night of 25/26 May 2019.", &[("25/26 May 2019", "2019-05-25/2019-05-26")]);
    says("On May 25 and 26 people came in 2019.", &[("May 25", "2020-05-25"), ("2019", "2019")]);
    says("On May 25, 12 of them left.", &[("May 25", "2020-05-25")]);
}
