//! What the words of dates mean, in some forty languages: months, weekdays, clock words, zones, ages, reading times.

use super::names::{MONTHS, SHORT_WEEKDAYS, WEEKDAYS};
use crate::word_table::WordTable;

/// Bits 1 to 12: the month that a word names. A word of two languages may name two.
pub(super) const MONTH: u64 = 0b1_1111_1111_1110;
/// A month only between a day and a year: "set 2020" and "out 5" are English.
pub(super) const SHAKY: u64 = 1 << 13;
/// May stand between the parts of a date, or between date and time.
pub(super) const CONNECTOR: u64 = 1 << 14;
pub(super) const AM: u64 = 1 << 15;
pub(super) const PM: u64 = 1 << 16;
/// Follows the hour: "18 Uhr".
pub(super) const CLOCK: u64 = 1 << 17;
/// A clock word that no duration has.
pub(super) const CLOCK_ONLY: u64 = 1 << 40;
/// Follows the year: "2017 г.".
pub(super) const YEAR: u64 = 1 << 18;
/// Follows the day without a space: "2nd".
pub(super) const ORDINAL: u64 = 1 << 19;
/// A time zone; written in capitals.
pub(super) const ZONE: u64 = 1 << 20;
/// A zone whose offset is known: minutes east of UTC in the highest 16 bits.
pub(super) const OFFSET: u64 = 1 << 21;
/// A zone of a country that writes the month first.
pub(super) const MONTH_FIRST: u64 = 1 << 22;
/// The word "month" before its number.
pub(super) const MONTH_LABEL: u64 = 1 << 23;
/// The word "year" before its number.
pub(super) const YEAR_LABEL: u64 = 1 << 24;
pub(super) const MINUTE: u64 = 1 << 25;
/// A unit of time, minutes included.
pub(super) const UNIT: u64 = 1 << 26;
/// Makes an age of a number and a unit, after them or before them.
pub(super) const AGO: u64 = 1 << 27;
/// An age by itself: "yesterday".
pub(super) const AGE: u64 = 1 << 28;
/// Makes a reading time of a number of minutes.
pub(super) const READING: u64 = 1 << 29;
/// Labels a date or an age: "updated".
pub(super) const LABEL: u64 = 1 << 30;
/// Stands for a small number: "an hour ago".
pub(super) const ARTICLE: u64 = 1 << 31;
/// A weekday so short that it counts only beside a date.
pub(super) const SHORT: u64 = 1 << 32;
/// Bits 33 to 39: the weekday that a word names, Monday first.
pub(super) const WEEKDAY: u64 = 0b111_1111 << WEEKDAY_SHIFT;
pub(super) const WEEKDAY_SHIFT: u32 = 33;

/// The table, of words in lower case.
pub(super) static WORDS: WordTable<2560, 8192> = {
    let mut table = WordTable::new();
    let mut at = 0;
    while at < MONTHS.len() {
        let mut month = 0;
        while month < 12 {
            table.add(MONTHS[at].1[month], 2 << month);
            month += 1;
        }
        at += 1;
    }
    at = 0;
    while at < WEEKDAYS.len() {
        let mut day = 0;
        while day < 7 {
            table.add(WEEKDAYS[at][day], 1 << (WEEKDAY_SHIFT as usize + day));
            day += 1;
        }
        at += 1;
    }
    let mut day = 0;
    while day < 7 {
        table.add(SHORT_WEEKDAYS[day], SHORT | (1 << (WEEKDAY_SHIFT as usize + day)));
        day += 1;
    }
    at = 0;
    while at < ZONES.len() {
        let (zones, offset, flags) = ZONES[at];
        table.add(zones, ZONE | OFFSET | flags | ((offset as u16 as u64) << 48));
        at += 1;
    }
    table.add("ist bst cst ast gst amt pst8pdt", ZONE);
    table.add("et pt ct mt", ZONE | MONTH_FIRST);
    at = 0;
    while at < OTHERS.len() {
        table.add(OTHERS[at].0, OTHERS[at].1);
        at += 1;
    }
    table
};

/// Time zones whose letters mean one offset, in minutes east of UTC.
const ZONES: &[(&str, i16, u64)] = &[
    ("utc gmt z wet", 0, 0),
    ("est cdt", -300, MONTH_FIRST),
    ("edt", -240, MONTH_FIRST),
    ("mst pdt", -420, MONTH_FIRST),
    ("mdt", -360, MONTH_FIRST),
    ("pst akdt", -480, MONTH_FIRST),
    ("akst", -540, MONTH_FIRST),
    ("hst", -600, MONTH_FIRST),
    ("brt art", -180, 0),
    ("cet mez west wat", 60, 0),
    ("cest mesz eet sast cat", 120, 0),
    ("eest msk eat trt мск", 180, 0),
    ("pkt uzt", 300, 0),
    ("npt", 345, 0),
    ("wib ict", 420, 0),
    ("wita hkt sgt myt pht awst", 480, 0),
    ("wit jst kst", 540, 0),
    ("acst", 570, 0),
    ("aest", 600, 0),
    ("aedt", 660, 0),
    ("nzst", 720, 0),
    ("nzdt", 780, 0),
];

