//! What the words in an element's `class`, `id`, `itemprop`, `rel` and `role` hint at.
//!
//! The words are those web authors use everywhere; none belongs to a single site.

use super::{lookup::Lookup, marks::bit_set};

bit_set! {
    /// What an element's attributes hint at.
    Hints: u64 {
        /// The author, the byline.
        BYLINE,
        /// A biography of the author.
        BIOGRAPHY,
        /// A date or time.
        DATE,
        /// A date of change.
        CHANGED,
        /// A caption.
        CAPTION,
        /// The credit of a picture.
        CREDIT,
        /// Readers' comments.
        COMMENT,
        /// Other articles.
        RELATED,
        /// Sharing and following on social networks.
        SHARE,
        /// An appeal: newsletter, subscription, donation.
        PROMO,
        /// An advertisement.
        ADVERT,
        /// Menus, breadcrumbs, pagination.
        NAVIGATION,
        /// Tags, topics, keywords.
        TAGS,
        /// The foot of the page or of the article.
        FOOTER,
        /// The head of the page or of the article.
        HEADER,
        /// Copyright, cookies, privacy, terms.
        LEGAL,
        /// The standfirst.
        STANDFIRST,
        /// The headline.
        TITLE,
        /// The label over a headline: section, category.
        KICKER,
        /// The body of an article.
        BODY,
        /// An article as a whole.
        ARTICLE,
        /// The main column, in general.
        CONTENT,
        /// A column beside the main one.
        SIDEBAR,
        /// The announcement of another article.
        TEASER,
        /// A box over the page.
        MODAL,
        /// For screen readers only.
        UNSEEN,
        /// A form, a log-in, a search.
        FORM,
        /// A wall before the text.
        PAYWALL,
        /// A gallery, a player, a picture.
        MEDIA,
        /// A quotation set apart.
        QUOTE,
        /// Sources, references, footnotes.
        SOURCE,
        /// An editorial note, a correction, a disclaimer.
        NOTE,
        /// A box with background.
        BOX,
        /// A table of contents.
        CONTENTS,
        /// The line of facts under a headline: author, date, reading time.
        META,
        /// A list of equal things: results, products, feeds.
        LISTING,
        /// What is written for printing only.
        PRINT,
        /// A person's name.
        NAME,
        /// A post in a forum, an answer.
        POST,
        /// A code listing.
        CODE,
        /// What a click shows: the panel of a tab, of an accordion, of an answer.
        PANEL,
        /// What customers say: reviews, ratings, testimonials.
        REVIEW,
    }
}

macro_rules! words {
    ($($hints:expr => $($word:literal)+;)+) => {
        const WORDS: &[&str] = &[$($($word),+),+];
        static MEANINGS: &[Hints] = &[$($({ let _ = $word; $hints }),+),+];
    };
}

