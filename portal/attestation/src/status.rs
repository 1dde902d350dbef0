//! The makers' list of attestation keys that leaked, as Google publishes it.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

/// Serial numbers of certificates that are worth nothing any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revoked {
    serials: HashSet<String>,
}

#[derive(Deserialize)]
struct List {
    /// Serial numbers in small hexadecimal without zeros in front. Every status that is published
    /// (`REVOKED`, `SUSPENDED`) is a reason not to believe.
    entries: BTreeMap<String, serde_json::Value>,
}

/// A list that cannot be read: an old one is better than none, so say so and keep it.
#[derive(Debug, thiserror::Error)]
#[error("not a list of revoked attestation keys: {0}")]
pub struct StatusError(#[from] serde_json::Error);

impl Revoked {
    /// Reads the JSON that Google publishes: `{"entries": {"6681152659205225093": {"status": …}}}`.
    ///
    /// # Errors
    /// [`StatusError`].
    pub fn parse(json: &str) -> Result<Self, StatusError> {
        let list: List = serde_json::from_str(json)?;
        let serials = list.entries.into_keys();
        let serials = serials.map(|serial| plain(&serial)).collect();
        Ok(Self { serials })
    }

    /// Whether a certificate of this serial number is on the list.
    pub fn holds(&self, serial: &[u8]) -> bool {
        if self.serials.is_empty() {
            return false;
        }
        let digits = serial.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex: String = digits
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .collect();
        self.serials.contains(&plain(&hex))
    }
}

fn plain(hex: &str) -> String {
    hex.trim_start_matches('0').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_found_however_many_zeros_stand_before_it() {
        let json = r#"{"entries": {"0aB1": {"status": "REVOKED", "reason": "KEY_COMPROMISE"}}}"#;
        let revoked = Revoked::parse(json).unwrap();
        assert!(revoked.holds(&[0x00, 0x0a, 0xb1]));
        assert!(revoked.holds(&[0x0a, 0xb1]));
        assert!(!revoked.holds(&[0xab, 0x10]));
        assert!(!Revoked::default().holds(&[0]));
        assert!(Revoked::parse("[]").is_err());
    }
}
