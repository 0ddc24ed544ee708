//! Words that a credit and a legal notice begin with.

/// Whether a short text credits a picture.
pub(super) fn is_credit(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "photo:",
        "photo by",
        "photograph:",
        "photos:",
        "photo credit",
        "image:",
        "image credit",
        "images:",
        "credit:",
        "picture:",
        "foto:",
        "fotos:",
        "bild:",
        "bildquelle",
        "crédit",
        "credits:",
        "photo :",
        "imagen:",
        "quelle:",
        "©",
        "(photo",
        "getty images",
        "fotografía",
        "фото:",
        "zdj.",
        "foto ",
    ];
    if text.len() > 300 {
        return false;
    }
    let start: String = text.chars().take(20).flat_map(char::to_lowercase).collect();
    STARTS.iter().any(|cue| start.starts_with(cue))
}

/// Whether a text is a copyright notice.
pub(super) fn is_legal(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    let start: String = text.chars().take(120).flat_map(char::to_lowercase).collect();
    (start.starts_with('©')
        || start.starts_with("copyright")
        || start.contains("all rights reserved")
        || start.contains("alle rechte vorbehalten")
        || start.contains("tous droits réservés")
        || start.contains("todos los derechos reservados")
        || start.contains("tutti i diritti riservati"))
        && (start.bytes().any(|byte| byte.is_ascii_digit())
            || start.contains("rights")
            || start.contains("rechte"))
}

/// Whether a text ends with the credit of a picture: "… opens on Monday. Photo: A. Brandt".
pub(super) fn ends_with_credit(text: &str) -> bool {
    const LABELS: &[&str] = &[
        " Bild: ",
        " Foto: ",
        " Photo: ",
        " Image: ",
        " Picture: ",
        " Photograph: ",
        " Fotos: ",
        " Photo : ",
        " © ",
    ];
    let mut start = text.len().saturating_sub(70);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let tail = &text[start..];
    LABELS.iter().filter_map(|label| tail.rfind(label).map(|at| &tail[at + label.len()..])).any(|credit| {
        credit.split_whitespace().count() <= 7 && credit.starts_with(|first: char| !first.is_lowercase())
    })
}
