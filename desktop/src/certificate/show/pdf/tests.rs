use super::*;

const TWO_PAGES: &[u8] = include_bytes!("../../../../../tests/fixtures/certificates/two_pages.pdf");

#[test]
fn the_answer_has_exactly_these_keys() {
    let said: serde_json::Value =
        serde_json::from_str(&answer(TWO_PAGES, true).expect("shown")).expect("JSON");
    assert_eq!(
        said,
        serde_json::json!({
            "format": "pdf", "version": "1.7", "bytes": 1595, "pages": 2,
            "sm3": "ee2763eeeedc4e52bc9b638d85246a66736b0f1d0180eff4fc383a35363f8c1f",
            "signatures": [{
                "filter": "Adobe.PPKLite", "sub_filter": "adbe.pkcs7.detached", "coverage": "whole_file",
            }],
        })
    );
}

#[test]
fn a_person_reads_that_nobody_checked_it() {
    let grown = [TWO_PAGES, b"10 0 obj << >> endobj\n%%EOF\n"].concat();
    let said = answer(&grown, false).expect("shown");
    assert!(said.contains("2 页") && said.contains("不核验"), "{said}");
    assert!(said.contains("签名之后文件又有增添"), "{said}");
    let json: serde_json::Value =
        serde_json::from_str(&answer(&grown, true).expect("shown")).expect("JSON");
    assert_eq!(json["signatures"][0]["covered_bytes"], 1595);
}

#[test]
fn what_is_no_pdf_is_refused_with_its_code() {
    let error = answer(b"%PDF-1.7 and no end", true).expect_err("refused");
    assert!(
        error
            .to_string()
            .starts_with("PDF_UNREADABLE: This is not a PDF")
    );
}
