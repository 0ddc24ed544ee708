//! The description of the API as OpenAPI 3.1, made from the types of questions and answers.

use crate::{
    form::Form,
    problem::{Code, Problem},
    route::{Endpoint, endpoints},
};
use axum::{Json, http::header, response::IntoResponse};
use corpus_core::Document;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The description, as `/openapi.json` answers.
pub(crate) async fn show() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "private, max-age=3600")], Json(describe()))
}

/// The description of every address that programs use.
pub(crate) fn describe() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut generator = SchemaGenerator::new(settings);
    let mut paths = Map::new();
    let problem = generator.subschema_for::<Problem>();
    for endpoint in endpoints() {
        paths.insert(endpoint.path.to_owned(), json!({ "get": operation(&endpoint, &mut generator) }));
    }
    let document = generator.subschema_for::<Document>();
    paths.insert(
        "/v1/parse".to_owned(),
        json!({"post": {
            "operationId": "parse",
            "summary": "One page of text or HTML, parsed and annotated, without being stored",
            "requestBody": {"required": true, "content": {
                "text/plain": {"schema": {"type": "string"}},
                "text/html": {"schema": {"type": "string"}},
            }},
            "responses": responses("application/json", json!({
                "type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": document}},
            })),
        }}),
    );
    let definitions: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    let mut schemas = definitions;
    schemas.insert("AnyProblem".to_owned(), problem.into());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Corpus",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Questions about a corpus of articles. Fields of answers are added, never renamed; cursors are opaque.",
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

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let parameters = (endpoint.parameters)(generator).to_value();
    let answer = (endpoint.answer)(generator).to_value();
    let required: Vec<&str> =
        parameters["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut list: Vec<Value> = places(endpoint.path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    for (name, schema) in parameters["properties"].as_object().into_iter().flatten() {
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
    let is_list = answer_is_list(&answer, generator);
    let mut responses = responses("application/json", answer);
    if is_list && let Some(content) = responses["200"]["content"].as_object_mut() {
        for (form, _, media_type) in Form::ALL {
            if form != Form::Json {
                let bare = media_type.split(';').next().unwrap_or(media_type);
                content.insert(bare.to_owned(), json!({"schema": {"type": "string"}}));
            }
        }
    }
    json!({
        "operationId": name_of(endpoint.path),
        "summary": endpoint.summary,
        "parameters": list,
        "responses": responses,
    })
}

/// The answer and every problem.
fn responses(media_type: &str, answer: Value) -> Value {
    let problem = json!({"$ref": "#/components/responses/Problem"});
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({"description": "The answer", "content": {media_type: {"schema": answer}}}),
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
