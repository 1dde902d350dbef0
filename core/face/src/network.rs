//! The three networks that look at a face.

pub mod engine;
mod models;
#[cfg(test)]
mod tests;

use quanshengshi_protocol::ids::Digest;

use crate::network::engine::{Engine, NetworkError, Worker};
use crate::network::models::{Committed, DETECTOR, IRIS, MESH};

/// Detector, mesh and iris network, loaded once and borrowed by whoever looks at faces. They
/// lie inside the library: nothing is read from disk or network.
pub struct Networks {
    pub(crate) detector: Engine,
    pub(crate) mesh: Engine,
    pub(crate) iris: Engine,
}

impl Networks {
    /// Loads the three networks.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine refuses one of them; with the committed files this means
    /// a damaged binary.
    pub fn load() -> Result<Self, NetworkError> {
        let worker = Worker::start();
        Ok(Self {
            detector: open(&worker, &DETECTOR)?,
            mesh: open(&worker, &MESH)?,
            iris: open(&worker, &IRIS)?,
        })
    }

    /// SHA-256 of the networks in the order detector, mesh, iris: evidence names what it was
    /// made with.
    pub fn digests() -> [Digest; 3] {
        [DETECTOR.digest, MESH.digest, IRIS.digest]
    }
}

fn open(worker: &Worker, committed: &Committed) -> Result<Engine, NetworkError> {
    Engine::load(worker, committed.bytes, committed.side, committed.outputs)
}
