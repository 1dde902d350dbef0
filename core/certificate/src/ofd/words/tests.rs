use super::*;
use crate::ofd::read::tests::{page_file, with_font};
use crate::ofd::write::tests::{FONT, sample};

fn text(x: f32, y: f32, words: &str, attributes: &str, steps: &str) -> String {
    format!(
        "<TextObject ID='1' Boundary='{x} {y} 100 5' Font='7' Size='5' {attributes}>\
         <TextCode X='0' Y='4.4' {steps}>{words}</TextCode></TextObject>"
    )
}

fn words(content: &str) -> PageWords {
    page_words(&Ofd::open(&page_file(content)).unwrap(), 0, None).unwrap()
}

#[test]
fn painting_order_becomes_reading_order() {
    let content = text(60.0, 20.3, "林知远", "", "DeltaX='5'")
        + &text(10.0, 40.0, "经营范围", "", "DeltaX='5'")
        + &text(10.0, 20.0, "法定代表人", "", "DeltaX='5'");
    let words = words(&content);
    assert_eq!(words.text(), "法定代表人 林知远\n经营范围");
    assert_eq!(words.lines.len(), 2);
}

#[test]
fn columns_of_upright_signs_are_read_from_the_right() {
    let content = text(50.0, 10.0, "左列", "", "DeltaY='6'")
        + &text(60.0, 10.0, "右列", "ReadDirection='90'", "");
    assert_eq!(words(&content).text(), "右列\n左列");
}

#[test]
fn words_are_found_over_line_breaks_widths_and_cases() {
    let content = text(10.0, 10.0, "统一社会信用", "", "DeltaX='5'")
        + &text(10.0, 20.0, "代码ＡBc１", "", "DeltaX='5'");
    let words = words(&content);
    let found = words.find("信用 代码abC1");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "信用\n代码ＡBc１");
    let [first, second] = found[0].quads[..] else {
        panic!("two lines")
    };
    assert!((first[0].0 - 30.0).abs() < 1e-3 && (first[0].1 - 10.0).abs() < 1e-3);
    assert!((first[2].1 - 15.0).abs() < 1e-3);
    assert!((second[0].0 - 10.0).abs() < 1e-3);
    assert!(
        words.find("").is_empty() && words.find(" ").is_empty() && words.find("没有").is_empty()
    );
    assert_eq!(words.find("社").len(), 1);
}

#[test]
fn what_lies_between_two_places_is_selected_either_way() {
    let content = text(10.0, 10.0, "一二三四", "", "DeltaX='5'")
        + &text(10.0, 20.0, "五六七八", "", "DeltaX='5'");
    let words = words(&content);
    let down = words.select((21.0, 12.0), (16.0, 22.0)).unwrap();
    assert_eq!(down.text, "三四\n五六");
    assert_eq!(words.select((16.0, 22.0), (21.0, 12.0)).unwrap(), down);
    assert_eq!(
        words.select((-50.0, -50.0), (900.0, 900.0)).unwrap().text,
        "一二三四\n五六七八"
    );
    assert_eq!(PageWords::default().select((0.0, 0.0), (1.0, 1.0)), None);
}

#[test]
fn glyphs_for_several_characters_share_their_width() {
    let content = "<TextObject ID='1' Boundary='10 10 60 12' Font='7' Size='10'>\
                   <CGTransform CodePosition='0' CodeCount='2' GlyphCount='1'><Glyphs>1</Glyphs></CGTransform>\
                   <TextCode X='0' Y='9' DeltaX='20 20'>营业照</TextCode></TextObject>";
    let ofd = Ofd::open(&with_font(content, FONT)).unwrap();
    let words = page_words(&ofd, 0, None).unwrap();
    assert_eq!(words.text(), "营业照");
    let at: Vec<f32> = words.lines[0]
        .characters
        .iter()
        .map(|placed| placed.quad[0].0)
        .collect();
    let width = words.lines[0].characters[1].quad[1].0 - 10.0;
    assert!(
        (at[1] - 10.0 - width / 2.0).abs() < 1e-3 && (at[2] - 30.0).abs() < 1e-3,
        "{at:?}"
    );
}

#[test]
fn a_certificate_reads_like_its_face() {
    let words = page_words(&Ofd::open(&sample()).unwrap(), 0, None).unwrap();
    let text = words.text();
    let place = |word: &str| {
        text.find(word)
            .unwrap_or_else(|| panic!("{word} in {text}"))
    };
    assert!(place("营业执照") < place("法定代表人"));
    assert_eq!(words.find("林知远").len(), 1, "{text}");
}
