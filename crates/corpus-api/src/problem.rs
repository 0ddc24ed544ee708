//! A problem: why a request is refused, as RFC 9457 writes it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// Why a request is refused. Its JSON form is `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Stable name of the kind of problem.
    code: Code,
    /// What kind of problem it is, in words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What was wrong with this request.
    detail: String,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident $name:literal $status:ident $title:literal,)+) => {
        /// The kinds of problems. A program may rely on their names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub(crate) enum Code { $($(#[doc = $doc])+ $code,)+ }

        impl Code {
            /// Every code, with its status and its title.
            pub(crate) const ALL: &'static [(Code, &'static str, StatusCode, &'static str)] =
                &[$((Code::$code, $name, StatusCode::$status, $title)),+];
        }
    };
}

codes! {
    /// A parameter is missing, unknown or cannot be meant.
    BadParameter "BAD_PARAMETER" BAD_REQUEST "a parameter cannot be meant",
    /// The token is missing or wrong.
    Unauthorized "UNAUTHORIZED" UNAUTHORIZED "a token is needed",
    /// The request names another host than this server, or comes from the page of one.
    Forbidden "FORBIDDEN" FORBIDDEN "the request does not come from here",
    /// There is no such thing.
    NotFound "NOT_FOUND" NOT_FOUND "there is no such thing",
    /// The address takes another method.
    MethodNotAllowed "METHOD_NOT_ALLOWED" METHOD_NOT_ALLOWED "the address takes another method",
    /// There is no such form of the answer.
    NotAcceptable "NOT_ACCEPTABLE" NOT_ACCEPTABLE "there is no such form of the answer",
    /// The body is larger than allowed.
    TooLarge "TOO_LARGE" PAYLOAD_TOO_LARGE "the body is too large",
    /// The body came too slowly.
    SlowBody "SLOW_BODY" REQUEST_TIMEOUT "the body came too slowly",
    /// The body is packed, or written in a way that is not read.
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE" UNSUPPORTED_MEDIA_TYPE "the body is not written in a way that is read",
    /// The answer is larger than allowed.
    AnswerTooLarge "ANSWER_TOO_LARGE" UNPROCESSABLE_ENTITY "the answer is too large",
    /// More requests are at work than the server takes on.
    Busy "BUSY" SERVICE_UNAVAILABLE "the server is busy",
    /// The answer took longer than allowed.
    Timeout "TIMEOUT" GATEWAY_TIMEOUT "the answer took too long",
    /// The corpus cannot be read.
    Unreadable "UNREADABLE" INTERNAL_SERVER_ERROR "the corpus cannot be read",
    /// A mistake of ours.
    Internal "INTERNAL" INTERNAL_SERVER_ERROR "something went wrong in the server",
}

impl Problem {
    /// A problem of a kind, with what was wrong.
    pub(crate) fn new(code: Code, detail: impl fmt::Display) -> Self {
        let &(_, _, status, title) =
            Code::ALL.iter().find(|(known, ..)| *known == code).unwrap_or(&Code::ALL[Code::ALL.len() - 1]);
        Problem { code, title, status: status.as_u16(), detail: detail.to_string(), hint: None }
    }

    /// The same problem with what to do instead.
    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// The same problem with what to do instead, where nothing is said of that yet.
    pub(crate) fn or_hint(self, hint: impl fmt::Display) -> Self {
        if self.hint.is_some() { self } else { self.hint(hint) }
    }

    /// Whether it is of a kind.
    pub(crate) fn is(&self, code: Code) -> bool {
        self.code == code
    }

    /// What was wrong, and what to do instead.
    pub(crate) fn words(&self) -> (&str, Option<&str>) {
        (&self.detail, self.hint.as_deref())
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    /// The problem as JSON. It goes with the response, so that whoever reads with a browser can be told it as a page.
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        match self.code {
            Code::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"corpus\""));
            }
            Code::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response.extensions_mut().insert(self);
        response
    }
}