words! {
    Hints::BYLINE => "author" "authors" "byline" "bylines" "autor" "autoren" "autores" "auteur" "auteurs" "autore"
        "autori" "writer" "reporter" "journalist" "contributor" "contributors" "dateline" "authorname" "authored"
        "postedby" "writtenby" "verfasser" "redakteur" "signature" "firma" "columnist" "auther" "avtor" "forfatter"
        "skribent" "yazar" "autorius" "kirjoittaja" "penulis" "creator" "byauthor" "authorlink" "articleauthor";
    Hints::BIOGRAPHY => "bio" "biography" "authorbio" "aboutauthor" "authorbox" "authorinfo" "authordescription"
        "authorprofile" "authorcard";
    Hints::DATE => "date" "dates" "datetime" "time" "timestamp" "published" "datepublished"
        "publishdate" "pubdate" "pubtime" "datum" "fecha" "zeit" "uhrzeit" "heure"
        "dato" "postdate" "entrydate" "createdate" "articledate" "timeago" "posttime"
        "publicationdate" "tarih" "datestamp" "postedon" "publishedon" "publicationtime";
    Hints::CHANGED => "updated" "modified" "datemodified" "lastupdated" "lastmodified" "aktualisiert" "modifie"
        "actualizado" "aggiornato" "updatetime" "updatedate" "modifieddate";
    Hints::CAPTION => "caption" "captions" "figcaption" "bildunterschrift" "legende" "legend" "didascalia"
        "bildtext" "imagecaption" "photocaption" "wpcaption" "piedefoto" "bildeunterschrift" "onderschrift" "podpis";
    Hints::CREDIT => "credit" "credits" "photographer" "photocredit" "imagecredit" "photoby" "fotograf" "fotografo"
        "fotograaf" "bildnachweis" "bildquelle" "imagesource" "photosource" "imgcredit" "fotocredit"
        "imagecopyright" "copyrightholder" "photographe";
    Hints::COMMENT => "comment" "comments" "commentlist" "commenter" "disqus" "discussion" "kommentar" "kommentare"
        "comentario" "comentarios" "commentaire" "commentaires" "commenti" "commento" "reactions" "reacties"
        "komentarz" "komentarze" "respond" "commentform" "commentbody" "commentcontent" "commenttext" "replies"
        "userreviews" "guestbook" "disqusthread" "commentarea" "kommentarer" "kommentit" "comentarii" "conversation";
    Hints::RELATED => "related" "relateds" "recommended" "recommendations" "recommendation" "recommend"
        "morefrom" "readmore" "readnext" "nextarticle" "mostread" "mostpopular" "popular" "trending" "similar"
        "seealso" "readalso" "furtherreading" "outbrain" "taboola" "suggested" "suggestions" "youmaylike"
        "mustread" "latestnews" "morenews" "topstories" "weitere" "verwandte" "relacionadas" "relacionados"
        "relacionada" "lire" "correlati" "gerelateerd" "meistgelesen" "lesenswert" "crosslinks" "morestories"
        "otherarticles" "upnext" "recirc" "recirculation" "moreon" "morein" "popularposts" "recent"
        "recentposts" "latest" "alsolike" "relatedposts" "relatedarticles" "relatedcontent" "relatednews"
        "relatedstories" "relatedlinks" "morelikethis" "promobox" "onward" "nextprev" "postnavigation" "jprelatedposts"
        "zergnet" "revcontent" "mgid" "plista" "aussi" "tambien" "mehr" "empfehlungen" "yarpp" "inlinerelated"
        "crosssell" "upsell" "crosssells" "upsells" "alsobought";
    Hints::SHARE => "share" "shares" "sharing" "social" "socials" "socialmedia" "sharebar" "sharebuttons"
        "addthis" "sharethis" "addtoany" "sharedaddy" "facebook" "twitter" "whatsapp" "pinterest" "linkedin"
        "telegram" "teilen" "partager" "compartir" "condividi" "follow" "followus" "shareline" "sociallinks"
        "shariff" "tweet" "compartilhar" "udostepnij" "delen" "dela" "sharelinks" "sharetools" "redes" "socialshare";
    Hints::PROMO => "newsletter" "newsletters" "subscribe" "subscription" "subscriptions" "signup" "donate"
        "donation" "donations" "membership" "promo" "promos" "promotion" "promotions" "promoted" "cta" "calltoaction"
        "optin" "mailchimp" "abo" "abonnement" "abonnieren" "inscription" "suscribete" "suscripcion" "iscriviti"
        "spenden" "appeal" "supportus" "appbanner" "appdownload" "callout" "marketing" "emailsignup"
        "newslettersignup" "inarticlepromo" "contribute" "pushnotification" "giveaway"
        "mailinglist" "smartbanner" "adblock" "leadmagnet";
    Hints::ADVERT => "ad" "ads" "advert" "adverts" "advertisement" "advertisements" "advertising" "adslot" "adunit"
        "adsense" "adsbygoogle" "adbox" "adcontainer" "adwrapper" "sponsor" "sponsored"
        "sponsors" "werbung" "anzeige" "anzeigen" "publicidad" "publicite" "pubblicita" "publicidade" "reklama"
        "reklam" "reklame" "dfp" "gpt" "doubleclick" "googleads" "adplaceholder" "mainos" "advertentie" "annons"
        "affiliate" "mpu" "skyscraper" "leaderboard" "billboard" "nativead" "adlabel";
    Hints::NAVIGATION => "nav" "navi" "navbar" "navigation" "navigations" "menu" "menus" "submenu" "mainmenu"
        "megamenu" "breadcrumb" "breadcrumbs" "crumb" "crumbs" "brotkrumen" "pagination" "pager" "paging" "paginator"
        "pagenav" "pagenavi" "tabs" "tabbar" "toolbar" "sitemap" "skip" "skiplink" "skiplinks" "dropdown" "topbar"
        "navlink" "navlinks" "navmenu" "sitenav" "mainnav" "topnav" "subnav" "offcanvas" "hamburger" "burger"
        "languageswitcher" "langswitch" "languages" "wayfinding" "backtotop" "scrolltop" "gototop" "filters"
        "facets" "sortby" "prevnext" "postnav" "navbox" "jumplinks" "editsection" "quicklinks" "catlinks" "masthead"
        "utility" "actions" "tools" "buttons" "controls" "menuitem" "menubar" "tablist" "weather" "ticker";
    Hints::TAGS => "tag" "tags" "taglist" "tagcloud" "topics" "topic" "keywords" "keyword" "hashtags" "hashtag"
        "themen" "schlagworte" "etiquetas" "temas" "motscles" "posttags" "articletags" "posttag" "tagged"
        "tagslinks" "entrytags" "thematiques" "tagitem" "emner";
    Hints::FOOTER => "footer" "foot" "siteinfo" "colophon" "pagefooter" "sitefooter" "globalfooter" "footers"
        "bottombar" "pagebottom";
    Hints::HEADER => "header" "headers" "siteheader" "pageheader" "globalheader" "kopf" "encabezado" "entete";
    Hints::LEGAL => "copyright" "copyrights" "legal" "cookie" "cookies" "cookiebar" "cookiebanner" "cookienotice"
        "cookieconsent" "consent" "gdpr" "privacy" "terms" "imprint" "impressum" "datenschutz" "onetrust"
        "rights" "rgpd" "dsgvo" "ccpa" "agb" "didomi" "cookielaw" "license";
    Hints::STANDFIRST => "standfirst" "dek" "deck" "subtitle" "subtitles" "subheadline" "subhead" "subheading"
        "summary" "abstract" "lead" "lede" "leadtext" "leadin" "intro" "introduction" "introtext"
        "vorspann" "chapo" "chapeau" "bajada" "entradilla" "sommario" "occhiello" "ingress" "ingres" "manchet"
        "manchette" "excerpt" "sottotitolo" "subtitulo" "soustitre" "untertitel" "lid" "perex" "anons" "copete"
        "sumario" "synopsis" "unterzeile" "einleitung" "leadparagraph" "articlelead" "articleintro" "articlesummary"
        "resumen" "resumo" "catenaccio" "ledetext" "underrubrik" "subline" "postexcerpt" "linhafina" "leed" "vorlauf"
        "articlesubtitle" "articledescription" "shortdescription" "metadescription" "nutgraf" "tldr" "spot";
    Hints::TITLE => "title" "titles" "headline" "headlines" "titulo" "titel" "titre" "titolo" "heading" "headings"
        "entrytitle" "posttitle" "pagetitle" "articletitle" "storytitle" "ueberschrift" "schlagzeile" "rubrik"
        "tytul" "otsikko" "newstitle" "h1" "baslik" "firstheading";
    Hints::KICKER => "kicker" "kickers" "eyebrow" "overline" "dachzeile" "ressort" "rubric" "antetitulo" "surtitre"
        "strapline" "section" "category" "categories" "cat" "kategorie" "categoria" "categorie"
        "topline" "spitzmarke" "supertitle" "pretitle" "preheadline" "sectionname" "hangrubrik" "vignette" "volanta"
        "channel" "superheadline" "stikktittel" "chapeu" "catlink" "postcategory" "articlesection";
    Hints::BODY => "body" "articlebody" "storybody" "postbody" "entrycontent" "postcontent" "articlecontent"
        "storycontent" "articletext" "bodytext" "posttext" "storytext" "newstext" "newsbody" "newscontent"
        "maintext" "contentbody" "richtext" "articlemain" "bodycopy" "fulltext" "textbody" "paragraph" "paragraphs"
        "prose" "wysiwyg" "articlep" "contenttext" "textcontent" "cuerpo" "corps" "artikeltext" "brodtext"
        "textarticle" "bodycontent" "singlecontent" "blogcontent" "blogbody" "mwparseroutput" "markdown" "markdownbody"
        "theiacontent" "tdpostcontent" "textblock" "articleparagraph" "notetext" "copy" "postarticle" "storyp"
        "contentarticle" "detailtext" "detailbody" "articledetail" "newsdetail" "corpo" "testo" "tekst" "texte"
        "articlecontainer" "cms" "rte";
    Hints::ARTICLE => "article" "articles" "artikel" "articulo" "artigo" "articolo" "story" "post" "entry" "hentry"
        "noticia" "nota" "blogpost" "newsarticle" "singlepost" "news" "newsitem" "beitrag" "actu" "haber" "artykul"
        "nyhed" "artikkel" "artikeln" "statja";
    Hints::CONTENT => "content" "contents" "main" "maincontent" "primary" "inhalt" "contenido" "contenu" "contenuto"
        "conteudo" "pagecontent" "maincolumn" "contentarea" "contentmain" "innhold" "hauptinhalt" "column" "single"
        "detail" "product" "description" "details" "documentation" "docs" "doc";
    Hints::SIDEBAR => "sidebar" "sidebars" "rail" "rightrail" "rightcolumn" "aside" "rightcol"
        "leftcol" "leftcolumn" "sidecolumn" "sidecol" "secondary" "seitenleiste" "marginalspalte" "complementary"
        "widgetarea" "railcontent" "leftrail" "sidepanel" "rightside" "leftside" "rightbar";
    Hints::TEASER => "teaser" "teasers" "card" "cards" "tile" "tiles" "teaserlist" "thumbnail" "thumb" "thumbs"
        "carousel" "slider" "swiper" "slick" "owl" "hero" "grid" "storycard" "articlecard" "newscard"
        "postlist" "articlelist" "newslist" "listitem" "mediaobject" "preview" "blurb" "river" "snippet";
    Hints::MODAL => "modal" "modals" "popup" "popups" "overlay" "lightbox" "dialog" "tooltip" "popover" "popin"
        "interstitial" "toast" "snackbar" "flyout" "drawer";
    Hints::UNSEEN => "sronly" "visuallyhidden" "screenreadertext" "screenreader" "screenreaderonly" "offscreen"
        "elementinvisible"
       ;
    Hints::FORM => "form" "login" "signin" "search" "searchform" "searchbox" "register" "registration" "captcha"
        "contactform" "poll" "survey" "quiz" "suche" "recherche" "buscar" "checkout" "cart" "basket" "wishlist"
        "password" "formfield" "fieldset" "loginform" "respondform" "replyform" "wpcf7"
        "addtocart";
    Hints::PAYWALL => "paywall" "premium" "regwall" "barrier" "gated" "locked" "piano" "metered"
        "subscriberonly" "paywalled";
    Hints::MEDIA => "gallery" "galleries" "slideshow" "video" "videos" "player" "audio" "podcast" "image" "images"
        "photo" "photos" "picture" "pictures" "figure" "media" "img" "foto" "bild" "bilder" "fotogalerie" "embed"
        "diaporama" "multimedia" "playlist" "galeria" "jwplayer" "attachment" "gallerytext" "infographic";
    Hints::QUOTE => "quote" "quotes" "pullquote" "blockquote" "zitat" "citation" "cita" "sitat";
    Hints::SOURCE => "source" "sources" "footnote" "footnotes" "references" "reference" "reflist" "endnotes"
        "quelle" "fuente" "bibliography" "fonte" "kaynak" "agency" "provider";
    Hints::NOTE => "disclaimer" "disclosure" "correction" "corrections" "editornote" "editorsnote" "editorialnote"
        "clarification" "hinweis" "anmerkung" "disclaimers" "redaktionsnotiz";
    Hints::BOX => "infobox" "factbox" "infokasten" "box" "sidebox" "infobloc" "encadre" "faktaruta" "faktaboks"
        "fakta" "keyfacts" "highlights" "keypoints" "keytakeaways" "takeaways" "keypoint" "destacado";
    Hints::CONTENTS => "toc" "tableofcontents" "tableofcontent" "inhaltsverzeichnis" "eztoc" "tocbox" "outline"
        "onthispage" "sommaire" "lwptoc" "jumpto";
    Hints::META => "meta" "metadata" "postmeta" "entrymeta" "articlemeta" "info" "infos" "metainfo" "postinfo"
        "articleinfo" "storymeta" "readtime" "readingtime" "minread" "lesezeit" "entryfooter" "views"
        "metabar" "articleheader" "entryheader" "postheader" "storyheader" "headlineinfo" "lesedauer";
    Hints::LISTING => "list" "listing" "listings" "results" "result" "products" "feed" "archive" "items" "catalog"
        "searchresults" "productlist" "liste" "lista" "directory" "productgrid" "feeds" "timeline" "stream";
    Hints::PRINT => "printonly" "onlyprint" "showforprint" "visibleprint" "printfooter" "forprint" "printheader";
    Hints::NAME => "name" "fn" "vcard" "person" "profile" "username" "nickname" "hcard";
    Hints::POST => "answer" "answers" "reply" "forum" "thread" "threads" "message" "messagebody" "postmessage"
        "bbwrapper" "lia" "answercell" "topicbody" "threadpost";
    Hints::CODE => "code" "highlight" "sourcecode" "syntaxhighlighter" "codeblock" "prettyprint" "codehilite";
    Hints::PANEL => "tabpanel" "tabpanels" "tabpane" "tabcontent" "tabbody" "accordion" "accordions" "accordioncontent"
        "accordionbody" "accordionpanel" "collapse" "collapsible" "collapsiblecontent" "togglecontent" "togglebody"
        "togglepanel" "expandable" "expandablecontent" "spoiler" "faq" "faqs" "showmore" "moretext" "morecontent"
        "readmoretext" "readmorecontent";
    Hints::REVIEW => "review" "reviews" "reviewer" "reviewers" "rating" "ratings" "testimonial" "testimonials"
        "productreviews" "customerreviews" "reviewlist" "reviewbody" "reviewtext" "bewertung" "bewertungen"
        "rezension" "rezensionen" "avis" "opiniones" "valoraciones" "resenas" "avaliacoes" "recensioni"
        "recensione" "recensies" "beoordeling" "beoordelingen" "omdome" "omdomen" "anmeldelser" "opinie" "otzyvy"
        "bazaarvoice" "yotpo" "trustpilot";
}

