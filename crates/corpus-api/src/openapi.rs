//! The description of the API as OpenAPI 3.1, made from the types of questions and answers.

use crate::{
    app::App,
    export::{self, Export},
    form::Form,
    jobs::{Shown as Job, decision::Decide, requests::Begin},
    problem::{Code, Problem},
    route::{Endpoint, endpoints},
};
use axum::{Json, extract::State, http::header, response::IntoResponse};
use corpus_core::Document;
use corpus_export::{Format, Formats};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Answers to the requests that stand beside them, which a test compares with what the server says.
pub(crate) const EXAMPLES: &str = include_str!("../assets/examples.json");

/// The description, as `/openapi.json` answers.
pub(crate) async fn show(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "private, max-age=3600")], Json(describe(&app.options.formats)))
}

/// The description of every address that programs use, of a server with these export formats.
pub(crate) fn describe(formats: &Formats) -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into());
    // Documents are written by hand, and say themselves which of their fields may be left out when they are read.
    let mut of_documents = SchemaGenerator::new(settings.clone());
    of_documents.subschema_for::<Document>();
    // Other answers are what is written: a field that may be left out is not required.
    let mut generator = SchemaGenerator::new(settings.for_serialize());
    let mut paths: Map<String, Value> = Map::new();
    let mut add = |path: &str, method: &str, operation: Value| {
        let known = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        known[method] = operation;
    };
    let problem = generator.subschema_for::<Problem>();
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap_or_default();
    for endpoint in endpoints() {
        let example = &examples[endpoint.path];
        add(endpoint.path, "get", operation(&endpoint, &mut generator, example));
    }
    for (path, method, operation) in others(&mut generator, formats, &examples) {
        add(path, method, operation);
    }
    let mut definitions: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    definitions.extend(of_documents.take_definitions(true));
    let mut schemas = definitions;
    schemas.insert("AnyProblem".to_owned(), problem.into());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Corpus",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Questions about a corpus of articles. Fields of answers are added, never renamed; cursors are opaque. CSV and TSV hold all rows, at most 100,000, where no limit is given.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {"Problem": {
                "description": "Refused; the code says why",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/AnyProblem"}}},
            }},
        },
    })
}

