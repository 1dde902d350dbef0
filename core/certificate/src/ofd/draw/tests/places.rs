use super::*;
use crate::ofd::font::tests::{bare_cff, number_in_bare_cff, sfnt, square_tables, type1};
use crate::ofd::read::tests::{package, page_xml, whole};

const BLACK: [u8; 3] = [0; 3];

fn square(boundary: &str, attributes: &str, inner: &str) -> String {
    format!(
        "<PathObject ID='1' Boundary='{boundary}' Fill='true' Stroke='false' {attributes}>{inner}<FillColor Value='255 0 0'/>\
         <AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</AbbreviatedData></PathObject>"
    )
}

/// One glyph of the font of square signs, 10 mm large.
fn sign(attributes: &str, inner: &str) -> String {
    format!(
        "<TextObject ID='2' Boundary='10 10 90 20' Font='7' Size='10' {attributes}>{inner}</TextObject>"
    )
}

fn with(content: &str, font: &[u8]) -> Picture {
    draw_page(&Ofd::open(&with_font(content, font)).unwrap(), 0, 2.0).unwrap()
}

fn squares() -> Vec<u8> {
    sfnt([0, 1, 0, 0], &square_tables())
}

#[test]
fn steps_that_run_out_repeat_and_directions_turn() {
    let code = |steps: &str| format!("<TextCode X='0' Y='10' {steps}>印印印</TextCode>");
    let across = with(&sign("", &code("DeltaX='12'")), &squares());
    for x in [11.0, 23.0, 35.0] {
        assert_eq!(at(&across, 2.0, x, 17.5), BLACK);
        assert_eq!(at(&across, 2.0, x + 6.0, 17.5), WHITE);
    }
    // A column: each sign its own height under the last.
    let down = with(&sign("ReadDirection='90'", &code("")), &squares());
    for y in [17.5, 27.5, 37.5] {
        assert_eq!(at(&down, 2.0, 12.0, y), BLACK);
        assert_eq!(at(&down, 2.0, 12.0, y + 4.0), WHITE);
    }
    // Signs that lie on their side: the square hangs to the right of the baseline.
    let turned = with(
        &sign("CharDirection='90'", &code("DeltaX='12'")),
        &squares(),
    );
    assert_eq!(at(&turned, 2.0, 12.0, 22.0), BLACK);
    assert_eq!(at(&turned, 2.0, 12.0, 17.0), WHITE);
    // Without steps the font's advance of three quarters moves on; half as wide, half as far.
    let narrow = with(&sign("HScale='0.5'", &code("")), &squares());
    assert_eq!(at(&narrow, 2.0, 14.5, 17.5), BLACK);
    assert_eq!(at(&narrow, 2.0, 13.0, 17.5), WHITE);
}

#[test]
fn signs_have_lines_beside_their_areas_or_instead_however_wide() {
    // The square lies between 10 and 15, 15 and 20.
    let lined = |attributes: &str, stroke: &str| {
        let inner = format!(
            "<FillColor Value='0 0 0'/><StrokeColor Value='{stroke}'/><TextCode X='0' Y='10'>印</TextCode>"
        );
        with(
            &sign(&format!("Stroke='true' {attributes}"), &inner),
            &squares(),
        )
    };
    let seen = |picture: &Picture, x: f32| at(picture, 2.0, x, 17.5);
    let both = lined("LineWidth='2'", "0 0 0");
    assert_eq!(
        [12.5, 15.5, 17.0].map(|x| seen(&both, x)),
        [BLACK, BLACK, WHITE]
    );
    let outlined = lined("LineWidth='2' Fill='false'", "0 0 0");
    assert_eq!(
        [12.5, 15.5, 17.0].map(|x| seen(&outlined, x)),
        [WHITE, BLACK, WHITE]
    );
    let red = lined("LineWidth='2'", "255 0 0");
    assert_eq!(
        [12.5, 15.5, 17.0].map(|x| seen(&red, x)),
        [BLACK, [255, 0, 0], WHITE]
    );
    // Wider than any sign.
    let wide = lined("LineWidth='600'", "0 0 0");
    assert_eq!([12.5, 40.0].map(|x| seen(&wide, x)), [BLACK, BLACK]);
    // Thinner than a pixel: fainter.
    let thin = lined("LineWidth='0.1' Fill='false'", "0 0 0");
    let edge = [14.75, 15.25].map(|x| seen(&thin, x)[0]);
    assert!(edge.iter().any(|red| (100..250).contains(red)), "{edge:?}");
}

