//! A deadline: when the work on an answer is to end, whether there is an answer or not.

use crate::error::Error;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// When the work on an answer is to end: at a moment, or as soon as nobody wants the answer any more. By default never.
///
/// Clones share one fate: once [`cancel`](Deadline::cancel) was called on one, all are over.
#[derive(Clone, Debug, Default)]
pub struct Deadline {
    at: Option<Instant>,
    cancelled: Arc<AtomicBool>,
}

impl Deadline {
    /// A deadline that comes only with [`cancel`](Deadline::cancel).
    pub fn none() -> Self {
        Self::default()
    }

    /// A deadline at a moment.
    pub fn at(moment: Instant) -> Self {
        Deadline { at: Some(moment), cancelled: Arc::default() }
    }

    /// The moment it comes; `None` where it comes only with [`cancel`](Deadline::cancel).
    pub(crate) const fn moment(&self) -> Option<Instant> {
        self.at
    }

    /// Ends the work now, on whatever thread it goes on.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.at.is_some_and(|at| Instant::now() >= at)
    }

    /// Goes on only while it is not over: long loops ask at each round.
    ///
    /// # Errors
    /// When it is over, with [`ErrorKind::Deadline`](crate::ErrorKind::Deadline).
    pub fn check(&self) -> Result<(), Error> {
        if self.is_over() { Err(Error::deadline()) } else { Ok(()) }
    }
}
