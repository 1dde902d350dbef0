//! Reads what `build/squeeze.rs` wrote: the weights of a network.

use super::workspace::Numbers;

/// Bits of the fraction of a float.
const FRACTION: u32 = 23;
/// Every piece starts at a multiple of so many numbers.
const ALIGNED: usize = 16;
/// More exponents than any piece has. A power of two: a place is masked, not checked.
const PLACES: usize = 128;

/// So many numbers, from all pieces.
pub(super) fn unpacked(bytes: &[u8], length: usize) -> Numbers {
    let mut numbers = Numbers::zeros(length);
    let mut bits = Bits { bytes, at: 0 };
    let mut rest = numbers.all_mut();
    while !rest.is_empty() {
        let count = bits.next(32) as usize;
        let room = count.checked_next_multiple_of(ALIGNED).unwrap_or(0);
        let Some((piece, behind)) = rest.split_at_mut_checked(room) else {
            break;
        };
        // Only bytes that are no weights have a piece of nothing.
        if piece.is_empty() {
            break;
        }
        read(&mut bits, &mut piece[..count]);
        rest = behind;
    }
    numbers
}

/// One piece: how much of each fraction was kept, the exponents it uses, its numbers.
fn read(bits: &mut Bits<'_>, piece: &mut [f32]) {
    let kept = (bits.next(8) as u32).clamp(1, FRACTION);
    let mut exponents = [0; PLACES];
    for at in 0..bits.next(8) as usize {
        exponents[at % PLACES] = bits.next(8) as u32;
    }
    for number in piece {
        // Enough for a whole number: at most 57 bits.
        let window = bits.window();
        let ones = window.leading_ones() & 31;
        let window = window << (ones + 1);
        let place = (ones as usize) << 1 | (window >> 63) as usize;
        let exponent = exponents[place % PLACES];
        if exponent == 0 {
            bits.at += ones as usize + 2;
            continue;
        }
        let signed = (window << 1 >> (63 - kept)) as u32;
        let (sign, fraction) = (signed >> kept, signed & ((1 << kept) - 1));
        *number = f32::from_bits(sign << 31 | exponent << FRACTION | fraction << (FRACTION - kept));
        bits.at += (ones + 3 + kept) as usize;
    }
}

/// Bits, the highest of a byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// The next bits at the top of a word, at least 57 of them; zeros behind the end.
    #[inline]
    fn window(&self) -> u64 {
        let ahead = self.bytes.get(self.at / 8..).unwrap_or_default();
        let word = ahead.first_chunk().copied().map_or(0, u64::from_be_bytes);
        word << (self.at % 8)
    }

    /// A value of 1 to 32 bits.
    fn next(&mut self, bits: usize) -> u64 {
        let value = self.window() >> (64 - bits);
        self.at += bits;
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A piece of three numbers with two exponents and two bits of fraction, by hand.
    const PIECE: [u8; 17] = [
        0,
        0,
        0,
        3,
        2,
        2,
        127,
        126,         // three numbers, two bits kept, exponents of 1 and 1/2
        0b0000_1011, // 00 0 01: 1.25, then 01 1 ...
        0b1100_0000, // ... 11: -0.875, then 00 0 00: 1.0
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    ];

    #[test]
    fn numbers_come_out_as_written_and_pieces_are_filled_up() {
        let numbers = unpacked(&PIECE, 16);
        assert_eq!(numbers.all()[..4], [1.25, -0.875, 1.0, 0.0]);
        assert_eq!(numbers.all().len(), 16);
    }

    #[test]
    fn cut_off_bytes_end_in_zeros() {
        assert_eq!(unpacked(&PIECE[..3], 16).all(), [0.0; 16]);
        assert_eq!(unpacked(&[], 32).all(), [0.0; 32]);
        assert_eq!(unpacked(&[0xff; 9], 32).all(), [0.0; 32]);
    }
}
