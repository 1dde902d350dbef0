//! Asking the portal whether the kept certificates still hold (M13).

use quanshengshi_protocol::ids::Nonce;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::{MOST_STATUSES, StatusList, StatusRequest};
use quanshengshi_vault::record::Record;
use quanshengshi_vault::vault::Vault;
use zeroize::Zeroizing;

use crate::portal_keys::PortalKeys;
use crate::randomness::make_random;
use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::{KeptBody, verify_kept};
use crate::wallet::list::not_kept;
use crate::wallet::summary::Summary;

impl Wallet {
    /// Asks for the status of all kept certificates and keeps the portal's signed answer with
    /// each. Gives how many were confirmed.
    ///
    /// # Errors
    /// [`WalletError`] by variant; certificates before a failing one are refreshed.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn refresh(&self) -> Result<usize, WalletError> {
        self.handset().obeying(self.refresh_all()).await
    }

    async fn refresh_all(&self) -> Result<usize, WalletError> {
        let device = &self.inner.device;
        self.inner
            .seals
            .refresh(&device.portal, &device.state)
            .await?;
        let certificates: Vec<String> = self
            .inner
            .wallet
            .later(|vault| Ok(vault.list(usize::MAX)?))
            .await?
            .into_iter()
            .map(|entry| entry.id)
            .collect();
        let mut confirmed = 0;
        for some in certificates.chunks(MOST_STATUSES) {
            let (signed, list) = self.ask_status(some).await?;
            for entry in list.entries {
                if some.contains(&entry.certificate) {
                    self.keep_status(entry.certificate, signed.clone()).await?;
                    confirmed += 1;
                }
            }
        }
        Ok(confirmed)
    }

    async fn ask_status(
        &self,
        certificates: &[String],
    ) -> Result<(Signed<StatusList>, StatusList), WalletError> {
        let device = &self.inner.device;
        let request = StatusRequest {
            device: device.enrolled().await?,
            certificates: certificates.to_vec(),
            nonce: Nonce::from_bytes(make_random()?),
        };
        let question = device.signer.sign(&request).await?;
        let signed = device.portal.status(&question).await?;
        let list = device.portal_keys.verify(&signed)?;
        if list.nonce != request.nonce {
            return Err(WalletError::Foreign);
        }
        Ok((signed, list))
    }

    async fn keep_status(
        &self,
        certificate: String,
        status: Signed<StatusList>,
    ) -> Result<(), WalletError> {
        let keys = self.inner.device.portal_keys.clone();
        self.inner
            .wallet
            .later(move |vault| put_status(vault, &keys, &certificate, status))
            .await
    }
}

/// Puts the record again with the new status list; its files go in again unchanged.
fn put_status(
    vault: &Vault,
    keys: &PortalKeys,
    certificate: &str,
    status: Signed<StatusList>,
) -> Result<(), WalletError> {
    let opened = vault.read(certificate).map_err(not_kept)?;
    let body = KeptBody {
        status: Some(status),
        ..KeptBody::parse(&opened.body)?
    }
    .to_bytes();
    let copy = verify_kept(keys, certificate, &body)?;
    let files = opened
        .files
        .iter()
        .map(|name| Ok((name.as_str(), vault.read_file(certificate, name)?)))
        .collect::<Result<Vec<(&str, Zeroizing<Vec<u8>>)>, WalletError>>()?;
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    let record = Record {
        summary: &Summary::of(&copy).to_bytes(),
        body: &body,
        files: &files,
    };
    Ok(vault.put(certificate, record)?)
}
