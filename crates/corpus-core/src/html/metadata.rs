//! Metadata: what a page's head, its JSON-LD and its properties say of the article, each with its evidence.

use super::{
    entity,
    json_ld::Value,
    kind::{Kinds, kinds},
    page::{FieldKind, Page},
    region::Region,
};
use std::borrow::Cow;

/// A value and the field of the page that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The value, white space folded.
    pub(crate) value: String,
    /// The field, such as `ld.headline` or `meta[og:title]`.
    pub(crate) field: Cow<'static, str>,
}

/// What a page says of its article. Lists of candidates are in order of precedence.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// Headlines, not yet parted from the site's name.
    pub(crate) titles: Vec<Stated>,
    /// Names of authors, as written: one field may name several.
    pub(crate) authors: Vec<Stated>,
    /// Name of the site.
    pub(crate) site: Option<Stated>,
    /// Canonical address.
    pub(crate) url: Option<Stated>,
    /// BCP 47 language, as written.
    pub(crate) language: Option<Stated>,
    /// Dates of publication, as written.
    pub(crate) published: Vec<Stated>,
    /// Dates of change, as written.
    pub(crate) modified: Vec<Stated>,
    /// Topics, tags and keywords.
    pub(crate) topics: Vec<String>,
    /// Descriptions.
    pub(crate) descriptions: Vec<Stated>,
    /// Sections.
    pub(crate) sections: Vec<Stated>,
    /// Whether JSON-LD or OpenGraph says that the page is an article.
    pub(crate) is_article: bool,
    /// The kinds of page that JSON-LD and OpenGraph name.
    pub(crate) kinds: Kinds,
}

/// What a `<meta>` can state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Author,
    Site,
    Url,
    Language,
    Published,
    Modified,
    Topics,
    Description,
    Section,
    PageType,
}

/// Names of `<meta>` elements in lower case, in order of precedence within a kind.
const METAS: &[(&str, Kind)] = &[
    ("og:title", Kind::Title),
    ("headline", Kind::Title),
    ("citation_title", Kind::Title),
    ("parsely-title", Kind::Title),
    ("sailthru.title", Kind::Title),
    ("cxenseparse:title", Kind::Title),
    ("dc.title", Kind::Title),
    ("dcterms.title", Kind::Title),
    ("twitter:title", Kind::Title),
    ("title", Kind::Title),
    ("author", Kind::Author),
    ("authors", Kind::Author),
    ("citation_author", Kind::Author),
    ("byl", Kind::Author),
    ("byline", Kind::Author),
    ("parsely-author", Kind::Author),
    ("sailthru.author", Kind::Author),
    ("cxenseparse:author", Kind::Author),
    ("dc.creator", Kind::Author),
    ("dcterms.creator", Kind::Author),
    ("dc.creator.author", Kind::Author),
    ("article:author", Kind::Author),
    ("article:author_name", Kind::Author),
    ("og:author", Kind::Author),
    ("og:article:author", Kind::Author),
    ("rbauthors", Kind::Author),
    ("og:site_name", Kind::Site),
    ("application-name", Kind::Site),
    ("apple-mobile-web-app-title", Kind::Site),
    ("dc.publisher", Kind::Site),
    ("citation_journal_title", Kind::Site),
    ("og:url", Kind::Url),
    ("content-language", Kind::Language),
    ("og:locale", Kind::Language),
    ("language", Kind::Language),
    ("dc.language", Kind::Language),
    ("article:published_time", Kind::Published),
    ("article:published", Kind::Published),
    ("og:article:published_time", Kind::Published),
    ("datepublished", Kind::Published),
    ("rnews:datepublished", Kind::Published),
    ("parsely-pub-date", Kind::Published),
    ("sailthru.date", Kind::Published),
    ("cxenseparse:recs:publishtime", Kind::Published),
    ("cxenseparse:publishtime", Kind::Published),
    ("citation_publication_date", Kind::Published),
    ("citation_online_date", Kind::Published),
    ("citation_date", Kind::Published),
    ("publication_date", Kind::Published),
    ("publication-date", Kind::Published),
    ("publicationdate", Kind::Published),
    ("publishdate", Kind::Published),
    ("publish_date", Kind::Published),
    ("publish-date", Kind::Published),
    ("published_time", Kind::Published),
    ("published_at", Kind::Published),
    ("published-date", Kind::Published),
    ("publisheddate", Kind::Published),
    ("pubdate", Kind::Published),
    ("pub_date", Kind::Published),
    ("bt:pubdate", Kind::Published),
    ("dc.date.issued", Kind::Published),
    ("dcterms.issued", Kind::Published),
    ("dcterms.created", Kind::Published),
    ("dc.date.created", Kind::Published),
    ("dc.date.publication", Kind::Published),
    ("article_date_original", Kind::Published),
    ("article:post_date", Kind::Published),
    ("article.published", Kind::Published),
    ("article.created", Kind::Published),
    ("originalpublicationdate", Kind::Published),
    ("displaydate", Kind::Published),
    ("og:pubdate", Kind::Published),
    ("og:published_time", Kind::Published),
    ("og:release_date", Kind::Published),
    ("datecreated", Kind::Published),
    ("creation_date", Kind::Published),
    ("dc.date", Kind::Published),
    ("dcterms.date", Kind::Published),
    ("date", Kind::Published),
    ("article:modified_time", Kind::Modified),
    ("datemodified", Kind::Modified),
    ("og:article:modified_time", Kind::Modified),
    ("og:updated_time", Kind::Modified),
    ("dcterms.modified", Kind::Modified),
    ("dc.date.modified", Kind::Modified),
    ("last-modified", Kind::Modified),
    ("lastmod", Kind::Modified),
    ("article:tag", Kind::Topics),
    ("news_keywords", Kind::Topics),
    ("keywords", Kind::Topics),
    ("parsely-tags", Kind::Topics),
    ("sailthru.tags", Kind::Topics),
    ("dc.subject", Kind::Topics),
    ("og:description", Kind::Description),
    ("description", Kind::Description),
    ("twitter:description", Kind::Description),
    ("dc.description", Kind::Description),
    ("article:section", Kind::Section),
    ("parsely-section", Kind::Section),
    ("og:type", Kind::PageType),
];

