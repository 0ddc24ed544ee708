//! The words that expressions of time are made of.

use crate::{lexicon::Lexicon, numeral};
use std::sync::LazyLock;

/// What a word does in an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, and whether the word is short for it.
    Month(u8, Short),
    /// A day of the week, from 1 for Monday.
    Weekday(u8, Short),
    Unit(Unit),
    /// Units that come in several.
    Units(Unit),
    /// "five", "twenty-one", "hundred".
    Numeral,
    /// "first", "third".
    Ordinal(u8),
    Season(Season),
    /// "Mays": a month of several years.
    Months(u8),
    /// "summers".
    Seasons(Season),
    /// TIMEX3's letters for a part of the day.
    DayPart(&'static str),
    /// "yesterday": days from today.
    Day(i8),
    /// "tonight".
    Tonight,
    /// A fixed holiday: month and day.
    Holiday(u8, u8),
    /// A feast that moves, or one whose day the next word says.
    Feast(Feast),
    /// What makes a weekday a feast: the weekday, and the days from Easter.
    Holy(u8, i8),
    /// "New", of "New Year's Day".
    New,
    /// "AD", "BC": before or after a year.
    Era,
    /// A reference without a date: PAST_REF, PRESENT_REF, FUTURE_REF.
    Vague(&'static str),
    /// An adjective that recurs: "annual".
    Recurring(&'static str),
    Portion(Portion),
    Shift(Shift),
    /// "the", "a".
    The,
    A,
    Of,
    Half,
    /// "couple", "pair".
    Couple,
    /// "few", "several", "some".
    Few,
    /// "every", "each".
    Every,
    Ago,
    /// "later", "after": forward from what was said.
    Later,
    /// "earlier", "before", "previously": back from what was said.
    Earlier,
    /// "since", "in", "by", "until" and other words that stand before a year.
    Preposition,
    /// "about", "nearly", "over".
    About,
    /// "more", "less", "fewer", before "than".
    More,
    /// "at", "up", "no", before "least", "most", "to", "more than".
    AtLeast,
    /// "Q3".
    Quarter(u8),
    /// "H1".
    HalfYear(u8),
    /// "sixties": ten years, by their digit.
    Tens(u8),
    /// "o'clock", "noon" in minutes.
    Noon(u16),
    /// "mid-June", "early-2009": the parts stand in the word itself.
    Compound,
}

/// Whether a word is an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    No,
    Yes,
}

/// A unit of time, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A feast that is on another day each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// So many days after Easter Sunday.
    Easter(i8),
    /// The fourth Thursday of November.
    Thanksgiving,
}

/// A part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Portion {
    Start,
    Middle,
    End,
    FirstHalf,
    SecondHalf,
    /// The whole of it: "the entire year".
    Whole,
}

/// Which of a row of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Last,
    Past,
    Recent,
    This,
    That,
    Next,
    Coming,
    Previous,
    Following,
    Same,
}

impl Season {
    /// Its code in TIMEX3 and in EDTF.
    pub(super) const fn codes(self) -> (&'static str, u8) {
        match self {
            Season::Spring => ("SP", 21),
            Season::Summer => ("SU", 22),
            Season::Autumn => ("FA", 23),
            Season::Winter => ("WI", 24),
        }
    }
}

const fn month(month: u8) -> Word {
    Word::Month(month, Short::No)
}

const fn short(month: u8) -> Word {
    Word::Month(month, Short::Yes)
}

const fn weekday(day: u8) -> Word {
    Word::Weekday(day, Short::No)
}

const fn short_day(day: u8) -> Word {
    Word::Weekday(day, Short::Yes)
}

