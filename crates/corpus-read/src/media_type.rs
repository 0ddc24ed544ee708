//! A media type with its parameters, as a `Content-Type` header writes it.

/// A media type: its name in lower case, and its parameters as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaType {
    pub(crate) name: String,
    parameters: String,
}

impl MediaType {
    /// Reads a header's value; `None` where it names no type.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let (name, parameters) = value.split_once(';').unwrap_or((value, ""));
        // Some servers send the header twice, and some write what is no type at all.
        let name = name.split(',').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (kind, subtype) = name.split_once('/')?;
        let is_token = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        (is_token(kind) && is_token(subtype)).then(|| MediaType { parameters: parameters.to_owned(), name })
    }

    /// The value of a parameter, without quotes.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = &*self.parameters;
        while !rest.is_empty() {
            let (parameter, after) = split_parameter(rest);
            rest = after;
            let Some((found, value)) = parameter.split_once('=') else { continue };
            if !found.trim().eq_ignore_ascii_case(name) {
                continue;
            }
            let value = value.trim();
            let value = match value.strip_prefix('"') {
                Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace('\\', ""),
                None => value.trim_matches('\'').to_owned(),
            };
            return Some(value).filter(|value| !value.is_empty());
        }
        None
    }

    /// Whether what has this type can be an article: text, markup or a feed, not style, script or data.
    pub(crate) fn is_page(&self) -> bool {
        match &*self.name {
            "text/css"
            | "text/javascript"
            | "text/ecmascript"
            | "text/x-javascript"
            | "text/x-component"
            | "text/calendar"
            | "text/vcard"
            | "text/x-vcard"
            | "text/csv"
            | "text/tab-separated-values"
            | "text/dns"
            | "text/cache-manifest"
            | "text/vtt"
            | "text/json"
            | "text/event-stream" => false,
            "application/xml" | "application/rss" | "application/atom" | "application/feed+json" => true,
            name => name.starts_with("text/") || (name.ends_with("+xml") && name != "image/svg+xml"),
        }
    }

    /// Whether it says nothing of what the bytes are.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(
            &*self.name,
            "application/octet-stream" | "application/unknown" | "unknown/unknown" | "application/x-unknown"
        )
    }
}

/// The first parameter, up to a semicolon outside of quotes, and what comes after it.
fn split_parameter(parameters: &str) -> (&str, &str) {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, byte) in parameters.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => return (&parameters[..at], &parameters[at + 1..]),
            _ => {}
        }
    }
    (parameters, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_may_be_quoted() {
        let value = "Multipart/Related; type=\"text/html\"; boundary=\"--a;b\\\"c\"; charset='UTF-8'";
        let media_type = MediaType::parse(value).unwrap();
        assert_eq!(media_type.name, "multipart/related");
        assert_eq!(media_type.parameter("Boundary").as_deref(), Some("--a;b\"c"));
        assert_eq!(media_type.parameter("charset").as_deref(), Some("UTF-8"));
        assert_eq!(media_type.parameter("start"), None);
    }

    #[test]
    fn what_names_no_type_is_none() {
        for value in ["", "html", "/", "text/", "a b/c d", "; charset=utf-8"] {
            assert_eq!(MediaType::parse(value), None, "{value:?}");
        }
        assert_eq!(MediaType::parse("text/html, text/html").unwrap().name, "text/html");
    }

    #[test]
    fn pages_are_text_markup_and_feeds() {
        let is_page = |value| MediaType::parse(value).unwrap().is_page();
        assert!(
            ["text/html", "application/xhtml+xml", "text/plain", "application/rss+xml"].map(is_page)
                == [true; 4]
        );
        assert!(["text/css", "image/png", "image/svg+xml", "application/json"].map(is_page) == [false; 4]);
    }
}
