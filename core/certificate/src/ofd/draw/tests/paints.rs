use super::*;

const SQUARE: &str = "<AbbreviatedData>M 0 0 L 20 0 L 20 20 L 0 20 C</AbbreviatedData>";

fn filled(fill: &str) -> Picture {
    let picture = draw(
        &format!(
            "<PathObject ID='1' Boundary='10 10 20 20' Fill='true' Stroke='false'><FillColor {fill}</FillColor>{SQUARE}</PathObject>"
        ),
        4.0,
    );
    assert!(
        picture.left_out.is_empty(),
        "{fill}: {:?}",
        picture.left_out
    );
    picture
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 4)
}

#[test]
fn axial_colours_run_along_their_line() {
    let ramp = "><AxialShd StartPoint='5 0' EndPoint='15 0' Extend='2'><Segment Position='0'><Color Value='255 0 0'/></Segment>\
                <Segment><Color Value='0 0 255'/></Segment></AxialShd>";
    let picture = filled(ramp);
    assert_eq!(
        at(&picture, 4.0, 12.0, 20.0),
        WHITE,
        "no extension at the start"
    );
    assert!(near(at(&picture, 4.0, 15.2, 20.0), [248, 0, 7]));
    assert!(near(at(&picture, 4.0, 20.0, 20.0), [127, 0, 127]));
    assert_eq!(
        at(&picture, 4.0, 28.0, 20.0),
        [0, 0, 255],
        "extends at the end"
    );
}

#[test]
fn runs_of_a_ramp_repeat_and_mirror() {
    let ramp = |kind: &str| {
        format!(
            "><AxialShd MapType='{kind}' MapUnit='5' StartPoint='0 0' EndPoint='20 0'><Segment><Color Value='255 0 0'/></Segment>\
             <Segment><Color Value='0 0 255'/></Segment></AxialShd>"
        )
    };
    let (again, mirrored) = (filled(&ramp("Repeat")), filled(&ramp("Reflect")));
    for picture in [&again, &mirrored] {
        assert!(at(picture, 4.0, 10.4, 20.0)[0] > 200 && at(picture, 4.0, 14.6, 20.0)[2] > 200);
    }
    assert!(at(&again, 4.0, 15.4, 20.0)[0] > 200);
    assert!(at(&mirrored, 4.0, 15.4, 20.0)[2] > 200);
}

#[test]
fn radial_colours_run_from_circle_to_circle() {
    let picture = filled(
        "><RadialShd StartPoint='10 10' StartRadius='0' EndPoint='10 10' EndRadius='8'><Segment><Color Value='0 255 0'/></Segment>\
         <Segment><Color Value='0 0 0'/></Segment></RadialShd>",
    );
    assert!(at(&picture, 4.0, 20.0, 20.0)[1] > 240);
    assert!(near(at(&picture, 4.0, 24.0, 20.0), [0, 127, 0]));
    assert_eq!(at(&picture, 4.0, 29.0, 20.0), WHITE);
}

#[test]
fn meshes_mix_the_colours_of_their_corners() {
    let corner = |x: u8, y: u8, flag: u8, colour: &str| {
        format!("<Point X='{x}' Y='{y}' EdgeFlag='{flag}'><Color Value='{colour}'/></Point>")
    };
    let triangles = [
        corner(0, 0, 0, "255 0 0"),
        corner(20, 0, 0, "0 255 0"),
        corner(0, 20, 0, "0 0 255"),
        corner(20, 20, 1, "255 255 255"),
    ]
    .concat();
    let picture = filled(&format!("><GouraudShd>{triangles}</GouraudShd>"));
    assert!(at(&picture, 4.0, 10.5, 10.5)[0] > 235 && at(&picture, 4.0, 10.5, 28.5)[2] > 200);
    assert!(near(at(&picture, 4.0, 19.95, 19.95), [0, 127, 127]));
    let lattice = [
        corner(0, 0, 0, "255 0 0"),
        corner(20, 0, 0, "255 0 0"),
        corner(0, 20, 0, "0 0 255"),
        corner(20, 20, 0, "0 0 255"),
    ]
    .concat();
    let picture = filled(&format!(
        "><LaGourandShd VerticesPerRow='2'>{lattice}</LaGourandShd>"
    ));
    assert!(near(at(&picture, 4.0, 20.0, 20.0), [127, 0, 127]));
    let back = filled(
        "><GouraudShd><Point X='0' Y='0'><Color/></Point><Point X='1' Y='0'><Color/></Point>\
         <Point X='0' Y='1'><Color/></Point><BackColor Value='9 8 7'/></GouraudShd>",
    );
    assert_eq!(at(&back, 4.0, 20.0, 20.0), [9, 8, 7]);
}

