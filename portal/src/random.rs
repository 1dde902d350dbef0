//! The portal's randomness: the system's source, through one door.

use ring::rand::{SecureRandom, SystemRandom};

/// The system's random source failed; nothing secret can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system has no randomness")]
pub struct RandomError;

/// The system's random source.
#[derive(Debug, Clone)]
pub struct Random(SystemRandom);

impl Default for Random {
    fn default() -> Self {
        Self(SystemRandom::new())
    }
}

impl Random {
    /// Fresh bytes.
    ///
    /// # Errors
    /// [`RandomError`] when the system has none.
    pub fn make_bytes<const N: usize>(&self) -> Result<[u8; N], RandomError> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).map_err(|_| RandomError)?;
        Ok(bytes)
    }

    /// A number below `bound`, every one equally likely. `bound` of 0 gives 0.
    ///
    /// # Errors
    /// [`RandomError`] when the system has none.
    pub fn make_below(&self, bound: u32) -> Result<u32, RandomError> {
        let whole = u32::MAX - u32::MAX.checked_rem(bound).unwrap_or(0);
        loop {
            let drawn = u32::from_le_bytes(self.make_bytes()?);
            if bound == 0 {
                return Ok(0);
            }
            // The last, incomplete run of remainders would make small numbers likelier.
            if drawn < whole {
                return Ok(drawn % bound);
            }
        }
    }

    /// Decimal digits, leading zeros kept.
    ///
    /// # Errors
    /// [`RandomError`] when the system has none.
    pub fn make_digits(&self, count: usize) -> Result<String, RandomError> {
        (0..count)
            .map(|_| {
                let digit = self.make_below(10)?;
                char::from_digit(digit, 10).ok_or(RandomError)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn digits_are_digits_and_bounds_hold() {
        let random = Random::default();
        let digits = random.make_digits(9).expect("random");
        assert_eq!(digits.len(), 9);
        assert!(digits.bytes().all(|digit| digit.is_ascii_digit()));
        let mut seen = [false; 3];
        for _ in 0..200 {
            seen[random.make_below(3).expect("random") as usize] = true;
        }
        assert_eq!(seen, [true; 3]);
    }
}
