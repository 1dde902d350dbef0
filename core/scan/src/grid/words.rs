//! From soft modules to bytes: unmask, put the blocks together, repair the unsure ones first.

use rxing::qrcode::common::VersionRef;
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::DataBlock;

use crate::alphabet;
use crate::grid::format::{Format, masked};
use crate::grid::repair::repair;
use crate::grid::symbol::Symbol;

/// Check symbols that must be left over after a repair: each makes a false one 256 times rarer.
const SPARE: usize = 2;

/// The text of soft modules (positive is dark), a value a module; none when beyond repair.
pub(crate) fn text(symbol: &Symbol, format: Format, soft: &[f32]) -> Option<String> {
    let (bytes, trust): (Vec<u8>, Vec<u8>) = symbol
        .data
        .chunks_exact(8)
        .map(|places| {
            let (mut byte, mut least) = (0u8, f32::INFINITY);
            for (x, y) in places {
                let (x, y) = (usize::from(*x), usize::from(*y));
                let value = soft[y * symbol.side + x];
                byte = byte << 1 | u8::from((value > 0.0) != masked(format.mask, x, y));
                least = least.min(value.abs());
            }
            (byte, (least * 100.0).min(255.0) as u8)
        })
        .unzip();
    let version = symbol.version;
    let blocks = DataBlock::getDataBlocks(&bytes, version, format.level).ok()?;
    let trusts = DataBlock::getDataBlocks(&trust, version, format.level).ok()?;
    let mut message = Vec::new();
    let mut named = 0;
    for (block, trust) in blocks.iter().zip(&trusts) {
        let data = block.getNumDataCodewords() as usize;
        let (bytes, needed) = repaired(block.getCodewords(), data, trust.getCodewords())?;
        message.extend(bytes);
        named += needed;
    }
    // Naming places gives check symbols away; the padding takes their part.
    (named == 0 || is_padded(&message, version)).then_some(())?;
    let read = DecodeBitStream(&message, version, format.level).ok()?;
    read.isValid()
        .then(|| alphabet::text(&read))
        .filter(|text| !text.is_empty())
}

/// The data of a block, naming more and more of its least sure symbols until it can be repaired,
/// and how many were named.
fn repaired(block: &[u8], data: usize, trust: &[u8]) -> Option<(Vec<u8>, usize)> {
    let checks = block.len() - data;
    let mut order: Vec<usize> = (0..block.len()).collect();
    order.sort_by_key(|place| trust[*place]);
    let most = checks.saturating_sub(SPARE);
    for named in (0..=most).step_by(2) {
        let mut tried = block.to_vec();
        let Some(surprises) = repair(&mut tried, checks, &order[..named]) else {
            continue;
        };
        if named == 0 || named + 2 * surprises + SPARE <= checks {
            tried.truncate(data);
            return Some((tried, named));
        }
    }
    None
}

/// Whether what follows the first segment's end looks like the padding the standard asks for.
/// Checked for one byte segment, which is what nearly all codes are; others are let through.
fn is_padded(message: &[u8], version: VersionRef) -> bool {
    let bit = |at: usize| {
        message
            .get(at / 8)
            .map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1))
    };
    let number =
        |from: usize, count: usize| (from..from + count).fold(0, |sum, at| sum << 1 | bit(at));
    if number(0, 4) != 4 {
        return true;
    }
    let counter = if version.getVersionNumber() < 10 {
        8
    } else {
        16
    };
    let end = 4 + counter + number(4, counter) * 8;
    if end > message.len() * 8 {
        return false;
    }
    if number(end, 4) != 0 {
        return true;
    }
    let rest = message.get((end + 4).div_ceil(8)..).unwrap_or_default();
    // Some writers put a byte of nothing before the padding.
    let rest = rest.strip_prefix(&[0]).unwrap_or(rest);
    let pads = [0xEC, 0x11].into_iter().cycle();
    rest.iter().zip(pads).all(|(byte, pad)| *byte == pad) || rest.iter().all(|byte| *byte == 0)
}
