//! Answers that were given: kept with their snapshot, within bounds, for whoever asks the same again.

use crate::form::Written;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Bytes of answers that are kept of a snapshot, at most.
const ALL: usize = 64 << 20;

/// Bytes of one answer that is kept, at most.
const ONE: usize = 16 << 20;

/// Answers that were given, by their tags: what was asked longest ago goes first where there is no room.
#[derive(Debug, Default)]
pub(crate) struct Answered(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, (u64, Written)>,
    bytes: usize,
    /// Number of times that answers were asked for.
    asked: u64,
}

impl Answered {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer with a tag, if it is kept.
    pub(crate) fn get(&self, tag: &str) -> Option<Written> {
        let mut kept = self.kept();
        kept.asked += 1;
        let asked = kept.asked;
        let (last, answer) = kept.answers.get_mut(tag)?;
        *last = asked;
        Some(answer.clone())
    }

    /// Keeps an answer, unless it is too large.
    pub(crate) fn keep(&self, tag: &str, answer: &Written) {
        if answer.body.len() > ONE {
            return;
        }
        let mut kept = self.kept();
        kept.asked += 1;
        let asked = kept.asked;
        kept.bytes += answer.body.len();
        if let Some((_, before)) = kept.answers.insert(tag.to_owned(), (asked, answer.clone())) {
            kept.bytes -= before.body.len();
        }
        while kept.bytes > ALL {
            let oldest = kept.answers.iter().min_by_key(|(_, (asked, _))| asked).map(|(tag, _)| tag.clone());
            let Some((_, gone)) = oldest.and_then(|tag| kept.answers.remove(&tag)) else { break };
            kept.bytes -= gone.body.len();
        }
    }
}

/// Questions that are being answered: who asks what another asks at the moment waits for that answer.
#[derive(Debug, Default)]
pub(crate) struct Asking(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

/// The turn of one who asks; the next one's comes when it is dropped.
pub(crate) struct Turn<'a> {
    asking: &'a Asking,
    question: String,
    held: Option<tokio::sync::OwnedMutexGuard<()>>,
}

impl Asking {
    /// Waits until nobody else is being answered the same question.
    pub(crate) async fn turn(&self, question: String) -> Turn<'_> {
        let lock = {
            let mut questions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(questions.entry(question.clone()).or_default())
        };
        // Whoever stops waiting leaves nothing behind either.
        let mut turn = Turn { asking: self, question, held: None };
        turn.held = Some(lock.lock_owned().await);
        turn
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.held = None;
        let mut questions = self.asking.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those who wait have a part of it each.
        if questions.get(&self.question).is_some_and(|lock| Arc::strong_count(lock) == 1) {
            questions.remove(&self.question);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Written {
        Written { body: vec![b' '; bytes].into(), n_rows: None, next: None }
    }

    #[test]
    fn what_was_asked_longest_ago_goes_first_where_there_is_no_room() {
        let answered = Answered::default();
        let each = ONE - 1;
        for tag in ["a", "b", "c", "d"] {
            answered.keep(tag, &answer(each));
        }
        assert!(answered.get("a").is_some());
        answered.keep("e", &answer(each));
        let kept = ["a", "b", "c", "d", "e"].map(|tag| answered.get(tag).is_some());
        assert_eq!(kept, [true, false, true, true, true]);
        answered.keep("f", &answer(ONE + 1));
        assert!(answered.get("f").is_none(), "it is too large to be kept");
        answered.keep("e", &answer(3));
        assert_eq!(answered.kept().bytes, 3 * each + 3);
    }

    #[tokio::test]
    async fn a_question_is_one_askers_at_a_time_and_forgotten_with_the_last() {
        let asking = Asking::default();
        let first = asking.turn("words".to_owned()).await;
        let other = asking.turn("ngrams".to_owned()).await;
        let soon = std::time::Duration::from_millis(20);
        let second = tokio::time::timeout(soon, asking.turn("words".to_owned())).await;
        assert!(second.is_err(), "the first is still being answered");
        drop(first);
        drop(asking.turn("words".to_owned()).await);
        drop(other);
        assert!(asking.0.lock().unwrap().is_empty());
    }
}
