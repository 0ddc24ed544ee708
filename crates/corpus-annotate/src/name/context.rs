//! Context: the words beside a name that say of what it is one.

use super::{
    NameKind, beside, business,
    consistent::is_post,
    features::may_begin,
    gazetteer::{Traits, gazetteer},
    tagger::Mention,
};
use crate::{
    lexicon::Lexicon,
    page::Page,
    statement::word::Tags,
    token::{BuildKeyHasher, Case, Key, Token, TokenKind},
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

/// Nouns of bodies that stand right before a name: "the brewery Korova".
const BODIES: &[&str] = &[
    "agency",
    "airline",
    "bank",
    "brewery",
    "broadcaster",
    "carrier",
    "chain",
    "charity",
    "club",
    "company",
    "conglomerate",
    "consultancy",
    "daily",
    "developer",
    "firm",
    "foundation",
    "insurer",
    "lender",
    "magazine",
    "maker",
    "manufacturer",
    "network",
    "newspaper",
    "operator",
    "publisher",
    "retailer",
    "side",
    "start-up",
    "startup",
    "supermarket",
    "supplier",
    "tabloid",
    "team",
    "utility",
    "website",
    "weekly",
];

/// Nouns that stand before "of" and a name: "the village of Korova".
const PLACES: &[&str] = &[
    "city",
    "district",
    "hamlet",
    "inhabitants",
    "island",
    "mayor",
    "north",
    "outskirts",
    "port",
    "province",
    "region",
    "residents",
    "south",
    "streets",
    "suburb",
    "town",
    "village",
    "east",
    "west",
];

/// Auxiliaries after which "have" does not belong to the name between: "would Moreno have".
const AUXILIARIES: &[&str] = &[
    "did", "do", "does", "would", "could", "should", "will", "must", "may", "might", "can", "let", "and",
    "or", "nor", "as", ",",
];

static BODY: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(BODIES.iter().map(|&noun| (noun, ()))));
static PLACE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new(PLACES.iter().map(|&noun| (noun, ()))));

/// What only people and places that are known by themselves have.
const OWN: Traits = Traits::GIVEN.or(Traits::SURNAME).or(Traits::PLACE_TAIL);

/// Corrects the kinds of mentions by the words that stand beside them, and adds people of whom a title speaks.
pub(super) fn by_context(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    share_title(page, mentions);
    title_alone(page, mentions);
    speaking(page, mentions);
    bodies_alone(page, mentions);
    begun(page, mentions);
    lengthened(page, mentions);
    beside::add(page, mentions);
    for mention in mentions.iter_mut().filter(|mention| mention.rule != "gazetteer") {
        if let Some(kind) = kind_beside(page, mention) {
            (mention.kind, mention.rule) = (kind, "context");
        }
    }
    business::settle(page, mentions);
    shortened(page, mentions);
}

