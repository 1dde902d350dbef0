use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Ofd;
use super::object::Object;
use super::object::paint::{Colour, Paint};
use super::page::LeftOut;

/// A zip of these entries.
pub(crate) fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) const OFD: &str =
    "<OFD><DocBody><DocInfo/><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>";
pub(crate) const DOCUMENT: &str = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox>\
    </PageArea><PublicRes>Res.xml</PublicRes>\
    <TemplatePage ID='5' BaseLoc='Template.xml'/></CommonData>\
    <Pages><Page ID='1' BaseLoc='Page.xml'/></Pages></Document>";

pub(crate) fn page_xml(content: &str) -> String {
    format!("<Page><Content><Layer>{content}</Layer></Content></Page>")
}

/// A document of one A4 page with these objects.
pub(crate) fn page_file(content: &str) -> Vec<u8> {
    whole(&page_xml(content), "<Res/>", b"")
}

/// The same with an embedded font of the id 7.
pub(crate) fn with_font(content: &str, font: &[u8]) -> Vec<u8> {
    let resources =
        "<Res BaseLoc='Res'><Fonts><Font ID='7'><FontFile>f.otf</FontFile></Font></Fonts></Res>";
    whole(&page_xml(content), resources, font)
}

pub(crate) fn whole(page: &str, resources: &str, font: &[u8]) -> Vec<u8> {
    package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
        ("Doc_0/Res.xml", resources.as_bytes()),
        ("Doc_0/Res/f.otf", font),
        (
            "Doc_0/Template.xml",
            page_xml(&text("under", "")).as_bytes(),
        ),
        ("Doc_0/Page.xml", page.as_bytes()),
    ])
}

fn text(words: &str, attributes: &str) -> String {
    format!(
        "<TextObject ID='1' Boundary='0 0 9 9' Font='7' Size='3' {attributes}><TextCode X='0' Y='3'>{words}</TextCode></TextObject>"
    )
}

#[test]
fn templates_layers_and_blocks_come_in_painting_order() {
    let page = format!(
        "<p:Page xmlns:p='http://www.ofdspec.org/2016'><p:Template TemplateID='5'/><p:Template TemplateID='6'/>\
         <p:Content><p:Layer Type='Foreground'>{}</p:Layer><p:Layer><p:PageBlock>{}</p:PageBlock>{}</p:Layer>\
         </p:Content></p:Page>",
        text("last", ""),
        text("body", ""),
        text("hidden", "Visible='false'"),
    );
    let content = Ofd::open(&whole(&page, "<Res/>", b""))
        .unwrap()
        .page(0)
        .unwrap();
    assert_eq!(content.text(), "under\nbody\nlast");
    assert!(content.left_out.contains(&LeftOut::Missing), "template 6");
}

fn solid(paint: Option<&Paint>) -> Option<Colour> {
    match paint {
        Some(Paint::Solid(colour)) => Some(*colour),
        _ => None,
    }
}

#[test]
fn draw_parameters_are_inherited_and_overridden() {
    let resources = "<Res><DrawParams><DrawParam ID='1' LineWidth='2'><StrokeColor Value='1 2 3'/></DrawParam>\
                     <DrawParam ID='2' Relative='1'><FillColor Value='#0A 11 12' Alpha='51'/></DrawParam>\
                     <DrawParam ID='3' Relative='3'/></DrawParams></Res>";
    let path = |attributes: &str| {
        format!(
            "<PathObject ID='9' Boundary='0 0 9 9' {attributes}><AbbreviatedData>M 0 0 L 9 9</AbbreviatedData></PathObject>"
        )
    };
    let content =
        path("DrawParam='2'") + &path("DrawParam='2' LineWidth='1'") + &path("DrawParam='3'");
    let content = Ofd::open(&whole(&page_xml(&content), resources, b""))
        .unwrap()
        .page(0)
        .unwrap();
    let looks: Vec<_> = content
        .objects
        .iter()
        .map(|object| match object {
            Object::Path(path) => (
                path.look.line.width_mm,
                solid(path.look.stroke.as_ref()),
                solid(path.look.fill.as_ref()),
            ),
            _ => panic!("paths only"),
        })
        .collect();
    assert_eq!(looks[0].1.unwrap().rgb, [1, 2, 3]);
    assert_eq!(looks[0].2.unwrap().rgb, [10, 11, 12]);
    assert!((looks[0].2.unwrap().opacity - 0.2).abs() < 1e-6);
    for (look, width) in looks.iter().zip([2.0, 1.0, 0.353]) {
        assert!((look.0 - width).abs() < 1e-6);
    }
}

#[test]
fn what_is_not_understood_is_named() {
    let content = "<CompositeObject ID='1' Boundary='0 0 1 1' ResourceID='99'/><PathObject ID='2' Boundary='0 0 x 1'/>\
                   <PathObject ID='3' Boundary='0 0 1 1'><FillColor><AxialShd/></FillColor>\
                   <AbbreviatedData>M 0 0 L 1 1</AbbreviatedData></PathObject>";
    let content = Ofd::open(&page_file(content)).unwrap().page(0).unwrap();
    let named: Vec<_> = content.left_out.into_iter().collect();
    assert_eq!(
        named,
        [LeftOut::Composite, LeftOut::Gradient, LeftOut::Malformed]
    );
    assert_eq!(content.objects.len(), 2);
}

mod parts;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        prop_assert!(Ofd::open(&bytes).is_err());
    }

    #[test]
    fn spoilt_files_never_panic(at in 0usize..100_000, byte in any::<u8>(), cut in 0usize..100_000) {
        let mut file = crate::ofd::write::tests::sample();
        let (index, end) = (at % file.len(), cut % file.len());
        file[index] = byte;
        for bytes in [&file[..], &file[..end]] {
            if let Ok(ofd) = Ofd::open(bytes) {
                let _ = crate::ofd::draw::draw_page(&ofd, 0, 0.5);
            }
        }
    }

    #[test]
    fn arbitrary_attributes_never_panic(numbers in "[0-9. g-]{0,40}", words in "[a-z<>&;0-9 ]{0,40}") {
        let content = format!(
            "<TextObject ID='1' Boundary='{numbers}' Font='7' Size='3' CTM='{numbers}'><TextCode X='0' DeltaX='{numbers}'>营业</TextCode>\
             <CGTransform CodePosition='0'><Glyphs>{numbers}</Glyphs></CGTransform></TextObject>\
             <PathObject ID='1' Boundary='0 0 9 9' DashPattern='{numbers}'><AbbreviatedData>M 0 0 L {numbers}</AbbreviatedData></PathObject>{words}"
        );
        if let Ok(ofd) = Ofd::open(&with_font(&content, crate::ofd::write::tests::FONT)) {
            let _ = crate::ofd::draw::draw_page(&ofd, 0, 0.5);
        }
    }
}