/// The operations that are no questions: they take a body, or send what has no schema.
fn others(
    generator: &mut SchemaGenerator,
    formats: &Formats,
    examples: &Value,
) -> Vec<(&'static str, &'static str, Value)> {
    let document = generator.subschema_for::<Document>();
    let job = generator.subschema_for::<Job>().to_value();
    let mut of_parameters = SchemaGenerator::default();
    let begin = of_parameters.root_schema_for::<Begin>();
    let mut export = of_parameters.root_schema_for::<Export>().to_value();
    export["properties"]["to"]["enum"] = export::sent(formats).map(Format::name).collect();
    let mut decide = of_parameters.root_schema_for::<Decide>().to_value();
    let of_decide = decide["$defs"].take();
    for (name, schema) in of_decide.as_object().into_iter().flatten() {
        if decide["properties"]["what"]["$ref"].as_str().is_some_and(|path| path.ends_with(name)) {
            decide["properties"]["what"] = schema.clone();
        }
    }
    if let Some(fields) = decide.as_object_mut() {
        fields.retain(|name, _| !name.starts_with('$'));
    }
    let mut parsed = responses(
        "200",
        "application/json",
        json!({
            "type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": document}},
        }),
    );
    exemplify(&mut parsed, "200", "application/json", &examples["/v1/parse"]);
    let mut exported = responses("200", "application/jsonl", json!({"type": "string"}));
    for format in export::sent(formats) {
        exported["200"]["content"][bare(format.media_type())] = json!({"schema": {"type": "string"}});
    }
    exported["200"]["description"] = "The documents; the fields x-corpus-documents and x-corpus-rows behind the last byte (for requests with TE: trailers) say that they are whole".into();
    let events = responses("200", "text/event-stream", json!({"type": "string"}));
    let page = json!({"schema": {"type": "string"}});
    vec![
        (
            "/v1/parse",
            "post",
            json!({
                "operationId": "parse",
                "summary": "One page of text or HTML, parsed and annotated, without being stored",
                "requestBody": {"required": true, "content": {"text/plain": page.clone(), "text/html": page}},
                "responses": parsed,
            }),
        ),
        (
            "/v1/export",
            "get",
            json!({
                "operationId": "export",
                "summary": "Documents in a format that other tools read, sent while they are written",
                "parameters": parameters("", &export),
                "responses": exported,
            }),
        ),
        (
            "/v1/jobs",
            "post",
            json!({
                "operationId": "build",
                "summary": "Builds uploaded files, or those of the server's inbox, into the corpus",
                "parameters": parameters("", &begin.to_value()),
                "requestBody": {"content": {"multipart/form-data": {"schema": {
                    "type": "object",
                    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }}}},
                "responses": responses("202", "application/json", job.clone()),
            }),
        ),
        (
            "/v1/decisions",
            "post",
            json!({
                "operationId": "decide",
                "summary": "Notes in the corpus what a person decides about what was found; a job does it",
                "requestBody": {"required": true, "content": {
                    "application/json": {"schema": decide},
                    "application/x-www-form-urlencoded": {"schema": decide},
                }},
                "responses": responses("202", "application/json", job.clone()),
            }),
        ),
        (
            "/v1/jobs/{id}",
            "delete",
            json!({
                "operationId": "cancel",
                "summary": "Ends a build early; what it committed stays",
                "parameters": parameters("/v1/jobs/{id}", &Value::Null),
                "responses": responses("202", "application/json", job),
            }),
        ),
        (
            "/v1/jobs/{id}/events",
            "get",
            json!({
                "operationId": "job_events",
                "summary": "What a build tells, as server-sent events: progress, then done, failed or cancelled",
                "parameters": parameters("/v1/jobs/{id}/events", &Value::Null),
                "responses": events,
            }),
        ),
    ]
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator, example: &Value) -> Value {
    let list = parameters(endpoint.path, &(endpoint.parameters)(&mut SchemaGenerator::default()).to_value());
    let answer = (endpoint.answer)(generator).to_value();
    let is_list = answer_is_list(&answer, generator);
    let mut responses = responses("200", "application/json", answer);
    if is_list && let Some(content) = responses["200"]["content"].as_object_mut() {
        for (form, _, media_type) in Form::ALL {
            if form != Form::Json {
                content.insert(bare(media_type).to_owned(), json!({"schema": {"type": "string"}}));
            }
        }
    }
    exemplify(&mut responses, "200", "application/json", example);
    json!({
        "operationId": name_of(endpoint.path),
        "summary": endpoint.summary,
        "parameters": list,
        "responses": responses,
    })
}

/// The parameters of an address: the places of its path, and the fields of a schema.
fn parameters(path: &str, schema: &Value) -> Vec<Value> {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut list: Vec<Value> = places(path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let mut schema = schema.clone();
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        list.push(json!({
            "name": name,
            "in": "query",
            "required": required.contains(&name.as_str()),
            "description": description,
            "schema": schema,
        }));
    }
    list
}

/// A media type without what stands behind it.
fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type)
}

/// Adds an example, where there is one.
fn exemplify(responses: &mut Value, status: &str, media_type: &str, example: &Value) {
    if !example.is_null() {
        responses[status]["content"][media_type]["example"] = example["answer"].clone();
    }
}

/// The answer and every problem.
fn responses(status: &str, media_type: &str, answer: Value) -> Value {
    let problem = json!({"$ref": "#/components/responses/Problem"});
    let mut responses = Map::new();
    responses.insert(
        status.to_owned(),
        json!({"description": "The answer", "content": {bare(media_type): {"schema": answer}}}),
    );
    for (_, _, status, _) in Code::ALL {
        responses.insert(status.as_u16().to_string(), problem.clone());
    }
    Value::Object(responses)
}

/// Whether the schema of an answer has the list that other forms than JSON need.
fn answer_is_list(answer: &Value, generator: &SchemaGenerator) -> bool {
    let name = answer["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    let defined = name.and_then(|name| generator.definitions().get(name));
    let schema = defined.unwrap_or(answer);
    schema["properties"]["items"].is_object()
}

/// The names in the braces of a path.
fn places(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// A name for an operation: the path without slashes and braces.
fn name_of(path: &str) -> String {
    let words = path.trim_start_matches("/v1").split(['/', '{', '}', '.']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}
