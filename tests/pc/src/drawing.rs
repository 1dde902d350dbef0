//! A screen without a browser: the code alone, drawn as the page draws it.

use qrcode::{EcLevel, QrCode};
use quanshengshi_frame::rgb::Rgb;

/// Pixels of a module, and modules of the quiet zone: as on the page.
const MODULE: usize = 6;
const QUIET: usize = 4;

/// Draws a text as a code, black on white; none when it is too long for one.
pub fn draw_code(text: &str) -> Option<Rgb> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let modules = code.width() + 2 * QUIET;
    let colours = code.to_colors();
    let side = modules * MODULE;
    let mut pixels = Vec::with_capacity(side * side * 3);
    for y in 0..side {
        for x in 0..side {
            let at = |pixel: usize| {
                (pixel / MODULE)
                    .checked_sub(QUIET)
                    .filter(|at| *at < code.width())
            };
            let dark = match (at(x), at(y)) {
                (Some(x), Some(y)) => {
                    colours.get(y * code.width() + x) == Some(&qrcode::Color::Dark)
                }
                _ => false,
            };
            pixels.extend([if dark { 0 } else { 255 }; 3]);
        }
    }
    Some(Rgb {
        width: side as u32,
        height: side as u32,
        pixels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_quiet_zone_and_a_corner() {
        let code = draw_code("https://example.invalid/q/1").unwrap();
        let quiet = (QUIET * MODULE) as u32;
        assert_eq!(code.at(quiet - 1, quiet - 1), Some([255; 3]));
        assert_eq!(code.at(quiet, quiet), Some([0; 3]));
        assert_eq!(draw_code(&"x".repeat(9000)), None);
    }
}