static LOOKUP: Lookup<4096> = Lookup::new(WORDS);

/// What the words of an attribute's value hint at. Words are parted at what is no letter or digit and where a
/// capital follows a small letter; two neighbours are also looked up as one ("article-body", "articleBody").
pub(crate) fn hints(value: &str) -> Hints {
    if memchr::memchr2(b':', b'[', value.as_bytes()).is_none() {
        return hints_of_names(value);
    }
    let names = value.split_ascii_whitespace().flat_map(own_name);
    names.map(hints_of_names).fold(Hints::NONE, Hints::with)
}

/// The pieces of a class that name the element itself. What stands before a colon says when the class holds, and what
/// stands in brackets that are set off which elements or values it is about: of "md:card-[&_.caption]", "card-".
fn own_name(class: &str) -> impl Iterator<Item = &str> {
    let mut own = class;
    // The brackets that are open; one that stands right behind a letter is part of a name.
    let mut depth = 0_usize;
    let mut before = b'-';
    for (at, byte) in class.bytes().enumerate() {
        match byte {
            b'[' if depth > 0 || !before.is_ascii_alphanumeric() => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => own = &class[at + 1..],
            _ => {}
        }
        before = byte;
    }
    let mut rest = own;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let opens = |at: &usize| *at == 0 || !rest.as_bytes()[at - 1].is_ascii_alphanumeric();
        let open = memchr::memchr_iter(b'[', rest.as_bytes()).find(opens).unwrap_or(rest.len());
        let close = memchr::memrchr(b']', &rest.as_bytes()[open..]).map_or(rest.len(), |at| open + at + 1);
        let name = &rest[..open];
        rest = &rest[close..];
        Some(name)
    })
}

