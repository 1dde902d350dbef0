//! All keys of the portal in one place.

use std::fmt;
use std::path::Path;

use quanshengshi_protocol::ids::{Digest, Nonce, VerificationId};
use quanshengshi_protocol::ticket::TicketKey;
use ring::hmac;

use crate::random::Random;
use crate::signing::SigningError;
use crate::signing::key_folder::KeyFolder;
use crate::signing::portal_signer::PortalSigner;
use crate::signing::sealing::SealingKey;

/// Milliseconds an enrolment nonce lives.
pub const NONCE_LIFE_MS: u64 = 300_000;

/// The keys of one portal.
pub struct PortalKeys {
    /// Signs what phones believe.
    pub signer: PortalSigner,
    /// Seals values in the database.
    pub sealing: SealingKey,
    /// Makes download tickets.
    pub tickets: TicketKey,
    subject: hmac::Key,
    nonce: hmac::Key,
    copies: hmac::Key,
}

impl fmt::Debug for PortalKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PortalKeys({:?})", self.signer)
    }
}

impl PortalKeys {
    /// Opens the keys of a folder; those that are missing are made.
    ///
    /// # Errors
    /// [`SigningError`] by variant.
    pub fn open(path: &Path) -> Result<Self, SigningError> {
        let folder = KeyFolder::open(path)?;
        Ok(Self {
            signer: PortalSigner::open(&folder)?,
            sealing: SealingKey::from_bytes(&folder.secret("sealing.key")?)?,
            tickets: TicketKey::from_bytes(&folder.secret("ticket.key")?),
            subject: hmac::Key::new(hmac::HMAC_SHA256, &folder.secret("subject.key")?),
            nonce: hmac::Key::new(hmac::HMAC_SHA256, &folder.secret("nonce.key")?),
            copies: hmac::Key::new(hmac::HMAC_SHA256, &folder.secret("copy.key")?),
        })
    }

    /// Names a person by the number of the document without telling the number.
    pub fn derive_subject(&self, document: &str) -> Digest {
        let tag = hmac::sign(
            &self.subject,
            &[b"HLJSUBJ1\0", document.as_bytes()].concat(),
        );
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(tag.as_ref()) {
            *to = *from;
        }
        Digest::from_bytes(bytes)
    }

    /// The code of a copy, by its certificate, number and time of making: nobody else can make it,
    /// and the same copy always has the same.
    pub fn derive_copy_code(
        &self,
        certificate: &str,
        number: &str,
        made_at_ms: u64,
    ) -> VerificationId {
        // Neither an identifier nor a number holds a zero byte, so no two copies are one message.
        let message = [
            b"HLJCOPY1\0",
            certificate.as_bytes(),
            b"\0",
            number.as_bytes(),
            b"\0",
            &made_at_ms.to_be_bytes(),
        ]
        .concat();
        let tag = hmac::sign(&self.copies, &message);
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(tag.as_ref()) {
            *to = *from;
        }
        VerificationId::from_bytes(bytes)
    }

    /// Makes a nonce that carries its own end and this portal's mac, so that asking for one
    /// stores nothing: `random (8) ‖ end (8) ‖ mac (16)`.
    ///
    /// # Errors
    /// [`SigningError::Crypto`].
    pub fn make_nonce(&self, random: &Random, now_ms: u64) -> Result<Nonce, SigningError> {
        let ends_at_ms = now_ms.saturating_add(NONCE_LIFE_MS);
        let head = [
            &random.make_bytes::<8>()?[..],
            &ends_at_ms.to_be_bytes()[..],
        ]
        .concat();
        let mut bytes = [0; 32];
        let mac = hmac::sign(&self.nonce, &head);
        for (to, from) in bytes.iter_mut().zip(head.iter().chain(mac.as_ref())) {
            *to = *from;
        }
        Ok(Nonce::from_bytes(bytes))
    }

    /// The end of a nonce of this portal that still lives, milliseconds since 1970.
    pub fn nonce_end(&self, nonce: &Nonce, now_ms: u64) -> Option<u64> {
        let (head, mac) = nonce.as_bytes().split_at(16);
        let expected = hmac::sign(&self.nonce, head);
        let same = expected
            .as_ref()
            .iter()
            .zip(mac)
            .fold(0, |differs, (left, right)| differs | (left ^ right));
        let (_, end) = head.split_last_chunk::<8>()?;
        let ends_at_ms = u64::from_be_bytes(*end);
        (same == 0 && now_ms < ends_at_ms).then_some(ends_at_ms)
    }
}
