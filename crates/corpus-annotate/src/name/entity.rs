//! Entities: which mentions of a page name the same.

use super::{
    Name, NameKind, abroad,
    compare::{SAME, Words, are_two_surnames, is_own_surname},
    form::{is_form, without_form},
    gazetteer::{Known, KnownKind, gazetteer},
    metonym::is_metonym,
    one_line,
    romanise::romanise_into,
    tagger::Mention,
    whole,
};
use crate::{
    page::{Found, Page},
    stretch::InOrder,
    token::{BuildKeyHasher, Case, Key, Token},
};
use corpus_core::{PartKind, Span};
use std::{borrow::Cow, cell::OnceCell, collections::HashMap};

/// So many of the latest people of one sound are looked through for a variant.
const MAX_LOOK: usize = 48;

/// One entity of a page on the way.
#[derive(Debug)]
struct Entity<'d> {
    kind: NameKind,
    /// The name its id is made of: the first full one.
    name: &'d str,
    /// Key of its last word.
    last: Key,
    n_words: usize,
    /// What its name is compared by; of people only.
    words: Option<Words>,
    /// The same of its last word, once asked for.
    last_word: OnceCell<Words>,
}

/// The names of a page, each with the local id of what it names.
pub(super) fn resolve(page: &Page<'_>, mentions: Vec<Mention>) -> Vec<Found<Name>> {
    let mut entities = Entities::default();
    let mut of: Vec<Option<usize>> = vec![None; mentions.len()];
    // Whom the article names is none of those whom its readers name.
    let (told, of_readers): (Vec<usize>, Vec<usize>) =
        (0..mentions.len()).partition(|&at| !is_of_readers(page, &mentions[at]));
    for places in [told, of_readers] {
        // Full names first: a surname may stand before the name it belongs to, in a headline, and so may a firm without
        // its form.
        let full = places.iter().copied().filter(|&at| mentions[at].tokens.len() > 1);
        let (formed, others): (Vec<usize>, Vec<usize>) =
            full.partition(|&at| stem(page, &mentions[at]).len() < mentions[at].tokens.len());
        for at in formed.into_iter().chain(others) {
            of[at] = Some(entities.whole(page, &mentions[at]));
        }
        for at in places {
            let entity = of[at].unwrap_or_else(|| entities.short(page, &mentions[at]));
            entities.recent.insert(entities.list[entity].last, entity);
            of[at] = Some(entity);
        }
    }
    let ids = entities.ids();
    let known = |mention: &Mention| known(page, mention).map(|known| known.kind);
    mentions
        .iter()
        .zip(of)
        .map(|(mention, entity)| Found {
            span: span(mention),
            value: Name {
                kind: mention.kind,
                entity: entity.map(|entity| ids[entity].clone()).unwrap_or_default(),
                metonym: mention.kind == NameKind::Loc && is_metonym(page, &mention.tokens, known(mention)),
            },
            rule: mention.rule,
            confidence: mention.confidence,
        })
        .collect()
}

/// Whether a mention stands in a reader's comment.
fn is_of_readers(page: &Page<'_>, mention: &Mention) -> bool {
    page.passages.over(mention.start).is_some_and(|passage| passage.kind == PartKind::Comments)
}

/// The tokens of a mention without the legal form of a body: all of them where it has none.
fn stem<'p>(page: &'p Page<'_>, mention: &Mention) -> &'p [Token] {
    let tokens = &page.tokens[mention.tokens.clone()];
    let end = mention.start + firm(mention.kind, &page.text()[span(mention)]).len();
    &tokens[..tokens.partition_point(|token| token.end as usize <= end)]
}

/// The name of a body without its legal form, and every other as it is.
fn firm(kind: NameKind, name: &str) -> &str {
    if kind == NameKind::Org { without_form(name) } else { name }
}

fn span(mention: &Mention) -> Span {
    Span::new(mention.start, mention.end)
}

