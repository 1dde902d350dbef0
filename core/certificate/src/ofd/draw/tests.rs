#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "small numbers of pixels"
)]

use std::path::Path;

use super::*;
use crate::ofd::read::page::LeftOut;
use crate::ofd::read::tests::{page_file, with_font};
use crate::ofd::write::tests::{FONT, sample};

fn draw(content: &str, px_per_mm: f32) -> Picture {
    draw_page(&Ofd::open(&page_file(content)).unwrap(), 0, px_per_mm).unwrap()
}

/// The colour of the pixel at a place in millimetres.
fn at(picture: &Picture, px_per_mm: f32, x: f32, y: f32) -> [u8; 3] {
    let index = |mm: f32| (mm * px_per_mm) as usize;
    let offset = (index(y) * picture.width as usize + index(x)) * 4;
    [
        picture.rgba[offset],
        picture.rgba[offset + 1],
        picture.rgba[offset + 2],
    ]
}

const WHITE: [u8; 3] = [255; 3];
const RED: [u8; 3] = [255, 0, 0];

#[test]
fn the_sample_certificate_is_drawn_whole() {
    let ofd = Ofd::open(&sample()).unwrap();
    let picture = draw_page(&ofd, 0, 4.0).unwrap();
    assert_eq!((picture.width, picture.height), (840, 1188));
    assert!(picture.left_out.is_empty(), "{:?}", picture.left_out);
    let share = |x: f32, y: f32, w: f32, h: f32| {
        let (mut dark, mut all) = (0_u32, 0_u32);
        for row in 0..(h * 4.0) as u32 {
            for column in 0..(w * 4.0) as u32 {
                let [r, g, b] = at(&picture, 4.0, x + column as f32 / 4.0, y + row as f32 / 4.0);
                dark += u32::from(u32::from(r) + u32::from(g) + u32::from(b) < 300);
                all += 1;
            }
        }
        f64::from(dark) / f64::from(all)
    };
    let title = share(60.0, 38.0, 90.0, 16.0);
    assert!((0.08..0.4).contains(&title), "title {title}");
    let code = share(30.0, 228.0, 25.0, 25.0);
    assert!((0.35..0.65).contains(&code), "code {code}");
    let margin = share(0.5, 0.5, 7.0, 7.0);
    assert!(margin < 0.01, "margin {margin}");
    let paper = at(&picture, 4.0, 13.0, 100.0);
    assert_eq!(paper, [255, 253, 248]);
    let png = picture.to_png().unwrap();
    let back = image::load_from_memory(&png).unwrap().to_rgba8();
    assert_eq!(back.into_raw(), picture.rgba);
}

#[test]
fn drawing_twice_gives_the_same_pixels() {
    let ofd = Ofd::open(&sample()).unwrap();
    assert_eq!(
        draw_page(&ofd, 0, 3.0).unwrap(),
        draw_page(&ofd, 0, 3.0).unwrap()
    );
}

#[test]
fn areas_lines_opacity_and_matrices_land_where_they_say() {
    let picture = draw(
        "<PathObject ID='1' Boundary='10 10 20 20' Fill='true' Stroke='false'>\
         <FillColor Value='255 0 0'/><AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</AbbreviatedData></PathObject>\
         <PathObject ID='2' Boundary='40 10 20 20' Fill='true' Stroke='false' Alpha='128'>\
         <FillColor Value='0 0 0'/><AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</AbbreviatedData></PathObject>\
         <PathObject ID='3' Boundary='10 50 40 10' CTM='2 0 0 1 0 0' LineWidth='2'>\
         <StrokeColor Value='0 0 255'/><AbbreviatedData>M 0 5 L 20 5</AbbreviatedData></PathObject>",
        2.0,
    );
    assert_eq!(at(&picture, 2.0, 20.0, 20.0), RED);
    assert_eq!(at(&picture, 2.0, 31.0, 20.0), WHITE);
    assert!(at(&picture, 2.0, 50.0, 20.0)[0].abs_diff(127) <= 1);
    assert_eq!(at(&picture, 2.0, 45.0, 55.0), [0, 0, 255]);
    assert_eq!(at(&picture, 2.0, 45.0, 58.0), WHITE);
}