/// The kind that the words in and beside a mention give it, where they are surer than the model.
fn kind_beside(page: &Page<'_>, mention: &Mention) -> Option<NameKind> {
    let Range { start, end } = mention.tokens;
    let word = |at: usize| page.tokens.get(at).map_or("", |token| page.word(*token));
    let before = |n: usize| start.checked_sub(n).map(|at| page.tokens[at]);
    let noun = |n: usize| before(n).filter(|token| token.case == Case::Lower);
    let last = page.tokens[end - 1].traits;
    let given = page.tokens[start].traits.any(Traits::GIVEN);
    let known = gazetteer().longest(&page.tokens[start..end]).is_some_and(|(len, _)| len == end - start);
    if start > 1 && word(start - 1) == "of" && noun(2).is_some_and(|noun| PLACE.get(noun).is_some()) {
        return Some(NameKind::Loc);
    }
    if known {
        return None;
    }
    if start > 0 && matches!(word(start - 1), "(" | ";") && beside::is_dated(page, end) {
        return Some(NameKind::Org);
    }
    // "the Moreno government": somebody's.
    let governs = matches!(word(end), "government" | "regime" | "administration" | "presidency" | "cabinet");
    if mention.kind == NameKind::Org && end - start == 1 && mention.rule == "model" && governs {
        return Some(NameKind::Per);
    }
    // "across the Korova": nobody has an article.
    if mention.kind == NameKind::Per && end - start == 1 && noun(1).is_some() && word(start - 1) == "the" {
        let next = page.tokens.get(end);
        let ends = next.is_none_or(|next| {
            next.kind != TokenKind::Word || next.tags.has(Tags::ANY_AUX | Tags::PREP | Tags::AND)
        });
        let several = word(start).ends_with('s');
        if ends && !several {
            let lies = matches!(
                word(start.wrapping_sub(2)),
                "in" | "to" | "across" | "from" | "into" | "near" | "through"
            );
            return Some(if lies { NameKind::Loc } else { NameKind::Org });
        }
    }
    // "Lima, 3 May (Korova Wire) –"
    let signed =
        start > 0 && word(start - 1) == "(" && word(end) == ")" && matches!(word(end + 1), "-" | "–" | "—");
    if signed {
        return Some(NameKind::Org);
    }
    // "Korova Trading"
    if end - start > 1 && last.any(Traits::ORG_HEAD.or(Traits::ORG_TAIL)) && !last.any(OWN) {
        let other = mention.kind != NameKind::Org && !last.any(Traits::PLACE);
        return other.then_some(NameKind::Org);
    }
    if noun(1).is_some_and(|noun| BODY.get(noun).is_some()) && !(given && end - start > 1) {
        return Some(NameKind::Org);
    }
    // "the company, Korova, has"
    let closed = matches!(word(end), "," | "." | ")" | ";");
    let apposed = start > 0 && word(start - 1) == "," && closed;
    if apposed && noun(2).is_some_and(|noun| BODY.get(noun).is_some()) && !given {
        return Some(NameKind::Org);
    }
    // "Korova have sold": a body of several, since nobody is more than one.
    let plural = matches!(word(end), "have" | "are" | "were");
    let alone = start == 0 || !AUXILIARIES.contains(&word(start - 1)) && word(start - 1) != "the";
    (plural && alone && mention.kind == NameKind::Per && !given && !last.any(Traits::SURNAME))
        .then_some(NameKind::Org)
}

/// Takes the words of a firm's own into a name that is nothing but its end: "Korova" of "Korova Holding AG".
fn begun(page: &Page<'_>, mentions: &mut [Mention]) {
    let other = Traits::FUNCTION.or(Traits::DATE).or(Traits::POST).or(Traits::TITLE).or(Traits::ADJECTIVE);
    for at in 0..mentions.len() {
        let free = at.checked_sub(1).map_or(0, |before| mentions[before].tokens.end);
        let mention = &mut mentions[at];
        let is_end = |token: &Token| token.traits.any(Traits::ORG_TAIL) || !token.is_word();
        if !page.tokens[mention.tokens.clone()].iter().all(is_end) {
            continue;
        }
        let (end, mut start) = (mention.tokens.start, mention.tokens.start);
        while start > free && end - start < MAX_TITLED_WORDS {
            let (before, first) = (page.tokens[start - 1], page.tokens[start]);
            let adjacent = before.end + 1 == first.start && may_begin(before);
            if !adjacent || before.traits.any(other) {
                break;
            }
            start -= 1;
        }
        if start < end {
            (mention.kind, mention.rule) = (NameKind::Org, "context");
            mention.tokens.start = start;
            mention.start = page.tokens[start].start as usize;
        }
    }
}

/// Takes the word that heads the name of a body into the name right before it: "Korova" "Institute".
fn lengthened(page: &Page<'_>, mentions: &mut [Mention]) {
    for at in 0..mentions.len() {
        let end = mentions[at].tokens.end;
        let free = mentions.get(at + 1).is_none_or(|other| other.tokens.start > end);
        let Some(head) = page.tokens.get(end).filter(|_| free && mentions[at].rule == "model") else {
            continue;
        };
        let adjacent = head.start == page.tokens[end - 1].end + 1 && head.case == Case::Title;
        let traits = head.traits;
        if adjacent && traits.any(Traits::ORG_HEAD.or(Traits::ORG_TAIL)) && !traits.any(OWN) {
            let mention = &mut mentions[at];
            (mention.kind, mention.rule) = (NameKind::Org, "context");
            mention.tokens.end += 1;
            mention.end = head.end as usize;
        }
    }
}

