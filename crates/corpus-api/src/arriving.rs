//! The body of a request on its way here: given up when it comes too slowly.

use axum::{BoxError, body::Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};
use tokio::time::{Sleep, sleep_until};

/// How long a body may take in any case.
const GRACE: Duration = Duration::from_secs(10);

/// Bytes that must have come for each further second.
const LEAST: u64 = 8 << 10;

/// How much of a body is here, as far as it is not whole.
#[derive(Debug, Default)]
pub(crate) struct Arrival(Mutex<Option<(Instant, u64)>>);

impl Arrival {
    /// Whether a body is on its way, and comes more slowly than one may that has had its grace.
    pub(crate) fn is_slow(&self) -> bool {
        self.get().is_some_and(|(begun, bytes)| begun.elapsed() > needs(bytes))
    }

    fn get(&self) -> Option<(Instant, u64)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, arrived: Option<(Instant, u64)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = arrived;
    }
}

/// How long so many bytes may take at the least rate.
const fn needs(bytes: u64) -> Duration {
    Duration::from_millis(bytes.saturating_mul(1000) / LEAST)
}

/// A body that is given up when it comes too slowly.
#[derive(Debug)]
pub(crate) struct Arriving<B> {
    body: B,
    begun: Instant,
    bytes: u64,
    grace: Duration,
    /// Runs while more is waited for.
    due: Option<Pin<Box<Sleep>>>,
    arrival: Arc<Arrival>,
}

impl<B: HttpBody> Arriving<B> {
    /// A body of which nothing is here yet; `arrival` is told how far it is.
    pub(crate) fn new(body: B, arrival: Arc<Arrival>) -> Self {
        let begun = Instant::now();
        if !body.is_end_stream() {
            arrival.set(Some((begun, 0)));
        }
        Arriving { body, begun, bytes: 0, grace: GRACE, due: None, arrival }
    }
}

impl<B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Unpin> HttpBody for Arriving<B> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                self.due = None;
                self.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                self.arrival.set((!self.body.is_end_stream()).then_some((self.begun, self.bytes)));
            }
            Poll::Ready(_) => self.arrival.set(None),
            Poll::Pending => {
                let end = self.begun + self.grace + needs(self.bytes);
                let due = self.due.get_or_insert_with(|| Box::pin(sleep_until(end.into())));
                if due.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Some(Err(Slow.into())));
                }
            }
        }
        polled.map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Arriving<B> {
    fn drop(&mut self) {
        self.arrival.set(None);
    }
}

/// A body that came too slowly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slow;

impl Slow {
    /// Whether this is why something failed.
    pub(crate) fn is_cause_of(error: &(dyn Error + 'static)) -> bool {
        std::iter::successors(Some(error), |&error| error.source()).any(|error| error.is::<Slow>())
    }
}

impl fmt::Display for Slow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "less than {} KiB of the body came a second", LEAST >> 10)
    }
}

impl Error for Slow {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streamed::streamed;
    use axum::body::{Body, to_bytes};

    /// What comes of a body of which one byte comes, and no more for a while.
    fn read(ends: bool) -> Result<usize, bool> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (sender, body) = streamed();
            assert!(sender.send("x").await);
            let sender = (!ends).then_some(sender);
            let arrival = Arc::new(Arrival::default());
            let mut body = Arriving::new(body, Arc::clone(&arrival));
            body.grace = Duration::from_millis(20);
            assert!(arrival.is_slow(), "nothing has come yet");
            let read = to_bytes(Body::new(body), usize::MAX).await;
            drop(sender);
            assert!(!arrival.is_slow(), "nothing is waited for any more");
            read.map(|bytes| bytes.len()).map_err(|error| Slow::is_cause_of(&error))
        })
    }

    #[test]
    fn a_body_that_does_not_go_on_is_given_up() {
        assert_eq!(read(true), Ok(1));
        assert_eq!(read(false), Err(true));
    }
}