#[test]
fn paths_are_cut_at_boundary_and_clip() {
    let picture = draw(
        "<PathObject ID='1' Boundary='10 10 10 10' Fill='true' Stroke='false'>\
         <FillColor Value='255 0 0'/><AbbreviatedData>M 0 0 L 90 0 L 90 90 L 0 90 C</AbbreviatedData></PathObject>\
         <PathObject ID='2' Boundary='40 10 20 20' Fill='true' Stroke='false'><Clips><Clip><Area>\
         <Path Boundary='0 0 5 20' ID='3'><AbbreviatedData>M 0 0 L 5 0 L 5 20 L 0 20 C</AbbreviatedData></Path>\
         </Area></Clip></Clips><FillColor Value='255 0 0'/>\
         <AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</AbbreviatedData></PathObject>",
        2.0,
    );
    assert_eq!(at(&picture, 2.0, 15.0, 15.0), RED);
    assert_eq!(at(&picture, 2.0, 25.0, 15.0), WHITE);
    assert_eq!(at(&picture, 2.0, 42.0, 20.0), RED);
    assert_eq!(at(&picture, 2.0, 50.0, 20.0), WHITE);
}

#[test]
fn signs_the_font_lacks_are_named_and_those_it_has_are_drawn() {
    let content = "<TextObject ID='1' Boundary='10 10 60 12' Font='7' Size='10'>\
                   <TextCode X='0' Y='9' DeltaX='20 20'>营龘业</TextCode></TextObject>";
    let picture = draw_page(&Ofd::open(&with_font(content, FONT)).unwrap(), 0, 2.0).unwrap();
    assert_eq!(
        picture.left_out.iter().copied().collect::<Vec<_>>(),
        [LeftOut::Glyph('龘')]
    );
    let dark = |from: f32| {
        let spots = (0..20).flat_map(|x| (0..24).map(move |y| (x, y)));
        spots
            .filter(|&(x, y)| {
                at(&picture, 2.0, from + x as f32 / 2.0, 10.0 + y as f32 / 2.0)[0] < 128
            })
            .count()
    };
    assert!(dark(10.0) > 30 && dark(50.0) > 30);
    assert_eq!(dark(30.0), 0);
    let none = draw(content, 2.0);
    assert!(none.left_out.contains(&LeftOut::Font));
}

#[test]
fn senseless_scales_and_heavy_pages_are_refused() {
    let ofd = Ofd::open(&sample()).unwrap();
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e-9, 60.0] {
        assert!(
            matches!(draw_page(&ofd, 0, scale), Err(DrawError::Size)),
            "{scale}"
        );
    }
    let square = "<PathObject ID='1' Boundary='0 0 210 297' Fill='true' Stroke='false'><FillColor Value='9 9 9'/>\
                  <AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</AbbreviatedData></PathObject>";
    let heavy = Ofd::open(&page_file(&square.repeat(5000))).unwrap();
    assert!(matches!(
        draw_page(&heavy, 0, 1.0),
        Err(DrawError::TooHeavy)
    ));
}

#[test]
fn files_of_another_writer_are_drawn() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/certificates/generated");
    for name in ["licence.ofd", "good.ofd", "t_content_text.ofd"] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            println!("skipped: {name} is not here");
            continue;
        };
        let ofd = Ofd::open(&bytes).unwrap();
        let picture = draw_page(&ofd, 0, 2.0).unwrap();
        assert!(ofd.page(0).unwrap().text().contains("法定代表人"), "{name}");
        assert!(!picture.left_out.contains(&LeftOut::Seal), "{name}");
        // A red stroke of the seal's ring, on its left side.
        let ring = (0..20).map(|step| at(&picture, 2.0, 150.0 + step as f32 / 4.0, 235.0));
        let red = ring
            .filter(|[r, g, b]| *r > 150 && *g < 110 && *b < 110)
            .count();
        assert_eq!(red > 0, name == "good.ofd", "{name}");
        // The text was altered after sealing: nothing of the page is drawn as if it were sealed.
        if name == "t_content_text.ofd" {
            assert!(picture.left_out.contains(&LeftOut::Uncovered), "{name}");
            continue;
        }
        assert!(!picture.left_out.contains(&LeftOut::Uncovered), "{name}");
        // The table's label cells and the blue of the portrait.
        assert_eq!(at(&picture, 2.0, 22.0, 85.0), [238, 230, 208], "{name}");
        let [red, _, blue] = at(&picture, 2.0, 158.0, 85.0);
        assert!(blue > red.saturating_add(60), "{name}");
    }
}

mod paints;
mod places;
mod references;
