//! Finds statements, clause by clause.

use super::{
    Polarity,
    clause::{Clause, Reading},
    draft::{Draft, only},
    spoken::POINTED_BACK,
    turn::Labels,
    word::{Form, Frames, Tags},
};
use corpus_core::{PartKind, Role};
use std::ops::Range;

/// Paragraphs that one statement may run over.
const MOST_PARAGRAPHS: usize = 12;

/// Tokens behind a quotation in which a verb of speech of its own stands.
const OWN_REACH: usize = 8;

/// What is known while a page is read from its first clause to its last.
pub(super) struct Finder<'r, 'p, 'd> {
    reading: &'r Reading<'p, 'd>,
    labels: Labels<'d>,
    found: Vec<Draft>,
    /// The statement that quotations without a speaker of their own go on from: its index and passage, and the
    /// paragraphs it has run over.
    running: Option<(usize, usize, usize)>,
    /// A verb and its colon at the end of a passage: what it says stands in the next.
    pending: Option<(Draft, usize)>,
    /// Whether the clause that is read has given words in quotation marks.
    quoted_here: bool,
}

impl<'r, 'p, 'd> Finder<'r, 'p, 'd> {
    pub(super) fn new(reading: &'r Reading<'p, 'd>) -> Self {
        Finder {
            reading,
            labels: reading.labels(),
            found: Vec::new(),
            running: None,
            pending: None,
            quoted_here: false,
        }
    }

    /// The statements of the page.
    pub(super) fn run(mut self) -> Vec<Draft> {
        let passages = &self.reading.page.passages;
        // Those who comment on an article are none of its sources.
        for clause in self.reading.clauses() {
            if passages[clause.passage].kind != PartKind::Comments {
                self.read(&clause);
            }
        }
        self.found
    }

    fn read(&mut self, clause: &Clause) {
        if self.take_pending(clause) {
            return;
        }
        let before = self.found.len();
        self.quoted_here = false;
        self.found.extend(self.reading.turn(clause, &self.labels));
        let mut at = clause.tokens.start;
        let mut taken = clause.tokens.start;
        let mut main: Option<Range<usize>> = None;
        while at < clause.tokens.end {
            if self.reading.is(at, Tags::QUOTED) {
                at = self.reading.quote_at(at).map_or(at, |pair| pair.last).max(at) + 1;
                continue;
            }
            if self.reading.is(at, Tags::BRACKETED) {
                at += 1;
                continue;
            }
            if !self.reading.may_begin(at) {
                at += 1;
                continue;
            }
            let draft = self
                .reading
                .according(at, clause, taken)
                .or_else(|| self.reading.spoken(at, clause, taken, main.as_ref()))
                .or_else(|| self.reading.noun(at, clause, main.as_ref()));
            if let Some(mut draft) = draft {
                if draft.rule == POINTED_BACK {
                    at = draft.cue.as_ref().map_or(at + 1, |cue| cue.end.max(at + 1));
                    let Some(before) = self.before_in(clause) else { continue };
                    draft.content.clone_from(&before.content);
                    self.found.push(draft);
                    continue;
                }
                if self.is_denied_noun(&draft) {
                    at += 1;
                    continue;
                }
                if draft.speaker.is_some() {
                    main.clone_from(&draft.speaker);
                }
                if draft.content.is_empty() {
                    self.pending = Some((draft, clause.passage));
                    break;
                }
                at = draft.cue.as_ref().map_or(at + 1, |cue| cue.end.max(at + 1));
                // "…, blaming the rain, she said": what she said begins before the blame.
                if !(draft.rule == "object" && self.is_participle(&draft)) {
                    taken = taken.max(draft.until);
                }
                self.push(draft, clause.passage);
                continue;
            }
            at += 1;
        }
        if self.found.len() == before && self.pending.is_none() {
            self.opened(clause);
            self.signed(clause);
            self.exclaimed(clause);
            self.after_colon(clause);
            if self.found.len() == before {
                self.go_on(clause);
            }
        }
    }

    /// The statement before, where it stands in the same passage.
    fn before_in(&self, clause: &Clause) -> Option<&Draft> {
        let passage = &self.reading.page.passages[clause.passage];
        self.found
            .last()
            .filter(|before| before.content.iter().any(|piece| passage.tokens.contains(&piece.start)))
    }

