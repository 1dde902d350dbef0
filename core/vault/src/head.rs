//! The head row: what the seals of single rows cannot show.
//!
//! A seal per row sees a changed or moved row. It does not see a row that is missing, was added back, or is
//! an older state of itself. The head row counts changes and rows and keeps the XOR of all keyed row tags;
//! it changes in the same transaction as the rows.

use zeroize::Zeroizing;

use crate::error::{Part, VaultError};
use crate::seal::KEY_BYTES;

const HEAD_BYTES: usize = 8 + 8 + 32;

/// Counter, number of rows, combined tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Rises by one with each change; the sequence number of the row last put.
    pub(crate) counter: u64,
    /// How many rows there are.
    pub(crate) rows: u64,
    /// XOR of the tags of all rows.
    pub(crate) tags: [u8; KEY_BYTES],
}

impl Head {
    /// Adds a row's tag, or takes it out again.
    pub(crate) fn toggle(&mut self, tag: &[u8; 32]) {
        for (mine, other) in self.tags.iter_mut().zip(tag) {
            *mine ^= other;
        }
    }

    /// Counts one more change.
    pub(crate) fn advance(&mut self) -> Result<u64, VaultError> {
        // SQLite's integers are signed: a counter outside them was not written by this crate.
        self.counter = self
            .counter
            .checked_add(1)
            .filter(|&next| i64::try_from(next).is_ok())
            .ok_or(VaultError::Damaged { what: Part::Head })?;
        Ok(self.counter)
    }

    pub(crate) fn to_bytes(&self) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        bytes[..8].copy_from_slice(&self.counter.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.rows.to_be_bytes());
        bytes[16..].copy_from_slice(&self.tags);
        bytes
    }

    pub(crate) fn parse(bytes: &Zeroizing<Vec<u8>>) -> Result<Self, VaultError> {
        let damaged = || VaultError::Damaged { what: Part::Head };
        let bytes: &[u8; HEAD_BYTES] = bytes.as_slice().try_into().map_err(|_| damaged())?;
        let (counter, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
        let (rows, tags) = rest.split_first_chunk().ok_or_else(damaged)?;
        Ok(Self {
            counter: u64::from_be_bytes(*counter),
            rows: u64::from_be_bytes(*rows),
            tags: tags.try_into().map_err(|_| damaged())?,
        })
    }
}
