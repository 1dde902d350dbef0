//! Camera frame to QR text.
//!
//! A frame comes in, every code that can be read in it goes out, largest first. The reading
//! itself is `rxing`'s (see decision 0001); what is ours is the ladder of grey pictures it is
//! offered: cheap ones first, so that a readable frame costs a few milliseconds and a hard one a
//! bounded number of tries.
//!
//! ```text
//! scanner   frame in, codes out
//! ladder    the steps, in order, and when to stop
//! grey      what a step makes of the picture: half size, sharpened, inverted
//! reader    the one door to rxing
//! code      a code that was read: text and corners
//! ```
//!
//! Nothing is remembered between frames and no frame leaves this crate.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic; every value was bounded by the frame's checked size"
)]

pub mod code;
pub mod grey;
pub mod ladder;
mod reader;
pub mod scanner;
