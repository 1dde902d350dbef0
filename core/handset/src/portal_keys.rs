//! The keys whose signature is the portal's.

use quanshengshi_protocol::keys::{KeyError, PublicKey};
use quanshengshi_protocol::statement::{Signed, Statement, StatementError};

/// The portal's present key and the ones announced for later. They come with the app, never from
/// the network.
#[derive(Debug, Clone)]
pub struct PortalKeys(Vec<PublicKey>);

impl PortalKeys {
    /// From the keys in the app's settings.
    pub fn new(keys: Vec<PublicKey>) -> Self {
        Self(keys)
    }

    /// Reads a statement if one of the keys signed it.
    ///
    /// # Errors
    /// [`StatementError::Signature`] when none did, otherwise as [`Signed::verify`].
    pub fn verify<S: Statement>(&self, signed: &Signed<S>) -> Result<S, StatementError> {
        let mut last = StatementError::Signature(KeyError::Mismatch);
        for key in &self.0 {
            match signed.verify(key) {
                Ok(statement) => return Ok(statement),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}
