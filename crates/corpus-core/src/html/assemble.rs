//! From a rendered page and its lines' roles to a document.

use super::{
    authors, dates, entity,
    metadata::Metadata,
    page::{Line, Page},
    region::Region,
    roles::Decision,
    tag::Tag,
    thread, title,
};
use crate::{
    annotation::Annotation,
    block::Block,
    document::Document,
    part::{Part, PartKind},
    role::Role,
};

/// Puts parts, blocks and links into `document`, whose text is the page's.
pub(crate) fn assemble(
    document: &mut Document,
    source: &str,
    page: &Page,
    metadata: &Metadata,
    decisions: &[Decision],
    region: &Region,
) {
    let url = document.source.metadata.url.clone();
    let published = dates::published(source, page, region, metadata, decisions, url.as_deref());
    let mut order: Vec<PartKind> = decisions.iter().map(|decision| decision.part).collect();
    order.sort_unstable();
    order.dedup();
    for &kind in &order {
        document.parts.push(Part::new(kind));
    }
    for (line, decision) in page.lines.iter().zip(decisions) {
        let part = order.iter().position(|&kind| kind == decision.part).unwrap_or_default();
        document.blocks.push(block(source, page, line, decision, part));
    }
    for comment in thread::find(source, page, decisions) {
        for block in document.blocks[comment.lines].iter_mut().filter(|block| block.role.is_comment()) {
            block.author.clone_from(&comment.author);
            block.path = Some(comment.path.clone());
            block.ordinal = Some(comment.ordinal);
            block.depth = Some(comment.depth);
        }
    }
    document.annotations = page
        .links
        .iter()
        .filter(|link| !link.span.is_empty())
        .map(|link| {
            let mut value = serde_json::Map::new();
            value.insert("href".into(), entity::decode(source[link.href].trim(), true).into());
            if let Some(rel) = link.rel {
                value.insert("rel".into(), source[rel].trim().into());
            }
            Annotation {
                span: link.span,
                layer: "link".into(),
                value: value.into(),
                rule: "html.a".into(),
                confidence: 1.0,
            }
        })
        .collect();
    document.annotations.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    if let Some(index) = order.iter().position(|&kind| kind == PartKind::Article) {
        let headline = decisions
            .iter()
            .position(|decision| decision.role == Role::Title)
            .map(|index| &page.text[page.lines[index].span]);
        let part = &mut document.parts[index];
        part.title = title::title(metadata, page, headline);
        part.authors = authors::authors(source, page, region, metadata, decisions);
        part.site = metadata.site.as_ref().map(|site| site.value.clone());
        part.url = metadata.url.as_ref().map(|url| url.value.clone()).filter(|url| url.contains("://"));
        part.topics.clone_from(&metadata.topics);
        part.published = published;
        part.modified = dates::modified(metadata);
    }
}

fn block(source: &str, page: &Page, line: &Line, decision: &Decision, part: usize) -> Block {
    let markup = &line.markup;
    let mut block = Block::new(line.span, decision.role);
    block.part = part;
    block.confidence = decision.confidence;
    block.why = decision.why.into();
    block.origin = Some(line.origin);
    match decision.role {
        Role::Title | Role::Heading => block.level = Some(markup.level).filter(|&level| level > 0),
        Role::ListItem => {
            block.depth = Some(markup.list_depth).filter(|&depth| depth > 0);
            block.ordinal = markup.ordinal;
        }
        Role::Timestamp | Role::CommentAuthor => block.timestamp = thread::timestamp(source, page, line.span),
        _ => {}
    }
    if markup.element == Tag::Tr {
        block.cells = page.cells[markup.cells.0 as usize..markup.cells.1 as usize].to_vec();
    }
    block.truncated = matches!(decision.role, Role::RelatedTeaser | Role::RelatedTitle | Role::Comment)
        && ["…", "...", "[…]", "[...]"].iter().any(|cut| page.text[line.span].ends_with(cut));
    block
}
