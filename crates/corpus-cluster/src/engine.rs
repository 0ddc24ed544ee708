//! An engine: where SQL is run. In this process, in a cluster within it, or in a cluster of processes.

use crate::{error::Error, functions, source::Source};
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use datafusion::{
    arrow::{array::RecordBatch, datatypes::SchemaRef},
    error::DataFusionError,
    execution::{SessionStateBuilder, runtime_env::RuntimeEnvBuilder},
    prelude::{JsonReadOptions, ParquetReadOptions, SessionConfig, SessionContext},
};
use futures::StreamExt;
use std::{num::NonZeroUsize, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

/// Where SQL is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this process, on so many threads.
    Here(NonZeroUsize),
    /// In a scheduler and an executor within this process, so many tasks at a time: to try what a cluster does.
    Standalone(NonZeroUsize),
    /// In the cluster of the scheduler at `HOST:PORT`, whose plans have so many partitions.
    Cluster {
        /// Host and port of the scheduler.
        scheduler: String,
        /// Partitions of a plan: tasks at a time, at most.
        partitions: NonZeroUsize,
    },
}

/// Something that runs SQL.
pub struct Engine {
    context: SessionContext,
    place: Place,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("session", &self.context.session_id()).finish()
    }
}

/// How every engine is set up, whoever plans and whoever runs.
fn config(partitions: usize) -> SessionConfig {
    SessionConfig::new_with_ballista()
        .with_target_partitions(partitions)
        .with_information_schema(true)
        // The functions take plain texts and bytes.
        .set_bool("datafusion.execution.parquet.schema_force_view_types", false)
        .set_bool("datafusion.sql_parser.map_string_types_to_utf8view", false)
}

impl Engine {
    /// An engine that runs at `place`.
    ///
    /// # Errors
    /// When a cluster cannot be reached.
    pub async fn new(place: &Place) -> Result<Self, Error> {
        let unreachable = |cause: DataFusionError| Error::Cluster {
            what: format!("reach {}", place.name()),
            cause: cause.to_string(),
        };
        let runtime = RuntimeEnvBuilder::new().build_arc().map_err(|cause| Error::engine("begin", cause))?;
        let state = |partitions: NonZeroUsize| {
            SessionStateBuilder::new()
                .with_config(config(partitions.get()))
                .with_runtime_env(runtime)
                .with_default_features()
                .with_scalar_functions(scalar_functions())
                .build()
        };
        let context = match place {
            Place::Here(threads) => SessionContext::new_with_state(state(*threads)),
            Place::Standalone(tasks) => {
                SessionContext::standalone_with_state(state(*tasks)).await.map_err(unreachable)?
            }
            Place::Cluster { scheduler, partitions } => {
                if let Err(cause) = ask(scheduler).await {
                    let cause = format!("{cause}; `corpus-cluster scheduler` starts one");
                    return Err(Error::Cluster { what: format!("reach {}", place.name()), cause });
                }
                let url = format!("df://{scheduler}");
                SessionContext::remote_with_state(&url, state(*partitions)).await.map_err(unreachable)?
            }
        };
        // A state that goes to a cluster loses the functions it had.
        functions::all().iter().for_each(|function| context.register_udf(function.as_ref().clone()));
        Ok(Engine { context, place: place.clone() })
    }

