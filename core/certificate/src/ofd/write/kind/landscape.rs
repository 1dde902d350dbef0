//! Licences across a page of A4: 营业执照 and 食品经营许可证, in the arrangement people know.
//!
//! Emblem and ornaments are our own; no emblem of a state is drawn.

use super::Layout;
use crate::ofd::write::WriteError;
use crate::ofd::write::dressing::Slot;
use crate::ofd::write::ornament::{self, GOLD};
use crate::ofd::write::rows::{Area, fit_rows};
use crate::ofd::write::sheet::{Ink, PAGE_HEIGHT, PAGE_WIDTH, SEAL_ID, Sheet, Style};
use crate::record::CertificateRecord;
use crate::record::calendar::Date;

/// Width and height of the page, in millimetres.
pub(super) const SIZE: (f32, f32) = (PAGE_HEIGHT, PAGE_WIDTH);

const INK: Ink = Ink::opaque(34, 31, 26);
const SOFT: Ink = Ink::opaque(107, 98, 80);
const RED: Ink = Ink::opaque(179, 38, 30);
const TEAL: Ink = Ink::opaque(38, 104, 92);
const MIDDLE: f32 = SIZE.0 / 2.0;
const LEFT: f32 = 30.0;
const RIGHT: f32 = SIZE.0 - 30.0;
const COLUMN: f32 = 158.0;
const ROWS_TOP: f32 = 88.0;
const ROWS_BOTTOM: f32 = 168.0;
const CODE_MM: f32 = 24.0;

/// How a licence calls its parts.
pub(super) struct Wording {
    frame: Ink,
    title_ink: Ink,
    holder: &'static str,
    number: &'static str,
    until: &'static str,
    issuer: &'static str,
    /// Labels of the second column.
    second: &'static [&'static str],
    note: &'static str,
}

pub(super) const BUSINESS: Wording = Wording {
    frame: GOLD,
    title_ink: INK,
    holder: "名称",
    number: "证照编号",
    until: "营业期限",
    issuer: "登记机关",
    second: &["注册资本", "成立日期", "营业期限", "住所", "经营场所"],
    note: "市场主体应当于每年1月1日至6月30日报送公示年度报告。",
};

pub(super) const FOOD: Wording = Wording {
    frame: TEAL,
    title_ink: TEAL,
    holder: "经营者名称",
    number: "许可证编号",
    until: "有效期",
    issuer: "发证机关",
    second: &[
        "主体业态",
        "经营项目",
        "签发人",
        "日常监督管理机构",
        "有效期",
    ],
    note: "食品经营者应当在经营场所的显著位置悬挂、摆放或者展示本许可证。投诉举报电话：12315",
};

/// Draws it; gives the middle of the seal.
pub(super) fn draw(
    sheet: &mut Sheet<'_>,
    layout: &Layout<'_>,
    wording: &Wording,
) -> Result<(f32, f32), WriteError> {
    ornament::frame_in(sheet, wording.frame);
    heading(sheet, layout, wording)?;
    columns(sheet, layout.record, wording)?;
    foot(sheet, layout, wording)
}

fn heading(
    sheet: &mut Sheet<'_>,
    layout: &Layout<'_>,
    wording: &Wording,
) -> Result<(), WriteError> {
    let record = layout.record;
    ornament::emblem(sheet, (MIDDLE, 34.0), 11.0, wording.frame);
    if record.sample {
        let style = Style {
            spacing: 0.15,
            ..Style::new(4.2, RED)
        };
        sheet.centred("样例 · 虚构主体，无法律效力", MIDDLE, 20.0, style)?;
    }
    let title = Style {
        spacing: 0.4,
        bold: 0.4,
        ..Style::new(16.0, wording.title_ink)
    };
    sheet.fitted(&record.name, MIDDLE, 63.0, 150.0, title)?;
    let style = Style::new(4.6, INK);
    sheet.centred("（副本 · 电子证照加注件）", MIDDLE, 73.0, style)?;
    ornament::divider(sheet, 79.5);

    let label = Style::new(3.4, SOFT);
    let value = Style::new(4.4, INK);
    let mut y = 40.0;
    if let [holder] = &record.holders[..] {
        sheet.text(holder.code_type.name(), LEFT, y, label)?;
        sheet.text(&holder.code, LEFT, y + 6.5, value)?;
        y += 16.0;
    }
    sheet.text(wording.number, LEFT, y, label)?;
    sheet.text_within(&record.number, LEFT, y + 6.0, 78.0, Style::new(4.0, INK))?;

    let corner = (RIGHT - CODE_MM, 32.0);
    ornament::code(sheet, layout.code, corner, CODE_MM, INK);
    let middle = corner.0 + CODE_MM / 2.0;
    let style = Style::new(3.0, SOFT);
    sheet.centred("扫码核验", middle, corner.1 + CODE_MM + 4.6, style)
}

fn columns(
    sheet: &mut Sheet<'_>,
    record: &CertificateRecord,
    wording: &Wording,
) -> Result<(), WriteError> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for holder in &record.holders {
        first.push((wording.holder, holder.name.clone()));
        if record.holders.len() > 1 {
            first.push((holder.code_type.name(), holder.code.clone()));
        }
    }
    for item in &record.items {
        let row = (item.label_zh.as_str(), item.value.clone());
        if wording.second.contains(&row.0) {
            second.push(row);
        } else {
            first.push(row);
        }
    }
    let until = record
        .validity
        .to
        .map_or_else(|| "长期".to_owned(), Date::on_face);
    let from = record.validity.from.on_face();
    second.push((wording.until, format!("{from}至{until}")));
    let area = |left, right| Area {
        left,
        right,
        top: ROWS_TOP,
        bottom: ROWS_BOTTOM,
    };
    fit_rows(sheet, &first, area(LEFT, COLUMN - 8.0), [SOFT, INK])?;
    // The seal lies under the second column.
    let second_area = Area {
        bottom: 142.0,
        ..area(COLUMN, RIGHT)
    };
    fit_rows(sheet, &second, second_area, [SOFT, INK])
}

fn foot(
    sheet: &mut Sheet<'_>,
    layout: &Layout<'_>,
    wording: &Wording,
) -> Result<(f32, f32), WriteError> {
    let record = layout.record;
    let seal = (RIGHT - 30.0, 160.0);
    let name = format!("{}：{}", wording.issuer, record.issuer.name);
    sheet.fitted(&name, seal.0 - 6.0, 157.0, 84.0, Style::new(4.6, INK))?;
    let day = record.issue_date.on_face();
    sheet.centred(&day, seal.0 - 6.0, 166.0, Style::new(4.6, INK))?;
    match layout.seal {
        Slot::Picture => {
            sheet.picture(SEAL_ID, [seal.0 - 20.0, seal.1 - 20.0, 40.0, 40.0]);
        }
        Slot::Bare if record.sample => ornament::sample_ring(sheet, seal, 17.0, RED)?,
        Slot::Bare | Slot::Free => {}
    }
    let width = RIGHT - LEFT;
    sheet.fitted(wording.note, MIDDLE, 180.5, width, Style::new(3.0, SOFT))?;
    let id = record.id.to_string();
    sheet.fitted(&id, MIDDLE, 185.5, width, Style::new(2.8, SOFT))?;
    let state = layout.state_line();
    sheet.fitted(&state, MIDDLE, 190.5, width, Style::new(3.0, SOFT))?;
    Ok(seal)
}
