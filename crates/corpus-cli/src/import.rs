//! `corpus import`: a package into a corpus.

use crate::{
    app::Session, copies, corpus::failure, failure::Failure, input::Input, number::Counted, outcome::Outcome,
    output::refuse_input,
};
use clap::Args;
use corpus_format::package::{DESCRIPTION, Package};
use corpus_store::{Options, Writer};
use std::path::PathBuf;

/// Read a package that `corpus export --to package` wrote into a corpus
///
/// Every file is compared with its checksum first. A corpus that is made so is exported as the same package again.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The package: a folder with a datapackage.json
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// The corpus: made where there is none
    #[arg(short, long, value_name = "DIR", required = true)]
    output: PathBuf,
}

impl Import {
    /// Imports the package.
    ///
    /// # Errors
    /// When the package cannot be read, or the corpus not be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        refuse_input(&self.output, std::slice::from_ref(&self.package))?;
        let package = Package::open(&self.package).map_err(|error| {
            let hint =
                format!("a package is a folder with a {DESCRIPTION}; `corpus build` reads everything else");
            Failure::new(error).hint(hint)
        })?;
        package.verify().map_err(|error| Failure::new(error).hint("fetch or export the package again"))?;
        let layers = package.layers();
        let options =
            layers.iter().fold(Options::new(), |options, layer| options.layer(&*layer.name, layer.version));
        let mut writer = Writer::open(&self.output, options).map_err(failure)?;
        let imported = writer.import(&package).map_err(failure)?;
        if !writer.has_clusters().map_err(failure)? {
            let jobs = Input::at(self.package.clone()).jobs();
            writer.set_clusters(&copies::find(&self.output, jobs)?).map_err(failure)?;
        }
        writer.finish().map_err(failure)?;
        session.console.hint(format_args!(
            "{} imported, {} of them new",
            Counted(imported.documents, "document"),
            imported.new
        ));
        Ok(if imported.documents == 0 { Outcome::Nothing } else { Outcome::Done })
    }
}
