use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use qrcode::{Color, QrCode};
use quanshengshi_frame::frame::{FrameShape, PixelFormat, Rotation};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_scenes::screen::photograph;
use quanshengshi_scenes::screen::view::View;

use super::*;
use crate::grey::inverted::inverted;

/// Photos of `photos_by_worse_and_worse_hands` that are read today; fewer is a step back.
const LEAST_READ: usize = 13;
const TEXT: &str = "https://portal.example/q/1/Zm9vYmFyYmF6cXV4";

/// A white page.
fn page(width: u32, height: u32) -> Luma {
    Luma {
        width,
        height,
        pixels: vec![255; (width * height) as usize],
    }
}

/// Draws a code with its top left module at a place, each module so many pixels wide.
fn draw(page: &mut Luma, text: &str, left: usize, top: usize, module: usize) {
    draw_code(page, &QrCode::new(text).unwrap(), left, top, module);
}

fn draw_code(page: &mut Luma, code: &QrCode, left: usize, top: usize, module: usize) {
    let row = page.width as usize;
    let modules = code.width();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        let (x, y) = (left + at % modules * module, top + at / modules * module);
        for line in y..y + module {
            let value = if colour == Color::Dark { 0 } else { 255 };
            page.pixels[line * row + x..line * row + x + module].fill(value);
        }
    }
}

fn clean() -> Luma {
    let mut picture = page(400, 300);
    draw(&mut picture, TEXT, 80, 60, 5);
    picture
}

fn texts(picture: &Luma) -> Vec<String> {
    let codes = Scanner::new().read(picture);
    codes.into_iter().map(|code| code.text).collect()
}

fn shared(folder: &str) -> Option<Vec<PathBuf>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/qr")
        .join(folder);
    let Ok(folder) = std::fs::read_dir(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Some(files)
}

#[test]
fn an_independent_reader_agrees_on_a_clean_code() {
    let picture = clean();
    let row = picture.width as usize;
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(row, picture.height as usize, |x, y| {
            picture.pixels[y * row + x]
        });
    let (_, independent) = prepared.detect_grids()[0].decode().unwrap();
    assert_eq!(independent, TEXT);
    assert_eq!(texts(&picture), [independent]);
}

#[test]
fn sc_04_a_light_code_on_dark_is_read() {
    assert_eq!(texts(&inverted(&clean())), [TEXT]);
}

#[test]
fn sc_01_a_page_with_two_codes_gives_both_the_large_one_first() {
    let mut picture = page(1280, 960);
    draw(&mut picture, TEXT, 800, 100, 10);
    draw(&mut picture, "https://portal.example/download", 60, 800, 3);
    assert_eq!(texts(&picture), [TEXT, "https://portal.example/download"]);
}

#[test]
fn corners_lie_on_the_code_in_pixels_of_the_frame_also_when_read_at_half_size() {
    let mut picture = page(1000, 900);
    draw(&mut picture, TEXT, 300, 200, 8);
    let modules = QrCode::new(TEXT).unwrap().width();
    let side = 8.0 * f32::from(u8::try_from(modules).unwrap());
    let codes = Scanner::new().read(&picture);
    let expected = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    for ((x, y), (dx, dy)) in codes[0].corners.into_iter().zip(expected) {
        let (x_off, y_off) = (x - 300.0 - dx, y - 200.0 - dy);
        assert!(
            x_off.abs() < 6.0 && y_off.abs() < 6.0,
            "{:?}",
            codes[0].corners
        );
    }
}

#[test]
fn a_turned_camera_frame_with_padding_is_read() {
    let picture = clean();
    let stride = picture.width + 13;
    let mut bytes = Vec::new();
    for row in picture.pixels.chunks(picture.width as usize) {
        bytes.extend_from_slice(row);
        bytes.extend([0; 13]);
    }
    for rotation in [
        Rotation::None,
        Rotation::Clockwise90,
        Rotation::Clockwise180,
        Rotation::Clockwise270,
    ] {
        let dense = FrameShape::dense(picture.width, picture.height, PixelFormat::Luma8);
        let shape = FrameShape {
            stride,
            rotation,
            ..dense
        };
        let frame = Frame::new(&bytes, shape, 0).unwrap();
        let codes = Scanner::new().offer(&frame);
        assert_eq!(codes[0].text, TEXT, "{rotation:?}");
    }
}

#[test]
fn a_frame_too_small_for_any_code_is_not_tried() {
    for (width, height) in [(1, 1), (1, 100), (20, 1000), (0, 0)] {
        assert_eq!(texts(&page(width, height)), [""; 0]);
        assert!(!Step::Native.fits(width.min(height)));
    }
}

