#![expect(clippy::cast_possible_truncation, reason = "small numbers")]

use proptest::prelude::*;

use super::*;
use crate::ofd::font::tests::{bare_cff, sfnt, square_tables, type1};
use crate::ofd::write::tests::{FONT, sample};

/// Bytes with some spots changed and maybe the end gone; the front is hit more often.
fn spoilt(mut bytes: Vec<u8>, spots: &[(u32, u8)], cut: Option<u32>) -> Vec<u8> {
    let length = bytes.len();
    for (index, (at, byte)) in spots.iter().enumerate() {
        let span = if index % 2 == 0 {
            length.min(512)
        } else {
            length
        };
        bytes[*at as usize % span] = *byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut as usize % length);
    }
    bytes
}

const PAGE: &str = "<Page><Content><Layer><TextObject ID='1' Boundary='0 0 90 9' Font='1' Size='5' CTM='1 0 0 1 0 0'>\
    <CGTransform CodePosition='0' CodeCount='2' GlyphCount='1'><Glyphs>1 2</Glyphs></CGTransform>\
    <TextCode X='0' Y='3' DeltaX='g 3 2 1' DeltaY='0'>营业执照abc</TextCode></TextObject>\
    <PathObject ID='2' Boundary='0 0 90 90' Fill='true' DashPattern='1 2' LineWidth='3'><Clips><Clip><Area><Path>\
    <AbbreviatedData>M 0 0 L 9 0 L 0 9 C</AbbreviatedData></Path></Area></Clip></Clips><FillColor Value='1 2 3'><RadialShd \
    StartPoint='1 1' EndPoint='9 9' EndRadius='5' MapType='Reflect' MapUnit='2'><Segment><Color Value='9 9 9'/></Segment>\
    <Segment><Color Value='#FF 0 0'/></Segment></RadialShd></FillColor><AbbreviatedData>M 0 0 Q 1 2 3 4 B 1 2 3 4 5 6 A 5 5 0 1 1 9 9 C\
    </AbbreviatedData></PathObject><PathObject ID='3' Boundary='0 0 90 90' Fill='true'><FillColor><Pattern Width='9' Height='9' \
    XStep='12' CTM='1 1 -1 1 0 0'><CellContent><PathObject ID='4' Boundary='0 0 9 9'><AbbreviatedData>M 0 0 L 9 9</AbbreviatedData>\
    </PathObject></CellContent></Pattern></FillColor><AbbreviatedData>M 0 0 L 90 0 L 90 90 C</AbbreviatedData></PathObject>\
    <PathObject ID='5' Boundary='0 0 90 90' Fill='true'><FillColor><GouraudShd><Point X='0' Y='0'><Color Value='1 1 1'/></Point>\
    <Point X='9' Y='0'><Color/></Point><Point X='0' Y='9'><Color/></Point></GouraudShd></FillColor><AbbreviatedData>M 0 0 L 9 0 L 9 9 C\
    </AbbreviatedData></PathObject></Layer></Content></Page>";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn spoilt_containers_never_panic(spots in prop::collection::vec(any::<(u32, u8)>(), 1..6), cut in prop::option::of(any::<u32>())) {
        container(&spoilt(sample(), &spots, cut));
    }

    #[test]
    fn spoilt_pages_never_panic(spots in prop::collection::vec((any::<u32>(), prop::sample::select(b"0987.-<>/' gMLQBAC".to_vec())), 1..8), cut in prop::option::of(any::<u32>())) {
        page(&spoilt(PAGE.into(), &spots, cut));
    }

    #[test]
    fn spoilt_fonts_never_panic(kind in 0..4, spots in prop::collection::vec(any::<(u32, u8)>(), 1..12), cut in prop::option::of(any::<u32>())) {
        let whole = match kind {
            0 => sfnt([0, 1, 0, 0], &square_tables()),
            1 => bare_cff(),
            2 => type1(),
            _ => FONT.to_vec(),
        };
        font(&spoilt(whole, &spots, cut));
    }

    #[test]
    fn spoilt_pictures_never_panic(kind in 0_usize..6, spots in prop::collection::vec(any::<(u32, u8)>(), 0..12), cut in prop::option::of(any::<u32>())) {
        use image::ImageFormat::{Bmp, Gif, Jpeg, Png, Tiff};
        // A JBIG2 file: a page of 100 by 100 without a region.
        const JBIG2: [u8; 54] = [
            0x97, 0x4A, 0x42, 0x32, 0x0D, 0x0A, 0x1A, 0x0A, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19, 0, 0, 0, 100, 0, 0, 0,
            100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x33, 0, 1, 0, 0, 0, 0,
        ];
        let picture_of = |format| {
            let pixels = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 9]));
            let mut file = Cursor::new(Vec::new());
            image::DynamicImage::from(pixels).write_to(&mut file, format).unwrap();
            file.into_inner()
        };
        let whole = [Bmp, Gif, Jpeg, Png, Tiff].get(kind).map_or(JBIG2.to_vec(), |format| picture_of(*format));
        picture(&spoilt(whole, &spots, cut));
    }
}