/// The most titles and descriptions that are kept, beside the title of the page: lines are compared with each.
const MOST_STATED: usize = 64;

impl Metadata {
    /// Gathers what `page`, rendered from `source`, says of itself.
    pub(crate) fn gather(source: &str, page: &Page, region: &Region) -> Metadata {
        let mut metadata = Metadata::default();
        let mut graph = Vec::new();
        for &script in &page.head.json_ld {
            graph.extend(Value::read(&source[script]));
        }
        let item = main_item(&graph);
        if let Some(item) = item {
            metadata.read_item(item, &graph);
        }
        metadata.kinds = graph.iter().map(types).fold(Kinds::NONE, Kinds::with);
        metadata.read_metas(source, page);
        metadata.is_article &= !item.is_some_and(|item| item.is_a(is_thread));
        metadata.read_fields(source, page, region);
        metadata.titles.truncate(MOST_STATED);
        metadata.descriptions.truncate(MOST_STATED);
        if let Some(title) = page.head.title {
            metadata.titles.extend(stated(&source[title], "title"));
        }
        if let Some(url) = page.head.canonical {
            metadata.url = stated(&source[url], "link[canonical]");
        }
        if let Some(language) = page.head.language {
            metadata.language = stated(&source[language], "html[lang]").or(metadata.language.take());
        }
        if metadata.site.is_none() {
            metadata.site = site_of(&graph);
        }
        metadata
    }

