//! The guard at the door: which hosts, origins and tokens are let in, and what every answer forbids a browser.

use crate::{
    app::App,
    problem::{Code, Problem},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::IpAddr, sync::Arc};

/// Headers of every answer: nothing is loaded, framed or sent anywhere but from and to here.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With "no-referrer" a browser calls the origin of a form of ours "null", and it would be refused.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Which requests are let in.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// The token a request must bear; `None` on the loopback address without one.
    token: Option<String>,
    /// Whether only names of the loopback address are taken as host, so that no other site's name can be made to
    /// point here.
    loopback: bool,
}

impl Guard {
    /// A guard that asks for `token` if there is one, at a server that listens on a loopback address or not.
    pub(crate) const fn new(token: Option<String>, loopback: bool) -> Self {
        Guard { token, loopback }
    }

    /// Checks a request.
    fn check(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), Problem> {
        let host = only(headers, header::HOST)?.unwrap_or_default();
        // A request line may name the server too, as for a proxy.
        let is_named = uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
        if self.loopback && !(is_named && is_loopback(host)) {
            return Err(Problem::new(Code::Forbidden, format_args!("the host {host:?} is not this server"))
                .hint("use 127.0.0.1 or localhost"));
        }
        if let Some(origin) = only(headers, header::ORIGIN)? {
            let of_origin = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if of_origin != Some(host) {
                return Err(Problem::new(
                    Code::Forbidden,
                    format_args!("the page of {origin:?} may not ask"),
                ));
            }
        }
        match &self.token {
            Some(token) if !OPEN.contains(&uri.path()) && !is_let_in(headers, token) => {
                Err(Problem::new(Code::Unauthorized, "the token is missing or wrong")
                    .hint("programs send the header Authorization: Bearer TOKEN"))
            }
            _ => Ok(()),
        }
    }

    /// The cookie of whoever says the token; none for a wrong one, or where there is none.
    pub(crate) fn cookie_for(&self, said: &str) -> Option<String> {
        let token = self.token.as_ref().filter(|token| is_same(said.as_bytes(), token.as_bytes()))?;
        Some(format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", value_for(token)))
    }
}

/// What is there for all: that the server lives, how its pages look, and where the token is said.
const OPEN: [&str; 5] = ["/healthz", "/assets/page.css", "/assets/page.js", "/favicon.ico", "/login"];

/// The name of the cookie that stands for the token.
const COOKIE: &str = "corpus";

/// What the cookie holds: it does not give the token away.
fn value_for(token: &str) -> String {
    blake3::Hash::from_bytes(blake3::derive_key("corpus serve cookie 1", token.as_bytes()))
        .to_hex()
        .to_string()
}

/// Whether a request bears the token, or the cookie that stands for it.
fn is_let_in(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.as_bytes().split_at_checked(7));
    if given.is_some_and(|(scheme, given)| {
        scheme.eq_ignore_ascii_case(b"Bearer ") && is_same(given, token.as_bytes())
    }) {
        return true;
    }
    let value = value_for(token);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .any(|(name, given)| name == COOKIE && is_same(given.as_bytes(), value.as_bytes()))
}

/// Lets a request in or refuses it, and adds the headers of every answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match app.guard.check(request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The value of a header that may be given once.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(&name).iter();
    let value = values.next().map(|value| value.to_str().unwrap_or_default());
    match values.next() {
        None => Ok(value),
        Some(_) => Err(Problem::new(Code::Forbidden, format_args!("the header {name} is given twice"))),
    }
}

/// Whether a host, with its port or without, is a name of the loopback address.
fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let port = host.strip_prefix(name);
    let is_number = |port: &str| !port.starts_with('+') && port.parse::<u16>().is_ok();
    let is_port = |port: &str| port.strip_prefix(':').is_some_and(is_number);
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    port.is_some_and(|port| port.is_empty() || is_port(port))
        && (name.eq_ignore_ascii_case("localhost")
            || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}

/// Whether two tokens are the same, in a time that does not tell where they differ: their hashes are compared, and
/// BLAKE3 compares those in constant time.
fn is_same(given: &[u8], token: &[u8]) -> bool {
    blake3::hash(given) == blake3::hash(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_foreign_name_that_points_here_is_refused() {
        let guard = Guard::new(None, true);
        for host in ["localhost:7000", "127.0.0.1:7000", "[::1]:7000", "127.0.0.1"] {
            assert_eq!(guard.check(&headers(&[("host", host)]), &Uri::from_static("/")), Ok(()), "{host}");
        }
        for host in [
            "example.org:7000",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "[::1]example.org",
            "localhost:80@example.org",
            "localhost@localhost",
            "localhost:port",
            "localhost:70000",
            "localhost:+80",
            "localhost:",
            "",
        ] {
            assert!(guard.check(&headers(&[("host", host)]), &Uri::from_static("/")).is_err(), "{host}");
        }
        let named = |uri| guard.check(&headers(&[("host", "localhost:7000")]), &Uri::from_static(uri));
        assert_eq!(named("http://localhost:7000/v1/scan"), Ok(()));
        assert!(named("http://example.org/v1/scan").is_err());
        let mut twice = headers(&[("host", "localhost")]);
        twice.append(header::HOST, HeaderValue::from_static("localhost"));
        assert!(guard.check(&twice, &Uri::from_static("/")).is_err());
    }

    #[test]
    fn the_page_of_another_site_may_not_ask() {
        let guard = Guard::new(None, true);
        let from = |origin| {
            guard.check(&headers(&[("host", "localhost:7000"), ("origin", origin)]), &Uri::from_static("/"))
        };
        assert_eq!(from("http://localhost:7000"), Ok(()));
        for origin in ["x://localhost:7000", "http://localhost:7001", "https://example.org", "null"] {
            assert!(from(origin).is_err(), "{origin}");
        }
    }

    #[test]
    fn a_token_is_asked_for_but_not_of_a_health_check() {
        let guard = Guard::new(Some("correct horse".to_owned()), false);
        let with = |value, path| {
            guard.check(&headers(&[("host", "corpus:80"), ("authorization", value)]), &Uri::from_static(path))
        };
        assert_eq!(with("Bearer correct horse", "/v1/scan"), Ok(()));
        assert_eq!(with("", "/healthz"), Ok(()));
        assert_eq!(with("bearer correct horse", "/v1/scan"), Ok(()));
        assert_eq!(with("", "/assets/page.css"), Ok(()));
        for value in ["", "Bearer ", "Bearer correct", "correct horse", "Basic correct horse"] {
            assert!(with(value, "/v1/scan").is_err(), "{value}");
        }
    }

    #[test]
    fn a_browser_says_the_token_once() {
        let guard = Guard::new(Some("correct horse".to_owned()), false);
        let with = |cookies: &str| {
            let mut headers = headers(&[("host", "corpus:80")]);
            headers.insert(header::COOKIE, HeaderValue::from_str(cookies).unwrap());
            guard.check(&headers, &Uri::from_static("/"))
        };
        assert_eq!(guard.cookie_for("correct"), None);
        let cookie = guard.cookie_for("correct horse").unwrap();
        assert!(cookie.contains("HttpOnly") && !cookie.contains("horse"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap();
        assert_eq!(with(&format!("other=1; {cookie}")), Ok(()));
        for wrong in ["corpus=correct horse", "corpus=", &format!("{cookie}0"), &cookie.replace('=', "s=")] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Guard::new(None, true).cookie_for(""), None);
    }
}
