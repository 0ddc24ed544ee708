//! Metadata: what a page's head, its JSON-LD and its properties say of the article, each with its evidence.

use super::{
    entity,
    graph::{Graph, article_rank, full_name, is_thread},
    json_ld::Value,
    kind::{Kinds, kinds},
    page::{Field, FieldKind, Page},
    region::{Region, ends_sentence},
};
use crate::reference::resolved;
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
    /// Canonical address, as written.
    pub(crate) url: Option<Stated>,
    /// All addresses that the page calls its own, as written.
    pub(crate) urls: Vec<String>,
    /// What addresses are told from, as written.
    pub(crate) base: Option<String>,
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
        let graph = Graph::of(&graph);
        let item = graph.main_item();
        if let Some(item) = item {
            metadata.read_item(item, &graph);
        }
        metadata.kinds = graph.kinds();
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
            let canonical = metadata.url.iter().map(|url| url.value.clone());
            metadata.urls.splice(..0, canonical);
        }
        metadata.base = page.head.base.and_then(|base| fold(&source[base]));
        if let Some(language) = page.head.language {
            metadata.language = stated(&source[language], "html[lang]").or(metadata.language.take());
        }
        if metadata.site.is_none() {
            metadata.site = graph.site().and_then(|site| stated(site, "ld.WebSite"));
        }
        metadata
    }

    /// The address that the page calls its own, told from that of its record where it is not whole.
    pub(crate) fn address(&self, record: Option<&str>) -> Option<String> {
        let base = self.base.as_deref().and_then(|base| resolved(base, record));
        let base = base.as_deref().or(record);
        self.urls.iter().find_map(|url| resolved(url, base))
    }

    fn read_item<'g, 'a>(&mut self, item: &'g Value<'a>, graph: &Graph<'g, 'a>) {
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
                let author = graph.resolved(author);
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
            .and_then(|publisher| graph.name_of(publisher))
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
                Kind::Url => {
                    self.urls.push(value.value.clone());
                    self.url = self.url.take().or(Some(value));
                }
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
        /// How many lines below the first author another one is of the same text.
        const SAME_HEAD: u32 = 8;
        let mut author_line: Option<u32> = None;
        for field in page.fields.iter().filter(|field| !region.is_beside(page, field.line as usize)) {
            // The beginning of a long text is no title and no name.
            let shown = Some(&page.text[field.text]).filter(|_| !field.is_cut);
            let value = |field_name: &'static str| {
                stated(field.value.map(|value| &source[value]).or(shown)?, field_name)
            };
            // The text of a long element names days, but none for the page.
            let day = |field_name: &'static str| {
                stated(
                    field.value.map(|value| &source[value]).or(shown.filter(|text| is_stamp(text)))?,
                    field_name,
                )
            };
            match field.kind {
                FieldKind::Published => self.published.extend(day("itemprop[datePublished]")),
                FieldKind::Modified => self.modified.extend(day("itemprop[dateModified]")),
                FieldKind::Author => {
                    // Of the names of a thread the first is that of its opening post.
                    let is_apart = author_line.is_some_and(|line| field.line > line + SAME_HEAD);
                    let named = named_within(page, field).map(|name| &page.text[name.text]);
                    let text = named.unwrap_or(&page.text[field.text]);
                    if !is_apart && text.split_whitespace().count() <= 12 {
                        let stated = match named {
                            Some(name) => stated(name, "itemprop[author]"),
                            None => value("itemprop[author]"),
                        };
                        author_line = author_line.or(stated.as_ref().map(|_| field.line));
                        self.authors.extend(stated);
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

/// The name that an author's element holds, beside a post, a picture and the like.
fn named_within<'p>(page: &'p Page, author: &Field) -> Option<&'p Field> {
    let within = |field: &&Field| {
        field.text.start >= author.text.start && field.text.end <= author.text.end && !field.text.is_empty()
    };
    let from = page.fields.partition_point(|field| field.line < author.line);
    let near = page.fields[from..].iter().take_while(|field| field.line <= author.line + 2);
    near.filter(|field| field.kind == FieldKind::Name && field.value.is_none()).find(within)
}

/// Whether the text of an element that is named as a date is one and what it is called: short, and no sentence.
pub(crate) fn is_stamp(text: &str) -> bool {
    /// Longest such text, and the longest that may end as a sentence does, in bytes.
    const LONGEST: usize = 120;
    const CLOSED: usize = 40;
    text.len() <= CLOSED || text.len() <= LONGEST && !ends_sentence(text)
}

/// Whether a value is an address and not a name.
pub(crate) fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with("www.") || value.starts_with('/') || value.starts_with('@')
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
    fn a_property_of_the_whole_page_names_nothing() {
        for long in ["The ferry left the harbour late. ".repeat(100), "<p>The ferry left late.".repeat(100)] {
            let named = |name| format!("<div itemprop={name}>3 May 2021. {long}</div>");
            let page = of(
                "{}",
                &["headline", "articleSection", "datePublished", "dateModified"].map(named).concat(),
            );
            assert!(page.titles.is_empty() && page.sections.is_empty(), "{page:?}");
            assert!(page.published.is_empty() && page.modified.is_empty(), "{page:?}");
        }
    }

    #[test]
    fn an_address_may_be_told_from_that_of_the_page() {
        let (canonical, og) =
            ("<link rel=canonical href='../ice'>", "<meta property=og:url content='//o.example/ice'>");
        let base = |href: &str| format!("<base href='{href}'><base href=/none/>");
        for (head, record, address) in [
            (canonical.to_owned(), Some("https://h.example/a/b"), Some("https://h.example/ice")),
            (canonical.to_owned(), None, None),
            (og.to_owned(), Some("http://h.example/a"), Some("http://o.example/ice")),
            (base("https://b.example/x/y") + canonical, None, Some("https://b.example/ice")),
            (base("/x/y/") + canonical, Some("https://h.example/a/b"), Some("https://h.example/x/ice")),
            (base("/x/y/") + canonical, None, None),
            // What cannot be told gives way to what is whole.
            (
                canonical.to_owned() + "<meta property=og:url content=https://o.example/ice>",
                None,
                Some("https://o.example/ice"),
            ),
        ] {
            assert_eq!(of("{}", &head).address(record).as_deref(), address, "{head}");
        }
    }

    #[test]
    fn authors_are_found_by_their_ids() {
        let people = r##"{"@id":"#b","name":"Bo Dahl"},{"@id":"#a"},{"@id":"#a","name":"Ada Holm"},{"@id":"#a","name":"Ada"}"##;
        let json = format!(
            r##"{{"@graph":[{{"@type":"Article","author":[{{"@id":"#a"}},{{"@id":"#c"}},{{"@id":"#b"}}]}},{people}]}}"##
        );
        let authors: Vec<String> = of(&json, "").authors.into_iter().map(|author| author.value).collect();
        assert_eq!(authors, ["Ada", "Bo Dahl"]);
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
