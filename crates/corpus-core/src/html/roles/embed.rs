//! Posts of social networks that are set into an article: quoted, and none of its own sentences.

use super::{
    Labeller,
    decision::{Decision, article, furniture},
};
use crate::{html::marks::Landmarks, role::Role};

impl Labeller<'_> {
    /// A line of a post set into the article.
    pub(super) fn embedded(&self, index: usize) -> Decision {
        /// Longest link that only leads to the post, in characters.
        const BUTTON: u32 = 60;
        let markup = &self.line(index).markup;
        if markup.link_chars >= markup.chars && markup.chars <= BUTTON {
            return furniture(Role::Navigation, 0.7, "a link to a post set into the text");
        }
        article(Role::Quote, 0.8, "a post of a social network, set into the text")
    }

    /// Whether a line is one of a post set into the article.
    pub(super) fn is_embedded(&self, index: usize) -> bool {
        let markup = &self.line(index).markup;
        markup.landmarks.contains(Landmarks::EMBED) && self.region.inside[markup.container as usize]
    }
}

#[cfg(test)]
mod tests {
    use crate::{PartKind, Record, Registry, Role};

    const TEXT: &str = "<p>The ferry struck the pier on Monday evening, and eleven of its passengers were taken to the hospital.\
        <p>The ship is back in the yard, and an older one takes its place, with room for half as many cars as before.";

    const POST: &str = "<blockquote class='twitter-tweet'><p>There was a loud bang. <a href=/p>pic.example/p</a></p>&mdash; Mira Holm \
        (@miraholm) <a href=/s>March 4, 2024</a></blockquote>";

    fn roles(source: &str) -> Vec<(PartKind, Role, String)> {
        let source = format!("<!doctype html><title>Ferry strikes pier</title>{source}");
        let document = Registry::core().parse_all(&Record::new("a.html", source.into_bytes())).remove(0);
        assert_eq!(document.article().unwrap().published, None);
        let line = |block: &crate::Block| {
            (document.parts[block.part].kind, block.role, document.slice(block).to_owned())
        };
        document.blocks.iter().map(line).collect()
    }

    #[test]
    fn a_post_set_into_an_article_is_quoted() {
        let button =
            "<blockquote class=instagram-media><a href=/i>View this post on Instagram</a></blockquote>";
        let found =
            roles(&format!("<article><h1>Ferry strikes pier</h1>{TEXT}{POST}{button}{TEXT}</article>"));
        let of = |start: &str| {
            let line = found.iter().find(|(.., text)| text.starts_with(start)).unwrap();
            (line.0, line.1)
        };
        assert_eq!(of("There was"), (PartKind::Article, Role::Quote));
        assert_eq!(of("— Mira"), (PartKind::Article, Role::Quote));
        assert_eq!(of("View this"), (PartKind::Furniture, Role::Navigation));
    }

    #[test]
    fn a_post_beside_the_article_is_none_of_it() {
        let found = roles(&format!(
            "<main><article><h1>Ferry strikes pier</h1>{TEXT}</article></main><aside>{POST}</aside>"
        ));
        assert!(
            found.iter().filter(|(.., text)| text.contains("Mira")).all(|line| line.0 == PartKind::Furniture)
        );
    }
}
