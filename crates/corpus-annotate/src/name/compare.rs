//! Comparison of two names: how likely they are spellings of one, whatever script, order and romanisation.

use super::{
    gazetteer::{Traits, gazetteer},
    sound::{MAX_LETTERS, Sounds, alike, alike_from},
};
use crate::{
    lexicon::KeyFilter,
    token::{BuildKeyHasher, Key},
};
use any_ascii::any_ascii;
use std::{collections::HashMap, sync::LazyLock};

/// Scores from here on say that two names are the same.
pub const SAME: f32 = 0.7;

/// How alike two names are, from 0 to 1; the order of the names does not matter.
///
/// Words are compared by their sounds, so that romanisations of one name meet ("Kiev", "Kyiv"), and matched whatever
/// their order. A word that finds no counterpart speaks against the pair, more so where both names have such words.
///
/// # Examples
/// ```
/// use corpus_annotate::name::compare::{SAME, similarity};
/// assert!(similarity("Aleksandr Kowalenko", "Alyaksandr Kavalenka") >= SAME);
/// assert!(similarity("Marta Kowalenko", "Alyaksandr Kavalenka") < SAME);
/// ```
pub fn similarity(a: &str, b: &str) -> f32 {
    Words::of(a).similarity(&Words::of(b))
}

/// The words of a name, without titles and legal forms: what [`similarity`] compares, cut and sounded once for many
/// comparisons.
#[derive(Debug)]
pub struct Words {
    list: Vec<Word>,
    /// Whether a legal form or the head of a body's name was among them.
    body: bool,
    /// All of it in one word, without legal forms.
    joined: String,
    /// Whether it is written as "surname, given name", or with a particle, so that its order says nothing.
    turned: bool,
}

#[derive(Debug)]
struct Word {
    sounds: Sounds,
    /// Lower-case ASCII letters and digits.
    letters: String,
    /// The given names that it is, or is a short form of, one bit each.
    nicknames: u64,
    /// Whether its script writes no vowels.
    abjad: bool,
}

impl Word {
    fn new(letters: &str, abjad: bool) -> Self {
        let sounds = Sounds::of(letters);
        Word {
            sounds: if abjad { sounds.consonants() } else { sounds },
            letters: letters.to_owned(),
            nicknames: nicknames(letters),
            abjad,
        }
    }

    /// Whether two words are one, or spellings of one that differ by a slip or by a way to romanise: long words that
    /// differ in one sound, longer ones in more.
    fn is_spelling_of(&self, other: &Word) -> bool {
        /// Letters of words that are compared by their sounds; shorter ones sound alike by chance.
        const FEWEST_LETTERS: usize = 5;
        /// Further sounds for each that may differ.
        const SOUNDS: usize = 6;
        let n_letters = self.letters.len().min(other.letters.len());
        let n_sounds = self.sounds.len().min(other.sounds.len());
        self.letters == other.letters
            || self.nicknames & other.nicknames != 0
            || self.abjad != other.abjad
            || n_letters >= FEWEST_LETTERS
                && self.sounds.is_within(&other.sounds, n_sounds.saturating_sub(1) / SOUNDS)
    }

    fn is_initial(&self) -> bool {
        self.letters.len() == 1
    }

