//! Turns the three committed networks into what the runner reads: a plan as Rust source and the
//! weights in as few bits as they need, one pair a network.
//!
//! Done at every build, so that the ONNX files stay the only copy that anybody has to trust. A
//! network with anything the runner does not know stops the build.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small numbers out of three committed files, whose outputs are tested"
)]
#![expect(clippy::print_stdout, reason = "how a build script speaks to cargo")]

mod fuse;
mod memory;
mod onnx;
mod pack;
mod squeeze;
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};

/// The committed networks and the names of their plans.
const NETWORKS: [(&str, &str); 3] = [
    ("face_detection_short_range", "DETECTOR"),
    ("face_landmark", "MESH"),
    ("iris_landmark", "IRIS"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut source = String::new();
    for (file, name) in NETWORKS {
        let path = Path::new("models").join(file).with_extension("onnx");
        println!("cargo::rerun-if-changed={}", path.display());
        let graph = onnx::Graph::parse(&std::fs::read(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let fused = fuse::fuse(&graph).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut packed = pack::Packed::default();
        let steps = pack::pack(&graph, &fused, &mut packed)?;
        let memory = memory::share(&fused);
        let numbers = packed.length;
        source.push_str(&write::plan(name, &fused, &steps, numbers, &memory));
        let file = out.join(name).with_extension("weights");
        std::fs::write(file, packed.into_bytes())?;
    }
    std::fs::write(out.join("plans.rs"), source)?;
    Ok(())
}
