//! Whom "he" and "she" stand for: who has spoken last, or the subject of the sentence before; nobody where another is as
//! likely.

use super::{
    clause::{Clause, Reading},
    draft::Draft,
    word::Tags,
};
use crate::{
    dateline,
    name::{
        NameKind,
        gazetteer::Traits,
        sex::{self, Sex},
    },
    sentence::Sentence,
};
use std::{collections::HashMap, ops::Range};

/// Sentences before a pronoun in which whom it stands for is looked for, those within quotation marks not counted.
const SENTENCES_BACK: usize = 6;
/// Sentences that are looked at for these at the most.
const MOST_SENTENCES: usize = 24;
/// Sentences before that of a subject in which another who spoke is as likely.
const RIVAL_BACK: usize = 2;
/// Tokens of its own sentence before a pronoun that are looked at.
const REACH: usize = 60;
/// Names of a sentence that are looked at.
const MOST_NAMES: usize = 64;
/// Tokens of the titles and posts before a name.
const LONGEST_TITLE: usize = 12;
/// Speakers that are kept in mind.
const MOST_SPEAKERS: usize = 16;
/// Verbs of who goes on speaking.
const GOES_ON: [&str; 6] = ["added", "adds", "adding", "continued", "continues", "concluded"];

/// Who spoke, or is the subject of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A person with a local id.
    Named(String),
    /// One person whom the page does not name: "a spokesman", "the mayor".
    Unnamed(Option<Sex>),
    /// Several, a body, a thing.
    Other,
}

/// What is known of people while a page is read, as pronouns ask for it.
#[derive(Debug, Default)]
pub(super) struct People<'p> {
    /// Who has spoken, and at which token; the last of them.
    spoken: Vec<(usize, Who)>,
    /// Sex by local id; made when the first pronoun asks.
    sexes: Option<HashMap<&'p str, Sex>>,
}

/// A pronoun that asks whom it stands for.
#[derive(Clone, Copy)]
struct Asked {
    sex: Sex,
    /// Whether what is said is quoted.
    is_direct: bool,
    /// Whether it is "he", and not "his".
    is_subject: bool,
}

/// The subject of a sentence.
enum Lead {
    /// Who spoke in it.
    Speaker(Who),
    /// Who is its subject.
    Subject(Who),
    /// The same pronoun.
    Same,
    /// Several who may be meant.
    Several,
}

impl<'p> People<'p> {
    /// Takes note of who speaks by the words at `at`.
    pub(super) fn note(&mut self, at: usize, who: Who) {
        if self.spoken.len() == MOST_SPEAKERS {
            self.spoken.remove(0);
        }
        self.spoken.push((at, who));
    }

    /// The local id of the person whom the pronoun at `at` stands for, which is the speaker of a statement.
    pub(super) fn meant(&mut self, reading: &Reading<'p, '_>, at: usize, draft: &Draft) -> Option<String> {
        let sex = sex::of_pronoun(reading.word(at))?;
        self.sexes.get_or_insert_with(|| sex::of_people(reading.page));
        let here = reading.sentence_of(at)?;
        let behind = reading.page.tokens.get(at + 1).map(|verb| reading.page.word(*verb));
        if behind.is_some_and(|verb| GOES_ON.contains(&verb)) {
            return self.last_speaker(reading, here, sex);
        }
        let start = reading.page.sentences[here].tokens.start.max(at.saturating_sub(REACH));
        if let Some(lead) = self.lead_here(reading, start..at, sex, draft) {
            return lead;
        }
        let is_direct =
            draft.content.iter().any(|piece| piece.clone().any(|at| reading.is(at, Tags::QUOTED)));
        let asked = Asked { sex, is_direct, is_subject: reading.is(at, Tags::SUBJECT) };
        self.meant_before(reading, here, asked)
    }

    /// Who went on speaking: the last person who spoke not far before.
    fn last_speaker(&self, reading: &Reading<'p, '_>, here: usize, sex: Sex) -> Option<String> {
        let far = reading.page.sentences[here.saturating_sub(MOST_SENTENCES)].tokens.start;
        let may_be = |who: &&(usize, Who)| who.0 >= far && self.may_be(&who.1, sex);
        self.spoken.iter().rev().find(may_be).and_then(|(_, who)| who.id())
    }

    /// Who is meant, where the sentence of the pronoun tells: the subject of what stands before it. Outer nothing where
    /// it does not.
    fn lead_here(
        &self,
        reading: &Reading<'p, '_>,
        before: Range<usize>,
        sex: Sex,
        draft: &Draft,
    ) -> Option<Option<String>> {
        let own = |at: usize| draft.content.iter().any(|piece| piece.contains(&at));
        let is_open = |at: usize| !own(at) && !reading.is(at, Tags::QUOTED);
        let mut found: Option<String> = None;
        for (tokens, entity) in reading.people_in(before.clone()) {
            if !is_open(tokens.start) || !reading.leads(&tokens, before.start) || !self.fits(entity, sex) {
                continue;
            }
            // "When she refused, she said": whoever comes behind the first is another, or she herself.
            let mut earlier = (before.start..tokens.start).filter(|&at| is_open(at));
            if earlier.any(|at| reading.is_subject_pronoun(at, sex)) {
                return None;
            }
            if found.as_deref().is_some_and(|other| other != entity) {
                return Some(None);
            }
            found = Some(entity.to_owned());
        }
        found.map(Some)
    }

