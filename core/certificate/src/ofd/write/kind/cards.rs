//! Cards, both faces one above the other: 居民身份证 and 社会保障卡.
//!
//! Emblem, tint and lines are our own; no emblem of a state is drawn. Under the faces stand what
//! every copy needs: verification code, identifier, state, and the seal.

use super::Layout;
use crate::ofd::write::WriteError;
use crate::ofd::write::dressing::Slot;
use crate::ofd::write::ornament;
use crate::ofd::write::rows::{Area, fit_rows};
use crate::ofd::write::sheet::{Ink, PORTRAIT_ID, SEAL_ID, Sheet, Style};
use crate::record::calendar::Date;
use crate::record::{CertificateRecord, HolderCodeType};

/// Width and height of the page, in millimetres.
pub(super) const SIZE: (f32, f32) = (105.0, 178.0);
/// How wide the seal is.
pub(super) const SEAL_MM: f32 = 30.0;

/// Width and height of a card (ISO/IEC 7810 ID-1).
const CARD: (f32, f32) = (85.6, 54.0);
const LEFT: f32 = (SIZE.0 - CARD.0) / 2.0;
const FIRST_TOP: f32 = 12.0;
const SECOND_TOP: f32 = 72.0;
const FOOT_TOP: f32 = 134.0;
const INK: Ink = Ink::opaque(34, 31, 36);
const SOFT: Ink = Ink::opaque(70, 96, 126);
const RED: Ink = Ink::opaque(179, 38, 30);

/// Colours of a card.
struct Tint {
    ground: Ink,
    lines: Ink,
    strong: Ink,
}

const ID_TINT: Tint = Tint {
    ground: Ink::opaque(233, 241, 247),
    lines: Ink::opaque(205, 221, 233),
    strong: Ink::opaque(46, 88, 130),
};
const SOCIAL_TINT: Tint = Tint {
    ground: Ink::opaque(238, 246, 238),
    lines: Ink::opaque(208, 228, 210),
    strong: Ink::opaque(30, 104, 82),
};

/// 居民身份证: person and portrait, then authority and validity.
pub(super) fn identity(
    sheet: &mut Sheet<'_>,
    layout: &Layout<'_>,
) -> Result<(f32, f32), WriteError> {
    let record = layout.record;
    sample_mark(sheet, record)?;
    ground(sheet, FIRST_TOP, &ID_TINT);
    let holder = record.holders.first();
    let mut rows = vec![(
        "姓名",
        holder.map_or("", |holder| holder.name.as_str()).to_owned(),
    )];
    let number = holder.map_or("", |holder| holder.code.as_str());
    let said = |label: &str| record.items.iter().any(|item| item.label_zh == label);
    // The address comes last, as on the card.
    let mut rest: Vec<_> = items(record).collect();
    let address = rest.iter().position(|(label, _)| *label == "住址");
    if let Some(day) = birth(record).filter(|_| !said("出生")) {
        rest.insert(address.unwrap_or(rest.len()), ("出生", day));
    }
    rows.extend(rest);
    let area = Area {
        left: LEFT + 5.0,
        right: LEFT + 55.0,
        top: FIRST_TOP + 5.0,
        bottom: FIRST_TOP + 43.0,
    };
    fit_rows(sheet, &rows, area, [SOFT, INK])?;
    portrait(
        sheet,
        layout,
        [LEFT + 58.5, FIRST_TOP + 7.0, 22.0, 30.0],
        &ID_TINT,
    );
    let (label, value) = (Style::new(2.9, SOFT), Style::new(4.0, INK));
    sheet.text("公民身份号码", LEFT + 5.0, FIRST_TOP + 48.0, label)?;
    let spaced = Style {
        spacing: 0.12,
        ..value
    };
    sheet.text_within(number, LEFT + 26.0, FIRST_TOP + 48.2, 54.0, spaced)?;

    ground(sheet, SECOND_TOP, &ID_TINT);
    let emblem = (LEFT + 14.0, SECOND_TOP + 15.0);
    ornament::emblem(sheet, emblem, 8.0, ID_TINT.strong);
    let middle = LEFT + 51.0;
    let title = Style {
        spacing: 0.25,
        ..Style::new(4.6, INK)
    };
    sheet.centred("中华人民共和国", middle, SECOND_TOP + 12.0, title)?;
    let title = Style {
        spacing: 0.35,
        bold: 0.2,
        ..Style::new(7.6, INK)
    };
    sheet.fitted(&record.name, middle, SECOND_TOP + 23.0, 60.0, title)?;
    back_rows(sheet, record, ["签发机关", "有效期限"])?;
    foot(sheet, layout)
}

