//! Documents made by hand, so that what is written does not depend on any parser or annotator.

use corpus_core::{
    Annotation, Block, Document, DocumentId, Evidence, Metadata, Method, Part, PartKind, Place, Published,
    Role, Source, Span,
};
use corpus_export::{Formats, Options, Report, Target};
use serde_json::{Value, json};

/// A document under construction: blocks are appended, annotations find their words.
pub(crate) struct Made {
    pub(crate) document: Document,
}

impl Made {
    pub(crate) fn new(uri: &str) -> Self {
        let mut source = Source::default();
        source.uri = uri.to_owned();
        source.media_type = "text/plain".to_owned();
        source.blake3 = "00".repeat(32);
        let id = DocumentId::of(&source, Some(uri));
        Made { document: Document::new(id, source, String::new()) }
    }

    pub(crate) fn part(mut self, kind: PartKind, title: Option<&str>) -> Self {
        let mut part = Part::new(kind);
        part.title = title.map(str::to_owned);
        self.document.parts.push(part);
        self
    }

    pub(crate) fn block(self, role: Role, content: &str) -> Self {
        self.block_with(role, content, |_| {})
    }

    /// A block of the last part, with a gap of CR LF before it.
    pub(crate) fn block_with(mut self, role: Role, content: &str, set: impl FnOnce(&mut Block)) -> Self {
        let document = &mut self.document;
        if !document.text.is_empty() {
            document.text.push_str("\r\n\r\n");
        }
        let start = document.text.len();
        document.text.push_str(content);
        let mut block = Block::new(Span::new(start, document.text.len()), role);
        block.part = document.parts.len() - 1;
        set(&mut block);
        document.blocks.push(block);
        self
    }

    /// Annotates the first occurrence of `words`.
    pub(crate) fn annotation(mut self, layer: &'static str, words: &str, value: Value) -> Self {
        let start = self.document.text.find(words).unwrap();
        self.document.annotations.push(Annotation {
            span: Span::new(start, start + words.len()),
            layer: layer.into(),
            value,
            rule: "test".into(),
            confidence: 0.9,
        });
        self
    }

    pub(crate) fn done(mut self) -> Document {
        self.document.annotations.sort_by(|a, b| (&a.layer, a.span).cmp(&(&b.layer, b.span)));
        self.document
    }
}

fn published(date: &str) -> Option<Published> {
    let evidence = serde_json::from_value::<Evidence>(json!({"field": "meta", "value": date})).unwrap();
    Some(Published::new(date.parse().unwrap(), Method::Metadata, evidence))
}