    /// Who is meant, by the sentences before.
    fn meant_before(
        &self,
        reading: &Reading<'p, '_>,
        here: usize,
        Asked { sex, is_direct, is_subject }: Asked,
    ) -> Option<String> {
        let part = |at: usize| reading.page.passages[reading.page.sentences[at].passage].part;
        let mut others: Vec<&str> = Vec::new();
        let mut is_next = true;
        let mut n_open = 0;
        for at in (here.saturating_sub(MOST_SENTENCES)..here).rev() {
            let sentence = &reading.page.sentences[at];
            if part(at) != part(here) || n_open > SENTENCES_BACK {
                break;
            }
            if reading.is_all_quoted(sentence) {
                continue;
            }
            n_open += 1;
            match self.lead(reading, sentence, sex) {
                Lead::Same => {
                    is_next = true;
                    others.clear();
                    continue;
                }
                Lead::Several => return None,
                Lead::Speaker(who) if self.may_be(&who, sex) => {
                    // "“…,” Brown said. The court fined Green. “…,” he said": it is who speaks.
                    let id = who.id()?;
                    let is_open = others.iter().any(|other| *other != id);
                    return (!is_open || is_direct).then_some(id);
                }
                Lead::Subject(who) if self.may_be(&who, sex) => {
                    let id = who.id()?;
                    let is_only =
                        || self.fitting(reading, sentence, sex).chain(others).all(|other| other == id);
                    let is_it = if is_next { !self.has_rival(reading, at, &id, sex) } else { is_only() };
                    return is_it.then_some(id);
                }
                Lead::Speaker(_) | Lead::Subject(_) => {}
            }
            others.extend(self.fitting(reading, sentence, sex));
            if is_next && is_subject && !others.is_empty() {
                let only = others[0];
                let is_only = others.iter().all(|other| *other == only);
                return (is_only && !self.has_rival(reading, at, only, sex)).then(|| only.to_owned());
            }
            // "his" is hardly whose claim it was long before.
            if !is_subject {
                return None;
            }
            is_next = false;
        }
        let only = *others.first()?;
        others.iter().all(|other| *other == only).then(|| only.to_owned())
    }

    /// The subject of a sentence, whose pronoun would be that of `sex`.
    fn lead(&self, reading: &Reading<'p, '_>, sentence: &Sentence, sex: Sex) -> Lead {
        let tokens = dateline::behind(reading.page, &sentence.tokens)..sentence.tokens.end;
        let mut speakers = self.spoken.iter().filter(|(at, _)| tokens.contains(at)).map(|(_, who)| who);
        if let Some(first) = speakers.next() {
            let mut people = speakers.chain([first]).filter(|who| self.may_be(who, sex));
            let person = people.next();
            if people.any(|other| Some(other) != person) {
                return Lead::Several;
            }
            return Lead::Speaker(person.unwrap_or(first).clone());
        }
        let clause = Clause { tokens, passage: sentence.passage };
        let Some(subject) = reading.shared_subject(&clause, None) else { return Lead::Subject(Who::Other) };
        if subject.tokens.len() == 1 && reading.is_subject_pronoun(subject.tokens.start, sex) {
            return Lead::Same;
        }
        Lead::Subject(reading.who(&subject.tokens))
    }

    /// Whether another person spoke shortly before the sentence `at` who may be meant as well as its subject `id`.
    fn has_rival(&self, reading: &Reading<'p, '_>, at: usize, id: &str, sex: Sex) -> bool {
        let from = reading.page.sentences[at.saturating_sub(RIVAL_BACK)].tokens.start;
        let last = self.spoken.iter().rev().take_while(|(token, _)| *token >= from);
        let mut people = last.map(|(_, who)| who).filter(|who| self.may_be(who, sex));
        people.next().is_some_and(|who| who.id().as_deref() != Some(id))
    }

