//! The keys of one owner, all derived from one root.

use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use ring::hmac;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::randomness::Randomness;
use crate::seal::{KEY_BYTES, SealingKey};

/// The root key of one owner: 32 random bytes, wiped when dropped.
pub(crate) struct RootKey(Zeroizing<[u8; KEY_BYTES]>);

impl RootKey {
    pub(crate) fn make(randomness: &dyn Randomness) -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        randomness.fill(&mut bytes[..])?;
        Ok(Self(bytes))
    }

    /// A root of exactly 32 bytes, or nothing.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut root = Zeroizing::new([0; KEY_BYTES]);
        if bytes.len() != KEY_BYTES {
            return None;
        }
        root.copy_from_slice(bytes);
        Some(Self(root))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0[..]
    }
}

/// The name of a row in the database: HMAC-SHA-256 of the caller's id under the index key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowId(pub(crate) [u8; 32]);

impl RowId {
    /// Stands where a sealed value belongs to no row.
    pub(crate) const NONE: Self = Self([0; 32]);
}

/// The keys in use while a vault is open.
pub(crate) struct Keys {
    /// Seals summaries and bodies.
    pub(crate) record: SealingKey,
    /// Seals the head row and the canary.
    pub(crate) head: SealingKey,
    /// Which vault this is, for the mark outside its folder. No secret.
    pub(crate) name: [u8; 16],
    index: Zeroizing<[u8; KEY_BYTES]>,
    tag: Zeroizing<[u8; KEY_BYTES]>,
}

impl Keys {
    /// HKDF-SHA-256 (RFC 5869), salt "qss-vault/v1", one label a key.
    pub(crate) fn derive(root: &RootKey) -> Self {
        let extracted = Salt::new(HKDF_SHA256, b"qss-vault/v1").extract(root.bytes());
        let mut name = [0; 16];
        name.copy_from_slice(&derive_one(&extracted, b"name")[..16]);
        Self {
            name,
            record: SealingKey::new(derive_one(&extracted, b"record")),
            head: SealingKey::new(derive_one(&extracted, b"head")),
            index: derive_one(&extracted, b"index"),
            tag: derive_one(&extracted, b"tag"),
        }
    }

    pub(crate) fn row_id(&self, id: &str) -> RowId {
        RowId(sign(&self.index, &[id.as_bytes()]))
    }

    /// The keyed tag of one row as it lies in the database. Bound to both seals, so a row put back to an
    /// older state has another tag even if its numbers were the same.
    pub(crate) fn row_tag(
        &self,
        id: &RowId,
        sequence: u64,
        version: u64,
        seals: [&[u8]; 2],
    ) -> [u8; 32] {
        let [summary, body] = seals.map(last_16);
        sign(
            &self.tag,
            &[
                &id.0,
                &sequence.to_be_bytes(),
                &version.to_be_bytes(),
                &summary,
                &body,
            ],
        )
    }
}

fn last_16(sealed: &[u8]) -> [u8; 16] {
    sealed.last_chunk().copied().unwrap_or_default()
}

fn sign(key: &Zeroizing<[u8; KEY_BYTES]>, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &key[..]));
    for part in parts {
        context.update(part);
    }
    let mut tag = [0; 32];
    tag.copy_from_slice(context.sign().as_ref());
    tag
}

struct KeyLength;

impl KeyType for KeyLength {
    fn len(&self) -> usize {
        KEY_BYTES
    }
}

#[expect(clippy::expect_used, reason = "HKDF-SHA-256 gives up to 8,160 bytes")]
fn derive_one(extracted: &Prk, label: &[u8]) -> Zeroizing<[u8; KEY_BYTES]> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    extracted
        .expand(&[label], KeyLength)
        .and_then(|output| output.fill(&mut key[..]))
        .expect("32 bytes");
    key
}
