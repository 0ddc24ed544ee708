//! `/v1/parse`: one page of text or HTML, parsed and annotated, without being stored.

use crate::{
    app::{App, Weight},
    arriving::Slow,
    problem::{Code, Problem},
    snapshot::unreadable,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use corpus_core::{Document, Record};
use corpus_query::Deadline;
use corpus_read::RejectKind;
use std::{
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

/// How long the body of a request may take to come.
const BODY: Duration = Duration::from_secs(60);

/// Bytes of the largest answer.
const ANSWER: usize = 64 << 20;

/// Parses the body; its media type says what it is, else its bytes do. Answers with its documents.
pub(crate) async fn parse(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Response {
    let worked = async {
        let packed = headers.get(header::CONTENT_ENCODING).filter(|coding| *coding != "identity");
        if let Some(coding) = packed {
            let detail = format!("a body in the coding {coding:?} is not read");
            return Err(Problem::new(Code::UnsupportedMediaType, detail).hint("send it unpacked"));
        }
        let _place = app.body_place()?;
        let body = read(body, app.options.body).await?;
        if let Some(what) = corpus_read::no_text(&body) {
            let detail = format!("the body is no text but {what}");
            return Err(Problem::new(Code::UnsupportedMediaType, detail).hint(RejectKind::Binary.advice()));
        }
        let declared =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        app.work(Weight::Aside, move |app, corpus| {
            let mut answer = Answer::new(corpus.deadline.clone());
            app.options.parsers.parse(&record(&body, declared.as_deref()), &mut |mut document| {
                if answer.goes_on() {
                    app.options.annotators.annotate(&mut document);
                    answer.add(&document);
                }
            });
            answer.finish()
        })
        .await
    };
    match worked.await {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// The record of a body whose media type was declared.
fn record<'b>(body: &'b [u8], declared: Option<&str>) -> Record<'b> {
    let mut record = Record::new("request", body);
    let mut fields = declared.unwrap_or_default().split(';').map(str::trim);
    let media_type = fields.next().unwrap_or_default().to_ascii_lowercase();
    record.charset = fields
        .find_map(|field| field.strip_prefix("charset="))
        .map(|charset| charset.trim_matches('"').to_owned().into());
    // What a program sends that was not told the kind of its body says nothing about it.
    if !matches!(&*media_type, "" | "application/octet-stream" | "application/x-www-form-urlencoded") {
        record.media_type = Some(media_type.into());
    }
    record
}

/// The documents of a body as they are found, until there is no time or no room for more.
struct Answer {
    json: Vec<u8>,
    most: usize,
    deadline: Deadline,
    failed: Option<Problem>,
}

impl Answer {
    fn new(deadline: Deadline) -> Self {
        Answer { json: b"{\"items\":[".to_vec(), most: ANSWER, deadline, failed: None }
    }

    /// Whether there is time and room for more.
    fn goes_on(&mut self) -> bool {
        if self.failed.is_none() {
            self.failed = self.deadline.check().map_err(unreadable).err();
        }
        self.failed.is_none()
    }

    fn add(&mut self, document: &Document) {
        if !self.json.ends_with(b"[") {
            self.json.push(b',');
        }
        let written = serde_json::to_writer(&mut *self, document);
        self.failed = written.err().map(|error| match error.is_io() {
            true => Problem::new(
                Code::AnswerTooLarge,
                format_args!("what was found takes more than {} bytes", self.most),
            )
            .hint("send less of it at once, or use `corpus annotate`"),
            false => Problem::new(Code::Internal, error),
        });
    }

    fn finish(mut self) -> Result<Vec<u8>, Problem> {
        match self.failed {
            Some(problem) => Err(problem),
            None => {
                self.json.extend_from_slice(b"]}");
                Ok(self.json)
            }
        }
    }
}

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.json.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.json.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
        } else if Slow::is_cause_of(&error) {
            Problem::new(Code::SlowBody, Slow)
        } else {
            Problem::new(Code::BadParameter, "the body did not come whole")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_core::{Parser, text::Text};

    #[test]
    fn an_answer_ends_with_its_time_or_its_room() {
        let documents = Text::new().parse_all(&Record::new("page", &b"The ferry left the quay."[..]));
        let finished = |mut answer: Answer| {
            for document in documents.iter().cycle().take(2) {
                if answer.goes_on() {
                    answer.add(document);
                }
            }
            answer.finish()
        };
        let json: serde_json::Value =
            serde_json::from_slice(&finished(Answer::new(Deadline::none())).unwrap()).unwrap();
        assert_eq!(json["items"].as_array().map(Vec::len), Some(2));
        let small = Answer { most: 400, ..Answer::new(Deadline::none()) };
        assert!(finished(small).unwrap_err().is(Code::AnswerTooLarge));
        let over = Deadline::none();
        over.cancel();
        assert!(finished(Answer::new(over)).is_err());
    }
}
