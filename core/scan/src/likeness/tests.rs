use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use super::*;

/// A drawn code of two pixels a module at a place of a grey page, with noise of so many levels.
fn page(inverted: bool, noise: i32, seed: u64) -> (Luma, [(f32, f32); 3]) {
    const ROW: usize = 300;
    const MODULE: usize = 2;
    let (left, top) = (90usize, 70usize);
    let code = QrCode::with_error_correction_level("https://portal.example/q/1.AAECAw", EcLevel::M);
    let code = code.unwrap();
    let (side, colours) = (code.width(), code.to_colors());
    let mut state = seed | 1;
    let pixels = (0..ROW * ROW).map(|at| {
        let (x, y) = (at % ROW, at / ROW);
        let (column, line) = (x.wrapping_sub(left) / MODULE, y.wrapping_sub(top) / MODULE);
        let is_inside = column < side && line < side;
        let dark = is_inside && colours[line * side + column] == Color::Dark;
        let light = if dark == inverted { 150 } else { 90 };
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let shake = (state >> 33) as i32 % (2 * noise + 1) - noise;
        (light + shake).clamp(0, 255) as u8
    });
    let picture = Luma {
        width: ROW as u32,
        height: ROW as u32,
        pixels: pixels.collect(),
    };
    let middle = |column: f32, line: f32| {
        (
            left as f32 + column * MODULE as f32,
            top as f32 + line * MODULE as f32,
        )
    };
    let far = side as f32 - 3.5;
    (
        picture,
        [middle(3.5, 3.5), middle(far, 3.5), middle(3.5, far)],
    )
}

fn is_sighted(picture: &Luma, centres: [(f32, f32); 3], inverted: bool) -> bool {
    sightings(picture).iter().any(|sighting| {
        let near = |(a, b): (&(f32, f32), &(f32, f32))| (a.0 - b.0).hypot(a.1 - b.1) < 3.0;
        sighting.inverted == inverted && sighting.centres.iter().zip(&centres).all(near)
    })
}

#[test]
fn a_code_is_sighted_under_noise_that_is_stronger_than_itself_dark_or_light() {
    for inverted in [false, true] {
        let (picture, centres) = page(inverted, 40, 5);
        assert!(
            is_sighted(&picture, centres, inverted),
            "inverted: {inverted}"
        );
        assert!(!is_sighted(&picture, centres, !inverted));
    }
}

#[test]
fn an_even_page_and_a_speck_of_a_picture_have_nothing_to_sight() {
    for side in [0u32, 1, 12, 13, 200] {
        let picture = Luma {
            width: side,
            height: side,
            pixels: vec![128; (side * side) as usize],
        };
        assert!(sightings(&picture).is_empty());
    }
}

proptest! {
    #[test]
    fn no_picture_is_too_odd(
        width in 1u32..70,
        height in 1u32..70,
        values in prop::collection::vec(any::<u8>(), 70 * 70),
    ) {
        let pixels = values[..(width * height) as usize].to_vec();
        for sighting in sightings(&Luma { width, height, pixels }) {
            prop_assert!(sighting.size > 0.0);
        }
    }
}
