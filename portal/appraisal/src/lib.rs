//! The portal's own judgement of evidence.
//!
//! What the phone found is not believed: the pictures are looked at again with the same rooms of
//! `quanshengshi_face`, held against the [`policy`], and compared with the register's photo.
//!
//! | room | asks |
//! |---|---|
//! | [`form`] | is this the answer to this challenge: names, digests, chain, order, times |
//! | [`pictures`] | are these pictures of the right kind and size |
//! | [`conduct`] | did the person do what was asked, and was it a head that moved |
//! | [`depth`], [`channel`] | signs of an attack, each a [`cue`] with its limit in the policy |
//! | [`identity`] | one person in all pictures, and the person of the register |
//! | [`appraiser`] | all of these in turn |
//!
//! [`engine`] runs the embedding network; a [`fingerprint`] lets a portal know a still again.
//!
//! The first thing that does not hold ends it, then every doubt counts: a doubt is a [`finding`]
//! of retry or review, never a pass. Not judged here: the device's signature, whether the
//! challenge is fresh, and limits of attempts; the phone interface has done so before. What no
//! camera without depth can tell is told neither here: a recording of the right person doing the
//! right thing, fed in behind the camera, passes.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "measures of pictures and counts of frames, far below the limits of f32"
)]

pub mod appraiser;
pub mod channel;
pub mod conduct;
pub mod cue;
pub mod depth;
pub mod engine;
pub mod finding;
pub mod fingerprint;
pub mod form;
pub mod identity;
pub mod pictures;
pub mod policy;
#[cfg(test)]
mod tests;
