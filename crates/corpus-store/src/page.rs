//! A page by its URL: one name for all the ways in which its address is written.

/// Names of parameters that say where a reader came from, not what he reads. Those that begin with `utm_` as well.
const TRACKING: [&str; 16] = [
    "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igshid", "mc_cid",
    "mc_eid", "msclkid", "twclid", "wbraid", "yclid",
];

/// Places that every page has; other places may be records.
const PLACES: [&str; 7] = ["comments", "content", "disqus_thread", "main", "main-content", "respond", "top"];

/// Steps of a path and ends of a name that stand for another view of the same page.
const VIEWS: [&str; 4] = ["amp", "m", "mobile", "print"];

/// A page on the web that has an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    authority: String,
    /// Without a stroke at its end.
    path: String,
    query: String,
    /// What stands behind `#` where that names a page or a record.
    place: String,
}

impl Page {
    /// The page at a URL: the same with or without `www.`, encryption, the scheme's own port, a stroke at the end of the
    /// path, parameters that only track readers, and a place that every page has; in whatever order the parameters stand
    /// and whichever signs are escaped. `None` of what is no address on the web.
    pub(crate) fn at(url: &str) -> Option<Self> {
        let (scheme, rest) = url.trim().split_once("://")?;
        let default_port = match &*scheme.to_ascii_lowercase() {
            "http" => "80",
            "https" => "443",
            _ => return None,
        };
        let (rest, place) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(Page {
            authority: authority_of(authority, default_port)?,
            path: path_of(path),
            query: query_of(query),
            place: place_of(place),
        })
    }

    /// As [`at`](Page::at), but for front pages of sites, which many pages name as their own.
    pub(crate) fn beyond_the_front(url: &str) -> Option<Self> {
        Self::at(url).filter(|page| !page.is_front())
    }

    /// Its address as every other way to write it has it, without the scheme.
    pub(crate) fn name(&self) -> String {
        let Page { authority, path, query, place } = self;
        let mark =
            |sign: &str, text: &str| if text.is_empty() { String::new() } else { sign.to_owned() + text };
        format!("{authority}{path}{}{}", mark("?", query), mark("#", place))
    }

    /// Whether a page may for certain call this its own address: what differs is the site, or names a view of it. An
    /// address without the parameters or the path that tell a page from others may be that of all of them.
    pub(crate) fn is_own_of(&self, page: &Page) -> bool {
        self.query == page.query && self.place == page.place && steps(&self.path) == steps(&page.path)
    }

    /// Whether it is the front page of a site, or of the site in one language.
    fn is_front(&self) -> bool {
        let is_letters = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let mut steps = self.path.split('/').skip(1).peekable();
        steps.next_if(|step| step.split(['-', '_']).all(is_letters) && step.len() <= 5);
        let is_front = |step: &str| {
            let (stem, ending) = step.split_once('.').unwrap_or((step, ""));
            ["index", "default", "home"].iter().any(|name| stem.eq_ignore_ascii_case(name))
                && ending.len() <= 5
        };
        steps.next().is_none_or(is_front)
            && steps.next().is_none()
            && self.query.is_empty()
            && self.place.is_empty()
    }
}

/// The host without `www.`, and its port where that is not `default_port`.
fn authority_of(authority: &str, default_port: &str) -> Option<String> {
    let authority = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (authority, ""),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let mut bare = &*host;
    while let Some(rest) = bare.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        bare = rest;
    }
    let port = port.trim_start_matches('0');
    let port = if port.is_empty() || port == default_port { String::new() } else { format!(":{port}") };
    let labels: Vec<String> = bare.split('.').map(crate::punycode::label).collect();
    let is_host = !bare.is_empty() && (bare.starts_with('[') || !bare.contains(':'));
    is_host.then(|| labels.join(".") + &port)
}

/// The path without steps that lead nowhere and strokes at its end.
fn path_of(path: &str) -> String {
    let path = escaped(path);
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/').skip(1) {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let path: String = steps.iter().flat_map(|step| ["/", step]).collect();
    path.trim_end_matches('/').to_owned()
}

/// The parameters in the order of their names, without those that track readers.
fn query_of(query: &str) -> String {
    let query = escaped(query);
    let name = |parameter: &str| parameter.split('=').next().unwrap_or_default().to_owned();
    let is_tracking = |parameter: &&str| {
        let name = name(parameter).to_ascii_lowercase();
        name.starts_with("utm_") || TRACKING.contains(&&*name)
    };
    let mut parameters: Vec<&str> = query.split('&').filter(|parameter| !parameter.is_empty()).collect();
    parameters.retain(|parameter| !is_tracking(parameter));
    // Those of one name stay in their order, which may mean something.
    parameters.sort_by_key(|parameter| name(parameter));
    parameters.join("&")
}

