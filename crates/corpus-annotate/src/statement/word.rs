//! What a word does in a sentence: a look-up of small words, verbs of speech and nouns of speakers.

use super::{
    verb_table::{PLAIN_VERBS, VERBS},
    word_table::WORDS,
};
use crate::{
    lexicon::KeyFilter,
    token::{BuildKeyHasher, Key, Token, TokenKind, tokenise},
};
use std::{collections::HashMap, ops::BitOr, sync::LazyLock};

/// What a word may do, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tags(u32);

impl Tags {
    pub(crate) const NONE: Tags = Tags(0);
    pub(crate) const BE: Tags = Tags(1);
    pub(crate) const HAVE: Tags = Tags(1 << 1);
    pub(crate) const AUX: Tags = Tags(1 << 2);
    pub(crate) const NOT: Tags = Tags(1 << 3);
    pub(crate) const ADVERB: Tags = Tags(1 << 4);
    pub(crate) const DET: Tags = Tags(1 << 5);
    pub(crate) const POSSESSIVE: Tags = Tags(1 << 6);
    pub(crate) const SUBJECT: Tags = Tags(1 << 7);
    pub(crate) const OBJECT: Tags = Tags(1 << 8);
    pub(crate) const PREP: Tags = Tags(1 << 9);
    pub(crate) const AND: Tags = Tags(1 << 10);
    pub(crate) const BUT: Tags = Tags(1 << 11);
    pub(crate) const SUBORDINATE: Tags = Tags(1 << 12);
    pub(crate) const RELATIVE: Tags = Tags(1 << 13);
    pub(crate) const WH: Tags = Tags(1 << 14);
    pub(crate) const THAT: Tags = Tags(1 << 15);
    pub(crate) const TO: Tags = Tags(1 << 16);
    pub(crate) const TIME: Tags = Tags(1 << 17);
    pub(crate) const PERSON: Tags = Tags(1 << 18);
    pub(crate) const BODY: Tags = Tags(1 << 19);
    pub(crate) const PAPER: Tags = Tags(1 << 20);
    pub(crate) const SPEECH: Tags = Tags(1 << 21);
    /// A form of a verb that is listed, of speech or not.
    pub(crate) const VERB: Tags = Tags(1 << 22);
    pub(crate) const COMMA: Tags = Tags(1 << 23);
    pub(crate) const COLON: Tags = Tags(1 << 24);
    pub(crate) const SEMICOLON: Tags = Tags(1 << 25);
    pub(crate) const DASH: Tags = Tags(1 << 26);
    pub(crate) const STOP: Tags = Tags(1 << 27);
    pub(crate) const OPEN: Tags = Tags(1 << 28);
    pub(crate) const CLOSE: Tags = Tags(1 << 29);
    /// Inside quotation marks, or one of them.
    pub(crate) const QUOTED: Tags = Tags(1 << 30);
    /// Within round or square brackets, or one of them.
    pub(crate) const BRACKETED: Tags = Tags(1 << 31);

    /// Any form of an auxiliary.
    pub(crate) const ANY_AUX: Tags = Tags(Tags::BE.0 | Tags::HAVE.0 | Tags::AUX.0);
    /// Whether any bit of `other` is set.
    pub(crate) const fn has(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }

    /// Sets the bits of `other`.
    pub(crate) const fn add(&mut self, other: Tags) {
        self.0 |= other.0;
    }
}

impl BitOr for Tags {
    type Output = Tags;
    fn bitor(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
}

/// What a verb of speech takes, one bit each; `verb_table` says what they mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frames(u16);

impl Frames {
    pub(crate) const CLAUSE: Frames = Frames(1);
    pub(crate) const QUOTE: Frames = Frames(1 << 1);
    pub(crate) const HEARER: Frames = Frames(1 << 2);
    pub(crate) const OBJECT: Frames = Frames(1 << 3);
    pub(crate) const INFINITIVE: Frames = Frames(1 << 4);
    pub(crate) const URGE: Frames = Frames(1 << 5);
    pub(crate) const PREP: Frames = Frames(1 << 6);
    pub(crate) const DENY: Frames = Frames(1 << 7);
    pub(crate) const PAPER: Frames = Frames(1 << 8);
    pub(crate) const WEAK: Frames = Frames(1 << 9);
    pub(crate) const EVIDENCE: Frames = Frames(1 << 10);
    pub(crate) const DOUBT: Frames = Frames(1 << 11);
    pub(crate) const ALONE: Frames = Frames(1 << 12);