    fn is_number(&self) -> bool {
        self.letters.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Words {
    /// The words of a name.
    pub fn of(name: &str) -> Self {
        let mut words =
            Words { list: Vec::new(), body: false, joined: String::new(), turned: name.contains(',') };
        let plain = plain(name);
        let split = |letter: char| !letter.is_ascii_alphanumeric();
        let mut kept: Vec<&str> = plain.split(split).filter(|word| !word.is_empty()).collect();
        let known =
            |word: &&str| gazetteer().traits(Key::of(word)).any(Traits::ORG_HEAD.or(Traits::ORG_TAIL));
        words.body = kept.len() > 1 && kept.iter().any(known);
        words.strip(&mut kept);
        let abjad = !name.is_ascii() && name.chars().any(|letter| ('\u{590}'..'\u{700}').contains(&letter));
        words.list.reserve_exact(kept.len());
        for word in kept {
            words.list.push(Word::new(digit(word).unwrap_or(word), abjad));
        }
        words.initials(name);
        words
    }

    /// How alike two names are; see [`similarity`].
    pub fn similarity(&self, other: &Words) -> f32 {
        if self.list.is_empty() || other.list.is_empty() {
            return 0.0;
        }
        let apart = if self.body || other.body { bodies(self, other) } else { people(self, other) };
        apart.max(joined(self, other)).clamp(0.0, 1.0)
    }

    /// Whether two names are as alike as `least`: as [`Words::similarity`] says, without working out by how much two
    /// that are not fall short.
    pub fn reach(&self, other: &Words, least: f32) -> bool {
        let bodies = self.body || other.body;
        if !bodies && falls_short(self, other, least) && joined(self, other) < least {
            return false;
        }
        self.similarity(other) >= least
    }

    /// Keys of what each word sounds like, so that spellings of one have one; initials have none.
    pub(crate) fn sounds(&self) -> impl Iterator<Item = Key> {
        let words = self.list.iter().filter(|word| !word.is_initial());
        words.map(|word| word.sounds.skeleton())
    }

    /// Whether a word of one is a word of the other, or a spelling of it.
    pub(crate) fn share_a_word(&self, other: &Words) -> bool {
        self.joined == other.joined
            || self.list.iter().any(|word| other.list.iter().any(|other| word.is_spelling_of(other)))
    }

    /// Whether one of the words is an initial.
    pub fn has_initial(&self) -> bool {
        self.list.iter().any(Word::is_initial)
    }

    /// Makes initials of a first word of two or three capital consonants: "JC".
    fn initials(&mut self, name: &str) {
        let first = name.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let initials = (2..=3).contains(&first.len())
            && first.bytes().all(|letter| letter.is_ascii_uppercase() && !b"AEIOUY".contains(&letter));
        if !initials || self.body || self.list.len() < 2 || name.chars().all(|letter| !letter.is_lowercase())
        {
            return;
        }
        let letters = first.to_ascii_lowercase();
        let words = (0..letters.len()).map(|at| Word::new(&letters[at..=at], false));
        self.list.splice(0..1, words);
    }

    /// Takes legal forms, titles and particles out, as long as something is left.
    fn strip(&mut self, words: &mut Vec<&str>) {
        let mut at = 0;
        while at < words.len() {
            let begins = |form: &&Vec<&str>| words[at..].starts_with(form);
            let form = if is_small(words[at]) { LEGAL_FORMS.iter().find(begins) } else { None };
            match form {
                Some(form) if words.len() > form.len() => {
                    words.drain(at..at + form.len());
                    self.body = true;
                }
                _ => at += 1,
            }
        }
        while words.len() > 1 && is_small(words[0]) && TITLES.contains(&words[0]) {
            words.remove(0);
        }
        self.joined = words.concat();
        let particle = |word: &&str| is_small(word) && PARTICLES.contains(word);
        let n_particles = words.iter().filter(|word| particle(word)).count();
        self.turned |= n_particles > 0;
        if n_particles < words.len() {
            words.retain(|word| !particle(word));
        }
    }
}

/// Whether a word may be a title, a particle or the first word of a legal form; most are none.
fn is_small(word: &str) -> bool {
    static SMALL: LazyLock<KeyFilter> = LazyLock::new(|| {
        let firsts = LEGAL_FORMS.iter().filter_map(|form| form.first());
        let words: Vec<Key> = firsts.chain(TITLES).chain(PARTICLES).map(|word| Key::of(word)).collect();
        KeyFilter::new(words.into_iter())
    });
    SMALL.may_hold(Key::of(word))
}

/// The name in lower-case ASCII, as it sounds, without apostrophes.
fn plain(name: &str) -> String {
    let spelled = spelled(name);
    let mut plain = if spelled.is_ascii() { spelled } else { any_ascii(&spelled) };
    plain.make_ascii_lowercase();
    plain.retain(|letter| !matches!(letter, '\'' | '`'));
    plain
}

/// The name with the letters that differ by more than a mark in Latin spellings written as they sound.
fn spelled(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = letter.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        match letter {
            'č' | 'Č' => spelled.push_str("ch"),
            'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' => spelled.push_str("sh"),
            'ž' | 'Ž' | 'ż' | 'Ż' => spelled.push_str("zh"),
            'ŭ' | 'Ŭ' => spelled.push('v'),
            // A capital within a word begins another one: "JohnSmith".
            _ if begins && before.is_lowercase() => spelled.extend([' ', letter]),
            '"' | '«' | '»' => spelled.push(' '),
            _ => spelled.push(letter),
        }
        before = letter;
    }
    spelled
}

/// Whether two surnames differ by an ending "s" alone, and the longer one is a surname of its own: "Robert", "Roberts".
pub(crate) fn is_own_surname(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_suffix('s') == Some(short) && gazetteer().traits(Key::of(long)).any(Traits::SURNAME)
}

/// Whether two words that are written differently are surnames of their own, however much they sound alike: "Reagan"
/// and "Regan".
pub(crate) fn are_two_surnames(one: &str, other: &str) -> bool {
    let is_surname = |word: &str| gazetteer().traits(Key::of(word)).any(Traits::SURNAME);
    !one.eq_ignore_ascii_case(other) && is_surname(one) && is_surname(other)
}

/// The score of two names of people.
fn people(a: &Words, b: &Words) -> f32 {
    let (short, long) = if a.list.len() <= b.list.len() { (a, b) } else { (b, a) };
    let pairs = matched(short, long);
    let n_matched = pairs.iter().filter(|pair| pair.score >= MATCH).count();
    let n_left = short.list.len() - n_matched;
    let n_over = long.list.len() - n_matched;
    let n_whole = pairs
        .iter()
        .filter(|pair| {
            pair.score >= MATCH && !short.list[pair.short].is_initial() && !long.list[pair.long].is_initial()
        })
        .count();
    if n_whole == 0 {
        return 0.2 * pairs.iter().map(|pair| pair.score).fold(0.0, f32::max);
    }
    let weight = |pair: &Pair| {
        short.list[pair.short].letters.len().min(long.list[pair.long].letters.len()).max(1) as f32
    };
    let total: f32 = pairs.iter().map(weight).sum();
    let mean = pairs.iter().map(|pair| pair.score * weight(pair)).sum::<f32>() / total;
    let worst = pairs.iter().map(|pair| pair.score).fold(1.0, f32::min);
    let mut score = 0.5 * mean + 0.5 * worst;
    // "Karl Ernst" is not "Ernst Karl", though "Ernst Meyer" is "Meyer Ernst".
    let given = |word: &Word| gazetteer().traits(Key::of(&word.letters)).any(Traits::GIVEN);
    let turned = pairs.len() == 2
        && short.list.len() == long.list.len()
        && pairs.iter().all(|pair| pair.short != pair.long);
    if turned && !a.turned && !b.turned && short.list.iter().chain(&long.list).all(given) {
        score *= 0.6;
    }
    // The order of the words says something: a surname alone is the last word.
    if short.list.len() == 1 && long.list.len() > 1 {
        let at = pairs.first().map_or(0, |pair| pair.long);
        score *= if at + 1 == long.list.len() { 0.85 } else { 0.6 };
    }
    if short.list.len() >= 2 && n_left == 0 && n_over > 0 {
        // Further names stand in the middle or, rarely, around.
        score *= 1.0 - 0.03 * n_over as f32;
    }
    if n_left > 0 && n_over > 0 {
        score *= 0.6;
    }
    score.clamp(0.0, 1.0)
}

/// Whether the score of two names of people is less than `least`, as far as it shows by the words of the shorter one,
/// each beside the word of the longer one that is most alike.
fn falls_short(a: &Words, b: &Words, least: f32) -> bool {
    let (short, long) = if a.list.len() <= b.list.len() { (a, b) } else { (b, a) };
    if short.list.is_empty() || long.list.len() > MOST_MATCHED {
        return false;
    }
    let letters = |word: &Word| word.letters.len().max(1) as f32;
    let total: f32 = short.list.iter().map(letters).sum();
    let shortest = long.list.iter().map(letters).fold(f32::MAX, f32::min);
    // The score is the mean of the worst pair and of the weighed mean of all; both are 1 at most.
    let (mut worst, mut lost) = (1.0_f32, 0.0_f32);
    for word in &short.list {
        let weight = letters(word).min(shortest) / total;
        // As alike as this its counterpart must be for the score to be reached, were all others the same.
        let needed = ((2.0 * least - 1.0 + lost + weight) / (1.0 + weight)).clamp(0.0, 1.0) - 0.001;
        let best = long.list.iter().map(|other| word_similarity(word, other, needed)).fold(0.0_f32, f32::max);
        worst = worst.min(best);
        lost += (1.0 - best) * weight;
        if best < needed || 0.5 * (1.0 - lost) + 0.5 * worst < least - 0.001 {
            return true;
        }
    }
    false
}

/// The most words of a name that are matched.
const MOST_MATCHED: usize = 16;

/// The score of two names of bodies: every word counts, save the legal form.
fn bodies(a: &Words, b: &Words) -> f32 {
    let (short, long) = if a.list.len() <= b.list.len() { (a, b) } else { (b, a) };
    let mut pairs = matched(short, long);
    pairs.retain(|pair| {
        let initials = short.list[pair.short].is_initial() || long.list[pair.long].is_initial();
        pair.score >= if initials { 1.0 } else { MATCH_BODY }
    });
    let letters = |words: &Words| words.list.iter().map(|word| word.letters.len()).sum::<usize>() as f32;
    let both =
        |pair: &Pair| (short.list[pair.short].letters.len() + long.list[pair.long].letters.len()) as f32;
    let found: f32 = pairs.iter().map(|pair| pair.score * both(pair)).sum();
    let score = found / (letters(short) + letters(long));
    let open = |words: &Words, taken: &dyn Fn(usize) -> bool| {
        words.list.iter().enumerate().any(|(at, word)| !taken(at) && word.is_number())
    };
    let number_left = open(short, &|at| pairs.iter().any(|pair| pair.short == at))
        || open(long, &|at| pairs.iter().any(|pair| pair.long == at));
    let both_left = pairs.len() < short.list.len() && pairs.len() < long.list.len();
    if both_left || number_left { score * 0.6 } else { score }
}

/// The score of two names one of which is written without its spaces, backwards, or as an abbreviation with points:
/// "van der bilt" and "vanderbilt", "A.B.C." and "ABC".
fn joined(a: &Words, b: &Words) -> f32 {
    let (left, right) = (&a.joined, &b.joined);
    if left == right {
        return 0.95;
    }
    let (short, long) = (left.len().min(right.len()), left.len().max(right.len()));
    if short < 6 || short * 10 < long * 8 || long > MAX_LETTERS {
        return 0.0;
    }
    if left.bytes().rev().eq(right.bytes()) || backwards(a, b) {
        return 0.9;
    }
    // Initials run together say nothing: "A. Moser" is no spelling of "E. J. Moser".
    if a.list.len() == b.list.len() || a.has_initial() || b.has_initial() {
        return 0.0;
    }
    let score = alike(&Sounds::of(left), &Sounds::of(right));
    if score >= 0.85 { score } else { 0.0 }
}

/// Whether every word of one is the same word of the other, the last letter first.
fn backwards(a: &Words, b: &Words) -> bool {
    let turned = |(a, b): (&Word, &Word)| a.letters.bytes().rev().eq(b.letters.bytes());
    a.list.len() == b.list.len()
        && (a.list.iter().zip(&b.list).all(turned) || a.list.iter().rev().zip(&b.list).all(turned))
}

/// Two words that belong together, and how alike they are.
#[derive(Clone, Copy, Debug)]
struct Pair {
    short: usize,
    long: usize,
    score: f32,
}

/// Words as alike as this are the same.
const MATCH: f32 = 0.72;

/// Words of bodies as alike as this are the same.
const MATCH_BODY: f32 = 0.85;

/// The best counterpart of each word of the shorter name, the most alike first; no word has two.
fn matched(short: &Words, long: &Words) -> Vec<Pair> {
    let mut all = Vec::new();
    for (i, left) in short.list.iter().enumerate().take(MOST_MATCHED) {
        for (j, right) in long.list.iter().enumerate().take(MOST_MATCHED) {
            all.push(Pair { short: i, long: j, score: word_similarity(left, right, 0.0) });
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.short, a.long).cmp(&(b.short, b.long))));
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in all {
        if pairs.iter().all(|taken| taken.short != pair.short && taken.long != pair.long) {
            pairs.push(pair);
        }
    }
    pairs
}

