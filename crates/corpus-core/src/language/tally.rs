//! What a sample of text says for each script and each language.

use crate::ascii;

use super::{
    script::Script,
    words::{LANGUAGES, Language, WORDS, lacked_by, told_by},
};

/// Letters counted by script, and points for languages by words and letters.
pub(super) struct Tally {
    letters: [u32; Script::COUNT],
    points: [u32; 64],
    /// Letters that a language does without, for each.
    foreign: [u16; 64],
    /// The languages of which a common word was met.
    met: u64,
    n_words: u32,
}

/// What a word or letter is worth to each of the languages it speaks for, by their number.
const WORTH: [u32; 5] = [0, 12, 8, 6, 5];

/// What a letter that a language does without is worth against it.
const FOREIGN: u32 = 4;

/// The longest word looked up, in bytes.
const LONGEST: usize = 24;

impl Default for Tally {
    fn default() -> Self {
        Tally { letters: [0; Script::COUNT], points: [0; 64], foreign: [0; 64], met: 0, n_words: 0 }
    }
}

impl Tally {
    /// Counts the letters and words of `sample`.
    pub(super) fn add(&mut self, sample: &str) {
        let bytes = sample.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            at += ascii::run(&bytes[at..], ascii::letters);
            if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
                at = self.add_word(sample, start);
                continue;
            }
            if at > start {
                let word = &bytes[start..at];
                self.letters[Script::Latin as usize] += word.len() as u32;
                self.n_words += 1;
                if word.len() <= 8 {
                    self.award(WORDS.value_of_short_ascii(bytes, start, word.len()), 1);
                }
            }
            at += 1;
        }
    }

    /// Counts the word at `start`, or the letters up to a sign that is not ASCII; returns the place after it.
    fn add_word(&mut self, sample: &str, start: usize) -> usize {
        let mut folded = [0; LONGEST + 4];
        let mut len = 0;
        let mut end = start;
        for c in sample[start..].chars() {
            let script = if c.is_ascii_alphabetic() { Some(Script::Latin) } else { Script::of(c) };
            let Some(script) = script else {
                // A sign that is not ASCII is read over here; others are left to the caller.
                end += if c.is_ascii() { 0 } else { c.len_utf8() };
                break;
            };
            end += c.len_utf8();
            self.letters[script as usize] += 1;
            let lower = lower_case(c);
            self.award(told_by(lower), 2);
            if script != Script::Latin {
                self.count_foreign(lacked_by(lower));
            }
            if len <= LONGEST {
                len += lower.encode_utf8(&mut folded[len..]).len();
            }
        }
        if len > 0 {
            self.n_words += 1;
            if len <= LONGEST {
                let languages = WORDS.value(&folded[..len]);
                self.met |= languages;
                self.award(languages, 1);
            }
        }
        end
    }

    /// Gives each of `languages` its points, divided by `share`.
    #[inline]
    fn award(&mut self, languages: u64, share: u32) {
        let worth = WORTH.get(languages.count_ones() as usize).copied().unwrap_or(4) / share;
        let mut rest = languages;
        while rest != 0 {
            self.points[rest.trailing_zeros() as usize] += worth;
            rest &= rest - 1;
        }
    }

    /// Counts a letter against the languages that do without it.
    #[inline]
    fn count_foreign(&mut self, languages: u64) {
        let mut rest = languages;
        while rest != 0 {
            let count = &mut self.foreign[rest.trailing_zeros() as usize];
            *count = count.saturating_add(1);
            rest &= rest - 1;
        }
    }

    /// The language of a document; `None` where the sample is too small or in no language known.
    pub(super) fn language(&self) -> Option<&'static str> {
        let (script, n_letters) = self.script()?;
        if let Some(language) = script.language() {
            return (n_letters >= 4).then_some(language);
        }
        let (language, points, next) = self.best(script)?;
        // Prose has three points a word and more, a list of names one; what is seldom met must be clear prose.
        let enough = if language.seldom {
            points >= 40 && points >= self.n_words * 3
        } else {
            points >= 20 && (points * 2 >= self.n_words * 3 || points >= self.n_words.max(next * 2))
        };
        let clear = self.n_words >= 40 || points * 4 >= next * 5;
        let is_long_text = enough && clear && (script == Script::Latin || self.has_word_of(language));
        (is_long_text || self.is_short_text_of(language, n_letters, points, next)).then_some(language.tag)
    }

    /// Whether a text of a sentence or two is in `language`, in a script that a few languages write: it has a common word
    /// of it and none of the letters that it does without.
    fn is_short_text_of(&self, language: &Language, n_letters: u32, points: u32, next: u32) -> bool {
        /// Fewest letters, and most words.
        const FEWEST: u32 = 30;
        const MOST: u32 = 60;
        const LEAST: u32 = 7;
        language.script != Script::Latin
            && n_letters >= FEWEST
            && self.n_words <= MOST
            && self.has_word_of(language)
            && points >= LEAST
            && points * 5 >= next * 6
            && u32::from(self.foreign[number(language)]) * 40 <= n_letters
    }

    /// Whether a common word of `language` was met: letters alone tell of a script more languages than are known here.
    fn has_word_of(&self, language: &Language) -> bool {
        self.met >> number(language) & 1 != 0
    }

    /// Whether one language stands out so far that more text would not change the answer.
    pub(super) fn is_clear(&self) -> bool {
        self.script().and_then(|(script, _)| self.best(script)).is_some_and(|(language, points, next)| {
            !language.seldom && points >= 80 && points >= self.n_words * 3 && points >= next * 3
        })
    }

    /// Whether running text speaks for one language far more than for another, or is in a script that the other has not.
    pub(super) fn is_rather(&self, language: &str, other: &str) -> bool {
        let points = |tag: &str| {
            let known = LANGUAGES
                .iter()
                .zip(self.points)
                .filter(|(known, _)| known.tag.split('-').next() == Some(tag));
            known.map(|(_, points)| points).max().unwrap_or(0)
        };
        let primary = language.split('-').next().unwrap_or(language);
        script_of(primary) != script_of(other)
            || self.n_words >= 20 && points(primary) >= 80 && points(primary) >= points(other) * 3
    }

    /// The language of a short text as far as its script shows.
    pub(super) fn language_by_script(&self) -> Option<&'static str> {
        let (script, _) = self.script().filter(|(script, _)| *script != Script::Latin)?;
        match self.best(script) {
            Some((language, points, next)) if points > next => Some(language.tag),
            _ => script.commonest_language(),
        }
    }

    /// Whether words or letters, not the script alone, tell `language`.
    pub(super) fn is_told(&self, language: &str) -> bool {
        self.script().and_then(|(script, _)| self.best(script)).is_some_and(|(best, points, next)| {
            best.tag == language && points > next && self.has_word_of(best)
        })
    }

    /// The script of most letters, and their number. Han and Hangul letters stand for syllables and count as
    /// three; kana make Han Japanese.
    fn script(&self) -> Option<(Script, u32)> {
        let mut letters = self.letters;
        for dense in [Script::Han, Script::Kana, Script::Hangul] {
            letters[dense as usize] *= 3;
        }
        let (han, kana) = (letters[Script::Han as usize], letters[Script::Kana as usize]);
        if kana * 12 > han {
            letters[Script::Kana as usize] += han;
            letters[Script::Han as usize] = 0;
        }
        let most = SCRIPTS.into_iter().max_by_key(|script| letters[*script as usize])?;
        let n_letters = letters[most as usize];
        (n_letters > 0).then_some((most, n_letters))
    }

    /// The language of `script` with the most points, its points, and those of the next.
    fn best(&self, script: Script) -> Option<(&'static Language, u32, u32)> {
        let mut best = None;
        let mut next = 0;
        for ((language, points), foreign) in LANGUAGES.iter().zip(self.points).zip(self.foreign) {
            let points = points.saturating_sub(u32::from(foreign) * FOREIGN);
            if language.script != script {
                continue;
            }
            match best {
                Some((_, most)) if points <= most => next = next.max(points),
                _ => {
                    next = best.map_or(next, |(_, most)| most);
                    best = Some((language, points));
                }
            }
        }
        best.map(|(language, points)| (language, points, next))
    }
}