/// 社会保障卡: title, portrait and person, then authority and validity.
pub(super) fn social(sheet: &mut Sheet<'_>, layout: &Layout<'_>) -> Result<(f32, f32), WriteError> {
    let record = layout.record;
    sample_mark(sheet, record)?;
    ground(sheet, FIRST_TOP, &SOCIAL_TINT);
    ornament::emblem(
        sheet,
        (LEFT + 10.0, FIRST_TOP + 9.5),
        5.0,
        SOCIAL_TINT.strong,
    );
    let title = Style {
        spacing: 0.3,
        bold: 0.2,
        ..Style::new(6.2, SOCIAL_TINT.strong)
    };
    sheet.fitted(&record.name, LEFT + 47.0, FIRST_TOP + 12.0, 60.0, title)?;
    portrait(
        sheet,
        layout,
        [LEFT + 6.0, FIRST_TOP + 18.0, 22.0, 30.0],
        &SOCIAL_TINT,
    );
    let holder = record.holders.first();
    let mut rows = vec![(
        "姓名",
        holder.map_or("", |holder| holder.name.as_str()).to_owned(),
    )];
    let number = holder.map_or("", |holder| holder.code.as_str());
    rows.push(("社会保障号码", number.to_owned()));
    rows.push(("卡号", record.number.clone()));
    rows.push(("发卡日期", record.issue_date.on_face()));
    rows.extend(items(record));
    let area = Area {
        left: LEFT + 32.0,
        right: LEFT + CARD.0 - 4.0,
        top: FIRST_TOP + 18.0,
        bottom: FIRST_TOP + 50.0,
    };
    fit_rows(sheet, &rows, area, [SOFT, INK])?;

    ground(sheet, SECOND_TOP, &SOCIAL_TINT);
    sheet.area(
        [LEFT, SECOND_TOP + 6.0, CARD.0, 9.0],
        &ornament::rectangle(0.0, CARD.0, 9.0),
        Ink::opaque(72, 76, 74),
    );
    let note = "本卡用于办理社会保险和公共服务事项，限本人使用。";
    let style = Style::new(3.0, SOFT);
    sheet.fitted(note, LEFT + CARD.0 / 2.0, SECOND_TOP + 23.0, 76.0, style)?;
    back_rows(sheet, record, ["发卡机构", "有效期限"])?;
    foot(sheet, layout)
}

fn items(record: &CertificateRecord) -> impl Iterator<Item = (&str, String)> {
    let items = record.items.iter();
    items.map(|item| (item.label_zh.as_str(), item.value.clone()))
}

/// The day of birth that a citizen's number holds.
fn birth(record: &CertificateRecord) -> Option<String> {
    let holder = record.holders.first()?;
    let digits = (holder.code_type == HolderCodeType::CitizenId)
        .then(|| holder.code.get(6..14))
        .flatten()?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u16>().ok();
    let small = |from, to| u8::try_from(number(from, to)?).ok();
    let day = Date::new(number(0, 4)?, small(4, 6)?, small(6, 8)?);
    day.ok().map(Date::on_face)
}

