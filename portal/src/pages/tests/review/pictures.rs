//! What strangers send as pictures.

use super::{
    AccountKind, Portal, StatusCode, all_three, applicant, at_desk, both_sides, hand_in, handed_in,
    picture, refused, send, with,
};
use crate::review::ReviewError;

const PERSONAL: AccountKind = AccountKind::Personal;

#[tokio::test]
async fn mr_02_every_picture_is_asked_for_at_its_place_and_good_ones_are_kept() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let one = [("photo_front", picture(64, 40))];
    let answer = hand_in(&mut browser, PERSONAL, &[], &one).await;
    refused(&answer, "id=\"photo_back-e\"");
    let text = answer.text();
    assert!(
        text.contains("材料不齐") && text.contains("人像面 已上传"),
        "{text}"
    );
    assert!(!text.contains("id=\"photo_front-e\""));
    assert!(
        text.contains("value=\"13800138000\""),
        "what was typed is kept"
    );
    portal.clock.advance(61_000);
    let other = [("photo_back", picture(64, 40))];
    let answer = hand_in(&mut browser, PERSONAL, &[], &other).await;
    assert_eq!(answer.location(), "/review/status");
}

#[tokio::test]
async fn mr_02_hostile_files_are_told_at_their_field() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let jpeg = picture(64, 40);
    let mut huge = picture(8, 8);
    // The size that the frame header claims: 65500 × 65500.
    let at = huge
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .expect("a frame");
    huge[at + 5..at + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    let cases = [
        (b"GIF89a and so on".to_vec(), "只能上传 JPG 或 PNG"),
        (b"<svg onload=alert(1)>".to_vec(), "只能上传 JPG 或 PNG"),
        (jpeg[..jpeg.len() / 3].to_vec(), "只能上传 JPG 或 PNG"),
        (huge, "文件太大"),
        (vec![0xff; (5 << 20) + 1], "文件太大"),
    ];
    for (bytes, text) in cases {
        let answer = send(
            &mut browser,
            PERSONAL,
            &with(&[]),
            &[("photo_front", bytes)],
        )
        .await;
        refused(&answer, text);
        assert!(answer.text().contains("id=\"photo_front-e\""), "{text}");
        assert!(!answer.text().contains("人像面 已上传"), "{text}");
    }
}

#[tokio::test]
async fn mr_02_nothing_of_a_file_but_its_pixels_survives() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let jpeg = picture(64, 40);
    let comment = b"\xff\xfe\x00\x10GPS 45.80,126";
    let polyglot = [
        &jpeg[..2],
        &comment[..],
        &b"\0"[..],
        &jpeg[2..],
        b"PK\x03\x04<script>alert(1)</script>",
    ]
    .concat();
    let files = [("photo_front", polyglot), ("photo_back", jpeg.clone())];
    let answer = hand_in(&mut browser, PERSONAL, &[], &files).await;
    assert_eq!(answer.location(), "/review/status", "{}", answer.text());
    let status = browser.get("/review/status").await;
    let number = status.between("<span id=\"number\">", "<");
    let mut desk = at_desk(&portal, "sample-a").await;
    let path = format!("/desk/cases/{number}/materials/photo_front");
    let kept = desk.get(&path).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert_eq!(kept.headers["content-type"], "image/jpeg");
    assert_eq!(kept.headers["cache-control"], "no-store");
    assert!(kept.bytes.starts_with(&[0xff, 0xd8]) && kept.bytes.ends_with(&[0xff, 0xd9]));
    let has = |needle: &[u8]| kept.bytes.windows(needle.len()).any(|part| part == needle);
    assert!(!has(b"script") && !has(b"GPS") && !has(b"PK\x03\x04"));
    // On disk it is sealed.
    let stored = portal.app.store.read(|connection| {
        let sql = "SELECT sealed FROM review_materials WHERE slot = 'photo_front'";
        let sealed: Vec<u8> = connection.query_row(sql, [], |row| row.get(0))?;
        Ok::<_, ReviewError>(sealed)
    });
    let stored = stored.await.expect("reads");
    assert!(!stored.windows(4).any(|part| part == b"JFIF"));
}

#[tokio::test]
async fn mr_02_an_enterprise_needs_its_licence_too() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, AccountKind::Legal).await;
    let changes = super::ENTERPRISE;
    let answer = hand_in(&mut browser, AccountKind::Legal, &changes, &both_sides()).await;
    refused(&answer, "id=\"photo_licence-e\"");
}

#[tokio::test]
async fn mr_02_a_picture_before_the_forms_token_is_not_read() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let files = all_three();
    let path = "/review/apply?kind=personal";
    let answer = browser.send(super::multipart(path, &[], &files)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn mr_09_pictures_are_deleted_after_the_appeal_time_and_only_then() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let path = format!("/desk/cases/{number}/materials/photo_front");
    let mut desk = at_desk(&portal, "sample-a").await;
    let decided = super::decide(&mut desk, &number, &super::RETURN_NAME).await;
    super::taken(&decided);
    for (days, expected) in [(29, StatusCode::OK), (2, StatusCode::NOT_FOUND)] {
        portal.clock.advance(days * 86_400_000);
        portal.app.review.sweep().await.expect("sweeps");
        let mut desk = at_desk(&portal, "sample-a").await;
        assert_eq!(desk.get(&path).await.status, expected, "{days}");
    }
}