#[test]
fn glyphs_take_a_step_each() {
    let inner = "<CGTransform CodePosition='1' CodeCount='1' GlyphCount='2'><Glyphs>1 1</Glyphs></CGTransform>\
                 <TextCode X='0' Y='10' DeltaX='12 12 12'>章印印</TextCode>";
    let picture = with(&sign("", inner), &squares());
    for (x, colour) in [
        (11.0, WHITE),
        (23.0, BLACK),
        (35.0, BLACK),
        (47.0, BLACK),
        (59.0, WHITE),
    ] {
        assert_eq!(at(&picture, 2.0, x, 17.5), colour, "{x}");
    }
}

#[test]
fn every_kind_of_embedded_font_is_drawn() {
    let named = "<TextCode X='0' Y='10'>A</TextCode>";
    let picture = with(&sign("", named), &type1());
    assert_eq!(at(&picture, 2.0, 12.0, 17.5), BLACK);
    assert!(picture.left_out.is_empty());
    let garbled = sfnt(*b"\xDE\xAD\xBE\xEF", &square_tables());
    let picture = with(&sign("", "<TextCode X='0' Y='10'>印</TextCode>"), &garbled);
    assert_eq!(at(&picture, 2.0, 12.0, 17.5), BLACK);
    let glyph = crate::ofd::font::Face::new(FONT)
        .unwrap()
        .glyph('营')
        .unwrap();
    let glyph = number_in_bare_cff(glyph);
    let numbered = format!(
        "<CGTransform CodePosition='0'><Glyphs>{glyph}</Glyphs></CGTransform><TextCode X='0' Y='9'>营</TextCode>"
    );
    let whole = with(&sign("", "<TextCode X='0' Y='9'>营</TextCode>"), FONT);
    assert_eq!(with(&sign("", &numbered), &bare_cff()).rgba, whole.rgba);
}

#[test]
fn the_hosts_font_steps_in_and_the_file_says_so() {
    let content = sign("", "<TextCode X='0' Y='10' DeltaX='12'>印章</TextCode>");
    let ofd = Ofd::open(&page_file(&content)).unwrap();
    let picture = draw_page_with(&ofd, 0, 2.0, Some(&squares())).unwrap();
    assert_eq!(at(&picture, 2.0, 12.0, 17.5), BLACK);
    let named: Vec<_> = picture.left_out.into_iter().collect();
    assert_eq!(named, [LeftOut::Font, LeftOut::Glyph('章')]);
    // Glyph numbers of a font that is not there mean nothing: the characters are drawn.
    let numbered = sign(
        "",
        "<CGTransform CodePosition='0' CodeCount='2' GlyphCount='1'><Glyphs>9</Glyphs></CGTransform>\
         <TextCode X='0' Y='10' DeltaX='30'>印印印</TextCode>",
    );
    let ofd = Ofd::open(&page_file(&numbered)).unwrap();
    let picture = draw_page_with(&ofd, 0, 2.0, Some(&squares())).unwrap();
    for x in [11.0, 18.5, 41.0] {
        assert_eq!(at(&picture, 2.0, x, 17.5), BLACK, "{x}");
    }
    let bold = sign("Weight='700'", "<TextCode X='0' Y='10'>印</TextCode>");
    let ofd = Ofd::open(&page_file(&bold)).unwrap();
    let heavy = draw_page_with(&ofd, 0, 8.0, Some(&squares())).unwrap();
    assert_eq!(at(&heavy, 8.0, 15.1, 17.5), BLACK, "0.15 mm thicker");
}

