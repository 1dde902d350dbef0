//! The certificate face: title, holder, items, issuer.

use super::WriteError;
use super::dressing::Slot;
use super::lines::break_lines;
use super::ornament;
use super::sheet::{Ink, PAGE_WIDTH, SEAL_ID, Sheet, Style};
use crate::record::CertificateRecord;
use crate::record::calendar::Date;

const INK: Ink = Ink::opaque(34, 31, 26);
const SOFT: Ink = Ink::opaque(107, 98, 80);
const RED: Ink = Ink::opaque(179, 38, 30);

const MIDDLE: f32 = PAGE_WIDTH / 2.0;
const LEFT: f32 = 30.0;
const RIGHT: f32 = 182.0;
const ITEMS_TOP: f32 = 97.0;
const ITEMS_BOTTOM: f32 = 222.0;
/// Sizes the items are tried in, in millimetres: 14 point down to 7.4 point.
const SIZES: [f32; 6] = [5.0, 4.6, 4.2, 3.7, 3.2, 2.6];
const LEADING: f32 = 1.62;
const ROW_GAP: f32 = 0.5;
/// Labels up to this many signs are spread to the width of this many.
const LABEL_SIGNS: usize = 5;

/// Draws it; gives the middle of the seal.
pub(super) fn draw(
    sheet: &mut Sheet<'_>,
    record: &CertificateRecord,
    code: &str,
    seal: Slot,
) -> Result<(f32, f32), WriteError> {
    ornament::frame(sheet);
    heading(sheet, record)?;
    items(sheet, record)?;
    foot(sheet, record, code, seal)
}

fn heading(sheet: &mut Sheet<'_>, record: &CertificateRecord) -> Result<(), WriteError> {
    if record.sample {
        let style = Style {
            spacing: 0.15,
            ..Style::new(4.4, RED)
        };
        sheet.centred("样例 · 虚构主体，无法律效力", MIDDLE, 28.0, style)?;
    }
    let mut title = Style {
        spacing: 0.5,
        bold: 0.35,
        ..Style::new(15.0, INK)
    };
    let widest = PAGE_WIDTH - 60.0;
    let wide = sheet.width(&record.name, title)?;
    if wide > widest {
        title.spacing = 0.1;
        let narrow = sheet.width(&record.name, title)?;
        title.size *= (widest / narrow).min(1.0);
        title.bold *= title.size / 15.0;
        if title.size < 5.0 {
            return Err(WriteError::Overflow);
        }
    }
    sheet.centred(&record.name, MIDDLE, 52.0, title)?;
    let style = Style::new(4.6, INK);
    sheet.centred("（副本 · 电子证照加注件）", MIDDLE, 63.0, style)?;
    if let [holder] = &record.holders[..] {
        let line = format!("{} {}", holder.code_type.name(), holder.code);
        fitted(sheet, &line, 71.5, style)?;
    }
    fitted(
        sheet,
        &format!("编号 {}", record.number),
        79.0,
        Style::new(4.0, SOFT),
    )?;
    ornament::divider(sheet, 85.5);
    Ok(())
}

/// A centred line that is set smaller if it is too wide.
fn fitted(sheet: &mut Sheet<'_>, line: &str, y: f32, mut style: Style) -> Result<(), WriteError> {
    let width = sheet.width(line, style)?;
    style.size *= ((RIGHT - LEFT) / width).min(1.0);
    if style.size < 1.8 {
        return Err(WriteError::Overflow);
    }
    sheet.centred(line, MIDDLE, y, style)
}

