//! The words of a command line, put into an order that clap reads: options first, then paths and the query.

use clap::{Arg, Command};
use std::ffi::OsString;

/// The words of a command line in an order that clap reads.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) ordered: Vec<OsString>,
    /// What stands alone where both a path and a query are wanted.
    pub(crate) alone: Option<OsString>,
}

/// The same words with the options of a command before its paths and its query: of several paths and a query, clap only
/// knows the query by its being last of all.
pub(crate) fn options_first(command: &Command, words: impl IntoIterator<Item = OsString>) -> Words {
    let mut words = words.into_iter();
    let mut ordered: Vec<OsString> = words.by_ref().take(1).collect();
    let mut asking = None;
    while let Some(word) = words.next() {
        let is_option = is_option(&word);
        ordered.push(word);
        if !is_option {
            asking = ordered.last().and_then(|name| command.find_subcommand(name)).filter(|sub| asks(sub));
            break;
        }
        if ordered.last().is_some_and(|option| wants_value(command, option)) {
            ordered.extend(words.next());
        }
    }
    let Some(asking) = asking else {
        ordered.extend(words);
        return Words { ordered, alone: None };
    };
    let mut others = Vec::new();
    while let Some(word) = words.next() {
        if word == "--" {
            // No word behind it is an option; clap, which is shown the words in another order, cannot know that.
            let named: Vec<OsString> = words.collect();
            let n_paths = named.len().saturating_sub(1);
            others.extend(named.into_iter().enumerate().map(|(at, word)| match is_option(&word) {
                true => behind(if at < n_paths { "./" } else { " " }, &word),
                false => word,
            }));
            break;
        }
        if is_left_out(asking, &word) {
            // What clap would take for options is a query, behind a blank, which no query minds.
            others.push(behind(" ", &word));
        } else if is_option(&word) {
            let value = wants_value(asking, &word).then(|| words.next()).flatten();
            ordered.push(word);
            ordered.extend(value);
        } else {
            others.push(word);
        }
    }
    let alone = match &others[..] {
        [alone] => Some(alone.clone()),
        _ => None,
    };
    ordered.append(&mut others);
    Words { ordered, alone }
}

/// A word with something before it.
fn behind(before: &str, word: &OsString) -> OsString {
    let mut joined = OsString::from(before);
    joined.push(word);
    joined
}

/// Whether a command takes several paths and then a query.
fn asks(command: &Command) -> bool {
    let mut positionals = command.get_positionals();
    positionals.next().is_some_and(|first| first.get_num_args().is_some_and(|range| range.max_values() > 1))
        && positionals.next().is_some()
}

fn is_option(word: &OsString) -> bool {
    let bytes = word.as_encoded_bytes();
    bytes.len() > 1 && bytes[0] == b'-'
}

/// Whether a word is what a query is to be without, `-coffee`, and no option of the command.
fn is_left_out(command: &Command, word: &OsString) -> bool {
    let Some(term) = word.to_str().and_then(|word| word.strip_prefix('-')) else { return false };
    let mut letters = term.chars();
    let (first, more) = (letters.next(), letters.next());
    let is_known = |arg: &Arg| arg.get_short() == first || arg.get_long() == Some(term);
    let begins = |first: char| first.is_alphabetic() || matches!(first, '"' | '“' | '(');
    first.is_some_and(begins) && more.is_some() && !command.get_arguments().any(is_known)
}

/// Whether the value of an option is the next word.
fn wants_value(command: &Command, option: &OsString) -> bool {
    let takes_value = |arg: &Arg| arg.get_action().takes_values();
    let Some(option) = option.to_str() else { return false };
    if let Some(long) = option.strip_prefix("--") {
        return command.get_arguments().any(|arg| arg.get_long() == Some(long) && takes_value(arg));
    }
    let mut letters = option.chars().skip(1);
    let valued =
        |letter: char| command.get_arguments().any(|arg| arg.get_short() == Some(letter) && takes_value(arg));
    // What follows a letter that takes a value is the value.
    letters.any(valued) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(line: &str) -> String {
        let mut command = crate::Program::new().command();
        command.build();
        let words = options_first(&command, line.split(' ').map(OsString::from));
        words.ordered.iter().map(|word| word.to_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_may_stand_anywhere() {
        for (typed, read) in [
            ("corpus kwic pages --in all ferry", "corpus kwic --in all pages ferry"),
            ("corpus kwic pages ferry --in=all -j 2", "corpus kwic --in=all -j 2 pages ferry"),
            (
                "corpus --color never -q search a b -qj2 ferry",
                "corpus --color never -q search -qj2 a b ferry",
            ),
            ("corpus search - --explain ferry", "corpus search --explain - ferry"),
            ("corpus search pages -coffee", "corpus search pages  -coffee"),
            ("corpus search pages -coffee -q", "corpus search -q pages  -coffee"),
            ("corpus search pages ferry -z", "corpus search -z pages ferry"),
            ("corpus search pages ferry -limit", "corpus search -limit pages ferry"),
            ("corpus search pages ferry --limit -5", "corpus search --limit -5 pages ferry"),
            ("corpus kwic pages --cql -- --in", "corpus kwic --cql pages  --in"),
            ("corpus kwic -- -pages - -dock", "corpus kwic ./-pages -  -dock"),
            ("corpus scan pages --limit 3 more", "corpus scan pages --limit 3 more"),
            ("corpus show pages ferry --text", "corpus show pages ferry --text"),
            ("corpus", "corpus"),
            ("corpus --no-such kwic", "corpus --no-such kwic"),
        ] {
            assert_eq!(ordered(typed), read);
        }
    }

    #[test]
    fn what_stands_behind_two_hyphens_is_no_option() {
        for line in [
            "corpus search pages -- -bridge",
            "corpus kwic -- -pages -dock",
            "corpus kwic pages --cql -- --in",
        ] {
            let mut command = crate::Program::new().command();
            command.build();
            let words = options_first(&command, line.split(' ').map(OsString::from)).ordered;
            assert!(command.try_get_matches_from(words).is_ok(), "{line}");
        }
    }
}