/// Everything else.
#[rustfmt::skip]
const OTHERS: &[(&str, u64)] = &[
    ("set", SHAKY | (2 << 8)),
    ("out", SHAKY | (2 << 9)),
    ("ago", SHAKY | (2 << 7)),
    ("mag", SHAKY | (2 << 4)),
    ("gen led ian", SHAKY | 2),
    ("mac", SHAKY | (2 << 2)),
    ("dub", SHAKY | (2 << 3)),
    ("svi kol", SHAKY),
    ("lug lip", SHAKY | (2 << 6)),
    ("sie", SHAKY | (2 << 7)),
    ("lis noi stu", SHAKY | (2 << 10)),
    ("pro des ara", SHAKY | (2 << 11)),
    ("of the at on de del d di do da dem den der am um vom à a á las alle ore ora kl klo kello la le em às as om u w o ob в у на о об г ta dia día el il mr i em pada pukul jam saat lúc ngày gada м στις στη klukkan den e os os g godz dne v ve az the και και alas ng", CONNECTOR),
    ("am", AM), ("pm", PM), ("上午 午前 오전 ص", AM), ("下午 午後 오후 م", PM),
    ("uhr h hrs hr hours uur std часов час ч год hodin godzina heures horas ore óra órakor น klo", CLOCK),
    ("uhr", CLOCK_ONLY),
    ("г гг года год р року рік roku rok r gada g m év оны ж жылы godine god god ko l ek eko a anno", YEAR),
    ("st nd rd th er re eme ème º ª a e ste de ter ro го е й-го d en aren an", ORDINAL),
    ("tháng thg", MONTH_LABEL),
    ("năm", YEAR_LABEL),
    ("minute minutes min mins m minuten minuut minutos minuto minuti minut minuta minuty minuter minutter minuut minuuttia min perc minute dakika dk минут минуты минуту мин хвилин хвилини хвилину хв минути λεπτά λεπτό menit phút دقيقة دقائق دقیقه דקות मिनट 分钟 分鐘 分 분 dakikada minučių minūtes minutit мин minuts minutu", MINUTE | UNIT),
    ("second seconds sec secs s hour hours hr hrs h day days d week weeks w wk wks month months mo mos year years yr yrs y", UNIT),
    ("sekunde sekunden stunde stunden std tag tage tagen woche wochen monat monate monaten jahr jahre jahren", UNIT),
    ("seconde secondes heure heures jour jours semaine semaines mois an ans segundo segundos hora horas día días dia dias semana semanas mes meses mês año años ano anos", UNIT),
    ("secondi ora ore giorno giorni settimana settimane mese mesi anno anni seconden uur uren dag dagen week weken maand maanden jaar", UNIT),
    ("sekunder timme timmar tim dagar vecka veckor månad månader år time timer dager dage uge uger uke uker måned måneder tunti tuntia päivää viikkoa kuukautta vuotta", UNIT),
    ("godzina godziny godzin dzień dni tydzień tygodnie miesiąc miesiące rok lata lat hodina hodiny hodin den dny dnů dnech hodinami dny týdny týdnem měsíci roky lety hodín dňami týždňami", UNIT),
    ("sat sata sati dan dana sedmicu tjedan mjesec godinu секунд час часа часов день дня дней неделю недели недель месяц месяца месяцев год года лет", UNIT),
    ("година години годин дні днів тиждень тижні місяць місяці рік роки років минута часа дни ден седмица месеца година ώρα ώρες ημέρα ημέρες μέρες εβδομάδα μήνες óra órája órával napja nappal hete hónapja éve", UNIT),
    ("oră ore zi zile săptămână săptămâni lună luni an ani saat gün hafta ay yıl jam hari minggu bulan tahun giờ ngày tuần ساعة ساعات يوم أيام أسبوع أسابيع شهر أشهر سنة سنوات ساعت روز هفته ماه سال שעות שעה ימים יום घंटे दिन", UNIT),
    ("小时 小時 天 日 周 週 个月 個月 月 年 時間 시간 일 주 개월 년", UNIT),
    ("小时前 小時前 天前 日前 周前 週間前 个月前 個月前 ヶ月前 年前 時間前 시간전", UNIT | AGO),
    ("分钟前 分鐘前 分前 분전", UNIT | MINUTE | AGO),
    ("ago vor il hace fa há ha geleden sedan siden sitten temu před pred prije pre назад тому преди πριν ezelőtt acum önce lalu trước قبل منذ پیش לפני पहले 前 전 fa yang nazad atrás fai enne prieš pirms", AGO),
    ("y", AGO),
    ("yesterday today now gestern heute hier aujourd ayer hoy ieri oggi ontem hoje gisteren vandaag igår idag dzisiaj dziś wczoraj dnes včera danas jučer juče вчера сегодня вчора сьогодні учора днес χθες σήμερα tegnap ma dün bugün kemarin أمس اليوم امروز دیروز 昨天 今天 昨日 今日 어제 오늘", AGE),
    ("read reading lesezeit lesedauer lecture lectura leitura lettura leestijd lästid læsetid lesetid lukuaika czytania czytanie čtení čítania čitanja чтения чтение читання четене ανάγνωσης olvasás citire citit okuma baca đọc قراءة 阅读 閱讀 읽기", READING),
    ("minread", READING | MINUTE | UNIT),
    ("updated update published posted modified edited last on about around more than aktualisiert veröffentlicht stand mis à jour publié actualizado publicado aggiornato pubblicato bijgewerkt geplaatst gepubliceerd over uppdaterad publicerad opdateret oppdatert publisert päivitetty zaktualizowano opublikowano aktualizováno обновлено опубликовано оновлено опубліковано güncellendi just time temps de tiempo tempo czas время estimated ca min approx less", LABEL),
    ("a an one few ein eine einem einer einen un une una uno um uma en ett et één een egy o bir", ARTICLE),
];
