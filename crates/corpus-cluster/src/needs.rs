//! What a pipeline needs beside its input: lists, test sets and a tokenizer, tried before any task begins.

use crate::{
    error::Error, pipeline::Pipeline, record::Hashed, task::lists::Lists, tokens::Tokens, work::Plan,
};
use corpus_annotate::Annotators;
use corpus_filter::Filters;
use std::{collections::BTreeSet, path::PathBuf};

/// What a plan needs, and what comes of its settings.
#[derive(Debug)]
pub(crate) struct Needs {
    /// The files that the plan names, with their hashes: other files, other documents.
    pub(crate) files: Vec<Hashed>,
    /// The layers that are written, where any are.
    pub(crate) layers: Option<Vec<String>>,
}

impl Needs {
    /// Those of a plan.
    ///
    /// # Errors
    /// When a file cannot be read, or a setting names what there is not.
    pub(crate) fn of(plan: &Plan) -> Result<Self, Error> {
        let Pipeline { filter, statistics, .. } = &plan.pipeline;
        let mut named: BTreeSet<PathBuf> = BTreeSet::new();
        if let Some(config) = filter {
            let lists = Lists::below(plan.folder.clone());
            Filters::new(config, &lists).map_err(|error| plan.wrong("filter", &error.to_string()))?;
            named = lists.read();
        }
        if let Some(path) = statistics.as_ref().and_then(|statistics| statistics.tokenizer.as_ref()) {
            Tokens::of(&plan.folder.join(path))?;
            named.insert(path.clone());
        }
        let mut files = Vec::new();
        for path in named {
            let found = corpus_read::list(&[plan.folder.join(&path)], &corpus_read::Options::new());
            for file in found.map_err(|cause| Error::io("read", &path, cause))? {
                files.push(Hashed::of(&plan.folder, &file)?);
            }
        }
        let annotators = annotators(plan)?;
        let layers =
            annotators.map(|annotators| annotators.written().map(|(name, _)| name.to_owned()).collect());
        Ok(Needs { files, layers })
    }
}

/// The annotators of a plan, where it has some.
pub(crate) fn annotators(plan: &Plan) -> Result<Option<Annotators>, Error> {
    let Some(annotate) = &plan.pipeline.annotate else { return Ok(None) };
    let all = Annotators::core();
    let layers: Vec<&str> = annotate.layers.iter().map(String::as_str).collect();
    let chosen = if layers.is_empty() { Ok(all) } else { all.only(&layers) };
    chosen.map(Some).map_err(|error| plan.wrong("annotate.layers", &error.to_string()))
}
