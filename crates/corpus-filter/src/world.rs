//! The world as the filters see it: lists and test sets that a configuration names.

use std::{io, path::Path};

/// Where lists and test sets come from. The filters themselves open no file.
pub trait World {
    /// The text of a list.
    ///
    /// # Errors
    /// When it cannot be read.
    fn list(&self, path: &Path) -> io::Result<String>;

    /// Hands the text of each example of a test set to `example`.
    ///
    /// # Errors
    /// When it cannot be read.
    fn examples(&self, path: &Path, example: &mut dyn FnMut(&str)) -> io::Result<()>;
}

/// A world without files: for configurations that name none.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl World for NoFiles {
    fn list(&self, _: &Path) -> io::Result<String> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn examples(&self, _: &Path, _: &mut dyn FnMut(&str)) -> io::Result<()> {
        Err(io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::HashMap;

    /// Files by their names; each line of one is an example.
    pub(crate) type Files = HashMap<&'static str, &'static str>;

    impl World for Files {
        fn list(&self, path: &Path) -> io::Result<String> {
            let text = path.to_str().and_then(|name| self.get(name)).ok_or(io::ErrorKind::NotFound)?;
            Ok((*text).to_owned())
        }

        fn examples(&self, path: &Path, example: &mut dyn FnMut(&str)) -> io::Result<()> {
            self.list(path)?.lines().for_each(example);
            Ok(())
        }
    }
}
