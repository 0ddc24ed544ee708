//! The server: where it listens, what it allows, and how it ends.

use crate::{app::App, connections, guard::Guard, jobs::Builder, route};
use corpus_core::Registry;
use corpus_query::Engine;
use corpus_store::Corpus;
use std::{
    fmt, io,
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

/// What a server allows, and how much of it.
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
    /// What builds uploads into the corpus; none by default, so that nothing is built.
    pub builder: Option<Arc<dyn Builder>>,
    /// A folder that jobs may read beside uploads; none by default.
    pub inbox: Option<PathBuf>,
    /// Largest upload, in bytes; 256 MiB by default.
    pub upload: u64,
    /// What keywords are compared with; none by default, so that parts of the corpus are compared with each other.
    pub reference: Option<Engine>,
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
            builder: None,
            inbox: None,
            upload: 256 << 20,
            reference: None,
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
    pub fn bind(
        corpus: Corpus,
        directory: Option<PathBuf>,
        registry: Registry,
        options: Options,
    ) -> Result<Server, Error> {
        let loopback = options.address.is_loopback();
        if !loopback && options.token.as_deref().is_none_or(str::is_empty) {
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
        let app = Arc::new(App::new(corpus, directory, registry, guard, options)?);
        Ok(Server { listener, app })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process is told to end (Ctrl-C, or SIGTERM); requests at work are answered first.
    ///
    /// # Errors
    /// When the system gives no threads or the listener breaks.
    pub fn run(self) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::new)?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let limit = self.app.options.connections;
            let end = async {
                told_to_end().await;
                self.app.jobs.cancel_all();
            };
            connections::serve(listener, route::router(Arc::clone(&self.app)), limit, end).await;
            Ok::<_, io::Error>(())
        });
        // What still computes an answer that nobody waits for is not waited for either.
        runtime.shutdown_timeout(Duration::from_secs(1));
        served.map_err(Error::new)
    }
}

/// Returns when the process is told to end.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = signal(SignalKind::terminate());
        let terminated = async {
            match terminated {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        let interrupted = tokio::signal::ctrl_c();
        let (mut terminated, mut interrupted) = (Box::pin(terminated), Box::pin(interrupted));
        std::future::poll_fn(|context| {
            use std::{future::Future, task::Poll};
            let ends =
                terminated.as_mut().poll(context).is_ready() || interrupted.as_mut().poll(context).is_ready();
            if ends { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
