//! What lies over everything: the notice of the copy, and the mark of a certificate that is void.

use super::WriteError;
use super::notice::CopyNotice;
use super::sheet::{Ink, Sheet, Style};
use super::turn;
use crate::record::CertificateRecord;

const ANGLE_DEGREES: f32 = 22.0;
const SIZE: f32 = 4.0;
const LEADING: f32 = 6.0;
/// Between the blocks of a row, and from row to row.
const GAP: f32 = 26.0;
const ROW: f32 = 37.0;
const INK: Ink = Ink {
    rgb: [34, 31, 26],
    opacity: 46,
};
const VOID: Ink = Ink {
    rgb: [179, 38, 30],
    opacity: 120,
};

pub(super) fn draw(
    sheet: &mut Sheet<'_>,
    record: &CertificateRecord,
    notice: &CopyNotice,
) -> Result<(), WriteError> {
    let style = Style::new(SIZE, INK);
    let mut widest = 0.0_f32;
    for line in &notice.watermark {
        widest = widest.max(sheet.width(line, style)?);
    }
    let (page_width, page_height) = sheet.size();
    let (sin, cos) = turn::sin_cos(ANGLE_DEGREES.to_radians());
    let place = |along: f32, down: f32| {
        let x = page_width / 2.0 + cos * along + sin * down;
        let y = page_height / 2.0 - sin * along + cos * down;
        (x, y)
    };
    let matrix = |(x, y): (f32, f32)| [cos, -sin, sin, cos, x, y];
    let on_page = |(x, y): (f32, f32)| {
        (-4.0..=page_width + 4.0).contains(&x) && (-4.0..=page_height + 4.0).contains(&y)
    };
    let reach = turn::diagonal(page_width, page_height) / 2.0;
    let pitch = widest + GAP;
    let mut shifted = false;
    let mut down = -reach;
    while down < reach {
        let mut along = -reach - pitch + if shifted { pitch / 2.0 } else { 0.0 };
        while along < reach {
            let ends = [
                place(along, down),
                place(along + widest, down),
                place(along + widest / 2.0, down),
            ];
            if ends.into_iter().any(on_page) {
                let mut at = down;
                for line in &notice.watermark {
                    sheet.turned(line, matrix(place(along, at)), style)?;
                    at += LEADING;
                }
            }
            along += pitch;
        }
        shifted = !shifted;
        down += ROW;
    }
    if !record.status.state.holds() {
        let mut style = Style {
            bold: 0.8,
            spacing: 0.1,
            ..Style::new(44.0_f32.min(page_width * 0.24), VOID)
        };
        let words = record.status.state.text_zh();
        let width = sheet.width(words, style)?;
        style.size *= ((page_width - 20.0) / width).min(1.0);
        let width = sheet.width(words, style)?;
        sheet.turned(words, matrix(place(-width / 2.0, style.size * 0.35)), style)?;
    }
    Ok(())
}