#[test]
fn screen_photos_are_read_and_never_wrongly() {
    let Some(files) = shared("synth") else { return };
    let (mut total, mut hits, mut wrong, mut times) = (0, 0, Vec::new(), Vec::new());
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "jpg"))
    {
        let expected = std::fs::read_to_string(file.with_extension("txt")).unwrap();
        let picture = still::decode(&std::fs::read(file).unwrap()).unwrap().luma();
        let start = std::time::Instant::now();
        let read = texts(&picture);
        times.push(start.elapsed().as_secs_f32() * 1000.0);
        total += 1;
        hits += usize::from(read.iter().any(|text| text == expected.trim()));
        wrong.extend(read.into_iter().filter(|text| text != expected.trim()));
    }
    times.sort_by(f32::total_cmp);
    let (median, worst) = (times[total / 2], times[total - 1]);
    println!("{hits}/{total} screen photos read, median {median:.1} ms, worst {worst:.1} ms");
    assert_eq!(wrong, [""; 0]);
    assert!(total > 0 && hits * 100 >= total * 95, "{hits}/{total}");
}

/// Photos of a page on a screen, each by a worse hand than the one before.
fn photo(hand: u16) -> (String, Luma) {
    let text =
        format!("https://portal.example/q/1.AAECAwQFBgcICQoLDA0ODw.{hand}.j6Am7MmeBvx1H8ZsVqnKhg");
    let mut screen = page(1280, 1180);
    draw(&mut screen, &text, 840, 470, 6);
    let screenshot = Rgb {
        width: screen.width,
        height: screen.height,
        pixels: screen.pixels.iter().flat_map(|value| [*value; 3]).collect(),
    };
    let worse = f32::from(hand) / 60.0;
    let mut view = View::default().by_another_hand(u64::from(hand));
    view.defocus_px += 2.2 * worse;
    view.motion_px += 4.0 * worse;
    view.noise += 10.0 * worse;
    view.exposure -= 0.5 * worse;
    (text, photograph(&screenshot, &view).luma())
}

#[test]
fn photos_by_worse_and_worse_hands_are_read_as_often_as_before() {
    let (mut total, mut hits) = (0, 0);
    for hand in (2..60).step_by(4) {
        let (text, picture) = photo(hand);
        let read = texts(&picture);
        assert!(read.iter().all(|read| *read == text), "{read:?}");
        total += 1;
        hits += usize::from(!read.is_empty());
    }
    println!("{hits}/{total} photos by worse and worse hands");
    assert!(hits >= LEAST_READ, "{hits}/{total}");
}

#[test]
fn pictures_without_a_code_give_nothing() {
    let mut total = 0;
    for folder in ["neg-zxing-2", "neg-zxingcpp-1", "neg-zxingcpp-2"] {
        for file in shared(folder).unwrap_or_default() {
            // The picture decoder of the product reads no WebP; those files stay for the bench.
            if let Ok(picture) = still::decode(&std::fs::read(&file).unwrap()) {
                total += 1;
                assert_eq!(texts(&picture.luma()), [""; 0], "{}", file.display());
            }
        }
    }
    println!("{total} pictures without a code, none read");
}

/// A clock that counts how often it is asked, a millisecond a time.
fn counted() -> impl Fn() -> Duration {
    let asked = std::cell::Cell::new(0u64);
    move || {
        asked.set(asked.get() + 1);
        Duration::from_millis(asked.get())
    }
}

#[test]
fn the_frame_after_a_hit_is_read_where_the_code_was() {
    let mut picture = page(1280, 960);
    draw(&mut picture, TEXT, 700, 300, 7);
    let mut scanner = Scanner::new();
    let first = scanner.look_at(&picture, &Deadline::none());
    assert_eq!(first.step, Some(Step::Half));
    let mut moved = page(1280, 960);
    draw(&mut moved, TEXT, 718, 311, 7);
    let second = scanner.look_at(&moved, &Deadline::none());
    assert_eq!(second.step, Some(Step::Tracked));
    assert_eq!(second.codes[0].text, TEXT);
    let (x, y) = second.codes[0].corners[0];
    assert!(
        (x - 718.0).abs() < 4.0 && (y - 311.0).abs() < 4.0,
        "{x} {y}"
    );
    assert_eq!(
        scanner.look_at(&page(1280, 960), &Deadline::none()).codes,
        []
    );
}

#[test]
fn hard_steps_take_turns_under_a_deadline_until_a_light_code_on_dark_is_read() {
    let picture = inverted(&clean());
    let mut scanner = Scanner::new();
    let mut offers = 0;
    loop {
        offers += 1;
        let clock = counted();
        let glance = scanner.look_at(
            &picture,
            &Deadline::within(Duration::from_millis(2), &clock),
        );
        if let Some(code) = glance.codes.first() {
            assert_eq!(code.text, TEXT);
            break;
        }
        assert!(glance.guidance.is_some());
        assert!(offers < 20);
    }
    assert!(offers > 1, "nothing was left for the next frame");
}

#[test]
fn no_step_is_begun_that_would_end_after_the_deadline() {
    let picture = page(1280, 960);
    let asked = std::cell::Cell::new(0u64);
    let late = || {
        asked.set(asked.get() + 1);
        Duration::from_secs(9)
    };
    Scanner::new().look_at(
        &picture,
        &Deadline::within(Duration::from_millis(20), &late),
    );
    // Before and after the one step every frame has, then only to see that it is too late.
    assert!(asked.get() < 8, "{}", asked.get());
}

