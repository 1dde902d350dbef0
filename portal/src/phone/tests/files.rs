//! Files of a package: whole, in parts, and to the claiming phone only.

use axum::http::StatusCode;
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::package::{Package, PackageFile};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::wire::StateAnswer;

use super::bench::{Portal, portal};
use super::handheld::Phone;
use super::http::{Reply, code_of, post};

async fn packed(portal: &Portal) -> (Phone, TaskId, PackageFile) {
    let (phone, task) = portal.approved(TaskKind::CertificateDownload).await;
    let path = format!("/v1/tasks/{task}/package");
    let request = phone.sign(&phone.request(task));
    let package: Signed<Package> = phone.post(&path, &request).await.unwrap();
    let package = package.verify(&phone.portal).unwrap();
    let file = package.items[0].files[0].clone();
    (phone, task, file)
}

async fn fetch(phone: &Phone, task: TaskId, digest: Digest, headers: &[(&str, &str)]) -> Reply {
    let path = format!("/v1/tasks/{task}/files/{digest}");
    let body = serde_json::to_vec(&phone.sign(&phone.request(task))).unwrap();
    post(&phone.router, &path, body, headers).await
}

#[tokio::test]
async fn a_file_is_the_one_the_package_names() {
    let portal = portal().await;
    let (phone, task, file) = packed(&portal).await;
    let whole = fetch(&phone, task, file.digest, &[]).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.body.len() as u64, file.length);
    assert_eq!(Digest::of(&whole.body), file.digest);
    assert_eq!(whole.headers["etag"], format!("\"{}\"", file.digest));
    assert_eq!(whole.headers["content-type"], "application/ofd");
    assert_eq!(whole.headers["accept-ranges"], "bytes");
    assert!(whole.body.starts_with(b"PK"), "an OFD is a ZIP");
}

#[tokio::test]
async fn a_download_that_was_cut_goes_on() {
    let portal = portal().await;
    let (phone, task, file) = packed(&portal).await;
    let tag = format!("\"{}\"", file.digest);
    let half = file.length / 2;
    let first = format!("bytes=0-{}", half - 1);
    let rest = format!("bytes={half}-");
    let first = fetch(&phone, task, file.digest, &[("range", &first)]).await;
    let rest_headers = [("range", rest.as_str()), ("if-range", tag.as_str())];
    let rest = fetch(&phone, task, file.digest, &rest_headers).await;
    assert_eq!(first.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(rest.status, StatusCode::PARTIAL_CONTENT);
    let expected = format!("bytes {half}-{}/{}", file.length - 1, file.length);
    assert_eq!(rest.headers["content-range"], expected);
    let joined = [first.body, rest.body].concat();
    assert_eq!(Digest::of(&joined), file.digest);
}

#[tokio::test]
async fn a_part_of_another_file_is_never_given() {
    let portal = portal().await;
    let (phone, task, file) = packed(&portal).await;
    let headers = [("range", "bytes=5-"), ("if-range", "\"another\"")];
    let whole = fetch(&phone, task, file.digest, &headers).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(Digest::of(&whole.body), file.digest);
    let behind = format!("bytes={}-", file.length);
    let outside = fetch(&phone, task, file.digest, &[("range", &behind)]).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let expected = format!("bytes */{}", file.length);
    assert_eq!(outside.headers["content-range"], expected);
}

#[tokio::test]
async fn only_the_phone_that_claimed_gets_anything() {
    let portal = portal().await;
    let (phone, task, file) = packed(&portal).await;
    let other = portal.phone().await;
    let refused = fetch(&other, task, file.digest, &[]).await;
    assert_eq!(
        code_of(refused.read::<StateAnswer>()),
        RefusalCode::TaskUnknown
    );
    let path = format!("/v1/tasks/{task}/package");
    let request = other.sign(&other.request(task));
    let refused: Result<Signed<Package>, _> = other.post(&path, &request).await;
    assert_eq!(code_of(refused), RefusalCode::TaskUnknown);
    let missing = fetch(&phone, task, Digest::of(b"no such file"), &[]).await;
    assert_eq!(
        code_of(missing.read::<StateAnswer>()),
        RefusalCode::CertNotFound
    );
}

#[tokio::test]
async fn nothing_is_packed_before_the_approval() {
    let portal = portal().await;
    let (phone, task, _) = portal.challenged(TaskKind::CertificateDownload).await;
    let path = format!("/v1/tasks/{task}/package");
    let request = phone.sign(&phone.request(task));
    let refused: Result<Signed<Package>, _> = phone.post(&path, &request).await;
    assert_eq!(code_of(refused), RefusalCode::TaskState);
}
