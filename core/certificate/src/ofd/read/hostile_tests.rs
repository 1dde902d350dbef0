//! Files that want to hurt: each is refused with its own error, none is drawn, none aborts.

use std::path::Path;

use super::archive::ArchiveError;
use super::page::PageError;
use super::tests::{DOCUMENT, OFD, package, page_file, page_xml, whole};
use super::{Ofd, OpenError, XmlError};
use crate::ofd::draw::{DrawError, draw_page};

fn opened(file: &[u8]) -> OpenError {
    match Ofd::open(file) {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    }
}

fn drawn(file: &[u8]) -> DrawError {
    draw_page(&Ofd::open(file).unwrap(), 0, 1.0).unwrap_err()
}

#[test]
fn deep_nesting_is_refused_before_the_tree() {
    let nested = "<PageBlock>".repeat(20_000) + &"</PageBlock>".repeat(20_000);
    let error = drawn(&page_file(&nested));
    assert!(
        matches!(error, DrawError::Page(PageError::Xml(XmlError::TooDeep))),
        "{error}"
    );
}

#[test]
fn entities_are_refused() {
    let page = format!(
        "<!DOCTYPE Page [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{}",
        page_xml("&x;")
    );
    let error = drawn(&whole(&page, "<Res/>", b""));
    assert!(
        matches!(error, DrawError::Page(PageError::Xml(XmlError::Dtd))),
        "{error}"
    );
}

#[test]
fn bombs_are_refused_by_ratio_and_by_size() {
    let zeros = vec![b' '; 8 << 20];
    let error = opened(&package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Bomb.xml", &zeros),
    ]));
    assert!(
        matches!(error, OpenError::Archive(ArchiveError::Ratio)),
        "{error}"
    );
    let zeros = vec![b' '; (64 << 20) + 1];
    let error = opened(&package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Bomb.xml", &zeros),
    ]));
    assert!(
        matches!(error, OpenError::Archive(ArchiveError::TooLarge)),
        "{error}"
    );
}

#[test]
fn a_directory_that_lies_about_a_size_is_noticed() {
    let text = page_xml(&"<PageBlock></PageBlock>".repeat(50));
    let mut file = package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", text.as_bytes()),
    ]);
    let size = u32::try_from(text.len()).unwrap().to_le_bytes();
    let found: Vec<usize> = (0..file.len() - 4)
        .filter(|&at| file[at..at + 4] == size)
        .collect();
    assert!(!found.is_empty());
    for at in found {
        file[at..at + 4].copy_from_slice(&7_u32.to_le_bytes());
    }
    let error = opened(&file);
    assert!(
        matches!(
            error,
            OpenError::Archive(ArchiveError::Damaged | ArchiveError::Zip(_))
        ),
        "{error}"
    );
}

#[test]
fn names_that_leave_the_package_are_refused() {
    for name in ["../evil.xml", "Doc_0/../../evil.xml", "C:/evil.xml"] {
        let placed = "x".repeat(name.len());
        let mut file = package(&[("OFD.xml", OFD.as_bytes()), (placed.as_str(), b"x")]);
        let found: Vec<usize> = (0..=file.len() - placed.len())
            .filter(|&at| &file[at..at + placed.len()] == placed.as_bytes())
            .collect();
        assert_eq!(found.len(), 2);
        for at in found {
            file[at..at + name.len()].copy_from_slice(name.as_bytes());
        }
        let error = opened(&file);
        assert!(
            matches!(error, OpenError::Archive(ArchiveError::Name)),
            "{name}: {error}"
        );
    }
}

