//! The judgement about a device key.

use quanshengshi_protocol::attestation::KEY_CHALLENGE;
use quanshengshi_protocol::keys::PublicKey;

use crate::application::Application;
use crate::certificate::{self, Certificate};
use crate::chain::proven;
use crate::description::{
    Boot, Description, EC, GENERATED, SIGN, STRONG_BOX, TRUSTED_ENVIRONMENT, VERIFIED,
};
use crate::doubt::Doubt;
use crate::level::Level;
use crate::trust::Trust;

/// Judges a chain of certificates, DER each, the one of the key first and the root last, at a portal time in
/// seconds since 1970.
///
/// The key must be the one the device signs with, made inside the hardware to sign, asking the phone's person, by this
/// portal's app on a phone that started its maker's system. That the phone holds it *now* is shown by the signature on the
/// statement the chain came in, not by the chain.
///
/// # Errors
/// [`Doubt`] by variant; then nobody vouches for the key, and nothing else follows.
pub fn vouch(
    trust: &Trust,
    chain: &[Vec<u8>],
    key: &PublicKey,
    now_s: u64,
) -> Result<Level, Doubt> {
    let leaf = proven(trust, chain, now_s)?;
    if leaf.key.bits != key.as_bytes() {
        return Err(Doubt::OtherKey);
    }
    judge(trust, &leaf)
}

/// Judges a chain in PEM for its own key: for operators and tools, who have no device at hand.
///
/// # Errors
/// [`Doubt`] by variant.
pub fn judge_as_made(trust: &Trust, chain_pem: &str, now_s: u64) -> Result<Level, Doubt> {
    let chain = certificate::of_pem(chain_pem).ok_or(Doubt::Unreadable)?;
    judge(trust, &proven(trust, &chain, now_s)?)
}

/// What the hardware says of the key that a proven certificate is about.
fn judge(trust: &Trust, leaf: &Certificate) -> Result<Level, Doubt> {
    let said = leaf.description.as_deref().and_then(Description::read);
    let said = said.ok_or(Doubt::Description)?;
    if said.challenge != KEY_CHALLENGE {
        return Err(Doubt::Purpose);
    }
    let hardware = &said.hardware;
    let level = match (said.level, said.key_level) {
        (STRONG_BOX, STRONG_BOX) => Level::Chip,
        (TRUSTED_ENVIRONMENT | STRONG_BOX, TRUSTED_ENVIRONMENT | STRONG_BOX) => Level::Hardware,
        _ => return Err(Doubt::Software),
    };
    if hardware.origin != Some(GENERATED) {
        return Err(Doubt::Software);
    }
    if hardware.purposes != [SIGN] || hardware.algorithm != Some(EC) {
        return Err(Doubt::Purpose);
    }
    if hardware.asks_nobody || said.software.asks_nobody {
        return Err(Doubt::Unprotected);
    }
    let good = Boot {
        is_locked: true,
        state: VERIFIED,
    };
    if hardware.boot != Some(good) {
        return Err(Doubt::System);
    }
    let oldest = trust.oldest_patch.map(u64::from);
    if oldest.is_some_and(|oldest| hardware.patch.is_none_or(|patch| patch < oldest)) {
        return Err(Doubt::Old);
    }
    let application = said.software.application.as_deref();
    if application
        .and_then(Application::read)
        .is_none_or(|application| !application.is(&trust.app))
    {
        return Err(Doubt::App);
    }
    Ok(level)
}

#[cfg(test)]
mod tests;
