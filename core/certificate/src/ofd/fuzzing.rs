//! What the fuzz targets call: each takes any bytes and must neither panic nor hurt.
//!
//! The property tests of this crate call the same functions on bytes they spoil themselves.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::draw::draw_page_with;
use super::font::Face;
use super::font::repair::repaired;
use super::read::Ofd;
use super::words::page_words;
use crate::seal::anchor::Trust;
use crate::seal::verify::verify_seals;

/// Pixels a millimetre: drawing is tried, not looked at.
const PX_PER_MM: f32 = 0.5;

/// A whole file: its seals judged, its pages drawn and read.
pub fn container(bytes: &[u8]) {
    let _ = verify_seals(bytes, &Trust::default());
    if let Ok(ofd) = Ofd::open(bytes) {
        look_at(&ofd);
    }
}

/// The content of a page, in a package that is sound otherwise.
pub fn page(bytes: &[u8]) {
    const PACKAGE: [(&str, &str); 3] = [
        (
            "OFD.xml",
            "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>",
        ),
        (
            "D/Document.xml",
            "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
             <PublicRes>Res.xml</PublicRes></CommonData><Pages><Page ID='1' BaseLoc='Page.xml'/></Pages></Document>",
        ),
        (
            "D/Res.xml",
            "<Res><DrawParams><DrawParam ID='1' LineWidth='2'/></DrawParams></Res>",
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut put = |name: &str, content: &[u8]| {
        zip.start_file(name, options).is_ok() && zip.write_all(content).is_ok()
    };
    let whole = PACKAGE
        .iter()
        .all(|(name, text)| put(name, text.as_bytes()));
    if whole
        && put("D/Page.xml", bytes)
        && let Ok(file) = zip.finish()
    {
        container(file.get_ref());
    }
}

/// A font file.
pub fn font(bytes: &[u8]) {
    let bytes = repaired(bytes.to_vec());
    let Some(face) = Face::new(&bytes) else {
        return;
    };
    let glyphs = ['A', '印', '营', ' ']
        .into_iter()
        .filter_map(|c| face.glyph(c));
    for glyph in glyphs.chain([0, 1, 2, 700, u32::MAX]) {
        let _ = (face.outline(glyph), face.advance(glyph));
    }
}

/// A picture, drawn as it is and much smaller.
pub fn picture(bytes: &[u8]) {
    super::draw::decode_for_fuzzing(bytes);
}

fn look_at(ofd: &Ofd) {
    for page in 0..ofd.page_count().min(3) {
        let _ = draw_page_with(ofd, page, PX_PER_MM, None);
        let _ = page_words(ofd, page, None).map(|words| words.find("a"));
    }
}

#[cfg(test)]
mod tests;
