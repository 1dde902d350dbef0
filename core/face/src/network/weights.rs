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

/// One piece: how much of each fraction was kept, the exponents it uses, bits of its first half, its
/// numbers.
fn read(bits: &mut Bits<'_>, piece: &mut [f32]) {
    let kept = (bits.next(8) as u32).clamp(1, FRACTION);
    let mut code = Code {
        kept,
        exponents: [0; PLACES],
    };
    for at in 0..bits.next(8) as usize {
        code.exponents[at % PLACES] = bits.next(8) as u32;
    }
    let half = bits.next(32) as usize;
    // Where a number ends depends on the number: two at a time, a processor need not wait.
    let mut ahead = Bits {
        bytes: bits.bytes,
        at: bits.at + half,
    };
    let (first, second) = piece.split_at_mut(piece.len() / 2);
    let (pairs, last) = second.split_at_mut(first.len());
    for (first, second) in first.iter_mut().zip(pairs) {
        *first = code.number(bits);
        *second = code.number(&mut ahead);
    }
    for number in last {
        *number = code.number(&mut ahead);
    }
    *bits = ahead;
}

/// How the numbers of a piece are written.
struct Code {
    kept: u32,
    exponents: [u32; PLACES],
}

impl Code {
    #[inline]
    fn number(&self, bits: &mut Bits<'_>) -> f32 {
        // Enough for a whole number: at most 57 bits.
        let window = bits.window();
        let ones = window.leading_ones() & 31;
        let window = window << (ones + 1);
        let place = (ones as usize) << 1 | (window >> 63) as usize;
        let exponent = self.exponents[place % PLACES];
        if exponent == 0 {
            bits.at += ones as usize + 2;
            return 0.0;
        }
        let kept = self.kept;
        bits.at += (ones + 3 + kept) as usize;
        let signed = (window << 1 >> (63 - kept)) as u32;
        let (sign, fraction) = (signed >> kept, signed & ((1 << kept) - 1));
        f32::from_bits(sign << 31 | exponent << FRACTION | fraction << (FRACTION - kept))
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
    fn piece() -> Vec<u8> {
        // Three numbers, two bits kept, the exponents of 1 and 1/2.
        let head = [0, 0, 0, 3, 2, 2, 127, 126];
        // The first half, which is one number, has five bits.
        let half = [0, 0, 0, 5];
        // 00 0 01: 1.25; 01 1 11: -0.875; 00 0 00: 1.0.
        let numbers = [0b0000_1011, 0b1100_0000];
        [&head[..], &half, &numbers, &[0; 8]].concat()
    }

    fn bits(numbers: &Numbers) -> Vec<u32> {
        numbers
            .all()
            .iter()
            .map(|number| number.to_bits())
            .collect()
    }

    #[test]
    fn numbers_come_out_as_written_and_pieces_are_filled_up() {
        let mut wanted = [0.0f32; 16];
        wanted[..3].copy_from_slice(&[1.25, -0.875, 1.0]);
        assert_eq!(bits(&unpacked(&piece(), 16)), wanted.map(f32::to_bits));
    }

    #[test]
    fn cut_off_bytes_end_in_zeros() {
        assert_eq!(bits(&unpacked(&piece()[..3], 16)), [0; 16]);
        assert_eq!(bits(&unpacked(&[], 32)), [0; 32]);
        assert_eq!(bits(&unpacked(&[0xff; 9], 32)), [0; 32]);
    }
}
