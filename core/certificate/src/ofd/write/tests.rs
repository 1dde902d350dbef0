use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::ofd::draw::draw_page;
use crate::ofd::read::Ofd;
use crate::record::status::State;
use crate::record::tests::licence;

pub(crate) const FONT: &[u8] =
    include_bytes!("../../../../../tests/fixtures/certificates/face.otf");

pub(crate) fn notice() -> CopyNotice {
    CopyNotice::for_use(
        "投标",
        "林*远",
        "政务服务平台（样例）",
        "2026-11-23T09:31:00+08:00".parse().unwrap(),
        Some("2026-12-23".parse().unwrap()),
        "0417",
    )
}

pub(crate) fn sample() -> Vec<u8> {
    write_ofd(&licence(), &notice(), None, FONT).unwrap()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[test]
fn the_bytes_of_a_fixed_record_are_frozen() {
    assert_eq!(sample(), sample());
    assert_eq!(
        sha256(&sample()),
        "8f96107f6b043d15e2649d0e7ebc2233ed88836290afc6fa35e15c3bafed4bb8"
    );
}

#[test]
fn every_field_is_found_on_the_page() {
    let ofd = Ofd::open(&sample()).unwrap();
    let page = ofd.page(0).unwrap();
    assert!(page.left_out.is_empty(), "{:?}", page.left_out);
    let text = page.text();
    let record = licence();
    let whole = text.replace('\n', "");
    for wanted in [
        &record.name,
        &record.number,
        &record.holders[0].name,
        &record.holders[0].code,
        &record.issuer.name,
        &record.id.to_string(),
        "2024年05月20日",
        "2021年03月08日至长期",
        "状态：有效（截至 2026-11-23 09:31）",
        "样例 · 虚构主体，无法律效力",
    ] {
        assert!(
            text.lines().any(|line| line.contains(wanted)),
            "{wanted} not in {text}"
        );
    }
    for item in &record.items {
        assert!(
            text.lines().any(|line| line == item.label_zh),
            "{}",
            item.label_zh
        );
        assert!(whole.contains(&item.value), "{}", item.value);
    }
    for line in &notice().watermark {
        assert!(
            text.lines().filter(|found| found == line).count() >= 8,
            "{line}"
        );
    }
}

#[test]
fn the_metadata_names_of_the_standard_are_written() {
    let ofd = Ofd::open(&sample()).unwrap();
    let id = licence().id.to_string();
    for (name, value) in [
        ("ZZBS", id.as_str()),
        ("ZZMC", "营业执照"),
        ("ZZBH", "YL2026-000398"),
        ("ZZLXDM", "11100000000013338W001"),
        ("CZZTDMLXDM", "001"),
        ("ZZBFRQ", "2024-05-20"),
        ("ZZYXQJZRQ", "长期"),
        ("JZJZZSY", "投标"),
        ("JZJZZSJ", "2026-11-23T09:31:00+08:00"),
        ("JZJYXQJZSJ", "2026-12-23"),
        ("KZ_FDDBR", "林知远"),
    ] {
        assert_eq!(ofd.custom(name), Some(value), "{name}");
    }
    assert_eq!(ofd.custom("ZZQZR"), None, "no seal, no signer");
}

#[test]
fn a_name_with_a_character_the_font_lacks_is_refused_by_name() {
    let mut record = licence();
    record.items[1].value = "林龘远".to_owned();
    let error = write_ofd(&record, &notice(), None, FONT).unwrap_err();
    assert!(matches!(
        error,
        WriteError::MissingGlyph { character: '龘' }
    ));
    assert_eq!(error.to_string(), "the font has no sign for '龘' (U+9F98)");
    for hidden in ['\u{200B}', '\u{202E}', '\u{7}', '\n', '\u{FE00}'] {
        record.items[1].value = format!("林{hidden}远");
        let error = write_ofd(&record, &notice(), None, FONT).unwrap_err();
        assert!(matches!(error, WriteError::MissingGlyph { character } if character == hidden));
    }
}

#[test]
fn long_texts_are_set_smaller_and_too_long_ones_refused() {
    let mut record = licence();
    record.items[5].value = "技术服务、".repeat(120);
    let ofd = Ofd::open(&write_ofd(&record, &notice(), None, FONT).unwrap()).unwrap();
    let whole = ofd.page(0).unwrap().text().replace('\n', "");
    assert!(whole.contains(&record.items[5].value));
    record.items[5].value = "技术服务、".repeat(270);
    record.items[4].value = "技术服务、".repeat(270);
    let error = write_ofd(&record, &notice(), None, FONT).unwrap_err();
    assert!(matches!(error, WriteError::Overflow), "{error}");
}

#[test]
fn no_line_begins_with_a_closing_sign_or_leaves_the_column() {
    let mut typeface = Typeface::new(FONT).unwrap();
    let text = licence().items[5].value.repeat(3);
    for width in 4..40_u8 {
        let lines = lines::break_lines(&mut typeface, &text, f32::from(width)).unwrap();
        assert_eq!(lines.concat(), text);
        for line in &lines {
            assert!(
                typeface.width(line).unwrap() <= f32::from(width) + 1e-3,
                "{line}"
            );
            assert!(!line.starts_with(['，', '。', '；', '、', '）']), "{line}");
            assert!(!line.ends_with('（'), "{line}");
        }
    }
}

#[test]
fn a_sample_is_marked_and_a_real_record_gets_no_seal_of_ours() {
    let mut record = licence();
    let with = Ofd::open(&sample()).unwrap().page(0).unwrap();
    record.sample = false;
    let without = Ofd::open(&write_ofd(&record, &notice(), None, FONT).unwrap()).unwrap();
    let without = without.page(0).unwrap();
    assert_eq!(
        with.text().lines().filter(|line| *line == "样例").count(),
        1
    );
    assert!(!without.text().contains("样例"));
    assert_eq!(
        with.objects.len() - without.objects.len(),
        3,
        "mark, ring and word"
    );
}

#[test]
fn a_void_certificate_is_marked_across_the_page() {
    let mut record = licence();
    for state in [
        State::Revoked,
        State::Suspended,
        State::Withdrawn,
        State::Lapsed,
    ] {
        record.status.state = state;
        let ofd = Ofd::open(&write_ofd(&record, &notice(), None, FONT).unwrap()).unwrap();
        let text = ofd.page(0).unwrap().text();
        assert_eq!(text.lines().last(), Some(record.status.state.text_zh()));
    }
}

#[test]
fn a_seal_picture_is_embedded_and_drawn_or_refused() {
    let mut red = image::RgbaImage::new(32, 32);
    red.pixels_mut()
        .for_each(|pixel| *pixel = image::Rgba([250, 0, 0, 255]));
    let mut png = std::io::Cursor::new(Vec::new());
    red.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let file = write_ofd(&licence(), &notice(), Some(png.get_ref()), FONT).unwrap();
    let picture = draw_page(&Ofd::open(&file).unwrap(), 0, 2.0).unwrap();
    let reds = picture
        .rgba
        .chunks_exact(4)
        .filter(|p| p[0] > 180 && p[1] < 60 && p[2] < 60)
        .count();
    assert!(
        (4500..7000).contains(&reds),
        "40 mm by 40 mm at 2 px: {reds}"
    );
    assert!(picture.left_out.is_empty());
    for bad in [&b"no picture"[..], &png.get_ref()[..40], b"\x89PNG"] {
        let error = write_ofd(&licence(), &notice(), Some(bad), FONT).unwrap_err();
        assert!(matches!(error, WriteError::SealPicture));
    }
}

#[test]
fn notices_without_words_and_fonts_that_are_none_are_refused() {
    let mut bad = notice();
    bad.watermark.clear();
    assert!(matches!(
        write_ofd(&licence(), &bad, None, FONT),
        Err(WriteError::Notice)
    ));
    let mut bad = notice();
    bad.purpose = " ".to_owned();
    assert!(matches!(
        write_ofd(&licence(), &bad, None, FONT),
        Err(WriteError::Notice)
    ));
    assert!(matches!(
        write_ofd(&licence(), &notice(), None, b"font"),
        Err(WriteError::Font)
    ));
    let mut record = licence();
    record.holders.clear();
    assert!(matches!(
        write_ofd(&record, &notice(), None, FONT),
        Err(WriteError::Record(_))
    ));
}

#[test]
fn the_embedded_font_is_small_and_maps_every_character() {
    let ofd = Ofd::open(&sample()).unwrap();
    let bytes = ofd.entry("Doc_0/Res/face.otf").unwrap();
    assert!(bytes.len() < FONT.len(), "{} bytes", bytes.len());
    let mut typeface = Typeface::new(&bytes).unwrap();
    for character in ofd.page(0).unwrap().text().chars().filter(|c| *c != '\n') {
        typeface.advance(character).unwrap();
    }
    assert!(typeface.advance('龘').is_err());
    assert!(typeface.advance('撤').is_err(), "not on this page");
}

#[test]
fn markup_in_a_value_stays_text() {
    let mut record = licence();
    record.items[1].value = "<a b=\"c\">&amp;</a>".to_owned();
    let ofd = Ofd::open(&write_ofd(&record, &notice(), None, FONT).unwrap()).unwrap();
    assert_eq!(ofd.custom("KZ_FDDBR"), Some("<a b=\"c\">&amp;</a>"));
    assert!(ofd.page(0).unwrap().text().contains("<a b=\"c\">&amp;</a>"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_written_is_read_back(name in "[技术服务开发（）、0-9A-Za-z ]{1,60}", copies in 1usize..4) {
        prop_assume!(!name.trim().is_empty() && !name.contains("  ") && name.trim() == name);
        let mut record = licence();
        record.holders = vec![record.holders[0].clone(); copies];
        record.holders[0].name.clone_from(&name);
        let ofd = Ofd::open(&write_ofd(&record, &notice(), None, FONT).unwrap()).unwrap();
        let squeezed = |text: &str| text.replace(['\n', ' '], "");
        prop_assert!(squeezed(&ofd.page(0).unwrap().text()).contains(&squeezed(&name)));
        prop_assert!(ofd.custom("CZZT").unwrap().starts_with(name.as_str()));
    }
}
