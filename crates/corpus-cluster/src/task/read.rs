//! The first stage: a file is read, its pages parsed, and the filters look at each.

use super::{Attempt, counted::Counted, lists::Lists, registry};
use crate::{
    error::Error,
    inputs::looks,
    made::Made,
    needs::annotators,
    pipeline::{Deduplicate, Keep, Pipeline, Text},
    tally::Tally,
    texts,
    work::{Note, Plan, Task, Work},
};
use corpus_annotate::Annotators;
use corpus_core::{Document, Record};
use corpus_dedup::{Basis, Label, Sketch, label_of_plain, text_of_plain};
use corpus_filter::{Decided, Decision, Filters, Tally as Verdicts, Written};
use corpus_format::{Batch, Part};
use serde::Serialize;
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Level of compression of what is written beside the package.
const LEVEL: i32 = 3;
/// Number of records set aside that a note names.
const NAMED: usize = 10;

/// Reads the file of a task.
pub(super) fn run(task: &Task, plan: &Plan, work: &Work) -> Result<Note, Error> {
    let (pipeline, output) = (&plan.pipeline, plan.output());
    let (number, compares) = (task.number, pipeline.deduplicate.is_some());
    let before = looks(&task.input)?;
    let parts = Attempt::below(&if compares { work.parts() } else { output.clone() })?;
    let beside = Attempt::below(&output)?;
    let tables = Attempt::below(work.folder())?;
    let mut reading = Reading::new(number, plan, &parts, &beside, &tables)?;
    let mut rejects = Vec::new();
    let options = pipeline.options().map_err(|error| plan.wrong("read.map", &error.to_string()))?;
    let records = corpus_read::open_as(&task.input, &*task.name, &options)
        .map_err(|cause| Error::io("open", &task.input, cause))?;
    for packed in records {
        match packed.as_ref().map_err(Clone::clone).and_then(|packed| packed.unpack()) {
            Ok(record) if reading.is_only_compared(&record) => reading.compare(&record)?,
            Ok(record) => {
                registry().parse_all(&record).into_iter().try_for_each(|found| reading.take(found))?
            }
            Err(reject) => {
                reading.tally.set_aside += 1;
                reading.rejects.line(&reject)?;
                if rejects.len() < NAMED {
                    rejects.push(reject.to_string());
                }
            }
        }
    }
    // A file that cannot be read was set aside; it has no hash.
    let blake3 = corpus_format::checksum(&task.input).unwrap_or_default();
    if looks(&task.input)? != before {
        return Err(Error::changed(&task.input));
    }
    let (mut tally, written, counted, mut made) = reading.finish(work)?;
    made.extend(parts.put_parts(&written, work)?);
    if compares {
        for table in texts::FILES.iter().chain([&texts::BANDS]) {
            let to = work.table(table, number);
            tables.put_at(table, &to, work)?;
            made.push(work.made(&to, None)?);
        }
    }
    tally.files = 1;
    tally.bytes = fs::metadata(&task.input).map_or(0, |metadata| metadata.len());
    let parts = written.into_iter().map(Into::into).collect();
    let Counted { before, after, .. } = counted;
    Ok(Note { blake3, tally, parts, rejects, before, after, ..Note::of(task, made) })
}

/// Documents on their way through the stage.
struct Reading<'a> {
    number: u64,
    pipeline: &'a Pipeline,
    filters: Option<Filters>,
    verdicts: Verdicts,
    annotators: Option<Annotators>,
    batch: Batch,
    texts: Option<texts::Writer>,
    beside: &'a Attempt,
    decisions: Lines,
    dropped: Lines,
    rejects: Lines,
    tally: Tally,
    counted: Counted,
}

impl<'a> Reading<'a> {
    fn new(
        number: u64,
        plan: &'a Plan,
        parts: &Attempt,
        beside: &'a Attempt,
        tables: &Attempt,
    ) -> Result<Self, Error> {
        let pipeline = &plan.pipeline;
        let filters = pipeline.filter.as_ref().map(|config| {
            let lists = Lists::below(plan.folder.clone());
            Filters::new(config, &lists).map_err(|error| plan.wrong("filter", &error.to_string()))
        });
        let filters = filters.transpose()?;
        // Facts of what turns out to be a copy are looked for in vain: they come after copies are found.
        let annotators = if pipeline.deduplicate.is_some() { None } else { annotators(plan)? };
        let layers = annotators.as_ref().map(super::write::layers).unwrap_or_default();
        let part = u32::try_from(number).unwrap_or(u32::MAX);
        let texts = pipeline.deduplicate.map(|_| texts::Writer::create(tables.folder(), part));
        Ok(Reading {
            number,
            pipeline,
            verdicts: Verdicts::new(filters.as_ref().map(Filters::stages).unwrap_or_default()),
            filters,
            annotators,
            batch: Batch::new(parts.folder(), number).with_layers(layers),
            texts: texts.transpose()?,
            beside,
            decisions: Lines::at(beside.folder().join(DECISIONS)),
            dropped: Lines::at(beside.folder().join(DROPPED)),
            rejects: Lines::at(beside.folder().join(REJECTS)),
            tally: Tally::default(),
            counted: Counted::new(plan)?,
        })
    }

