//! Dates in the running text of one language: "am 15. März 2021", "le 3 mars", "в феврале 2021 года".

use super::{
    beside::{days_before, days_behind, names_street},
    calendar::{self, Found},
    line::{Line, Number, digit_value, is_letter},
    names::MONTHS,
    words::{CONNECTOR, MONTH, SHORT, WEEKDAY},
};
use std::ops::Range;

/// A date as a running text states it; what it does not say is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Where it stands, in bytes, with the weekday before it.
    pub range: Range<usize>,
    /// The year.
    pub year: Option<i32>,
    /// The month, from 1; a date without one says its year alone.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// The first of several days that a dash or a slash joins, of which `day` is the last: "15.–17. März".
    pub first_day: Option<u8>,
    /// Whether a street, a square or a bridge is named so: "Straße des 17. Juni".
    pub is_street: bool,
}

/// The dates that a text in `language` writes out, in its order: day, month and year in words or figures, a month with
/// its year, a day with its month.
///
/// Month words are those of the language alone, in its cases: "listopada" is October in Croatian and November in
/// Polish, and "mars" no month in English. Of a language without a table, the words of all count. A shortened month
/// needs its full stop, capitals, the mark of a dateline behind it, or both day and year beside it. Of two small numbers in figures the first is the day, as all
/// but a few languages write it; in those few the order stays open and the date is its year.
///
/// Each of several days that words join is a date of its own: of "25. und 26. Mai" the first one is cited as "25.". A
/// weekday, a month or a year by itself and a time of day are not read.
///
/// ```
/// use corpus_core::date;
/// let text = "Am Freitag, dem 2. Oktober, und im März 2021";
/// let dates: Vec<_> = date::in_running_text(text, "de").collect();
/// assert_eq!((dates[0].month, dates[0].day, dates[0].year), (Some(10), Some(2), None));
/// assert_eq!(&text[dates[0].range.clone()], "Freitag, dem 2. Oktober");
/// assert_eq!((dates[1].month, dates[1].day, dates[1].year), (Some(3), None, Some(2021)));
/// assert_eq!(date::in_running_text("En mars 15 navires partent", "fr").next(), None);
/// ```
pub fn in_running_text<'t>(text: &'t str, language: &str) -> Running<'t> {
    let language = language.split('-').next().unwrap_or(language);
    let has = |languages: &str| languages.split(' ').any(|one| one == language);
    Running {
        line: Line::new(text),
        months: MONTHS.iter().filter(|(languages, _)| has(languages)).map(|(_, months)| months).collect(),
        month_first: has(MONTH_FIRST),
        day_first_in_figures: !has(OPEN_IN_FIGURES),
        at: 0,
        last_end: 0,
        further: Vec::new(),
    }
}

/// Languages that write the month before the day.
const MONTH_FIRST: &str = "en hu lt eu tl fil zh ja ko mn";
/// Languages of which some countries write the month first in figures too, or the year.
const OPEN_IN_FIGURES: &str = "en tl fil zh ja ko";

/// The dates of a running text.
#[derive(Clone)]
pub struct Running<'t> {
    line: Line<'t>,
    /// The names of months in the language; none where there is no table of it.
    months: Vec<&'static [&'static str; 12]>,
    month_first: bool,
    day_first_in_figures: bool,
    at: usize,
    /// Where the last date ends.
    last_end: usize,
    /// Dates that were read with the one before them, the last one first.
    further: Vec<Stated>,
}

impl Iterator for Running<'_> {
    type Item = Stated;

    fn next(&mut self) -> Option<Stated> {
        loop {
            if let Some(further) = self.further.pop() {
                return Some(further);
            }
            let digit = self.line.next_digit(self.at)?;
            let number = self.line.number(digit)?;
            self.at = number.end;
            if let Some(stated) = self.read(number) {
                self.keep(stated, number);
            }
        }
    }
}

