//! Recorded presentations, walked through the phone's own session and the portal's own appraisal.
//!
//! A file of sessions says which clips were shown for which prompts and whose photo is enrolled
//! ([`recorded`]). [`walk`] offers the frames to a liveness session, as a shell would, and hands the
//! evidence to the appraiser, as the portal would; [`forge`] leaves the phone's judgement out, as
//! somebody with the phone's key would; [`perturb`] does to the pictures what cameras and rooms do. Nothing of the ground truth beside the clips is read but
//! their frames a second.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "counts of frames and their times"
)]

pub mod forge;
pub mod perturb;
pub mod recorded;
#[cfg(test)]
mod tests;
pub mod walk;