/// Makes bodies of the names that are those of bodies without their last words: "Korova" beside "Korova Trading".
fn shortened(page: &Page<'_>, mentions: &mut [Mention]) {
    let mut bodies: HashSet<Key, BuildKeyHasher> = HashSet::default();
    for mention in mentions.iter().filter(|mention| mention.kind == NameKind::Org) {
        let tokens = &page.tokens[mention.tokens.clone()];
        let kinds = tokens.iter().rev().take_while(|token| {
            let traits = token.traits;
            traits.any(Traits::ORG_HEAD.or(Traits::ORG_TAIL)) && !traits.any(OWN)
        });
        let n_own = tokens.len() - kinds.count();
        if (1..tokens.len()).contains(&n_own) {
            bodies.insert(Key::of_all(&tokens[..n_own]));
        } else if mention.rule == "context" {
            bodies.insert(Key::of_all(tokens));
        }
    }
    if bodies.is_empty() {
        return;
    }
    // Whether nobody of this last name is called otherwise than a body.
    let mut none_else: HashMap<Key, bool, BuildKeyHasher> = HashMap::default();
    for mention in mentions.iter() {
        let tokens = &page.tokens[mention.tokens.clone()];
        if mention.kind == NameKind::Per && tokens.len() > 1 {
            let none = none_else.entry(tokens[tokens.len() - 1].key).or_insert(true);
            *none &= bodies.contains(&Key::of_all(tokens));
        }
    }
    let is_short = |mention: &Mention| {
        mention.kind == NameKind::Per && bodies.contains(&Key::of_all(&page.tokens[mention.tokens.clone()]))
    };
    // The founder of "Ana Moreno Foods", of whom the page tells as of a person.
    let is_namesake = |mention: &Mention| business::is_given(page, mention) && is_short(mention);
    let named = mentions.iter().any(is_namesake);
    let met = if named { business::people(page, mentions) } else { HashSet::default() };
    for mention in mentions.iter_mut() {
        let tokens = &page.tokens[mention.tokens.clone()];
        let is_met = || is_namesake(mention) && met.contains(&tokens[tokens.len() - 1].key);
        if !is_short(mention) || is_met() {
            continue;
        }
        // Nobody but itself ends so: "Moreno" beside "Moreno Foods" and "Ana Moreno" is she.
        if none_else.get(&tokens[tokens.len() - 1].key).is_none_or(|none| *none) {
            (mention.kind, mention.rule) = (NameKind::Org, "context");
        }
    }
}

/// The most words of a name after its title.
const MAX_TITLED_WORDS: usize = 4;

/// Adds the person of two words or more whom the model passed over behind a post: "councillor Ada Korova".
fn title_alone(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let tokens = &page.tokens;
    let mut added: Vec<Mention> = Vec::new();
    for (post, token) in tokens.iter().enumerate() {
        let is_followed = tokens.get(post + 1).is_some_and(|next| next.case == Case::Title);
        if !is_followed || token.case != Case::Lower || !token.traits.any(Traits::POST) {
            continue;
        }
        let start = post + 1;
        let named = |at: &usize| {
            tokens.get(*at).is_some_and(|token| {
                let other = Traits::ORG_HEAD.or(Traits::ORG_TAIL).or(Traits::FUNCTION);
                let other = if *at == start { other.or(Traits::DATE) } else { other };
                token.case == Case::Title && token.spaced && !token.traits.any(other)
            })
        };
        let n_words = (start..start + MAX_TITLED_WORDS + 1).take_while(named).count();
        let end = start + n_words;
        let first = mentions.partition_point(|mention| mention.tokens.end <= start);
        let free = mentions.get(first).is_none_or(|mention| mention.tokens.start >= end);
        if free
            && (2..=MAX_TITLED_WORDS).contains(&n_words)
            && !tokens.get(end).is_some_and(|next| may_begin(*next) && next.spaced)
        {
            added.push(person(page, start..end));
        }
    }
    insert(mentions, added);
}

