//! Documents of any shape that the model allows.

use corpus_core::{
    Annotation, Block, Diagnostic, Document, DocumentId, Edtf, Evidence, Metadata, Method, Part, PartKind,
    Place, Published, Role, Severity, Source, Span,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "\\PC{0,12}", 1 => any::<String>()]
}

fn span() -> impl Strategy<Value = Span> {
    (0..u32::MAX as usize / 2, 0..1_000_usize).prop_map(|(start, len)| Span::new(start, start + len))
}

fn edtf() -> impl Strategy<Value = Edtf> {
    select(vec!["2017-10-02", "XXXX-09-06", "2020-09-14/..", "201X", "2017-10-02T11:57+02:00", "../2019"])
        .prop_map(|date| date.parse().unwrap())
}

fn metadata() -> impl Strategy<Value = Metadata> {
    (option::of(text()), option::of(text()), option::of(text())).prop_map(|(id, url, date)| Metadata {
        id,
        url,
        date,
    })
}

fn source() -> impl Strategy<Value = Source> {
    let place = (any::<u64>(), any::<u64>(), option::of(text())).prop_map(|(index, offset, id)| Place {
        index,
        offset,
        id,
    });
    (text(), text(), any::<u64>(), text(), option::of(place), metadata(), option::of(text())).prop_map(
        |(uri, media_type, bytes, blake3, record, metadata, fetched)| {
            let mut source = Source::default();
            (source.uri, source.media_type, source.bytes) = (uri, media_type, bytes);
            (source.blake3, source.record, source.metadata) = (blake3, record, metadata);
            source.fetched = fetched;
            source
        },
    )
}

fn published() -> impl Strategy<Value = Published> {
    let method =
        select(vec![Method::Metadata, Method::Timestamp, Method::Url, Method::Record, Method::Inferred]);
    let evidence = prop_oneof![
        span().prop_map(|span| Evidence::Span { span }),
        (text(), text()).prop_map(|(field, value)| Evidence::Field { field, value }),
    ];
    (edtf(), option::of(edtf()), method, vec(evidence, 0..3), option::of(edtf())).prop_map(
        |(edtf, timestamp, method, evidence, bounds)| {
            let none = Evidence::Span { span: Span::new(0, 0) };
            let mut published = Published::new(edtf.clone(), method, none);
            (published.edtf, published.timestamp) = (edtf, timestamp);
            (published.evidence, published.bounds) = (evidence, bounds);
            published
        },
    )
}

fn part() -> impl Strategy<Value = Part> {
    let kind = select(vec![PartKind::Article, PartKind::Embedded, PartKind::Comments, PartKind::Furniture]);
    let texts = || vec(text(), 0..3);
    let names = (option::of(text()), texts(), option::of(text()), option::of(text()), texts());
    (kind, names, option::of(published()), option::of(published())).prop_map(
        |(kind, (title, authors, site, url, topics), modified, published)| {
            let mut part = Part::new(kind);
            (part.title, part.authors, part.site, part.url) = (title, authors, site, url);
            (part.topics, part.modified, part.published) = (topics, modified, published);
            part
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let numbers = (
        any::<u32>(),
        0.0..=1.0_f32,
        option::of(any::<u8>()),
        option::of(any::<u8>()),
        option::of(any::<u32>()),
    );
    let texts = (
        text(),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let rest =
        (any::<bool>(), option::of(edtf()), vec(span(), 0..3), option::of(span()), option::of(any::<u32>()));
    (span(), select(Role::ALL), numbers, texts, rest).prop_map(|(span, role, numbers, texts, rest)| {
        let mut block = Block::new(span, role);
        block.part = numbers.0 as usize;
        (block.confidence, block.level, block.depth, block.ordinal) =
            (numbers.1, numbers.2, numbers.3, numbers.4);
        (block.why, block.language) = (texts.0.into(), texts.1.map(Into::into));
        (block.label, block.author, block.path, block.outlet) = (texts.2, texts.3, texts.4, texts.5);
        (block.truncated, block.timestamp, block.cells, block.origin, block.origin_line) = rest;
        block
    })
}

fn annotation() -> impl Strategy<Value = Annotation> {
    let value = prop_oneof![
        Just(serde_json::Value::Null),
        (text(), any::<i64>())
            .prop_map(|(text, number)| serde_json::json!({"type": text, "n": [number, null]})),
        text().prop_map(serde_json::Value::from),
    ];
    let layer = select(vec!["name", "time", "link"]);
    (span(), layer, value, text(), 0.0..=1.0_f32).prop_map(|(span, layer, value, rule, confidence)| {
        Annotation { span, layer: layer.into(), value, rule: rule.into(), confidence }
    })
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let severity = select(vec![Severity::Info, Severity::Warning]);
    (text(), severity, text(), option::of(span())).prop_map(|(code, severity, message, span)| Diagnostic {
        code: code.into(),
        severity,
        message: message.into(),
        span,
    })
}

/// A document whose fields hold anything; its spans need not lie in its text.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    let lists = (
        vec(source(), 0..3),
        vec(part(), 0..4),
        vec(block(), 0..5),
        vec(annotation(), 0..5),
        vec(diagnostic(), 0..3),
    );
    (source(), text(), option::of(text()), lists).prop_map(|(source, text, language, lists)| {
        let mut document = Document::new(DocumentId::of(&source, None), source, text);
        document.language = language.map(Into::into);
        (document.also, document.parts, document.blocks, document.annotations, document.diagnostics) = lists;
        document
    })
}
