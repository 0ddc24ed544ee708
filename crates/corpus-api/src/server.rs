//! The server: where it listens, what it allows, and how it ends.

use crate::{app::App, connections, guard::Guard, jobs::Builder, route};
use corpus_annotate::Annotators;
use corpus_core::Registry;
use corpus_export::Formats;
use corpus_query::Engine;
use corpus_store::Corpus;
use std::{
    fmt,
    future::{Future, poll_fn},
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    pin::pin,
    sync::{Arc, atomic::AtomicBool},
    task::Poll,
    time::Duration,
};
use tokio::sync::watch;

/// What a server works with, what it allows, and how much of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// Address to listen on; 127.0.0.1 by default. Any but a loopback address needs a token.
    pub address: IpAddr,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// The token that requests must bear; none by default.
    pub token: Option<String>,
    /// Largest body of a request, in bytes; 16 MiB by default.
    pub body: usize,
    /// Longest time for an answer; 30 s by default.
    pub time: Duration,
    /// Requests that may be at work or wait for it at once; 256 by default. More are refused, so that none waits long.
    pub concurrency: usize,
    /// Clients that may be connected at once; 512 by default. When one more comes, the oldest that asks nothing has to
    /// go.
    pub connections: usize,
    /// How long answers that are still sent when the server is told to end may go on; 30 s by default. Told once more,
    /// it ends at once.
    pub grace: Duration,
    /// What builds uploads into the corpus; none by default, so that nothing is built.
    pub builder: Option<Arc<dyn Builder>>,
    /// A folder that jobs may read beside uploads; none by default.
    pub inbox: Option<PathBuf>,
    /// Largest upload, in bytes; 256 MiB by default.
    pub upload: u64,
    /// Whether pages are still read into the corpus that is served; whoever reads them says so. By default not.
    pub reading: Arc<AtomicBool>,
    /// What keywords are compared with; none by default, so that parts of the corpus are compared with each other.
    pub reference: Option<Engine>,
    /// The parsers of pages that are sent to be parsed; by default those of `corpus-core`.
    pub parsers: Registry,
    /// What finds the facts of such pages; by default the annotators of `corpus-annotate`.
    pub annotators: Annotators,
    /// The formats of exports, of which those that go to a stream are sent; by default those of `corpus-export`.
    pub formats: Formats,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            address: IpAddr::from([127, 0, 0, 1]),
            port: 7878,
            token: None,
            body: 16 << 20,
            time: Duration::from_secs(30),
            concurrency: 256,
            connections: 512,
            grace: Duration::from_secs(30),
            builder: None,
            inbox: None,
            upload: 256 << 20,
            reading: Arc::default(),
            reference: None,
            parsers: Registry::core(),
            annotators: Annotators::core(),
            formats: Formats::core(),
        }
    }
}

impl Options {
    /// Loopback, port 7878, no token.
    pub fn new() -> Self {
        Self::default()
    }
}

/// A server that listens and has not answered yet.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

/// Why a server cannot start or go on.
#[derive(Debug)]
pub struct Error(Box<dyn std::error::Error + Send + Sync>);

impl Error {
    pub(crate) fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error(source.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl Server {
    /// A server of a corpus, listening; `directory` where the corpus lies in one, so that changes are seen.
    ///
    /// # Errors
    /// When the address is not a loopback one and there is no token, when it cannot be listened on, and when the corpus
    /// cannot be read.
    pub fn bind(corpus: Corpus, directory: Option<PathBuf>, options: Options) -> Result<Server, Error> {
        let loopback = options.address.is_loopback();
        if !loopback && options.token.as_deref().is_none_or(|token| token.trim().is_empty()) {
            let reason = format!(
                "listen on {} without a token: whoever reaches that address could read everything; set a token, or \
                 listen on 127.0.0.1",
                options.address
            );
            return Err(Error::new(reason));
        }
        let address = SocketAddr::new(options.address, options.port);
        let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => Error::new(format!(
                "listen on {address}: another program does; take another port, or 0 for any"
            )),
            _ => Error::new(format!("listen on {address}: {error}")),
        })?;
        listener.set_nonblocking(true).map_err(Error::new)?;
        let guard = Guard::new(options.token.clone(), loopback);
        let app = Arc::new(App::new(corpus, directory, guard, options)?);
        Ok(Server { listener, app })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process is told to end (Ctrl-C, or SIGTERM). Then no more clients are let in, builds are ended,
    /// and answers at work are sent to the end, as long as [`Options::grace`] allows.
    ///
    /// # Errors
    /// When the system gives no threads or the listener breaks.
    pub fn run(self) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::new)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let Options { connections, grace, .. } = self.app.options;
            let ends = Ends::new()?;
            let end = async {
                ends.told().await;
                tracing::info!(seconds = grace.as_secs(), "told to end; answers at work are sent first");
                self.app.jobs.cancel_all();
            };
            let router = route::router(Arc::clone(&self.app));
            let answered = connections::serve(listener, router, connections, end, grace);
            let all = async {
                answered.await;
                // A build's process must not outlive the server that began it.
                let _ = tokio::time::timeout(BUILDS, self.app.jobs.all_over()).await;
            };
            // Who is told twice does not wait.
            first(all, ends.told_twice()).await;
            Ok::<_, io::Error>(())
        });
        // What still computes an answer that nobody waits for is not waited for either.
        runtime.shutdown_timeout(Duration::from_secs(1));
        served.map_err(Error::new)
    }
}

/// How long builds that were told to end are waited for.
const BUILDS: Duration = Duration::from_secs(10);

/// Returns when the first of two does.
async fn first(one: impl Future<Output = ()>, other: impl Future<Output = ()>) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        let is_over = one.as_mut().poll(context).is_ready() || other.as_mut().poll(context).is_ready();
        if is_over { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// How often the process was told to end.
struct Ends(watch::Receiver<u32>);

impl Ends {
    /// Listens from now on to those who tell the process to end.
    ///
    /// # Errors
    /// When the system does not let it.
    fn new() -> io::Result<Self> {
        let (sender, receiver) = watch::channel(0);
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
                let (mut signal, sender) = (signal(kind)?, sender.clone());
                tokio::spawn(async move {
                    while signal.recv().await.is_some() {
                        sender.send_modify(|times| *times += 1);
                    }
                });
            }
        }
        #[cfg(not(unix))]
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                sender.send_modify(|times| *times += 1);
            }
        });
        Ok(Ends(receiver))
    }

    /// Returns when the process is told to end.
    async fn told(&self) {
        self.times(1).await;
    }

    /// Returns when the process is told to end once more.
    async fn told_twice(&self) {
        self.times(2).await;
    }

    async fn times(&self, wanted: u32) {
        // Nobody is left who could tell.
        if self.0.clone().wait_for(|times| *times >= wanted).await.is_err() {
            std::future::pending().await
        }
    }
}