    /// Whether any bit of `other` is set.
    pub(crate) const fn has(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }

    /// The same without the bits of `other`.
    pub(crate) const fn without(self, other: Frames) -> Frames {
        Frames(self.0 & !other.0)
    }

    fn read(letters: &str) -> Self {
        let bits = letters.bytes().map(|letter| match letter {
            b't' => 1,
            b'q' => 1 << 1,
            b'h' => 1 << 2,
            b'n' => 1 << 3,
            b'i' => 1 << 4,
            b'o' => 1 << 5,
            b'p' => 1 << 6,
            b'd' => 1 << 7,
            b'x' => 1 << 8,
            b'e' => 1 << 10,
            b'b' => 1 << 11,
            b'a' => 1 << 12,
            _ => 1 << 9,
        });
        Frames(bits.fold(0, |all, bit| all | bit))
    }
}

impl BitOr for Frames {
    type Output = Frames;
    fn bitor(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "say".
    Base,
    /// "says".
    Third,
    /// "said", where past and participle are one; else the past.
    Past,
    /// "written", where it is not the past.
    Participle,
    /// "saying".
    Ing,
}

/// A verb of speech as it stands in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    /// What it takes.
    pub(crate) frames: Frames,
    /// Its form.
    pub(crate) form: Form,
    /// Whether it is "call", "label", "describe": somebody or something, and what it is called.
    pub(crate) names: bool,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    tags: Tags,
    /// Verbs that begin with this word: the keys that follow it, the longest first.
    verbs: Vec<(Box<[Key]>, Verb)>,
}

/// The words, and a filter of them: most words of a text are none.
static WORDS_OF: LazyLock<(KeyFilter, HashMap<Key, Entry, BuildKeyHasher>)> = LazyLock::new(|| {
    let entries = build();
    (KeyFilter::new(entries.keys().copied()), entries)
});

fn entry(key: Key) -> Option<&'static Entry> {
    let (filter, entries) = &*WORDS_OF;
    if filter.may_hold(key) { entries.get(&key) } else { None }
}

/// Nouns that end as adverbs do.
const NOUNS_IN_LY: [&str; 9] =
    ["ally", "anomaly", "assembly", "family", "monopoly", "rally", "reply", "supply", "butterfly"];

/// What each token does, by itself.
pub(crate) fn tag(token: Token, text: &str) -> Tags {
    match token.kind {
        TokenKind::Word => {
            let mut tags = entry(token.key).map_or(Tags::default(), |entry| entry.tags);
            let word = &text.as_bytes()[token.start as usize..token.end as usize];
            let is_noun = || NOUNS_IN_LY.iter().any(|noun| word.eq_ignore_ascii_case(noun.as_bytes()));
            if word.len() > 4 && word.ends_with(b"ly") && !token.is_capitalised() && !is_noun() {
                tags.add(Tags::ADVERB);
            }
            tags
        }
        TokenKind::Number => Tags::DET,
        TokenKind::Possessive => Tags::default(),
        TokenKind::Mark => match text[token.start as usize..token.end as usize].chars().next() {
            Some(',' | '\u{60c}' | '\u{3001}') => Tags::COMMA,
            Some(':') => Tags::COLON,
            Some(';') => Tags::SEMICOLON,
            Some('\u{2013}' | '\u{2014}' | '\u{2015}' | '-') => Tags::DASH,
            Some('.' | '!' | '?' | '\u{2026}') => Tags::STOP,
            Some('(' | '[' | '{') => Tags::OPEN,
            Some(')' | ']' | '}') => Tags::CLOSE,
            _ => Tags::default(),
        },
    }
}

/// The verb of speech that `tokens` begin with, and its length in tokens.
pub(crate) fn verb(tokens: &[Token]) -> Option<(usize, Verb)> {
    let (first, rest) = tokens.split_first()?;
    let entry = entry(first.key)?;
    entry
        .verbs
        .iter()
        .find(|(keys, _)| {
            keys.len() <= rest.len() && keys.iter().zip(rest).all(|(key, token)| *key == token.key)
        })
        .map(|(keys, verb)| (keys.len() + 1, *verb))
}

