//! Numbers in few bits, for `src/network/weights.rs` to read again.
//!
//! Weights crowd round zero: which power of two one lies at carries less than three bits, for which
//! a float spends eight. So a piece of numbers begins with the exponents it uses, the most frequent
//! first, and each number is the place of its exponent in that list (all but the last bit as so many
//! ones and a zero), its sign, and as much of its fraction as the piece keeps. Where a number ends only
//! reading tells, so a piece says where its second half begins: a reader works on both at a time.

use std::collections::BTreeMap;

/// Bits of the fraction of a float.
const FRACTION: u32 = 23;

/// A file under way.
#[derive(Default)]
pub(crate) struct Squeezed {
    bytes: Vec<u8>,
    /// Bits of the last byte that are taken.
    taken: u32,
}

impl Squeezed {
    /// Adds a piece; of each fraction at most so many bits are kept, and no more than any of the
    /// numbers has: half floats stay as they are.
    pub(crate) fn put(&mut self, numbers: &[f32], most: u32) {
        let used = |number: &f32| FRACTION - fraction(*number).trailing_zeros().min(FRACTION);
        let needed = numbers.iter().map(used).max().unwrap_or(0);
        let kept = needed.min(most).max(1);
        let bits: Vec<u32> = numbers
            .iter()
            .map(|number| rounded(*number, kept))
            .collect();
        let mut counts = BTreeMap::new();
        for bits in &bits {
            *counts.entry(exponent(*bits)).or_insert(0usize) += 1;
        }
        let mut listed: Vec<u32> = counts.keys().copied().collect();
        listed.sort_by_key(|exponent| std::cmp::Reverse(counts[exponent]));
        self.write(bits.len() as u32, 32);
        self.write(kept, 8);
        self.write(listed.len() as u32, 8);
        for exponent in &listed {
            self.write(*exponent, 8);
        }
        let places: BTreeMap<u32, u32> = listed.into_iter().zip(0..).collect();
        let length = |bits: &u32| {
            let signed = if exponent(*bits) > 0 { 1 + kept } else { 0 };
            places[&exponent(*bits)] / 2 + 2 + signed
        };
        self.write(bits[..bits.len() / 2].iter().map(length).sum(), 32);
        for bits in bits {
            let place = places[&exponent(bits)];
            for _ in 0..place / 2 {
                self.write(1, 1);
            }
            self.write(place % 2, 2);
            if exponent(bits) > 0 {
                self.write(bits >> 31, 1);
                self.write((bits & fraction_mask()) >> (FRACTION - kept), kept);
            }
        }
    }

    /// The file. Eight more bytes spare the reader a case for its end.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.extend([0; 8]);
        self.bytes
    }

    /// So many low bits of a value, highest first.
    fn write(&mut self, value: u32, bits: u32) {
        for at in (0..bits).rev() {
            if self.taken == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> at & 1) as u8) << (7 - self.taken);
            }
            self.taken = (self.taken + 1) % 8;
        }
    }
}

const fn fraction_mask() -> u32 {
    (1 << FRACTION) - 1
}

fn fraction(number: f32) -> u32 {
    number.to_bits() & fraction_mask()
}

/// As it is stored: 0 for zero and for what is too small to be told from it.
fn exponent(bits: u32) -> u32 {
    bits >> FRACTION & 0xff
}

/// The nearest number with so many bits of fraction, the even one of two; zeros have no sign.
fn rounded(number: f32, kept: u32) -> u32 {
    let bits = number.to_bits();
    if exponent(bits) == 0 {
        return 0;
    }
    if kept == FRACTION {
        return bits;
    }
    let dropped = FRACTION - kept;
    let half = (1 << (dropped - 1)) - 1 + (bits >> dropped & 1);
    (bits + half) >> dropped << dropped
}
