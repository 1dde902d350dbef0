//! Font headers that writers garble, mended as far as the tables behind them allow.
//!
//! Seen in real files: a wrong version word, bytes before the header, tables in any order or longer
//! than the file, no `maxp`, no `head`. Nothing is mended in a font that reads as it is.

use skrifa::FontRef;
use skrifa::raw::TableProvider;

use super::Face;

const HEADER: usize = 12;
const RECORD: usize = 16;
/// The most tables a font may have.
const MAX_TABLES: usize = 64;
/// How many bytes before a header are looked through.
const MAX_LEAD: usize = 1024;

/// The bytes, mended if they do not read as a font as they are and can be.
pub(crate) fn repaired(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(b"ttcf") || Face::new(&bytes).is_some_and(|face| reads(&face, &bytes)) {
        return bytes;
    }
    mended(&bytes).unwrap_or(bytes)
}

/// Whether outlines can be found in it, not only its directory.
fn reads(_: &Face<'_>, bytes: &[u8]) -> bool {
    match FontRef::new(bytes) {
        Ok(font) => font.glyf().is_ok() && font.loca(None).is_ok() || font.cff().is_ok(),
        // Bare CFF and Type 1 have no directory.
        Err(_) => true,
    }
}

fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let window = bytes.get(..bytes.len().min(MAX_LEAD))?;
    if let Some(at) = window.windows(2).position(|pair| pair == b"%!") {
        return Some(bytes.get(at..)?.to_vec());
    }
    // The first place whose records name tables of a font.
    let lead = (0..window.len()).find(|at| {
        let first = bytes.get(at + HEADER..at + HEADER + 4);
        first.is_some_and(|tag| KNOWN.iter().any(|known| known.as_slice() == tag))
    })?;
    let font = bytes.get(lead..)?;
    let mut tables = tables(font);
    complete(&mut tables);
    if !tables
        .iter()
        .any(|(tag, _)| matches!(tag, b"glyf" | b"CFF " | b"CFF2"))
    {
        return None;
    }
    let made = assembled(&mut tables);
    Face::new(&made).is_some().then_some(made)
}

const KNOWN: [&[u8; 4]; 22] = [
    b"BASE", b"CFF ", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"LTSH", b"OS/2", b"VDMX", b"cmap",
    b"cvt ", b"fpgm", b"gasp", b"glyf", b"hdmx", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"name", b"post",
];

type Table = ([u8; 4], Vec<u8>);

/// The tables a directory names, cut where the file ends.
fn tables(font: &[u8]) -> Vec<Table> {
    let records = font.get(HEADER..).unwrap_or_default();
    let mut found: Vec<Table> = Vec::new();
    for record in records.chunks_exact(RECORD).take(MAX_TABLES) {
        let [a, b, c, d, _, _, _, _, rest @ ..] = record else {
            break;
        };
        let tag = [*a, *b, *c, *d];
        // The directory ends where the tags do, whatever count the header gives.
        if !tag.iter().all(|byte| (b' '..=b'~').contains(byte)) {
            break;
        }
        let [o0, o1, o2, o3, l0, l1, l2, l3] = rest else {
            break;
        };
        let offset = u32::from_be_bytes([*o0, *o1, *o2, *o3]) as usize;
        let length = u32::from_be_bytes([*l0, *l1, *l2, *l3]) as usize;
        let end = offset.saturating_add(length).min(font.len());
        if let Some(table) = font.get(offset..end).filter(|table| !table.is_empty())
            && !found.iter().any(|(known, _)| *known == tag)
        {
            found.push((tag, table.to_vec()));
        }
    }
    found
}

fn length_of(tables: &[Table], tag: [u8; 4]) -> Option<usize> {
    let found = tables.iter().find(|(known, _)| *known == tag);
    found.map(|(_, table)| table.len())
}

/// Makes the two small tables outlines cannot be found without.
fn complete(tables: &mut Vec<Table>) {
    let (loca, glyf) = (length_of(tables, *b"loca"), length_of(tables, *b"glyf"));
    let long = tables
        .iter()
        .find(|(tag, _)| tag == b"loca")
        .is_some_and(|(_, table)| {
            // A long index ends with the length of `glyf` or a little less; a short one with half.
            let last = table
                .last_chunk::<4>()
                .map(|last| u32::from_be_bytes(*last) as usize);
            last.zip(glyf)
                .is_some_and(|(last, glyf)| last <= glyf && last + 4 > glyf)
        });
    if length_of(tables, *b"head").is_none_or(|length| length < 54) {
        tables.retain(|(tag, _)| tag != b"head");
        let mut head = vec![0; 54];
        head[..4].copy_from_slice(&[0, 1, 0, 0]);
        head[12..16].copy_from_slice(&0x5F0F_3CF5_u32.to_be_bytes());
        // OFD writers use 1000 or 2048 units; `CFF ` says so itself, TrueType is mostly 2048.
        let units: u16 = if glyf.is_some() { 2048 } else { 1000 };
        head[18..20].copy_from_slice(&units.to_be_bytes());
        head[51] = u8::from(long);
        tables.push((*b"head", head));
    }
    if length_of(tables, *b"maxp").is_none_or(|length| length < 6) {
        tables.retain(|(tag, _)| tag != b"maxp");
        let glyphs = loca.map_or(u16::MAX.into(), |length| {
            (length / if long { 4 } else { 2 }).saturating_sub(1)
        });
        let glyphs = u16::try_from(glyphs).unwrap_or(u16::MAX);
        let mut maxp = vec![0, 0, 0x50, 0, 0, 0];
        maxp[4..6].copy_from_slice(&glyphs.to_be_bytes());
        tables.push((*b"maxp", maxp));
    }
}

/// A font of these tables, in the order readers search.
fn assembled(tables: &mut [Table]) -> Vec<u8> {
    tables.sort();
    let is_cff = tables.iter().any(|(tag, _)| tag == b"CFF ");
    let mut made = if is_cff {
        b"OTTO".to_vec()
    } else {
        vec![0, 1, 0, 0]
    };
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    made.extend(count.to_be_bytes());
    made.extend([0; 6]);
    let mut offset = HEADER + RECORD * tables.len();
    for (tag, table) in tables.iter() {
        made.extend(tag);
        made.extend([0; 4]);
        for number in [offset, table.len()] {
            made.extend(u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables.iter() {
        made.extend(table);
        made.resize(made.len().next_multiple_of(4), 0);
    }
    made
}
