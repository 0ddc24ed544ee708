//! Dates in the forms of many sites and languages.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn finds(text: &str, expected: &str) {
    let found = find(text).map_or("none".to_owned(), |(_, date)| date.to_string());
    assert_eq!(found, expected, "{text}");
}

#[test]
fn english() {
    finds("October 02, 2017 11:57", "2017-10-02T11:57");
    finds("2 October 2017", "2017-10-02");
    finds("Oct. 2nd, 2017 at 11:57 am EST", "2017-10-02T11:57-05:00");
    finds("Monday, 2 Oct 2017", "2017-10-02");
    finds("Published 12:05 a.m. ET, Mon October 2, 2017", "2017-10-02T00:05");
    finds("the 2nd of October, 2017", "2017-10-02");
    finds("OCTOBER 2 2017, 5 PM", "2017-10-02T17:00");
    finds("Sept 2, 2017 | 5:30pm GMT+2", "2017-09-02T17:30+02:00");
    finds("02-Oct-17", "2017-10-02");
    finds("Oct 2 '17", "2017-10-02");
    finds("Updated: Fri 2 Jun 2017 at 11.57pm", "2017-06-02T23:57");
    finds("October 2017", "2017-10");
    finds("Mon Oct  2 11:57:00 UTC 2017", "2017-10-02T11:57Z");
    finds("02/Oct/2017:11:57:00 +0000", "2017-10-02T11:57Z");
    finds("11:57, 2 October 2017", "2017-10-02T11:57");
    finds("11:57 (MSK), 2 October 2017 updated 12:30", "2017-10-02T11:57+03:00");
    finds("May 4, 2020May 6, 2020", "2020-05-04");
    finds("Posted on October 2, 2017 by Someone", "2017-10-02");
    finds("Published2 October 2017", "2017-10-02");
    finds("The Valley TimesOctober 2, 2017", "2017-10-02");
    finds("October 2, 20170", "2017-10-02");
    finds("18:25 02 Oct 17", "2017-10-02T18:25");
}

#[test]
fn figures() {
    finds("2017-10-02T11:57:00+02:00", "2017-10-02T11:57+02:00");
    finds("2017-10-02 11:57:00.123Z", "2017-10-02T11:57Z");
    finds("2017/10/02", "2017-10-02");
    finds("2017.10.02 11:57", "2017-10-02T11:57");
    finds("02.10.2017, 11:57 Uhr", "2017-10-02T11:57");
    finds("2. 10. 2017", "2017-10-02");
    finds("2.10.2017 klo 9.05", "2017-10-02T09:05");
    finds("02.10.17", "2017-10-02");
    finds("10/22/2017", "2017-10-22");
    finds("22/10/2017 - 18:30", "2017-10-22T18:30");
    finds("22-10-2017", "2017-10-22");
    finds("04/04/2020", "2020-04-04");
    finds("08/08/2017by Ida", "2017-08-08");
    finds("18:30 | 22.10.2017", "2017-10-22T18:30");
}

#[test]
fn figures_in_either_order_are_open_unless_the_text_tells() {
    finds("03/04/2020", "2020");
    finds("03-04-2020", "2020");
    finds("03.04.2020", "2020-04-03");
    finds("03/04/2020 11:57 EST", "2020-03-04T11:57-05:00");
    finds("03/04/2020 11h57", "2020-04-03T11:57");
    finds("03/04/2020 18:00 Uhr", "2020-04-03T18:00");
    // 3 April 2020 was a Friday, 4 March a Wednesday.
    finds("Friday, 03/04/2020", "2020-04-03");
    finds("Wed 03/04/2020", "2020-03-04");
    finds("Monday 03/04/2020", "2020");
}

