//! The font file of the package: only the signs used, readable by every viewer.
//!
//! `subsetter` cuts outlines and widths but drops the character map, because PDF needs none. OFD
//! viewers look characters up in the font, so a `cmap` (format 12) and the `OS/2` table of the
//! source are put back and the table directory is written anew (OpenType 1.9, "Font file").

use std::collections::BTreeMap;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, Tag};
use subsetter::GlyphRemapper;

use super::WriteError;
use super::typeface::Typeface;

const CMAP: [u8; 4] = *b"cmap";
const HEAD: [u8; 4] = *b"head";
const OS2: [u8; 4] = *b"OS/2";

pub(super) fn subset(font: &[u8], typeface: &Typeface<'_>) -> Result<Vec<u8>, WriteError> {
    let mut remapper = GlyphRemapper::new();
    let mut map = BTreeMap::new();
    for (&character, &glyph) in typeface.used() {
        map.insert(u32::from(character), remapper.remap(glyph));
    }
    let cut = subsetter::subset(font, 0, &remapper).map_err(|_| WriteError::Font)?;
    let cut = FontRef::new(&cut).map_err(|_| WriteError::Font)?;
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    for record in cut.table_directory().table_records() {
        let data = cut.table_data(record.tag()).ok_or(WriteError::Font)?;
        tables.insert(record.tag().to_be_bytes(), data.as_bytes().to_vec());
    }
    let source = FontRef::new(font).map_err(|_| WriteError::Font)?;
    if let Some(os2) = source.table_data(Tag::new(&OS2)) {
        tables.insert(OS2, os2.as_bytes().to_vec());
    }
    tables.insert(CMAP, character_map(&map));
    let is_cff = cut.cff().is_ok();
    assemble(if is_cff { *b"OTTO" } else { [0, 1, 0, 0] }, tables)
}

/// A `cmap` with one format 12 subtable for Windows Unicode and for Unicode.
fn character_map(map: &BTreeMap<u32, u16>) -> Vec<u8> {
    // Runs of characters whose glyphs follow each other too.
    let mut groups: Vec<(u32, u32, u32)> = Vec::new();
    for (&character, &glyph) in map {
        let glyph = u32::from(glyph);
        match groups.last_mut() {
            Some((first, last, start))
                if *last + 1 == character && *start + (character - *first) == glyph =>
            {
                *last = character;
            }
            _ => groups.push((character, character, glyph)),
        }
    }
    let group_count = u32::try_from(groups.len()).unwrap_or(0);
    let mut table = Vec::new();
    let put16 = |table: &mut Vec<u8>, values: &[u16]| {
        for value in values {
            table.extend(value.to_be_bytes());
        }
    };
    let put32 = |table: &mut Vec<u8>, values: &[u32]| {
        for value in values {
            table.extend(value.to_be_bytes());
        }
    };
    // version, two encodings; (0, 4) Unicode full, (3, 10) Windows full; both at offset 20.
    put16(&mut table, &[0, 2, 0, 4]);
    put32(&mut table, &[20]);
    put16(&mut table, &[3, 10]);
    put32(&mut table, &[20]);
    put16(&mut table, &[12, 0]);
    put32(&mut table, &[16 + 12 * group_count, 0, group_count]);
    for (first, last, glyph) in groups {
        put32(&mut table, &[first, last, glyph]);
    }
    table
}

/// A font file of these tables, with checksums.
fn assemble(kind: [u8; 4], mut tables: BTreeMap<[u8; 4], Vec<u8>>) -> Result<Vec<u8>, WriteError> {
    let count = u16::try_from(tables.len()).map_err(|_| WriteError::Font)?;
    let head = tables
        .get_mut(&HEAD)
        .filter(|head| head.len() >= 12)
        .ok_or(WriteError::Font)?;
    head[8..12].fill(0);
    let power = 15 - count.leading_zeros().min(15);
    let search_range = 16 << power;
    let mut file = Vec::new();
    file.extend(kind);
    for value in [
        count,
        search_range,
        u16::try_from(power).unwrap_or(0),
        count * 16 - search_range,
    ] {
        file.extend(value.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head_at = None;
    for (tag, data) in &tables {
        if *tag == HEAD {
            head_at = Some(offset);
        }
        file.extend(tag);
        for value in [checksum(data), length(offset)?, length(data.len())?] {
            file.extend(value.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    for data in tables.values() {
        file.extend(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    let at = head_at.ok_or(WriteError::Font)? + 8;
    file[at..at + 4].copy_from_slice(&adjustment.to_be_bytes());
    Ok(file)
}

fn length(value: usize) -> Result<u32, WriteError> {
    u32::try_from(value).map_err(|_| WriteError::Font)
}

/// The sum of big-endian words, zeros after the end.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
