//! Lines and figures of a certificate face that carry no words.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::WriteError;
use super::sheet::{Ink, Sheet, Style, mm};
use super::turn;

const PAPER: Ink = Ink::opaque(255, 253, 248);
/// The colour of lines that carry no words.
pub(super) const GOLD: Ink = Ink::opaque(138, 116, 64);

/// A scroll for a corner, growing from (0, 0) to the right and downwards.
const SCROLL: &str = "M 0 17 L 0 0 L 17 0 M 2 13 L 2 2 L 13 2 L 13 5.5 L 5.5 5.5 L 5.5 13 L 2 13 \
                      M 7.5 10 L 7.5 7.5 L 10 7.5";

/// Paper and frame of the whole page.
pub(super) fn frame(sheet: &mut Sheet<'_>) {
    frame_in(sheet, GOLD);
}

/// Paper and frame of the whole page in a colour.
pub(super) fn frame_in(sheet: &mut Sheet<'_>, ink: Ink) {
    let (page_width, page_height) = sheet.size();
    sheet.area(
        [0.0, 0.0, page_width, page_height],
        &rectangle(0.0, page_width, page_height),
        PAPER,
    );
    for (inset, width) in [(9.0, 0.9), (11.0, 0.25), (12.2, 0.25)] {
        let (across, along) = (page_width - 2.0 * inset, page_height - 2.0 * inset);
        sheet.line(
            [inset, inset, across, along],
            &rectangle(0.0, across, along),
            width,
            ink,
        );
    }
    let (inset, side) = (14.6, 17.0);
    let (right, bottom) = (page_width - inset - side, page_height - inset - side);
    for (x, y, across, along) in [
        (inset, inset, 1.0, 1.0),
        (right, inset, -1.0, 1.0),
        (inset, bottom, 1.0, -1.0),
        (right, bottom, -1.0, -1.0),
    ] {
        let start = |way: f32| if way < 0.0 { side } else { 0.0 };
        let matrix = [across, 0.0, 0.0, along, start(across), start(along)];
        sheet.line_by([x, y, side, side], SCROLL, matrix, 0.3, ink);
    }
}

/// A line across the page at `y` with a lozenge in its middle.
pub(super) fn divider(sheet: &mut Sheet<'_>, y: f32) {
    let (left, width) = (48.0, sheet.size().0 - 96.0);
    let middle = width / 2.0;
    let lines = format!(
        "M 0 2 L {} 2 M {} 2 L {width} 2",
        mm(middle - 5.0),
        mm(middle + 5.0),
    );
    sheet.line([left, y - 2.0, width, 4.0], &lines, 0.25, GOLD);
    let lozenge = format!(
        "M {} 2 L {m} 0.6 L {} 2 L {m} 3.4 C",
        mm(middle - 2.4),
        mm(middle + 2.4),
        m = mm(middle),
    );
    sheet.area([left, y - 2.0, width, 4.0], &lozenge, GOLD);
}

/// A circle of a radius around a point.
pub(super) fn ring(sheet: &mut Sheet<'_>, middle: (f32, f32), radius: f32, width: f32, ink: Ink) {
    let (near, far, r) = (mm(width), mm(width + 2.0 * radius), mm(radius));
    let axis = mm(width + radius);
    let path =
        format!("M {near} {axis} A {r} {r} 0 1 1 {far} {axis} A {r} {r} 0 1 1 {near} {axis} C");
    let side = 2.0 * (radius + width);
    sheet.line(
        [middle.0 - side / 2.0, middle.1 - side / 2.0, side, side],
        &path,
        width,
        ink,
    );
}

/// A QR code of a text, `side` millimetres wide without its quiet zone; nothing if it is too long.
pub(super) fn code(sheet: &mut Sheet<'_>, text: &str, corner: (f32, f32), side: f32, ink: Ink) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return;
    };
    let modules = code.width();
    #[expect(clippy::cast_precision_loss, reason = "at most 177 modules")]
    let (step, unit) = (
        |n: usize| side * n as f32 / modules as f32,
        side / modules as f32,
    );
    let colours = code.to_colors();
    let mut path = Vec::new();
    for (row, line) in colours.chunks(modules).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (left, right) = (mm(step(column)), mm(step(column + run.len())));
                let (top, bottom) = (mm(step(row)), mm(step(row) + unit));
                path.push(format!(
                    "M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} C"
                ));
            }
            column += run.len();
        }
    }
    sheet.area([corner.0, corner.1, side, side], &path.join(" "), ink);
}

