//! Licences: every package a build uses is under one that deny.toml permits, and from the registry.

use super::Finding;
use crate::{metadata::Metadata, workspace::Workspace};
use anyhow::{Context, Result};

/// The one place besides this repository that packages come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks every package.
pub(super) fn check(workspace: &Workspace, metadata: &Metadata) -> Result<Vec<Finding>> {
    let permitted = permitted(&workspace.read("deny.toml")?)?;
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let name = format!("{} {}", package.name, package.version);
        let is_permitted = |licence: &str| permitted.iter().any(|one| one == licence);
        match package.license.as_deref() {
            Some(licence) if allows(licence, &is_permitted) => {}
            licence => {
                let licence = licence.unwrap_or("no licence that Cargo knows");
                let mend = "choose another package, or permit the licence in deny.toml if it is as free as those there";
                findings.push(Finding::new("Cargo.lock", format!("{name} is under {licence}"), mend));
            }
        }
        if package.source.as_deref().is_some_and(|source| source != REGISTRY) {
            let mend = "take a released version from crates.io";
            findings.push(Finding::new("Cargo.lock", format!("{name} is not from crates.io"), mend));
        }
    }
    Ok(findings)
}

/// The licences that the list `allow` of deny.toml holds.
fn permitted(deny: &str) -> Result<Vec<String>> {
    let list = deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']'));
    let (list, _) = list.context("deny.toml has no list `allow = [`")?;
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Whether an SPDX expression can be met: any side of an OR, all of an AND, brackets first. A slash is an OR.
fn allows(expression: &str, is_permitted: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, is_permitted) && rest.is_empty()
}

fn any_of(words: &mut &[&str], is_permitted: &dyn Fn(&str) -> bool) -> bool {
    let mut met = all_of(words, is_permitted);
    while words.first() == Some(&"OR") {
        *words = &words[1..];
        met |= all_of(words, is_permitted);
    }
    met
}

fn all_of(words: &mut &[&str], is_permitted: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, is_permitted);
    while words.first() == Some(&"AND") {
        *words = &words[1..];
        met &= one(words, is_permitted);
    }
    met
}

fn one(words: &mut &[&str], is_permitted: &dyn Fn(&str) -> bool) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = any_of(words, is_permitted);
            *words = words.strip_prefix(&[")"]).unwrap_or(&[]);
            met
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            is_permitted(&format!("{licence} WITH {exception}"))
        }
        [licence, rest @ ..] => {
            *words = rest;
            is_permitted(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_as_spdx_says() {
        let free = |licence: &str| matches!(licence, "MIT" | "Apache-2.0" | "Unicode-3.0");
        assert!(allows("MIT OR GPL-3.0-only", &free));
        assert!(allows("(MIT OR Apache-2.0) AND Unicode-3.0", &free));
        assert!(allows("Unlicense/MIT", &free));
        assert!(!allows("GPL-3.0-only", &free));
        assert!(!allows("MIT AND GPL-3.0-only", &free));
        assert!(!allows("Apache-2.0 WITH LLVM-exception", &free));
        assert!(!allows("", &free));
    }
}
