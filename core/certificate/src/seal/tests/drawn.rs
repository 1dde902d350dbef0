use super::*;
use crate::ofd::draw::draw_page;
use crate::ofd::draw::picture::Picture;
use crate::ofd::read::Ofd;
use crate::ofd::read::page::LeftOut;

fn drawn(file: &[u8]) -> Picture {
    draw_page(&Ofd::open(file).unwrap(), 0, 2.0).unwrap()
}

/// Whether a point, in millimetres, is as red as the seal's picture.
fn is_red(picture: &Picture, x_mm: usize, y_mm: usize) -> bool {
    let at = (y_mm * 2 * picture.width as usize + x_mm * 2) * 4;
    let [red, green, blue] = [0, 1, 2].map(|channel| picture.rgba[at + channel]);
    red > 180 && green < 130 && blue < 130
}

fn stamped(stamp: Stamp) -> Vec<u8> {
    let cast = cast();
    let sealer = Sealer::new(&cast.maker, cast.signer.clone(), &face(&picture()));
    sealer.seal(&sample(), &[stamp], SIGNED_S).unwrap()
}

fn page_id() -> String {
    Ofd::open(&sample()).unwrap().page_id(0).unwrap().to_owned()
}

#[test]
fn a_seal_lies_in_its_place_over_the_page() {
    let whole = Stamp {
        page: page_id(),
        ..stamp()
    };
    let picture = drawn(&stamped(whole));
    assert!(picture.left_out.is_empty(), "{:?}", picture.left_out);
    assert!(is_red(&picture, 152, 217) && is_red(&picture, 188, 253));
    assert!(!is_red(&picture, 148, 235) && !is_red(&picture, 192, 235));
}

#[test]
fn a_riding_seal_shows_its_part_only() {
    let riding = Stamp {
        page: page_id(),
        clip: Some([0.0, 0.0, 10.0, 40.0]),
        ..stamp()
    };
    let picture = drawn(&stamped(riding));
    assert!(is_red(&picture, 152, 235) && !is_red(&picture, 165, 235));
}

#[test]
fn a_seal_that_is_an_ofd_is_drawn_through() {
    let square = "<PathObject ID='1' Boundary='0 0 210 297' Fill='true' Stroke='false'><FillColor Value='220 0 0'/>\
                  <AbbreviatedData>M 0 0 L 105 0 L 105 297 L 0 297 C</AbbreviatedData></PathObject>";
    let inner = crate::ofd::read::tests::page_file(square);
    let cast = cast();
    let value = Sealer::with_picture(&cast.maker, cast.signer.clone(), &face(&inner), "OFD");
    let place = Stamp {
        page: page_id(),
        ..stamp()
    };
    let picture = drawn(&value.seal(&sample(), &[place], SIGNED_S).unwrap());
    assert!(is_red(&picture, 155, 235) && !is_red(&picture, 180, 235));
}

#[test]
fn a_seal_that_cannot_be_read_is_named() {
    let value = "Doc_0/Signs/Sign_0/SignedValue.dat";
    let file = altered(&sealed(&cast()), value, |_| Some(vec![1, 2, 3]));
    assert!(drawn(&file).left_out.contains(&LeftOut::Seal));
    // A seal on a page that is not there is no fault of this page.
    assert!(drawn(&sealed(&cast())).left_out.is_empty());
}
