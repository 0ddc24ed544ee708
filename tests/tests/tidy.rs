//! The repository keeps its own rules: what `cargo xtask tidy` finds, this test finds.

use xtask::{Workspace, tidy};

#[test]
fn the_repository_is_tidy() {
    let findings = tidy::check(&Workspace::find().unwrap()).unwrap();
    let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}