    /// Where it runs.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What a failed query comes to: where the scheduler is gone, that is what is said.
    async fn failed(&self, cause: DataFusionError) -> Error {
        if let Place::Cluster { scheduler, .. } = &self.place {
            // A process that was killed may still listen when its connections have broken.
            for _ in 0..4 {
                if ask(scheduler).await.is_err() {
                    return Error::Cluster {
                        what: format!("go on: the scheduler at {scheduler} is gone"),
                        cause: "start it again, and its executors".to_owned(),
                    };
                }
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
        }
        Error::engine("run a query", cause)
    }

    /// Makes files the table `name`.
    ///
    /// # Errors
    /// When they cannot be read: on a cluster compressed ones cannot, since the plans of Ballista 55 do not say how a file
    /// is compressed.
    pub async fn table(&self, name: &str, source: &Source) -> Result<(), Error> {
        let Source { path, is_parquet, ending, compression } = source;
        if compression.is_compressed() && !matches!(self.place, Place::Here(_)) {
            let cause = "a cluster reads no compressed files as tables; leave --scheduler and --standalone out, or write \
                         them as Parquet";
            return Err(Error::io("open", path, cause));
        }
        self.context.deregister_table(name).map_err(|cause| Error::engine("forget a table", cause))?;
        // As an address, in which no letter of a name is one of a pattern.
        let url = if path.is_dir() { Url::from_directory_path(path) } else { Url::from_file_path(path) };
        let url = url.map_err(|()| Error::io("open", path, "it is no whole path"))?;
        let registered = if *is_parquet {
            self.context.register_parquet(name, url.as_str(), ParquetReadOptions::default()).await
        } else {
            let options =
                JsonReadOptions::default().file_extension(ending).file_compression_type(*compression);
            self.context.register_json(name, url.as_str(), options).await
        };
        registered.map_err(|cause| Error::engine(&format!("open {} as a table", path.display()), cause))
    }

    /// The scheduler that should run our queries, where it does not answer.
    pub(crate) async fn silent(&self) -> Option<&str> {
        match &self.place {
            Place::Cluster { scheduler, .. } if ask(scheduler).await.is_err() => Some(scheduler),
            _ => None,
        }
    }

    /// Runs a query and hands its rows to `sink`, a batch at a time; gives their number.
    ///
    /// # Errors
    /// When the query is none, or fails; when `sink` does.
    pub async fn each(
        &self,
        sql: &str,
        mut sink: impl FnMut(RecordBatch) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        let mut n_rows = 0;
        let run = async {
            let mut batches = self.context.sql(sql).await?.execute_stream().await?;
            while let Some(batch) = batches.next().await {
                let batch = batch?;
                n_rows += batch.num_rows() as u64;
                if let Err(error) = sink(batch) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        match run.await {
            Ok(sunk) => sunk.map(|()| n_rows),
            Err(cause) => Err(self.failed(cause).await),
        }
    }

    /// The rows of a query, with their columns.
    ///
    /// # Errors
    /// As [`Engine::each`].
    pub async fn all(&self, sql: &str) -> Result<(SchemaRef, Vec<RecordBatch>), Error> {
        let run = async {
            let rows = self.context.sql(sql).await?;
            let schema = Arc::clone(rows.schema().inner());
            Ok((schema, rows.collect().await?))
        };
        match run.await {
            Ok(rows) => Ok(rows),
            Err(cause) => Err(self.failed(cause).await),
        }
    }
}

/// Asks the scheduler at `address` for a sign of life: one that was stopped is connected to, but says nothing.
///
/// # Errors
/// Where none comes: why.
pub(crate) async fn ask(address: &str) -> Result<(), &'static str> {
    let connected = tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await;
    let Ok(Ok(mut stream)) = connected else { return Err("nobody listens there") };
    let answer = async {
        stream.write_all(HELLO).await?;
        stream.read(&mut [0]).await
    };
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(1..)) => Ok(()),
        _ => Err("who listens there does not answer"),
    }
}

/// What a client of HTTP/2 begins with, its settings left as they are; the server answers with its own.
const HELLO: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// How long a scheduler may take to answer before it counts as gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// The functions of DataFusion and ours.
pub(crate) fn scalar_functions() -> Vec<Arc<datafusion::logical_expr::ScalarUDF>> {
    let mut all = datafusion::functions::all_default_functions();
    all.extend(datafusion::functions_nested::all_default_nested_functions());
    all.extend(functions::all());
    all
}

impl Place {
    /// How a person would call it.
    pub fn name(&self) -> String {
        match self {
            Place::Here(threads) => format!("this process, {threads} at a time"),
            Place::Standalone(tasks) => format!("a cluster in this process, {tasks} at a time"),
            Place::Cluster { scheduler, .. } => format!("the cluster at {scheduler}"),
        }
    }

    /// What is wanting where no task begins; nothing within this process.
    pub(crate) fn wants(&self) -> Option<String> {
        match self {
            Place::Cluster { scheduler, .. } => Some(format!(
                "none has begun: is there an executor? `corpus-cluster executor --scheduler {scheduler}` starts one; this \
                 run waits for it"
            )),
            Place::Here(_) | Place::Standalone(_) => None,
        }
    }

    /// Tasks at a time, at most.
    pub const fn partitions(&self) -> usize {
        match self {
            Place::Here(partitions) | Place::Standalone(partitions) | Place::Cluster { partitions, .. } => {
                partitions.get()
            }
        }
    }
}
