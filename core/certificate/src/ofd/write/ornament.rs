//! Lines and figures of a certificate face that carry no words.

use qrcode::{Color, EcLevel, QrCode};

use super::sheet::{Ink, PAGE_HEIGHT, PAGE_WIDTH, Sheet, mm};

const PAPER: Ink = Ink::opaque(255, 253, 248);
const GOLD: Ink = Ink::opaque(138, 116, 64);

/// A scroll for a corner, growing from (0, 0) to the right and downwards.
const SCROLL: &str = "M 0 17 L 0 0 L 17 0 M 2 13 L 2 2 L 13 2 L 13 5.5 L 5.5 5.5 L 5.5 13 L 2 13 \
                      M 7.5 10 L 7.5 7.5 L 10 7.5";

/// Paper and frame of the whole page.
pub(super) fn frame(sheet: &mut Sheet<'_>) {
    sheet.area(
        [0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT],
        &rectangle(0.0, PAGE_WIDTH, PAGE_HEIGHT),
        PAPER,
    );
    for (inset, width) in [(9.0, 0.9), (11.0, 0.25), (12.2, 0.25)] {
        let (across, along) = (PAGE_WIDTH - 2.0 * inset, PAGE_HEIGHT - 2.0 * inset);
        sheet.line(
            [inset, inset, across, along],
            &rectangle(0.0, across, along),
            width,
            GOLD,
        );
    }
    let (inset, side) = (14.6, 17.0);
    let (right, bottom) = (PAGE_WIDTH - inset - side, PAGE_HEIGHT - inset - side);
    for (x, y, across, along) in [
        (inset, inset, 1.0, 1.0),
        (right, inset, -1.0, 1.0),
        (inset, bottom, 1.0, -1.0),
        (right, bottom, -1.0, -1.0),
    ] {
        let start = |way: f32| if way < 0.0 { side } else { 0.0 };
        let matrix = [across, 0.0, 0.0, along, start(across), start(along)];
        sheet.line_by([x, y, side, side], SCROLL, matrix, 0.3, GOLD);
    }
}

/// A line across the page at `y` with a lozenge in its middle.
pub(super) fn divider(sheet: &mut Sheet<'_>, y: f32) {
    let (left, width) = (48.0, PAGE_WIDTH - 96.0);
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

fn rectangle(inset: f32, width: f32, height: f32) -> String {
    let (near, right, bottom) = (mm(inset), mm(width - inset), mm(height - inset));
    format!("M {near} {near} L {right} {near} L {right} {bottom} L {near} {bottom} C")
}
