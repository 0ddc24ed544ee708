//! What kind of page a page is: what its address, the class of its body and its metadata name it.

use super::{lookup::Lookup, marks::bit_set};

bit_set! {
    /// Kinds of pages.
    Kinds: u16 {
        /// A thread: a forum, questions and answers.
        THREAD,
        /// A product, a shop.
        PRODUCT,
        /// A list of pages: a category, an archive, results.
        LISTING,
        /// Documentation, reference, tutorials.
        DOCUMENTATION,
        /// News.
        NEWS,
        /// An article, a blog post.
        ARTICLE,
        /// What a company or an office offers and says of itself.
        SERVICE,
        /// The first page of a site.
        HOME,
        /// Questions that are often asked.
        QUESTIONS,
        /// A recipe.
        RECIPE,
        /// A video, a podcast, a gallery.
        MEDIA,
        /// A person, a profile.
        PROFILE,
        /// An event.
        EVENT,
        /// A job.
        JOB,
        /// A page, and no more is said.
        PAGE,
    }
}

macro_rules! words {
    ($($kind:expr => $($word:literal)+;)+) => {
        const WORDS: &[&str] = &[$($($word),+),+];
        static MEANINGS: &[Kinds] = &[$($({ let _ = $word; $kind }),+),+];
    };
}

words! {
    Kinds::THREAD => "forum" "forums" "thread" "threads" "topic" "topics" "discussion" "discussions" "community"
        "question" "questions" "answers" "answer" "showthread" "viewtopic" "board" "boards" "qna" "discussionforumposting"
        "qapage" "conversation" "archetyperegular" "r" "foro" "foren";
    Kinds::PRODUCT => "product" "products" "shop" "store" "item" "dp" "itm" "productgroup" "offer" "buy" "woocommerce"
        "singleproduct" "produkt" "producto" "produit" "p";
    Kinds::LISTING => "category" "categories" "collection" "collections" "archive" "archives" "tag" "tags" "search"
        "listing" "listings" "list" "itemlist" "collectionpage" "searchresultspage" "results" "catalog" "browse"
        "directory" "kategorie" "categoria" "categorie" "termsarchive";
    Kinds::DOCUMENTATION => "docs" "doc" "documentation" "reference" "guide" "guides" "api" "manual" "manuals" "tutorial"
        "tutorials" "help" "wiki" "techarticle" "apireference" "learn" "developer" "developers" "howto" "support"
        "knowledge" "kb" "handbook";
    Kinds::NEWS => "news" "newsarticle" "reportagenewsarticle" "analysisnewsarticle" "opinionnewsarticle" "noticias"
        "nachrichten" "politics" "world" "sport" "sports" "opinion" "politik" "liveblogposting" "backgroundnewsarticle"
        "reviewnewsarticle";
    Kinds::ARTICLE => "article" "articles" "blog" "blogs" "post" "posts" "story" "stories" "blogposting" "singlepost"
        "scholarlyarticle" "magazine" "artikel" "articulo" "review" "reviews" "insights" "report" "essay";
    Kinds::SERVICE => "about" "services" "service" "solutions" "solution" "pricing" "contact" "features" "company"
        "organization" "localbusiness" "platform" "industries" "corporation" "governmentservice" "professionalservice"
        "program" "programs" "landing" "faculty" "department" "aboutpage" "contactpage" "team" "careers";
    Kinds::HOME => "home" "homepage" "frontpage" "index" "start";
    Kinds::QUESTIONS => "faq" "faqs" "faqpage";
    Kinds::RECIPE => "recipe" "recipes" "rezept" "rezepte" "receta" "recette";
    Kinds::MEDIA => "video" "videos" "videoobject" "watch" "podcast" "podcasts" "podcastepisode" "gallery" "imagegallery"
        "movie" "musicalbum" "tvseries" "music" "photos";
    Kinds::PROFILE => "profile" "profilepage" "person" "author" "people" "user" "users" "members" "bio";
    Kinds::EVENT => "event" "events" "calendar";
    Kinds::JOB => "job" "jobs" "jobposting" "career" "vacancy";
    Kinds::PAGE => "webpage" "website" "page" "itempage" "singlepage" "pagetemplate";
}

static LOOKUP: Lookup<1024> = Lookup::new(WORDS);

/// The kinds that the words of an address, of the class of a body or of a type name.
pub(crate) fn kinds(value: &str) -> Kinds {
    /// Longest word looked up, in bytes.
    const LONGEST: usize = 24;
    let mut kinds = Kinds::NONE;
    for name in value
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '-' && character != '_')
    {
        let mut joined = [0_u8; LONGEST];
        let mut length = 0;
        for word in name.split(['-', '_']).take(4) {
            if let Some(at) = LOOKUP.find(word.as_bytes()) {
                kinds = kinds.with(MEANINGS[at]);
            }
            if let Some(room) = joined.get_mut(length..length + word.len()) {
                room.copy_from_slice(word.as_bytes());
                length += word.len();
                if let Some(at) = LOOKUP.find(&joined[..length]) {
                    kinds = kinds.with(MEANINGS[at]);
                }
            }
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::{Kinds, kinds};

    #[test]
    fn addresses_and_classes_name_kinds() {
        assert!(kinds("https://forum.example.org/t/a-thread/12").contains(Kinds::THREAD));
        assert!(kinds("page single-product").contains(Kinds::PRODUCT.with(Kinds::PAGE)));
        assert_eq!(kinds("bridge-opens-again"), Kinds::NONE);
    }
}