/// What the gazetteers know of a whole mention.
fn known(page: &Page<'_>, mention: &Mention) -> Option<Known> {
    if mention.rule == abroad::RULE {
        return abroad::known(page, mention);
    }
    let tokens = &page.tokens[mention.tokens.clone()];
    // "US" of "US-China"
    if let [token] = tokens
        && token.hyphenated
        && mention.end - mention.start < token.span().len()
    {
        let known = gazetteer().whole(&page.text()[span(mention)]);
        return known.filter(|known| known.kind != KnownKind::Adjective);
    }
    // "General Motors Corp": a firm is known with its legal form or without; "Siemens Energy" is another than Siemens.
    let is_form = |rest: &[Token]| {
        mention.kind == NameKind::Org
            && rest.iter().all(|token| !token.is_word() || is_form(page.word(*token)))
    };
    let (len, known) = gazetteer().longest(tokens)?;
    let is_body = matches!(known.kind, KnownKind::Organisation | KnownKind::Outlet);
    // "Peru Steel Corp" is no country.
    let is_whole = len == tokens.len() || is_body && is_form(&tokens[len..]);
    let is_it = known.kind != KnownKind::Adjective && (mention.rule != whole::EXPANDED || is_body);
    (is_whole && is_it).then_some(known)
}

#[derive(Debug, Default)]
struct Entities<'d> {
    list: Vec<Entity<'d>>,
    by_name: HashMap<(NameKind, Cow<'d, str>), usize, BuildKeyHasher>,
    by_known: HashMap<u32, usize, BuildKeyHasher>,
    /// Bodies by all words of their names but their legal form, in any case.
    by_stem: HashMap<Key, usize, BuildKeyHasher>,
    /// The entity of a kind last made with this last word.
    by_last: HashMap<(NameKind, Key), usize, BuildKeyHasher>,
    /// The people of whose names a word sounds so, in order.
    by_sound: HashMap<Key, Vec<usize>, BuildKeyHasher>,
    /// The person last met with this first word.
    by_first: HashMap<Key, usize, BuildKeyHasher>,
    /// Bodies by the initials of their words.
    by_initials: HashMap<String, usize, BuildKeyHasher>,
    /// The entity last mentioned with this last word.
    recent: HashMap<Key, usize, BuildKeyHasher>,
}

impl<'d> Entities<'d> {
    /// The entity of a mention of several words.
    fn whole(&mut self, page: &Page<'d>, mention: &Mention) -> usize {
        let name = &page.text()[span(mention)];
        let by_name = (mention.kind, one_line(firm(mention.kind, name)));
        if let Some(&entity) = self.by_name.get(&by_name) {
            return entity;
        }
        let stem = stem(page, mention);
        if mention.kind == NameKind::Org
            && stem.len() > 1
            && let Some(&entity) = self.by_stem.get(&Key::of_all(stem))
        {
            self.by_name.insert(by_name, entity);
            return entity;
        }
        let entity = if mention.kind == NameKind::Per {
            let words = Words::of(name);
            self.variant(&words).unwrap_or_else(|| self.add(page, mention, name, Some(words)))
        } else {
            let known = self.of_known(page, mention, name);
            known.unwrap_or_else(|| self.add(page, mention, name, None))
        };
        if mention.kind == NameKind::Org && stem.len() > 1 {
            self.by_stem.insert(Key::of_all(stem), entity);
        }
        self.by_name.insert(by_name, entity);
        entity
    }

    /// The entity of a mention of one word.
    fn short(&mut self, page: &Page<'d>, mention: &Mention) -> usize {
        let name = &page.text()[span(mention)];
        let token = page.tokens[mention.tokens.start];
        let key = Key::of(name);
        if mention.kind == NameKind::Per {
            let of_kind = |entity: &&usize| self.list[**entity].kind == NameKind::Per;
            let recent = self.recent.get(&key).filter(of_kind);
            let met = recent
                .or_else(|| self.by_last.get(&(NameKind::Per, key)))
                .or_else(|| self.by_first.get(&key));
            if let Some(&entity) = met {
                return entity;
            }
        }
        let by_name = (mention.kind, one_line(firm(mention.kind, name)));
        if let Some(&entity) = self.by_name.get(&by_name) {
            return entity;
        }
        let known = self.of_known(page, mention, name);
        let acronym = || if token.case == Case::Upper { self.by_initials.get(name).copied() } else { None };
        let entity =
            known.or_else(acronym).or_else(|| self.surname(mention.kind, name)).unwrap_or_else(|| {
                let words = (mention.kind == NameKind::Per).then(|| Words::of(name));
                self.add(page, mention, name, words)
            });
        self.by_name.insert(by_name, entity);
        entity
    }