/// What stands behind `#`, where that may be a page of its own (`#/…`, `#!…`) or one record of many (`#post-7`).
fn place_of(place: &str) -> String {
    let place = escaped(place.split(":~:").next().unwrap_or_default());
    let is_route = place.starts_with(['/', '!']);
    let place = if is_route { place.trim_end_matches('/') } else { &place };
    let is_everywhere = PLACES.iter().any(|known| place.eq_ignore_ascii_case(known));
    if is_everywhere || place == "!" { String::new() } else { place.to_owned() }
}

/// A piece of an address in which no sign is escaped that need not be, and all are that must be.
fn escaped(piece: &str) -> String {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let mut out = String::with_capacity(piece.len());
    for (sign, is_escaped) in signs(piece) {
        let is_sign = !is_escaped && sign.is_ascii_graphic() && !b"%\"<>\\^`{|}".contains(&sign);
        if is_plain(sign) || is_sign {
            out.push(char::from(sign));
        } else {
            let [high, low] = [sign >> 4, sign & 15].map(|digit| char::from(HEX[usize::from(digit)]));
            out.extend(['%', high, low]);
        }
    }
    out
}

/// The bytes that a piece of an address stands for, and whether each is escaped.
fn signs(piece: &str) -> impl Iterator<Item = (u8, bool)> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut rest = piece.as_bytes();
    std::iter::from_fn(move || {
        let code = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        let sign = (code.unwrap_or(*rest.first()?), code.is_some());
        rest = &rest[if code.is_some() { 3 } else { 1 }..];
        Some(sign)
    })
}

