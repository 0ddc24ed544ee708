//! Entering with the token: a form for browsers, which send no header of their own but a cookie.

use crate::{
    app::App,
    parameters::of_form,
    parse::read,
    problem::{Code, Problem},
};
use axum::{
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};

/// Largest body of the form, in bytes.
const BODY: usize = 1 << 12;

/// How long a wrong token waits for its answer, so that not many are tried.
const WRONG: Duration = Duration::from_millis(500);

/// What the form holds.
#[derive(Deserialize)]
struct Entering {
    token: String,
}

/// Gives the cookie to whoever says the token, and leads to the pile.
pub(super) async fn enter(State(app): State<Arc<App>>, body: Body) -> Response {
    let body = match read(body, BODY).await {
        Ok(body) => body,
        Err(problem) => return problem.into_response(),
    };
    let entering = of_form::<Entering>(&body).ok();
    match entering.and_then(|entering| app.guard.cookie_for(&entering.token)) {
        Some(cookie) => {
            let fields = [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())];
            (StatusCode::SEE_OTHER, fields).into_response()
        }
        None => {
            tokio::time::sleep(WRONG).await;
            Problem::new(Code::Unauthorized, "this is not the token")
                .hint("it was said when the server was started, by --token or CORPUS_TOKEN")
                .into_response()
        }
    }
}
