//! Camera frame to QR text.
//!
//! A frame comes in, every code that can be read in it goes out, largest first. The reading
//! itself is `rxing`'s (see decision 0001); what is ours is the ladder of grey pictures it is
//! offered: cheap ones first, so that a readable frame costs a few milliseconds and a hard one a
//! bounded number of tries.
//!
//! ```text
//! scanner   frames in, codes out; what is remembered between frames
//! deadline  how long a frame may take, by the caller's clock
//! ladder    the steps, in order
//! guidance  what a person can do when nothing was read
//! grey      what a step makes of the picture: half or double size, sharpened, inverted, a part
//! windows   where a code may lie when no finder pattern was seen
//! reader    the door to rxing's detector: black and white in, codes and sightings out
//! sighting  a code that was seen but not read
//! grid      its second chance: grey values on a fitted grid, equalised, repaired with erasures
//! plane     from places on a code to places in a picture
//! alphabet  which alphabet a code's bytes are in
//! code      a code that was read: text and corners
//! ```
//!
//! Between frames a scanner remembers where the last codes were and which hard step is next; it
//! keeps no picture, and no frame leaves this crate.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic; every value was bounded by the frame's checked size"
)]

mod alphabet;
mod bits;
pub mod code;
pub mod deadline;
pub mod grey;
mod grid;
pub mod guidance;
pub mod ladder;
mod likeness;
mod patterns;
mod plane;
mod reader;
pub mod scanner;
mod sighting;
mod windows;