/// The steps of a path without those that name a view of the page.
fn steps(path: &str) -> Vec<&str> {
    let is_view = |step: &&str| VIEWS.iter().any(|view| step.eq_ignore_ascii_case(view));
    let mut steps: Vec<&str> = path.split('/').skip(1).collect();
    while steps.last().is_some_and(is_view) {
        steps.pop();
    }
    let n_views = steps.iter().take_while(|step| is_view(step)).count();
    steps.split_off(n_views)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(url: &str) -> Option<String> {
        Page::at(url).map(|page| page.name())
    }

    #[test]
    fn a_page_has_one_name_however_its_address_is_written() {
        for (url, same) in [
            (
                "https://www.harbour.example/ice?day=3",
                &[
                    "http://Harbour.example/ice?day=3#top",
                    "https://harbour.example:443/ice/?day=3",
                    "http://harbour.example:80/ice?utm_source=mail&day=3&fbclid=x",
                    "HTTPS://reader:word@harbour.example./ice?day=3#:~:text=cold",
                    " https://harbour.example/%69c%65?day=%33&# ",
                    "https://harbour.example/./coal/../ice?day=3",
                ][..],
            ),
            ("https://a.example/x?id=1&lang=en", &["https://a.example/x?lang=en&id=1"]),
            (
                "https://a.example/h\u{e9}ros",
                &["https://a.example/h%C3%A9ros", "https://a.example/h%c3%a9ros"],
            ),
            (
                "https://b\u{fc}cher.example/x",
                &["https://xn--bcher-kva.example/x", "https://B\u{dc}CHER.example/x"],
            ),
            ("https://a.example/#!/ice", &["https://a.example/#!/ice/"]),
        ] {
            assert!(name(url).is_some());
            for same in same {
                assert_eq!(name(same), name(url), "{same}");
            }
        }
    }

    #[test]
    fn other_addresses_are_other_pages() {
        let all = [
            "https://a.example/ice",
            "https://a.example/Ice",
            "https://a.example/ice.html",
            "https://a.example/ice?id=1",
            "https://a.example/ice?id=2",
            "https://a.example/ice?id=2/",
            "https://a.example/ice?id=1&id=2",
            "https://a.example/ice?id=2&id=1",
            "https://a.example/ice?ref=home",
            "https://a.example/ice#post-1",
            "https://a.example/ice#post-2",
            "https://a.example/#/article/1",
            "https://a.example/#/article/2",
            "https://a.example/#!article/1",
            "https://a.example/a%2Fb",
            "https://a.example/a/b",
            "https://a.example//a/b",
            "https://a.example/index.php?id=1",
            "https://a.example/index.php?id=2",
            "https://a.example/ice/index.html",
            "https://a.example:8080/ice",
            "https://a.example:3000/ice",
            "https://m.a.example/ice",
            "https://amp.a.example/ice",
            "https://xn--bcher-kva.example/ice",
            "https://com/ice",
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(name(one).is_some(), "{one}");
            for other in &all[at + 1..] {
                assert_ne!(name(one), name(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_front_page_is_one_page_that_others_name_as_well() {
        assert_eq!(name("http://www.a.example"), name("https://a.example/?utm_source=x#top"));
        assert_eq!(name("https://a.example").as_deref(), Some("a.example"));
    }

    #[test]
    fn a_front_page_and_what_is_no_address_are_no_page_beyond_the_front() {
        let name = |url: &str| Page::beyond_the_front(url).map(|page| page.name());
        for end in [
            "",
            "/",
            "#top",
            "/?utm_source=x",
            "/index.php",
            "/INDEX.html/",
            "/default.aspx",
            "/home",
            "/en/",
        ] {
            assert_eq!(name(&format!("https://harbour.example{end}")), None, "{end}");
        }
        for url in
            ["harbour/ice", "/ice", "mailto:a@b.example", "urn://x/y", "https:///ice", "", "://", "https://"]
        {
            assert_eq!(name(url), None, "{url}");
        }
        for end in ["/homes", "/index.php?id=3", "/home/ice", "/indexing", "/de/ice", "/#/ice"] {
            assert!(name(&format!("https://harbour.example{end}")).is_some(), "{end}");
        }
    }

    #[test]
    fn an_address_may_be_that_of_a_page_or_of_all_pages_of_its_site() {
        let is_own = |canonical: &str, url: &str| {
            let [canonical, url] = [canonical, url].map(|path| Page::at(&format!("https://{path}")).unwrap());
            canonical.is_own_of(&url)
        };
        for url in [
            "a.example/x/ice/amp",
            "amp.a.example/x/ice",
            "a.example/print/x/ice",
            "m.a.example/x/ice?utm_id=1",
        ] {
            assert!(is_own("a.example/x/ice", url), "{url}");
        }
        for url in
            ["a.example/x", "a.example/x/cold", "a.example/x/ice?id=2", "a.example/x/ice#/2", "a.example/ice"]
        {
            assert!(!is_own("a.example/x/ice", url), "{url}");
        }
    }

    type Plain = (u32, Vec<String>, Vec<(String, String)>, String);

    /// Pieces of addresses in which nothing is to be folded.
    fn plain() -> impl Strategy<Value = Plain> {
        let port = prop::sample::select(vec![443_u32, 80, 8080, 3000]);
        let steps = prop::collection::vec("[a-zA-Z0-9_~-]{3,5}", 1..4);
        let query = prop::collection::vec(("[a-t]{1,2}", "[a-zA-Z0-9/=-]{0,3}"), 0..3);
        let place =
            prop::sample::select(vec!["", "#post-1", "#post-2", "#/a", "#!b"]).prop_map(str::to_owned);
        (port, steps, query, place)
    }

    fn written((port, steps, query, place): &Plain) -> String {
        let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("https://a.example:{port}/x/{}{mark}{}{place}", steps.join("/"), query.join("&"))
    }

    proptest! {
        #[test]
        fn a_name_is_its_own_name(
            scheme in "https?",
            url in "(www\\.){0,2}[a-zA-Z\u{fc}\u{df}\u{130}.]{1,6}(:[0-9]{0,4})?[/a-d%0-9eE.?&=#!:~ +\u{e9}\u{4e2d}-]{0,24}",
        ) {
            if let Some(once) = name(&format!("{scheme}://{url}")) {
                prop_assert_eq!(name(&format!("{scheme}://{once}")), Some(once));
            }
        }

        #[test]
        fn nothing_but_the_order_of_parameters_is_folded(one in plain(), other in plain()) {
            let sorted = |mut plain: Plain| {
                plain.2.sort_by(|(a, _), (b, _)| a.cmp(b));
                plain
            };
            let is_same = sorted(one.clone()) == sorted(other.clone());
            prop_assert_eq!(name(&written(&one)) == name(&written(&other)), is_same);
        }

        #[test]
        fn one_change_makes_another_page(one in plain(), at in any::<prop::sample::Index>(), letter in "[a-z0-9]") {
            let url = written(&one);
            let begin = url.find("/x/").unwrap() + 3;
            let end = url.find('#').unwrap_or(url.len());
            let at = begin + at.index(end - begin);
            // What divides the pieces may be the same in another order.
            if "/?&=".contains(&url[at..=at]) {
                return Ok(());
            }
            let changed = format!("{}{letter}{}", &url[..at], &url[at + 1..]);
            prop_assert_eq!(name(&changed) == name(&url), changed == url);
        }
    }
}