    /// Whether a record is plain text of which nothing is wanted but its copies, so that it need not be parsed.
    fn is_only_compared(&self, record: &Record<'_>) -> bool {
        let is_listed = |options: Deduplicate| options.keep == Keep::List && options.text == Text::Page;
        self.filters.is_none()
            && self.pipeline.deduplicate.is_some_and(is_listed)
            && registry().choose(record).is_some_and(|parser| parser.name() == "text")
    }

    /// Takes the one document of such a record.
    fn compare(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.tally.documents += 1;
        self.tally.kept += 1;
        let index = record.place.as_ref().map_or(0, |place| place.index);
        let label = label_of_plain(record, place(&record.uri, index));
        let sketch = Sketch::of([&*text_of_plain(record)]);
        self.texts.as_mut().map_or(Ok(()), |texts| texts.add(&label, &sketch))
    }

    /// Takes a document that was found.
    fn take(&mut self, document: Document) -> Result<(), Error> {
        self.tally.documents += 1;
        self.counted.read(&document)?;
        let Some(filters) = &self.filters else {
            self.tally.kept += 1;
            return self.keep(document);
        };
        let verdict = filters.judge_document(&document);
        let decision = verdict.decision();
        self.verdicts.add(decision, &verdict.notes);
        let written = Written::of(&document, &verdict);
        self.decisions.line(&Decided(&written))?;
        match decision {
            Decision::Kept => {
                self.tally.kept += 1;
                self.keep(document)
            }
            Decision::Changed => {
                self.tally.changed += 1;
                let changed = changed(&document, &verdict.text);
                changed.into_iter().try_for_each(|document| self.keep(document))
            }
            Decision::Dropped => {
                self.tally.dropped += 1;
                let verdict = &filters.masked(&verdict);
                self.dropped.line(&Written { verdict, ..written })
            }
        }
    }

    fn keep(&mut self, mut document: Document) -> Result<(), Error> {
        if let Some(annotators) = &self.annotators {
            annotators.annotate(&mut document);
        }
        self.tally.annotations += document.annotations.len() as u64;
        let deduplicate = self.pipeline.deduplicate;
        if deduplicate.is_none_or(|options| options.keep != Keep::List) {
            super::write::push(&mut self.batch, &document, self.annotators.as_ref())?;
        }
        if let (Some(texts), Some(options)) = (&mut self.texts, deduplicate) {
            let sketch = Sketch::of(Basis::from(options.text).pieces(&document));
            let record = document.source.record.as_ref().map_or(0, |record| record.index);
            texts.add(&Label::of(&document, place(&document.source.uri, record)), &sketch)
        } else {
            self.tally.written += 1;
            self.counted.written(&document)
        }
    }

    fn finish(self, work: &Work) -> Result<(Tally, Vec<Part>, Counted, Vec<Made>), Error> {
        let Reading { number, mut tally, verdicts, batch, texts, beside, counted, .. } = self;
        tally.filters = verdicts.stages();
        let mut made = Vec::new();
        for (lines, name) in [(self.decisions, DECISIONS), (self.dropped, DROPPED), (self.rejects, REJECTS)] {
            if lines.finish()? {
                let to = beside.target.join(name).join(format!("{number:06}.jsonl.zst"));
                beside.put_at(name, &to, work)?;
                made.push(work.made(&to, None)?);
            }
        }
        if let Some(texts) = texts {
            texts.finish()?;
        }
        let parts = batch.finish().map_err(|cause| Error::File {
            what: format!("write part {number}"),
            cause: cause.to_string(),
        })?;
        Ok((tally, parts, counted, made))
    }
}

/// Where a document lies, in the order of the records.
fn place(uri: &str, record: u64) -> String {
    format!("{uri}#{record:012}")
}

const DECISIONS: &str = "decisions";
const DROPPED: &str = "dropped";
const REJECTS: &str = "rejects";

/// The documents of a text that the filters changed: a page of plain text, with what the record said of itself.
fn changed(document: &Document, text: &str) -> Vec<Document> {
    let source = &document.source;
    let mut record = Record::new(&*source.uri, text.as_bytes())
        .with_media_type("text/plain")
        .with_metadata(source.metadata.clone());
    record.place.clone_from(&source.record);
    record.fetched = source.fetched.as_deref().map(Into::into);
    registry().parse_all(&record)
}

/// Lines of JSON on their way to a compressed file, which is made with the first of them.
struct Lines {
    path: PathBuf,
    file: Option<zstd::Encoder<'static, BufWriter<File>>>,
}

impl Lines {
    const fn at(path: PathBuf) -> Self {
        Lines { path, file: None }
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let failed = |cause| unwritten(&self.path, cause);
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let file = File::create(&self.path).map_err(failed)?;
                let encoder = zstd::Encoder::new(BufWriter::new(file), LEVEL).map_err(failed)?;
                self.file.insert(encoder)
            }
        };
        serde_json::to_writer(&mut *file, value).map_err(|cause| unwritten(&self.path, cause.into()))?;
        file.write_all(b"\n").map_err(|cause| unwritten(&self.path, cause))
    }

    /// Ends the file; whether there is one.
    fn finish(self) -> Result<bool, Error> {
        let Lines { path, file } = self;
        let Some(file) = file else { return Ok(false) };
        let failed = |cause| unwritten(&path, cause);
        let mut file = file.finish().map_err(failed)?;
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(failed)?;
        Ok(true)
    }
}

fn unwritten(path: &Path, cause: std::io::Error) -> Error {
    Error::io("write", path, cause)
}
