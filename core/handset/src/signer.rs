//! Signs statements with the device's key, whatever form its keystore gives.

use std::sync::Arc;

use quanshengshi_protocol::keys::{PublicKey, Signature};
use quanshengshi_protocol::statement::{Signed, Statement};

use crate::blocking::{Stopped, blocking};
use crate::ports::{DeviceKeyError, DeviceKeys};

/// Why a statement was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The device key failed.
    #[error(transparent)]
    Key(#[from] DeviceKeyError),
    /// The keystore gave a public key or a signature that is none, or one of another key.
    #[error("the keystore gave something that is not its key's signature")]
    Unusable,
    /// The thread that signs was stopped with the app.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The device key as the flows use it.
#[derive(Clone)]
pub(crate) struct Signer {
    keys: Arc<dyn DeviceKeys>,
}

impl Signer {
    pub(crate) fn new(keys: Arc<dyn DeviceKeys>) -> Self {
        Self { keys }
    }

    /// The public key, asked on a blocking thread.
    pub(crate) async fn public_key(&self) -> Result<PublicKey, SignError> {
        let keys = Arc::clone(&self.keys);
        blocking(move || public_key(keys.as_ref())).await
    }

    /// Who vouches for the key, asked on a blocking thread. A platform that cannot say is one where nobody does.
    pub(crate) async fn attestation(&self) -> Result<Vec<Vec<u8>>, SignError> {
        let keys = Arc::clone(&self.keys);
        let asked = blocking(move || Ok::<_, SignError>(keys.attestation()));
        match asked.await? {
            Err(DeviceKeyError::Other(_)) => Ok(Vec::new()),
            told => Ok(told?),
        }
    }

    /// Signs on a blocking thread. Dropping the future leaves the thread to end by itself.
    pub(crate) async fn sign<S: Statement>(&self, statement: &S) -> Result<Signed<S>, SignError> {
        let bytes = statement.signing_bytes();
        let keys = Arc::clone(&self.keys);
        let signature = blocking(move || {
            let public = public_key(keys.as_ref())?;
            let raw = keys.sign(&bytes)?;
            // Some keystores give DER, some r‖s: the form that holds is the one that was meant.
            // Checking here also keeps a wrong signature from ever being sent.
            [Signature::from_der(&raw), Signature::from_fixed(&raw)]
                .into_iter()
                .flatten()
                .find(|signature| public.verify(&bytes, signature).is_ok())
                .ok_or(SignError::Unusable)
        })
        .await?;
        Ok(Signed::new(statement, &signature))
    }
}

fn public_key(keys: &dyn DeviceKeys) -> Result<PublicKey, SignError> {
    PublicKey::from_bytes(&keys.public_key()?).map_err(|_| SignError::Unusable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::software_keys::SoftwareKeys;
    use quanshengshi_protocol::ids::{DeviceId, Nonce, TaskId};
    use quanshengshi_protocol::status::TaskRequest;

    /// A keystore of a phone: another key's public half, or signatures over something else.
    struct Wrong(SoftwareKeys, Vec<u8>);

    impl DeviceKeys for Wrong {
        fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
            Ok(self.1.clone())
        }

        fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
            self.0.sign(message)
        }
    }

    fn request() -> TaskRequest {
        TaskRequest {
            task: TaskId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            nonce: Nonce::from_bytes([3; 32]),
        }
    }

    #[tokio::test]
    async fn what_is_signed_holds_for_the_public_key() {
        let folder = tempfile::tempdir().unwrap();
        let signer = Signer::new(Arc::new(SoftwareKeys::open(folder.path()).unwrap()));
        let answer = signer.sign(&request()).await.unwrap();
        let public = signer.public_key().await.unwrap();
        assert_eq!(answer.verify(&public).unwrap(), request());
    }

    #[tokio::test]
    async fn a_signature_of_another_key_never_leaves() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let public = SoftwareKeys::open(other.path())
            .unwrap()
            .public_key()
            .unwrap();
        let keys = SoftwareKeys::open(one.path()).unwrap();
        let signer = Signer::new(Arc::new(Wrong(keys, public)));
        assert_eq!(
            signer.sign(&request()).await.unwrap_err(),
            SignError::Unusable
        );
    }
}
