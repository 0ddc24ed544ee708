//! Roles from markup: what each line of a page does there, by its elements, its names and its links.

mod again;
mod comments;
mod cues;
mod decision;
mod embed;
mod features;
mod head;
mod headline;
mod held;
mod inside;
mod likely;
mod neighbours;
mod outside;
mod said;
mod section;
mod standfirst;
mod trained;

pub(crate) use self::decision::Decision;
pub use self::features::{N_FEATURES, N_FIRST};
pub(crate) use self::head::is_in_head;
pub use self::trained::{N_RUNS, TextModel};
use self::{
    cues::{is_credit, is_legal},
    decision::{article, furniture},
    features::Features,
    headline::title_line,
    said::Said,
};
use super::{
    dates,
    marks::Landmarks,
    metadata::Metadata,
    page::{Line, Page},
    region::{Region, ends_sentence},
    tag::Tag,
    words::Hints,
};
use crate::{
    edtf::Edtf,
    part::PartKind,
    role::Role,
    trees::{Table, Trees},
};

/// The model that ships; docs/models/main-text.md says what it was trained on.
pub(crate) static SHIPPED: TextModel = TextModel::shipped(include_bytes!("roles/main_text.trees"));

/// Decides the role of every line: by rules, then by `model`, which knows whole pages only, not the pieces of HTML that
/// feeds carry.
pub(crate) fn label_lines(
    page: &Page,
    metadata: &Metadata,
    region: &Region,
    model: &TextModel,
) -> Vec<Decision> {
    if page.lines.is_empty() {
        return Vec::new();
    }
    let labeller = Labeller::new(page, metadata, region);
    let mut decisions = labeller.by_rules();
    if page.head.title.is_some() {
        trained::decide(&labeller, model, &mut decisions);
        labeller.settle_standfirst(&mut decisions);
    }
    for (line, decision) in page.lines.iter().zip(&mut decisions) {
        let is_text = decision.part == PartKind::Article && decision.role.is_body();
        if is_text && line.markup.element == Tag::Caption {
            *decision = article(Role::Caption, decision.confidence, "the caption of a table");
        }
    }
    decisions
}

/// Decisions without a part of comments where no line is one: a counter and a button are of the page.
pub(crate) fn without_empty_comments(mut decisions: Vec<Decision>) -> Vec<Decision> {
    if !decisions.iter().any(|decision| decision.role == Role::Comment) {
        let of_comments = |decision: &&mut Decision| decision.part == PartKind::Comments;
        for decision in decisions.iter_mut().filter(of_comments) {
            let why = "of comments that the page does not hold";
            *decision = furniture(Role::Navigation, decision.confidence, why);
        }
    }
    decisions
}

/// The features of every line, those that know what the trees `first` say among them.
pub(crate) fn features(page: &Page, metadata: &Metadata, region: &Region, first: Option<&Trees>) -> Table {
    if page.lines.is_empty() {
        return Table::default();
    }
    let labeller = Labeller::new(page, metadata, region);
    let decisions = labeller.by_rules();
    let features = Features::of(&labeller, &decisions);
    let mut table = features.table();
    if let Some(first) = first {
        features.add_likely(&first.scores(&table), &mut table);
    }
    table
}

struct Labeller<'a> {
    page: &'a Page,
    metadata: &'a Metadata,
    region: &'a Region,
    title: Option<usize>,
    /// The last line in the container of the main text.
    last: Option<usize>,
    said: Vec<Said>,
    /// The dates on which the metadata say that the page was published or changed.
    stated: Vec<Edtf>,
}

/// How far below the main text what describes a picture still is the article's, in lines.
const BELOW: usize = 3;

impl<'a> Labeller<'a> {
    fn new(page: &'a Page, metadata: &'a Metadata, region: &'a Region) -> Self {
        let title = title_line(page, metadata, region);
        let last = region.inside_lines(page).next_back();
        let stated = metadata.published.iter().chain(&metadata.modified);
        let stated = stated.filter_map(|stated| dates::read(&stated.value)).collect();
        Labeller { page, metadata, region, title, last, said: said::read(page), stated }
    }

