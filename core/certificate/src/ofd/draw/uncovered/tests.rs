#![expect(clippy::cast_possible_truncation, reason = "bytes of a pattern")]

use super::*;

/// A page that is mostly paper, with pixels of every darkness in between.
fn page(area: Area) -> Target {
    let mut target = Target::paper(area).unwrap();
    for (at, pixel) in target.pixmap.pixels_mut().iter_mut().enumerate() {
        if at % 53 < 5 {
            let part = |by: usize| (at * by % 256) as u8;
            *pixel = PremultipliedColorU8::from_rgba(part(7), part(13), part(29), 255).unwrap();
        }
    }
    target
}

#[test]
fn paper_is_passed_over_and_comes_out_as_any_pixel_would() {
    // Widths that are no multiple of what is looked at together.
    for (width, height) in [(37, 40), (16, 9), (1, 3), (101, 64)] {
        let area = Area::of_size(width, height);
        for px_per_mm in [1.0, 8.0] {
            let before = page(area);
            let mut dimmed = page(area);
            dim(&mut dimmed, px_per_mm);
            let strokes = Strokes::of(area, px_per_mm);
            let pixels = before.pixmap.pixels().iter().zip(dimmed.pixmap.pixels());
            for (at, (before, dimmed)) in pixels.enumerate() {
                let left = pale(darkness(*before));
                let grey = PremultipliedColorU8::from_rgba(left, left, left, 255).unwrap();
                let along = at % width as usize + at / width as usize;
                let ink = strokes.inks.iter().find(|(place, _)| *place == along);
                let expected = ink.map_or(grey, |(_, ink)| {
                    inked(grey, [ink.red(), ink.green(), ink.blue()])
                });
                assert_eq!(*dimmed, expected, "{at} of {width} by {height}");
            }
        }
    }
}