/// How alike two words are; what is less than `least` may come out as 0.
fn word_similarity(a: &Word, b: &Word, least: f32) -> f32 {
    if a.letters == b.letters {
        return 1.0;
    }
    if a.is_number() || b.is_number() {
        return 0.0;
    }
    if a.is_initial() || b.is_initial() {
        let alike = a.letters.as_bytes().first() == b.letters.as_bytes().first();
        return if alike { 0.9 } else { 0.0 };
    }
    if a.nicknames & b.nicknames != 0 {
        return 0.95;
    }
    if a.letters.len() == b.letters.len() && a.letters.len() >= 5 && same_letters(&a.letters, &b.letters) {
        return 0.85;
    }
    if a.abjad != b.abjad {
        alike_from(&a.sounds.consonants(), &b.sounds.consonants(), least)
    } else {
        alike_from(&a.sounds, &b.sounds, least)
    }
}

/// Whether two words are made of the same letters, in any order.
fn same_letters(a: &str, b: &str) -> bool {
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    sum(a) == sum(b) && sorted(a) == sorted(b)
}

/// The given names of [`NICKNAMES`] that a word is, or is a short form of, one bit each.
fn nicknames(word: &str) -> u64 {
    static NAMES_OF: LazyLock<HashMap<Key, u64, BuildKeyHasher>> = LazyLock::new(|| {
        let mut names: HashMap<Key, u64, BuildKeyHasher> = HashMap::default();
        for (at, (full, shorts)) in NICKNAMES.iter().enumerate() {
            for word in shorts.split(' ').chain([*full]) {
                *names.entry(Key::of(word)).or_default() |= 1 << at;
            }
        }
        names
    });
    NAMES_OF.get(&Key::of(word)).copied().unwrap_or_default()
}

