//! The language of a text, told from its script and its commonest words.

mod script;
mod tally;
mod words;

use tally::Tally;
use words::{LANGUAGES, WORDS};

/// BCP 47 language of `text`, told from a sample of up to 640 bytes spread over it; `None` where there is too little to
/// tell.
///
/// The script decides first. Of the languages that share the Latin, Cyrillic, Arabic or Devanagari script, some sixty
/// are told apart by their commonest words and by letters that others lack. Serbian in Latin script is `sr-Latn`.
///
/// ```
/// use corpus_core::language;
/// assert_eq!(language::detect("Das Haus steht am Fluss, und der Garten ist nicht groß."), Some("de"));
/// assert_eq!(language::detect("Дом стоит у реки, но сад был не очень большой."), Some("ru"));
/// assert_eq!(language::detect("OK 42"), None);
/// ```
pub fn detect(text: &str) -> Option<&'static str> {
    sampled(text).language()
}

/// BCP 47 language of a text that a page says is in `stated`, where it surely is in another: of one that is not known here
/// nobody can tell.
pub(crate) fn detect_against(text: &str, stated: &str) -> Option<&'static str> {
    let primary = |tag: &str| tag.split('-').next().map(str::to_owned);
    tally::script_of(&primary(stated)?)?;
    let tally = sampled(text);
    let told = tally.language().filter(|told| primary(told) != primary(stated))?;
    tally.is_rather(told, &primary(stated)?).then_some(told)
}

fn sampled(text: &str) -> Tally {
    let mut tally = Tally::default();
    let n_windows = (text.len() / WINDOW).min(N_WINDOWS);
    if n_windows < 3 {
        tally.add(text);
        return tally;
    }
    // Windows at equal distances: most fall into long lines, few into menus, none on the first or last words.
    for (nth, window) in ORDER.into_iter().filter(|&window| window < n_windows).enumerate() {
        let middle = text.len() / (2 * n_windows) * (2 * window + 1);
        tally.add(window_at(text, middle.saturating_sub(WINDOW / 2)));
        if nth >= 1 && tally.is_clear() {
            break;
        }
    }
    tally
}

/// BCP 47 language of a short text, only as far as its script shows; `None` where Latin letters prevail.
///
/// Words and telling letters decide among the languages of a script where there are any. Where there are none, the
/// language most written on the web is meant: Russian for Cyrillic, Arabic for Arabic, Hindi for Devanagari.
///
/// ```
/// use corpus_core::language;
/// assert_eq!(language::detect_by_script("Читати українською"), Some("uk"));
/// assert_eq!(language::detect_by_script("Фото:"), Some("ru"));
/// assert_eq!(language::detect_by_script("Élysée"), None);
/// ```
pub fn detect_by_script(text: &str) -> Option<&'static str> {
    let sample = &text[..boundary_before(text, SAMPLE)];
    // ASCII, Latin letters and punctuation, which begin with other bytes, are most of what is asked.
    let may_tell = |byte: u8| (byte >= 0xcd) & (byte != 0xe2);
    if !sample.bytes().fold(false, |any, byte| any | may_tell(byte)) {
        return None;
    }
    tally(sample).language_by_script()
}

fn tally(sample: &str) -> Tally {
    let mut tally = Tally::default();
    tally.add(&sample[..boundary_before(sample, SAMPLE)]);
    tally
}

/// BCP 47 language of a piece of a page in `language`, where the script of the piece, or its words, show another.
pub(crate) fn detect_beside(text: &str, language: Option<&str>) -> Option<&'static str> {
    let found = detect_by_script(text)?;
    let Some(own) = language.map(|tag| tag.split('-').next().unwrap_or(tag)) else { return Some(found) };
    // Of a language that is not known here nobody knows the script; Japanese and Korean have Chinese characters.
    let script = tally::script_of(own)?;
    let shares_script =
        tally::script_of(found) == Some(script) || found == "zh" && matches!(own, "ja" | "ko");
    let is_told = || tally(text).is_told(found);
    (own != found && (!shares_script || found != "zh" && is_told())).then_some(found)
}

/// Whether a word, in whatever case, is among the commonest ones of a language (BCP 47): its articles, prepositions,
/// pronouns and the like. Of a language without a list none is.
///
/// ```
/// use corpus_core::language;
/// assert!(language::is_common_word("Pour", "fr-CA") && !language::is_common_word("pour", "de"));
/// ```
pub fn is_common_word(word: &str, language: &str) -> bool {
    let whole = LANGUAGES.iter().position(|one| one.tag == language);
    let base = || LANGUAGES.iter().position(|one| Some(one.tag) == language.split('-').next());
    whole.or_else(base).is_some_and(|at| WORDS.value(word.to_lowercase().as_bytes()) >> at & 1 != 0)
}

/// Length of a sample in bytes.
const SAMPLE: usize = N_WINDOWS * WINDOW;
const N_WINDOWS: usize = 8;
const WINDOW: usize = 80;
/// The windows, the middle first: where the first few speak clearly for one language, the others are not read.
const ORDER: [usize; N_WINDOWS] = [3, 5, 1, 4, 6, 2, 0, 7];

/// A window of `text` from `start` on, which begins and ends between words where there are spaces.
fn window_at(text: &str, start: usize) -> &str {
    let bytes = text.as_bytes();
    let space_near = |at: usize| bytes[at..].iter().take(24).position(|byte| byte.is_ascii_whitespace());
    let start = boundary_before(text, start + space_near(start).unwrap_or(0));
    let end = (start + WINDOW).min(text.len());
    &text[start..boundary_before(text, end + space_near(end).unwrap_or(0))]
}

/// The last place up to `at` where a character begins or the text ends.
fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