#[test]
fn clips_cut_by_shape_and_by_text() {
    let triangle = "<Clips><Clip><Area><Path Boundary='0 0 20 20'><AbbreviatedData>M 0 0 L 20 0 L 0 20 C</AbbreviatedData></Path>\
                    </Area></Clip></Clips>";
    let picture = draw(&square("10 10 20 20", "", triangle), 2.0);
    assert_eq!(at(&picture, 2.0, 13.0, 13.0), RED);
    assert_eq!(at(&picture, 2.0, 27.0, 27.0), WHITE);
    let words = "<Clips><Clip><Area><Text Boundary='0 0 20 20' Font='7' Size='20'><TextCode X='0' Y='20'>印</TextCode></Text>\
                 </Area></Clip></Clips>";
    let picture = with(&square("10 10 20 20", "", words), &squares());
    assert!(picture.left_out.is_empty(), "{:?}", picture.left_out);
    assert_eq!(at(&picture, 2.0, 15.0, 25.0), RED);
    assert_eq!(at(&picture, 2.0, 15.0, 15.0), WHITE);
    let hole = "<Clips><Clip><Area><Path Rule='Even-Odd'><AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C M 5 5 L 15 5 L 15 15 L 5 15 C\
                </AbbreviatedData></Path></Area></Clip></Clips>";
    let picture = draw(&square("10 10 20 20", "", hole), 2.0);
    assert_eq!(at(&picture, 2.0, 12.0, 12.0), RED);
    assert_eq!(at(&picture, 2.0, 20.0, 20.0), WHITE);
}

const COMPOSITES: &str = "<Res><CompositeGraphicUnits><CompositeGraphicUnit ID='50' Width='20' Height='20'><Content>\
    <PathObject ID='51' Boundary='0 0 10 20' Fill='true' Stroke='false'><FillColor Value='255 0 0'/>\
    <AbbreviatedData>M 0 0 L 10 0 L 10 20 L 0 20 C</AbbreviatedData></PathObject>\
    <PathObject ID='52' Boundary='5 0 10 20' Fill='true' Stroke='false'><FillColor Value='0 0 0'/>\
    <AbbreviatedData>M 0 0 L 10 0 L 10 20 L 0 20 C</AbbreviatedData></PathObject></Content></CompositeGraphicUnit>\
    <CompositeGraphicUnit ID='60'><Content><CompositeObject ID='61' Boundary='0 0 9 9' ResourceID='60'/>\
    <CompositeObject ID='62' Boundary='0 0 20 20' ResourceID='50'/></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>";

fn composite(attributes: &str) -> Picture {
    let content = format!("<CompositeObject ID='1' Boundary='10 10 20 20' {attributes}/>");
    let file = whole(&page_xml(&content), COMPOSITES, b"");
    draw_page(&Ofd::open(&file).unwrap(), 0, 2.0).unwrap()
}

#[test]
fn composites_are_drawn_as_one() {
    let picture = composite("ResourceID='50'");
    assert_eq!(at(&picture, 2.0, 12.0, 20.0), RED);
    assert_eq!(at(&picture, 2.0, 17.0, 20.0), BLACK);
    let small = composite("ResourceID='50' CTM='0.5 0 0 0.5 0 0'");
    assert_eq!(at(&small, 2.0, 11.0, 11.0), RED);
    assert_eq!(at(&small, 2.0, 19.0, 19.0), WHITE);
    // What lies under does not show through what lies over it.
    let pale = composite("ResourceID='50' Alpha='128'");
    let [red, green, _] = at(&pale, 2.0, 17.0, 20.0);
    assert!(
        red.abs_diff(127) <= 2 && green.abs_diff(127) <= 2,
        "{red} {green}"
    );
}

#[test]
fn a_composite_in_itself_is_named_and_the_rest_is_drawn() {
    let picture = composite("ResourceID='60'");
    assert!(picture.left_out.contains(&LeftOut::Composite));
    assert_eq!(at(&picture, 2.0, 12.0, 20.0), RED);
}