    fn read_item(&mut self, item: &Value<'_>, graph: &[Value<'_>]) {
        self.is_article = item.is_a(|kind| article_rank(kind) > 1);
        let member = |name: &str| item.get(name);
        let text = |name: &'static str, field: &'static str| {
            member(name).and_then(Value::text).and_then(|value| stated(value, field))
        };
        self.titles.extend(text("headline", "ld.headline"));
        self.titles.extend(text("name", "ld.name"));
        self.descriptions.extend(text("description", "ld.description"));
        self.sections.extend(text("articleSection", "ld.articleSection"));
        self.published.extend(text("datePublished", "ld.datePublished"));
        self.published.extend(text("uploadDate", "ld.uploadDate"));
        self.published.extend(text("dateCreated", "ld.dateCreated"));
        self.modified.extend(text("dateModified", "ld.dateModified"));
        self.language = text("inLanguage", "ld.inLanguage");
        for name in ["author", "creator"] {
            if !self.authors.is_empty() {
                break;
            }
            for author in member(name).map(Value::each).unwrap_or_default() {
                let author = resolved(author, graph);
                let field = match name {
                    _ if author.is_a(|kind| kind.ends_with("Organization")) => "ld.author[Organization]",
                    "author" => "ld.author",
                    _ => "ld.creator",
                };
                self.authors.extend(full_name(author).and_then(|name| stated(&name, field)));
            }
        }
        let publisher = member("publisher").and_then(|publisher| publisher.each().first());
        self.site = publisher
            .and_then(|publisher| name_of(publisher, graph))
            .and_then(|name| stated(name, "ld.publisher"));
        for keyword in member("keywords").map(Value::each).unwrap_or_default() {
            let keyword = keyword.text().or_else(|| keyword.get("name").and_then(Value::text));
            self.add_topics(keyword.unwrap_or_default());
        }
    }

    fn read_metas(&mut self, source: &str, page: &Page) {
        let mut found: Vec<(usize, &str, &str)> = Vec::new();
        for &(name, content) in &page.head.metas {
            let name = source[name].trim();
            for one in name.split_ascii_whitespace() {
                let known = METAS.iter().position(|(known, _)| is_named(one, known));
                if let Some(rank) = known.or_else(|| date_of_vendor(one)) {
                    found.push((rank, known.map_or(one, |rank| METAS[rank].0), &source[content]));
                }
            }
        }
        found.sort_by_key(|(rank, ..)| *rank);
        let mut authors_of = None;
        for (rank, name, content) in found {
            let Some(value) = stated_as(content, || format!("meta[{name}]")) else { continue };
            match METAS[rank].1 {
                Kind::Title => self.titles.push(value),
                Kind::Author => {
                    // Several elements of one name may name an author each; the next name says the same again.
                    if self.authors.is_empty() || authors_of == Some(rank) {
                        if !is_address(&value.value) {
                            authors_of = Some(rank);
                            self.authors.push(value);
                        }
                    } else {
                        self.authors.push(value);
                    }
                }
                Kind::Site => {
                    if name == "og:site_name" || self.site.is_none() {
                        self.site = Some(value);
                    }
                }
                Kind::Url => self.url = self.url.take().or(Some(value)),
                Kind::Language => self.language = self.language.take().or(Some(value)),
                Kind::Published => self.published.push(value),
                Kind::Modified => self.modified.push(value),
                Kind::Topics => self.add_topics(&value.value),
                Kind::Description => self.descriptions.push(value),
                Kind::Section => self.sections.push(value),
                Kind::PageType => {
                    self.is_article |= value.value.eq_ignore_ascii_case("article");
                    self.kinds = self.kinds.with(kinds(&value.value));
                }
            }
        }
    }

    fn read_fields(&mut self, source: &str, page: &Page, region: &Region) {
        for field in page.fields.iter().filter(|field| !region.is_beside(page, field.line as usize)) {
            let value = |field_name: &'static str| {
                let value = field.value.map_or(&page.text[field.text], |value| &source[value]);
                stated(value, field_name)
            };
            match field.kind {
                FieldKind::Published => self.published.extend(value("itemprop[datePublished]")),
                FieldKind::Modified => self.modified.extend(value("itemprop[dateModified]")),
                FieldKind::Author => {
                    let words = page.text[field.text].split_whitespace().count();
                    if words <= 12 {
                        self.authors.extend(value("itemprop[author]"));
                    }
                }
                FieldKind::Headline => self.titles.extend(value("itemprop[headline]")),
                FieldKind::Topic => {
                    if let Some(topic) = value("rel[tag]") {
                        self.add_topics(&topic.value);
                    }
                }
                FieldKind::Section => self.sections.extend(value("itemprop[articleSection]")),
                FieldKind::Time | FieldKind::Name | FieldKind::Commenter | FieldKind::Commented => {}
            }
        }
    }

    fn add_topics(&mut self, text: &str) {
        /// Most topics kept.
        const MOST: usize = 50;
        for topic in text.split([',', ';', '|', '،', '、']) {
            let topic = topic.split_whitespace().collect::<Vec<_>>().join(" ");
            let topic = topic.trim_matches(|character: char| matches!(character, '#' | '"' | '[' | ']'));
            let known = self.topics.iter().any(|known| known.eq_ignore_ascii_case(topic));
            if !topic.is_empty() && topic.len() <= 80 && !known && self.topics.len() < MOST {
                self.topics.push(topic.to_owned());
            }
        }
    }
}

/// Whether `name` is that of a `<meta>` as [`METAS`] has it; Dublin Core is also written "dc:date".
fn is_named(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
        || known.split_once('.').is_some_and(|(scheme, term)| {
            name.split_once(':').is_some_and(|(prefix, rest)| {
                prefix.eq_ignore_ascii_case(scheme) && rest.eq_ignore_ascii_case(term)
            })
        })
}