/// A number written out, as a digit.
fn digit(word: &str) -> Option<&'static str> {
    let at = NUMBERS.iter().position(|number| *number == word)?;
    Some(&"0123456789"[at..=at])
}

const NUMBERS: &[&str] = &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

static LEGAL_FORMS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| LEGAL.iter().map(|form| form.split(' ').collect()).collect());

/// Legal forms of bodies, in ASCII, longer ones first.
const LEGAL: &[&str] = &[
    "obshchestvo s ogranichennoy otvetstvennostyu",
    "obshchestvo s ogranichennoi otvetstvennostiu",
    "societatea cu raspundere limitata",
    "societate cu raspundere limitata",
    "open joint stock company",
    "public joint stock company",
    "closed joint stock company",
    "joint stock company",
    "limited liability company",
    "public limited company",
    "gesellschaft mit beschrankter haftung",
    "spolka z ograniczona odpowiedzialnoscia",
    "sp z o o",
    "o o o",
    "s r l",
    "s a",
    "d o o",
    "ooo",
    "oao",
    "zao",
    "pao",
    "ao",
    "ojsc",
    "pjsc",
    "cjsc",
    "jsc",
    "llc",
    "llp",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "company",
    "co",
    "gmbh",
    "ag",
    "sa",
    "spa",
    "srl",
    "bv",
    "nv",
    "ab",
    "oy",
    "plc",
    "kg",
    "ano",
];

