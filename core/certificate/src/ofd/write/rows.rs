//! Labels with their values in a column, as large as they fit.

use super::WriteError;
use super::lines::break_lines;
use super::sheet::{Ink, Sheet, Style};

/// Sizes the rows are tried in, in millimetres: 14 point down to 6 point.
const SIZES: [f32; 8] = [5.0, 4.6, 4.2, 3.7, 3.2, 2.8, 2.4, 2.1];
const LEADING: f32 = 1.5;
const ROW_GAP: f32 = 0.45;

/// Where rows may stand, in millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Sets rows in an area, in the largest size in which they fit; labels in the first ink.
pub(super) fn fit_rows(
    sheet: &mut Sheet<'_>,
    rows: &[(&str, String)],
    area: Area,
    inks: [Ink; 2],
) -> Result<(), WriteError> {
    let longest = rows.iter().map(|(label, _)| label.chars().count()).max();
    for size in SIZES {
        if set_rows(sheet, rows, longest.unwrap_or(0), size, area, inks)? {
            return Ok(());
        }
    }
    Err(WriteError::Overflow)
}

/// Sets all rows in one size; `false`, and nothing set, if they do not fit.
fn set_rows(
    sheet: &mut Sheet<'_>,
    rows: &[(&str, String)],
    longest: usize,
    size: f32,
    area: Area,
    [label_ink, ink]: [Ink; 2],
) -> Result<bool, WriteError> {
    #[expect(clippy::cast_precision_loss, reason = "a label has at most 16 signs")]
    let em = |signs: usize| signs as f32 * size;
    let value_left = area.left + em(longest) + size * 0.9;
    if value_left + 5.0 * size > area.right {
        return Ok(false);
    }
    let mut broken = Vec::new();
    let mut height = 0.0;
    for (label, value) in rows {
        let wide = (area.right - value_left) / size;
        let lines = break_lines(&mut sheet.typeface, value, wide)?;
        #[expect(clippy::cast_precision_loss, reason = "far fewer lines than 2^23")]
        let count = lines.len() as f32;
        height += (count * LEADING + ROW_GAP) * size;
        broken.push((*label, lines));
    }
    if area.top + height - ROW_GAP * size > area.bottom {
        return Ok(false);
    }
    let mut y = area.top + size * 0.9;
    for (label, lines) in broken {
        let signs = label.chars().count();
        let mut style = Style::new(size, label_ink);
        if (2..longest).contains(&signs) && longest <= 5 {
            style.spacing = (em(longest) - em(signs)) / em(signs - 1);
        }
        sheet.text(label, area.left, y, style)?;
        for line in lines {
            sheet.text(&line, value_left, y, Style::new(size, ink))?;
            y += size * LEADING;
        }
        y += size * ROW_GAP;
    }
    Ok(true)
}
