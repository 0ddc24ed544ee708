//! The items of a page's JSON-LD: which of them describes the page, and which are meant where others give an id.

use super::{
    json_ld::Value,
    kind::{Kinds, kinds},
};
use std::{borrow::Cow, cell::OnceCell, collections::HashMap};

/// The items of all scripts.
pub(super) struct Graph<'g, 'a> {
    items: &'g [Value<'a>],
    /// Those that have a name, by their ids; of several of one id the last.
    named: OnceCell<HashMap<&'g str, &'g Value<'a>>>,
}

impl<'g, 'a> Graph<'g, 'a> {
    pub(super) fn of(items: &'g [Value<'a>]) -> Self {
        Graph { items, named: OnceCell::new() }
    }

    /// The item that describes the page: of the best type, and the first of it. The questions that a page answers by itself
    /// are none of what it was published for.
    pub(super) fn main_item(&self) -> Option<&'g Value<'a>> {
        let mut best: Option<(u8, &'g Value<'a>)> = None;
        let mut queue: Vec<(&'g Value<'a>, u8)> = self.items.iter().rev().map(|value| (value, 0)).collect();
        while let Some((value, depth)) = queue.pop() {
            match value {
                Value::List(values) if depth < 6 => {
                    queue.extend(values.iter().rev().map(|value| (value, depth + 1)))
                }
                Value::Object(_) => {
                    let rank = (1..=4)
                        .rev()
                        .find(|&rank| value.is_a(|kind| article_rank(kind) == rank))
                        .unwrap_or(0);
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

    /// The kinds of page that its items name.
    pub(super) fn kinds(&self) -> Kinds {
        self.items.iter().map(types).fold(Kinds::NONE, Kinds::with)
    }

    /// The name of a person or organization: written out, or where `@id` points.
    pub(super) fn name_of(&self, value: &'g Value<'a>) -> Option<&'g str> {
        let value = self.resolved(value);
        value.text().or_else(|| value.get("name").and_then(Value::text))
    }

    /// The item with a name that the `@id` of an item without one points to, or the item itself.
    pub(super) fn resolved(&self, value: &'g Value<'a>) -> &'g Value<'a> {
        if is_named(value) {
            return value;
        }
        let id = value.get("@id").and_then(Value::text);
        id.and_then(|id| self.named().get(id)).copied().unwrap_or(value)
    }

    fn named(&self) -> &HashMap<&'g str, &'g Value<'a>> {
        self.named.get_or_init(|| {
            let mut named = HashMap::new();
            let mut queue: Vec<&'g Value<'a>> = self.items.iter().collect();
            while let Some(item) = queue.pop() {
                match item {
                    Value::List(values) => queue.extend(values),
                    Value::Object(_) => {
                        if let Some(id) = item.get("@id").and_then(Value::text).filter(|_| is_named(item)) {
                            named.entry(id).or_insert(item);
                        }
                        queue.extend(item.get("@graph"));
                    }
                    _ => {}
                }
            }
            named
        })
    }

    /// The name of the site, by an item that describes it.
    pub(super) fn site(&self) -> Option<&'g str> {
        let items = self.items.iter().flat_map(|value| value.get("@graph").unwrap_or(value).each());
        items
            .filter(|item| item.is_a(|kind| matches!(kind, "WebSite" | "NewsMediaOrganization")))
            .find_map(|item| item.get("name")?.text())
    }
}

/// Whether an item says by itself whom it is about.
fn is_named(value: &Value<'_>) -> bool {
    value.text().is_some() || ["name", "familyName"].iter().any(|name| value.get(name).is_some())
}

/// The name of a person or organization, put together where given and family name are apart.
pub(super) fn full_name<'g>(value: &'g Value<'_>) -> Option<Cow<'g, str>> {
    if let Some(name) = value.text().or_else(|| value.get("name").and_then(Value::text)) {
        return Some(Cow::Borrowed(name));
    }
    let part = |name| value.get(name).and_then(Value::text);
    let parts: Vec<&str> = ["givenName", "familyName"].into_iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| Cow::Owned(parts.join(" ")))
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

/// How much a schema.org type speaks for being what the page was published for; 0 where not at all.
pub(super) fn article_rank(kind: &str) -> u8 {
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
pub(super) fn is_thread(kind: &str) -> bool {
    matches!(kind, "DiscussionForumPosting" | "QAPage" | "Question")
}
