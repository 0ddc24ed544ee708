//! Sentences of many languages.

use super::*;
use proptest::prelude::*;

const SENTENCES: &[(&str, &str)] = &[
    (
        "en",
        "The council said on Friday that the bridge would not be open to traffic before the end of the year.",
    ),
    (
        "de",
        "Der Stadtrat teilte am Freitag mit, dass die Brücke nicht vor Ende des Jahres für den Verkehr frei wird.",
    ),
    (
        "fr",
        "Le conseil a annoncé vendredi que le pont ne serait pas ouvert à la circulation avant la fin de l’année.",
    ),
    ("es", "El ayuntamiento dijo el viernes que el puente no se abrirá al tráfico hasta que termine el año."),
    ("pt", "A câmara disse na sexta-feira que a ponte não será aberta ao trânsito antes do fim do ano."),
    (
        "it",
        "Il consiglio ha detto venerdì che il ponte non sarà aperto al traffico prima della fine dell’anno.",
    ),
    (
        "nl",
        "De gemeenteraad zei vrijdag dat de brug niet voor het einde van het jaar open gaat voor het verkeer.",
    ),
    ("sv", "Kommunen sade på fredagen att bron inte kommer att öppnas för trafik före slutet av året."),
    (
        "da",
        "Kommunen sagde fredag, at broen ikke bliver åbnet for trafik før slutningen af året, men efter jul.",
    ),
    (
        "nb",
        "Kommunen sa fredag at broen ikke blir åpnet for trafikk før slutten av året, men etter jul, fra nå av.",
    ),
    (
        "nn",
        "Kommunen sa fredag at brua ikkje vert opna for trafikk før slutten av året, men dei veit ikkje kva som skjer.",
    ),
    (
        "fi",
        "Kaupunki kertoi perjantaina, että silta ei avaudu liikenteelle ennen vuoden loppua, mutta se on jo valmis.",
    ),
    (
        "et",
        "Linn ütles reedel, et sild ei avane liiklusele enne aasta lõppu, aga see on juba valmis ja kõik ootavad.",
    ),
    (
        "lv",
        "Pilsēta piektdien paziņoja, ka tilts netiks atvērts satiksmei līdz gada beigām, bet tas jau ir gatavs.",
    ),
    (
        "lt",
        "Miestas penktadienį pranešė, kad tiltas nebus atidarytas iki metų pabaigos, bet jis jau yra beveik baigtas.",
    ),
    (
        "pl",
        "Rada miasta podała w piątek, że most nie zostanie otwarty dla ruchu przed końcem roku, ale już jest gotowy.",
    ),
    (
        "cs",
        "Rada města v pátek uvedla, že most nebude otevřen pro dopravu před koncem roku, ale už je téměř hotový.",
    ),
    (
        "sk",
        "Rada mesta v piatok uviedla, že most nebude otvorený pre dopravu pred koncom roka, ale už je takmer hotový.",
    ),
    (
        "sl",
        "Mestni svet je v petek sporočil, da most ne bo odprt za promet pred koncem leta, a je že skoraj gotov.",
    ),
    (
        "hr",
        "Gradsko vijeće je u petak reklo da most neće biti otvoren prije kraja godine, jer je vrijeme loše, a dio tko zna gdje.",
    ),
    (
        "sr-Latn",
        "Gradsko veće je u petak reklo da most neće biti otvoren pre kraja godine, jer je vreme loše, posle čega ko zna gde.",
    ),
    (
        "hu",
        "A városi tanács pénteken közölte, hogy a híd nem nyílik meg az év vége előtt, de már majdnem kész van.",
    ),
    (
        "ro",
        "Consiliul a spus vineri că podul nu va fi deschis traficului înainte de sfârșitul anului, dar este aproape gata.",
    ),
    (
        "tr",
        "Belediye cuma günü köprünün yıl sonundan önce trafiğe açılmayacağını söyledi, ama çok az iş kaldı ve daha var.",
    ),
    (
        "az",
        "Şəhər şurası cümə günü körpünün ilin sonuna qədər açılmayacağını dedi, amma çox az iş qalıb və bu yaxşı bir xəbər deyil.",
    ),
    (
        "vi",
        "Hội đồng thành phố cho biết cây cầu sẽ không được mở cho xe cộ trước cuối năm nay, nhưng công việc đã gần xong.",
    ),
    (
        "id",
        "Dewan kota mengatakan pada hari Jumat bahwa jembatan itu tidak akan dibuka karena pekerjaan belum selesai, namun bisa saja.",
    ),
    (
        "ms",
        "Majlis bandar raya berkata pada hari Jumaat bahawa jambatan itu tidak akan dibuka kerana kerja belum siap, iaitu selepas hujan.",
    ),
    (
        "tl",
        "Sinabi ng konseho na ang tulay ay hindi pa bubuksan sa mga sasakyan bago matapos ang taon, pero malapit na ito.",
    ),
    (
        "sw",
        "Baraza la mji lilisema kuwa daraja hilo halitafunguliwa kwa magari kabla ya mwisho wa mwaka, lakini kazi yake ni nzuri sana.",
    ),
    (
        "af",
        "Die stadsraad het Vrydag gesê dat die brug nie voor die einde van die jaar oop sal wees nie, maar dit is amper klaar.",
    ),
    (
        "ca",
        "El consell va dir divendres que el pont no s’obrirà al trànsit abans del final de l’any, però les obres són gairebé fetes amb èxit.",
    ),
    (
        "gl",
        "O concello dixo o venres que a ponte non se abrirá ao tráfico ata o final do ano, pero as obras xa están feitas e tamén unha rúa.",
    ),
    (
        "eu",
        "Udalak ostiralean esan zuen zubia ez dela irekiko urtea amaitu baino lehen, baina lanak ia eginda daude eta hori ona da.",
    ),
    (
        "sq",
        "Këshilli tha të premten se ura nuk do të hapet për trafikun para fundit të vitit, por puna është gati e kryer nga ata.",
    ),
    (
        "is",
        "Bæjarráð sagði á föstudag að brúin yrði ekki opnuð fyrir umferð fyrr en eftir áramót, en það er samt ekki langt í það.",
    ),
    (
        "ga",
        "Dúirt an chomhairle Dé hAoine nach mbeidh an droichead ar oscailt roimh dheireadh na bliana, ach tá sé beagnach réidh agus go maith.",
    ),
    (
        "cy",
        "Dywedodd y cyngor ddydd Gwener na fydd y bont yn agor cyn diwedd y flwyddyn, ond mae hi bron yn barod ac wedi ei phaentio.",
    ),
    (
        "mt",
        "Il-kunsill qal li l-pont mhux se jinfetaħ għat-traffiku qabel tmiem is-sena, iżda x-xogħol huwa kważi lest u dan tajjeb għal kulħadd.",
    ),
    (
        "eo",
        "La konsilo diris vendrede, ke la ponto ne estos malfermita antaŭ la fino de la jaro, sed ĝi estas preskaŭ preta kaj bela.",
    ),
    (
        "ru",
        "Городской совет сообщил в пятницу, что мост не откроют до конца года, но работы уже почти закончены.",
    ),
    (
        "uk",
        "Міська рада повідомила у п’ятницю, що міст не відкриють до кінця року, але роботи вже майже закінчено.",
    ),
    (
        "be",
        "Гарадскі савет паведаміў у пятніцу, што мост не адкрыюць да канца года, але работы ўжо амаль скончаны.",
    ),
    (
        "bg",
        "Градският съвет съобщи в петък, че мостът няма да бъде отворен преди края на годината, но работата е почти готова.",
    ),
    ("sr", "Градско веће је у петак рекло да мост неће бити отворен пре краја године, јер је време лоше."),
    (
        "mk",
        "Градскиот совет во петокот рече дека мостот нема да биде отворен пред крајот на годината, но работата е речиси готова.",
    ),
    (
        "kk",
        "Қалалық кеңес жұма күні көпір жыл соңына дейін ашылмайды деп хабарлады, бірақ жұмыс аяқталуға жақын және бұл жаңа.",
    ),
    (
        "ar",
        "قال مجلس المدينة يوم الجمعة إن الجسر لن يفتح أمام حركة المرور قبل نهاية العام، لكن العمل قد انتهى تقريبا.",
    ),
    (
        "fa",
        "شورای شهر روز جمعه گفت که پل تا پایان سال باز نخواهد شد، اما کار آن تقریبا تمام شده است و این خوب است.",
    ),
    (
        "ur",
        "شہر کی کونسل نے جمعے کو کہا کہ پل سال کے اختتام سے پہلے ٹریفک کے لیے نہیں کھلے گا، لیکن کام تقریباً مکمل ہے۔",
    ),
    ("hi", "नगर परिषद ने शुक्रवार को कहा कि पुल साल के अंत से पहले नहीं खुलेगा, लेकिन काम लगभग पूरा हो गया है।"),
    ("mr", "नगर परिषदेने शुक्रवारी सांगितले की पूल वर्षाच्या शेवटी उघडणार नाही, पण काम झाले आहे आणि ते चांगले आहे."),
    ("ne", "नगर परिषदले शुक्रबार भन्यो कि पुल वर्षको अन्त्यसम्म खुल्ने छैन, तर काम लगभग सकिएको छ र यो राम्रो हो।"),
    ("el", "Το δημοτικό συμβούλιο είπε ότι η γέφυρα δεν θα ανοίξει πριν από το τέλος του έτους."),
    ("he", "מועצת העיר אמרה ביום שישי שהגשר לא ייפתח לפני סוף השנה."),
    ("zh", "市议会周五表示，大桥在年底之前不会开放通车，但工程已接近完成。"),
    ("ja", "市議会は金曜日、橋は年末まで開通しないと発表した。"),
    ("ko", "시의회는 금요일에 다리가 연말까지 개통되지 않을 것이라고 밝혔다."),
    ("th", "สภาเมืองกล่าวเมื่อวันศุกร์ว่าสะพานจะยังไม่เปิดก่อนสิ้นปี"),
    ("bn", "শহর পরিষদ শুক্রবার বলেছে যে সেতুটি বছরের শেষের আগে খোলা হবে না।"),
    ("ta", "பாலம் ஆண்டு இறுதிக்குள் திறக்கப்படாது என்று நகர சபை கூறியது."),
    ("ka", "საკრებულომ პარასკევს თქვა, რომ ხიდი წლის ბოლომდე არ გაიხსნება."),
    ("hy", "Քաղաքային խորհուրդը ասաց, որ կամուրջը չի բացվի մինչև տարվա վերջ։"),
];