fn items(sheet: &mut Sheet<'_>, record: &CertificateRecord) -> Result<(), WriteError> {
    let mut rows: Vec<(&str, String)> = Vec::new();
    for holder in &record.holders {
        let value = if record.holders.len() == 1 {
            holder.name.clone()
        } else {
            format!(
                "{}（{} {}）",
                holder.name,
                holder.code_type.name(),
                holder.code
            )
        };
        rows.push((holder.code_type.holder_label(), value));
    }
    rows.extend(
        record
            .items
            .iter()
            .map(|item| (item.label_zh.as_str(), item.value.clone())),
    );
    let until = record
        .validity
        .to
        .map_or_else(|| "长期".to_owned(), Date::on_face);
    rows.push((
        "有效期",
        format!("{}至{until}", record.validity.from.on_face()),
    ));

    let longest = rows
        .iter()
        .map(|(label, _)| label.chars().count())
        .max()
        .unwrap_or(0);
    for size in SIZES {
        if set_rows(sheet, &rows, longest, size)? {
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
) -> Result<bool, WriteError> {
    #[expect(clippy::cast_precision_loss, reason = "a label has at most 16 signs")]
    let em = |signs: usize| signs as f32 * size;
    let value_left = LEFT + em(longest.max(LABEL_SIGNS)) + 7.0;
    let mut broken = Vec::new();
    for (label, value) in rows {
        let lines = break_lines(&mut sheet.typeface, value, (RIGHT - value_left) / size)?;
        broken.push((*label, lines));
    }
    #[expect(clippy::cast_precision_loss, reason = "far fewer lines than 2^23")]
    let line_count = broken.iter().map(|(_, lines)| lines.len()).sum::<usize>() as f32;
    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^23")]
    let gaps = broken.len().saturating_sub(1) as f32;
    let height = (line_count * LEADING + gaps * ROW_GAP) * size;
    if ITEMS_TOP + height > ITEMS_BOTTOM {
        return Ok(false);
    }
    let mut y = ITEMS_TOP + size * 0.9;
    for (label, lines) in broken {
        let signs = label.chars().count();
        let mut style = Style::new(size, SOFT);
        if (2..LABEL_SIGNS).contains(&signs) && longest <= LABEL_SIGNS {
            style.spacing = (em(LABEL_SIGNS) - em(signs)) / em(signs - 1);
        }
        sheet.text(label, LEFT, y, style)?;
        for line in lines {
            sheet.text(&line, value_left, y, Style::new(size, INK))?;
            y += size * LEADING;
        }
        y += size * ROW_GAP;
    }
    Ok(true)
}

fn foot(
    sheet: &mut Sheet<'_>,
    record: &CertificateRecord,
    code: &str,
    seal: Slot,
) -> Result<(f32, f32), WriteError> {
    let id = record.id.to_string();
    ornament::code(sheet, code, (LEFT, 228.0), 25.0, INK);
    sheet.centred("证照标识", LEFT + 12.5, 257.8, Style::new(3.2, SOFT))?;

    let style = Style::new(5.0, INK);
    let (issuer, day) = (&record.issuer.name, record.issue_date.on_face());
    let width = sheet.width(issuer, style)?;
    let mut issuer_style = style;
    issuer_style.size *= ((RIGHT - LEFT - 40.0) / width).min(1.0);
    let half = sheet
        .width(issuer, issuer_style)?
        .max(sheet.width(&day, style)?)
        / 2.0;
    let middle = RIGHT - half.max(22.0);
    sheet.centred(issuer, middle, 240.0, issuer_style)?;
    sheet.centred(&day, middle, 249.5, style)?;
    let stamp = (middle, 244.5);
    if seal == Slot::Picture {
        sheet.picture(SEAL_ID, [stamp.0 - 20.0, stamp.1 - 20.0, 40.0, 40.0]);
    } else if seal == Slot::Bare && record.sample {
        // A plain ring that cannot be taken for the seal of an authority.
        ornament::ring(
            sheet,
            stamp,
            17.0,
            0.9,
            Ink {
                opacity: 200,
                ..RED
            },
        );
        let mark = Style {
            spacing: 0.25,
            ..Style::new(5.0, RED)
        };
        sheet.centred("样例", stamp.0, stamp.1 + 12.8, mark)?;
    }

    fitted(sheet, &id, 268.5, Style::new(3.0, SOFT))?;
    let state = format!(
        "状态：{}（截至 {}）",
        record.status.state.text_zh(),
        record.status.as_of.on_face()
    );
    fitted(sheet, &state, 274.0, Style::new(3.2, SOFT))?;
    Ok(stamp)
}
