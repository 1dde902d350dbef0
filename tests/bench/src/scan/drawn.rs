//! Photos of a screen by so many hands, each a little worse than the one before, until no reader can
//! follow.

use qrcode::{EcLevel, QrCode};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_scenes::screen::photograph;
use quanshengshi_scenes::screen::view::View;

use crate::scan::Picture;

/// How many hands there are.
pub(crate) const HANDS: u16 = 60;

/// The photos of so many of the hands, evenly chosen, drawn as they are asked for.
pub(crate) fn pictures(count: u16) -> impl Iterator<Item = Picture> {
    (0..HANDS).step_by(usize::from(HANDS / count)).map(photo)
}

fn photo(hand: u16) -> Picture {
    let text =
        format!("https://portal.example/q/1.AAECAwQFBgcICQoLDA0ODw.{hand}.j6Am7MmeBvx1H8ZsVqnKhg");
    let worse = f32::from(hand) / f32::from(HANDS);
    let mut view = View::default().by_another_hand(u64::from(hand));
    view.defocus_px += 2.2 * worse;
    view.motion_px += 4.0 * worse;
    view.noise += 10.0 * worse;
    view.exposure -= 0.5 * worse;
    Picture {
        kind: "worsening".to_owned(),
        name: format!("hand {hand}"),
        luma: photograph(&page(&text), &view).luma(),
        text: Some(text),
    }
}

/// A page of 1280 × 1180 with one code of 270 pixels where the portal shows it.
fn page(text: &str) -> Rgb {
    let (width, height, left, top, module) = (1280usize, 1180usize, 840usize, 470usize, 6usize);
    let mut pixels = vec![244; width * height * 3];
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok();
    if let Some(code) = code {
        let side = (code.width() + 8) * module;
        let colours = code.to_colors();
        for y in 0..side {
            for x in 0..side {
                let at = |pixel: usize| {
                    (pixel / module)
                        .checked_sub(4)
                        .filter(|at| *at < code.width())
                };
                let dark = matches!((at(x), at(y)), (Some(x), Some(y))
                    if colours.get(y * code.width() + x) == Some(&qrcode::Color::Dark));
                let start = ((top + y) * width + left + x) * 3;
                if let Some(pixel) = pixels.get_mut(start..start + 3) {
                    pixel.fill(if dark { 0 } else { 255 });
                }
            }
        }
    }
    Rgb {
        width: 1280,
        height: 1180,
        pixels,
    }
}