/// An emblem of ours: a snow crystal in a wreath of two rings.
pub(super) fn emblem(sheet: &mut Sheet<'_>, middle: (f32, f32), radius: f32, ink: Ink) {
    ring(sheet, middle, radius, radius * 0.06, ink);
    ring(sheet, middle, radius * 0.86, radius * 0.025, ink);
    crystal(sheet, middle, radius * 0.7, ink);
}

/// A snow crystal of six arms.
pub(super) fn crystal(sheet: &mut Sheet<'_>, middle: (f32, f32), radius: f32, ink: Ink) {
    let mut path = Vec::new();
    let mut line = |from: (f32, f32), to: (f32, f32)| {
        let place = |(x, y): (f32, f32)| format!("{} {}", mm(x + radius), mm(y + radius));
        path.push(format!("M {} L {}", place(from), place(to)));
    };
    for arm in 0..6_u8 {
        let angle = f32::from(arm) * std::f32::consts::FRAC_PI_3;
        let point = |along: f32, aside: f32, length: f32| {
            let (sin, cos) = turn::sin_cos(angle);
            let (turn_sin, turn_cos) = turn::sin_cos(angle + aside);
            (
                radius * (along * sin + length * turn_sin),
                -radius * (along * cos + length * turn_cos),
            )
        };
        line((0.0, 0.0), point(0.98, 0.0, 0.0));
        for (along, length) in [(0.42, 0.3), (0.68, 0.22)] {
            for turn in [-0.9, 0.9] {
                line(point(along, 0.0, 0.0), point(along, turn, length));
            }
        }
    }
    let side = 2.0 * radius;
    sheet.line(
        [middle.0 - radius, middle.1 - radius, side, side],
        &path.join(" "),
        radius * 0.1,
        ink,
    );
}

/// A plain ring marked 样例, which cannot be taken for the seal of an authority.
pub(super) fn sample_ring(
    sheet: &mut Sheet<'_>,
    middle: (f32, f32),
    radius: f32,
    ink: Ink,
) -> Result<(), WriteError> {
    let pale = Ink {
        opacity: 200,
        ..ink
    };
    ring(sheet, middle, radius, radius * 0.053, pale);
    let mark = Style {
        spacing: 0.25,
        ..Style::new(radius * 0.3, ink)
    };
    sheet.centred("样例", middle.0, middle.1 + radius * 0.1, mark)
}

/// A rectangle with round corners.
pub(super) fn round_rectangle(width: f32, height: f32, radius: f32) -> String {
    let (w, h, r) = (mm(width), mm(height), mm(radius));
    let (right, bottom) = (mm(width - radius), mm(height - radius));
    format!(
        "M {r} 0 L {right} 0 A {r} {r} 0 0 1 {w} {r} L {w} {bottom} A {r} {r} 0 0 1 {right} {h} \
         L {r} {h} A {r} {r} 0 0 1 0 {bottom} L 0 {r} A {r} {r} 0 0 1 {r} 0 C"
    )
}

/// Waves over a ground, as they are printed under the words of cards.
pub(super) fn waves(width: f32, height: f32) -> String {
    let mut path = Vec::new();
    for row in 0..12_u8 {
        let middle = height * (f32::from(row) + 0.5) / 12.0;
        let swing = if row % 2 == 0 { 2.6 } else { -2.6 };
        let step = width / 6.0;
        let mut wave = format!("M 0 {}", mm(middle));
        for turn in 0..6_u8 {
            let from = step * f32::from(turn);
            let way = if turn % 2 == 0 { swing } else { -swing };
            let _ = write!(
                wave,
                " B {} {} {} {} {} {}",
                mm(from + step * 0.35),
                mm(middle - way),
                mm(from + step * 0.65),
                mm(middle - way),
                mm(from + step),
                mm(middle),
            );
        }
        path.push(wave);
    }
    path.join(" ")
}

/// A rectangle, `inset` from the corner of its boundary.
pub(super) fn rectangle(inset: f32, width: f32, height: f32) -> String {
    let (near, right, bottom) = (mm(inset), mm(width - inset), mm(height - inset));
    format!("M {near} {near} L {right} {near} L {right} {bottom} L {near} {bottom} C")
}
