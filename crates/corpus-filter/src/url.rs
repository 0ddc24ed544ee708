//! Addresses of pages, and the lists of those that are not wanted.

use crate::error::Error;
use crate::{
    config,
    list::List,
    notes::{Found, Notes},
    world::World,
};
use corpus_core::host;
use std::collections::HashSet;

pub(crate) const NAME: &str = "url";

/// The lists of addresses that are not wanted.
#[derive(Debug, Default)]
pub(crate) struct Url {
    domains: HashSet<String>,
    addresses: HashSet<String>,
    words: HashSet<String>,
    drop_without: bool,
}

impl Url {
    pub(crate) fn read(config: &config::Url, world: &dyn World) -> Result<Self, Error> {
        let read = |paths, fold: fn(&str) -> String| -> Result<HashSet<String>, Error> {
            Ok(List::read(paths, world)?.entries().map(fold).collect())
        };
        Ok(Url {
            domains: read(&config.domains, |domain| host::bare(&domain.to_lowercase()).to_owned())?,
            addresses: read(&config.addresses, |address| bare(&address.to_lowercase()).to_owned())?,
            words: read(&config.words, str::to_lowercase)?,
            drop_without: config.drop_without,
        })
    }

    /// Looks at the address of a page.
    pub(crate) fn judge(&self, url: Option<&str>, notes: &mut Notes) {
        let mut notes = notes.stage(NAME);
        let url = url.map(str::to_lowercase);
        let domain = url.as_deref().map(host::host);
        notes.name("domain", domain);
        let (Some(url), Some(domain)) = (&url, domain) else {
            if self.drop_without {
                notes.drop("drop_without", Found::Unknown, None);
            }
            return;
        };
        let listed = |rule, entry: Option<&str>| entry.map(|entry| (rule, entry.to_owned()));
        let found = listed("domains", host::parents(domain).find(|domain| self.domains.contains(*domain)))
            .or_else(|| listed("addresses", self.addresses.contains(bare(url)).then_some(url)))
            .or_else(|| {
                let mut words = url.split(|c: char| !c.is_alphanumeric());
                listed("words", words.find(|word| self.words.contains(*word)))
            });
        if let Some((rule, entry)) = found {
            notes.drop(rule, Found::Name(entry), None);
        }
    }
}

/// An address without scheme, `www.` and a slash at the end.
fn bare(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::tests::Files;
    use std::path::PathBuf;

    fn broken(url: Option<&str>) -> Option<String> {
        let files = Files::from([
            ("domains", "# not wanted\nads.example\nWWW.Spam.example\n"),
            ("addresses", "https://harbour.example/casino/\n"),
            ("words", "casino-free\nroulette # a game\n"),
        ]);
        let list = |name: &str| vec![PathBuf::from(name)];
        let config = config::Url {
            domains: list("domains"),
            addresses: list("addresses"),
            words: list("words"),
            drop_without: true,
        };
        let mut notes = Notes::default();
        Url::read(&config, &files).unwrap().judge(url, &mut notes);
        notes.reason.map(|reason| reason.to_string())
    }

    #[test]
    fn a_domain_stands_for_its_subdomains_and_an_address_for_itself() {
        assert_eq!(broken(Some("https://ads.example/x")).as_deref(), Some("url.domains: ads.example"));
        assert_eq!(broken(Some("http://img.ads.example:80")).as_deref(), Some("url.domains: ads.example"));
        assert_eq!(broken(Some("http://loads.example/")), None);
        assert_eq!(broken(Some("https://user@spam.example")).as_deref(), Some("url.domains: spam.example"));
        assert!(broken(Some("http://www.harbour.example/casino")).unwrap().starts_with("url.addresses: "));
        assert_eq!(broken(Some("http://harbour.example/casino/2")), None);
        assert_eq!(broken(Some("http://harbour.example/Roulette-2")).as_deref(), Some("url.words: roulette"));
        assert_eq!(broken(None).as_deref(), Some("url.drop_without: unknown"));
    }
}