/// Titles before a name, in ASCII.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "president",
    "prasident",
    "prezident",
    "minister",
    "general",
    "gen",
    "colonel",
    "col",
    "senator",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "herr",
    "frau",
    "mv",
    "ms",
];

/// Words of names that carry no sound of their own, in ASCII.
const PARTICLES: &[&str] =
    &["al", "el", "bin", "ibn", "ben", "bint", "van", "von", "der", "de", "the", "of", "and"];

/// Given names and the short forms of each, in ASCII; no more than the bits of a number.
const NICKNAMES: &[(&str, &str)] = &[
    ("alexander", "alex sasha sandy xander aleksandr alyaksandr"),
    ("andrew", "andy drew"),
    ("anthony", "tony"),
    ("barbara", "barb babs"),
    ("benjamin", "ben benny bibi"),
    ("catherine", "cathy kate katie kathy katherine katya"),
    ("charles", "charlie chuck"),
    ("christopher", "chris"),
    ("daniel", "dan danny"),
    ("david", "dave davy"),
    ("dmitry", "dima mitya"),
    ("donald", "don donnie"),
    ("edward", "ed eddie ted teddy"),
    ("elizabeth", "liz lizzie beth betty eliza"),
    ("eugene", "gene zhenya"),
    ("frederick", "fred freddy"),
    ("gregory", "greg grisha"),
    ("ivan", "vanya"),
    ("james", "jim jimmy jamie"),
    ("john", "jack johnny"),
    ("joseph", "joe joey"),
    ("konstantin", "kostya"),
    ("lawrence", "larry"),
    ("margaret", "maggie peggy meg"),
    ("maria", "masha"),
    ("matthew", "matt"),
    ("michael", "mike mick mickey"),
    ("mikhail", "misha"),
    ("nicholas", "nick"),
    ("nikolai", "kolya"),
    ("patrick", "pat paddy"),
    ("peter", "pete"),
    ("philip", "phil"),
    ("rebecca", "becky"),
    ("richard", "rick dick rich ricky"),
    ("robert", "bob bobby rob robbie"),
    ("ronald", "ron ronnie"),
    ("samuel", "sam sammy"),
    ("sergei", "seryozha serge"),
    ("stephen", "steve steven"),
    ("susan", "sue suzie"),
    ("tatyana", "tanya"),
    ("theodore", "ted teddy theo"),
    ("thomas", "tom tommy"),
    ("timothy", "tim"),
    ("vladimir", "volodya vova"),
    ("volodymyr", "volodya"),
    ("walter", "walt"),
    ("william", "bill billy will willie"),
    ("yuri", "yura"),
];