/// What the words of names hint at.
fn hints_of_names(value: &str) -> Hints {
    /// Longest word looked up, in bytes; two neighbours together.
    const LONGEST: usize = 40;
    let bytes = value.as_bytes();
    let mut hints = Hints::NONE;
    let mut pair = [0_u8; LONGEST];
    let mut pair_length = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            if bytes[at].is_ascii_whitespace() {
                pair_length = 0;
            }
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < bytes.len()
            && bytes[at].is_ascii_alphanumeric()
            && !(bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
        {
            at += 1;
        }
        let word = &bytes[start..at];
        if word.len() * 2 > LONGEST {
            pair_length = 0;
            continue;
        }
        if let Some(i) = LOOKUP.find(word) {
            hints = hints.with(MEANINGS[i]);
        }
        if pair_length > 0 {
            pair[pair_length..pair_length + word.len()].copy_from_slice(word);
            if let Some(i) = LOOKUP.find(&pair[..pair_length + word.len()]) {
                hints = hints.with(MEANINGS[i]);
            }
        }
        pair[..word.len()].copy_from_slice(word);
        pair_length = word.len();
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::{Hints, hints};

    #[test]
    fn words_are_found_in_any_spelling() {
        assert!(hints("article-body").contains(Hints::BODY.with(Hints::ARTICLE)));
        assert!(hints("c-articleBody__inner").contains(Hints::BODY));
        assert!(hints("SR-only").contains(Hints::UNSEEN));
        assert!(hints("postByline").contains(Hints::BYLINE));
        assert!(hints("shop-customer-reviews").contains(Hints::REVIEW));
    }

    #[test]
    fn conditions_and_values_of_a_class_name_nothing() {
        for class in
            ["[&_.image-caption_p]:mb-0", "prose-figcaption:mt-2", "md:[&>nav]:w-[12px]", "w-[footer]"]
        {
            assert_eq!(hints(&format!("prose {class} wide")), hints("prose wide"), "{class}");
        }
        assert!(hints("md:caption").contains(Hints::CAPTION));
        assert!(hints("w-[1px] caption").contains(Hints::CAPTION));
        assert!(hints("caption[1]").contains(Hints::CAPTION));
        assert_eq!(hints("[[[: ]:[ :"), Hints::NONE);
    }

    #[test]
    fn a_part_of_a_word_is_no_word() {
        assert_eq!(hints("shadow loading"), Hints::NONE);
        assert_eq!(hints("sr x-only"), Hints::NONE);
    }
}
