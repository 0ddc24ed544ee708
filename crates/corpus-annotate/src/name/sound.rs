//! Sounds: how a word written in Latin letters may be spoken, so that its spellings can be compared.

use crate::token::{Fold, Key};

/// One sound. Vowels keep their colour, since "Helen" is not "Holan", though it counts for little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    /// One of "aeiou"; "y" is "i".
    Vowel(u8),
    /// A class of consonants, named by the letter of it.
    Consonant(u8),
}

use Sound::{Consonant, Vowel};

/// The sounds of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sounds(Vec<Sound>);

/// More letters than this are not looked at.
pub(super) const MAX_LETTERS: usize = 48;

impl Sounds {
    /// The sounds of a word of lower-case ASCII letters.
    pub fn of(word: &str) -> Self {
        let word = &word.as_bytes()[..word.len().min(MAX_LETTERS)];
        let mut sounds: Vec<Sound> = Vec::with_capacity(word.len());
        let mut at = 0;
        while at < word.len() {
            let rest = &word[at..];
            if let Some((spelling, spoken)) = digraph(rest) {
                for &letter in spoken.as_bytes() {
                    push(&mut sounds, Consonant(letter));
                }
                at += spelling.len();
                continue;
            }
            let after = rest.get(1).copied().unwrap_or(b' ');
            let before = if at == 0 { b' ' } else { word[at - 1] };
            match rest[0] {
                // A glide: it colours the vowel beside it and is no sound of its own.
                b'y' | b'j' | b'i' if is_vowel(after) && !is_vowel(before) => {
                    if at == 0 {
                        push(&mut sounds, Consonant(b'y'));
                    }
                }
                b'y' | b'j' if is_vowel(before) => {}
                b'j' => push(&mut sounds, Consonant(b'y')),
                // "Uladzimir", "Tsikhanouskaya".
                b'u' if !is_vowel(after)
                    && after != b' '
                    && (at == 0 || (is_vowel(before) && before != b'u')) =>
                {
                    push(&mut sounds, Consonant(b'v'))
                }
                b'u' if is_vowel(before) && before != b'u' && after == b' ' => {
                    push(&mut sounds, Consonant(b'v'))
                }
                letter @ (b'a' | b'e' | b'i' | b'o' | b'u') => push(&mut sounds, Vowel(letter)),
                b'y' => push(&mut sounds, Vowel(b'i')),
                b'c' if matches!(after, b'i' | b'e' | b'y') => push(&mut sounds, Consonant(b'c')),
                b'c' if after == b' ' || at == 0 => push(&mut sounds, Consonant(b'k')),
                b'q' => push(&mut sounds, Consonant(b'k')),
                b'w' => push(&mut sounds, Consonant(b'v')),
                // As in Pinyin.
                b'x' if at == 0 => push(&mut sounds, Consonant(b'S')),
                b'x' => {
                    push(&mut sounds, Consonant(b'k'));
                    push(&mut sounds, Consonant(b's'));
                }
                letter => push(&mut sounds, Consonant(letter)),
            }
            at += 1;
        }
        if let [.., Vowel(_)] = sounds[..]
            && ENDINGS.iter().any(|ending| word.ends_with(ending.as_bytes()))
        {
            sounds.pop();
        }
        Sounds(sounds)
    }

    /// A key of its consonants in classes so wide that spellings of one name rarely differ in them.
    pub(crate) fn skeleton(&self) -> Key {
        let class = |sound: &Sound| match sound {
            Vowel(_) | Consonant(b'h' | b'y' | b'v' | b'g' | b'k' | b'j') => None,
            Consonant(b'b' | b'p' | b'f') => Some('p'),
            Consonant(b'd' | b't' | b'c' | b's' | b'z' | b'S' | b'Z' | b'C') => Some('t'),
            Consonant(b'm' | b'n') => Some('n'),
            Consonant(letter) => Some(char::from(*letter)),
        };
        let mut skeleton = Fold::default();
        self.0.iter().filter_map(class).take(6).for_each(|class| skeleton.push(class));
        skeleton.key()
    }

    /// The number of sounds.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether one becomes the other by at most `most` sounds that are changed, dropped or put in.
    pub(super) fn is_within(&self, other: &Sounds, most: usize) -> bool {
        let (short, long) = if self.len() <= other.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        if long.len() - short.len() > most {
            return false;
        }
        let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
        let (short, long) = (&short[same..], &long[same..]);
        let same = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
        let (short, long) = (&short[..short.len() - same], &long[..long.len() - same]);
        if long.len() <= most {
            return true;
        }
        // One row of the table of distances.
        let mut row: Vec<usize> = (0..=short.len()).collect();
        for (i, left) in long.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for (j, right) in short.iter().enumerate() {
                let changed = diagonal + usize::from(left != right);
                diagonal = row[j + 1];
                row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
            }
            if row.iter().all(|&n| n > most) {
                return false;
            }
        }
        row[short.len()] <= most
    }

    /// The consonants alone: what a script without vowels writes.
    pub(super) fn consonants(&self) -> Self {
        Sounds(self.0.iter().copied().filter(|sound| matches!(sound, Consonant(_))).collect())
    }
}

