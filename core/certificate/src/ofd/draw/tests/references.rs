//! Pages of our own where ofdrw's picture is wrong, held against pictures that were looked at.
//!
//! `QSS_WRITE_REFERENCES=1 cargo test -p quanshengshi-certificate -- references` writes them anew;
//! look at them before they are kept.

use super::*;
use crate::ofd::font::tests::{bare_cff, number_in_bare_cff};
use crate::ofd::read::tests::{DOCUMENT, OFD, package, page_xml};

fn page(content: &str, font: &[u8]) -> Vec<u8> {
    let document = DOCUMENT.replace("0 0 210 297", "0 0 60 40");
    let resources = "<Res><Fonts><Font ID='7'><FontFile>f</FontFile></Font></Fonts></Res>";
    package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Res.xml", resources.as_bytes()),
        ("Doc_0/f", font),
        ("Doc_0/Page.xml", page_xml(content).as_bytes()),
    ])
}

fn words(attributes: &str, words: &str) -> String {
    format!(
        "<TextObject ID='2' Boundary='5 10 50 20' Font='7' Size='10' {attributes}>\
         <TextCode X='0' Y='12' DeltaX='10'>{words}</TextCode></TextObject>"
    )
}

/// Holds a page against its kept picture.
fn hold(name: &str, file: &[u8]) {
    let picture = draw_page(&Ofd::open(file).unwrap(), 0, 4.0).unwrap();
    assert!(
        picture.left_out.is_empty(),
        "{name}: {:?}",
        picture.left_out
    );
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/ofd/draw/tests/references")
        .join(format!("{name}.png"));
    if std::env::var_os("QSS_WRITE_REFERENCES").is_some() {
        std::fs::write(&kept, picture.to_png().unwrap()).unwrap();
    }
    let kept = image::open(&kept).unwrap().into_rgba8().into_raw();
    assert_eq!(kept.len(), picture.rgba.len());
    let differ = kept
        .iter()
        .zip(&picture.rgba)
        .map(|(a, b)| u64::from(a.abs_diff(*b)));
    let mean = differ.sum::<u64>() as f64 / kept.len() as f64;
    assert!(mean < 0.5, "{name}: {mean}");
}

#[test]
fn opacity_of_an_object_is_kept() {
    // ofdrw 2.3.1 draws it opaque.
    let content = words("", "营业执照") + &words("Alpha='60' CTM='1.2 0 0 1.2 0 -3'", "营业执照");
    hold("opacity", &page(&content, FONT));
}

#[test]
fn signs_of_bare_cff_are_the_right_ones() {
    // ofdrw 2.3.1 draws others.
    let whole = crate::ofd::font::Face::new(FONT).unwrap();
    let glyphs: Vec<String> = "营业执照"
        .chars()
        .map(|sign| number_in_bare_cff(whole.glyph(sign).unwrap()).to_string())
        .collect();
    let content = format!(
        "<TextObject ID='2' Boundary='5 10 50 20' Font='7' Size='10'><CGTransform CodePosition='0' CodeCount='4' GlyphCount='4'>\
         <Glyphs>{}</Glyphs></CGTransform><TextCode X='0' Y='12' DeltaX='10'>营业执照</TextCode></TextObject>",
        glyphs.join(" ")
    );
    hold("bare_cff", &page(&content, &bare_cff()));
}

#[test]
fn a_turned_pattern_of_words_is_a_watermark() {
    // ofdrw 2.3.1 draws the page black.
    let cell = words("Alpha='80'", "样例").replace("5 10 50 20", "0 0 22 14");
    let content = format!(
        "<PathObject ID='1' Boundary='0 0 60 40' Stroke='false' Fill='true'><FillColor><Pattern Width='22' Height='14' XStep='26' \
         YStep='18' CTM='0.87 -0.5 0.5 0.87 0 10'><CellContent>{cell}</CellContent></Pattern></FillColor>\
         <AbbreviatedData>M 0 0 L 60 0 L 60 40 L 0 40 C</AbbreviatedData></PathObject>"
    );
    hold("pattern", &page(&content, FONT));
}

#[test]
fn gradients_and_meshes_are_filled() {
    // ofdrw 2.3.1 knows no mesh.
    let corner = |x: u8, y: u8, colour: &str| {
        format!("<Point X='{x}' Y='{y}'><Color Value='{colour}'/></Point>")
    };
    let mesh = [
        corner(0, 0, "220 30 30"),
        corner(24, 0, "240 200 40"),
        corner(12, 30, "30 60 200"),
    ]
    .concat();
    let square = "<AbbreviatedData>M 0 0 L 24 0 L 24 30 L 0 30 C</AbbreviatedData>";
    let content = format!(
        "<PathObject ID='1' Boundary='4 5 24 30' Stroke='false' Fill='true'><FillColor><GouraudShd>{mesh}</GouraudShd></FillColor>{square}\
         </PathObject><PathObject ID='3' Boundary='32 5 24 30' Stroke='false' Fill='true'><FillColor><RadialShd StartPoint='12 15' \
         EndPoint='12 15' EndRadius='11' Eccentricity='0.7' Angle='30' MapType='Reflect' MapUnit='4'><Segment><Color Value='200 30 30'/>\
         </Segment><Segment><Color Value='250 240 220'/></Segment></RadialShd></FillColor>{square}</PathObject>"
    );
    hold("shadings", &page(&content, FONT));
}