/// The words, numerals aside.
const WORDS: &[(&str, Word)] = &[
    ("january", month(1)),
    ("february", month(2)),
    ("march", month(3)),
    ("april", month(4)),
    ("may", month(5)),
    ("june", month(6)),
    ("july", month(7)),
    ("august", month(8)),
    ("september", month(9)),
    ("october", month(10)),
    ("november", month(11)),
    ("december", month(12)),
    ("januarys", Word::Months(1)),
    ("januaries", Word::Months(1)),
    ("februarys", Word::Months(2)),
    ("februaries", Word::Months(2)),
    ("marches", Word::Months(3)),
    ("aprils", Word::Months(4)),
    ("mays", Word::Months(5)),
    ("junes", Word::Months(6)),
    ("julys", Word::Months(7)),
    ("julies", Word::Months(7)),
    ("augusts", Word::Months(8)),
    ("septembers", Word::Months(9)),
    ("octobers", Word::Months(10)),
    ("novembers", Word::Months(11)),
    ("decembers", Word::Months(12)),
    ("jan", short(1)),
    ("feb", short(2)),
    ("mar", short(3)),
    ("apr", short(4)),
    ("jun", short(6)),
    ("jul", short(7)),
    ("aug", short(8)),
    ("sep", short(9)),
    ("sept", short(9)),
    ("oct", short(10)),
    ("nov", short(11)),
    ("dec", short(12)),
    ("monday", weekday(1)),
    ("tuesday", weekday(2)),
    ("wednesday", weekday(3)),
    ("thursday", weekday(4)),
    ("friday", weekday(5)),
    ("saturday", weekday(6)),
    ("sunday", weekday(7)),
    ("mondays", weekday(1)),
    ("tuesdays", weekday(2)),
    ("wednesdays", weekday(3)),
    ("thursdays", weekday(4)),
    ("fridays", weekday(5)),
    ("saturdays", weekday(6)),
    ("sundays", weekday(7)),
    ("mon", short_day(1)),
    ("tue", short_day(2)),
    ("tues", short_day(2)),
    ("wed", short_day(3)),
    ("thu", short_day(4)),
    ("thur", short_day(4)),
    ("thurs", short_day(4)),
    ("fri", short_day(5)),
    ("sat", short_day(6)),
    ("sun", short_day(7)),
    ("second", Word::Unit(Unit::Second)),
    ("seconds", Word::Units(Unit::Second)),
    ("secs", Word::Units(Unit::Second)),
    ("minute", Word::Unit(Unit::Minute)),
    ("minutes", Word::Units(Unit::Minute)),
    ("mins", Word::Units(Unit::Minute)),
    ("min", Word::Units(Unit::Minute)),
    ("hour", Word::Unit(Unit::Hour)),
    ("hours", Word::Units(Unit::Hour)),
    ("hrs", Word::Units(Unit::Hour)),
    ("hr", Word::Units(Unit::Hour)),
    ("day", Word::Unit(Unit::Day)),
    ("days", Word::Units(Unit::Day)),
    ("nights", Word::Units(Unit::Night)),
    ("weekend", Word::Unit(Unit::Weekend)),
    ("weekends", Word::Units(Unit::Weekend)),
    ("week", Word::Unit(Unit::Week)),
    ("weeks", Word::Units(Unit::Week)),
    ("fortnight", Word::Unit(Unit::Fortnight)),
    ("fortnights", Word::Units(Unit::Fortnight)),
    ("month", Word::Unit(Unit::Month)),
    ("months", Word::Units(Unit::Month)),
    ("quarter", Word::Unit(Unit::Quarter)),
    ("quarters", Word::Units(Unit::Quarter)),
    ("year", Word::Unit(Unit::Year)),
    ("years", Word::Units(Unit::Year)),
    ("yr", Word::Unit(Unit::Year)),
    ("yrs", Word::Units(Unit::Year)),
    ("decade", Word::Unit(Unit::Decade)),
    ("decades", Word::Units(Unit::Decade)),
    ("century", Word::Unit(Unit::Century)),
    ("centuries", Word::Units(Unit::Century)),
    ("spring", Word::Season(Season::Spring)),
    ("summer", Word::Season(Season::Summer)),
    ("autumn", Word::Season(Season::Autumn)),
    ("fall", Word::Season(Season::Autumn)),
    ("winter", Word::Season(Season::Winter)),
    ("springs", Word::Seasons(Season::Spring)),
    ("summers", Word::Seasons(Season::Summer)),
    ("autumns", Word::Seasons(Season::Autumn)),
    ("winters", Word::Seasons(Season::Winter)),
    ("summertime", Word::Season(Season::Summer)),
    ("wintertime", Word::Season(Season::Winter)),
    ("morning", Word::DayPart("MO")),
    ("afternoon", Word::DayPart("AF")),
    ("evening", Word::DayPart("EV")),
    ("night", Word::DayPart("NI")),
    ("mornings", Word::DayPart("MO")),
    ("afternoons", Word::DayPart("AF")),
    ("evenings", Word::DayPart("EV")),
    ("today", Word::Day(0)),
    ("yesterday", Word::Day(-1)),
    ("tomorrow", Word::Day(1)),
    ("tonight", Word::Tonight),
    ("noon", Word::Noon(720)),
    ("midday", Word::Noon(720)),
    ("midnight", Word::Noon(0)),
    ("christmas", Word::Holiday(12, 25)),
    ("xmas", Word::Holiday(12, 25)),
    ("halloween", Word::Holiday(10, 31)),
    ("valentine", Word::Holiday(2, 14)),
    ("boxing", Word::Holiday(12, 26)),
    ("epiphany", Word::Holiday(1, 6)),
    ("easter", Word::Feast(Feast::Easter(0))),
    ("pentecost", Word::Feast(Feast::Easter(49))),
    ("thanksgiving", Word::Feast(Feast::Thanksgiving)),
    ("good", Word::Holy(5, -2)),
    ("maundy", Word::Holy(4, -3)),
    ("ash", Word::Holy(3, -46)),
    ("shrove", Word::Holy(2, -47)),
    ("palm", Word::Holy(7, -7)),
    ("new", Word::New),
    ("ad", Word::Era),
    ("ce", Word::Era),
    ("bc", Word::Era),
    ("bce", Word::Era),
    ("now", Word::Vague("PRESENT_REF")),
    ("currently", Word::Vague("PRESENT_REF")),
    ("nowadays", Word::Vague("PRESENT_REF")),
    ("presently", Word::Vague("PRESENT_REF")),
    ("recently", Word::Vague("PAST_REF")),
    ("lately", Word::Vague("PAST_REF")),
    ("future", Word::Vague("FUTURE_REF")),
    ("soon", Word::Vague("FUTURE_REF")),
    ("past", Word::Shift(Shift::Past)),
    ("annual", Word::Recurring("P1Y")),
    ("annually", Word::Recurring("P1Y")),
    ("yearly", Word::Recurring("P1Y")),
    ("monthly", Word::Recurring("P1M")),
    ("weekly", Word::Recurring("P1W")),
    ("daily", Word::Recurring("P1D")),
    ("hourly", Word::Recurring("PT1H")),
    ("nightly", Word::Recurring("P1D")),
    ("biannual", Word::Recurring("P6M")),
    ("biennial", Word::Recurring("P2Y")),
    ("fortnightly", Word::Recurring("P2W")),
    ("quarterly", Word::Recurring("P3M")),
    ("early", Word::Portion(Portion::Start)),
    ("beginning", Word::Portion(Portion::Start)),
    ("start", Word::Portion(Portion::Start)),
    ("mid", Word::Portion(Portion::Middle)),
    ("middle", Word::Portion(Portion::Middle)),
    ("late", Word::Portion(Portion::End)),
    ("end", Word::Portion(Portion::End)),
    ("close", Word::Portion(Portion::End)),
    ("entire", Word::Portion(Portion::Whole)),
    ("whole", Word::Portion(Portion::Whole)),
    ("last", Word::Shift(Shift::Last)),
    ("this", Word::Shift(Shift::This)),
    ("that", Word::Shift(Shift::That)),
    ("next", Word::Shift(Shift::Next)),
    ("coming", Word::Shift(Shift::Coming)),
    ("upcoming", Word::Shift(Shift::Coming)),
    ("previous", Word::Shift(Shift::Previous)),
    ("preceding", Word::Shift(Shift::Previous)),
    ("prior", Word::Shift(Shift::Previous)),
    ("following", Word::Shift(Shift::Following)),
    ("same", Word::Shift(Shift::Same)),
    ("current", Word::Shift(Shift::This)),
    ("recent", Word::Shift(Shift::Recent)),
    ("the", Word::The),
    ("a", Word::A),
    ("an", Word::A),
    ("of", Word::Of),
    ("half", Word::Half),
    ("couple", Word::Couple),
    ("few", Word::Few),
    ("several", Word::Few),
    ("some", Word::Few),
    ("many", Word::Few),
    ("every", Word::Every),
    ("each", Word::Every),
    ("ago", Word::Ago),
    ("later", Word::Later),
    ("after", Word::Later),
    ("earlier", Word::Earlier),
    ("before", Word::Earlier),
    ("in", Word::Preposition),
    ("since", Word::Preposition),
    ("by", Word::Preposition),
    ("until", Word::Preposition),
    ("till", Word::Preposition),
    ("during", Word::Preposition),
    ("from", Word::Preposition),
    ("between", Word::Preposition),
    ("throughout", Word::Preposition),
    ("through", Word::Preposition),
    ("thirties", Word::Tens(3)),
    ("forties", Word::Tens(4)),
    ("fifties", Word::Tens(5)),
    ("sixties", Word::Tens(6)),
    ("seventies", Word::Tens(7)),
    ("eighties", Word::Tens(8)),
    ("nineties", Word::Tens(9)),
    ("about", Word::About),
    ("around", Word::About),
    ("nearly", Word::About),
    ("almost", Word::About),
    ("over", Word::About),
    ("roughly", Word::About),
    ("approximately", Word::About),
    ("practically", Word::About),
    ("more", Word::More),
    ("less", Word::More),
    ("fewer", Word::More),
    ("at", Word::AtLeast),
    ("up", Word::AtLeast),
    ("q1", Word::Quarter(1)),
    ("q2", Word::Quarter(2)),
    ("q3", Word::Quarter(3)),
    ("q4", Word::Quarter(4)),
    ("h1", Word::HalfYear(1)),
    ("h2", Word::HalfYear(2)),
];

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// All words of time.
pub(super) static VOCABULARY: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    let numerals: Vec<String> = numeral::openers().collect();
    let higher: Vec<String> = (0..10).map(|ones| format!("twenty-{}", ORDINALS[ones])).collect();
    // "second" is the unit; the readers of ordinals take it as one.
    let ordinals = (1_u8..).zip(ORDINALS).filter(|&(value, _)| value != 2);
    Lexicon::new(
        WORDS
            .iter()
            .copied()
            .chain(ordinals.map(|(value, word)| (word, Word::Ordinal(value))))
            .chain((21_u8..).zip(&higher).map(|(value, word)| (word.as_str(), Word::Ordinal(value))))
            .chain([
                ("thirtieth", Word::Ordinal(30)),
                ("thirty-first", Word::Ordinal(31)),
                ("final", Word::Ordinal(0)),
            ])
            .chain(numerals.iter().map(|word| (word.as_str(), Word::Numeral))),
    )
});

