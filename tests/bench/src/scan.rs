//! Our scanner beside rqrr and rxing's plain readers, on the same photos of a screen.

use std::panic::catch_unwind;

use qrcode::{EcLevel, QrCode};
use quanshengshi_frame::luma::Luma;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_scan::scanner::Scanner;
use quanshengshi_scenes::screen::photograph;
use quanshengshi_scenes::screen::view::View;

use crate::clock::{cpu_ms, median};

/// Photos by so many hands, each a little worse than the one before.
const HANDS: u16 = 60;
/// CPU milliseconds a reader gets for all photos; single frames of rqrr have taken half a minute.
const BUDGET_MS: f64 = 60_000.0;

struct Photo {
    text: String,
    luma: Luma,
}

type Reader = fn(&Luma) -> Option<String>;

/// A Markdown table: read of those offered, wrong, median and worst milliseconds, and the median as a ratio to ours.
pub(crate) fn table() -> String {
    let photos: Vec<Photo> = (0..HANDS).map(photo).collect();
    let readers: [(&str, Reader); 4] = [
        ("ours", ours),
        ("rxing, C++ port", rxing_cpp),
        ("rxing, filtered", rxing_filtered),
        ("rqrr", rqrr),
    ];
    let mut lines = vec![
        format!("Scanning, {HANDS} photos of 1080 × 1440, one thread, CPU time\n"),
        "| reader | read | wrong | median ms | worst ms | median to ours |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    let mut ours_median = None;
    for (name, read) in readers {
        let (mut hits, mut wrong, mut times) = (0, 0, Vec::new());
        for photo in &photos {
            if times.iter().sum::<f64>() > BUDGET_MS {
                break;
            }
            let start = cpu_ms();
            let text = catch_unwind(|| read(&photo.luma)).ok().flatten();
            times.push(cpu_ms() - start);
            match text {
                Some(text) if text == photo.text => hits += 1,
                Some(_) => wrong += 1,
                None => {}
            }
        }
        let worst = times.iter().copied().fold(0.0, f64::max);
        let offered = times.len();
        let middle = median(times);
        let base = *ours_median.get_or_insert(middle);
        lines.push(format!(
            "| {name} | {hits}/{offered} | {wrong} | {middle:.1} | {worst:.1} | {:.2} |",
            middle / base
        ));
    }
    lines.join("\n")
}

fn photo(hand: u16) -> Photo {
    let text =
        format!("https://portal.example/q/1.AAECAwQFBgcICQoLDA0ODw.{hand}.j6Am7MmeBvx1H8ZsVqnKhg");
    let worse = f32::from(hand) / f32::from(HANDS);
    let mut view = View::default().by_another_hand(u64::from(hand));
    view.defocus_px += 2.2 * worse;
    view.motion_px += 4.0 * worse;
    view.noise += 10.0 * worse;
    view.exposure -= 0.5 * worse;
    Photo {
        luma: photograph(&page(&text), &view).luma(),
        text,
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

fn ours(luma: &Luma) -> Option<String> {
    Scanner::new()
        .read(luma)
        .into_iter()
        .next()
        .map(|code| code.text)
}

fn rqrr(luma: &Luma) -> Option<String> {
    let image = image::GrayImage::from_raw(luma.width, luma.height, luma.pixels.clone())?;
    let mut prepared = rqrr::PreparedImage::prepare(image);
    let grids = prepared.detect_grids();
    grids
        .into_iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
}

fn rxing_cpp(luma: &Luma) -> Option<String> {
    use rxing::Reader as _;
    let source = rxing::Luma8Source::new_with_slice(&luma.pixels, luma.width, luma.height).ok()?;
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let hints = rxing::DecodeHints {
        TryHarder: Some(true),
        ..rxing::DecodeHints::default()
    };
    let mut reader = rxing::qrcode::cpp_port::QrReader;
    let read = reader.decode_with_hints(&mut bitmap, &hints);
    read.ok().map(|result| result.getText().to_owned())
}

fn rxing_filtered(luma: &Luma) -> Option<String> {
    use rxing::Reader as _;
    let source = rxing::Luma8Source::new_with_slice(&luma.pixels, luma.width, luma.height).ok()?;
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let mut reader = rxing::FilteredImageReader::new(rxing::qrcode::cpp_port::QrReader);
    reader
        .decode(&mut bitmap)
        .ok()
        .map(|result| result.getText().to_owned())
}
