//! The download ticket: one file, one PC session, once, five minutes (M11).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use crate::canonical::Writer;
use crate::ids::{Digest, TaskId};

/// Milliseconds a ticket lives.
pub const TICKET_LIFE_MS: u64 = 300_000;

/// What a ticket opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketScope {
    /// The approved task.
    pub task: TaskId,
    /// The certificate's identifier.
    pub certificate: String,
    /// Digest of the PC session's secret.
    pub session: Digest,
    /// Portal time at which it ends, milliseconds since 1970.
    pub expires_at_ms: u64,
}

/// The portal's key of tickets.
#[derive(Clone)]
pub struct TicketKey(hmac::Key);

/// Why a ticket opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Not in the written form, or not made for this scope.
    #[error("not a ticket for this")]
    Foreign,
    /// Its time is over.
    #[error("the ticket has expired")]
    Expired,
}

impl TicketKey {
    /// From 32 random bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The written ticket: `<expiry>.<mac>`.
    pub fn derive_ticket(&self, scope: &TicketScope) -> String {
        let tag = hmac::sign(&self.0, &message(scope));
        format!(
            "{}.{}",
            scope.expires_at_ms,
            URL_SAFE_NO_PAD.encode(tag.as_ref())
        )
    }

    /// Checks a written ticket against what it should open. That it is used once is the
    /// portal's storage to know.
    ///
    /// # Errors
    /// [`TicketError::Foreign`] before [`TicketError::Expired`].
    pub fn check(
        &self,
        written: &str,
        task: TaskId,
        certificate: &str,
        session: Digest,
        now_ms: u64,
    ) -> Result<TicketScope, TicketError> {
        let (expires, mac) = written.split_once('.').ok_or(TicketError::Foreign)?;
        let scope = TicketScope {
            task,
            certificate: certificate.to_owned(),
            session,
            expires_at_ms: expires.parse().map_err(|_| TicketError::Foreign)?,
        };
        let mac = URL_SAFE_NO_PAD
            .decode(mac)
            .map_err(|_| TicketError::Foreign)?;
        hmac::verify(&self.0, &message(&scope), &mac).map_err(|_| TicketError::Foreign)?;
        if now_ms >= scope.expires_at_ms {
            return Err(TicketError::Expired);
        }
        Ok(scope)
    }
}

fn message(scope: &TicketScope) -> Vec<u8> {
    let body = Writer::default()
        .bytes(1, scope.task.as_bytes())
        .text(2, &scope.certificate)
        .bytes(3, scope.session.as_bytes())
        .number(4, scope.expires_at_ms);
    [b"HLJTICKET1\0\x01".to_vec(), body.finish()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> TicketScope {
        TicketScope {
            task: TaskId::from_bytes([1; 16]),
            certificate: "1.2.156.3005.2.x".to_owned(),
            session: Digest::from_bytes([2; 32]),
            expires_at_ms: 1_000,
        }
    }

    fn check(
        written: &str,
        certificate: &str,
        session: u8,
        now_ms: u64,
    ) -> Result<(), TicketError> {
        let session = Digest::from_bytes([session; 32]);
        TicketKey::from_bytes(&[7; 32])
            .check(written, scope().task, certificate, session, now_ms)
            .map(|_| ())
    }

    #[test]
    fn us_05_a_ticket_opens_one_certificate_in_one_session_for_its_time() {
        let ticket = TicketKey::from_bytes(&[7; 32]).derive_ticket(&scope());
        assert_eq!(ticket, "1000.XOkKcbeujItDA8ZSg11l28MKWk9Ha2Hd3h8KB6hh33s");
        let name = "1.2.156.3005.2.x";
        assert_eq!(check(&ticket, name, 2, 999), Ok(()));
        assert_eq!(check(&ticket, name, 2, 1_000), Err(TicketError::Expired));
        assert_eq!(
            check(&ticket, "1.2.156.3005.2.y", 2, 5),
            Err(TicketError::Foreign)
        );
        assert_eq!(check(&ticket, name, 3, 5), Err(TicketError::Foreign));
        let longer = ticket.replacen("1000.", "9000.", 1);
        assert_eq!(check(&longer, name, 2, 5), Err(TicketError::Foreign));
        for junk in ["", ".", "1000", "1000.!", "x.y"] {
            assert_eq!(check(junk, name, 2, 5), Err(TicketError::Foreign), "{junk}");
        }
    }
}
