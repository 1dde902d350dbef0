use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::write_ofd;
use quanshengshi_certificate::record::CertificateRecord;

use super::*;
use crate::failure::sorted::{Failure, NextStep};

const RECORD: &str = include_str!("../../../certificate/examples/sample_record.json");
const FONT: &[u8] = include_bytes!("../../../../portal/fonts/NotoSerifCJKsc-Certificate.otf");

fn written() -> Vec<u8> {
    let record = CertificateRecord::from_bytes(RECORD.trim_end().as_bytes()).unwrap();
    let notice = CopyNotice::for_use(
        "投标",
        "林*远",
        "黑龙江政务服务平台（样例）",
        "2026-11-23T09:31:00+08:00".parse().unwrap(),
        Some("2026-12-23".parse().unwrap()),
        "0417",
    );
    write_ofd(&record, &notice, None, FONT).unwrap()
}

#[test]
fn a_file_is_drawn_read_searched_and_described() {
    let file = OpenedFile::open(&written()).unwrap();
    assert_eq!(file.pages(), 1);
    let drawn = file.draw(0, 1.0, None).unwrap();
    assert_eq!(
        (drawn.width, drawn.height, &*drawn.left_out),
        (210, 297, &[][..])
    );
    assert!(drawn.png.starts_with(b"\x89PNG"));
    let facts = file.facts(0).unwrap();
    assert!(facts.text.contains("营业执照") && facts.links.is_empty());
    let [found] = &file.find(0, "营业执照", None).unwrap()[..1] else {
        panic!("the name stands on the face")
    };
    let (x, y) = found.quads[0][0];
    let again = file
        .select(0, (x + 1.0, y + 1.0), (x + 1.0, y + 1.0), None)
        .unwrap();
    assert_eq!(again.unwrap().text, "营");
    let name = file
        .metadata()
        .into_iter()
        .find(|datum| datum.name == "ZZMC");
    assert_eq!(name.unwrap().value, "营业执照");
    assert!(file.attachments().is_empty());
}

#[test]
fn every_failure_has_a_code_of_its_own() {
    let code = |error: ViewError| {
        let failure = Failure::from(error);
        assert_eq!(failure.next, NextStep::Refused);
        failure.code
    };
    assert_eq!(
        code(OpenedFile::open(b"no zip").err().unwrap()),
        "FILE_UNREADABLE"
    );
    let file = OpenedFile::open(&written()).unwrap();
    assert_eq!(code(file.facts(1).unwrap_err()), "PAGE_UNREADABLE");
    assert_eq!(
        code(file.draw(9, 1.0, None).unwrap_err()),
        "PAGE_UNREADABLE"
    );
    assert_eq!(code(file.draw(0, 0.0, None).unwrap_err()), "PAGE_UNDRAWN");
}
