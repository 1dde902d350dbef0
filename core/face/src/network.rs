//! The three networks that look at a face, and the engine that runs them.
//!
//! | room | gives |
//! |---|---|
//! | [`runner`] | a network ready to run |
//! | `plan`, `plans`, `workspace` | what a network is to the runner, the three networks, memory |
//! | `weights` | the numbers of a network out of few bits |
//! | `kernel` | the arithmetic |
//! | `models` | which ONNX files the plans come from |

mod kernel;
mod models;
mod plan;
mod plans;
pub mod runner;
#[cfg(test)]
mod tests;
mod weights;
mod workspace;

use fearless_simd::Level;
use quanshengshi_protocol::ids::Digest;

use crate::network::models::{DETECTOR, IRIS, MESH};
use crate::network::runner::Runner;

/// Detector, mesh and iris network, loaded once and borrowed by whoever looks at faces. They
/// lie inside the library: nothing is read from disk or network. May be shared between threads.
#[derive(Debug)]
pub struct Networks {
    pub(crate) detector: Runner,
    pub(crate) mesh: Runner,
    pub(crate) iris: Runner,
}

impl Networks {
    /// Loads the three networks: some milliseconds, about 6 MB.
    #[must_use]
    pub fn load() -> Self {
        Self::at(Level::new())
    }

    fn at(level: Level) -> Self {
        Self {
            detector: Runner::new(&plans::DETECTOR, level),
            mesh: Runner::new(&plans::MESH, level),
            iris: Runner::new(&plans::IRIS, level),
        }
    }

    /// The networks and the names of their files, in the order detector, mesh, iris: for whoever
    /// measures them.
    pub fn each(&self) -> [(&'static str, &Runner); 3] {
        [
            ("face_detection_short_range", &self.detector),
            ("face_landmark", &self.mesh),
            ("iris_landmark", &self.iris),
        ]
    }

    /// Bytes of the packed weights of all three.
    pub fn weight_bytes() -> usize {
        let plans = [&plans::DETECTOR, &plans::MESH, &plans::IRIS];
        plans.iter().map(|plan| plan.weights.len()).sum()
    }

    /// SHA-256 of the networks in the order detector, mesh, iris: evidence names what it was
    /// made with.
    pub fn digests() -> [Digest; 3] {
        [DETECTOR.digest, MESH.digest, IRIS.digest]
    }
}
