//! Camera pixels: lengths checked once, rotation, luma and RGB views.
//!
//! A shell offers a frame thirty times a second as borrowed bytes. [`frame::Frame`] checks the
//! lengths once; after that nothing below has to think about strides, formats or which way the
//! phone was held: [`luma::Luma`] and [`rgb::Rgb`] are upright, dense and owned, and a
//! [`patch::Patch`] reads no more than the square a network looks at. [`still`] is the one door to
//! the picture decoder.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: ranges are bounded by the checked frame shape"
)]

pub mod frame;
pub mod luma;
pub mod patch;
mod pixels;
pub mod planes;
pub mod rgb;
pub mod still;
mod turn;
pub mod ycbcr;
