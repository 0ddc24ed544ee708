//! The shipped list of parsers.

use corpus_core::Registry;

/// The parsers that `corpus` ships with. The order is that of precedence: each line's parser is asked before those
/// of the lines above it.
pub fn registry() -> Registry {
    Registry::core().with(corpus_feed::Feed::new())
}
