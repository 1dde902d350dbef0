//! Synthetic cameras: a screen seen through a tilted, blurred lens, and recorded faces.
//!
//! Everything is seeded and repeats to the byte, so that a test which failed once fails again.
//!
//! ```text
//! screen    a screenshot as a hand-held phone sees it on the PC's screen
//! clips     recorded persons: one clip, and a performer who follows prompts
//! random    the small generator behind noise
//! ```

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic on pictures far below the limits of f32 and u32"
)]

pub mod clips;
pub mod random;
pub mod screen;
