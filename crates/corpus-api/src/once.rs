//! Something that takes long to make: made once, on a thread of its own, for all who wait for it.

use crate::problem::{Code, Problem};
use corpus_query::Deadline;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// How often those who wait look at their deadline.
const LOOKS: Duration = Duration::from_millis(50);

/// Something that takes long to make: made once, on a thread of its own, for all who wait for it. Who waits no longer
/// does not stop the making, so that the next one who asks finds it.
#[derive(Debug)]
pub(crate) struct Once<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
enum State<T> {
    Nothing,
    Making,
    Made(Arc<T>),
    Failed(Problem),
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(Arc::new(Inner { state: Mutex::new(State::Nothing), changed: Condvar::new() }))
    }
}

impl<T: Send + Sync + 'static> Once<T> {
    /// The thing, if it is made.
    pub(crate) fn made(&self) -> Option<Arc<T>> {
        match &*self.0.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Made(made) => Some(Arc::clone(made)),
            _ => None,
        }
    }

    /// The thing, made now by `make` if nobody has begun to.
    ///
    /// # Errors
    /// When it cannot be made, which the next one who asks tries again; when the deadline comes first.
    pub(crate) fn get(
        &self,
        deadline: &Deadline,
        make: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<Arc<T>, Problem> {
        let Inner { state, changed } = &*self.0;
        let mut held = state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*held, State::Nothing | State::Failed(_)) {
            *held = State::Making;
            let inner = Arc::clone(&self.0);
            thread::spawn(move || {
                let panicked = || Err(Problem::new(Code::Internal, "the answer could not be made"));
                let made = catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| panicked());
                *inner.state.lock().unwrap_or_else(PoisonError::into_inner) = match made {
                    Ok(made) => State::Made(Arc::new(made)),
                    Err(problem) => State::Failed(problem),
                };
                inner.changed.notify_all();
            });
        }
        loop {
            match &*held {
                State::Made(made) => return Ok(Arc::clone(made)),
                State::Failed(problem) => return Err(problem.clone()),
                _ if deadline.is_over() => {
                    return Err(Problem::new(Code::Timeout, "the corpus is still being looked through")
                        .hint("ask again in a minute: it is done once, and goes on meanwhile"));
                }
                _ => {
                    held = changed.wait_timeout(held, LOOKS).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn it_is_made_once_and_goes_on_for_the_next_one() {
        let once: Once<u32> = Once::default();
        let soon = Deadline::at(Instant::now());
        let slow = || {
            thread::sleep(Duration::from_millis(80));
            Ok(7)
        };
        assert!(once.get(&soon, slow).is_err());
        assert_eq!(*once.get(&Deadline::none(), || Ok(8)).unwrap(), 7);
        assert_eq!(once.made().as_deref(), Some(&7));
    }

    #[test]
    fn what_failed_is_tried_again() {
        let once: Once<u32> = Once::default();
        assert!(once.get(&Deadline::none(), || Err(Problem::new(Code::Unreadable, "gone"))).is_err());
        assert_eq!(*once.get(&Deadline::none(), || Ok(8)).unwrap(), 8);
    }
}
