//! Face capture: from camera frames to evidence that a living person did what was asked.
//!
//! Down the rooms: [`network`] (three committed networks, one runner) → [`detect`] → [`mesh`] →
//! [`pose`], [`measure`], [`iris`], [`planarity`] (what a face does) → [`quality`] (whether it
//! can be judged; [`cover`] finds masks and
//! glare, [`border`] and [`raster`] ask whether it is a picture of a picture) → [`tracker`] (one face from frame to frame) → [`liveness`] (a challenge
//! walked through, evidence at its end).
//!
//! No I/O and no clock: frames carry their time, the challenge is handed in, the networks lie in
//! the library. The same frames give the same evidence. The portal runs the same rooms again over
//! the pictures of the evidence and decides; what the phone finds only guides the person.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixel and landmark arithmetic: values are bounded by the checked frame shape"
)]

pub mod border;
mod canonical;
pub mod cover;
pub mod detect;
pub mod exact;
pub mod geometry;
pub mod iris;
pub mod liveness;
pub mod measure;
pub mod mesh;
pub mod network;
pub mod planarity;
pub mod pose;
pub mod quality;
pub mod raster;
pub mod square;
#[cfg(test)]
mod tests;
pub mod tracker;
