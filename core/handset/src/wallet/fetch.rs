//! From an approval to sealed certificates (M12).

use std::sync::Arc;

use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::seal::verify::Verdict;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::package::{Package, PackageItem};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_vault::record::Record;
use zeroize::Zeroizing;

use crate::blocking::blocking;
use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::{KeptBody, Verified, verify_file, verify_item, verify_package};
use crate::wallet::summary::Summary;

impl Wallet {
    /// Fetches the certificates of an approved task and keeps them sealed. Gives their
    /// identifiers. A certificate that is already kept is replaced.
    ///
    /// # Errors
    /// [`WalletError`] by variant. Each certificate is kept whole or not at all; those before a
    /// failing one stay.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn fetch(&self, task: TaskId) -> Result<Vec<String>, WalletError> {
        let fetching = Box::pin(self.fetch_all(task));
        self.handset().obeying(fetching).await
    }

    async fn fetch_all(&self, task: TaskId) -> Result<Vec<String>, WalletError> {
        let device = &self.inner.device;
        let id = device.enrolled().await?;
        let request = device.request(task).await?;
        let signed = device.portal.package(task, &request).await?;
        let package = verify_package(&device.portal_keys, &signed, task, id)?;
        // Every record is read before the first byte of a file is asked for.
        let verified = package
            .items
            .iter()
            .map(|item| verify_item(&package, item))
            .collect::<Result<Vec<_>, _>>()?;
        self.inner
            .seals
            .refresh(&device.portal, &device.state)
            .await?;
        let mut kept = Vec::new();
        for (item, copy) in package.items.iter().zip(verified) {
            self.keep(&signed, &package, item, copy).await?;
            kept.push(item.certificate.clone());
        }
        device.state.log_kept(task).await?;
        device.state.forget_task(task).await?;
        Ok(kept)
    }

    async fn keep(
        &self,
        signed: &Signed<Package>,
        package: &Package,
        item: &PackageItem,
        copy: Verified,
    ) -> Result<(), WalletError> {
        let device = &self.inner.device;
        let mut files = Vec::new();
        for file in &item.files {
            let request = device.request(package.task).await?;
            let bytes = device.portal.download(package.task, file, &request).await?;
            files.push((file.clone(), bytes));
        }
        let certificate = item.certificate.clone();
        let body = KeptBody {
            package: signed.clone(),
            status: None,
        };
        let inner = Arc::clone(&self.inner);
        let now_ms = inner.clock.wall_ms().max(package.as_of_ms);
        let files = blocking::<_, WalletError>(move || {
            for (file, bytes) in &files {
                verify_file(file, bytes)?;
                opens(bytes)?;
                // Without a seal, or with one of an unknown issuer, a copy is kept and says so.
                let seal = inner.seals.judge(bytes, now_ms);
                if seal.verdict == Verdict::Broken {
                    return Err(WalletError::SealBroken(seal.reasons));
                }
            }
            Ok(files)
        })
        .await?;
        self.inner
            .wallet
            .later(move |vault| {
                let named: Vec<(&str, &[u8])> = files
                    .iter()
                    .map(|(file, bytes)| (file.name.as_str(), bytes.as_slice()))
                    .collect();
                let record = Record {
                    summary: &Summary::of(&copy).to_bytes(),
                    body: &body.to_bytes(),
                    files: &named,
                };
                Ok(vault.put(&certificate, record)?)
            })
            .await
    }
}

/// Refuses a face that could not be shown later: it is opened and every page read now.
fn opens(bytes: &Zeroizing<Vec<u8>>) -> Result<(), WalletError> {
    let ofd = Ofd::open(bytes)?;
    for page in 0..ofd.page_count() {
        ofd.page(page)?;
    }
    Ok(())
}