#[test]
fn tells_the_language_of_one_sentence() {
    let wrong: Vec<_> = SENTENCES
        .iter()
        .map(|(language, sentence)| (*language, detect(sentence), *sentence))
        .filter(|(language, told, _)| *told != Some(language))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tells_the_language_of_a_long_text_in_any_case() {
    for (language, sentence) in SENTENCES {
        let text = format!("{sentence} ").repeat(40);
        assert_eq!(detect(&text), Some(*language), "{sentence}");
        assert_eq!(detect(&text.to_uppercase()), Some(*language), "{sentence}");
    }
}

#[test]
fn too_little_is_no_language() {
    for text in
        ["", "42", "OK", "Search", "Jane Doe", "Reuters/Associated Press 2019", "…", "x = y + z;", "Ω"]
    {
        assert_eq!(detect(text), None, "{text}");
    }
}

#[test]
fn the_script_of_most_letters_decides() {
    let (english, russian) = (SENTENCES[0].1, "Читать на русском");
    assert_eq!(detect(&format!("{english}\n{russian}")), Some("en"));
    assert_eq!(detect("東京の天気"), Some("ja"));
    assert_eq!(detect("Tokyo 東京都知事選挙の投票率は過去最高となった"), Some("ja"));
}

#[test]
fn a_short_text_shows_its_script() {
    for (text, expected) in [
        ("Читать на русском", Some("ru")),
        ("Читайте українською", Some("uk")),
        ("Чытаць па-беларуску ў нас", Some("be")),
        ("Прочетете още на български, който ще е тук", Some("bg")),
        ("Прочитајте још", Some("sr")),
        ("Фото:", Some("ru")),
        ("اقرأ أيضا", Some("ar")),
        ("فارسی", Some("fa")),
        ("اردو میں پڑھیں", Some("ur")),
        ("हिन्दी", Some("hi")),
        ("中文", Some("zh")),
        ("日本語", Some("zh")),
        ("にほんご", Some("ja")),
        ("한국어", Some("ko")),
        ("ქართული", Some("ka")),
        ("Ελληνικά", Some("el")),
        ("English | Русский", None),
        ("Élysée", None),
        ("© 2017 — “Name”", None),
        ("", None),
    ] {
        assert_eq!(detect_by_script(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_language_or_none(text in r"\PC{0,400}", times in 1usize..12) {
        let text = text.repeat(times);
        prop_assert_eq!(detect(&text), detect(&text));
        detect_by_script(&text);
    }
}

#[test]
fn a_sentence_tells_its_language_by_a_few_words_and_letters() {
    for (language, text) in [
        ("ru", "Президент подписал указ о назначении нового министра транспорта страны."),
        (
            "ru",
            "Паром снова ходит на остров после двух недель ремонта, расписание прежнее, билеты подорожали.",
        ),
        ("uk", "Ціни на бензин зросли за тиждень на два відсотки, повідомив Держстат."),
        ("be", "У горадзе адкрылі новы мост праз раку. Рух па ім пачнецца ў панядзелак."),
        ("bg", "В града беше открит нов мост над реката. Движението започва в понеделник."),
        ("sr", "У граду је отворен нови мост преко реке, саобраћај почиње у понедељак."),
        ("el", "Ο πρόεδρος υπέγραψε το διάταγμα για τον νέο υπουργό μεταφορών."),
        ("ar", "افتتحت المدينة جسرا جديدا فوق النهر، وتبدأ الحركة عليه يوم الاثنين."),
        ("fa", "قیمت بنزین در این هفته دو درصد افزایش یافت."),
        ("ur", "شہر میں دریا پر نیا پل کھول دیا گیا ہے اور پیر سے آمدورفت شروع ہو گی۔"),
    ] {
        assert_eq!(detect(text), Some(language), "{text}");
    }
}

#[test]
fn what_no_word_tells_stays_open() {
    for text in [
        // Mongolian, Tatar, Kyrgyz, Tajik
        "Ерөнхийлөгч зам тээврийн шинэ сайд томилох зарлигт гарын үсэг зурлаа.",
        "Президент транспорт министрын билгеләү турында указга кул куйды.",
        "Президент жаңы транспорт министрин дайындоо жөнүндө жарлыкка кол койду.",
        "Президент дар бораи таъйини вазири нави нақлиёт фармон имзо кард.",
        "Москва, Тверь, Казань, Самара",
    ] {
        assert_eq!(detect(text), None, "{text}");
    }
}
