//! Proof of the web page and the API: a browser through every screen, hostile documents, and schemathesis.

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Browsers that are looked for.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The tester of the API, with what it needs in a version that it works with, and how it is asked.
const SCHEMATHESIS: &[&str] = &["schemathesis==4.6.0", "hypothesis==6.142.5"];
const EXAMPLES: &str = "30";

/// What pages of others may try: markup, script, templates, formulas, text that turns around; in text, title, author,
/// address and file name.
const HOSTILE: &[(&str, &str)] = &[
    (
        "a\"><img src=x onerror=alert(1)>.txt",
        "<script>alert(1)</script> \"><svg onload=alert(2)> {{ 7 * 7 }}\n\n\
         By <img src=x onerror=alert(3)> | https://evil.example/<script>\n\n\
         The harbour \u{202e}esuoh\u{202c} was shut &lt;b&gt; ${7*7} #{7*7} <%= 7 %> for a whole week, said “</q><script>alert(4)</script>”, \
         according to <iframe src=javascript:alert(5)>.\n",
    ),
    (
        "b\u{202e}lmth.txt",
        "\u{202e}\u{2066}Turned around\u{202e}\n\n=HYPERLINK(\"http://evil.example\") and +1 and @SUM(A1) at the harbour, wrote the office.\n",
    ),
    (
        "c.html",
        "<html><head><title></title><script>alert(6)</script></title><meta name=author content='\"><script>alert(7)</script>'>\
         <link rel=canonical href='javascript:alert(8)'></head><body><article><h1>&lt;script&gt;alert(9)&lt;/script&gt;</h1>\
         <p onclick=alert(10)>The harbour <a href='javascript:alert(11)'>froze</a> on Monday, and no ferry left it before the \
         ice-breaker came, &lt;img src=x onerror=alert(12)&gt;.</p></article></body></html>",
    ),
    (
        "e.jsonl",
        "{\"id\": \"<img src=x onerror=alert(13)>\", \"url\": \"javascript:alert(14)//https://evil.example/\\\"><svg onload=alert(15)>\", \
          \"date\": \"2020-01-01\\\"><script>alert(16)</script>\", \"title\": \"{{constructor.constructor('alert(17)')()}}\", \
          \"text\": \"<svg/onload=alert(18)>\\n\\nBy ${alert(19)} ]]>-->'\\\"\\n\\nThe harbour, said Mr \\u202e<b>Onerror</b>\\u202c, is shut (\\u2066TASS, May 3). He met <i>Anna Brandt</i> in Minsk on May 4, 2020.\"}\n",
    ),
    (
        "d.txt",
        "harbour\u{0}\u{1}\u{7f}\u{feff}\u{fffe} AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
];

/// `cargo xtask proof web`.
pub(super) fn run(workspace: &Workspace, corpus: &Path, mut args: Args) -> Result<()> {
    let only: Option<String> = args.option("--only")?;
    let input = args.word().unwrap_or_else(|| "seeds".to_owned());
    args.finish()?;
    if only.as_deref().is_none_or(|only| only == "browser") {
        browse(workspace, corpus, &Server::start(workspace, corpus, &[&input])?)?;
    }
    if only.as_deref().is_none_or(|only| only == "api") {
        test_api(workspace, corpus, &input)?;
    }
    Ok(())
}

/// Drives a browser through the page of a server, and of one with hostile documents.
fn browse(workspace: &Workspace, corpus: &Path, server: &Server) -> Result<()> {
    let Some(browser) = BROWSERS.iter().find_map(|name| found(name)) else {
        bail!("no browser is there; looked for {}", BROWSERS.join(", "));
    };
    let folder = workspace.target("proof/web");
    let hostile = folder.join("hostile");
    fs::create_dir_all(&hostile).context("failed to make a folder for hostile documents")?;
    for (name, text) in HOSTILE {
        // What a file system does not take for a name, it need not be tested with.
        let _ = fs::write(hostile.join(name), text);
    }
    // Words that end nowhere, in the text, in the title and in the name of the file.
    let word = "harbour".repeat(30);
    let _ = fs::write(
        hostile.join(format!("{word}.txt")),
        format!("{word}{word}\n\nThe harbour {} froze.\n", word.repeat(40)),
    );
    let package = workspace.read("tests/proof/web/package.json")?;
    let known = fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    if known != package || !folder.join("node_modules").exists() {
        fs::write(folder.join("package.json"), &package).context("failed to copy package.json")?;
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
        process::run(install)?;
    }
    let of_hostile = Server::start(workspace, corpus, &[&hostile.display().to_string()])?;
    let directory = folder.join("pages.corpus");
    if directory.exists() {
        fs::remove_dir_all(&directory).context("failed to empty the corpus to build into")?;
    }
    let mut build = Command::new(corpus);
    build.args(["build", "seeds", "--quiet", "-o"]).arg(&directory).current_dir(workspace.root());
    process::run(build)?;
    let of_building = Server::start(workspace, corpus, &[&directory.display().to_string(), "--build"])?;
    let mut node = Command::new("node");
    node.arg("tests/proof/web/proof.mjs").arg(&folder).arg(browser).arg(&server.address);
    node.arg(folder.join("screens")).arg(&of_hostile.address).arg(&of_building.address);
    node.current_dir(workspace.root());
    process::run(node)
}

/// Tests the API against its own description, at a server that builds what it is sent.
fn test_api(workspace: &Workspace, corpus: &Path, input: &str) -> Result<()> {
    let tools = workspace.target("proof/schemathesis");
    let program = tools.join("bin/schemathesis");
    if !program.exists() {
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&tools);
        process::run(make)?;
        let mut install = Command::new(tools.join("bin/pip"));
        install.args(["install", "--quiet", "--disable-pip-version-check"]).args(SCHEMATHESIS);
        process::run(install)?;
    }
    let folder = workspace.target("proof/api");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("failed to empty the folder of the corpus to test")?;
    }
    fs::create_dir_all(&folder).context("failed to make a folder for the corpus to test")?;
    let directory = folder.join("pages.corpus");
    let mut build = Command::new(corpus);
    build.args(["build", input, "--quiet", "-o"]).arg(&directory).current_dir(workspace.root());
    process::run(build)?;
    fs::write(folder.join("schemathesis.toml"), configuration(workspace, corpus, &directory)?)
        .context("failed to write what the tester is to know")?;
    let server = Server::start(workspace, corpus, &[&directory.display().to_string(), "--build"])?;
    let mut test = Command::new(program);
    test.args(["run", "--max-examples", EXAMPLES, "--seed", "1", "--request-timeout", "60"]);
    test.args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"]);
    test.args(["--checks", "response_schema_conformance,response_headers_conformance"]);
    test.arg(format!("{}/openapi.json", server.address)).current_dir(&folder);
    process::run(test)
}

