//! Tokens of a text, by a tokenizer that is given as a `tokenizer.json`.

use crate::error::Error;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use tokenizers::Tokenizer;

/// Something that counts tokens.
#[derive(Clone)]
pub struct Tokens {
    tokenizer: Arc<Tokenizer>,
    path: PathBuf,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Tokens {
    /// The tokenizer in a file, which is read once.
    ///
    /// # Errors
    /// When the file cannot be read, or is no tokenizer.
    pub fn of(path: &Path) -> Result<Self, Error> {
        static READ: OnceLock<Mutex<HashMap<PathBuf, Arc<Tokenizer>>>> = OnceLock::new();
        let mut read = READ.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        let tokenizer = match read.get(path) {
            Some(tokenizer) => Arc::clone(tokenizer),
            None => {
                let tokenizer = Tokenizer::from_file(path)
                    .map_err(|cause| Error::io("read the tokenizer", path, cause))?;
                let tokenizer = Arc::new(tokenizer);
                read.insert(path.to_owned(), Arc::clone(&tokenizer));
                tokenizer
            }
        };
        Ok(Tokens { tokenizer, path: path.to_owned() })
    }

    /// Number of tokens in a text, without those that a model wants around it.
    ///
    /// # Errors
    /// When the tokenizer cannot read the text.
    pub fn count(&self, text: &str) -> Result<u64, Error> {
        let encoded = self.tokenizer.encode_fast(text, false);
        let encoded = encoded.map_err(|cause| Error::io("count tokens by", &self.path, cause))?;
        Ok(encoded.len() as u64)
    }
}
