//! `/v1/parse`: one page of text or HTML, parsed and annotated, without being stored.

use crate::{
    app::App,
    problem::{Code, Problem},
};
use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use corpus_core::Record;
use std::sync::Arc;

/// Parses the body; its media type says what it is, else its bytes do. Answers with its documents.
pub(crate) async fn parse(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let worked = async {
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let detail = format!("a page may have {} bytes", app.options.body);
                Problem::new(Code::TooLarge, detail).hint("`corpus build` reads larger ones")
            }
            _ => Problem::new(Code::BadParameter, rejection.body_text()),
        })?;
        let declared =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        app.work(move |app, _| {
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
