//! The words of dates, in some forty languages: months, weekdays, clock words, zones, ages, reading times.

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
            table.add(MONTHS[at][month], 2 << month);
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

/// Names of the twelve months: full, inflected and shortened forms.
#[rustfmt::skip]
const MONTHS: &[[&str; 12]] = &[
    // English
    ["january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"],
    // German, Austrian
    ["januar jan jänner jän jaenner", "februar feb feber", "märz mär mrz maerz", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez"],
    // French
    ["janvier janv", "février fevrier févr fév fevr", "mars", "avril avr", "mai", "juin", "juillet juil", "août aout", "septembre sept", "octobre oct", "novembre nov", "décembre decembre déc"],
    // Spanish
    ["enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto", "septiembre setiembre sep sept", "octubre oct", "noviembre nov", "diciembre dic"],
    // Portuguese
    ["janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto", "setembro", "outubro", "novembro nov", "dezembro dez"],
    // Italian
    ["gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio", "giugno giu", "luglio lug", "agosto", "settembre sett", "ottobre ott", "novembre nov", "dicembre dic"],
    // Dutch
    ["januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug", "september sep sept", "oktober okt", "november nov", "december dec"],
    // Swedish
    ["januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun", "juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec"],
    // Danish, Norwegian
    ["januar jan", "februar feb", "marts mars mar", "april apr", "maj mai", "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "december desember dec des"],
    // Icelandic
    ["janúar jan", "febrúar feb", "mars", "apríl apr", "maí", "júní jún", "júlí júl", "ágúst ágú", "september sept", "október okt", "nóvember nóv", "desember des"],
    // Finnish
    ["tammikuu tammikuuta tammi", "helmikuu helmikuuta helmi", "maaliskuu maaliskuuta maalis", "huhtikuu huhtikuuta huhti", "toukokuu toukokuuta touko", "kesäkuu kesäkuuta kesä", "heinäkuu heinäkuuta heinä", "elokuu elokuuta", "syyskuu syyskuuta syys", "lokakuu lokakuuta loka", "marraskuu marraskuuta marras", "joulukuu joulukuuta joulu"],
    // Estonian
    ["jaanuar jaanuari jaan", "veebruar veebruari veebr", "märts märtsi", "aprill aprilli", "mai", "juuni", "juuli", "august augusti", "september septembri", "oktoober oktoobri", "november novembri", "detsember detsembri dets"],
    // Latvian
    ["janvāris janvārī janv", "februāris februārī febr", "marts martā", "aprīlis aprīlī", "maijs maijā", "jūnijs jūnijā", "jūlijs jūlijā", "augusts augustā", "septembris septembrī", "oktobris oktobrī", "novembris novembrī", "decembris decembrī"],
    // Lithuanian
    ["sausis sausio", "vasaris vasario", "kovas kovo", "balandis balandžio", "gegužė gegužės", "birželis birželio", "liepa liepos", "rugpjūtis rugpjūčio", "rugsėjis rugsėjo", "spalis spalio", "lapkritis lapkričio", "gruodis gruodžio"],
    // Polish
    ["styczeń stycznia sty", "luty lutego lut", "marzec marca", "kwiecień kwietnia kwi", "maj maja", "czerwiec czerwca cze", "lipiec lipca lip", "sierpień sierpnia sie", "wrzesień września wrz", "październik października paź", "listopad listopada lis", "grudzień grudnia gru"],
    // Czech
    ["leden ledna led", "únor února úno", "březen března bře", "duben dubna dub", "květen května kvě", "červen června", "červenec července", "srpen srpna srp", "září zář", "říjen října říj", "listopad listopadu", "prosinec prosince pro"],
    // Slovak
    ["január januára", "február februára", "marec marca", "apríl apríla", "máj mája", "jún júna", "júl júla", "august augusta", "september septembra", "október októbra", "november novembra", "december decembra"],
    // Slovene
    ["januar januarja", "februar februarja", "marec marca", "april aprila", "maj maja", "junij junija", "julij julija", "avgust avgusta avg", "september septembra", "oktober oktobra", "november novembra", "december decembra"],
    // Croatian
    ["siječanj siječnja sij", "veljača veljače velj", "ožujak ožujka ožu", "travanj travnja", "svibanj svibnja svi", "lipanj lipnja", "srpanj srpnja", "kolovoz kolovoza kol", "rujan rujna ruj", "listopada", "studeni studenoga studenog stu", "prosinac prosinca"],
    // Serbian and Bosnian, Latin script
    ["januar januara", "februar februara", "mart marta", "april aprila", "maj maja", "jun juni juna", "jul juli jula", "avgust avgusta august augusta avg", "septembar septembra", "oktobar oktobra", "novembar novembra", "decembar decembra"],
    // Serbian, Cyrillic script
    ["јануар јануара јан", "фебруар фебруара феб", "март марта мар", "април априла апр", "мај маја", "јун јуни јуна", "јул јули јула", "август августа авг", "септембар септембра сеп", "октобар октобра окт", "новембар новембра нов", "децембар децембра дец"],
    // Macedonian
    ["јануари", "февруари", "март", "април", "мај", "јуни", "јули", "август", "септември", "октомври", "ноември", "декември"],
    // Bulgarian
    ["януари ян", "февруари фев", "март", "април апр", "май", "юни", "юли", "август авг", "септември сеп", "октомври окт", "ноември ное", "декември дек"],
    // Russian
    ["январь января янв", "февраль февраля фев февр", "март марта мар", "апрель апреля апр", "май мая", "июнь июня июн", "июль июля июл", "август августа авг", "сентябрь сентября сен сент", "октябрь октября окт", "ноябрь ноября ноя нояб", "декабрь декабря дек"],
    // Ukrainian
    ["січень січня січ", "лютий лютого лют", "березень березня бер", "квітень квітня квіт", "травень травня трав", "червень червня черв", "липень липня лип", "серпень серпня серп", "вересень вересня вер", "жовтень жовтня жовт", "листопад листопада лист", "грудень грудня груд"],
    // Belarusian
    ["студзень студзеня", "люты лютага", "сакавік сакавіка", "красавік красавіка", "май травень мая траўня", "чэрвень чэрвеня", "ліпень ліпеня", "жнівень жніўня", "верасень верасня", "кастрычнік кастрычніка", "лістапад лістапада", "снежань снежня"],
    // Kazakh
    ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"],
    // Hungarian
    ["január jan", "február febr", "március márc", "április ápr", "május máj", "június jún", "július júl", "augusztus aug", "szeptember szept", "október okt", "november nov", "december dec"],
    // Romanian
    ["ianuarie ian", "februarie feb", "martie mar", "aprilie apr", "mai", "iunie iun", "iulie iul", "august aug", "septembrie sept", "octombrie oct", "noiembrie noi", "decembrie dec"],
    // Greek
    ["ιανουάριος ιανουαρίου ιαν", "φεβρουάριος φεβρουαρίου φεβ", "μάρτιος μαρτίου μαρ μάρ", "απρίλιος απριλίου απρ", "μάιος μαΐου μαίου μάϊος", "ιούνιος ιουνίου ιουν", "ιούλιος ιουλίου ιουλ", "αύγουστος αυγούστου αυγ", "σεπτέμβριος σεπτεμβρίου σεπ σεπτ", "οκτώβριος οκτωβρίου οκτ", "νοέμβριος νοεμβρίου νοε", "δεκέμβριος δεκεμβρίου δεκ"],
    // Turkish
    ["ocak oca", "şubat şub subat", "mart", "nisan nis", "mayıs mayis", "haziran haz", "temmuz tem", "ağustos ağu agustos", "eylül eyl eylul", "ekim eki", "kasım kas kasim", "aralık ara aralik"],
    // Azerbaijani
    ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"],
    // Albanian
    ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"],
    // Catalan
    ["gener gen", "febrer febr", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre", "novembre", "desembre"],
    // Galician
    ["xaneiro xan", "febreiro", "marzo", "abril", "maio", "xuño", "xullo", "agosto", "setembro", "outubro", "novembro", "decembro"],
    // Basque
    ["urtarrila urtarrilaren urtarrilak", "otsaila otsailaren otsailak", "martxoa martxoaren martxoak", "apirila apirilaren apirilak", "maiatza maiatzaren maiatzak", "ekaina ekainaren ekainak", "uztaila uztailaren uztailak", "abuztua abuztuaren abuztuak", "iraila irailaren irailak", "urria urriaren urriak", "azaroa azaroaren azaroak", "abendua abenduaren abenduak"],
    // Irish
    ["eanáir", "feabhra", "márta", "aibreán", "bealtaine", "meitheamh", "iúil", "lúnasa", "mfómhair", "dfómhair", "samhain", "nollaig"],
    // Welsh
    ["ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"],
    // Maltese
    ["jannar", "frar", "marzu", "april", "mejju", "ġunju", "lulju", "awwissu", "settembru", "ottubru", "novembru", "diċembru"],
    // Indonesian, Malay
    ["januari jan", "februari feb pebruari", "maret mac mar", "april apr", "mei", "juni jun", "juli julai jul", "agustus ogos agt ags", "september sep", "oktober okt", "november nopember nov", "desember disember des"],
    // Filipino
    ["enero", "pebrero", "marso", "abril", "mayo", "hunyo", "hulyo", "agosto", "setyembre", "oktubre", "nobyembre", "disyembre"],
    // Swahili
    ["januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba", "novemba", "desemba"],
    // Afrikaans
    ["januarie", "februarie", "maart", "april", "mei", "junie", "julie", "augustus", "september", "oktober", "november", "desember"],
    // Esperanto
    ["januaro", "februaro", "marto", "aprilo", "majo", "junio", "julio", "aŭgusto", "septembro", "oktobro", "novembro", "decembro"],
    // Georgian
    ["იანვარი იანვარს", "თებერვალი", "მარტი", "აპრილი", "მაისი", "ივნისი", "ივლისი", "აგვისტო", "სექტემბერი", "ოქტომბერი", "ნოემბერი", "დეკემბერი"],
    // Armenian
    ["հունվար հունվարի", "փետրվար փետրվարի", "մարտ մարտի", "ապրիլ ապրիլի", "մայիս մայիսի", "հունիս հունիսի", "հուլիս հուլիսի", "օգոստոս օգոստոսի", "սեպտեմբեր սեպտեմբերի", "հոկտեմբեր հոկտեմբերի", "նոյեմբեր նոյեմբերի", "դեկտեմբեր դեկտեմբերի"],
    // Hebrew, with and without the preposition
    ["ינואר בינואר", "פברואר בפברואר", "מרץ במרץ מרס במרס", "אפריל באפריל", "מאי במאי", "יוני ביוני", "יולי ביולי", "אוגוסט באוגוסט", "ספטמבר בספטמבר", "אוקטובר באוקטובר", "נובמבר בנובמבר", "דצמבר בדצמבר"],
    // Arabic
    ["يناير جانفي", "فبراير فيفري", "مارس", "أبريل ابريل إبريل أفريل", "مايو ماي", "يونيو يونيه جوان", "يوليو يوليه جويلية", "أغسطس اغسطس أوت", "سبتمبر", "أكتوبر اكتوبر", "نوفمبر", "ديسمبر"],
    // Arabic of the Levant and Iraq, one-word names
    ["", "شباط", "آذار اذار", "نيسان", "أيار ايار", "حزيران", "تموز", "آب", "أيلول ايلول", "", "", ""],
    // Persian, Gregorian
    ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه جولای", "اوت آگوست", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"],
    // Urdu
    ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"],
    // Hindi, Nepali
    ["जनवरी जनवरि", "फरवरी फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर", "अक्टूबर अक्तूबर", "नवंबर नवम्बर", "दिसंबर दिसम्बर"],
    // Marathi
    ["जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर", "डिसेंबर"],
    // Bengali
    ["জানুয়ারি জানুয়ারী", "ফেব্রুয়ারি ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"],
    // Tamil
    ["ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"],
    // Thai
    ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
];

/// Names of the weekdays, Monday first.
#[rustfmt::skip]
const WEEKDAYS: &[[&str; 7]] = &[
    ["monday", "tuesday tues", "wednesday", "thursday thurs thur", "friday", "saturday", "sunday"],
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend", "sonntag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miércoles miercoles", "jueves", "viernes", "sábado sabado", "domingo"],
    ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"],
    ["lunedì lunedi", "martedì martedi", "mercoledì mercoledi", "giovedì giovedi", "venerdì venerdi", "sabato", "domenica"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    ["måndag mandag", "tisdag tirsdag", "onsdag", "torsdag", "fredag", "lördag lørdag", "söndag søndag"],
    ["mánudagur", "þriðjudagur", "miðvikudagur", "fimmtudagur", "föstudagur", "laugardagur", "sunnudagur"],
    ["maanantai maanantaina", "tiistai tiistaina", "keskiviikko keskiviikkona", "torstai torstaina", "perjantai perjantaina", "lauantai lauantaina", "sunnuntai sunnuntaina"],
    ["esmaspäev", "teisipäev", "kolmapäev", "neljapäev", "reede", "laupäev", "pühapäev"],
    ["pirmdiena", "otrdiena", "trešdiena", "ceturtdiena", "piektdiena", "sestdiena", "svētdiena"],
    ["pirmadienis", "antradienis", "trečiadienis", "ketvirtadienis", "penktadienis", "šeštadienis", "sekmadienis"],
    ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
    ["pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"],
    ["pondelok", "utorok", "streda", "štvrtok", "piatok", "sobota", "nedeľa"],
    ["ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja"],
    ["ponedjeljak ponedeljak", "utorak", "srijeda sreda", "četvrtak", "petak", "subota", "nedjelja nedelja"],
    ["понедељак", "уторак", "среда", "четвртак", "петак", "субота", "недеља"],
    ["понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"],
    ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    ["понеділок", "вівторок", "середа", "четвер", "пʼятниця", "субота", "неділя"],
    ["панядзелак", "аўторак", "серада", "чацвер", "пятніца", "субота", "нядзеля"],
    ["hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat", "vasárnap"],
    ["luni", "marți marţi", "miercuri", "joi", "vineri", "sâmbătă", "duminică"],
    ["δευτέρα", "τρίτη", "τετάρτη", "πέμπτη", "παρασκευή", "σάββατο", "κυριακή"],
    ["pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"],
    ["dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"],
    ["senin isnin", "selasa", "rabu", "kamis khamis", "jumat jumaat", "sabtu", "minggu ahad"],
    ["jumatatu", "jumanne", "jumatano", "alhamisi", "ijumaa", "jumamosi", "jumapili"],
    ["الاثنين الإثنين", "الثلاثاء", "الأربعاء الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد الاحد"],
    ["सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"],
    ["星期一 周一 週一 月曜日 월요일", "星期二 周二 週二 火曜日 화요일", "星期三 周三 週三 水曜日 수요일", "星期四 周四 週四 木曜日 목요일", "星期五 周五 週五 金曜日 금요일", "星期六 周六 週六 土曜日 토요일", "星期日 星期天 周日 週日 日曜日 일요일"],
];

/// Short forms of weekdays, which are other words too.
const SHORT_WEEKDAYS: [&str; 7] = [
    "mon mo lun lu ma man mån pon пн 月 월",
    "tue tu di mar tir tis wt út uto вт 火 화",
    "wed we mi mer mié wo ons śr st sri ср 水 수",
    "thu th do jeu jue gio gi tor czw čt čet чт 木 목",
    "fri fr ven vie ve vr fre pt pá pet пт 金 금",
    "sat sa sam sáb za lör lør sob so sub сб 土 토",
    "sun su son dim dom zo sön søn nd ne ned вс нд 日 일",
];

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
    ("of the at on de del d di do da den der am um vom à a á las alle ore ora kl klo kello la le em às as om u w o ob в у на о об г ta dia día el il mr i em pada pukul jam saat lúc ngày gada м στις στη klukkan den e os os g godz dne v ve az the και και alas ng", CONNECTOR),
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
