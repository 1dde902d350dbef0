//! From soft modules to bytes: unmask, put the blocks together, repair the unsure ones first.

use rxing::qrcode::common::VersionRef;
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::DataBlock;

use crate::alphabet;
use crate::grid::format::{Format, masked};
use crate::grid::padding::{is_padded, padding};
use crate::grid::repair::Damaged;
use crate::grid::symbol::Symbol;

/// Check symbols that must be left over after a repair: each makes a false one 256 times rarer.
const SPARE: usize = 2;
/// How far, in standard deviations of a wrong guess, the repaired symbols of a block must agree with
/// what was seen of them where there is no such spare: a wrong guess does so once in three million.
const PROOF: f32 = 5.0;

/// The text of soft modules (positive is dark), a value a module; none when beyond repair.
pub(crate) fn text(symbol: &Symbol, format: Format, soft: &[f32]) -> Option<String> {
    let words = Words::seen(symbol, format, soft)?;
    words.read(&[]).or_else(|| {
        // Once the length is seen, what follows the text is known before it is read.
        let known = padding(&words.message(), symbol.version);
        if known.is_empty() {
            return None;
        }
        words.read(&known)
    })
}

/// The symbols of a code as far as they could be seen.
struct Words<'a> {
    symbol: &'a Symbol,
    format: Format,
    soft: &'a [f32],
    /// In the order they are drawn.
    bytes: Vec<u8>,
    /// How sure each is, in hundredths of a clean module.
    trust: Vec<u8>,
    blocks: Vec<Block>,
}

/// Where the symbols of a block are drawn, its data first.
struct Block {
    places: Vec<usize>,
    data: usize,
}

/// A block after its repair.
struct Repaired {
    bytes: Vec<u8>,
    /// Places in the block that had been named.
    named: Vec<usize>,
    spare: usize,
}

impl<'a> Words<'a> {
    fn seen(symbol: &'a Symbol, format: Format, soft: &'a [f32]) -> Option<Self> {
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
        let blocks = blocks(bytes.len(), symbol.version, format)?;
        Some(Self {
            symbol,
            format,
            soft,
            bytes,
            trust,
            blocks,
        })
    }

    /// Where the data symbols are drawn and what was seen there, in the order of the message.
    fn message(&self) -> Vec<(usize, u8)> {
        let places = self
            .blocks
            .iter()
            .flat_map(|block| &block.places[..block.data]);
        places.map(|place| (*place, self.bytes[*place])).collect()
    }

    /// The text, some symbols being known.
    fn read(&self, known: &[(usize, u8)]) -> Option<String> {
        let mut bytes = self.bytes.clone();
        for (place, byte) in known {
            bytes[*place] = *byte;
        }
        let is_known = |place: &usize| known.iter().any(|(known, _)| known == place);
        let mut message: Vec<(usize, u8)> = Vec::new();
        let mut named = 0;
        for block in &self.blocks {
            let seen: Vec<u8> = block.places.iter().map(|place| bytes[*place]).collect();
            let mut order: Vec<usize> = (0..seen.len())
                .filter(|at| !is_known(&block.places[*at]))
                .collect();
            order.sort_by_key(|at| self.trust[block.places[*at]]);
            let repaired = repaired(&seen, seen.len() - block.data, &order)?;
            let mut proof = Proof::default();
            for (at, place) in block.places.iter().enumerate() {
                let is_guessed = seen[at] != repaired.bytes[at] || repaired.named.contains(&at);
                if is_guessed && !is_known(place) {
                    self.weigh(*place, repaired.bytes[at], &mut proof);
                }
            }
            // Naming places gives check symbols away; what is seen of them takes their part.
            let is_safe = repaired.named.is_empty() || repaired.spare >= SPARE;
            if !is_safe && proof.deviations() < PROOF {
                return None;
            }
            named += repaired.named.len();
            let places = block.places.iter().zip(&repaired.bytes);
            message.extend(places.take(block.data).map(|(place, byte)| (*place, *byte)));
        }
        let version = self.symbol.version;
        let is_as_known = known.is_empty() || padding(&message, version) == known;
        let message: Vec<u8> = message.into_iter().map(|(_, byte)| byte).collect();
        if !is_as_known || named > 0 && !is_padded(&message, version) {
            return None;
        }
        let read = DecodeBitStream(&message, version, self.format.level).ok()?;
        read.isValid()
            .then(|| alphabet::text(&read))
            .filter(|text| !text.is_empty())
    }

    /// Compares a symbol with what was seen of its modules.
    fn weigh(&self, place: usize, byte: u8, proof: &mut Proof) {
        for (bit, (x, y)) in self.symbol.data[place * 8..][..8].iter().enumerate() {
            let (x, y) = (usize::from(*x), usize::from(*y));
            let dark = (byte >> (7 - bit) & 1 == 1) != masked(self.format.mask, x, y);
            let seen = self.soft[y * self.symbol.side + x].clamp(-1.0, 1.0);
            proof.agreement += if dark { seen } else { -seen };
            proof.squares += seen * seen;
        }
    }
}

/// How well guessed modules agree with what was seen of them.
#[derive(Default)]
struct Proof {
    agreement: f32,
    squares: f32,
}

impl Proof {
    /// In standard deviations of a guess that has nothing to do with what was seen.
    fn deviations(&self) -> f32 {
        self.agreement / self.squares.sqrt().max(0.1)
    }
}

/// The blocks of a code. rxing tells bytes apart, so that it is asked for both bytes of the places.
fn blocks(count: usize, version: VersionRef, format: Format) -> Option<Vec<Block>> {
    let asked = |shift: usize| {
        let bytes: Vec<u8> = (0..count).map(|place| (place >> shift) as u8).collect();
        DataBlock::getDataBlocks(&bytes, version, format.level).ok()
    };
    let (low, high) = (asked(0)?, asked(8)?);
    let block = |(low, high): (&DataBlock, &DataBlock)| Block {
        places: low
            .getCodewords()
            .iter()
            .zip(high.getCodewords())
            .map(|(low, high)| usize::from(*low) | usize::from(*high) << 8)
            .collect(),
        data: low.getNumDataCodewords() as usize,
    };
    Some(low.iter().zip(&high).map(block).collect())
}

/// A block with more and more of its least sure symbols named until it can be repaired; with spare
/// check symbols if that is possible.
fn repaired(block: &[u8], checks: usize, order: &[usize]) -> Option<Repaired> {
    let damaged = Damaged::new(block, checks);
    let mut last = None;
    for named in (0..=checks.min(order.len())).step_by(2) {
        let Some(mended) = damaged.mended(&order[..named]) else {
            continue;
        };
        let Some(spare) = checks.checked_sub(named + 2 * mended.surprises) else {
            continue;
        };
        let repaired = Repaired {
            bytes: mended.block,
            named: order[..named].to_vec(),
            spare,
        };
        if named == 0 || spare >= SPARE {
            return Some(repaired);
        }
        last = Some(repaired);
    }
    last
}