fn sample_mark(sheet: &mut Sheet<'_>, record: &CertificateRecord) -> Result<(), WriteError> {
    if !record.sample {
        return Ok(());
    }
    let mark = "样例 · 虚构主体，无法律效力";
    sheet.centred(mark, SIZE.0 / 2.0, 8.0, Style::new(3.2, RED))
}

/// A card with round corners and waves.
fn ground(sheet: &mut Sheet<'_>, top: f32, tint: &Tint) {
    let card = [LEFT, top, CARD.0, CARD.1];
    let shape = ornament::round_rectangle(CARD.0, CARD.1, 3.2);
    sheet.area(card, &shape, tint.ground);
    sheet.line(card, &ornament::waves(CARD.0, CARD.1), 0.15, tint.lines);
    sheet.line(card, &shape, 0.3, tint.strong);
}

/// The portrait, whole and undistorted in its place; an empty frame without one.
fn portrait(sheet: &mut Sheet<'_>, layout: &Layout<'_>, place: [f32; 4], tint: &Tint) {
    let [left, top, width, height] = place;
    let Some(portrait) = layout.portrait else {
        let frame = ornament::rectangle(0.0, width, height);
        sheet.line(place, &frame, 0.2, tint.lines);
        return;
    };
    let fitted_width = width.min(height * portrait.aspect);
    let fitted_height = height.min(width / portrait.aspect);
    sheet.picture(
        PORTRAIT_ID,
        [
            left + (width - fitted_width) / 2.0,
            top + (height - fitted_height) / 2.0,
            fitted_width,
            fitted_height,
        ],
    );
}

fn back_rows(
    sheet: &mut Sheet<'_>,
    record: &CertificateRecord,
    labels: [&'static str; 2],
) -> Result<(), WriteError> {
    let dotted = |day: Date| day.to_string().replace('-', ".");
    let until = record.validity.to.map_or_else(|| "长期".to_owned(), dotted);
    let rows = [
        (labels[0], record.issuer.name.clone()),
        (
            labels[1],
            format!("{}-{until}", dotted(record.validity.from)),
        ),
    ];
    let area = Area {
        left: LEFT + 14.0,
        right: LEFT + CARD.0 - 5.0,
        top: SECOND_TOP + 33.0,
        bottom: SECOND_TOP + 50.0,
    };
    fit_rows(sheet, &rows, area, [SOFT, INK])
}

fn foot(sheet: &mut Sheet<'_>, layout: &Layout<'_>) -> Result<(f32, f32), WriteError> {
    let record = layout.record;
    ornament::code(sheet, layout.code, (LEFT, FOOT_TOP), 20.0, INK);
    let style = Style::new(2.6, SOFT);
    sheet.centred("扫码核验", LEFT + 10.0, FOOT_TOP + 24.0, style)?;
    let left = LEFT + 25.0;
    let seal = (LEFT + CARD.0 - SEAL_MM / 2.0, FOOT_TOP + 11.0);
    let style = Style::new(3.4, INK);
    sheet.text_within(&record.issuer.name, left, FOOT_TOP + 9.0, 29.0, style)?;
    sheet.text(&record.issue_date.on_face(), left, FOOT_TOP + 16.0, style)?;
    match layout.seal {
        Slot::Picture => {
            let corner = (seal.0 - SEAL_MM / 2.0, seal.1 - SEAL_MM / 2.0);
            sheet.picture(SEAL_ID, [corner.0, corner.1, SEAL_MM, SEAL_MM]);
        }
        Slot::Bare if record.sample => ornament::sample_ring(sheet, seal, 13.0, RED)?,
        Slot::Bare | Slot::Free => {}
    }
    let small = Style::new(2.4, SOFT);
    let id = record.id.to_string();
    sheet.fitted(&id, SIZE.0 / 2.0, FOOT_TOP + 33.0, CARD.0, small)?;
    let state = layout.state_line();
    sheet.fitted(&state, SIZE.0 / 2.0, FOOT_TOP + 38.0, CARD.0, small)?;
    Ok(seal)
}