/// Adds the bodies that the model passed over: what a noun of bodies stands before, and words that end as a body's
/// name does: "the brewery Korova", "Korova Trading".
fn bodies_alone(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let tokens = &page.tokens;
    let named = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            let other = Traits::FUNCTION
                .or(Traits::DATE)
                .or(Traits::ADJECTIVE)
                .or(Traits::TITLE)
                .or(Traits::POST)
                .or(Traits::COUNTRY)
                .or(Traits::PRODUCT);
            token.case == Case::Title && !token.traits.any(other)
        })
    };
    let mut added: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].case != Case::Title {
            at += 1;
            continue;
        }
        let noun = at > 0 && tokens[at - 1].case == Case::Lower && BODY.get(tokens[at - 1]).is_some();
        // The first word of a sentence, and a word behind another name, begin none.
        let led =
            at > 0 && (tokens[at - 1].case == Case::Lower || noun || page.word(tokens[at - 1]) == "The");
        // "the Chilean Embassy"
        let country =
            tokens[at].case == Case::Title && tokens[at].traits.any(Traits::ADJECTIVE) && named(at + 1);
        if !led || !tokens[at].spaced || !(named(at) || country) {
            at += 1;
            continue;
        }
        let end = (at + 1..at + MAX_TITLED_WORDS + 2).find(|&next| !named(next) || !tokens[next].spaced);
        let end = end.unwrap_or(at + 1);
        let last = tokens[end - 1].traits;
        let formed = end - at > 1 && last.any(Traits::ORG_HEAD.or(Traits::ORG_TAIL)) && !last.any(OWN);
        let first = mentions.partition_point(|mention| mention.tokens.end <= at);
        let free = mentions.get(first).is_none_or(|mention| mention.tokens.start >= end);
        let goes_on = tokens.get(end).is_some_and(|next| may_begin(*next) && next.spaced);
        if (noun || formed) && free && !goes_on && end - at <= MAX_TITLED_WORDS {
            added.push(Mention {
                kind: NameKind::Org,
                rule: "context",
                confidence: 0.7,
                ..person(page, at..end)
            });
        }
        at = end;
    }
    insert(mentions, added);
}

/// Makes a person of two words of which the model has seen the first alone, where somebody speaks: "Ada Korova told".
fn speaking(page: &Page<'_>, mentions: &mut [Mention]) {
    let speaks = |at: usize| {
        page.tokens.get(at).is_some_and(|token| {
            matches!(
                page.word(*token),
                "said" | "told" | "says" | "added" | "recalled" | "explained" | "warned"
            )
        })
    };
    for at in 0..mentions.len() {
        let next = mentions[at].tokens.end;
        let free = mentions.get(at + 1).is_none_or(|other| other.tokens.start > next);
        let alone = mentions[at].tokens.len() == 1 && mentions[at].rule == "model" && free;
        if !alone || !speaks(next + 1) || mentions[at].kind == NameKind::Org {
            continue;
        }
        let last = page.tokens[next];
        let other = Traits(!(Traits::GIVEN.0 | Traits::SURNAME.0));
        let word = last.case == Case::Title && last.spaced && !last.traits.any(other);
        let opens = next < 2 || !page.tokens[next - 2].is_capitalised();
        if word && opens {
            mentions[at] = person(page, next - 1..next + 1);
        }
    }
}

fn person(page: &Page<'_>, tokens: Range<usize>) -> Mention {
    Mention {
        start: page.tokens[tokens.start].start as usize,
        end: page.tokens[tokens.end - 1].end as usize,
        tokens,
        kind: NameKind::Per,
        confidence: 0.9,
        rule: "title",
    }
}

fn insert(mentions: &mut Vec<Mention>, added: Vec<Mention>) {
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| mention.tokens.start);
    }
}

/// The most people that one title in the plural stands before.
const MAX_TITLED: usize = 6;

/// Makes people of all that a title in the plural stands before: "Presidents Ito and Diaz".
fn share_title(page: &Page<'_>, mentions: &mut Vec<Mention>) {
    let tokens = &page.tokens;
    let is_name = |at: usize| tokens.get(at).is_some_and(|token| token.case == Case::Title && token.spaced);
    let mut added: Vec<Mention> = Vec::new();
    for (post, token) in tokens.iter().enumerate() {
        if token.case != Case::Title || !page.word(*token).ends_with('s') || !is_post(page, post) {
            continue;
        }
        let mut at = post + 1;
        for n_named in 0..MAX_TITLED {
            let end = (at..at + 4).find(|&at| !is_name(at)).unwrap_or(at);
            if end == at {
                break;
            }
            let first = mentions.partition_point(|mention| mention.tokens.end <= at);
            match mentions.get_mut(first).filter(|mention| mention.tokens.start < end) {
                Some(mention) if mention.tokens == (at..end) && mention.rule == "model" => {
                    mention.kind = NameKind::Per;
                }
                None if n_named > 0 => added.push(person(page, at..end)),
                _ => {}
            }
            let joint = |at: usize, word: &str| tokens.get(at).is_some_and(|token| page.word(*token) == word);
            at = end + usize::from(joint(end, ","));
            at += usize::from(joint(at, "and"));
            if at == end {
                break;
            }
        }
    }
    insert(mentions, added);
}