/// The script of a language that is known here.
pub(super) fn script_of(language: &str) -> Option<Script> {
    let known = LANGUAGES.iter().find(|one| one.tag.split('-').next() == Some(language));
    known
        .map(|one| one.script)
        .or_else(|| SCRIPTS.into_iter().find(|script| script.language() == Some(language)))
}

/// The number of a language, as in [`WORDS`].
fn number(language: &Language) -> usize {
    LANGUAGES.iter().position(|one| std::ptr::eq(one, language)).unwrap_or_default()
}

/// Every script, the last first, so that Latin wins a tie.
const SCRIPTS: [Script; Script::COUNT] = [
    Script::Malayalam,
    Script::Kannada,
    Script::Telugu,
    Script::Tamil,
    Script::Oriya,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::Bengali,
    Script::Sinhala,
    Script::Tibetan,
    Script::Myanmar,
    Script::Khmer,
    Script::Lao,
    Script::Thai,
    Script::Ethiopic,
    Script::Georgian,
    Script::Armenian,
    Script::Hebrew,
    Script::Greek,
    Script::Hangul,
    Script::Kana,
    Script::Han,
    Script::Devanagari,
    Script::Arabic,
    Script::Cyrillic,
    Script::Latin,
];

/// The lower case of a letter of the scripts whose words are looked up.
#[inline]
fn lower_case(c: char) -> char {
    let code = u32::from(c);
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a9 | 0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        0x130 => u32::from('i'),
        0x178 => 0xff,
        0x18f => 0x259,
        0x139..=0x148 | 0x179..=0x17e if code % 2 == 1 => code + 1,
        0x100..=0x137
        | 0x14a..=0x177
        | 0x1a0
        | 0x218
        | 0x21a
        | 0x48a..=0x4bf
        | 0x4d0..=0x52f
        | 0x1e00..=0x1eff
            if code % 2 == 0 =>
        {
            code + 1
        }
        0x1af => 0x1b0,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(c)
}