/// The rank of "date" for a name that a maker of pages puts a prefix of its own before, as in "ms.date".
fn date_of_vendor(name: &str) -> Option<usize> {
    const NAMES: &[&str] =
        &["date", "pubdate", "publishdate", "publish_date", "published", "publication_date", "uploaded"];
    let (_, name) = name.rsplit_once(['.', ':'])?;
    let is_date = NAMES.iter().any(|known| name.eq_ignore_ascii_case(known));
    METAS.iter().position(|(known, _)| is_date && *known == "date")
}

/// A value with its references read and its white space folded; `None` where nothing is left.
fn stated(text: &str, field: &'static str) -> Option<Stated> {
    Some(Stated { value: fold(text)?, field: Cow::Borrowed(field) })
}

fn stated_as(text: &str, field: impl FnOnce() -> String) -> Option<Stated> {
    Some(Stated { value: fold(text)?, field: Cow::Owned(field()) })
}

fn fold(text: &str) -> Option<String> {
    /// Longest value kept, in bytes.
    const LONGEST: usize = 4096;
    if text.len() > LONGEST {
        return None;
    }
    let decoded = entity::decode(text, false);
    // Values are often escaped twice.
    let decoded = if decoded.contains('&') {
        Cow::Owned(entity::decode(&decoded, false).into_owned())
    } else {
        decoded
    };
    let mut folded = String::with_capacity(decoded.len());
    for word in decoded.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    (!folded.is_empty()).then_some(folded)
}

/// Whether a value is an address and not a name.
pub(crate) fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with("www.") || value.starts_with('/') || value.starts_with('@')
}

/// How much a schema.org type speaks for being what the page was published for; 0 where not at all.
fn article_rank(kind: &str) -> u8 {
    match kind {
        "NewsArticle"
        | "Article"
        | "BlogPosting"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle"
        | "TechArticle"
        | "ScholarlyArticle"
        | "LiveBlogPosting"
        | "SocialMediaPosting"
        | "DiscussionForumPosting"
        | "Report"
        | "AdvertiserContentArticle"
        | "SatiricalArticle"
        | "MedicalScholarlyArticle"
        | "Review" => 4,
        "Recipe"
        | "HowTo"
        | "VideoObject"
        | "PodcastEpisode"
        | "Product"
        | "JobPosting"
        | "Event"
        | "Course"
        | "Book"
        | "QAPage"
        | "Question"
        | "SoftwareApplication"
        | "NewsMediaArticle"
        | "ImageGallery"
        | "MediaGallery" => 2,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" | "MedicalWebPage" | "CreativeWork" => 1,
        _ => 0,
    }
}

/// Whether a schema.org type is that of a thread: of a post with its replies, of a question with its answers.
fn is_thread(kind: &str) -> bool {
    matches!(kind, "DiscussionForumPosting" | "QAPage" | "Question")
}