/// Parameters that name something that is there: else the tester would ask for nothing but what is not.
fn configuration(workspace: &Workspace, corpus: &Path, directory: &Path) -> Result<String> {
    let mut scan = Command::new(corpus);
    scan.args(["scan", "--format", "jsonl", "--quiet"]).arg(directory).current_dir(workspace.root());
    let output = scan.output().with_context(|| format!("failed to run {}", corpus.display()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let ids: Vec<String> = rows.filter_map(|row| Some(row["id"].as_str()?.to_owned())).take(2).collect();
    let [first, .., last] = &ids[..] else { bail!("there are no two documents to ask for") };
    let mut text = String::new();
    for (operation, parameters) in [
        ("GET /v1/documents/{id}", format!("\"path.id\" = \"{first}\"")),
        ("GET /v1/documents/{id}/blocks", format!("\"path.id\" = \"{last}\"")),
        ("GET /v1/diff", format!("\"query.old\" = \"{first}\", \"query.new\" = \"{last}\"")),
        ("GET /v1/jobs/{id}", "\"path.id\" = \"j1\"".to_owned()),
        ("GET /v1/jobs/{id}/events", "\"path.id\" = \"j1\"".to_owned()),
        ("DELETE /v1/jobs/{id}", "\"path.id\" = \"j1\"".to_owned()),
    ] {
        let name = format!("include-name = \"{operation}\"");
        text.push_str(&format!("[[operations]]\n{name}\nparameters = {{ {parameters} }}\n\n"));
    }
    Ok(text)
}

/// Where a program lies.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A server on a free port of the loopback address, ended when it is dropped.
pub(crate) struct Server {
    child: Child,
    /// As `http://127.0.0.1:PORT`.
    pub(crate) address: String,
}

impl Server {
    /// Starts `corpus serve`, and waits until it listens.
    pub(crate) fn start(workspace: &Workspace, corpus: &Path, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(corpus)
            .arg("serve")
            .args(arguments)
            .args(["--port", "0", "--quiet"])
            .current_dir(workspace.root())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("failed to run {}", corpus.display()))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).context("failed to hear of the server")?;
        }
        let address = line.trim().strip_prefix("listening on ").map(|address| address.trim_end_matches('/'));
        match address.map(str::to_owned) {
            Some(address) => Ok(Server { child, address }),
            None => {
                let _ = child.kill();
                bail!("`corpus serve {}` does not listen", arguments.join(" "));
            }
        }
    }

    /// Number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
