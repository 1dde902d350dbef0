#![expect(clippy::cast_possible_truncation, reason = "small numbers")]

use super::repair::repaired;
use super::*;
use crate::ofd::write::tests::FONT;

/// An sfnt of these tables, in the order given.
pub(crate) fn sfnt(version: [u8; 4], tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = version.to_vec();
    file.extend((tables.len() as u16).to_be_bytes());
    file.extend([0; 6]);
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        file.extend(*tag);
        file.extend([0; 4]);
        file.extend((offset as u32).to_be_bytes());
        file.extend((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend(table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

fn words(values: &[i16]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

/// The tables of a TrueType font of 2048 units whose glyph 1, for 印, is a square of 1024.
pub(crate) fn square_tables() -> Vec<(&'static [u8; 4], Vec<u8>)> {
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&0x5F0F_3CF5_u32.to_be_bytes());
    head[18..20].copy_from_slice(&2048_u16.to_be_bytes());
    let mut glyph = words(&[1, 0, 0, 1024, 1024, 3, 0]);
    glyph.extend([1, 1, 1, 1]);
    glyph.extend(words(&[0, 1024, 0, -1024, 0, 0, 1024, 0]));
    let mut cmap = words(&[0, 1, 3, 10, 0, 12, 12, 0, 0, 28, 0, 0, 0, 1]);
    for code in [u32::from('印'), u32::from('印'), 1] {
        cmap.extend(code.to_be_bytes());
    }
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[34..36].copy_from_slice(&2_u16.to_be_bytes());
    let half = i16::try_from(glyph.len() / 2).unwrap();
    vec![
        (b"cmap", cmap),
        (b"glyf", glyph),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", words(&[1024, 0, 1536, 0])),
        (b"loca", words(&[0, 0, half])),
        (b"maxp", [vec![0, 0, 0x50, 0], words(&[2])].concat()),
    ]
}

const TRUETYPE: [u8; 4] = [0, 1, 0, 0];

fn is_square(bytes: &[u8], glyph: u32) -> bool {
    let Some(face) = Face::new(bytes) else {
        return false;
    };
    let bounds = face.outline(glyph).map(|path| path.bounds());
    bounds.is_some_and(|b| {
        (b.width() - 0.5).abs() < 1e-3 && (b.height() - 0.5).abs() < 1e-3 && b.left().abs() < 1e-3
    })
}

#[test]
fn truetype_is_read_by_character_and_by_glyph() {
    let font = sfnt(TRUETYPE, &square_tables());
    let face = Face::new(&font).unwrap();
    assert_eq!((face.glyph('印'), face.glyph('章')), (Some(1), None));
    assert!((face.advance(1) - 0.75).abs() < 1e-6);
    assert!(is_square(&font, 1));
    assert_eq!(repaired(font.clone()), font, "a sound font stays as it is");
    assert_eq!(repaired(FONT.to_vec()), FONT);
}

#[test]
fn garbled_headers_are_mended() {
    let good = square_tables();
    let without = |gone: &[u8; 4]| {
        let kept = good.iter().filter(|(tag, _)| *tag != gone).cloned();
        sfnt(TRUETYPE, &kept.collect::<Vec<_>>())
    };
    let mut unsorted = good.clone();
    unsorted.reverse();
    let mut long = sfnt(TRUETYPE, &good);
    let last = 12 + 16 * (good.len() - 1);
    long[last + 12..last + 16].copy_from_slice(&0x7FFF_FFFF_u32.to_be_bytes());
    let mut many = sfnt(TRUETYPE, &good);
    many[4..6].copy_from_slice(&900_u16.to_be_bytes());
    let cases = [
        ("version", sfnt(*b"\xDE\xAD\xBE\xEF", &good)),
        ("order", sfnt(TRUETYPE, &unsorted)),
        ("length", long),
        ("count", many),
        ("maxp", without(b"maxp")),
        ("head", without(b"head")),
        ("cmap", without(b"cmap")),
    ];
    for (name, font) in cases {
        assert!(is_square(&repaired(font), 1), "{name}");
    }
}

#[test]
fn bytes_before_a_header_are_skipped() {
    // Offsets count from the header, as such files have it.
    let font = [b"junk!".to_vec(), sfnt(TRUETYPE, &square_tables())].concat();
    assert!(!is_square(&font, 1));
    assert!(is_square(&repaired(font), 1));
}

/// The bare CFF table of the product's own font.
pub(crate) fn bare_cff() -> Vec<u8> {
    use skrifa::raw::TableProvider;
    let font = FontRef::new(FONT).unwrap();
    font.cff().unwrap().offset_data().as_bytes().to_vec()
}

/// The number by which a bare CFF table names a glyph of the product's own font.
pub(crate) fn number_in_bare_cff(glyph: u32) -> u32 {
    let bare = bare_cff();
    let font = CffFontRef::new(&bare, 0, None).unwrap();
    match font.charset() {
        Some(charset) if font.is_cid() => {
            let sid = charset.string_id(GlyphId::new(glyph)).unwrap();
            u32::from(sid.to_u16())
        }
        _ => glyph,
    }
}

#[test]
fn bare_cff_has_the_outlines_of_the_whole_font() {
    let bare = bare_cff();
    let (bare, whole) = (Face::new(&bare).unwrap(), Face::new(FONT).unwrap());
    let glyph = whole.glyph('营').unwrap();
    let number = number_in_bare_cff(glyph);
    assert_eq!(bare.outline(number), whole.outline(glyph));
    assert!((bare.advance(number) - whole.advance(glyph)).abs() < 1e-3);
}

/// What Type 1 calls encryption, with four bytes in front that mean nothing.
fn encrypted(plain: &[u8], mut key: u16) -> Vec<u8> {
    let plain = [&[0; 4], plain].concat();
    let cipher = plain.iter().map(|byte| {
        let cipher = byte ^ (key >> 8) as u8;
        key = u16::from(cipher)
            .wrapping_add(key)
            .wrapping_mul(52845)
            .wrapping_add(22719);
        cipher
    });
    cipher.collect()
}

/// A number as a Type 1 charstring holds it.
fn number(value: i32) -> Vec<u8> {
    [&[255][..], &value.to_be_bytes()].concat()
}

/// A Type 1 font whose glyph `A` is a square of half an em.
pub(crate) fn type1() -> Vec<u8> {
    let square = [
        number(0),
        number(600),
        vec![13],
        number(0),
        vec![22],
        number(500),
        vec![6],
        number(500),
        vec![7],
        number(-500),
        vec![6, 9, 14],
    ]
    .concat();
    let blank = [number(0), number(250), vec![13, 14]].concat();
    let mut private = b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} executeonly def \
        /ND {noaccess def} executeonly def /NP {noaccess put} executeonly def /BlueValues [] def /lenIV 4 def \
        /Subrs 0 array def\n2 index /CharStrings 2 dict dup begin\n"
        .to_vec();
    for (name, program) in [(".notdef", blank), ("A", square)] {
        let program = encrypted(&program, 4330);
        private.extend(format!("/{name} {} RD ", program.len()).bytes());
        private.extend(program);
        private.extend(b" ND\n");
    }
    private.extend(b"end end readonly put noaccess put dup/FontName get exch definefont pop mark currentfile closefile\n");
    let mut font = b"%!PS-AdobeFont-1.0: Square\n11 dict begin /FontName /Square def /PaintType 0 def /FontType 1 def \
        /FontMatrix [0.001 0 0 0.001 0 0] readonly def /Encoding StandardEncoding def \
        /FontBBox {0 0 1000 1000} readonly def currentdict end\ncurrentfile eexec\n"
        .to_vec();
    font.extend(encrypted(&private, 55665));
    font.extend(
        b"\n0000000000000000000000000000000000000000000000000000000000000000\ncleartomark\n",
    );
    font
}

#[test]
fn type1_is_read_by_the_names_of_its_glyphs() {
    let font = type1();
    let face = Face::new(&font).unwrap();
    let glyph = face.glyph('A').unwrap();
    assert!(is_square(&font, glyph));
    assert!((face.advance(glyph) - 0.6).abs() < 1e-3);
    let lead = [&b"\0\0\0"[..], &font].concat();
    assert!(Face::new(&lead).is_none());
    assert!(is_square(&repaired(lead), glyph));
}