    fn by_rules(&self) -> Vec<Decision> {
        let mut decisions: Vec<Decision> =
            (0..self.page.lines.len()).map(|index| self.decide(index)).collect();
        self.settle(&mut decisions);
        decisions
    }

    fn line(&self, index: usize) -> &Line {
        &self.page.lines[index]
    }

    fn text(&self, index: usize) -> &str {
        &self.page.text[self.line(index).span]
    }

    /// The role of a line, by itself.
    fn decide(&self, index: usize) -> Decision {
        let line = self.line(index);
        let markup = &line.markup;
        let container = markup.container as usize;
        let hints = self.region.hints[container].with(markup.own);
        let landmarks = self.region.landmarks[container];
        let text = self.text(index);
        let chars = markup.chars;
        let linked = markup.link_chars * 10 > chars * 6;
        let inside = self.region.inside[container];
        let ends = ends_sentence(text);
        let is_text = ends && chars > 60 || chars > 140;
        if Some(index) == self.title {
            return article(Role::Title, 0.95, "the heading that names the page");
        }
        let after_title = self.title.is_none_or(|title| index > title);
        if markup.own.contains(Hints::UNSEEN) {
            return furniture(Role::Navigation, 0.8, "for screen readers only");
        }
        if landmarks.contains(Landmarks::COMMENT) || hints.contains(Hints::COMMENT) {
            return self.comment(index);
        }
        if markup.landmarks.contains(Landmarks::EMBED) && inside && after_title {
            return self.embedded(index);
        }
        if let Some(decision) = self.stamp_in_head(index) {
            return decision;
        }
        if hints.contains(Hints::LEGAL) {
            return furniture(Role::Legal, 0.7, "named as a legal notice");
        }
        if landmarks.any(Landmarks::NAV.with(Landmarks::SEARCH)) {
            return furniture(
                if landmarks.contains(Landmarks::SEARCH) { Role::Form } else { Role::Navigation },
                0.9,
                "in a navigation element",
            );
        }
        if landmarks.contains(Landmarks::DIALOG) || hints.contains(Hints::MODAL) {
            return furniture(Role::Promo, 0.7, "in a box over the page");
        }
        if landmarks.contains(Landmarks::BUTTON) {
            return furniture(Role::Navigation, 0.85, "on a button");
        }
        if hints.contains(Hints::RELATED) {
            return self.related(index, linked, "named as related");
        }
        if hints.contains(Hints::ADVERT) {
            return furniture(Role::Promo, 0.75, "named as advertisement");
        }
        if hints.contains(Hints::PROMO) && !markup.within.contains(Landmarks::BODY) {
            return furniture(Role::Promo, 0.75, "named as promotion");
        }
        if hints.contains(Hints::SHARE) && !is_text {
            return furniture(Role::Navigation, 0.8, "named as sharing");
        }
        if landmarks.contains(Landmarks::FIGCAPTION)
            || hints.contains(Hints::CAPTION) && !(is_text && chars > 600)
        {
            let role =
                if hints.contains(Hints::CREDIT) || is_credit(text) { Role::Credit } else { Role::Caption };
            let is_below = self.last.is_some_and(|last| index > last + BELOW);
            return if inside || after_title && !is_below {
                article(role, 0.85, "a caption by its element or name")
            } else {
                furniture(Role::RelatedTeaser, 0.5, "a caption outside the article")
            };
        }
        if hints.contains(Hints::CREDIT) && chars < 200 && (inside || after_title) {
            return article(Role::Credit, 0.8, "named as credit");
        }
        if landmarks.contains(Landmarks::FOOTER) && !markup.within.contains(Landmarks::ARTICLE)
            || hints.contains(Hints::FOOTER) && !inside
        {
            return furniture(
                if is_legal(text) { Role::Legal } else { Role::Navigation },
                0.8,
                "at the foot of the page",
            );
        }
        if landmarks.contains(Landmarks::FORM) || hints.contains(Hints::FORM) && !is_text {
            return furniture(Role::Form, 0.7, "in a form");
        }
        if is_legal(text) && chars < 300 {
            return furniture(Role::Legal, 0.7, "a copyright notice");
        }
        if hints.contains(Hints::TAGS) && (linked || chars < 60) {
            return furniture(Role::Navigation, 0.75, "named as topics");
        }
        if hints.contains(Hints::NAVIGATION) && !is_text {
            return furniture(Role::Navigation, 0.75, "named as navigation");
        }
        if hints.contains(Hints::SIDEBAR) || landmarks.contains(Landmarks::ASIDE) {
            return self.related(index, linked, "beside the article");
        }
        if !inside {
            return self.outside(index, linked, is_text);
        }
        self.inside(index, hints, linked, ends, is_text)
    }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, label_lines};
    use crate::html::{metadata::Metadata, region::Region, render::render};

    /// Role and part of each line of `source`.
    fn roles(source: &str) -> Vec<String> {
        let page = render(source, false);
        let region = Region::find(&page);
        let metadata = Metadata::gather(source, &page, &region);
        let decisions = label_lines(&page, &metadata, &region, &SHIPPED);
        decisions.iter().map(|decision| format!("{} {}", decision.part, decision.role)).collect()
    }

    const BODY: &str = "<p>The bridge over the river opens again on Friday, a year after the flood that broke two of its \
        piers, and the town has paid for all of it.<p>Traders say that they had lost a third of their customers. They hope \
        that some of them will come back before the winter.<p>The old piers will be kept on the bank as a memorial.";

    #[test]
    fn an_article_is_parted_from_its_page() {
        let page = format!(
            "<meta property=og:title content='Bridge opens again'><nav><a href=/>Home</a></nav><main><h1>Bridge opens again</h1>\
             <p class=byline>By Ana Brandt</p><time>3 May 2021</time><div class=article-body>{BODY}\
             <figure><figcaption>The bridge</figcaption></figure></div></main>\
             <aside><h3>More news</h3><a href=/b>A ferry sinks in the harbour</a></aside><footer>© 2021 All rights reserved</footer>"
        );
        assert_eq!(
            roles(&page),
            [
                "furniture navigation",
                "article title",
                "article byline",
                "article timestamp",
                "article paragraph",
                "article paragraph",
                "article paragraph",
                "article caption",
                "furniture related_heading",
                "furniture related_title",
                "furniture legal",
            ]
        );
    }

    #[test]
    fn a_heading_over_links_heads_no_text() {
        let page = format!(
            "<h1>Bridge opens again</h1><div>{BODY}<h2>Elsewhere</h2><ul><li><a href=/b>A ferry sinks in the harbour on a calm day</a></ul></div>"
        );
        assert_eq!(roles(&page)[4..], ["furniture related_heading", "furniture related_title"]);
    }

    #[test]
    fn comments_are_a_part_of_their_own() {
        let page = format!(
            "<h1>Bridge opens again</h1><div>{BODY}</div><div id=comments><p><a href=/u>Jo</a> <time>4 May</time></p><p>At last, I say.</p></div>"
        );
        assert_eq!(roles(&page)[4..], ["comments comment_author", "comments comment"]);
    }

    #[test]
    fn a_name_that_covers_the_whole_page_is_no_name() {
        let page = format!("<div class=comments><h1>Bridge opens again</h1>{BODY}</div>");
        assert_eq!(roles(&page)[1], "article paragraph");
    }

    #[test]
    fn a_box_that_stands_there_twice_is_no_text() {
        let twice = "<p>You have now been registered, please load this page again.</p>";
        let page = format!("<h1>Bridge opens again</h1><div>{twice}{BODY}{twice}</div>");
        assert_eq!(roles(&page)[1], "furniture promo");
        assert_eq!(roles(&page)[2], "article paragraph");
    }

    #[test]
    fn comments_under_a_text_are_none_of_it_and_posts_of_a_thread_are() {
        let posts: String = [
            "Yes, it has: I drove over it this morning on my way to the market, and it held.",
            "No. What you drove over is the ferry, and it has been there for all of my life.",
            "Both of you are right, since there are two bridges, and one of them is a boat now.",
            "Has anyone asked the mayor? She said last week that the piers would be finished soon.",
        ]
        .map(|text| format!("<div class=comment><p>{text}</div>"))
        .concat();
        let under =
            roles(&format!("<title>Bridge</title><h1>Bridge opens again</h1><div>{BODY}</div>{posts}"));
        assert!(under[4..].iter().all(|role| role.starts_with("comments")), "{under:?}");
        let thread = roles(&format!(
            "<title>Bridge</title><body class=forum><h1>Has the bridge opened again?</h1><div id=thread>{posts}</div>"
        ));
        assert!(thread[1..].iter().all(|role| role == "article paragraph"), "{thread:?}");
    }

    #[test]
    fn however_many_comments_make_no_thread_of_an_article() {
        let comment = |number: usize| {
            format!(
                "<div class=comment><p>Comment {number}: I was there on the day of the flood, and it was not as they say.</div>"
            )
        };
        let page = |body: &str| {
            let comments: String = (0..90).map(comment).collect();
            roles(&format!(
                "<title>Bridge</title><h1>Bridge opens again</h1><div>{body}</div><div class=comments>{comments}</div>"
            ))
        };
        let text: String = (1..7).map(|number| BODY.replace("<p>", &format!("<p>{number}. "))).collect();
        let article = page(&text);
        assert!(article[19..].iter().all(|role| role.starts_with("comments")), "{article:?}");
    }

    #[test]
    fn words_tell_an_appeal_from_the_text_around_it() {
        let page = format!(
            "<h1>Bridge opens again</h1><div>{BODY}<p>Subscribe to our newsletter for free</p></div>"
        );
        assert_eq!(roles(&page)[4], "furniture promo");
    }

    #[test]
    fn a_heading_that_names_the_site_is_no_headline() {
        let page = format!(
            "<meta property=og:site_name content='The Daily Heron'><title>Ice melts - The Daily Heron</title>\
             <h2>The Daily Heron</h2><main><h1>Ice melts</h1>{BODY}</main>"
        );
        assert_eq!(roles(&page)[1], "article title");
    }

    #[test]
    fn a_heading_of_sources_heads_their_list() {
        let list = "<ol><li>Lund, P. Bridges of Norland. Harbour Press, 1999.<li>Lamp goes out. Coast Herald. 3 May 1987.</ol>";
        let page = format!(
            "<title>Bridge</title><article><h1>Bridge opens again</h1>{BODY}<h2>References</h2>{list}</article>"
        );
        assert_eq!(roles(&page)[4..], ["article heading", "article list_item", "article list_item"]);
    }

    #[test]
    fn the_caption_of_a_table_is_one() {
        let table = "<table><caption>Crossings of the bridge in a year, in thousands of cars, as the council counted them.</caption><tr><th>Year<th>Cars<tr><td>2019<td>41,000</table>";
        let page = format!("<article><h1>Bridge opens again</h1>{BODY}{table}</article>");
        assert_eq!(roles(&page)[4], "article caption");
    }

    #[test]
    fn what_could_not_be_read_is_no_copy() {
        let lost = format!("<p>{}.", "\u{FFFD}".repeat(90));
        let page =
            format!("<title>Bridge</title><article><h1>Bridge opens again</h1>{BODY}{lost}{lost}</article>");
        assert_eq!(roles(&page)[4..], ["article paragraph", "article paragraph"]);
    }

    #[test]
    fn short_paragraphs_in_scripts_without_spaces_are_text() {
        let page = |title: &str, text: [&str; 4]| {
            let text = text.map(|text| format!("<p>{text}</p>")).concat();
            roles(&format!(
                "<title>{title}</title><div class=menu><a href=/>1</a></div><div><h1>{title}</h1>{text}</div><div class=footer>x</div>"
            ))
        };
        let pages = [
            page(
                "老桥重新开放",
                [
                    "海港老桥周五重新开放。",
                    "这座桥去年在洪水中受损。",
                    "“大家等了很久，”市长说。",
                    "费用由市政府承担。",
                ],
            ),
            page(
                "橋が再び開通",
                [
                    "港の橋が再び開通した。",
                    "橋は昨年の洪水で壊れた。",
                    "「長く待った」と市長は話した。",
                    "費用は市が負担する。",
                ],
            ),
        ];
        for roles in pages {
            assert_eq!(roles[1], "article title");
            assert!(roles[2..6].iter().all(|role| role == "article paragraph"), "{roles:?}");
        }
    }

    #[test]
    fn a_page_without_text_has_no_roles() {
        assert!(roles("<div></div>").is_empty());
    }
}
