//! Words around the names of authors: what introduces them, parts them, and what is none.

/// What parts two names, or a name from what follows it.
pub(super) const SEPARATORS: &[&str] = &[
    ",", ";", "|", "•", "·", "\t", "、", "،", " – ", " — ", " and ", " & ", " und ", " et ", " og ", " och ",
    " y ", " / ", "/", " oraz ", " en ", " ve ", " e ", " i ", " и ", " та ", " dan ", " và ", " och ",
    " ja ", " (", " - ", " + ",
];

/// Words in lower case within a name.
pub(super) const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "van", "von", "vom", "den",
    "der", "ten", "ter", "zu", "zur", "bin", "ibn", "al", "el", "af", "av", "st.", "y", "e",
];

/// Words that follow a name in a byline.
pub(super) const ENDS: &[&str] = &[
    "am", "on", "in", "at", "um", "le", "el", "il", "den", "der", "für", "for", "from", "il", "em", "op",
    "på", "vom", "unter", "under", "dans", "en", "|", "-", "–", "—", "/",
];

/// What says that a name follows, in lower case, at the start of a statement.
const INTRODUCTIONS: &[&str] = &[
    "article written by",
    "written by",
    "posted by",
    "reported by",
    "published by",
    "reviewed by",
    "story by",
    "words by",
    "article by",
    "text by",
    "texts by",
    "post by",
    "opinion by",
    "view all posts by",
    "all posts by",
    "more posts by",
    "more articles by",
    "more stories by",
    "more about",
    "articles by",
    "posts by",
    "alle beiträge von",
    "alle artikel von",
    "weitere artikel von",
    "voir tous les articles de",
    "ver todas las entradas de",
    "ver todos os posts de",
    "submitted by",
    "uploaded by",
    "created by",
    "by",
    "von",
    "geschrieben von",
    "veröffentlicht von",
    "verfasst von",
    "erstellt von",
    "eingestellt von",
    "gepostet von",
    "eingetragen von",
    "gespeichert von",
    "autor",
    "autorin",
    "autorin/autor",
    "autoren",
    "ein beitrag von",
    "ein artikel von",
    "eine analyse von",
    "ein gastbeitrag von",
    "ein kommentar von",
    "eine kolumne von",
    "ein interview von",
    "text von",
    "text",
    "text & fotos",
    "text und fotos",
    "par",
    "écrit par",
    "publié par",
    "rédigé par",
    "posté par",
    "auteur",
    "auteurs",
    "texte",
    "por",
    "escrito por",
    "publicado por",
    "escribe",
    "autores",
    "di",
    "pubblicato da",
    "scritto da",
    "a cura di",
    "autore",
    "door",
    "geschreven door",
    "av",
    "skrevet av",
    "publisert av",
    "af",
    "skrevet af",
    "av",
    "skriven av",
    "od",
    "przez",
    "oleh",
    "penulis",
    "author",
    "authors",
    "words",
    "fra",
    "from",
    "interview",
    "автор",
    "автори",
    "авторы",
    "yazar",
    "tekst",
    "tekst:",
    "kirjoittaja",
    "penulis",
    "autors",
    "ditulis oleh",
    "diterbitkan oleh",
    "كتب",
    "كتبت",
    "بقلم",
    "إعداد",
    "نویسنده",
    "作者",
    "撰文",
    "文",
    "記者",
    "记者",
    "本报记者",
    "本報記者",
    "取材・文",
    "執筆",
    "글",
    "기자",
    "του",
    "της",
    "των",
    "γράφει ο",
    "γράφει η",
    "συντάκτης",
    "κείμενο",
    "ρεπορτάζ",
];

/// Those of them that also stand within a statement: "Posted in Sailing by".
const WITHIN: &[&str] = &[
    " by ",
    " von ",
    " vom ",
    " par ",
    " por ",
    " przez ",
    " oleh ",
    " door ",
    " av ",
    " af ",
    "\u{A0}by\u{A0}",
    "\u{A0}von\u{A0}",
    "by\u{A0}",
    "von\u{A0}",
    "Par\u{A0}",
    "By\u{A0}",
    "Von\u{A0}",
];

/// Where the name begins that a statement introduces. Words that are not at its start count where the line is a
/// byline or the statement says that something was published.
pub(super) fn introduction(statement: &str, is_byline: bool) -> Option<usize> {
    let rest = after_introduction(statement);
    if rest.len() < statement.len() {
        return Some(statement.len() - rest.len());
    }
    let start: String = statement.chars().take(24).flat_map(char::to_lowercase).collect();
    if !(is_byline || PUBLISHED.iter().any(|verb| start.starts_with(verb))) {
        return None;
    }
    WITHIN.iter().filter_map(|word| Some(statement.find(word)? + word.len())).min()
}

/// Verbs that a line begins with which says who published something.
const PUBLISHED: &[&str] = &[
    "posted",
    "published",
    "written",
    "submitted",
    "created",
    "geschrieben",
    "veröffentlicht",
    "verfasst",
    "erstellt",
    "eingestellt",
    "eingetragen",
    "gespeichert",
    "publié",
    "publicado",
    "escrito",
    "pubblicato",
    "opublikowan",
    "dodano",
    "geplaatst",
    "gepubliceerd",
    "publicerad",
    "publisert",
    "skrevet",
];

