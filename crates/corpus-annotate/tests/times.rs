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
fn what_is_on_a_day_is_still_to_come() {
    says("The vote is on Monday.", &[("Monday", "2021-03-15")]);
    says("The vote was on Monday.", &[("Monday", "2021-03-08")]);
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

#[test]
fn weekends_are_told_by_the_way_the_sentence_points() {
    says("Three barns burned over the weekend.", &[("the weekend", "2021-W09-WE")]);
    says("The choir will sing at the weekend.", &[("the weekend", "2021-W10-WE")]);
    says("The weekend’s races were called off.", &[("The weekend", "2021-W09-WE")]);
    says("Farmers marched this past weekend.", &[("this past weekend", "2021-W09-WE")]);
    says("He came home the week before last.", &[("the week before last", "2021-W08")]);
    says("It was sold the Friday before last.", &[("the Friday before last", "2021-02-26")]);
    says("He sold hats at the weekend market.", &[]);
    says("It snowed the day before yesterday.", &[("the day before yesterday", "2021-03-07")]);
    says("They sail the day after tomorrow.", &[("the day after tomorrow", "2021-03-11")]);
    says("It will open a week from Friday.", &[("a week from Friday", "2021-03-19")]);
    says("The lake froze in the week of February 8.", &[("the week of February 8", "2021-W06")]);
}

#[test]
fn a_part_or_the_end_of_a_period_is_that_of_the_period() {
    says("The mayor resigned earlier in the year.", &[("earlier in the year", "2021")]);
    says("The debt must be paid by year end.", &[("year end", "2021")]);
    says("A year-end review of 2019 is out.", &[("year-end", "2021"), ("2019", "2019")]);
    says("Output for July-September 2018 fell.", &[("July-September 2018", "2018-07/2018-09")]);
    says("She wrote it between March and May in 1987.", &[("March", "1987-03"), ("May in 1987", "1987-05")]);
    says("The 2018/19 season was short.", &[("2018", "2018"), ("19", "2019")]);
    says("The ratio of 2018/77 means nothing.", &[]);
    says("In the 1900s and the 2000s.", &[("1900s", "19"), ("2000s", "200")]);
    says("Abbeys of the tenth to twelfth centuries.", &[("the tenth", "09"), ("twelfth centuries", "11")]);
    says("His Map of Winds (1466) is lost.", &[("1466", "1466")]);
}

#[test]
fn ages_and_the_weather_are_no_decades_and_some_days_have_names() {
    says("She is in her 80s, her son in his early 50s.", &[]);
    says("The pilot, in his late forties, was calm.", &[]);
    says("Temperatures climbed into the 90s.", &[]);
    says("He sang in the 90s.", &[("90s", "199")]);
    says("Shops were full on Black Friday and on Cyber Monday.", &[]);
    says("The pool shuts on Mondays.", &[("Mondays", "XXXX-WXX-1")]);
    says("Bins are emptied every other week.", &[("every other week", "P2W")]);
    says("They ran in the snow on Boxing Day.", &[("Boxing Day", "2020-12-26")]);
    says("Boxing was banned.", &[]);
}

#[test]
fn lengths_counted_from_what_was_told_or_from_now() {
    says("In 2014 it won; two years prior, it had lost.", &[("2014", "2014"), ("two years prior", "2012")]);
    says("They bought the mill three years back.", &[("three years back", "2018")]);
    says("They moved back three years ago.", &[("three years ago", "2018")]);
    says("It will be gone in ten years’ time.", &[("ten years’ time", "2031")]);
    says("The bridge fell a year ago today.", &[("a year ago today", "2020-03-09")]);
    says("It began two and a half months ago.", &[("two and a half months ago", "2020-12")]);
    says(
        "The pier burned in 1950. Six years later, in 1971, it was rebuilt.",
        &[("1950", "1950"), ("Six years later", "1971"), ("1971", "1971")],
    );
}

#[test]
fn what_begins_is_still_to_come_and_by_may_lead_to_what_was() {
    says("The firm will sell the mill to invited traders in July.", &[("July", "2021-07")]);
    says("The firm sold the mill to invited traders in July.", &[("July", "2020-07")]);
    says("The firm hoped to sell the mill in July.", &[("July", "2021-07")]);
    says("The firm hoped that it sold the mill in July.", &[("July", "2020-07")]);
    says("The mill might burn in July.", &[("July", "2021-07")]);
    says("The mill might have burned in July.", &[("July", "2020-07")]);
    says("The vote takes place on 4 August.", &[("4 August", "2021-08-04")]);
    says("The vote took place on 4 August.", &[("4 August", "2020-08-04")]);
    says("The hearing begins on Friday.", &[("Friday", "2021-03-12")]);
    says("Lessons start Monday.", &[("Monday", "2021-03-15")]);
    says("It was off to a slow start on Friday.", &[("Friday", "2021-03-05")]);
    says("She is supposed to sing on Sunday.", &[("Sunday", "2021-03-14")]);
    says("A thousand tents had been pitched by Thursday.", &[("Thursday", "2021-03-04")]);
    says("They were told to leave by Thursday.", &[("Thursday", "2021-03-11")]);
    says(
        "It opened on January 23, 2021, and is to run from January 23 to 9 May.",
        &[("January 23, 2021", "2021-01-23"), ("January 23", "2021-01-23"), ("9 May", "2021-05-09")],
    );
}

#[test]
fn stamps_have_their_time_of_day() {
    says("Logged 2020-12-05T10:30:00Z by the buoy.", &[("2020-12-05T10:30:00Z", "2020-12-05T10:30Z")]);
    says("Logged 2020-12-05T10:30+01:00.", &[("2020-12-05T10:30+01:00", "2020-12-05T10:30")]);
    says("The ferry left at 9 in the morning.", &[("9 in the morning", "2021-03-09T09:00")]);
}

#[test]
fn a_day_without_a_year_is_of_now_where_it_lay_close_before() {
    says(
        "He took office in 2018. The mill said on Tuesday, March 2, that it would close.",
        &[("2018", "2018"), ("Tuesday, March 2", "2021-03-02")],
    );
    says(
        "The quay was inspected in 2019. Lund met Dahl on March 5.",
        &[("2019", "2019"), ("March 5", "2021-03-05")],
    );
    says("The strike began in 2016. It ended in October.", &[("2016", "2016"), ("October", "2016-10")]);
    says(
        "The strike began on 3 January 2018. It ended on 5 March.",
        &[("3 January 2018", "2018-01-03"), ("5 March", "2018-03-05")],
    );
    // The third of April was a Saturday in 2021, a Friday in 2020.
    says("The mill closed on Friday, April 3.", &[("Friday, April 3", "2020-04-03")]);
}

#[test]
fn a_day_close_ahead_is_not_of_the_year_before() {
    says("The bank offered bills that close on April 6.", &[("April 6", "2021-04-06")]);
    says("It was payable to holders of record March 20.", &[("March 20", "2021-03-20")]);
    says("He was arrested on 8 December.", &[("8 December", "2020-12-08")]);
}

#[test]
fn numbers_are_early_years_where_others_are() {
    says(
        "Osric was born about 627 AD. In 648 Osric sailed. He came back around 651, and until 660 he wrote.",
        &[("627 AD", "0627"), ("648", "0648"), ("651", "0651"), ("660", "0660")],
    );
    says(
        "Osric died in December of 684. He had fled from 671 - 676, as told in 345 letters.",
        &[("December of 684", "0684-12"), ("671", "0671"), ("676", "0676")],
    );
    says(
        "Osric died in December of 684. He left about 350. They lay in 348,000 rooms, about 377.",
        &[("December of 684", "0684-12"), ("377", "0377")],
    );
    says("In 648 she sailed, and around 651 she came back.", &[]);
}

#[test]
fn a_year_over_a_section_is_that_of_its_days() {
    says(
        "The Ferry of Lund, from its beginning to its end\n\n2014\n\nThe ferry sank on June 4, and was raised in May.\n\n2016\n\nThe crew was paid on July 6, after a strike of six days.\n",
        &[
            ("2014", "2014"),
            ("June 4", "2014-06-04"),
            ("May", "2014-05"),
            ("2016", "2016"),
            ("July 6", "2016-07-06"),
            ("six days", "P6D"),
        ],
    );
}

#[test]
fn what_recurs_is_of_no_one_year() {
    for (sentence, words, value) in [
        ("The fair is held every May.", "every May", "XXXX-05"),
        ("The fair opens every June 3.", "every June 3", "XXXX-06-03"),
        ("Every Christmas they sing.", "Every Christmas", "XXXX-12-25"),
        ("Every other Tuesday the market opens.", "Every other Tuesday", "XXXX-WXX-2"),
        ("Traditionally, the fair opens in September.", "September", "XXXX-09"),
        ("The club usually meets in winter.", "winter", "XXXX-WI"),
        ("In recent Mays it rained.", "Mays", "XXXX-05"),
        ("It was dry in summers past.", "summers", "XXXX-SU"),
    ] {
        says(sentence, &[(words, value)]);
    }
    says(
        "The river floods in April and May of each year.",
        &[("April", "XXXX-04"), ("May", "XXXX-05"), ("each year", "P1Y")],
    );
    says("As usually happens, the fair opened in February.", &[("February", "2021-02")]);
    says("The fair, usually late, will open in September.", &[("September", "2021-09")]);
    says("Summers and Mays Ltd was sold.", &[]);
}

#[test]
fn an_entry_under_a_time_of_day_is_of_the_day_of_the_page_or_of_the_one_that_heads_it() {
    let live = "The crew left the pier on 3 February 2020.\n\n10:42\n\nThe bridge is shut, the mayor says.\n\n\
                11:05 The bridge is open again.\n\nThe talks of 2 May 2019 were held at 14:30.";
    says(
        live,
        &[
            ("3 February 2020", "2020-02-03"),
            ("10:42", "2021-03-09T10:42"),
            ("11:05", "2021-03-09T11:05"),
            ("2 May 2019", "2019-05-02"),
            ("14:30", "2019-05-02T14:30"),
        ],
    );
    let headed = "The crew left the pier.\n\n7 March 2021\n\n10:42\n\nThe bridge is shut, the mayor says.\n\n\
                  11:05 The bridge of 2 May 2019 is open again.\n\n11:20 The pier is shut.";
    says(
        headed,
        &[
            ("7 March 2021", "2021-03-07"),
            ("10:42", "2021-03-07T10:42"),
            ("11:05", "2021-03-07T11:05"),
            ("2 May 2019", "2019-05-02"),
            ("11:20", "2021-03-07T11:20"),
        ],
    );
}

#[test]
fn what_was_done_on_a_day_was_done_before_now() {
    for done in [
        "He was arrested on April 2.",
        "The dam broke on April 2.",
        "The mayor died in Lund on April 2.",
        "Sales of boats fell in April.",
    ] {
        let found = times(done);
        assert!(found[0].1.starts_with("2020-04"), "{done}: {found:?}");
    }
    for ahead in [
        "The mayor announced a vote on April 2.",
        "The bank offered bills that close on April 2.",
        "The court set a hearing on April 2.",
        "The council agreed to meet on April 2.",
    ] {
        let found = times(ahead);
        assert_eq!(found[0].1, "2021-04-02", "{ahead}");
    }
    says("Sales rose in the third quarter.", &[("the third quarter", "2020-Q3")]);
}

#[test]
fn how_many_are_of_british_columbia_is_no_year() {
    says("The fire left 12 BC residents without a home.", &[]);
    says("Some 300 BC nurses left.", &[]);
    says("The town fell in 300 BC.", &[("300 BC", "BC0300")]);
    says("The 300 BC temple was found here.", &[("300 BC", "BC0300")]);
    says("In 300 BC residents fled the town.", &[("300 BC", "BC0300")]);
}
