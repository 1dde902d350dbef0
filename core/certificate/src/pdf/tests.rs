use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;

/// A file whose signature covers all of it: the ranges are put in after it is written, as writers do.
fn signed(more: &str) -> Vec<u8> {
    let blank = "[0000000000 0000000000 0000000000 0000000000]";
    let start = format!(
        "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 4 0 R /AcroForm << /Fields [2 0 R] /SigFlags 3 >> >> endobj\n\
         4 0 obj << /Type /Pages /Kids [] /Count 2 >> endobj\n\
         2 0 obj << /FT /Sig /T (a \\) name) /V 3 0 R >> endobj\n\
         3 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached % a word\n\
         /M (D:20261123093100+08'00') /ByteRange {blank} /Contents "
    );
    let value = "<3082 00FF>";
    let end = format!(" {more}>> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
    let (from, to) = (start.len(), start.len() + value.len());
    let range = format!("[0 {from} {to} {}]", end.len());
    let range = format!("{range:<width$}", width = blank.len());
    [start.replace(blank, &range), value.to_owned(), end]
        .concat()
        .into_bytes()
}

fn coverage(bytes: &[u8]) -> Vec<PdfCoverage> {
    let signatures = PdfFile::open(bytes).unwrap().signatures;
    signatures.into_iter().map(|found| found.coverage).collect()
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_signed_file_says_what_is_signed() {
    let bytes = signed("");
    let file = PdfFile::open(&bytes).unwrap();
    assert_eq!(
        (file.version.as_str(), file.bytes),
        ("1.7", bytes.len() as u64)
    );
    assert_eq!(file.sm3, <[u8; 32]>::from(Sm3::digest(&bytes)));
    let [found] = &file.signatures[..] else {
        panic!("{file:?}")
    };
    assert_eq!(
        (found.filter.as_str(), found.sub_filter.as_str()),
        ("Adobe.PPKLite", "adbe.pkcs7.detached")
    );
    assert_eq!(found.coverage, PdfCoverage::WholeFile);
    assert_eq!(file.pages, Some(2));
    // The order of entries does not matter, nor what else there is.
    let more = "/Reason [(x) << /A <00> /B true >> -1.5 7 0 R] /Prop_Build 4 0 R ";
    assert_eq!(coverage(&signed(more)), [PdfCoverage::WholeFile]);
}

#[test]
fn what_was_added_after_signing_is_told() {
    let whole = signed("");
    let length = whole.len() as u64;
    let grown = [
        whole.as_slice(),
        b"5 0 obj << /Type /Page >> endobj\n%%EOF\n",
    ]
    .concat();
    assert_eq!(coverage(&grown), [PdfCoverage::UpTo(length)]);
    // Signed twice: the second covers the first.
    let second = signed("");
    let ranges = |file: &[u8], by: usize| {
        let text = String::from_utf8(file.to_vec()).unwrap();
        let at = text.find("/ByteRange [0 ").unwrap();
        let numbers: Vec<usize> = text[at..]
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once(']'))
            .map(|(numbers, _)| numbers.split(' ').map(|n| n.parse().unwrap()).collect())
            .unwrap();
        let [_, first, next, rest] = numbers[..] else {
            panic!("{numbers:?}")
        };
        let old = format!("[0 {first} {next} {rest}]");
        // As wide as before, or the places would move.
        let new = format!("[0 {} {} {rest}]", first + by, next + by);
        let room = new.len() - old.len();
        replaced(file, &format!("{old}{}", " ".repeat(room)), &new)
    };
    let both = [whole.clone(), ranges(&second, whole.len())].concat();
    assert_eq!(
        coverage(&both),
        [PdfCoverage::UpTo(length), PdfCoverage::WholeFile]
    );
}

#[test]
fn ranges_that_leave_out_more_than_the_value_cover_nothing() {
    let whole = signed("");
    let text = String::from_utf8(whole.clone()).unwrap();
    let at = text.find("[0 ").unwrap();
    let range = &text[at..=at + text[at..].find(']').unwrap()];
    let [_, first, second, more] = range
        .trim_matches(['[', ']'])
        .split(' ')
        .map(|n| n.parse::<u64>().unwrap())
        .collect::<Vec<_>>()[..]
    else {
        panic!("{range}")
    };
    for senseless in [
        format!("[1 {first} {second} {more}]"),
        format!("[0 {} {second} {more}]", first - 1),
        format!("[0 {first} {} {more}]", second + 1),
        format!("[0 {first} {second} {}]", more + 1),
        format!("[0 {first} {second}]"),
        format!("[0 {first} {second} {}]", u64::MAX),
        "(none)".to_owned(),
    ] {
        let senseless = format!("{senseless:<width$}", width = range.len());
        let file = replaced(&whole, range, &senseless);
        assert_eq!(coverage(&file), [PdfCoverage::Senseless], "{senseless}");
    }
    let file = replaced(&whole, "/Contents <", "/Contend <");
    assert_eq!(coverage(&file), [PdfCoverage::Senseless]);
}

#[test]
fn bytes_that_are_no_pdf_are_refused() {
    for (bytes, error) in [
        (&b""[..], PdfError::NotAPdf),
        (b"PK\x03\x04 an OFD", PdfError::NotAPdf),
        (b"%PDF-x.7\n%%EOF", PdfError::NotAPdf),
        (b"%PDF-1.7\n1 0 obj", PdfError::Cut),
    ] {
        assert_eq!(PdfFile::open(bytes), Err(error));
    }
    assert!(PdfFile::is_pdf(b"\xEF\xBB\xBF%PDF-2.0\n") && !PdfFile::is_pdf(b"PDF-2.0"));
    assert_eq!(
        PdfFile::open(&vec![b' '; MAX_FILE_BYTES + 1]),
        Err(PdfError::TooLarge)
    );
    assert_eq!(PdfFile::open(b"%PDF-1.4\n%%EOF").unwrap().signatures, []);
}

/// An object whose stream holds these bytes.
fn streamed(number: u32, about: &str, data: &[u8]) -> Vec<u8> {
    let start = format!(
        "{number} 0 obj << {about} /Length {} >> stream\n",
        data.len()
    );
    [start.as_bytes(), data, b"\nendstream endobj\n"].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut made = ZlibEncoder::new(Vec::new(), Compression::fast());
    made.write_all(bytes).unwrap();
    made.finish().unwrap()
}

/// A whole file of these objects.
fn file_of(objects: &[&[u8]]) -> Vec<u8> {
    [b"%PDF-1.7\n".as_slice(), &objects.concat(), b"%%EOF"].concat()
}

fn pages(objects: &[&[u8]]) -> Option<u32> {
    PdfFile::open(&file_of(objects)).unwrap().pages
}

#[test]
fn pages_are_counted_by_the_last_catalogue_and_its_last_tree() {
    let catalogue = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj ".as_slice();
    let tree = b"2 0 obj<</Count 3/Type/Pages/Kids[]>>endobj ".as_slice();
    assert_eq!(pages(&[catalogue, tree]), Some(3));
    assert_eq!(pages(&[tree]), None);
    // A node below it, and what was added later.
    let node = b"3 0 obj<</Type/Pages/Parent 2 0 R/Count 1>>endobj ".as_slice();
    let later = b"2 0 obj<</Type/P#61ges/Count 4>>endobj ".as_slice();
    assert_eq!(pages(&[catalogue, tree, node, later]), Some(4));
    let absurd = b"2 0 obj<</Type/Pages/Count 99999999999>>endobj ".as_slice();
    assert_eq!(pages(&[catalogue, absurd]), None);
}

#[test]
fn objects_packed_in_a_stream_are_read_and_those_in_other_streams_are_not() {
    let inside = b"<</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Count 7>>";
    let header = "1 0 2 30 ";
    let packed = deflated(&[header.as_bytes(), inside].concat());
    let about = format!("/Type/ObjStm/N 2/First {}/Filter/FlateDecode", header.len());
    assert_eq!(pages(&[&streamed(9, &about, &packed)]), Some(7));
    let listed = about.replace("/FlateDecode", "[/FlateDecode]");
    assert_eq!(pages(&[&streamed(9, &listed, &packed)]), Some(7));
    // As if it were encrypted, and with senseless places.
    let spoilt: Vec<u8> = packed.iter().map(|byte| byte ^ 0x5a).collect();
    assert_eq!(pages(&[&streamed(9, &about, &spoilt)]), None);
    let senseless = about.replace("/First 9", "/First 99999999999999999999");
    assert_eq!(pages(&[&streamed(9, &senseless, &packed)]), None);
    // A file in a file: its objects and signatures are not this one's.
    let inner = signed("");
    for about in ["/Type/EmbeddedFile", "/Type/EmbeddedFile/Length 5"] {
        let outer = file_of(&[&streamed(9, about, &inner)]);
        let read = PdfFile::open(&outer).unwrap();
        assert_eq!((read.pages, read.signatures), (None, Vec::new()), "{about}");
    }
}

#[test]
fn streams_that_inflate_without_measure_are_given_up() {
    let packed = deflated(&vec![b' '; 9 << 20]);
    let about = "/Type/ObjStm/N 1/First 4/Filter/FlateDecode";
    let one = streamed(9, about, &packed);
    assert_eq!(pages(&[&one]), None);
    let many: Vec<&[u8]> = vec![&one; 8];
    assert_eq!(PdfFile::open(&file_of(&many)), Err(PdfError::TooHeavy));
}

#[test]
fn objects_that_never_end_are_given_up() {
    for object in ["9 0 obj<</A(", "9 0 obj%", "9 0 obj<</A["] {
        let bytes = format!("%PDF-1.7\n{}%%EOF", object.repeat(300_000));
        // Either the effort ends, or each dictionary does soon by itself.
        match PdfFile::open(bytes.as_bytes()) {
            Err(error) => assert_eq!(error, PdfError::TooHeavy),
            Ok(file) => assert_eq!(file.signatures, []),
        }
    }
    let many = format!("{}%%EOF", "9 0 obj<</ByteRange[0]>>".repeat(70));
    assert_eq!(
        PdfFile::open(format!("%PDF-1.7\n{many}").as_bytes()),
        Err(PdfError::TooHeavy)
    );
}

proptest! {
    #[test]
    fn spoilt_files_never_panic(spots in prop::collection::vec((any::<u32>(), any::<u8>()), 0..8), cut in prop::option::of(any::<u32>())) {
        let mut bytes = signed("");
        for (at, byte) in spots {
            let at = at as usize % bytes.len();
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut as usize % bytes.len());
        }
        let _ = PdfFile::open(&bytes);
    }

    #[test]
    fn spoilt_packed_objects_never_panic(spots in prop::collection::vec((any::<u32>(), any::<u8>()), 0..8), first in 0_u32..80) {
        let mut inside = b"1 0 2 30 <</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Count 7>>".to_vec();
        for (at, byte) in spots {
            let at = at as usize % inside.len();
            inside[at] = byte;
        }
        let about = format!("/Type/ObjStm/N 2/First {first}/Filter/FlateDecode");
        let _ = PdfFile::open(&file_of(&[&streamed(9, &about, &deflated(&inside))]));
    }

    #[test]
    fn arbitrary_objects_never_panic(text in "[<>\\[\\]()/%\\\\ 0-9a-zR\n]{0,200}") {
        let _ = PdfFile::open(format!("%PDF-1.7\n1 0 obj{text}\n%%EOF").as_bytes());
    }
}