    fn of_known(&mut self, page: &Page<'d>, mention: &Mention, name: &'d str) -> Option<usize> {
        if mention.kind == NameKind::Per {
            return None;
        }
        let known = known(page, mention)?;
        if let Some(&entity) = self.by_known.get(&known.entity) {
            return Some(entity);
        }
        let entity = self.add(page, mention, name, None);
        self.list[entity].name = gazetteer().name(known);
        self.by_known.insert(known.entity, entity);
        Some(entity)
    }

    /// The person of whose name this one is a variant.
    fn variant(&self, words: &Words) -> Option<usize> {
        let is_it = |at: &usize| {
            let entity = &self.list[*at];
            entity.n_words > 1 && entity.words.as_ref().is_some_and(|other| other.reach(words, SAME))
        };
        self.alike(words).into_iter().find(is_it)
    }

    /// The latest people with a word that sounds as the last one of these, the latest first.
    fn alike(&self, words: &Words) -> Vec<usize> {
        let sounds = words.sounds().last().and_then(|sound| self.by_sound.get(&sound));
        sounds.into_iter().flat_map(|people| people.iter().rev().take(MAX_LOOK).copied()).collect()
    }

    /// The person of whose surname this word is another spelling.
    fn surname(&self, kind: NameKind, name: &str) -> Option<usize> {
        if kind != NameKind::Per || name.len() < 5 {
            return None;
        }
        let words = Words::of(name);
        let last = |entity: &Entity<'d>| entity.name.rsplit(' ').next().unwrap_or(entity.name);
        self.alike(&words).into_iter().find(|&at| {
            let entity = &self.list[at];
            let last_word = || entity.last_word.get_or_init(|| Words::of(last(entity)));
            let own = is_own_surname(last(entity), name) || are_two_surnames(last(entity), name);
            !own && last_word().reach(&words, 0.9)
        })
    }

    /// A new entity; `words` are those of a person.
    fn add(&mut self, page: &Page<'d>, mention: &Mention, name: &'d str, words: Option<Words>) -> usize {
        let at = self.list.len();
        let tokens = &page.tokens[mention.tokens.clone()];
        let (first, last) = (tokens[0].key, tokens[tokens.len() - 1].key);
        for sound in words.iter().flat_map(Words::sounds) {
            let people = self.by_sound.entry(sound).or_default();
            if people.last() != Some(&at) {
                people.push(at);
            }
        }
        self.list.push(Entity {
            kind: mention.kind,
            name,
            last,
            n_words: tokens.len(),
            words,
            last_word: OnceCell::new(),
        });
        self.by_last.entry((mention.kind, last)).or_insert(at);
        if mention.kind == NameKind::Per && tokens.len() > 1 {
            self.by_first.entry(first).or_insert(at);
        }
        if mention.kind == NameKind::Org && tokens.len() > 1 {
            let capital = |word: &'d str| word.chars().next().filter(|letter| letter.is_uppercase());
            let initials = |name: &'d str| name.split([' ', '-']).filter_map(capital).collect::<String>();
            self.by_initials.entry(initials(without_form(name))).or_insert(at);
            self.by_initials.entry(initials(name)).or_insert(at);
        }
        at
    }

    /// The local id of each entity: its name in plain small letters, and a number where two would share it.
    fn ids(&self) -> Vec<String> {
        let mut taken: HashMap<Key, u32, BuildKeyHasher> = HashMap::default();
        let mut ids = Vec::with_capacity(self.list.len());
        for entity in &self.list {
            let mut id = String::with_capacity(entity.name.len());
            for word in entity.name.split([' ', '-', '.', '\u{a0}', '\n']) {
                let end = id.len();
                id.push_str(if end > 0 { "-" } else { "" });
                let begun = id.len();
                romanise_into(word, &mut id);
                if id.len() == begun {
                    id.truncate(end);
                }
            }
            let n_taken = taken.entry(Key::of(&id)).or_insert(0);
            *n_taken += 1;
            if *n_taken > 1 {
                id = format!("{id}-{n_taken}");
            }
            ids.push(id);
        }
        ids
    }
}