/// The item that describes the page: of the best type, and the first of it. The questions that a page answers by itself
/// are none of what it was published for.
fn main_item<'g, 'a>(graph: &'g [Value<'a>]) -> Option<&'g Value<'a>> {
    let mut best: Option<(u8, &Value<'_>)> = None;
    let mut queue: Vec<(&Value<'_>, u8)> = graph.iter().rev().map(|value| (value, 0)).collect();
    while let Some((value, depth)) = queue.pop() {
        match value {
            Value::List(values) if depth < 6 => {
                queue.extend(values.iter().rev().map(|value| (value, depth + 1)))
            }
            Value::Object(_) => {
                let rank =
                    (1..=4).rev().find(|&rank| value.is_a(|kind| article_rank(kind) == rank)).unwrap_or(0);
                if rank > 0 && best.is_none_or(|(best, _)| rank > best) {
                    best = Some((rank, value));
                }
                if depth < 6 {
                    let has_questions = value.is_a(|kind| kind == "FAQPage");
                    for name in ["mainEntity", "mainEntityOfPage", "@graph"] {
                        let item = value.get(name).filter(|_| !has_questions || name != "mainEntity");
                        queue.extend(item.map(|value| (value, depth + 1)));
                    }
                }
            }
            _ => {}
        }
    }
    best.map(|(_, value)| value)
}

/// The kinds of page that the types of an item and of what it holds at top level name.
fn types(item: &Value<'_>) -> Kinds {
    let mut found = Kinds::NONE;
    for item in item.each() {
        for item in std::iter::once(item).chain(item.get("@graph").map(Value::each).unwrap_or_default()) {
            for kind in item.get("@type").map(Value::each).unwrap_or_default() {
                found = found.with(kind.text().map_or(Kinds::NONE, kinds));
            }
        }
    }
    found
}

/// The name of a person or organization: written out, or where `@id` points.
fn name_of<'g>(value: &'g Value<'_>, graph: &'g [Value<'_>]) -> Option<&'g str> {
    let value = resolved(value, graph);
    value.text().or_else(|| value.get("name").and_then(Value::text))
}

/// The name of a person or organization, put together where given and family name are apart.
fn full_name<'g>(value: &'g Value<'_>) -> Option<Cow<'g, str>> {
    if let Some(name) = value.text().or_else(|| value.get("name").and_then(Value::text)) {
        return Some(Cow::Borrowed(name));
    }
    let part = |name| value.get(name).and_then(Value::text);
    let parts: Vec<&str> = ["givenName", "familyName"].into_iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| Cow::Owned(parts.join(" ")))
}

/// The item with a name that the `@id` of an item without one points to, or the item itself.
fn resolved<'g, 'a>(value: &'g Value<'a>, graph: &'g [Value<'a>]) -> &'g Value<'a> {
    let is_named = |value: &Value<'_>| {
        value.text().is_some() || ["name", "familyName"].iter().any(|name| value.get(name).is_some())
    };
    if is_named(value) {
        return value;
    }
    let Some(id) = value.get("@id").and_then(Value::text) else { return value };
    let mut queue: Vec<&Value<'_>> = graph.iter().collect();
    while let Some(item) = queue.pop() {
        match item {
            Value::List(values) => queue.extend(values),
            Value::Object(_) => {
                if item.get("@id").and_then(Value::text) == Some(id) && is_named(item) {
                    return item;
                }
                queue.extend(item.get("@graph"));
            }
            _ => {}
        }
    }
    value
}

/// The name of the site, by an item of JSON-LD that describes it.
fn site_of(graph: &[Value<'_>]) -> Option<Stated> {
    let items = graph.iter().flat_map(|value| value.get("@graph").unwrap_or(value).each());
    let site = items
        .filter(|item| item.is_a(|kind| matches!(kind, "WebSite" | "NewsMediaOrganization")))
        .find_map(|item| item.get("name")?.text());
    stated(site?, "ld.WebSite")
}

#[cfg(test)]
mod tests {
    use super::Metadata;
    use crate::html::{region::Region, render::render};

    /// What a page with `json` as JSON-LD says of itself.
    fn of(json: &str, rest: &str) -> Metadata {
        let source =
            format!("<script type=application/ld+json>{json}</script>{rest}<p>The ferry sails at noon.");
        let page = render(&source, false);
        Metadata::gather(&source, &page, &Region::find(&page))
    }

    #[test]
    fn a_question_that_a_page_answers_names_no_page() {
        let question = r#"{"@type":"Question","name":"Does the ferry sail in winter?"}"#;
        let answered = of(&format!(r#"{{"@type":"FAQPage","mainEntity":[{question}]}}"#), "");
        assert!(answered.titles.is_empty() && !answered.is_article);
        let asked = of(&format!(r#"{{"@type":"WebPage","mainEntity":{question}}}"#), "");
        assert_eq!(asked.titles[0].value, "Does the ferry sail in winter?");
    }

    #[test]
    fn titles_and_descriptions_are_bounded() {
        let stated =
            "<meta property=og:title content=Ferries><meta name=description content=Boats>".repeat(1000);
        let page = of("{}", &format!("{stated}<title>Harbour</title>"));
        assert_eq!(
            (page.titles.len(), page.descriptions.len()),
            (super::MOST_STATED + 1, super::MOST_STATED)
        );
        assert_eq!(page.titles[super::MOST_STATED].value, "Harbour");
    }

    #[test]
    fn a_thread_is_no_article_whatever_else_says_so() {
        let shared = "<meta property=og:type content=article>";
        for kind in ["DiscussionForumPosting", "QAPage"] {
            assert!(!of(&format!(r#"{{"@type":"{kind}","name":"Ferries"}}"#), shared).is_article);
        }
        assert!(of(r#"{"@type":"Article","name":"Ferries"}"#, "").is_article);
        assert!(of(r#"{"@type":"WebPage","name":"Ferries"}"#, shared).is_article);
    }
}
