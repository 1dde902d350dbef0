use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use super::*;
use crate::grid::merged::Merged;

const TEXT: &str = "https://portal.example/q/1.AAECAwQFBgcICQoLDA0ODw.17.j6Am7MmeBvx1H8ZsVqnKhg";
const MODULE: usize = 5;

/// A drawn code with its quiet zone, and where its patterns are.
fn drawn() -> (Luma, Sighting) {
    let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).unwrap();
    let side = code.width();
    let row = (side + 8) * MODULE;
    let colours = code.to_colors();
    let mut pixels = vec![230u8; row * row];
    for y in 0..side * MODULE {
        for x in 0..side * MODULE {
            if colours[y / MODULE * side + x / MODULE] == Color::Dark {
                pixels[(y + 4 * MODULE) * row + x + 4 * MODULE] = 25;
            }
        }
    }
    let far = ((4 + side) * MODULE) as f32 - 3.5 * MODULE as f32;
    let near = 7.5 * MODULE as f32;
    let sighting = Sighting {
        centres: [(near, near), (far, near), (near, far)],
        size: (7 * MODULE) as f32,
        inverted: false,
    };
    let picture = Luma {
        width: row as u32,
        height: row as u32,
        pixels,
    };
    (picture, sighting)
}

/// Numbers that look like noise, the same on every machine.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    /// About normal, mean zero, deviation one.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.next()).sum::<f32>() - 6.0
    }
}

/// Drawn out along a slanted line by so many pixels to the side and half as many down, as a moving
/// hand does.
fn moved(picture: &Luma, by: i32) -> Luma {
    let at = |x: i32, y: i32| {
        let last = picture.width as i32 - 1;
        let (x, y) = (x.clamp(0, last) as u32, y.clamp(0, last) as u32);
        u32::from(picture.at(x, y).unwrap())
    };
    let side = picture.width as i32;
    let mean = |at_x: i32, at_y: i32| {
        let line = -by..=by;
        let sum: u32 = line.map(|step| at(at_x + step / 2, at_y + step / 4)).sum();
        (sum / (2 * by as u32 + 1)) as u8
    };
    let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Luma {
        pixels: places.map(|(x, y)| mean(x, y)).collect(),
        ..picture.clone()
    }
}

/// A tenth of the light, and noise.
fn dim(picture: &Luma, deviation: f32, seed: u64) -> Luma {
    let mut noise = Noise(seed);
    let mut dim = |value: &u8| {
        let value = 60.0 + f32::from(*value) * 0.1 + noise.normal() * deviation;
        value.round().clamp(0.0, 255.0) as u8
    };
    Luma {
        pixels: picture.pixels.iter().map(&mut dim).collect(),
        ..picture.clone()
    }
}

fn read(rescue: &mut Rescue) -> Option<String> {
    while !rescue.is_over() {
        if let Some(text) = rescue.goes_on() {
            return Some(text);
        }
    }
    None
}

#[test]
fn a_clean_grid_is_read_in_the_first_turn() {
    let (picture, sighting) = drawn();
    let mut rescue = Rescue::laid(&picture, &sighting).unwrap();
    assert_eq!(rescue.goes_on().as_deref(), Some(TEXT));
}

#[test]
fn a_hand_that_moves_by_two_modules_is_explained_where_no_weights_undo_it() {
    let (picture, sighting) = drawn();
    let picture = dim(&moved(&picture, 12), 0.3, 7);
    let mut rescue = Rescue::laid(&picture, &sighting).unwrap();
    let equalised = (0..EQUALISED).find_map(|_| rescue.goes_on());
    assert_eq!(equalised, None, "too easy to show anything");
    assert_eq!(read(&mut rescue).as_deref(), Some(TEXT));
}

#[test]
fn frames_that_are_too_dark_alone_are_read_together() {
    let (picture, sighting) = drawn();
    let mut merged: Option<Merged> = None;
    let mut read_in = None;
    for frame in 0..12u64 {
        let dark = dim(&picture, 42.0, 100 + frame);
        let Some(mut rescue) = Rescue::laid(&dark, &sighting) else {
            continue;
        };
        assert_eq!(read(&mut rescue), None, "frame {frame} is too easy");
        match &mut merged {
            None => merged = Some(Merged::of(&rescue)),
            Some(merged) => {
                if let Some(text) = merged.add(&rescue) {
                    assert_eq!(text, TEXT);
                    read_in = read_in.or(Some(frame));
                }
            }
        }
    }
    assert!(read_in.is_some(), "never read");
}

#[test]
fn a_smaller_code_after_a_larger_one_begins_anew() {
    let (picture, sighting) = drawn();
    let mut rescue = Rescue::laid(&dim(&picture, 42.0, 1), &sighting).unwrap();
    read(&mut rescue);
    let mut merged = Merged::of(&rescue);
    rescue.told.truncate(21 * 21);
    assert_eq!(merged.add(&rescue), None);
    rescue.told.clear();
    assert_eq!(merged.add(&rescue), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn noise_on_the_modules_gives_no_text(seed in any::<u64>()) {
        let (picture, sighting) = drawn();
        let mut noise = Noise(seed);
        let mut rescue = Rescue::laid(&picture, &sighting).unwrap();
        for value in &mut rescue.soft.values {
            *value = noise.normal();
        }
        for value in &mut rescue.plain {
            *value = noise.normal();
        }
        prop_assert_eq!(read(&mut rescue), None);
    }
}
