//! The comments of a page with markup: who says what, when, in answer to whom.

use super::{
    page::{Field, FieldKind, Page},
    roles::Decision,
    tag::Tag,
    tokenizer::{Token, Tokenizer},
};
use crate::{
    byline::words::after_introduction, date, edtf::Edtf, label::before_verb, part::PartKind, role::Role,
    span::Span,
};
use std::{collections::HashMap, ops::Range};

/// A comment.
#[derive(Debug, PartialEq)]
pub(super) struct Comment {
    /// Its lines, those that say who comments among them; not those of its replies.
    pub(super) lines: Range<usize>,
    /// Who comments.
    pub(super) author: Option<String>,
    /// Place in the thread: "3.1" is the first reply to the third comment.
    pub(super) path: String,
    /// Its number among those that answer the same comment.
    pub(super) ordinal: u32,
    /// Number of comments it answers in a row, plus one.
    pub(super) depth: u8,
}

/// The deepest reply that gets a place of its own.
const DEEPEST: usize = 32;

/// The comments of a page, in order; none where its lines do not show where one begins.
pub(super) fn find(source: &str, page: &Page, decisions: &[Decision]) -> Vec<Comment> {
    let lines: Vec<usize> =
        (0..decisions.len()).filter(|&at| decisions[at].part == PartKind::Comments).collect();
    let Some(&last) = lines.last() else { return Vec::new() };
    let mut thread = Thread { source, page, decisions, depths: depths(page), named: HashMap::new() };
    let begins = thread.begins(&lines);
    let levels: Vec<Option<u8>> = begins.iter().map(|&at| thread.stated_level(at)).collect();
    let lowest = levels.iter().flatten().min().copied();
    let is_stated = levels.iter().flatten().max().copied() > lowest;
    // The comments that the current one answers, the outermost first, each with its number among its like.
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut comments = Vec::with_capacity(begins.len());
    for (nth, &at) in begins.iter().enumerate() {
        let level = match (levels[nth], lowest) {
            (Some(level), Some(lowest)) if is_stated => usize::from(level - lowest).min(open.len()),
            _ => thread.level(&open, at),
        };
        let level = level.min(DEEPEST - 1);
        open.truncate(level + 1);
        match open.get_mut(level) {
            Some(sibling) => *sibling = (at, sibling.1 + 1),
            None => open.push((at, 1)),
        }
        let path: Vec<String> = open.iter().map(|(_, number)| number.to_string()).collect();
        let lines = at..begins.get(nth + 1).copied().unwrap_or(last + 1);
        comments.push(Comment {
            author: thread.author(lines.clone()),
            lines,
            path: path.join("."),
            ordinal: open[level].1,
            depth: open.len() as u8,
        });
    }
    comments
}

/// The date that a line states: that of its `<time>`, else the first that it shows.
pub(super) fn timestamp(source: &str, page: &Page, line: Span) -> Option<Edtf> {
    let stated = fields(page, line).find_map(|field| {
        let value = field.value.filter(|_| field.kind != FieldKind::Commenter)?;
        date::read_stamp(source[value].trim())
    });
    let has_digit = || page.text[line].bytes().any(|byte| byte.is_ascii_digit() || byte >= 0xD9);
    let shown = || page.date_in(&page.text[line]).map(|(_, date)| date);
    stated.or_else(|| has_digit().then(shown).flatten())
}

/// The fields that begin in `span`, in order.
fn fields(page: &Page, span: Span) -> impl Iterator<Item = &Field> {
    let from = page.fields.partition_point(|field| field.text.start < span.start);
    page.fields[from..].iter().take_while(move |field| field.text.start < span.end)
}

/// Number of elements around each container.
fn depths(page: &Page) -> Vec<u32> {
    let mut depths: Vec<u32> = Vec::with_capacity(page.containers.len());
    for container in &page.containers {
        depths.push(container.parent.map_or(0, |parent| depths[parent as usize] + 1));
    }
    depths
}

struct Thread<'a> {
    source: &'a str,
    page: &'a Page,
    decisions: &'a [Decision],
    depths: Vec<u32>,
    /// What the attributes of a container say, once asked.
    named: HashMap<u32, Named>,
}

/// What the attributes of an element say of a comment.
#[derive(Clone, Copy, Default)]
struct Named {
    /// Whether it holds one comment.
    is_comment: bool,
    /// Whether it holds the replies to one.
    is_replies: bool,
    /// How deep in the thread it says to lie.
    level: Option<u8>,
}