impl Running<'_> {
    /// Keeps a date with the days of its month that words join to it.
    fn keep(&mut self, stated: Stated, number: Number) {
        let bound = self.last_end;
        (self.at, self.last_end) = (number.end.max(stated.range.end), stated.range.end);
        let mut days = vec![stated.clone()];
        if let Some(day) = stated.day.filter(|_| stated.month.is_some() && !stated.is_street) {
            let (before, behind) = if self.month_first {
                (Vec::new(), days_behind(self.line, stated.range.end, day))
            } else {
                let dotted = self.line.char_at(number.end) == Some('.');
                let first = stated.first_day.unwrap_or(day);
                (days_before(self.line, stated.range.start, first, dotted, bound), Vec::new())
            };
            let of_month = |(range, day)| Stated { range, day: Some(day), first_day: None, ..stated.clone() };
            if let Some((last, _)) = behind.last() {
                (self.at, self.last_end) = (last.end, last.end);
            }
            days.splice(0..0, before.into_iter().map(of_month));
            days.extend(behind.into_iter().map(of_month));
        }
        days.reverse();
        self.further = days;
    }

    fn read(&self, number: Number) -> Option<Stated> {
        if number.n_digits > 4 || self.goes_on(number) {
            return None;
        }
        let mut found = calendar::read_day(self.line, number, None)?;
        if found.clock.is_some() || found.start < self.last_end {
            return None;
        }
        match self.month_word(&found) {
            Some(range) => {
                let (month, is_short) = self.month_named(range.clone(), found)?;
                let leads = range.start == found.start;
                let year_leads = !leads && number.n_digits == 4;
                let alone = found.year.is_none() || found.day.is_none();
                let unsaid = found.year.is_none() && leads;
                if (is_short && alone && !self.is_cut_short(range))
                    || ((unsaid || year_leads) && !self.month_first)
                {
                    return None;
                }
                found.month = Some(month);
            }
            None if found.month.is_none() && self.day_first_in_figures => {
                let first = self.line.number(found.start)?;
                let second = self.line.number(self.line.skip_blanks(first.end + 1))?;
                found.day = u8::try_from(first.value).ok();
                found.month = u8::try_from(second.value).ok();
            }
            None => {}
        }
        // The stop after "года" ends a sentence, that after "г." does not.
        let stop = self.line.slice(found.start, found.end).strip_suffix('.');
        if stop.is_some_and(|said| said.chars().rev().take_while(|c| is_letter(*c)).count() > 2) {
            found.end -= 1;
        }
        let first = found.day.and_then(|day| self.first_day(found.start, day));
        let start = match first {
            Some((start, _)) => start,
            None => self.weekday_before(found.start).filter(|_| found.day.is_some()).unwrap_or(found.start),
        };
        let is_street = found.day.is_some() && names_street(self.line, found.start, found.start..found.end);
        Some(Stated {
            is_street,
            range: start.max(self.last_end)..found.end,
            year: found.year.map(i32::from),
            month: found.month,
            day: found.day,
            first_day: first.map(|(_, day)| day),
        })
    }

    /// Whether the number is the end of a word or of a longer number: "A4", "2,5", "12:30".
    fn goes_on(&self, number: Number) -> bool {
        match self.line.char_before(number.start) {
            Some(mark @ ('.' | ',' | ':')) => {
                let before = self.line.char_before(number.start - mark.len_utf8());
                before.is_some_and(|c| digit_value(c).is_some())
            }
            Some(c) => c == '_' || (c.is_ascii() && is_letter(c)),
            None => false,
        }
    }

    /// Where the word of its month stands in a date.
    fn month_word(&self, found: &Found) -> Option<Range<usize>> {
        let mut at = found.start;
        while at < found.end {
            if let Some(word) = self.line.word(at) {
                if word.is(MONTH) {
                    return Some(word.start..word.end);
                }
                at = word.end;
            } else {
                at += self.line.char_at(at)?.len_utf8();
            }
        }
        None
    }

    /// The month that a word names in the language, and whether it is short for it.
    fn month_named(&self, range: Range<usize>, found: Found) -> Option<(u8, bool)> {
        if self.months.is_empty() {
            return found.month.map(|month| (month, false));
        }
        let word = self.line.slice(range.start, range.end).to_lowercase();
        self.months.iter().find_map(|months| {
            let names = |names: &&str| names.split(' ').any(|name| name == word);
            let at = months.iter().position(names)?;
            let full = months[at].split(' ').next().unwrap_or_default();
            Some((u8::try_from(at).ok()? + 1, full != word && full.starts_with(&*word)))
        })
    }

    /// Whether a shortened word shows that it is one: by its full stop, its capitals, or the mark of a dateline.
    fn is_cut_short(&self, range: Range<usize>) -> bool {
        let capitals = self.line.slice(range.start, range.end).chars().all(char::is_uppercase);
        let after = self.line.char_at(self.line.skip_blanks(range.end));
        capitals || matches!(after, Some('.' | '(' | '/' | '-' | '–' | '—'))
    }

    /// The first of several days of which the last, `last`, begins a date at `at`: where it stands, and its number.
    fn first_day(&self, at: usize, last: u8) -> Option<(usize, u8)> {
        let back = |at: usize, marks: &[char]| {
            let mark = self.line.char_before(at).filter(|mark| marks.contains(mark));
            mark.map(|mark| at - mark.len_utf8())
        };
        const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
        self.line.number(at)?;
        let dash = back(back(at, &BLANKS).unwrap_or(at), &['-', '–', '—', '‑', '/'])?;
        let end = back(dash, &BLANKS).unwrap_or(dash);
        let end = back(end, &['.']).unwrap_or(end);
        let digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
        let one = back(end, &digits)?;
        let start = back(one, &digits).unwrap_or(one);
        let number = self.line.number(start)?;
        let day = u8::try_from(number.value).ok().filter(|day| (1..last).contains(day))?;
        let follows = self.line.char_before(start).is_some_and(|c| is_letter(c) || digit_value(c).is_some());
        (!follows && !self.goes_on(number) && start >= self.last_end).then_some((start, day))
    }

    /// Where the weekday before a date begins, with nothing but a sign and a connecting word between.
    fn weekday_before(&self, at: usize) -> Option<usize> {
        let before = |at: usize| self.line.word_before(calendar::skip_back(self.line, at));
        let word = before(at)?;
        let word = if word.is(CONNECTOR) && !word.is(WEEKDAY) { before(word.start)? } else { word };
        (word.is(WEEKDAY) && !word.is(SHORT)).then_some(word.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str, language: &str) -> Vec<String> {
        let number = |number: Option<i32>| number.map_or("-".to_owned(), |number| number.to_string());
        in_running_text(text, language)
            .map(|found| {
                let (month, day) = (found.month.map(i32::from), found.day.map(i32::from));
                let said = [found.year, month, day].map(number).join(" ");
                format!("{} = {said}", &text[found.range])
            })
            .collect()
    }

    #[test]
    fn each_language_has_its_words_and_its_order() {
        let cases = [
            ("de", "Seit dem 15. März 2021 gilt es.", "15. März 2021 = 2021 3 15"),
            ("de", "Am Montag, den 3.5.2021 um 12 Uhr", "Montag, den 3.5.2021 = 2021 5 3"),
            ("fr", "Depuis le 1er mars 2021, rien.", "1er mars 2021 = 2021 3 1"),
            ("es", "el martes 12 de abril de 2020 en", "martes 12 de abril de 2020 = 2020 4 12"),
            ("es", "desde el 3/4/2020 no", "3/4/2020 = 2020 4 3"),
            ("it", "dall'8 mar in poi, il 15 mag 2020", "15 mag 2020 = 2020 5 15"),
            ("it", "(ANSA) - ROMA, 15 MAR - Il", "15 MAR = - 3 15"),
            ("es", "Madrid, 12 abr (EFE).- El", "12 abr = - 4 12"),
            ("pt", "em março de 2021, quando", "março de 2021 = 2021 3 -"),
            ("nl", "op 3 mei 2019 en", "3 mei 2019 = 2019 5 3"),
            ("pl", "od 5 listopada 2020 roku", "5 listopada 2020 = 2020 11 5"),
            ("hr", "od 5. listopada 2020. godine", "5. listopada 2020 = 2020 10 5"),
            ("ru", "с 22 февраля 2021 года", "22 февраля 2021 года = 2021 2 22"),
            ("ru", "в феврале 2021 года", "феврале 2021 = 2021 2 -"),
            ("uk", "у лютому 2022 року", "лютому 2022 = 2022 2 -"),
            ("uk", "лише 3 березня 2022 року. Так", "3 березня 2022 року = 2022 3 3"),
            ("tr", "15 Temmuz 2016'da olan", "15 Temmuz 2016 = 2016 7 15"),
            ("hu", "2021. március 15-én", "2021. március 15 = 2021 3 15"),
            ("hu", "csak március 15-én", "március 15 = - 3 15"),
            ("fi", "15. maaliskuuta 2021 alkaen", "15. maaliskuuta 2021 = 2021 3 15"),
            ("zh", "他们在2017年10月2日见面", "2017年10月2日 = 2017 10 2"),
            ("ar", "في 15 مارس 2021 كان", "15 مارس 2021 = 2021 3 15"),
        ];
        for (language, text, expected) in cases {
            assert_eq!(dates(text, language), [expected], "{language}: {text}");
        }
    }

    #[test]
    fn days_that_a_dash_joins_are_one_date() {
        for (language, text, range, first) in [
            ("de", "vom 15.–17. März 2021 und", "15.–17. März 2021", Some(15)),
            ("ru", "было 3 - 5 мая в", "3 - 5 мая", Some(3)),
            ("fr", "les 10-12 mars 2021", "10-12 mars 2021", Some(10)),
            ("fr", "le rapport 17-12 mars 2021", "12 mars 2021", None),
            ("fr", "le vol A3-12 mars 2021", "12 mars 2021", None),
        ] {
            let found = in_running_text(text, language).next();
            let found = found.map(|found| (&text[found.range], found.first_day));
            assert_eq!(found, Some((range, first)), "{text}");
        }
    }

    #[test]
    fn days_that_words_join_are_a_date_each() {
        let days = |text: &str, language: &str| -> Vec<String> {
            let said = |found: Stated| format!("{} = {:?}", &text[found.range], found.day.unwrap_or(0));
            in_running_text(text, language).map(said).collect()
        };
        for (language, text, expected) in [
            ("de", "Am 25. und 26. Mai 2021 wird", &["25. = 25", "26. Mai 2021 = 26"][..]),
            ("de", "am Samstag, 25., und Sonntag, 26. Mai,", &["25. = 25", "Sonntag, 26. Mai = 26"]),
            ("de", "am 3., 5. und 9. Mai", &["3. = 3", "5. = 5", "9. Mai = 9"]),
            ("de", "zwischen 20 und 26. Mai", &["26. Mai = 26"]),
            ("fr", "du 25 au 26 mai 2021", &["25 = 25", "26 mai 2021 = 26"]),
            ("fr", "les 1er et 2 mars", &["1er = 1", "2 mars = 2"]),
            ("fr", "la nuit du 25/26 mai", &["25/26 mai = 26"]),
            ("es", "el 3 y el 5 de mayo", &["3 = 3", "5 de mayo = 5"]),
            ("it", "sabato 25 e domenica 26 maggio", &["25 = 25", "domenica 26 maggio = 26"]),
            ("pl", "w dniach 3 i 5 maja 2020", &["3 = 3", "5 maja 2020 = 5"]),
            ("ru", "с 3 по 5 мая", &["3 = 3", "5 мая = 5"]),
            ("uk", "3 та 5 травня", &["3 = 3", "5 травня = 5"]),
            ("hu", "május 25. és 26. között", &["május 25 = 25", "26 = 26"]),
            ("zh", "2021年5月25日和26日在", &["2021年5月25日 = 25", "26日 = 26"]),
            ("fr", "le 25 avril et 3 personnes le 5 mai", &["25 avril = 25", "5 mai = 5"]),
            ("es", "perdió 9 y 5 de mayo", &["5 de mayo = 5"]),
            ("fr", "2,5 et 9 mai", &["9 mai = 9"]),
        ] {
            assert_eq!(days(text, language), expected, "{language}: {text}");
        }
    }

    #[test]
    fn a_street_is_no_date() {
        let street = |text, language| in_running_text(text, language).map(|found| found.is_street).next();
        for (language, text) in [
            ("de", "auf der Straße des 17. Juni in"),
            ("de", "am Platz des 18. März"),
            ("fr", "dans la rue du 4 septembre"),
            ("fr", "La place du 8 mai 1945 est"),
            ("es", "en la avenida 9 de Julio"),
            ("it", "in piazza 25 aprile"),
            ("pt", "na Rua 15 de Novembro"),
            ("pl", "przy ul. 3 Maja"),
            ("ru", "на улице 8 Марта"),
            ("cs", "na náměstí 28. října"),
        ] {
            assert_eq!(street(text, language), Some(true), "{language}: {text}");
        }
        for (language, text) in [
            ("fr", "la mise en place du 8 mai"),
            ("fr", "dans la rue le 4 septembre"),
            ("es", "salió a la calle el 9 de julio"),
            ("ru", "на площадь 9 мая вышли"),
            ("de", "am Jahrestag des 17. Juni"),
        ] {
            assert_eq!(street(text, language), Some(false), "{language}: {text}");
        }
    }

    #[test]
    fn what_is_a_date_elsewhere_is_none_here() {
        for (language, text) in [
            ("fr", "En mars 15 navires sont partis"),
            ("de", "Im März 20 Menschen, 3 Mar am Tag"),
            ("es", "La foto de los 12 mar adentro"),
            ("de", "Die 5 mars waren da"),
            ("ru", "дом 12:30 марта"),
            ("fr", "une hausse de 2,5 mars"),
            ("en", "on 5 mars we went"),
        ] {
            assert_eq!(dates(text, language), [""; 0], "{language}: {text}");
        }
        assert_eq!(dates("3/4/2020", "ja"), ["3/4/2020 = 2020 - -"]);
    }

    #[test]
    fn months_are_known_by_their_whole_names() {
        use crate::date::is_month;
        for (word, language) in [("Mai", "de"), ("Januar", "de-AT"), ("лютому", "uk"), ("Abril", "es")]
        {
            assert!(is_month(word, language), "{word}");
        }
        for (word, language) in [("Jan", "de"), ("Mars", "de"), ("Maigret", "fr"), ("Mai", "xx")] {
            assert!(!is_month(word, language), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_dates_in_its_order(
            text in "([0-9]{1,4}|[-–./, :]|мая|mars|März|г\\.|de|[a-zа-я日年月])*",
            language in "de|fr|ru|hu|zh|xx",
        ) {
            let mut end = 0;
            for found in in_running_text(&text, &language) {
                assert!(found.range.start >= end && text.get(found.range.clone()).is_some(), "{found:?}");
                assert!(found.range.start < found.range.end, "{found:?}");
                end = found.range.end;
            }
        }
    }

    #[test]
    fn dates_do_not_overlap() {
        let text = "3 mars 2021 4 mars 2021 mars 2021, mars 2020";
        let found: Vec<_> = in_running_text(text, "fr").map(|found| found.range).collect();
        assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start), "{found:?}");
        assert_eq!(found.len(), 4);
    }
}