    /// Whether a statement is that of the noun right behind a verb that denies it: "rejected the claim that".
    fn is_denied_noun(&self, draft: &Draft) -> bool {
        let Some(cue) = draft.cue.as_ref().filter(|_| draft.rule == "noun" && draft.speaker.is_none()) else {
            return false;
        };
        self.found.last().is_some_and(|before| {
            let start = before.content.first().map_or(0, |piece| piece.start);
            before.polarity == Polarity::Deny
                && before.rule == "object"
                && (start..start + 3).contains(&cue.start)
        })
    }

    /// Whether the verb of a statement is a participle behind a comma.
    fn is_participle(&self, draft: &Draft) -> bool {
        draft.cue.as_ref().is_some_and(|cue| {
            let behind_comma = cue.start > 0 && self.reading.is(cue.start - 1, Tags::COMMA);
            behind_comma && self.reading.word(cue.end - 1).ends_with("ing")
        })
    }

    fn push(&mut self, mut draft: Draft, passage: usize) {
        draft.content.retain(|piece| piece.start < piece.end);
        let begins = |draft: &Draft| draft.content.first().map(|piece| piece.start);
        let said_before = self.found.last().is_some_and(|last| begins(last) == begins(&draft));
        if draft.content.is_empty() || said_before {
            return;
        }
        self.cut_last(&draft);
        let quoted = draft.content.iter().any(|piece| self.reading.is(piece.start, Tags::QUOTED));
        if quoted || !self.quoted_here {
            self.running = Some((self.found.len(), passage, 0));
            self.quoted_here |= quoted;
        }
        self.found.push(draft);
    }

    /// "She mentioned the rain to recall that it was late": that is one statement, and what she recalls; "she said it
    /// rained to warn that" is two, of which the first ends there.
    fn cut_last(&mut self, draft: &Draft) {
        let (Some(last), Some(cue)) = (self.found.last_mut(), &draft.cue) else { return };
        let purpose = self.reading.is_word(cue.start, "to") && last.speaker == draft.speaker;
        if let [piece] = &mut last.content[..]
            && purpose
            && piece.start < cue.start
            && cue.end <= piece.end
        {
            piece.end = cue.start;
            if !self.reading.has_finite(piece.start, piece.end) {
                self.found.pop();
            }
        }
    }

    /// A clause that is all quotation goes on with the statement before it.
    fn go_on(&mut self, clause: &Clause) {
        let reading = self.reading;
        let start = clause.tokens.start;
        let end = reading.trim_end(start, clause.tokens.end);
        let all = end > start
            && reading.is(start, Tags::QUOTED)
            && (start..end).all(|at| reading.is(at, Tags::QUOTED));
        match self.running {
            Some((index, passage, n)) if all && n < MOST_PARAGRAPHS && clause.passage <= passage + 1 => {
                self.found[index].content.push(start..end);
                self.running = Some((index, clause.passage, n + usize::from(clause.passage != passage)));
            }
            // One sentence of the same paragraph may stand between.
            Some((index, passage, n)) if !all && n < MOST_PARAGRAPHS && clause.passage == passage => {
                let quotes = reading.quotes_in(start, clause.tokens.end).next().is_some();
                self.running = (!quotes).then_some((index, passage, MOST_PARAGRAPHS - 1));
            }
            _ => self.running = None,
        }
    }

    /// What a colon at the end of the passage before led to.
    fn take_pending(&mut self, clause: &Clause) -> bool {
        let Some((mut draft, passage)) = self.pending.take() else { return false };
        if clause.passage != passage + 1 {
            return false;
        }
        let reading = self.reading;
        let quoted = reading.is(clause.tokens.start, Tags::QUOTED);
        let role = reading.page.passages[clause.passage].role;
        if !quoted && role != Role::Quote {
            return false;
        }
        let end = if quoted {
            reading
                .quote_at(clause.tokens.start)
                .map_or(clause.tokens.end, |pair| pair.last + 1)
                .min(clause.tokens.end)
        } else {
            clause.tokens.end
        };
        // “…,” she said: the quotation has a verb of its own.
        if draft.rule == "led-by-colon"
            && draft.confidence < 0.7
            && reading.has_cue(end, clause.tokens.end.min(end + OWN_REACH))
        {
            return false;
        }
        draft.content.push(clause.tokens.start..end);
        draft.until = end;
        let all = end + 2 > clause.tokens.end;
        self.push(draft, clause.passage);
        all
    }