#[test]
fn locations_that_leave_the_package_find_nothing() {
    let document = DOCUMENT.replace("BaseLoc='Page.xml'", "BaseLoc='../../../etc/passwd'");
    let error = opened(&package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
    ]));
    assert!(matches!(error, OpenError::Lacks("page")), "{error}");
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let mut file = package(&[("OFD.xml", OFD.as_bytes()), ("OFD.xmk", b"other")]);
    let found: Vec<usize> = (0..file.len() - 7)
        .filter(|&at| &file[at..at + 7] == b"OFD.xmk")
        .collect();
    for at in found {
        file[at..at + 7].copy_from_slice(b"OFD.xml");
    }
    let error = opened(&file);
    assert!(
        matches!(error, OpenError::Archive(ArchiveError::Duplicate)),
        "{error}"
    );
    let twice = package(&[
        ("OFD.xml", OFD.as_bytes()),
        ("Doc_0/a.xml", b"1"),
        ("Doc_0//./a.xml", b"2"),
    ]);
    let error = opened(&twice);
    assert!(
        matches!(error, OpenError::Archive(ArchiveError::Duplicate)),
        "{error}"
    );
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..5000).map(|n| format!("f{n}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let error = opened(&package(&entries));
    assert!(
        matches!(error, OpenError::Archive(ArchiveError::TooManyEntries)),
        "{error}"
    );
}

#[test]
fn pages_of_senseless_size_are_refused() {
    for size in ["0 0 1000000 1000000", "0 0 0 0", "0 0 NaN 5", "0 0 -5 5"] {
        let page = format!("<Page><Area><PhysicalBox>{size}</PhysicalBox></Area></Page>");
        let document = DOCUMENT.replace("0 0 210 297", size);
        let file = package(&[
            ("OFD.xml", OFD.as_bytes()),
            ("Doc_0/Document.xml", document.as_bytes()),
            ("Doc_0/Page.xml", page.as_bytes()),
        ]);
        let error = drawn(&file);
        assert!(
            matches!(error, DrawError::Page(PageError::Size)),
            "{size}: {error}"
        );
    }
}

#[test]
fn repeats_and_dashes_cost_nothing() {
    let text = "<TextObject ID='1' Boundary='0 0 9 9' Font='7' Size='3'>\
                <TextCode X='0' Y='3' DeltaX='g 2000000000 1'>营业执照</TextCode></TextObject>\
                <PathObject ID='2' Boundary='0 0 200 200' DashPattern='0.00001 0.00001'>\
                <AbbreviatedData>M 0 0 L 200 200</AbbreviatedData></PathObject>";
    draw_page(&Ofd::open(&page_file(text)).unwrap(), 0, 1.0).unwrap();
}

#[test]
fn long_xml_is_refused_before_it_is_read() {
    // Blanks that deflate would be refused as a bomb; these do not deflate well.
    let noise: Vec<String> = (0..3_000_000_u32)
        .map(|at| format!("{:x} ", at.wrapping_mul(2_654_435_761)))
        .collect();
    let error = drawn(&whole(&page_xml(&noise.concat()), "<Res/>", b""));
    assert!(
        matches!(error, DrawError::Page(PageError::Xml(XmlError::TooLong))),
        "{error}"
    );
}

#[test]
fn pictures_beyond_the_limits_are_named_and_the_rest_is_drawn() {
    // A PNG header that promises 16000 by 16000 pixels.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x3e\x80\0\0\x3e\x80\x08\x02\0\0\0".to_vec();
    png.extend([0; 64]);
    let resources = "<Res><MultiMedias><MultiMedia ID='8'><MediaFile>Res/f.otf</MediaFile></MultiMedia></MultiMedias></Res>";
    let object = "<ImageObject ID='1' Boundary='10 10 20 20' ResourceID='8'/>";
    let ofd = Ofd::open(&whole(&page_xml(object), resources, &png)).unwrap();
    let refused = match draw_page(&ofd, 0, 1.0) {
        Ok(picture) => picture.left_out.contains(&super::page::LeftOut::Picture),
        Err(error) => matches!(error, DrawError::TooHeavy),
    };
    assert!(refused);
}

#[test]
fn meshes_and_patterns_without_end_are_given_up() {
    let square = "<AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</AbbreviatedData>";
    let points = "<Point X='0' Y='0'><Color/></Point><Point X='210' Y='0'><Color/></Point><Point X='0' Y='297'><Color/></Point>";
    let mesh = format!("<GouraudShd>{}</GouraudShd>", points.repeat(4000));
    let cell = "<Pattern Width='0.001' Height='0.001'><CellContent/></Pattern>";
    let deep = |depth: usize| {
        let mut inner = String::from("<Color Value='1 2 3'/>");
        for _ in 0..depth {
            inner = format!(
                "<Pattern Width='9' Height='9'><CellContent><PathObject ID='1' Boundary='0 0 9 9' Fill='true'><FillColor>{inner}</FillColor>{square}\
                 </PathObject></CellContent></Pattern>"
            );
        }
        inner
    };
    for (fill, heavy) in [
        (mesh.as_str(), Some(true)),
        (cell, Some(false)),
        (&deep(12), None),
    ] {
        let content = format!(
            "<PathObject ID='1' Boundary='0 0 210 297' Fill='true'><FillColor>{fill}</FillColor>{square}</PathObject>"
        );
        let drawn = draw_page(&Ofd::open(&page_file(&content)).unwrap(), 0, 4.0);
        let refused = matches!(drawn, Err(DrawError::TooHeavy));
        assert!(
            heavy.is_none_or(|heavy| heavy == refused),
            "{}",
            &fill[..20]
        );
    }
}

#[test]
fn too_many_objects_are_refused() {
    let object = |n| format!("<ImageObject ID='{n}' Boundary='0 0 1 1' ResourceID='1'/>");
    let error = drawn(&page_file(&(0..200_001).map(object).collect::<String>()));
    assert!(
        matches!(error, DrawError::Page(PageError::TooManyObjects)),
        "{error}"
    );
}

#[test]
fn the_known_hostile_files_are_refused() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/certificates/hostile");
    let names = [
        "h_deep_nesting",
        "h_huge_page_box",
        "h_path_traversal",
        "h_xxe",
        "h_zip_bomb_content",
    ];
    for name in names {
        let Ok(bytes) = std::fs::read(folder.join(format!("{name}.ofd"))) else {
            println!("skipped: {name}.ofd is not here");
            continue;
        };
        let refused = match Ofd::open(&bytes) {
            Ok(ofd) => draw_page(&ofd, 0, 8.0)
                .map(|_| ())
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        assert!(refused.is_err(), "{name}");
    }
}
