//! From a rendered page and its lines' roles to a document.

use super::{
    authors, dates, entity,
    metadata::Metadata,
    page::{Line, Page},
    region::Region,
    roles::{Decision, without_empty_comments},
    tag::Tag,
    thread, title,
};
use crate::{
    annotation::Annotation,
    block::Block,
    document::Document,
    language,
    offsets::Offsets,
    part::{Part, PartKind},
    role::Role,
};
use std::borrow::Cow;

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
    let decisions = &without_empty_comments(decisions.to_vec());
    let mut order: Vec<PartKind> = decisions.iter().map(|decision| decision.part).collect();
    order.sort_unstable();
    order.dedup();
    for &kind in &order {
        document.parts.push(Part::new(kind));
    }
    let bylines = authors::Bylines::new(source, page, region, metadata, decisions);
    let mut source_lines = Offsets::new(source);
    for (at, (line, decision)) in page.lines.iter().zip(decisions).enumerate() {
        let part = order.iter().position(|&kind| kind == decision.part).unwrap_or_default();
        let mut block = block(source, page, line, decision, part);
        block.author = bylines.named_by(at);
        block.origin_line = u32::try_from(source_lines.line(line.origin.start)).ok();
        block.language = language(source, page, line, document.language.as_deref());
        document.blocks.push(block);
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
        part.url = metadata.address(url.as_deref());
        part.topics.clone_from(&metadata.topics);
        part.published = published;
        part.modified = dates::modified(metadata);
    }
}

/// The language of a line where it is another than the document's: the one that an element around it states, else the one
/// that its script shows.
fn language(source: &str, page: &Page, line: &Line, document: Option<&str>) -> Option<Cow<'static, str>> {
    let container = page.containers.get(line.markup.container as usize);
    let stated = container.and_then(|container| super::language_tag(&source[container.language?]));
    let Some(stated) = stated else {
        let text = &page.text[line.span];
        return if text.is_ascii() {
            None
        } else {
            language::detect_beside(text, document).map(Cow::Borrowed)
        };
    };
    // "en" and "en-GB" do not differ: one says more than the other.
    let differs = document.is_none_or(|document| {
        let is_part = |whole: &str, part: &str| {
            whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        !is_part(document, &stated) && !is_part(&stated, document)
    });
    differs.then_some(Cow::Owned(stated))
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

#[cfg(test)]
mod tests {
    use crate::{Document, PartKind, Record, Registry, Role};

    fn languages(source: &str) -> (Option<String>, Vec<Option<String>>) {
        let source = format!("<!doctype html>{source}");
        let document = Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0);
        let tags = document.blocks.iter().map(|block| block.language.as_deref().map(str::to_owned));
        (document.language.as_deref().map(str::to_owned), tags.collect())
    }

    #[test]
    fn a_block_has_the_language_that_its_element_states_where_it_is_another() {
        let (page, blocks) = languages(
            "<html lang=en><p>The bridge is open.<p lang=fr>Le pont.<div lang=de-AT><p>Die Brücke.<p lang=en-GB>Bridge.</div><p>End.",
        );
        assert_eq!(page.as_deref(), Some("en"));
        let blocks: Vec<_> = blocks.iter().map(Option::as_deref).collect();
        assert_eq!(blocks, [None, Some("fr"), Some("de-AT"), None, None]);
    }

    #[test]
    fn a_block_in_another_script_has_its_language() {
        let (_, blocks) = languages("<html lang=en><p>The bridge is open.<p>Мост открыт для всех.<p>Über");
        assert_eq!(blocks.iter().map(Option::as_deref).collect::<Vec<_>>(), [None, Some("ru"), None]);
        let (_, blocks) = languages("<html lang=ja><p>橋は今日から通れる。<p>新橋開通");
        assert_eq!(blocks, [None, None]);
    }

    fn document(source: &str) -> Document {
        let source = format!("<!doctype html>{source}");
        Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0)
    }

    const TEXT: &str = "<p>The bridge over the river opens again on Friday, a year after the flood, and the town hopes for guests.\
        <p>The ferry goes on until the end of the summer, said the captain, who has sailed her for twenty years and more.";

    #[test]
    fn a_counter_without_comments_is_no_part_of_them() {
        let kinds = |comments: &str| {
            let page = format!(
                "<h1>Bridge opens</h1><div>{TEXT}</div><div class=comments><a href=#c>12</a>{comments}</div>"
            );
            document(&page).parts.iter().map(|part| part.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(""), [PartKind::Article, PartKind::Furniture]);
        assert!(kinds("<p>At last, I say.</p>").contains(&PartKind::Comments));
    }

    #[test]
    fn a_byline_names_its_authors() {
        let document = document(&format!(
            "<article><h1>Bridge opens</h1><p class=byline>By Ana Meier and Tom Reed</p>{TEXT}</article>"
        ));
        let byline = document.blocks.iter().find(|block| block.role == Role::Byline).unwrap();
        assert_eq!(byline.author.as_deref(), Some("Ana Meier, Tom Reed"));
        assert!(document.blocks.iter().all(|block| block.role == Role::Byline || block.author.is_none()));
    }

    #[test]
    fn what_a_forum_writes_beside_a_name_is_no_text() {
        let document = document(&format!(
            "<h1>Which lamp?</h1><div class=post><div class=info><div>Joined: May 2010</div><div>Posts: 1,234</div>\
             <div>Location: Varnsund</div></div><div class=content>{TEXT}</div></div>"
        ));
        let profile = document.blocks.iter().filter(|block| document.slice(block).contains(": "));
        assert!(
            profile.clone().count() == 3 && profile.clone().all(|block| !block.role.is_body()),
            "{:?}",
            document.blocks
        );
        assert!(document.article().unwrap().authors.is_empty());
    }

    #[test]
    fn the_dates_of_a_page_have_one_order() {
        let page = |other: &str| {
            document(&format!(
                "<article><h1>Bridge opens</h1><p class=date>03/04/2023</p>{TEXT}<p>It was due on {other}.</article>"
            ))
        };
        let published = |page: Document| page.article().unwrap().published.clone().unwrap().edtf.to_string();
        assert_eq!(published(page("13/03/2023")), "2023-04-03");
        assert_eq!(published(page("03/13/2023")), "2023-03-04");
    }
}