    /// The people whom a sentence names outside quotation marks and who may be of `sex`.
    fn fitting<'s>(
        &'s self,
        reading: &Reading<'p, '_>,
        sentence: &Sentence,
        sex: Sex,
    ) -> impl Iterator<Item = &'p str> + use<'s, 'p> {
        let open: Vec<&'p str> = reading
            .people_in(sentence.tokens.clone())
            .filter(|(tokens, _)| !reading.is(tokens.start, Tags::QUOTED))
            .map(|(_, entity)| entity)
            .collect();
        open.into_iter().filter(move |entity| self.fits(entity, sex))
    }

    fn may_be(&self, who: &Who, sex: Sex) -> bool {
        match who {
            Who::Named(entity) => self.fits(entity, sex),
            Who::Unnamed(known) => known.is_none_or(|known| known == sex),
            Who::Other => false,
        }
    }

    /// Whether a person may be of `sex`.
    fn fits(&self, entity: &str, sex: Sex) -> bool {
        self.sexes.as_ref().and_then(|sexes| sexes.get(entity)).is_none_or(|known| *known == sex)
    }
}

impl Who {
    fn id(&self) -> Option<String> {
        match self {
            Who::Named(id) => Some(id.clone()),
            Who::Unnamed(_) | Who::Other => None,
        }
    }
}

impl<'p> Reading<'p, '_> {
    /// The sentence that holds the token at `at`.
    fn sentence_of(&self, at: usize) -> Option<usize> {
        let sentences = &self.page.sentences;
        let here = sentences.partition_point(|sentence| sentence.tokens.end <= at);
        (here < sentences.len()).then_some(here)
    }

    fn is_all_quoted(&self, sentence: &Sentence) -> bool {
        let Range { start, end } = sentence.tokens;
        self.quote_at(start).is_some_and(|pair| end <= pair.last + 2)
    }

    /// Whether "he" or "she" stands at `at`, as `sex` says.
    fn is_subject_pronoun(&self, at: usize, sex: Sex) -> bool {
        self.is(at, Tags::SUBJECT) && sex::of_pronoun(self.word(at)) == Some(sex)
    }

    /// The names of people in a range of tokens, each with its local id.
    fn people_in(&self, tokens: Range<usize>) -> impl Iterator<Item = (Range<usize>, &'p str)> + use<'p> {
        let page = self.page;
        let names = self.names_within(tokens);
        let people = names.iter().take(MOST_NAMES).filter(|name| name.value.kind == NameKind::Per);
        people.map(|name| (page.tokens_in(name.span), &*name.value.entity))
    }

    /// Whether the name in `tokens` is the subject of a clause of the sentence that begins at `lo`: by what stands before
    /// it, and a verb behind it.
    fn leads(&self, tokens: &Range<usize>, lo: usize) -> bool {
        if self.is_possessive(tokens.end) || self.is(tokens.end, Tags::AND) {
            return false;
        }
        // "Mr.", "the former mayor"
        let mut start = tokens.start;
        while start > lo.max(tokens.start.saturating_sub(LONGEST_TITLE)) {
            let token = self.page.tokens[start - 1];
            let titles = token.traits.any(Traits::TITLE.or(Traits::POST).or(Traits::ADJECTIVE))
                || self.is(start - 1, Tags::PERSON | Tags::BODY | Tags::DET | Tags::POSSESSIVE)
                || self.is(start - 1, Tags::STOP) && start > lo + 1;
            if !titles || self.is(start - 1, Tags::QUOTED) {
                break;
            }
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|&before| before >= lo);
        if before.is_some_and(|before| {
            self.is(before, Tags::AND) && self.is_capital(before.saturating_sub(1))
                || self.is(before, Tags::PREP) && !self.is(before, Tags::SUBORDINATE)
        }) {
            return false;
        }
        let verb = self.behind_aside(tokens.end);
        let next = if self.is(verb, Tags::ADVERB | Tags::NOT) { verb + 1 } else { verb };
        self.is_finite_at(next) || before.is_none() && !self.is(tokens.end, Tags::COMMA)
    }

    /// Behind an aside between commas that begins at `at`: "Brown, the mayor, said".
    fn behind_aside(&self, at: usize) -> usize {
        const LONGEST: usize = 24;
        if !self.is(at, Tags::COMMA) {
            return at;
        }
        let last = self.page.tokens.len().min(at + LONGEST);
        (at + 1..last).find(|&at| self.is(at, Tags::COMMA | Tags::STOP)).map_or(at, |close| close + 1)
    }

    /// Who the words of a subject stand for.
    pub(super) fn who(&self, tokens: &Range<usize>) -> Who {
        let mut people = self.people_in(tokens.clone()).map(|(_, entity)| entity);
        let first = people.next();
        let joined = || tokens.clone().any(|at| self.is(at, Tags::AND));
        if people.any(|other| Some(other) != first) && joined() {
            return Who::Other;
        }
        if let Some((entity, true)) = self.named(tokens) {
            return Who::Named(entity);
        }
        let head = self.head_of(tokens);
        let token = self.page.tokens[head];
        let is_person = self.is(head, Tags::PERSON) || token.traits.any(Traits::POST);
        let several = self.is_plural(head) || tokens.clone().any(|at| self.is(at, Tags::AND));
        if is_person && !several { Who::Unnamed(sex::of_noun(self.page, head)) } else { Who::Other }
    }
}