impl Thread<'_> {
    /// The first line of each comment: where an element begins that is named as one, or else, what is made as the line
    /// that first names who comments. A comment has text before the next one begins.
    fn begins(&mut self, lines: &[usize]) -> Vec<usize> {
        let named: Vec<bool> = lines.iter().map(|&at| self.begins_element(at)).collect();
        let is_named = named.iter().filter(|&&begins| begins).count() > 1;
        let is_author = |at: usize| self.decisions[at].role == Role::CommentAuthor;
        let Some(first) = lines.iter().copied().find(|&at| is_named || is_author(at)) else {
            return Vec::new();
        };
        let made = self.made(self.page.lines[first].markup.container);
        let mut begins = Vec::new();
        let mut has_text = true;
        for (&at, named) in lines.iter().zip(named) {
            let is_next = if is_named {
                named
            } else {
                is_author(at) && self.made(self.page.lines[at].markup.container) == made
            };
            if is_next && has_text {
                begins.push(at);
                has_text = false;
            }
            has_text |= !is_author(at);
        }
        begins
    }

    /// Whether an element that is named as a comment begins with this line.
    fn begins_element(&mut self, at: usize) -> bool {
        let mut next = Some(self.page.lines[at].markup.container);
        while let Some(container) = next {
            if self.page.containers[container as usize].first_line as usize != at {
                break;
            }
            if self.named(container).is_comment {
                return true;
            }
            next = self.page.containers[container as usize].parent;
        }
        false
    }

    /// How deep in the thread the elements around a line say that it lies.
    fn stated_level(&mut self, at: usize) -> Option<u8> {
        let mut next = Some(self.page.lines[at].markup.container);
        while let Some(container) = next {
            if let Some(level) = self.named(container).level {
                return Some(level);
            }
            next = self.page.containers[container as usize].parent;
        }
        None
    }

    /// How many of the `open` comments the one that begins at a line answers, by what holds both.
    fn level(&mut self, open: &[(usize, u32)], at: usize) -> usize {
        let mut answered = 0;
        for (level, &(other, _)) in open.iter().enumerate() {
            match self.relation(other, at) {
                Relation::Sibling => return level,
                Relation::Reply => answered = level + 1,
                Relation::None => {}
            }
        }
        answered
    }

    /// What the comment that begins at `next` is to the one before it that begins at `at`.
    fn relation(&mut self, at: usize, next: usize) -> Relation {
        let (mut one, mut other) =
            (self.page.lines[at].markup.container, self.page.lines[next].markup.container);
        let (mut branch, mut next_branch) = (None, None);
        while one != other {
            let climbs = self.depths[one as usize] >= self.depths[other as usize];
            let (from, to) = if climbs { (&mut one, &mut branch) } else { (&mut other, &mut next_branch) };
            *to = Some(*from);
            let Some(parent) = self.page.containers[*from as usize].parent else { return Relation::None };
            *from = parent;
        }
        let begins_here = self.page.containers[one as usize].first_line as usize == at;
        if begins_here && self.named(one).is_comment {
            return Relation::Reply;
        }
        match (branch, next_branch) {
            (None, None) => Relation::Sibling,
            (Some(branch), Some(next)) if self.are_alike(branch, next) => Relation::Sibling,
            (_, Some(next)) if begins_here || self.named(next).is_replies => Relation::Reply,
            _ => Relation::None,
        }
    }

    /// Whether two elements are made alike.
    fn are_alike(&mut self, one: u32, other: u32) -> bool {
        let (tag, class) = self.made(one);
        let (other_tag, other_class) = self.made(other);
        tag == other_tag
            && (class == other_class
                || matches!(tag, Tag::Li | Tag::Tr | Tag::Dd | Tag::Dt)
                || self.named(one).is_comment && self.named(other).is_comment)
    }

    /// What an element is made as: its tag and its class.
    fn made(&self, container: u32) -> (Tag, u32) {
        let container = &self.page.containers[container as usize];
        (container.tag, container.class)
    }

    fn named(&mut self, container: u32) -> Named {
        let name = self.page.containers[container as usize].name;
        *self.named.entry(container).or_insert_with(|| Named::read(self.source, name))
    }

    /// Who wrote the comment in `lines`: what markup names so, else what its first line that is no text says beside a
    /// date.
    fn author(&self, lines: Range<usize>) -> Option<String> {
        let own = || lines.clone().filter(|&at| self.decisions[at].role == Role::CommentAuthor);
        let named = own().find_map(|at| {
            let line = self.page.lines[at].span;
            let is_name = |field: &&Field| {
                matches!(field.kind, FieldKind::Author | FieldKind::Commenter | FieldKind::Name)
            };
            let mut found: Option<&Field> = None;
            for field in fields(self.page, line).filter(is_name).filter(|field| !field.text.is_empty()) {
                // A name in the name of something else: "<p class=author>by <b class=name>".
                if found.is_none_or(|outer| outer.text.contains(field.text))
                    && (field.kind != FieldKind::Name || found.is_some())
                {
                    found = Some(field);
                }
            }
            name(self.without_times(found?.text))
        });
        named.or_else(|| own().find_map(|at| name(self.without_times(self.page.lines[at].span))))
    }

    /// What stands before the first `<time>` in `span`; where nothing does, what stands behind it.
    fn without_times(&self, span: Span) -> &str {
        let text = &self.page.text[span];
        let time = fields(self.page, span).find(|field| {
            matches!(field.kind, FieldKind::Time | FieldKind::Published | FieldKind::Commented)
                && !field.text.is_empty()
        });
        let Some(time) = time else { return text };
        let before = self.page.text[span.start..time.text.start].trim();
        let behind = self.page.text.get(time.text.end..span.end).unwrap_or_default();
        if before.chars().any(char::is_alphabetic) { before } else { behind }
    }
}

