use super::*;

const TWO_PAGES: &[u8] = include_bytes!("../../../tests/fixtures/certificates/two_pages.pdf");

fn drawn(page: u32, px_per_mm: f32) -> Result<PdfPage, PdfPageError> {
    draw(Arc::new(TWO_PAGES.to_vec()), page, px_per_mm, None)
}

/// One object of a page's content in a file of one page.
fn page_saying(content: &str) -> Vec<u8> {
    let length = content.len();
    format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >> endobj\n\
         4 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length {length} >>\n\
         stream\n{content}\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

#[test]
fn a_page_is_drawn_at_the_size_asked_for() {
    let PdfPage { pages, drawn: page } = drawn(0, 2.0).unwrap();
    // 105 by 148 mm.
    assert_eq!((pages, page.width, page.height), (2, 210, 296));
    assert!(page.png.starts_with(b"\x89PNG") && page.left_out.is_empty());
    assert_ne!(drawn(1, 2.0).unwrap().drawn.png, page.png);
}

#[test]
fn what_cannot_be_drawn_has_its_reason() {
    assert_eq!(drawn(2, 2.0).unwrap_err(), PdfPageError::NoPage);
    for px_per_mm in [0.0, -1.0, f32::NAN, 1000.0] {
        assert_eq!(drawn(0, px_per_mm).unwrap_err(), PdfPageError::Size);
    }
    let refused = |bytes: &[u8]| draw(Arc::new(bytes.to_vec()), 0, 2.0, None).unwrap_err();
    assert_eq!(refused(b"no pdf"), PdfPageError::Unreadable);
    assert_eq!(refused(b""), PdfPageError::Unreadable);
}

/// A form that shows itself ends, and the program goes on.
#[test]
fn a_page_inside_of_itself_ends() {
    let page = draw(Arc::new(page_saying("/X Do")), 0, 2.0, None)
        .unwrap()
        .drawn;
    assert_eq!((page.width, page.height), (70, 70));
}
