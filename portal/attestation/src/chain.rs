//! A chain from a key to somebody the portal trusts.

use crate::certificate::Certificate;
use crate::doubt::Doubt;
use crate::trust::Trust;

/// The longest chain: a key, two or three authorities of the phone and its maker, the root, and room.
const LONGEST: usize = 6;

/// Holds every certificate against the next, the last against the roots, and gives the first.
///
/// # Errors
/// [`Doubt::Length`], [`Doubt::Unreadable`], [`Doubt::Broken`], [`Doubt::Root`], [`Doubt::Time`],
/// [`Doubt::Revoked`]; [`Doubt::Description`] when an authority carries a statement of the hardware: then
/// somebody made a certificate with a key that was only attested.
pub(crate) fn proven(trust: &Trust, chain: &[Vec<u8>], now_s: u64) -> Result<Certificate, Doubt> {
    if !(2..=LONGEST).contains(&chain.len()) {
        return Err(Doubt::Length);
    }
    let read: Option<Vec<Certificate>> = chain.iter().map(|der| Certificate::read(der)).collect();
    let mut read = read.ok_or(Doubt::Unreadable)?;
    let root = read.last().ok_or(Doubt::Length)?;
    if !trust.roots.contains(&root.key.info) {
        return Err(Doubt::Root);
    }
    if read.windows(2).any(|pair| !pair[0].is_signed_by(&pair[1])) {
        return Err(Doubt::Broken);
    }
    if read.iter().any(|one| !one.is_valid_at(now_s)) {
        return Err(Doubt::Time);
    }
    if read.iter().any(|one| trust.revoked.holds(&one.serial)) {
        return Err(Doubt::Revoked);
    }
    let leaf = read.swap_remove(0);
    if read.iter().any(|one| one.description.is_some()) {
        return Err(Doubt::Description);
    }
    Ok(leaf)
}