#[test]
fn composites_that_multiply_are_given_up() {
    let units: Vec<String> = (0..8)
        .map(|at| {
            let inner = format!(
                "<CompositeObject ID='1' Boundary='0 0 9 9' ResourceID='{}'/>",
                at + 1
            );
            format!(
                "<CompositeGraphicUnit ID='{at}'><Content>{}</Content></CompositeGraphicUnit>",
                inner.repeat(20)
            )
        })
        .collect();
    let content = "<CompositeObject ID='1' Boundary='0 0 9 9' ResourceID='0'/>";
    let resources = format!("<Res>{}</Res>", units.concat());
    let file = whole(&page_xml(content), &resources, b"");
    let drawn = draw_page(&Ofd::open(&file).unwrap(), 0, 1.0);
    assert!(matches!(drawn, Err(DrawError::TooHeavy)), "{drawn:?}");
}

fn encoded(picture: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A page with the picture 8, and 9 as its mask.
fn pictured(object: &str, picture: &[u8], mask: &[u8], px_per_mm: f32) -> Picture {
    let resources = "<Res><MultiMedias><MultiMedia ID='8' Type='Image'><MediaFile>p</MediaFile></MultiMedia>\
                     <MultiMedia ID='9' Type='Image'><MediaFile>m</MediaFile></MultiMedia></MultiMedias></Res>";
    let file = package(&[
        ("OFD.xml", crate::ofd::read::tests::OFD.as_bytes()),
        (
            "Doc_0/Document.xml",
            crate::ofd::read::tests::DOCUMENT.as_bytes(),
        ),
        ("Doc_0/Res.xml", resources.as_bytes()),
        ("Doc_0/p", picture),
        ("Doc_0/m", mask),
        ("Doc_0/Page.xml", page_xml(object).as_bytes()),
    ]);
    draw_page(&Ofd::open(&file).unwrap(), 0, px_per_mm).unwrap()
}

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> image::DynamicImage {
    image::RgbImage::from_fn(width, height, |x, _| {
        image::Rgb(if x < width / 2 {
            [255, 0, 0]
        } else {
            [0, 0, 255]
        })
    })
    .into()
}

#[test]
fn pictures_of_every_kind_and_size_fill_their_place() {
    use image::ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff};
    let object = "<ImageObject ID='1' Boundary='10 10 20 20' CTM='20 0 0 20 0 0' ResourceID='8'/>";
    for format in [Bmp, Gif, Jpeg, Png, Tiff] {
        for (width, height) in [(8, 8), (40, 40), (50, 44), (400, 300)] {
            let file = encoded(&halves(width, height), format);
            let picture = pictured(object, &file, b"", 2.0);
            let near = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12);
            assert!(picture.left_out.is_empty(), "{format:?}");
            assert!(
                near(at(&picture, 2.0, 12.0, 20.0), RED),
                "{format:?} {width}"
            );
            assert!(
                near(at(&picture, 2.0, 27.0, 20.0), [0, 0, 255]),
                "{format:?} {width}"
            );
            assert_eq!(at(&picture, 2.0, 31.0, 20.0), WHITE);
        }
    }
    // Without a matrix the picture fills its boundary; turned, its top lies on the right.
    let file = encoded(&halves(40, 40), Png);
    let filling = "<ImageObject ID='1' Boundary='10 10 20 20' ResourceID='8'/>";
    assert_eq!(
        at(&pictured(filling, &file, b"", 2.0), 2.0, 27.0, 20.0),
        [0, 0, 255]
    );
    let turned =
        "<ImageObject ID='1' Boundary='10 10 20 20' CTM='0 20 -20 0 20 0' ResourceID='8'/>";
    let picture = pictured(turned, &file, b"", 2.0);
    assert_eq!(at(&picture, 2.0, 20.0, 12.0), RED);
    assert_eq!(at(&picture, 2.0, 20.0, 27.0), [0, 0, 255]);
    let missing = pictured(object, b"no picture", b"", 2.0);
    assert!(missing.left_out.contains(&LeftOut::Picture));
}

