//! The command `corpus`.

fn main() {}
