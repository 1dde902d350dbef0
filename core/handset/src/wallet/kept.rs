//! What the vault keeps of one certificate, and how it is verified again on the way out.
//!
//! The portal's signed package stays beside the files, so a copy is as good offline as it was
//! online: signature, identifier and digests are checked each time before anything is shown.

use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::package::{Package, PackageFile, PackageItem};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::StatusList;

use crate::portal_keys::PortalKeys;
use crate::wallet::error::WalletError;

/// The media type of a certificate face.
pub const OFD: &str = "application/ofd";

/// The signed bytes kept with a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBody {
    /// The package the certificate came with.
    pub package: Signed<Package>,
    /// The newest status list that names it.
    pub status: Option<Signed<StatusList>>,
}

impl KeptBody {
    /// The stored form: `1` package, `2` its signature, `3` status list, `4` its signature; a
    /// missing status list is empty.
    pub fn to_bytes(&self) -> Vec<u8> {
        let status = self.status.as_ref();
        Writer::default()
            .bytes(1, self.package.bytes())
            .bytes(2, self.package.signature())
            .bytes(3, status.map_or(&[], Signed::bytes))
            .bytes(4, status.map_or(&[], Signed::signature))
            .finish()
    }

    /// Reads the stored form; nothing is verified yet.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let package = Signed::from_parts(body.bytes(1)?.to_vec(), body.bytes(2)?.to_vec());
        let (status, signature) = (body.bytes(3)?, body.bytes(4)?);
        body.finish()?;
        if status.is_empty() && !signature.is_empty() {
            return Err(CanonicalError::Value { tag: 4 });
        }
        let status =
            (!status.is_empty()).then(|| Signed::from_parts(status.to_vec(), signature.to_vec()));
        Ok(Self { package, status })
    }
}

/// One certificate of a package that the portal signed. Its files are still to be checked
/// against their digests.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The record, read and of the right identifier.
    pub record: CertificateRecord,
    /// The files the package names.
    pub files: Vec<PackageFile>,
    /// Times of the package.
    pub times: Times,
    /// What the newest status list says, when there is one.
    pub status: Option<StatusSaid>,
}

/// The portal's times of a package, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When the record's status was true.
    pub as_of_ms: u64,
    /// After this the phone should ask again.
    pub refresh_after_ms: u64,
    /// After this the copy is shown as not confirmed.
    pub valid_offline_until_ms: u64,
}

/// A status list's word on one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusSaid {
    /// Two-digit status code.
    pub code: String,
    /// Portal time at which it was true.
    pub as_of_ms: u64,
    /// Portal time after which the copy is shown as not confirmed.
    pub valid_offline_until_ms: u64,
}

/// Verifies a package that came for a task.
pub(crate) fn verify_package(
    keys: &PortalKeys,
    signed: &Signed<Package>,
    task: TaskId,
    device: DeviceId,
) -> Result<Package, WalletError> {
    let package = keys.verify(signed)?;
    if package.task != task || package.device != device {
        return Err(WalletError::Foreign);
    }
    Ok(package)
}

/// Reads one item of a verified package and checks that it is whole.
pub(crate) fn verify_item(package: &Package, item: &PackageItem) -> Result<Verified, WalletError> {
    let record = CertificateRecord::from_bytes(&item.record)?;
    if record.id.to_string() != item.certificate {
        return Err(WalletError::Identifier);
    }
    let shows = |file: &PackageFile| file.media_type == OFD;
    // What the reader has not opened is not kept, so there is no other kind of file.
    if item.files.is_empty() || !item.files.iter().all(shows) {
        return Err(WalletError::NoFace);
    }
    Ok(Verified {
        record,
        files: item.files.clone(),
        times: Times {
            as_of_ms: package.as_of_ms,
            refresh_after_ms: package.refresh_after_ms,
            valid_offline_until_ms: package.valid_offline_until_ms,
        },
        status: None,
    })
}

/// Verifies what the vault gave back for a certificate.
pub(crate) fn verify_kept(
    keys: &PortalKeys,
    certificate: &str,
    body: &[u8],
) -> Result<Verified, WalletError> {
    let body = KeptBody::parse(body)?;
    let package = keys.verify(&body.package)?;
    let mut items = package.items.iter();
    let item = items
        .find(|item| item.certificate == certificate)
        .ok_or(WalletError::Identifier)?;
    let mut verified = verify_item(&package, item)?;
    if let Some(status) = &body.status {
        verified.status = said(&keys.verify(status)?, certificate);
    }
    Ok(verified)
}

/// What a status list says about a certificate.
pub(crate) fn said(list: &StatusList, certificate: &str) -> Option<StatusSaid> {
    let mut entries = list.entries.iter();
    let entry = entries.find(|entry| entry.certificate == certificate)?;
    Some(StatusSaid {
        code: entry.status.clone(),
        as_of_ms: list.as_of_ms,
        valid_offline_until_ms: list.valid_offline_until_ms,
    })
}

/// Checks a file against what the package names.
pub(crate) fn verify_file(file: &PackageFile, bytes: &[u8]) -> Result<(), WalletError> {
    if bytes.len() as u64 == file.length && Digest::of(bytes) == file.digest {
        Ok(())
    } else {
        Err(WalletError::Digest)
    }
}