/// What one comment is to another.
enum Relation {
    Sibling,
    Reply,
    None,
}

/// The name of who comments in a text that names them: "Jo says", "by Jo", "Jo · 3 May".
fn name(text: &str) -> Option<String> {
    /// Longest name, in bytes and in words.
    const LONGEST: (usize, usize) = (80, 6);
    let text = match date::find(text) {
        Some((range, _)) if text[..range.start].chars().any(char::is_alphabetic) => &text[..range.start],
        Some((range, _)) => &text[range.end..],
        None => text,
    };
    let is_mark = |c: char| matches!(c, '·' | '•' | '|' | '\t' | '\n');
    let piece = text.split(is_mark).find(|piece| piece.chars().any(char::is_alphabetic))?;
    let name = after_introduction(before_verb(piece.trim()));
    let is_edge = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '—' | '(' | '@' | '#');
    let name = name.trim_matches(is_edge);
    let is_name = name.chars().any(char::is_alphanumeric)
        && name.len() <= LONGEST.0
        && name.split_whitespace().count() <= LONGEST.1
        && !name.contains("://");
    is_name.then(|| name.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Named {
    /// Reads the start tag whose name stands at `name` in the source.
    fn read(source: &str, name: Span) -> Named {
        let mut named = Named::default();
        if name.is_empty() {
            return named;
        }
        let mut tokenizer = Tokenizer::new(&source[name.start - 1..]);
        let Some(Token::Start { .. }) = tokenizer.next() else { return named };
        let source = &source[name.start - 1..];
        for attribute in &tokenizer.attributes {
            let value = &source[attribute.value];
            match source[attribute.name].to_ascii_lowercase().as_str() {
                "class" => value.split_ascii_whitespace().for_each(|class| named.add(class)),
                "id" => named.add(value),
                "itemtype" => {
                    let kind = value.trim_end().rsplit('/').next();
                    named.is_comment |= matches!(kind, Some("Comment" | "UserComments"));
                }
                "itemprop" => {
                    named.is_comment |= value.split_ascii_whitespace().any(|word| word == "comment")
                }
                "indent" | "aria-level" | "data-depth" | "data-level" | "data-indent"
                | "data-nesting-level" => named.level = value.trim().parse().ok().or(named.level),
                _ => {}
            }
        }
        named
    }

    /// Reads one name of a class, or an id.
    fn add(&mut self, name: &str) {
        /// Words for one comment, and for many.
        const ONE: &[&str] = &[
            "comment",
            "kommentar",
            "commentaire",
            "comentario",
            "commento",
            "comentariu",
            "reactie",
            "komentarz",
            "post",
        ];
        const MANY: &[&str] =
            &["comments", "kommentare", "commentaires", "comentarios", "commenti", "reacties"];
        /// What one of many is called.
        const ITEM: &[&str] = &["item", "entry", "node", "single", "unit", "row"];
        const REPLIES: &[&str] =
            &["children", "child", "replies", "indented", "nested", "subcomments", "answers", "responses"];
        const LEVEL: &[&str] = &["depth", "level", "lvl", "indent", "nesting"];
        let name = name.to_ascii_lowercase();
        let parts: Vec<&str> =
            name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
        for (at, part) in parts.iter().enumerate() {
            let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
            let number =
                if word.len() < part.len() { part.get(word.len()..) } else { parts.get(at + 1).copied() };
            if LEVEL.contains(&word)
                && let Some(level) = number.and_then(|number| number.parse().ok())
            {
                self.level = Some(level);
            }
        }
        // "js", "wp", "li", "div" and the like before a name say nothing, nor do numbers behind it.
        let words: Vec<&str> = parts
            .iter()
            .map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()))
            .filter(|word| word.len() > 2 && *word != "div")
            .collect();
        self.is_comment |= match words.as_slice() {
            [one] => ONE.contains(one) || one.strip_suffix("item").is_some_and(|one| ONE.contains(&one)),
            [first, second] => {
                (ONE.contains(first) || MANY.contains(first)) && ITEM.contains(second)
                    || ITEM.contains(first) && ONE.contains(second)
            }
            _ => false,
        };
        self.is_replies |= words.iter().any(|word| REPLIES.contains(word));
    }
}