#[test]
fn other_languages() {
    finds("2. Oktober 2017", "2017-10-02");
    finds("Montag, den 2. Oktober 2017 um 18 Uhr", "2017-10-02T18:00");
    finds("12. Jänner 2017", "2017-01-12");
    finds("2 octobre 2017", "2017-10-02");
    finds("Publié le 1er août 2017 à 11h57", "2017-08-01T11:57");
    finds("2 de octubre de 2017", "2017-10-02");
    finds("2 de octubre de 2017 a las 11:57", "2017-10-02T11:57");
    finds("2 d’octubre de 2017", "2017-10-02");
    finds("2 de março de 2017, às 9h05", "2017-03-02T09:05");
    finds("2 set 2017", "2017-09-02");
    finds("lunedì 2 ottobre 2017 ore 11:57", "2017-10-02T11:57");
    finds("2 oktober 2017 om 11.57 uur", "2017-10-02T11:57");
    finds("2 października 2017, godz. 11:57", "2017-10-02T11:57");
    finds("2 listopada 2017", "2017-11-02");
    finds("2. listopada 2017.", "2017-10-02");
    finds("2. října 2017 v 11:57", "2017-10-02T11:57");
    finds("2 октября 2017 г. в 11:57", "2017-10-02T11:57");
    finds("11:57, 2 октября 2017", "2017-10-02T11:57");
    finds("2 жовтня 2017", "2017-10-02");
    finds("2 кастрычніка 2017", "2017-10-02");
    finds("2017. október 2., 11:57", "2017-10-02T11:57");
    finds("2017. 10. 02. 11:57", "2017-10-02T11:57");
    finds("2017 m. spalio 2 d. 11:57", "2017-10-02T11:57");
    finds("2017. gada 2. oktobrī", "2017-10-02");
    finds("2. lokakuuta 2017", "2017-10-02");
    finds("2. oktoober 2017", "2017-10-02");
    finds("2 Οκτωβρίου 2017", "2017-10-02");
    finds("2 Ekim 2017 Pazartesi", "2017-10-02");
    finds("2 tháng 10, 2017", "2017-10-02");
    finds("Ngày 2 tháng 10 năm 2017", "2017-10-02");
    finds("2 Oktober 2017 11:57 WIB", "2017-10-02T11:57+07:00");
    finds("2017年10月2日", "2017-10-02");
    finds("2017年10月02日 11:57", "2017-10-02T11:57");
    finds("2017年10月2日(月) 下午3:05", "2017-10-02T15:05");
    finds("２０１７年１０月２日", "2017-10-02");
    finds("2017년 10월 2일 11:57", "2017-10-02T11:57");
    finds("٢ أكتوبر ٢٠١٧", "2017-10-02");
    finds("2 באוקטובר 2017", "2017-10-02");
    finds("२ अक्टूबर २०१७", "2017-10-02");
    finds("2 ตุลาคม 2560", "2017-10-02");
    finds("2 ოქტომბერი 2017", "2017-10-02");
}

