//! The offline package: what the phone keeps after an approval, signed (M12).
//!
//! The package names each certificate's record and files with their digests; records and files
//! travel beside it. It is made for one device.

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Digest, TaskId};
use crate::statement::Statement;
use crate::transaction::MOST_OBJECTS;

/// The most files of one certificate.
pub const MOST_FILES: usize = 16;
/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;

/// One file of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Name inside the package, such as `certificate.ofd`.
    pub name: String,
    /// Media type, such as `application/ofd`.
    pub media_type: String,
    /// Length in bytes.
    pub length: u64,
    /// SHA-256 of the bytes.
    pub digest: Digest,
}

/// One certificate of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageItem {
    /// The certificate's identifier as written.
    pub certificate: String,
    /// The record in its encoded form.
    pub record: Vec<u8>,
    /// Its files.
    pub files: Vec<PackageFile>,
}

/// A package, signed by the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The approved task.
    pub task: TaskId,
    /// The only device it is for.
    pub device: DeviceId,
    /// The certificates.
    pub items: Vec<PackageItem>,
    /// Portal time at which the status was true, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Portal time after which the phone should ask again.
    pub refresh_after_ms: u64,
    /// Portal time after which the copy is shown as “状态未核验”.
    pub valid_offline_until_ms: u64,
}

impl Statement for Package {
    const LABEL: &'static str = "HLJPKG1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .bytes(2, self.device.as_bytes())
            .list(3, &self.items, |item| {
                Writer::default()
                    .text(1, &item.certificate)
                    .bytes(2, &item.record)
                    .list(3, &item.files, |file| {
                        Writer::default()
                            .text(1, &file.name)
                            .text(2, &file.media_type)
                            .number(3, file.length)
                            .bytes(4, file.digest.as_bytes())
                            .finish()
                    })
                    .finish()
            })
            .number(4, self.as_of_ms)
            .number(5, self.refresh_after_ms)
            .number(6, self.valid_offline_until_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            task: TaskId::from_bytes(body.array(1)?),
            device: DeviceId::from_bytes(body.array(2)?),
            items: body.list(3, MOST_OBJECTS, |bytes| {
                let mut item = Reader::new(bytes)?;
                let read = PackageItem {
                    certificate: item.text(1)?,
                    record: item.bytes(2)?.to_vec(),
                    files: item.list(3, MOST_FILES, |bytes| {
                        let mut file = Reader::new(bytes)?;
                        let read = PackageFile {
                            name: file.text(1)?,
                            media_type: file.text(2)?,
                            length: file.number(3)?,
                            digest: Digest::from_bytes(file.array(4)?),
                        };
                        if read.length > LARGEST_FILE {
                            return Err(CanonicalError::Value { tag: 3 });
                        }
                        file.finish()?;
                        Ok(read)
                    })?,
                };
                item.finish()?;
                Ok(read)
            })?,
            as_of_ms: body.number(4)?,
            refresh_after_ms: body.number(5)?,
            valid_offline_until_ms: body.number(6)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    fn package(length: u64) -> Package {
        Package {
            task: TaskId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            items: vec![PackageItem {
                certificate: "1.2.156.3005.2.x".to_owned(),
                record: b"{}".to_vec(),
                files: vec![PackageFile {
                    name: "certificate.ofd".to_owned(),
                    media_type: "application/ofd".to_owned(),
                    length,
                    digest: Digest::of(b"ofd"),
                }],
            }],
            as_of_ms: 1,
            refresh_after_ms: 2,
            valid_offline_until_ms: 3,
        }
    }

    #[test]
    fn its_bytes_are_frozen() {
        holds(&package(3), "5XoCNyMDjENwURlYOS_Emw7gcckBEPaEBtF_FJQ3Uh0");
    }

    #[test]
    fn a_file_larger_than_any_certificate_is_refused() {
        let bytes = package(LARGEST_FILE + 1).signing_bytes();
        assert!(Package::parse(&bytes).is_err());
    }
}
