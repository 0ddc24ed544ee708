//! Whose voice it is: the person, body or place that the words for a speaker stand for.

use super::{
    antecedent::{People, Who},
    clause::Reading,
    draft::Draft,
    word::Tags,
};
use crate::{
    lexicon::Lexicon,
    name::{Name, NameKind, gazetteer::Traits, sex},
    page::Found,
    stretch::InOrder,
};
use corpus_core::Span;
use std::{ops::Range, sync::LazyLock};

/// Sentences before a pronoun in which what it stands for is looked for.
const SENTENCES_BACK: usize = 1;
/// Nouns behind the name of a place of those who speak for all of it; its ministries and its police are bodies of their own.
const SPEAKING_FOR_A_PLACE: &str = "government governments administration regime authorities authority official officials \
    delegation leadership state diplomat diplomats envoy envoys negotiators";
/// Sentences before "the company" in which its name is looked for.
const BODY_SENTENCES_BACK: usize = 12;

/// Nouns of people who speak for a body, and not for themselves.
const SPEAKING_FOR: &str = "official officials spokesman spokesmen spokeswoman spokesperson spokespeople spokespersons \
    representative representatives source sources management author authors editor editors leadership";
/// Nouns of people who stand for or against somebody, and do not speak for him.
const TAKING_SIDES: &str = "critic critics opponent opponents supporter supporters defender defenders ally allies rival rivals \
    fan fans follower followers loyalist loyalists foe foes adversary adversaries detractor detractors \
    sympathizer sympathizers sympathiser sympathisers backer backers apologist apologists victim victims \
    voter voters enemy enemies competitor competitors customer customers neighbour neighbours neighbor \
    neighbors watcher watchers";
/// Nouns of firms, which stand for one of any name.
const FIRMS: &str = "company firm corporation manufacturer retailer carrier";
/// Last words of the names of firms, without their stop.
const FIRM_TAILS: &str = "inc corp co company ltd limited plc llc lp ag sa nv ab gmbh spa corporation group holdings \
    industries international enterprises";
/// Names of a stretch of text that are looked at.
const MOST_NAMES: usize = 128;

static SPEAKS_FOR: LazyLock<Lexicon<()>> = LazyLock::new(|| words(SPEAKING_FOR));
static TAKES_SIDES: LazyLock<Lexicon<()>> = LazyLock::new(|| words(TAKING_SIDES));
static OF_A_PLACE: LazyLock<Lexicon<()>> = LazyLock::new(|| words(SPEAKING_FOR_A_PLACE));

fn words(list: &str) -> Lexicon<()> {
    Lexicon::new(list.split(' ').map(|word| (word, ())))
}

/// Who has spoken so far, as pronouns ask for it.
#[derive(Debug, Default)]
pub(super) struct Voices<'p> {
    people: People<'p>,
    /// The last body or country that spoke, and the token where it was the speaker.
    body: Option<(String, usize)>,
}

impl<'p> Voices<'p> {
    /// The local id of who speaks in a statement by these words; nothing where they stand for nobody that the page names,
    /// or for one of several who are as likely.
    pub(super) fn of(
        &mut self,
        reading: &Reading<'p, '_>,
        tokens: &Range<usize>,
        draft: &Draft,
    ) -> Option<String> {
        if reading.is_he_or_she(tokens) {
            let entity = self.people.meant(reading, tokens.start, draft);
            let who = match &entity {
                Some(entity) => Who::Named(entity.clone()),
                None => Who::Unnamed(sex::of_pronoun(reading.word(tokens.start))),
            };
            self.people.note(tokens.start, who);
            return entity;
        }
        self.people.note(tokens.start, reading.who(tokens));
        if let Some((entity, true)) = reading.named(tokens) {
            return Some(entity);
        }
        let named = reading.named(tokens).map(|(entity, _)| entity);
        let body = named.or_else(|| self.body_meant(reading, tokens))?;
        self.body = Some((body.clone(), tokens.start));
        Some(body)
    }