#[cfg(test)]
mod tests {
    use crate::{html::Html, parser::Parser, record::Record, role::Role};

    /// Path, author, stamp and text of each comment under an article, of the lines that say who comments the stamp alone.
    fn comments(thread: &str) -> Vec<String> {
        let text = "<p>The bridge at Dock Gate was closed on Tuesday after engineers found a crack in its northern pier.<p>It \
            will stay closed until the summer at least, and ferries will run every ten minutes instead of twenty.";
        let page =
            format!("<title>Bridge</title><article><h1>The bridge is closed</h1>{text}</article>{thread}");
        let document = Html.parse_all(&Record::new("page.html", page.as_bytes())).remove(0);
        let mut stamp = String::new();
        let mut comments = Vec::new();
        for block in document.blocks.iter().filter(|block| block.role.is_comment()) {
            if let Some(date) = &block.timestamp {
                stamp = format!(" {date}");
            }
            if block.role == Role::Comment {
                let path = block.path.as_deref().unwrap_or("-");
                assert_eq!(path.split('.').count(), usize::from(block.depth.unwrap_or(1)));
                let author = block.author.as_deref().unwrap_or("-");
                comments.push(format!("{path} {author}{stamp}: {}", document.slice(block)));
                stamp.clear();
            }
        }
        comments
    }

    #[test]
    fn items_of_nested_lists() {
        let item = |id: u32, depth: u32, classes: &str, name: &str, time: &str, text: &str, replies: &str| {
            format!(
                "<li class='comment {classes} depth-{depth}' id=comment-{id}><article class=comment-body id=div-comment-{id}>\
                 <footer class=comment-meta><b class=fn>{name}</b> <span class=says>says:</span> <time datetime={time}>long ago</time>\
                 </footer><div class=comment-content><p>{text}</p></div><div class=reply><a href=#r>Reply</a></div></article>{replies}</li>"
            )
        };
        let reply = item(
            2,
            2,
            "odd alt",
            "Tom Okafor",
            "2019-06-04T09:00Z",
            "You did not say anything to us, Greta.",
            "",
        );
        let first = item(
            1,
            1,
            "even thread-even",
            "Greta",
            "2019-06-04T07:15Z",
            "I knew it would come to this, and I said so.",
            &format!("<ol class=children>{reply}</ol>"),
        );
        let second =
            item(3, 1, "odd", "Mia K.", "2019-06-05T10:00Z", "The ferry was late again this morning.", "");
        assert_eq!(
            comments(&format!("<ol class=comment-list>{first}{second}</ol>")),
            [
                "1 Greta 2019-06-04T07:15Z: I knew it would come to this, and I said so.",
                "1.1 Tom Okafor 2019-06-04T09:00Z: You did not say anything to us, Greta.",
                "2 Mia K. 2019-06-05T10:00Z: The ferry was late again this morning.",
            ]
        );
    }

    #[test]
    fn posts_with_their_replies_below_them() {
        let post = |name: &str, text: &str, replies: &str| {
            format!(
                "<li class=post><div class=post-content><header><span class='author link'><a href=/u>{name}</a></span> <a class=time-ago \
                 href=#>5 years ago</a></header><div class=post-message><p>{text}</p></div><footer><a href=#>Reply</a></footer></div>\
                 <ul class=children>{replies}</ul></li>"
            )
        };
        let deep = post("Ada", "That is what the council said in March.", "");
        let reply = post("Tom", "No, it is the pier that is broken, not the deck.", &deep);
        let first = post("Jo", "So it is the deck again, as it was in 2011.", &reply);
        let thread = format!(
            "<div id=disqus_thread><ul>{first}{}</ul></div>",
            post("Mia", "Ferries it is, then.", "")
        );
        assert_eq!(
            comments(&thread),
            [
                "1 Jo: So it is the deck again, as it was in 2011.",
                "1.1 Tom: No, it is the pier that is broken, not the deck.",
                "1.1.1 Ada: That is what the council said in March.",
                "2 Mia: Ferries it is, then.",
            ]
        );
    }

