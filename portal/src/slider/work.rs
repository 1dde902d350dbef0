//! Work that the browser does while the person moves the piece: a number whose SHA-256 together
//! with the puzzle's name begins with enough zeros.
//!
//! A fifth of a second on a phone, and as much for every try of a program. Failures of a network
//! or at an account make it more. The puzzle's name is random and used once, and so is the work.

use quanshengshi_protocol::ids::Digest;

use crate::slider::PuzzleId;

/// Zeros asked for when nothing is suspicious: 65 536 hashes on average.
const USUAL_BITS: u32 = 16;
/// The most zeros asked for: some seconds on a phone.
const MOST_BITS: u32 = 21;
/// The longest number that is read.
const MOST_DIGITS: usize = 16;

/// How many zeros are asked for after a number of failures: one more each time they double.
pub fn bits_after(failures: u32) -> u32 {
    let doublings = u32::BITS - failures.leading_zeros();
    (USUAL_BITS + doublings).min(MOST_BITS)
}

/// Whether a number is the work that a puzzle asked for.
pub fn is_done(puzzle: PuzzleId, bits: u32, number: &str) -> bool {
    let digits = (1..=MOST_DIGITS).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit());
    digits && zeros(&Digest::of(format!("{puzzle}:{number}").as_bytes())) >= bits
}

fn zeros(digest: &Digest) -> u32 {
    let mut zeros = 0;
    for byte in digest.as_bytes() {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros
}

/// The work as the script does it.
#[cfg(test)]
pub(crate) fn do_work(puzzle: PuzzleId, bits: u32) -> String {
    let mut numbers = 0_u64..;
    let found = numbers.find(|number| is_done(puzzle, bits, &number.to_string()));
    found.unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::{PuzzleId, bits_after, do_work, is_done};

    #[test]
    fn lg_03_failures_make_the_work_more_up_to_a_bound() {
        let bits = [0, 1, 2, 3, 4, 8, 15, 16, 100, u32::MAX].map(bits_after);
        assert_eq!(bits, [16, 17, 18, 18, 19, 20, 20, 21, 21, 21]);
    }

    /// The same number comes out of the script (`assets/work.js`).
    #[test]
    fn lg_03_the_work_is_frozen_and_of_its_puzzle() {
        let puzzle = PuzzleId::from_bytes([7; 16]);
        let number = do_work(puzzle, 12);
        assert_eq!(number, "1837");
        assert!(is_done(puzzle, 12, &number));
        assert!(!is_done(puzzle, 24, &number));
        assert!(!is_done(PuzzleId::from_bytes([8; 16]), 12, &number));
    }

    #[test]
    fn lg_03_what_is_no_number_is_no_work() {
        let puzzle = PuzzleId::from_bytes([7; 16]);
        for text in ["", "-1", "1 ", "１", "12345678901234567", "0x10"] {
            assert!(!is_done(puzzle, 0, text), "{text}");
        }
        assert!(is_done(puzzle, 0, "1"));
    }
}
