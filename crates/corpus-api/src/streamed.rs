//! A body that is sent while it is made, by a thread that waits for whoever takes it.

use axum::body::Bytes;
use axum::http::HeaderMap;
use http_body::{Body as HttpBody, Frame};
use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;

/// Pieces that wait to be taken.
const AHEAD: usize = 4;

/// A body that is sent while it is made.
#[derive(Debug)]
pub(crate) struct Streamed(mpsc::Receiver<io::Result<Frame<Bytes>>>);

/// Where the pieces of such a body go.
#[derive(Clone, Debug)]
pub(crate) struct Sender(mpsc::Sender<io::Result<Frame<Bytes>>>);

/// A body, and where its pieces go.
pub(crate) fn streamed() -> (Sender, Streamed) {
    let (sender, receiver) = mpsc::channel(AHEAD);
    (Sender(sender), Streamed(receiver))
}

impl Sender {
    /// Sends a piece; false once nobody takes it.
    pub(crate) async fn send(&self, piece: impl Into<Bytes>) -> bool {
        self.0.send(Ok(Frame::data(piece.into()))).await.is_ok()
    }

    /// Ends the body with fields that say how it ended. Waits until all before it was taken.
    pub(crate) fn end(self, fields: HeaderMap) {
        // Who has gone away needs no end.
        let _ = self.0.blocking_send(Ok(Frame::trailers(fields)));
    }

    /// Breaks the body off, so that who takes it sees that it is not whole.
    pub(crate) fn break_off(self, reason: String) {
        // As above.
        let _ = self.0.blocking_send(Err(io::Error::other(reason)));
    }
}

impl Write for Sender {
    /// Sends a piece, and waits while the other side takes none.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Frame::data(Bytes::copy_from_slice(bytes))));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context)
    }
}
