//! `corpus import`: a package, or a layer from elsewhere, into a corpus.

use crate::{
    app::Session, build, copies, corpus::failure, failure::Failure, input::Input, number::Counted,
    outcome::Outcome, output::refuse_input,
};
use clap::{Args, ValueEnum};
use corpus_format::package::{DESCRIPTION, Package};
use corpus_store::{Options, Writer};
use std::path::PathBuf;

mod layer;
mod tagged;

/// Read a package, or what a tagger says of its words, into a corpus
///
/// A package is what `corpus export --to package` wrote. Every file of it is compared with its checksum first; a corpus
/// that is made so is exported as the same package again.
///
/// With --layer conllu it is a CoNLL-U file that a tagger made of what `corpus export --to conllu` wrote. Lemma and part
/// of speech become layers of the corpus, which token patterns ask for. A token lies where Start and End in its last
/// column say, else where its word comes next in the text; one whose word is not there is set aside.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Import {
    /// The package, a folder with a datapackage.json; with --layer the file, "-" is standard input
    #[arg(value_name = "PATH")]
    package: PathBuf,
    /// The corpus: of a package made where there is none
    #[arg(short, long, value_name = "DIR", required = true)]
    output: PathBuf,
    /// What PATH brings to documents that are in the corpus already
    #[arg(long, value_enum, value_name = "FORMAT")]
    layer: Option<Layer>,
    /// Write the rows that were set aside to FILE, as JSON Lines
    #[arg(long, value_name = "FILE", requires = "layer")]
    rejects: Option<PathBuf>,
}

/// What brings a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layer {
    /// Lemma and part of speech of each token
    Conllu,
}

const EXAMPLES: &str = "\
Examples:
  corpus export news.corpus --to package -o news
  corpus import news -o copy.corpus
  corpus export news.corpus --to conllu -o news.conllu
  corpus import tagged.conllu --layer conllu -o news.corpus    after a tagger has read news.conllu
  corpus kwic news.corpus '[lemma=\"say\" & upos=\"VERB\"]'";

impl Import {
    /// Imports the package.
    ///
    /// # Errors
    /// When the package cannot be read, or the corpus not be written.
    pub(crate) fn run(&self, session: &mut Session) -> Result<Outcome, Failure> {
        refuse_input(&self.output, std::slice::from_ref(&self.package))?;
        match self.layer {
            Some(Layer::Conllu) => {
                layer::import(session, &self.package, &self.output, self.rejects.as_deref())
            }
            None => self.import_package(session),
        }
    }

    fn import_package(&self, session: &Session) -> Result<Outcome, Failure> {
        let package = Package::open(&self.package).map_err(|error| {
            let hint =
                format!("a package is a folder with a {DESCRIPTION}; `corpus build` reads everything else");
            Failure::new(error).hint(hint)
        })?;
        package.verify().map_err(|error| Failure::new(error).hint("fetch or export the package again"))?;
        build::must_have_parent(&self.output)?;
        let layers = package.layers();
        let options =
            layers.iter().fold(Options::new(), |options, layer| options.layer(&*layer.name, layer.version));
        let mut writer = Writer::open(&self.output, options).map_err(failure)?;
        let imported = writer.import(&package).map_err(failure)?;
        if !writer.has_clusters().map_err(failure)? {
            let jobs = Input::at(self.package.clone()).jobs();
            writer.set_clusters(&copies::find(&self.output, jobs)?).map_err(failure)?;
        }
        crate::linked::update(&self.output, &mut writer, None)?;
        writer.finish().map_err(failure)?;
        session.console.done(format_args!(
            "{} read, {} of them new to {}",
            Counted(imported.documents, "document"),
            imported.new,
            self.output.display()
        ));
        session.console.left_out(imported.removed, &self.output);
        Ok(if imported.documents == 0 { Outcome::Nothing } else { Outcome::Done })
    }
}
