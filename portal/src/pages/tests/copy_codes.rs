//! The code on a copy, scanned by whoever was given the copy.

use std::io::Cursor;

use axum::http::StatusCode;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::status::State;
use rusqlite::params;

use super::crossing::{CODE, approve, certificate, download};
use super::{Browser, ORIGIN, Portal};
use crate::certificates::CertificateError;

const DAY_MS: u64 = 86_400_000;

/// The path behind the one code on a picture of a copy.
fn code_on(png: &[u8]) -> String {
    let picture = image::load(Cursor::new(png), image::ImageFormat::Png).expect("a PNG");
    let grey = picture.to_luma8();
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.as_raw()[y * width + x]
    });
    let found = prepared.detect_grids();
    assert_eq!(found.len(), 1, "one code");
    let (_, text) = found[0].decode().expect("readable");
    let path = text.strip_prefix(ORIGIN);
    path.unwrap_or_else(|| panic!("this portal's: {text}"))
        .to_owned()
}

async fn picture_of_a_copy(portal: &Portal, browser: &mut Browser) -> Vec<u8> {
    let certificate = certificate(browser).await;
    let task = download(browser, &certificate).await;
    approve(portal, task).await;
    let path = format!("/pc/certificates/{certificate}/ticket");
    let written = task.to_string();
    let answer = browser
        .fill("/space/certificates", &path, &[("task", &written)])
        .await;
    let picture = format!("{}/page.png", answer.location());
    browser.get(&picture).await.bytes
}

async fn revoke(portal: &Portal) {
    let write = portal.app.store.write(|transaction| {
        let sql = "SELECT c.identifier, c.record FROM certificates c \
                   JOIN handed_copies h ON h.certificate = c.identifier";
        let (identifier, bytes): (String, Vec<u8>) =
            transaction.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut record = CertificateRecord::from_bytes(&bytes)?;
        record.status.state = State::Revoked;
        transaction.execute(
            "UPDATE certificates SET record = ?2 WHERE identifier = ?1",
            params![identifier, record.to_bytes()?],
        )?;
        Ok::<_, CertificateError>(())
    });
    write.await.expect("stores");
}

#[tokio::test]
async fn the_code_on_a_copy_tells_what_the_register_says_today() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let drawn = picture_of_a_copy(&portal, &mut browser).await;
    let path = code_on(&drawn);

    let mut anybody = portal.browser();
    let shown = anybody.get(&path).await;
    assert_eq!(shown.status, StatusCode::OK);
    let text = shown.text();
    for words in ["查到这份证照", "在使用期限内", "投标", "0001", "2026-12-23"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("首次查验"), "that is a phone's code");
    assert!(
        !text.contains("林知微") && !text.contains("林*微"),
        "nobody"
    );

    revoke(&portal).await;
    let text = anybody.get(&path).await.text();
    assert!(text.contains("这份证照现在不能作为有效证照"));
    assert!(!text.contains("查到这份证照"));

    portal.clock.advance(31 * DAY_MS);
    let text = anybody.get(&path).await.text();
    assert!(text.contains("使用期限已过") && !text.contains("在使用期限内"));
}

#[tokio::test]
async fn a_code_of_no_copy_opens_nothing_and_few_may_be_tried() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let path = code_on(&picture_of_a_copy(&portal, &mut browser).await);
    let last = if path.ends_with('A') { "Q" } else { "A" };
    let altered = format!("{}{last}", &path[..path.len() - 1]);
    let mut anybody = portal.browser();
    for _ in 0..30 {
        let answer = anybody.get(&altered).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains("查验码无效"));
    }
    let answer = anybody.get(&path).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn us_05_picture_and_file_of_a_copy_are_one_copy_and_a_look_is_none() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let drawn = picture_of_a_copy(&portal, &mut browser).await;
    let first = code_on(&drawn);
    let count = portal.app.store.read(|connection| {
        let sql = "SELECT count(*) FROM handed_copies";
        let count: i64 = connection.query_row(sql, [], |row| row.get(0))?;
        Ok::<_, CertificateError>(count)
    });
    assert_eq!(count.await.expect("reads"), 1);
    let second = code_on(&picture_of_a_copy(&portal, &mut browser).await);
    assert_ne!(first, second, "another approval, another copy");
}
