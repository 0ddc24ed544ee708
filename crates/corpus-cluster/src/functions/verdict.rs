//! Whether a text is kept, changed or dropped, by filters that are given as TOML.

use crate::task::lists::Lists;
use corpus_filter::{Config, Filters, Subject};
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, StringArray, StructArray},
        datatypes::{DataType, Field, Fields},
    },
    common::{Result, cast::as_string_array, exec_datafusion_err},
};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

const FIELDS: [&str; 4] = ["decision", "reason", "text", "notes"];

fn fields() -> Fields {
    FIELDS.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect()
}

/// What [`verdict`] gives: what becomes of the text, why it is dropped, the text, and all values as JSON.
pub(super) fn returns() -> DataType {
    DataType::Struct(fields())
}

/// `corpus_filter(text, id, toml)`: the verdict of the filters that the TOML describes. Lists are named by whole paths.
pub(super) fn verdict(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let texts = as_string_array(&columns[0])?;
    let (ids, configs) = (as_string_array(&columns[1])?, as_string_array(&columns[2])?);
    let mut found: [Vec<Option<String>>; FIELDS.len()] = Default::default();
    for row in 0..texts.len() {
        if texts.is_null(row) || configs.is_null(row) {
            found.iter_mut().for_each(|column| column.push(None));
            continue;
        }
        let filters = filters(configs.value(row))?;
        let id = if ids.is_null(row) { "" } else { ids.value(row) };
        let verdict = filters.judge(Subject::new(id, texts.value(row)));
        let notes = serde_json::to_string(&verdict.notes.by_stage());
        let notes = notes.map_err(|cause| exec_datafusion_err!("write what was measured: {cause}"))?;
        let reason = verdict.notes.reason.as_ref().map(ToString::to_string);
        let decision = verdict.decision().as_str().to_owned();
        let row = [Some(decision), reason, Some(verdict.text.into_owned()), Some(notes)];
        found.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    let columns = found.into_iter().map(|column| Arc::new(StringArray::from(column)) as ArrayRef).collect();
    Ok(Arc::new(StructArray::try_new(fields(), columns, None)?))
}

/// The filters of a configuration, made ready once.
fn filters(toml: &str) -> Result<Arc<Filters>> {
    static READY: OnceLock<Mutex<HashMap<String, Arc<Filters>>>> = OnceLock::new();
    let mut ready = READY.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(filters) = ready.get(toml) {
        return Ok(Arc::clone(filters));
    }
    let config = Config::parse(toml).and_then(|config| Filters::new(&config, &Lists::below(PathBuf::new())));
    let filters = Arc::new(config.map_err(|error| exec_datafusion_err!("failed to {error}"))?);
    ready.insert(toml.to_owned(), Arc::clone(&filters));
    Ok(filters)
}
