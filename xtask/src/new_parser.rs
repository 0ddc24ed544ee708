//! A new parser crate, written whole: it compiles, and its test passes, before a line is changed.

mod template;

use crate::{args::Args, process, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path, process::Command};
use template::Template;

/// `cargo xtask new-parser NAME`.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let media_type = args.option::<String>("--media-type")?;
    let name = args.required("the parser's name, one lower-case word for what it reads,")?;
    args.finish()?;
    let template = Template::new(&name, media_type.as_deref())?;
    let package = template.package();
    let folder = Path::new("crates").join(&package);
    if workspace.path(&folder).exists() {
        bail!("there is a crates/{package} already");
    }
    for (path, content) in template.files() {
        workspace.write(folder.join(path), content)?;
    }
    let mut test = process::command(workspace, "cargo test --quiet --package");
    test.arg(&package).env("INSTA_UPDATE", "always");
    process::run(test).with_context(|| format!("is crates/{package} as it was written?"))?;
    crate::print(&template.next_steps());
    Ok(())
}

/// Writes a parser crate into a small workspace of its own, and holds it to what we hold our own crates to.
///
/// # Errors
/// Where it does not compile, or its test does not pass, or clippy has a remark.
pub(crate) fn check(workspace: &Workspace, args: Args) -> Result<()> {
    args.finish()?;
    let folder = workspace.target("new-parser");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("failed to empty {}", folder.display()))?;
    }
    let copy = |path: &Path| -> Result<()> {
        let to = folder.join(path);
        let parent = to.parent().unwrap_or(&folder);
        let copied = fs::create_dir_all(parent).and_then(|()| fs::copy(workspace.path(path), &to));
        copied.map(drop).with_context(|| format!("failed to copy {}", path.display()))
    };
    for path in workspace.files("crates/corpus-core")? {
        copy(&path)?;
    }
    for path in ["Cargo.lock", "clippy.toml", "rustfmt.toml"] {
        copy(Path::new(path))?;
    }
    let write = |path: &Path, content: &str| -> Result<()> {
        let to = folder.join(path);
        let written =
            fs::create_dir_all(to.parent().unwrap_or(&folder)).and_then(|()| fs::write(&to, content));
        written.with_context(|| format!("failed to write {}", to.display()))
    };
    write(Path::new("Cargo.toml"), &alone(&workspace.read("Cargo.toml")?))?;
    let template = Template::new("sample", None)?;
    for (path, content) in template.files() {
        write(&Path::new("crates").join(template.package()).join(path), &content)?;
    }
    let cargo = |line: &str| -> Command {
        let mut command = process::command(workspace, line);
        command.current_dir(&folder).env("CARGO_TARGET_DIR", workspace.target(""));
        command
    };
    let mut first = cargo("cargo test --quiet --package corpus-sample");
    first.env("INSTA_UPDATE", "always");
    process::run(first)?;
    let mut again = cargo("cargo test --quiet --package corpus-sample");
    again.env("INSTA_UPDATE", "no");
    process::run(again)?;
    process::run(cargo("cargo clippy --quiet --package corpus-sample --all-targets -- -D warnings"))?;
    process::run(cargo("cargo fmt --package corpus-sample --check"))
}

/// Our manifest, for a workspace that has only what lies in its folder `crates`.
fn alone(manifest: &str) -> String {
    let keep = |line: &&str| !line.starts_with("default-members");
    let members = |line: &str| match line.starts_with("members") {
        true => "members = [\"crates/*\"]".to_owned(),
        false => line.to_owned(),
    };
    manifest.lines().filter(keep).map(members).collect::<Vec<_>>().join("\n") + "\n"
}
