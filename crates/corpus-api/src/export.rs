//! `/v1/export`: documents in a format that other tools read, sent while they are written.

use crate::{
    app::{App, Weight},
    concordance::bad,
    form::Form,
    parameters,
    problem::Problem,
    snapshot::{Opened, unreadable},
    streamed::{Sender, streamed},
};
use axum::{
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};
use corpus_core::Document;
use corpus_export::{Format, Formats, Options, Report, Target, selection::Filter};
use corpus_query::{Deadline, Scope};
use schemars::JsonSchema;
use serde::Deserialize;
use std::{collections::BTreeSet, io, sync::Arc};

/// Fields behind the last byte: how many documents were taken, how many rows were written.
const DOCUMENTS: HeaderName = HeaderName::from_static("x-corpus-documents");
const ROWS: HeaderName = HeaderName::from_static("x-corpus-rows");

/// The formats that are sent: those that go to a stream, of CSV one table.
pub(crate) fn sent(formats: &Formats) -> impl Iterator<Item = &dyn Format> {
    let options = Options::new().table(TABLE);
    formats.formats().filter(move |format| format.streams(&options))
}

/// The table of CSV that is sent where none is named.
const TABLE: &str = "documents";

/// Documents in a format that other tools read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Export {
    /// The format: one that goes to a stream.
    to: String,
    /// Only the document with this id.
    document: Option<String>,
    /// Of `csv` the table: `documents`, `parts`, `blocks` or `annotations`; `documents` by default.
    #[schemars(extend("enum" = ["documents", "parts", "blocks", "annotations"]))]
    table: Option<String>,
    /// Only these parts: `article`, `embedded`, `comments`, `furniture`, `all`; by default what the format is for.
    #[serde(rename = "in")]
    parts: Option<String>,
    /// Only these layers, with commas between; by default all.
    layers: Option<String>,
    /// Only documents in this language, such as `en`.
    language: Option<String>,
    /// Only documents of this site, by its name or host.
    site: Option<String>,
    /// Only documents that may have been published on this date (EDTF) or later.
    since: Option<String>,
    /// Only documents that may have been published on this date (EDTF) or earlier.
    until: Option<String>,
    /// Only documents in whose articles this query matches, as `/v1/search` reads it.
    q: Option<String>,
}