/// A page with all there is: an article with every kind of block, an embedded article, comments and furniture.
pub(crate) fn page() -> Document {
    let mut made = Made::new("harbour/ferry.html")
        .part(PartKind::Article, Some("Ferry <Gull> & the tide"))
        .block(Role::Kicker, "Harbour")
        .block(Role::Title, "Ferry <Gull> & the tide")
        .block(Role::Standfirst, "A short crossing, \"told\" at length.")
        .block(Role::Byline, "By Ada Quill")
        .block(Role::Timestamp, "2 October 2017, 11:57")
        .block(
            Role::Paragraph,
            "On Monday Ada Quill said: “The tide waits for nobody. Nor do I.” She left for 𝔖alt Bay.",
        )
        .block(Role::Paragraph, "Sums of 20 crowns\r\nwere  paid*;\t_none_ [came] back\u{1}.")
        .block_with(Role::Heading, "What came next", |block| block.level = Some(2))
        .block(Role::ListItem, "first, a rope")
        .block_with(Role::ListItem, "then, a knot", |block| block.depth = Some(2))
        .block(Role::Quote, "Calm seas\nmake no sailors.")
        .block(Role::Code, "if (tide < 3) {\n\twait();\n}")
        .block(Role::Caption, "The Gull at dusk")
        .block(Role::Credit, "Photo: N. Obody");
    let text = "Port | Metres";
    made = made.block_with(Role::Table, text, |block| {
        let start = block.span.start;
        block.cells = vec![Span::new(start, start + 4), Span::new(start + 7, start + 13)];
    });
    made = made
        .block(Role::SourceNote, "Source: The Pier Post")
        .part(PartKind::Embedded, Some("A second tale"))
        .block(Role::Title, "A second tale")
        .block(Role::Paragraph, "It stood on the page as a whole; Quill wrote it too.")
        .part(PartKind::Comments, None)
        .block_with(Role::CommentAuthor, "Bo, 3 days ago", |block| {
            block.path = Some("1".to_owned());
            block.author = Some("Bo".to_owned());
        })
        .block_with(Role::Comment, "Nice boat!", |block| block.path = Some("1".to_owned()))
        .block_with(Role::CommentAuthor, "Cy, 2 days ago", |block| block.path = Some("1.1".to_owned()))
        .block_with(Role::Comment, "=2+3 is no formula", |block| block.path = Some("1.1".to_owned()))
        .part(PartKind::Furniture, None)
        .block(Role::Navigation, "Home | News")
        .annotation("time", "2 October 2017, 11:57", json!({"type": "TIME", "edtf": "2017-10-02T11:57", "timex": "2017-10-02T11:57", "anchor": "absolute"}))
        .annotation("time", "Monday", json!({"type": "DATE", "edtf": "2017-10-02", "timex": "2017-10-02", "anchor": "document"}))
        .annotation("name", "Ada Quill said", json!({"type": "PER", "entity": "e1"}))
        .annotation("name", "𝔖alt Bay", json!({"type": "LOC", "entity": "e2"}))
        .annotation("name", "Quill wrote", json!({"type": "PER", "entity": "e1"}))
        .annotation("quotation", "“The tide waits for nobody. Nor do I.”", json!({"kind": "utterance"}))
        .annotation("event", "I.” She left", json!({"kind": "visit", "participants": ["e1"], "when": "2017-10-02", "planned": false, "event": "v1"}))
        .annotation("money", "20 crowns", json!({"amount": 20.0, "currency": null, "status": "paid"}))
        .annotation("sentence", "It stood on the page as a whole; Quill wrote it too.", Value::Null)
        .annotation("lemma", "stood", json!({"lemma": "stand"}))
        .annotation("pos", "stood", json!({"upos": "VERB", "feats": "Tense=Past"}));
    let mut document = made.done();
    // Names cover the name itself.
    for annotation in &mut document.annotations {
        let words = &document.text[annotation.span];
        for verb in [" said", " wrote"] {
            if let Some(name) = words.strip_suffix(verb) {
                annotation.span = Span::new(annotation.span.start, annotation.span.start + name.len());
                break;
            }
        }
    }
    let speaker = document.annotations.iter().find(|annotation| annotation.layer == "name").unwrap().span;
    let quotation =
        document.annotations.iter_mut().find(|annotation| annotation.layer == "quotation").unwrap();
    quotation.value["speaker"] = json!([speaker.start, speaker.end]);
    document.language = Some("en".into());
    let article = &mut document.parts[0];
    article.authors = vec!["Ada Quill".to_owned()];
    article.site = Some("The Pier Post".to_owned());
    article.url = Some("https://pier.example/ferry?a=1&b=2".to_owned());
    article.topics = vec!["boats".to_owned()];
    article.published = published("2017-10-02T11:57");
    document.parts[1].published = published("XXXX-09-06");
    document
}

/// A record of a container, with little in it.
pub(crate) fn note() -> Document {
    let mut document = Made::new("notes.jsonl")
        .part(PartKind::Article, None)
        .block(Role::Paragraph, "No title here. 1. And no date.")
        .done();
    document.source.record = Some(Place { index: 7, offset: 812, id: None });
    document.source.metadata =
        Metadata { id: Some("n-7".to_owned()), url: Some("https://notes.example/7".to_owned()), date: None };
    document
}

/// What a format writes of `documents` to a stream.
pub(crate) fn written(name: &str, options: &Options, documents: &[Document]) -> (String, Report) {
    let mut bytes = Vec::new();
    let mut export = Formats::core().get(name).unwrap().open(Target::Stream(&mut bytes), options).unwrap();
    for document in documents {
        export.add(document).unwrap();
    }
    let report = export.finish().unwrap();
    (String::from_utf8(bytes).unwrap(), report)
}
