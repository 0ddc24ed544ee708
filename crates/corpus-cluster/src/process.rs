//! The processes of a cluster: a scheduler, and executors that know our functions.

use crate::{
    engine::{ask, scalar_functions},
    error::Error,
};
use ballista_core::{extension::SessionConfigExt, registry::BallistaFunctionRegistry};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::{
    cluster::BallistaCluster, config::SchedulerConfig, scheduler_process::start_server,
};
use datafusion::{
    execution::{SessionStateBuilder, runtime_env::RuntimeEnvBuilder},
    prelude::SessionConfig,
};
use std::{
    mem,
    net::{IpAddr, SocketAddr},
    num::NonZeroUsize,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

/// Seconds between two signs of life of an executor.
const HEARTBEAT: u64 = 5;
/// Seconds without one after which its tasks go to others.
const SILENCE: u64 = 20;

/// How long an executor waits for a scheduler that is not there yet.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a scheduler is told.
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// Address to listen at. What travels is not encrypted and nobody is asked who he is: loopback or a private net.
    pub bind: IpAddr,
    /// Its port.
    pub port: u16,
    /// Name by which executors and clients reach it.
    pub host: String,
}

/// Whether nobody else listens at a port.
///
/// # Errors
/// Where somebody does, or the address is none of this machine.
fn check_free(bind: IpAddr, port: u16) -> Result<(), Error> {
    std::net::TcpListener::bind(SocketAddr::new(bind, port)).map(|_| ()).map_err(|cause| Error::File {
        what: format!("listen at {bind}:{port}"),
        cause: format!("{cause}; name another one with --port"),
    })
}

/// Runs a scheduler until the process is ended.
///
/// # Errors
/// When the address cannot be listened at.
pub async fn scheduler(options: Scheduler) -> Result<(), Error> {
    let Scheduler { bind, port, host } = options;
    let failed = |cause: &dyn std::fmt::Display| Error::Cluster {
        what: format!("listen at {bind}:{port}"),
        cause: cause.to_string(),
    };
    check_free(bind, port)?;
    let config = SchedulerConfig {
        bind_host: bind.to_string(),
        bind_port: port,
        external_host: host,
        executor_timeout_seconds: SILENCE,
        expire_dead_executor_interval_seconds: HEARTBEAT,
        no_executors_grace_period_seconds: SILENCE,
        override_session_builder: Some(Arc::new(|config: SessionConfig| {
            Ok(SessionStateBuilder::new()
                .with_config(config)
                .with_runtime_env(RuntimeEnvBuilder::new().build_arc()?)
                .with_default_features()
                .with_scalar_functions(scalar_functions())
                .build())
        })),
        override_config_producer: Some(Arc::new(SessionConfig::new_with_ballista)),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(|cause| failed(&cause))?;
    start_server(cluster, SocketAddr::new(bind, port), Arc::new(config)).await.map_err(|cause| failed(&cause))
}

/// What an executor is told.
#[derive(Clone, Debug)]
pub struct Executor {
    /// Address to listen at, as [`Scheduler::bind`].
    pub bind: IpAddr,
    /// Port for results; the one for tasks is the next.
    pub port: u16,
    /// Name by which others reach it; by default the address.
    pub host: Option<String>,
    /// Host of the scheduler.
    pub scheduler_host: String,
    /// Port of the scheduler.
    pub scheduler_port: u16,
    /// Tasks at a time.
    pub tasks: NonZeroUsize,
    /// Folder for what is exchanged; by default a temporary one.
    pub folder: Option<PathBuf>,
    /// Bytes of memory for sorting and joining, all tasks together.
    pub memory: Option<u64>,
}

/// Runs an executor until the process is ended. It waits half a minute for a scheduler that is not there yet, which
/// `say` is told.
///
/// # Errors
/// When an address cannot be listened at, or the scheduler cannot be reached or goes away.
pub async fn executor(options: Executor, say: &mut dyn FnMut(String)) -> Result<(), Error> {
    for port in [options.port, options.port.saturating_add(1)] {
        check_free(options.bind, port)?;
    }
    let scheduler = format!("{}:{}", options.scheduler_host, options.scheduler_port);
    let gone = |cause: String| Error::Cluster { what: format!("serve the scheduler at {scheduler}"), cause };
    // How often it was asked: the first time it ends its tasks and leaves the scheduler; who asks again does not want to
    // wait for that.
    let (asks, mut asked) = watch::channel(0);
    tokio::spawn(async move {
        while asked_to_end().await.is_ok() {
            asks.send_modify(|times| *times += 1);
        }
    });
    tokio::select! {
        reached = reach(&scheduler, say) => {
            reached.map_err(|cause| gone(format!("{cause}; start it, and then this executor")))?;
        }
        _ = asked.wait_for(|&times| times > 0) => return Ok(()),
    }
    let mut registry = BallistaFunctionRegistry::default();
    for function in scalar_functions() {
        registry.scalar_functions.insert(function.name().to_owned(), function);
    }
    let config = ExecutorProcessConfig {
        bind_host: options.bind.to_string(),
        external_host: options.host,
        port: options.port,
        grpc_port: options.port.saturating_add(1),
        scheduler_host: options.scheduler_host,
        scheduler_port: options.scheduler_port,
        vcores: options.tasks.get(),
        work_dir: options.folder.map(|folder| folder.to_string_lossy().into_owned()),
        memory_pool_size: options.memory,
        executor_heartbeat_interval_seconds: HEARTBEAT,
        override_function_registry: Some(Arc::new(registry)),
        override_config_producer: Some(Arc::new(SessionConfig::new_with_ballista)),
        ..ExecutorProcessConfig::default()
    };
    let ended = tokio::select! {
        ended = start_executor_process(Arc::new(config)) => ended,
        _ = asked.wait_for(|&times| times > 1) => Ok(()),
    };
    match ended {
        _ if *asked.borrow() > 0 => Ok(()),
        Err(cause) => Err(gone(cause.to_string())),
        // It ends by itself when it has heard nothing from the scheduler for a while.
        Ok(()) => {
            Err(gone("it is gone, or took this executor for dead; start what is not there again".to_owned()))
        }
    }
}

/// Waits a while until a scheduler answers at `address`.
///
/// # Errors
/// Where none does: why.
async fn reach(address: &str, say: &mut dyn FnMut(String)) -> Result<(), &'static str> {
    let end = Instant::now() + PATIENCE;
    let mut has_said = false;
    while let Err(cause) = ask(address).await {
        if Instant::now() >= end {
            return Err(cause);
        }
        if !mem::replace(&mut has_said, true) {
            say(format!("waiting up to {} seconds for the scheduler at {address}", PATIENCE.as_secs()));
        }
        sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}

/// Waits until the process is asked to end.
///
/// # Errors
/// When that cannot be noticed.
pub async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
