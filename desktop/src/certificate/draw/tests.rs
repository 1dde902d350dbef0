use std::path::PathBuf;

use super::*;
use crate::certificate::show;

/// The certificate the product itself writes for its sample.
fn sample(folder: &Path) -> PathBuf {
    let kept =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/certificates/sample.ofd");
    let file = folder.join("sample.ofd");
    std::fs::copy(kept, &file).expect("the sample");
    file
}

#[test]
fn a_page_is_drawn_and_the_answer_has_exactly_these_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (sample(folder.path()), folder.path().join("page.png"));
    let text = answer(&file, 1, 2.0, None, &out).expect("drawn");
    let said: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        said,
        serde_json::json!({
            "out": out, "page": 1, "pages": 1, "width": 420, "height": 594, "left_out": [],
        })
    );
    assert!(
        std::fs::read(&out)
            .expect("a picture")
            .starts_with(b"\x89PNG")
    );
}

#[test]
fn what_is_wrong_is_said_with_a_code_and_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (sample(folder.path()), folder.path().join("page.png"));
    let refused = |page, scale| {
        answer(&file, page, scale, None, &out)
            .expect_err("refused")
            .to_string()
    };
    assert!(refused(2, 2.0).starts_with("PAGE_UNREADABLE: The file"));
    assert!(refused(1, 400.0).starts_with("PAGE_UNDRAWN: This page"));
    assert!(refused(0, 2.0).contains("from 1"));
    std::fs::write(&file, b"no zip").expect("written");
    assert!(refused(1, 2.0).starts_with("FILE_UNREADABLE: This is not"));
    assert!(!out.exists());
    let absent = folder.path().join("absent.ofd");
    assert!(
        answer(&absent, 1, 2.0, None, &out)
            .expect_err("absent")
            .to_string()
            .contains("absent.ofd")
    );
}

fn pdf(folder: &Path) -> PathBuf {
    let kept =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/certificates/two_pages.pdf");
    let file = folder.join("two.pdf");
    std::fs::copy(kept, &file).expect("the file");
    file
}

#[cfg(feature = "pdf")]
#[test]
fn a_page_of_a_pdf_is_drawn_with_the_same_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (pdf(folder.path()), folder.path().join("page.png"));
    let text = answer(&file, 2, 2.0, None, &out).expect("drawn");
    let said: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        said,
        serde_json::json!({
            "out": out, "page": 2, "pages": 2, "width": 210, "height": 296, "left_out": [],
        })
    );
    let refused = |page| answer(&file, page, 2.0, None, &out).expect_err("refused");
    assert_eq!(refused(3).to_string(), "the PDF has no such page");
    assert!(refused(0).to_string().contains("from 1"));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_a_pdf_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (pdf(folder.path()), folder.path().join("page.png"));
    let error = answer(&file, 1, 2.0, None, &out).expect_err("refused");
    assert!(error.to_string().contains("feature `pdf`"), "{error}");
    assert!(!out.exists());
}

#[test]
fn a_cut_pdf_is_refused_with_a_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (
        folder.path().join("cut.pdf"),
        folder.path().join("page.png"),
    );
    std::fs::write(&file, b"%PDF-1.7 and no end").expect("written");
    let error = answer(&file, 1, 2.0, None, &out).expect_err("refused");
    assert!(error.to_string().starts_with("PDF_UNREADABLE: "), "{error}");
    assert!(
        show::answer(&pdf(folder.path()), true)
            .expect("shown")
            .contains("\"pdf\"")
    );
}

#[test]
fn a_file_tells_its_metadata_and_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = sample(folder.path());
    let said: serde_json::Value =
        serde_json::from_str(&show::answer(&file, true).expect("shown")).expect("JSON");
    let keys: Vec<_> = said.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["attachments", "metadata", "pages", "title"]);
    assert_eq!(said["metadata"][0]["name"], "ZZMC");
    assert_eq!(said["metadata"][0]["meaning"], "证照名称");
    assert!(
        said["pages"][0]["text"]
            .as_str()
            .expect("text")
            .contains("营业执照")
    );
    assert!(
        show::answer(&file, false)
            .expect("shown")
            .contains("证照编号\t")
    );
}