/// Sends an export.
pub(crate) async fn export(
    State(app): State<Arc<App>>,
    uri: Uri,
    asked: Result<Query<Export>, QueryRejection>,
) -> Response {
    let begun = async {
        let Query(asked) = asked.map_err(|_| parameters::wrong::<Export>(&uri))?;
        // What cannot be meant is said before anything is looked for.
        let mut options = asked.options(None)?;
        let format = asked.format(&app.options.formats, &options)?;
        if let Some(q) = asked.q.clone() {
            let among = app.work(Weight::Heavy, move |_, corpus| found(&q, corpus)).await?;
            options = asked.options(Some(among))?;
        }
        let media_type = format.media_type();
        let name = format!("attachment; filename=\"corpus.{}\"", format.ending());
        let place = app.export_place()?;
        // What is not there is better said now, too.
        let document = match asked.document.clone() {
            Some(id) => Some(app.work(Weight::Light, move |_, corpus| corpus.document(&id)).await?),
            None => None,
        };
        let (sender, body) = streamed();
        tokio::task::spawn_blocking(move || {
            let _place = place;
            let documents = match document {
                Some(document) => Ok(Documents::One(Box::new(document))),
                None => app.opened(Deadline::none()).map(Documents::All),
            };
            let written = documents.map_err(|problem| problem.words().0.to_owned()).and_then(|documents| {
                let format = app.options.formats.get(&asked.to).map_err(|error| error.to_string())?;
                write(documents, format, &options, sender.clone())
            });
            match written {
                Ok((taken, report)) => sender.end(fields(taken, &report)),
                Err(reason) => {
                    tracing::warn!(reason, "an export was broken off");
                    sender.break_off(reason);
                }
            }
        });
        Ok::<_, Problem>((media_type, name, Body::new(body)))
    };
    match begun.await {
        Ok((media_type, name, body)) => {
            let mut response = body.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::TRAILER, HeaderValue::from_static("x-corpus-documents, x-corpus-rows"));
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(header::CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}

/// The documents in which a query matches.
fn found(q: &str, corpus: &Opened) -> Result<BTreeSet<String>, Problem> {
    let query = corpus_query::Query::parse(q);
    if query.is_empty() {
        return Err(bad("q")(&"it holds no word"));
    }
    corpus.engine.documents(&query, &Scope::default()).map_err(unreadable)
}

/// What is exported.
enum Documents {
    One(Box<Document>),
    All(Opened),
}

/// Writes documents; the number of those that were taken, and the report. An error is in words.
fn write(
    documents: Documents,
    format: &dyn Format,
    options: &Options,
    mut sender: Sender,
) -> Result<(u64, Report), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let mut export = format.open(Target::Stream(&mut sender), options).map_err(|error| words(&error))?;
    let mut taken = 0;
    let mut add = |document: &Document| {
        export.add(document).map(|added| taken += u64::from(added)).map_err(|error| words(&error))
    };
    match documents {
        Documents::One(document) => add(&document)?,
        Documents::All(opened) => {
            for document in opened.corpus.documents() {
                add(&document.map_err(|error| words(&error))?)?;
            }
        }
    }
    let report = export.finish().map_err(|error| words(&error))?;
    Ok((taken, report))
}

/// What stands behind the last byte.
fn fields(taken: u64, report: &Report) -> HeaderMap {
    let rows: u64 = report.written.iter().map(|written| written.rows).sum();
    HeaderMap::from_iter([(DOCUMENTS, HeaderValue::from(taken)), (ROWS, HeaderValue::from(rows))])
}

impl Export {
    /// The format.
    fn format<'f>(&self, formats: &'f Formats, options: &Options) -> Result<&'f dyn Format, Problem> {
        let Some(format) = sent(formats).find(|format| format.name() == self.to) else {
            let known = sent(formats).map(Format::name).collect::<Vec<_>>().join(", ");
            return Err(bad("to")(&format_args!("{:?} is no format that can be sent", self.to))
                .hint(format_args!("take one of {known}; `corpus export` writes others")));
        };
        // What cannot be opened is better said now than after the head of the answer.
        format.open(Target::Stream(&mut io::sink()), options).map_err(|error| bad("table")(&error))?;
        Ok(format)
    }

    /// How it is written; `among` names the documents that are taken.
    fn options(&self, among: Option<BTreeSet<String>>) -> Result<Options, Problem> {
        let mut filter = Filter::new();
        if let Some(language) = &self.language {
            filter = filter.language(language);
        }
        if let Some(site) = &self.site {
            filter = filter.site(site);
        }
        let date = |name: &'static str, text: &str| {
            text.parse::<corpus_core::Edtf>()
                .map_err(|_| bad(name)(&format_args!("{text:?} is no EDTF date, such as 2020-09")))
        };
        if let Some(since) = &self.since {
            filter = filter.since(date("since", since)?);
        }
        if let Some(until) = &self.until {
            filter = filter.until(date("until", until)?);
        }
        if let Some(ids) = among {
            filter = filter.among(ids);
        }
        let mut options = Options::new().filter(filter);
        if let Some(parts) = &self.parts {
            options = options.parts(parts.parse().map_err(|error| bad("in")(&error))?);
        }
        if let Some(layers) = &self.layers {
            options = options.layers(layers.split(',').map(str::trim).filter(|layer| !layer.is_empty()));
        }
        if self.to == "csv" {
            options = options.table(self.table.as_deref().unwrap_or(TABLE));
        } else if self.table.is_some() {
            return Err(bad("table")(&"only csv has tables"));
        }
        Ok(options)
    }
}

/// The address of an export that a path with the ending of a format asks for: `/v1/export.ris`,
/// `/v1/documents/ID.tei.xml`.
pub(crate) fn address(formats: &Formats, path: &str, query: Option<&str>) -> Option<String> {
    // Elsewhere these endings are forms of a list.
    let is_meant =
        |format: &&dyn Format| Form::named(format.ending()).is_none() || path.starts_with("/v1/export.");
    let cut =
        |format: &dyn Format| Some((path.strip_suffix(format.ending())?.strip_suffix('.')?, format.name()));
    let (rest, format) = sent(formats).filter(is_meant).find_map(cut)?;
    let document = match rest.strip_prefix("/v1/documents/") {
        Some(id) if !id.is_empty() && !id.contains('/') => format!("&document={id}"),
        _ if rest == "/v1/export" => String::new(),
        _ => return None,
    };
    let query = query.map_or_else(String::new, |query| format!("&{query}"));
    Some(format!("/v1/export?to={format}{document}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_path_names_a_format() {
        let to = |path, query| address(&Formats::core(), path, query).unwrap_or_default();
        assert_eq!(to("/v1/export.tei.xml", Some("since=2020")), "/v1/export?to=tei&since=2020");
        assert_eq!(to("/v1/documents/b3:0a.conllu", None), "/v1/export?to=conllu&document=b3:0a");
        assert_eq!(to("/v1/export.csv", None), "/v1/export?to=csv");
        for path in
            ["/v1/documents.csv", "/v1/documents/a/blocks.ris", "/v1/search.ris", "/v1/documents/.ris"]
        {
            assert_eq!(to(path, None), "", "{path}");
        }
    }
}
