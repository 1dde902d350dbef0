//! What no signature covers is never drawn as if it were sealed.

use super::*;
use crate::ofd::draw::draw_page;
use crate::ofd::draw::picture::Picture;
use crate::ofd::read::Ofd;
use crate::ofd::read::page::LeftOut;
use crate::ofd::read::tests::{package, page_xml};
use crate::ofd::words::page_words;
use crate::seal::verify::{Verdict, verify_seals};

const PX_PER_MM: usize = 4;
const RED: [u8; 3] = [255, 0, 0];

const ROOT: &str = "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
    </ofd:DocBody></ofd:OFD>";

/// A document that names annotations, a template and a picture, all of which may be absent.
const DOCUMENT: &str = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
    <PublicRes>Res.xml</PublicRes><TemplatePage ID='5' BaseLoc='Template.xml'/></CommonData>\
    <Pages><Page ID='1' BaseLoc='Page.xml'/></Pages><Annotations>Annots.xml</Annotations></Document>";
const RESOURCES: &str = "<Res><MultiMedias><MultiMedia ID='9' Type='Image'><MediaFile>p.png</MediaFile></MultiMedia>\
    </MultiMedias></Res>";
const ANNOTATIONS: &str =
    "<Annotations><Page PageID='1'><FileLoc>A.xml</FileLoc></Page></Annotations>";

fn square(place: &str, colour: &str) -> String {
    format!(
        "<PathObject ID='1' Boundary='{place}' Fill='true' Stroke='false'><FillColor Value='{colour}'/>\
         <AbbreviatedData>M 0 0 L 40 0 L 40 40 L 0 40 C</AbbreviatedData></PathObject>"
    )
}

/// A red square and a picture's place, and below `more` files that were there when it was sealed.
fn document(more: &[(&str, &[u8])]) -> Vec<u8> {
    let picture =
        "<ImageObject ID='2' Boundary='20 100 40 40' CTM='40 0 0 40 0 0' ResourceID='9'/>";
    document_of(&(square("20 20 40 40", "255 0 0") + picture), more)
}

fn document_of(content: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let page = page_xml(content);
    let page = page.replace("<Content>", "<Template TemplateID='5'/><Content>");
    let files: [(&str, &[u8]); 4] = [
        ("OFD.xml", ROOT.as_bytes()),
        ("Doc_0/Document.xml", DOCUMENT.as_bytes()),
        ("Doc_0/Res.xml", RESOURCES.as_bytes()),
        ("Doc_0/Page.xml", page.as_bytes()),
    ];
    package(&[&files[..], more].concat())
}

fn template() -> String {
    page_xml(&square("120 20 40 40", "0 160 0"))
}

/// White over the red square, blue beside it.
fn annotation() -> String {
    let objects = square("0 0 40 40", "255 255 255") + &square("50 0 40 40", "0 0 255");
    format!(
        "<PageAnnot><Annot ID='3' Type='Stamp'><Appearance Boundary='20 20 90 40'>{objects}</Appearance></Annot>\
         </PageAnnot>"
    )
}

fn seal(file: &[u8]) -> Vec<u8> {
    let cast = cast();
    let sealer = Sealer::new(&cast.maker, cast.signer.clone(), &face(&picture()));
    sealer.seal(file, &[stamp()], SIGNED_S).unwrap()
}

fn with(file: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    more.iter().fold(file.to_vec(), |file, (name, bytes)| {
        altered(&file, name, |_| Some(bytes.to_vec()))
    })
}

fn annotated(file: &[u8]) -> Vec<u8> {
    let annotation = annotation();
    let files: [(&str, &[u8]); 2] = [
        ("Doc_0/Annots.xml", ANNOTATIONS.as_bytes()),
        ("Doc_0/A.xml", annotation.as_bytes()),
    ];
    with(file, &files)
}

fn drawn(file: &[u8]) -> Picture {
    #[expect(clippy::cast_precision_loss, reason = "4")]
    let scale = PX_PER_MM as f32;
    draw_page(&Ofd::open(file).unwrap(), 0, scale).unwrap()
}