/// What follows the words that introduce a name, or the whole text.
pub(crate) fn after_introduction(text: &str) -> &str {
    let mut text = text.trim_start();
    let mut longest;
    loop {
        longest = 0;
        for introduction in INTRODUCTIONS {
            if introduction.len() > longest
                && let Some(start) = text.get(..introduction.len())
                && text[introduction.len()..].starts_with([' ', ':', '\u{A0}', '：', '/', '／', '＝', '='])
                && start.to_lowercase() == *introduction
            {
                longest = introduction.len();
            }
        }
        if longest == 0 {
            return text;
        }
        text = text[longest..].trim_start_matches([' ', ':', '\u{A0}', '：', '/', '／', '＝', '=']);
    }
}

/// Whether a name stands for no one in particular.
pub(crate) fn is_nobody(name: &str) -> bool {
    const DESKS: &[&str] = &[
        "editor",
        "editors",
        "the editors",
        "redaktion",
        "redaction",
        "redaccion",
        "redacción",
        "redazione",
        "rédaction",
        "la rédaction",
        "la redazione",
        "die redaktion",
        "editorial",
        "editorial team",
        "editorial staff",
        "newsroom",
        "news desk",
        "web desk",
        "staff",
        "team",
    ];
    is_placeholder(name) || DESKS.contains(&name.to_lowercase().as_str())
}

/// Whether a name is what programs write where they know none.
pub(crate) fn is_placeholder(name: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "admin",
        "administrator",
        "administrador",
        "administrateur",
        "site admin",
        "site administrator",
        "superuser",
        "super user",
        "webmaster",
        "author",
        "author name",
        "no author",
        "publisher",
        "user",
        "root",
        "guest",
        "default",
        "unknown",
        "undefined",
        "none",
        "null",
        "anonymous",
    ];
    PLACEHOLDERS.contains(&name.to_lowercase().as_str())
}

/// Whether a name is that of a host: "herald.example".
pub(crate) fn is_domain(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(host, top)| {
        host.len() > 2
            && (2..=8).contains(&top.len())
            && top.bytes().all(|byte| byte.is_ascii_lowercase())
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
    })
}

/// Whether words are nothing but what someone does: "Producer", "Senior Editor".
pub(crate) fn is_only_post(words: &str) -> bool {
    !words.is_empty() && words.split_whitespace().all(is_post)
}

/// Whether the words name what someone does.
pub(super) fn is_post(words: &str) -> bool {
    const POSTS: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "writer",
        "director",
        "head",
        "manager",
        "author",
        "columnist",
        "journalist",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "founder",
        "chief",
        "producer",
        "professor",
        "staff",
        "president",
        "contributor",
        "lead",
        "officer",
        "analyst",
        "specialist",
        "senior",
        "redactor",
        "team",
        "news",
        "press",
        "university",
        "institute",
        "expert",
        "consultant",
        "lecturer",
        "updated",
        "published",
        "uhr",
        "min",
        "posted",
        "posts",
        "comments",
        "comment",
        "kommentare",
        "read",
        "share",
        "more",
        "about",
        "follow",
        "profile",
        "view",
        "written",
    ];
    words
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| POSTS.contains(&word))
}

/// Whether the words name an outlet, not a person: what follows the names in a byline is often where they write.
pub(super) fn is_outlet(name: &str) -> bool {
    const AGENCIES: &[&str] = &["agency", "agence", "agentur", "association", "reuters"];
    is_paper(name) || has_word(name, AGENCIES)
}

/// Whether the words name a paper or a station, which signs nothing itself; agencies do.
pub(crate) fn is_paper(name: &str) -> bool {
    const PAPERS: &[&str] = &[
        "herald",
        "tribune",
        "gazette",
        "magazine",
        "journal",
        "zeitung",
        "times",
        "radio",
        "observer",
        "chronicle",
        "telegraph",
    ];
    has_word(name, PAPERS)
}

fn has_word(name: &str, words: &[&str]) -> bool {
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// Whether a name of several words begins as those of places do, and those of persons hardly ever: what follows the
/// names in a byline is often where they wrote it.
pub(super) fn is_place(name: &str) -> bool {
    const STARTS: &[&str] = &[
        "abu", "addis", "buenos", "cape", "east", "fort", "hong", "kuala", "las", "los", "mexico", "new",
        "north", "phnom", "port", "porto", "puerto", "saint", "san", "santa", "são", "sankt", "south", "st.",
        "tel", "united", "west",
    ];
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    STARTS.contains(&first.as_str())
}

/// Whether words begin with the name of a weekday.
pub(super) fn is_calendar(words: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ];
    let first = words.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    DAYS.contains(&first.as_str())
}

/// Whether an address is that of a page about an author.
pub(crate) fn leads_to_author(href: &str) -> bool {
    const SEGMENTS: &[&str] = &[
        "author",
        "authors",
        "autor",
        "autoren",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "writer",
        "writers",
        "reporter",
        "reporters",
        "journalist",
        "journalists",
        "redakteur",
        "redakteure",
        "byline",
        "columnist",
        "columnists",
        "contributor",
        "contributors",
        "skribent",
        "forfatter",
        "yazar",
        "yazarlar",
        "firma",
        "penulis",
    ];
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
    while let Some(segment) = segments.next() {
        let segment = segment.trim_end_matches(".html");
        if segments.peek().is_some() && SEGMENTS.iter().any(|known| segment.eq_ignore_ascii_case(known)) {
            return true;
        }
    }
    false
}
