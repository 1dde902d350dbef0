//! A screenshot as a hand-held phone sees it on the PC's screen.
//!
//! Light is mixed before the gamma curve, as in a real lens: the screen with its bezel in a dim
//! room, seen from a tilted camera, blurred by focus and hand, darker in the corners, with the
//! noise of a sensor and the blocks of a JPEG.

mod lens;
mod light;
mod plane;
mod sensor;
pub mod view;

use quanshengshi_frame::rgb::Rgb;

use crate::screen::light::Light;
use crate::screen::view::View;

/// The photo a phone takes of a screen that shows this screenshot. The same screenshot and view
/// give the same bytes.
pub fn photograph(screenshot: &Rgb, view: &View) -> Rgb {
    let scene = plane::seen(screenshot, view);
    let focused = lens::defocused(&scene, view.defocus_px);
    let still = lens::moved(&focused, view.motion_px, view.motion_degrees);
    let exposed = lens::exposed(still, view.exposure, view.vignette);
    sensor::developed(&exposed, view)
}

#[cfg(test)]
mod tests;
