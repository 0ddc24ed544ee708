//! What is found in texts in other languages than English, and that the document says so.

#![allow(clippy::unwrap_used)]

use corpus_annotate::{Annotators, OTHER_LANGUAGE, other_language};
use corpus_core::{Document, Record, Registry};

fn annotated(text: &str, media_type: &str, date: Option<&str>) -> Document {
    let mut record = Record::new("own", text.as_bytes()).with_media_type(media_type.to_owned());
    record.metadata.date = date.map(str::to_owned);
    let mut document = Registry::core().parse_all(&record).remove(0);
    Annotators::core().annotate(&mut document);
    document
}

/// The times of a text that was written on 9 March 2021.
fn times(text: &str) -> Vec<(String, String)> {
    let document = annotated(text, "text/plain", Some("2021-03-09"));
    let times = document.annotations.iter().filter(|annotation| annotation.layer == "time");
    times
        .map(|time| {
            (document.text[time.span.range()].to_owned(), time.value["timex"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[track_caller]
fn says(text: &str, expected: &[(&str, &str)]) {
    let found = times(text);
    let found: Vec<_> = found.iter().map(|(text, value)| (text.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

const GERMAN: &str = "Der Hafen und die Stadt sind nicht mehr, was sie waren, und das ist für alle der Grund, aus dem gestritten wird.";
const FRENCH: &str = "Le port et la ville ne sont plus ce qu’ils étaient, et c’est la raison de la querelle.";
const RUSSIAN: &str = "Порт и город уже не те, что были раньше, и это причина спора, который идёт в городе.";
const SPANISH: &str =
    "El puerto y la ciudad no son lo que eran, y esa es la razón de la disputa que hay en la ciudad.";

#[test]
fn dates_are_read_in_the_language_of_the_text() {
    says(
        &format!(
            "{GERMAN} Am Montag, dem 15. März 2021, am 3. Mai und seit dem 03.05.2019; im Mai 2020 nicht."
        ),
        &[
            ("Montag, dem 15. März 2021", "2021-03-15"),
            ("3. Mai", "2021-05-03"),
            ("03.05.2019", "2019-05-03"),
            ("Mai 2020", "2020-05"),
        ],
    );
    says(
        &format!(
            "{FRENCH} Depuis le 1er mars 2021 et depuis août 2019 ; en mars 15 bateaux sont partis, le 14 mai."
        ),
        &[("1er mars 2021", "2021-03-01"), ("août 2019", "2019-08"), ("14 mai", "2021-05-14")],
    );
    says(
        &format!("{RUSSIAN} С 22 февраля 2021 года и в марте 2020 года, но не 3 мая и не 5–7 мая."),
        &[
            ("22 февраля 2021 года", "2021-02-22"),
            ("марте 2020", "2020-03"),
            ("3 мая", "2021-05-03"),
            ("5–7 мая", "2021-05-05/2021-05-07"),
        ],
    );
    says(
        &format!("{SPANISH} Desde el 12 de abril de 2020, el 3/4/2020 y en mayo de 2019."),
        &[("12 de abril de 2020", "2020-04-12"), ("3/4/2020", "2020-04-03"), ("mayo de 2019", "2019-05")],
    );
}

#[test]
fn english_words_are_none_in_other_languages() {
    // "Fall", "mit", "Sun" and a number that counts are no times in German.
    says(&format!("{GERMAN} Im Fall 2000 Menschen kommen, may sagt er, am 5 am Abend."), &[]);
    says(
        &format!("{GERMAN} Es war im Jahr 2000 und bis 2030, dazu 1995–97."),
        &[("2000", "2000"), ("2030", "2030"), ("1995", "1995"), ("97", "1997")],
    );
}

#[test]
fn datelines_date_their_reports() {
    let published = |text: &str| {
        let document = annotated(text, "text/plain", None);
        document.parts[0].published.as_ref().map(|published| published.edtf.to_string())
    };
    let report = |dateline: &str, body: &str| published(&format!("{body}\n\n{dateline} {body} {body}\n"));
    let dated = |dateline: &str, body: &str| report(dateline, body).unwrap_or_default();
    assert_eq!(dated("Neustadt, 15. März 2021 (dpa) –", GERMAN), "2021-03-15");
    assert_eq!(dated("Neustadt, 15. März 2021 (dpa).", GERMAN), "2021-03-15");
    assert_eq!(dated("Villeneuve, le 3 mars 2021 (AFP) –", FRENCH), "2021-03-03");
    assert_eq!(dated("Villanueva, 12 abr (EFE).-", SPANISH), "XXXX-04-12/..");
    assert_eq!(dated("НОВГОРОД, 22 февраля. /ТАСС/.", RUSSIAN), "XXXX-02-22/..");
    // A day in a text says nothing of its writing where nobody knows which way it lies, nor does a year.
    assert_eq!(report("Am 15. März beginnt es und endet 2030.", GERMAN), None);
    assert_eq!(report("Neustadt, 15. März 2021 (Montag) ist es.", GERMAN), None);
}

#[test]
fn a_document_says_once_in_which_language_less_is_found() {
    let remarks = |document: &Document| {
        document.diagnostics.iter().filter(|diagnostic| diagnostic.code == OTHER_LANGUAGE).count()
    };
    let mut german = annotated(GERMAN, "text/plain", None);
    assert_eq!((remarks(&german), other_language(&german).as_deref()), (1, Some("de")));
    Annotators::core().annotate_anew(&mut german);
    assert_eq!(remarks(&german), 1);
    let english =
        annotated("The harbour is not what it was, and that is why they quarrel.", "text/plain", None);
    assert_eq!((remarks(&english), other_language(&english)), (0, None));
    // Pages state a language that their template has.
    let page = |body: &str, stated: &str| {
        let html = format!(
            "<html lang={stated}><body><article><h1>1</h1><p>{body}</p><p>{body}</p></article></body></html>"
        );
        other_language(&annotated(&html, "text/html", None)).map(|language| language.into_owned())
    };
    assert_eq!(page(GERMAN, "en").as_deref(), Some("de"));
    assert_eq!(page("The harbour is not what it was, and that is why they are at odds with it.", "de"), None);
    // Of a few words, names may be most.
    let short = annotated("Ada Holm met Bo Dahl in Oslo on 3 May 2021.", "text/plain", None);
    assert_eq!(
        (remarks(&short), short.annotations.iter().filter(|fact| fact.layer == "event").count()),
        (0, 1)
    );
}

#[test]
fn nouns_and_first_words_of_german_are_nobody() {
    let text = "Bisher ist in den Fällen der letzten Jahre kein Schaden entstanden. Der Abbau von Zäunen geht weiter, und \
        zum Schutz von Mooren wird das Wasser gestaut. In vielen Fällen war das Glück auf ihrer Seite, sagte \
        Bürgermeister Hans Müller. Von den Kosten sprach niemand. Liebe Claudia, danke.";
    let document = annotated(text, "text/plain", None);
    let people: Vec<&str> = document
        .annotations
        .iter()
        .filter(|annotation| annotation.layer == "name" && annotation.value["type"] == "PER")
        .map(|annotation| &document.text[annotation.span.range()])
        .collect();
    assert_eq!(people, ["Hans Müller", "Claudia"]);
}

#[test]
fn what_is_german_is_no_english_event_and_no_name() {
    let document = annotated(
        &format!("{GERMAN} Heute war Krieg, und am Montag war Thomas Keller in Berlin.\n"),
        "text/plain",
        None,
    );
    let found = |layer: &str| -> Vec<&str> {
        let of = document.annotations.iter().filter(|annotation| annotation.layer == layer);
        of.map(|annotation| &document.text[annotation.span.range()]).collect()
    };
    assert_eq!(found("event"), [""; 0]);
    let names = found("name");
    assert!(names.contains(&"Thomas Keller") && !names.contains(&"Montag"), "{names:?}");
}

/// The names of a text.
fn names(text: &str) -> Vec<String> {
    let document = annotated(text, "text/plain", None);
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    names.map(|name| document.text[name.span.range()].to_owned()).collect()
}

#[test]
fn nouns_months_and_first_words_are_no_names() {
    let found = names(&format!(
        "{GERMAN} Die Menschen kamen mit dem Schiff. Viele Menschen sahen Ana Moreno im Januar auf das Schiff gehen, \
         und Menschen aus Deutschland blieben im Garten der Regierung."
    ));
    assert!(found.iter().any(|name| name == "Ana Moreno"), "{found:?}");
    assert!(found.iter().any(|name| name == "Deutschland"), "{found:?}");
    for noun in ["Menschen", "Schiff", "Januar", "Garten", "Regierung"] {
        assert!(!found.iter().any(|name| name.contains(noun)), "{noun}: {found:?}");
    }
    let found = names(&format!("{FRENCH} Pour Ana Moreno, le port est fini. Elle part avec Ben Diaz."));
    assert_eq!(found, ["Ana Moreno", "Ben Diaz"]);
    let found = names(&format!("{SPANISH} Según Ana Moreno, la ciudad paga. Durante años no pagó."));
    assert_eq!(found, ["Ana Moreno"]);
}

/// The places of a text, each with the local id of what it names.
fn places(text: &str) -> Vec<(String, String)> {
    let document = annotated(text, "text/plain", None);
    let names = document.annotations.iter().filter(|annotation| annotation.layer == "name");
    let places = names.filter(|name| name.value["type"] == "LOC");
    places
        .map(|name| {
            (document.text[name.span.range()].to_owned(), name.value["entity"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[track_caller]
fn has_places(text: &str, expected: &[(&str, &str)]) {
    let found = places(text);
    let found: Vec<_> = found.iter().map(|(text, id)| (text.as_str(), id.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn countries_are_known_by_the_names_of_the_language() {
    has_places(
        &format!(
            "{GERMAN} Schiffe aus Norwegen und Belgien liegen dort, auch Spanien wartet. Islands Fischer bleiben."
        ),
        &[("Norwegen", "norway"), ("Belgien", "belgium"), ("Spanien", "spain"), ("Island", "iceland")],
    );
    has_places(
        &format!(
            "{FRENCH} Un bateau de l’Équateur attend celui d'Espagne, de l’Arabie saoudite et des Pays-Bas."
        ),
        &[
            ("Équateur", "ecuador"),
            ("Espagne", "spain"),
            ("Arabie saoudite", "saudi-arabia"),
            ("Pays-Bas", "netherlands"),
        ],
    );
    has_places(
        &format!(
            "{RUSSIAN} Судно из Норвегии идёт в Северную Македонию, а Финляндия ждёт ответа Соединенных Штатов."
        ),
        &[
            ("Норвегии", "norway"),
            ("Северную Македонию", "north-macedonia"),
            ("Финляндия", "finland"),
            ("Соединенных Штатов", "united-states"),
        ],
    );
    has_places(
        &format!("{SPANISH} Un barco de Noruega y otro de los Países Bajos no van a Japón."),
        &[("Noruega", "norway"), ("Países Bajos", "netherlands"), ("Japón", "japan")],
    );
}

#[test]
fn names_of_countries_in_other_languages_are_places_in_english_and_other_words_are_not() {
    has_places(
        "The crew sailed from Norge to Frankreich, and a letter came from Россия.",
        &[("Norge", "norway"), ("Frankreich", "france"), ("Россия", "russia")],
    );
    // "Island" is Iceland in German alone, and a given name is no country.
    assert!(!places("The old Island was sold.").contains(&("Island".to_owned(), "iceland".to_owned())));
    let found = places(&format!("{FRENCH} C’est Maurice Perrin qui l’a dit, et Maurice est parti."));
    assert!(found.is_empty(), "{found:?}");
    // What the page writes small elsewhere only begins the sentence.
    let polish = "Miasto i port nie są już tym, czym były, i to jest przyczyna sporu, który trwa w mieście. Podano dania z \
                  ryb. Dania były zimne, a w porcie stał statek z Norwegii.";
    has_places(polish, &[("Norwegii", "norway")]);
}

#[test]
fn streets_that_are_named_for_a_day_are_no_dates() {
    says(
        &format!("{GERMAN} Auf der Straße des 17. Juni standen am 25. und 26. Mai 2019 Tausende."),
        &[("25.", "2019-05-25"), ("26. Mai 2019", "2019-05-26")],
    );
    says(&format!("{FRENCH} La place du 8 mai 1945 est fermée."), &[]);
}