#[test]
fn cells_of_a_pattern_repeat_and_mirror() {
    let cell = |attributes: &str| {
        format!(
            "><Pattern Width='4' Height='4' XStep='5' {attributes}><CellContent><PathObject ID='9' Boundary='0 0 2 4' Fill='true' \
             Stroke='false'><FillColor Value='255 0 0'/><AbbreviatedData>M 0 0 L 2 0 L 2 4 L 0 4 C</AbbreviatedData>\
             </PathObject></CellContent></Pattern>"
        )
    };
    let picture = filled(&cell(""));
    for column in [11.0, 16.0, 21.0] {
        assert_eq!(at(&picture, 4.0, column, 20.0), RED);
        assert_eq!(at(&picture, 4.0, column + 2.0, 20.0), WHITE);
    }
    assert_eq!(
        at(&picture, 4.0, 31.0, 20.0),
        WHITE,
        "outside of the square"
    );
    let mirrored = filled(&cell("ReflectMethod='Column'"));
    assert_eq!(at(&mirrored, 4.0, 16.0, 20.0), WHITE);
    assert_eq!(at(&mirrored, 4.0, 18.0, 20.0), RED);
    let on_page = filled(&cell("RelativeTo='Page' CTM='1 0 0 1 1 0'"));
    assert_eq!(at(&on_page, 4.0, 11.5, 20.0), RED);
    assert_eq!(at(&on_page, 4.0, 10.5, 20.0), WHITE);
}

#[test]
fn colours_are_read_in_their_spaces() {
    let resources = "<Res><ColorSpaces><ColorSpace ID='1' Type='GRAY'/><ColorSpace ID='2' Type='CMYK'/>\
        <ColorSpace ID='3' Type='RGB' BitsPerComponent='4'/><ColorSpace ID='4' Type='RGB'><Palette><CV>1 2 3</CV><CV>#0A 20 30</CV>\
        </Palette></ColorSpace></ColorSpaces></Res>";
    let squares = [
        ("ColorSpace='1' Value='100'", [100, 100, 100]),
        ("ColorSpace='2' Value='0 255 0 0'", [255, 0, 255]),
        ("Value='255 0 255 51'", [0, 204, 0]),
        ("ColorSpace='3' Value='15 0 3'", [255, 0, 51]),
        ("ColorSpace='4' Index='1'", [10, 20, 30]),
        ("ColorSpace='4' Index='7'", [0, 0, 0]),
        ("", [0, 0, 0]),
    ];
    let content: Vec<String> = squares
        .iter()
        .enumerate()
        .map(|(row, (colour, _))| {
            format!(
                "<PathObject ID='{row}' Boundary='10 {} 20 20' Fill='true' Stroke='false'><FillColor {colour}/>{SQUARE}</PathObject>",
                10 + row * 25
            )
        })
        .collect();
    let file = crate::ofd::read::tests::whole(
        &crate::ofd::read::tests::page_xml(&content.concat()),
        resources,
        b"",
    );
    let picture = draw_page(&Ofd::open(&file).unwrap(), 0, 1.0).unwrap();
    for (row, (colour, want)) in squares.iter().enumerate() {
        assert_eq!(
            at(&picture, 1.0, 20.0, 20.0 + row as f32 * 25.0),
            *want,
            "{colour}"
        );
    }
}

#[test]
fn a_paint_that_cannot_be_read_is_named() {
    for fill in [
        "<AxialShd/>",
        "<Pattern/>",
        "<GouraudShd/>",
        "<RadialShd StartPoint='x'/>",
    ] {
        let picture = draw(
            &format!(
                "<PathObject ID='1' Boundary='10 10 20 20' Fill='true' Stroke='false'><FillColor>{fill}</FillColor>{SQUARE}</PathObject>"
            ),
            1.0,
        );
        assert!(picture.left_out.contains(&LeftOut::Gradient), "{fill}");
    }
}