    #[test]
    fn elements_without_names_of_their_own() {
        let item = |name: &str, text: &str, replies: &str| {
            format!(
                "<li><div><a href=/u>{name}</a> <time>4 May 2020 10:15</time></div><p>{text}</p>{replies}</li>"
            )
        };
        let reply = item("Tom", "No, it is the pier that is broken.", "");
        let first = item("Jo", "So it is the deck again, I hear.", &format!("<ul>{reply}</ul>"));
        let second = item("Mia", "Ferries it is, then, for a while.", "");
        assert_eq!(
            comments(&format!("<section id=comments><ul>{first}{second}</ul></section>")),
            [
                "1 Jo 2020-05-04T10:15: So it is the deck again, I hear.",
                "1.1 Tom 2020-05-04T10:15: No, it is the pier that is broken.",
                "2 Mia 2020-05-04T10:15: Ferries it is, then, for a while.",
            ]
        );
    }

    #[test]
    fn a_depth_that_is_said_and_not_shown() {
        let row = |depth: u32, name: &str, text: &str| {
            format!(
                "<div class='comment level-{depth}'><div class=username>{name}</div><div class=text>{text}</div></div>"
            )
        };
        let rows = [
            row(0, "Jo", "So it is the deck again, as it was in the flood."),
            row(1, "Tom", "No, it is the pier that is broken, not the deck."),
            row(1, "Ada", "Both of you are right, and the council is wrong."),
            row(0, "Mia", "Ferries it is, then, for all of the summer."),
        ];
        let found = comments(&format!("<div class=comments>{}</div>", rows.concat()));
        let places: Vec<&str> = found.iter().filter_map(|comment| comment.split(':').next()).collect();
        assert_eq!(places, ["1 Jo", "1.1 Tom", "1.2 Ada", "2 Mia"]);
    }

    #[test]
    fn microdata_name_the_author() {
        let item = |name: &str, text: &str, replies: &str| {
            format!(
                "<div itemprop=comment itemscope itemtype=https://schema.org/Comment><p itemprop=author itemscope>by <span itemprop=name>\
                 {name}</span>, Varnsund</p><time itemprop=dateCreated datetime=2020-05-04>May</time><p itemprop=text>{text}</p>{replies}</div>"
            )
        };
        let reply = item("Tom Okafor", "No, it is the pier that is broken, not the deck.", "");
        let first = item("Jo", "So it is the deck again, as it was in the flood.", &reply);
        let found = comments(&(first + &item("Mia", "Ferries it is, then, for all of the summer.", "")));
        let places: Vec<&str> = found.iter().filter_map(|comment| comment.split(':').next()).collect();
        assert_eq!(places, ["1 Jo 2020-05-04", "1.1 Tom Okafor 2020-05-04", "2 Mia 2020-05-04"]);
    }

    #[test]
    fn text_that_names_nobody_has_no_places() {
        let found =
            comments("<div id=comments><p>So it is the deck again.</p><p>No, it is the pier.</p></div>");
        assert_eq!(found, ["- -: So it is the deck again.", "- -: No, it is the pier."]);
    }

    #[test]
    fn the_time_of_a_comment_may_be_the_title_of_its_age() {
        let comment = |name: &str, title: &str, text: &str| {
            format!(
                "<li class=comment><span class=author><a href=/u>{name}</a></span> <a class=time-ago href=#c title='{title}'>2 years ago</a>\
                 <div class=comment-body><p>{text}</p></div></li>"
            )
        };
        let first =
            comment("Greta", "Monday, May 3, 2021 2:20 PM", "I knew it would come to this, and I said so.");
        let second =
            comment("Tom Okafor", "Tuesday, May 4, 2021 9:05 AM", "You did not say anything to us, Greta.");
        let found = comments(&format!("<ol>{first}{second}</ol>"));
        assert_eq!(
            found,
            [
                "1 Greta 2021-05-03T14:20: I knew it would come to this, and I said so.",
                "2 Tom Okafor 2021-05-04T09:05: You did not say anything to us, Greta."
            ]
        );
    }
}
