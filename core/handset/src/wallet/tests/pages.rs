//! Later pages of a kept certificate: out of the same verified bytes as the first.

use std::io::{Cursor, Read as _};

use quanshengshi_certificate::ofd::read::page::PageError;
use quanshengshi_certificate::seal::verify::Verdict;

use super::seals::{Cast, with_entry, with_file};
use super::*;
use crate::failure::sorted::{Failure, NextStep};
use crate::viewer::ViewError;
use crate::wallet::notes::NotesError;

const DOCUMENT: &str = "Doc_0/Document.xml";
const SECOND: &str = "Doc_0/Pages/Page_1/Content.xml";
/// A page of 100 mm by 50 mm with signs that the first page has, too.
const CONTENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\">\
    <ofd:Area><ofd:PhysicalBox>0 0 100 50</ofd:PhysicalBox></ofd:Area><ofd:Content>\
    <ofd:Layer ID=\"9001\" Type=\"Body\"><ofd:TextObject ID=\"9002\" Boundary=\"10 10 80 30\" Font=\"1\" \
    Size=\"10\"><ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"10\" DeltaX=\"g 3 10\">\
    营业执照</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>";

/// The face with a second page in its table, which may be there or not.
fn longer(with_page: bool) -> Vec<u8> {
    let face = face();
    let mut archive = zip::ZipArchive::new(Cursor::new(face.as_slice())).unwrap();
    let mut document = String::new();
    let mut entry = archive.by_name(DOCUMENT).unwrap();
    entry.read_to_string(&mut document).unwrap();
    let page = "<ofd:Page ID=\"9000\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>";
    let document = document.replace("</ofd:Pages>", page);
    let file = with_entry(&face, DOCUMENT, document.as_bytes());
    if with_page {
        with_entry(&file, SECOND, CONTENT.as_bytes())
    } else {
        file
    }
}

async fn opened(file: Vec<u8>, cast: &Cast) -> OpenCertificate {
    let scene = scene_trusting(&cast.root_pem(), with_file(file));
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    wallet.open(&Scene::id()).unwrap()
}

#[tokio::test]
async fn every_page_of_a_copy_is_drawn_read_and_searched_after_one_verification() {
    let cast = Cast::make(70);
    let file = cast.seal(&longer(true));
    // The handset is gone: an opened certificate asks nobody for its pages.
    let certificate = opened(file.clone(), &cast).await;
    assert_eq!(certificate.seal.verdict, Verdict::IntactTrusted);
    assert_eq!((certificate.pages(), certificate.bytes()), (2, &*file));
    let drawn = certificate.draw(1, 2.0).unwrap();
    assert_eq!((drawn.width, drawn.height), (200, 100));
    assert_eq!(drawn.left_out, Vec::<String>::new());
    assert_ne!(drawn.png, certificate.draw(0, 2.0).unwrap().png);
    let facts = certificate.facts(1).unwrap();
    assert_eq!((facts.text.trim(), facts.width_mm), ("营业执照", 100.0));
    assert_eq!(certificate.find(1, "执照").unwrap().len(), 1);
    assert!(certificate.find(1, "北疆云杉").unwrap().is_empty());
}

#[tokio::test]
async fn a_page_that_is_not_there_is_told_and_the_others_stay() {
    let cast = Cast::make(80);
    let certificate = opened(cast.seal(&longer(true)), &cast).await;
    for page in [2, u32::MAX] {
        for error in [
            certificate.draw(page, 2.0).err(),
            certificate.facts(page).err(),
            certificate.find(page, "营").err(),
        ] {
            let error = error.unwrap();
            assert!(matches!(error, ViewError::Page(PageError::NoSuchPage(_))));
            let failure = Failure::from(error);
            assert_eq!(
                (failure.next, &*failure.code),
                (NextStep::Refused, "PAGE_UNREADABLE")
            );
        }
    }
    assert_eq!(certificate.draw(1, 1.0).unwrap().width, 100);
}

#[tokio::test]
async fn a_copy_that_is_handed_on_says_for_what_until_when_and_that_it_is_no_original() {
    let cast = Cast::make(75);
    let certificate = opened(cast.seal(&face()), &cast).await;
    let notes = certificate.notes(" 银行开户 ", Language::Zh).unwrap();
    assert_eq!(notes.watermark, "仅限银行开户使用 · 至 2026-12-23");
    assert_eq!(
        notes.lines[..2],
        [
            "加注件 · 用途：银行开户 · 有效至 2026-12-23",
            "持证人于 2026-11-23 在手机上制作，是画面副本，不带电子印章；真伪请以平台核验为准",
        ]
    );
    assert_eq!(notes.lines[2], certificate.judged.mark(Language::Zh));
    assert!(notes.lines[3].contains(Verdict::IntactTrusted.text(Language::Zh)));
    let english = certificate.notes("a bank", Language::En).unwrap();
    assert!(english.watermark.starts_with("Only for a bank"));
    let twenty = "用".repeat(20);
    certificate.notes(&twenty, Language::Zh).unwrap();
    for purpose in ["", "  ", "银行\n开户", "户\u{202e}", &"用".repeat(21)] {
        let refused = certificate.notes(purpose, Language::Zh);
        assert_eq!(refused, Err(NotesError::Purpose), "{purpose:?}");
    }
}

#[tokio::test]
async fn a_later_page_that_no_seal_covers_is_drawn_so_and_the_first_is_not() {
    let cast = Cast::make(90);
    let sealed = cast.seal(&longer(false));
    let file = with_entry(&sealed, SECOND, CONTENT.as_bytes());
    let certificate = opened(file, &cast).await;
    assert_eq!(certificate.seal.uncovered, [SECOND]);
    let left_out = |page| certificate.draw(page, 1.0).unwrap().left_out;
    assert_eq!(left_out(1), ["uncovered"]);
    assert_eq!(left_out(0), Vec::<String>::new());
    // Nor is it read out as if it were.
    let facts = certificate.facts(1).unwrap();
    assert_eq!(facts.text, "");
    assert_eq!(facts.uncovered.unwrap().trim(), "营业执照");
    assert!(!certificate.find(1, "执照").unwrap()[0].covered);
    let first = certificate.facts(0).unwrap();
    assert!(first.text.contains("营业执照") && first.uncovered.is_none());
    assert!(certificate.find(0, "执照").unwrap()[0].covered);
}