#[test]
fn guidance_tells_an_empty_page_from_the_dark() {
    let seen = |picture: &Luma| Scanner::new().look_at(picture, &Deadline::none()).guidance;
    assert_eq!(seen(&page(400, 300)), Some(Guidance::NothingSeen));
    let dark = Luma {
        pixels: vec![3; 400 * 300],
        ..page(400, 300)
    };
    assert_eq!(seen(&dark), Some(Guidance::TooDark));
    assert_eq!(seen(&clean()), None);
}

#[test]
fn a_code_out_of_focus_is_read_on_its_grid() {
    let mut picture = page(400, 300);
    draw(&mut picture, TEXT, 80, 60, 5);
    for _ in 0..11 {
        picture = crate::grey::smooth::smooth(&picture);
    }
    let glance = Scanner::new().look_at(&picture, &Deadline::none());
    assert_eq!(glance.codes.len(), 1, "{:?}", glance.guidance);
    assert_eq!(glance.codes[0].text, TEXT);
    assert!(glance.on_grid);
}

#[test]
fn a_code_there_was_no_time_for_is_read_on_while_the_next_frames_come() {
    let mut picture = page(400, 300);
    draw(&mut picture, TEXT, 80, 60, 5);
    for _ in 0..11 {
        picture = crate::grey::smooth::smooth(&picture);
    }
    let late = (1..12).find_map(|interrupted| {
        let mut scanner = Scanner::new();
        // Something else keeps the phone busy when the clock has been asked so often.
        let asked = counted();
        let clock = || match asked() {
            time if time > Duration::from_millis(interrupted) => time + Duration::from_secs(1),
            time => time,
        };
        let limit = Duration::from_millis(20);
        let first = scanner.look_at(&picture, &Deadline::within(limit, &clock));
        if !first.codes.is_empty() {
            return None;
        }
        // The phone has moved on; what it saw is still being read.
        let clock = counted();
        let limit = Duration::from_millis(200);
        let then = scanner.look_at(&page(400, 300), &Deadline::within(limit, &clock));
        (!then.codes.is_empty()).then_some(then)
    });
    let late = late.expect("no grid was left for the next frame");
    assert_eq!(late.codes[0].text, TEXT);
    assert!(late.on_grid);
}

#[test]
fn texts_of_other_alphabets_are_read() {
    let texts_of = |bytes: &[u8]| {
        let code = QrCode::new(bytes).unwrap();
        let mut picture = page(500, 500);
        draw_code(&mut picture, &code, 60, 60, 6);
        texts(&picture)
    };
    let utf8 = "电子证照 https://portal.example/照";
    assert_eq!(texts_of(utf8.as_bytes()), [utf8]);
    let gb18030 = [
        0xC8, 0xAB, 0xCA, 0xA1, 0xCA, 0xC2, 0xB5, 0xE7, 0xD7, 0xD3, 0xD6, 0xA4, 0xD5, 0xD5, 0xA3,
        0xBA, 0xC9, 0xA8, 0xC2, 0xEB, 0xB5, 0xC7, 0xC2, 0xBC,
    ];
    assert_eq!(texts_of(&gb18030), ["全省事电子证照：扫码登录"]);
    let shift_jis = [
        0x93, 0x64, 0x8E, 0x71, 0x8F, 0xD8, 0x96, 0xBE, 0x8F, 0x91, 0x82, 0xF0, 0x83, 0x58, 0x83,
        0x4C, 0x83, 0x83, 0x83, 0x93,
    ];
    assert_eq!(texts_of(&shift_jis), ["電子証明書をスキャン"]);
    let half_width = [0xC3, 0xDE, 0xBB, 0xDE, 0xB2, 0xDD, 0x51, 0x52];
    assert_eq!(texts_of(&half_width), ["ﾃﾞｻﾞｲﾝQR"]);
}

#[test]
fn a_huge_picture_is_thinned_and_its_corners_are_those_of_the_whole() {
    let mut picture = page(4000, 3000);
    draw(&mut picture, TEXT, 1600, 1200, 24);
    let codes = Scanner::new().read(&picture);
    let (x, y) = codes[0].corners[0];
    assert!(
        (x - 1600.0).abs() < 16.0 && (y - 1200.0).abs() < 16.0,
        "{x} {y}"
    );
    assert_eq!(texts(&page(8000, 8000)), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn noise_in_any_size_never_panics_and_gives_no_code(
        width in 1u32..160, height in 1u32..160, block in 1u32..9, seed in any::<u64>(),
    ) {
        let value = |x: u32, y: u32| {
            let cell = u64::from(y / block * 1000 + x / block) ^ seed;
            (cell.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| value(x, y))).collect();
        prop_assert_eq!(texts(&Luma { width, height, pixels }), [""; 0]);
    }

    #[test]
    fn a_damaged_code_is_read_right_or_not_at_all(
        cut in 0usize..400 * 300, length in 0usize..40_000, value in any::<u8>(),
    ) {
        let mut picture = clean();
        let end = (cut + length).min(picture.pixels.len());
        picture.pixels[cut..end].fill(value);
        prop_assert!(texts(&picture).iter().all(|text| text == TEXT));
    }
}