    /// Which body "it" and "the company" are, where the text has one alone.
    fn body_meant(&self, reading: &Reading<'_, '_>, tokens: &Range<usize>) -> Option<String> {
        let page = reading.page;
        let start = page.tokens[tokens.start].start as usize;
        if tokens.len() == 1 && matches!(reading.word(tokens.start), "it" | "It" | "its" | "Its") {
            let (before, same) = reading.sentences_back(start, SENTENCES_BACK)?;
            if let Some((entity, at)) = &self.body
                && (page.tokens[*at].start as usize) >= before
            {
                return Some(entity.clone());
            }
            return reading.only_body(same, start).or_else(|| reading.only_body(before, same));
        }
        let article = matches!(reading.word(tokens.start), "the" | "The");
        if !article || tokens.len() != 2 || !reading.is(tokens.start + 1, Tags::BODY) {
            return None;
        }
        let noun = reading.word(tokens.start + 1);
        let (before, _) = reading.sentences_back(start, BODY_SENTENCES_BACK)?;
        let mut fitting: Option<&str> = None;
        for name in reading.names_in(before..start) {
            let written = &page.text()[name.span.range()];
            if name.value.kind != NameKind::Org || !fits(written, noun) {
                continue;
            }
            if fitting.is_some_and(|other| other != name.value.entity) {
                let last = self.body.as_ref().filter(|(_, at)| page.tokens[*at].start as usize >= before);
                return last
                    .map(|(entity, _)| entity)
                    .filter(|entity| reading.has_fitting(before..start, entity, noun))
                    .cloned();
            }
            fitting = Some(&name.value.entity);
        }
        fitting.map(str::to_owned)
    }
}

/// Whether a body of this name may be called by this noun: "the ministry", "the bank" by a word of its name, "the
/// company" by the look of a firm.
fn fits(name: &str, noun: &str) -> bool {
    let words = || name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str, list: &str| list.split(' ').any(|other| word.eq_ignore_ascii_case(other));
    if is_one(noun, FIRMS) {
        words().next_back().is_some_and(|last| is_one(last, FIRM_TAILS))
    } else {
        words().any(|word| word.eq_ignore_ascii_case(noun))
    }
}

impl Reading<'_, '_> {
    /// Offsets at which the sentences begin that many before the one at `offset`, of the same part, and that itself.
    fn sentences_back(&self, offset: usize, n: usize) -> Option<(usize, usize)> {
        let sentences = &self.page.sentences;
        let here = sentences.before(offset + 1).len().checked_sub(1)?;
        let part = |at: usize| self.page.passages[sentences[at].passage].part;
        let first = (here.saturating_sub(n)..=here).find(|&at| part(at) == part(here))?;
        Some((sentences[first].span.start, sentences[here].span.start))
    }

    /// The names that begin in a range of the text, the first of very many.
    fn names_in(&self, range: Range<usize>) -> &[Found<Name>] {
        let names = self.page.facts.names.beginning_in(range);
        &names[..names.len().min(MOST_NAMES)]
    }

    /// Whether the words for a speaker are "he" or "she", or of "his" or "her" claim.
    pub(super) fn is_he_or_she(&self, tokens: &Range<usize>) -> bool {
        tokens.len() == 1 && sex::of_pronoun(self.word(tokens.start)).is_some()
    }

    /// The body that is the subject of the sentence that begins at `start`, where no other is named before `end`.
    fn only_body(&self, start: usize, end: usize) -> Option<String> {
        let mut bodies = self.names_in(start..end).iter().filter(|name| name.value.kind == NameKind::Org);
        let first = bodies.next()?;
        let (from, to) = (self.page.token_at(start), self.page.token_at(first.span.start));
        let is_subject = !(from..to)
            .any(|at| self.is(at, Tags::ANY_AUX | Tags::VERB) && !self.is_named(at) || self.looks_finite(at));
        let is_only = bodies.all(|other| other.value.entity == first.value.entity);
        (is_subject && is_only).then(|| first.value.entity.clone())
    }

    /// Whether a body is named in a range of the text by a name that goes with a noun.
    fn has_fitting(&self, range: Range<usize>, entity: &str, noun: &str) -> bool {
        let text = self.page.text();
        let mut names = self.names_in(range).iter().filter(|name| name.value.entity == entity);
        names.any(|name| fits(&text[name.span.range()], noun))
    }

    /// The entity that a name or post within the speaker's words stands for, a person before a body before a place,
    /// and whether it is a person. Of whom they only tell whose or for whom it is, does not speak.
    pub(super) fn named(&self, tokens: &Range<usize>) -> Option<(String, bool)> {
        let page = self.page;
        let span = page.tokens[tokens.start].start as usize..page.tokens[tokens.end - 1].end as usize;
        let named = page.facts.names.touching(span.clone()).iter();
        let best = named
            .filter(|name| self.speaks(tokens, name.span, name.value.kind, Some(&name.value.entity)))
            .min_by_key(|name| match name.value.kind {
                NameKind::Per => 0,
                NameKind::Org => 1,
                NameKind::Loc => 2,
            });
        let posts = page.facts.posts.touching(span).iter();
        let held = posts
            .filter(|post| self.speaks(tokens, post.span, NameKind::Per, None))
            .find_map(|post| post.value.entity.clone());
        match best {
            Some(name) if name.value.kind == NameKind::Per => Some((name.value.entity.clone(), true)),
            other => held
                .map(|entity| (entity, true))
                .or_else(|| other.map(|name| (name.value.entity.clone(), false))),
        }
    }

