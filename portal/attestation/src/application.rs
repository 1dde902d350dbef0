//! Which app asked for a key: `AttestationApplicationId`. The system says it, which the locked and verified boot
//! stands for.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};

use crate::trust::App;

/// Apps that share one user on the phone, and who signed them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Application {
    packages: Vec<Vec<u8>>,
    signers: Vec<Vec<u8>>,
}

impl Application {
    /// Reads the DER inside the field; none when it is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(bytes).ok()?;
        let read = reader.sequence(Self::fields).ok()?;
        reader.is_finished().then_some(read)
    }

    fn fields(reader: &mut SliceReader<'_>) -> der::Result<Self> {
        let mut packages = Vec::new();
        let mut inner = set(reader)?;
        while !inner.is_finished() {
            packages.push(inner.sequence(|info: &mut SliceReader<'_>| {
                let name: &OctetStringRef = info.decode()?;
                let _version: u64 = info.decode()?;
                Ok::<_, der::Error>(name.as_bytes().to_vec())
            })?);
        }
        let mut signers = Vec::new();
        let mut inner = set(reader)?;
        while !inner.is_finished() {
            let digest: &OctetStringRef = inner.decode()?;
            signers.push(digest.as_bytes().to_vec());
        }
        Ok(Self { packages, signers })
    }

    /// Whether it is this app alone, signed by one of those who may.
    pub(crate) fn is(&self, app: &App) -> bool {
        self.packages == [app.package.as_bytes()]
            && matches!(&*self.signers, [one] if app.signers.iter().any(|signer| signer == &**one))
    }
}

fn set<'a>(reader: &mut SliceReader<'a>) -> der::Result<SliceReader<'a>> {
    let set = AnyRef::decode(reader)?;
    set.tag().assert_eq(Tag::Set)?;
    SliceReader::new(set.value())
}
