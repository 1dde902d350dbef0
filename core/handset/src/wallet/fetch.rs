//! From an approval to sealed certificates (M12).

use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::package::{Package, PackageItem};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_vault::record::Record;
use zeroize::Zeroizing;

use crate::blocking::blocking;
use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::{KeptBody, Verified, verify_file, verify_item, verify_package};

/// What a list shows of a kept certificate without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What stands on top of the face.
    pub name: String,
    /// The number people quote.
    pub number: String,
    /// The first holder's name.
    pub holder: String,
    /// The issuer's name.
    pub issuer: String,
    /// Portal time at which the status was true, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Whether the certificate is invented.
    pub sample: bool,
}

impl Summary {
    pub(crate) fn of(copy: &Verified) -> Self {
        let record = &copy.record;
        let status_ms = copy.status.as_ref().map_or(0, |said| said.as_of_ms);
        Self {
            name: record.name.clone(),
            number: record.number.clone(),
            holder: record
                .holders
                .first()
                .map(|holder| holder.name.clone())
                .unwrap_or_default(),
            issuer: record.issuer.name.clone(),
            as_of_ms: copy.times.as_of_ms.max(status_ms),
            sample: record.sample,
        }
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::default()
            .text(1, &self.name)
            .text(2, &self.number)
            .text(3, &self.holder)
            .text(4, &self.issuer)
            .number(5, self.as_of_ms)
            .number(6, self.sample.into())
            .finish()
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let summary = Self {
            name: body.text(1)?,
            number: body.text(2)?,
            holder: body.text(3)?,
            issuer: body.text(4)?,
            as_of_ms: body.number(5)?,
            sample: body.flag(6)?,
        };
        body.finish()?;
        Ok(summary)
    }
}

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
        let mut kept = Vec::new();
        for (item, copy) in package.items.iter().zip(verified) {
            self.keep(&signed, &package, item, copy).await?;
            kept.push(item.certificate.clone());
        }
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
        let files = blocking::<_, WalletError>(move || {
            for (file, bytes) in &files {
                verify_file(file, bytes)?;
                opens(bytes)?;
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

/// Refuses a face that could not be shown later: it is opened and its first page read now.
fn opens(bytes: &Zeroizing<Vec<u8>>) -> Result<(), WalletError> {
    let ofd = Ofd::open(bytes)?;
    ofd.page(0)
        .map_err(quanshengshi_certificate::ofd::draw::DrawError::from)?;
    Ok(())
}
