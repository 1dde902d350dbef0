use std::path::Path;

use qrcode::{Color, QrCode};
use quanshengshi_frame::still;
use quanshengshi_scan::scanner::Scanner;

use super::*;

const TEXT: &str =
    "https://zwfw.example.gov.cn/q/1.AQIDBAUGBwgJCgsMDQ4PEA.17f3a1.Zm9vYmFyYmF6cXV4Zm9v";

/// A page of 1280 by 900 with a code in modules of six pixels at a place, and lines of text.
fn page(left: usize, top: usize) -> Rgb {
    let (width, height) = (1280, 900);
    let mut picture = Rgb {
        width,
        height,
        pixels: vec![243; (width * height * 3) as usize],
    };
    let mut fill = |x: usize, y: usize, side: (usize, usize), colour: [u8; 3]| {
        for line in y..y + side.1 {
            let start = (line * width as usize + x) * 3;
            for pixel in picture.pixels[start..start + side.0 * 3]
                .as_chunks_mut::<3>()
                .0
            {
                *pixel = colour;
            }
        }
    };
    for line in 0..20 {
        fill(60, 60 + line * 40, (300 + line % 5 * 60, 14), [60, 75, 71]);
    }
    let code = QrCode::new(TEXT).unwrap();
    let modules = code.width();
    fill(
        left - 24,
        top - 24,
        (modules * 6 + 48, modules * 6 + 48),
        [255; 3],
    );
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            fill(
                left + at % modules * 6,
                top + at / modules * 6,
                (6, 6),
                [0; 3],
            );
        }
    }
    picture
}

fn read(photo: &Rgb) -> Vec<String> {
    let codes = Scanner::new().read(&photo.luma());
    codes.into_iter().map(|code| code.text).collect()
}

#[test]
fn the_same_view_gives_the_same_bytes_and_another_seed_others() {
    let small = page(800, 100).resized(320, 225);
    let view = View {
        width: 240,
        height: 320,
        ..View::default()
    };
    let photo = photograph(&small, &view);
    assert_eq!((photo.width, photo.height), (240, 320));
    assert_eq!(photo, photograph(&small, &view));
    assert_ne!(photo, photograph(&small, &View { seed: 2, ..view }));
}

#[test]
fn a_careful_photo_of_a_page_is_read_by_the_scanner() {
    assert_eq!(read(&photograph(&page(820, 90), &View::default())), [TEXT]);
}

#[test]
fn other_hands_pointing_at_the_code_are_read_too() {
    let page = page(820, 90);
    let aimed = View::aimed(0.75, 0.25, 1.6);
    for seed in 1..=4 {
        let view = aimed.by_another_hand(seed);
        assert_eq!(read(&photograph(&page, &view)), [TEXT], "{view:?}");
    }
}

#[test]
fn a_view_far_out_of_focus_is_not_read() {
    let view = View {
        defocus_px: 6.0,
        ..View::default()
    };
    assert!(read(&photograph(&page(820, 90), &view)).is_empty());
}

#[test]
fn views_without_pixels_and_screenshots_without_content_still_give_a_photo() {
    let nothing = Rgb {
        width: 0,
        height: 0,
        pixels: Vec::new(),
    };
    let view = View {
        width: 0,
        height: 40,
        yaw_degrees: 89.9,
        ..View::default()
    };
    let photo = photograph(&nothing, &view);
    assert_eq!((photo.width, photo.height), (16, 40));
}

#[test]
fn the_mock_of_the_result_page_is_read_with_both_its_codes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/design/look/png/pc-05-register-result-1280.png");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let page = still::decode(&bytes).unwrap();
    let photo = photograph(&page, &View::default());
    if let Some(folder) = std::env::var_os("QSS_SCENES_KEEP") {
        let png = still::encode_png(&photo).unwrap();
        std::fs::write(Path::new(&folder).join("result-page.png"), png).unwrap();
    }
    let texts = read(&photo);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(
        texts[0].contains("/q/1.") && texts[1].ends_with("/app"),
        "{texts:?}"
    );
}