/// Every colour of a square of 20 mm, by how often it is there.
fn colours(picture: &Picture, x_mm: usize, y_mm: usize) -> Vec<([u8; 3], usize)> {
    let mut found: Vec<([u8; 3], usize)> = Vec::new();
    for y in y_mm * PX_PER_MM..(y_mm + 20) * PX_PER_MM {
        for x in x_mm * PX_PER_MM..(x_mm + 20) * PX_PER_MM {
            let at = (y * picture.width as usize + x) * 4;
            let colour = [0, 1, 2].map(|channel| picture.rgba[at + channel]);
            match found.iter_mut().find(|(known, _)| *known == colour) {
                Some((_, count)) => *count += 1,
                None => found.push((colour, 1)),
            }
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

fn is_only(picture: &Picture, (x, y): (usize, usize), colour: [u8; 3]) {
    assert_eq!(colours(picture, x, y), [(colour, 6400)], "at {x} {y}");
}

/// Grey for the most part, and strokes of a hatching over it.
fn is_marked(picture: &Picture, (x, y): (usize, usize)) {
    let colours = colours(picture, x, y);
    let ([red, green, blue], most) = colours[0];
    assert!(red == green && green == blue, "{colours:?} at {x} {y}");
    assert!((3200..6200).contains(&most), "{colours:?} at {x} {y}");
    let amber = |[red, _, blue]: [u8; 3]| red > blue.saturating_add(40);
    assert!(
        colours.iter().any(|(colour, _)| amber(*colour)),
        "{colours:?}"
    );
}

const ON_RED: (usize, usize) = (30, 30);
const ON_BLUE: (usize, usize) = (80, 30);
const ON_GREEN: (usize, usize) = (130, 30);
const ON_PICTURE: (usize, usize) = (30, 110);
const ON_SEAL: (usize, usize) = (160, 225);

#[test]
fn an_annotation_after_the_seal_hides_nothing_and_is_marked() {
    let plain = document(&[]);
    let before = drawn(&annotated(&plain));
    is_only(&before, ON_RED, [255; 3]);
    is_only(&before, ON_BLUE, [0, 0, 255]);
    assert!(!before.left_out.contains(&LeftOut::Uncovered));

    let sealed = seal(&plain);
    let clean = drawn(&sealed);
    is_only(&clean, ON_RED, RED);
    assert!(!clean.left_out.contains(&LeftOut::Uncovered));

    let file = annotated(&sealed);
    let report = verify_seals(&file, &trust_in(&cast().root));
    assert_eq!(report.verdict, Verdict::IntactTrusted);
    assert_eq!(report.uncovered, ["Doc_0/A.xml", "Doc_0/Annots.xml"]);
    let after = drawn(&file);
    assert!(after.left_out.contains(&LeftOut::Uncovered));
    let red = colours(&after, 30, 30);
    assert!(
        red[0] == (RED, red[0].1) && red.iter().all(|([r, _, b], _)| *r > 200 && *b == 0),
        "{red:?}"
    );
    is_marked(&after, ON_BLUE);
    assert_eq!(
        colours(&after, 160, 225),
        colours(&clean, 160, 225),
        "the seal stays"
    );

    // The verdict of the host says the same.
    let judged = Ofd::open(&file).unwrap().judged(&report);
    assert_eq!(draw_page(&judged, 0, 4.0).unwrap(), after);
}

#[test]
fn an_annotation_the_seal_covers_is_drawn_as_it_is() {
    let drawn = drawn(&seal(&annotated(&document(&[]))));
    is_only(&drawn, ON_RED, [255; 3]);
    is_only(&drawn, ON_BLUE, [0, 0, 255]);
    assert!(!drawn.left_out.contains(&LeftOut::Uncovered));
}

#[test]
fn templates_and_pictures_put_in_later_are_marked_by_themselves() {
    let template = template();
    let files: [(&str, &[u8]); 2] = [
        ("Doc_0/Template.xml", template.as_bytes()),
        ("Doc_0/p.png", &picture()),
    ];
    let (early, late) = (
        drawn(&seal(&document(&files))),
        drawn(&with(&seal(&document(&[])), &files)),
    );
    is_only(&early, ON_GREEN, [0, 160, 0]);
    assert!(early.left_out.is_empty(), "{:?}", early.left_out);
    is_only(&late, ON_RED, RED);
    is_marked(&late, ON_GREEN);
    is_marked(&late, ON_PICTURE);
    assert_eq!(
        late.left_out.into_iter().collect::<Vec<_>>(),
        [LeftOut::Uncovered]
    );
}

#[test]
fn a_page_whose_seal_is_broken_has_no_red_on_it() {
    let page = |bytes| Some(replaced(bytes, "M 0 0", "M 0.1 0"));
    let picture = drawn(&altered(&seal(&document(&[])), "Doc_0/Page.xml", page));
    is_marked(&picture, ON_RED);
    is_marked(&picture, ON_SEAL);
    // Nothing is painted here, and the paper is hatched all the same.
    is_marked(&picture, ON_BLUE);
}

#[test]
fn a_resource_no_seal_covers_makes_the_whole_page_doubtful() {
    let references = |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        let from = text.find("/Doc_0/Res.xml").expect("the seal names it");
        let start = text[..from].rfind("<ofd:Reference ").unwrap();
        let end = from + text[from..].find("</ofd:Reference>").unwrap() + "</ofd:Reference>".len();
        Some([&text[..start], &text[end..]].concat().into_bytes())
    };
    let signature = "Doc_0/Signs/Sign_0/Signature.xml";
    let file = altered(&seal(&document(&[])), signature, references);
    let signature = Archive::open(&file).unwrap().read(signature).unwrap();
    // Signed anew without it, by somebody whom nobody needs to know.
    let file = altered(&file, "Doc_0/Signs/Sign_0/SignedValue.dat", |_| {
        Some(cast().signer.pair.sign(&signature))
    });
    let mut trust = trust_in(&cast().root);
    trust
        .roots
        .push(KeyCertificate::parse(cast().signer.certificate()).unwrap());
    let report = verify_seals(&file, &trust);
    assert_eq!(
        (report.verdict, report.uncovered.as_slice()),
        (Verdict::IntactTrusted, &["Doc_0/Res.xml".to_owned()][..])
    );
    let ofd = Ofd::open(&file).unwrap().judged(&report);
    is_marked(&draw_page(&ofd, 0, 4.0).unwrap(), ON_RED);
}

#[test]
fn words_put_in_later_stand_on_lines_of_their_own_and_are_marked() {
    let text = |place: &str, words: &str| {
        format!(
            "<TextObject ID='4' Boundary='{place} 40 6' Font='7' Size='5'><TextCode X='0' Y='5' DeltaX='5'>{words}\
             </TextCode></TextObject>"
        )
    };
    let plain = document_of(&(text("20 20", "林知远") + &text("20 40", "有效")), &[]);
    let annotation = format!(
        "<PageAnnot><Annot ID='3' Type='Stamp'><Appearance Boundary='40 20 90 40'>{}</Appearance></Annot></PageAnnot>",
        text("0 0", "等九人")
    );
    let files: [(&str, &[u8]); 2] = [
        ("Doc_0/Annots.xml", ANNOTATIONS.as_bytes()),
        ("Doc_0/A.xml", annotation.as_bytes()),
    ];
    let lines = |file: &[u8]| -> Vec<(String, bool)> {
        let words = page_words(&Ofd::open(file).unwrap(), 0, None).unwrap();
        let lines = words.lines.iter();
        lines.map(|line| (line.text(), line.covered)).collect()
    };
    let line = |words: &str, covered| (words.to_owned(), covered);
    // No seal, or one that came after: one line.
    let whole = [line("林知远 等九人", true), line("有效", true)];
    assert_eq!(lines(&with(&plain, &files)), whole);
    assert_eq!(lines(&seal(&with(&plain, &files))), whole);
    let late = with(&seal(&plain), &files);
    assert_eq!(
        lines(&late),
        [
            line("林知远", true),
            line("等九人", false),
            line("有效", true)
        ]
    );
    let words = page_words(&Ofd::open(&late).unwrap(), 0, None).unwrap();
    let covered = |query| {
        words
            .find(query)
            .iter()
            .map(|f| f.covered)
            .collect::<Vec<_>>()
    };
    assert_eq!(covered("知远"), [true]);
    assert_eq!(covered("九"), [false]);
    assert_eq!(covered("远等"), [false], "part of it is not covered");
    // Of a page whose seal is broken nothing is.
    let page = |bytes| Some(replaced(bytes, "有效", "无效"));
    let broken = lines(&altered(&seal(&plain), "Doc_0/Page.xml", page));
    assert_eq!(broken, [line("林知远", false), line("无效", false)]);
}

#[test]
fn a_second_seal_that_does_not_hold_lends_nothing_from_the_first() {
    let file = seal(&document(&[]));
    let archive = Archive::open(&file).unwrap();
    let of = |name: &str| archive.read(&format!("Doc_0/Signs/Sign_0/{name}")).unwrap();
    let moved = replaced(of("Signature.xml"), "150 215", "20 215");
    let moved = replaced(moved, "Sign_0", "Sign_1");
    let list = archive.read("Doc_0/Signs/Signatures.xml").unwrap();
    let text = String::from_utf8(list).unwrap();
    let start = text.find("<ofd:Signature ").unwrap();
    let end = start + text[start..].find("/>").unwrap() + 2;
    let second = text[start..end].replace("Sign_0", "Sign_1");
    let list = format!("{}{second}{}", &text[..end], &text[end..]);
    let files: [(&str, &[u8]); 3] = [
        ("Doc_0/Signs/Signatures.xml", list.as_bytes()),
        ("Doc_0/Signs/Sign_1/Signature.xml", &moved),
        ("Doc_0/Signs/Sign_1/SignedValue.dat", &of("SignedValue.dat")),
    ];
    let file = with(&file, &files);
    let report = verify_seals(&file, &trust_in(&cast().root));
    assert_eq!(report.verdict, Verdict::Broken);
    assert!(
        report
            .uncovered
            .iter()
            .all(|entry| entry.starts_with("Doc_0/Signs/Sign_1/")),
        "{report:?}"
    );
    let picture = drawn(&file);
    is_only(&picture, ON_RED, RED);
    is_marked(&picture, (30, 225));
    let [red, green, _] = colours(&picture, 160, 225)[0].0;
    assert!(red > 180 && green < 130, "the first seal is as it was");
}
