//! `/v1/parse`: one page of text or HTML, parsed and annotated, without being stored.

use crate::{
    app::{App, Weight},
    problem::{Code, Problem},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use corpus_core::Record;
use std::{sync::Arc, time::Duration};

/// How long the body of a request may take to come.
const BODY: Duration = Duration::from_secs(60);

/// Parses the body; its media type says what it is, else its bytes do. Answers with its documents.
pub(crate) async fn parse(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let worked = async {
        let body = read(body, app.options.body).await?;
        let declared =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        app.work(Weight::Light, move |app, _| {
            let mut record = Record::new("request", &body[..]);
            if let Some(declared) = &declared {
                let mut fields = declared.split(';').map(str::trim);
                let media_type = fields.next().unwrap_or_default().to_ascii_lowercase();
                record.charset = fields
                    .find_map(|field| field.strip_prefix("charset="))
                    .map(|charset| charset.trim_matches('"').to_owned().into());
                // What a program sends that was not told the kind of its body says nothing about it.
                if !matches!(
                    &*media_type,
                    "" | "application/octet-stream" | "application/x-www-form-urlencoded"
                ) {
                    record.media_type = Some(media_type.into());
                }
            }
            let mut documents = Vec::new();
            app.registry.parse(&record, &mut |mut document| {
                app.annotators.annotate(&mut document);
                documents.push(document);
            });
            serde_json::to_vec(&serde_json::json!({ "items": documents }))
                .map_err(|error| Problem::new(Code::Internal, error))
        })
        .await
    };
    match worked.await {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// When it has more, does not come whole, or takes too long.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    let read = tokio::time::timeout(BODY, to_bytes(body, limit)).await.map_err(|_| {
        Problem::new(Code::SlowBody, format_args!("the body was not there within {} s", BODY.as_secs()))
    })?;
    read.map_err(|error| {
        let cause = std::error::Error::source(&error);
        if cause.is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>()) {
            Problem::new(Code::TooLarge, format_args!("a body may have {limit} bytes"))
                .hint("`corpus build` reads larger ones")
        } else {
            Problem::new(Code::BadParameter, "the body did not come whole")
        }
    })
}