/// The spelling that `rest` begins with of a consonant of several letters, and how it is spoken.
fn digraph(rest: &[u8]) -> Option<(&'static str, &'static str)> {
    // The second letter of each is one of these.
    if !matches!(rest.get(1)?, b'c' | b'd' | b'h' | b'j' | b'k' | b's' | b't' | b'z') {
        return None;
    }
    DIGRAPHS.iter().copied().find(|(spelling, _)| rest.starts_with(spelling.as_bytes()))
}

/// A doubled sound is one.
fn push(sounds: &mut Vec<Sound>, sound: Sound) {
    if sounds.last() != Some(&sound) {
        sounds.push(sound);
    }
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Endings of adjectives used as surnames, of which the last vowel is written or not: "-sky", "-ski", "-skiy".
const ENDINGS: &[&str] = &["sky", "ski", "skiy", "skij", "skyy", "skyi", "skii"];

/// Letters that are spoken as one consonant, longer ones first. "S" is "sh", "Z" is "zh", "C" is "ch".
const DIGRAPHS: &[(&str, &str)] = &[
    ("shch", "SC"),
    ("szcz", "SC"),
    ("schtsch", "SC"),
    ("stsch", "SC"),
    ("tsch", "C"),
    ("tch", "C"),
    ("dzh", "j"),
    ("dsch", "j"),
    ("sch", "S"),
    ("tzs", "C"),
    ("sz", "S"),
    ("sh", "S"),
    ("cz", "C"),
    ("ch", "C"),
    ("tj", "t"),
    ("zh", "Z"),
    ("rz", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "c"),
    ("tz", "c"),
    ("dz", "d"),
    ("ds", "d"),
    ("ck", "k"),
];

/// How alike two words sound, from 0 to 1.
pub fn alike(a: &Sounds, b: &Sounds) -> f32 {
    alike_from(a, b, 0.0)
}

/// The most sounds that the letters looked at may have: "x" has two.
const MAX_SOUNDS: usize = 2 * MAX_LETTERS;

/// The same, but for what is less than `least`, which may come out as 0.
pub(super) fn alike_from(a: &Sounds, b: &Sounds, least: f32) -> f32 {
    let (a, b) = (&a.0[..a.0.len().min(MAX_SOUNDS)], &b.0[..b.0.len().min(MAX_SOUNDS)]);
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let size = |sounds: &[Sound]| sounds.iter().map(|sound| weight(*sound)).sum::<f32>();
    let size = size(a).max(size(b));
    // A little more than it may cost, for the rounding of sums.
    let most = size * (1.0 - least) + 0.01;
    // Three rows of the table of distances: of the sound of `a` before the last one, of the last one, of this one.
    let mut rows = [[0.0_f32; MAX_SOUNDS + 1]; 3];
    let [mut older, mut before, mut row] = rows.each_mut();
    for (j, sound) in b.iter().enumerate() {
        before[j + 1] = before[j] + dropped(*sound);
    }
    for (i, left) in a.iter().enumerate() {
        let drop_left = dropped(*left);
        row[0] = before[0] + drop_left;
        let mut lowest = row[0];
        for (j, right) in b.iter().enumerate() {
            let mut best = (before[j] + exchanged(*left, *right))
                .min(before[j + 1] + drop_left)
                .min(row[j] + dropped(*right));
            if i > 0 && j > 0 && a[i - 1] == *right && *left == b[j - 1] {
                best = best.min(older[j - 1] + 0.6);
            }
            row[j + 1] = best;
            lowest = lowest.min(best);
        }
        // What follows costs no less than this row, or a turn of two sounds from the row before.
        if lowest > most && before[..=b.len()].iter().all(|cost| *cost > most) {
            return 0.0;
        }
        (older, before, row) = (before, row, older);
    }
    (1.0 - before[b.len()] / size).max(0.0)
}

const fn weight(sound: Sound) -> f32 {
    match sound {
        Vowel(_) => 0.5,
        Consonant(_) => 1.0,
    }
}

const fn dropped(sound: Sound) -> f32 {
    match sound {
        Vowel(_) => 0.35,
        Consonant(b'h' | b'y') => 0.4,
        Consonant(b'v') => 0.7,
        Consonant(_) => 0.9,
    }
}

fn exchanged(a: Sound, b: Sound) -> f32 {
    if a == b { 0.0 } else { EXCHANGED[usize::from(rank(a))][usize::from(rank(b))] }
}

/// What the exchange of two sounds that differ costs.
const fn exchange(a: Sound, b: Sound) -> f32 {
    match (a, b) {
        (Vowel(a), Vowel(b)) => match if a < b { (a, b) } else { (b, a) } {
            (b'a', b'o' | b'e') | (b'e', b'i' | b'o') | (b'o', b'u') | (b'i', b'u') => 0.12,
            _ => 0.25,
        },
        (Vowel(b'u' | b'o'), Consonant(b'v')) | (Consonant(b'v'), Vowel(b'u' | b'o')) => 0.25,
        (Vowel(b'i'), Consonant(b'y')) | (Consonant(b'y'), Vowel(b'i')) => 0.2,
        (Vowel(_), Consonant(_)) | (Consonant(_), Vowel(_)) => 1.1,
        (Consonant(a), Consonant(b)) => {
            let mut at = 0;
            while at < NEAR.len() {
                let ([left, right], cost) = NEAR[at];
                if *left == a && *right == b || *left == b && *right == a {
                    return cost;
                }
                at += 1;
            }
            1.0
        }
    }
}

/// How many rows [`EXCHANGED`] has.
const N_RANKS: usize = 35;

/// The row of a sound in [`EXCHANGED`]; digits share one, and are near nothing.
const fn rank(sound: Sound) -> u8 {
    match sound {
        Consonant(letter @ b'a'..=b'z') => letter - b'a',
        Consonant(b'S') => 26,
        Consonant(b'Z') => 27,
        Consonant(b'C') => 28,
        Consonant(_) => 29,
        Vowel(b'a') => 30,
        Vowel(b'e') => 31,
        Vowel(b'i') => 32,
        Vowel(b'o') => 33,
        Vowel(_) => 34,
    }
}

/// What the exchange of any two sounds costs, laid out once.
static EXCHANGED: [[f32; N_RANKS]; N_RANKS] = {
    const SOUNDS: &[u8; N_RANKS] = b"abcdefghijklmnopqrstuvwxyzSZC0aeiou";
    const fn sound(at: usize) -> Sound {
        if at < 30 { Consonant(SOUNDS[at]) } else { Vowel(SOUNDS[at]) }
    }
    let mut costs = [[0.0; N_RANKS]; N_RANKS];
    let mut a = 0;
    while a < N_RANKS {
        let mut b = 0;
        while b < N_RANKS {
            costs[a][b] = exchange(sound(a), sound(b));
            b += 1;
        }
        a += 1;
    }
    costs
};
/// Consonants that spellings exchange, each pair in the order of its bytes, and what the exchange costs.
const NEAR: &[(&[u8; 2], f32)] = &[
    (b"gh", 0.1),
    (b"Ch", 0.1),
    (b"hk", 0.4),
    (b"gk", 0.5),
    (b"Ck", 0.3),
    (b"CS", 0.3),
    (b"Cc", 0.3),
    (b"Ct", 0.5),
    (b"ct", 0.15),
    (b"cs", 0.3),
    (b"ck", 0.2),
    (b"cz", 0.4),
    (b"CZ", 0.6),
    (b"Ss", 0.3),
    (b"SZ", 0.4),
    (b"Zz", 0.25),
    (b"sz", 0.3),
    (b"Sc", 0.4),
    (b"Cj", 0.4),
    (b"Zj", 0.3),
    (b"jy", 0.2),
    (b"gj", 0.3),
    (b"Zy", 0.5),
    (b"hy", 0.5),
    (b"dt", 0.4),
    (b"dz", 0.4),
    (b"bp", 0.5),
    (b"bv", 0.4),
    (b"fv", 0.2),
    (b"fp", 0.5),
    (b"mn", 0.5),
    (b"lv", 0.5),
    (b"lr", 0.5),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> f32 {
        super::alike(&Sounds::of(a), &Sounds::of(b))
    }

    #[test]
    fn sounds_that_differ_are_counted() {
        let is_within = |a: &str, b: &str, most| Sounds::of(a).is_within(&Sounds::of(b), most);
        assert!(is_within("kateryna", "katerina", 0));
        assert!(is_within("lukashenko", "lukashenka", 1) && !is_within("lukashenko", "lukashenka", 0));
        assert!(is_within("portman", "ortman", 1) && is_within("portman", "portmans", 1));
        assert!(is_within("merino", "molina", 3) && !is_within("merino", "molina", 2));
        assert!(!is_within("tan", "tanabe", 2) && is_within("tan", "", 3));
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (a, b) in [
            ("tkachenko", "tkaczenko"),
            ("yuri", "jurij"),
            ("khodasevich", "chadasiewicz"),
            ("gromov", "hromau"),
        ] {
            assert!(alike(a, b) > 0.8, "{a} {b} {}", alike(a, b));
        }
    }

    #[test]
    fn other_names_do_not() {
        for (a, b) in [("gromov", "markov"), ("irina", "marina"), ("stepanov", "ivanov")] {
            assert!(alike(a, b) < 0.75, "{a} {b} {}", alike(a, b));
        }
    }
}