fn build() -> HashMap<Key, Entry, BuildKeyHasher> {
    let mut entries: HashMap<Key, Entry, BuildKeyHasher> = HashMap::default();
    for &(tags, words) in WORDS {
        for word in words.split(' ') {
            entries.entry(Key::of(word)).or_default().tags.add(tags);
        }
    }
    for words in PLAIN_VERBS {
        for (form, _) in forms(words) {
            entries.entry(Key::of(&form)).or_default().tags.add(Tags::VERB);
        }
    }
    let mut tokens = Vec::new();
    for &(words, letters) in VERBS {
        let frames = Frames::read(letters);
        let names = matches!(
            words.split(' ').next(),
            Some(
                "hail"
                    | "call"
                    | "label"
                    | "describe"
                    | "dub"
                    | "brand"
                    | "portray"
                    | "characterize"
                    | "characterise"
            )
        );
        let all = forms(words);
        let past_is_base = all[0].0 == all[2].0;
        for (form, kind) in all {
            tokens.clear();
            tokenise(&form, (0..form.len()).into(), &mut tokens);
            let Some((first, rest)) = tokens.split_first() else { continue };
            if kind == Form::Base && past_is_base {
                continue;
            }
            let entry = entries.entry(first.key).or_default();
            entry.tags.add(Tags::VERB);
            let keys = rest.iter().map(|token| token.key).collect();
            entry.verbs.push((keys, Verb { frames, form: kind, names }));
        }
    }
    for entry in entries.values_mut() {
        entry.verbs.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.len()));
    }
    entries
}

/// The forms of a verb: five words are its forms, fewer are a regular verb and what always follows it.
fn forms(words: &str) -> Vec<(String, Form)> {
    let parts: Vec<&str> = words.split(' ').collect();
    if let [base, third, past, participle, ing] = parts[..] {
        let mut forms = vec![(base, Form::Base), (third, Form::Third), (past, Form::Past), (ing, Form::Ing)];
        if participle != past {
            forms.push((participle, Form::Participle));
        }
        return forms.into_iter().map(|(word, form)| (word.to_owned(), form)).collect();
    }
    let base = parts[0];
    let tail: String = parts[1..].iter().flat_map(|part| [" ", part]).collect();
    let [third, past, ing, participle] = inflect(base);
    let mut forms = vec![
        (format!("{base}{tail}"), Form::Base),
        (format!("{third}{tail}"), Form::Third),
        (format!("{past}{tail}"), Form::Past),
        (format!("{ing}{tail}"), Form::Ing),
    ];
    if participle != past {
        forms.push((format!("{participle}{tail}"), Form::Participle));
    }
    forms
}

/// Third person, past, "-ing" form and participle.
fn inflect(base: &str) -> [String; 4] {
    let irregular = match base {
        "go" => Some(["goes", "went", "going", "gone"]),
        "set" => Some(["sets", "set", "setting", "set"]),
        "lay" => Some(["lays", "laid", "laying", "laid"]),
        "put" => Some(["puts", "put", "putting", "put"]),
        "sum" => Some(["sums", "summed", "summing", "summed"]),
        "make" => Some(["makes", "made", "making", "made"]),
        "hold" => Some(["holds", "held", "holding", "held"]),
        "speak" => Some(["speaks", "spoke", "speaking", "spoken"]),
        _ => None,
    };
    if let Some(forms) = irregular {
        return forms.map(str::to_owned);
    }
    let bytes = base.as_bytes();
    let consonant_y =
        base.ends_with('y') && !matches!(bytes.get(bytes.len() - 2), Some(b'a' | b'e' | b'o' | b'u'));
    let stem = if consonant_y { &base[..base.len() - 1] } else { base.strip_suffix('e').unwrap_or(base) };
    let past = if consonant_y { format!("{stem}ied") } else { format!("{stem}ed") };
    let third = if consonant_y {
        format!("{stem}ies")
    } else if base.ends_with("sh") || base.ends_with("ch") || base.ends_with('s') {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let ing_stem = if consonant_y || base.ends_with("ee") { base } else { stem };
    [third, past.clone(), format!("{ing_stem}ing"), past]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        assert_eq!(inflect("announce")[..3], ["announces", "announced", "announcing"]);
        assert_eq!(inflect("deny")[..3], ["denies", "denied", "denying"]);
        assert_eq!(inflect("stress")[..3], ["stresses", "stressed", "stressing"]);
        assert_eq!(forms("point out")[2].0, "pointed out");
    }
}
