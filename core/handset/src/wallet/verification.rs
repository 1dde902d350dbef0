//! A short-lived code for whoever wants to check a shown certificate (certificates.md 3.4).

use qrcode::{Color, EcLevel, QrCode};
use quanshengshi_protocol::ids::Nonce;
use quanshengshi_protocol::verification::VerificationRequest;

use crate::confirm::deadline::Deadline;
use crate::randomness::make_random;
use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;

/// A code to show as a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationCode {
    /// The address the code holds: the portal's page, and nothing of the certificate.
    pub address: String,
    /// How long it opens its page.
    pub deadline: Deadline,
    /// The QR code, a row a text, `1` dark and `0` light, with a quiet zone of four.
    pub rows: Vec<String>,
}

impl Wallet {
    /// Asks the portal for a code of a kept certificate.
    ///
    /// # Errors
    /// [`WalletError::Portal`] with `CERT_NOT_FOUND` for one that this phone was not given;
    /// [`WalletError::Forged`] or [`WalletError::Foreign`] for an answer that is not this portal's
    /// to this question; otherwise by variant.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated; each call gives a new code.
    pub async fn verification_code(
        &self,
        certificate: &str,
    ) -> Result<VerificationCode, WalletError> {
        self.handset().obeying(self.ask_code(certificate)).await
    }

    /// Milliseconds until a code opens nothing any more.
    pub fn remaining_ms(&self, code: &VerificationCode) -> u64 {
        code.deadline.remaining_ms(self.inner.clock.as_ref())
    }

    async fn ask_code(&self, certificate: &str) -> Result<VerificationCode, WalletError> {
        let device = &self.inner.device;
        let request = VerificationRequest {
            device: device.enrolled().await?,
            certificate: certificate.to_owned(),
            nonce: Nonce::from_bytes(make_random()?),
        };
        let question = device.signer.sign(&request).await?;
        let signed = device.portal.verification(&question).await?;
        let grant = device.portal_keys.verify(&signed)?;
        if grant.nonce != request.nonce || grant.certificate != request.certificate {
            return Err(WalletError::Foreign);
        }
        let clock = self.inner.clock.as_ref();
        let address = grant.address(&device.portal.origin());
        Ok(VerificationCode {
            rows: draw(&address)?,
            address,
            deadline: Deadline::starting_now(clock, grant.issued_at_ms, grant.expires_at_ms),
        })
    }
}

/// Modules of white around the code.
const QUIET: usize = 4;

/// A text as the rows of a QR code of level M.
fn draw(text: &str) -> Result<Vec<String>, WalletError> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(|_| WalletError::Foreign)?;
    let side = code.width();
    let colours = code.to_colors();
    let blank = "0".repeat(side + 2 * QUIET);
    let edge = "0".repeat(QUIET);
    let mut rows = vec![blank.clone(); QUIET];
    for line in colours.chunks(side) {
        let signs = line
            .iter()
            .map(|colour| if *colour == Color::Dark { '1' } else { '0' });
        rows.push(format!("{edge}{}{edge}", signs.collect::<String>()));
    }
    rows.extend(vec![blank; QUIET]);
    Ok(rows)
}