#[test]
fn no_dates() {
    for text in [
        "",
        "No digits here",
        "March 4",
        "2017",
        "Paper10/02/2017",
        "Flight 2017 left at 10:02",
        "version 1.10.2017.5",
        "10.02.2017.10.02",
        "31 September",
        "2017-13-02",
        "2017-02-30",
        "30/30/2017",
        "2010-12",
        "the 2017-18 season",
        "set 2020 goals",
        "MacBook Pro 13, 2020",
        "1234567890123456789",
        "+44 20 1234 5678",
        "10,000 in 2017",
        "a2017-10-02",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_day_the_month_lacks_leaves_month_or_year() {
    finds("31 September 2017", "2017-09");
}

#[test]
fn ranges_cover_date_and_time() {
    let text = "Seen: October 02, 2017 11:57 (edited)";
    assert_eq!(&text[find(text).unwrap().0], "October 02, 2017 11:57");
    let text = "11:57 GMT, 2 октября 2017 — выпуск";
    assert_eq!(&text[find(text).unwrap().0], "11:57 GMT, 2 октября 2017");
    let text = "2 октября 2017 г., 11:57";
    assert_eq!(&text[find(text).unwrap().0], text);
}

#[test]
fn a_date_without_a_year_is_open() {
    let open = |text: &str| find_open(text).map_or("none".to_owned(), |(_, date)| date.to_string());
    assert_eq!(open("September 6, 11:57"), "XXXX-09-06");
    assert_eq!(open("on 6 September"), "XXXX-09-06");
    assert_eq!(open("6 September, then 7 October 2017"), "2017-10-07");
    assert_eq!(open("October 11:57"), "none");
    assert_eq!(open("October (5)"), "none");
    assert_eq!(open("4.5 out of 5, 2nd gen, 5d ago"), "none");
}

#[test]
fn addresses() {
    for (url, expected) in [
        ("https://news.example/2017/10/02/a-title", "2017-10-02"),
        ("https://news.example/2017/10/02", "2017-10-02"),
        ("https://news.example/2017/10/2/a-title", "2017-10-02"),
        ("https://news.example/world/2017-10-02-a-title.html", "2017-10-02"),
        ("https://news.example/a-title-2017-10-02.html", "2017-10-02"),
        ("https://news.example/20171002/a-title", "2017-10-02"),
        ("https://news.example/world/20171002_a-title.html", "2017-10-02"),
        ("https://news.example/2017/oct/02/a-title", "2017-10-02"),
        ("https://news.example/2017/june/02/a-title", "2017-06-02"),
        ("https://news.example/2017-10/02/c_1121.htm", "2017-10-02"),
        ("https://news.example/n1/2017/1002/c1.html", "2017-10-02"),
        ("https://news.example/201710/t20171002_334.html", "2017-10-02"),
        ("https://news.example/2017/10/a-title", "2017-10"),
        ("https://news.example/2017/10/", "2017-10"),
        ("https://news.example/2017/10/5-things", "2017-10"),
        ("https://news.example/2017/10/02-five-things", "2017-10-02"),
        ("/2017/10/02/", "2017-10-02"),
    ] {
        assert_eq!(find_in_url(url).map(|date| date.to_string()).as_deref(), Some(expected), "{url}");
    }
    for url in [
        "",
        "/",
        "https://news.example",
        "https://news.example/2017/a-title",
        "https://news.example/season-2017-18",
        "https://news.example/2017-18/team",
        "https://news.example/1789/10/02/",
        "https://news.example/2017/13/02/",
        "https://news.example/2017/02/30",
        "https://news.example/story-120171002",
        "https://news.example/20179914",
        "https://news.example/?date=2017-10-02",
        "https://archive.example/web/20120611024252/page",
        "https://2017-10-02.example/page",
    ] {
        let expected = url.ends_with("02/30").then(|| "2017-02".to_owned());
        assert_eq!(find_in_url(url).map(|date| date.to_string()), expected, "{url}");
    }
}

#[test]
fn stamps() {
    for (text, expected) in [
        ("2017-10-02", "2017-10-02"),
        (" 2017-10-02T11:57:00+02:00 ", "2017-10-02T11:57+02:00"),
        ("2017-10-02T11:57:00.000Z", "2017-10-02T11:57Z"),
        ("2017-10-02 11:57:00", "2017-10-02T11:57"),
        ("2017-10-02 11:57:42.389000+00:00", "2017-10-02T11:57Z"),
        ("2017-10-02 11:57:00+02", "2017-10-02T11:57+02:00"),
        ("2017-10-02T11:57:00+02:00[Europe/Berlin]", "2017-10-02T11:57+02:00"),
        ("20171002", "2017-10-02"),
        ("20171002T115700Z", "2017-10-02T11:57Z"),
        ("20171002T1157", "2017-10-02T11:57"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
        ("Mon, 02 Oct 2017 11:57:00 GMT", "2017-10-02T11:57Z"),
        ("Mon, 02 Oct 2017 11:57:00 -0430", "2017-10-02T11:57-04:30"),
        ("Monday, 02-Oct-17 11:57:00 UTC", "2017-10-02T11:57Z"),
        ("Mon Oct  2 11:57:00 2017", "2017-10-02T11:57"),
        ("October 2, 2017", "2017-10-02"),
    ] {
        assert_eq!(read_stamp(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "",
        "1506945420",
        "1506945420000",
        "yesterday",
        "issue of 2 October 2017",
        "2017-99-99",
        "n/a",
        "20１7",
    ] {
        assert_eq!(read_stamp(text), None, "{text}");
    }
}

#[test]
fn coverage_counts_letters_and_digits() {
    for text in [
        "October 02, 2017 11:57",
        "2017-10-02T11:57:00+02:00",
        "Monday",
        "Mon, 2 Oct 2017, 5:30 p.m. EST",
        "on Monday 2 October at 11:57",
        "2. Oktober 2017 um 18 Uhr",
        "2017年10月2日",
        "11:57",
    ] {
        assert_eq!(coverage(text), 1.0, "{text}");
        assert!(is_mostly_date(text));
    }
    for text in ["", "—", "May", "Sun and moon", "Top 10 of 2017", "Room 101 in May", "100 mon"] {
        assert_eq!(coverage(text), 0.0, "{text}");
    }
    assert!((coverage("By Jane Doe - 2018-09-16") - 8.0 / 17.0).abs() < 1e-6);
}

#[test]
fn ages_and_reading_times() {
    for text in [
        "3 hours ago",
        "Updated 5 min ago",
        "an hour ago",
        "vor 2 Stunden",
        "vor einer Stunde",
        "il y a 3 heures",
        "hace 2 días",
        "há 3 horas",
        "3 uur geleden",
        "2 часа назад",
        "5 хвилин тому",
        "2 saat önce",
        "3小时前",
        "5分前",
        "3시간 전",
        "12h",
        "2 d",
        "yesterday",
        "Gestern, 11:57",
    ] {
        // A blank between number and letter is prose as often as not.
        assert_eq!(is_relative_age(text), text != "2 d", "{text}");
    }
    for text in [
        "",
        "3 hours",
        "per month for 12 months",
        "5 apples ago",
        "Long ago",
        "The man left 3 hours ago by train",
        "2017",
        "5K",
    ] {
        assert!(!is_relative_age(text), "{text}");
    }
    for text in [
        "5 min read",
        "5 minute read",
        "Reading time: 4 minutes",
        "Temps de lecture : 3 min",
        "Lesezeit 3 Min.",
        "4 мин. чтения",
    ] {
        assert!(is_reading_time(text), "{text}");
    }
    for text in ["5 min", "read", "I read it in 5 minutes on the train", "5 minutes ago"] {
        assert!(!is_reading_time(text), "{text}");
    }
}

#[test]
fn few_words_name_two_months() {
    let mut two = Vec::new();
    for word in words::WORDS.words() {
        let value = line::Line::new(word).word(0).map_or(0, |word| word.value);
        if (value & MONTH).count_ones() > 1 {
            two.push(word);
        }
    }
    assert_eq!(two, ["listopada"]);
}

#[test]
fn a_name_may_be_glued_to_a_date_in_figures() {
    assert_eq!(find("Ana Brandt24.04.2024").unwrap().1.as_str(), "2024-04-24");
    assert_eq!((find("build4.04.2024"), find("v24.04.20"), find("a24/04/2024")), (None, None, None));
}

#[test]
fn the_day_from_which_programs_count_is_none() {
    for text in ["1970-01-01", "1970-01-01T00:00:00Z", "January 1, 1970", "01.01.1970 00:00", "19700101"] {
        assert_eq!((find(text), read_stamp(text)), (None, None), "{text}");
    }
    assert_eq!(find("Posted 01/01/1970, updated 3 May 2021").unwrap().1.as_str(), "2021-05-03");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in r"\PC{0,60}|([0-9]{1,4}|[ ./:,-]|Oct|Mon|am|GMT|vor|h|年|月|日|T|Z|[+]|octobre|de|’){0,16}") {
        if let Some((range, date)) = find_open(&text) {
            prop_assert!(text.get(range).is_some_and(|stated| !stated.is_empty()));
            prop_assert!(date.to_string().parse::<Edtf>().is_ok());
        }
        read_stamp(&text);
        find_in_url(&text);
        find_in_url(&format!("/{text}"));
        prop_assert!((0.0..=1.0).contains(&coverage(&text)));
        is_relative_age(&text);
        is_reading_time(&text);
    }

    #[test]
    fn every_day_is_read_in_every_form(year in 1990i32..2100, month in 1u8..13, day in 1u8..29) {
        let expected = Edtf::day(year, month, day);
        for text in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day}.{month}.{year}"),
            format!("{year}年{month}月{day}日"),
            format!("{day} {} {year}", ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][usize::from(month) - 1]),
        ] {
            prop_assert_eq!(find(&text).map(|(_, date)| date), expected.clone());
        }
        prop_assert_eq!(find_in_url(&format!("/{year}/{month:02}/{day:02}/title")), expected);
    }
}

/// The date that a record states of a page that states none, and whether a remark says that it cannot be read.
fn of_record(date: &str) -> (Option<String>, bool) {
    use crate::{Metadata, Parser, Record, text::Text};
    let text =
        "Low water\n\nThe ferry waits at the old quay until the tide comes in again, said its master.\n";
    let metadata = Metadata { date: Some(date.to_owned()), ..Metadata::default() };
    let record = Record::new("a.jsonl", text.as_bytes()).with_metadata(metadata);
    let document = Text::new().parse_all(&record).remove(0);
    let published = document.article().and_then(|part| part.published.as_ref());
    let is_told = document.diagnostics.iter().any(|remark| remark.code == "record.date");
    (published.map(|published| published.edtf.to_string()), is_told)
}

#[test]
fn a_record_may_count_seconds_and_may_say_that_it_has_no_date() {
    let date = |text: &str| (Some(text.to_owned()), false);
    for stated in ["1583402400", "1583402400000", "2020-03-05"] {
        assert_eq!(of_record(stated), date("2020-03-05"), "{stated}");
    }
    for none in ["null", "None", "NaN", " n/a ", "-", "0"] {
        assert_eq!(of_record(none), (None, false), "{none:?}");
    }
    for unread in ["soon", "12", "158340240"] {
        assert_eq!(of_record(unread), (None, true), "{unread:?}");
    }
}