    /// Whether what stands at `span`, within the words for a speaker, tells who speaks; `entity` is that of a name, and
    /// of a post nothing.
    fn speaks(&self, tokens: &Range<usize>, span: Span, kind: NameKind, entity: Option<&str>) -> bool {
        let told = self.page.tokens_in(span);
        let told = told.start.max(tokens.start)..told.end.min(tokens.end);
        let is_one = |at: usize, list: &Lexicon<()>| list.get(self.page.tokens[at]).is_some();
        let is_person = kind == NameKind::Per;
        // "one Lima broker", "the council’s president", but "Peruvian officials", "Peru said"
        let by_noun = || {
            let noun = (told.end..tokens.end)
                .take_while(|&at| !self.is(at, Tags::PREP | Tags::COMMA | Tags::AND | Tags::OPEN))
                .last();
            noun.is_none_or(|noun| match kind {
                NameKind::Loc => is_one(noun, &OF_A_PLACE),
                _ => !self.is(noun, Tags::PERSON) || is_one(noun, &SPEAKS_FOR),
            })
        };
        match self.beside(tokens, &told, entity.filter(|_| is_person), kind == NameKind::Loc, is_one) {
            None => is_person || by_noun(),
            Some(head) if self.is(head, Tags::PAPER | Tags::SPEECH) => true,
            Some(head) => match kind {
                NameKind::Per => false,
                NameKind::Org => {
                    (self.is(head, Tags::BODY) || is_one(head, &SPEAKS_FOR)) && !is_one(head, &TAKES_SIDES)
                }
                // "the government in Lima", but "the staff in Lima"
                NameKind::Loc => is_one(head, &OF_A_PLACE),
            },
        }
    }

    /// The noun that speaks, where a name or post only says whose it is: "Brown’s lawyers", "Brown supporters", "the
    /// lawyers of Brown"; `person` is the entity of a person’s name.
    fn beside(
        &self,
        tokens: &Range<usize>,
        told: &Range<usize>,
        person: Option<&str>,
        is_place: bool,
        is_one: impl Fn(usize, &Lexicon<()>) -> bool,
    ) -> Option<usize> {
        let governs = |at: &usize| self.is(*at, Tags::PREP) && !self.is_capital(*at) && !self.is_named(*at);
        let closes = |at: &usize| self.is(*at, Tags::COMMA | Tags::AND) || governs(at);
        let last = (told.end..tokens.end).find(closes).unwrap_or(tokens.end) - 1;
        if self.is_possessive(told.end) && told.end < last {
            return Some(last);
        }
        let takes =
            is_one(last, &TAKES_SIDES) || person.is_some() && self.is(last, Tags::PERSON | Tags::BODY);
        if last >= told.end && takes && !self.is_capital(last) {
            return Some(last);
        }
        let comma = (tokens.start..told.start).rev().find(|&at| self.is(at, Tags::COMMA));
        let start = comma.map_or(tokens.start, |comma| comma + 1);
        // "councillors of the council of Lima": a place is that of what stands next to it.
        let mut governors = (start + 1..told.start).filter(governs);
        let governor = if is_place { governors.next_back() } else { governors.next() }?;
        // "Minister of Roads Jane Brown": it is her post.
        let post_range = self.page.tokens[start].start as usize..self.page.tokens[governor].start as usize;
        let held = self
            .page
            .facts
            .posts
            .beginning_in(post_range)
            .iter()
            .any(|post| person.is_some() && post.value.entity.as_deref() == person);
        // "deputy head of roads Jane Brown": nor does the preposition reach as far as her, but for "the lawyer of Mr Brown".
        let before = told.start - 1;
        let own = person.is_some()
            && matches!(self.word(governor), "of" | "for")
            && before > governor
            && !self.is(before, Tags::DET | Tags::PERSON)
            && !self.page.tokens[before].traits.any(Traits::TITLE.or(Traits::POST));
        (!held && !own).then_some(governor - 1)
    }
}