#[test]
fn masks_and_opacity_let_the_paper_through_and_borders_lie_around() {
    let png = |picture: &image::DynamicImage| encoded(picture, image::ImageFormat::Png);
    let mask: image::DynamicImage =
        image::GrayImage::from_fn(20, 20, |_, y| image::Luma([if y < 10 { 255 } else { 0 }]))
            .into();
    let object = "<ImageObject ID='1' Boundary='10 10 20 20' CTM='20 0 0 20 0 0' ResourceID='8' ImageMask='9'/>";
    let picture = pictured(object, &png(&halves(400, 400)), &png(&mask), 2.0);
    assert_eq!(at(&picture, 2.0, 12.0, 12.0), RED);
    assert_eq!(at(&picture, 2.0, 12.0, 28.0), WHITE);
    let pale = "<ImageObject ID='1' Boundary='10 10 20 20' ResourceID='8' Alpha='128'><Border LineWidth='2'><BorderColor Value='0 255 0'/>\
                </Border></ImageObject>";
    let picture = pictured(pale, &png(&halves(40, 40)), b"", 2.0);
    assert!(at(&picture, 2.0, 13.0, 20.0)[1].abs_diff(127) <= 1);
    assert_eq!(at(&picture, 2.0, 9.5, 20.0), [0, 255, 0]);
    let round = "<ImageObject ID='1' Boundary='10 10 20 20' ResourceID='8'><Border LineWidth='2' HorizonalCornerRadius='8' \
                 VerticalCornerRadius='8'><BorderColor Value='0 255 0'/></Border></ImageObject>";
    let picture = pictured(round, &png(&halves(40, 40)), b"", 2.0);
    assert_eq!(at(&picture, 2.0, 9.5, 20.0), [0, 255, 0]);
    assert_ne!(at(&picture, 2.0, 9.5, 9.5), [0, 255, 0]);
}

#[test]
fn jbig2_is_drawn() {
    let Ok(bytes) = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data/certificates/ofdrw_samples/1.ofd"),
    ) else {
        println!("skipped: 1.ofd is not here");
        return;
    };
    let picture = draw_page(&Ofd::open(&bytes).unwrap(), 0, 4.0).unwrap();
    assert!(!picture.left_out.contains(&LeftOut::Picture));
    let code = (0..80).flat_map(|x| (0..80).map(move |y| (x, y)));
    let dark = code
        .filter(|&(x, y)| at(&picture, 4.0, 8.0 + x as f32 / 4.0, 4.0 + y as f32 / 4.0)[0] < 128);
    assert!(
        (2000..4400).contains(&dark.count()),
        "about half of the code is black"
    );
}

#[test]
fn annotations_are_drawn_over_the_page() {
    let document = crate::ofd::read::tests::DOCUMENT
        .replace("</Document>", "<Annotations>A.xml</Annotations></Document>");
    let annotation = "<PageAnnot><Annot ID='1' Type='Stamp'><Appearance Boundary='10 10 20 20'>SQUARE</Appearance></Annot>\
                      <Annot ID='2' Visible='false'><Appearance Boundary='50 10 20 20'>SQUARE</Appearance></Annot></PageAnnot>"
        .replace("SQUARE", &square("0 0 20 20", "", ""));
    let file = package(&[
        ("OFD.xml", crate::ofd::read::tests::OFD.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Page.xml", page_xml("").as_bytes()),
        (
            "Doc_0/A.xml",
            b"<Annotations><Page PageID='1'><FileLoc>One.xml</FileLoc></Page></Annotations>",
        ),
        ("Doc_0/One.xml", annotation.as_bytes()),
    ]);
    let picture = draw_page(&Ofd::open(&file).unwrap(), 0, 2.0).unwrap();
    assert_eq!(at(&picture, 2.0, 20.0, 20.0), RED);
    assert_eq!(at(&picture, 2.0, 60.0, 20.0), WHITE);
    assert!(
        picture.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255),
        "paper is opaque"
    );
}
