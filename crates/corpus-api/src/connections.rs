//! Connections: taken in up to a limit, and none is waited for that sends or takes nothing.

use crate::{
    arriving::{Arrival, Arriving},
    patient::Patient,
};
use axum::{Router, body::Body, extract::Request};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::BTreeMap,
    convert::Infallible,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt;

/// How long a client may take for the head of a request, and for beginning with the next one.
const HEAD: Duration = Duration::from_secs(10);

/// How long nothing is taken in after the system had no room for a connection, or there was none here.
const PAUSE: Duration = Duration::from_millis(50);

/// The connections there are, by their age.
#[derive(Debug, Default)]
struct Connections(Mutex<BTreeMap<u64, Arc<Connection>>>);

/// A client, as far as the server must know.
#[derive(Debug, Default)]
struct Connection {
    /// Requests of it that are not answered to the end.
    at_work: AtomicUsize,
    /// The body of the request that is on its way.
    arrival: Arc<Arrival>,
    /// Whether it does not take what is there for it.
    is_stalled: Arc<AtomicBool>,
    /// Whether the server ends: nobody has to go before the answer is there.
    is_last: AtomicBool,
    /// Told that it is to go.
    go: Notify,
}

/// Answers on a listener until `end`; requests at work are answered first, as long as `grace` allows.
///
/// There are at most `limit` connections. When one more comes, the oldest of those has to go that ask nothing, or whose
/// request comes too slowly.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limit: usize,
    end: impl Future<Output = ()>,
    grace: Duration,
) {
    let connections = Arc::new(Connections::default());
    let room = Arc::new(Semaphore::new(limit.max(1)));
    let taking = tokio::spawn(take(listener, router, Arc::clone(&connections), Arc::clone(&room)));
    end.await;
    taking.abort();
    // Once it is over, the listener is closed: who comes now is refused, and does not wait in a queue.
    let _ = taking.await;
    for connection in connections.all() {
        connection.is_last.store(true, Ordering::Release);
        connection.go.notify_one();
    }
    let all = u32::try_from(limit.max(1)).unwrap_or(u32::MAX);
    // Who does not take the answer within this time does not get it.
    let _ = tokio::time::timeout(grace, room.acquire_many(all)).await;
}

async fn take(listener: TcpListener, router: Router, connections: Arc<Connections>, room: Arc<Semaphore>) {
    for number in 0.. {
        let permit = connections.place(&room).await;
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(attend(stream, router.clone(), number, Arc::clone(&connections), permit));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken in");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of one client.
async fn attend(
    stream: TcpStream,
    router: Router,
    number: u64,
    connections: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
) {
    let connection = Arc::new(Connection::default());
    connections.lock().insert(number, Arc::clone(&connection));
    // Answers are small: none of them waits for more to be sent with it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let at_work = AtWork::new(&connection);
        let router = router.clone();
        let request = request.map(|body| Body::new(Arriving::new(body, Arc::clone(&connection.arrival))));
        async move {
            let response = router.oneshot(request).await?;
            Ok::<_, Infallible>(response.map(|body| Answer { body, _at_work: at_work }))
        }
    });
    let mut answering =
        pin!(http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEAD).serve_connection(
            TokioIo::new(Patient::new(stream, Arc::clone(&connection.is_stalled))),
            service
        ));
    let mut told = pin!(connection.go.notified());
    let ended = poll_fn(|context| {
        while told.as_mut().poll(context).is_ready() {
            told.set(connection.go.notified());
            if connection.is_to_go() {
                return Poll::Ready(Ok(()));
            }
            answering.as_mut().graceful_shutdown();
        }
        answering.as_mut().poll(context)
    })
    .await;
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
    connections.lock().remove(&number);
}

impl Connections {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Arc<Connection>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<Arc<Connection>> {
        self.lock().values().cloned().collect()
    }

    /// A place for one more, waited for as long as nobody goes.
    async fn place(&self, room: &Arc<Semaphore>) -> OwnedSemaphorePermit {
        loop {
            if let Ok(permit) = Arc::clone(room).try_acquire_owned() {
                return permit;
            }
            // Who may not go yet may soon.
            self.make_room();
            if let Ok(Ok(permit)) = tokio::time::timeout(PAUSE, Arc::clone(room).acquire_owned()).await {
                return permit;
            }
        }
    }

    /// Tells the oldest of those that may go to go.
    fn make_room(&self) {
        if let Some(one) = self.lock().values().find(|one| one.is_to_go()) {
            one.go.notify_one();
        }
    }
}

impl Connection {
    /// Whether it has to go when there is no room: it asks nothing and has taken all it asked for, or it asks so slowly
    /// that it only holds its place.
    fn is_to_go(&self) -> bool {
        let is_done = self.at_work.load(Ordering::Acquire) == 0 && !self.is_stalled.load(Ordering::Acquire);
        is_done || !self.is_last.load(Ordering::Acquire) && self.arrival.is_slow()
    }
}

/// A request at work, until the last byte of its answer was taken.
#[derive(Debug)]
struct AtWork(Arc<Connection>);

impl AtWork {
    fn new(connection: &Arc<Connection>) -> Self {
        connection.at_work.fetch_add(1, Ordering::AcqRel);
        AtWork(Arc::clone(connection))
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.at_work.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The body of an answer, which keeps its request at work.
struct Answer {
    body: Body,
    _at_work: AtWork,
}

impl HttpBody for Answer {
    type Data = <Body as HttpBody>::Data;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Bytes, routing::get};
    use std::{
        io::{Read, Write},
        net::{SocketAddr, TcpStream as Client},
    };

    fn connect(address: SocketAddr, request: &[u8]) -> Client {
        let mut client = Client::connect(address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        client.write_all(request).unwrap();
        client
    }

    fn answer(mut client: Client) -> String {
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    }

    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";

    /// What clients do with a server that has room for two, and is told to end by the channel.
    fn with_server(clients: impl FnOnce(SocketAddr, tokio::sync::oneshot::Sender<()>) + Send + 'static) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let router = Router::new()
                .route("/", get(|| async { "here" }).post(|_: Bytes| async { "taken" }))
                .route("/large", get(|| async { "x".repeat(LARGE) }));
            let (sender, end) = tokio::sync::oneshot::channel();
            let end = async { _ = end.await };
            let serving = tokio::spawn(serve(listener, router, 2, end, Duration::from_secs(5)));
            tokio::task::spawn_blocking(move || clients(address, sender)).await.unwrap();
            serving.abort();
        });
    }

    /// More than the system holds for a client.
    const LARGE: usize = 16 << 20;

    #[test]
    fn whoever_sends_a_body_too_slowly_makes_room_for_others() {
        with_server(|address, _end| {
            let slow = b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 9\r\n\r\nx";
            let _slow: Vec<Client> = (0..4).map(|_| connect(address, slow)).collect();
            assert!(answer(connect(address, ASK)).ends_with("here"));
        });
    }

    #[test]
    fn an_answer_is_taken_to_its_end_whoever_else_comes_and_when_the_server_ends() {
        with_server(|address, end| {
            let large = connect(address, b"GET /large HTTP/1.1\r\nhost: here\r\n\r\n");
            std::thread::sleep(Duration::from_millis(100));
            let _idle: Vec<Client> = (0..3).map(|_| connect(address, b"")).collect();
            assert!(answer(connect(address, ASK)).ends_with("here"));
            end.send(()).unwrap();
            std::thread::sleep(Duration::from_millis(100));
            assert!(answer(large).len() > LARGE);
        });
    }
}
