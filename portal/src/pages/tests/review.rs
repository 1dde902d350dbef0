//! Manual review, from both sides of the desk; names carry the requirement's row.

mod applicant;
mod desk;
mod pictures;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

use super::registration::newest_code;
use super::{Answer, Browser, PASSWORD, Portal};
use crate::accounts::AccountKind;

const PERSON: [(&str, &str); 12] = [
    ("act", "submit"),
    ("document_kind", "resident_id"),
    ("person_name", "林知微"),
    ("document_number", "230102199705180024"),
    ("validity_start", "2023.06.12"),
    ("validity_end", "2043.06.12"),
    ("validity_term", "20"),
    ("mobile", "13800138000"),
    ("password", PASSWORD),
    ("password_again", PASSWORD),
    ("region", "230102"),
    ("consent", "yes"),
];

const ENTERPRISE: [(&str, &str); 3] = [
    ("enterprise_type", "enterprise"),
    ("organisation_name", "北疆云杉科技(哈尔滨)有限公司"),
    ("credit_code", "91230102MA1B2C3D8J"),
];

/// A picture of a document, as far as a test needs one.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let pixels = (0..width * height)
        .flat_map(|at| [(at % 251) as u8, 120, 200])
        .collect();
    let rgb = Rgb {
        width,
        height,
        pixels,
    };
    still::encode_jpeg(&rgb, 90).expect("encodes")
}

const BOUNDARY: &str = "----qss-test-boundary";

fn multipart(path: &str, fields: &[(&str, &str)], files: &[(&str, Vec<u8>)]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, bytes) in files {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; \
             filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Request::post(path)
        .header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(Body::from(body))
        .expect("a request")
}

fn both_sides() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("photo_front", picture(64, 40)),
        ("photo_back", picture(48, 30)),
    ]
}

fn all_three() -> Vec<(&'static str, Vec<u8>)> {
    let mut files = both_sides();
    files.push(("photo_licence", picture(40, 60)));
    files
}

/// The fields of a person's application with some changed.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = PERSON.to_vec();
    for change in changes {
        match fields.iter_mut().find(|field| field.0 == change.0) {
            Some(field) => field.1 = change.1,
            None => fields.push(*change),
        }
    }
    fields
}

fn address(kind: AccountKind) -> String {
    format!("/review/apply?kind={}", kind.word())
}

/// An applicant in whose session a check has failed.
async fn applicant(portal: &Portal, kind: AccountKind) -> Browser {
    let mut browser = portal.browser();
    browser.get(&address(kind)).await;
    let cookie = browser.cookies["__Host-qss"].clone();
    let session = portal.app.sessions.find(&cookie).await.expect("reads");
    let session = session.expect("a session").digest;
    portal.app.review.allow(session, kind).await.expect("opens");
    browser
}

async fn send(
    browser: &mut Browser,
    kind: AccountKind,
    fields: &[(&str, &str)],
    files: &[(&str, Vec<u8>)],
) -> Answer {
    let path = address(kind);
    let token = browser.get(&path).await.token();
    let mut all = vec![("form_token", token.as_str())];
    all.extend_from_slice(fields);
    browser.send(multipart(&path, &all, files)).await
}

/// Hands in with a fresh code for the number of the fields.
async fn hand_in(
    browser: &mut Browser,
    kind: AccountKind,
    changes: &[(&str, &str)],
    files: &[(&str, Vec<u8>)],
) -> Answer {
    let mut asked = with(changes);
    asked[0].1 = "code";
    let said = send(browser, kind, &asked, &[]).await.text();
    assert!(said.contains("已发送到"), "{said}");
    let code = newest_code(browser).await;
    let mut fields = with(changes);
    fields.push(("sms_code", &code));
    send(browser, kind, &fields, files).await
}

/// The number of an application that was handed in by a new applicant.
async fn handed_in(portal: &Portal, kind: AccountKind, mobile: &str) -> (Browser, String) {
    let mut browser = applicant(portal, kind).await;
    let mut changes = vec![("mobile", mobile)];
    if kind == AccountKind::Legal {
        changes.extend(ENTERPRISE);
    }
    let answer = hand_in(&mut browser, kind, &changes, &all_three()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = browser.get("/review/status").await;
    let number = page.between("<span id=\"number\">", "<");
    (browser, number)
}

/// A reviewer of the samples at the desk.
pub(super) async fn at_desk(portal: &Portal, name: &str) -> Browser {
    let mut browser = portal.browser();
    let fields = [("name", name), ("password", PASSWORD)];
    let answer = browser.fill("/desk/login", "/desk/login", &fields).await;
    assert_eq!(answer.location(), "/desk", "{}", answer.text());
    browser
}

/// Decides as the page of the case stands now.
async fn decide(browser: &mut Browser, number: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(&format!("/desk/cases/{number}")).await;
    let seen = page.between("data-state=\"", "\"");
    decide_seen(browser, number, &seen, fields).await
}

async fn decide_seen(
    browser: &mut Browser,
    number: &str,
    seen: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let token = browser.get("/desk").await.token();
    let mut all = vec![("form_token", token.as_str()), ("seen", seen)];
    all.extend_from_slice(fields);
    let path = format!("/desk/cases/{number}/decide");
    browser.post(&path, &all).await
}

const APPROVE: [(&str, &str); 1] = [("verdict", "approve")];
const RETURN_NAME: [(&str, &str); 2] = [("verdict", "return"), ("reason_person_name", "yes")];

fn taken(answer: &Answer) {
    assert_eq!(answer.location(), "/desk?said=yes", "{}", answer.text());
}

fn refused(answer: &Answer, text: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(text), "{text}: {}", answer.text());
}
