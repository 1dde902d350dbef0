use super::*;

const TWO_PAGES: &[u8] = include_bytes!("../../../tests/fixtures/certificates/two_pages.pdf");
const OFD: &[u8] = include_bytes!("../../../tests/fixtures/certificates/sample.ofd");

#[test]
fn a_file_is_told_by_how_it_begins() {
    assert_eq!(file_kind(OFD), FileKind::Ofd);
    assert_eq!(file_kind(TWO_PAGES), FileKind::Pdf);
    assert_eq!(file_kind(b"<html>"), FileKind::Other);
    assert_eq!(file_kind(b""), FileKind::Other);
    // A ZIP with a PDF stored near its start.
    assert_eq!(file_kind(b"PK\x03\x04 a %PDF-1.7"), FileKind::Ofd);
}

#[test]
fn a_pdf_says_what_it_is_and_that_nobody_checked_it() {
    let facts = pdf_facts(TWO_PAGES, TextLanguage::Zh).unwrap();
    assert_eq!((facts.version.as_str(), facts.bytes), ("1.7", 1595));
    assert_eq!(facts.pages, Some(2));
    // By openssl.
    assert_eq!(
        facts.sm3,
        "ee2763eeeedc4e52bc9b638d85246a66736b0f1d0180eff4fc383a35363f8c1f"
    );
    assert!(facts.text.contains("1 个签名") && facts.text.contains("不核验"));
    let [signature] = &facts.signatures[..] else {
        panic!("{facts:?}")
    };
    assert_eq!(signature.sub_filter, "adbe.pkcs7.detached");
    assert_eq!(
        (signature.coverage, &signature.text),
        (PdfCoverage::WholeFile, &None)
    );
}

#[test]
fn what_was_added_after_signing_is_said() {
    let grown = [TWO_PAGES, b"10 0 obj << >> endobj\n%%EOF\n"].concat();
    let facts = pdf_facts(&grown, TextLanguage::En).unwrap();
    let signature = &facts.signatures[0];
    assert_eq!(signature.coverage, PdfCoverage::UpTo { bytes: 1595 });
    assert!(signature.text.as_ref().unwrap().contains("added to"));
    let unsigned = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n";
    let facts = pdf_facts(unsigned, TextLanguage::En).unwrap();
    assert!(facts.text.contains("no signature"), "{}", facts.text);
}

#[test]
fn a_pdf_that_was_cut_is_refused_with_a_code_of_its_own() {
    let cut = TWO_PAGES.get(..800).unwrap();
    for bytes in [cut, OFD, b""] {
        assert_eq!(
            pdf_facts(bytes, TextLanguage::Zh).unwrap_err().code(),
            "PDF_UNREADABLE"
        );
    }
}
