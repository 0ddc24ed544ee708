//! A program of one's own: the command line with a parser, an annotator and an export format that do not ship.

use corpus_annotate::{Annotator, Page};
use corpus_cli::Program;
use corpus_core::{Annotation, Document, Parser, Record, Span, text::Text};
use corpus_export::{
    Error, Export, Format, Options, Parts, Target,
    report::Tally,
    selection::Selected,
    stream::{Stream, Streamed},
};
use std::{fs, io, path::Path, process::ExitCode};

/// Log books: text that begins with "Log of".
struct Log;

impl Parser for Log {
    fn name(&self) -> &'static str {
        "log"
    }
    fn description(&self) -> &'static str {
        "log books"
    }
    fn media_types(&self) -> &'static [&'static str] {
        &["text/x-log"]
    }
    fn sniff(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"Log of ")
    }
    fn parse(&self, record: &Record<'_>, sink: &mut dyn FnMut(Document)) {
        Text::new().parse(record, &mut |mut document| {
            document.parts[0].topics = vec!["log".to_owned()];
            sink(document);
        });
    }
}

/// Ships, by the letters before their names.
struct Ships;

impl Annotator for Ships {
    fn layer(&self) -> &'static str {
        "ship"
    }
    fn version(&self) -> u32 {
        1
    }
    fn description(&self) -> &'static str {
        "ships"
    }
    fn annotate(&self, page: &mut Page<'_>) {
        let pairs = page.tokens.windows(2).filter(|pair| page.word(pair[0]) == "MV");
        let spans: Vec<_> = pairs.map(|pair| Span::new(pair[0].span().start, pair[1].span().end)).collect();
        for span in spans {
            page.push(Annotation {
                span,
                layer: self.layer().into(),
                value: page.text()[span].into(),
                rule: "letters-before".into(),
                confidence: 0.8,
            });
        }
    }
}

/// A fleet: the topics of an article and its ships, a line each.
struct Fleet;

impl Format for Fleet {
    fn name(&self) -> &'static str {
        "fleet"
    }
    fn description(&self) -> &'static str {
        "ships, one a line"
    }
    fn streams(&self, _: &Options) -> bool {
        true
    }
    fn open<'a>(&self, target: Target<'a>, options: &Options) -> Result<Box<dyn Export + 'a>, Error> {
        Streamed::open(Lines, target, options, Parts::ARTICLES, &["ships"])
    }
}

struct Lines;

impl Stream for Lines {
    fn add(&mut self, taken: &Selected<'_>, out: &mut dyn io::Write, tally: &mut Tally) -> io::Result<()> {
        let topics = taken.document.parts[0].topics.join(",");
        for ship in taken.document.annotations.iter().filter(|annotation| annotation.layer == "ship") {
            writeln!(out, "{topics}: {}", ship.value.as_str().unwrap_or_default())?;
            tally.add("ships", 1);
        }
        Ok(())
    }
}

/// What the program with all three says to a command line: its exit code.
fn run(words: &[&str]) -> String {
    let program = Program::new().parser(Log).annotator(Ships).format(Fleet);
    format!("{:?}", program.run_from([&["corpus", "-q"], words].concat()))
}

fn name(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

#[test]
fn what_others_add_works_on_pages_and_in_a_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let log =
        "Log of two ships in one tide\n\nThe MV Aurora left at noon, and the MV Brent came in behind her.\n";
    fs::create_dir(path("pages")).unwrap();
    fs::write(path("pages/monday.log"), log).unwrap();
    let done = format!("{:?}", ExitCode::SUCCESS);
    let (pages, corpus, out) = (path("pages"), path("corpus"), path("out"));
    let fleet = "log: MV Aurora\nlog: MV Brent\n";

    assert_eq!(run(&["export", name(&pages), "--to", "fleet", "-o", name(&out)]), done);
    assert_eq!(fs::read_to_string(&out).unwrap(), fleet);

    assert_eq!(run(&["build", name(&pages), "-o", name(&corpus), "--layers", "time,ship"]), done);
    assert_eq!(run(&["verify", name(&corpus)]), done);
    assert_eq!(run(&["export", name(&corpus), "--to", "fleet", "-o", name(&out)]), done);
    assert_eq!(fs::read_to_string(&out).unwrap(), fleet);

    assert_eq!(run(&["annotate", name(&pages), "--layers", "ship", "-o", name(&out)]), done);
    let document: Document = serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    assert!(document.annotations.iter().all(|annotation| annotation.layer == "ship"));
    assert_eq!(document.annotations.len(), 2);
}

#[test]
fn the_command_line_knows_the_formats_of_the_program() {
    let help = |program: Program| {
        let mut command = program.command();
        command.find_subcommand_mut("export").unwrap().render_long_help().to_string()
    };
    assert!(help(Program::new().format(Fleet)).contains("fleet          ships, one a line\n"));
    assert!(!help(Program::new()).contains("fleet"));
    assert_eq!(run(&["export", "pages", "--to", "fleets"]), format!("{:?}", ExitCode::from(2)));
}