/// Nouns that are counted: a number of four digits before one is no year.
pub(super) static COUNTED: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(
        [
            "people",
            "men",
            "women",
            "children",
            "troops",
            "soldiers",
            "workers",
            "employees",
            "jobs",
            "votes",
            "seats",
            "tons",
            "tonnes",
            "miles",
            "kilometers",
            "kilometres",
            "km",
            "meters",
            "metres",
            "m",
            "feet",
            "ft",
            "dollars",
            "euros",
            "rubles",
            "roubles",
            "pounds",
            "homes",
            "houses",
            "words",
            "pages",
            "copies",
            "units",
            "members",
            "students",
            "cases",
            "deaths",
            "percent",
            "residents",
            "families",
            "civilians",
            "protesters",
            "demonstrators",
            "prisoners",
            "refugees",
            "fighters",
            "tanks",
            "vehicles",
            "items",
            "participants",
            "patients",
            "points",
            "times",
            "calories",
            "watts",
            "kg",
            "lbs",
            "mm",
            "cm",
            "mph",
            "hours",
            "minutes",
            "seconds",
            "days",
            "weeks",
            "months",
            "years",
            "other",
            "more",
            "different",
            "square",
            "million",
            "billion",
            "thousand",
            "hundred",
            "inhabitants",
            "species",
            "schools",
            "companies",
        ]
        .map(|word| (word, ())),
    )
});