    /// Said Jane Brown: “…”
    fn opened(&mut self, clause: &Clause) {
        let reading = self.reading;
        let Range { start, end } = clause.tokens;
        let Some((n, verb)) = reading.verb(start, end).filter(|_| reading.is_capital(start)) else { return };
        let Some(speaker) = reading.phrase_after(start + n, end) else { return };
        let mark = speaker.end;
        let led = reading.is(mark, Tags::COLON | Tags::COMMA);
        let remark =
            reading.quote_at(mark + 1).filter(|pair| pair.first == mark + 1 && reading.is_remark(*pair));
        let finite = matches!(verb.form, Form::Past | Form::Third) && verb.frames.has(Frames::QUOTE);
        let (Some(pair), true) = (remark, led && finite && reading.is_person(speaker.clone())) else {
            return;
        };
        self.push(
            Draft {
                speaker: Some(speaker),
                cue: Some(start..start + n),
                content: only(pair.first..pair.last + 1),
                polarity: Polarity::Assert,
                until: pair.last + 1,
                rule: "inverted",
                confidence: 0.85,
            },
            clause.passage,
        );
    }

    /// “…!” beamed Jane Brown: whatever a remark is followed by and somebody does, is to say it.
    fn exclaimed(&mut self, clause: &Clause) {
        let reading = self.reading;
        let Range { start, end } = clause.tokens;
        let remark = reading.quote_at(start).filter(|pair| pair.first == start && reading.is_remark(*pair));
        let Some(pair) = remark.filter(|pair| pair.last + 2 < end) else { return };
        let verb = pair.last + 1;
        let small = Tags::PREP | Tags::DET | Tags::SUBORDINATE | Tags::ADVERB | Tags::AND;
        if !reading.word(verb).ends_with("ed") || reading.is_capital(verb) || reading.is(verb, small) {
            return;
        }
        let Some(speaker) = reading.phrase_after(verb + 1, end) else { return };
        if !reading.is_person(speaker.clone()) {
            return;
        }
        self.push(
            Draft {
                until: speaker.end,
                speaker: Some(speaker),
                cue: Some(verb..verb + 1),
                content: only(start..pair.last + 1),
                polarity: Polarity::Assert,
                rule: "exclaimed",
                confidence: 0.7,
            },
            clause.passage,
        );
    }

    /// “…” — Jane Brown
    fn signed(&mut self, clause: &Clause) {
        let reading = self.reading;
        let Range { start, end } = clause.tokens;
        let Some(pair) = reading.quote_at(start).filter(|pair| pair.first == start && pair.last + 2 < end)
        else {
            return;
        };
        if !reading.is(pair.last + 1, Tags::DASH) {
            return;
        }
        let Some(speaker) = reading.phrase_after(pair.last + 2, end) else { return };
        if !reading.is_capital(speaker.start) || speaker.len() > 8 {
            return;
        }
        self.push(
            Draft {
                speaker: Some(speaker.clone()),
                cue: Some(pair.last + 1..pair.last + 2),
                content: only(start..pair.last + 1),
                polarity: Polarity::Assert,
                until: speaker.end,
                rule: "signed",
                confidence: 0.7,
            },
            clause.passage,
        );
    }

    /// "The mayor had one message: “…”": no verb of speech, but a colon and a remark.
    fn after_colon(&mut self, clause: &Clause) {
        let reading = self.reading;
        let Range { start, end } = clause.tokens;
        if reading.is(end - 1, Tags::COLON) && end == reading.page.passages[clause.passage].tokens.end {
            if let Some(subject) = self.reading.shared_subject(clause, None) {
                let draft = Draft {
                    until: end,
                    speaker: Some(subject.tokens),
                    cue: Some(end - 1..end),
                    content: Vec::new(),
                    polarity: Polarity::Assert,
                    rule: "led-by-colon",
                    confidence: 0.6,
                };
                self.pending = Some((draft, clause.passage));
            }
            return;
        }
        let Some(pair) = reading
            .quotes_in(start, end)
            .find(|pair| pair.first > start + 1 && reading.is(pair.first - 1, Tags::COLON))
        else {
            return;
        };
        if !pair.double || pair.last < pair.first + 4 || !reading.is_remark(pair) {
            return;
        }
        let Some(subject) = self.reading.shared_subject(clause, None) else { return };
        self.push(
            Draft {
                speaker: Some(subject.tokens),
                cue: Some(pair.first - 1..pair.first),
                content: only(pair.first..pair.last + 1),
                polarity: Polarity::Assert,
                until: pair.last + 1,
                rule: "colon",
                confidence: 0.6,
            },
            clause.passage,
        );
    }
}
